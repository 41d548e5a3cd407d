"""Gold from review: the spans that stand in certified layers of certified documents."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from seimeibun.evaluate.gold import COLUMNS
from seimeibun.review.entries import facts_of
from seimeibun.review.log import FOLDER
from seimeibun.review.machine import Document, Row
from seimeibun.review.state import State
from seimeibun.review.verdict import Verdict
from seimeibun.tables import dialect
from seimeibun.tables.read import read_strings
from seimeibun.tables.schema import LABELS, TABLES

GOLD = "gold"  # the folder of gold in the form that `seimeibun evaluate` reads
_FILES = {"entity": "entities", "date": "dates", "money": "money", "quantity": "quantities", "agreement": "agreements"}  # fmt: skip
_BOUNDS = {"EQUAL_OR_MORE": "ge", "EQUAL_OR_LESS": "le", "MORE_THAN": "gt", "LESS_THAN": "lt", "APPROX": "approx"}  # fmt: skip
_ESCAPES = str.maketrans({"\\": r"\\", "\n": r"\n", "\t": r"\t", "\r": r"\r"})


def certified_layers(verdicts: Iterable[Verdict], states: Mapping[str, State]) -> list[str]:
    """Return the layers that someone certified and in which nothing is open between reviewers."""
    certified = {layer for state in states.values() for layer in state.certified}
    disputed = {v.entry.span.layer for v in verdicts if v.status == "flagged"}
    return [layer for layer in LABELS if layer in certified - disputed]


def write_gold(
    folder: Path,
    documents: Mapping[str, Document],
    verdicts: Mapping[str, Sequence[Verdict]],
    states: Mapping[str, Mapping[str, State]],
) -> int:
    """Write ``review/gold.csv`` and ``review/gold/*.tsv``; return how many spans they hold."""
    place = folder / FOLDER / GOLD
    for path in place.glob("*.tsv"):
        path.unlink()
    wanted: set[str] = set()
    for doc_id, document in documents.items():
        for layer in certified_layers(verdicts[doc_id], states.get(doc_id, {})):
            right = [
                v
                for v in verdicts[doc_id]
                if v.entry.span.layer == layer and v.status == "accepted"
            ]
            wanted |= {v.entry.span.span_id(doc_id) for v in right}
            place.mkdir(exist_ok=True)
            _write_tsv(place / f"{_FILES[layer]}_{doc_id}.tsv", layer, document, right)
    rows = [
        row
        for row in read_strings(folder, "annotations")
        if row["span_id"] in wanted and row["status"] == "accepted"
    ]
    _write_csv(folder / FOLDER / "gold.csv", rows)
    return len(rows)


def _write_csv(path: Path, rows: Iterable[Row]) -> None:
    table = TABLES["annotations"]
    with path.open("w", encoding=dialect.ENCODING, newline="") as file:
        writer = csv.writer(file, dialect="excel", lineterminator="\r\n")
        writer.writerow(table.names)
        for row in rows:
            writer.writerow(
                [
                    dialect.guard(row[column.name]) if column.guarded else row[column.name]
                    for column in table.columns
                ]
            )


def _write_tsv(path: Path, layer: str, document: Document, verdicts: Iterable[Verdict]) -> None:
    columns = COLUMNS[_FILES[layer]]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("\t".join(columns) + "\n")
        for verdict in sorted(verdicts, key=lambda v: (v.entry.span.start, -v.entry.span.end)):
            row = _gold_row(layer, document, verdict)
            file.write("\t".join(row.get(name, "").translate(_ESCAPES) for name in columns) + "\n")


def _gold_row(layer: str, document: Document, verdict: Verdict) -> Row:
    span, facts = verdict.entry.span, facts_of(document, verdict.entry)
    start, end = str(span.start), str(span.end)
    if layer == "agreement":
        names = ("actor_text", "actor_resolved", "object_text", "polarity")
        return {
            "char_start": start,
            "char_end": end,
            "category": span.label,
            **{name: facts.get(name, "") for name in names},
        }
    row = {"start": start, "end": end}
    if layer == "date":
        duration = facts.get("duration", "")
        days = {"begin": facts.get("start_date", ""), "end_date": facts.get("end_date", "")}
        period = span.label in {"DURATION", "SET"} and duration
        return (
            row
            | days
            | {"type": span.label, "value": duration if period else facts.get("edtf", "")}
        )
    if layer == "money":
        low, high = facts.get("amount_min", ""), facts.get("amount_max", "")
        mod = facts.get("mod", "")
        return row | {
            "amount": low or high,
            "currency": facts.get("currency", ""),
            "modifier": _BOUNDS.get(mod, mod),
        }
    if layer == "quantity":
        number, _, unit = facts["value"].partition(" ")
        return row | {"value": number, "unit": unit, "kind": span.label.lower()}
    iso3 = facts["value"] if span.label == "COUNTRY" else ""
    return row | {"type": span.label, "country_iso3166": iso3}
