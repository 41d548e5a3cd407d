"""Decisions into the dataset: what the reviewers' logs say, written into the tables.

The tables are made from what the machine said and from the logs each time, so that to apply twice, after
an undo, or after a new run of ``annotate`` gives what it should: the logs are the truth, the tables follow.
"""

import csv
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from filelock import FileLock

from seimeibun.review.entries import Entry, facts_of, machine_facts, merge
from seimeibun.review.gold import write_gold
from seimeibun.review.log import FOLDER, log_files
from seimeibun.review.machine import (
    LAYER_TABLES,
    TABLES,
    Document,
    Row,
    check_folder,
    keep,
    kept_documents,
    read_documents,
)
from seimeibun.review.relations import parents, relation_rows
from seimeibun.review.state import State
from seimeibun.review.states import Skipped, read_states
from seimeibun.review.verdict import Verdict, verdicts
from seimeibun.tables import datapackage, dialect
from seimeibun.tables.read import read_strings
from seimeibun.tables.schema import TABLES as SCHEMA


@dataclass(slots=True)
class Report:
    """What was applied; the lists name what a human should look at."""

    documents: int = 0
    accepted: int = 0
    rejected: int = 0
    added: int = 0
    gold: int = 0
    flagged: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)  # logs of documents that the dataset has not
    stale: list[str] = field(
        default_factory=list
    )  # what else is made of the tables, and was not renewed
    moved: int = 0


def apply(folder: str | Path) -> Report:
    """Write the decisions in ``folder/review`` into the tables of ``folder``, and ``review/gold.csv``.

    Cheap and without effect where there are none; ``annotate`` calls it at its end.
    """
    folder = Path(folder)
    check_folder(folder)
    report = Report()
    kept = set(kept_documents(folder))
    if not log_files(folder) and not kept:
        return report
    with FileLock(folder / FOLDER / ".apply.lock"):
        skipped = Skipped()
        states = read_states(folder, skipped)
        report.torn, report.orphans, report.moved = skipped.torn, skipped.orphans, skipped.moved
        known = {row["doc_id"] for row in read_strings(folder, "documents")}
        report.unknown = sorted(states.keys() - known)
        touched = sorted((states.keys() | kept) & known)
        documents = read_documents(folder, touched)
        applied = {
            doc_id: _apply(folder, documents[doc_id], states.get(doc_id, {}), report)
            for doc_id in touched
        }
        _write(folder, documents, {doc_id: tables for doc_id, (tables, _) in applied.items()})
        report.documents = len(touched)
        report.gold = write_gold(folder, documents, {d: v for d, (_, v) in applied.items()}, states)
        report.stale = _refresh_parquet(folder)
    return report


def _refresh_parquet(folder: Path) -> list[str]:
    """Write the Parquet files beside the tables anew, if there are any; say so where that cannot be."""
    if not (folder / "parquet").is_dir():
        return []
    if find_spec("pyarrow") is None:
        cure = "pip install 'ja-seimeibun[parquet]' and apply again"
        return [f"{folder / 'parquet'} is older than these decisions; {cure}"]
    from seimeibun.tables.parquet import write_parquet

    write_parquet(folder, guarded=_guarded(folder))
    return []


def _apply(
    folder: Path, document: Document, states: Mapping[str, State], report: Report
) -> tuple[dict[str, list[Row]], list[Verdict]]:
    """Return the document's tables with the decisions in them."""
    decided = verdicts(document, states)
    for reviewer, state in states.items():
        _, gone = merge(document, state)
        report.gone += [
            f"{item.origin.span_id(document.doc_id)}: remarked upon by {reviewer}; this run does not have it"
            for item in gone
            if item.decision != "rejected"  # what was rejected, and is gone, is as it should be
        ]
    if not decided:
        return {name: document.tables[name] for name in TABLES}, []
    keep(folder, document)
    rows = _Rows(document)
    for verdict in decided:
        rows.decide(verdict)
        _count(report, verdict, document.doc_id)
    return rows.tables(), decided


def _count(report: Report, verdict: Verdict, doc_id: str) -> None:
    name = verdict.entry.span.span_id(doc_id)
    if verdict.conflict:
        report.conflicts.append(f"{name}: {verdict.conflict}")
    elif verdict.status == "flagged":
        report.flagged.append(f"{name}: {verdict.reviewer}")
    report.accepted += verdict.status == "accepted"
    report.rejected += verdict.status == "rejected"
    report.added += verdict.entry.row is None


class _Rows:
    """The rows of one document, while decisions are written into them."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._annotations = {row["span_id"]: {**row} for row in document.tables["annotations"]}
        self._facts = {
            layer: {row["span_id"]: {**row} for row in document.tables[name]}
            for layer, name in LAYER_TABLES.items()
        }
        self._became: dict[str, str] = {}  # span ids before and after

    def decide(self, verdict: Verdict) -> None:
        entry = verdict.entry
        new_id = entry.span.span_id(self._document.doc_id)
        row = entry.row
        if verdict.status == "rejected" or verdict.conflict:
            if row is not None:
                self._annotations[row["span_id"]] |= _said(verdict)
            elif verdict.conflict:
                self._put(entry, verdict)
        elif (
            row is not None and new_id == row["span_id"] and not (entry.item and entry.item.values)
        ):
            self._annotations[new_id] |= _said(verdict)
        else:
            if row is not None and new_id != row["span_id"]:
                self._annotations[row["span_id"]] |= {
                    "status": "rejected",
                    "reviewer": verdict.reviewer,
                }
                self._became[row["span_id"]] = new_id
            self._put(entry, verdict)

    def _put(self, entry: Entry, verdict: Verdict) -> None:
        document, span = self._document, entry.span
        facts = facts_of(document, entry)
        sentence = document.sentence_at(span.start)
        span_id = span.span_id(document.doc_id)
        base = {
            "span_id": span_id,
            "doc_id": document.doc_id,
            "start": str(span.start),
            "end": str(span.end),
            "text": document.quote(span.start, span.end),
            "year": document.row.get("year", ""),
            "para_no": document.paragraph_at(span.start),
            "sent_no": sentence.get("sent_no", ""),
            "sentence": sentence.get("text", ""),
        }
        old = self._annotations.get(entry.row["span_id"] if entry.row else "", {})
        self._annotations[span_id] = {
            **{name: old.get(name, "") for name in SCHEMA["annotations"].names},
            **base,
            "layer": span.layer,
            "label": span.label,
            "value": facts["value"],
            "source": "review",
            "rule": old.get("rule", "") or "review/added",
            "entity_id": facts["value"] if span.layer == "entity" else "",
            **_said(verdict),
        }
        if span.layer in LAYER_TABLES:
            table = SCHEMA[LAYER_TABLES[span.layer]]
            made = {"type": span.label, "category": span.label, "in_name": "false"}
            known = machine_facts(document, entry) | facts | base
            if span.layer == "agreement":
                known |= {"category": span.label, "rule": self._annotations[span_id]["rule"]}
            elif span.layer == "date":
                known["type"] = span.label
            self._facts[span.layer][span_id] = {
                name: known.get(name, "") or made.get(name, "") for name in table.names
            }

    def tables(self) -> dict[str, list[Row]]:
        annotations = sorted(self._annotations.values(), key=_key)
        standing = [row for row in annotations if row["status"] != "rejected"]
        around = parents(standing)
        for row in annotations:
            row["parent_span_id"] = around.get(row["span_id"], "")
        there = {row["span_id"] for row in standing}
        tables = {"annotations": annotations}
        for layer, name in LAYER_TABLES.items():
            rows = [row for row in self._facts[layer].values() if row["span_id"] in there]
            tables[name] = sorted(
                rows, key=lambda row: (int(row["start"]), int(row["end"]), row["span_id"])
            )
        tables["relations"] = relation_rows(
            self._document.doc_id,
            standing,
            tables,
            self._document.tables["relations"],
            self._became,
        )
        return tables


def _said(verdict: Verdict) -> Row:
    return {"status": verdict.status, "reviewer": verdict.reviewer}


def _key(row: Row) -> tuple[str, int, int, str]:
    return row["layer"], int(row["start"]), int(row["end"]), row["label"]


# Files


def _write(
    folder: Path, documents: Mapping[str, Document], applied: Mapping[str, dict[str, list[Row]]]
) -> None:
    """Put the documents' new rows into the tables; ``annotations`` first, as what tells the rest is old."""
    guarded = _guarded(folder)
    whole: dict[str, list[Row]] = {}
    for name in TABLES:
        whole[name] = [*_replaced(read_strings(folder, name), applied, name)]
    entities = _entities(folder, whole["annotations"], documents)
    gone = {row["entity_id"] for row in whole["annotations"]} - {e["entity_id"] for e in entities}
    whole["annotations"] = [
        row | {"entity_id": ""} if row["entity_id"] in gone else row for row in whole["annotations"]
    ]
    whole["entities"] = entities
    whole["documents"] = _counted(read_strings(folder, "documents"), whole["annotations"])
    for name, rows in whole.items():
        write_strings(folder / f"{name}.csv", name, rows, guarded=guarded)


def _replaced(
    rows: Sequence[Row], applied: Mapping[str, dict[str, list[Row]]], name: str
) -> Iterator[Row]:
    kept = [row for row in rows if row["doc_id"] not in applied]
    new = [row for tables in applied.values() for row in tables[name]]
    places = {row["doc_id"]: None for row in [*kept, *new]}
    by_document: dict[str, list[Row]] = {doc_id: [] for doc_id in places}
    for row in [*kept, *new]:
        by_document[row["doc_id"]].append(row)
    for doc_id in sorted(by_document):
        yield from by_document[doc_id]


def _entities(
    folder: Path, annotations: Iterable[Row], documents: Mapping[str, Document]
) -> list[Row]:
    """Return the entities that standing mentions name, counted; facts from before, or from the mention."""
    known = {row["entity_id"]: row for row in read_strings(folder, "entities")}
    for document in documents.values():
        for row in document.tables.get("entities", []):
            known.setdefault(row["entity_id"], row)
    mentions: dict[str, list[Row]] = {}
    for row in annotations:
        if row["entity_id"] and row["status"] != "rejected":
            mentions.setdefault(row["entity_id"], []).append(row)
    return [
        {
            **known.get(entity_id, _new_entity(entity_id, rows[0])),
            "entity_id": entity_id,
            "n_mentions": str(len(rows)),
            "n_docs": str(len({row["doc_id"] for row in rows})),
        }
        for entity_id, rows in sorted(mentions.items())
    ]


def _new_entity(entity_id: str, mention: Row) -> Row:
    iso3 = entity_id if mention["label"] == "COUNTRY" else ""
    return {"label": mention["label"], "canonical": "".join(mention["text"].split()), "iso3": iso3}


def _counted(documents: Iterable[Row], annotations: Iterable[Row]) -> list[Row]:
    counts: dict[str, int] = {}
    for row in annotations:
        counts[row["doc_id"]] = counts.get(row["doc_id"], 0) + 1
    return [row | {"n_annotations": str(counts.get(row["doc_id"], 0))} for row in documents]


def _guarded(folder: Path) -> bool:
    path = folder / datapackage.NAME
    return not path.is_file() or datapackage.is_guarded(
        json.loads(path.read_text(encoding="utf-8"))
    )


def write_strings(path: Path, name: str, rows: Sequence[Row], *, guarded: bool = True) -> None:
    """Write the table ``name`` from cells as they are read by ``read_strings``; whole or not at all."""
    table = SCHEMA[name]
    added = [column for column in (rows[0] if rows else {}) if column not in table.by_name]
    guard = {c.name for c in table.columns if guarded and c.guarded} | (
        set(added) if guarded else set()
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, new = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(descriptor, "w", encoding=dialect.ENCODING, newline="") as file:
            writer = csv.writer(file, dialect="excel", lineterminator="\r\n")
            writer.writerow([*table.names, *added])
            writer.writerows(
                [
                    dialect.guard(row.get(column, "")) if column in guard else row.get(column, "")
                    for column in [*table.names, *added]
                ]
                for row in rows
            )
            file.flush()
            os.fsync(file.fileno())
        Path(new).chmod(0o644)
        Path(new).replace(path)
    except BaseException:
        Path(new).unlink(missing_ok=True)
        raise
