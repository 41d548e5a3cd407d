"""What a batch reads, and what each document is called."""

import hashlib
import os
import sqlite3
import weakref
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from seimeibun.batch.find import PassedOver, Refusal, find_files
from seimeibun.batch.journal import Journal, Known
from seimeibun.batch.names import doc_id_of
from seimeibun.batch.outcome import Item
from seimeibun.sources import Limits, SourceError
from seimeibun.sources.archive import read_member, split_path
from seimeibun.sources.candidates import stem_of
from seimeibun.sources.limits import DEFAULT

_ITEMS = (
    "CREATE TABLE item"
    " (file BLOB PRIMARY KEY, source_path BLOB, size INTEGER, doc_id TEXT, folded TEXT UNIQUE)"
)
# how many have been called after a file name: a site has an index.html in each of its thousand folders
_NUMBERS = "CREATE TABLE number (name TEXT PRIMARY KEY, highest INTEGER)"


class Plan:
    """The files of a batch, each once and with an id of its own, and the sources without any.

    ``passed_over`` counts, by suffix, the files of folders and archives that are taken for no statements.

    They are kept in a database that SQLite holds in memory while it is small and on disk beyond. A file that
    the journal knows keeps its id; others get theirs in the order of their paths, so that a run that was
    interrupted comes to the same ids when it is run again. With ``prune`` the ids of documents that are not
    planned are free, before as after those are removed.
    """

    def __init__(self, journal: Journal | None = None, *, prune: bool = False) -> None:
        self.refusals: list[Refusal] = []
        self.passed_over: Counter[str] = Counter()
        self._prune = prune
        self._journal = journal
        self._db = sqlite3.connect("", isolation_level=None)
        weakref.finalize(self, self._db.close)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("BEGIN")
        self._db.execute(_ITEMS)
        self._db.execute(_NUMBERS)

    def __len__(self) -> int:
        count: int = self._db.execute("SELECT count(*) FROM item").fetchone()[0]
        return count

    def items(self, *, largest_first: bool = False) -> Iterator[Item]:
        """Yield the files in the order of their ids, or ``largest_first``, which keeps workers busy to the end."""
        order = "size DESC, doc_id" if largest_first else "doc_id"
        rows = self._db.execute(f"SELECT source_path, doc_id, size FROM item ORDER BY {order}")
        for path, doc_id, size in rows:
            yield self._item(os.fsdecode(path), doc_id, size)

    def has(self, source_path: str) -> bool:
        """Tell whether the file is read under this path."""
        found = self._db.execute(
            "SELECT 1 FROM item WHERE source_path = ?", (os.fsencode(source_path),)
        )
        return found.fetchone() is not None

    def add(self, path: str) -> None:
        """Take a file; of several paths to it the first in their order stays."""
        inside = split_path(path)
        file = (
            os.path.realpath(path) if not inside else f"{os.path.realpath(inside[0])}!{inside[1]}"
        )
        size = 0 if inside else _size(path)
        self._db.execute(
            "INSERT INTO item (file, source_path, size) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET source_path = min(source_path, excluded.source_path)",
            (os.fsencode(file), os.fsencode(path), size),
        )

    def name(self) -> None:
        """Give every file its id."""
        self._db.execute("CREATE INDEX by_path ON item (source_path)")
        paths = "SELECT source_path FROM item WHERE doc_id IS NULL ORDER BY source_path"
        if self._journal:
            for (path,) in self._db.execute(paths):
                if known := self._journal.by_path(os.fsdecode(path)):
                    self._call(path, known.doc_id)
        for (path,) in self._db.execute(paths):
            self._call(path, self._free(os.fsdecode(path)))

    def _call(self, path: bytes, doc_id: str) -> None:
        self._db.execute(
            "UPDATE item SET doc_id = ?, folded = ? WHERE source_path = ?",
            (doc_id, doc_id.casefold(), path),
        )

    def _free(self, source_path: str) -> str:
        """Return an id that no other document has, also where case makes no difference."""
        first = doc_id_of(_stem(source_path))
        number = self._highest(first)
        name = first if number == 1 else f"{first}-{number}"
        while not self._is_free(name, source_path):
            number += 1
            name = f"{first}-{number}"
        self._db.execute("INSERT OR REPLACE INTO number VALUES (?, ?)", (first.casefold(), number))
        return name

    def _highest(self, name: str) -> int:
        row = self._db.execute(
            "SELECT highest FROM number WHERE name = ?", (name.casefold(),)
        ).fetchone()
        return row[0] if row else 1

    def _is_free(self, name: str, source_path: str) -> bool:
        if self._owner(name):
            return False
        known = self._journal.by_name(name) if self._journal else None
        if known is None or self.has(known.source_path):
            return known is None
        return self._prune or self._has_moved(known, source_path)

    def _has_moved(self, known: Known, source_path: str) -> bool:
        """Tell whether the document of the journal is this file, which had another path then."""
        return digest(source_path) == known.sha256

    def _owner(self, name: str) -> str:
        """Return the path of the file of the batch that has the id, "" for none."""
        row = self._db.execute(
            "SELECT source_path FROM item WHERE folded = ?", (name.casefold(),)
        ).fetchone()
        return os.fsdecode(row[0]) if row else ""

    def _item(self, source_path: str, doc_id: str, size: int) -> Item:
        first = doc_id_of(_stem(source_path))
        if doc_id == first:
            return Item(source_path, source_path, doc_id, size=size)
        known = self._journal.by_name(first) if self._journal else None
        other = self._owner(first) or (known.source_path if known else "another file")
        warning = f"same file name as {other}, so called {doc_id}"
        return Item(source_path, source_path, doc_id, (warning,), size)


def plan_batch(
    sources: Iterable[str],
    *,
    without: Path | None = None,
    limits: Limits = DEFAULT,
    journal: Journal | None = None,
    prune: bool = False,
) -> Plan:
    """Return the files that ``sources`` mean: files, folders (with all below them), patterns, ZIP archives, ``-``.

    A file meant twice is read once. ``without`` is a folder to be left out, the one that is written to;
    ``journal`` knows the documents that are there, which ``prune`` is to remove if they are not planned.
    """
    plan = Plan(journal, prune=prune)
    refusals: dict[str, Refusal] = {}
    for found in find_files(sources, limits, without=without):
        if isinstance(found, Refusal):
            refusals[found.source_path] = found
        elif isinstance(found, PassedOver):
            plan.passed_over[found.kind] += 1
        else:
            plan.add(found)
    plan.refusals = sorted(refusals.values(), key=lambda refusal: refusal.source_path)
    plan.name()
    return plan


def digest(path: str, limits: Limits = DEFAULT) -> str:
    """Return the SHA-256 of a file, also of one in an archive; "" where it cannot be read."""
    try:
        if inside := split_path(path):
            return hashlib.sha256(read_member(*inside, limits)).hexdigest()
        if not os.path.isfile(path):  # noqa: PTH113 (a pipe would keep us waiting; a NUL is no error here)
            return ""
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError, SourceError):
        return ""


def _stem(path: str) -> str:
    """Return the name of a file without its suffix, also of one in an archive."""
    inside = split_path(path)
    return stem_of(Path(inside[1] if inside else path).as_posix())


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116
    except (OSError, ValueError):
        return 0
