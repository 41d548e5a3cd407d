"""Docs in, DataFrames out."""

from collections.abc import Iterable, Sequence

import pandas as pd
from spacy.tokens import Doc

from seimeibun.tables import frames
from seimeibun.tables.column import Table
from seimeibun.tables.entities import EntityCounts
from seimeibun.tables.rows import Columns, columns_of, document_rows, length
from seimeibun.tables.schema import TABLES

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
        self._entities = EntityCounts()
        self._seen: set[str] = set()

    def add(
        self, doc: Doc, *, doc_id: str = "", source_path: str = "", warnings: Sequence[str] = ()
    ) -> None:
        """Take the rows of ``doc``; one that is not as declared is an error, and nothing is taken.

        ``doc_id`` and ``source_path`` win over what the ``Doc`` says, ``warnings`` join its own.
        """
        rows = document_rows(doc, doc_id=doc_id, source_path=source_path, warnings=warnings)
        if rows.doc_id in self._seen:
            message = f"two documents are called {rows.doc_id!r}; a dataset needs unique ids"
            raise ValueError(message)
        for name, columns in rows.columns.items():
            self._parts[name].extend(columns)
        self._entities.add(rows.mentions)
        self._seen.add(rows.doc_id)

    def tables(self) -> dict[str, pd.DataFrame]:
        self._parts["entities"] = _Rows(TABLES["entities"])
        self._parts["entities"].extend(columns_of("entities", self._entities.rows()))
        return {name: _sorted(name, rows.frame()) for name, rows in self._parts.items()}


class _Rows:
    """Columns of one table that grow; compact once they are many."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._frames: list[pd.DataFrame] = []
        self._columns: Columns = {name: [] for name in table.names}

    def extend(self, columns: Columns) -> None:
        for name, values in self._columns.items():
            values.extend(columns[name])
        if length(self._columns) >= _COMPACT_AT:
            self._compact()

    def frame(self) -> pd.DataFrame:
        self._compact()
        return (
            self._frames[0]
            if len(self._frames) == 1
            else pd.concat(self._frames, ignore_index=True)
        )

    def _compact(self) -> None:
        if length(self._columns) or not self._frames:
            self._frames.append(frames.frame(self._table, self._columns))
            self._columns = {name: [] for name in self._table.names}


def _sorted(name: str, df: pd.DataFrame) -> pd.DataFrame:
    """Order by document; within one, rows are in key order already."""
    first = TABLES[name].names[0] if name in {"documents", "errors"} else "doc_id"
    if first not in df.columns or df[first].is_monotonic_increasing:
        return df
    return df.sort_values(first, kind="stable", ignore_index=True)
