"""The journal of a dataset: every document that was annotated, with its rows, as soon as it was.

One SQLite file beside the tables. The tables are made from it and can always be made again; what a
transaction wrote is there after a crash, and what it had not yet written is annotated again. While a run has
the journal open, no other run can.
"""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Self

from seimeibun.batch.outcome import Done, Failure
from seimeibun.batch.part import in_layout, layout, unpacked

NAME = ".journal.sqlite3"
_VERSION = 1
_WAIT = 5.0  # seconds for another run to end
_COMMIT_EVERY = 0.5  # seconds of work that a crash may cost
_TABLES = """
CREATE TABLE layout (number INTEGER PRIMARY KEY, description TEXT UNIQUE);
CREATE TABLE document (
    doc_id TEXT PRIMARY KEY, folded TEXT UNIQUE, source_path BLOB UNIQUE, sha256 TEXT, pipeline TEXT,
    layout INTEGER, n_chars INTEGER, counts TEXT, part BLOB
);
CREATE TABLE failure (source_path BLOB PRIMARY KEY, code TEXT, stage TEXT, message TEXT);
CREATE TABLE gone (doc_id TEXT PRIMARY KEY);
"""


class JournalError(Exception):
    """A journal that cannot be used: another run has it, or it is none of ours."""


@dataclass(frozen=True, slots=True)
class Known:
    """A document of the journal."""

    doc_id: str
    source_path: str
    sha256: str
    pipeline: str


@dataclass(frozen=True, slots=True)
class Part:
    """What a document adds to the dataset; a long one has ``more`` rows behind those of ``pieces``."""

    doc_id: str
    n_chars: int
    counts: dict[str, int]
    pieces: dict[str, bytes]
    more: Iterator[dict[str, bytes]] = field(default_factory=lambda: iter(()))


class Journal:
    """The documents of the dataset in ``folder``, and the files that failed."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        try:
            self._db = sqlite3.connect(self._path, timeout=_WAIT, isolation_level=None)
            self._open()
        except sqlite3.DatabaseError as error:
            message = f"{self._path}: {_reason(error)}"
            raise JournalError(message) from None
        self._committed = monotonic()

    @classmethod
    def of(cls, folder: Path) -> Self | None:
        """Return the journal in ``folder``, None where there is none yet."""
        return cls(folder) if (folder / NAME).is_file() else None

    def _open(self) -> None:
        self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("BEGIN EXCLUSIVE")
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            for statement in _TABLES.split(";"):
                self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version = {_VERSION}")
        elif version != _VERSION:
            message = f"it has version {version}; this seimeibun writes {_VERSION}"
            raise sqlite3.DatabaseError(message)
        self._db.execute("COMMIT")
        self._db.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Keep what was put, and let the next run in."""
        with closing(self._db):
            if self._db.in_transaction:
                self._db.execute("COMMIT")

    def commit(self) -> None:
        """Make sure that what was put stays."""
        self._db.execute("COMMIT")
        self._db.execute("BEGIN")
        self._committed = monotonic()

    def by_path(self, source_path: str) -> Known | None:
        return self._known("source_path", _bytes(source_path))

    def by_name(self, doc_id: str) -> Known | None:
        """Return the document of this id, in whatever case it is written."""
        return self._known("folded", doc_id.casefold())

    def _known(self, column: str, value: str | bytes) -> Known | None:
        row = self._db.execute(
            f"SELECT doc_id, source_path, sha256, pipeline FROM document WHERE {column} = ?",
            (value,),
        ).fetchone()
        return Known(row[0], _text(row[1]), *row[2:]) if row else None

    def put(self, done: Done, *, pipeline: str, excel_guard: bool) -> None:
        """Keep the rows of a document instead of those that it had."""
        item = done.item
        self._db.execute("DELETE FROM document WHERE source_path = ?", (_bytes(item.source_path),))
        self._db.execute(
            "INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                item.doc_id,
                item.doc_id.casefold(),
                _bytes(item.source_path),
                done.sha256,
                pipeline,
                self._layout(excel_guard=excel_guard),
                done.n_chars,
                json.dumps(done.counts),
                done.part,
            ),
        )
        self.forget_failure(item.source_path)
        self._commit_now_and_then()

    def fail(self, failure: Failure) -> None:
        """Keep a failure instead of the one that the file had; rows that it had stay."""
        self._db.execute(
            "INSERT OR REPLACE INTO failure VALUES (?, ?, ?, ?)",
            (_bytes(failure.source_path), failure.code, failure.stage, failure.message),
        )
        self._commit_now_and_then()

    def forget_failure(self, source_path: str) -> None:
        self._db.execute("DELETE FROM failure WHERE source_path = ?", (_bytes(source_path),))

    def forget_refusals(self) -> None:
        """Drop the sources that gave no files: the next run says which those are."""
        self._db.execute("DELETE FROM failure WHERE stage = 'plan'")

    def documents(self) -> Iterator[Known]:
        for row in self._db.execute("SELECT doc_id, source_path, sha256, pipeline FROM document"):
            yield Known(row[0], _text(row[1]), *row[2:])

    def failures(self) -> Iterator[Failure]:
        """Yield the failures in the order of their paths."""
        for path, *rest in self._db.execute("SELECT * FROM failure ORDER BY source_path"):
            yield Failure(_text(path), *rest)

    def remove(self, known: Known) -> None:
        self._db.execute("DELETE FROM document WHERE doc_id = ?", (known.doc_id,))
        self._db.execute("INSERT OR REPLACE INTO gone VALUES (?)", (known.doc_id,))

    def parts(self, *, excel_guard: bool) -> Iterator[Part]:
        """Yield the documents in the order of their ids, as they are written now."""
        now = layout(excel_guard=excel_guard)
        for doc_id, n_chars, counts, part, was in self._db.execute(
            "SELECT doc_id, n_chars, counts, part, description FROM document"
            " JOIN layout ON layout.number = document.layout ORDER BY doc_id"
        ):
            packs = unpacked(part)
            if was != now:
                packs = (in_layout(pieces, was, excel_guard=excel_guard) for pieces in packs)
            yield Part(doc_id, n_chars, json.loads(counts), next(packs), packs)

    def gone(self) -> list[str]:
        """Return the ids of documents that were removed and whose texts may still be there."""
        rows = self._db.execute("SELECT doc_id FROM gone WHERE doc_id NOT IN (SELECT doc_id FROM document)")  # fmt: skip
        return [doc_id for (doc_id,) in rows]

    def forget_gone(self) -> None:
        self._db.execute("DELETE FROM gone")

    def _layout(self, *, excel_guard: bool) -> int:
        description = layout(excel_guard=excel_guard)
        self._db.execute("INSERT OR IGNORE INTO layout (description) VALUES (?)", (description,))
        number: int = self._db.execute(
            "SELECT number FROM layout WHERE description = ?", (description,)
        ).fetchone()[0]
        return number

    def _commit_now_and_then(self) -> None:
        if monotonic() - self._committed > _COMMIT_EVERY:
            self.commit()


def _reason(error: sqlite3.DatabaseError) -> str:
    if not isinstance(error, sqlite3.OperationalError):
        return f"this is no journal that can be read ({error})"
    if "locked" in str(error):
        return "another run is writing to it, which must end first"
    return f"it cannot be written ({error})"


def _bytes(path: str) -> bytes:
    """Return a path as the database keeps it: also one that is not UTF-8, and in the order of its signs."""
    return os.fsencode(path)


def _text(path: bytes) -> str:
    return os.fsdecode(path)
