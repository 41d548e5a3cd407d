"""Names in quotation marks: 「経済社会開発計画」, 「人づくり」, サミット「ビシュケク+25」."""

import re
from collections.abc import Iterable

from seimeibun.entities.mention import Mention, Rank
from seimeibun.entities.reading import Reading
from seimeibun.entities.vocabulary import (
    Head,
    alternation,
    heads_ending,
    office_pattern,
    words,
    works,
)

_LONGEST = 100
_LONGEST_CONCEPT = 25
_BEFORE = 40  # 以下、それぞれ「総理大臣」、
_NAMED_IN_QUOTES = frozenset({"PROGRAM", "TREATY", "EVENT"})
_BODIES = frozenset({"ORGANIZATION", "GOVERNMENT_BODY"})
_DEFINED = re.compile(
    r"以下[、,]?(?:単に|総称して|併せて|それぞれ)?(?:「[^「」]{1,20}」[、及び]{1,2})*$"
)
_DEFINES = re.compile(r"(?:[、及び]{1,2}「[^「」]{1,20}」)*(?:という|とする|と称|と呼|と略|と記)")
_ABBREVIATED = re.compile(r"^(?P<name>[^()]{2,})\((?P<alias>(?=[^()]*[A-Zァ-ヺ])[^()年]{1,40})\)$")
_AS_WORD = re.compile(
    r"(?:に(?!向けた)|を(?!目指す)|の(?!ロード))"
)  # 「…」に関する共同声明 holds a name of its own
_REMARK = re.compile(r"\([^()]*\)$")
_TITLE = re.compile(r"に関する|についての|のための|との間の")
_ORDINAL = re.compile(r"第[0-9一二三四五六七八九十]+回")
_ANNIVERSARY = re.compile(r"[0-9〇一二三四五六七八九十百]+周年")
# 「…」と題するシンポジウム: the noun after the words that introduce it says what is quoted
_CALLED = re.compile(
    r"(?:と(?:題する|題した|称する|名付けた|名づけた|銘打った|いう)|をテーマと(?:する|した))(?P<what>[^、。「」()]{2,24})"
)
_CLAUSE = re.compile(r"[。?!？！]|です$|ます$|ない$|しよう$|である$|った$|せよ$")


def quoted_mentions(reading: Reading, known: Iterable[Mention]) -> list[Mention]:
    """Return the names that quotation marks set off; ``known`` are the names found without them."""
    by_end: dict[int, list[Mention]] = {}
    for mention in known:
        by_end.setdefault(mention.end, []).append(mention)
    longer = _parts_of_names(reading, known)
    found: list[Mention] = []
    for start, end in reading.quotes:
        inside = reading.text[start + 1 : end - 1]
        if not 2 <= len(inside) <= _LONGEST or _CLAUSE.search(inside) or "\n" in inside:
            continue
        outer = longer.get((start, end))
        if outer is not None and not _AS_WORD.match(reading.text, end):
            found += _abbreviated(start + 1, inside, outer.label)
        elif not _is_definition(reading.text, start, end):
            found += _named(reading, start, end, by_end)
    return found


def _parts_of_names(reading: Reading, known: Iterable[Mention]) -> dict[tuple[int, int], Mention]:
    """Return the quotes that a longer name begins with or runs over, with the name."""
    parts: dict[tuple[int, int], Mention] = {}
    quotes = reading.quotes
    for mention in known:
        if "」" in reading.text[mention.start : mention.end]:
            for start, end in quotes:
                inside = mention.start <= start and end <= mention.end
                best = parts.get((start, end))
                if inside and (best is None or mention.end - mention.start < best.end - best.start):
                    parts[start, end] = mention
    return parts


def _is_definition(text: str, start: int, end: int) -> bool:
    return bool(
        _DEFINED.search(text, max(0, start - _BEFORE), start) and _DEFINES.match(text, end)
    ) or bool(re.search(r"\(以下[、,]?(?:単に|総称して)?$", text[max(0, start - 12) : start]))


def _abbreviated(start: int, inside: str, label: str) -> list[Mention]:
    """Both parts of 一村一品(OVOP); nothing where the quotes hold no alias."""
    match = _ABBREVIATED.match(inside)
    if not match:
        return []
    return [
        _quoted(start, start + match.end("name"), label),
        _quoted(start + match.start("alias"), start + match.end("alias"), label),
    ]


def _quoted(start: int, end: int, label: str) -> Mention:
    return Mention(start, end, label, f"quoted/{label.lower()}", rank=Rank.QUOTED)


def _named(
    reading: Reading, start: int, end: int, by_end: dict[int, list[Mention]]
) -> list[Mention]:
    events = [mention for mention in by_end.get(start, ()) if mention.label == "EVENT"]
    if events:
        begin = min(event.start for event in events)
        return [_quoted(begin, end, "EVENT"), _quoted(start + 1, end - 1, "EVENT")]
    inside = reading.text[start + 1 : end - 1]
    if match := _ABBREVIATED.match(inside):
        label = _label(reading, start, end, match["name"])
        return _abbreviated(start + 1, inside, label) if label else []
    label = _label(reading, start, end, _REMARK.sub("", inside))
    if not label or any(
        literal.span == (start + 1, end - 1)
        for literal in reading.literals_starting.get(start + 1, ())
    ):
        return []
    return [_quoted(start + 1, end - 1, label)]


def _label(reading: Reading, start: int, end: int, name: str) -> str:
    """Return the type of a quoted name, "" if the quotes hold no name."""
    after = reading.text[end : end + 16]
    if _is_quotation(after):
        return ""
    if _is_awarded(reading.text[max(0, start - 14) : start]):
        return "PROGRAM"
    if reading.text.endswith(tuple(words("principle")), 0, start):
        return "CONCEPT"
    if _ANNIVERSARY.fullmatch(name):
        return ""  # 「10周年」, of what is not said
    group = heads_ending(name) or heads_ending(name.rstrip("0123456789"))
    if group and group[-1].label in _BODIES and _kind_before(reading, start) == "EVENT":
        return "EVENT"  # サイドイベント「明日の世界貿易機関」
    if group:
        return _label_of_head(reading, start, name, group)
    if name.endswith(tuple(words("report"))):
        return "TREATY"  # 「ブラヒミ報告」
    if kind := _kind_before(reading, start) or _kind_after(after):
        return kind
    if _adopted().match(after):
        return "TREATY"
    if _is_office(reading, start + 1, end - 1):
        return "POSITION"
    last = reading.last_token.get(end - 1)
    if last is None or not reading.tokens[last].tag.startswith(("名詞", "接尾辞")):
        return ""
    if _is_in_doubt(reading, start, end):
        return ""
    if name.endswith(works(shortest=2)):
        return "FACILITY"  # 「南ガス回廊」
    return "CONCEPT" if len(name) <= _LONGEST_CONCEPT and not _is_apposition(reading, start) else ""


def _is_office(reading: Reading, start: int, end: int) -> bool:
    """Tell whether the quotes hold nothing but a state or group and its office: 「V4首相」."""
    return any(
        office_pattern().fullmatch(reading.text, holder.end, end)
        for holder in reading.literals_starting.get(start, ())
        if holder.label in {"COUNTRY", "ORGANIZATION"}
    )


def _kind_before(reading: Reading, start: int) -> str:
    """Return the type that a noun right before the quotes says: フォーラム「…」, "" if none does."""
    index = reading.last_token.get(start)
    if index is None or not reading.is_noun[index]:
        return ""
    before = reading.text[max(0, start - 16) : start]
    group = heads_ending(before)
    if group and group[-1].label in _NAMED_IN_QUOTES:
        return group[-1].label
    if before.endswith(works(shortest=2)):
        return "FACILITY"  # 庭園「…」
    return "PROGRAM" if before.endswith(tuple(words("measure"))) else ""


def _kind_after(after: str) -> str:
    """Return the type that the noun after 「…」と題する says, "" if none does."""
    called = _CALLED.match(after)
    if not called:
        return ""
    labels = (
        head.label
        for end in range(2, len(called["what"]) + 1)
        for head in heads_ending(called["what"][:end])
    )
    return next((label for label in labels if label in _NAMED_IN_QUOTES), "")


def _is_in_doubt(reading: Reading, start: int, end: int) -> bool:
    """Tell whether the quotes keep a distance from one word for an act (一方的な「併合」), and name nothing."""
    first, last = reading.first_token.get(start + 1), reading.last_token.get(end - 1)
    return first is not None and first == last and "サ変可能" in reading.tokens[first].tag


def _is_apposition(reading: Reading, start: int) -> bool:
    """Tell whether the quotes name a thing of the kind before them (高速増殖炉「…」), no principle."""
    index = reading.last_token.get(start)
    return index is not None and reading.is_noun[index]


def _label_of_head(reading: Reading, start: int, name: str, group: tuple[Head, ...]) -> str:
    if _ORDINAL.search(name) and any(head.label == "EVENT" for head in group):
        return "EVENT"
    label = next((head.label for head in group if head.needs != "ordinal"), group[0].label)
    if name.endswith("対話") and "「" not in name and _among_meetings(reading, start):
        return "EVENT"
    return label


def _among_meetings(reading: Reading, start: int) -> bool:
    """Tell whether the quotes stand in a list with quoted meetings."""
    first, last = reading.analysis.sentence_of(start)
    return any(
        heads_ending(reading.text[begin + 1 : end - 1])[:1]
        and heads_ending(reading.text[begin + 1 : end - 1])[0].label == "EVENT"
        and heads_ending(reading.text[begin + 1 : end - 1])[0].needs != "ordinal"
        for begin, end in reading.quotes
        if first <= begin < last and begin != start
    )


def _is_quotation(after: str) -> bool:
    return bool(
        re.match(
            rf"と(?:の(?:考え|認識|見解|表現|言葉|発言)|.{{0,6}}?(?:{alternation(words('saying'))}))",
            after,
        )
    )


def _is_awarded(before: str) -> bool:
    return bool(re.search(rf"(?:{alternation(words('award'))})$", before))


def _adopted() -> re.Pattern[str]:
    return re.compile(rf"(?:の|を|に|が|への)?(?:{alternation(words('adopt'))})")
