"""Whether a word is an act here: rules, one for each construction, asked in turn."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from seimeibun.agreements import lexicon
from seimeibun.agreements.embedded_acts import (
    HOLDING,
    STANDS,
    happens,
    is_asked_attribute,
    is_caused,
    is_foreseen,
    is_held_attribute,
    is_intended,
    is_reported_event,
)
from seimeibun.agreements.level import EMBED, MAIN
from seimeibun.agreements.lexicon import Lexeme
from seimeibun.agreements.phrases import is_actor_before
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.required import (
    ends_with,
    has_clausal_complement,
    has_object,
    has_required,
    is_urged,
    is_voiced,
)
from seimeibun.agreements.speakers import is_laid_down, is_of_things, is_received
from seimeibun.agreements.typing_nouns import Typed
from seimeibun.agreements.words import COMMAS, Words

OBTAIN = ("得る", "取り付ける")
THEREUPON = ("上で", "うえで", "後", "のち", "次第")
VOICING = frozenset({"出す"})
WANTING = frozenset({"求める", "願う", "望む", "要求", "受け入れる", "訴える"})
OTHER = frozenset({"異なる", "様々な", "さまざまな", "種々の", "別の", "他の"})


@dataclass(frozen=True, slots=True)
class Case:
    """A word that could be an act; ``complement`` is the token before it and its adverbs."""

    words: Words
    predicate: Predicate
    typed: Typed | None
    complement: int

    @property
    def lexeme(self) -> Lexeme:
        return self.predicate.lexeme

    @property
    def in_main_clause(self) -> bool:
        return self.predicate.level == MAIN

    @property
    def embedded(self) -> bool:
        """Whether it stands in another clause and is not reported (〜する旨述べた)."""
        return self.predicate.level == EMBED and not self.predicate.position.reported


Rule = Callable[[Case], bool | None]  # None: the next rule decides


def is_act(words: Words, predicate: Predicate, typed: Typed | None) -> bool:
    """Return what the first rule says that has something to say, True where none has."""
    case = Case(words, predicate, typed, words.skip_adverbs_left(predicate.left))
    for rule in RULES:
        verdict = rule(case)
        if verdict is not None:
            return verdict
    return True


def _refused(reason: bool) -> bool | None:
    return False if reason else None


def _without_its_noun(case: Case) -> bool | None:
    """意見を有する is no act, 意図を有する is."""
    return _refused(case.lexeme.noun_only and not (case.typed and case.typed.noun_speaks))


def _not_denied(case: Case) -> bool | None:
    """容認できない is an act, 容認する is none."""
    denied = case.predicate.tail.negative and case.in_main_clause
    return _refused(case.lexeme.negated_only and not denied)


def _not_received(case: Case) -> bool | None:
    """大臣から支持を得た and 支持が得られた are acts, 利益を得た is none."""
    gets = case.lexeme.passive_only and not case.predicate.passive
    return _refused(gets and not is_received(case.words, case.predicate))


def _manner(case: Case) -> bool | None:
    """満足の意をもって確認, 樹立五十周年を祝して会談: how it is done."""
    words, predicate = case.words, case.predicate
    held = case.lexeme.lemma == "持つ" and words.norm(predicate.tail.end - 1) == "て"
    return _refused(held or (case.lexeme.lemma == "祝う" and _is_manner(words, predicate)))


def _obtained(case: Case) -> bool | None:
    """国会の承認を|得て発効する, 議会の同意を得た後: what others give first is a condition, no act."""
    words, predicate = case.words, case.predicate
    given = predicate.category == "FORMALIZE" or case.lexeme.lemma == "同意"
    if not given or not predicate.mwe.endswith(OBTAIN):
        return None
    end = predicate.tail.end
    follows = words.slice(end, end + 2).startswith(THEREUPON)
    return _refused(words.surface(end - 1) == "て" or follows)


def _voiced(case: Case) -> bool | None:
    """公開を|求める|意見が出された: what is asked for is the act, that it was voiced is none."""
    words, predicate = case.words, case.predicate
    if case.embedded and predicate.position.form == "ADN" and predicate.category in STANDS:
        return True if is_voiced(words, predicate) else None
    noun = predicate.typed
    voice = case.lexeme.lemma in VOICING and noun is not None and not noun.category
    return _refused(voice and _says_an_act(words, predicate.left - 1))


def _says_an_act(words: Words, last: int) -> bool:
    """Tell whether the clause before 意見 ends with a verb that asks, backs or objects."""
    if "連体形" not in words.tokens[last].inflection:
        return False
    if words.is_suru(last):
        act = lexicon.nouns().get(words.surface(last - 1))
    else:
        act = lexicon.verbs().get(words.norm(last))
    return act is not None and act.category in STANDS


def _only_in_main_clauses(case: Case) -> bool | None:
    return _refused(case.embedded and case.lexeme.main_only)


def _common_word(case: Case) -> bool | None:
    """支援を求める国々: inside a clause a common word needs somebody who does it."""
    if not case.embedded or not case.lexeme.weak:
        return None
    words, predicate = case.words, case.predicate
    return _refused(
        not (
            _strong_noun(case.typed)
            or is_reported_event(words, predicate)
            or is_asked_attribute(words, predicate)
            or is_intended(words, predicate)
        )
    )


def _purpose(case: Case) -> bool | None:
    """妥結させるべく努力: nobody's act."""
    tail = case.predicate.tail
    aimed = case.predicate.level == EMBED or "連用形" in tail.final
    return _refused(tail.modal == "べき" and aimed)


def _passive_to_come(case: Case) -> bool | None:
    """協定が締結されることを期待 is told, 利用されることを期待 is no act."""
    if case.embedded and case.predicate.passive and not case.predicate.tail.past:
        return is_foreseen(case.words, case.predicate)
    return None


def _attribute(case: Case) -> bool | None:
    """期待される役割, 支持する国: kinds of things."""
    adnominal = case.embedded and case.predicate.position.form == "ADN"
    if not adnominal or case.predicate.tail.past:
        return None
    return _refused(not is_held_attribute(case.words, case.predicate))


def _passive_without_agent(case: Case) -> bool | None:
    """迅速な対応が求められる."""
    by_nobody = case.predicate.passive and not _has_agent(case.words, case.predicate)
    return _refused(case.lexeme.agent_only and by_nobody)


def _reported_without_its_noun(case: Case) -> bool | None:
    reported = case.predicate.level == EMBED and not case.embedded
    return _refused(case.lexeme.noun_only and reported and not case.predicate.typed)


def _only_held(case: Case) -> bool | None:
    """関心を有していることを表明: what one has is told of, and no act."""
    noun = case.predicate.typed
    return _refused(
        case.predicate.level == EMBED
        and case.lexeme.lemma in HOLDING
        and (noun is None or not noun.category)
    )


def _denied_of_something(case: Case) -> bool | None:
    """併合を認めない is an objection, of an object."""
    if case.predicate.category == case.lexeme.negated_category:
        return has_object(case.words, case.complement)
    return None


def _denied_within(case: Case) -> bool | None:
    """利用を認めないとの立場を強調: what is not allowed is part of what is said."""
    return _refused(
        case.predicate.level == EMBED
        and case.predicate.tail.negative
        and bool(case.lexeme.negated_category)
        and not case.lexeme.requires
    )


def _of_other_things(case: Case) -> bool | None:
    """招待を受け入れた, not 留学生を受け入れた."""
    required = case.lexeme.requires
    return _refused(
        bool(required) and not has_required(case.words, case.predicate, case.complement)
    )


def _done_by_things(case: Case) -> bool | None:
    """歴史は進歩を求める; 行動計画は、体制を点検し、…することを定める."""
    words, predicate = case.words, case.predicate
    if not case.in_main_clause or predicate.passive:
        return None
    if case.lexeme.lemma in WANTING and is_of_things(words, predicate):
        return False
    return _refused(case.lexeme.category == "CONSULT" and is_laid_down(words, predicate))


def _denied(case: Case) -> bool | None:
    """立場を明らかにしなかった; 被害は確認されていない: nobody has seen any."""
    lemma, negative = case.lexeme.lemma, case.predicate.tail.negative
    unseen = lemma == "確認" and case.predicate.passive
    return _refused(negative and (lemma == "明らかにする" or unseen))


def _of_many_minds(case: Case) -> bool | None:
    """異なる評価もあった."""
    before = case.words.surface(case.predicate.left - 1)
    return _refused(case.predicate.arises and before in OTHER)


def _comes_about(case: Case) -> bool | None:
    """交渉が年内に妥結することを期待, 交渉が妥結しなかったこと."""
    tail = case.predicate.tail
    if not case.embedded or (tail.past and not tail.negative):
        return None
    return _refused(happens(case.words, case.predicate))


def _done_by_others(case: Case) -> bool | None:
    """交渉を妥結させたい: what others are to do."""
    return _refused(case.predicate.level == EMBED and is_caused(case.words, case.predicate))


def _urged(case: Case) -> bool | None:
    """我々は、紛争の解決を促した is an act without a clause."""
    urged = case.lexeme.lemma == "促す" and is_urged(case.words, case.predicate, case.complement)
    return True if urged else None


def _without_its_clause(case: Case) -> bool | None:
    lexeme = case.lexeme
    if (lexeme.clause_only or lexeme.reported_only) and not case.typed:
        if lexeme.category == "RECOGNIZE" and ends_with(case.words, case.complement, NEEDS):
            return True  # 協力の必要性を認めた
        return has_clausal_complement(case.words, case.complement, quote_only=lexeme.reported_only)
    return None


NEEDS = ("重要性", "必要性", "緊急性", "有用性", "有益性", "意義", "価値")


def _match_of_things(case: Case) -> bool | None:
    """数値は計画と一致している."""
    return _is_agreement(case.words, case.predicate) if case.lexeme.lemma == "一致" else None


RULES: tuple[Rule, ...] = (
    _without_its_noun,
    _not_denied,
    _not_received,
    _manner,
    _obtained,
    _voiced,
    _only_in_main_clauses,
    _common_word,
    _purpose,
    _passive_to_come,
    _attribute,
    _passive_without_agent,
    _reported_without_its_noun,
    _only_held,
    _denied_of_something,
    _denied_within,
    _of_other_things,
    _done_by_things,
    _denied,
    _of_many_minds,
    _comes_about,
    _done_by_others,
    _urged,
    _without_its_clause,
    _match_of_things,
)


def _strong_noun(typed: Typed | None) -> bool:
    return bool(typed and typed.noun and typed.noun.category)


def _has_agent(words: Words, predicate: Predicate) -> bool:
    text = words.slice(words.first, predicate.start)
    return bool(re.search(r"によって|により|から|より", text))


def _is_agreement(words: Words, predicate: Predicate) -> bool:
    """Tell 双方は…で一致した from 数値は計画と一致している (a match of things)."""
    if predicate.typed or predicate.mwe:
        return True
    if _is_manner(words, predicate) and _has_no_partner(words, predicate):
        return False  # 国際社会が一致して|決議を履行する
    complement = words.skip_adverbs_left(predicate.start)
    if words.surface(complement) == "と" and words.is_noun(complement - 1):
        return False
    for i in range(predicate.start - 1, words.first - 1, -1):
        if words.depth(i) == 0 and words.surface(i) == "は" and words.is_case(i):
            if words.surface(i - 1) in {"で", "に", "と", "て", "ため"}:
                continue
            return is_actor_before(words, i) or _nearest_case(words, predicate) in {
                "で",
                "つき",
                "て",
            }
    return True


def _is_manner(words: Words, predicate: Predicate) -> bool:
    """Tell whether the て-form only says how the next thing is done: 樹立五十周年を祝して|会談した."""
    end = predicate.tail.end
    return words.surface(end - 1) == "て" and not (
        words.surface(end) in COMMAS or words.ends_here(end)
    )


def _has_no_partner(words: Words, predicate: Predicate) -> bool:
    complement = words.skip_adverbs_left(predicate.start)
    return words.is_case(complement, "が", "は") or words.surface(complement) in COMMAS


def _nearest_case(words: Words, predicate: Predicate) -> str:
    return words.surface(words.skip_adverbs_left(predicate.start))
