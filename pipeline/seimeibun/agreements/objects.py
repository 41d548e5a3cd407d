"""What an act is about: the complement, verbatim, free of adjuncts, addressee and connectives."""

from collections.abc import Sequence
from dataclasses import dataclass

from seimeibun.agreements.adjuncts import (
    after_answer,
    after_frame,
    after_gladly,
    after_here,
    after_linked_clause,
    after_means,
    after_occasion,
    after_partner,
    after_place,
    after_setting,
    after_so_far,
    peel,
    peel_target,
)
from seimeibun.agreements.case_marking import Complement, is_clausal
from seimeibun.agreements.clauses import closes_clause, is_particle_like
from seimeibun.agreements.complements import find_complement
from seimeibun.agreements.level import EMBED, MAIN
from seimeibun.agreements.phrases import actor_kind, phrase_before
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.relatives import modified_noun
from seimeibun.agreements.segments import opening, segment_start
from seimeibun.agreements.subjects import Subject
from seimeibun.agreements.themes import (
    fronted_theme,
    opening_theme,
    subject_of_passive,
    theme_of_passive,
)
from seimeibun.agreements.times import after_time
from seimeibun.agreements.words import COMMAS, Words


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


def _is_doer(words: Words, span: Complement, doer: int) -> bool:
    """Tell whether the complement read is but who does it: 両大臣が|会談した, 参加国は|合意に至らなかった."""
    phrase = phrase_before(words, span.end) if span.marker in {"は", "が", "も"} else None
    return phrase is not None and words.tokens[phrase.start].start == doer


PARTNERS = {"CONSULT": ("と", "との"), "THANK": ("に対し", "に対して", "に対する", "への", "に")}
BINDING = frozenset({"COMMIT", "FORMALIZE", "AGREE"})
EVENTFUL = frozenset({"WELCOME", "EVALUATE", "THANK"})
DRAWN_UP = frozenset({"署名", "調印", "作成"})  # 東京で、日本語により|本書二通に署名
NO_COMPLEMENT = Object(-1, -1, "")


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
    span = find_complement(words, predicate)
    described = _described_by_passive(words, predicate) or _described(words, predicate, span)
    if described is not None:
        return _plain_object(words, *described, "")
    if predicate.passive and predicate.level == EMBED:
        span = _undergone(words, predicate, span)
        if span is not None and span.marker in {"が", "は"}:
            start = after_occasion(words, after_setting(words, span.end), span.end)
            return _plain_object(words, start, span.end, span.marker)
    span = _complement_or_theme(words, predicate, span, doer)
    if span is None:
        return _concluded(words, predicate)
    between = _is_between(words, span, predicate)
    partner = None if between and predicate.passive else _partner(words, predicate, span)
    thanked = partner is not None and _is_described(words, predicate, partner)
    if between or (partner is not None and not thanked):
        return Object(-1, -1, "", target=_code_points(words, partner))
    start = segment_start(words, predicate, earlier, subjects, span.end, doer)
    return _without_adjuncts(words, predicate, span, start, partner if thanked else None)


def _described_by_passive(words: Words, predicate: Predicate) -> tuple[int, int] | None:
    """Return the noun that a passive relative clause is about: 首都で署名された|協定."""
    if predicate.level != EMBED or not predicate.passive or predicate.position.form != "ADN":
        return None
    noun = modified_noun(words, predicate)
    return noun if noun is not None and words.surface(noun[1] - 1) not in CONTENT_NOUNS else None


def _undergone(words: Words, predicate: Predicate, span: Complement | None) -> Complement | None:
    """Return what an embedded passive is done to, the complement read where that says it."""
    if span is not None and span.marker not in {"で", "に"}:
        return span
    return subject_of_passive(words, predicate) or _own_theme(words, predicate) or span


def _complement_or_theme(
    words: Words, predicate: Predicate, span: Complement | None, doer: int
) -> Complement | None:
    """Return the complement read, or a theme where that is none, or but who does it."""
    adverbial = span is None or (span.marker in {"に", "で"} and predicate.typed is None)
    if predicate.passive and predicate.level == MAIN and adverbial:
        span = theme_of_passive(words, predicate) or span
    if span is not None and _is_doer(words, span, doer):
        span = None
    if span is None and predicate.level == MAIN:
        return fronted_theme(words, doer, predicate)
    return span


def _without_adjuncts(
    words: Words,
    predicate: Predicate,
    span: Complement,
    start: int,
    thanked: tuple[int, int] | None,
) -> Object:
    """Return the complement from ``start`` on as an object, with what was peeled off it."""
    start = after_here(words, after_answer(words, start, span.end), span.end)
    promised = predicate.category in BINDING and words.surface(span.end - 1) == "こと"
    asked = predicate.category == "REQUEST"
    start, target = peel_target(words, start, span, promised=promised, asked=asked)
    clausal = is_clausal(words, span, predicate)
    event = predicate.category in EVENTFUL
    start, basis, purpose, addressee = peel(words, start, span.end, clausal=clausal, event=event)
    if not clausal:
        start, with_whom = _after_circumstances(words, predicate, span, start)
        addressee = addressee or with_whom
    if _is_done_then(words, start, span.end, clausal=clausal):
        start = after_time(words, start, span.end)
    if start >= span.end:
        return NO_COMPLEMENT
    return Object(
        words.tokens[start].start,
        words.tokens[span.end - 1].end,
        span.marker,
        clausal,
        _code_points(words, span.target or target or addressee or thanked),
        basis,
        purpose,
    )


def _after_circumstances(
    words: Words, predicate: Predicate, span: Complement, start: int
) -> tuple[int, tuple[int, int] | None]:
    """Leave out how, where and with whom it is done, before a noun; return the new start and with whom."""
    end, with_whom = span.end, None
    if predicate.level == MAIN:
        start = after_answer(words, after_linked_clause(words, start, end), end)
    start = after_gladly(words, after_frame(words, start, end), end)
    start = after_place(words, start, end)
    if predicate.category == "FORMALIZE" and span.marker in {"に", "を"}:
        start, with_whom = after_partner(words, start, end)
    if predicate.level != EMBED:
        start = after_so_far(words, start, end)
        if predicate.lexeme.lemma in DRAWN_UP:
            start = after_means(words, start, end)
    return start, with_whom


def _own_theme(words: Words, predicate: Predicate) -> Complement | None:
    """Return the topic of an embedded passive, if no other clause stands between."""
    theme = theme_of_passive(words, predicate)
    if theme is None or theme.marker != "は":
        return None
    between = range(theme.end + 2, predicate.left)
    linked = any(
        words.surface(i) in COMMAS and "連用形" in words.tokens[i - 1].inflection for i in between
    )
    return None if linked or closes_clause(words, theme.end, predicate.left) else theme


SCHEDULED = frozenset({"予定", "見込み", "済み"})  # 来月に開催予定の会合: of the noun


def _is_done_then(words: Words, start: int, end: int, *, clausal: bool) -> bool:
    """Tell whether a time before the object is when the act was done: 隣国が|先月|提案を|拒絶したこと."""
    return not clausal and not any(
        closes_clause(words, i, i + 1)
        or words.surface(i) in SCHEDULED
        or words.norm(i) == "目指す"  # 十年後までに排出ゼロを目指す|との宣言
        for i in range(start, end)
    )


def _concluded(words: Words, predicate: Predicate) -> Object:
    """Return what the whole sentence is about, where talks about it are told of: |発給枠については、…."""
    theme = opening_theme(words, predicate) if _is_concluded(words, predicate) else None
    if theme is None:
        return NO_COMPLEMENT
    return _plain_object(words, opening(words), theme.end, theme.marker)


def _is_concluded(words: Words, predicate: Predicate) -> bool:
    """Tell whether talks are told of, or what came of them: 協議する|こととなった, 合意に|至らなかった."""
    if not predicate.mwe and predicate.category != "CONSULT":
        return False
    settled = words.slice(predicate.tail.end, predicate.tail.end + 3)
    return predicate.level == MAIN or settled.startswith(("こととな", "こととさ", "こととし"))


def _partner(words: Words, predicate: Predicate, span: Complement) -> tuple[int, int] | None:
    """Return with whom one talks or whom one thanks, which is no object: 大統領と|会談, 日本政府に対し|謝意."""
    end = span.end
    if _is_between(words, span, predicate):
        end -= 2 if words.surface(end - 2) in {"の", "との"} else 1
        end -= words.surface(end - 1) == "と"
    elif span.marker not in PARTNERS.get(predicate.category, ()):
        return None
    phrase = phrase_before(words, end)
    return (phrase.start, phrase.end) if phrase is not None else None


def _is_described(words: Words, predicate: Predicate, partner: tuple[int, int]) -> bool:
    """Tell whether a clause says what somebody is thanked for: 会合を主催した|政府に謝意."""
    before = words.token(partner[0] - 1)
    return (
        predicate.category == "THANK"
        and before is not None
        and before.tag.startswith(("動詞", "助動詞"))
        and "連体形" in before.inflection
        and (before.norm == "た" or not is_particle_like(words, partner[0] - 1))
    )


def _is_between(words: Words, span: Complement, predicate: Predicate) -> bool:
    """Tell whether it is said with whom or among whom one talks: 大統領との間で|会談."""
    between = span.marker == "で" and words.surface(span.end - 1) == "間"
    return between and predicate.category == "CONSULT"


def _described(
    words: Words, predicate: Predicate, span: Complement | None
) -> tuple[int, int] | None:
    """Return the noun that an active relative clause is about: 会合で発表した|総額六十億ドルの支援."""
    if predicate.level != EMBED or predicate.passive or predicate.position.form != "ADN":
        return None
    if not predicate.tail.past or (span is not None and span.marker not in {"で", "に", "と"}):
        return None
    if predicate.lexeme.takes_ni and span is not None:
        met = span.marker == "で" and words.surface(span.end - 1).endswith(MEETINGS)
        with_whom = span.marker == "と" and phrase_before(words, span.end) is not None
        if not met and not with_whom:
            return None  # but 首脳会談で合意した|防衛協力の強化, 国連と合意した|査察の再開
    noun = modified_noun(words, predicate)
    if noun is None or actor_kind(words, noun[1]) or words.surface(noun[1] - 1) in CONTENT_NOUNS:
        return None
    return noun


MEETINGS = ("会談", "会合", "会議", "協議", "交渉", "対話", "サミット", "総会")
CONTENT_NOUNS = frozenset(
    ["立場", "考え", "意向", "意図", "予定", "見込み", "認識", "見解", "意見", "結果", "ため", "際", "後", "上", "中", "場合", "とき", "時", "ところ", "経緯", "背景", "旨", "点"]
)  # fmt: skip


def _plain_object(words: Words, start: int, end: int, marker: str) -> Object:
    if start >= end:
        return NO_COMPLEMENT
    return Object(words.tokens[start].start, words.tokens[end - 1].end, marker)


def _code_points(words: Words, span: tuple[int, int] | None) -> tuple[int, int] | None:
    return (words.tokens[span[0]].start, words.tokens[span[1] - 1].end) if span else None
