"""Text as other tools count and read it."""

import json
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any


def plain_newlines(text: str) -> str:
    r"""Return ``text`` with every line end an LF, each sign still at its place.

    Tools that read files with universal newlines, or show them in a browser, lose the CR, and with it
    the offsets of all that follows.

    >>> plain_newlines("甲\r\n乙\r丙")
    '甲 \n乙\n丙'
    """
    return text.replace("\r\n", " \n").replace("\r", "\n")


def utf16_offsets(text: str) -> Sequence[int]:
    """Return, for each code point offset into ``text``, the offset in UTF-16 units.

    >>> list(utf16_offsets("𠮷田"))
    [0, 2, 3]
    """
    return [0, *accumulate(2 if ord(sign) > 0xFFFF else 1 for sign in text)]


def json_line(item: Any) -> str:
    return json.dumps(item, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"


def json_lines(items: Iterable[Any]) -> str:
    return "".join(json_line(item) for item in items)


def json_text(item: Any) -> str:
    return json.dumps(item, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
