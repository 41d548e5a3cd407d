"""One-character names of states, which are names only in company: 日中韓, 米ソ, 印パ, 日・キルギス, 米大統領."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from .rules import read_table

COLUMNS = ("kind", "text", "examples")
_KATAKANA = re.compile("[ァ-ヺー]")
_BEFORE_NO_STATE = r"(?<![一-鿿々〇0-9])"  # 15日, 翌日, 全米, 途中 and the like


@cache
def _listed(kind: str) -> tuple[str, ...]:
    rows = read_table("country_compounds.tsv", COLUMNS)
    return tuple(row["text"] for row in rows if row["kind"] == kind)


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _behind(words: Iterable[str]) -> str:
    """Return what one of the words precedes; a look-behind has one length, so there is one for each."""
    by_length: dict[int, list[str]] = {}
    for word in words:
        by_length.setdefault(len(word), []).append(word)
    return f"(?:{'|'.join(f'(?<={_any(group)})' for group in by_length.values())})"


@dataclass(frozen=True, slots=True)
class _Patterns:
    frequent: re.Pattern[str]  # 日米豪印, 日・中・韓: enough by themselves
    pair: re.Pattern[str]  # 印パ
    followed: re.Pattern[str]  # 日比両国, 日、米両国: need a noun that follows
    office: re.Pattern[str]  # 米大統領, 露側
    toward: re.Pattern[str]  # 対日輸出, 対露制裁
    refused: re.Pattern[str]  # 中米, 日中 (daytime)


@cache
def _patterns(characters: str) -> _Patterns:
    frequent, followers = "".join(_listed("frequent")), _any(_listed("follower"))
    before = [*"".join(_listed("prefix")), *_listed("time")]
    start = f"(?:{_BEFORE_NO_STATE}|{_behind(before)})"
    return _Patterns(
        re.compile(rf"{start}[{frequent}](?:・?[{frequent}])+(?![ァ-ヺー本国])"),
        re.compile(f"{start}(?:{_any(_listed('pair'))})"),
        re.compile(rf"{start}[{characters}](?:[・、]?[{characters}])+(?={followers})"),
        re.compile(rf"(?:{start}|(?<=[ァ-ヺー]))[{frequent}](?={_any(_listed('office'))})"),
        re.compile(rf"{_behind(_listed('toward'))}[{frequent}](?![国本々])"),
        re.compile("|".join(_listed("refused"))),
    )


def _runs(text: str, patterns: _Patterns) -> Iterator[re.Match[str]]:
    for pattern in (
        patterns.frequent,
        patterns.pair,
        patterns.followed,
        patterns.office,
        patterns.toward,
    ):
        for run in pattern.finditer(text):
            refused = patterns.refused.match(text, run.start())
            if not (refused and refused.end() >= run.end()):
                yield run


def _beside_names(
    text: str, characters: Mapping[str, str], places: Iterable[tuple[int, int, bool]]
) -> Iterator[int]:
    """Yield where a character is joined to a name: 日・キルギス, 日ASEAN, EU・日両国."""
    before = re.compile(
        rf"{_BEFORE_NO_STATE}(?:([{''.join(characters)}])・|([{''.join(_listed('joined'))}])「)$"
    )
    joined = re.compile(rf"{_BEFORE_NO_STATE}([{''.join(_listed('joined'))}])$")
    after = re.compile(rf"・([{''.join(characters)}])(?={_any(_listed('follower'))})")
    for start, end, _ in places:
        left = max(0, start - 3)  # a window: the patterns look back over the whole of what they get
        if found := before.search(text, left, start) or joined.search(text, left, start):
            yield found.start(found.lastindex or 1)
        if found := after.match(text, end):
            yield found.start(1)


def find_abbreviations(
    text: str, characters: Mapping[str, str], places: Iterable[tuple[int, int, bool]]
) -> list[tuple[int, str]]:
    """Return offset and ISO 3166-1 alpha-3 code of each one-character name in ``text``.

    ``characters`` maps 日 to JPN and so on; ``places`` are the spans of the longer names in ``text``,
    and whether they are atomic (no 日 in 日本海, but one in 日米豪印 and in 日ソ共同宣言).
    """
    taken = list(places)
    inside = {place for start, end, atomic in taken if atomic for place in range(start, end)}
    starts = {
        run.start() + offset
        for run in _runs(text, _patterns("".join(characters)))
        for offset, char in enumerate(run.group())
        if char in characters
    }
    starts |= set(_beside_names(text, characters, taken))
    return [
        (start, characters[text[start]])
        for start in sorted(starts)
        if start not in inside and not _is_syllable(text, start)
    ]


def _is_syllable(text: str, start: int) -> bool:
    """Tell whether a katakana sign is no state but part of a word: the ロ of パウロ副首相."""
    return bool(_KATAKANA.match(text, start)) and bool(
        _KATAKANA.match(text, start + 1) or (start and _KATAKANA.match(text, start - 1))
    )
