"""The invariants of a dataset: offsets, keys, references, values, and text that is what stands there."""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

from seimeibun.tables import cells, datapackage, dialect
from seimeibun.tables.column import Column, Reference, Table
from seimeibun.tables.schema import LABELS, TABLES

Row = Mapping[str, str]
Rows = dict[str, list[Row]]
_BOM = b"\xef\xbb\xbf"
_STRETCHES = {"": ("text", "token"), "dep_": ("dep_text",), "full_": (), "actor_": ("actor_text",), "object_": ("object_text",)}  # fmt: skip
_LAYER_TABLES = {
    "dates": ("date", "type"),
    "money": ("money", ""),
    "agreements": ("agreement", "category"),
}
_COUNTED = ("paragraphs", "sentences", "tokens", "annotations")


class Violation(NamedTuple):
    """What is wrong, and where; ``row`` is the number of a row in its table, the header being 1."""

    file: str
    row: int | None
    message: str

    def __str__(self) -> str:
        return f"{self.file}{'' if self.row is None else f':{self.row}'}: {self.message}"


@dataclass(frozen=True, slots=True)
class Report:
    """How much was looked at, and what was found wrong."""

    rows: int
    documents: int
    violations: list[Violation]


def verify_dataset(folder: str | os.PathLike[str]) -> Report:
    """Hold the dataset in ``folder`` against the declaration and against its own texts."""
    folder = Path(folder)
    found: list[Violation] = []
    guarded = _read_description(folder, found)
    tables = {name: _read(folder, table, found, guarded=guarded) for name, table in TABLES.items()}
    for name, table in TABLES.items():
        found += _cells(table, tables[name])
        found += _keys(table, tables[name])
        for reference in table.references:
            found += _references(table, reference, tables)
    texts = _read_texts(folder, tables["documents"], found)
    for name in TABLES:
        found += _offsets(name, tables[name], texts)
    for check in (
        _spans,
        _layer_tables,
        _parents,
        _sentences,
        _tokens,
        _counts,
        _entities,
        _bounds,
    ):
        found += check(tables)
    found += _lengths(tables["documents"], texts)
    return Report(sum(map(len, tables.values())), len(tables["documents"]), found)


# Files


def _read_description(folder: Path, found: list[Violation]) -> bool:
    """Return whether cells are guarded, as ``datapackage.json`` says."""
    path = folder / datapackage.NAME
    if not path.is_file():
        found.append(Violation(datapackage.NAME, None, "is missing"))
        return True
    try:
        descriptor = json.loads(path.read_text(encoding="utf-8"))
        guarded = datapackage.is_guarded(descriptor)
    except (ValueError, KeyError, TypeError) as error:
        found.append(Violation(datapackage.NAME, None, f"does not describe a dataset: {error}"))
        return True
    if descriptor != datapackage.datapackage(excel_guard=guarded):
        message = "is not what this version of seimeibun writes; annotate again"
        found.append(Violation(datapackage.NAME, None, message))
    return guarded


def _read(folder: Path, table: Table, found: list[Violation], *, guarded: bool) -> list[Row]:
    """Return the rows as strings without guard; [] where the file cannot be read."""
    name = f"{table.name}.csv"
    path = folder / name
    if not path.is_file():
        found.append(Violation(name, None, "is missing"))
        return []
    data = path.read_bytes()
    if not data.startswith(_BOM):
        found.append(Violation(name, None, "does not begin with the byte order mark of UTF-8"))
    if not data.endswith(b"\r\n"):
        found.append(Violation(name, None, "does not end its lines with CR LF"))
    try:
        with path.open(encoding=dialect.ENCODING, newline="") as file:
            header, lines = dialect.read_rows(file, name=name)
    except ValueError as error:  # of encoding or of CSV
        found.append(Violation(name, None, str(error)))
        return []
    if header[: len(table.names)] != table.names:
        message = f"the header is {', '.join(header)}; it must begin with {', '.join(table.names)}"
        found.append(Violation(name, 1, message))
        return []
    if guarded:
        found += _unguarded(table, lines)
        lines = [[dialect.unguard(cell) for cell in line] for line in lines]
    return [dict(zip(header, line, strict=True)) for line in lines]


def _unguarded(table: Table, lines: list[list[str]]) -> Iterator[Violation]:
    for number, line in enumerate(lines, 2):
        for column, cell in zip(table.columns, line, strict=False):
            if column.guarded and dialect.begins_formula(cell):
                message = f"{column.name} begins a formula: {cell[:20]!r}"
                yield Violation(f"{table.name}.csv", number, message)


def _read_texts(folder: Path, documents: list[Row], found: list[Violation]) -> dict[str, str]:
    texts = {}
    for row in documents:
        name = f"text/{row['doc_id']}.txt"
        try:
            texts[row["doc_id"]] = (folder / name).read_bytes().decode("utf-8")
        except OSError:
            found.append(Violation(name, None, "is missing"))
        except UnicodeDecodeError as error:
            found.append(Violation(name, None, f"is not UTF-8: {error}"))
    for path in sorted((folder / "text").glob("*.txt")):
        if path.stem not in texts and not any(v.file == f"text/{path.name}" for v in found):
            found.append(Violation(f"text/{path.name}", None, "belongs to no document"))
    return texts


# Cells, keys, references


def _cells(table: Table, rows: list[Row]) -> Iterator[Violation]:
    for number, row in enumerate(rows, 2):
        for column in table.columns:
            if message := _cell(column, row[column.name]):
                found = f"{column.name} is {row[column.name][:40]!r}; it must be {message}"
                yield Violation(f"{table.name}.csv", number, found)


def _cell(column: Column, text: str) -> str:
    """Return what the cell must be; "" if it is that."""
    try:
        value = _typed(column, text)
    except (ValueError, InvalidOperation, KeyError):
        return _EXPECTED[column.kind]
    return cells.complaint(column, value)


def _typed(column: Column, text: str) -> object:
    if not text:
        return None
    if column.kind == "integer":
        return _same(int(text), str(int(text)), text)
    if column.kind == "decimal":
        return _same(Decimal(text), dialect.plain_decimal(Decimal(text)), text)
    if column.kind == "boolean":
        return {"true": True, "false": False}[text]
    if column.kind == "date" and len(text) == len("2025-12-20"):
        date.fromisoformat(text)
    return text


def _same(value: object, written: str, text: str) -> object:
    if written != text:
        raise ValueError(text)
    return value


_EXPECTED = {
    "integer": "a whole number",
    "decimal": "a plain decimal number",
    "boolean": "true or false",
    "date": "a day such as 2025-12-20",
    "string": "text",
}


def _keys(table: Table, rows: list[Row]) -> Iterator[Violation]:
    seen: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(rows, 2):
        key = tuple(row[name] for name in table.key)
        if key in seen:
            message = f"the key {key} stands in row {seen[key]} already"
            yield Violation(f"{table.name}.csv", number, message)
        seen.setdefault(key, number)


def _references(table: Table, reference: Reference, tables: Rows) -> Iterator[Violation]:
    known = {tuple(row[name] for name in reference.to) for row in tables[reference.table]}
    for number, row in enumerate(tables[table.name], 2):
        values = tuple(row[name] for name in reference.columns)
        if all(values) and values not in known:
            message = f"{'+'.join(reference.columns)} {values} is not in {reference.table}.csv"
            yield Violation(f"{table.name}.csv", number, message)


# Offsets and text


def _offsets(name: str, rows: list[Row], texts: Mapping[str, str]) -> Iterator[Violation]:
    stretches = {
        prefix: [column for column in columns if column in TABLES[name].by_name]
        for prefix, columns in _STRETCHES.items()
        if f"{prefix}start" in TABLES[name].by_name
    }
    for number, row in enumerate(rows, 2):
        text = texts.get(row.get("doc_id", ""))
        for prefix, columns in stretches.items():
            if text is not None and (message := _offset(row, prefix, columns, text)):
                yield Violation(f"{name}.csv", number, message)


def _offset(row: Row, prefix: str, columns: list[str], text: str) -> str:
    start, end = _int(row[f"{prefix}start"]), _int(row[f"{prefix}end"])
    if start is None and end is None:
        return ""
    if start is None or end is None or not 0 <= start < end <= len(text):
        return f"{prefix}start–{prefix}end {start}–{end} is no stretch of the text of {len(text)}"
    stands = text[start:end]
    for column in columns:
        written = _bare(row[column])
        # an object is written as one reads it, without the lines of the page that it runs over
        if written != _bare(stands) and not (prefix and _is_without_lines(written, stands)):
            return f"{column} {row[column][:30]!r} is not what stands there: {_bare(stands)[:30]!r}"
    return ""


def _is_without_lines(written: str, stands: str) -> bool:
    """Tell whether ``written`` is what stands there but for whole lines inside it."""
    first, *rest = map(_bare, stands.split("\n"))
    if not rest or not written.startswith(first):
        return False
    written = written.removeprefix(first)
    for line in rest[:-1]:
        written = written.removeprefix(line)
    return written == rest[-1]


def _bare(text: str) -> str:
    return "".join(text.split())


def _int(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None


def _lengths(documents: list[Row], texts: Mapping[str, str]) -> Iterator[Violation]:
    for number, row in enumerate(documents, 2):
        text = texts.get(row.get("doc_id", ""))
        if text is not None and _int(row["n_chars"]) != len(text):
            message = f"n_chars is {row['n_chars']}; the text has {len(text)}"
            yield Violation("documents.csv", number, message)
        if row["date"] and row["year"] != row["date"][:4].lstrip("0"):
            yield Violation(
                "documents.csv", number, f"year {row['year']} is not that of {row['date']}"
            )


# What rows say about each other


def _spans(tables: Rows) -> Iterator[Violation]:
    for number, row in enumerate(tables["annotations"], 2):
        expected = f"{row['doc_id']}#{row['layer']}:{row['start']}-{row['end']}:{row['label']}"
        if row["span_id"] != expected:
            yield Violation(
                "annotations.csv", number, f"span_id is {row['span_id']}, not {expected}"
            )
        if row["label"] not in LABELS.get(row["layer"], ()):
            message = f"{row['label']} is no label of the layer {row['layer']}"
            yield Violation("annotations.csv", number, message)
        if row["layer"] == "entity" and not row["entity_id"] and row["status"] != "rejected":
            yield Violation("annotations.csv", number, "an entity without entity_id")


def _layer_tables(tables: Rows) -> Iterator[Violation]:
    """Yield where a layer's own table and ``annotations`` say different things of a span."""
    spans = {row["span_id"]: row for row in tables["annotations"]}
    for name, (layer, label) in _LAYER_TABLES.items():
        for number, row in enumerate(tables[name], 2):
            span = spans.get(row["span_id"])
            if span is None:
                continue  # a broken reference, said elsewhere
            for column in ("doc_id", "start", "end", "text"):
                if row[column] != span[column]:
                    message = f"{column} is {row[column]!r}; annotations.csv has {span[column]!r}"
                    yield Violation(f"{name}.csv", number, message)
            if span["layer"] != layer or (label and span["label"] != row[label]):
                message = f"its span is {span['layer']} {span['label']}"
                yield Violation(f"{name}.csv", number, message)
        rows = {row["span_id"] for row in tables[name]}
        for number, span in enumerate(tables["annotations"], 2):
            stands = span["status"] != "rejected"  # by a reviewer; what does not stand has no facts
            if stands and span["layer"] == layer and span["span_id"] not in rows:
                yield Violation(
                    "annotations.csv", number, f"{span['span_id']} is not in {name}.csv"
                )


def _parents(tables: Rows) -> Iterator[Violation]:
    spans = {row["span_id"]: row for row in tables["annotations"]}
    for number, row in enumerate(tables["annotations"], 2):
        parent = spans.get(row["parent_span_id"])
        if parent is None:
            continue
        if parent["doc_id"] != row["doc_id"] or parent["layer"] != row["layer"]:
            message = f"its parent {parent['span_id']} is of another document or layer"
            yield Violation("annotations.csv", number, message)
        elif not (_holds(parent, row) and _place(parent) != _place(row)):
            message = f"its parent {parent['span_id']} does not hold it"
            yield Violation("annotations.csv", number, message)


def _sentences(tables: Rows) -> Iterator[Violation]:
    """Yield what does not begin in its paragraph or sentence, and what goes backwards."""
    paragraphs = {(row["doc_id"], row["para_no"]): row for row in tables["paragraphs"]}
    sentences = {(row["doc_id"], row["sent_no"]): row for row in tables["sentences"]}
    inside = (
        ("sentences", "para_no", paragraphs),
        ("annotations", "para_no", paragraphs),
        ("tokens", "sent_no", sentences),
        ("annotations", "sent_no", sentences),
        ("agreements", "sent_no", sentences),
    )
    for name, column, around in inside:
        for number, row in enumerate(tables[name], 2):
            unit = around.get((row["doc_id"], row[column]))
            if unit is not None and not _begins_in(unit, row):
                message = f"{row['start']} is outside its {column[:4]} {row[column]}"
                yield Violation(f"{name}.csv", number, message)
    for name in ("paragraphs", "sentences", "tokens"):
        yield from _forward(name, tables[name])


def _forward(name: str, rows: Iterable[Row]) -> Iterator[Violation]:
    doc_id, end = "", 0
    for number, row in enumerate(rows, 2):
        start, stop = _place(row)
        if row["doc_id"] == doc_id and start < end:
            yield Violation(
                f"{name}.csv", number, f"{start} is before the end of the row above, {end}"
            )
        doc_id, end = row["doc_id"], stop


def _tokens(tables: Rows) -> Iterator[Violation]:
    for number, row in enumerate(tables["tokens"], 2):
        if row["head_token_id"] == row["token_id"]:
            yield Violation("tokens.csv", number, "a token is its own head; a root has none")


def _counts(tables: Rows) -> Iterator[Violation]:
    counts = {name: Counter(row["doc_id"] for row in tables[name]) for name in _COUNTED}
    for number, row in enumerate(tables["documents"], 2):
        for name in _COUNTED:
            if _int(row[f"n_{name}"]) != counts[name][row["doc_id"]]:
                message = f"n_{name} is {row[f'n_{name}']}; there are {counts[name][row['doc_id']]}"
                yield Violation("documents.csv", number, message)


def _entities(tables: Rows) -> Iterator[Violation]:
    mentions = [
        row for row in tables["annotations"] if row["entity_id"] and row["status"] != "rejected"
    ]
    n_mentions = Counter(row["entity_id"] for row in mentions)
    pairs = {(row["entity_id"], row["doc_id"]) for row in mentions}
    n_docs = Counter(entity_id for entity_id, _ in pairs)
    for number, row in enumerate(tables["entities"], 2):
        real = (n_mentions[row["entity_id"]], n_docs[row["entity_id"]])
        if (_int(row["n_mentions"]), _int(row["n_docs"])) != real:
            message = f"{row['entity_id']} has {real[0]} mentions in {real[1]} documents"
            yield Violation("entities.csv", number, message)


def _bounds(tables: Rows) -> Iterator[Violation]:
    for number, row in enumerate(tables["dates"], 2):
        if row["start_date"] and row["end_date"] and row["start_date"] > row["end_date"]:
            message = f"start_date {row['start_date']} is after end_date {row['end_date']}"
            yield Violation("dates.csv", number, message)
    for number, row in enumerate(tables["money"], 2):
        try:
            reversed_ = Decimal(row["amount_min"]) > Decimal(row["amount_max"])
        except InvalidOperation:  # open, or no number and said elsewhere
            continue
        if reversed_:
            message = f"amount_min {row['amount_min']} is above amount_max {row['amount_max']}"
            yield Violation("money.csv", number, message)


def _place(row: Row) -> tuple[int, int]:
    return _int(row["start"]) or 0, _int(row["end"]) or 0


def _holds(outer: Row, inner: Row) -> bool:
    (first, last), (start, end) = _place(outer), _place(inner)
    return first <= start and end <= last


def _begins_in(outer: Row, inner: Row) -> bool:
    (first, last), (start, _) = _place(outer), _place(inner)
    return first <= start < last
