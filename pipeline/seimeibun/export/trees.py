"""Sentences as trees: units of tokens, each with one root."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from seimeibun.export.dataset import Document, Token


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens in their order; ``heads`` are numbers from 1 within the sentence, 0 for the one root."""

    para_no: int
    tokens: list[Token]
    heads: list[int]
    relations: list[str]


def sentences(document: Document) -> list[Sentence]:
    """Return trees that hold every token.

    Tokens outside sentences, such as the number of a paragraph, go with the sentence that follows on the
    same line; where none does they make a unit of their own.
    """
    starts = [start for start, _ in document.paragraphs]
    return [
        Sentence(max(1, bisect_right(starts, unit[0].start)), unit, *_tree(unit))
        for unit in _units(document)
    ]


def _units(document: Document) -> list[list[Token]]:
    units: list[list[Token]] = []
    for token in document.tokens:
        if units and _continues(document, units[-1], token):
            units[-1].append(token)
        else:
            units.append([token])
    return units


def _continues(document: Document, unit: list[Token], token: Token) -> bool:
    before, after = unit[-1].row["sent_no"], token.row["sent_no"]
    same_line = "\n" not in document.text[unit[-1].end : token.start]
    return before == after if before else same_line


def _tree(unit: Sequence[Token]) -> tuple[list[int], list[str]]:
    """Return heads and relations; all roots but one hang from it, as do tokens whose head is elsewhere."""
    numbers = {token.number: number for number, token in enumerate(unit, 1)}
    heads = [numbers.get(token.row["head_token_id"], 0) for token in unit]
    names = [token.row["dep_rel"] or "dep" for token in unit]
    root = _root(unit, heads)
    for at, head in enumerate(heads):
        if at + 1 == root:
            heads[at], names[at] = 0, "root"
        elif head in (0, at + 1):
            heads[at] = root
        if at + 1 != root and names[at].lower() == "root":
            names[at] = "parataxis"
    return heads, names


def _root(unit: Sequence[Token], heads: list[int]) -> int:
    """Return the number of the token that the parser made the root, else of the first without a head."""
    roots = [number for number, head in enumerate(heads, 1) if head in (0, number)]
    parsed = [number for number in roots if not unit[number - 1].row["head_token_id"]]
    return (parsed or roots or [1])[0]


def head_word(heads: Sequence[int], first: int, last: int) -> int:
    """Return the number within ``first``–``last`` (both counted from 1) of the word the others hang from.

    >>> head_word([2, 0, 2, 3], 3, 4)
    1
    """
    inside = range(first, last + 1)
    return next((n - first + 1 for n in inside if heads[n - 1] not in inside), 1)
