"""What marks a complement: a particle, or several words that serve as one (に対して, についての)."""

from dataclasses import dataclass

from seimeibun.agreements import lexicon
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.words import Words


@dataclass(frozen=True, slots=True)
class Complement:
    """Token range of an object and what was read on the way."""

    start: int
    end: int
    marker: str
    target: tuple[int, int] | None = None


def compound_marked(words: Words, i: int) -> Complement | None:
    """Return what a particle of several words that ends with the token ``i`` marks: 便数|について."""
    if words.surface(i) == "も" and (span := compound_marked(words, i - 1)) is not None:
        return span
    for parts, marker in lexicon.compound_particles().get(words.surface(i), ()):
        first = i - len(parts) + 1
        if first > words.first and all(
            words.surface(first + k) == part for k, part in enumerate(parts)
        ):
            if words.tag(first - 1).startswith("助詞-準体") and marker.startswith("に対し"):
                return None  # 先方が提案した|のに対し
            return Complement(words.first, first, marker)
    return None


def is_clausal(words: Words, span: Complement, predicate: Predicate) -> bool:
    """Tell whether the object is a clause (…すること, …する意図) rather than a noun."""
    last = span.end - 1
    if words.norm(last) in {"事", "こと", "の"} or words.surface(last) == "こと":
        return True
    if span.marker in {"との", "と", "旨", "旨を", "という", "旨の", "よう"}:
        return not words.is_noun(last)
    if span.marker == "" and (
        predicate.typed is not None or predicate.lexeme.lemma == "こととする"
    ):
        return not words.is_noun(last)
    return False
