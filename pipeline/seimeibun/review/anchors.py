"""Where a span of another edition stands in this text: by offset, by quotation, or by likeness."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

NEAR = 200  # code points around the old place in which a likeness counts
LIKE = 0.75  # least likeness of changed characters
How = Literal["offset", "quote", "context", "near", "like"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A stretch of the text, and how it was found."""

    start: int
    end: int
    how: How


def find_anchor(
    text: str, quote: str, *, start: int, prefix: str = "", suffix: str = ""
) -> Anchor | None:
    """Return where ``quote``, once at ``start`` between ``prefix`` and ``suffix``, stands now.

    First at the old offset, then by a context or a quotation that occurs once, then by the best likeness
    near the old place; None rather than a guess between equals.

    >>> find_anchor("注：両国は歓迎した。", "歓迎", start=3, prefix="両国は", suffix="した")
    Anchor(start=5, end=7, how='context')
    >>> find_anchor("両国は同意した。", "歓迎", start=3, prefix="両国は", suffix="した") is None
    True
    """
    end = start + len(quote)
    if text[start:end] == quote and _fits(text, start, end, prefix, suffix):
        return Anchor(start, end, "offset")
    for before, after in ((prefix, suffix), (prefix, ""), ("", suffix)):
        if before or after:
            places = _places(text, before + quote + after)
            if len(places) == 1:
                return _at(places[0] + len(before), quote, "context")
    places = _places(text, quote)
    if len(places) == 1:
        return _at(places[0], quote, "quote")
    if text[start:end] == quote:
        return Anchor(start, end, "offset")
    near = [place for place in places if abs(place - start) <= NEAR]
    if near:
        return _best(text, quote, near, prefix, suffix)
    return _alike(text, quote, start, prefix, suffix)


def _at(start: int, quote: str, how: How) -> Anchor:
    return Anchor(start, start + len(quote), how)


def _fits(text: str, start: int, end: int, prefix: str, suffix: str) -> bool:
    left, right = text[max(0, start - len(prefix)) : start], text[end : end + len(suffix)]
    return left == prefix or right == suffix


def _places(text: str, wanted: str) -> list[int]:
    found = []
    place = text.find(wanted)
    while place >= 0:
        found.append(place)
        place = text.find(wanted, place + 1)
    return found


def _context(text: str, start: int, end: int, prefix: str, suffix: str) -> float:
    left, right = text[max(0, start - len(prefix)) : start], text[end : end + len(suffix)]
    return (_likeness(left, prefix) if prefix else 0.0) + (
        _likeness(right, suffix) if suffix else 0.0
    )


def _likeness(left: str, right: str) -> float:
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


def _best(text: str, quote: str, places: list[int], prefix: str, suffix: str) -> Anchor | None:
    """Return the one place whose context is most alike."""
    ranked = sorted(
        ((_context(text, at, at + len(quote), prefix, suffix), at) for at in places), reverse=True
    )
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return _at(ranked[0][1], quote, "near") if ranked[0][0] > 0.5 else None


def _alike(text: str, quote: str, start: int, prefix: str, suffix: str) -> Anchor | None:
    """Return the stretch near ``start`` that differs little from the quotation, context included."""
    if len(quote) < 2:
        return None
    first, last = max(0, start - NEAR), min(len(text), start + len(quote) + NEAR)
    best: tuple[float, int, int] = (0.0, 0, 0)
    matcher = SequenceMatcher(None, "", quote, autojunk=False)
    for at in range(first, last):
        for length in {len(quote) - 1, len(quote), len(quote) + 1} - {0}:
            matcher.set_seq1(text[at : at + length])
            if at + length > last or min(matcher.real_quick_ratio(), matcher.quick_ratio()) < LIKE:
                continue
            likeness = matcher.ratio()
            if likeness < LIKE:
                continue
            score = 2 * likeness + _context(text, at, at + length, prefix, suffix)
            best = max(best, (score, -abs(at - start), at * 1_000_000 + at + length))
    score, _, place = best
    if score < 2 * LIKE + 0.8:  # alike, and with a context that is at least half the old one
        return None
    return Anchor(place // 1_000_000, place % 1_000_000, "like")
