"""What an act is about: the complement's clause, verbatim, free of adjuncts, target and connectives."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from seimeibun.agreements import lexicon
from seimeibun.agreements.level import EMBED, MAIN
from seimeibun.agreements.phrases import phrase_before
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.subjects import Role, Subject
from seimeibun.agreements.words import LIST_CONJUNCTIONS, Words

COMMAS = frozenset({"、", "，"})
NO_OBJECT = ("", -1, -1)


@dataclass(frozen=True, slots=True)
class Object:
    """Code points of the object (-1 none), its particle, and the phrases peeled off it."""

    start: int
    end: int
    marker: str
    clausal: bool = False
    target: tuple[int, int] | None = None  # code points of the addressee
    basis: str = ""
    purpose: str = ""

    @property
    def written(self) -> bool:
        return self.start >= 0


NO_COMPLEMENT = Object(-1, -1, "")


@dataclass(frozen=True, slots=True)
class _Span:
    """Token range of an object and what was read on the way."""

    start: int
    end: int
    marker: str
    target: tuple[int, int] | None = None


def read_object(
    words: Words,
    predicate: Predicate,
    earlier: Sequence[Predicate],
    subjects: Sequence[Subject],
    doer: int = -1,
) -> Object:
    """Return the object of ``predicate``.

    ``earlier`` are the acts of the sentence before it, ``doer`` is the code point where its actor begins.
    """
    span = _complement(words, predicate)
    if predicate.level == EMBED and predicate.passive:
        relative = _modified_noun(words, predicate) if predicate.position.form == "ADN" else None
        if relative is not None:
            return _plain_object(words, *relative, "")
        if span is not None and span.marker in {"が", "は"}:
            return _plain_object(words, _after_setting(words, span.end), span.end, span.marker)
    if (
        predicate.passive
        and predicate.level == MAIN
        and (span is None or span.marker in {"に", "で"})
    ):
        span = _theme(words, predicate) or span
    if span is None:
        return NO_COMPLEMENT
    start = _segment_start(words, predicate, earlier, subjects, span.end, doer)
    start, target = _peel_target(words, start, span)
    clausal = _is_clausal(words, span, predicate)
    start, basis, purpose, addressee = _peel(words, start, span.end, clausal=clausal)
    if not clausal and predicate.level != EMBED:
        start = _after_place(words, start, span.end)
    target = span.target or target or addressee
    if start >= span.end:
        return NO_COMPLEMENT
    return Object(
        words.tokens[start].start,
        words.tokens[span.end - 1].end,
        span.marker,
        clausal,
        _code_points(words, target),
        basis,
        purpose,
    )


def _theme(words: Words, predicate: Predicate) -> _Span | None:
    """Return the topic of a passive, where it is no actor: この議定書は、…で採択された."""
    for i in range(predicate.left - 1, words.first, -1):
        if words.depth(i) == 0 and words.is_case(i, "は", "が") and words.is_noun(i - 1):
            if phrase_before(words, i) is None:
                return _Span(words.first, i, words.surface(i))
            return None
    return None


def _plain_object(words: Words, start: int, end: int, marker: str) -> Object:
    if start >= end:
        return NO_COMPLEMENT
    return Object(words.tokens[start].start, words.tokens[end - 1].end, marker)


def _modified_noun(words: Words, predicate: Predicate) -> tuple[int, int] | None:
    """Return the noun phrase that a relative clause modifies: 採択された|東京宣言."""
    start = predicate.tail.end
    if words.surface(start) in COMMAS:
        start += 1
    i = start
    while i < words.last:
        surface = words.surface(i)
        if words.depth(i) == 0 and surface not in OPENING:
            if surface in COMMAS or words.ends_here(i):
                break
            if surface == "の" and words.surface(i - 1).endswith(INSTRUMENTS):
                break
            if words.is_case(i) and surface not in {"の", "と", "や"} and not _links_on(words, i):
                break
        i += 1
    return (start, i) if i > start else None


INSTRUMENTS = (
    "協定", "条約", "宣言", "声明", "覚書", "議定書", "文書", "計画", "決議", "公文", "書簡", "取極", "憲章", "協約",
    "合意", "原則", "予算", "報告書", "指針", "方針", "戦略", "枠組み",
)  # fmt: skip
OPENING = frozenset("「『(（")


def _links_on(words: Words, i: int) -> bool:
    """Tell whether a particle is part of a modifier: に関する, における, への, に向けた."""
    following = words.slice(i + 1, min(i + 4, words.last))
    return words.surface(i) in {"に", "へ", "で", "から", "て"} and following.startswith(
        (
            "関する",
            "おける",
            "対する",
            "よる",
            "基づく",
            "向けた",
            "の",
            "つい",
            "向け",
            "係る",
            "かかる",
        )
    )


def _after_setting(words: Words, end: int) -> int:
    """Return where the noun phrase before ``end`` begins, settings (…において) left out."""
    for i in range(end - 1, words.first, -1):
        if words.depth(i):
            continue
        surface = words.surface(i)
        if surface in COMMAS:
            return i + 1
        if (
            surface in {"は", "が", "で", "に", "を", "て"}
            and words.is_case(i)
            and not _links_on(words, i)
        ):
            return i + 1
    return words.first


def _after_place(words: Words, start: int, end: int) -> int:
    """Leave out places and means before a noun object: 東京で|協定に署名, 英語で|2通."""
    edge = start
    for i in range(start, end - 1):
        if words.depth(i):
            continue
        if words.tag(i).startswith(("動詞", "形容詞")) and words.norm(i) not in {"於く", "おく"}:
            return start  # a place inside a clause belongs to the clause
        if words.is_case(i) and (
            (words.surface(i) in {"で", "にて"} and words.surface(i + 1) not in {"の", "は", "も"})
            or (words.surface(i) == "て" and words.surface(i - 1) == "おい")
        ):
            edge = i + 1
    while words.surface(edge) in COMMAS:
        edge += 1
    return edge


def _code_points(words: Words, span: tuple[int, int] | None) -> tuple[int, int] | None:
    return (words.tokens[span[0]].start, words.tokens[span[1] - 1].end) if span else None


# --- the end: complement particle -----------------------------------------------------------------

DIRECT = frozenset({"を", "が", "で", "に", "も", "は", "へ"})


def _complement(words: Words, predicate: Predicate) -> _Span | None:
    """Find the complement's last token and its particle, read leftwards from the act."""
    typed = predicate.typed or predicate.mwe
    i = (words.skip_modifiers_left if typed else words.skip_adverbs_left)(predicate.left)
    if i < words.first:
        return None
    if typed:
        return _complement_of_noun(words, i, predicate)
    addressee = None
    if words.surface(i) == "に" and (phrase := phrase_before(words, i)) is not None:
        before = words.surface(phrase.start - 1)
        if (
            before in {"を", "と", "対し", "て", "つい"}
            or words.surface(phrase.start - 1) in COMMAS
        ):
            addressee = (phrase.start, phrase.end)
            i = phrase.start - 1
            i = i - 1 if words.surface(i) in COMMAS else i
    span = _marked(words, i, predicate)
    return span and _Span(span.start, span.end, span.marker, addressee or span.target)


def _complement_of_noun(words: Words, i: int, predicate: Predicate) -> _Span | None:
    """Find the complement of 謝意を|表明, 意図を|表明, 期待を|表明, 認識で|一致."""
    target = None
    if words.surface(i) == "に" and (phrase := phrase_before(words, i)) is not None:
        # 支援に対し日本政府に謝意: the second に is the addressee's
        before = words.surface(phrase.start - 1)
        if before in {"対し", "て", "を", "、", "，", "つい"} or _particle_end(
            words, phrase.start - 1
        ):
            if _opens_segment(words, phrase.start - 1):
                return None
            target = (phrase.start, phrase.end)
            i = phrase.start - 1
            if words.surface(i) in COMMAS:
                i -= 1
    left = predicate.left
    if words.surface(i) in COMMAS:
        return _marked(words, i, predicate)
    if (span := _compound_marked(words, i)) is not None:
        return _Span(span.start, span.end, span.marker, target)
    if i == left - 1 and target is None and not _is_particle(words, i) and words.surface(i) != "旨":
        # the clause or noun stands directly before its noun: …を継続する|意図
        return _Span(words.first, i + 1, "")
    span = _marked(words, i, predicate)
    return span and _Span(span.start, span.end, span.marker, target or span.target)


def _opens_segment(words: Words, i: int) -> bool:
    return words.surface(i) in COMMAS and words.surface(i - 1) in {"は", "が"}


def _is_particle(words: Words, i: int) -> bool:
    return words.tag(i).startswith("助詞") or words.surface(i) in {"て", "し", "つき", "との", "へ"}


def _particle_end(words: Words, i: int) -> bool:
    return words.is_case(i)


COMPOUND = (
    (("に", "対し", "て"), "に対して"),
    (("に", "対し"), "に対し"),
    (("に", "つい", "て"), "について"),
    (("に", "つい", "て", "の"), "についての"),
    (("に", "つい", "て", "は"), "について"),
    (("に", "関し", "て", "は"), "に関して"),
    (("に", "関し", "て"), "に関して"),
    (("に", "関し"), "に関し"),
    (("に", "関する"), "に関する"),
    (("に", "対する"), "に対する"),
    (("に", "つき"), "につき"),
    (("に", "向け", "た"), "に向けた"),
    (("へ", "向け", "た"), "へ向けた"),
    (("へ", "の"), "への"),
    (("と", "の"), "との"),
    (("との",), "との"),
    (("と", "いう"), "という"),
    (("という",), "という"),
    (("を", "巡り"), "をめぐり"),
    (("を", "めぐり"), "をめぐり"),
    (("の", "ため"), "のため"),
    (("の", "ため", "の"), "のための"),
    (("と", "し", "て"), "として"),
    (("の", "とおり"), "のとおり"),
    (("の", "通り"), "のとおり"),
    (("旨", "を"), "旨を"),
    (("旨", "の"), "旨の"),
    (("旨",), "旨"),
    (("よう", "に"), "よう"),
    (("よう",), "よう"),
)


def _marked(words: Words, i: int, predicate: Predicate) -> _Span | None:
    """Read the particle that ends at token ``i``, and what it marks."""
    if (span := _compound_marked(words, i)) is not None:
        return span
    surface = words.surface(i)
    if surface in COMMAS:
        if (verb := _linked_verb(words, i)) is not None:
            return _marked(words, words.skip_adverbs_left(verb), predicate)
        return _compound_marked(words, i - 1)
    if surface in {"も", "に"} and words.tag(i - 1).endswith("副詞可能"):
        return None
    if (
        surface in {"に", "で", "も"}
        and words.is_case(i)
        and predicate.lexeme.lemma not in TAKES_NI
    ):
        i = _object_before_adjunct(words, i) or i
        surface = words.surface(i)
    if surface == "の" and words.is_case(i) and predicate.mwe:
        return _Span(words.first, i, "の")
    if surface in DIRECT | {"と"} and words.tag(i).startswith("助詞"):
        return _Span(words.first, i, surface)
    return None


TAKES_NI = frozenset(
    "一致 合意 同意 署名 調印 賛同 賛成 反対 抗議 留意 言及 触れる 感謝 満足 コミット 招待 招請 応諾 参加 支持 確信 期待 注目 批判 応じる".split()
)


def _linked_verb(words: Words, comma: int) -> int | None:
    """Return the verb of 共に開発し、|支持する: the acts share an object."""
    i = comma - 1
    if "連用形" not in words.tokens[i].inflection or not words.tag(i).startswith("動詞"):
        return None
    return i - 1 if words.is_suru(i) and words.is_noun(i - 1) else i


def _object_before_adjunct(words: Words, i: int) -> int | None:
    """Return the を before an adverbial に- or で-phrase: 条約を|早期に締結."""
    for j in range(i - 1, max(words.first, i - 8), -1):
        if words.depth(j) == 0 and words.is_case(j):
            if words.surface(j) == "を":
                return j
            if words.surface(j) not in {"の", "に", "で"}:
                return None
        if words.surface(j) in COMMAS:
            return None
    return None


def _compound_marked(words: Words, i: int) -> _Span | None:
    if words.surface(i) == "も" and (span := _compound_marked(words, i - 1)) is not None:
        return span
    for parts, marker in sorted(COMPOUND, key=lambda c: -len(c[0])):
        first = i - len(parts) + 1
        if first > words.first and all(
            words.surface(first + k) == part for k, part in enumerate(parts)
        ):
            return _Span(words.first, first, marker)
    return None


def _is_clausal(words: Words, span: _Span, predicate: Predicate) -> bool:
    """Tell whether the object is a clause (…すること, …する意図) rather than a noun."""
    last = span.end - 1
    if words.norm(last) in {"事", "こと", "の"} or words.surface(last) == "こと":
        return True
    if span.marker in {"との", "と", "旨", "旨を", "という", "旨の", "よう"}:
        return not words.is_noun(last)
    if span.marker == "" and (
        predicate.typed is not None or predicate.lexeme.lemma == "こととする"
    ):
        return not words.is_noun(last)
    return False


# --- the start: where the segment begins ----------------------------------------------------------


def _segment_start(
    words: Words,
    predicate: Predicate,
    earlier: Sequence[Predicate],
    subjects: Sequence[Subject],
    end: int,
    doer: int,
) -> int:
    """Return the first token after the topic, the act before, or the embedded clause's edge."""
    start = words.first + _number_length(words)
    previous = -1
    for act in earlier:
        if act.start < predicate.start and (act.level != EMBED or predicate.level == EMBED):
            if act.level == EMBED:
                continue
            after = act.tail.end
            if act.level != MAIN:
                after = _after_adjunct(words, after)
            previous = max(previous, min(_after_link(words, after), end))
    start = max(start, previous)
    for subject in subjects:
        if subject.after > end or subject.phrase.start < previous:
            continue
        if subject.role is Role.TOPIC and (
            start <= words.first + 3 or subject.phrase.start >= previous
        ):
            if _is_outer(words, subject, subjects, previous):
                start = max(start, subject.after)
        elif subject.role is not Role.SUBJECT and words.tokens[subject.phrase.start].start == doer:
            start = max(start, subject.after)
        elif subject.role is Role.AMONG and _opens(words, subject.phrase.start):
            start = max(start, subject.after)
    if predicate.level != EMBED and start == words.first:
        start = _after_other_topic(words, start, end, predicate)
    if predicate.level == EMBED:
        start = _embedded_start(words, predicate, subjects, start, end)
    return _after_commas(words, start)


def _after_other_topic(words: Words, start: int, end: int, predicate: Predicate) -> int:
    """Step over a topic that is no actor: 首脳宣言は、|自由貿易の維持を強調した."""
    if predicate.passive:
        return start
    for i in range(start + 1, end):
        if words.depth(i) == 0 and words.is_case(i, "は") and words.is_noun(i - 1):
            said = words.slice(max(end - 1, start), min(end + 2, words.last))
            clausal = said.startswith(("と", "旨")) or words.tag(end - 1).startswith(("助動詞", "動詞"))
            return start if clausal or words.surface(i + 1) not in COMMAS else i + 1
        if words.tag(i).startswith(("動詞", "助動詞")):
            return start
    return start


def _is_outer(words: Words, subject: Subject, subjects: Sequence[Subject], previous: int) -> bool:
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


def _after_link(words: Words, i: int) -> int:
    """Step over とともに, つつ, 上で, が after an act."""
    text = words.slice(i, min(i + 6, words.last))
    match = re.match(
        r"(?:とともに|と共に|と同時に|ともに|つつも?|ながら|(?:た)?(?:上|うえ)で|ほか|他|一方で?|が|ものの|し)?[、，]?",
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


def _after_commas(words: Words, start: int) -> int:
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
        if words.tokens[i - 1].end != end:
            continue
        if bare or words.surface(i) in COMMAS or words.tag(start).startswith("接続詞"):
            return i - start
    return 0


def _embedded_start(
    words: Words, predicate: Predicate, subjects: Sequence[Subject], start: int, end: int
) -> int:
    """An embedded act's object begins after its own subject or the last clause that closed."""
    for subject in subjects:
        if subject.role is Role.SUBJECT and start <= subject.phrase.start and subject.after < end:
            start = subject.after
    for i in range(end - 1, start - 1, -1):
        if words.depth(i):
            continue
        if words.surface(i) in COMMAS and _closes_clause(words, i):
            return i + 2 if words.surface(i + 1) in LIST_CONJUNCTIONS else i + 1
    return start


def _closes_clause(words: Words, comma: int) -> bool:
    token = words.tokens[comma - 1]
    if token.tag.startswith(("動詞", "助動詞")) and "連用形" in token.inflection:
        return token.norm in {"為る"}
    return token.text == "て" or words.slice(max(comma - 3, words.first), comma).endswith(
        ("こと", "つつ")
    )


# --- peeling --------------------------------------------------------------------------------------


def _peel_target(words: Words, start: int, span: _Span) -> tuple[int, tuple[int, int] | None]:
    """Leave out an addressee that opens the segment: X国に対し、…; 先方に、…; 首相を訪問に招待."""
    for i in range(start, span.end):
        if words.depth(i):
            continue
        if words.surface(i) == "に" and words.is_case(i):
            phrase = phrase_before(words, i)
            if phrase is None or phrase.start != start:
                return start, None
            after = i + 1
            if words.surface(after) == "対し":
                after += 2 if words.surface(after + 1) == "て" else 1
            elif words.surface(after) not in COMMAS and not _has_direct_object(
                words, after, span.end, span.marker
            ):
                return start, None
            elif words.tag(after).startswith(("動詞", "助詞")):
                return start, None
            return _after_commas(words, after), (phrase.start, phrase.end)
        if words.surface(i) == "を" and words.is_case(i) and span.marker == "に":
            phrase = phrase_before(words, i)
            if phrase is not None and phrase.start == start and phrase.kind in INVITED:
                return i + 1, (phrase.start, phrase.end)
            return start, None
        if words.tag(i).startswith(("動詞", "助動詞")) or (
            words.is_case(i) and words.surface(i) not in {"の", "と", "や"}
        ):
            return start, None
    return start, None


INVITED = frozenset({"office", "person", "name", "state"})


def _has_direct_object(words: Words, start: int, end: int, marker: str) -> bool:  # noqa: ARG001
    return marker in {"を", "旨", "よう", "と", "旨を"} and start < end


def _peel(
    words: Words, start: int, end: int, *, clausal: bool
) -> tuple[int, str, str, tuple[int, int] | None]:
    """Leave out adjuncts with a comma at the left edge; return the new start and what was left out."""
    basis, purpose, target = [], [], None
    while True:
        comma = _next_comma(words, start, end)
        if comma is None:
            break
        kind = _adjunct_kind(words, start, comma)
        if not kind or (kind == "setting" and clausal):
            break
        text = words.slice(start, comma)
        if kind == "target":
            phrase = _addressee(words, start, comma)
            if phrase is None:
                break
            target = phrase
        elif kind == "purpose":
            purpose.append(text)
        else:
            basis.append(text)
        start = _after_commas(words, comma + 1)
    return start, "、".join(basis), "、".join(purpose), target


def _next_comma(words: Words, start: int, end: int) -> int | None:
    return next(
        (i for i in range(start, end) if words.surface(i) in COMMAS and not words.depth(i)), None
    )


def _adjunct_kind(words: Words, start: int, comma: int) -> str:
    """Name the adjunct that ends at ``comma``, "" where the chunk is part of the object."""
    for i in range(start, comma):
        if (
            words.depth(i) == 0
            and words.surface(i) == "が"
            and words.tag(i).startswith("助詞-格助詞")
        ):
            return ""  # the clause has its own subject: it is what the act is about
    text = words.slice(start, comma)
    ending = lexicon.longest_end(text, lexicon.adjuncts())
    if ending:
        return lexicon.adjuncts()[ending]
    # a clause in the 連用形 before a chunk that is an adjunct: …を強化し、…を促進するため、
    if words.tokens[comma - 1].norm == "為る" and "連用形" in words.tokens[comma - 1].inflection:
        later = _next_comma(words, comma + 1, words.last)
        if later is not None and comma + 1 < later:
            following = words.slice(comma + 1, later)
            kind = lexicon.adjuncts().get(lexicon.longest_end(following, lexicon.adjuncts()), "")
            return kind if kind == "purpose" else ""
    return ""


def _addressee(words: Words, start: int, comma: int) -> tuple[int, int] | None:
    for i in range(start, comma):
        if words.surface(i) == "に" and words.surface(i + 1) == "対し":
            phrase = phrase_before(words, i)
            return (phrase.start, phrase.end) if phrase else None
    return None
