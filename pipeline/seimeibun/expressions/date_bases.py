"""From where a calendar point takes its year and month: its own words, the document, an antecedent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from seimeibun.expressions import calendars
from seimeibun.expressions.antecedents import Antecedent, Antecedents, following
from seimeibun.expressions.points import LONGEST_ELIDED_YEAR, Point

FORWARD = frozenset({"来る", "来たる", "きたる"})
BACKWARD = frozenset({"去る", "さる", "過ぐる"})
_ELSEWHERE = re.compile(r"(?:日本|現地|東京|当地)時間\Z")
_DEADLINE = re.compile(r"(?:頃|ごろ)?(?:まで|迄)に")
_THEN = re.compile(r"(?:[しれ]|[いっき]て|後|上で)、[^、。]{0,10}\Z")  # …に署名し、6月から
# done already, in a clause that only describes: 2007年に発効した|協定の下で…を評価し、
_DESCRIBES = re.compile(
    r"(?:に(?:(?!こと)[^、。\n]){0,20}?(?:[しれせ]|[いっ])た(?=[一-鿿ァ-ヺA-Z「『])(?!こと|際|時|後|ところ|結果|上で)[^。\n]{1,90}?"
    r"|の(?:(?!で|におい)[^、。\n]){1,40}?)[をにと][^、。をに\n]{1,15}(?:[しれべちりえ]|[しれ]て|とともに|つつ)、\Z"
)
# an act of the document itself about it: 昨年の被害に|留意し、, no narrated 昨年会談し、
_ATTITUDE = re.compile(
    r"(?:(?!で(?:[はも、]|[一-鿿])|におい)[^、。\n]){1,80}?"
    r"(?:留意|歓迎|評価|想起|感謝|言及|支持|指摘|強調|憂慮|懸念|非難|共有|認識|称賛|再確認)し(?:つつ|た上で)?、\Z"
)
_REMARK = re.compile(r"\([^()\n]*\)")
# still to be done: 3月に東京で開催される|会合, 6月末までに策定する|ことで一致した
_NO_LONGER = r"(?!(?:予定|計画|方針|意向)(?:であっ|だっ|され|されてい)た)"
_PURPOSE = (
    r"意[向図思]|方針|考え|用意|計画|予定|こと(?!が?でき)|よう(?:[に、]|要請|要望|招請|求め|提案)"
)
_AHEAD = re.compile(
    r"(?:中|頃|ごろ)?(?:に|までに|迄に|から|より|以降|にも)"
    r"(?:(?!た(?:[一-鿿ァ-ヺ]|こと))[^、。\n]){0,30}?"
    rf"(?:{_NO_LONGER}予定(?=の|で|され)"
    rf"|(?:[さわか]れる|する|行う|開く){_NO_LONGER}(?=[一-鿿ァ-ヺ])(?!場合|際|度に)"
    rf"|(?<![てで]い)[うくすつむるぐぶ]{_NO_LONGER}(?={_PURPOSE}))"
)
# done or begun: 6月に署名された|覚書, 10月に訪日した|際, 4月から実施している|事業; not 6月に開くこととした|会合
_BEHIND = re.compile(
    r"(?:(?:に|には)(?:(?!こと|よう|予定|計画|方針|旨|意向|[るうくすむ]と|決ま|決め|目指|見込|控え|[にで][はも]?(?:向け|つい|関し|備え|先立))[^、。\n]){1,40}?"
    r"(?:[しれちりい]た|[っ]た|[いん]だ)(?=[一-鿿ァ-ヺ「『。]|こと|ところ|もの|ため|後)"
    r"|(?:から|以来|以降)(?:(?!こと|よう|予定|計画|方針|旨|意向|[るうくすむ]と)[^、。\n]){1,30}?(?:[てで](?:いる|きた|きている|おり)|[しれ]た(?=[一-鿿ァ-ヺ「『])))"
)
_EVERY = re.compile(r"(?:毎年|例年|毎)[、の]?\Z")
_LINK = re.compile(r"から|より|、|・|及び|並びに|と|[～〜~-]")
LONGEST_LINK = 3  # characters
TURN_OF_YEAR = 8  # months back: from December to January, not to May
NEAR_ERA, FAR_CENTURY = 6, 12  # years between a two-digit year's reading and the document


@dataclass(frozen=True, slots=True)
class Base:
    """A year (with month and day where the words give them) and where it was taken from."""

    years: tuple[int, ...]
    source: str
    anchor: str = ""
    month: int = 0


# Years


def base_of_years(point: Point, antecedents: Antecedents) -> Base:
    if point.years:
        return _written_years(point, antecedents)
    if point.deictic:
        unit = "fiscal_year" if point.deictic.unit == "fiscal_year" else "year"
        return _relative_year(
            unit, point.deictic.offset, point.deictic.base, point.start, antecedents
        )
    return Base((), "none")


def _relative_year(
    unit: str, offset: int, base: str, position: int, antecedents: Antecedents
) -> Base:
    fiscal = unit == "fiscal_year"
    found = None if base == "document" else antecedents.latest(unit, position)
    if found and base == "either" and not antecedents.in_paragraph(found, position):
        found = None
    if found:
        number = found.member.first.year if found.member.first else found.day.year
        return Base((number + offset,), "antecedent", found.member.edtf)
    if base == "antecedent" and fiscal and (found := antecedents.latest("year", position)):
        return Base(
            (calendars.fiscal_year_of(found.day) + offset,), "antecedent", found.member.edtf
        )
    if base == "antecedent" or antecedents.document is None:
        return Base((), "none")
    document = antecedents.document
    number = calendars.fiscal_year_of(document) if fiscal else document.year
    return Base((number + offset,), "document", document.isoformat())


def _written_years(point: Point, antecedents: Antecedents) -> Base:
    if point.era:
        era = calendars.era(point.era)
        years = tuple(era.year(number) for number in point.years)
        if point.paired_year is not None and point.paired_year != years[0]:
            return Base((), "none", f"{era.name}{point.years[0]}年≠{point.paired_year}年")
        return Base(years, "explicit")
    years, source, anchor = _expanded(point, antecedents)
    if point.paired_era and point.paired_year is not None:
        era = calendars.era(point.paired_era)
        if years and era.year(point.paired_year) != years[0]:
            return Base((), "none", f"{years[0]}年≠{era.name}{point.paired_year}年")
    if point.before_christ:
        years = tuple(1 - number for number in point.years)
    return Base(years, source, anchor)


def _expanded(point: Point, antecedents: Antecedents) -> tuple[tuple[int, ...], str, str]:
    """Return the years with their centuries: 2013～14 is 2013, 2014; 74年 is 1974 after 1973年."""
    first, *others = point.years
    source, anchor = "explicit", ""
    if first < LONGEST_ELIDED_YEAR and not point.before_christ and not _written_in_full(point):
        read = _two_digits(first, point, antecedents)
        if read is None:
            return (), "none", ""
        first, source, anchor = read
    years = [first]
    for number in others:
        elided = number < LONGEST_ELIDED_YEAR and not point.before_christ
        years.append(_following(years[-1], number) if elided else number)
    return tuple(years), source, anchor


def _following(year: int, digits: int) -> int:
    """Return the first year from ``year`` on that ends in two ``digits``: 14 after 2013 is 2014."""
    following = year // 100 * 100 + digits
    return following if following >= year else following + 100


def _written_in_full(point: Point) -> bool:
    return False if point.years[0] < LONGEST_ELIDED_YEAR else not point.era


def _two_digits(number: int, point: Point, antecedents: Antecedents) -> tuple[int, str, str] | None:
    """Return the year that a two-digit number stands for, by the year before it or the document."""
    in_era = antecedents.latest("era", point.start)
    if in_era and _goes_on(point, in_era, antecedents):
        return calendars.era(in_era.era).year(number), "antecedent", in_era.member.edtf
    if point.multiplicative and in_era:
        year = calendars.era(in_era.era).year(number)
        here = antecedents.document or in_era.day
        if abs(year - here.year) <= 2 * NEAR_ERA:
            return year, "antecedent", in_era.member.edtf
    found = antecedents.latest("decade" if point.decade else "year", point.start)
    near = found and (point.decade or antecedents.in_paragraph(found, point.start))
    if found and not point.multiplicative and (near or not antecedents.document):
        if found.era and not point.decade:
            return calendars.era(found.era).year(number), "antecedent", found.member.edtf
        year = found.day.year // 100 * 100 + number
        if abs(year - found.day.year) <= (40 if point.decade else 60) or not antecedents.document:
            return year, "antecedent", found.member.edtf
    if antecedents.document:
        nearest = (_nearest_decade if point.decade else _nearest)(point, antecedents.document)
        return (nearest, "document", antecedents.document.isoformat()) if nearest else None
    # 九〇年代 without any date around it is the last century's, 20年代 nobody's
    return (1900 + number, "explicit", "") if number >= 50 and point.decade else None


def _goes_on(point: Point, found: Antecedent, antecedents: Antecedents) -> bool:
    """Whether a number of years has its era from right before: 昭和三十八年から|四十二年, 同|三十一年."""
    before = antecedents.text[max(0, point.start - LONGEST_LINK) : point.start]
    return before.endswith("同") or bool(
        found.end >= point.start - LONGEST_LINK
        and _LINK.fullmatch(antecedents.text, found.end, point.start)
    )


def _nearest_decade(point: Point, document: date) -> int | None:
    """Return the decade of 九〇年代 or, in words of an era, 五十年代 (昭和) that the document means."""
    number = point.years[0]
    if point.multiplicative:
        eras = _era_years(number, document, within=15)
        return eras[0] if len(eras) == 1 else None
    # A decade to come is spoken of when it is near; one that has passed, for long.
    costs = sorted(
        (document.year - year if year <= document.year else 5 * (year - document.year), year)
        for year in (1800 + number, 1900 + number, 2000 + number)
    )
    (best, year), (second, _) = costs[:2]
    return year if best * 1.5 <= second else None


def _era_years(number: int, document: date, *, within: int) -> list[int]:
    years = {
        era.year(number)
        for era in calendars.eras().values()
        if era.first <= document and era.year_one <= era.year(number) <= era.last.year
    }
    return sorted(year for year in years if abs(year - document.year) <= within)


def _nearest(point: Point, document: date) -> int | None:
    """Return the reading of a two-digit year near the document, None if two readings are likely."""
    number = point.years[0]
    centuries = [century + number for century in (1900, 2000)]
    western = min(centuries, key=lambda year: (abs(year - document.year), year))
    eras = _era_years(number, document, within=NEAR_ERA)
    if point.multiplicative:
        return eras[0] if len(eras) == 1 else None
    if not eras:
        return western if abs(western - document.year) <= 75 else None
    if len(eras) == 1 and abs(western - document.year) > FAR_CENTURY:
        return eras[0]
    return western if western in eras else None


# Months


def base_of_month(point: Point, antecedents: Antecedents) -> Base:
    month = point.months[0]
    if point.years or (point.deictic and point.deictic.unit in {"year", "fiscal_year"}):
        base = base_of_years(point, antecedents)
        if base.years and point.unit != "fiscal_year" and _is_fiscal(point):
            late = month < calendars.FISCAL_START
            return Base(tuple(year + late for year in base.years), base.source, base.anchor)
        return base
    document = antecedents.document
    if point.prefix in FORWARD | BACKWARD and document:
        return Base((_directed_year(point, document),), "document", document.isoformat())
    if point.prefix in {"同", "翌"}:
        found = antecedents.latest("year", point.start)
        if found is None:
            return Base((), "none")
        later = point.prefix == "翌" and month <= found.day.month
        return Base((found.day.year + later,), "antecedent", found.member.edtf)
    ahead = document is not None and _lies_ahead(point, antecedents)
    found = None if point.prefix == "本" else antecedents.for_year(point.start, month)
    if found and not (ahead and _is_described(found, point, antecedents)):
        later = _comes_later(point, found, antecedents)
        return Base((found.day.year + later,), "antecedent", found.member.edtf)
    if document:
        years = 0 if point.prefix == "本" else _years_on(point, document, antecedents, ahead=ahead)
        return Base((document.year + years,), "document", document.isoformat())
    return Base((), "none")


def _years_on(point: Point, document: date, antecedents: Antecedents, *, ahead: bool) -> int:
    """Return how many years after the document's a month lies: what is to be done after it, what is done before."""
    month = point.months[0]
    if ahead:
        return int(month < document.month)
    behind = month > document.month and _BEHIND.match(antecedents.text, point.end)
    return -1 if behind else 0


def _lies_ahead(point: Point, antecedents: Antecedents) -> bool:
    """Whether the clause tells of what is still to be done: 3月に開催される会合, 6月までに策定すること."""
    every = _EVERY.search(antecedents.text[max(0, point.start - 3) : point.start])
    return not every and bool(_AHEAD.match(antecedents.text, point.end))


def _is_described(found: Antecedent, point: Point, antecedents: Antecedents) -> bool:
    """Whether ``found`` only dates a thing that an act before the point is about: 先年署名した協定を評価し、."""
    between = _REMARK.sub("", antecedents.text[found.end : point.start])
    return bool(_DESCRIBES.match(between) or _ATTITUDE.match(between))


def _comes_later(point: Point, found: Antecedent, antecedents: Antecedents) -> bool:
    """Whether a month lies in the year after ``found``: 昨年9月に合意し、6月末までに; 12月に署名し、1月から."""
    month = point.months[0]
    if found.precision not in {"month", "jun", "day"} or month >= found.day.month:
        return False
    if _DEADLINE.match(antecedents.text, point.end):  # what is still to be done comes after
        return True
    between = antecedents.text[found.end : point.start]
    if _THEN.search(between) and antecedents.in_sentence(found, point.start):
        return True
    turned = found.day.month - month >= TURN_OF_YEAR
    document = antecedents.document
    begun = document is None or date(found.day.year + 1, month, 1) <= document
    return turned and begun and antecedents.in_sentence(found, point.start)


def _is_fiscal(point: Point) -> bool:
    return point.fiscal or bool(point.deictic and point.deictic.unit == "fiscal_year")


def _directed_year(point: Point, document: date) -> int:
    """Return the year of 来る5月 (the next one) or 去る3月 (the last one)."""
    asked = (point.months[0], point.days[0] if point.days else document.day)
    here = (document.month, document.day)
    if point.prefix in FORWARD:
        return document.year + (asked < here)
    return document.year - (asked > here)


# Days


def base_of_day(point: Point, antecedents: Antecedents) -> Base:
    number, document = point.days[0], antecedents.document
    if point.deictic:
        return _relative_month(point, antecedents)
    if point.prefix == "翌":
        return _day_after(number, antecedents)
    if point.prefix == "同":
        found = antecedents.latest("month", point.start)
        if found is None:
            return Base((), "none")
        start = found.day.replace(day=1)
        return _from(_day_near(number, start, step=1), "antecedent", found.member.edtf)
    if point.prefix:
        if document is None:
            return Base((), "none")
        return _from(_prefixed_day(point, document), "document", document.isoformat())
    if found := antecedents.for_month(point.start, number):
        here = found.day
        if _ELSEWHERE.search(antecedents.text[max(0, point.start - 6) : point.start]):
            here = _nearest_day(number, found.day) or here
        return _from(here, "antecedent", found.member.edtf)
    if document:
        return _from(document, "document", document.isoformat())
    return Base((), "none")


def _day_after(number: int, antecedents: Antecedents) -> Base:
    """Return the day of 翌14日: after a 13th named before it, or where the document is of the 13th."""
    if found := antecedents.day_before(number):
        return _from(following(found.last), "antecedent", found.member.edtf)
    document = antecedents.document
    if document and following(document).day == number:
        return _from(following(document), "document", document.isoformat())
    return Base((), "none")


def _from(day: date | None, source: str, anchor: str) -> Base:
    return Base((day.year,), source, anchor, day.month) if day else Base((), "none")


def _prefixed_day(point: Point, document: date) -> date | None:
    """Return a day of the month that 本18日, 昨17日, 明19日, 来る20日 or 去る3日 lies in."""
    number = point.days[0]
    if point.prefix in {"昨", "明"}:
        near = document + timedelta(days=1 if point.prefix == "明" else -1)
        return near if near.day == number else None
    if point.prefix in FORWARD:
        return _day_near(number, document, step=1)
    if point.prefix in BACKWARD:
        return _day_near(number, document, step=-1)
    return document


def _day_near(number: int, start: date, *, step: int) -> date | None:
    """Return the first day with this number from ``start`` on, forward or backward."""
    days = (start + timedelta(days=step * count) for count in range(62))
    return next((day for day in days if day.day == number), None)


def _nearest_day(number: int, day: date) -> date | None:
    """Return the day with this number nearest to ``day``: 31日 and 1日 in two time zones."""
    near = [_day_near(number, day, step=step) for step in (1, -1)]
    return min((on for on in near if on), key=lambda on: abs(on - day), default=None)


def _relative_month(point: Point, antecedents: Antecedents) -> Base:
    deictic = point.deictic
    if deictic is None:
        return Base((), "none")
    base, source, anchor = base_day(deictic.unit, deictic.base, point.start, antecedents)
    if base is None:
        return Base((), "none")
    if deictic.unit == "week":  # 来週15日
        monday = base + timedelta(weeks=deictic.offset, days=-base.weekday())
        week = (monday + timedelta(days=count) for count in range(7))
        return _from(next((on for on in week if on.day == point.days[0]), None), source, anchor)
    return _from(base.replace(day=1) + relativedelta(months=deictic.offset), source, anchor)


def base_day(
    unit: str, base: str, position: int, antecedents: Antecedents
) -> tuple[date | None, str, str]:
    """Return the day from which a deictic word counts, its source and anchor."""
    found = None if base == "document" else antecedents.latest(unit, position)
    if found and base == "either" and not antecedents.in_paragraph(found, position):
        found = None
    if found:
        return (found.last if unit == "day" else found.day), "antecedent", found.member.edtf
    if base == "antecedent" or antecedents.document is None:
        return None, "none", ""
    return antecedents.document, "document", antecedents.document.isoformat()
