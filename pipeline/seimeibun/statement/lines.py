"""Lines as they stand in the source, before it is known which belong together."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from seimeibun.statement.clean import UNSEEN
from seimeibun.statement.marks import Mark, find_mark

_LINE = re.compile(r"([^\n\r\f\v\x85\u2028\u2029]*)(\r\n|[\n\r\f\v\x85\u2028\u2029]|$)")
_NARROW = re.compile(r"[\x00-\x7f｡-ﾟ]+")
# Not 。」 or 。): a full stop inside brackets ends no sentence.
_CLOSED = re.compile(r"(?:[。！？!?]|(?<=[ぁ-ん一-鿿])\.)(?:\([^()。]{1,20}\))?$")
_PAGE_NUMBER = re.compile(
    r"(?:[-−‐–—―~〜(<\[]\s*[0-9]{1,3}\s*[-−‐–—―~〜)>\]]|[0-9]{1,3}\s*/\s*[0-9]{1,3}|[Pp](?:age|\.)?\s*[0-9]{1,3}|[0-9]{1,3}\s*ページ)"
)
_BARE_NUMBER = re.compile(r"[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it; ``start`` and ``end`` are into the source, without the space round it.

    ``folded`` has the characters of the line folded in place, so that its offsets are those of the source.
    ``columns`` is where the line ends on the page, a kanji being two columns wide, ``signs`` the same in
    characters. ``gap`` counts the empty lines before it.
    """

    start: int
    end: int
    folded: str
    indent: int
    columns: int
    signs: int
    gap: int
    page_break: bool
    mark: Mark | None
    closed: bool  # ends as a sentence does
    padded: bool  # has white space after its last sign

    @property
    def trailing(self) -> str:
        """The last visible character."""
        return self.folded[-1:]


def read_lines(source: str, folded: str) -> list[Line]:
    """Return the lines of ``source``; ``folded`` is the same text folded in place."""
    lines: list[Line] = []
    gap, page_break = 0, False
    for match in _LINE.finditer(source):
        if match.start() == match.end():
            break
        start, end = _visible(folded, *match.span(1))
        if start == end:
            gap += bool(match[2])
        else:
            lines.append(_line(source, folded, (*match.span(1), start, end), gap, page_break))
            gap, page_break = 0, False
        page_break = page_break or match[2] == "\f"
    return lines


def _visible(folded: str, start: int, end: int) -> tuple[int, int]:
    """Narrow a span to what can be seen."""
    if UNSEEN.search(folded, start, end) is None:
        content = folded[start:end]
        left = len(content) - len(content.lstrip())
        return (
            (start + left, start + len(content.rstrip())) if left < len(content) else (start, start)
        )
    while start < end and (folded[start].isspace() or UNSEEN.match(folded[start])):
        start += 1
    while end > start and (folded[end - 1].isspace() or UNSEEN.match(folded[end - 1])):
        end -= 1
    return start, end


def _line(
    source: str, folded: str, span: tuple[int, int, int, int], gap: int, page_break: bool
) -> Line:
    begin, stop, start, end = span
    content = folded[start:end]
    head = source[begin:start]
    return Line(
        start=start,
        end=end,
        folded=content,
        indent=columns(head),
        columns=columns(source[begin:end]),
        signs=end - begin,
        gap=gap,
        page_break=page_break,
        mark=find_mark(content),
        closed=_CLOSED.search(content[-40:]) is not None,
        padded=end < stop,
    )


def columns(text: str) -> int:
    """Return the width of ``text`` on a page: a kanji is two columns wide, a Latin letter one.

    >>> columns("協定ODA")
    7
    """
    return 2 * len(text) - sum(map(len, _NARROW.findall(text)))


def drop_page_numbers(lines: list[Line]) -> tuple[list[Line], int]:
    """Return the lines without those that hold nothing but a page number, and how many went.

    ``- 3 -`` and ``3/12`` are page numbers wherever they stand alone; a bare ``3`` is one only in a row of such
    lines that counts up by one.
    """
    bare = _counting_up([line for line in lines if _BARE_NUMBER.fullmatch(line.folded)])
    kept: list[Line] = []
    dropped = 0
    gap, page_break = 0, False
    for line in lines:
        if _PAGE_NUMBER.fullmatch(line.folded) or (line.start in bare):
            dropped += 1
            gap, page_break = max(gap, line.gap), True
            continue
        kept.append(_after_page_break(line, gap) if page_break else line)
        gap, page_break = 0, False
    return kept, dropped


def _after_page_break(line: Line, gap: int) -> Line:
    return replace(line, gap=max(line.gap, gap), page_break=True)


def _counting_up(lines: list[Line]) -> set[int]:
    numbers = [int(line.folded) for line in lines]
    steps = all(after == before + 1 for before, after in pairwise(numbers))
    return {line.start for line in lines} if len(numbers) >= 2 and steps else set()
