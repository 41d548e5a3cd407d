"""A dataset to a folder: every file whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from seimeibun.tables import checks, datapackage, dialect, frames
from seimeibun.tables.schema import TABLES

TEXT = "text"  # folder of the texts as published, <doc_id>.txt
_BESIDE = ".seimeibun-"


def write_dataset(
    tables: Mapping[str, pd.DataFrame],
    texts: Mapping[str, str],
    folder: str | os.PathLike[str],
    *,
    excel_guard: bool = True,
    run_json: str = "",
) -> None:
    """Write the tables, the texts by document id, and their description.

    All files are first written beside their places and then put there, so that a failure on the way
    leaves the old dataset as it was. Texts of documents that the old dataset had and the new one has not
    are removed; other files in the folder stay.
    """
    folder = Path(folder)
    if problems := checks.problems(tables):
        message = f"not written, since the tables are not as declared: {problems[0]}"
        raise ValueError(message)
    old = set(old_documents(folder))
    with beside(folder) as new:
        for doc_id, text in texts.items():
            (new / TEXT / f"{doc_id}.txt").write_text(text, encoding="utf-8", newline="")
        for name, table in TABLES.items():
            columns = (frames.values(tables[name], column) for column in table.columns)
            with (new / f"{name}.csv").open("w", encoding=dialect.ENCODING, newline="") as file:
                dialect.write_rows(file, table, columns, excel_guard=excel_guard)
        description = datapackage.to_json(excel_guard=excel_guard)
        (new / datapackage.NAME).write_text(description, encoding="utf-8", newline="")
        if run_json:
            (new / "run.json").write_text(run_json, encoding="utf-8", newline="")
        put(new, folder)
    for doc_id in old - texts.keys():
        (folder / TEXT / f"{doc_id}.txt").unlink(missing_ok=True)


def old_documents(folder: Path) -> list[str]:
    """Return the ids of the documents of the dataset in ``folder``; [] where there is none to be read."""
    path = folder / "documents.csv"
    if not path.is_file():
        return []
    try:
        with path.open(encoding=dialect.ENCODING, newline="") as file:
            header, rows = dialect.read_rows(file, name=str(path))
    except ValueError:  # not our file
        return []
    if not header or header[0] != "doc_id":
        return []
    ids = [dialect.unguard(row[0]) for row in rows]
    return [doc_id for doc_id in ids if doc_id == Path(doc_id).name]


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """Give a folder for new files, on the same file system, and take it away afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=_BESIDE, dir=folder))
    (new / TEXT).mkdir()
    try:
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)


def put(new: Path, folder: Path) -> None:
    """Move the files to their places in ``folder``; each is there whole at every instant."""
    (folder / TEXT).mkdir(exist_ok=True)
    for path in sorted(new.rglob("*")):
        if path.is_file():
            path.replace(folder / path.relative_to(new))


def sweep(folder: Path) -> None:
    """Take away what runs that were killed left beside the dataset."""
    for left in folder.glob(f"{_BESIDE}*"):
        shutil.rmtree(left, ignore_errors=True)
