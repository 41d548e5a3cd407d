"""The bytes of a file."""

import stat
from pathlib import Path

from seimeibun.sources.errors import SourceError
from seimeibun.sources.limits import Limits


def read_bytes(path: str | Path, limits: Limits) -> bytes:
    """Return what the file holds; devices, pipes and files above the limit are refused unread."""
    name = str(path)
    try:
        if not stat.S_ISREG(Path(path).stat().st_mode):
            message = "cannot be read: this is a folder, a device or a pipe; a file is needed"
            raise SourceError(name, "unreadable", message)
        with Path(path).open("rb") as file:
            data = file.read(limits.max_bytes + 1)
    except FileNotFoundError:
        raise SourceError(name, "missing", "no such file") from None
    except (OSError, ValueError) as error:
        if isinstance(error, SourceError):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        message = f"cannot be read ({reason}); a readable file is needed"
        raise SourceError(name, "unreadable", message) from None
    limits.refuse_bytes(name, len(data))
    return data
