"""Who does an act inside another clause: its own が-subject, an agent, or control by the act outside."""

import re
from dataclasses import replace

from seimeibun.agreements.actor import AGENT, CONTROL, GA, NOBODY, SAME, Actor, Sentence, actor_of
from seimeibun.agreements.clauses import closes_clause, is_particle_like, only_describes
from seimeibun.agreements.embedded_acts import PLANS
from seimeibun.agreements.level import EMBED, MAIN
from seimeibun.agreements.main_clause import update_topic
from seimeibun.agreements.phrases import Phrase, phrase_before
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.required import is_voiced
from seimeibun.agreements.subjects import Role, Subject
from seimeibun.agreements.times import after_time
from seimeibun.agreements.words import COMMAS, Words

CONTROLLING = frozenset({"AGREE", "COMMIT", "FORMALIZE"})


ATTITUDES = frozenset(
    {"立場", "考え", "意向", "意図", "意思", "用意", "方針", "決意", "姿勢", "所存", "覚悟"}
)


def actor_of_following(predicates: list[Predicate], actors: dict[int, Actor], number: int) -> Actor:
    for later in range(number + 1, len(predicates)):
        if predicates[later].level == MAIN:
            return replace(actors[later], source=SAME) if actors[later].written else actors[later]
    return NOBODY


def embedded_actor(
    state: Sentence, predicates: list[Predicate], actors: dict[int, Actor], number: int
) -> Actor:
    predicate = predicates[number]
    words = state.words
    outer = _governing(predicates, number)
    topic = _topic_start(actors.get(outer) if outer is not None else None)
    own = _own_subject(state, predicate, topic)
    if predicate.passive or predicate.arises:
        roles = (Role.AGENT, Role.FROM, Role.AMONG)
        agent = next(filter(None, (_last_between(state, predicate, role) for role in roles)), None)
        if agent is None or _speaks_of(words, agent, predicate, topic):
            return NOBODY
        return actor_of(words, agent.phrase, AGENT)
    if own is not None:
        return actor_of(words, own.phrase, GA)
    if is_voiced(words, predicate) and (heard := _last_between(state, predicate, Role.FROM)):
        return actor_of(words, heard.phrase, AGENT)
    if (before := _same_clause(predicates, number)) is not None:
        return actors[before] if actors[before].source == GA else NOBODY
    if predicate.category in {"AGREE", "FORMALIZE"} and _comes_about(words, predicate):
        return NOBODY
    if predicate.position.form == "QUOTE" and (speaker := _speaker(words, predicate)):
        return actor_of(words, speaker, AGENT)
    if predicate.position.form == "ADN" and (head := _modified_actor(state, predicate)):
        return actor_of(words, head.phrase, GA)
    if outer is None and _is_planned(words, predicate):
        update_topic(state, predicate)
        if state.topic is not None:
            return actor_of(words, state.topic.phrase, CONTROL)  # 双方は、署名する予定である
    if outer is None or not actors[outer].written:
        return NOBODY
    if _controls(words, predicate, predicates[outer]):
        return replace(actors[outer], source=CONTROL)
    return NOBODY


def _speaks_of(words: Words, agent: Subject, predicate: Predicate, speaker: int) -> bool:
    """Tell whether who speaks first only tells of what was done: 大臣から、|覚書が署名された|ことを評価し."""
    told = agent.role is Role.FROM and agent.pause and predicate.typed is None
    return told and words.tokens[agent.phrase.start].start == speaker


def _same_clause(predicates: list[Predicate], number: int) -> int | None:
    """Return the act that this one tells of, done by the same: 甲国が派遣を|決定した|旨発表したこと."""
    predicate = predicates[number]
    if number == 0 or predicate.category in EVENTFUL or predicate.position.form != "COMP":
        return None
    told = predicates[number - 1]
    if told.level != EMBED or not told.position.reported:
        return None
    return number - 1 if told.tail.end < predicate.left <= told.tail.end + 3 else None


def _comes_about(words: Words, predicate: Predicate) -> bool:
    """Tell whether the clause has a subject that is no actor: 交渉が|大筋合意に至ったこと."""
    for i in range(predicate.left - 1, words.first, -1):
        if words.depth(i):
            continue
        if words.is_case(i, "が"):
            return not closes_clause(words, i, predicate.left)
        if words.is_case(i, "は", "と") or words.surface(i) in COMMAS:
            return False
    return False


AIMED = re.compile(r"(?:こと|よう)(?:を目指|に努め|を目標|を予定|としている|としており)")


def _is_planned(words: Words, predicate: Predicate) -> bool:
    """Tell whether the topic is to do it: 署名する|予定である, 署名する|ことを目指す."""
    after = predicate.tail.end
    if words.surface(after) in PLANS | ATTITUDES:
        return True
    return AIMED.match(words.slice(after, min(after + 5, words.last))) is not None


def _speaker(words: Words, predicate: Predicate) -> Phrase | None:
    """Return whose words a quotation is: 実現を希望する旨の|大統領|の発言."""
    for i in range(predicate.tail.end + 2, min(predicate.tail.end + 16, words.last)):
        if words.surface(i) in SPOKEN and words.is_case(i - 1, "の"):
            phrase = phrase_before(words, i - 1)
            first = predicate.tail.end + 2  # after 旨の, との
            if phrase is None or phrase.end <= first:
                return None
            return replace(phrase, start=max(phrase.start, first))
        if words.tag(i).startswith(("動詞", "助動詞")) or words.is_case(i, "を", "が", "に"):
            return None
    return None


SPOKEN = frozenset(["発言", "説明", "回答", "指摘", "意見", "要請", "提案", "言及", "立場"])


def _modified_actor(state: Sentence, predicate: Predicate) -> Subject | None:
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


def _own_subject(state: Sentence, predicate: Predicate, topic: int) -> Subject | None:
    """Return the nearest が-actor before an embedded act whose clause is still open."""
    words = state.words
    for subject in reversed(state.subjects):
        if subject.role is not Role.SUBJECT or subject.after > predicate.left:
            continue
        if words.tokens[subject.phrase.start].start <= topic < words.tokens[predicate.start].start:
            break
        eventful = predicate.category in EVENTFUL
        dated = after_time(words, subject.after, predicate.left)
        if dated > subject.after and _is_only_described(words, dated, predicate):
            return subject
        if not _closed_clauses_but_coordinated(
            words, subject.after, predicate.left, eventful=eventful
        ):
            return subject
        return None
    return None


def _is_only_described(words: Words, start: int, predicate: Predicate) -> bool:
    """Tell whether what closes before a past act only describes its object.

    隣国が今月三日に|対話を否定する談話|を発表した: the day is of what was done, and so is who did it.
    """
    if not predicate.tail.past:
        return False
    closings = [i for i in range(start, predicate.left) if closes_clause(words, i, i + 1)]
    return bool(closings) and all(
        words.tag(i).startswith("動詞")
        and words.is_noun(i + 1)
        and words.norm(i + 1) not in {"事", "こと", "旨"}
        for i in closings
    )


# what is done about something that somebody else did
EVENTFUL = frozenset({"WELCOME", "EVALUATE", "THANK", "OBJECT", "SUPPORT", "EXPECT", "RECOGNIZE"})


def _closed_clauses_but_coordinated(words: Words, start: int, end: int, *, eventful: bool) -> bool:
    """Like a closed clause, but …すること、及び… goes on with the same subject.

    ``eventful``: the act is about what others do, 甲国が参加したこと|を歓迎; what it is about is closed.
    """
    for i in range(start, end):
        token = words.tokens[i]
        if words.depth(i) or not token.tag.startswith(("動詞", "形容詞", "助動詞")):
            continue
        if is_particle_like(words, i) or only_describes(words, i):
            continue
        if "終止形" not in token.inflection and "連体形" not in token.inflection:
            continue
        after = words.slice(i + 1, min(i + 5, words.last))
        if COORDINATED.match(after):
            continue
        said = SAID.match(after) and not (eventful and after.startswith("こと"))
        if (said and i + 5 >= end) or (INTENDED.match(after) and i + 4 >= end):
            continue  # 日本が支援すると|表明した: what the act itself says
        if token.tag.startswith("助動詞") or words.norm(i + 1) not in ENDINGS:
            return True
    return False


COORDINATED = re.compile(r"(?:こと)?[、，]?(?:及び|並びに|また|とともに|と共に)")
SAID = re.compile(r"(?:と|旨|こと[をにでと])")
INTENDED = re.compile(
    r"(?:意[図向思]|用意|方針|決意|考え|立場|姿勢|計画|こと(?:を|で)?(?:決|約|合意))"
)
ENDINGS = frozenset({"た", "れる", "られる", "ない", "ます"})


def _last_between(state: Sentence, predicate: Predicate, role: Role) -> Subject | None:
    for subject in reversed(state.subjects):
        if subject.role is role and subject.after <= predicate.start:
            if not closes_clause(state.words, subject.after, _before_content(state, predicate)):
                return subject
            return None
    return None


def _before_content(state: Sentence, predicate: Predicate) -> int:
    """Return where the verb begins that says what the typing noun is about: 拠出|する|方針が示され."""
    edge = predicate.left
    if predicate.typed is None or not predicate.passive:
        return edge
    while edge > state.words.first and state.words.tag(edge - 1).startswith(("動詞", "助動詞")):
        edge -= 1
    return edge


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
