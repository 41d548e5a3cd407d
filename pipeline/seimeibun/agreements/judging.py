"""Whether a word that could be an act is one here, and of what category."""

import re
from dataclasses import replace

from seimeibun.agreements import lexicon
from seimeibun.agreements.clauses import closes_clause
from seimeibun.agreements.inflection import Tail
from seimeibun.agreements.level import EMBED, MAIN, Position, position_of
from seimeibun.agreements.lexicon import Lexeme
from seimeibun.agreements.phrases import is_actor_before, phrase_before
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.typing_nouns import WISH, Typed, typed_by
from seimeibun.agreements.words import COMMAS, LIST_CONJUNCTIONS, Words

PLANS = frozenset({"予定", "見込み", "見通し", "運び", "つもり", "段取り", "立場", "姿勢"})


def judge(
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
    if _is_refusal(predicate, words):
        predicate = replace(predicate, category=lexeme.negated_category)
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


def _is_refusal(predicate: Predicate, words: Words) -> bool:
    """Tell 併合を認めない (an objection) from 必要があることを認めた, 招待を受け入れなかった."""
    lexeme = predicate.lexeme
    if not lexeme.negated_category or predicate.passive:
        return False
    if not predicate.tail.negative or predicate.level != MAIN:
        return False
    complement = words.skip_adverbs_left(predicate.left)
    return not lexeme.requires or not _ends_with(words, complement, lexeme.requires)


def _is_act(words: Words, predicate: Predicate, typed: Typed | None) -> bool:
    lexeme, level = predicate.lexeme, predicate.level
    if lexeme.noun_only and not (typed and typed.noun_speaks):
        return False
    if lexeme.negated_only and not (predicate.tail.negative and level == MAIN):
        return False
    if lexeme.passive_only and not predicate.passive and not _is_received(words, predicate):
        return False
    if lexeme.lemma == "持つ" and words.norm(predicate.tail.end - 1) == "て":
        return False  # 満足の意をもって確認: a manner, not an act
    embedded = level == EMBED and not predicate.position.reported
    if embedded and lexeme.main_only:
        return False
    if (
        embedded
        and lexeme.weak
        and not (
            _strong_noun(typed)
            or _is_reported_event(words, predicate)
            or _is_asked_attribute(words, predicate)
            or _is_intended(words, predicate)
        )
    ):
        return False
    if predicate.tail.modal == "べき" and (level == EMBED or "連用形" in predicate.tail.final):
        return False  # 妥結させるべく努力: a purpose, nobody's act
    if embedded and predicate.passive and not predicate.tail.past:
        return _is_foreseen(words, predicate)
    attribute = embedded and predicate.position.form == "ADN" and not predicate.tail.past
    if attribute and not _is_held_attribute(words, predicate):
        return False
    if lexeme.agent_only and predicate.passive and not _has_agent(words, predicate):
        return False
    if lexeme.noun_only and level == EMBED and not embedded and not predicate.typed:
        return False
    complement = words.skip_adverbs_left(predicate.left)
    if predicate.category == lexeme.negated_category:
        return _has_object(words, complement)
    if lexeme.requires and not (
        _ends_with(words, complement, lexeme.requires)
        or _is_second(words, predicate)
        or (predicate.passive and _is_done_to(words, predicate, lexeme.requires))
        or _ends_with(words, _before_addressee(words, complement), lexeme.requires)
        or _answers(words, complement, lexeme.requires)
        or (predicate.passive and _was_asked_for(words, complement))
    ):
        return False
    active = not predicate.passive
    if lexeme.lemma in WANTING and level == MAIN and active and _is_of_things(words, predicate):
        return False
    if (
        lexeme.category == "CONSULT"
        and level == MAIN
        and active
        and _is_laid_down(words, predicate)
    ):
        return False  # 同計画は、…を点検し、…することを定める: nobody does so yet
    if lexeme.lemma == "明らかにする" and predicate.tail.negative:
        return False  # 立場を明らかにしなかった
    if lexeme.lemma == "祝う" and _is_manner(words, predicate):
        return False
    if lexeme.lemma == "確認" and predicate.passive and predicate.tail.negative:
        return False  # 被害は確認されていない: nobody has seen any
    if predicate.arises and words.surface(predicate.left - 1) in OTHER:
        return False  # 異なる評価もあった
    comes_about = predicate.tail.past and not predicate.tail.negative
    if embedded and not comes_about and _happens(words, predicate):
        return False  # 交渉が年内に妥結することを期待, 交渉が妥結しなかったこと
    if level == EMBED and _is_caused(words, predicate):
        return False  # 交渉を妥結させたい: what others are to do
    if lexeme.lemma == "促す" and _is_urged(words, complement):
        return True
    if (lexeme.clause_only or lexeme.reported_only) and not typed:
        return _has_clausal_complement(words, complement, quote_only=lexeme.reported_only)
    if lexeme.id == "agree/icchi":
        return _is_agreement(words, predicate)
    return True


OTHER = frozenset({"異なる", "様々な", "さまざまな", "種々の", "別の", "他の"})


def _happens(words: Words, predicate: Predicate) -> bool:
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


def _is_caused(words: Words, predicate: Predicate) -> bool:
    return any(
        words.norm(i) in {"せる", "させる"}
        for i in range(predicate.end, min(predicate.tail.end + 1, words.last))
    )


def _is_held_attribute(words: Words, predicate: Predicate) -> bool:
    """Tell 双方が確認する文書, 署名する予定 (acts) from 期待される役割, 支持する国 (kinds of things)."""
    if words.surface(predicate.tail.end) in PLANS or _is_intended(words, predicate):
        return True
    if predicate.lexeme.lemma in HOLDING:
        return False  # 両国が共通の関心を有する|諸問題
    return not predicate.passive and _has_subject(words, predicate)


HOLDING = frozenset({"有する", "持つ", "抱く"})
SETTLED = re.compile(r"こと(?:とな|とさ|とし|にな)")
AGREED = re.compile(
    r"こと(?:で|に|を|につき|について)[^、。]{0,6}?(?:一致|合意|同意|約束|誓約|確約|約し|誓|申し合わせ|決定|決め|表明|コミット)"
    r"|こと(?:とし|とす|とさ|とな|にし)"
)


def _is_reported_event(words: Words, predicate: Predicate) -> bool:
    """Tell whether an embedded weak act is one that somebody did: 日本が…を評価したこと."""
    if predicate.position.form != "COMP" or not predicate.tail.past or predicate.passive:
        return False
    return _has_subject(words, predicate)


def _is_foreseen(words: Words, predicate: Predicate) -> bool:
    """Tell whether a passive tells of an instrument to be made, or of what is settled.

    協定が締結されること|を期待, 時期は決定されること|となった; an event noun (早期の締結への期待) is no act.
    """
    after = words.slice(predicate.tail.end, predicate.tail.end + 4)
    if SETTLED.match(after):
        return True
    return predicate.category == "FORMALIZE" and FORESEEN.match(after) is not None


FORESEEN = re.compile(r"こと[をがへに]|よう")
ASKING_KINDS = frozenset({"side", "office", "person", "state", "name", "body", "meeting"})


def _is_asked_attribute(words: Words, predicate: Predicate) -> bool:
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


ASKED_FOR = re.compile(r"(?:求め|(?:要求|要請|要望|提案|希望)し|申し入れ|申し出)た[^、。]{1,30}$")


def _was_asked_for(words: Words, complement: int) -> bool:
    """Tell whether what is taken up or refused was asked for: 先方が求めた増額|は受け入れられず."""
    asked = words.slice(words.first, complement)
    return words.is_case(complement, "は", "が") and ASKED_FOR.search(asked) is not None


def _has_subject(words: Words, predicate: Predicate) -> bool:
    return any(
        words.surface(i) == "が" and words.depth(i) == 0 and is_actor_before(words, i)
        for i in range(words.first, predicate.left)
    )


def _is_intended(words: Words, predicate: Predicate) -> bool:
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
    acts = predicate.lexeme.is_noun or predicate.category == "REQUEST"
    return acts and not predicate.tail.past and AGREED.match(outer) is not None


STANDS = frozenset({"OBJECT", "SUPPORT", "REQUEST"})
STAND_NOUNS = frozenset({"立場", "姿勢", "方針", "考え", "見解", "意思"})


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
    # 書簡を|今月十二日に首都で|交換: when and where stand between
    between = 24 if words.surface(complement) == "で" else 10
    return words.is_case(complement) and (
        re.search(rf"(?:{'|'.join(nouns)})[)」』）]*(?:を[^、。]{{1,{between}}})?$", text)
        is not None
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


WANTING = frozenset({"求める", "願う", "望む", "要求", "受け入れる", "訴える"})
SPEAKING = re.compile(
    r"(?:宣言|声明|文書|決議|報告書?|憲章|条約|協定|計画|議定書|勧告|綱領|方針|コミュニケ|[0-9」)])$"
)


def _is_of_things(words: Words, predicate: Predicate) -> bool:
    """Tell 歴史は進歩を求める, where nobody speaks, from 大臣は…, 決議は…."""
    topics = [
        i
        for i in range(words.first + 1, predicate.left)
        if words.is_case(i, "は") and not words.depth(i) and words.is_noun(i - 1)
    ]
    if not topics or any(is_actor_before(words, i) for i in topics):
        return False
    if any(
        words.surface(i) in {"から", "より"} and words.is_case(i)
        for i in range(words.first, predicate.left)
    ):
        return False
    last = topics[-1] - 1
    timely = words.tag(last).endswith(("副詞可能", "助数詞可能"))
    return not timely and SPEAKING.search(words.slice(words.first, topics[-1])) is None


def _is_laid_down(words: Words, predicate: Predicate) -> bool:
    """Tell whether a document says what is to be done: 行動計画は、体制を|点検し、…."""
    topics = [
        i
        for i in range(words.first + 1, predicate.left)
        if words.is_case(i, "は") and not words.depth(i) and words.is_noun(i - 1)
    ]
    if not topics or any(is_actor_before(words, i) for i in topics):
        return False
    if not words.is_case(words.skip_adverbs_left(predicate.left), "を"):
        return False
    return SPEAKING.search(words.slice(words.first, topics[-1])) is not None


# what grows by itself is furthered, not asked for: 投資は成長を促す
GROWING = frozenset(["成長", "発展", "促進", "拡大", "増加", "投資", "進展", "向上", "交流", "普及", "定着", "育成", "活性化", "回復"])  # fmt: skip


def _is_urged(words: Words, complement: int) -> bool:
    """Tell whether an actor urges an action: 我々は、紛争の解決を|促した."""
    complement = _before_addressee(words, complement)
    noun = complement - 1
    if not words.is_case(complement, "を") or words.surface(noun) in GROWING:
        return False
    if not words.tag(noun).endswith("サ変可能"):
        return False
    topic = (
        i for i in range(words.first, complement) if words.is_case(i, "は") and not words.depth(i)
    )
    first = next(topic, None)
    return first is not None and is_actor_before(words, first)


def _before_addressee(words: Words, complement: int) -> int:
    """Step over who is asked: 拠出を|先進国に|促した, 貢献を|国際社会に|訴えた."""
    if not words.is_case(complement, "に") or (phrase := phrase_before(words, complement)) is None:
        return complement
    return phrase.start - 1


def _has_object(words: Words, complement: int) -> bool:
    return words.is_case(complement, "を", "は", "も", "と") or words.surface(complement) == "旨"


def _is_second(words: Words, predicate: Predicate) -> bool:
    """Tell whether the act is done with another to the same thing: 書簡の|署名及び|交換."""
    left = predicate.left
    return words.surface(left - 1) in LIST_CONJUNCTIONS and words.surface(left - 2) in SIGNING


SIGNING = frozenset({"署名", "調印", "締結"})


def _is_done_to(words: Words, predicate: Predicate, nouns: tuple[str, ...]) -> bool:
    """Tell whether the passive's subject is such a noun: |書簡が|東京で交換された."""
    return any(
        words.is_case(i, "が", "は") and words.surface(i - 1) in nouns and not words.depth(i)
        for i in range(words.first + 1, predicate.left)
    )


BEFORE = 200  # code points: what これ answers stands in the sentence before


def _answers(words: Words, complement: int, nouns: tuple[str, ...]) -> bool:
    """Tell whether これを is what somebody asked for just before: 招待した。大統領はこれを|受け入れた."""
    if words.slice(complement - 1, complement + 1) not in {"これを", "それを", "同を"}:
        return False
    start = words.tokens[words.first].start
    before = words.text[max(0, start - BEFORE) : words.tokens[complement].start]
    return any(noun in before for noun in nouns)


def _is_received(words: Words, predicate: Predicate) -> bool:
    """Tell whether what somebody gave is told from the other side: 大臣から支持を|得た."""
    if predicate.level != MAIN or predicate.tail.negative:
        return False
    return any(
        words.surface(i) in {"から", "より"} and words.is_case(i) and is_actor_before(words, i)
        for i in range(words.first, predicate.left)
    )


def _has_clausal_complement(words: Words, complement: int, *, quote_only: bool) -> bool:
    if complement < words.first:
        return False
    if words.is_case(complement, "に") and (phrase := phrase_before(words, complement)):
        complement = phrase.start - 1  # …よう全ての関係国に|促した
        while words.surface(complement) in COMMAS and complement > words.first:
            complement -= 1
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
