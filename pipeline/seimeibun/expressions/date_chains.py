"""Calendar points that make one expression: ranges, lists of days, wareki–western pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from seimeibun.expressions.clock_times import ClockTime, span_of_times
from seimeibun.expressions.date_candidates import Candidate
from seimeibun.expressions.date_words import parts
from seimeibun.expressions.points import Point

_TO = re.compile(r" ?(?:から、?|より、?|[-‐‑–—―−－ー～〜~]|ないし|乃至) ?")
_AND = re.compile(r" ?(?:、|,|・|と|及び|および|並びに|ならびに|又は|または|や|、及び|、並びに) ?")
_JUN = re.compile(r"(?:から|、|及び|及び|[～〜~-])(?P<jun>中旬|下旬)")
_NOW = re.compile(r"から(?:現在|今日|こんにち)(?=まで|に至る|にかけ)")
LONGEST_GAP = 4  # characters between the ends of a range


@dataclass(frozen=True, slots=True)
class Chain:
    """Points that make one expression: a range, a list of days, a wareki–western pair."""

    points: tuple[Point, ...]
    kind: str  # point range list pair now
    end: int

    @property
    def start(self) -> int:
        return self.points[0].start


def chained(text: str, candidates: list[Candidate]) -> Iterator[Candidate | Chain]:
    """Yield the candidates, points joined where the text joins them."""
    index = 0
    while index < len(candidates):
        first = candidates[index]
        index += 1
        following = candidates[index] if index < len(candidates) else None
        if isinstance(first, ClockTime) and isinstance(following, ClockTime):
            if _TO.fullmatch(text, first.end, following.start):
                first, index = span_of_times(first, following), index + 1
            yield first
            continue
        if not isinstance(first, Point):
            yield first
            continue
        chain = Chain((first,), "point", first.end)
        while index < len(candidates):
            following = candidates[index]
            longer = _extended(text, chain, following) if isinstance(following, Point) else None
            if longer is None:
                break
            chain, index = longer, index + 1
        now = _NOW.match(text, chain.end)
        if now and chain.kind == "point":
            chain = Chain(chain.points, "now", now.end())
        jun = _JUN.match(text, chain.end)
        if jun and chain.kind == "point" and first.part and first.part.kind == "jun":
            later = replace(first, start=jun.start("jun"), end=jun.end(), part=parts()[jun["jun"]])
            chain = Chain((first, later), "range", jun.end())
        yield chain


def _extended(text: str, chain: Chain, following: Point) -> Chain | None:
    last, gap = chain.points[-1], text[chain.end : following.start]
    if len(gap) > LONGEST_GAP or chain.kind in {"range", "pair"}:
        return None
    points = (*chain.points, following)
    if gap == "(" and text.startswith(")", following.end) and _is_pair(last, following):
        return Chain(points, "pair", following.end + 1) if chain.kind == "point" else None
    if _TO.fullmatch(gap) and _can_close(last, following, gap, text):
        return Chain(points, "range", following.end) if chain.kind == "point" else None
    if _AND.fullmatch(gap) and last.days and _is_bare_day(following):
        return Chain(points, "list", following.end)
    return None


def _is_pair(last: Point, following: Point) -> bool:
    """Whether the bracketed point repeats the one before it in the other calendar."""
    return (
        bool(last.years and following.years)
        and bool(last.era) != bool(following.era)
        and last.unit == following.unit
    )


def _is_bare_day(point: Point) -> bool:
    return bool(point.days) and not (point.months or point.has_year or point.prefix)


def _can_close(first: Point, last: Point, gap: str, text: str) -> bool:
    if gap.strip().startswith("より") and not text.startswith("まで", last.end):
        return False
    if _is_bare_day(last):
        return bool(first.days) or first.unit == "day"
    return True
