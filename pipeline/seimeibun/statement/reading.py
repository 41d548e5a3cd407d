"""From a source to a statement."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from seimeibun.sources import SourceText
from seimeibun.statement.blocks import Block, block_of, compose
from seimeibun.statement.clean import fold_in_place, radicals
from seimeibun.statement.doctypes import ends_with_doc_type
from seimeibun.statement.header import find_field
from seimeibun.statement.lines import Line, drop_page_numbers, read_lines
from seimeibun.statement.metadata import metadata_of
from seimeibun.statement.model import Paragraph, Sentence, Statement
from seimeibun.statement.old_spelling import with_small_tsu
from seimeibun.statement.parties import find_parties
from seimeibun.statement.sentences import sentence_spans
from seimeibun.statement.signatures import is_signature_line, split_cells
from seimeibun.statement.structure import Draft, classify
from seimeibun.statement.wrapping import (
    Layout,
    layout_of,
    paragraphs_of,
    part_signature,
    signature_lines,
)


def read_statement(source: SourceText | str, *, date: str = "") -> Statement:
    """Return the statement that a text holds; ``date`` (ISO 8601) overrides what the text says of its date."""
    if isinstance(source, str):
        source = SourceText.of(source)
    warnings: list[str] = []
    folded = fold_in_place(source.text)
    lines, dropped = drop_page_numbers(read_lines(source.text, folded))
    layout = vertical_layout(lines) or layout_of(lines[: _signature_start(lines)])
    blocks, doubts = _blocks(lines, layout, _marked_pages(source, lines))
    blocks, title_at = _split_fields(blocks, folded)
    composed = compose(source.text, blocks)
    text = with_small_tsu(composed.text)
    texts = [text[start:end] for start, end in composed.spans]
    drafts = classify(texts, title_at=title_at)
    paragraphs = _paragraphs(drafts, composed.spans, blocks)
    metadata = metadata_of(drafts, texts, path=source.path, date=date)
    warnings += _layout_warnings(source.text, layout, doubts, dropped)
    return Statement(
        source=source,
        text=text,
        offsets=composed.offsets,
        title=_title_as_published(source.text, blocks, drafts),
        doc_type=metadata.doc_type,
        date=metadata.date,
        date_source=metadata.date_source,
        place=metadata.place,
        parties=find_parties(drafts, metadata.doc_type),
        paragraphs=tuple(paragraphs),
        sentences=tuple(_sentences(text, drafts, composed.spans)),
        warnings=(*warnings, *metadata.warnings),
        header=metadata.header,
    )


def vertical_layout(lines: Sequence[Line]) -> Layout | None:
    """Return the layout of vertical writing that came out as one character a line, else None."""
    single = sum(len(line.folded) == 1 for line in lines)
    if len(lines) < 8 or single < 0.8 * len(lines):
        return None
    gaps = sorted(line.gap for line in lines[1:])
    return Layout(width=1, unit="signs", cut=True, gap=gaps[len(gaps) // 2], vertical=True)


def _blocks(lines: list[Line], layout: Layout, marked: dict[int, int]) -> tuple[list[Block], int]:
    """Group lines to paragraphs, the signature block line by line and cell by cell."""
    tail = len(lines) if layout.vertical else _signature_start(lines)
    groups, doubts = paragraphs_of(lines[:tail], layout, ends_with_doc_type)
    groups = part_signature(groups)
    pages = marked or _pages(lines, layout)
    blocks = [block_of(group, pages[group[0].start], layout) for group in groups]
    for group in signature_lines(lines[tail:], layout):
        if len(group) == 1:
            line = group[0]
            cells = [
                (line.start + start, line.start + end) for start, end in split_cells(line.folded)
            ]
            blocks += [Block((cell,), pages[line.start]) for cell in cells]
        else:
            blocks.append(block_of(group, pages[group[0].start], layout))
    return blocks, doubts


def _signature_start(lines: list[Line]) -> int:
    """Return the index of the first line of a signature block at the end; ``len(lines)`` if there is none."""
    at = len(lines)
    while at and not lines[at - 1].closed:
        at -= 1
    tail = lines[at:]
    if not at or any("、" in line.folded or line.mark for line in tail):
        return len(lines)
    return at if any(is_signature_line(line.folded) for line in tail) else len(lines)


def _marked_pages(source: SourceText, lines: list[Line]) -> dict[int, int]:
    """Return the page of each line by its start where form feeds part the pages, as in PDF, else nothing.

    A page without text, such as a picture, counts too.
    """
    feeds = [match.start() for match in re.finditer("\f", source.text)]
    if not feeds and source.media_type != "application/pdf":
        return {}
    return {line.start: 1 + bisect_left(feeds, line.start) for line in lines}


def _pages(lines: list[Line], layout: Layout) -> dict[int, int]:
    """Return the page of each line by its start; 0 everywhere if the text shows no pages.

    Without form feeds, pages show by page numbers, or, where lines are set apart by empty lines, by a line that
    follows without one and begins with a space.
    """
    page, pages = 1, {}
    for index, line in enumerate(lines):
        inferred = index > 0 and layout.gap > 0 and line.gap == 0 and line.indent == 1
        page += bool(index) and (line.page_break or inferred)
        pages[line.start] = page
    return pages if page > 1 else dict.fromkeys(pages, 0)


def _split_fields(blocks: list[Block], folded: str) -> tuple[list[Block], frozenset[int]]:
    """Part [文書名] from the title and [全文] from the text; return also where titles are."""
    result: list[Block] = []
    titles = set()
    for block in blocks:
        start, end = block.pieces[0]
        field = find_field(folded[start : min(end, start + 24)])
        rest = _skip_space(folded, start + field.length, end) if field else end
        if field is None or field.key not in {"title", "text"} or rest >= end:
            result.append(block)
            continue
        name_end = start + len(folded[start : start + field.length].rstrip())
        result.append(Block(((start, name_end),), block.page))
        if field.key == "title":
            titles.add(len(result))
        result.append(Block(((rest, end), *block.pieces[1:]), block.page, block.cut))
    return result, frozenset(titles)


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _title_as_published(source: str, blocks: Sequence[Block], drafts: Sequence[Draft]) -> str:
    lines = []
    for block, draft in zip(blocks, drafts, strict=True):
        if draft.kind == "title":
            text = "".join(source[start:end] for start, end in block.pieces)
            if text not in lines:
                lines.append(text)
    # 甲国と乙国との間の / 共同声明: one phrase on two lines
    return re.sub("(?<=[のるたなをび]) ", "", " ".join(lines))


def _paragraphs(
    drafts: Sequence[Draft], spans: Sequence[tuple[int, int]], blocks: Sequence[Block]
) -> list[Paragraph]:
    return [
        Paragraph(
            draft.kind,
            draft.mark.number if draft.mark else "",
            draft.heading,
            block.page,
            start,
            end,
        )
        for draft, (start, end), block in zip(drafts, spans, blocks, strict=True)
    ]


def _sentences(
    text: str, drafts: Sequence[Draft], spans: Sequence[tuple[int, int]]
) -> list[Sentence]:
    sentences = []
    for number, (draft, (start, end)) in enumerate(zip(drafts, spans, strict=True), 1):
        begin = start + (draft.mark.length if draft.mark else 0)
        begin = begin if text[begin:end].strip() else start
        if draft.kind in {"body", "list"} or draft.is_statement:
            kind = "signature" if draft.is_statement else "body"
            found = sentence_spans(text[begin:end])
            sentences += [Sentence(number, kind, begin + a, begin + b) for a, b in found]
        else:
            sentences.append(Sentence(number, "heading", begin, end))
    return sentences


def _layout_warnings(source: str, layout: Layout, doubts: int, dropped: int) -> list[str]:
    warnings = []
    if layout.vertical:
        warnings.append("one character a line: read as vertical writing, top to bottom")
    if doubts and not layout.vertical:
        warnings.append(f"{doubts} line ends could be a wrap or the end of a paragraph")
    if dropped:
        warnings.append(f"{dropped} page numbers left out of the clean text")
    folded = sum(map(len, re.findall("[\u2e80-\u2fdf]+", source)))
    if folded and radicals():
        warnings.append(f"{folded} CJK radicals read as the kanji they stand for")
    return warnings
