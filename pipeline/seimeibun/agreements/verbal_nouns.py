"""Verbal nouns as acts: 歓迎する, 意見交換を行う, 合意に達する, and headlines (…で一致)."""

from dataclasses import replace

from seimeibun.agreements import lexicon
from seimeibun.agreements.inflection import Tail, read_tail
from seimeibun.agreements.judging import judge
from seimeibun.agreements.lexicon import Lexeme
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.words import JOINTS, Words

PREFIXES = frozenset({"再", "仮"})  # 再確認, 仮署名
DONE = frozenset({"済み", "済"})


def _noun_here(words: Words, i: int) -> tuple[Lexeme, int] | None:
    known = lexicon.nouns()
    if words.surface(i)[:1] not in lexicon.initials_of_nouns():
        return None
    for length in (3, 2, 1):
        if i + length <= words.last and words.depth(i + length - 1) == 0:
            lexeme = known.get(words.slice(i, i + length))
            if lexeme and (length > 1 or words.tag(i).startswith(("名詞", "形状詞"))):
                return lexeme, i + length
    return None


def _in_progress(words: Words, i: int) -> Predicate | None:
    """Read 検討中である, which is one word and its copula."""
    text = words.surface(i)
    lexeme = lexicon.nouns().get(text[:-1]) if text.endswith("中") else None
    if lexeme is None or lexeme.light_only or words.norm(i + 1) not in {"だ", "です"}:
        return None
    found = judge(words, lexeme, i, i + 1, read_tail(words, i + 1))
    return found and replace(found, cut=1, lemma=lexeme.lemma)


def read_verbal_noun(words: Words, i: int) -> Predicate | None:
    here = _noun_here(words, i)
    if here is None:
        return _in_progress(words, i)
    lexeme, end = here
    if words.surface(end) in DONE and words.norm(end + 1) in {"だ", "です"}:
        # 書簡を交換済みである
        return judge(words, lexeme, i, end, read_tail(words, end + 1))
    if words.surface(i - 1) in lexeme.not_after or _goes_on(words, end, lexeme.not_before):
        return None
    start = i - 1 if words.surface(i - 1) in PREFIXES else i
    left = _joined_before(words, start)
    verb_at = _joined_after(words, end) or end
    if words.is_suru(verb_at) and not lexeme.light_only:
        return judge(words, lexeme, start, end, read_tail(words, verb_at), left=left)
    if words.surface(end) in {"は", "も"} and words.is_suru(end + 1) and not lexeme.light_only:
        return judge(words, lexeme, start, end, read_tail(words, end + 1))
    light = light_verb_of(words, lexeme, verb_at)
    if light is not None:
        verb, particle, arises = light
        tail = read_tail(words, verb + 1 if words.is_noun(verb) else verb)
        case = "を" if tail.passive and particle == "が" else particle
        mwe = f"{words.slice(start, end)}{case}{plain_form(words, verb)}"
        if arises and tail.passive:
            arises = False
        return judge(words, lexeme, start, end, tail, mwe=mwe, arises=arises, left=left)
    if not lexeme.light_only and _ends_as_noun(words, start, end):
        return judge(words, lexeme, start, end, _noun_tail(end), bare=True)
    return None


def _joined_after(words: Words, end: int) -> int | None:
    """Return where the second of two nouns with one verb ends: 署名|・交換を行う."""
    if words.surface(end) not in JOINTS:
        return None
    second = _noun_here(words, end + 1)
    return second[1] if second and not second[0].neutral else None


def _joined_before(words: Words, start: int) -> int:
    """Return the first token of the noun that shares the verb: |署名・交換を行う; ``start`` for none."""
    if words.surface(start - 1) not in JOINTS:
        return start
    first = _noun_here(words, start - 2)
    return start - 2 if first and first[1] == start - 1 and not first[0].neutral else start


def _goes_on(words: Words, end: int, not_before: frozenset[str]) -> bool:
    """Tell whether the noun is the first part of another word (確認|書, 評価|委員会)."""
    if words.surface(end) in not_before:
        return True
    return words.is_noun(end) and not words.tag(end).startswith(
        ("名詞-普通名詞-副詞可能", "接頭辞")
    )


def _noun_tail(end: int) -> Tail:
    return Tail(end, end, False, False, True, "", "", False)


def plain_form(words: Words, i: int) -> str:
    token = words.tokens[i]
    if token.text == "行":
        return "行う"
    return token.text + "する" if words.is_noun(i) else token.lemma


def light_verb_of(words: Words, lexeme: Lexeme, end: int) -> tuple[int, str, bool] | None:
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
            if group == "have" and _verb_speaks(words, end - 1, end + width):
                continue  # 懸念を有する: the act of the verb
            verb = words.skip_adverbs_right(end + width)
            if particle == "が" and lexeme.category == "FORMALIZE":
                verb = _after_where(words, verb)
            if words.norm(verb) == "為る" and verb > end + width:
                continue  # 一致が明らかにされた: another verb
            if words.norm(verb) == "持つ" and words.surface(verb + 1) == "て":
                continue  # 懸念をもって留意: a manner
            if _is_light(words, verb, light.verbs):
                if light.arises and particle in {"は", "も"} and words.norm(verb) in DOING:
                    arises = False  # 大臣は、約束は|行わなかった
                else:
                    arises = light.arises or (particle == "が" and not words.is_noun(verb))
                return verb, particle, arises
    return None


FARTHEST = 8  # tokens of a place or time between a noun and its light verb


def _after_where(words: Words, i: int) -> int:
    """Step over when and where: 署名が|首都で|行われた."""
    for j in range(i, min(i + FARTHEST, words.last)):
        if words.is_case(j, "で", "に", "にて") and j > i:
            return words.skip_adverbs_right(j + 1)
        if words.slice(j, j + 3) == "において":
            return words.skip_adverbs_right(j + 3)
        if not (words.is_noun(j) or words.is_case(j, "の")):
            return i
    return i


# verbs that somebody does, unlike ある and 出る; 行 of 行なう is a word of its own
DOING = frozenset({"行う", "為す", "成す", "為る", "出す", "寄せる", "行"})


def _verb_speaks(words: Words, noun: int, verb: int) -> bool:
    """Tell whether the verb is an act by the noun's category (懸念を有する, 期待を抱く)."""
    lexeme = lexicon.verbs().get(words.norm(words.skip_adverbs_right(verb)))
    typing = lexicon.typing_nouns().get(words.surface(noun))
    return bool(lexeme and lexeme.noun_only and typing and typing.category)


OLD_OKONAU = frozenset({"なつ", "なっ", "なは", "つ"})  # 行なつた, 行つた: 行 is a word of its own


def _is_light(words: Words, i: int, verbs: frozenset[str]) -> bool:
    if words.surface(i) == "行" and words.surface(i + 1) in OLD_OKONAU:
        return "行う" in verbs
    if words.is_noun(i):
        return words.surface(i) in verbs and words.is_suru(i + 1)
    return words.tag(i).startswith("動詞") and (
        words.norm(i) in verbs or words.tokens[i].lemma in verbs
    )


COMPLEMENT = frozenset(
    {
        "を",
        "で",
        "に",
        "と",
        "が",
        "つき",
        "ついて",
        "旨",
        "関し",
        "関して",
        "対し",
        "から",
        "へ",
        "よう",
    }
)


def _ends_as_noun(words: Words, start: int, end: int) -> bool:
    """Tell whether the noun ends its clause as a headline does (…で一致, …を確認)."""
    if not words.ends_here(end) and words.surface(end) != "、":
        return False
    before = words.skip_adverbs_left(start)
    if before < words.first:
        return False
    surface = words.surface(before)
    if surface == "て" and words.surface(before - 1) in {"つい", "関し", "対し"}:
        return True
    if words.slice(before - 2, before + 1) == "として" and words.ends_here(end):
        return True  # 受け入れられないとして厳重に|抗議。
    said = words.tag(before).startswith(("助詞", "名詞", "動詞")) or surface == "よう"
    if surface not in COMPLEMENT or not said:
        return False
    if surface == "と" and words.is_noun(before - 1):
        return False  # AとB。: a list
    return words.ends_here(end) or surface in {"を", "で", "と", "旨", "つき", "ついて"}
