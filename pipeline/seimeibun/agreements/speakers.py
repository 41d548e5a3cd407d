"""Who speaks in a sentence, by its particles: somebody who can act, a document, or mere things."""

import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from seimeibun.agreements.level import MAIN
from seimeibun.agreements.phrases import is_actor_before
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.words import Words

SPEAKING = re.compile(
    r"(?:宣言|声明|文書|決議|報告書?|憲章|条約|協定|計画|議定書|勧告|綱領|方針|コミュニケ|[0-9」)])$"
)


class _Particles(NamedTuple):
    """Where particles of a sentence stand that say whether somebody speaks."""

    topics: tuple[int, ...]  # は after a noun
    first_actor: int  # the first of them after somebody who can act, else the end of the sentence
    sources: tuple[int, ...]  # から, より


@lru_cache(maxsize=1)
def _particles(words: Words) -> _Particles:
    cases = [i for i in range(words.first, words.last) if words.is_case(i)]
    topics = tuple(
        i for i in cases if words.surface(i) == "は" and not words.depth(i) and words.is_noun(i - 1)
    )
    return _Particles(
        topics,
        next((i for i in topics if is_actor_before(words, i)), words.last),
        tuple(i for i in cases if words.surface(i) in {"から", "より"}),
    )


def is_of_things(words: Words, predicate: Predicate) -> bool:
    """Tell 歴史は進歩を求める, where nobody speaks, from 大臣は…, 決議は…."""
    topics = _topics_of_things(words, predicate)
    if not topics or any(i < predicate.left for i in _particles(words).sources[:1]):
        return False
    last = topics[-1] - 1
    timely = words.tag(last).endswith(("副詞可能", "助数詞可能"))
    return not timely and SPEAKING.search(words.slice(words.first, topics[-1])) is None


def is_laid_down(words: Words, predicate: Predicate) -> bool:
    """Tell whether a document says what is to be done: 行動計画は、体制を|点検し、…."""
    topics = _topics_of_things(words, predicate)
    if not topics:
        return False
    if not words.is_case(words.skip_adverbs_left(predicate.left), "を"):
        return False
    return SPEAKING.search(words.slice(words.first, topics[-1])) is not None


def _topics_of_things(words: Words, predicate: Predicate) -> tuple[int, ...]:
    """Return the は before the act, none where somebody who can act is a topic."""
    topics, first_actor, _ = _particles(words)
    return () if first_actor < predicate.left else topics[: bisect_left(topics, predicate.left)]


def is_received(words: Words, predicate: Predicate) -> bool:
    """Tell whether what somebody gave is told from the other side: 大臣から支持を|得た."""
    if predicate.level != MAIN or predicate.tail.negative:
        return False
    sources = _particles(words).sources
    before = sources[: bisect_left(sources, predicate.left)]
    return any(is_actor_before(words, i) for i in before)
