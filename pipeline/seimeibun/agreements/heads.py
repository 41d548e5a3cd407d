"""The acts of a sentence: every word that does something by being said, outside brackets and titles."""

from seimeibun.agreements.constructions import (
    read_copula_adjective,
    read_copula_noun,
    read_koto_to_suru,
    read_nominal,
)
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.verbal_nouns import read_verbal_noun
from seimeibun.agreements.verbs import read_phrase, read_verb
from seimeibun.agreements.words import Words


def find_predicates(words: Words) -> list[Predicate]:
    """Return the acts of a sentence in text order."""
    found: list[Predicate] = []
    i = words.first
    while i < words.last:
        predicate = _at(words, i) if _may_speak(words, i) else None
        if predicate is None:
            i += 1
            continue
        found.append(predicate)
        i = max(predicate.end, i + 1)
    return _without_absorbed(found)


def _may_speak(words: Words, i: int) -> bool:
    """Tell whether a head can begin at ``i``: a content word outside brackets and quoted titles."""
    return words.tag(i).startswith(("名詞", "動詞", "形状詞")) and words.depth(i) == 0


def _without_absorbed(found: list[Predicate]) -> list[Predicate]:
    taken = [p.absorbed for p in found if p.absorbed]
    return [
        p for p in found if p.absorbed or not any(start <= p.start < end for start, end in taken)
    ]


def _at(words: Words, i: int) -> Predicate | None:
    for read in (
        read_phrase,
        read_verbal_noun,
        read_verb,
        read_copula_noun,
        read_copula_adjective,
        read_koto_to_suru,
        read_nominal,
    ):
        predicate = read(words, i)
        if predicate is not None:
            return predicate
    return None
