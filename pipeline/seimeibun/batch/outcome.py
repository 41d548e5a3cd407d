"""What becomes of a file in a batch: rows, or a failure."""

from dataclasses import dataclass, field
from typing import Any

from seimeibun.sources.limits import DEFAULT, Limits


@dataclass(frozen=True, slots=True)
class Item:
    """A file to be read; ``source_path`` names it as the user did, with / between folders.

    ``path`` is for ``read_source``: of a file in an archive it is that of the archive, ``!``, the name inside.
    ``size`` is in bytes, 0 where it is not known.
    """

    path: str
    source_path: str
    doc_id: str = ""
    warnings: tuple[str, ...] = ()
    size: int = 0


@dataclass(frozen=True, slots=True)
class Settings:
    """How every file of a batch is read and written.

    ``encoding`` overrides what the bytes suggest, ``date`` is the date of every document (ISO), ``selector``
    (CSS) says which part of every web page is the statement. ``max_memory`` is in megabytes and bounds a worker
    process on Linux, 0 is no bound.
    """

    encoding: str | None = None
    date: str = ""
    selector: str = ""
    limits: Limits = DEFAULT
    max_memory: int = 0
    excel_guard: bool = True


@dataclass(frozen=True, slots=True)
class Done:
    """A document's rows, packed; ``counts`` are its rows by table and its annotations by layer.

    ``exact_check`` is what the check against GiNZA found, where it was asked for.
    """

    item: Item
    sha256: str
    n_chars: int
    counts: dict[str, int]
    part: bytes = field(repr=False)
    exact_check: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that gave no document: ``stage`` is plan, read, statement, annotate or tables."""

    source_path: str
    code: str
    stage: str
    message: str


Outcome = Done | Failure
