"""Acts without a verb of their own: 用意がある, 決意である, こととする, との認識の下."""

import re

from seimeibun.agreements import lexicon
from seimeibun.agreements.inflection import PASSIVES, Tail, read_tail
from seimeibun.agreements.level import EMBED, MAIN, NOMINAL, Position, position_of
from seimeibun.agreements.lexicon import Lexeme
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.words import COMMAS, Words


def read_copula_noun(words: Words, i: int) -> Predicate | None:
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


def read_copula_adjective(words: Words, i: int) -> Predicate | None:
    """Read 〜したことは遺憾である; not 遺憾な事態, where nothing is said of anything."""
    lexeme = lexicon.copulas().get(words.surface(i))
    if lexeme is None or words.norm(i + 1) not in {"だ", "です"} or words.surface(i + 1) == "な":
        return None
    before = words.skip_adverbs_left(i)
    if not words.is_case(before, "は", "が", "も"):
        return None
    tail = read_tail(words, i + 1)
    position = position_of(words, tail)
    if position.level == EMBED and not position.reported:
        return None
    return Predicate(lexeme, i, i + 1, i, tail, position, lexeme.category, lexeme.lemma)


SETTLING = frozenset({("と", "為る"), ("と", "成る"), ("に", "為る")})
SETTLED = frozenset({"こと", "事"})
KOTO_RULE = Lexeme("agree/koto-to-suru", "こととする", False, "AGREE")


def read_koto_to_suru(words: Words, i: int) -> Predicate | None:
    """Read 〜することとした, 〜することとなった: what was settled; main clauses only."""
    if words.surface(i) not in SETTLED:
        return None
    if (words.surface(i + 1), words.norm(i + 2)) not in SETTLING or not words.has_clause_before(i):
        return None
    if words.surface(i - 1) in {"た", "ない"} or words.norm(i - 1) in {"居る", "た"}:
        return None
    if words.norm(i + 2) == "成る" and words.norm(i - 1) in PASSIVES:
        return None  # 時期は調整されることとなった: it is told what will happen, nobody settles it
    tail = read_tail(words, i + 2)
    position = position_of(words, tail)
    if position.level != MAIN or not (tail.past or words.surface(i + 1) == "と"):
        return None
    if "意志推量形" in words.tokens[i + 2].inflection:
        return None  # 歴史を開くこととなろう: foreseen, not settled
    mwe = words.slice(i, i + 2) + words.tokens[i + 2].lemma
    return Predicate(KOTO_RULE, i, i + 3, i, tail, position, "AGREE", "こととする", mwe)


NOMINAL_TAIL = re.compile(
    r"の(?:下|もと)|に(?:基づ|もとづ|立[っちつ]|立脚|照らし)|を(?:踏まえ|もって|基に|基礎)|から[、，]"
)


STANDING = frozenset({"立つ", "立脚"})
NOMINAL_NOUNS = frozenset({"認識"})


def read_nominal(words: Words, i: int) -> Predicate | None:
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
    position = Position(NOMINAL, "NOMI")
    if words.norm(i + 2) in STANDING and words.surface(i + 1) == "に":
        # 〜との認識に立ち、: a clause with a verb of its own, not an adjunct
        stood = read_tail(words, i + 2)
        if words.surface(stood.end) in COMMAS:
            tail, position = stood, position_of(words, stood)
    mwe = "との" + words.text[words.tokens[i].start : match.end()]
    return Predicate(lexeme, i, i + 1, i, tail, position, lexeme.category, lexeme.lemma, mwe)
