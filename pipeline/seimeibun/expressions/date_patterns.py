"""Patterns of temporal expressions, composed of named parts; every repetition is bounded."""

from __future__ import annotations

import re
from functools import cache

from seimeibun.expressions.calendars import eras
from seimeibun.expressions.date_words import (
    any_of,
    bare_parts,
    deictic_pattern,
    directions,
    part_pattern,
    units,
)

KANJI = "〇○零一二三四五六七八九十百千"
DIGIT = f"0-9{KANJI}"
SMALL = rf"(?:[0-9]{{1,2}}|[{KANJI}]{{1,3}})"  # a month, a day, an hour
LARGE = rf"(?:[0-9]{{1,4}}|[{KANJI}]{{1,9}})"  # a year
DASH = "[-‐‑–—―−－ー～〜~]"
ELIDED_RANGE = rf"(?:{DASH}|から|ないし|乃至)"
ELIDED_LIST = "(?:、|,|・|及び|および|並びに|/)"
ELIDED = rf" ?(?:{ELIDED_RANGE}|{ELIDED_LIST}) ?"
WEEKDAYS = "月火水木金土日"


def _numbers(number: str, *, most: int) -> str:
    """Return a regex for numbers that share the unit after the last: 23、24日, 2013～14年."""
    return rf"{number}(?:{ELIDED}{number}){{0,{most - 1}}}"


ERA = any_of(name for name in eras() if not name.isascii())
INITIAL = rf"(?<![A-Za-z])[{''.join(name for name in eras() if name.isascii())}]"
ERA_NUMBER = rf"(?:元|{SMALL})"
IN_ERA = (
    rf" ?\((?P<paired_era>{ERA}|[MTSHR](?=[0-9])) ?(?P<paired_number>{ERA_NUMBER})(?:年度?)?\) ?"
)
IN_CHRISTIAN = (
    r" ?\((?:西暦)?(?P<paired_year>[0-9]{4}|[一二][〇○零一二三四五六七八九]{3})(?:年度?)?\) ?"
)

ERA_YEAR = (
    rf"(?:(?P<era>{ERA}) ?|(?P<initial>{INITIAL})(?=[0-9]{{1,2}} ?年))"
    rf"(?P<era_numbers>元(?:{ELIDED}{SMALL})?|{_numbers(SMALL, most=3)})"
    rf"(?:(?:{IN_CHRISTIAN.replace('paired_year', 'inner_year')}) ?年| ?年(?P<after_era>度)?(?:{IN_CHRISTIAN})?)"
)
CHRISTIAN_YEAR = (
    rf"(?:(?<![一-龠々])[翌明昨本来同](?=[0-9]{{4}}|二〇)|西暦|(?P<bc>紀元前))? ?(?P<years>{_numbers(LARGE, most=4)})"
    rf"(?:(?:{IN_ERA.replace('paired_', 'inner_')}) ?年| ?(?:(?:日本国?の?)?会計(?=年度))?年(?P<after_year>度)?(?:{IN_ERA})?)"
)
CENTURY = rf"(?P<century_bc>紀元前)?(?P<centuries>{_numbers(SMALL, most=3)}) ?世紀"
BARE_PART = any_of(bare_parts())
YEAR = (
    rf"(?:{ERA_YEAR}|{CHRISTIAN_YEAR}|{CENTURY}"
    rf"|(?P<deictic>{deictic_pattern()})(?!(?<=[本昨]日)[{DIGIT}]{{1,3}} ?日(?!間))|(?<![一-龠々0-9かカヶヵ])(?P<bare_part>{BARE_PART}))"
)
FISCAL = r"(?P<fiscal>度)?"
DECADE = r"(?P<decade>代)?"
PREFIX = r"(?:(?P<prefix>去る|さる|来る|来たる|きたる|本日?|昨日?|明日?|翌|同|過ぐる)(?=[0-9〇○一二三四五六七八九十]))"
MONTH = rf"(?P<months>{_numbers(SMALL, most=4)}) ?月(?P<business>期(?!間|限|待))?(?!面|光|例|刊|次|給|謝|半(?!ば)|余|間|ぶり)"
DAY = rf"(?P<days>{_numbers(SMALL, most=6)}) ?日"
QUARTER = r"(?:第 ?(?P<quarter>[1-4一二三四])[・ ]?四半期)"
PART = rf"(?:{QUARTER}|(?P<part>{part_pattern()}))"
HOLIDAY = r"(?:[・、](?:祝日?|休日?))?"
WEEKDAY = (
    rf"(?: ?\((?P<weekday>[{WEEKDAYS}])(?:曜日?)?{HOLIDAY}\)"
    rf"| ?(?:(?<=週)の)?(?P<bare_weekday>[{WEEKDAYS}])曜日?)"
)
NTH_WEEK = rf"(?:の?第 ?(?P<nth>[1-5一二三四五])(?:週目?(?!間)|(?P<nth_weekday>[{WEEKDAYS}])曜日?))"
POINT = (
    rf"(?:{YEAR}{FISCAL}{DECADE})?(?:(?:(?<=[年春夏秋冬度])の| (?=[0-9]))?{PREFIX}?{MONTH})?"
    rf"(?:(?:(?<=月)の(?=[0-9])| (?=[0-9]))?(?P<day_prefix>{PREFIX.replace('prefix', 'near')})?{DAY}(?![0-9]))?"
    rf"(?:{PART}|{NTH_WEEK})?{WEEKDAY}?"
)

_NUMERIC_YEAR = "(?P<numeric_year>[12][0-9]{3})"
_NUMERIC_MONTH = "(?P<numeric_month>1[0-2]|0?[1-9])"
_NUMERIC_DAY = "(?P<numeric_day>3[01]|[12][0-9]|0?[1-9])"
_NUMERIC_ERA = rf"(?P<numeric_initial>{INITIAL})(?P<numeric_number>[0-9]{{1,2}})"
NUMERIC = (
    rf"(?:{_NUMERIC_YEAR}|{_NUMERIC_ERA})(?P<separator>[-/.])"
    rf"{_NUMERIC_MONTH}(?P=separator){_NUMERIC_DAY}(?![0-9])(?!(?P=separator)[0-9]){WEEKDAY}?"
)

SHORT = (
    r"(?P<short_month>1[0-2]|0?[1-9])/(?P<short_day>3[01]|[12][0-9]|0?[1-9])"
    rf"(?= ?\([{WEEKDAYS}]){WEEKDAY}"
)

DURATION_NUMBER = (
    rf"(?:[{KANJI}]{{0,3}}数[十百千]?|[{KANJI}]{{1,5}}有?余(?=年|か月|カ月|ヶ月|ヵ月|世紀)|[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{1,5}}(?:\.[0-9]{{1,2}})?"
    rf"|[{KANJI}]{{1,6}}|半(?=年|世紀|月(?!板))|四半(?=世紀))"
)
_UNIT = any_of(units())
_HALF = "半(?!期|世紀|ば|島|導)"
_DIRECTION = rf"(?P<direction>{any_of(directions())})?"
DURATION_RANGE = (
    rf"{_DIRECTION}(?P<low>{DURATION_NUMBER})"
    rf"(?:(?P<low_unit>{_UNIT})間? ?{ELIDED_RANGE}|{ELIDED}) ?"
    rf"(?P<high>{DURATION_NUMBER}) ?(?P<unit>{_UNIT})(?P<span>間)?"
)
DURATION = (
    rf"{_DIRECTION}(?P<low>{DURATION_NUMBER}) ?(?P<unit>{_UNIT})(?P<half>{_HALF})?"
    rf"(?:と?(?P<second>{SMALL}) ?(?P<second_unit>{_UNIT})(?P<second_half>{_HALF})?)?(?P<span>間)?"
)
ANNIVERSARY = rf"(?P<anniversary>[0-9]{{1,4}}|[{KANJI}]{{1,5}}) ?周年"

_TIMES = rf"(?P<times>[0-9]{{1,2}}(?:{ELIDED}[0-9]{{1,2}})?|[一二三四五六七八九十数]|数)(?:回|度(?![目数合]))(?!目)"
RECURRENCE = (
    rf"(?:毎(?P<each>年度?|月|週|日|時|四半期)(?!新聞|放送|回|度)"
    rf"(?:の?(?P<each_month>{SMALL})月(?:の?(?P<each_day>{SMALL})日)?|(?P<each_monthday>{SMALL})日(?!間)"
    rf"|の?(?P<each_season>[春夏秋冬](?!季|期|休))|の?(?P<each_weekday>(?:第[1-5一二三四五])?[{WEEKDAYS}]曜日?)|(?P<each_end>末))?"
    rf"(?:{_TIMES.replace('times', 'each_times')})?"
    rf"|隔(?P<alternate>年|月|週|日)(?!絶)"
    rf"|(?P<step>{DURATION_NUMBER}) ?(?P<step_unit>{_UNIT})(?P<step_half>半)?間?(?P<gap>ごと|毎(?![年月週日])|おき)"
    rf"|(?<![{DIGIT}])(?P<unit_step>四半期|半期|年|月|週)(?:ごと|毎(?![年月週日]))"
    rf"|(?P<per_step>{DURATION_NUMBER}) ?(?P<per_unit>{_UNIT})間?に? ?{_TIMES.replace('times', 'per_times')}"
    rf"|(?<![{DIGIT}一-龠々])(?P<per>年|月|週|日)間?に?{_TIMES})"
)

_HALF_DAY = "午前|午後|AM|PM|am|pm"
CLOCK = (
    rf"(?:(?P<half_day>{_HALF_DAY}) ?)?(?:(?P<hour>{SMALL}) ?時(?!間|期|点|代|局|刻|短|差|効|給|事|計|価|々|勢|限|速|折)"
    rf"(?: ?(?P<minute>{SMALL}) ?分(?!間|の[1-9一二三四五六七八九]|野)|(?P<half_hour>半))?"
    rf"|(?P<colon_hour>[01]?[0-9]|2[0-4]):(?P<colon_minute>[0-5][0-9])(?![0-9:]))"
    rf"|(?P<noon>正午)"
)

# Where an expression may begin; a numeral is entered at its first digit only.
_WORDS = rf"{any_of(directions())}|{ERA}|{deictic_pattern()}|{BARE_PART}|西暦|紀元前|去る|さる|来る|来たる|きたる|過ぐる"
START = (
    rf"(?P<numeral>(?<![{DIGIT}])[{DIGIT}])|(?:{_WORDS})|[本昨明翌同来](?=[{DIGIT}])|[本昨明]日(?=[{DIGIT}]{{1,3}} ?日)"
    rf"|毎(?=[年月週日時四])|隔(?=[年月週日])|数(?=[年月週日時十百千世かカヶヵケ箇個分秒四])|半(?=[年世期])|{INITIAL}(?=[0-9])|(?<![一-龠々])[年月週日](?=間?に?[{DIGIT}数]|ごと|毎)"
    rf"|四半期(?=ごと|毎)|半期(?=ごと|毎)|午前|午後|正午|[AaPp][Mm]"
)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
