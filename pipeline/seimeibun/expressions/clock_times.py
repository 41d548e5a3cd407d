"""Times of day (TIME): 午後7時8分, 14時半, 正午, 9:30."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

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
    half_day: bool = False  # written with 午前 or 午後
    until: str = ""  # ISO time of the end: 午前9時から正午
    until_next_day: bool = False

    @property
    def iso(self) -> str:
        return f"{self.hour:02d}:{self.minute:02d}:00"


def read_clock_time(text: str, start: int) -> ClockTime | None:
    """Return the time of day that begins at ``start``."""
    match = compiled(CLOCK).match(text, start)
    if match is None:
        return None
    if match["noon"]:
        return ClockTime(start, match.end(), 12, 0, half_day=True)
    hour = _int(match["hour"] or match["colon_hour"])
    minute = 30 if match["half_hour"] else _int(match["minute"] or match["colon_minute"])
    if hour is None or minute is None or _is_another_word(match):
        return None
    if match["half_day"] in AFTERNOON and hour < 12:
        hour += 12
    # 24時 closes the day; as a value it would be the next day's first minute
    if hour >= 24 or minute >= 60:
        return None
    return ClockTime(start, match.end(), hour, minute, half_day=bool(match["half_day"]))


def span_of_times(first: ClockTime, last: ClockTime) -> ClockTime:
    """Return 午前9時から正午 as one; an end before the start lies on the next day: 午後11時から1時."""
    if first.hour >= 12 > last.hour and not last.half_day:
        later = replace(last, hour=last.hour + 12)
        last = later if (later.hour, later.minute) > (first.hour, first.minute) else last
    crossing = (last.hour, last.minute) < (first.hour, first.minute)
    return replace(first, end=last.end, until=last.iso, until_next_day=crossing)


def _is_another_word(match: re.Match[str]) -> bool:
    """一時 and 二時 without 午前 or 午後 are rarely a clock's: 一時的, 十二時中."""
    return not match["half_day"] and match["hour"] in {"一", "二", "三"}


def _int(written: str | None) -> int | None:
    if not written:
        return 0
    value = parse_numeral(written)
    return int(value) if value is not None else None
