"""The rows of one document, as columns of Python values by table; no DataFrame yet."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from spacy.tokens import Doc

from seimeibun.tables import cells
from seimeibun.tables.document import EXCEL_CELL, Document
from seimeibun.tables.entities import Mention
from seimeibun.tables.layers import Row, agreement_rows, annotation_rows, date_rows, money_rows
from seimeibun.tables.marks import marks
from seimeibun.tables.relations import relation_rows
from seimeibun.tables.schema import TABLES
from seimeibun.tables.tokens import token_columns

Columns = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Content:
    """What was found in a text, or in a part of one: rows by table, mentions of entities, spans left out."""

    columns: dict[str, Columns]
    mentions: Counter[Mention]
    doubled: int


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """What a document adds to the tables.

    ``columns`` hold its rows in key order, for every table but ``entities`` and ``errors``; ``mentions`` is what
    ``entities`` counts.
    """

    doc_id: str
    columns: dict[str, Columns]
    mentions: Counter[Mention]
    source: str  # the text as published


def document_rows(
    doc: Doc, *, doc_id: str = "", source_path: str = "", warnings: Sequence[str] = ()
) -> DocumentRows:
    """Return the rows of ``doc``; one that is not as declared is an error.

    ``doc_id`` and ``source_path`` win over what the ``Doc`` says, ``warnings`` join its own.
    """
    document = Document.of(doc, doc_id=doc_id)
    content = content_of(document)
    return with_structure(
        document,
        content,
        counts={name: length(table) for name, table in content.columns.items()},
        source_path=source_path,
        warnings=warnings,
    )


def content_of(document: Document) -> Content:
    """Return the rows of what was found in the text."""
    found, doubled = marks(document)
    columns = {
        "tokens": token_columns(document),
        "annotations": columns_of("annotations", annotation_rows(document, found)),
        "dates": columns_of("dates", date_rows(document, found)),
        "money": columns_of("money", money_rows(document, found)),
        "agreements": columns_of("agreements", agreement_rows(document, found)),
        "relations": columns_of("relations", relation_rows(document, found)),
    }
    _check(columns)
    mentions = Counter(Mention.of(mark) for mark in found["entity"])
    return Content(columns, mentions, doubled)


def with_structure(
    document: Document,
    content: Content,
    *,
    counts: Mapping[str, int],
    source_path: str,
    warnings: Sequence[str],
) -> DocumentRows:
    """Return the rows of ``content`` with those of the statement; ``counts`` are rows by table of the content."""
    statement = document.statement
    columns = {
        "parties": columns_of("parties", _party_rows(document)),
        "paragraphs": columns_of("paragraphs", _paragraph_rows(document)),
        "sentences": columns_of("sentences", _sentence_rows(document)),
    }
    own = _own_warnings(document, content.doubled)
    said = [*statement.source.warnings, *statement.warnings, *warnings, *own]
    counts = {**counts, **{name: length(table) for name, table in columns.items()}}
    row = _document_row(document, counts, said)
    columns["documents"] = columns_of(
        "documents", [row | {"source_path": source_path or row["source_path"]}]
    )
    _check(columns)
    columns |= content.columns
    return DocumentRows(document.doc_id, columns, content.mentions, document.source)


def _check(columns: Mapping[str, Columns]) -> None:
    for name, table in columns.items():
        cells.check(TABLES[name], table)


def columns_of(name: str, rows: Iterable[Row]) -> Columns:
    table = TABLES[name]
    null = {
        column.name: "" if column.kind in {"string", "date"} else None for column in table.columns
    }
    complete = [null | row for row in rows]
    return {column: [row[column] for row in complete] for column in null}


def length(columns: Columns) -> int:
    return len(next(iter(columns.values())))


def _document_row(document: Document, counts: Mapping[str, int], warnings: Sequence[str]) -> Row:
    statement, source = document.statement, document.statement.source
    return {
        "doc_id": document.doc_id,
        "title": statement.title,
        "doc_type": statement.doc_type,
        "date": statement.date,
        "date_source": statement.date_source,
        "year": document.year,
        "place": statement.place,
        "source_path": source.path or document.doc_id,
        "source_sha256": source.sha256,
        "media_type": source.media_type,
        "encoding": source.encoding,
        "newline": source.newline,
        "n_chars": len(document.source),
        "n_paragraphs": counts["paragraphs"],
        "n_sentences": counts["sentences"],
        "n_tokens": counts["tokens"],
        "n_annotations": counts["annotations"],
        "status": "warning" if warnings else "ok",
        "warnings": "; ".join(warnings),
        "n_source_chars": source.n_source_chars,
        "dropped_share": _share(source.dropped_share),
    }


def _share(share: float | None) -> Decimal | None:
    return None if share is None else Decimal(f"{share:.4f}")


def _own_warnings(document: Document, doubled: int) -> Iterator[str]:
    if doubled:
        yield f"{doubled} annotations with the place and label of another left out"
    long = [s for s in document.statement.sentences if s.end - s.start > EXCEL_CELL]
    if long:
        yield f"{len(long)} sentences of more than {EXCEL_CELL:,} characters; Excel shows no cell so long"


def _party_rows(document: Document) -> Iterator[Row]:
    for number, party in enumerate(document.statement.parties, 1):
        yield {
            "doc_id": document.doc_id,
            "party_no": number,
            "iso3": party.iso3,
            "name": party.name,
            "role": party.role,
        }


def _paragraph_rows(document: Document) -> Iterator[Row]:
    for number, paragraph in enumerate(document.statement.paragraphs, 1):
        start, end = document.to_source(paragraph.start, paragraph.end)
        yield {
            "doc_id": document.doc_id,
            "para_no": number,
            "kind": paragraph.kind,
            "number": paragraph.number,
            "heading": paragraph.heading,
            "page": paragraph.page or None,
            "start": start,
            "end": end,
        }


def _sentence_rows(document: Document) -> Iterator[Row]:
    for number, sentence in enumerate(document.statement.sentences, 1):
        start, end = document.to_source(sentence.start, sentence.end)
        yield {
            "doc_id": document.doc_id,
            "sent_no": number,
            "para_no": sentence.para_no,
            "kind": sentence.kind,
            "start": start,
            "end": end,
            "text": document.text(sentence.start, sentence.end),
        }
