"""Word documents: paragraphs and tables in the order of the document."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from seimeibun.sources.conservation import Extraction, source_of, visible
from seimeibun.sources.docx_numbers import Numbering
from seimeibun.sources.errors import SourceError
from seimeibun.sources.limits import Limits
from seimeibun.sources.text import SourceText

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT = {f"{_W}t", f"{_M}t"}
_SIGNS = {f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
_BREAKS = {f"{_W}br", f"{_W}cr"}
_DROPPED = {
    f"{_W}del": "deleted",
    f"{_W}moveFrom": "deleted",
    f"{_W}rt": "ruby",
    _FALLBACK: "written twice",
}
# properties: a tab in them is a stop, no character
_SILENT = {f"{_W}{name}" for name in ("pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "sdtPr")}
_NOTES = {"footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments"}
_PART = re.compile(r"/word/(header|footer|footnotes|endnotes|comments)[0-9]*\.xml$")
_STRUCK = ("strike", "dstrike")
_STRICT = b"http://purl.oclc.org/ooxml/"
_SHOWN = 60  # characters of a running head that a warning shows


def read_docx(data: bytes, name: str, *, limits: Limits) -> SourceText:
    """Return the text of a Word document, a line for each paragraph; the container is within the limits."""
    try:
        import docx
        from lxml.etree import LxmlError
    except ImportError:
        message = "this is a Word document; to read it: pip install 'ja-seimeibun[docx]'"
        raise SourceError(name, "extra", message) from None
    try:
        document = docx.Document(BytesIO(data))
        extraction = _extract(document)
    except LxmlError as error:
        message = (
            f"the document cannot be read ({error}); it is damaged or beyond what XML readers take"
        )
        raise SourceError(name, "damaged", message) from None
    except Exception as error:  # python-docx trusts its files: damage shows as an error of any kind
        if _is_strict(data):
            message = "this is Strict Open XML; save it in Word as 「Word 文書 (*.docx)」"
            raise SourceError(name, "format", message) from None
        reason = f"{type(error).__name__}: {error}"
        message = f"the document cannot be read ({reason}); it is damaged or no Word document"
        raise SourceError(name, "damaged", message) from None
    return source_of(extraction, data, name, media_type=MEDIA_TYPE, limits=limits)


def _is_strict(data: bytes) -> bool:
    with suppress(BadZipFile, KeyError, OSError), ZipFile(BytesIO(data)) as container:
        return _STRICT in container.read("_rels/.rels")
    return False


def _extract(document: Any) -> Extraction:
    body = document.element.body
    writer = _Writer(Numbering.of(document))
    writer.write(body)
    dropped = writer.dropped
    n_visible = _count(body)
    warnings = []
    if writer.numbers:
        warnings.append(f"{writer.numbers} numbers of lists written as Word shows them")
    heads: dict[str, None] = {}
    for kind, text in _other_parts(document):
        n_visible += visible(text)
        dropped[kind] += visible(text)
        if kind == "running heads" and text.strip():
            heads.setdefault("".join(text.split())[:_SHOWN])
    if heads:
        warnings.append(f"running heads left out: {''.join(f'「{head}」' for head in heads)}")
    warnings += [
        f"{kind} (注) are not read: {dropped[kind]} characters"
        for kind in _NOTES.values()
        if dropped[kind]
    ]
    return Extraction(
        text="\n".join(writer.lines).strip("\n"),
        n_visible=n_visible,
        dropped=dropped,
        added=writer.added,
        warnings=tuple(warnings),
    )


def _count(root: Any) -> int:
    """Return the number of characters in an element, apart from the walk that writes them."""
    wanted = {*_TEXT, f"{_W}delText"}
    shown = sum(visible(element.text or "") for element in root.iter(*wanted))
    return shown + sum(1 for _ in root.iter(f"{_W}noBreakHyphen", f"{_W}sym"))


def _other_parts(document: Any) -> Iterator[tuple[str, str]]:
    """Yield kind and text of the parts beside the body: heads, feet and notes."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for part in document.part.package.iter_parts():
        if found := _PART.search(str(part.partname)):
            root = etree.fromstring(part.blob, parser)
            text = "".join(element.text or "" for element in root.iter(f"{_W}t"))
            yield _NOTES.get(found[1], "running heads"), text


class _Writer:
    """Walks a body without recursion and writes its lines."""

    def __init__(self, numbering: Numbering) -> None:
        self.lines: list[str] = []
        self.dropped: Counter[str] = Counter()
        self.added = 0
        self.numbers = 0
        self._numbering = numbering
        self._parts: list[str] = []
        self._boxes: list[Any] = []  # text boxes are written after the paragraph that they hang on

    def write(self, body: Any) -> None:
        stack: list[tuple[Any, bool]] = [(body, False)]
        in_row = False  # of which each cell is one line
        while stack:
            element, leaving = stack.pop()
            tag = element.tag
            if leaving:
                if tag == f"{_W}tr" or (tag == f"{_W}p" and not in_row and not _goes_on(element)):
                    in_row = False
                    self._end_line()
                    boxes = [child for box in self._boxes for child in box]
                    stack.extend((child, False) for child in reversed(boxes))
                    self._boxes.clear()
                continue
            if not isinstance(tag, str) or self._is_done(element, tag):
                continue
            if tag == f"{_W}tr":
                in_row = _is_simple(element)
            elif tag == f"{_W}tc" and in_row and self._parts:
                self._parts.append("\t")
            elif tag == f"{_W}p":
                self._begin_paragraph(element)
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))

    def _is_done(self, element: Any, tag: str) -> bool:
        """Write or drop an element as a whole; tell whether nothing below it is to be walked."""
        if tag in _TEXT:
            self._parts.append(element.text or "")
        elif tag in _SIGNS:
            self._parts.append(_SIGNS[tag])
        elif tag in _BREAKS:
            self._end_line()
        elif tag == f"{_W}sym":
            self._parts.append(_symbol(element))
        elif tag == f"{_W}txbxContent":
            self._boxes.append(element)
        elif reason := _reason(element, tag):
            self.dropped[reason] += _count(element)
        else:
            return tag in _SILENT
        return True

    def _begin_paragraph(self, paragraph: Any) -> None:
        if number := self._numbering.number_of(paragraph):
            self._parts.append(number)
            self.added += visible(number)
            self.numbers += 1

    def _end_line(self) -> None:
        self.lines.append("".join(self._parts))
        self._parts = []


def _reason(element: Any, tag: str) -> str:
    """Return why an element is dropped, "" if it is not."""
    if tag == f"{_W}r" and _is_on(element.find(f"{_W}rPr/{_W}vanish")):
        return "hidden"
    if tag == f"{_W}r" and any(_is_on(element.find(f"{_W}rPr/{_W}{how}")) for how in _STRUCK):
        return "struck out"
    if tag == f"{_W}sdt" and _is_on(element.find(f"{_W}sdtPr/{_W}showingPlcHdr")):
        return "placeholders"
    return _DROPPED.get(tag, "")


def _is_on(switch: Any) -> bool:
    return switch is not None and switch.get(f"{_W}val", "1") not in {"0", "false", "off"}


def _goes_on(paragraph: Any) -> bool:
    """Tell a paragraph whose end was deleted while changes were tracked: the next one goes on in its line."""
    return paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None


def _is_simple(row: Any) -> bool:
    """Tell a row of short cells, which is one line, from one that lays out whole texts."""
    cells = row.findall(f"{_W}tc")
    return all(len(cell.findall(f"{_W}p")) == 1 and cell.find(f"{_W}tbl") is None for cell in cells)


def _symbol(element: Any) -> str:
    try:
        return chr(int(element.get(f"{_W}char", ""), 16))
    except (ValueError, OverflowError):
        return "\ufffd"
