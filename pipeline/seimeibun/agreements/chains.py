"""Acts that go on inside somebody else's clause: 日本が事業を評価し、支援を決定したことを歓迎した."""

from collections.abc import Sequence
from dataclasses import replace

from seimeibun.agreements.level import EMBED, MAIN, Position
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.subjects import Role, Subject


def demoted(predicates: Sequence[Predicate], subjects: Sequence[Subject]) -> list[Predicate]:
    """Return the acts with linked ones (評価し、) embedded that belong to the clause of the next act.

    They do where a が-subject of their own stands after the sentence's topic and the next act is
    embedded, under the same subject.
    """
    found = list(predicates)
    for number in range(len(found) - 2, -1, -1):
        act, following = found[number], found[number + 1]
        if act.level != MAIN or act.position.form != "RENYO" or following.level != EMBED:
            continue
        since = found[number - 1].tail.end if number else 0
        if _has_own_subject(act, subjects, since) and not _has_new_subject(
            act, following, subjects
        ):
            found[number] = replace(act, position=Position(EMBED, following.position.form))
    return found


def _has_own_subject(act: Predicate, subjects: Sequence[Subject], since: int) -> bool:
    topics = [s for s in subjects if s.role is Role.TOPIC and s.phrase.start < act.left]
    return any(
        s.role is Role.SUBJECT
        and since <= s.phrase.start < act.left
        and topics
        and topics[0].after <= s.phrase.start
        for s in subjects
    )


def _has_new_subject(act: Predicate, following: Predicate, subjects: Sequence[Subject]) -> bool:
    return any(
        s.role in {Role.SUBJECT, Role.TOPIC} and act.end <= s.phrase.start < following.left
        for s in subjects
    )
