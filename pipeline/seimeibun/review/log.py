"""Logs on disk: ``review/<doc_id>.<reviewer>.jsonl``, append-only, one file a document and reviewer.

A line counts once it is whole and on disk: append, flush, fsync, then the answer to the reviewer. A last
line that is torn was never answered; it is reported and skipped. Any other bad line is an error, since
skipping it would drop a decision.
"""

import json
import os
import socket
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout
from pydantic import ValidationError

from seimeibun.review.events import REVIEWER, Event, now

FOLDER = "review"


class LogError(ValueError):
    """A log that cannot be used: where, what was found, what would be right."""


class LockedError(RuntimeError):
    """A log that someone else has open for writing."""


@dataclass(frozen=True, slots=True)
class LogFile:
    """Where the decisions of a reviewer about a document are."""

    doc_id: str
    reviewer: str
    path: Path


@dataclass(frozen=True, slots=True)
class Reading:
    """The events of a log in their order. ``torn`` says what was skipped at its end, "" if nothing."""

    events: tuple[Event, ...]
    torn: str = ""
    whole: int = 0  # bytes up to the end of the last whole line


def log_file(folder: Path, doc_id: str, reviewer: str) -> LogFile:
    """Return the place of a log in the dataset ``folder``."""
    if not REVIEWER.fullmatch(reviewer):
        message = f"the reviewer is {reviewer!r}; a name is up to 40 letters, digits, _ or -"
        raise LogError(message)
    return LogFile(doc_id, reviewer, folder / FOLDER / f"{doc_id}.{reviewer}.jsonl")


def log_files(folder: Path) -> list[LogFile]:
    """Return the logs in the dataset ``folder``, in the order of documents and reviewers."""
    found = []
    for path in (folder / FOLDER).glob("*.jsonl"):
        doc_id, dot, reviewer = path.name.removesuffix(".jsonl").rpartition(".")
        if not dot or not REVIEWER.fullmatch(reviewer):
            message = f"{path}: a log is named <doc_id>.<reviewer>.jsonl"
            raise LogError(message)
        found.append(LogFile(doc_id, reviewer, path))
    return sorted(found, key=lambda file: (file.doc_id, file.reviewer))


def read_log(file: LogFile) -> Reading:
    """Return the events of a log; none if there is no such file."""
    try:
        data = file.path.read_bytes()
    except FileNotFoundError:
        return Reading(())
    events: dict[str, tuple[bytes, Event]] = {}
    position = 0
    lines = data.split(b"\n")
    if lines[-1] == b"":
        lines.pop()
    for number, line in enumerate(lines, 1):
        last = number == len(lines)
        try:
            event = _event(line, file)
        except ValueError as error:
            where = f"{file.path}:{number}"
            if last and not isinstance(error, _ForeignError):
                torn = f"{where}: the last line is torn and was skipped ({len(line)} bytes)"
                return Reading(tuple(event for _, event in events.values()), torn, position)
            message = f"{where}: {error}"
            raise LogError(message) from None
        known = events.get(event.event_id)
        if known and known[0] != line:
            message = f"{file.path}:{number}: event_id {event.event_id} stands above already, for another event"
            raise LogError(message)
        events.setdefault(event.event_id, (line, event))
        position += len(line) + 1
    return Reading(tuple(event for _, event in events.values()), whole=min(position, len(data)))


class _ForeignError(ValueError):
    """A whole event, but of another document or reviewer."""


def _event(line: bytes, file: LogFile) -> Event:
    try:
        event = Event.from_line(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        where = ".".join(map(str, first["loc"]))
        message = f"not an event: {f'{where}: ' if where else ''}{first['msg']}"
        raise ValueError(message) from None
    if (event.doc_id, event.reviewer) != (file.doc_id, file.reviewer):
        message = (
            f"an event of {event.reviewer} about {event.doc_id}; "
            f"this file holds those of {file.reviewer} about {file.doc_id}"
        )
        raise _ForeignError(message)
    return event


class Log:
    """A log open for writing; no other process can have it open at the same time.

    Opening it again in the same process (a cell that is run once more) takes it over: the older one
    then refuses to write.
    """

    _open: "dict[Path, Log]" = {}  # noqa: RUF012 - one for the process

    def __init__(self, file: LogFile) -> None:
        self.file = file
        file.path.parent.mkdir(parents=True, exist_ok=True)
        self._key = file.path.resolve()
        if older := Log._open.get(self._key):
            older.close()
        self._lock = FileLock(f"{file.path}.lock", is_singleton=False, thread_local=False)
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            message = f"{file.path} is open for writing elsewhere ({_owner(file.path)})"
            raise LockedError(message) from None
        try:
            reading = read_log(file)
            self.torn = reading.torn
            if reading.torn:
                _put_aside(file.path, reading.whole)
            self._file = file.path.open("ab")
        except BaseException:
            self._lock.release()
            raise
        self.events: list[Event] = list(reading.events)
        try:
            _finish_line(file.path, self._file.fileno())
            _say_owner(file.path)
            _sync_folder(file.path.parent)
        except BaseException:
            self._file.close()
            self._lock.release()
            raise
        Log._open[self._key] = self

    @classmethod
    def is_open(cls, file: LogFile) -> bool:
        """Tell whether this process has the log open for writing."""
        return file.path.resolve() in cls._open

    @property
    def closed(self) -> bool:
        return self._file.closed

    def append(self, event: Event) -> None:
        """Write the event; when this returns, it is on disk. On failure nothing of it counts."""
        if self.closed:
            message = f"{self.file.path} was opened again elsewhere in this process; use that one"
            raise LockedError(message)
        if (event.doc_id, event.reviewer) != (self.file.doc_id, self.file.reviewer):
            message = f"{self.file.path} is no log of {event.reviewer} about {event.doc_id}"
            raise LogError(message)
        line = event.to_line()
        size = os.fstat(self._file.fileno()).st_size
        try:
            self._file.write(line)
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError:
            self._take_back(size)
            raise
        self.events.append(event)

    def _take_back(self, size: int) -> None:
        """Cut off what a failed write left, so that the next line does not grow together with it."""
        with suppress(OSError):  # may fail again: its buffer still holds the line
            self._file.close()
        with self.file.path.open("r+b") as file:
            file.truncate(size)
        self._file = self.file.path.open("ab")

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        if Log._open.get(self._key) is self:
            del Log._open[self._key]
            owner_path(self.file.path).unlink(missing_ok=True)
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Draft:
    """A log that writes nothing: to try whether decisions can all be made before any is written."""

    torn = ""
    closed = False

    def __init__(self, events: Iterable[Event]) -> None:
        self.events = list(events)
        self.new: list[Event] = []

    def append(self, event: Event) -> None:
        self.events.append(event)
        self.new.append(event)

    def close(self) -> None:
        pass


def owner_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.owner")


def _say_owner(path: Path) -> None:
    owner = {"host": socket.gethostname(), "pid": os.getpid(), "since": now()}
    owner_path(path).write_text(json.dumps(owner), encoding="utf-8")


def _owner(path: Path) -> str:
    try:
        owner = json.loads(owner_path(path).read_text(encoding="utf-8"))
        return f"process {owner['pid']} on {owner['host']}, since {owner['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "by another process"


def _put_aside(path: Path, whole: int) -> None:
    """Move the torn end of a log to ``<log>.torn``: it was never acknowledged, but may be of use."""
    with path.open("r+b") as file:
        file.seek(whole)
        torn = file.read()
        with path.with_name(f"{path.name}.torn").open("ab") as aside:
            aside.write(torn.rstrip(b"\n") + b"\n")
            aside.flush()
            os.fsync(aside.fileno())
        file.truncate(whole)
        os.fsync(file.fileno())


def _finish_line(path: Path, descriptor: int) -> None:
    """End a last line that an editor left without line end; it is whole, or it would be put aside."""
    data = path.read_bytes()
    if data and not data.endswith(b"\n"):
        os.write(descriptor, b"\n")


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def readings(folder: Path) -> Iterator[tuple[LogFile, Reading]]:
    for file in log_files(folder):
        yield file, read_log(file)
