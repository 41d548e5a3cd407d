"""Recurring times (SET): 毎年8月15日, 隔年, 3年ごと, 年2回, 2年に1度."""

from __future__ import annotations

import re
from dataclasses import dataclass

from seimeibun.expressions.calendars import day as calendar_day
from seimeibun.expressions.date_patterns import ELIDED, RECURRENCE, compiled
from seimeibun.expressions.date_words import units
from seimeibun.expressions.durations import iso_of
from seimeibun.expressions.numerals import parse_numeral

_PERIOD = {
    "年": "P1Y", "年度": "P1Y", "月": "P1M", "週": "P1W", "日": "P1D", "時": "PT1H",
    "四半期": "P3M", "半期": "P6M",
}  # fmt: skip
_ALTERNATE = {"年": "P2Y", "月": "P2M", "週": "P2W", "日": "P2D"}
LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A recurring time as written; ``freq`` is how often within ``iso``: 2X, 1X/2X, X (several)."""

    start: int
    end: int
    iso: str
    edtf: str = ""
    freq: str = ""
    each: bool = False


def read_recurrence(text: str, start: int) -> Recurrence | None:
    """Return the recurring time that begins at ``start``."""
    match = compiled(RECURRENCE).match(text, start)
    if match is None:
        return None
    end = match.end()
    if match["each"]:
        times = _freq(match["each_times"])
        return Recurrence(start, end, _PERIOD[match["each"]], _edtf(match), times, each=True)
    if match["alternate"]:
        return Recurrence(start, end, _ALTERNATE[match["alternate"]], each=True)
    if match["step"]:
        return _stepped(match)
    if match["unit_step"]:
        return Recurrence(start, end, _PERIOD[match["unit_step"]], each=True)
    if match["per_step"]:
        iso = iso_of(match["per_step"], units()[match["per_unit"]], half=False)
        return Recurrence(start, end, iso, freq=_freq(match["per_times"])) if iso else None
    return Recurrence(start, end, _PERIOD[match["per"]], freq=_freq(match["times"]))


def _stepped(match: re.Match[str]) -> Recurrence | None:
    """Return 3年ごと; of おき only 1年おき is certain (every second year), the others stay empty."""
    unit = units()[match["step_unit"]]
    iso = iso_of(match["step"], unit, half=bool(match["step_half"]))
    if not iso:
        return None
    if match["gap"] == "おき":
        iso = f"P2{unit.designator}" if iso == f"P1{unit.designator}" else ""
    return Recurrence(match.start(), match.end(), iso, each=True)


def _edtf(match: re.Match[str]) -> str:
    """Return the recurring date with its year unspecified: XXXX-08-15."""
    month, day = (_int(match[name]) for name in ("each_month", "each_day"))
    if match["each"] not in {"年", "年度"} or not month:
        return ""
    if not day:
        return f"XXXX-{month:02d}" if month <= 12 else ""
    known = calendar_day(LEAP_YEAR, month, day)
    return f"XXXX{known.edtf[4:]}" if known else ""


def _int(written: str | None) -> int:
    value = parse_numeral(written) if written else None
    return int(value) if value else 0


def _freq(written: str | None) -> str:
    if not written:
        return ""
    if written == "数":
        return "X"
    return "/".join(f"{_int(part)}X" for part in re.split(ELIDED, written))
