"""What stands on every page and is none of the text: running heads and page numbers."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from seimeibun.sources.conservation import visible
from seimeibun.sources.pdf_page import Page, PageLine

_MARGIN = 0.12  # of the height of a page, at its head and at its foot
_GRID = 200  # steps of a page's height; heads stand at the same one, give or take one
_NUMBER = re.compile(
    r"(?:[-‐−–—―~〜(<\[]?\s*(?P<number>[0-9]{1,4})\s*[-‐−–—―~〜)>\]]?"
    r"|(?P<of>[0-9]{1,4})\s*(?:/|of)\s*[0-9]{1,4}"
    r"|(?:p(?:age|\.)?|ページ)\s*(?P<after>[0-9]{1,4})|(?P<before>[0-9]{1,4})\s*(?:ページ|頁))",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"[0-9]+")


@dataclass(slots=True)
class Frame:
    """The lines to be dropped, by page and place; the heads as written once, and how much it is."""

    dropped: set[tuple[int, int]] = field(default_factory=set)
    heads: list[str] = field(default_factory=list)
    n_numbers: int = 0
    n_number_chars: int = 0
    n_head_chars: int = 0


def find_frame(pages: Sequence[Page]) -> Frame:
    """Find running heads and page numbers.

    A head stands on most pages, or on every other one, at the same height; the title on the first page, of the
    same words but elsewhere, is none, and no sentence is. A page number stands in the margin and counts with
    the pages.
    """
    frame = Frame()
    for page, line in _page_numbers(pages):
        frame.dropped.add((page.number, line.at))
        frame.n_numbers += 1
        frame.n_number_chars += visible(line.text)
    for page, line in _running_heads(pages):
        if (page.number, line.at) not in frame.dropped:
            frame.dropped.add((page.number, line.at))
            frame.n_head_chars += visible(line.text)
            if line.text not in frame.heads:
                frame.heads.append(line.text)
    return frame


def _page_numbers(pages: Sequence[Page]) -> Iterator[tuple[Page, PageLine]]:
    found: dict[int, list[tuple[Page, PageLine]]] = {}
    for page, line in _in_margins(pages):
        match = _NUMBER.fullmatch(_folded(line.text))
        if match:
            number = next(int(value) for value in match.groups() if value)
            found.setdefault(number - page.number, []).append((page, line))
    for shift, numbered in found.items():
        counted = len({page.number for page, _ in numbered})
        # One alone must look like a page number of its own page; several that count with the pages are.
        sure = [pair for pair in numbered if shift == 0 and not _folded(pair[1].text).isdigit()]
        yield from numbered if counted > max(1, len(pages) // 3) else sure


def _running_heads(pages: Sequence[Page]) -> Iterator[tuple[Page, PageLine]]:
    places: dict[tuple[str, int], list[tuple[Page, PageLine]]] = {}
    for page, line in _in_margins(pages):
        if "。" in line.text:  # a sentence
            continue
        key = _DIGITS.sub("#", _folded(line.text))
        step = round(line.height * _GRID)
        near = next((s for s in (step, step - 1, step + 1) if (key, s) in places), step)
        places.setdefault((key, near), []).append((page, line))
    for lines in places.values():
        count = len({page.number for page, _ in lines})
        needed = len(pages) if len(pages) < 4 else max(2, 0.4 * len(pages))
        if count >= 2 and count >= needed:
            yield from lines


def _in_margins(pages: Sequence[Page]) -> Iterator[tuple[Page, PageLine]]:
    for page in pages:
        for line in page.lines:
            if not _MARGIN < line.height < 1 - _MARGIN:
                yield page, line


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", "".join(text.split()))
