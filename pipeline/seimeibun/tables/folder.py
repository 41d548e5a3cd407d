"""The folder of a dataset: every file comes to its place whole or not at all. No DataFrame is needed for that."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from seimeibun.tables import dialect

TEXT = "text"  # folder of the texts as published, <doc_id>.txt
_BESIDE = ".seimeibun-"
_SOME = 1_000


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
    """Move the files to their places in ``folder``, the texts first; each is there whole at every instant."""
    (folder / TEXT).mkdir(exist_ok=True)
    while names := _some_names(new / TEXT):
        for name in names:
            (new / TEXT / name).replace(folder / TEXT / name)
    for path in sorted(path for path in new.iterdir() if path.is_file()):
        path.replace(folder / path.name)


def _some_names(folder: Path) -> list[str]:
    """Return the names of some of the files in ``folder``, which may have very many."""
    with os.scandir(folder) as entries:
        return [entry.name for entry in islice(entries, _SOME)]


def sweep(folder: Path) -> None:
    """Take away what runs that were killed left beside the dataset."""
    for left in folder.glob(f"{_BESIDE}*"):
        shutil.rmtree(left, ignore_errors=True)
