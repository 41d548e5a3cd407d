"""Paragraphs in the making: stretches of source that become one paragraph of the clean copy."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from seimeibun.statement.clean import append_clean, fold_in_place, fold_width
from seimeibun.statement.header import find_field
from seimeibun.statement.lines import Line
from seimeibun.statement.marks import find_mark
from seimeibun.statement.offsets import CleanCopy, OffsetMap
from seimeibun.statement.wrapping import Layout

_SPACED_OUT = re.compile(r"\S(?:\s+\S){1,11}")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph: the stretches of source that it is joined from, and the page it begins on.

    ``cut`` holds the pieces (by their start) that a wrap at exactly the width of the page cut off from the one
    before: there a Western word may have been cut in two.
    """

    pieces: tuple[tuple[int, int], ...]
    page: int = 0
    cut: frozenset[int] = frozenset()


def block_of(lines: Sequence[Line], page: int, layout: Layout) -> Block:
    """Return the block that a group of lines makes."""
    pieces = tuple((line.start, line.end) for line in lines)
    exact = (after.start for line, after in pairwise(lines) if layout.cuts(line, after))
    return Block(pieces, page, frozenset(exact))


@dataclass(frozen=True, slots=True)
class Composed:
    """The clean copy, its way back, and where each block stands in it."""

    text: str
    offsets: OffsetMap
    spans: tuple[tuple[int, int], ...]


def compose(source: str, blocks: Sequence[Block]) -> Composed:
    """Write the clean copy: wraps joined, one line a block."""
    copy = CleanCopy()
    spans = []
    for block in blocks:
        if copy.length:
            copy.append("\n", copy.source_end, block.pieces[0][0])
        start = copy.length
        _append_block(copy, source, block)
        spans.append((start, copy.length))
    return Composed(fold_width(copy.text), copy.offsets, tuple(spans))


def _append_block(copy: CleanCopy, source: str, block: Block) -> None:
    first, *rest = block.pieces
    start, end = first
    head = fold_in_place(source[start : min(end, start + 40)])
    if 0 < (length := _label_length(head)) < end - start:
        append_clean(copy, source, start, start + length, space="keep")
        start += length
    spaced_out = (
        not rest and end - start <= 24 and _SPACED_OUT.fullmatch(source[start:end]) is not None
    )
    append_clean(copy, source, start, end, space="drop" if spaced_out else "judge")
    for before, after in zip(block.pieces, rest, strict=False):
        if after[0] not in block.cut and _needs_space(source, before[1], after[0]):
            copy.append(" ", before[1], after[0])
        append_clean(copy, source, *after)


def _label_length(head: str) -> int:
    """Return the length of the number or header field that a line begins with, and of the space after it."""
    if mark := find_mark(head):
        return mark.length
    label = find_field(head)
    return label.length if label else 0


def _needs_space(source: str, end: int, start: int) -> bool:
    """Tell whether a wrap stood between two Western words, not inside one or inside a number."""
    left, right = fold_width(source[end - 1]), fold_width(source[start])
    if not (left.isascii() and right.isascii() and right.isalnum()):
        return False
    # ODA, G7, COP27: capitals before a capital or a figure are one word more often than two
    return left in ".,;:" or left.islower() or (left.isdigit() and right.isalpha())
