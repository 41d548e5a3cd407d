"""ZIP archives: the names of their members, and the bytes of one, without unpacking to the disk."""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from seimeibun.sources.candidates import HEAD, is_aside
from seimeibun.sources.errors import SourceError
from seimeibun.sources.limits import Limits

SEPARATOR = "!"  # of the path of an archive and the path inside: a.zip!inner/name.txt
_SUFFIX = ".zip" + SEPARATOR
_CONTAINERS = {".txt", ".html", ".htm", ".xhtml", ".pdf", ".docx"}  # not looked into when planning
_STAYING = re.compile(r"/(?:\.?/)+")
_CHUNK = 1 << 20
_SMALL = 1_000_000  # bytes; what is smaller may be compressed by any ratio
_CANNOT = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive; ``path`` is that of the archive, ``!``, and the name inside."""

    path: str
    name: str


def split_path(path: str | Path) -> tuple[str, str] | None:
    """Return the path of the archive and the name inside it (声明/2025.zip!外務省/a.txt), None for a plain file.

    The archive must exist; a file whose own name has ``.zip!`` in it is a plain file.
    """
    name = str(path)
    at = name.lower().find(_SUFFIX)
    while at >= 0:
        archive, inner = name[: at + 4], name[at + 5 :]
        if inner and not Path(name).is_file() and Path(archive).is_file():
            return archive, inner
        at = name.lower().find(_SUFFIX, at + 1)
    return None


def is_archive(path: str | Path) -> bool:
    """Tell a ZIP of files from other files, also from the formats that are a ZIP inside (DOCX, XLSX, ODT)."""
    if Path(path).suffix.lower() in _CONTAINERS:
        return False
    try:
        if not Path(path).is_file() or not zipfile.is_zipfile(path):
            return False
        names = set(_open(str(path)).namelist())
    except SourceError:
        return Path(path).suffix.lower() == ".zip"  # a damaged one; reading it says how
    return not names & {"[Content_Types].xml", "mimetype"}


def members(path: str | Path, limits: Limits) -> tuple[list[Member], list[SourceError]]:
    """Return the files in the archive in the order of their names, and those that are refused.

    Folders, hidden files and what macOS adds are passed over. A name that leads out of the archive, a link, a
    second file of the same name are refused; so is the archive as a whole beyond the limits.
    """
    name = str(path)
    found: dict[str, Member] = {}
    refused: list[SourceError] = []
    for info, inner in _files(name, limits):
        where = f"{name}{SEPARATOR}{_shown(inner)}"
        if reason := _unsafe(inner, info):
            refused.append(SourceError(where, "unsafe", reason))
        elif inner in found:
            message = "a second file of this name in the archive; names must differ"
            refused.append(SourceError(where, "unsafe", message))
        else:
            found[inner] = Member(where, inner)
    return [found[inner] for inner in sorted(found)], refused


def read_member(path: str | Path, inner: str, limits: Limits) -> bytes:
    """Return the bytes of the file ``inner`` of the archive at ``path``."""
    where = f"{path}{SEPARATOR}{inner}"
    with _reading(str(path)):
        status = Path(path).stat()
    version = (str(path), status.st_mtime_ns, status.st_size)
    info = _by_name(*version, limits).get(inner)
    if info is None:
        raise SourceError(where, "missing", "the archive holds no such file")
    if reason := _unsafe(inner, info):
        raise SourceError(where, "unsafe", reason)
    with _reading(where):
        return inflate(_opened(*version), info, where, limits)


def member_head(path: str | Path, inner: str, limits: Limits) -> bytes:
    """Return the first bytes of the file ``inner``; b"" where they cannot be read."""
    try:
        status = Path(path).stat()
        version = (str(path), status.st_mtime_ns, status.st_size)
        with _opened(*version).open(_by_name(*version, limits)[inner]) as file:
            return file.read(HEAD)
    except (SourceError, KeyError, *_CANNOT):
        return b""


def inflate(archive: zipfile.ZipFile, info: zipfile.ZipInfo, where: str, limits: Limits) -> bytes:
    """Return a member, decompressed no further than the limits go, whatever its header says."""
    refuse_bomb(info, where, limits)
    parts: list[bytes] = []
    size = 0
    with archive.open(info) as file:
        while part := file.read(_CHUNK):
            size += len(part)
            limits.refuse_bytes(where, size)
            parts.append(part)
    return b"".join(parts)


def refuse_bomb(info: zipfile.ZipInfo, where: str, limits: Limits) -> None:
    """Refuse a member that is encrypted, too large or compressed beyond belief."""
    if info.flag_bits & 0x1:
        message = (
            "this file of the archive is encrypted (暗号化); unpack it with its password first"
        )
        raise SourceError(where, "encrypted", message)
    limits.refuse_bytes(where, info.file_size)
    if info.file_size > max(_SMALL, limits.max_ratio * info.compress_size):
        found = f"{info.compress_size:,} bytes grow to {info.file_size:,}: a decompression bomb"
        limits.refuse(where, "max_ratio", found)


def open_archive(data: bytes, where: str, limits: Limits) -> zipfile.ZipFile:
    """Return an archive in memory (a DOCX) that stays within the limits as a whole."""
    with _reading(where):
        archive = zipfile.ZipFile(io.BytesIO(data))
    infos = archive.infolist()
    if len(infos) > limits.max_members:
        limits.refuse(where, "max_members", f"{len(infos):,} files in the archive")
    limits.refuse_bytes(where, sum(info.file_size for info in infos))
    for info in infos:
        refuse_bomb(info, where, limits)
    return archive


def _files(path: str, limits: Limits) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    """Yield the files that are not hidden, with their names in the archive."""
    archive = _open(path)
    infos = archive.infolist()
    if len(infos) > limits.max_members:
        limits.refuse(path, "max_members", f"{len(infos):,} files in the archive")
    total = sum(info.file_size for info in infos)
    if total > limits.max_archive_bytes:
        limits.refuse(path, "max_archive_bytes", f"the archive grows to {total:,} bytes")
    for info in infos:
        inner = member_name(info)
        if not (info.is_dir() or inner.endswith("/") or _is_hidden(inner)):
            yield info, inner


def member_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member: UTF-8 where it says so, else what Japanese Windows wrote (cp932).

    Empty steps and those that stay (a//b, ./a) are left out.

    >>> info = zipfile.ZipInfo("声明.txt".encode("cp932").decode("cp437"))
    >>> member_name(info)
    '声明.txt'
    """
    name = info.filename
    if not info.flag_bits & 0x800 and not name.isascii():
        for encoding in ("utf-8", "cp932"):
            try:
                name = info.orig_filename.encode("cp437").decode(encoding)
                break
            except UnicodeError:
                continue
    return _STAYING.sub("/", name.replace("\\", "/")).removeprefix("./")


def _unsafe(inner: str, info: zipfile.ZipInfo) -> str:
    """Return why a member is not read, "" if it is."""
    path = PurePosixPath(inner)
    if path.is_absolute() or ".." in path.parts or inner[1:2] == ":":
        return "the name leads out of the archive; such files are not read"
    if not inner.isprintable() or "\x00" in info.orig_filename:
        return "the name has control characters; such files are not read"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a symbolic link in an archive; links are not followed"
    return ""


def _is_hidden(inner: str) -> bool:
    parts = [part for part in inner.split("/") if part not in {"", ".", ".."}]
    return any(is_aside(part) or part == "__MACOSX" for part in parts)


def _shown(name: str) -> str:
    return "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in name)


def _open(path: str) -> zipfile.ZipFile:
    with _reading(path):
        status = Path(path).stat()
        return _opened(path, status.st_mtime_ns, status.st_size)


# A member at a time, in the order of the archive: its directory, of perhaps 100,000 names, is read once.
@lru_cache(maxsize=2)
def _opened(path: str, _modified: int, _size: int) -> zipfile.ZipFile:
    with _reading(path):
        return zipfile.ZipFile(path)


@lru_cache(maxsize=2)
def _by_name(path: str, _modified: int, _size: int, limits: Limits) -> dict[str, zipfile.ZipInfo]:
    """Return the files by their names; of two with one name the first."""
    return {name: info for info, name in reversed(list(_files(path, limits)))}


@contextmanager
def _reading(where: str) -> Iterator[None]:
    """Turn what zipfile raises into an error of the source."""
    try:
        yield
    except SourceError:
        raise
    except FileNotFoundError:
        raise SourceError(where, "missing", "no such file") from None
    except _CANNOT as error:
        message = f"the archive cannot be read ({error}); it is damaged or no ZIP"
        raise SourceError(where, "damaged", message) from None
