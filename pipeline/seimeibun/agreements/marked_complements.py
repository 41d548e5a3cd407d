"""The complement that a particle marks: 措置を|支持, 便数について|協議, 攻撃を国際法の違反として|非難."""

from seimeibun.agreements.adverbials import (
    before_manner,
    is_only_how,
    object_before_adjunct,
    start_of_spirit,
)
from seimeibun.agreements.case_marking import Complement, compound_marked
from seimeibun.agreements.phrases import phrase_before
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.themes import ANSWERS, theme_before
from seimeibun.agreements.words import COMMAS, Words

CASES = frozenset({"を", "が", "で", "に", "も", "は", "へ", "と"})
FELT_TOWARDS = frozenset({"感謝", "満足", "賛同", "賛成", "反対", "抗議", "同意", "留意", "注目"})
AFTERWARDS = frozenset({"後", "際", "前", "折", "機会"})
GROUNDS = frozenset({"基礎", "前提", "基準", "参考", "目途", "目処", "中心"})


def marked(words: Words, i: int, predicate: Predicate) -> Complement | None:
    """Read the particle that ends at token ``i``, and what it marks."""
    i = before_manner(words, i)
    if (span := compound_marked(words, i)) is not None:
        return _by_compound(words, span, predicate)
    if (spirit := start_of_spirit(words, i)) is not None:
        i = spirit - 1
        if (span := compound_marked(words, i - (words.surface(i) in COMMAS))) is not None:
            return span
    surface = words.surface(i)
    if surface == "に" and words.surface(i - 1) in AFTERWARDS and words.is_case(i):
        return None  # 五年を経過した|後に|再協議
    if surface in {"で", "に"} and words.surface(i - 1) == "点":
        view = compound_marked(words, i - 2)
        if view is not None and view.marker == "との":
            return view  # 支援が重要であるとの点で|一致
    if surface in COMMAS:
        return _before_comma(words, i, predicate)
    return _by_case_particle(words, i, predicate)


def _by_compound(words: Words, span: Complement, predicate: Predicate) -> Complement | None:
    if span.marker == "のとおり" and words.is_case(span.end - 2, "を"):
        return Complement(words.first, span.end - 2, "を")  # 結果を|次のとおり発表
    return _by_judgement(words, span, predicate) if span.marker == "として" else span


def _by_judgement(words: Words, judgement: Complement, predicate: Predicate) -> Complement | None:
    """Return what is judged, the judgement itself where nothing else is named: |国際法の違反として|非難."""
    judged = _judged_as(words, judgement.end, passive=predicate.passive)
    if judged is not None:
        # 年額を基礎として|協議: how, not what
        return None if words.surface(judgement.end - 1) in GROUNDS else judged
    theme = theme_before(words, judgement)
    if predicate.lexeme.lemma in ANSWERS | {"受け入れる"}:
        return theme or judgement
    # 攻撃を、国際法に反するとして|非難
    return theme if theme is not None and theme.marker == "を" else judgement


def _before_comma(words: Words, comma: int, predicate: Predicate) -> Complement | None:
    if not predicate.mwe and (verb := _linked_verb(words, comma)) is not None:
        return marked(words, words.skip_adverbs_left(verb), predicate)
    span = compound_marked(words, comma - 1)
    if span is not None:
        # 国際法に反するとして、|強く非難
        return marked(words, comma - 1, predicate) if span.marker == "として" else span
    if words.is_case(comma - 1, "を") and is_only_how(words, comma + 1, predicate):
        return Complement(words.first, comma - 1, "を")  # 拠出することを、|それぞれ約束
    felt = predicate.lexeme.lemma in FELT_TOWARDS and words.surface(comma - 2) not in AFTERWARDS
    if felt and words.is_case(comma - 1, "に"):
        return Complement(words.first, comma - 1, "に")  # 歓迎に、|心から感謝
    if predicate.tail.negative and words.is_case(comma - 1, "は"):
        return Complement(words.first, comma - 1, "は")  # 制裁の解除は、|支持しない
    return None


def _by_case_particle(words: Words, i: int, predicate: Predicate) -> Complement | None:
    surface = words.surface(i)
    if surface == "も" and words.tag(i - 1).endswith("副詞可能"):
        return None
    if surface in {"も", "は"} and words.is_case(i - 1, "に", "へ", "と"):
        i, surface = i - 1, words.surface(i - 1)  # 試みに|も反対する
    if (
        surface in {"に", "で", "も"}
        and words.is_case(i)
        and not predicate.lexeme.takes_ni
        and not (predicate.typed and predicate.left < predicate.start)
    ):
        i = object_before_adjunct(words, i) or i
        surface = words.surface(i)
    if surface == "の" and words.is_case(i) and predicate.mwe:
        # 国会の|同意を得る: whose it is
        return None if phrase_before(words, i) else Complement(words.first, i, "の")
    if surface == "が" and words.tag(i).startswith("助詞-格助詞") and not _is_undergone(predicate):
        return None  # 先方が|要望した: who does it
    if surface == "で" and predicate.category != "AGREE" and not predicate.typed:
        before = object_before_adjunct(words, i)  # 事務レベルで|協議, 強い言葉で|非難
        return Complement(words.first, before, "を") if before is not None else None
    if surface in CASES and words.tag(i).startswith("助詞"):
        return Complement(words.first, i, surface)
    return None


def _is_undergone(predicate: Predicate) -> bool:
    return predicate.passive or predicate.arises or bool(predicate.typed or predicate.mwe)


def _linked_verb(words: Words, comma: int) -> int | None:
    """Return the verb of 共に開発し、|支持する: the acts share an object."""
    i = comma - 1
    if "連用形" not in words.tokens[i].inflection or not words.tag(i).startswith("動詞"):
        return None
    return i - 1 if words.is_suru(i) and words.is_noun(i - 1) else i


def _judged_as(words: Words, end: int, *, passive: bool) -> Complement | None:
    """Return the を before a judgement: 攻撃を|国際法の違反として非難, |決議に違反するものとして非難."""
    clause = words.tag(end - 2).startswith(("動詞", "助動詞"))
    if not passive and clause and words.norm(end - 1) in {"物", "もの"}:
        return _judged_by_clause(words, end)
    for i in range(end - 1, words.first, -1):
        if words.depth(i):
            continue
        if words.is_case(i, "を"):
            return Complement(words.first, i, "を")
        if words.surface(i) in COMMAS and words.is_case(i - 1, "を"):
            continue  # 事態を、|日本政府として非難
        if passive and words.is_case(i, "は", "が") and words.surface(i - 1) == "こと":
            return Complement(words.first, i, words.surface(i))
        if words.surface(i) in COMMAS and passive and words.is_case(i - 1, "は"):
            continue
        if passive and words.tag(i).startswith(("動詞", "助動詞")):
            continue  # 開放したことは、|安定に資するものとして|歓迎される
        if words.surface(i) in COMMAS or words.tag(i).startswith(("動詞", "助動詞")):
            return None
    return None


def _judged_by_clause(words: Words, end: int) -> Complement | None:
    """Return the を before 平和を損ない決議に違反するものとして; the を of 平和を損なう is of its own verb."""
    for i in range(end - 2, words.first, -1):
        if words.depth(i):
            continue
        if words.is_case(i, "は"):
            return None
        if words.is_case(i, "を"):
            verb = i + 1
            while words.tag(verb).startswith(("副詞", "形状詞", "形容詞")) or words.is_case(
                verb, "に"
            ):
                verb += 1
            inner = words.tag(verb).startswith(("動詞", "助動詞")) or words.is_suru(verb + 1)
            if not inner:
                return Complement(words.first, i, "を")
    return None
