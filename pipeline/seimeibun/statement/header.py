"""Header blocks: fields in brackets, as in [文書名][場所][年月日], and fact lines such as 日時：…."""

import re
from dataclasses import dataclass
from functools import cache

from seimeibun.rules import read_table

_BRACKETED = re.compile(r"[\[【〔](?P<name>[^\[\]【】〔〕]{1,10})[\]】〕]\s*")
_BARE = re.compile(r"(?P<name>[一-鿿\s]{2,12}?)\s*[::]\s*")


@dataclass(frozen=True, slots=True)
class Field:
    """A header field at the beginning of a line; ``length`` is that of its name with brackets and space."""

    key: str
    length: int
    bracketed: bool


@cache
def _fields() -> dict[str, dict[str, str]]:
    return {row["field"]: row for row in read_table("header_fields.tsv", ["field", "key", "bare"])}


def find_field(line: str, *, bare: bool = False) -> Field | None:
    """Return the header field that a line begins with; ``bare`` admits names without brackets (日時：).

    >>> find_field("[場所] 東京"), find_field("場所：東京", bare=True)
    (Field(key='place', length=5, bracketed=True), Field(key='place', length=3, bracketed=False))
    >>> find_field("【日本側】"), find_field("場所：東京"), find_field("結論：両国は", bare=True)
    (None, None, None)
    """
    match = _BRACKETED.match(line[:20])
    row = _fields().get("".join(match["name"].split())) if match else None
    if match and row:
        return Field(row["key"], match.end(), bracketed=True)
    match = _BARE.match(line[:20].replace("：", ":")) if bare else None
    row = _fields().get("".join(match["name"].split())) if match else None
    if match and row and row["bare"] == "true":
        return Field(row["key"], match.end(), bracketed=False)
    return None
