"""Quantities: a numeral and what it counts, in the order of things or as a share."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from seimeibun.expressions.numerals import KANJI_DIGIT, NUMERAL, parse_numeral
from seimeibun.rules import read_table
from seimeibun.width import fold_width


@dataclass(frozen=True, slots=True)
class Quantity:
    """A numeral with its counter; ``label`` is CARDINAL, ORDINAL or PERCENT, ``number`` a plain decimal."""

    start: int
    end: int
    label: str
    number: str
    unit: str
    rule: str


@dataclass(frozen=True, slots=True)
class _Counter:
    kind: str
    not_numeral: re.Pattern[str] | None
    not_next: re.Pattern[str] | None


# What may follow a count in kanji: 3本|以上, 10校|程度.
_KANJI = (
    "(?!以|未満|超|余|程|規模|前後|増|減|毎|目|近|弱|強|全|及|並|又|内外|分の|当|相当|中)[一-龥々]"
)
_UNITS = "十百千万億兆京"
_NUMERAL = re.compile(
    rf"(?P<dai>第)?(?<![数何幾])(?<![0-9〇○一二三四五六七八九{_UNITS}][,.、・])"
    rf"(?<![/+\-‐–−])(?<![^A-Za-z][A-Za-z])(?<!^[A-Za-z])(?P<number>{NUMERAL})"
)
_SHARE = re.compile(
    rf"(?P<tenths>{KANJI_DIGIT}|[0-9])割(?P<hundredths>{KANJI_DIGIT}|[0-9])分(?!の|野)"
)
_LATIN = re.compile(r"[A-Za-z]")
_KATAKANA = re.compile(r"[ァ-ヺー]")
_LABELS = {"percent": "PERCENT", "ordinal": "ORDINAL"}
_HEADING = re.compile(r"[一-龥々]{3,}\Z")
_COMPOUND = re.compile(r"(?![年月日時分秒週世周かカヵヶ数余何幾])[一-龥々ァ-ヺー]{2,12}+")


def find_quantities(text: str, *, taken: Iterable[tuple[int, int]] = ()) -> list[Quantity]:
    """Find the quantities in ``text`` outside the spans that are ``taken`` by dates and money.

    >>> [(q.label, q.number, q.unit) for q in find_quantities("第3回会合で5か国が2割の削減に一致した")]
    [('ORDINAL', '3', '回'), ('CARDINAL', '5', 'か国'), ('PERCENT', '2', '割')]
    """
    folded = fold_width(text)
    spans = sorted(taken)
    ends = sorted(end for _, end in spans)
    starts = [start for start, _ in spans]
    return [
        quantity
        for quantity in _quantities(folded)
        # as many spans end before it as begin before its end: none lies across it
        if bisect_left(ends, quantity.start + 1) == bisect_left(starts, quantity.end)
    ]


def _quantities(text: str) -> Iterator[Quantity]:
    lexical = _lexical(text)
    for match in _NUMERAL.finditer(text):
        if match.start() in lexical or match.start("number") in lexical:
            continue
        quantity = _quantity(text, match)
        if quantity is not None:
            yield quantity


@cache
def _lexical_words() -> re.Pattern[str]:
    words = sorted((row["word"] for row in read_table("lexical_numerals.tsv", ["word"])), key=len)
    return re.compile("|".join(map(re.escape, reversed(words))))


def _lexical(text: str) -> set[int]:
    """Return every position that a lexicalised word covers."""
    words = (match.span() for match in _lexical_words().finditer(text))
    return {position for start, end in words for position in range(start, end)}


@cache
def _counters() -> dict[tuple[str, bool], _Counter]:
    """Return the counters by name and by whether they follow 第."""
    counters: dict[tuple[str, bool], _Counter] = {}
    for row in read_table("counters.tsv", ["counter", "kind", "not_numeral", "not_next"]):
        counter = _Counter(
            row["kind"],
            _pattern(row["not_numeral"]),
            _pattern(row["not_next"].replace("KANJI", _KANJI)),
        )
        if row["kind"] in {"both", "ordinal", "ordinal-dai"}:
            counters[row["counter"], True] = counter
        if row["kind"] != "ordinal-dai":
            counters[row["counter"], False] = counter
    return counters


def _pattern(source: str) -> re.Pattern[str] | None:
    return re.compile(source) if source else None


@cache
def _longest_by_first_sign() -> dict[str, int]:
    return {name[0]: len(name) for name, _ in sorted(_counters(), key=lambda key: len(key[0]))}


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    share = _SHARE.match(text, match.start())
    if share is not None:
        return _tenths(share)
    number = parse_numeral(match["number"])
    if number is None or re.fullmatch(r"[〇○◯零]+|0[0-9]+.*", match["number"]):
        return None
    ordinal = match["dai"] is not None
    counter, end = _counter(text, match.end(), match["number"], ordinal=ordinal)
    if counter is None and not ordinal:
        counter, end = _compound(text, match)
    if counter is None or _may_be_heading(text, match, end):
        return None
    label = "ORDINAL" if ordinal else _LABELS.get(counter.kind, "CARDINAL")
    unit = text[match.end() : end]
    return Quantity(match.start(), end, label, f"{number:f}", unit, f"quantities/{label.lower()}")


def _counter(
    text: str, position: int, numeral: str, *, ordinal: bool
) -> tuple[_Counter | None, int]:
    """Return the longest counter from ``position`` on, and where it ends."""
    longest = _longest_by_first_sign().get(text[position : position + 1], 0)
    for end in range(min(len(text), position + longest), position, -1):
        counter = _counters().get((text[position:end], ordinal))
        if counter is None:
            continue
        if _is_word(text, end) or (counter.not_next and counter.not_next.match(text, end)):
            continue
        if not ordinal and counter.not_numeral and counter.not_numeral.fullmatch(numeral):
            continue
        return counter, end
    return None, position


def _compound(text: str, match: re.Match[str]) -> tuple[_Counter | None, int]:
    """Read 5核兵器国: digits and a compound whose last part is counted.

    Not at the beginning of a line, where the digits may number a paragraph that was joined to them.
    """
    position, before = match.end(), text[max(0, match.start() - 3) : match.start()].rstrip(" ")[-1:]
    compound = _COMPOUND.match(text, position)
    if compound is None or not match["number"].isascii() or before in {"", "\n", "。"}:
        return None, position
    for head in range(position + 1, compound.end()):
        counter = _counters().get((text[head : compound.end()], False))
        if counter is not None and counter.kind == "head":
            return counter, compound.end()
    return None, position


def _may_be_heading(text: str, match: re.Match[str], end: int) -> bool:
    """Tell whether a line begins with a number that was joined to its heading: 3地域情勢."""
    begins = text[max(0, match.start() - 1) : match.start()] in {"", "\n"}
    return (
        begins
        and match["number"].isascii()
        and _HEADING.match(text, match.end(), end + 1) is not None
    )


def _is_word(text: str, end: int) -> bool:
    """Tell whether the word goes on: トン|ネル, m|ax."""
    last, following = text[end - 1], text[end : end + 1]
    return any(kind.match(last) and kind.match(following) for kind in (_LATIN, _KATAKANA))


def _tenths(share: re.Match[str]) -> Quantity:
    """Read 3割5分 as 3.5 割."""
    tenths, hundredths = (parse_numeral(part) for part in share.groups())
    number = f"{tenths:f}.{hundredths:f}"
    return Quantity(share.start(), share.end(), "PERCENT", number, "割", "quantities/percent")
