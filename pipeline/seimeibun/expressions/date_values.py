"""What a calendar point means in its text: the period, and the date that it leans on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from dateutil.relativedelta import relativedelta

from seimeibun.expressions import calendars
from seimeibun.expressions.antecedents import Antecedent, Antecedents
from seimeibun.expressions.calendars import Period
from seimeibun.expressions.date_bases import (
    Base,
    base_day,
    base_of_day,
    base_of_month,
    base_of_years,
)
from seimeibun.expressions.points import Point


@dataclass(frozen=True, slots=True)
class Value:
    """The meaning of a point; ``period`` is None where nothing in the text settles it.

    ``anchor`` then says why, for example 令和6年≠2025年.
    """

    period: Period | None
    source: str  # explicit document antecedent none
    anchor: str = ""
    mod: str = ""
    member: Period | None = None  # the last member of a list or range


UNKNOWN = Value(None, "none")


def resolve(point: Point, antecedents: Antecedents) -> Value:
    """Return the meaning of ``point`` after all that ``antecedents`` has noted."""
    if point.centuries:
        sign = -1 if point.before_christ else 1
        base = Base((), "explicit")
        return _value(point, base, [calendars.century(sign * nth) for nth in point.centuries])
    if point.days and not point.months:
        return _bare_days(point, antecedents)
    if point.months:
        return _months(point, antecedents)
    if point.bare_part:
        return _bare_part(point.bare_part, antecedents)
    if point.deictic and point.deictic.unit not in {"year", "fiscal_year"}:
        return _deictic(point, antecedents)
    return _years(point, antecedents)


# Years, months, days


def _years(point: Point, antecedents: Antecedents) -> Value:
    base = base_of_years(point, antecedents)
    if not base.years:
        return Value(None, base.source, base.anchor)
    return _value(point, base, [_year(point, number) for number in base.years], antecedents)


def _year(point: Point, number: int) -> Period | None:
    fiscal = point.unit == "fiscal_year"
    if point.quarter:
        return calendars.quarter(number, point.quarter, fiscal=fiscal)
    if point.part and point.part.kind == "half":
        return calendars.half(number, int(point.part.value), fiscal=fiscal)
    if point.part and point.part.kind == "season":
        return calendars.season(number, int(point.part.value))
    if point.decade and (point.era or point.multiplicative) and number % 10:
        return calendars.years(number, number + 9, granularity="decade")  # 昭和四十年代
    if point.decade:
        return calendars.decade(number) if number % 100 or number == 2000 else None
    if fiscal:
        return calendars.fiscal_year(number)
    return calendars.year(number)


def _months(point: Point, antecedents: Antecedents) -> Value:
    base = base_of_month(point, antecedents)
    if not base.years:
        return Value(None, base.source, base.anchor)
    year = base.years[0]
    if point.days:
        members = [calendars.day(year, point.months[0], day) for day in point.days]
        return _value(point, base, members, antecedents)
    members = []
    for number in point.months:
        year += bool(members) and number < point.months[len(members) - 1]
        members.append(_month(point, year, number))
    return _value(point, base, members, antecedents)


def _month(point: Point, year: int, number: int) -> Period | None:
    if point.nth and point.weekday >= 0:
        return calendars.weekday_of_month(year, number, point.nth, point.weekday)
    if point.part and point.part.kind == "jun":
        return calendars.jun(year, number, int(point.part.value))
    return calendars.month(year, number)


def _bare_days(point: Point, antecedents: Antecedents) -> Value:
    base = base_of_day(point, antecedents)
    if not base.years:
        return Value(None, base.source, base.anchor)
    year, month, members = base.years[0], base.month, []
    for index, number in enumerate(point.days):
        if index and number < point.days[index - 1]:
            year, month = _next_month(year, month)
        members.append(calendars.day(year, month, number))
    return _value(point, base, members, antecedents)


def _next_month(year: int, month: int) -> tuple[int, int]:
    return (year, month + 1) if month < 12 else (year + 1, 1)


# Words


def _deictic(point: Point, antecedents: Antecedents) -> Value:
    """Return the value of 本日, 今月, 来週, 今春, 両日, 今世紀."""
    deictic = point.deictic
    if deictic is None:
        return UNKNOWN
    unit = (
        "year" if deictic.unit.startswith("season") or deictic.unit == "century" else deictic.unit
    )
    if unit == "two_days":
        return _two_days(point, antecedents)
    day, source, anchor = base_day(unit, deictic.base, point.start, antecedents)
    if day is None:
        return UNKNOWN
    base = Base((), source, anchor)
    try:
        period = _shifted(deictic.unit, deictic.offset, day, point)
    except (OverflowError, ValueError):
        period = None
    return _value(point, base, [period])


def _shifted(unit: str, offset: int, day: date, point: Point) -> Period | None:
    if unit == "day":
        return calendars.on(day + timedelta(days=offset))
    if unit == "week":
        there = day + timedelta(weeks=offset)
        if point.weekday >= 0:
            return calendars.on(there + timedelta(days=point.weekday - there.weekday()))
        return calendars.weekend(there) if point.part else calendars.week(there)
    if unit == "month":
        there = day.replace(day=1) + relativedelta(months=offset)
        return _month(point, there.year, there.month)
    if unit == "century":
        return calendars.century((day.year - 1) // 100 + 1 + offset)
    code = int(unit.removeprefix("season"))
    # In January and February this winter began last year.
    begun = code == calendars.WINTER and offset == 0 and day.month <= 2
    return calendars.season(day.year + offset - begun, code)


def _two_days(point: Point, antecedents: Antecedents) -> Value:
    found = antecedents.latest("two_days", point.start)
    if found is None:
        return UNKNOWN
    period = calendars.days(found.first, found.last)
    if (found.last - found.first).days != 1:
        edtf = f"{{{found.first.isoformat()},{found.last.isoformat()}}}"
        period = Period(edtf, found.first, found.last, "range")
    return Value(period, "antecedent", period.edtf, member=calendars.on(found.last))


def _bare_part(part: tuple[str, str], antecedents: Antecedents) -> Value:
    """Return 年末, 年度末, 月末 of the document's date, and 年内: from that date to the year's end."""
    (unit, mod), document = part, antecedents.document
    whole = _whole(unit, document) if document else None
    if document is None or whole is None or whole.last is None:
        return UNKNOWN
    if mod == "rest":
        rest = calendars.days(document, whole.last)
        return Value(rest, "document", document.isoformat(), member=whole)
    return Value(whole, "document", document.isoformat(), mod, whole)


def _whole(unit: str, day: date) -> Period | None:
    if unit == "fiscal_year":
        return calendars.fiscal_year(calendars.fiscal_year_of(day))
    if unit == "month":
        return calendars.month(day.year, day.month)
    return calendars.week(day) if unit == "week" else calendars.year(day.year)


# Members, parts, eras


def _value(
    point: Point,
    base: Base,
    members: Iterable[Period | None],
    antecedents: Antecedents | None = None,
) -> Value:
    known = [_within_era(point, member, antecedents) for member in members]
    if not known or any(member is None for member in known):
        return Value(None, "none", base.anchor)
    periods = [member for member in known if member]
    period = _combined(periods, listed=point.listed)
    mod = ""
    if period and point.part and point.part.kind == "part":
        period = calendars.half_of(period, int(point.part.value))
    if point.part and point.part.kind == "mod" and point.unit != "week":
        mod = point.part.value
    return Value(period, base.source if period else "none", base.anchor, mod, periods[-1])


def _combined(members: list[Period], *, listed: bool) -> Period | None:
    """Return a single member, a range, or, of days apart, an EDTF set."""
    first, last = members[0], members[-1]
    if len(members) == 1:
        return first
    if not listed or adjacent(members):
        return calendars.join(first, last)
    return listing(members)


def listing(members: list[Period]) -> Period | None:
    """Return listed members that do not touch as an EDTF set: {2025-03-03,2025-03-10}."""
    first, last = members[0], members[-1]
    if any("/" in member.edtf for member in members):
        return calendars.join(first, last)
    edtf = "{" + ",".join(member.edtf for member in members) + "}"
    return Period(edtf, first.first, last.last, "range")


def adjacent(members: list[Period]) -> bool:
    return all(
        before.last is not None and before.last + timedelta(days=1) == after.first
        for before, after in pairwise(members)
    )


def _within_era(
    point: Point, period: Period | None, antecedents: Antecedents | None
) -> Period | None:
    """Drop a period outside its era (平成40年), unless the document was written within the era.

    Before 1873 only the year is kept: months and days were lunisolar.
    """
    if not point.era or period is None or period.first is None:
        return period
    era = calendars.era(point.era)
    if not era.covers(period):
        written = antecedents.document if antecedents else None
        if written is None or not (era.first <= written <= era.last < period.first):
            return None
    if period.first < calendars.SOLAR_SINCE and point.months:
        return calendars.year(period.first.year)
    return period


def noted(point: Point, value: Value, *, closed: bool) -> Antecedent | None:
    """Return ``value`` as an antecedent for what follows, None where it cannot serve as one."""
    period, member = value.period, value.member or value.period
    if period is None or member is None or period.first is None or period.last is None:
        return None
    if member.first is None or member.granularity == "century":
        return None
    return Antecedent(
        point.start,
        point.end,
        member,
        "week" if point.unit == "week" else member.granularity,
        period.first,
        period.last,
        era=point.era,
        closed=closed,
        two_days=(member.granularity == "day" and (period.last - period.first).days == 1)
        or len(point.days) == 2,
    )
