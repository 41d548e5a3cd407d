"""What compare reads: some columns of a dataset, from its folder or from its DataFrames.

The whole dataset with all its checks is read by :func:`seimeibun.tables.read.read_dataset`; a comparison
needs a third of the columns and reads them in a tenth of the time.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from seimeibun.compare.errors import CompareError
from seimeibun.tables import dialect

COLUMNS: dict[str, tuple[str, ...]] = {
    "documents": ("doc_id", "title", "doc_type", "date", "year", "place"),
    "parties": ("doc_id", "party_no", "iso3", "name"),
    "paragraphs": ("doc_id", "para_no", "kind"),
    "sentences": ("doc_id", "sent_no", "para_no", "kind", "start", "end"),
    "tokens": (
        "doc_id", "sent_no", "start", "end", "token", "norm", "lemma", "reading", "upos", "xpos",
        "bunsetu_no",
    ),
    "annotations": (
        "span_id", "doc_id", "sent_no", "layer", "label", "start", "end", "text", "parent_span_id",
        "entity_id", "status",
    ),
    "agreements": (
        "span_id", "doc_id", "sent_no", "start", "end", "lemma", "category", "category_ja", "level",
        "commitment_level", "polarity", "intensifier", "actor_text", "actor_start", "actor_end",
        "actor_resolved", "actor_scope",
    ),
    "entities": ("entity_id", "label", "canonical"),
}  # fmt: skip
NUMBERS = {
    "year", "party_no", "para_no", "sent_no", "start", "end", "bunsetu_no", "commitment_level",
    "actor_start", "actor_end",
}  # fmt: skip
ABSENT = -1  # of a number that is null


@dataclass(frozen=True)
class Dataset:
    """The tables that a comparison reads; text is ``str`` with "" for null, numbers int with -1 for null."""

    tables: Mapping[str, pd.DataFrame]
    name: str = "DataFrames"
    sha256: Mapping[str, str] = field(default_factory=dict)  # of the files, by table

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table]


def read_folder(
    folder: str | os.PathLike[str], *, metadata: pd.DataFrame | str | Path | None = None
) -> Dataset:
    """Read what a comparison needs from the dataset in ``folder``.

    ``metadata`` are further columns of the documents, with a column ``doc_id``: a DataFrame or a CSV file.
    """
    path = Path(folder)
    if not path.is_dir():
        message = f"no such folder: {path}; a dataset is what `seimeibun annotate … -o` wrote"
        raise CompareError(message)
    _check_version(path)
    guarded = _is_guarded(path)
    files = {table: path / f"{table}.csv" for table in COLUMNS}
    tables = {
        table: _read_csv(file, COLUMNS[table], every=table == "documents", guarded=guarded)
        for table, file in files.items()
    }
    hashes = {table: _sha256(file) for table, file in files.items()}
    return Dataset(_prepared(tables, metadata), path.name or str(path), hashes)


def take_tables(
    tables: Mapping[str, pd.DataFrame], *, metadata: pd.DataFrame | str | Path | None = None
) -> Dataset:
    """Take the DataFrames of ``seimeibun.tables(docs)`` or ``seimeibun.read_dataset(folder)``."""
    taken = {}
    for name, columns in COLUMNS.items():
        if name not in tables:
            message = f"no table {name!r}; a comparison needs {', '.join(COLUMNS)}"
            raise CompareError(message)
        _check_columns(name, tables[name].columns, columns)
        wanted = list(tables[name].columns) if name == "documents" else list(columns)
        taken[name] = tables[name][wanted]
    typed = {name: _typed(df) for name, df in taken.items()}
    return Dataset(_prepared(typed, metadata))


def _read_csv(
    path: Path, columns: tuple[str, ...], *, every: bool, guarded: bool = True
) -> pd.DataFrame:
    if not path.is_file():
        message = f"{path} is missing; a dataset has {', '.join(f'{name}.csv' for name in COLUMNS)}"
        raise CompareError(message)
    # pandas passes over the byte order mark by itself, in half the time of Python's codec for it
    options: dict[str, Any] = {"keep_default_na": False, "encoding": "utf-8"}
    try:
        header = list(pd.read_csv(path, nrows=0, dtype=str, **options).columns)
        _check_columns(path.name, header, columns)
        wanted = header if every else list(columns)
        numbers = [name for name in wanted if name in NUMBERS]
        df = pd.read_csv(
            path,
            usecols=wanted,
            # Every different text is made once, and shared by the rows that have it
            dtype={name: "float64" if name in NUMBERS else "category" for name in wanted},
            na_values={name: [""] for name in numbers},
            **options,
        )
        # A column of nothing but digits becomes one of numbers: 007 would be 7
        digits = [name for name in wanted if name not in NUMBERS and not _is_text(df[name])]
        if digits:
            again = pd.read_csv(path, usecols=digits, dtype=str, **options)
            df = df.assign(**{name: again[name].astype("category") for name in digits})
    except ValueError as error:
        message = f"{path} is not CSV as seimeibun writes it: {error}"
        raise CompareError(message) from None
    return pd.DataFrame({name: _cells(df[name], guarded=guarded) for name in wanted})


def _is_text(column: pd.Series) -> bool:
    return not len(column) or column.cat.categories.dtype.kind not in "biuf"


def _cells(column: pd.Series, *, guarded: bool) -> pd.Series:
    """Return a column as it was read: numbers as int, texts without their formula guard."""
    if column.name in NUMBERS:
        return column.fillna(ABSENT).astype(np.int64)
    texts = column.cat.categories.tolist()
    if guarded:
        texts = [dialect.unguard(text) for text in texts]
    # the last one is for cells that a short row lacks, whose code is -1
    return pd.Series(np.array([*texts, ""], dtype=object)[column.cat.codes], dtype=object)


def _check_columns(name: str, header: Iterable[str], columns: tuple[str, ...]) -> None:
    header = list(header)
    if missing := [column for column in columns if column not in header]:
        message = (
            f"{name}: no column {', '.join(missing)}; it has {', '.join(header)}. "
            "Was it written by another version? Annotate the sources again with this one."
        )
        raise CompareError(message)


def _check_version(folder: Path) -> None:
    """Refuse a dataset whose tables may mean something else: another major version (0.x: minor)."""
    path = folder / "run.json"
    if not path.is_file():
        return
    try:
        written = json.loads(path.read_text(encoding="utf-8"))["versions"]["ja-seimeibun"]
    except (ValueError, KeyError, TypeError):
        return
    ours = version("ja-seimeibun")
    if _series(str(written)) != _series(ours):
        message = (
            f"{folder} was written by seimeibun {written}, this is {ours}; their tables differ. "
            "Annotate the sources again with this version."
        )
        raise CompareError(message)


def _series(number: str) -> tuple[str, ...]:
    """Return the part of a version within which tables keep their meaning.

    >>> _series("1.4.2"), _series("0.3.1")
    (('1',), ('0', '3'))
    """
    parts = number.split(".")
    return tuple(parts[:2] if parts[0] == "0" else parts[:1])


def _is_guarded(folder: Path) -> bool:
    from seimeibun.tables import datapackage

    try:
        text = (folder / datapackage.NAME).read_text(encoding="utf-8")
        return bool(datapackage.is_guarded(json.loads(text)))
    except (OSError, ValueError, KeyError, TypeError):
        return True


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _prepared(
    tables: Mapping[str, pd.DataFrame], metadata: pd.DataFrame | str | Path | None
) -> dict[str, pd.DataFrame]:
    prepared = dict(tables)
    documents = prepared["documents"]
    documents["partner"] = _partners(documents, prepared["parties"])
    documents["decade"] = [
        "" if year == ABSENT else f"{year // 10 * 10}-{year // 10 * 10 + 9}"
        for year in documents["year"]
    ]
    if metadata is not None:
        prepared["documents"] = _joined(documents, metadata)
    return prepared


def _typed(df: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({name: _column(df[name]) for name in df.columns})


def _column(cells: pd.Series) -> pd.Series:
    if cells.name in NUMBERS:
        numbers = pd.to_numeric(cells.replace("", ABSENT) if cells.dtype == "str" else cells)
        return numbers.fillna(ABSENT).astype(np.int64)
    return (
        cells.astype("str").fillna("").astype(object) if cells.dtype != object else cells.fillna("")
    )


def _partners(documents: pd.DataFrame, parties: pd.DataFrame) -> list[str]:
    """Return the parties of each document but Japan, ISO3 (or the name) joined by a semicolon."""
    others = parties[parties["iso3"] != "JPN"].sort_values(["doc_id", "party_no"], kind="stable")
    names = others["iso3"].where(others["iso3"] != "", others["name"])
    joined = names.groupby(others["doc_id"]).agg(";".join) if len(others) else pd.Series(dtype=str)
    return [joined.get(doc_id, "") for doc_id in documents["doc_id"]]


def _joined(documents: pd.DataFrame, metadata: pd.DataFrame | str | Path) -> pd.DataFrame:
    """Join further columns on ``doc_id``; a column that is there already is replaced."""
    source = "metadata"
    if not isinstance(metadata, pd.DataFrame):
        source = str(metadata)
        metadata = _read_csv(Path(metadata), ("doc_id",), every=True)
    _check_columns(source, metadata.columns, ("doc_id",))
    further = metadata.astype(str).set_index("doc_id")
    if len(doubled := further.index[further.index.duplicated()]):
        message = f"{source}: doc_id {doubled[0]!r} stands twice; a document has one row"
        raise CompareError(message)
    if missing := sorted(set(documents["doc_id"]) - set(further.index)):
        message = f"{source}: no row for {len(missing)} of {len(documents)} documents, such as {missing[0]!r}"
        raise CompareError(message)
    result = documents.copy()
    for column in further.columns:
        values = further[column].reindex(documents["doc_id"]).to_numpy(dtype=object)
        result[column] = pd.to_numeric(values).astype(np.int64) if column in NUMBERS else values
    return result
