"""The acts of a sentence: every word that does something by being said, outside brackets and titles."""

from functools import cache

from seimeibun.agreements import lexicon
from seimeibun.agreements.constructions import (
    NOMINAL_NOUNS,
    SETTLED,
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
    token = words.tokens[i]
    if not token.tag.startswith(("名詞", "動詞", "形状詞")) or words.depth(i):
        return False
    if token.tag.startswith("動詞") or token.text[:1] in _initials():
        return True
    phrases = lexicon.phrases()
    return token.lemma in phrases or token.text in phrases


@cache
def _initials() -> frozenset[str]:
    """Return the first signs of the nouns that begin a head: most nouns can be passed over for theirs."""
    nouns = (
        *lexicon.nouns(),
        *lexicon.typing_nouns(),
        *lexicon.copulas(),
        *NOMINAL_NOUNS,
        *SETTLED,
    )
    return frozenset(noun[0] for noun in nouns)


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
