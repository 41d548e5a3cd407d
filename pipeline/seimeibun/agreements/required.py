"""What an act must be said of: an invitation is accepted, letters are exchanged, somebody is urged to act."""

import re

from seimeibun.agreements.adverbials import before_manner
from seimeibun.agreements.level import MAIN
from seimeibun.agreements.phrases import is_actor_before, phrase_before
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.words import COMMAS, LIST_CONJUNCTIONS, Words


def has_required(words: Words, predicate: Predicate, complement: int) -> bool:
    """Tell whether one of the nouns that the word needs is what it is said of."""
    nouns = predicate.lexeme.requires
    complement = before_manner(words, complement)
    return (
        ends_with(words, complement, nouns)
        or _is_second(words, predicate)
        or (predicate.passive and _is_done_to(words, predicate, nouns))
        or ends_with(words, _before_addressee(words, complement), nouns)
        or _answers(words, complement, nouns)
        or _was_asked_for(words, predicate, complement)
    )


ASKED_FOR = re.compile(
    r"(?:求め|(?:要求|要請|要望|提案|希望)し|申し入れ|申し出)(?:て(?:い|き))?た[^、。]{1,30}$"
)


def _was_asked_for(words: Words, predicate: Predicate, complement: int) -> bool:
    """Tell whether what is taken up or refused was asked for: 先方が求めた増額|は受け入れられず."""
    taken = words.is_case(complement, *(("は", "が") if predicate.passive else ("を", "は")))
    return taken and ASKED_FOR.search(words.slice(words.first, complement)) is not None


def ends_with(words: Words, complement: int, nouns: tuple[str, ...]) -> bool:
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


# what grows by itself is furthered, not asked for: 投資は成長を促す
GROWING = frozenset(["成長", "発展", "促進", "拡大", "増加", "投資", "進展", "向上", "交流", "普及", "定着", "育成", "活性化", "回復"])  # fmt: skip


# 一層の投資を促した: what is to grow further is asked for
FURTHER = re.compile(r"(?:一層|更なる|さらなる|追加的な|早期の|新たな)")


def is_urged(words: Words, predicate: Predicate, complement: int) -> bool:
    """Tell whether an actor urges an action: 我々は、紛争の解決を|促した."""
    complement = _before_addressee(words, complement)
    noun = complement - 1
    if not words.is_case(complement, "を"):
        return False
    if words.surface(noun) in GROWING and not _is_asked_of_growth(words, predicate, noun):
        return False
    if not words.tag(noun).endswith("サ変可能"):
        return False
    topic = (
        i for i in range(words.first, complement) if words.is_case(i, "は") and not words.depth(i)
    )
    first = next(topic, None)
    return first is not None and is_actor_before(words, first)


def _is_asked_of_growth(words: Words, predicate: Predicate, noun: int) -> bool:
    """Tell whether those who talk ask for growth: 日本側は、一層の投資を促した; not 投資は成長を促す."""
    since = noun
    while (
        since > words.first
        and not words.is_case(since, "は")
        and words.surface(since) not in COMMAS
    ):
        since -= 1
    if FURTHER.search(words.slice(since, noun)) is None or predicate.level != MAIN:
        return False
    told = predicate.tail.past or words.slice(words.last - 3, words.last).endswith(("た。", "た"))
    topics = (i for i in range(words.first, noun) if words.is_case(i, "は") and not words.depth(i))
    topic = next((phrase_before(words, i) for i in topics), None)
    return told and topic is not None and topic.kind in {"side", "office", "person"}


def _before_addressee(words: Words, complement: int) -> int:
    """Step over who is asked: 拠出を|先進国に|促した, 貢献を|国際社会に|訴えた."""
    if not words.is_case(complement, "に") or (phrase := phrase_before(words, complement)) is None:
        return complement
    return phrase.start - 1


def has_object(words: Words, complement: int) -> bool:
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


def has_clausal_complement(words: Words, complement: int, *, quote_only: bool) -> bool:
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


VOICES = frozenset({"意見", "声", "要望", "発言"})
HEARD = frozenset({"出す", "出る", "上がる", "挙がる", "寄せる", "聞く"})


def is_voiced(words: Words, predicate: Predicate) -> bool:
    """Tell whether the act is what somebody was heard to say: 公開を|求める|声が上がった."""
    noun = predicate.tail.end
    return (
        words.surface(noun) in VOICES
        and words.is_case(noun + 1, "が", "も")
        and words.norm(noun + 2) in HEARD
    )
