"""What may be a temporal expression, in one pass from left to right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seimeibun.expressions.clock_times import ClockTime, read_clock_time
from seimeibun.expressions.date_patterns import START, compiled
from seimeibun.expressions.date_words import idiom_pattern
from seimeibun.expressions.durations import Duration, read_duration
from seimeibun.expressions.points import Point, read_point
from seimeibun.expressions.recurrences import Recurrence, read_recurrence

_COUNTER_BEFORE = frozenset("第数何幾")
_SERIAL = re.compile(r"(?:^|\n)\s*[0-9]{1,2}[.]\Z")

Candidate = Point | Duration | Recurrence | ClockTime


def candidates(text: str, document_year: int) -> Iterator[Candidate]:
    """Yield, from left to right, the longest reading at each place where one can begin."""
    position, start, idiom = 0, compiled(START), idiom_pattern()
    while match := start.search(text, position):
        begin = match.start()
        if phrase := idiom.match(text, begin):
            position = phrase.end()
            continue
        found = (
            None
            if match["numeral"] and _inside_number(text, begin)
            else _read(text, begin, document_year)
        )
        if found:
            yield found
        position = found.end if found else begin + 1


def _read(text: str, begin: int, document_year: int) -> Candidate | None:
    readings = (
        read_recurrence(text, begin),
        read_point(text, begin, document_year=document_year),
        read_duration(text, begin),
        read_clock_time(text, begin),
    )
    return max((found for found in readings if found), key=lambda found: found.end, default=None)


def _inside_number(text: str, begin: int) -> bool:
    """Whether the numeral at ``begin`` continues something: 1,200年, 第3日, A/66/290, G20日."""
    before = text[max(0, begin - 1) : begin]
    if not before:
        return False
    if before in _COUNTER_BEFORE or (before.isascii() and (before.isalpha() or before in "/+")):
        return True
    if before in ".,-" and text[max(0, begin - 2) : begin - 1].isdigit():
        return not (before == "." and _SERIAL.search(text[max(0, begin - 6) : begin]))
    return False
