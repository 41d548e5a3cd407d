"""The state of an office and of its holder: ペルー共和国外務大臣 is Peru's, and so is who bears it."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from seimeibun.entities.mention import Mention
from seimeibun.offices import own_offices

_ABROAD = "駐"  # 駐ペルー日本国大使 is Japan's: the state before the office, not where it is held
_MINISTER = re.compile(r"(?:大臣|副大臣|補佐官|局長|審議官|次官)$")
_KANJI_NAME = re.compile(r"[一-鿿々ぁ-ん]+")
_GAP = 2  # signs between a holder and an office: ・, a space, a line end


def with_states(
    text: str, mentions: Sequence[Mention], parties: Sequence[str] = ()
) -> list[Mention]:
    """Return the mentions with the ISO 3166-1 code of offices and persons whose state the text gives.

    A bare ministerial office of a person with a Japanese name is Japan's where Japan is a party: statements
    in Japanese name the state of the others. What would have two states has none.
    """
    offices = _one_each(_states_of_offices(mentions))
    named = [_of_state(mention, offices) for mention in mentions]
    holders = _one_each(_states_of_holders(text, named, parties))
    named = [_of_state(mention, holders) for mention in named]
    return _offices_of_holders(text, named)


def _of_state(mention: Mention, states: dict[tuple[str, str], str]) -> Mention:
    if mention.iso3 or not (state := states.get(_entity(mention), "")):
        return mention
    return replace(mention, iso3=state)


def _entity(mention: Mention) -> tuple[str, str]:
    return mention.label, mention.canonical


def _one_each(pairs: Iterable[tuple[tuple[str, str], str]]) -> dict[tuple[str, str], str]:
    states: dict[tuple[str, str], set[str]] = {}
    for entity, state in pairs:
        states.setdefault(entity, set()).add(state)
    return {entity: found.pop() for entity, found in states.items() if len(found) == 1}


def _states_of_offices(mentions: Sequence[Mention]) -> Iterator[tuple[tuple[str, str], str]]:
    countries = [mention for mention in mentions if mention.label == "COUNTRY" and mention.iso3]
    for office in mentions:
        if office.label != "POSITION":
            continue
        inside = [country for country in countries if office.covers(country)]
        if state := _state_of_office(office, inside):
            yield _entity(office), state
        elif not inside and office.canonical.endswith(own_offices()["JPN"]):
            yield _entity(office), "JPN"


def _state_of_office(office: Mention, inside: Sequence[Mention]) -> str:
    if office.canonical.startswith(_ABROAD):
        return inside[-1].iso3 if len(inside) > 1 else ""
    states = {country.iso3 for country in inside}
    return states.pop() if len(states) == 1 else ""


def _pairs(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of a person and of the office that stands before or behind it."""
    numbered = [
        (number, mention)
        for number, mention in enumerate(mentions)
        if mention.label in {"PERSON", "POSITION"}
    ]
    for (first, left), (second, right) in itertools.pairwise(numbered):
        between = text[left.end : right.start]
        if len(between) > _GAP or between.strip("・ \n"):
            continue
        if left.label == "PERSON" and right.label == "POSITION" and "\n" not in between:
            yield first, second
        elif left.label == "POSITION" and right.label == "PERSON":
            yield second, first


def _states_of_holders(
    text: str, mentions: Sequence[Mention], parties: Sequence[str]
) -> Iterator[tuple[tuple[str, str], str]]:
    for person, office in _pairs(text, mentions):
        holder, held = mentions[person], mentions[office]
        if held.iso3:
            yield _entity(holder), held.iso3
        elif "JPN" in parties and _is_japanese(holder, held):
            yield _entity(holder), "JPN"


def _is_japanese(holder: Mention, held: Mention) -> bool:
    bare = _MINISTER.search(held.canonical) and not held.canonical.startswith(_ABROAD)
    return bool(bare and _KANJI_NAME.fullmatch(holder.canonical))


def _offices_of_holders(text: str, mentions: list[Mention]) -> list[Mention]:
    """Give a bare office beside a holder the holder's state."""
    found = list(mentions)
    for person, office in _pairs(text, mentions):
        if not found[office].iso3 and found[person].iso3:
            found[office] = replace(found[office], iso3=found[person].iso3)
    return found
