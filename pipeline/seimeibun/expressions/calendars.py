"""The calendar: eras (元号), fiscal years, quarters, seasons, 旬, decades and centuries as periods."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from seimeibun.rules import read_table

SOLAR_SINCE = date(1873, 1, 1)  # before, months and days of an era date are lunisolar
FISCAL_START = 4  # Japan's fiscal year (年度) runs from April to March
JUN = {1: (1, 10), 2: (11, 20), 3: (21, 31)}
SEASON_START = {21: 3, 22: 6, 23: 9, 24: 12}
WINTER = 24


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar: its EDTF, its first and its last day, both inclusive.

    ``first`` or ``last`` is None where that side is open or lies before the year 1.
    """

    edtf: str
    first: date | None
    last: date | None
    granularity: str


@dataclass(frozen=True, slots=True)
class Era:
    """A Japanese era (元号), for example 令和."""

    name: str
    initial: str
    first: date
    last: date
    year_one: int  # the Gregorian year of 元年; by the old calendar not always that of ``first``

    def year(self, number: int) -> int:
        """Return the Gregorian year of the era's year ``number`` (元年 is 1).

        >>> era("昭和").year(26)
        1951
        """
        return self.year_one + number - 1

    def covers(self, period: Period) -> bool:
        """Whether the era reigned on any day of ``period``."""
        return bool(
            period.first and period.last and period.first <= self.last and self.first <= period.last
        )


@cache
def eras() -> dict[str, Era]:
    """Return the eras by name and by initial."""
    rows = read_table("eras.tsv", ["name", "initial", "first", "last", "year_one"])
    found = [
        Era(
            row["name"],
            row["initial"],
            date.fromisoformat(row["first"]),
            date.fromisoformat(row["last"]),
            int(row["year_one"]),
        )
        for row in rows
    ]
    return {key: era for era in found for key in (era.name, era.initial) if key}


def era(name: str) -> Era:
    """Return the era called ``name``: 令和 or R."""
    return eras()[name]


def year(number: int) -> Period | None:
    """Return a calendar year; negative numbers are astronomical (-299 is 300 BC)."""
    if number < 1:
        return Period(_year_edtf(number), None, None, "year")
    if number > date.max.year:
        return None
    return Period(_year_edtf(number), date(number, 1, 1), date(number, 12, 31), "year")


def month(year: int, month: int) -> Period | None:
    if not (1 <= year <= date.max.year and 1 <= month <= 12):
        return None
    days = calendar.monthrange(year, month)[1]
    first = date(year, month, 1)
    return Period(f"{year:04d}-{month:02d}", first, first.replace(day=days), "month")


def day(year: int, month: int, day: int) -> Period | None:
    """Return one day, None where the month has no such day (2月30日).

    >>> day(2024, 2, 29).edtf, day(2025, 2, 29)
    ('2024-02-29', None)
    """
    try:
        return on(date(year, month, day))
    except ValueError:
        return None


def on(day: date) -> Period:
    return Period(day.isoformat(), day, day, "day")


def week(day: date) -> Period:
    """Return the week, Monday to Sunday, of ``day``; EDTF has no code for weeks."""
    monday = day - timedelta(days=day.weekday())
    return days(monday, monday + timedelta(days=6))


def days(first: date, last: date, *, granularity: str = "range") -> Period:
    return Period(f"{first.isoformat()}/{last.isoformat()}", first, last, granularity)


def months(first: tuple[int, int], count: int, *, granularity: str) -> Period | None:
    """Return ``count`` months from ``first`` (year, month) on.

    >>> months((2025, 10), 6, granularity="half").edtf
    '2025-10/2026-03'
    """
    start = month(*first)
    index = first[0] * 12 + first[1] - 1 + count - 1
    end = month(index // 12, index % 12 + 1)
    if start is None or end is None:
        return None
    return Period(f"{start.edtf}/{end.edtf}", start.first, end.last, granularity)


def fiscal_year(number: int) -> Period | None:
    return months((number, FISCAL_START), 12, granularity="fiscal_year")


def fiscal_year_of(day: date) -> int:
    """Return the fiscal year in which ``day`` lies.

    >>> fiscal_year_of(date(2026, 1, 15))
    2025
    """
    return day.year if day.month >= FISCAL_START else day.year - 1


def quarter(number: int, nth: int, *, fiscal: bool = False) -> Period | None:
    if not 1 <= nth <= 4:
        return None
    return _division(number, nth, 3, 32 + nth, "quarter", fiscal=fiscal)


def half(number: int, nth: int, *, fiscal: bool = False) -> Period | None:
    return _division(number, nth, 6, 39 + nth, "half", fiscal=fiscal)


def _division(
    year: int, nth: int, size: int, code: int, granularity: str, *, fiscal: bool
) -> Period | None:
    offset = (nth - 1) * size + (FISCAL_START - 1 if fiscal else 0)
    period = months((year + offset // 12, offset % 12 + 1), size, granularity=granularity)
    if period is None or fiscal:
        return period
    return Period(f"{year:04d}-{code}", period.first, period.last, granularity)


def season(year: int, code: int) -> Period | None:
    """Return a season by its EDTF code; winter (24) is December to February of the next year."""
    period = months((year, SEASON_START[code]), 3, granularity="season")
    return period and Period(f"{year:04d}-{code}", period.first, period.last, "season")


def jun(year: int, month_: int, nth: int) -> Period | None:
    """Return 上旬 (1), 中旬 (2) or 下旬 (3) of a month."""
    whole = month(year, month_)
    if whole is None or whole.first is None or whole.last is None:
        return None
    first, last = JUN[nth]
    return days(
        whole.first.replace(day=first),
        whole.first.replace(day=min(last, whole.last.day)),
        granularity="jun",
    )


def decade(first: int) -> Period | None:
    """Return ten years from ``first``, None where it begins no decade (95年代)."""
    if first % 10 or not 10 <= first < 9990:
        return None
    return Period(f"{first // 10:03d}X", date(first, 1, 1), date(first + 9, 12, 31), "decade")


def weekend(day: date) -> Period:
    saturday = day + timedelta(days=5 - day.weekday())
    return days(saturday, saturday + timedelta(days=1))


def weekday_of_month(year: int, month_: int, nth: int, weekday: int) -> Period | None:
    """Return the ``nth`` Monday (0) to Sunday (6) of a month: 8月第1月曜日.

    >>> weekday_of_month(2025, 8, 1, 0).edtf
    '2025-08-04'
    """
    first = calendar.monthrange(year, month_)[0]
    return day(year, month_, 1 + (weekday - first) % 7 + (nth - 1) * 7)


def years(first: int, last: int, *, granularity: str) -> Period | None:
    start, end = year(first), year(last)
    if start is None or end is None:
        return None
    return Period(f"{start.edtf}/{end.edtf}", start.first, end.last, granularity)


def century(nth: int) -> Period | None:
    """Return a century: the 21st is 2001 to 2100; -3 is the third before Christ.

    >>> century(21).edtf, century(-3).edtf
    ('2001/2100', '-0299/-0200')
    """
    first = nth * 100 + 1 if nth < 0 else (nth - 1) * 100 + 1
    return years(first, first + 99, granularity="century")


def half_of(period: Period, nth: int) -> Period | None:
    """Return 前半 (1) or 後半 (2) of a year, fiscal year, month, decade or century.

    >>> half_of(century(20), 2).edtf, half_of(month(2025, 3), 1).edtf
    ('1951/2000', '2025-03-01/2025-03-15')
    """
    if period.first is None or period.last is None:
        return None
    start = period.first
    if period.granularity == "month":
        middle = start.replace(day=15)
        return days(start, middle) if nth == 1 else days(start.replace(day=16), period.last)
    if period.granularity in {"year", "fiscal_year"}:
        halves = {1: (start.year, start.month), 2: _month_after(start.year, start.month, 6)}
        return months(halves[nth], 6, granularity="half")
    count = (period.last.year - start.year + 1) // 2
    first = start.year + (nth - 1) * count
    return years(first, first + count - 1, granularity=period.granularity)


def _month_after(year: int, month: int, by: int) -> tuple[int, int]:
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


def join(first: Period, last: Period) -> Period | None:
    """Return the period from ``first`` to ``last``, each at its own precision; None if it runs back.

    >>> join(fiscal_year(1999), fiscal_year(2002)).edtf
    '1999-04/2003-03'
    """
    if first.first and last.last and first.first > last.last:
        return None
    left, right = _edges(first)[0], _edges(last)[1]
    return Period(f"{left}/{right}", first.first, last.last, "range")


def _edges(period: Period) -> tuple[str, str]:
    """Return the period's first and last unit in EDTF, without codes that an interval cannot hold."""
    if period.granularity in {"season", "half", "quarter"} and period.first and period.last:
        return period.first.isoformat()[:7], period.last.isoformat()[:7]
    if period.granularity == "decade" and period.first and period.last:
        return period.first.isoformat()[:4], period.last.isoformat()[:4]
    left, _, right = period.edtf.partition("/")
    return left, right or left


def since(period: Period) -> Period:
    """Return ``period`` and all that follows: 2020/.."""
    return Period(f"{_edges(period)[0]}/..", period.first, None, period.granularity)


def until(period: Period) -> Period:
    """Return ``period`` and all that precedes: ../2030."""
    return Period(f"../{_edges(period)[1]}", None, period.last, period.granularity)


def before(period: Period) -> Period:
    """Return all that precedes ``period``, without it."""
    if period.first is None or period.first == date.min:
        return period
    last = period.first - timedelta(days=1)
    return Period(f"../{last.isoformat()}", None, last, period.granularity)


def after(period: Period) -> Period:
    """Return all that follows ``period``, without it."""
    if period.last is None or period.last == date.max:
        return period
    first = period.last + timedelta(days=1)
    return Period(f"{first.isoformat()}/..", first, None, period.granularity)


def _year_edtf(number: int) -> str:
    return f"{number:04d}" if number >= 0 else f"-{-number:04d}"
