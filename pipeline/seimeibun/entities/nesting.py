"""Which candidates stand: no crossing mentions, no entity inside itself, different entities nested."""

import re
from collections.abc import Iterable

from seimeibun.entities.mention import Mention, Rank
from seimeibun.entities.vocabulary import portfolio_pattern, stopped, words

# What may stand inside a mention of a type; a type that is not listed takes everything.
_INSIDE = {
    "PERSON": frozenset[str](),
    "COUNTRY": frozenset[str](),
    "LANGUAGE": frozenset[str](),
    "NATIONALITY": frozenset[str](),
    "POSITION": frozenset(
        {"COUNTRY", "REGION", "CITY", "ORGANIZATION", "GOVERNMENT_BODY", "EVENT"}
    ),
    "GOVERNMENT_BODY": frozenset({"COUNTRY", "CITY", "REGION", "GOVERNMENT_BODY", "ORGANIZATION"}),
}
_STATES = frozenset({"COUNTRY", "REGION"})
_LAND = frozenset({"LOCATION", "REGION"})
_BODIES = frozenset({"ORGANIZATION", "GOVERNMENT_BODY"})
_LABEL_ORDER = (
    "COUNTRY",
    "ORGANIZATION",
    "TREATY",
    "PROGRAM",
    "EVENT",
    "CONCEPT",
    "CITY",
    "REGION",
)
_MARKS = {"「": "」", "『": "』", "(": ")"}
_NUMBER = re.compile(r"第?[0-9]+号?")  # 横浜宣言 in 横浜宣言2033
_EDITION = re.compile(r" ?(?:[IVX]{1,5}|[Ⅰ-Ⅻ]|[0-9]{1,4})")  # TICAD in TICAD V
# 東京オリンピック|競技大会, ラグビーワールドカップ|2019日本大会
_GAMES = re.compile(
    r"(?:・パラリンピック)?(?:競技)?大会|(?:(?:19|20)[0-9]{2})?[一-鿿ァ-ヺー]{2,8}大会"
)
_ORDINAL = re.compile(r"第[0-9〇一二三四五六七八九十百]+回")
_BEARING = re.compile(r"[東西南北中]{1,2}部?|[ァ-ヺ]{1,3}・")  # 南スマトラ州, ロス・アンデス県
_SUBDIVISION = re.compile(r"[州県省郡]")
_SYMBOL = re.compile(r"[A-Z]+/[A-Z0-9/().\-]+")


def resolve(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions that stand, in text order, the outer before the inner."""
    no_names = stopped()
    named = (m for m in mentions if (text[m.start : m.end], m.label) not in no_names)
    candidates = [
        m
        for m in _one_per_span(named)
        if m.rank >= Rank.QUOTED or text[m.start : m.end] not in words("never")
    ]
    kept = _without_crossing(candidates)
    ordered = sorted(kept, key=lambda m: (m.start, -m.end))
    return list(_without_repeats(text, ordered))


def _one_per_span(mentions: Iterable[Mention]) -> list[Mention]:
    best: dict[tuple[int, int], Mention] = {}
    for mention in sorted(mentions, key=_preference):
        best.setdefault(mention.span, mention)
    return list(best.values())


def _preference(mention: Mention) -> tuple[int, int, int]:
    label = mention.label
    order = _LABEL_ORDER.index(label) if label in _LABEL_ORDER else len(_LABEL_ORDER)
    return (-mention.rank, -len(mention.alias_of), order)


def _without_crossing(mentions: list[Mention]) -> list[Mention]:
    """Keep, of mentions that cross, the higher rank, then the longer."""
    ordered = sorted(mentions, key=lambda m: (m.start, -m.end))
    dropped: set[tuple[int, int]] = set()
    active: list[Mention] = []
    for mention in ordered:
        active = [
            other for other in active if other.end > mention.start and other.span not in dropped
        ]
        for other in active:
            if mention.crosses(other) or (
                Rank.MODEL in (mention.rank, other.rank) and mention.span != other.span
            ):
                loser = min(mention, other, key=_weight)
                dropped.add(loser.span)
                if loser is mention:
                    break
        if mention.span not in dropped:
            active.append(mention)
    return [mention for mention in ordered if mention.span not in dropped]


def _weight(mention: Mention) -> tuple[int, int, int]:
    # A compound may begin before a literal name (第15回… ); between the two the longer wins.
    rank = Rank.LITERAL if mention.rank is Rank.COMPOUND else mention.rank
    return rank, mention.end - mention.start, -mention.start


def _without_repeats(text: str, ordered: list[Mention]) -> Iterable[Mention]:
    outer: list[Mention] = []
    for mention in ordered:
        outer = [other for other in outer if other.end > mention.start]
        # the アフリカ of …アフリカ連合日本政府代表部大使 is of the body, not what the office is in charge of
        in_body = any(other.label in _BODIES for other in outer)
        if all(
            _may_nest(text, mention, other)
            for other in outer
            if not (in_body and other.label == "POSITION")
        ):
            outer.append(mention)
            yield mention


def _may_nest(text: str, inner: Mention, outer: Mention) -> bool:
    if inner.label not in _INSIDE.get(outer.label, (inner.label,)):
        return False
    in_portfolio = inner.start > outer.start and portfolio_pattern().fullmatch(text, *inner.span)
    if inner.label == outer.label == "EVENT" and inner.start == outer.start:
        begins = _ORDINAL.match(text, inner.start)  # 第4回 counts the meeting, not its forum
        if begins and inner.rank is Rank.COMPOUND:
            return False
    editions = inner.label == outer.label == "EVENT" and inner.source == outer.source == "gazetteer"
    if editions and inner.start > outer.start:
        # オリンピック・パラリンピック in 2020年東京オリンピック・パラリンピック競技大会
        return False
    if inner.label == "POSITION" and outer.label == "EVENT":
        return False  # 財務大臣 in G20財務大臣・中央銀行総裁会議
    if outer.label == "POSITION" and in_portfolio:
        return False
    if outer.label == "POSITION" and text.endswith("内閣", inner.start, inner.end):
        return False
    if inner.label == outer.label and (
        text[inner.end : inner.end + 1] == "「"
        or _is_remark(text, inner, outer)
        or _is_first_part(text, inner, outer)
        or _NUMBER.fullmatch(text, inner.end, outer.end)
    ):
        return False
    if outer.source == "gazetteer" and _is_built(text, inner, outer):
        return False
    rest = (inner.end, outer.end)
    if inner.start == outer.start and _EDITION.fullmatch(text, *rest):
        return False
    if inner.label == outer.label == "EVENT" and _GAMES.fullmatch(text, *rest):
        return False
    if outer.label == "LOCATION" and outer.rule.startswith("place/"):
        return inner.start > outer.start or inner.label not in _STATES  # フィンランド in …湾
    if _is_session(inner, outer, text) or _is_same_place(inner, outer, text):
        return False
    if inner.start == outer.start and text[inner.end : outer.end] in words("legal-form"):
        return False  # 日本製鉄 in 日本製鉄株式会社
    return not _is_same(inner, outer) or _is_marked_off(text, inner)


def _is_session(inner: Mention, outer: Mention, text: str) -> bool:
    """Tell whether the outer is one meeting of the series that the inner names."""
    return (
        outer.label == "EVENT"
        and inner.label == "PROGRAM"
        and inner.end == outer.end
        and text[outer.start] == "第"
    )


def _is_same(inner: Mention, outer: Mention) -> bool:
    """Tell whether both name one entity: 安保理 in 国連安保理, 外相会合 in 第5回外相会合."""
    if inner.label != outer.label:
        return False
    if inner.entity_id and inner.entity_id == outer.entity_id:
        return True
    return inner.end == outer.end


def _is_first_part(text: str, inner: Mention, outer: Mention) -> bool:
    """Tell whether the outer goes on with another head: 日越パートナーシップ in …・プログラム."""
    programs = inner.label == outer.label == "PROGRAM" and inner.rank is Rank.COMPOUND
    return programs and inner.start == outer.start and text.startswith("・", inner.end)


def _is_remark(text: str, inner: Mention, outer: Mention) -> bool:
    """Tell whether the outer only adds a parenthesis: …建設計画(第二期)."""
    rest = text[inner.end : outer.end]
    return inner.start == outer.start and rest.startswith("(") and rest.endswith(")")


def _is_built(text: str, inner: Mention, outer: Mention) -> bool:
    """Tell whether a rule built the inner name out of a known one (バーゼル銀行|監督委員会)."""
    built = inner.rank is Rank.COMPOUND and inner.source == "rule"
    joined = inner.start == outer.start and "・" in text[inner.start : inner.end]
    same = inner.label == outer.label != "TREATY"
    return inner.rule.startswith("place/") or (built and (same or joined))


def _is_same_place(inner: Mention, outer: Mention, text: str) -> bool:
    """Tell whether both are one place: サワンナケート in サワンナケート県, スマトラ in 南スマトラ州."""
    places = {"REGION", "CITY"}
    if outer.label == "REGION" and inner.label in _LAND and inner.start > outer.start:
        by_bearing = _BEARING.fullmatch(text, outer.start, inner.start)
        return bool(by_bearing and _SUBDIVISION.fullmatch(text, inner.end, outer.end))
    return (
        inner.start == outer.start
        and inner.label in places
        and outer.label in places
        and outer.rule.startswith("place/")
    )


def _is_marked_off(text: str, inner: Mention) -> bool:
    """Tell whether quotes or parentheses, or its form, set an alias apart inside the name."""
    before, after = text[inner.start - 1 : inner.start], text[inner.end : inner.end + 1]
    return (before in _MARKS and _MARKS.get(before) == after) or (
        _SYMBOL.fullmatch(text, inner.start, inner.end) is not None
        or (after == "(" and inner.rank >= Rank.QUOTED)
    )
