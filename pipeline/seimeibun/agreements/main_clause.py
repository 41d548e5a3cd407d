"""Who does an act of the main clause: topic, switch of topic, が-subject, から- and によって-phrases, carry-over."""

import re
from dataclasses import replace

from seimeibun.agreements.actor import (
    AGENT,
    CARRY,
    COORD,
    GA,
    NOBODY,
    SAME,
    UNWRITTEN,
    Actor,
    Sentence,
    actor_of,
    is_several,
)
from seimeibun.agreements.clauses import closes_clause, opens_clause
from seimeibun.agreements.level import EMBED, SAYING
from seimeibun.agreements.noun_complements import owner_of_view
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.segments import opening
from seimeibun.agreements.subjects import Role, Subject
from seimeibun.agreements.words import Words

MUTUAL = frozenset({"AGREE", "FORMALIZE", "CONSULT"})  # done with somebody, not towards somebody


# done by two or more
SHARED = frozenset({"一致", "合意", "妥結", "申し合わせる", "署名", "調印", "締結", "採択"})
AGREED = frozenset({"一致", "合意", "妥結", "申し合わせる"})
SIGNED = frozenset({"署名", "調印"})
SPONTANEOUS = frozenset({"考える", "期待", "認識", "認める", "願う", "信じる"})


def main_actor(state: Sentence, predicate: Predicate) -> Actor:
    words = state.words
    update_topic(state, predicate)
    if owner := owner_of_view(words, predicate):
        return actor_of(words, owner, AGENT)
    if predicate.passive or predicate.arises:
        return _doer_of_passive(state, predicate)
    if other := _subject_of_contrast(state, predicate):
        return actor_of(words, other.phrase, GA)
    if subject := _main_subject(state, predicate):
        state.topic, state.shared, state.topic_from = subject, 1, subject.after
        return actor_of(words, subject.phrase, GA)
    if state.topic is not None and _needs_others(state, predicate):
        return UNWRITTEN  # 先方から説明があり、…することで|一致した
    if state.topic is not None:
        state.shared += 1
        first = SAME if state.topic.role is not Role.SUBJECT else GA
        return actor_of(words, state.topic.phrase, first if state.shared == 1 else COORD)
    among = last_of(state, predicate, Role.AMONG) if predicate.category in MUTUAL else None
    if among:
        state.topic, state.shared = among, 1
        return actor_of(words, among.phrase, AGENT)
    return _carried(state, predicate)


def _subject_of_contrast(state: Sentence, predicate: Predicate) -> Subject | None:
    """Return who did what the topic then answers: 日本は、|先方が|要請したのに対し、これを受け入れた."""
    words = state.words
    if state.topic is None or not words.slice(
        predicate.tail.end, predicate.tail.end + 3
    ).startswith("のに対し"):
        return None
    for subject in reversed(state.subjects_between(state.topic.after, predicate.left)):
        if subject.role is Role.SUBJECT:
            held = closes_clause(words, subject.after, predicate.left)
            return None if held else subject
    return None


def _needs_others(state: Sentence, predicate: Predicate) -> bool:
    """Tell whether one who only spoke before (先方からは…) cannot have done alone what is shared."""
    topic = state.topic
    if topic is None or topic.role is not Role.FROM or predicate.lexeme.lemma not in SHARED:
        return False
    words = state.words
    spoke = state.shared > 0 or state.last_main > topic.phrase.start
    return spoke and not is_several(words.slice(topic.phrase.start, topic.phrase.end))


def update_topic(state: Sentence, predicate: Predicate) -> None:
    """Let topics that stand before the act take over, where they may."""
    for subject in state.subjects_between(state.topic_from, predicate.left):
        if subject.role is Role.TOPIC:
            allowed = _may_be_topic(state, subject, predicate)
        elif subject.role is Role.FROM:
            allowed = _may_speak_from(state, subject, predicate)
        else:
            allowed = False
        if allowed:
            state.topic, state.shared, state.topic_from = subject, 0, subject.after


def _may_be_topic(state: Sentence, subject: Subject, predicate: Predicate) -> bool:
    if state.words.skip_adverbs_left(predicate.left) == subject.after - 1:
        return True  # 前進することを|私は|確信する
    if state.topic is None:
        return not (
            _is_inside_view(state, subject, predicate)
            and state.carried is not None
            and not subject.pause
        )
    if state.last_main <= state.topic.phrase.start or subject.phrase.start < state.last_main:
        # no act is done since the topic: a second は lies in what is said, unless the first clause is
        # over without an act (大統領は帰国し、首相は…を歓迎した)
        return _is_new_clause(state, subject, predicate)
    return not _is_inside_view(state, subject, predicate)


def _is_new_clause(state: Sentence, subject: Subject, predicate: Predicate) -> bool:
    """Tell whether a clause without an act ends before a second topic: 先方は柔軟性を示し、|我が国はこれを…."""
    words, comma = state.words, subject.phrase.start - 1
    if state.topic is None or subject.phrase.start <= state.topic.phrase.start:
        return False
    if words.surface(comma) not in {"、", "，"} or _quote_marker(words, predicate) is not None:
        return False
    last = words.tokens[comma - 1]
    over = last.tag.startswith(("動詞", "助動詞")) and "連用形" in last.inflection
    # 甲国は拠出することを、|乙国は派遣することを、それぞれ約束した
    over = over or (words.is_case(comma - 1, "を") and words.surface(comma - 2) == "こと")
    over = over or (last.text in {"が", "て"} and last.tag.startswith("助詞-接続助詞"))
    return over and not words.slice(predicate.left - 3, predicate.left).startswith("こと")


def _is_inside_view(state: Sentence, subject: Subject, predicate: Predicate) -> bool:
    """Tell whether a は-phrase is the topic of what is said: 日本は重要な友人である|旨述べた."""
    words = state.words
    marker = _quote_marker(words, predicate)
    if marker is None or marker <= subject.after:
        return False
    if subject.phrase.kind in {"office", "person", "side"}:
        return False
    if state.topic is not None and state.topic.phrase.kind in {"office", "person"}:
        return (
            not subject.pause
        )  # 首相は謝意を表明し、|英国は支援している|旨述べた: one who speaks goes on
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


TOWARDS = re.compile(r"[一-龥々ァ-ヺーA-Za-z・]{1,20}への")


def _may_speak_from(state: Sentence, subject: Subject, predicate: Predicate) -> bool:
    """Tell whether a から-phrase speaks: 大統領から、…旨述べ. 日本から供与された機材 does not."""
    words = state.words
    if words.surface(subject.after) == "の" or subject.phrase.start < state.last_main:
        return False
    if state.topic is not None and state.last_main <= state.topic.phrase.start:
        return False
    if subject.phrase.kind not in {"office", "person", "side", "state", "name", "body", "people"}:
        return False
    if not subject.pause and TOWARDS.match(words.slice(subject.after, subject.after + 6)):
        return False  # 北朝鮮から|ロシアへの移転が決議に違反することを強調する
    if _is_of_passive_within(state, subject, predicate):
        return False  # 首脳は、日本から拠出の方針が|示された|ことを評価した
    if words.surface(subject.after - 1) == "は" and _has_subject_between(state, subject, predicate):
        return False  # 米国からは大統領が、…出席し
    if predicate.passive or predicate.arises or words.surface(subject.after - 1) == "は":
        return opens_clause(words, subject.phrase.start) or is_free(words, subject, predicate)
    if not opens_clause(words, subject.phrase.start):
        return False
    if subject.pause or predicate.lexeme.lemma in SAYING or predicate.lexeme.neutral:
        return True
    return subject.phrase.kind in {"office", "person", "side"} and predicate.category not in MUTUAL


def _is_of_passive_within(state: Sentence, subject: Subject, predicate: Predicate) -> bool:
    """Tell whether a から-phrase after a topic is the agent of what was said to those who act."""
    if state.topic is None or state.topic.role is not Role.TOPIC:
        return False
    return any(
        act.level == EMBED and act.passive and act.typed is not None
        for act in state.predicates
        if subject.after <= act.left < predicate.left
    )


def _has_subject_between(state: Sentence, subject: Subject, predicate: Predicate) -> bool:
    return any(
        other.role is Role.SUBJECT and not closes_clause(state.words, other.after, predicate.left)
        for other in state.subjects_between(subject.after, predicate.left)
    )


def is_free(words: Words, subject: Subject, predicate: Predicate) -> bool:
    """Tell whether no clause closes between the phrase and the act."""
    return not closes_clause(words, subject.after, predicate.left)


def _doer_of_passive(state: Sentence, predicate: Predicate) -> Actor:
    words = state.words
    for role in (Role.AGENT, Role.FROM, Role.AMONG):
        subject = last_of(state, predicate, role)
        if subject is not None and (role is not Role.AGENT or is_free(words, subject, predicate)):
            return actor_of(words, subject.phrase, AGENT)
    if state.topic is not None and state.topic.role is Role.FROM:
        state.shared += 1
        return actor_of(words, state.topic.phrase, SAME if state.shared == 1 else COORD)
    if (
        state.topic is not None
        and predicate.passive
        and _is_honorific(words, state.topic, predicate)
    ):
        state.shared += 1
        return actor_of(words, state.topic.phrase, SAME if state.shared == 1 else COORD)
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


def last_of(state: Sentence, predicate: Predicate, role: Role) -> Subject | None:
    """Return the last phrase of ``role`` between the last main act and this one."""
    since = max(state.last_main, state.words.first)
    found = [
        subject
        for subject in state.subjects_between(since, predicate.left)
        if subject.role is role and subject.after <= predicate.left
    ]
    if role is Role.FROM:
        found = [s for s in found if words_after(state.words, s) != "の"]
    found = [
        s
        for s in found
        if is_free(state.words, s, predicate) or opens_clause(state.words, s.phrase.start)
    ]
    return found[-1] if found else None


def _shares(subject: Subject, predicate: Predicate) -> bool:
    """Tell whether who does what is agreed on also agrees: 双方が連携することで一致した."""
    if subject.phrase.kind in {"side", "office", "person"}:
        return predicate.category in {"AGREE", "COMMIT", "EXPECT"}
    return subject.phrase.kind in {"body", "name"} and predicate.category in {"AGREE", "STATE"}


def _is_framed(words: Words, start: int) -> bool:
    """Tell whether the sentence begins anew with its place or time: 同フォーラムでは、|両社が…."""
    return words.slice(start - 3, start).endswith(("では、", "では，", "には、", "には，"))


def words_after(words: Words, subject: Subject) -> str:
    return words.surface(subject.after)


def _main_subject(state: Sentence, predicate: Predicate) -> Subject | None:
    """Return the が-subject of a main act: 双方が意義を強調し、. An embedded clause's own is not it."""
    words = state.words
    since = max(state.last_main, words.first)
    for subject in reversed(state.subjects_between(since, predicate.left)):
        if subject.role is not Role.SUBJECT:
            continue
        if state.topic is not None and subject.phrase.start > state.topic.phrase.start:
            if state.last_main <= state.topic.phrase.start and state.topic.phrase.kind != "meeting":
                continue
        elif state.topic is not None:
            continue
        closed = closes_clause(words, subject.after, predicate.left)
        if not closed or _is_own_intent(words, subject, predicate):
            return subject
        alone = state.topic is None and (
            state.carried is None
            or _is_framed(words, subject.phrase.start)
            or (subject.pause and subject.phrase.start == opening(words))  # 公社が、…すると発表した
        )
        # 甲社と乙社が合意し、|公社が、…すると発表した
        next_clause = (
            subject.pause
            and state.topic is not None
            and state.topic.role is Role.SUBJECT
            and subject.phrase.start <= state.last_main + 1
        )
        shared = (alone or next_clause) and _is_content(words, subject.after, predicate.left)
        if shared and opens_clause(words, subject.phrase.start) and _shares(subject, predicate):
            return subject
    return None


def _is_own_intent(words: Words, subject: Subject, predicate: Predicate) -> bool:
    """Tell whether who is to do it also declares it: |甲国が|、手続を終える意向を|表明."""
    if predicate.category != "COMMIT" or predicate.typed is None or predicate.mwe == "":
        return False
    if not opens_clause(words, subject.phrase.start):
        return False
    closings = [i for i in range(subject.after, predicate.left) if closes_clause(words, i, i + 1)]
    return bool(closings) and closings[0] >= predicate.left - 2


def _is_content(words: Words, start: int, end: int) -> bool:
    """Tell 双方が連携する|ことで一致 from 先方が求めた|増額については、…, a relative clause."""
    last = max((i for i in range(start, end) if closes_clause(words, i, i + 1)), default=end)
    return not words.is_noun(last + 1) or words.norm(last + 1) in {"事", "こと"}


def _carried(state: Sentence, predicate: Predicate) -> Actor:
    other = _has_other_topic(state, predicate) and not _is_denied_topic(state.words, predicate)
    if predicate.lexeme.copula and (state.carried is None or other):
        return UNWRITTEN  # …は遺憾である: it is the document that says so
    if _is_result(predicate) and not _is_by_several(state):
        return UNWRITTEN
    if state.carried is None or other:
        return NOBODY
    if predicate.lexeme.lemma in AGREED and not _is_by_several(state):
        return UNWRITTEN  # 大臣より、訪英を招請。声明の発出に|合意: nobody agrees alone
    return replace(state.carried, source=CARRY)


def _is_result(predicate: Predicate) -> bool:
    """Tell 合意に至らなかった, 意見の一致をみた, which is how talks of several ended, from 合意した."""
    if predicate.lexeme.lemma in SIGNED and not predicate.tail.negative:
        return False  # 署名を行った: those of the signature block
    return bool(predicate.mwe) and predicate.lexeme.lemma in SHARED and not predicate.passive


def _is_by_several(state: Sentence) -> bool:
    carried = state.carried
    return carried is not None and (
        not carried.written or is_several(state.words.text[carried.start : carried.end])
    )


def _is_denied_topic(words: Words, predicate: Predicate) -> bool:
    """Tell whether the topic is what is refused: 制裁の解除は、|支持しない."""
    before = words.skip_adverbs_left(predicate.left)
    before = before - 1 if words.surface(before) in {"、", "，"} else before
    return predicate.tail.negative and not predicate.passive and words.is_case(before, "は")


def _has_other_topic(state: Sentence, predicate: Predicate) -> bool:
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
