"""Who does an act: clause rules, in the order topic, switch, subject, control, carry-over, signature.

The dependency tree is not asked: it hangs 双方 on the wrong clause in half of the long sentences. Where
nothing licenses an actor, none is given.
"""

import re
from dataclasses import dataclass, replace

from seimeibun.agreements.level import EMBED, MAIN, NOMINAL, SAYING
from seimeibun.agreements.phrases import Phrase
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.subjects import Role, Subject
from seimeibun.agreements.words import Words

SAME, COORD, GA, CONTROL, CARRY, SIGNATURE, AGENT, NONE = (
    "SAME",
    "COORD",
    "GA",
    "CONTROL",
    "CARRY",
    "SIGNATURE",
    "AGENT",
    "NONE",
)
MUTUAL = frozenset({"AGREE", "FORMALIZE", "CONSULT"})  # done with somebody, not towards somebody
CONTROLLING = frozenset({"AGREE", "COMMIT", "FORMALIZE"})
SPONTANEOUS = frozenset({"考える", "期待", "認識", "認める", "願う", "信じる"})
ATTITUDES = frozenset(
    {"立場", "考え", "意向", "意図", "意思", "用意", "方針", "決意", "姿勢", "所存", "覚悟"}
)
PLANS = ATTITUDES | {"予定", "見込み", "見通し", "運び", "つもり", "段取り"}
# Verbs that are half particles (に関して, に向けた): they close no clause
PARTICLE_VERBS = frozenset(
    "関する 対する 就く 於く 基づく 基付く 向ける 通ずる 通じる よる 因る 当たる 伴う 沿う 応ずる 応じる 含む 含める 踏まえる 際する 関わる 亘る "
    "於ける 置ける 係る 目指す 経る 始める 除く".split()
)


@dataclass(frozen=True, slots=True)
class Actor:
    """The doer of an act: code points of the phrase as written, -1 where none is."""

    start: int
    end: int
    source: str

    @property
    def written(self) -> bool:
        return self.start >= 0


NOBODY = Actor(-1, -1, NONE)


@dataclass
class _Sentence:
    """The state while the acts of a sentence are read from left to right."""

    words: Words
    subjects: list[Subject]
    predicates: list[Predicate]
    carried: Actor | None
    topic: Subject | None = None
    topic_from: int = 0  # where the topic begins to hold
    shared: int = 0  # how many main acts the topic has done
    last_main: int = -1  # token after the last completed main act


def assign_actors(
    words: Words, predicates: list[Predicate], subjects: list[Subject], carried: Actor | None
) -> tuple[list[Actor], Actor | None]:
    """Return the actor of each act, and the one that the next sentence may carry on.

    ``carried`` is the main actor of the sentence before, within the same paragraph.
    """
    state = _Sentence(words, subjects, predicates, carried)
    actors: dict[int, Actor] = {}
    for number, predicate in enumerate(predicates):
        if predicate.level != MAIN:
            continue
        actors[number] = _main_actor(state, predicate)
        state.last_main = predicate.tail.end
    for number, predicate in enumerate(predicates):
        if predicate.level == NOMINAL:
            actors[number] = _of_following(predicates, actors, number)
        elif predicate.level == EMBED:
            actors[number] = _embedded_actor(state, predicates, actors, number)
    ordered = [actors[number] for number in range(len(predicates))]
    return ordered, _to_carry(state, ordered, predicates)


def _actor(words: Words, phrase: Phrase, source: str) -> Actor:
    return Actor(words.tokens[phrase.start].start, words.tokens[phrase.end - 1].end, source)


# --- main clauses ---------------------------------------------------------------------------------


def _main_actor(state: _Sentence, predicate: Predicate) -> Actor:
    words = state.words
    _update_topic(state, predicate)
    if predicate.passive or predicate.arises:
        return _doer_of_passive(state, predicate)
    if subject := _main_subject(state, predicate):
        state.topic, state.shared, state.topic_from = subject, 1, subject.after
        return _actor(words, subject.phrase, GA)
    if state.topic is not None:
        state.shared += 1
        first = SAME if state.topic.role is not Role.SUBJECT else GA
        return _actor(words, state.topic.phrase, first if state.shared == 1 else COORD)
    if among := _last(state, predicate, Role.AMONG):
        state.topic, state.shared = among, 1
        return _actor(words, among.phrase, AGENT)
    return _carried(state, predicate)


def _update_topic(state: _Sentence, predicate: Predicate) -> None:
    """Let topics that stand before the act take over, where they may."""
    for subject in state.subjects:
        if not state.topic_from <= subject.phrase.start < predicate.left:
            continue
        if subject.role is Role.TOPIC:
            allowed = _may_be_topic(state, subject, predicate)
        elif subject.role is Role.FROM:
            allowed = _may_speak_from(state, subject, predicate)
        else:
            allowed = False
        if allowed:
            state.topic, state.shared, state.topic_from = subject, 0, subject.after


def _may_be_topic(state: _Sentence, subject: Subject, predicate: Predicate) -> bool:
    if state.topic is None:
        return not (
            _is_inside_view(state.words, subject, predicate)
            and (state.carried is not None or _is_first_noun(state, subject))
            and not subject.pause
        )
    if state.last_main <= state.topic.phrase.start or subject.phrase.start < state.last_main:
        # no act is done since the topic: a second は lies in what is said, unless the first clause is
        # over without an act (大統領は帰国し、首相は…を歓迎した)
        return False
    return not _is_inside_view(state.words, subject, predicate)


def _is_first_noun(state: _Sentence, subject: Subject) -> bool:  # noqa: ARG001
    return False


def _is_inside_view(words: Words, subject: Subject, predicate: Predicate) -> bool:
    """Tell whether a は-phrase is the topic of what is said: 日本は重要な友人である|旨述べた."""
    marker = _quote_marker(words, predicate)
    if marker is None or marker <= subject.after:
        return False
    if subject.phrase.kind in {"office", "person", "side"}:
        return False
    text = words.slice(max(words.first, marker - 3), marker)
    copular = (
        re.search(r"(?:である|であり|だ|です|であった|い|べきである|ない|不可欠)$", text)
        is not None
    )
    return copular and not subject.pause


def _quote_marker(words: Words, predicate: Predicate) -> int | None:
    """Return the と, との or 旨 that ends what the act says."""
    i = words.skip_adverbs_left(predicate.left)
    if words.surface(i) in {"を", "で"} and words.surface(i - 1) == "旨":
        return i - 1
    if words.surface(i) == "旨":
        return i
    if words.surface(i) == "との" and not words.is_noun(i - 1):
        return i
    if words.surface(i) == "の" and words.surface(i - 1) == "と" and not words.is_noun(i - 2):
        return i - 1
    if words.surface(i) == "と" and not words.is_noun(i - 1):
        return i
    return None


def _may_speak_from(state: _Sentence, subject: Subject, predicate: Predicate) -> bool:
    """Tell whether a から-phrase speaks: 大統領から、…旨述べ. 日本から供与された機材 does not."""
    words = state.words
    if words.surface(subject.after) == "の" or subject.phrase.start < state.last_main:
        return False
    if state.topic is not None and state.last_main <= state.topic.phrase.start:
        return False
    if subject.phrase.kind not in {"office", "person", "side", "state", "name", "body", "people"}:
        return False
    if words.surface(subject.after - 1) == "は" and _has_subject_between(state, subject, predicate):
        return False  # 米国からは大統領が、…出席し
    if predicate.passive or predicate.arises or words.surface(subject.after - 1) == "は":
        return _opens_clause(words, subject.phrase.start) or _is_free(words, subject, predicate)
    if not _opens_clause(words, subject.phrase.start):
        return False
    if subject.pause or predicate.lexeme.lemma in SAYING or predicate.lexeme.neutral:
        return True
    return subject.phrase.kind in {"office", "person", "side"} and predicate.category not in MUTUAL


def _has_subject_between(state: _Sentence, subject: Subject, predicate: Predicate) -> bool:
    return any(
        other.role is Role.SUBJECT and subject.after <= other.phrase.start < predicate.left
        for other in state.subjects
    )


def _opens_clause(words: Words, start: int) -> bool:
    before = words.surface(start - 1)
    return (
        start == words.first
        or before in {"、", "，", "」", "は"}
        or words.slice(max(words.first, start - 3), start).endswith(
            ("に対して", "に対し", "を受けて", "を受け")
        )
        or words.tag(start - 1).startswith(("接続詞", "副詞", "空白"))
        or _is_number(words, start)
    )


def _is_number(words: Words, start: int) -> bool:
    return start - words.first <= 3 and all(
        not words.tag(i).startswith(("助詞", "動詞")) for i in range(words.first, start)
    )


def _is_free(words: Words, subject: Subject, predicate: Predicate) -> bool:
    """Tell whether no clause closes between the phrase and the act."""
    return not _closed_clauses(words, subject.after, predicate.left)


def _doer_of_passive(state: _Sentence, predicate: Predicate) -> Actor:
    words = state.words
    for role in (Role.AGENT, Role.FROM, Role.AMONG):
        subject = _last(state, predicate, role)
        if subject is not None and (role is not Role.AGENT or _is_free(words, subject, predicate)):
            return _actor(words, subject.phrase, AGENT)
    if state.topic is not None and state.topic.role is Role.FROM:
        state.shared += 1
        return _actor(words, state.topic.phrase, SAME if state.shared == 1 else COORD)
    if (
        state.topic is not None
        and predicate.passive
        and _is_honorific(words, state.topic, predicate)
    ):
        state.shared += 1
        return _actor(words, state.topic.phrase, SAME if state.shared == 1 else COORD)
    if predicate.lexeme.lemma in SPONTANEOUS and state.carried is not None:
        return Actor(-1, -1, CARRY)
    return NOBODY


def _is_honorific(words: Words, topic: Subject, predicate: Predicate) -> bool:
    """Tell 大臣は…と述べられた (polite) from 計画は…と評価された (passive)."""
    if topic.phrase.kind not in {"office", "person", "side"}:
        return False
    complement = words.skip_adverbs_left(predicate.start)
    return words.surface(complement) in {"を", "旨"} or (
        predicate.lexeme.lemma in SAYING and words.surface(complement) == "と"
    )


def _last(state: _Sentence, predicate: Predicate, role: Role) -> Subject | None:
    """Return the last phrase of ``role`` between the last main act and this one."""
    since = max(state.last_main, state.words.first)
    found = [
        subject
        for subject in state.subjects
        if subject.role is role
        and since <= subject.phrase.start
        and subject.after <= predicate.left
    ]
    if role is Role.FROM:
        found = [s for s in found if words_after(state.words, s) != "の"]
    found = [
        s
        for s in found
        if _is_free(state.words, s, predicate) or _opens_clause(state.words, s.phrase.start)
    ]
    return found[-1] if found else None


def words_after(words: Words, subject: Subject) -> str:
    return words.surface(subject.after)


def _main_subject(state: _Sentence, predicate: Predicate) -> Subject | None:
    """Return the が-subject of a main act: 双方が意義を強調し、. An embedded clause's own is not it."""
    words = state.words
    since = max(state.last_main, words.first)
    for subject in reversed(state.subjects):
        if subject.role is not Role.SUBJECT or not since <= subject.phrase.start < predicate.left:
            continue
        if state.topic is not None and subject.phrase.start > state.topic.phrase.start:
            if state.last_main <= state.topic.phrase.start and state.topic.phrase.kind != "meeting":
                continue
        elif state.topic is not None:
            continue
        closed = _closed_clauses(words, subject.after, predicate.left)
        if not closed:
            return subject
        if (
            state.topic is None
            and state.carried is None
            and _opens_clause(words, subject.phrase.start)
        ):
            if predicate.category in {"AGREE", "COMMIT", "EXPECT"} and subject.phrase.kind in {
                "side",
                "office",
                "person",
            }:
                return subject
    return None


def _closed_clauses(words: Words, start: int, end: int) -> bool:
    """Tell whether a finite or adnominal verb stands between two tokens at depth 0."""
    for i in range(start, end):
        token = words.tokens[i]
        if words.depth(i) or not token.tag.startswith(("動詞", "形容詞", "助動詞")):
            continue
        if "連用形" in token.inflection or _is_particle_like(words, i):
            continue
        if "終止形" in token.inflection or "連体形" in token.inflection:
            return True
    return False


def _is_particle_like(words: Words, i: int) -> bool:
    """Tell the verb in に関する, における, に向けた, and the な of 様々な, from a predicate."""
    norm = words.norm(i)
    if norm in PARTICLE_VERBS or (norm == "だ" and words.surface(i) == "な"):
        return True
    if norm == "おく":
        return words.surface(i - 1) == "に"
    return norm in {"た", "り"} and (
        words.norm(i - 1) in PARTICLE_VERBS or words.surface(i - 1) == "おけ"
    )


def _carried(state: _Sentence, predicate: Predicate) -> Actor:
    if state.carried is None or _has_other_topic(state, predicate):
        return NOBODY
    return replace(state.carried, source=CARRY)


def _has_other_topic(state: _Sentence, predicate: Predicate) -> bool:
    """Tell whether something that is no actor is the topic of the act (本協定は…を確認する)."""
    words = state.words
    if _quote_marker(words, predicate) is not None:
        return False
    text = words.slice(max(words.first, predicate.left - 3), predicate.left)
    if "こと" in text:
        return False
    for i in range(words.first + 1, predicate.left):
        if words.depth(i) == 0 and words.surface(i) == "は" and words.is_case(i):
            noun = words.is_noun(i - 1) and not words.tag(i - 1).endswith("副詞可能")
            if noun and i >= state.last_main:
                return True
    return False


# --- embedded and nominal acts --------------------------------------------------------------------


def _of_following(predicates: list[Predicate], actors: dict[int, Actor], number: int) -> Actor:
    for later in range(number + 1, len(predicates)):
        if predicates[later].level == MAIN:
            return replace(actors[later], source=SAME) if actors[later].written else actors[later]
    return NOBODY


def _embedded_actor(
    state: _Sentence, predicates: list[Predicate], actors: dict[int, Actor], number: int
) -> Actor:
    predicate = predicates[number]
    words = state.words
    outer = _governing(predicates, number)
    topic = _topic_start(actors.get(outer) if outer is not None else None)
    own = _own_subject(state, predicate, topic)
    if predicate.passive or predicate.arises:
        agent = _last_between(state, predicate, Role.AGENT) or _last_between(
            state, predicate, Role.FROM
        )
        return _actor(words, agent.phrase, AGENT) if agent else NOBODY
    if own is not None:
        return _actor(words, own.phrase, GA)
    if predicate.position.form == "ADN" and (head := _modified_actor(state, predicate)):
        return _actor(words, head.phrase, GA)
    if outer is None and words.surface(predicate.tail.end) in PLANS:
        _update_topic(state, predicate)
        if state.topic is not None:
            return _actor(words, state.topic.phrase, CONTROL)  # 双方は、署名する予定である
    if outer is None or not actors[outer].written:
        return NOBODY
    if _controls(words, predicate, predicates[outer]):
        return replace(actors[outer], source=CONTROL)
    return NOBODY


def _modified_actor(state: _Sentence, predicate: Predicate) -> Subject | None:
    """Return the actor whom the relative clause of the act describes: 確認した|両大臣は."""
    return next((s for s in state.subjects if s.phrase.start == predicate.tail.end), None)


def _topic_start(actor: Actor | None) -> int:
    return actor.start if actor is not None and actor.written else -1


def _governing(predicates: list[Predicate], number: int) -> int | None:
    """Return the main act in whose complement the embedded act ``number`` stands."""
    for later in range(number + 1, len(predicates)):
        if predicates[later].level == MAIN:
            return later
    return None


def _own_subject(state: _Sentence, predicate: Predicate, topic: int) -> Subject | None:
    """Return the nearest が-actor before an embedded act whose clause is still open."""
    words = state.words
    for subject in reversed(state.subjects):
        if subject.role is not Role.SUBJECT or subject.after > predicate.left:
            continue
        if words.tokens[subject.phrase.start].start <= topic:
            break
        if not _closed_clauses_but_coordinated(words, subject.after, predicate.left):
            return subject
        return None
    return None


def _closed_clauses_but_coordinated(words: Words, start: int, end: int) -> bool:
    """Like a closed clause, but …すること、及び… goes on with the same subject."""
    for i in range(start, end):
        token = words.tokens[i]
        if words.depth(i) or not token.tag.startswith(("動詞", "形容詞", "助動詞")):
            continue
        if _is_particle_like(words, i):
            continue
        if "終止形" not in token.inflection and "連体形" not in token.inflection:
            continue
        after = words.slice(i + 1, min(i + 5, words.last))
        if re.match(r"(?:こと)?[、，]?(?:及び|並びに|また|とともに|と共に)", after):
            continue
        if (
            re.match(r"(?:意図|意向|用意|方針|決意|こと(?:を|で)?(?:決|約|合意))", after)
            and i + 4 >= end
        ):
            continue
        if token.tag.startswith("助動詞") or words.norm(i + 1) not in {
            "た",
            "れる",
            "られる",
            "ない",
            "ます",
        }:
            return True
    return False


def _last_between(state: _Sentence, predicate: Predicate, role: Role) -> Subject | None:
    for subject in reversed(state.subjects):
        if subject.role is role and subject.after <= predicate.left:
            if not _closed_clauses(state.words, subject.after, predicate.left):
                return subject
            return None
    return None


def _controls(words: Words, predicate: Predicate, outer: Predicate) -> bool:
    """Tell whether the doer of ``outer`` is also the doer of the act inside its complement."""
    if predicate.position.reported:
        return True
    if predicate.position.form == "YOU" or predicate.tail.past:
        return False
    if words.surface(predicate.tail.end) in ATTITUDES and not predicate.passive:
        return True  # 支持しない立場を表明: one's own stand
    if outer.category not in CONTROLLING:
        return False
    if any(
        words.surface(i) == "が" and words.tag(i).startswith("助詞-格助詞")
        for i in range(predicate.tail.end, outer.left)
    ):
        return False
    return predicate.position.form in {"COMP", "QUOTE", "ADN"}


# --- carrying -------------------------------------------------------------------------------------


def _to_carry(state: _Sentence, actors: list[Actor], predicates: list[Predicate]) -> Actor | None:
    """Return the actor that a next sentence without a topic may carry on."""
    for actor, predicate in zip(reversed(actors), reversed(predicates), strict=True):
        if predicate.level == MAIN and actor.written:
            return actor
    topics = [s for s in state.subjects if s.role is Role.TOPIC and s.phrase.kind != "meeting"]
    if topics and _opens_clause(state.words, topics[0].phrase.start):
        return _actor(state.words, topics[0].phrase, SAME)
    return state.carried
