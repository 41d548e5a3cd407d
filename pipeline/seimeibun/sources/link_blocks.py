"""Blocks of links that stand before the text of a page: menus that no markup calls so, as in tables for layout."""

from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

_BLOCKS = frozenset({"table", "tr", "td", "ul", "ol", "div", "p", "center", "dl"})
_LINKED = 0.8  # of its characters; others part the links
_FEW = 2  # links; one alone may be the title


def link_blocks(soup: BeautifulSoup) -> Iterator[Tag]:
    """Yield the blocks before the first sentence that hold nothing but links, two or more."""
    counts = _counts(soup)
    before = True
    inside: set[int] = set()
    for node in soup.descendants:
        if isinstance(node, NavigableString):
            before = before and "。" not in node
        elif isinstance(node, Tag) and before and id(node.parent) in inside:
            inside.add(id(node))
        elif isinstance(node, Tag) and before and node.name in _BLOCKS:
            visible, linked, links = counts[id(node)]
            if links >= _FEW and linked >= _LINKED * visible:
                inside.add(id(node))
                yield node
        if not before:
            return


def _counts(soup: BeautifulSoup) -> dict[int, tuple[int, int, int]]:
    """Return the characters of each element, those in links, and the number of links, without recursion."""
    counts: dict[int, tuple[int, int, int]] = {}
    stack: list[tuple[PageElement, bool]] = [(soup, False)]
    while stack:
        node, leaving = stack.pop()
        if not isinstance(node, Tag):
            continue
        if not leaving:
            stack.append((node, True))
            stack.extend((child, False) for child in node.contents)
            continue
        visible = linked = links = 0
        for child in node.contents:
            if isinstance(child, Tag):
                more = counts[id(child)]
                visible, linked, links = visible + more[0], linked + more[1], links + more[2]
            elif type(child) is NavigableString:
                visible += len("".join(child.split()))
        if node.name == "a" and node.has_attr("href") and visible:
            linked, links = visible, 1
        counts[id(node)] = visible, linked, links
    return counts
