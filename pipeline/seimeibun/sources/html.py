"""Web pages: the statement on the page, without what stands round it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import islice

from bs4 import BeautifulSoup
from bs4.element import (
    CData,
    NavigableString,
    PageElement,
    RubyParenthesisString,
    RubyTextString,
    Tag,
)
from bs4.exceptions import ParserRejectedMarkup

from seimeibun.sources.conservation import Extraction, source_of, visible
from seimeibun.sources.decoding import Decoded
from seimeibun.sources.errors import SourceError
from seimeibun.sources.limits import Limits
from seimeibun.sources.lines import LineWriter
from seimeibun.sources.link_blocks import link_blocks
from seimeibun.sources.profiles import Profile, generic, profile_of
from seimeibun.sources.text import SourceText

MEDIA_TYPE = "text/html"

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_CELLS = frozenset({"td", "th"})
_RUBY = frozenset({"rt", "rp", "rtc"})
_STRUCK = frozenset({"del", "s", "strike"})
_LISTS = frozenset({"ol", "ul", "menu", "dir"})
_HEADINGS = {f"h{rank}": rank for rank in range(1, 7)}
_SHOWN = (NavigableString, CData, RubyTextString, RubyParenthesisString)
_CODE = frozenset({"script", "style", "template"})
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_NO_NUMBERS = re.compile(r"list-style(?:-type)?\s*:[^;]*none", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*[(（\[]?[0-9０-９一二三四五六七八九十①-⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩァ-ヶa-zA-Z]{1,3}(?:[).）．、\]　\s]|$)")  # fmt: skip
_SELECTED = ("role", "aria-hidden")  # attributes that profiles may name
_SCRIPT = re.compile(r"<script\b", re.IGNORECASE)
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")
_ENOUGH = 0.2  # of the characters of the page that a main part holds
_WORDS = 30  # of a heading that a profile may know
_NEAR = 50  # parts of an item of a list among which its first words are
_UNENDING = 10_000_000  # a second of trying
_TOLERATED = 0.5  # a page has its menus


def read_html(
    found: Decoded, data: bytes, name: str, *, limits: Limits, selector: str = ""
) -> SourceText:
    """Return the statement on a web page, blocks as lines; ``selector`` (CSS) says where it stands."""
    if len(found.text) > limits.max_chars:
        limits.refuse(name, "max_chars", f"markup of {len(found.text):,} characters")
    try:
        extraction = extract(found.text, selector=selector)
    except (ParserRejectedMarkup, AssertionError) as error:
        message = f"the markup cannot be read ({error}); save the page anew"
        raise SourceError(name, "damaged", message) from None
    except _NoSuchPartError as error:
        raise SourceError(name, "empty", str(error)) from None
    if not extraction.text.strip() and _SCRIPT.search(found.text):
        message = "scripts write the text of the page; save it from a browser, or print it to a PDF"
        raise SourceError(name, "empty", message)
    return source_of(
        extraction,
        data,
        name,
        media_type=MEDIA_TYPE,
        limits=limits,
        encoding=found.encoding,
        encoding_method=found.method,
        bom=found.bom,
    )


class _NoSuchPartError(ValueError):
    """The page has no such part, or is none itself."""


def extract(markup: str, *, selector: str = "") -> Extraction:
    """Return the text of the statement and what of the page was dropped."""
    n_visible = count_visible(markup)
    soup = BeautifulSoup(markup, "html.parser")
    if soup.find("frameset"):
        frames = ", ".join(str(frame.get("src")) for frame in soup.find_all("frame", src=True))
        message = f"the page only frames others, which hold the text: {frames or 'without names'}"
        raise _NoSuchPartError(message)
    page = _Page(soup)
    profile = profile_of(page.addresses(), page.title(), page.text_head())
    if selector:
        mains = _outermost(_select(soup, selector))
        if not mains:
            message = f"no part of the page matches {selector!r}; name another selector"
            raise _NoSuchPartError(message)
    else:
        mains = page.mains(profile)
    drops = page.drops(profile, in_body=not mains)
    writer, dropped, numbers = _write(soup, {id(tag) for tag in mains}, drops, page.parts)
    lines = _without_frame(writer.lines(), profile, dropped)
    warnings = [f"{numbers} numbers of lists written as the page shows them"] if numbers else []
    return Extraction(
        text="\n".join(lines),
        n_visible=n_visible,
        dropped=dropped,
        added=writer.added,
        warnings=tuple(warnings),
        tolerated=_TOLERATED,
    )


def count_visible(markup: str) -> int:
    """Return the number of characters on a page, by a pass of its own that knows no tree.

    >>> count_visible("<title>声明</title><p>双方は&hellip;</p><script>var x;</script>")
    6
    """
    counter = _Counter()
    counter.feed(markup)
    rest = (
        counter.rawdata
    )  # begins in a tag or comment that never ends; the parser then tries at every <
    if rest.count("<") * len(rest) > _UNENDING:
        message = f"the last {len(rest):,} characters are in a tag or comment that never ends"
        raise ParserRejectedMarkup(message)
    counter.close()
    return counter.count


class _Counter(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.count = 0
        self._code = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 (as the base class has it)
        self._code += tag in _CODE

    def handle_startendtag(self, tag: str, attrs: object) -> None: ...

    def handle_endtag(self, tag: str) -> None:
        if tag in _CODE and self._code:
            self._code -= 1

    def handle_data(self, data: str) -> None:
        if not self._code:
            self.count += visible(data)

    def unknown_decl(self, data: str) -> None:
        if data.upper().startswith("CDATA["):
            self.count += visible(data[6:])


@dataclass(slots=True)
class _Part:
    """What is in an element: ``visible`` characters, ``words`` if they are few, the highest ``rank`` of headings."""

    visible: int = 0
    words: str = ""  # without white space; cut where they are more than a heading of links has
    rank: int = 9

    def add(self, other: "_Part") -> None:
        self.visible += other.visible
        self.rank = min(self.rank, other.rank)
        if len(self.words) <= _WORDS:
            self.words += other.words[: _WORDS + 1]


def _parts_of(soup: BeautifulSoup) -> dict[int, _Part]:
    """Return what is in each element, by its identity: in one pass, since pages may be nested as deep as they like."""
    parts: dict[int, _Part] = {}
    stack: list[tuple[Tag, bool]] = [(soup, False)]
    while stack:
        tag, leaving = stack.pop()
        if not leaving:
            parts[id(tag)] = _Part(rank=_HEADINGS.get(tag.name, 9))
            stack.append((tag, True))
            stack.extend((child, False) for child in tag.contents if isinstance(child, Tag))
            continue
        part = parts[id(tag)]
        for child in tag.contents:
            if isinstance(child, Tag):
                part.add(parts[id(child)])
            elif type(child) in _SHOWN:
                words = "".join(str(child).split())
                part.add(_Part(len(words), words))
    return parts


class _Page:
    """What a profile wants to know of a page."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._soup = soup
        self.parts = _parts_of(soup)
        self._total = max(1, self._visible_in(soup))
        self._tags = _index(soup)

    def addresses(self) -> Iterator[str]:
        for tag in self._soup.find_all(["link", "meta", "base"]):
            key = "content" if tag.name == "meta" else "href"
            is_address = (
                tag.name == "base"
                or "canonical" in (tag.get("rel") or ())
                or tag.get("property") == "og:url"
            )
            if is_address and tag.get(key):
                yield str(tag[key])
        for text in self._soup.find_all(string=_SAVED_FROM, limit=1):
            yield _SAVED_FROM.findall(text)[0]

    def title(self) -> str:
        found = self._soup.find("title")
        return found.get_text() if found else ""

    def text_head(self) -> str:
        text = ""
        for part in _strings(self._soup):
            text += part
            if len(text) > 2_000:
                break
        return text

    def mains(self, profile: Profile) -> list[Tag]:
        """Return the parts that hold the statement; [] where the page marks none."""
        for selector in dict.fromkeys((*profile.main, *generic().main)):
            found = _outermost(self._tags.get(selector, []))
            if found and sum(map(self._visible_in, found)) >= _ENOUGH * self._total:
                return found
        return []

    def drops(self, profile: Profile, *, in_body: bool) -> dict[int, str]:
        """Return why which elements are dropped, by their identity."""
        common = generic()
        selectors = [*common.drop, *profile.drop, *(common.drop_body if in_body else ())]
        drops = {id(tag): "navigation" for s in selectors for tag in self._tags.get(s, ())}
        if in_body:
            drops |= {id(tag): "links" for tag in link_blocks(self._soup)}
        sections = profile.drop_sections | common.drop_sections
        for name in _HEADINGS:
            for heading in self._tags.get(name, ()):
                if self.parts[id(heading)].words in sections:
                    drops |= {id(tag): "links" for tag in self._section(heading)}
        return drops

    def _section(self, heading: Tag) -> Iterator[Tag]:
        """Yield a heading and all up to the next of its rank; also where the heading has a wrapper of its own."""
        top = heading
        while top.parent is not None and top.parent.name not in {"body", "main", "[document]"}:
            if self._visible_in(top.parent) != self._visible_in(heading):
                break
            top = top.parent
        yield top
        for sibling in top.next_siblings:
            if isinstance(sibling, Tag):
                if self.parts[id(sibling)].rank <= _HEADINGS[heading.name]:
                    return
                yield sibling

    def _visible_in(self, tag: Tag) -> int:
        return self.parts[id(tag)].visible


def _index(soup: BeautifulSoup) -> dict[str, list[Tag]]:
    """Return the tags of a page by the simple selectors of profiles, in one pass: pages have many tags."""
    tags: dict[str, list[Tag]] = {}
    for tag in soup.descendants:
        if isinstance(tag, Tag):
            keys = {
                tag.name,
                f"#{tag.get('id')}",
                *(f".{name}" for name in tag.get_attribute_list("class")),
            }
            keys |= {f"[{name}={tag[name]}]" for name in _SELECTED if tag.has_attr(name)}
            for key in keys:
                tags.setdefault(key, []).append(tag)
    return tags


def _select(soup: BeautifulSoup, selector: str) -> list[Tag]:
    from soupsieve.util import SelectorSyntaxError

    try:
        return list(soup.select(selector))
    except (SelectorSyntaxError, ValueError) as error:
        message = f"{selector!r} is no CSS selector ({str(error).splitlines()[0]})"
        raise _NoSuchPartError(message) from None


def _outermost(tags: list[Tag]) -> list[Tag]:
    """Return the tags that are in none of the others; they stand in the order of the page."""
    kept: list[Tag] = []
    last: PageElement | None = None
    inside: set[int] = set()
    for tag in tags:
        if id(tag) in inside:
            continue
        kept.append(tag)
        inside |= {id(part) for part in tag.descendants if isinstance(part, Tag)}
        last = tag
    return kept if last is not None else []


def _strings(tag: Tag) -> Iterator[str]:
    return (part for part in tag.descendants if type(part) in _SHOWN and isinstance(part, str))


def _write(
    soup: BeautifulSoup, mains: set[int], drops: dict[int, str], parts: dict[int, _Part]
) -> tuple[LineWriter, Counter[str], int]:
    """Walk the page once, without recursion: pages may be nested as deep as they like."""
    writer = LineWriter()
    dropped: Counter[str] = Counter()
    numbers: dict[int, int] = {}
    lists: list[Tag] = []  # that are open: without </li> an item is not right below its list
    drawings = 0  # that are open: a title in one is none of the page
    written = 0
    inside = 0 if mains else 1
    stack: list[tuple[PageElement, bool]] = [(soup, False)]
    while stack:
        node, leaving = stack.pop()
        if not isinstance(node, Tag):
            if type(node) in _SHOWN and inside:
                writer.text(str(node))
            elif type(node) in _SHOWN:
                dropped["outside"] += visible(str(node))
            continue
        if leaving:
            writer.close(node.name, block=node.name in _BLOCKS)
            inside -= id(node) in mains
            drawings -= node.name == "svg"
            if node.name in _LISTS:
                lists.pop()
            continue
        if reason := _reason(node, drops, in_drawing=drawings > 0):
            dropped[reason] += parts[id(node)].visible
            continue
        drawings += node.name == "svg"
        inside += id(node) in mains
        if inside:
            writer.open(node.name, block=node.name in _BLOCKS, cell=node.name in _CELLS)
            if node.name == "li" and (number := _number(node, lists, numbers)):
                writer.add(number)
                written += 1
        if node.name in _LISTS:
            lists.append(node)
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node.contents))
    return writer, dropped, written


def _reason(tag: Tag, drops: dict[int, str], *, in_drawing: bool) -> str:
    """Return why a part of the page is dropped, "" if it is not."""
    if tag.name in _RUBY:
        return "ruby"
    if tag.name in _STRUCK:
        return "struck out"
    if tag.name == "head" or (tag.name == "title" and not in_drawing):
        return "head"
    if tag.has_attr("hidden") or _HIDDEN.search(str(tag.get("style") or "")):
        return "hidden"
    return drops.get(id(tag), "")


def _number(item: Tag, lists: list[Tag], numbers: dict[int, int]) -> str:
    """Return the number that a browser shows before an item of an ordered list, "" if it shows none."""
    parent = lists[-1] if lists else None
    if parent is None or parent.name != "ol":
        return ""
    last = numbers.get(id(parent), _integer(parent.get("start"), 1) - 1)
    number = numbers[id(parent)] = _integer(item.get("value"), last + 1)
    if any(_NO_NUMBERS.search(str(tag.get("style") or "")) for tag in (parent, item)):
        return ""
    near = islice(item.next_elements, _NEAR)  # .descendants would look for the last one first
    first = next((str(p) for p in near if type(p) in _SHOWN and str(p).strip()), "")
    if not first or _NUMBERED.match(first):
        return ""
    return _marker(str(parent.get("type") or "1"), number)


def _marker(kind: str, number: int) -> str:
    if kind in "aA" and 1 <= number <= 26:
        return f"{chr(ord(kind) + number - 1)}. "
    if kind in "iI" and 1 <= number <= 10:
        roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"][number - 1]
        return f"{roman.lower() if kind == 'i' else roman}. "
    return f"{number}. "


def _integer(value: object, default: int) -> int:
    text = str(value).strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,6}", text) else default


def _without_frame(lines: Iterable[str], profile: Profile, dropped: Counter[str]) -> list[str]:
    """Drop what stands before the first line of the statement, and lines of navigation."""
    lines = list(lines)
    begin = next(
        (i for i, line in enumerate(lines) if profile.begin and line.startswith(profile.begin)), 0
    )
    dropped["outside"] += sum(map(visible, lines[:begin]))
    kept = []
    pattern = generic().drop_lines
    for line in lines[begin:]:
        if pattern is not None and pattern.fullmatch(line.strip()):
            dropped["navigation"] += visible(line)
        else:
            kept.append(line)
    return kept
