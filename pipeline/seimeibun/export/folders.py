"""Folders that are written anew as a whole: nothing of an earlier export stays, nothing of others is lost.

A folder that ``export`` wrote holds ``.seimeibun-export.json`` with the hashes of its files. Only such a folder is
replaced, and only while it is as it was written: what somebody annotated in brat in the meantime is not ours.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARK = ".seimeibun-export.json"
_OF_VIEWERS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})  # left by looking at a folder


class NotOursError(ValueError):
    """A folder that holds what this program did not write; the message says what, and what to do."""


@contextmanager
def fresh_folder(path: Path, format_name: str, *, force: bool = False) -> Iterator[Path]:
    """Give an empty folder that takes the place of ``path`` if all goes well.

    Raises :class:`NotOursError`; ``force`` replaces a folder of ours whatever has changed in it.
    """
    path = path.resolve()  # the folder that a link names, not the link
    check_ours(path, force=force)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
    try:
        new.chmod(0o755)
        yield new
        (new / MARK).write_text(_mark(new, format_name), encoding="utf-8")
        _put(new, path)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def check_ours(path: Path, *, force: bool = False) -> None:
    """Raise :class:`NotOursError` if ``path`` holds files that an export may not replace."""
    if not path.is_dir() or not any(path.iterdir()):
        return
    written = _written(path / MARK)
    if written is None:
        message = f"{path} is not empty, and no export of this program; name another folder"
        raise NotOursError(message)
    strange = sorted(name for name, digest in _hashes(path).items() if written.get(name) != digest)
    if strange and not force:
        more = f" and {len(strange) - 1} more" if len(strange) > 1 else ""
        message = (
            f"{path / strange[0]}{more} was changed or added after the export; name another folder, "
            "or replace it all with --force"
        )
        raise NotOursError(message)


def _put(new: Path, path: Path) -> None:
    """Move ``new`` to ``path``; what was there is there again if that fails."""
    if not path.exists():
        new.rename(path)
        return
    old = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}.")) / "old"
    try:
        path.rename(old)
        try:
            new.rename(path)
        except OSError:
            old.rename(path)
            raise
    finally:
        shutil.rmtree(old.parent, ignore_errors=True)


def _mark(folder: Path, format_name: str) -> str:
    about = {"format": format_name, "files": dict(sorted(_hashes(folder).items()))}
    return json.dumps(about, ensure_ascii=False, indent=1) + "\n"


def _hashes(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file() and file != folder / MARK and file.name not in _OF_VIEWERS
    }


def _written(mark: Path) -> dict[str, str] | None:
    try:
        files = json.loads(mark.read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return files if isinstance(files, dict) else None
