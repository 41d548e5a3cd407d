"""Whether a word that could be an act is one here, and of what category."""

from dataclasses import replace

from seimeibun.agreements.inflection import Tail
from seimeibun.agreements.level import MAIN, Position, position_of
from seimeibun.agreements.lexicon import Lexeme
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.required import ends_with
from seimeibun.agreements.typing_nouns import WISH, Typed, typed_by
from seimeibun.agreements.verdicts import is_act
from seimeibun.agreements.words import Words


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
    return predicate if is_act(words, predicate, typed) else None


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
    return not lexeme.requires or not ends_with(words, complement, lexeme.requires)
