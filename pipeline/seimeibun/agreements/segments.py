"""Where the complement of an act begins: after the topic, the act before, or the edge of its clause."""

import re
from collections.abc import Sequence

from seimeibun.agreements import lexicon
from seimeibun.agreements.clauses import closes_clause
from seimeibun.agreements.inflection import PASSIVES
from seimeibun.agreements.level import EMBED, MAIN
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.subjects import Role, Subject
from seimeibun.agreements.words import COMMAS, LIST_CONJUNCTIONS, Words


def segment_start(
    words: Words,
    predicate: Predicate,
    earlier: Sequence[Predicate],
    subjects: Sequence[Subject],
    end: int,
    doer: int,
) -> int:
    """Return the first token after the topic, the act before, or the embedded clause's edge."""
    previous = _end_of_act_before(words, predicate, earlier, end)
    start = max(words.first + _number_length(words), previous)
    start = _after_subjects(words, subjects, start, end, doer=doer, previous=previous)
    if predicate.level == MAIN:
        start = _after_other_clause(words, start, end, stated=predicate.passive)
    if predicate.level != EMBED and start == words.first:
        start = _after_other_topic(words, start, end, predicate)
    if predicate.level == EMBED:
        start = _embedded_start(words, subjects, start, end, doer)
    return after_commas(words, start)


def _end_of_act_before(
    words: Words, predicate: Predicate, earlier: Sequence[Predicate], end: int
) -> int:
    """Return the token after the act before, and what links the two; -1 without one."""
    previous = -1
    for act in reversed(earlier):
        if act.tail.end + _LINK <= previous:  # it is over before the one that was found
            continue
        if act.level == EMBED or act.start >= predicate.start or act.shares_verb(predicate):
            continue
        after = act.tail.end if act.level == MAIN else _after_adjunct(words, act.tail.end)
        previous = max(previous, min(_after_link(words, after), end))
    return previous


def _after_subjects(
    words: Words,
    subjects: Sequence[Subject],
    start: int,
    end: int,
    *,
    doer: int,
    previous: int,
) -> int:
    """Step over who does it, and what the clause is about."""
    for subject in subjects:
        if subject.after > end or subject.phrase.start < previous:
            continue
        does_it = words.tokens[subject.phrase.start].start == doer
        if subject.role is Role.TOPIC and (
            start <= words.first + 3 or subject.phrase.start >= previous
        ):
            told = _is_told_of(words, subject, end, doer)
            over = does_it or (_is_outer(subject, subjects, previous) and not told)
        elif does_it:
            own = subject.role is not Role.SUBJECT or subject.pause
            over = own or not closes_clause(words, subject.after, end)
        else:
            speaks = _speaks_first(words, subject)
            speaks = speaks and not _is_agent_within(words, subject, end, doer)
            over = speaks or _is_frame(words, subject, end)
        start = max(start, subject.after) if over else start
    return start


def _is_frame(words: Words, subject: Subject, end: int) -> bool:
    """Tell whether a clause opens with among whom it was done: 両国の間で、…."""
    return (
        subject.role is Role.AMONG
        and _opens(words, subject.phrase.start)
        and not _is_clause(words, subject.after, end)
    )


def _is_told_of(words: Words, subject: Subject, end: int, doer: int) -> bool:
    """Tell whether what somebody says begins with a topic: 首相は謝意を表し、|英国は支援している|旨述べた."""
    said = words.surface(end) in {"と", "との", "旨"} or words.surface(end - 1) == "旨"
    return said and NO_DOER < doer < words.tokens[subject.phrase.start].start


def _speaks_first(words: Words, subject: Subject) -> bool:
    """Tell whether the sentence opens with who speaks: 先方からは、…."""
    if subject.role is not Role.FROM:
        return False
    marked = subject.pause or words.surface(subject.after - 1) == "は"
    return marked and _opens(words, subject.phrase.start)


def _is_agent_within(words: Words, subject: Subject, end: int, doer: int) -> bool:
    """Tell whether somebody else acts on what was said to him: 首脳は、|首相から|方針が示されたことを評価."""
    if not NO_DOER < doer < words.tokens[subject.phrase.start].start:
        return False
    verb = end - 2  # before こと
    verb -= words.norm(verb) == "た"
    return words.norm(end - 1) in {"事", "こと"} and words.norm(verb) in PASSIVES


def opening(words: Words) -> int:
    """Return the first token of a sentence after its number and connective."""
    return after_commas(words, words.first + _number_length(words))


def _is_clause(words: Words, start: int, end: int) -> bool:
    """Tell whether what ends before ``end`` is a clause of its own: …との間で覚書を締結したこと."""
    said = words.surface(end) in {"と", "との", "旨"} and not words.is_noun(end - 1)
    return (said or words.surface(end - 1) in {"こと", "旨"}) and start < end


EVENTS = frozenset(
    ["会合", "会談", "訪問", "来訪", "訪日", "来日", "参集", "出席", "到着", "面会", "懇談", "会見", "帰国", "集合", "開催", "主催", "拝謁", "謁見", "表敬", "視察", "見学"]
)  # fmt: skip
YET_TO_BE = re.compile(
    r"来[年月週春夏秋冬]|明[年春夏秋冬]|翌[年月]|次[回期]|今後|将来|年内|年度内|までに|定期的|毎[年月]"
)
SPEECHES = frozenset({"講演", "演説", "挨拶", "あいさつ", "発言", "スピーチ", "会談", "会合"})
GATHER = frozenset({"会する", "会す", "集う", "集まる"})
CONTRAST = frozenset({"が", "ものの", "けれども", "けれど"})


def _after_other_clause(words: Words, start: int, end: int, *, stated: bool) -> int:
    """Step over clauses before the act that do something else: …が、; …には至らず、; 東京で会合し、.

    ``stated``: the act is a passive, of what is stated: 会合を開き、報告することが|確認された.
    """
    # what is said may be of several clauses
    said = words.surface(end) in {"と", "との", "という"} or words.surface(end - 1) == "旨"
    for comma in range(end - 1, start, -1):
        if words.depth(comma) or words.surface(comma) not in COMMAS:
            continue
        last = words.tokens[comma - 1]
        if words.is_suru(comma - 1) and words.surface(comma - 2) in EVENTS:
            verb = end - 2 if words.norm(end - 1) in {"事", "こと"} else end - 1
            planned = words.tag(verb).startswith("動詞")
            told = stated and not any(words.is_case(i, "は") for i in range(start, comma))
            if planned and (told or YET_TO_BE.search(words.slice(start, comma))):
                continue  # 次の協議を来年開催し、直行便の開設を検討すること
            return comma + 1
        if words.norm(comma - 1) in GATHER and "連用形" in last.inflection:
            return comma + 1  # 首都に会し、|成果を想起
        if words.surface(comma - 1) in {"行い", "行ない"} and words.surface(comma - 3) in SPEECHES:
            return comma + 1  # 基調講演を行い、|案件の形成を歓迎
        if said:
            continue
        if words.surface(comma - 1) in CONTRAST and last.tag.startswith("助詞-接続助詞"):
            return comma + 1
        if words.slice(comma - 2, comma).endswith(("つつ", "つつも")):
            return comma + 1  # 必要性を認めつつも、|提案に同意
        if words.norm(comma - 1) == "ず" and "連用形" in last.inflection:
            return comma + 1
    return start


def _after_other_topic(words: Words, start: int, end: int, predicate: Predicate) -> int:
    """Step over a topic that is no actor: 首脳宣言は、|自由貿易の維持を強調した."""
    if predicate.passive:
        return start
    for i in range(start + 1, end):
        if words.depth(i) == 0 and words.is_case(i, "は") and words.is_noun(i - 1):
            said = words.slice(max(end - 1, start), min(end + 2, words.last))
            clausal = said.startswith(("と", "旨")) or words.tag(end - 1).startswith(
                ("助動詞", "動詞")
            )
            return start if clausal or words.surface(i + 1) not in COMMAS else i + 1
        if words.tag(i).startswith(("動詞", "助動詞")):
            return start
    return start


def _is_outer(subject: Subject, subjects: Sequence[Subject], previous: int) -> bool:
    """Tell whether a topic is the first one since the act before."""
    first = next(
        (s for s in subjects if s.role in {Role.TOPIC, Role.FROM} and s.phrase.start >= previous),
        None,
    )
    return first is subject


def _opens(words: Words, start: int) -> bool:
    return (
        start <= words.first + 1
        or words.surface(start - 1) in COMMAS
        or words.tag(start - 1).startswith(("接続詞", "副詞"))
    )


def _number_length(words: Words) -> int:
    """Return how many tokens a paragraph number takes (１ 各国は; (2) 双方は; 一、)."""
    text = words.slice(words.first, min(words.first + 6, words.last))
    match = re.match(
        r"\s*(?:[(（]?[0-9０-９一二三四五六七八九十ア-オイロハ]{1,3}[)）.．、,]|[0-9０-９]{1,2}\s+|[・○●◎◇◆■□‐−–—-])\s*",
        text,
    )
    if match is None:
        return 0
    end = words.tokens[words.first].start + match.end()
    i = words.first
    while i < words.last and words.tokens[i].end <= end:
        i += 1
    return i - words.first


NO_DOER = -1
_LINK = 8 + 6  # tokens that an adjunct and a link after an act take at most


def _after_link(words: Words, i: int) -> int:
    """Step over とともに, つつ, 上で, が after an act."""
    text = words.slice(i, min(i + 6, words.last))
    match = re.match(
        r"(?:にとど(?:め|まり|まる)|のに対して?|とともに|と共に|と同時に|ともに|つつも?|ながら|(?:た)?(?:上|うえ)で|ほか|他|一方で?|が|ものの|し)?[、，]?",
        text,
    )
    length = match.end() if match else 0
    begin = words.tokens[i].start if i < words.last else 0
    while i < words.last and words.tokens[i].end <= begin + length:
        i += 1
    return i


def _after_adjunct(words: Words, i: int) -> int:
    """Step over の下, に基づき up to its comma."""
    for j in range(i, min(i + 8, words.last)):
        if words.surface(j) in COMMAS:
            return j
    for j in range(i, min(i + 5, words.last)):
        if words.surface(j) in {"下", "もと", "基づき", "で", "立っ", "立ち"}:
            i = j + 1
    return i


def after_commas(words: Words, start: int) -> int:
    """Step over commas and connectives."""
    while start < words.last:
        if words.surface(start) in COMMAS or not words.surface(start).strip():
            start += 1
            continue
        if words.surface(start) in {"(", "（"} and (partner := words.partner(start)) is not None:
            start = partner + 1  # (拍手), (1)
            continue
        length = _connective_length(words, start)
        if not length:
            return start
        start += length
    return start


def _connective_length(words: Words, start: int) -> int:
    """Return how many tokens at ``start`` are a connective with its comma, or one that is an adverb."""
    offset = words.tokens[start].start
    limit = words.tokens[words.last - 1].end
    for text, bare in lexicon.connectives().items():
        if not words.text.startswith(text, offset, limit):
            continue
        end, i = offset + len(text), start
        while i < words.last and words.tokens[i].end <= end:
            i += 1
        if words.tokens[i - 1].end != end or words.surface(i) in {"の", "に"}:
            continue  # そのため|の, そのため|に必要な
        if words.surface(i) in {"は", "も"} and words.surface(i + 1) in COMMAS:
            return i + 1 - start  # さらに|は、
        if bare or words.surface(i) in COMMAS or words.tag(start).startswith("接続詞"):
            return i - start
    return 0


def _embedded_start(
    words: Words, subjects: Sequence[Subject], start: int, end: int, doer: int
) -> int:
    """Return where an embedded act's object begins: after its own subject or the last closed clause."""
    for subject in subjects:
        if (
            subject.role is not Role.SUBJECT
            or not start <= subject.phrase.start < subject.after < end
        ):
            continue
        if _is_distributed(words, subjects, subject, end):
            break  # 甲国が一億円、|乙国が二億円を、それぞれ拠出すること
        inside = closes_clause(words, subject.after, end)
        before = subject.phrase.start - 1
        if inside and before > start and words.is_case(before, "を", "に"):
            break  # 四分の一を|日本が|負担すること; 事業に|甲銀行が一億円、|乙銀行が二億円を融資すること
        if not inside or doer in {NO_DOER, words.tokens[subject.phrase.start].start}:
            start = subject.after
    for i in range(end - 1, start - 1, -1):
        if words.depth(i):
            continue
        if words.surface(i) in COMMAS and _closes_clause(words, i):
            return i + 2 if words.surface(i + 1) in LIST_CONJUNCTIONS else i + 1
    return start


def _is_distributed(words: Words, subjects: Sequence[Subject], first: Subject, end: int) -> bool:
    """Tell whether a second subject follows in the same clause, and それぞれ says that both do it."""
    later = [s for s in subjects if s.role is Role.SUBJECT and first.after < s.phrase.start < end]
    if not later or closes_clause(words, first.after, later[0].phrase.start):
        return False
    each = (i for i in range(later[0].after, end) if words.surface(i) in EACH)
    return any(not closes_clause(words, later[0].after, i) for i in each)


EACH = frozenset({"それぞれ", "各々", "おのおの"})


def _closes_clause(words: Words, comma: int) -> bool:
    token = words.tokens[comma - 1]
    if token.tag.startswith(("動詞", "助動詞")) and "連用形" in token.inflection:
        return token.norm in {"為る", "おる", "居る"}
    return token.text == "て" or words.slice(max(comma - 3, words.first), comma).endswith(
        ("こと", "つつ")
    )
