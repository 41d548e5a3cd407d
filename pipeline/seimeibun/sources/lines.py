"""Lines of text from blocks and what is inside them, as a browser would set them."""

import re
import unicodedata

_SPACE = re.compile(r"[ \t\n\r\f]+")


class LineWriter:
    """Takes text, blocks and cells; gives lines.

    White space in the markup is one space, and nothing at all where a line break parts two characters of
    Japanese: an editor wrapped the line there, nobody put a space.
    """

    def __init__(self) -> None:
        self.added = 0  # visible characters that are not in the source
        self._lines: list[str] = []
        self._cells: list[list[str]] = [[]]
        self._verbatim = 0

    def lines(self) -> list[str]:
        """Return the lines so far; empty ones only where the source has them (two <br>, <pre>)."""
        self._break()
        return "\n".join(self._lines).strip("\n").split("\n")

    def text(self, text: str) -> None:
        if not self._verbatim:
            self._cells[-1].append(text)
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self._break()
            self._cells[-1].append(line)

    def add(self, text: str) -> None:
        """Write what is seen but not in the source, as the number of a list."""
        self._cells[-1].append(text)
        self.added += len("".join(text.split()))

    def open(self, name: str, *, block: bool, cell: bool) -> None:
        if block or name == "br":
            self._break(blank=name == "br")
        if cell and any("".join(parts).strip() for parts in self._cells):
            self._cells.append([])
        self._verbatim += name == "pre"

    def close(self, name: str, *, block: bool) -> None:
        if block:
            self._break()
        self._verbatim -= name == "pre"

    def _break(self, *, blank: bool = False) -> None:
        """End the line; one with nothing to see counts if ``blank``, or as it stands in <pre>."""
        cells = ["".join(parts) for parts in self._cells]
        if self._verbatim:
            line = "\t".join(cells).rstrip("\r")
            blank = blank or any(self._cells)
        else:
            line = "\t".join(map(collapse, cells)).strip(" \t")
        if line.strip() or blank:
            self._lines.append(line)
        self._cells = [[]]


def collapse(text: str) -> str:
    r"""Return ``text`` with its white space as a browser shows it; a break between Japanese is nothing.

    >>> collapse("  双方は、\n  協力を 確認した。 Joint\n Statement ")
    '双方は、協力を 確認した。 Joint Statement'
    """
    return _SPACE.sub(lambda space: _between(text, space), text).strip(" ")


def _between(text: str, space: re.Match[str]) -> str:
    start, end = space.span()
    wrapped = "\n" in space.group() or "\r" in space.group()
    if not wrapped or start == 0 or end == len(text):
        return " "
    widths = {
        unicodedata.east_asian_width(text[start - 1]),
        unicodedata.east_asian_width(text[end]),
    }
    return "" if widths <= {"W", "F", "A"} and widths != {"A"} else " "
