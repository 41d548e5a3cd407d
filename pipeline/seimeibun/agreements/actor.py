"""The doer of an act, and the state of a sentence while its acts are read from left to right."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from seimeibun.agreements.phrases import Phrase
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.subjects import Subject
from seimeibun.agreements.words import Words

# How the doer was found (column actor_source).
SAME = "SAME"  # the topic of the act's own clause
COORD = "COORD"  # the topic, which an earlier act of the sentence has too
GA = "GA"  # the が-subject of the clause
CONTROL = "CONTROL"  # the doer of the act around it
CARRY = "CARRY"  # the topic of a sentence before
SIGNATURE = "SIGNATURE"  # who signed
AGENT = "AGENT"  # a から-, により- or 間で-phrase
NONE = "NONE"


@dataclass(frozen=True, slots=True)
class Actor:
    """The doer of an act: code points of the phrase as written, -1 where none is."""

    start: int
    end: int
    source: str

    @property
    def written(self) -> bool:
        return self.start >= 0


UNWRITTEN = Actor(-1, -1, CARRY)  # those who speak in the document, who are not named here
NOBODY = Actor(-1, -1, NONE)


@dataclass
class Sentence:
    """The state while the acts of a sentence are read from left to right."""

    words: Words
    subjects: list[Subject]
    predicates: list[Predicate]
    carried: Actor | None
    topic: Subject | None = None
    topic_from: int = 0  # where the topic begins to hold
    shared: int = 0  # how many main acts the topic has done
    last_main: int = -1  # token after the last completed main act

    def subjects_between(self, start: int, end: int) -> list[Subject]:
        """Return the subjects that begin in the tokens ``start``–``end`` (half-open), in text order."""
        first, last = (bisect_left(self.subjects, edge, key=_begin) for edge in (start, end))
        return self.subjects[first:last]


def _begin(subject: Subject) -> int:
    return subject.phrase.start


_SEVERAL = re.compile(
    r"[両各双]|か国|カ国|参加|加盟|締約|我々|われわれ|及び|および|並びに|[とや、・]|ら$|たち|理事会|委員会|会合|会議|首脳$|閣僚$|^[A-Z]*外相$|[0-9]"
)


def is_several(text: str) -> bool:
    """Tell whether an actor as written is of more than one: 双方, 日本及びケニア, 理事会."""
    return _SEVERAL.search(text) is not None


def actor_of(words: Words, phrase: Phrase, source: str) -> Actor:
    start, end = words.tokens[phrase.start].start, words.tokens[phrase.end - 1].end
    if phrase.start == words.first and (number := _NUMBER.match(words.text, start, end)):
        start = number.end()  # 2.|三首脳は: one numeral to the tokenizer
    return Actor(start, end, source)


_NUMBER = re.compile(r"[0-9]{1,2}[.．、](?=[一二三四五六七八九十])")
