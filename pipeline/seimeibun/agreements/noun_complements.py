"""The complement of an act of noun and verb: 支援への謝意を|表明, 協力する意図を|表明, との認識で|一致."""

from seimeibun.agreements.adverbials import before_when_and_where
from seimeibun.agreements.case_marking import Complement, compound_marked
from seimeibun.agreements.clauses import PARTICLE_VERBS
from seimeibun.agreements.marked_complements import marked
from seimeibun.agreements.phrases import Phrase, phrase_before
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.words import COMMAS, POINTING, Words

BEFORE_ADDRESSEE = COMMAS | {"対し", "て", "を", "つい"}
FELT = frozenset({"OBJECT", "SUPPORT", "EVALUATE", "THANK", "WELCOME"})
OF_NOUN = frozenset({"に対する", "への", "についての", "に関する", "に向けた", "との", "という"})
PARTICLE_LIKE = frozenset({"て", "し", "つき", "との", "へ", "旨"})
PEOPLE = ("者", "民", "企業", "機関", "団体", "業界")


def complement_of_noun(words: Words, i: int, predicate: Predicate) -> Complement | None:
    """Find the complement of 謝意を|表明, 意図を|表明, 期待を|表明, 認識で|一致."""
    target, first = None, i
    if predicate.typed and words.surface(i) in POINTING and not predicate.typed.category:
        return _whole(words, predicate)  # この立場を|共有
    if predicate.typed is None:
        i = before_when_and_where(words, i, predicate)
    if words.surface(i) == "に" and (phrase := phrase_before(words, i)) is not None:
        # 支援に対し日本政府に謝意: the second に is the addressee's
        before = phrase.start - 1
        if words.surface(before) in BEFORE_ADDRESSEE or words.is_case(before):
            if _opens_segment(words, before):
                return None
            target = (phrase.start, phrase.end)
            i = before - 1 if words.surface(before) in COMMAS else before
    if (by := _giver_before(words, i, predicate)) is not None:
        i = by.start - 1  # 申出に対し、|各国から|賛同の意が示された
        if words.surface(i) in COMMAS and words.surface(i - 1) not in {"は", "が"}:
            return marked(words, i, predicate)
        return None
    left = predicate.left
    owner = owner_of_view(words, predicate)
    i = owner.start - 1 if owner else _before_owner(words, i)
    if words.surface(i) in COMMAS:
        return marked(words, i, predicate)
    if (span := compound_marked(words, i)) is not None:
        said = _said_to(words, span)
        return said or Complement(span.start, span.end, span.marker, target)
    if i == left - 1 and predicate.typed is None and (compound := _compound_start(words, i)) <= i:
        i = compound - 1  # 電話|会談
        if words.surface(i) in COMMAS:
            return marked(words, i, predicate)
    elif (
        target is None
        and _may_end_clause(words, i)
        and (i == left - 1 or (i == first and "連体形" in words.tokens[i].inflection))
    ):
        return _clause_of_noun(words, i, predicate)
    span = marked(words, i, predicate)
    return span and Complement(span.start, span.end, span.marker, target or span.target)


def _giver_before(words: Words, i: int, predicate: Predicate) -> Phrase | None:
    """Return the から-phrase that ends at ``i``, where it is who does it: |先方からは|謝意の表明があった."""
    if not (predicate.passive or predicate.arises):
        return None
    i -= words.is_case(i, "は", "も")
    return phrase_before(words, i) if words.is_case(i, "から", "より") else None


def _clause_of_noun(words: Words, last: int, predicate: Predicate) -> Complement | None:
    """Return the clause that stands directly before its noun: …を継続する|意図; but 一か月にわたる|討議."""
    if predicate.typed and words.norm(last) == "た" and predicate.category in FELT:
        return _whole(words, predicate)  # 議長が表明した|懸念を共有: somebody else's
    held = predicate.typed is not None or words.norm(last) not in PARTICLE_VERBS
    manner = words.tag(last).startswith("接尾辞") or words.surface(last) == "に"
    manner = manner or (words.tag(last).endswith("副詞可能") and words.surface(last - 1) in COMMAS)
    return Complement(words.first, last + 1, "") if held and not manner else None


def _said_to(words: Words, span: Complement) -> Complement | None:
    """Return the clause, where the noun says to whom it is given: 送金を認める|との企業に対する約束."""
    to_whom = phrase_before(words, span.end) or words.surface(span.end - 1).endswith(PEOPLE)
    if span.marker not in {"に対する", "への"} or not to_whom:
        return None
    start = span.end
    while words.is_noun(start - 1) or (words.is_case(start - 1, "の") and words.is_noun(start - 2)):
        start -= 1
    content = compound_marked(words, start - 1)
    if (
        content is None
        or content.marker not in {"との", "という"}
        or words.is_noun(content.end - 1)
    ):
        return None
    return Complement(content.start, content.end, content.marker, (start, span.end))


def _whole(words: Words, predicate: Predicate) -> Complement | None:
    """Return all that stands before the verb's を, the typing noun included."""
    particle = words.skip_adverbs_left(predicate.start)
    return Complement(words.first, particle, "を") if words.is_case(particle, "を") else None


def owner_of_view(words: Words, predicate: Predicate) -> Phrase | None:
    """Return whose views meet: 取り決めることに|両者|の意見の一致をみた, |両首脳|の見解は一致した."""
    if predicate.lexeme.lemma != "一致" or predicate.typed is None:
        return None
    particle = predicate.left - 1
    return phrase_before(words, particle) if words.is_case(particle, "の") else None


def own_view(words: Words, predicate: Predicate) -> Complement | None:
    """Return the view itself, where no clause says what it is: 政府の見解を|説明した."""
    noun = predicate.typed
    held = noun is not None and (noun.content == "VIEW" or noun.noun == "関心")
    if noun is None or not held or noun.category or predicate.passive:
        return None
    particle = words.skip_adverbs_left(predicate.start)
    owner = predicate.left - 1
    while words.tag(owner).startswith(("形容詞", "形状詞")) or words.surface(owner) == "な":
        owner -= 1  # 企業の|高い|関心
    owned = words.is_case(owner, "の") and words.is_noun(owner - 1)
    if not owned or not words.is_case(particle, "を") or predicate.left > particle:
        return None
    return Complement(words.first, particle, "を")


def _compound_start(words: Words, last: int) -> int:
    """Return the first token of the nouns that run up to ``last``, the one after it for none."""
    first = last + 1
    while words.is_noun(first - 1) and not words.tag(first - 1).endswith("副詞可能"):
        first -= 1
    return first


def _before_owner(words: Words, i: int) -> int:
    """Step over whose stand it is: 目標に対する|我々の|コミットメント."""
    if not words.is_case(i, "の") or (phrase := phrase_before(words, i)) is None:
        return i
    before = phrase.start - 1
    if words.surface(before) in COMMAS:  # 核実験に対し、|政府の|懸念
        answered = compound_marked(words, before - 1)
        return before - 1 if answered is not None and answered.marker in ANSWERED else i
    span = compound_marked(words, before)
    return before if span is not None and span.marker in OF_NOUN else i


ANSWERED = frozenset({"に対し", "に対して"})


def _opens_segment(words: Words, i: int) -> bool:
    return words.surface(i) in COMMAS and words.surface(i - 1) in {"は", "が"}


def _may_end_clause(words: Words, i: int) -> bool:
    """Tell a word that may end a clause before a noun from a particle, or one that is half a particle."""
    return not words.tag(i).startswith("助詞") and words.surface(i) not in PARTICLE_LIKE
