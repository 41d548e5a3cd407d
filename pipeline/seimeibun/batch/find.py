"""The files that sources mean: files, folders, patterns, archives, lists on standard input."""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from glob import has_magic, iglob
from pathlib import Path

from seimeibun.sources import SUFFIXES, Limits, SourceError
from seimeibun.sources.archive import is_archive, members, split_path

STDIN = "-"
_WANTED = (*SUFFIXES, ".zip")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A source that gave no files: ``code`` is ``missing`` or ``no_statements``, or that of the archive's error.

    ``unsafe`` is a link out of its folder, or a name out of its archive.
    """

    source_path: str
    code: str
    message: str


def find_files(
    sources: Iterable[str], limits: Limits, *, without: Path | None = None
) -> Iterator[str | Refusal]:
    """Yield the paths that ``sources`` mean, some perhaps more than once, and the sources that mean none.

    ``-`` stands for a list on standard input, one source a line (or between NUL characters). ``without`` is
    a folder that is passed over.
    """
    passed = os.path.realpath(without) if without else None
    for source in sources:
        for line in _listed() if source == STDIN else [source]:
            for found in _find(line, passed):
                yield from [found] if isinstance(found, Refusal) else _unpacked(found, limits)


def _listed() -> Iterator[str]:
    """Yield the lines of standard input; ``find -print0`` ends them by NUL."""
    for line in sys.stdin:
        yield from (source for source in line.rstrip("\r\n").split("\0") if source)


def _find(source: str, passed: str | None) -> Iterator[str | Refusal]:
    if os.path.isdir(source):  # noqa: PTH112 (a NUL or an overlong name is no error here)
        yield from _in_folder(Path(source).as_posix(), passed)
    elif os.path.exists(source) or split_path(source):  # noqa: PTH110
        yield Path(source).as_posix()
    elif has_magic(source):
        yield from _by_pattern(source, passed)
    else:
        yield Refusal(source, "missing", "no such file or folder")


def _by_pattern(pattern: str, passed: str | None) -> Iterator[str | Refusal]:
    count = 0
    for name in iglob(pattern, recursive=True):  # noqa: PTH207 (Path.glob takes no absolute pattern)
        if os.path.isfile(name) and not _is_below(name, passed):  # noqa: PTH113
            count += 1
            yield Path(name).as_posix()
    if not count:
        yield Refusal(pattern, "missing", "no file has a name like this")


def _in_folder(folder: str, passed: str | None) -> Iterator[str | Refusal]:
    others: Counter[str] = Counter()
    count = 0
    for path in _walk(folder, passed):
        suffix = Path(path).suffix.lower()
        if suffix in _WANTED:
            count += 1
            yield _link(path, folder) if os.path.islink(path) else path  # noqa: PTH114
        else:
            others[suffix or "without suffix"] += 1
    if not count:
        wanted = ", ".join(f"*{suffix}" for suffix in _WANTED)
        found = ", ".join(f"{n} {suffix}" for suffix, n in sorted(others.items())) or "no files"
        message = f"no statements: looked for {wanted} in the folder and below it, found {found}"
        yield Refusal(folder, "no_statements", message)


def _walk(folder: str, passed: str | None) -> Iterator[str]:
    """Yield the files below ``folder`` that are not hidden, without following links to folders."""
    for root, folders, names in os.walk(folder):
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and not _is(os.path.join(root, name), passed)  # noqa: PTH118
        ]
        yield from (Path(root, name).as_posix() for name in names if not name.startswith("."))


def _link(path: str, folder: str) -> str | Refusal:
    """Return a link to a file of the same folder; one that leads out of it is not followed."""
    if Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        return path
    message = "a symbolic link out of its folder; name the file that it points to, to have it read"
    return Refusal(path, "unsafe", message)


def _unpacked(path: str, limits: Limits) -> Iterator[str | Refusal]:
    """Yield the statements of an archive, or the file itself where it is none."""
    if not is_archive(path):
        yield path
        return
    try:
        held, refused = members(path, limits)
    except SourceError as error:
        yield Refusal(path, error.code, error.message)
        return
    statements = [member for member in held if Path(member.name).suffix.lower() in SUFFIXES]
    yield from (Refusal(error.path, error.code, error.message) for error in refused)
    yield from (member.path for member in statements)
    if not statements and not refused:
        wanted = ", ".join(f"*{suffix}" for suffix in SUFFIXES)
        message = (
            f"no statements: looked for {wanted} in the archive, found {len(held)} other files"
        )
        yield Refusal(path, "no_statements", message)


def _is(path: str, folder: str | None) -> bool:
    return folder is not None and os.path.realpath(path) == folder


def _is_below(path: str, folder: str | None) -> bool:
    return folder is not None and Path(os.path.realpath(path)).is_relative_to(folder)
