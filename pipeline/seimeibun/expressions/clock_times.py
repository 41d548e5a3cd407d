"""Times of day (TIME): 午後7時8分, 14時半, 正午, 9:30."""

from __future__ import annotations

import re
from dataclasses import dataclass

from seimeibun.expressions.date_patterns import CLOCK, compiled
from seimeibun.expressions.numerals import parse_numeral

AFTERNOON = frozenset({"午後", "PM", "pm"})


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day as written, in the zone of its place."""

    start: int
    end: int
    hour: int
    minute: int

    @property
    def iso(self) -> str:
        return f"{self.hour:02d}:{self.minute:02d}:00"


def read_clock_time(text: str, start: int) -> ClockTime | None:
    """Return the time of day that begins at ``start``."""
    match = compiled(CLOCK).match(text, start)
    if match is None:
        return None
    if match["noon"]:
        return ClockTime(start, match.end(), 12, 0)
    hour = _int(match["hour"] or match["colon_hour"])
    minute = 30 if match["half_hour"] else _int(match["minute"] or match["colon_minute"])
    if hour is None or minute is None or _is_another_word(match):
        return None
    if match["half_day"] in AFTERNOON and hour < 12:
        hour += 12
    # 24時 closes the day; as a value it would be the next day's first minute
    return ClockTime(start, match.end(), hour, minute) if hour < 24 and minute < 60 else None


def _is_another_word(match: re.Match[str]) -> bool:
    """一時 and 二時 without 午前 or 午後 are rarely a clock's: 一時的, 十二時中."""
    return not match["half_day"] and match["hour"] in {"一", "二", "三"}


def _int(written: str | None) -> int | None:
    if not written:
        return 0
    value = parse_numeral(written)
    return int(value) if value is not None else None
