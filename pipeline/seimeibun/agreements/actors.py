"""Who does an act: clause rules, in the order topic, switch, subject, control, carry-over.

The dependency tree is not asked: it hangs 双方 on the wrong clause in half of the long sentences. Where
nothing licenses an actor, none is given.
"""

from seimeibun.agreements.actor import SAME, Actor, Sentence, actor_of
from seimeibun.agreements.clauses import opens_clause
from seimeibun.agreements.embedded_clause import actor_of_following, embedded_actor
from seimeibun.agreements.level import EMBED, MAIN, NOMINAL
from seimeibun.agreements.main_clause import main_actor
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.subjects import Role, Subject
from seimeibun.agreements.words import Words


def assign_actors(
    words: Words, predicates: list[Predicate], subjects: list[Subject], carried: Actor | None
) -> tuple[list[Actor], Actor | None]:
    """Return the actor of each act, and the one that the next sentence may carry on.

    ``carried`` is the main actor of the sentence before, within the same paragraph.
    """
    state = Sentence(words, subjects, predicates, carried)
    actors: dict[int, Actor] = {}
    for number, predicate in enumerate(predicates):
        if predicate.level != MAIN:
            continue
        if number and predicate.shares_verb(predicates[number - 1]):
            actors[number] = actors[number - 1]
            continue
        actors[number] = main_actor(state, predicate)
        state.last_main = predicate.tail.end
    for number, predicate in enumerate(predicates):
        if predicate.level == NOMINAL:
            actors[number] = actor_of_following(predicates, actors, number)
        elif predicate.level == EMBED:
            actors[number] = embedded_actor(state, predicates, actors, number)
    ordered = [actors[number] for number in range(len(predicates))]
    return ordered, _to_carry(state, ordered, predicates)


def _to_carry(state: Sentence, actors: list[Actor], predicates: list[Predicate]) -> Actor | None:
    """Return the actor that a next sentence without a topic may carry on."""
    for actor, predicate in zip(reversed(actors), reversed(predicates), strict=True):
        if predicate.level == MAIN and actor.written:
            return actor
    topics = [s for s in state.subjects if s.role is Role.TOPIC and s.phrase.kind != "meeting"]
    if topics and opens_clause(state.words, topics[0].phrase.start):
        return actor_of(state.words, topics[0].phrase, SAME)
    return state.carried
