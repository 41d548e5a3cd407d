"""The one way from the tables to what the formats write: texts, tokens, spans and relations."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from seimeibun.tables.read import read_dataset, read_strings
from seimeibun.tables.schema import LABELS

if TYPE_CHECKING:
    from pandas import DataFrame

Row = Mapping[str, str]
_DETAILS = {"date": "dates", "money": "money", "agreement": "agreements"}
_COMMON = {"span_id", "doc_id", "year", "para_no", "sent_no", "start", "end", "text", "sentence"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text; ``row`` is its row in ``tokens.csv``."""

    start: int
    end: int
    row: Row

    @property
    def number(self) -> str:
        return self.row["token_id"]


@dataclass(frozen=True, slots=True)
class Span:
    """An annotation; ``row`` is its row in ``annotations.csv``, ``details`` that of its layer's table."""

    start: int
    end: int
    row: Row
    details: Row = field(default_factory=dict)

    @property
    def span_id(self) -> str:
        return self.row["span_id"]

    @property
    def layer(self) -> str:
        return self.row["layer"]

    @property
    def label(self) -> str:
        return self.row["label"]

    @property
    def value(self) -> str:
        return self.row["value"]


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of two spans of the document, both of which are exported."""

    name: str
    head: Span
    dep: Span


@dataclass(frozen=True, slots=True)
class Document:
    """A statement; all offsets are half-open code points into ``text``, the text as published."""

    doc_id: str
    meta: Row
    text: str
    paragraphs: list[tuple[int, int]]
    sentences: list[tuple[int, int]]
    tokens: list[Token]
    spans: list[Span]
    relations: list[Relation]
    unlinked: list[Row]  # rows of relations.csv one of whose spans is not exported


@dataclass(frozen=True)
class Dataset:
    """A dataset and what of it is exported.

    Without ``layers`` every layer is; what a reviewer rejected is not, and with ``accepted`` only what
    one accepted.
    """

    folder: Path
    layers: tuple[str, ...] = ()
    accepted: bool = False

    def __post_init__(self) -> None:
        if unknown := [layer for layer in self.layers if layer not in LABELS]:
            message = f"no layer {unknown[0]!r}; there are {', '.join(LABELS)}"
            raise ValueError(message)

    def takes(self, row: Row) -> bool:
        """Tell whether the annotation ``row`` is exported."""
        wanted = not self.layers or row["layer"] in self.layers
        return wanted and (
            row["status"] == "accepted" if self.accepted else row["status"] != "rejected"
        )

    def text(self, doc_id: str) -> str:
        return (self.folder / "text" / f"{doc_id}.txt").read_bytes().decode("utf-8")

    def tables(self) -> "dict[str, DataFrame]":
        return read_dataset(self.folder)

    def rows(self, name: str) -> list[dict[str, str]]:
        return read_strings(self.folder, name)

    @cached_property
    def documents_table(self) -> list[dict[str, str]]:
        return self.rows("documents")

    def documents(self) -> Iterator[Document]:
        """Yield the documents in the order of ``documents.csv``."""
        details = {
            row["span_id"]: {name: cell for name, cell in row.items() if name not in _COMMON}
            for table in _DETAILS.values()
            for row in self.rows(table)
        }
        tables = {
            name: _by_document(self.rows(name))
            for name in ("paragraphs", "sentences", "tokens", "annotations", "relations")
        }
        for meta in self.documents_table:
            doc_id = meta["doc_id"]
            rows = {name: table.get(doc_id, []) for name, table in tables.items()}
            spans = _spans((row for row in rows["annotations"] if self.takes(row)), details)
            relations, unlinked = _relations(rows["relations"], spans)
            yield Document(
                doc_id,
                meta,
                self.text(doc_id),
                [_range(row) for row in rows["paragraphs"]],
                [_range(row) for row in rows["sentences"]],
                [Token(*_range(row), row) for row in rows["tokens"]],
                spans,
                relations,
                unlinked,
            )


def _by_document(rows: Iterable[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    grouped: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        grouped[row["doc_id"]].append(row)
    return grouped


def _range(row: Row) -> tuple[int, int]:
    return int(row["start"]), int(row["end"])


def _spans(rows: Iterable[Row], details: Mapping[str, Row]) -> list[Span]:
    """Return the spans in the order of the text, the longer of two that begin together first."""
    spans = [Span(*_range(row), row, details.get(row["span_id"], {})) for row in rows]
    return sorted(spans, key=lambda span: (span.start, -span.end, span.layer, span.label))


def _relations(rows: Iterable[Row], spans: list[Span]) -> tuple[list[Relation], list[Row]]:
    by_id = {span.span_id: span for span in spans}
    relations, unlinked = [], []
    for row in rows:
        ids = [row["dep_span_id"], *filter(None, row["more_dep_span_ids"].split(";"))]
        for span_id in ids:
            head, dep = by_id.get(row["head_span_id"]), by_id.get(span_id)
            if head is None or dep is None:
                unlinked.append(row)
            else:
                relations.append(Relation(row["relation"], head, dep))
    return relations, unlinked
