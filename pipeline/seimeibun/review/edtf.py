"""The days that an EDTF string spans, and what is wrong with one that is none.

Levels 0 and 1 with open intervals, and of level 2 the parts of a year (季節, 四半期, 半期) and digits left open.
"""

import re
from datetime import date

from seimeibun.expressions import calendars
from seimeibun.expressions.calendars import Period

_DATE = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?[?~%]?"
)
_QUARTERS, _HALVES = range(33, 37), range(40, 42)


class EdtfError(ValueError):
    """What is wrong with the string, in Japanese: the reviewer reads it while typing."""


def edtf_days(text: str) -> tuple[str, str]:
    """Return first and last day (ISO, inclusive; "" is open) of an EDTF date or interval.

    >>> edtf_days("2025-07"), edtf_days("../2030"), edtf_days("2020-40"), edtf_days("201X")
    (('2025-07-01', '2025-07-31'), ('', '2030-12-31'), ('2020-01-01', '2020-06-30'), ('2010-01-01', '2019-12-31'))
    >>> edtf_days("2025-02-30")
    Traceback (most recent call last):
    seimeibun.review.edtf.EdtfError: 2025-02-30 という日はありません
    """
    if not text:
        return "", ""
    first, slash, last = text.partition("/")
    if not slash:
        period = _period(text)
        return _iso(period.first), _iso(period.last)
    start = "" if first in {"", ".."} else _iso(_period(first).first)
    end = "" if last in {"", ".."} else _iso(_period(last).last)
    if not start and not end:
        message = f"{text} は始まりも終わりもありません"
        raise EdtfError(message)
    if start and end and start > end:
        message = f"始まり {start} が終わり {end} より後です"
        raise EdtfError(message)
    return start, end


def _period(text: str) -> Period:
    found = _DATE.fullmatch(text)
    if found is None:
        message = (
            f"{text} はEDTFではありません。例: 2025、2025-07、2025-07-14、2025-04/2026-03、../2030"
        )
        raise EdtfError(message)
    year, month, day = found["year"], found["month"], found["day"]
    period: Period | None
    if "X" in year:
        first = int(year.replace("X", "0"))
        period = calendars.years(first, int(year.replace("X", "9")), granularity="decade")
        if month:
            period = None
    elif month is None or month == "XX":
        period = calendars.year(int(year))
    elif int(month) > 12:
        period = None if day else _part_of_year(int(year), int(month))
    elif day is None or day == "XX":
        period = calendars.month(int(year), int(month))
    else:
        period = calendars.day(int(year), int(month), int(day))
    if period is None:
        message = f"{text} という日はありません"
        raise EdtfError(message)
    return period


def _part_of_year(year: int, code: int) -> Period | None:
    if code in _QUARTERS:
        return calendars.quarter(year, code - _QUARTERS.start + 1)
    if code in _HALVES:
        return calendars.half(year, code - _HALVES.start + 1)
    return calendars.season(year, code) if 21 <= code <= 24 else None


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
