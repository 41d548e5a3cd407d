"""The full official name and the stable id of every mention."""

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from seimeibun.entities.mention import Mention

_INSERTION = re.compile(r"\((?:以下[^()]*|[A-Za-z0-9&+/.\-]{2,20}|[「『][^」』]*[」』])\)")
_ORDINAL = re.compile(r"第[0-9一二三四五六七八九十百]+回|次")
_SPACE = re.compile(r"\s+")
_PREMIER = re.compile(r"^(?:日本国)?(?:総理大臣|内閣総理大臣|首相|総理)$")
_BY_STATE = frozenset({"POSITION", "GOVERNMENT_BODY"})


def with_canonical(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions with ``canonical`` and ``entity_id`` filled."""
    named = [_named(text, mention, mentions) for mention in mentions]
    full = _full_names(named)
    named = [_full_person(mention, full) for mention in named]
    named = _offices_of_holders(named)
    named = _meetings_of_series(named)
    return [_identified(mention) for mention in named]


def _named(text: str, mention: Mention, mentions: Sequence[Mention]) -> Mention:
    if mention.canonical:
        return mention
    name = text[mention.start : mention.end]
    if mention.label in _BY_STATE:
        state = _state_at(mention.start, mention.end, mentions)
        if state and state.canonical:
            name = state.canonical + text[state.end : mention.end]
        if mention.label == "POSITION":
            name = _premier(name, state.iso3 if state else "")
    return replace(mention, canonical=_SPACE.sub("", _INSERTION.sub("", name)))


def _state_at(start: int, end: int, mentions: Sequence[Mention]) -> Mention | None:
    index = bisect_left(mentions, start, key=lambda mention: mention.start)
    while index < len(mentions) and mentions[index].start == start:
        if mentions[index].label == "COUNTRY" and mentions[index].end < end:
            return mentions[index]
        index += 1
    return None


def _premier(name: str, iso3: str) -> str:
    return (
        "日本国内閣総理大臣" if _PREMIER.match(name) and (iso3 == "JPN" or "内閣" in name) else name
    )


def _full_names(mentions: Iterable[Mention]) -> dict[str, str]:
    """Return, by part of a name, the one full name of the text that has it; "" where there are two."""
    full: dict[str, str] = {}
    for name in {mention.canonical for mention in mentions if mention.label == "PERSON"}:
        for part in _parts(name):
            full[part] = name if full.get(part, name) == name else ""
    return full


def _parts(name: str) -> set[str]:
    if re.match(r"[ァ-ヺ]", name):
        pieces = re.split(r"[・=＝]", name)
        ends = {"・".join(pieces[first:]) for first in range(1, len(pieces))}
        return {*pieces, *ends} if len(pieces) > 1 else set()
    return {name[:length] for length in range(1, len(name))} if len(name) > 2 else set()


def _full_person(mention: Mention, full: dict[str, str]) -> Mention:
    if mention.label != "PERSON":
        return mention
    name = full.get(mention.canonical)
    return replace(mention, canonical=name) if name else mention


def _offices_of_holders(mentions: list[Mention]) -> list[Mention]:
    """Give a bare office beside its holder the full name of the office: 大統領 → …共和国大統領."""
    held: dict[tuple[str, str], str] = {}
    pairs = list(itertools.pairwise(mentions))
    for person, office in pairs:
        if _is_holder(person, office):
            for ending in _endings(office.canonical):
                held.setdefault((person.canonical, ending), office.canonical)
    found = list(mentions)
    for index, (person, office) in enumerate(pairs):
        if _is_holder(person, office):
            full = held.get((person.canonical, office.canonical), office.canonical)
            longest = max(
                (
                    name
                    for (who, _), name in held.items()
                    if who == person.canonical and name.endswith(office.canonical)
                ),
                key=len,
                default=full,
            )
            found[index + 1] = replace(office, canonical=longest)
    return found


def _is_holder(person: Mention, office: Mention) -> bool:
    return (
        person.label == "PERSON"
        and office.label == "POSITION"
        and 0 <= office.start - person.end <= 1
    )


def _endings(name: str) -> list[str]:
    return [name[index:] for index in range(len(name) - 1)]


def _meetings_of_series(mentions: list[Mention]) -> list[Mention]:
    """第6回外相会合 belongs to the series that the text names in full."""
    series: dict[str, str] = {}
    for mention in mentions:
        if mention.label == "EVENT" and "」" in mention.canonical and "・" in mention.canonical:
            parent, _, session = mention.canonical.partition("」")
            kind, _, name = session.partition("・")
            series.setdefault(_ORDINAL.sub("", name), f"{parent}」{kind}・")
    return [
        replace(mention, canonical=series[key] + mention.canonical)
        if mention.label == "EVENT" and (key := _ORDINAL.sub("", mention.canonical)) in series
        else mention
        for mention in mentions
    ]


def _identified(mention: Mention) -> Mention:
    if mention.label == "COUNTRY" and mention.iso3:
        return replace(mention, entity_id=mention.iso3)
    if mention.entity_id:
        return mention
    return replace(mention, entity_id=f"{mention.label.lower()}/{mention.canonical}")
