"""Docs in, DataFrames out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pandas as pd
from spacy.tokens import Doc

from seimeibun.tables import cells, frames
from seimeibun.tables.column import Table
from seimeibun.tables.document import EXCEL_CELL, Document
from seimeibun.tables.layers import Row, agreement_rows, annotation_rows, date_rows, money_rows
from seimeibun.tables.marks import Mark, marks
from seimeibun.tables.relations import relation_rows
from seimeibun.tables.schema import TABLES
from seimeibun.tables.tokens import token_columns

_COMPACT_AT = 50_000  # rows that wait as Python objects before they become a DataFrame


def tables(docs: Iterable[Doc]) -> dict[str, pd.DataFrame]:
    """Return the tables of the dataset, rows in key order.

    A ``Doc`` without an id of its own is called ``text-<n>`` after its place among the ``docs``.
    """
    builder = TableBuilder()
    for number, doc in enumerate(docs, 1):
        builder.add(doc, doc_id=doc._.doc_id or f"text-{number}")
    return builder.tables()


class TableBuilder:
    """Takes one ``Doc`` after the other; keeps rows, not the Docs."""

    def __init__(self) -> None:
        self._parts = {name: _Rows(table) for name, table in TABLES.items()}
        self._entities = _Entities()
        self._seen: set[str] = set()

    def add(
        self, doc: Doc, *, doc_id: str = "", source_path: str = "", warnings: Sequence[str] = ()
    ) -> None:
        """Take the rows of ``doc``; one that is not as declared is an error, and nothing is taken.

        ``doc_id`` and ``source_path`` win over what the ``Doc`` says, ``warnings`` join its own.
        """
        document = Document.of(doc, doc_id=doc_id)
        if document.doc_id in self._seen:
            message = f"two documents are called {document.doc_id!r}; a dataset needs unique ids"
            raise ValueError(message)
        found, doubled = marks(document)
        columns: dict[str, dict[str, list[Any]]] = {
            "tokens": token_columns(document),
            "parties": _columns("parties", _party_rows(document)),
            "paragraphs": _columns("paragraphs", _paragraph_rows(document)),
            "sentences": _columns("sentences", _sentence_rows(document)),
            "annotations": _columns("annotations", annotation_rows(document, found)),
            "dates": _columns("dates", date_rows(document, found)),
            "money": _columns("money", money_rows(document, found)),
            "agreements": _columns("agreements", agreement_rows(document, found)),
            "relations": _columns("relations", relation_rows(document, found)),
        }
        said = [*document.statement.warnings, *warnings, *_own_warnings(document, doubled)]
        row = _document_row(
            document, {name: _length(table) for name, table in columns.items()}, said
        )
        columns["documents"] = _columns(
            "documents", [row | {"source_path": source_path or row["source_path"]}]
        )
        for name, table in columns.items():
            cells.check(TABLES[name], table)
        for name, table in columns.items():
            self._parts[name].extend(table)
        self._entities.add(found["entity"])
        self._seen.add(document.doc_id)

    def add_error(self, *, source_path: str, code: str, stage: str, message: str) -> None:
        row = {"source_path": source_path, "code": code, "stage": stage, "message": message}
        self._parts["errors"].extend(_columns("errors", [row]))

    def tables(self) -> dict[str, pd.DataFrame]:
        self._parts["entities"] = _Rows(TABLES["entities"])
        self._parts["entities"].extend(_columns("entities", self._entities.rows()))
        return {name: _sorted(name, rows.frame()) for name, rows in self._parts.items()}


class _Rows:
    """Columns of one table that grow; compact once they are many."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._frames: list[pd.DataFrame] = []
        self._columns: dict[str, list[Any]] = {name: [] for name in table.names}

    def extend(self, columns: dict[str, list[Any]]) -> None:
        for name, values in self._columns.items():
            values.extend(columns[name])
        if _length(self._columns) >= _COMPACT_AT:
            self._compact()

    def frame(self) -> pd.DataFrame:
        self._compact()
        return (
            self._frames[0]
            if len(self._frames) == 1
            else pd.concat(self._frames, ignore_index=True)
        )

    def _compact(self) -> None:
        if _length(self._columns) or not self._frames:
            self._frames.append(frames.frame(self._table, self._columns))
            self._columns = {name: [] for name in self._table.names}


class _Entities:
    """Who is mentioned how often, over all documents."""

    def __init__(self) -> None:
        self._labels: dict[str, Counter[str]] = {}
        self._facts: dict[str, Counter[tuple[str, str]]] = {}
        self._documents: Counter[str] = Counter()

    def add(self, mentions: list[Mark]) -> None:
        for mark in mentions:
            facts = mark.found.facts
            name = facts.get("canonical") or "".join(mark.text.split())
            iso3 = facts.get("iso3", "")
            self._labels.setdefault(mark.entity_id, Counter())[mark.found.label] += 1
            self._facts.setdefault(mark.entity_id, Counter())[name, iso3] += 1
        self._documents.update({mark.entity_id for mark in mentions})

    def rows(self) -> Iterator[Row]:
        for entity_id in sorted(self._labels):
            canonical, iso3 = _most_common(self._facts[entity_id])
            yield {
                "entity_id": entity_id,
                "label": _most_common(self._labels[entity_id]),
                "canonical": canonical,
                "iso3": iso3,
                "n_mentions": self._labels[entity_id].total(),
                "n_docs": self._documents[entity_id],
            }


def _most_common(counts: Counter[Any]) -> Any:
    """Return the most frequent; of equals the first in the order of their signs."""
    return min(counts, key=lambda item: (-counts[item], item))


def _columns(name: str, rows: Iterable[Row]) -> dict[str, list[Any]]:
    table = TABLES[name]
    null = {
        column.name: "" if column.kind in {"string", "date"} else None for column in table.columns
    }
    complete = [null | row for row in rows]
    return {column: [row[column] for row in complete] for column in null}


def _length(columns: dict[str, list[Any]]) -> int:
    return len(next(iter(columns.values())))


def _sorted(name: str, df: pd.DataFrame) -> pd.DataFrame:
    """Order by document; within one, rows are in key order already."""
    first = TABLES[name].names[0] if name in {"documents", "errors"} else "doc_id"
    if first not in df.columns or df[first].is_monotonic_increasing:
        return df
    return df.sort_values(first, kind="stable", ignore_index=True)


def _document_row(document: Document, counts: dict[str, int], warnings: Sequence[str]) -> Row:
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
    }


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
