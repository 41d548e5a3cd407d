"""Which files a batch reads, and what each document is called."""

import hashlib
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from glob import glob, has_magic
from pathlib import Path

SUFFIXES = (
    ".txt",
)  # what is looked for in folders; a file that is named is read whatever its suffix

# What file names, span ids and lists of them must not hold: separators, controls, directions of writing.
_UNSAFE = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*#;\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]'
)
_EDGES = " .'=+-@＝＋－＠\u3000"  # begin a formula, or a hidden file
_LONGEST = 200  # bytes; file systems take 255 for a name


@dataclass(frozen=True, slots=True)
class Item:
    """A file to be read; ``source_path`` names it as the user did, with / between folders."""

    path: Path
    source_path: str
    doc_id: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A source that gave no files: ``code`` is ``missing`` or ``no_statements``."""

    source_path: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The files of a batch in the order of their document ids, and the sources without any."""

    items: tuple[Item, ...]
    refusals: tuple[Refusal, ...] = ()


def plan_batch(sources: Iterable[str], *, without: Path | None = None) -> Plan:
    """Return the files that ``sources`` mean: files, folders (with all below them), patterns.

    A file meant twice is read once. ``without`` is a folder to be left out, the one that is written to.
    """
    items: dict[Path, Item] = {}
    refusals: dict[str, Refusal] = {}
    for source in sources:
        found = _find(source, without.resolve() if without else None)
        if isinstance(found, Refusal):
            refusals[found.source_path] = found
            continue
        for path in found:
            items.setdefault(path.resolve(), Item(path, path.as_posix()))
    named = _with_names(sorted(items.values(), key=lambda item: item.source_path))
    return Plan(
        tuple(sorted(named, key=lambda item: item.doc_id)),
        tuple(sorted(refusals.values(), key=lambda refusal: refusal.source_path)),
    )


def doc_id_of(stem: str) -> str:
    """Return a document id for a file name without suffix: safe as a file name, a cell, part of a key.

    >>> [doc_id_of(stem) for stem in ["2025_共同声明", "=1+1", "a#b;c", "", " .. "]]
    ['2025_共同声明', '1+1', 'a_b_c', 'document', 'document']
    """
    name = _UNSAFE.sub("_", unicodedata.normalize("NFC", stem)).strip(" .\u3000").lstrip(_EDGES)
    if len(name.encode()) > _LONGEST:
        digest = hashlib.sha256(name.encode()).hexdigest()[:8]
        name = f"{name.encode()[: _LONGEST - 9].decode(errors='ignore')}-{digest}"
    return name or "document"


def _find(source: str, without: Path | None) -> list[Path] | Refusal:
    path = Path(source)
    if path.is_dir():
        return _in_folder(path, without)
    if path.exists():
        return [path]
    if has_magic(source):
        found = sorted(Path(name) for name in glob(source, recursive=True))  # noqa: PTH207 (Path.glob takes no absolute pattern)
        files = [path for path in found if path.is_file() and not _is_below(path, without)]
        return files or Refusal(source, "missing", "no file has a name like this")
    return Refusal(source, "missing", "no such file or folder")


def _in_folder(folder: Path, without: Path | None) -> list[Path] | Refusal:
    files = [path for path in _walk(folder) if not _is_below(path, without)]
    statements = [path for path in files if path.suffix.lower() in SUFFIXES]
    if statements:
        return statements
    wanted = ", ".join(f"*{suffix}" for suffix in SUFFIXES)
    others = Counter(path.suffix.lower() or "without suffix" for path in files)
    listed = (
        ", ".join(f"{count} {suffix}" for suffix, count in sorted(others.items())) or "no files"
    )
    message = f"no statements: looked for {wanted} in the folder and below it, found {listed}"
    return Refusal(folder.as_posix(), "no_statements", message)


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files below ``folder`` that are not hidden."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root, name) for name in sorted(names) if not name.startswith("."))


def _is_below(path: Path, folder: Path | None) -> bool:
    return folder is not None and path.resolve().is_relative_to(folder)


def _with_names(items: Iterable[Item]) -> Iterator[Item]:
    """Give every item an id that no other has, also where case makes no difference."""
    taken: dict[str, str] = {}
    for item in items:
        name = first = doc_id_of(item.path.stem)
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{first}-{number}"
        warnings: tuple[str, ...] = ()
        if number > 1:
            other = taken[first.casefold()]
            warnings = (f"same file name as {other}, so called {name}",)
        taken[name.casefold()] = item.source_path
        yield replace(item, doc_id=name, warnings=warnings)
