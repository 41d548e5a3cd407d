"""What the whole document tells about actors: names of states, offices and persons, defined terms."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from seimeibun.agreements import lexicon
from seimeibun.agreements.words import PARENTHESES, Words
from seimeibun.analysis import Analysis
from seimeibun.entities.firms import is_firm
from seimeibun.entities.vocabulary import office_pattern, one_office
from seimeibun.expressions.numerals import parse_numeral
from seimeibun.found import Found
from seimeibun.gazetteer import find_countries, find_names

CHAIR = re.compile(
    r"議長は[、,]?(?P<kept>[^。]{2,40}?)が務め|(?P<took>[^。、]{2,40})が(?:会合の|会議の|同会合の)?議長を務め"
    r"|(?P<under>[^。、は]{2,30})を議長と"
)
TOOK_PART = re.compile(
    r"(?P<number>[0-9〇一二三四五六七八九十百]{1,4})の?(?:か国|カ国|ヵ国|ヶ国|箇国|国)(?=[^。]{0,60}?(?:参加|出席|集ま|代表))"
)
OPENING = 1_500  # code points in which a statement tells who took part
TOPIC_PAIR = re.compile(
    r"(?:\s*[0-9]{1,2}[.．、]?\s*)?[^、。は]{2,20}(?:及び|と|・)[^、。は]{2,20}は"
)
PAIR = re.compile(
    r"[^、。]{2,20}?(?:及び|と|・|並びに)[^、。]{2,20}?(?=との間|の間|両国|の|間|間の)"
)
MINISTRIES = ("省", "府", "部")  # they act for their state
SPEAKING_FOR = re.compile(r"議長国(?:である|の|・)")
BRACKETED = re.compile(r"[(（][^()（）]*[)）]\Z")
LONGEST_NAME = 40  # code points from the start of a body's name to a state's in it
NEAR = 200  # code points back to the state that 同国 is
WINDOW = 1_000  # tokens; the longest sentences of statements have some 300
ACTOR_LABELS = frozenset(
    {"COUNTRY", "PERSON", "POSITION", "ORGANIZATION", "GOVERNMENT_BODY", "NATIONALITY"}
)
MODEL_ACTORS = frozenset({"Person", "Country", "International_Organization", "Government"})
DEFINITION = re.compile(
    r"[(（](?:以下[、，]?)?(?P<these>これら?(?:の[^「」()、。]{1,12})?を)?(?:単に|総称して)?[「『](?P<term>[^」』]{1,24})[」』](?:という|と(?:総称|略称|呼称)?(?:する|いう|呼ぶ))?[。]?[)）]"
)
UNNAMED_STATES = re.compile(
    r"(?:各国|諸国|加盟国|参加国|[0-9二三四五六七八九十百]+[かカヵヶ箇]国|国及び地域)"
)
_SIDE = r"[一-鿿々ァ-ヺーA-Za-z・]{2,30}(?:\([^()]{1,20}\))?"
# two that are asked something: 政府軍及び反乱軍に対し、|双方が合意した停戦の遵守を
ADDRESSED = re.compile(
    rf"(?<![一-鿿々ァ-ヺー・])(?P<first>{_SIDE})(?:及び|並びに|と)(?P<second>{_SIDE})(?:の双方)?に(?:対し|対して|対する)?[、，]"
    r"[^、，。]{0,40}\Z"
)
WARRING = ("軍", "部隊", "側", "政府", "勢力", "派", "党", "当局", "戦線", "組織", "運動", "会議")
OURSELVES = re.compile(
    r"(?:我々|われわれ|私たち)(?:[、,]|である)(?P<who>(?:[^。]|。(?=[)）])){2,400}?)(?:は[、,]|は、|が、)"
)
_KATAKANA = re.compile(r"[ァ-ヺー]")
NAME_BEFORE = re.compile(r"[一-龥々ァ-ヺーA-Za-z・=＝]+\Z")


def _without_brackets(words: Words) -> tuple[int, int]:
    """Return the tokens of a sentence, without the brackets where the whole of it stands in them."""
    last = words.last - 1
    last -= last > words.first and words.surface(last) == "。"
    if words.surface(words.first) in PARENTHESES and words.partner(words.first) == last:
        return words.first + 1, last
    return words.first, words.last  # (1) 双方は、協力(注)


def names_in_full(name: str, text: str) -> bool:
    """Tell whether a name stands in ``text``, and is not a part of a longer word in katakana.

    >>> names_in_full("サラ", "サラ大臣"), names_in_full("サラ", "サラマンカ大学")
    (True, False)
    """
    begin = text.find(name)
    while begin >= 0:
        end = begin + len(name)
        before, after = text[begin - 1 : begin], text[end : end + 1]
        if not (_KATAKANA.match(before) or _KATAKANA.match(after)):
            return True
        begin = text.find(name, begin + 1)
    return False


@cache
def title_of_person() -> re.Pattern[str]:
    """Return the pattern of what stands after a name: an office, or how one speaks of a person."""
    return re.compile(rf"(?:{one_office()}|氏|さん|陛下|殿下|閣下|側|一行)+$")


@cache
def _holder() -> re.Pattern[str]:
    name = r"[一-龥々ァ-ヺーA-Za-z・=＝]{0,24}?"
    return re.compile(rf"の?(?P<name>{name})(?P<office>{office_pattern().pattern})")


@dataclass(frozen=True)
class Context:
    """An analysis with what the rules of resolution look up in it."""

    analysis: Analysis

    @cached_property
    def countries(self) -> list[Found]:
        entities = [e for e in self.analysis.layers.get("entities", ()) if e.label == "COUNTRY"]
        spans = {(e.start, e.end): e for e in entities if len(e.value) == 3}
        for found in find_countries(self.analysis.text):
            spans.setdefault((found.start, found.end), found)
        return sorted(spans.values(), key=lambda found: (found.start, -found.end))

    def countries_in(self, start: int, end: int) -> list[str]:
        """Return the ISO3 codes of the states named between two code points, each once."""
        return list({found.value: None for found in self.countries_between(start, end)})

    def countries_between(self, start: int, end: int) -> list[Found]:
        """Return the mentions of states between two code points, but not where an office is held."""
        text = self.analysis.text
        return [
            found
            for found in _between(self.countries, start, end)
            if text[found.start - 1 : found.start] != ABROAD
            and not self.is_inside_firm(found.start, found.end)
        ]

    def states_of_bodies(self, start: int, end: int) -> list[str]:
        """Return the states of the ministries and agencies between two code points: 経済産業省."""
        return [body.facts["iso3"] for body in _between(self._bodies, start, end)]

    @cached_property
    def _bodies(self) -> list[Found]:
        return self._of_a_state("GOVERNMENT_BODY")

    def _of_a_state(self, label: str) -> list[Found]:
        """Return the entities of a type whose state the entity layer knows, by place."""
        return sorted(
            (
                entity
                for entity in self.analysis.layers.get("entities", ())
                if entity.label == label and len(entity.facts.get("iso3", "")) == 3
            ),
            key=lambda entity: (entity.start, -entity.end),
        )

    @cached_property
    def actor_ends(self) -> frozenset[int]:
        """Code points where a name ends that can act."""
        ends = {found.end for found in self.countries}
        layers = self.analysis.layers
        named = layers["entities"] if "entities" in layers else find_names(self.analysis.text)
        ends |= {found.end for found in named if found.label in ACTOR_LABELS}
        ends |= {e.end for e in self.analysis.model_entities if e.label in MODEL_ACTORS}
        ends |= {end for term in self.terms for end in _ends(self.analysis.text, f"「{term}」", 1)}
        return frozenset(ends)

    def words(self, sentence: tuple[int, int]) -> Iterator[Words]:
        """Yield the words of a sentence; one without end is read in windows, to keep time linear."""
        tokens = self.analysis.tokens_in(*sentence)
        begin, stop = _without_brackets(self._words(tokens.start, tokens.stop))
        for first in range(begin, stop, WINDOW):
            yield self._words(first, min(first + WINDOW, stop))

    def _words(self, first: int, last: int) -> Words:
        return Words(self.analysis.tokens, first, last, self.analysis.text, self.actor_ends)

    @cached_property
    def terms(self) -> dict[str, tuple[str, ...]]:
        """Return defined terms that stand for actors, with their states: 以下、「双方」という."""
        terms: dict[str, tuple[str, ...]] = {}
        for match in DEFINITION.finditer(self.analysis.text):
            all_listed = (match["these"] or "").startswith("これら")
            if states := self._antecedent(match.start(), match["term"], plural=all_listed):
                terms.setdefault(match["term"], states)
        return terms

    @cached_property
    def ourselves(self) -> tuple[str, ...]:
        """Return who 我々 are, by the first apposition (我々、G7の首脳は)."""
        match = OURSELVES.search(self.analysis.text)
        if match is None:
            return ()
        named = self.countries_in(match.start("who"), match.end("who"))
        group = max((n for n in lexicon.state_groups() if n in match["who"]), key=len, default="")
        if not group and UNNAMED_STATES.search(match["who"]):
            return ()  # 日本及びアフリカ各国の首脳: who they are is not said
        return tuple(dict.fromkeys([*named, *lexicon.state_groups().get(group, ())]))

    def _antecedent(self, end: int, term: str, *, plural: bool) -> tuple[str, ...]:
        start = max(self.analysis.sentence_of(end)[0], end - 300)
        text = self.analysis.text[start:end]
        if plural or _is_plural(term):
            return tuple(self.countries_in(start, end))
        # the last phrase: after the last は、 verb or comma
        cut = max(
            (text.rfind(mark) for mark in ("、", "，", "は", "。", "が", "た", "る")), default=-1
        )
        return tuple(self.countries_in(start + cut + 1, end))

    @cached_property
    def offices(self) -> dict[str, tuple[str, ...]]:
        """Return office → states whose holder is named with it: キルギス共和国大統領 → KGZ."""
        offices: dict[str, dict[str, None]] = {}
        for office, state, _ in self._holders:
            offices.setdefault(office, {})[state] = None
        return {office: tuple(states) for office, states in offices.items()}

    @cached_property
    def persons(self) -> dict[str, str]:
        """Return name part → state, from persons named with state and office."""
        persons: dict[str, str] = {}
        for _, state, names in self._holders:
            for name in names:
                persons.setdefault(name, state)
        return persons

    @cached_property
    def states_of_names(self) -> dict[str, str]:
        """Return name part → state of persons whose state stands beside their office, nothing inferred."""
        states: dict[str, str] = {}
        for _, state, names in self._named_holders:
            for name in names:
                states.setdefault(name, state)
        return states

    @cached_property
    def _bearers(self) -> list[Found]:
        return self._of_a_state("PERSON")

    def bearers_in(self, start: int, end: int) -> list[Found]:
        """Return the persons of a known state between two code points."""
        return _between(self._bearers, start, end)

    @cached_property
    def _borne_offices(self) -> dict[str, tuple[str, ...]]:
        """Return office → states of the persons of a known state whose name stands before it."""
        offices: dict[str, dict[str, None]] = {}
        for bearer in self._bearers:
            if held := office_pattern().match(self.analysis.text, bearer.end):
                offices.setdefault(held.group(), {})[bearer.facts["iso3"]] = None
        return {office: tuple(states) for office, states in offices.items()}

    def states_of_bearers(self, office: str) -> tuple[str, ...]:
        """Return the states of those who bear a bare office: 首相 is Italy's, the other is 総理大臣."""
        return self._borne_offices.get(office, ())

    @cached_property
    def chair(self) -> tuple[str, ...]:
        """Return the state whose minister is in the chair, where the text says so."""
        match = CHAIR.search(self.analysis.text)
        if match is None:
            return ()
        start, end = match.span(match.lastgroup or 0)
        named = self.countries_in(start, end)
        return tuple(named or {e.facts["iso3"]: None for e in self.bearers_in(start, end)})

    @cached_property
    def has_more_participants(self) -> bool:
        """Tell whether more took part than the parties known: 三十八の国・地域が参加した."""
        opening = self.analysis.text[:OPENING]
        return any(
            (parse_numeral(match["number"]) or 0) > len(self.analysis.parties)
            for match in TOOK_PART.finditer(opening)
        )

    @cached_property
    def is_by_chairs(self) -> bool:
        """Tell whether the parties known are but the one or two in the chair of a meeting of more."""
        if len(self.analysis.parties) > 2:
            return False
        return self.has_more_participants or "共同議長" in self.analysis.text[:OPENING]

    @cached_property
    def everyone(self) -> tuple[str, ...]:
        """Return the parties, and the members of the bodies of states that speak with them: 日・ASEAN.

        A body whose chair is a party speaks by its chair.
        """
        groups, parties = lexicon.state_groups(), self.analysis.parties
        members = [groups.get(body, ()) for body in self.analysis.organizations]
        # of Japan and the EU only one has a code
        if not all(members) or any(set(states) & set(parties) for states in members):
            return parties
        return tuple(dict.fromkeys([*parties, *(state for states in members for state in states)]))

    @cached_property
    def sides(self) -> tuple[str, ...]:
        """Return who 双方 are: the parties, and of a body the state that speaks for it, or all its members."""
        parties, everyone = self.analysis.parties, self.everyone
        if len(everyone) == len(parties):
            return parties
        opening = self.analysis.text[:OPENING]
        after = {match.end() for match in SPEAKING_FOR.finditer(opening)}
        chair = [c.value for c in self.countries if c.start in after and c.value in everyone]
        return tuple(dict.fromkeys([*parties, *chair])) if chair else everyone

    @cached_property
    def is_between_two(self) -> bool:
        """Tell whether the first line names two states, who are the parties: 日米安全保障協議委員会."""
        parties = self.analysis.parties
        return len(parties) == 2 and set(self.countries_in(*self._title)) == set(parties)

    @cached_property
    def _title(self) -> tuple[int, int]:
        """Code points of the first line with text."""
        text = self.analysis.text
        start = len(text) - len(text.lstrip())
        end = text.find("\n", start)
        return start, len(text) if end < 0 else end

    def pair_before(self, position: int) -> tuple[str, ...]:
        """Return the two states that the sentence before names together as its topic: 日本及びチリは."""
        begin, _ = self.analysis.sentence_of(position)
        before, end = self.analysis.sentence_of(max(0, begin - 1))
        match = TOPIC_PAIR.match(self.analysis.text, before, end)
        named = self.countries_in(before, match.end()) if match else []
        return tuple(named) if len(named) == 2 else ()

    def addressed_before(self, position: int) -> tuple[str, ...] | None:
        """Return the states of the two that the sentence has addressed: 政府軍及び反乱軍に対し、…|双方が.

        None where it has not addressed two; the two may be of no state.
        """
        begin, _ = self.analysis.sentence_of(position)
        match = ADDRESSED.search(self.analysis.text, begin, position)
        if match is None:
            return None
        states = []
        for side in ("first", "second"):
            ends = {match.end(side), match.end(side) - len("政府")}
            named = [c for c in self.countries_between(*match.span(side)) if c.end in ends]
            if not named and not re.sub(r"\(.*", "", match[side]).endswith(WARRING):
                return None  # 核開発及び拡散に対し
            states += [country.value for country in named[-1:]]
        return tuple(dict.fromkeys(states))

    @cached_property
    def pair_of_title(self) -> tuple[str, ...]:
        """Return the two other states that a statement by Japan alone is about, by its first line."""
        match = PAIR.search(self.analysis.text, *self._title)
        named = self.countries_in(*match.span()) if match else []
        others = [state for state in named if state != "JPN"]
        return tuple(others) if len(others) == len(named) == 2 else ()

    def is_inside_body(self, start: int, end: int) -> bool:
        """Tell whether a name is but a part of a body's name: 北欧 of 北欧投資銀行."""
        return any(True for _ in self._bodies_around(start, end))

    def is_body(self, start: int, end: int) -> bool:
        """Tell whether two code points hold a body below the ministries, with its short form or without."""
        name = BRACKETED.sub("", self.analysis.text[start:end])
        return (start, start + len(name)) in self._named_bodies

    def is_inside_firm(self, start: int, end: int) -> bool:
        """Tell whether a state is but a part of the name of a bank or firm, which does not act for it."""
        text = self.analysis.text
        return any(is_firm(text[body.start : body.end]) for body in self._bodies_around(start, end))

    def _bodies_around(self, start: int, end: int) -> Iterator[Found]:
        first = bisect_left(self._organizations, start - LONGEST_NAME, key=_start)
        last = bisect_left(self._organizations, start + 1, lo=first, key=_start)
        for body in self._organizations[first:last]:
            if end <= body.end and (start, end) != (body.start, body.end):
                yield body

    @cached_property
    def _named_bodies(self) -> frozenset[tuple[int, int]]:
        text, bodies = self.analysis.text, {"ORGANIZATION", "GOVERNMENT_BODY"}
        return frozenset(
            (entity.start, entity.end)
            for entity in self.analysis.layers.get("entities", ())
            if entity.label in bodies and not text.endswith(MINISTRIES, entity.start, entity.end)
        )

    @cached_property
    def _organizations(self) -> list[Found]:
        entities = self.analysis.layers.get("entities", ())
        return sorted((e for e in entities if e.label == "ORGANIZATION"), key=_start)

    def country_before(self, position: int) -> str:
        """Return the state named last before a code point, in its sentence or the one before."""
        last = bisect_left(self.countries, position, key=_start) - 1
        if last < 0 or position - self.countries[last].end > NEAR:
            return ""
        return self.countries[last].value

    @cached_property
    def _known_persons(self) -> dict[str, tuple[str, ...]]:
        return {}

    def states_of_persons(self, text: str) -> tuple[str, ...]:
        """Return the states of the persons named in ``text``; each text is looked up once."""
        known = self._known_persons
        if text not in known:
            stem = title_of_person().sub("", text)
            whole = [state for name, state in self.persons.items() if names_in_full(name, text)]
            begun = [
                state
                for name, state in self.persons.items()
                if len(stem) > 1 and name.startswith(stem)
            ]
            states = whole or begun
            known[text] = tuple(dict.fromkeys(states))
        return known[text]

    @cached_property
    def _holders(self) -> list[tuple[str, str, tuple[str, ...]]]:
        text = self.analysis.text
        known = [
            ("", entity.facts["iso3"], (text[entity.start : entity.end],))
            for entity in self._bearers
        ]
        return [*self._named_holders, *known]

    @cached_property
    def _named_holders(self) -> list[tuple[str, str, tuple[str, ...]]]:
        return list(self._find_holders())

    def _find_holders(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        text = self.analysis.text
        for country in self.countries:
            match = _holder().match(text, country.end)
            if match is None or text[country.start - 1 : country.start] == ABROAD:
                continue
            joined = match["name"].endswith("・")  # 欧州・|外務大臣: a portfolio, no name
            # 日・|チリ外相会談: another state, no name
            joined = joined or bool(self.countries_in(*match.span("name")))
            names = [] if joined else [match["name"].strip("・")]
            if before := NAME_BEFORE.search(text[max(0, country.start - 30) : country.start]):
                names.append(before.group().strip("・"))
            yield match["office"], country.value, tuple(_name_parts(names))


ABROAD = "駐"  # the state in 駐ケニア大使 is where the office is held, not whose it is


def _between(placed: Sequence[Found], start: int, end: int) -> list[Found]:
    """Return those of ``placed``, which are in text order, that lie between two code points."""
    first = bisect_left(placed, start, key=_start)
    last = bisect_left(placed, end, lo=first, key=_start)
    return [found for found in placed[first:last] if found.end <= end]


def _start(found: Found) -> int:
    return found.start


def _ends(text: str, wanted: str, back: int) -> Iterator[int]:
    """Yield where ``wanted`` ends in ``text``, with and without its last ``back`` characters."""
    place = text.find(wanted)
    while place >= 0:
        yield place + len(wanted)
        yield place + len(wanted) - back
        place = text.find(wanted, place + 1)


PLURAL = re.compile(r"双方|両|参加|締約|各|[二三四五六七八九十2-9]")


def _is_plural(term: str) -> bool:
    """Tell whether a defined term stands for all that are listed before it (四大臣, 双方)."""
    return PLURAL.match(term) is not None or lexicon.actor_aliases().get(term) == "parties"


def _name_parts(names: list[str]) -> Iterator[str]:
    for name in names:
        if (
            2 <= len(name) <= 30
            and not re.search(r"[。、の]", name)
            and not title_of_person().search(name)
        ):
            yield name
            yield from (part for part in re.split(r"[・=＝]", name) if len(part) >= 2)
