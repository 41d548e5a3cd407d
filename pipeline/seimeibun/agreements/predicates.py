"""Heads: the words that do something by being said, with their inflection and multiword form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from seimeibun.agreements import lexicon
from seimeibun.agreements.inflection import PASSIVES, Tail, read_tail
from seimeibun.agreements.level import EMBED, MAIN, NOMINAL, Position, position_of
from seimeibun.agreements.lexicon import Lexeme, TypingNoun
from seimeibun.agreements.phrases import is_actor_before
from seimeibun.agreements.typing import WISH, Typed, typed_by
from seimeibun.agreements.words import Words

PLANS = frozenset({"予定", "見込み", "見通し", "運び", "つもり", "段取り", "立場", "姿勢"})
AGAIN = "再"


@dataclass(frozen=True, slots=True)
class Predicate:
    """An act's head. Token indices: ``start``–``end`` the head, ``left`` the first word of its
    multiword form (謝意 of 謝意を表明; else the head), ``tail_end`` the first token after it all."""

    lexeme: Lexeme
    start: int
    end: int
    left: int
    tail: Tail
    position: Position
    category: str
    lemma: str
    mwe: str = ""
    typed: TypingNoun | None = None
    arises: bool = False  # active in form, but its doer is a から-phrase: 要請があった
    absorbed: tuple[int, int] | None = None  # 用意がある of 用意があることを表明
    cut: int = 0  # code points of the last token that are ending, not stem: 述べ|る

    @property
    def level(self) -> str:
        return self.position.level

    @property
    def passive(self) -> bool:
        return self.tail.passive


def find_predicates(words: Words) -> list[Predicate]:
    """Return the acts of a sentence in text order."""
    found: list[Predicate] = []
    i = words.first
    while i < words.last:
        predicate = _at(words, i) if _may_speak(words, i) else None
        if predicate is None:
            i += 1
            continue
        found.append(predicate)
        i = max(predicate.end, i + 1)
    return _without_absorbed(found)


def _may_speak(words: Words, i: int) -> bool:
    """Nothing inside brackets or a quoted title speaks."""
    return words.depth(i) == 0


def _without_absorbed(found: list[Predicate]) -> list[Predicate]:
    taken = [p.absorbed for p in found if p.absorbed]
    return [
        p for p in found if p.absorbed or not any(start <= p.start < end for start, end in taken)
    ]


def _at(words: Words, i: int) -> Predicate | None:
    for read in (_phrase, _verbal_noun, _verb, _copula_noun, _koto_to_suru, _nominal):
        predicate = read(words, i)
        if predicate is not None:
            return predicate
    return None


# --- verbal nouns ---------------------------------------------------------------------------------


def _noun_here(words: Words, i: int) -> tuple[Lexeme, int] | None:
    known = lexicon.nouns()
    for length in (3, 2, 1):
        if i + length <= words.last and words.depth(i + length - 1) == 0:
            lexeme = known.get(words.slice(i, i + length))
            if lexeme and (length > 1 or words.tag(i).startswith(("名詞", "形状詞"))):
                return lexeme, i + length
    return None


def _verbal_noun(words: Words, i: int) -> Predicate | None:
    here = _noun_here(words, i)
    if here is None:
        return None
    lexeme, end = here
    if words.surface(i - 1) in lexeme.not_after or _goes_on(words, end, lexeme.not_before):
        return None
    start = i - 1 if words.surface(i - 1) == AGAIN else i
    if words.is_suru(end) and not lexeme.light_only:
        return _judge(words, lexeme, start, end, read_tail(words, end))
    if words.surface(end) in {"は", "も"} and words.is_suru(end + 1) and not lexeme.light_only:
        return _judge(words, lexeme, start, end, read_tail(words, end + 1))
    light = _light_verb(words, lexeme, end)
    if light is not None:
        verb, particle, arises = light
        tail = read_tail(words, verb + 1 if words.is_noun(verb) else verb)
        case = "を" if tail.passive and particle == "が" else particle
        mwe = f"{words.slice(start, end)}{case}{_plain(words, verb)}"
        if arises and tail.passive:
            arises = False
        return _judge(words, lexeme, start, end, tail, mwe=mwe, arises=arises)
    if not lexeme.light_only and _ends_as_noun(words, start, end):
        return _judge(words, lexeme, start, end, _noun_tail(end), bare=True)
    return None


def _goes_on(words: Words, end: int, not_before: frozenset[str]) -> bool:
    """Tell whether the noun is the first part of another word (確認|書, 評価|委員会)."""
    if words.surface(end) in not_before:
        return True
    return words.is_noun(end) and not words.tag(end).startswith(
        ("名詞-普通名詞-副詞可能", "接頭辞")
    )


def _noun_tail(end: int) -> Tail:
    return Tail(end, end, False, False, True, "", "", False)


def _plain(words: Words, i: int) -> str:
    token = words.tokens[i]
    return token.text + "する" if words.is_noun(i) else token.lemma


def _light_verb(words: Words, lexeme: Lexeme, end: int) -> tuple[int, str, bool] | None:
    """Return verb, particle and whether the noun is its subject, where one carries the noun."""
    if not lexeme.light:
        return None
    particle = words.surface(end)
    width = 1
    if particle == "に" and words.surface(end + 1) in {"は", "も"}:
        width = 2
    if not words.is_case(end):
        return None
    for group in sorted(lexeme.light):
        for light in lexicon.light_verbs()[group]:
            if particle not in light.particles:
                continue
            verb = words.skip_adverbs_right(end + width)
            if words.norm(verb) == "為る" and verb > end + width:
                continue  # 一致が明らかにされた: another verb
            if words.norm(verb) == "持つ" and words.surface(verb + 1) == "て":
                continue  # 懸念をもって留意: a manner
            if _is_light(words, verb, light.verbs):
                return (
                    verb,
                    particle,
                    light.arises or particle in {"が"} and not words.is_noun(verb),
                )
    return None


def _is_light(words: Words, i: int, verbs: frozenset[str]) -> bool:
    if words.is_noun(i):
        return words.surface(i) in verbs and words.is_suru(i + 1)
    return words.tag(i).startswith("動詞") and (
        words.norm(i) in verbs or _old_spelling(words, i) in verbs
    )


def _old_spelling(words: Words, i: int) -> str:
    return words.tokens[i].lemma


COMPLEMENT = frozenset(
    {"を", "で", "に", "と", "が", "つき", "ついて", "旨", "関し", "関して", "対し", "から", "へ"}
)


def _ends_as_noun(words: Words, start: int, end: int) -> bool:
    """Tell whether the noun ends its clause as a headline does: …で一致。 …を確認、"""
    if not words.ends_here(end) and words.surface(end) != "、":
        return False
    before = words.skip_adverbs_left(start)
    if before < words.first:
        return False
    surface = words.surface(before)
    if surface == "て" and words.surface(before - 1) in {"つい", "関し", "対し"}:
        return True
    if surface not in COMPLEMENT or not words.tag(before).startswith(("助詞", "名詞", "動詞")):
        return False
    if surface == "と" and words.is_noun(before - 1):
        return False  # AとB。: a list
    return words.ends_here(end) or surface in {"を", "で", "と", "旨", "つき", "ついて"}


# --- verbs ----------------------------------------------------------------------------------------


def _verb(words: Words, i: int) -> Predicate | None:
    token = words.tokens[i]
    if not token.tag.startswith("動詞"):
        return None
    known = lexicon.verbs()
    lexeme = known.get(token.norm) or known.get(token.lemma)
    end, start = i + 1, i
    if (
        lexeme is None
        and words.tag(i - 1).startswith("動詞")
        and "連用形" in words.tokens[i - 1].inflection
    ):
        # 取り|交わす is two words for the tokenizer
        lexeme = known.get(words.surface(i - 1) + token.lemma)
        start = i - 1
    if lexeme is None:
        return None
    tail = read_tail(words, i)
    if tail.end == i + 1 and "連用形" in token.inflection and words.is_case(i + 1, *NOMINALIZING):
        return None  # 話し合いに入る: a noun
    if lexeme.lemma == "言う" and not token.text.startswith("言"):
        return None  # 〜といいます: hearsay
    if tail.passive:
        end = tail.stem_end
    predicate = _judge(words, lexeme, start, end, tail)
    return predicate and replace(predicate, cut=_ending_length(words, end - 1))


NOMINALIZING = ("に", "を", "が", "の", "は", "へ", "で", "も")


def _ending_length(words: Words, i: int) -> int:
    """Return 1 for the る of a one-row verb in its plain form (求める, 考えられる), else 0."""
    token = words.tokens[i]
    one_row = "一段" in token.inflection or token.norm in PASSIVES
    return int(one_row and len(token.text) > 1 and token.text.endswith("る"))


def _phrase(words: Words, i: int) -> Predicate | None:
    """Read acts of fixed words that end at ``i``: 新た|に|する, 遺憾|に|思う."""
    token = words.tokens[i]
    for lexeme in lexicon.phrases().get(token.lemma, ()) or lexicon.phrases().get(token.text, ()):
        start = i - len(lexeme.phrase) + 1
        if start < words.first:
            continue
        if [words.surface(j) for j in range(start, i)] != list(lexeme.phrase[:-1]):
            continue
        if lexeme.is_noun:
            if words.is_suru(i + 1):
                return _judge(words, lexeme, i, i + 1, read_tail(words, i + 1), left=start)
            light = _light_verb(words, lexeme, i + 1)
            if light is not None:
                tail = read_tail(words, light[0])
                mwe = words.slice(start, light[0]) + _plain(words, light[0])
                return _judge(words, lexeme, i, i + 1, tail, left=start, mwe=mwe)
            continue
        if lexeme.phrase[1] == "を":  # the head of 意見を交わす is its verb
            return _judge(words, lexeme, i, i + 1, read_tail(words, i), left=start)
        # the head of 新たにする is 新たに
        return _judge(words, lexeme, start, i, read_tail(words, i))
    return None


# --- nouns that are acts with a copula, こととする, との認識の下 --------------------------------------


def _copula_noun(words: Words, i: int) -> Predicate | None:
    """Read 協力する用意がある, 実行する決意である, 努力する所存です."""
    noun = lexicon.typing_nouns().get(words.surface(i))
    if noun is None or not noun.copula or not words.has_clause_before(i):
        return None
    verb = i + 1
    if words.surface(verb) in {"が", "も", "は"} and words.norm(verb + 1) == "有る":
        verb += 1
        head = (verb, verb + 1)
    elif words.norm(verb) in {"だ", "です"} and words.tag(verb).startswith("助動詞"):
        head = (i, i + 1)
        verb += 1
    else:
        return None
    tail = read_tail(words, verb)
    position = position_of(words, tail)
    if position.level == EMBED and not position.reported:
        return None
    lexeme = Lexeme(noun.id, noun.noun, True, noun.category)
    mwe = words.slice(i, tail.end)
    return Predicate(lexeme, *head, i, tail, position, noun.category, noun.noun, mwe, noun)


SETTLING = frozenset({("と", "為る"), ("と", "成る"), ("に", "為る")})
KOTO_RULE = Lexeme("agree/koto-to-suru", "こととする", False, "AGREE")


def _koto_to_suru(words: Words, i: int) -> Predicate | None:
    """Read 〜することとした, 〜することとなった: what was settled; main clauses only."""
    if words.surface(i) not in {"こと", "事"}:
        return None
    if (words.surface(i + 1), words.norm(i + 2)) not in SETTLING or not words.has_clause_before(i):
        return None
    if words.surface(i - 1) in {"た", "ない"} or words.norm(i - 1) in {"居る", "た"}:
        return None
    tail = read_tail(words, i + 2)
    position = position_of(words, tail)
    if position.level != MAIN or not (tail.past or words.surface(i + 1) == "と"):
        return None
    mwe = words.slice(i, i + 2) + words.tokens[i + 2].lemma
    return Predicate(KOTO_RULE, i, i + 3, i, tail, position, "AGREE", "こととする", mwe)


NOMINAL_TAIL = re.compile(
    r"の(?:下|もと)|に(?:基づ|もとづ|立[っちつ]|立脚|照らし)|を(?:踏まえ|もって|基に|基礎)|から[、，]"
)
NOMINAL_NOUNS = frozenset({"認識"})


def _nominal(words: Words, i: int) -> Predicate | None:
    """Read との認識の下, との認識に基づき: a cognition as an adjunct of the act that follows."""
    if words.surface(i) not in NOMINAL_NOUNS or not words.is_noun(i):
        return None
    before = words.skip_adverbs_left(i)
    left = words.slice(max(before - 2, words.first), i)
    if not re.search(r"(?:との|という)(?:共通の|共通した)?$", left):
        return None
    end = words.tokens[i].end
    match = NOMINAL_TAIL.match(words.text, end)
    if match is None:
        return None
    lexeme = lexicon.nouns()[words.surface(i)]
    tail = Tail(i + 1, i + 1, False, False, True, "", "", False)
    mwe = "との" + words.text[words.tokens[i].start : match.end()]
    return Predicate(
        lexeme, i, i + 1, i, tail, Position(NOMINAL, "NOMI"), lexeme.category, lexeme.lemma, mwe
    )


# --- judging --------------------------------------------------------------------------------------


def _judge(
    words: Words,
    lexeme: Lexeme,
    start: int,
    end: int,
    tail: Tail,
    *,
    mwe: str = "",
    arises: bool = False,
    bare: bool = False,
    left: int = -1,
) -> Predicate | None:
    """Return the act that ``lexeme`` performs here, None where it performs none."""
    position = Position(MAIN, "MAIN") if bare else position_of(words, tail)
    typed = typed_by(words, lexeme, start)
    if lexeme.lemma == "考える" and _is_wish(words, start):
        typed = Typed(WISH, start)
    predicate = Predicate(
        lexeme,
        start,
        end,
        typed.left if typed else (left if left >= 0 else start),
        tail,
        position,
        lexeme.category,
        words.slice(start, end) if lexeme.is_noun else lexeme.lemma,
        mwe,
        arises=arises,
    )
    if typed:
        predicate = _with_type(predicate, typed, words)
    return predicate if _is_act(words, predicate, typed) else None


def _is_wish(words: Words, start: int) -> bool:
    """Tell whether 〜たいと stands before the verb: 進めていきたいと考える."""
    before = words.skip_adverbs_left(start)
    return words.surface(before) == "と" and words.norm(before - 1) == "たい"


def _with_type(predicate: Predicate, typed: Typed, words: Words) -> Predicate:
    lexeme = predicate.lexeme
    lemma = lexeme.lemma if not lexeme.is_noun else predicate.lemma
    mwe = words.slice(typed.left, predicate.start) + lemma
    if predicate.mwe:
        mwe = words.slice(typed.left, predicate.start) + predicate.mwe
    elif typed.left == predicate.start:
        mwe = ""  # 継続を表明: the noun is what is declared
    if predicate.passive and "が" in mwe:
        mwe = mwe.replace("が", "を", 1)  # 謝意が表明され is the same act as 謝意を表明し
    category = (typed.noun.category if typed.noun else "") or predicate.category
    return replace(predicate, category=category, mwe=mwe, typed=typed.noun, absorbed=typed.absorbed)


def _is_act(words: Words, predicate: Predicate, typed: Typed | None) -> bool:
    lexeme, level = predicate.lexeme, predicate.level
    if lexeme.noun_only and not (typed and typed.noun_speaks):
        return False
    if lexeme.passive_only and not predicate.passive:
        return False
    if lexeme.lemma == "持つ" and words.norm(predicate.tail.end - 1) == "て":
        return False  # 満足の意をもって確認: a manner, not an act
    embedded = level == EMBED and not predicate.position.reported
    if embedded and (lexeme.main_only or (lexeme.weak and not _strong_noun(typed))):
        if lexeme.main_only or not (
            _is_reported_event(words, predicate) or _is_intended(words, predicate)
        ):
            return False
    if predicate.tail.modal == "べき" and level == EMBED:
        return False
    if embedded and predicate.passive and not predicate.tail.past:
        return False  # 締結されることへの期待: an event to come, nobody's act
    if embedded and predicate.position.form == "ADN" and not predicate.tail.past:
        if not _is_held_attribute(words, predicate):
            return False
    if lexeme.agent_only and predicate.passive and not _has_agent(words, predicate):
        return False
    if lexeme.noun_only and level == EMBED and not embedded and not predicate.typed:
        return False
    complement = words.skip_adverbs_left(predicate.left)
    if lexeme.requires and not _ends_with(words, complement, lexeme.requires):
        return False
    if (lexeme.clause_only or lexeme.reported_only) and not typed:
        return _has_clausal_complement(words, complement, quote_only=lexeme.reported_only)
    if lexeme.id == "agree/icchi":
        return _is_agreement(words, predicate)
    return True


def _is_held_attribute(words: Words, predicate: Predicate) -> bool:
    """Tell 双方が確認する文書, 署名する予定 (acts) from 期待される役割, 支持する国 (kinds of things)."""
    if words.surface(predicate.tail.end) in PLANS or _is_intended(words, predicate):
        return True
    return not predicate.passive and _has_subject(words, predicate)


AGREED = re.compile(
    r"こと(?:で|に|を|につき|について)[^、。]{0,6}?(?:一致|合意|同意|約束|誓約|確約|決定|決め|表明|コミット)"
)


def _is_reported_event(words: Words, predicate: Predicate) -> bool:
    """Tell whether an embedded weak act is one that somebody did: 日本が…を評価したこと."""
    if predicate.position.form != "COMP" or not predicate.tail.past or predicate.passive:
        return False
    return _has_subject(words, predicate)


def _has_subject(words: Words, predicate: Predicate) -> bool:
    return any(
        words.surface(i) == "が" and words.depth(i) == 0 and is_actor_before(words, i)
        for i in range(words.first, predicate.left)
    )


def _is_intended(words: Words, predicate: Predicate) -> bool:
    """Tell whether the act is what somebody is ready to do: 追加の支援を検討する|用意."""
    after = predicate.tail.end
    noun = lexicon.typing_nouns().get(words.surface(after))
    if noun is not None and noun.category == "COMMIT":
        return True
    # 協議していくことで一致: what is agreed on is itself an act
    outer = words.slice(after, min(after + 7, words.last))
    return predicate.lexeme.is_noun and not predicate.tail.past and AGREED.match(outer) is not None


def _strong_noun(typed: Typed | None) -> bool:
    return bool(typed and typed.noun and typed.noun.category)


def _has_agent(words: Words, predicate: Predicate) -> bool:
    text = words.slice(words.first, predicate.start)
    return bool(re.search(r"によって|により|から|より", text))


def _ends_with(words: Words, complement: int, nouns: tuple[str, ...]) -> bool:
    if complement < words.first:
        return False
    if words.surface(complement) in nouns:
        return True
    text = words.slice(words.first, complement)
    return words.is_case(complement) and (
        re.search(rf"(?:{'|'.join(nouns)})[)」』）]*(?:を[^、。]{{1,10}})?$", text) is not None
    )


def _is_quoting(words: Words, i: int) -> bool:
    """Tell the と of 必要であると, 重要と, 」と from that of しっかりと, AとB."""
    tag = words.tag(i - 1)
    return (
        tag.startswith(("動詞", "助動詞", "形容詞", "形状詞", "助詞-終助詞"))
        or tag.endswith("形状詞可能")
        or words.surface(i - 1) in {"」", "もの", "こと"}
    )


CLAUSAL = re.compile(r"(?:と|旨(?:を|の)?|こと(?:を|に|について|につき)|よう(?:に|と)?|として)$")


def _has_clausal_complement(words: Words, complement: int, *, quote_only: bool) -> bool:
    if complement < words.first:
        return False
    text = words.slice(words.first, complement + 1)
    if quote_only:
        return text.endswith("旨") or (text.endswith("と") and _is_quoting(words, complement))
    if text.endswith("と"):
        return _is_quoting(words, complement)
    if CLAUSAL.search(text):
        return True
    return bool(re.search(r"対し(?:て)?、?[^、。]*[をに]$", text))


def _is_agreement(words: Words, predicate: Predicate) -> bool:
    """Tell 双方は…で一致した from 数値は計画と一致している (a match of things)."""
    if predicate.typed or predicate.mwe:
        return True
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


def _nearest_case(words: Words, predicate: Predicate) -> str:
    return words.surface(words.skip_adverbs_left(predicate.start))


def main_predicates(found: list[Predicate]) -> Iterator[Predicate]:
    yield from (p for p in found if p.level == MAIN)
