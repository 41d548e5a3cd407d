"""What kind of document a title names."""

import re
from dataclasses import dataclass
from functools import cache

from seimeibun.rules import read_table

COLUMNS = ("id", "name", "where", "pattern", "examples")
_TAIL = r"(?:[(「『〈][^()「」『』〈〉]*[)」』〉]|について|のお知らせ|の署名|の発出|の発表|の締結|の採択|全文|骨子|\s)*$"


@dataclass(frozen=True, slots=True)
class DocType:
    """A kind of document and the words that name it."""

    id: str
    name: str
    where: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]


@cache
def doc_types() -> tuple[DocType, ...]:
    """Return the kinds of documents in the order of the rule file."""
    return tuple(
        DocType(
            row["id"],
            row["name"],
            row["where"],
            re.compile(row["pattern"]),
            tuple(row["examples"].split("|")),
        )
        for row in read_table("doc_types.tsv", COLUMNS)
    )


def doc_type_of_title(title: str) -> str:
    """Return the kind of document that a clean title names last; "" if none.

    >>> doc_type_of_title("共同声明「海の平和に関する宣言に向けて」"), doc_type_of_title("条約に関する演説"), doc_type_of_title("海")
    ('共同声明', '演説', '')
    """
    main = re.sub(r"(?<=.)[「『][^「」『』]*[」』]\s*$", "", title.strip())
    hits = [
        (match.end(), match.end() - match.start(), kind.name)
        for kind in doc_types()
        if kind.where == "title"
        for match in kind.pattern.finditer(main)
    ]
    return max(hits, key=lambda hit: hit[:2])[2] if hits else ""


def doc_type_of_opening(opening: str) -> str:
    """Return the kind of document that the first sentences speak of; "" if none."""
    return next(
        (k.name for k in doc_types() if k.where == "opening" and k.pattern.search(opening)), ""
    )


def ends_with_doc_type(line: str) -> bool:
    """Tell a line whose last words name a kind of document, brackets and the like apart.

    >>> [ends_with_doc_type(line) for line in ("日・架空国共同声明", "共同声明（仮訳）", "共同声明に基づく")]
    [True, True, False]
    """
    core = re.sub(_TAIL, "", line.strip().replace("（", "(").replace("）", ")"))
    return any(
        match.end() == len(core)
        for kind in doc_types()
        if kind.where == "title"
        for match in kind.pattern.finditer(core)
    )
