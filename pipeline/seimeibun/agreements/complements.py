"""Where the complement of an act ends, and the particle that marks it, read leftwards from the act."""

from seimeibun.agreements.adverbials import before_when_and_where
from seimeibun.agreements.case_marking import Complement
from seimeibun.agreements.marked_complements import marked
from seimeibun.agreements.noun_complements import complement_of_noun, own_view
from seimeibun.agreements.phrases import asked_before, phrase_before
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.words import COMMAS, Words

INVITING = frozenset({"招待", "招請"})  # 首相を|日本に招待


def find_complement(words: Words, predicate: Predicate) -> Complement | None:
    """Find the complement's last token and its particle, read leftwards from the act."""
    typed = predicate.typed or predicate.mwe
    i = (words.skip_modifiers_left if typed else words.skip_adverbs_left)(predicate.left)
    if i < words.first:
        return None
    if typed:
        found = complement_of_noun(words, i, predicate)
        return found or own_view(words, predicate)
    i = before_when_and_where(words, i, predicate)
    addressee = None
    if (asked := asked_before(words, i)) is not None:
        addressee, i = (asked.start, asked.end), asked.start - 1
    elif words.surface(i) == "に" and (phrase := phrase_before(words, i)) is not None:
        before = words.surface(phrase.start - 1)
        invited = predicate.lexeme.lemma in INVITING
        if not invited and (
            before in {"を", "と", "対し", "て", "つい", "よう", "旨", "こと"}
            or words.surface(phrase.start - 1) in COMMAS
        ):
            addressee = (phrase.start, phrase.end)
            i = phrase.start - 1
            i = i - 1 if words.surface(i) in COMMAS else i
    span = marked(words, i, predicate)
    return span and Complement(span.start, span.end, span.marker, addressee or span.target)
