"""Verbs and fixed phrases as acts: 述べる, 求める, 新たにする, 意見を交わす."""

from dataclasses import replace

from seimeibun.agreements import lexicon
from seimeibun.agreements.inflection import PASSIVES, read_tail
from seimeibun.agreements.judging import judge
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.verbal_nouns import light_verb_of, plain_form
from seimeibun.agreements.words import Words


def read_verb(words: Words, i: int) -> Predicate | None:
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
    if tail.passive and lexeme.lemma == "考える":
        end = tail.stem_end  # 考えられ is a verb of its own; but 示さ|れ, 述べ|られ
    received = lexeme.passive_only and not tail.passive  # 大臣から支持を得た
    predicate = judge(words, lexeme, start, end, tail, arises=received)
    return predicate and replace(predicate, cut=_ending_length(words, end - 1))


NOMINALIZING = ("に", "を", "が", "の", "は", "へ", "で", "も")


def _ending_length(words: Words, i: int) -> int:
    """Return 1 for the る of a one-row verb in its plain form (求める, 考えられる), else 0."""
    token = words.tokens[i]
    one_row = "一段" in token.inflection or token.norm in PASSIVES
    return int(one_row and len(token.text) > 1 and token.text.endswith("る"))


def read_phrase(words: Words, i: int) -> Predicate | None:
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
                return judge(words, lexeme, i, i + 1, read_tail(words, i + 1), left=start)
            light = light_verb_of(words, lexeme, i + 1)
            if light is not None:
                verb = light[0]
                tail = read_tail(words, verb + 1 if words.is_noun(verb) else verb)
                mwe = words.slice(start, light[0]) + plain_form(words, light[0])
                # the head of 意見の交換を行う is all three
                head = (
                    start if lexeme.lemma == "".join(lexeme.phrase) and "の" in lexeme.phrase else i
                )
                return judge(words, lexeme, head, i + 1, tail, left=start, mwe=mwe)
            continue
        if "を" in lexeme.phrase[:-1]:  # the head of 意見を交わす is its verb
            return judge(words, lexeme, i, i + 1, read_tail(words, i), left=start)
        # the head of 新たにする is 新たに, of 遺憾とする the noun alone, of 残念に思う and 多とする the whole
        noun_alone = lexeme.phrase[-2] == "と" and words.tag(start).startswith("名詞")
        end = i - 1 if noun_alone else i
        if not words.is_suru(i) or (lexeme.phrase[-2] == "と" and not noun_alone):
            end = i + 1
        return judge(words, lexeme, start, end, read_tail(words, i))
    return None
