"""What the layer of dates says about a stretch of text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A temporal expression; offsets are code points into the searched text, end exclusive."""

    start: int
    end: int
    label: str  # DATE RANGE DURATION SET TIME
    edtf: str = ""
    start_date: str = ""  # ISO, inclusive; "" is open or unknown
    end_date: str = ""
    granularity: str = ""
    duration: str = ""  # ISO 8601, X for digits left open: 数十年 PXXY
    mod: str = ""  # TIMEX3, of words beside the span: ON_OR_AFTER, APPROX, END
    freq: str = ""
    anchor: str = ""
    anchor_source: str = "explicit"  # explicit document antecedent none
    rule: str = ""
