"""Lines of a page that are no part of the statement: navigation, notices, remarks on the version."""

import re
from dataclasses import dataclass
from functools import cache

from seimeibun.rules import read_table


@dataclass(frozen=True, slots=True)
class Furniture:
    """A pattern for whole lines; ``ends`` tells that only links come after it."""

    id: str
    pattern: re.Pattern[str]
    ends: bool
    examples: tuple[str, ...]


@cache
def furniture() -> tuple[Furniture, ...]:
    """Return the patterns of the rule file."""
    rows = read_table("page_furniture.tsv", ["id", "pattern", "ends", "examples"])
    return tuple(
        Furniture(
            row["id"],
            re.compile(row["pattern"]),
            row["ends"] == "true",
            tuple(row["examples"].split("|")) if row["id"] != "bars" else (row["examples"],),
        )
        for row in rows
    )


def is_furniture(line: str) -> bool:
    """Tell a line of navigation or the like.

    >>> is_furniture("このページのトップへ戻る"), is_furniture("双方は、本文へ合意した。")
    (True, False)
    """
    return len(line) <= 80 and any(kind.pattern.fullmatch(line) for kind in furniture())


def begins_links(line: str) -> bool:
    """Tell the head of a list of links, after which no text comes."""
    return any(kind.ends and kind.pattern.fullmatch(line) for kind in furniture())
