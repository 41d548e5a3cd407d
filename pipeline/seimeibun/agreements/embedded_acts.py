"""What an embedded act is there: an event, an attribute, what is intended, or what comes about by itself."""

import re

from seimeibun.agreements import lexicon
from seimeibun.agreements.clauses import closes_clause
from seimeibun.agreements.phrases import is_actor_before, phrase_before
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.words import COMMAS, Words

PLANS = frozenset({"予定", "見込み", "見通し", "運び", "つもり", "段取り"})
STANCES = frozenset({"立場", "姿勢"})
HOLDING = frozenset({"有する", "持つ", "抱く"})
STANDS = frozenset({"OBJECT", "SUPPORT", "REQUEST"})
STAND_NOUNS = STANCES | {"方針", "考え", "見解", "意思"}
ASKING_KINDS = frozenset({"side", "office", "person", "state", "name", "body", "meeting"})
SETTLED = re.compile(r"こと(?:とな|とさ|とし|にな)")
FORESEEN = re.compile(r"こと[をがへに]|よう")
AGREED = re.compile(
    r"こと(?:で|に|を|につき|について)[^、。]{0,6}?(?:一致|合意|同意|約束|誓約|確約|約し|誓|申し合わせ|決定|決め|表明|コミット)"
    r"|こと(?:とし|とす|とさ|とな|にし)"
)


def happens(words: Words, predicate: Predicate) -> bool:
    """Tell whether something comes about by itself: |措置が|妥結する."""
    if predicate.category not in {"AGREE", "FORMALIZE"} or predicate.passive:
        return False
    for i in range(predicate.left - 1, words.first, -1):
        if words.depth(i):
            continue
        if words.is_case(i, "が"):
            return not is_actor_before(words, i)
        if words.is_case(i, "を", "は") or words.surface(i) in COMMAS:
            return False
    return False


def is_caused(words: Words, predicate: Predicate) -> bool:
    return any(
        words.norm(i) in {"せる", "させる"}
        for i in range(predicate.end, min(predicate.tail.end + 1, words.last))
    )


def is_held_attribute(words: Words, predicate: Predicate) -> bool:
    """Tell 双方が確認する文書, 署名する予定 (acts) from 期待される役割, 支持する国 (kinds of things)."""
    if words.surface(predicate.tail.end) in PLANS | STANCES or is_intended(words, predicate):
        return True
    if predicate.lexeme.lemma in HOLDING:
        return False  # 両国が共通の関心を有する|諸問題
    return not predicate.passive and _has_subject(words, predicate)


def is_reported_event(words: Words, predicate: Predicate) -> bool:
    """Tell whether an embedded weak act is one that somebody did: 日本が…を評価したこと."""
    if predicate.position.form != "COMP" or not predicate.tail.past or predicate.passive:
        return False
    return _has_subject(words, predicate)


def is_foreseen(words: Words, predicate: Predicate) -> bool:
    """Tell whether a passive tells of an instrument to be made, or of what is settled.

    協定が締結されること|を期待, 時期は決定されること|となった; an event noun (早期の締結への期待) is no act.
    """
    after = words.slice(predicate.tail.end, predicate.tail.end + 4)
    if SETTLED.match(after):
        return True
    return predicate.category == "FORMALIZE" and FORESEEN.match(after) is not None


def is_asked_attribute(words: Words, predicate: Predicate) -> bool:
    """Tell whether an actor asked for what the relative clause describes: 先方が求めた|増額."""
    if predicate.category != "REQUEST" or predicate.position.form != "ADN" or predicate.passive:
        return False
    if not predicate.tail.past or predicate.tail.negative:
        return False
    for i in range(predicate.left - 1, words.first, -1):
        if words.depth(i) == 0 and words.is_case(i, "が"):
            asking = phrase_before(words, i)
            open_ = not closes_clause(words, i, predicate.left)
            return open_ and asking is not None and asking.kind in ASKING_KINDS
    return False


def is_intended(words: Words, predicate: Predicate) -> bool:
    """Tell whether the act is what somebody is ready to do: 追加の支援を検討する|用意."""
    if predicate.category == "STATE" or predicate.lexeme.lemma == "奨励":
        return False  # 公表する方針: to be said later is an action like any other
    after = predicate.tail.end
    noun = lexicon.typing_nouns().get(words.surface(after))
    if noun is not None and noun.category == "COMMIT":
        return True
    if predicate.category in STANDS and words.surface(after) in STAND_NOUNS:
        return True  # 武力の行使に反対する|立場
    # 協議していくことで一致: what is agreed on is itself an act
    outer = words.slice(after, min(after + 7, words.last))
    acts = predicate.lexeme.is_noun or predicate.category in {"REQUEST", "CONSULT"}
    return acts and not predicate.tail.past and AGREED.match(outer) is not None


def _has_subject(words: Words, predicate: Predicate) -> bool:
    return any(
        words.surface(i) == "が" and words.depth(i) == 0 and is_actor_before(words, i)
        for i in range(words.first, predicate.left)
    )
