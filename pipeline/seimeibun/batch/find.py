"""The files that sources mean: files, folders, patterns, archives, lists on standard input."""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from glob import has_magic, iglob
from pathlib import Path, PurePosixPath

from seimeibun.sources import SUFFIXES, Limits, SourceError
from seimeibun.sources.archive import is_archive, member_head, members, split_path
from seimeibun.sources.candidates import (
    HEAD,
    is_aside,
    is_of_saved_page,
    may_be_statement,
    suffix_of,
)

STDIN = "-"
_ZIP = ".zip"
_WANTED = (*SUFFIXES, _ZIP)
_CHUNK = 1 << 16  # bytes of a list
SAVED_PAGE = "folder of what a saved page shows"
NO_SUFFIX = "without suffix"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A source that gave no files: ``code`` is ``missing`` or ``no_statements``, or that of the archive's error.

    ``unsafe`` is a link out of its folder, or a name out of its archive.
    """

    source_path: str
    code: str
    message: str

    @property
    def is_wrong_name(self) -> bool:
        """Tell a source that is not there, or has nothing for us, from one that is refused for what it is."""
        return self.code in {"missing", "no_statements"}


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file of a folder or an archive that is taken for no statement; ``kind`` is its suffix."""

    kind: str

    @classmethod
    def of(cls, name: str) -> "PassedOver":
        return cls(suffix_of(name) or NO_SUFFIX)


Found = str | Refusal | PassedOver


def find_files(
    sources: Iterable[str], limits: Limits, *, without: Path | None = None
) -> Iterator[Found]:
    """Yield the paths that ``sources`` mean, some perhaps more than once, the sources that mean none, and what is passed over.

    ``-`` stands for a list on standard input, one source a line (or between NUL characters). ``without`` is
    a folder that is left out.
    """
    left_out = os.path.realpath(without) if without else None
    for source in sources:
        for line in _listed() if source == STDIN else [source]:
            for found in _find(line, left_out):
                yield from _unpacked(found, limits) if isinstance(found, str) else [found]


def _listed() -> Iterator[str]:
    """Yield the sources on standard input; where there are NUL characters (``find -print0``) they part them."""
    stream = sys.stdin.buffer
    rest = stream.read(_CHUNK)
    end = b"\0" if b"\0" in rest else b"\n"
    while rest:
        *whole, rest = rest.split(end)
        yield from (os.fsdecode(name) for line in whole if (name := _name_in(line, end)))
        more = stream.read(_CHUNK)
        if not more:
            yield from (os.fsdecode(name) for name in [_name_in(rest, end)] if name)
            return
        rest += more


def _name_in(line: bytes, end: bytes) -> bytes:
    return line if end == b"\0" else line.rstrip(b"\r")


def _find(source: str, left_out: str | None) -> Iterator[Found]:
    if os.path.isdir(source):  # noqa: PTH112 (a NUL or an overlong name is no error here)
        yield from _in_folder(Path(source).as_posix(), left_out)
    elif os.path.exists(source) or split_path(source):  # noqa: PTH110
        yield Path(source).as_posix()
    elif has_magic(source):
        yield from _by_pattern(source, left_out)
    else:
        yield Refusal(source, "missing", "no such file or folder")


def _by_pattern(pattern: str, left_out: str | None) -> Iterator[Found]:
    count = 0
    for name in iglob(pattern, recursive=True):  # noqa: PTH207 (Path.glob takes no absolute pattern)
        if os.path.isfile(name) and not _is_below(name, left_out):  # noqa: PTH113
            count += 1
            yield Path(name).as_posix()
    if not count:
        yield Refusal(pattern, "missing", "no file has a name like this")


def _in_folder(folder: str, left_out: str | None) -> Iterator[Found]:
    others: Counter[str] = Counter()
    count = 0
    for path in _walk(folder, left_out):
        if isinstance(path, PassedOver):
            found: Found = path
        elif suffix_of(path) == _ZIP or may_be_statement(path, partial(_head, path)):
            found = _link(path, folder) if os.path.islink(path) else path  # noqa: PTH114
        else:
            found = PassedOver.of(path)
        if isinstance(found, PassedOver):
            others[found.kind] += 1
        else:
            count += 1
        yield found
    if not count:
        wanted = ", ".join(f"*{suffix}" for suffix in _WANTED)
        seen = ", ".join(f"{n} {kind}" for kind, n in sorted(others.items())) or "no files"
        message = f"no statements: looked for {wanted} in the folder and below it, found {seen}"
        yield Refusal(folder, "no_statements", message)


def _walk(folder: str, left_out: str | None) -> Iterator[str | PassedOver]:
    """Yield the files below ``folder`` that are not hidden, without following links to folders.

    Names are taken as they come, since a folder may have very many.
    """
    folders = [folder]
    while folders:
        here = folders.pop()
        with suppress(OSError), os.scandir(here) as entries:
            for entry in entries:
                if is_aside(entry.name):
                    continue
                if not _is_folder(entry):
                    yield Path(entry.path).as_posix()
                elif is_of_saved_page(entry.name, partial(_is_in, here)):
                    yield PassedOver(SAVED_PAGE)
                elif not entry.is_symlink() and not _is(entry.path, left_out):
                    folders.append(entry.path)


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_in(folder: str, name: str) -> bool:
    return os.path.lexists(os.path.join(folder, name))  # noqa: PTH118 (a name may have any form)


def _head(path: str) -> bytes:
    """Return the first bytes of a file, b"" of what is none or cannot be read."""
    try:
        if not os.path.isfile(path):  # noqa: PTH113 (a pipe would keep us waiting)
            return b""
        with Path(path).open("rb") as file:
            return file.read(HEAD)
    except (OSError, ValueError):
        return b""


def _link(path: str, folder: str) -> str | Refusal:
    """Return a link to a file of the same folder; one that leads out of it is not followed."""
    if Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        return path
    message = "a symbolic link out of its folder; name the file that it points to, to have it read"
    return Refusal(path, "unsafe", message)


def _unpacked(path: str, limits: Limits) -> Iterator[Found]:
    """Yield the statements of an archive, or the file itself where it is none."""
    if not is_archive(path):
        yield path
        return
    try:
        held, refused = members(path, limits)
    except SourceError as error:
        yield Refusal(path, error.code, error.message)
        return
    yield from (Refusal(error.path, error.code, error.message) for error in refused)
    names = {member.name for member in held}
    count = 0
    for member in held:
        name = member.name
        if _is_below_saved_page(name, names):
            yield PassedOver.of(name)
        elif suffix_of(name) == _ZIP or may_be_statement(
            name, partial(member_head, path, name, limits)
        ):
            count += 1
            yield member.path
        else:
            yield PassedOver.of(name)
    if not count and not refused:
        wanted = ", ".join(f"*{suffix}" for suffix in SUFFIXES)
        message = (
            f"no statements: looked for {wanted} in the archive, found {len(held)} other files"
        )
        yield Refusal(path, "no_statements", message)


def _is_below_saved_page(name: str, names: set[str]) -> bool:
    """Tell a file of an archive that a browser saved with a page; ``names`` are all in the archive."""
    return any(
        is_of_saved_page(str(folder), names.__contains__) for folder in PurePosixPath(name).parents
    )


def _is(path: str, folder: str | None) -> bool:
    return folder is not None and os.path.realpath(path) == folder


def _is_below(path: str, folder: str | None) -> bool:
    return folder is not None and Path(os.path.realpath(path)).is_relative_to(folder)
