"""Organs of one state: 新・再生可能エネルギー省, 大韓民国の環境部, 気象庁気象研究所."""

import re
from dataclasses import dataclass

from seimeibun.entities.fields import field_start
from seimeibun.entities.mention import Mention, Rank
from seimeibun.entities.reading import Reading
from seimeibun.entities.vocabulary import (
    ends_some_organ,
    organ_ending,
    organs,
    portfolio_pattern,
    words,
)

_LINK = re.compile(r"(?:の|から、?|側から、?|側の|側は、?)\Z")
_LONGEST_LINK = 4  # signs
_LONGEST_NOUN = 8  # signs
_MINISTRIES_ARE_BU = frozenset({"CHN", "KOR", "PRK", "TWN"})
_HEADED = ("長官", "長")  # 外交部|長官 is the office that 外務大臣 is elsewhere
_NATIONAL = re.compile(r"(?:国家|連邦|王立|最高|中央|公共|海上|大統領府|首相府)")
_BODIES = frozenset({"GOVERNMENT_BODY", "ORGANIZATION"})  # what has parts
_AGENCIES = ("庁", "局")
_SHORTEST = 2  # signs of a field
_SAYS_WHICH = 4  # signs of a noun that needs no field: 閣僚会議


@dataclass(frozen=True, slots=True)
class _Organ:
    """A field and the noun after it; ``start``–``head`` is the field."""

    start: int
    head: int
    end: int
    field: str
    noun: str


def organ_mentions(reading: Reading) -> list[Mention]:
    """Return the organs, each with the state before it and the organ that it is a part of."""
    known = {
        literal.end: literal
        for literal in reading.literals
        if literal.label in _BODIES and not reading.text.endswith("党", 0, literal.end)
    }
    found = []
    for index in range(len(reading.tokens)):
        if (organ := _organ_at(reading, index)) and (mention := _named(reading, organ, known)):
            found.append(mention)
            known[mention.end] = mention
    return found


def _organ_at(reading: Reading, index: int) -> _Organ | None:
    """Return the organ that may end with a token."""
    token = reading.tokens[index]
    if not ends_some_organ(token.text):
        return None
    noun = organ_ending(reading.text[max(0, token.end - _LONGEST_NOUN) : token.end])
    if not noun or "地名" in token.tag or not _ends(reading, index):
        return None
    head = edge = token.end - len(noun)
    if head > token.start:  # 環境|省 is one token; 反省 and 官庁 are no organs
        if head - token.start < _SHORTEST:
            return None
        edge = token.start
    elif head not in reading.first_token:
        return None
    start = field_start(reading, edge, goes_on=edge < head)
    return _Organ(start, head, token.end, reading.text[start:head], noun)


def _ends(reading: Reading, index: int) -> bool:
    """Tell whether the name ends with the token: not in 環境省令, 外務省間."""
    following = index + 1
    if following >= len(reading.tokens):
        return True
    token = reading.tokens[following]
    adjoins = token.start == reading.tokens[index].end and token.tag.startswith("接尾辞")
    return not adjoins or (token.text in words("tail") and token.text != "間")


def _named(reading: Reading, organ: _Organ, known: dict[int, Mention]) -> Mention | None:
    needs = organs()[organ.noun]
    whole = known.get(organ.start)
    if whole and len(organ.field) >= _SHORTEST and "unit" in needs:
        return _mention(whole.start, organ, whole.label)
    state = _state_ending(reading, organ.start)
    if not _is_named(reading, organ, needs, state):
        return None
    if state:
        return _mention(state.start, organ)
    return _mention(organ.start, organ, "ORGANIZATION" if _is_of_region(reading, organ) else "")


def _mention(start: int, organ: _Organ, label: str = "") -> Mention:
    rule = f"organ/{organ.noun}"
    return Mention(start, organ.end, label or "GOVERNMENT_BODY", rule, rank=Rank.LITERAL)


def _is_named(
    reading: Reading, organ: _Organ, needs: frozenset[str], state: Mention | None
) -> bool:
    if "bare" in needs:
        return True
    if organ.field in words("any-organ"):
        return False
    says_field = len(organ.field) >= _SHORTEST
    if "field" in needs:
        return says_field
    of_state = state or _linked_state(reading, organ.start)
    listed = bool(portfolio_pattern().fullmatch(organ.field))
    if "bu" in needs:
        if reading.text.startswith(_HEADED, organ.end):
            return False
        states = {of_state.iso3} if of_state else set(reading.analysis.parties)
        return listed and bool(states & _MINISTRIES_ARE_BU)
    if "state" not in needs or not of_state:
        return False
    if not organ.field:
        return len(organ.noun) >= _SAYS_WHICH
    return says_field and (listed or bool(_NATIONAL.match(organ.field)))


def _state_ending(reading: Reading, end: int) -> Mention | None:
    """Return the one state whose name ends at ``end``: not the last of 日・キルギス."""
    for literal in reading.literals_ending.get(end, ()):
        if literal.label == "COUNTRY":
            before = literal.start - (reading.text[literal.start - 1 : literal.start] == "・")
            several = any(m.label == "COUNTRY" for m in reading.literals_ending.get(before, ()))
            return None if several else literal
    return None


def _linked_state(reading: Reading, start: int) -> Mention | None:
    """Return the state that の or から links: 大韓民国の|環境部, インド側から、|港湾省."""
    link = _LINK.search(reading.text, max(0, start - _LONGEST_LINK), start)
    return _state_ending(reading, link.start()) if link else None


def _is_of_region(reading: Reading, organ: _Organ) -> bool:
    """Tell whether an agency is of several states: カリブ|輸出開発庁, but 北極圏・極東発展省."""
    return organ.noun.endswith(_AGENCIES) and any(
        literal.label in {"REGION", "ORGANIZATION"}
        and not literal.iso3
        and not reading.text.startswith("・", literal.end)
        for literal in reading.literals_starting.get(organ.start, ())
    )
