"""The tables of a dataset from its journal: one document after the other, in the order of their ids."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict
from itertools import chain, islice
from pathlib import Path
from typing import IO

from seimeibun.batch.journal import Journal, Part
from seimeibun.batch.part import TEXT as TEXT_PIECE
from seimeibun.batch.part import WITH_ROWS, mentions_in
from seimeibun.tables import datapackage, dialect
from seimeibun.tables.entities import EntityCounts
from seimeibun.tables.folder import TEXT, beside, put, sweep
from seimeibun.tables.layers import Row
from seimeibun.tables.rows import columns_of
from seimeibun.tables.schema import TABLES

_BATCH = 1_000  # rows that are written at once
RUN = "run.json"


def write_tables(
    journal: Journal,
    folder: Path,
    *,
    excel_guard: bool = True,
    run_json: Callable[[Mapping[str, int]], str],
) -> Counter[str]:
    """Write the dataset that the journal holds; return the number of its rows by table and layer.

    ``run_json`` makes the text of ``run.json`` from those numbers. Memory does not grow with the number of
    documents. All files are first written beside their places; texts that are there already are left alone.
    """
    sweep(folder)
    counts: Counter[str] = Counter()
    entities = EntityCounts()
    with beside(folder) as new:
        with ExitStack() as stack:
            files = {name: stack.enter_context((new / f"{name}.csv").open("wb")) for name in TABLES}
            for name, table in TABLES.items():
                files[name].write(dialect.header_line(table))
            for part in journal.parts(excel_guard=excel_guard):
                _write_document(part, files, new, folder)
                entities.add(mentions_in(part.pieces))
                counts.update(part.counts)
                counts["characters"] += part.n_chars
            for name, rows in (("entities", entities.rows()), ("errors", _errors(journal))):
                counts[name] = _write_rows(name, rows, files[name], excel_guard=excel_guard)
            for file in files.values():
                file.flush()
                os.fsync(file.fileno())
        description = datapackage.to_json(excel_guard=excel_guard)
        (new / datapackage.NAME).write_text(description, encoding="utf-8", newline="")
        (new / RUN).write_text(run_json(counts), encoding="utf-8", newline="")
        put(new, folder)
    for doc_id in journal.gone():
        (folder / TEXT / f"{doc_id}.txt").unlink(missing_ok=True)
    journal.forget_gone()
    return counts


def _write_document(part: Part, files: Mapping[str, IO[bytes]], new: Path, folder: Path) -> None:
    for pieces in chain([part.pieces], part.more):
        for name in WITH_ROWS:
            files[name].write(pieces.get(name, b""))
    name = f"{part.doc_id}.txt"
    if not _holds(folder / TEXT / name, part.pieces[TEXT_PIECE]):
        (new / TEXT / name).write_bytes(part.pieces[TEXT_PIECE])


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _write_rows(name: str, rows: Iterable[Row], file: IO[bytes], *, excel_guard: bool) -> int:
    """Write rows a batch at a time, and return how many they were."""
    count = 0
    waiting = iter(rows)
    while some := list(islice(waiting, _BATCH)):
        columns = columns_of(name, some)
        file.write(dialect.lines(TABLES[name], columns.values(), excel_guard=excel_guard))
        count += len(some)
    return count


def _errors(journal: Journal) -> Iterator[Row]:
    for failure in journal.failures():
        yield asdict(failure)
