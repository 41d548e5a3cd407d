"""Acts that go on inside somebody else's clause: 日本が事業を評価し、支援を決定したことを歓迎した."""

from collections.abc import Sequence
from dataclasses import replace

from seimeibun.agreements import lexicon
from seimeibun.agreements.actor import is_several
from seimeibun.agreements.clauses import closes_clause
from seimeibun.agreements.level import EMBED, MAIN, Position
from seimeibun.agreements.main_clause import SHARED
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.subjects import Role, Subject
from seimeibun.agreements.words import COMMAS, Words
from seimeibun.entities.firms import is_firm


def demoted(
    words: Words, predicates: Sequence[Predicate], subjects: Sequence[Subject]
) -> list[Predicate]:
    """Return the acts with linked ones (評価し、) embedded that belong to the clause of the next act.

    They do where a が-subject of their own stands after the sentence's topic and the next act is
    embedded, under the same subject.
    """
    found = list(predicates)
    for number in range(len(found) - 2, -1, -1):
        act, following = found[number], found[number + 1]
        if act.level != MAIN or act.position.form != "RENYO":
            continue
        if following.level != EMBED:
            if _goes_on_inside(words, act, following, subjects):
                found[number] = replace(act, position=Position(EMBED, "COMP"))
            continue
        if _is_ongoing(words, act) and following.position.reported:
            found[number] = replace(act, position=Position(EMBED, "QUOTE", reported=True))
            continue  # 投資を歓迎しており、対応を指示しているとの説明があった
        since = found[number - 1].tail.end if number else 0
        if _has_own_subject(words, act, subjects, since) and (
            not _has_new_subject(act, following, subjects)
            or _is_between_firms(words, act, subjects)
        ):
            found[number] = replace(act, position=Position(EMBED, following.position.form))
    return [_in_relative(words, act, subjects) for act in found]


def _goes_on_inside(
    words: Words, act: Predicate, following: Predicate, subjects: Sequence[Subject]
) -> bool:
    """Tell whether the clause of the act is over only within what the next act is about.

    大統領は、隣国が提案を拒絶し、|試験を続けていること|に懸念を表明した; 条約が締結され、|返還が実現したこと|を歓迎.
    """
    if following.level != MAIN or words.surface(act.tail.end) not in COMMAS:
        return False
    topics = [s for s in subjects if s.role is Role.TOPIC and s.phrase.start < act.left]
    if not topics:
        return _is_said_of_its_topic(words, act, following)
    if topics[-1].phrase.kind == "meeting":
        return False
    if any(s.role is Role.TOPIC and act.end <= s.phrase.start < following.left for s in subjects):
        return False
    after = topics[-1].after
    own = [i for i in range(after, act.left) if words.is_case(i, "が") and not words.depth(i)]
    if not own or closes_clause(words, own[-1], act.left):
        return False
    if any(_is_closed_content(words, i) for i in range(own[-1], act.left)):
        return False  # 本年が節目に当たる|ことを歓迎し
    return any(_is_closed_content(words, i) for i in range(act.tail.end, following.left))


def _is_said_of_its_topic(words: Words, act: Predicate, following: Predicate) -> bool:
    """Tell whether a passive is said of what is no actor: 本文書は、公表され、…を示す|ことが確認された."""
    stated = words.skip_adverbs_left(following.left)
    if not act.passive or not following.passive or not words.is_case(stated, "が"):
        return False
    before = any(words.is_case(i, "は") for i in range(words.first + 1, act.left))
    new = any(
        words.is_case(i, "は") and words.surface(i - 1) != "で" for i in range(act.end, stated)
    )
    return before and not new and words.norm(stated - 1) in {"事", "こと"}


def _is_closed_content(words: Words, i: int) -> bool:
    """Tell whether a content clause ends with token ``i``: …して|いる|こと, …する|と."""
    token = words.tokens[i]
    if words.depth(i) or not token.tag.startswith(("動詞", "助動詞", "形容詞")):
        return False
    if "連体形" not in token.inflection and "終止形" not in token.inflection:
        return False
    return words.norm(i + 1) in {"事", "こと"} or words.surface(i + 1) in {
        "こと",
        "旨",
        "と",
        "との",
    }


def _is_ongoing(words: Words, act: Predicate) -> bool:
    last = act.tail.end - 1
    return words.norm(last) in {"居る", "おる"} and words.surface(last - 1) == "て"


def _in_relative(words: Words, act: Predicate, subjects: Sequence[Subject]) -> Predicate:
    """Embed a linked passive that has nothing to be done to it but the noun after: 署名され、発効した|協定."""
    if act.level != MAIN or act.position.form != "RENYO" or not act.passive:
        return act
    if words.surface(act.tail.end) not in COMMAS:
        return act
    topics = [s for s in subjects if s.role is Role.TOPIC and s.phrase.start < act.left]
    since = topics[-1].after if topics else words.first
    if not topics or any(words.is_case(i, "は", "が") for i in range(since, act.left)):
        return act
    for i in range(act.tail.end + 1, words.last - 1):
        token = words.tokens[i]
        if words.depth(i) == 0 and token.tag.startswith(("動詞", "助動詞")):
            if "連体形" in token.inflection or "終止形" in token.inflection:
                modifies = words.is_noun(i + 1) and words.norm(i + 1) not in {"事", "こと", "旨"}
                return replace(act, position=Position(EMBED, "ADN")) if modifies else act
            if words.surface(i + 1) in COMMAS:
                return act
    return act


def _has_own_subject(words: Words, act: Predicate, subjects: Sequence[Subject], since: int) -> bool:
    topics = [s for s in subjects if s.role is Role.TOPIC and s.phrase.start < act.left]
    return any(
        s.role is Role.SUBJECT
        and since <= s.phrase.start < act.left
        and topics
        and topics[0].after <= s.phrase.start
        and not (_only_describes(words, s) and closes_clause(words, s.after, act.left))
        and not _is_within_content(words, s, act)
        for s in subjects
    )


def _is_within_content(words: Words, subject: Subject, act: Predicate) -> bool:
    """Tell whether the subject did what is praised, and does not praise: 双方は、|日本が|加盟したことを歓迎し."""
    return act.category in PRAISE and any(
        _is_closed_content(words, i) for i in range(subject.after, act.left)
    )


PRAISE = frozenset({"WELCOME", "EVALUATE", "THANK"})


def _is_between_firms(words: Words, act: Predicate, subjects: Sequence[Subject]) -> bool:
    """Tell whether firms agree among themselves: 首脳は、|甲社と乙社が建設することで|合意し、銀行が融資したことを歓迎."""
    before = [s for s in subjects if s.role is Role.SUBJECT and s.after <= act.left]
    if not before or act.lexeme.lemma not in SHARED:
        return False
    phrase = before[-1].phrase
    text = words.slice(phrase.start, phrase.end)
    return is_firm(text) and is_several(text)


def _only_describes(words: Words, subject: Subject) -> bool:
    """Tell whether a subject before a closed clause is not who does the act after it.

    会議が開催されることの意義を|強調し: it is held, it does not stress; 双方が関心を有する問題を|協議し: who
    acts is the topic, which are the same.
    """
    last = words.surface(subject.phrase.end - 1)
    return subject.phrase.kind == "meeting" or lexicon.actor_aliases().get(last) == "parties"


def _has_new_subject(act: Predicate, following: Predicate, subjects: Sequence[Subject]) -> bool:
    return any(
        s.role in {Role.SUBJECT, Role.TOPIC} and act.end <= s.phrase.start < following.left
        for s in subjects
    )
