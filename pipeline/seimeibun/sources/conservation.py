"""No character is lost without being counted."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from seimeibun.sources.errors import SourceError
from seimeibun.sources.garbled import garbled_warnings
from seimeibun.sources.limits import Limits
from seimeibun.sources.text import SourceText

_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")  # what no UTF-8 file, no CSV holds
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> int:
    r"""Return the number of characters that are no white space.

    >>> visible("両 首脳は、\n　")
    5
    """
    return len("".join(text.split()))


@dataclass(frozen=True, slots=True)
class Extraction:
    """The text of a source and what became of its other characters, all counted without white space.

    ``n_visible`` are all characters of the source, counted apart from the extraction. ``dropped`` says why
    how many are not in the text, ``added`` how many of the text are not in the source (numbers of lists).
    ``tolerated`` is the share that may be dropped without a warning.
    """

    text: str
    n_visible: int
    dropped: Mapping[str, int] = field(default_factory=dict)
    added: int = 0
    warnings: tuple[str, ...] = ()
    tolerated: float = 0.1

    @property
    def n_dropped(self) -> int:
        return sum(self.dropped.values())

    @property
    def unaccounted(self) -> int:
        """Characters that are neither in the text nor dropped; below 0 where the text has too many."""
        return self.n_visible + self.added - self.n_dropped - visible(self.text)


def source_of(
    found: Extraction,
    data: bytes,
    name: str,
    *,
    media_type: str,
    limits: Limits,
    encoding: str = "",
    encoding_method: str = "",
    bom: bool = False,
) -> SourceText:
    """Return the source text for an extraction from ``data``, the bytes of the file ``name``."""
    limits.refuse_text(name, found.text)
    if not found.text.strip():
        dropped = f"{found.n_dropped} characters were dropped ({_listed(found)})"
        message = f"no text was found; {dropped if found.n_dropped else 'the file holds none'}"
        raise SourceError(name, "empty", message)
    text, replaced = _UNWRITABLE.subn("\ufffd", found.text)
    warnings = [*found.warnings, *_own_warnings(found)]
    if replaced:
        warnings.append(f"{replaced} NUL or surrogate characters shown as U+FFFD")
    return SourceText(
        path=name,
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=media_type,
        encoding=encoding,
        encoding_method=encoding_method,
        bom=bom,
        n_source_chars=found.n_visible,
        n_dropped=found.n_visible + found.added - visible(text),
        warnings=tuple(warnings),
    )


def _own_warnings(found: Extraction) -> list[str]:
    warnings = []
    if found.n_dropped > found.tolerated * found.n_visible:
        share = f"{found.n_dropped / found.n_visible:.0%}"
        warnings.append(f"{share} of the characters were dropped ({_listed(found)})")
    if struck := found.dropped.get("struck out"):
        warnings.append(f"{struck} characters that are struck out (取消線) left out")
    if found.unaccounted:
        warnings.append(
            f"conservation: {found.unaccounted} of {found.n_visible} characters are neither in the text nor dropped"
        )
    return [*warnings, *direction_warnings(found.text), *garbled_warnings(found.text)]


def direction_warnings(text: str) -> list[str]:
    """Return what is to be said of signs that turn the direction of writing: what is seen is not what stands there."""
    turned = len(_DIRECTION.findall(text))
    return (
        [f"{turned} controls of writing direction; the text may look otherwise"] if turned else []
    )


def _listed(found: Extraction) -> str:
    return ", ".join(f"{why} {count}" for why, count in sorted(found.dropped.items()) if count)
