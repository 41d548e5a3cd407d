"""What a sentence is about, where it stands before who does the act, or is the subject of a passive."""

from bisect import bisect_left

from seimeibun.agreements.case_marking import Complement, compound_marked
from seimeibun.agreements.clauses import closes_clause, is_particle_like
from seimeibun.agreements.phrases import phrase_before
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.words import COMMAS, Words

ANSWERS = frozenset({"賛成", "反対", "賛同", "同意", "支持", "抗議", "反論", "異議"})
ABOUT = frozenset({"について", "に関して", "に関し", "につき", "をめぐり", "を巡り"})


def opening_theme(words: Words, predicate: Predicate) -> Complement | None:
    """Return what the whole sentence is about: |発給枠については、先方が難色を示し、引き続き協議することとなった."""
    for i in range(words.first + 1, predicate.left):
        if words.depth(i):
            continue
        if words.surface(i) in COMMAS:
            theme = compound_marked(words, i - 1)
            contrasted = words.is_case(i - 1, "は", "も") or words.surface(i - 1) == "ては"
            return theme if theme is not None and contrasted and theme.marker in ABOUT else None
    return None


def fronted_theme(words: Words, doer: int, predicate: Predicate) -> Complement | None:
    """Return what is named before who does it: 便数については、|双方は合意に達しなかった."""
    # この提案に対し、|両国は賛成した
    answered = {"に対し", "に対して"} if predicate.lexeme.lemma in ANSWERS else frozenset()
    i = bisect_left(words.tokens, doer, words.first + 1, words.last, key=lambda token: token.start)
    if i == words.last or words.tokens[i].start != doer or words.surface(i - 1) not in COMMAS:
        return None
    theme = compound_marked(words, i - 2)
    if words.is_case(i - 2, "を"):
        return Complement(words.first, i - 2, "を")  # 攻撃が続いていることを、|我々は非難する
    if theme is None or not (theme.marker in ABOUT or theme.marker in answered):
        return None
    return theme


def theme_before(words: Words, reason: Complement) -> Complement | None:
    """Return what is answered, where a reason follows: 撤廃については|、調整を要するとして同意しなかった."""
    if not words.tag(reason.end - 1).startswith(("動詞", "助動詞", "形容詞")):
        return None
    for i in range(reason.end - 1, words.first + 1, -1):
        if words.depth(i) or words.surface(i) not in COMMAS:
            continue
        theme = compound_marked(words, i - 1)
        if theme is not None and theme.marker in ABOUT | {"に対し", "に対して"}:
            return theme
        if words.is_case(i - 1, "は", "を"):
            named = words.is_case(i - 1, "を") or phrase_before(words, i - 1) is None
            return Complement(words.first, i - 1, words.surface(i - 1)) if named else None
    return None


def theme_of_passive(words: Words, predicate: Predicate) -> Complement | None:
    """Return the topic of a passive, where it is no actor: この議定書は、…で採択された."""
    for i in range(predicate.left - 1, words.first, -1):
        if words.depth(i) == 0 and words.is_case(i, "は", "が") and words.is_noun(i - 1):
            if phrase_before(words, i) is None:
                return Complement(words.first, i, words.surface(i))
            if words.is_case(i, "が") and closes_clause(words, i, predicate.left):
                continue  # 調停案は、|先方が受諾を拒んだため、|採択されなかった
            return None
    return None


def subject_of_passive(words: Words, predicate: Predicate) -> Complement | None:
    """Return the が-phrase of an embedded passive: 交換公文が|本日署名されたこと."""
    for i in range(predicate.left - 1, words.first, -1):
        if words.depth(i):
            continue
        if words.is_case(i, "が"):
            return Complement(words.first, i, "が")
        verbal = words.tag(i).startswith(("動詞", "助動詞")) and not is_particle_like(words, i)
        if verbal or words.surface(i) in COMMAS:
            return None
    return None
