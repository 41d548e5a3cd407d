"""The word lists of the entity rules: ``entity_*.tsv`` in ``ja_seimeibun/rules``."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from seimeibun.offices import offices
from seimeibun.rules import read_table
from seimeibun.width import fold_width

HEAD_COLUMNS = ("noun", "label", "needs", "title")
NEEDS = frozenset(
    {"name", "world", "topic", "word", "ordinal", "numbered", "quoted", "bare", "long"}
)
PLACE_COLUMNS = ("noun", "label", "between", "named_after")
NAMED_AFTER = frozenset({"", "ends", "own", "state"})
ORGAN_COLUMNS = ("noun", "needs")
ORGAN_NEEDS = frozenset({"field", "unit", "state", "bu", "bare"})
STOP_COLUMNS = ("surface", "label", "not_examples", "note")
MAX_HEAD = 16  # code points of the longest head noun


@dataclass(frozen=True, slots=True)
class Head:
    """A noun that ends a name (会合, 協定, 機構), and what must stand before it."""

    noun: str
    label: str
    needs: str
    title: bool  # words linked by に関する, のための, との間の belong to the name


@cache
def heads() -> dict[str, tuple[Head, ...]]:
    """Return the heads by noun, those that need a number first."""
    found: dict[str, tuple[Head, ...]] = {}
    for row in read_table("entity_heads.tsv", HEAD_COLUMNS):
        if row["needs"] not in NEEDS:
            message = f"entity_heads.tsv: {row['noun']} needs {row['needs']!r}; it must be one of {sorted(NEEDS)}"
            raise ValueError(message)
        head = Head(row["noun"], row["label"], row["needs"], row["title"] == "yes")
        found[head.noun] = (*found.get(head.noun, ()), head)
    return {
        noun: tuple(sorted(group, key=lambda head: head.needs != "ordinal"))
        for noun, group in found.items()
    }


def heads_ending(text: str) -> tuple[Head, ...]:
    """Return the heads of the longest head noun that ``text`` ends with."""
    known = heads()
    for length in _lengths_by_last_sign().get(text[-1:], ()):
        if length <= len(text) and (group := known.get(text[-length:])):
            return group
    return ()


def ends_some_head(text: str) -> bool:
    """Tell whether the last sign of ``text`` is that of a head noun: most words end otherwise."""
    return text[-1:] in _lengths_by_last_sign()


@cache
def _lengths_by_last_sign() -> dict[str, tuple[int, ...]]:
    return _by_last_sign(heads())


def _by_last_sign(nouns: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Return how long the nouns are that end with a sign, the longest first."""
    lengths: dict[str, set[int]] = {}
    for noun in nouns:
        lengths.setdefault(noun[-1], set()).add(len(noun))
    return {sign: tuple(sorted(found, reverse=True)) for sign, found in lengths.items()}


@cache
def words(role: str) -> frozenset[str]:
    """Return the words of one role of ``entity_words.tsv``."""
    rows = read_table("entity_words.tsv", ("role", "word"))
    found = frozenset(row["word"] for row in rows if row["role"] == role)
    if not found:
        message = f"entity_words.tsv: no words of the role {role!r}; roles are {sorted({row['role'] for row in rows})}"
        raise ValueError(message)
    return found


@cache
def stopped() -> frozenset[tuple[str, str]]:
    """Return the strings, width folded, that are no name of a type."""
    rows = read_table("stop_words.tsv", STOP_COLUMNS)
    return frozenset((fold_width(row["surface"]), row["label"]) for row in rows)


def alternation(nouns: Iterable[str]) -> str:
    """Return a regular expression that prefers the longest of ``nouns``."""
    return "|".join(re.escape(noun) for noun in sorted(set(nouns), key=lambda n: (-len(n), n)))


@cache
def organs() -> dict[str, frozenset[str]]:
    """Return, by the noun that ends the name of an organ, what may make a name of it."""
    found = {}
    for row in read_table("entity_organs.tsv", ORGAN_COLUMNS):
        needs = frozenset(row["needs"].split("|"))
        if not needs <= ORGAN_NEEDS:
            message = f"entity_organs.tsv: {row['noun']} needs {row['needs']!r}; it must be of {sorted(ORGAN_NEEDS)}"
            raise ValueError(message)
        found[row["noun"]] = needs
    return found


def organ_ending(text: str) -> str:
    """Return the longest organ noun that ``text`` ends with, "" without one."""
    known = organs()
    for length in _organ_lengths_by_last_sign().get(text[-1:], ()):
        if text[-length:] in known:
            return text[-length:]
    return ""


def ends_some_organ(text: str) -> bool:
    """Tell whether the last sign of ``text`` is that of an organ noun."""
    return text[-1:] in _organ_lengths_by_last_sign()


@cache
def _organ_lengths_by_last_sign() -> dict[str, tuple[int, ...]]:
    return _by_last_sign(organs())


@cache
def portfolios() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("entity_portfolios.tsv", ("word",)))


@cache
def portfolio_pattern() -> re.Pattern[str]:
    """Return the pattern of one or more portfolios: 外務, 外務・国際協力, 経済産業."""
    # atomic: 国際協力 is never tried as 国際 and 協力 too, which would take time without bound
    portfolio = rf"(?>{alternation(portfolios())})"
    return re.compile(rf"{portfolio}(?:(?:・|及び)?{portfolio})*")


@cache
def office_pattern() -> re.Pattern[str]:
    """Return the pattern of an office without state or holder: 副首相兼外務大臣, 国際協力担当大臣."""
    one = one_office()
    return re.compile(rf"{one}(?:(?:兼|・)?{one})*")


@cache
def one_office() -> str:
    """Return a regular expression of a single office: 国際協力担当大臣."""
    # Hundreds of words would be tried at every sign; few signs begin one.
    first = re.escape("".join(sorted({word[0] for word in (*offices(), *portfolios())})))
    return rf"(?=[{first}])(?:{portfolio_pattern().pattern})?(?:{alternation(offices())})"


@dataclass(frozen=True, slots=True)
class Place:
    """A noun that ends the name of a place (川, 空港)."""

    noun: str
    label: str
    between: tuple[str, ...]  # words that may stand between name and noun
    named_after: str  # "" a town, "ends" of a line, its "own" name, or also a "state"


@cache
def places() -> dict[str, Place]:
    """Return the place nouns."""
    found = {}
    for row in read_table("entity_places.tsv", PLACE_COLUMNS):
        if row["named_after"] not in NAMED_AFTER:
            message = f"entity_places.tsv: {row['noun']} is named after {row['named_after']!r}; it must be one of {sorted(NAMED_AFTER)}"
            raise ValueError(message)
        between = tuple(filter(None, row["between"].split("|")))
        found[row["noun"]] = Place(row["noun"], row["label"], between, row["named_after"])
    return found


def label_of_place(noun: str) -> str:
    """Return the type that a place noun says, "" where ``noun`` is none."""
    place = places().get(noun)
    return place.label if place else ""


@cache
def works(*, shortest: int = 1) -> tuple[str, ...]:
    """Return the nouns of works (回廊, 橋) of ``shortest`` or more signs; one sign ends other words too (架け橋)."""
    return tuple(
        place.noun
        for place in places().values()
        if place.label == "FACILITY" and len(place.noun) >= shortest
    )
