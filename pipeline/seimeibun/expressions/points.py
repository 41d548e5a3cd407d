"""Points of the calendar as written: 令和7年(2025年)12月20日, 本年2月14日, 23、24日, 同年末.

A `Point` holds what the words say; what they mean in their text is for `date_values`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from seimeibun.expressions.date_patterns import (
    DASH,
    DIGIT,
    ELIDED,
    ELIDED_LIST,
    ERA,
    NUMERIC,
    POINT,
    SHORT,
    SMALL,
    WEEKDAYS,
    compiled,
)
from seimeibun.expressions.date_words import (
    Deictic,
    Part,
    bare_parts,
    deictics,
    part_fits,
    parts,
)
from seimeibun.expressions.numerals import parse_numeral

LONGEST_ELIDED_YEAR = 100  # 14年 in 2013～14年; as a word of its own such a number counts years

# Behind a number of years these make it a duration: 2000年以上の歴史, 645年間.
COUNTED = re.compile(
    r" ?(?:間|余|以上|以内|以下|未満|ぶり|振り|近く|あまり|足らず|有余|に(?:わた|亘|渡)|もの|連続"
    r"|の(?:歴史|伝統|歳月|節目|長き|歩み|交流|友好|間(?!に合))|(?:を|が)経|をかけ|かけて|程度|ほど|来の)"
)
_COUNTED_DAYS = re.compile(
    r" ?(?:間|以内|以上|以下|余|ぶり|未満|足らず|程度|ほど|近く|に(?:わた|亘|渡)|(?:を|が)経|の(?:期間|猶予|間(?!に合))"
    r"|連続|前(?!後|半|期)|後(?!半|期)|も(?!、)|目|ごと|毎|当たり|あたり|につき|に[一二三1-9数][回度])"
)
# 日 behind a bare number may begin another word: 20日米両国, 四日市.
_OTHER_WORD = re.compile(
    r"(?:本(?!日|年|月)|米|中(?!に|の|、)|韓|朝|ソ|系|独|仏|英|露|印(?!刷)|豪|欧|伊|加|・|市|町|程|常|時(?!点)|数|課|当|照|曜|光|進月歩|用|和見)"
)
# a sign that makes a year part of a word (2024年式), unless it begins a word of its own (2030年目標)
_YEAR_TAIL = re.compile(
    r"[号式級型齢少玉忌輩賀寿]|生(?![物産態活命徒])|次(?![期官])|目(?![標的途])|債(?![務権])|物(?![流価資品産])|組(?![織合])"
    r"|版(?!権)|長(?!期)|制(?![度裁限定約])|功(?!績)|間|越し|ごと|毎|おき|代わり"
)
_POSITIONAL = re.compile(r"[0-9]{2}|[〇○一二三四五六七八九]{2}")
_WITH_YEAR = re.compile(r"(?:19|20)[0-9]{2}年|一九[〇○一二三四五六七八九]{2}年")
# Before a number of 日: 通告の後三十日, 約10日, 2泊3日.
COUNTED_BEFORE = re.compile(
    r"(?:約|およそ|おおよそ|過去の?|今後の?|次の|わずか|丸|延べ|泊|年間|(?:の|日|終了|受領)後|の日から)\Z"
)
_LEGENDARY = ("皇紀", "紀元")  # 紀元二千六百年 was 1940
_SOME_DAYS = re.compile(r"[一二三四五六七八九]、[一二三四五六七八九]")  # 二、三日
EARLIEST_YEAR = 500  # a smaller number of years, alone, counts: 国交樹立125年
LONGEST_ERA = 64  # years of 昭和
NEARBY = 200  # characters
LONGEST_YEAR = 24  # characters of 昭和六十一年十二月三十一日から
LONGEST_SPAN = 25  # years from a year to the two-digit one that goes on from it
_CONTINUED = re.compile(
    rf"(?P<era>{ERA})?(?P<year>元|[{DIGIT}]{{1,9}})年度?(?:{SMALL}月(?:末|{SMALL}日)?)?"
    rf"(?:から|{DASH}|、|と|及び|および|・)\Z"
)


@dataclass(frozen=True, slots=True)
class Point:
    """A calendar point as written, offsets into the searched text."""

    start: int
    end: int
    era: str = ""
    years: tuple[int, ...] = ()
    paired_year: int | None = None  # the other calendar's year, as Gregorian year if it was one
    paired_era: str = ""
    before_christ: bool = False
    fiscal: bool = False
    decade: bool = False
    centuries: tuple[int, ...] = ()
    deictic: Deictic | None = None
    bare_part: tuple[str, str] | None = None
    prefix: str = ""  # 本18日, 来る5月
    months: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    listed: bool = False  # the numbers are listed (23、24日), not a range (23～24日)
    quarter: int = 0
    nth: int = 0  # 12月第2週, 8月第1月曜日
    weekday: int = -1  # Monday is 0; only where it decides the day
    multiplicative: bool = False  # years written 五十, not 五〇 or 50: an era's more often than not
    part: Part | None = None

    @property
    def unit(self) -> str:
        """The finest unit that the words name."""
        if self.days:
            return "day"
        if self.months:
            return "month"
        if self.centuries:
            return "century"
        if self.deictic:
            return self.deictic.unit
        if self.bare_part:
            return self.bare_part[0]
        if self.decade:
            return "decade"
        return "fiscal_year" if self.fiscal else "year"

    @property
    def is_several(self) -> bool:
        """Whether the point names several units: 23、24日, 2013～14年, 両日."""
        numbers = (self.days, self.months, self.years, self.centuries)
        return any(len(each) > 1 for each in numbers) or self.unit == "two_days"

    @property
    def has_year(self) -> bool:
        return bool(self.years or self.deictic or self.bare_part or self.centuries)


def read_point(text: str, start: int, *, document_year: int = 0) -> Point | None:
    """Return the calendar point that begins at ``start``, None where there is none.

    ``document_year`` (0 is unknown) tells 73年に of a text of 1975 from a count of years.
    """
    return (
        _read_numeric(text, start)
        or _read_short(text, start)
        or _read_written(text, start, document_year)
    )


def _read_numeric(text: str, start: int) -> Point | None:
    match = compiled(NUMERIC).match(text, start)
    if match is None:
        return None
    era = match["numeric_initial"] or ""
    return Point(
        match.start(),
        match.end(),
        era=era,
        years=(int(match["numeric_number"] if era else match["numeric_year"]),),
        months=(int(match["numeric_month"]),),
        days=(int(match["numeric_day"]),),
    )


def _read_short(text: str, start: int) -> Point | None:
    """Return 12/3(火), which only its weekday tells from a fraction."""
    match = compiled(SHORT).match(text, start)
    if match is None:
        return None
    return Point(
        start, match.end(), months=(int(match["short_month"]),), days=(int(match["short_day"]),)
    )


def _read_written(text: str, start: int, document_year: int) -> Point | None:
    match = compiled(POINT).match(text, start)
    if match is None or match.end() == start:
        return None
    point = _point(match)
    if point is None:
        return None
    point = _without_foreign_part(point, match)
    return point if _makes_sense(point, match, text, document_year) else None


def _point(match: re.Match[str]) -> Point | None:
    group = match.groupdict()
    numbers = {}
    for name in ("era_numbers", "years", "centuries", "months", "days"):
        read = _numbers(group[name])
        if read is None:
            return None
        numbers[name] = read
    era = group["era"] or group["initial"] or ""
    written = (group["day_prefix"] or group["prefix"] or "").removesuffix("日")
    last = next(
        (
            group[name]
            for name in ("days", "months", "centuries", "era_numbers", "years")
            if group[name]
        ),
        "",
    )
    paired_era = group["paired_era"] or group["inner_era"] or ""
    paired = (
        group["paired_year"]
        or group["inner_year"]
        or group["paired_number"]
        or group["inner_number"]
    )
    return Point(
        match.start(),
        match.end(),
        era=era,
        years=numbers["era_numbers"] or numbers["years"],
        paired_year=_number(paired) if paired else None,
        paired_era=paired_era,
        before_christ=bool(group["bc"] or group["century_bc"]),
        fiscal=bool(group["fiscal"] or group["after_era"] or group["after_year"]),
        decade=bool(group["decade"]),
        centuries=numbers["centuries"],
        deictic=deictics().get(group["deictic"] or ""),
        bare_part=bare_parts().get(group["bare_part"] or ""),
        prefix=written,
        months=numbers["months"],
        days=numbers["days"],
        listed=bool(re.search(ELIDED_LIST, last)),
        quarter=_number(group["quarter"]) or 0 if group["quarter"] else 0,
        nth=_number(group["nth"]) or 0 if group["nth"] else 0,
        weekday=WEEKDAYS.find(group["nth_weekday"] or group["bare_weekday"] or "-"),
        multiplicative=_is_multiplicative(group["years"] or ""),
        part=parts().get((group["part"] or "").removeprefix("の")),
    )


def _is_multiplicative(written: str) -> bool:
    """Whether a year is written 五十七 or 九: so are an era's years, not 57 or 五七 for 1957."""
    return "十" in written or (len(written) == 1 and not written.isascii())


def _numbers(written: str | None) -> tuple[int, ...] | None:
    """Return the numbers of 23、24 or 2013～14; None where one is not well-formed."""
    if not written:
        return ()
    values = [_number(part) for part in re.split(ELIDED, written)]
    return None if None in values else tuple(value for value in values if value is not None)


@lru_cache(maxsize=4096)
def _number(written: str) -> int | None:
    if written == "元":
        return 1
    value = parse_numeral(written)
    return int(value) if value is not None and value == int(value) else None


def _without_foreign_part(point: Point, match: re.Match[str]) -> Point:
    """Drop a part that the unit does not have, and a part behind a day: 20日|末."""
    if point.part is None or (not point.days and part_fits(point.part.surface, point.unit)):
        return point
    return replace(point, part=None, end=match.start("part"))


def _makes_sense(point: Point, match: re.Match[str], text: str, document_year: int) -> bool:
    if not (point.has_year or point.months or point.days):
        return False
    if not all(1 <= month <= 12 for month in point.months):
        return False
    if not all(1 <= day <= 31 for day in point.days):
        return False
    if len(point.months) > 1 and point.days:
        return False
    if point.nth and (len(point.months) != 1 or point.days):
        return False
    if match["bare_weekday"] and not (point.days or point.unit in {"day", "week"}):
        return False
    if point.centuries and not _names_centuries(point, text):
        return False
    if point.era and max(point.years) > LONGEST_ERA + 35:
        return False  # 明治百年 counts from it
    if not _rise(point.years):
        return False
    if point.years and not point.era and not _names_years(point, match, text, document_year):
        return False
    if point.days and not point.months:
        return _names_days(point, match, text)
    return True


def _rise(years: tuple[int, ...]) -> bool:
    """Whether years that share their unit follow one another; 14 after 2013 is 2014."""
    return all(
        later > earlier or (later < LONGEST_ELIDED_YEAR <= earlier)
        for earlier, later in pairwise(years)
    )


def _names_years(point: Point, match: re.Match[str], text: str, document_year: int) -> bool:
    written, first, after = match["years"], point.years[0], text[point.end : point.end + 8]
    if 0 in point.years or text.endswith(_LEGENDARY, 0, point.start):
        return False
    if point.decade:
        return all(number % 10 == 0 for number in point.years)
    if point.months or point.quarter or point.before_christ or match.group().startswith("西暦"):
        return True
    if point.fiscal:
        return not COUNTED.match(after) and not after.startswith(("分", "予算案の"))
    if point.paired_era:
        return True
    if _YEAR_TAIL.match(after):
        return False
    if first >= 1000:
        round_ = first % 100 == 0
        if written in {"千", "二千", "三千"} or (
            COUNTED.match(after) and (round_ or after[:1] in "間余")
        ):
            return False
        return first < 3000
    if first >= LONGEST_ELIDED_YEAR:
        return (
            first >= EARLIEST_YEAR
            and bool(first % 10)
            and not COUNTED.match(after)
            and not after.startswith(("前", "後"))
        )
    return _continues(point, text) or _names_elided_year(point, written, text, after, document_year)


def _continues(point: Point, text: str) -> bool:
    """Whether a number of years goes on from a year just before it: 昭和61年から67年, 1983年、84年."""
    before = _CONTINUED.search(text[max(0, point.start - LONGEST_YEAR) : point.start])
    after = text[point.end : point.end + 8]
    if before is None or COUNTED.match(after) or after.startswith(("前", "後")):
        return False
    first = _number(before["year"])
    if first is None or not first % 100 < point.years[0] <= first % 100 + LONGEST_SPAN:
        return False
    return before["era"] is not None or first >= 1000


def _names_elided_year(
    point: Point, written: str, text: str, after: str, document_year: int
) -> bool:
    """Whether a bare two-digit number is a year: 74年の会談 near 1973年, not 74年の歴史."""
    if not _POSITIONAL.fullmatch(written) or point.years[0] < 40:
        return False
    if COUNTED.match(after) or after.startswith(("前", "後", "が", "を")):
        return False
    if point.years[0] % 10 == 0 and after.startswith("の"):
        return False
    if re.search(
        r"(?:約|およそ|この|過去の?|今後の?|次の|戦後|満|周年|立|設)\Z", text[: point.start][-4:]
    ):
        return False
    if 0 <= document_year - 1900 - point.years[0] <= LONGEST_SPAN and after[:1] in tuple(
        "に以まの"
    ):
        return True
    start = max(0, point.start - NEARBY)
    start = max(start, text.rfind("\n", start, point.start))
    return bool(_WITH_YEAR.search(text, max(start, 0), point.start))


def _names_centuries(point: Point, text: str) -> bool:
    if point.before_christ:
        return True
    if point.centuries[0] < 2 or max(point.centuries) > 30:
        return False
    after = text[point.end : point.end + 8]
    return not (COUNTED.match(after) and point.centuries[0] < 10)


def _names_days(point: Point, match: re.Match[str], text: str) -> bool:
    """Whether a number of 日 without a month is a day of the month, not a count or another word."""
    if point.deictic:
        return point.deictic.unit in {"month", "week"}
    if point.years or point.bare_part:
        return False
    if point.prefix:
        return not text.startswith("間", point.end)
    if text[max(0, point.start - 1) : point.start] in {"月", "週", "休"}:  # 13月5日, 週5日, 週休2日
        return False
    after = text[match.end("days") : match.end("days") + 8].lstrip(" ").removeprefix("日")
    if match["weekday"]:
        return True
    if _COUNTED_DAYS.match(after) or _OTHER_WORD.match(after):
        return False
    written = match["days"]
    if point.days == (1,) and re.match(r"平均|[0-9]+(?![時0-9:])", after):
        return False
    if written in {"一", "二", "三"}:  # 一日 is a day's length far more often than the first
        return False
    if _SOME_DAYS.fullmatch(written):
        return False
    return not COUNTED_BEFORE.search(text[max(0, point.start - 4) : point.start])
