"""Nested and crossing spans as HTML that keeps the text, sign for sign.

The text between the tags is the source text and nothing else: labels are attributes, shown by the style
sheet. A span that crosses another is written in several pieces, the first of which bears the label.
"""

from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to show: half-open code points, an element name, attributes of its first piece and of all."""

    start: int
    end: int
    element: str = "mark"
    first: Mapping[str, str] = field(default_factory=dict)
    every: Mapping[str, str] = field(default_factory=dict)


# HTML would read a raw carriage return as a line feed.
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})


def escape(text: str) -> str:
    """Return ``text`` so that HTML shows it, and nothing in it is markup.

    >>> escape('<b> & "𠮷"')
    '&lt;b&gt; &amp; &quot;𠮷&quot;'
    """
    return text.translate(_ESCAPES)


def marked(
    text: str, marks: Iterable[Mark], *, start: int = 0, end: int | None = None
) -> Iterator[str]:
    """Yield the HTML of ``text[start:end]`` with ``marks``, which must be sorted by start, longest first.

    >>> "".join(marked("日本国政府", [Mark(0, 5, "b"), Mark(0, 3, "i"), Mark(2, 4, "u")]))
    '<b><i>日本<u>国</u></i><u>政</u>府</b>'
    """
    limit = len(text) if end is None else end
    position = start
    opened: list[Mark] = []
    ends: list[int] = []
    for mark in marks:
        position = yield from _advance(text, position, mark.start, opened, ends)
        opened.append(mark)
        heappush(ends, mark.end)
        yield _tag(mark, first=True)
    yield from _advance(text, position, limit, opened, ends)
    for mark in reversed(opened):
        yield f"</{mark.element}>"


def _advance(
    text: str, position: int, target: int, opened: list[Mark], ends: list[int]
) -> Generator[str, None, int]:
    """Write the text up to ``target`` and close what ends on the way; return where that leads."""
    while ends and ends[0] <= target:
        stop = heappop(ends)
        if stop > position:
            yield escape(text[position:stop])
            position = stop
        yield from _close(stop, opened)
    if target > position:
        yield escape(text[position:target])
        position = target
    return position


def _close(stop: int, opened: list[Mark]) -> Iterator[str]:
    """Close the spans that end at ``stop``; those above them are closed and opened again."""
    lowest = next((i for i, mark in enumerate(opened) if mark.end <= stop), None)
    if lowest is None:  # closed together with another that ends here
        return
    above = opened[lowest:]
    del opened[lowest:]
    for mark in reversed(above):
        yield f"</{mark.element}>"
    for mark in above:
        if mark.end > stop:
            opened.append(mark)
            yield _tag(mark, first=False)


def _tag(mark: Mark, *, first: bool) -> str:
    attributes = {**mark.every, **mark.first} if first else mark.every
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{mark.element}{written}>"
