"""A document as the machine annotated it, apart from what reviewers made of it.

``apply`` writes decisions into the tables; what the machine said is kept in
``review/machine/<doc_id>.json`` first, so that every decision can be taken back.
"""

import csv
import hashlib
import json
import os
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from seimeibun.review.log import FOLDER
from seimeibun.review.state import Span, text_hash
from seimeibun.tables import dialect
from seimeibun.tables.read import read_strings

Row = dict[str, str]
TABLES = ("annotations", "dates", "money", "agreements", "relations")
LAYER_TABLES = {"date": "dates", "money": "money", "agreement": "agreements"}
_WRAP = re.compile(r"\s*[\n\r\f\v]\s*")


class DatasetError(ValueError):
    """A dataset that cannot be reviewed: where, what was found, what would be right."""


@dataclass(frozen=True)
class Document:
    """A document's text, its parts, and the rows that the machine gave it, by table."""

    doc_id: str
    text: str
    row: Row
    tables: dict[str, list[Row]]
    paragraphs: list[Row] = field(default_factory=list)
    sentences: list[Row] = field(default_factory=list)
    run_id: str = ""

    @cached_property
    def sha256(self) -> str:
        return text_hash(self.text)

    @cached_property
    def spans(self) -> dict[str, Row]:
        return {row["span_id"]: row for row in self.tables["annotations"]}

    @cached_property
    def facts(self) -> dict[str, Row]:
        """The rows of the layers' own tables, by span."""
        return {row["span_id"]: row for name in LAYER_TABLES.values() for row in self.tables[name]}

    def quote(self, start: int, end: int) -> str:
        """Return the characters as published, without line wraps."""
        return _WRAP.sub(_joint, self.text[start:end]).strip()

    def paragraph_at(self, start: int) -> str:
        return _number_at(self.paragraphs, self._paragraph_starts, start, "para_no")

    def sentence_at(self, start: int) -> Row:
        number = bisect_right(self._sentence_starts, start)
        row = self.sentences[number - 1] if number else {}
        return row if row and start < int(row["end"]) else {}

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [int(row["start"]) for row in self.paragraphs]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [int(row["start"]) for row in self.sentences]


def _joint(wrap: re.Match[str]) -> str:
    left, right = wrap.string[: wrap.start()][-1:], wrap.string[wrap.end() :][:1]
    return " " if left and right and (left + right).isascii() else ""


def _number_at(rows: list[Row], starts: list[int], start: int, name: str) -> str:
    number = bisect_right(starts, start)
    if number and start < int(rows[number - 1]["end"]):
        return rows[number - 1][name]
    return ""


def span_of(row: Row) -> Span:
    return Span(row["layer"], row["label"], int(row["start"]), int(row["end"]))


def check_folder(folder: Path) -> None:
    if not (folder / "annotations.csv").is_file():
        message = f"no dataset in {folder}: annotations.csv is missing; `seimeibun annotate … -o {folder}` writes one"
        raise DatasetError(message)


def run_id(folder: Path) -> str:
    """Return what names the run that wrote the dataset; "" where ``run.json`` is missing."""
    path = folder / "run.json"
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else ""


def document_ids(folder: Path) -> list[str]:
    check_folder(folder)
    return [row["doc_id"] for row in read_strings(folder, "documents")]


def read_documents(folder: Path, doc_ids: Iterable[str] | None = None) -> dict[str, Document]:
    """Return documents of the dataset as the machine left them; all, or those that are named."""
    check_folder(folder)
    rows = {name: _by_document(folder, name) for name in (*TABLES, "paragraphs", "sentences")}
    heads = {row["doc_id"]: row for row in read_strings(folder, "documents")}
    wanted = list(heads) if doc_ids is None else list(doc_ids)
    if unknown := [doc_id for doc_id in wanted if doc_id not in heads]:
        message = (
            f"no document {unknown[0]!r} in {folder}; it has {', '.join(list(heads)[:3])}"
            f"{' …' if len(heads) > 3 else ''}"
        )
        raise DatasetError(message)
    run = run_id(folder)
    return {
        doc_id: Document(
            doc_id,
            read_text(folder, doc_id),
            heads[doc_id],
            _machine(folder, doc_id, {name: rows[name].get(doc_id, []) for name in TABLES}, run),
            rows["paragraphs"].get(doc_id, []),
            rows["sentences"].get(doc_id, []),
            run,
        )
        for doc_id in wanted
    }


def read_text(folder: Path, doc_id: str) -> str:
    path = folder / "text" / f"{doc_id}.txt"
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        message = f"{path} is missing; annotate the statement again"
        raise DatasetError(message) from None


def read_tokens(folder: Path, doc_id: str) -> list[tuple[int, int]]:
    """Return where the tokens of a document are; [] where the table is not there."""
    path = folder / "tokens.csv"
    if not path.is_file():
        return []
    with path.open(encoding=dialect.ENCODING, newline="") as file:
        reader = csv.reader(file)
        header = next(reader)
        at, start, end = (header.index(name) for name in ("doc_id", "start", "end"))
        # A document id may begin like a formula and be guarded.
        return [
            (int(row[start]), int(row[end])) for row in reader if dialect.unguard(row[at]) == doc_id
        ]


def _by_document(folder: Path, name: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in read_strings(folder, name):
        found.setdefault(row["doc_id"], []).append(row)
    return found


def is_reviewed(annotations: Iterable[Row]) -> bool:
    """Tell whether decisions stand in these rows: a machine leaves every row pending."""
    return any(row["status"] != "pending" or row["source"] == "review" for row in annotations)


def _path(folder: Path, doc_id: str) -> Path:
    return folder / FOLDER / "machine" / f"{doc_id}.json"


def _machine(
    folder: Path, doc_id: str, current: dict[str, list[Row]], run: str
) -> dict[str, list[Row]]:
    kept = _kept(folder, doc_id)
    tables: dict[str, list[Row]]
    if is_reviewed(current["annotations"]):
        if kept is None:
            message = (
                f"{doc_id} has decisions in annotations.csv, but {_path(folder, doc_id)}, which holds what the "
                "machine said, is missing; annotate the statement again, and the log is applied afresh"
            )
            raise DatasetError(message)
        tables = kept["tables"]
        return tables
    if kept and kept["run_id"] == run and kept["tables"]["annotations"] == current["annotations"]:
        # an apply that took decisions back was cut off before it reached the other tables
        tables = kept["tables"]
        return tables
    return current


def _kept(folder: Path, doc_id: str) -> dict[str, Any] | None:
    path = _path(folder, doc_id)
    if not path.is_file():
        return None
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return kept


def keep(folder: Path, document: Document) -> None:
    """Keep what the machine said, before decisions are written over it."""
    path = _path(folder, document.doc_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    entities = {row["entity_id"] for row in document.tables["annotations"]}
    tables = document.tables
    if "entities" not in tables:  # what they are called; a table without mentions forgets it
        known = read_strings(folder, "entities")
        tables = {**tables, "entities": [row for row in known if row["entity_id"] in entities]}
    data = {"run_id": document.run_id, "tables": tables}
    new = path.with_name(f".{path.name}.new")
    with new.open("w", encoding="utf-8", newline="") as file:
        json.dump(data, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def kept_documents(folder: Path) -> Iterator[str]:
    """Yield the documents for which something is kept."""
    for path in sorted((folder / FOLDER / "machine").glob("*.json")):
        if not path.name.startswith("."):
            yield path.stem
