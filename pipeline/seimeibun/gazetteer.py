"""Names known beforehand: states, places, bodies, treaties, programmes – literal matches in one pass.

What is known stands in ``ja_seimeibun/rules``: ``countries.tsv`` and one table for each further label.
Which of the candidates become mentions, and what is nested in what, the layer of entities decides;
here only matches are refused that cannot be the name (インド in インドネシア, ADB in ADBI, 国連 in 両国連携).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import ahocorasick

from seimeibun.width import fold_width

from .country_compounds import find_abbreviations
from .found import Found
from .rules import read_table

COUNTRY_COLUMNS = ("iso3", "formal", "short", "aliases", "chars", "demonym")
NAME_COLUMNS = ("id", "name", "aliases", "iso3", "note")
CONTEXT_COLUMNS = ("label", "name", "not_after", "not_before", "not_examples", "examples")
FILES = {
    "regions": "REGION",
    "cities": "CITY",
    "locations": "LOCATION",
    "facilities": "FACILITY",
    "organizations": "ORGANIZATION",
    "government_bodies": "GOVERNMENT_BODY",
    "events": "EVENT",
    "treaties": "TREATY",
    "programs": "PROGRAM",
    "concepts": "CONCEPT",
    "languages": "LANGUAGE",
    "persons": "PERSON",
}
# Nothing is nested in these: no アジア in 中央アジア, no 日本 in 日本語 or 日本海 (guideline 4.2).
# In the column `note`, `open` lifts this for a row (中央アジア非核兵器地帯), `atomic` imposes it on another label.
ATOMIC_LABELS = frozenset(
    {"COUNTRY", "REGION", "CITY", "LOCATION", "LANGUAGE", "NATIONALITY", "PERSON"}
)


@dataclass(frozen=True, slots=True)
class Name:
    """One reading of a surface: シリア is SYR, 安保理 is ``org/unsc``."""

    surface: str
    label: str
    canonical: str
    entity_id: str  # ISO 3166-1 alpha-3 for a country, else the stable id of the table
    iso3: str
    rule: str
    atomic: bool = False


@dataclass(frozen=True, slots=True)
class _Context:
    """What may not stand next to a name; ``None`` forbids nothing."""

    not_after: re.Pattern[str] | None
    not_before: re.Pattern[str] | None

    def allows(self, text: str, start: int, end: int) -> bool:
        if self.not_before and self.not_before.match(text, end):
            return False
        return not (self.not_after and self.not_after.search(text[max(0, start - 8) : start]))


def split_aliases(cell: str) -> list[str]:
    """Return the parts of a cell whose values are joined by ``|``."""
    return [alias for alias in cell.split("|") if alias]


def _country_names() -> Iterator[Name]:
    for row in read_table("countries.tsv", COUNTRY_COLUMNS):
        iso3, formal = row["iso3"], row["formal"]
        surfaces = dict.fromkeys([formal, row["short"], *split_aliases(row["aliases"])])
        for surface in surfaces:
            yield Name(surface, "COUNTRY", formal, iso3, iso3, "gazetteer/countries", atomic=True)
        demonyms = split_aliases(row["demonym"])
        for surface in demonyms:
            entity_id = f"nationality/{iso3.lower()}"
            rule = "gazetteer/countries"
            yield Name(surface, "NATIONALITY", demonyms[0], entity_id, iso3, rule, atomic=True)


def _table_names(file: str, label: str) -> Iterator[Name]:
    for row in read_table(f"{file}.tsv", NAME_COLUMNS):
        notes = row["note"].split()
        atomic = "atomic" in notes or (label in ATOMIC_LABELS and "open" not in notes)
        for surface in dict.fromkeys([row["name"], *split_aliases(row["aliases"])]):
            name = row["name"]
            yield Name(surface, label, name, row["id"], row["iso3"], f"gazetteer/{file}", atomic)


@cache
def names() -> dict[str, tuple[Name, ...]]:
    """Return every known surface, width folded, with its readings."""
    found: dict[str, tuple[Name, ...]] = {}
    tables = [_country_names(), *(_table_names(file, label) for file, label in FILES.items())]
    for name in (name for table in tables for name in table):
        surface = fold_width(name.surface)
        found[surface] = (*found.get(surface, ()), name)
    return found


@cache
def _contexts() -> dict[tuple[str, str], _Context]:
    rows = read_table("gazetteer_contexts.tsv", CONTEXT_COLUMNS)
    return {
        (row["label"], row["name"]): _Context(
            re.compile(rf"(?:{row['not_after']})\Z") if row["not_after"] else None,
            re.compile(row["not_before"]) if row["not_before"] else None,
        )
        for row in rows
    }


@cache
def _automaton() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for surface in names():
        automaton.add_word(surface, surface)
    automaton.make_automaton()
    return automaton


_KATAKANA = re.compile(r"[ァ-ヺー]")
_ASCII = re.compile(r"[A-Za-z0-9]")
_PERSON_BEFORE = re.compile(r"[ァ-ヺー]{2,}・[ァ-ヺー]{3,}$")


def _runs_on(left: str, right: str) -> bool:
    """Tell whether two neighbours belong to one katakana or one ASCII word."""
    return any(script.match(left) and script.match(right) for script in (_KATAKANA, _ASCII))


@cache
def _katakana_head() -> re.Pattern[str]:
    heads = "|".join(row["head"] for row in read_table("katakana_heads.tsv", ("head",)))
    return re.compile(f"(?:{heads})+(?![ァ-ヺー])")


def _is_whole(text: str, start: int, end: int) -> bool:
    if start and _runs_on(text[start - 1], text[start]) and not _ends_person(text, start, end):
        return False
    if end == len(text) or not _runs_on(text[end - 1], text[end]):
        return True
    return bool(_katakana_head().match(text, end))


def _ends_person(text: str, start: int, end: int) -> bool:
    """Tell whether the formal name of a state follows a foreign person's: …・ラシード|カタール国."""
    return text[end - 1] == "国" and bool(_PERSON_BEFORE.search(text, max(0, start - 40), start))


def _in_context(name: Name, surface: str, text: str, start: int, end: int) -> bool:
    contexts = _contexts()
    keys = ((name.label, surface), ("", surface), (name.label, ""))
    return all(contexts[key].allows(text, start, end) for key in keys if key in contexts)


def _candidates(text: str) -> Iterator[tuple[Found, Name]]:
    for last, surface in _automaton().iter(text):
        start, end = last + 1 - len(surface), last + 1
        if not _is_whole(text, start, end):
            continue
        for name in names()[surface]:
            if _in_context(name, surface, text, start, end):
                facts = {"canonical": name.canonical, "iso3": name.iso3}
                whole = _end_of_form(name, text, start, end)
                yield Found(start, whole, name.label, name.entity_id, name.rule, facts), name


# a state may have been called so once, or be called so in its language: パキスタン|共和国, ルーマニア|人民共和国
_FORM_OF_STATE = re.compile(
    r"(?:(?:連邦|民主|人民|イスラム|社会主義|アラブ|連合)*共和国|王国|帝国|公国|大公国|首長国)(?![ァ-ヺー])"
)


def _end_of_form(name: Name, text: str, start: int, end: int) -> int:
    """Return where the name of a state ends, with a form of state that no listed name has."""
    if name.label != "COUNTRY" or not _KATAKANA.match(text[end - 1]):
        return end
    form = _FORM_OF_STATE.match(text, end)
    return form.end() if form and text[start : form.end()] not in names() else end


def _swallows(outer: tuple[Found, Name], inner: tuple[Found, Name]) -> bool:
    """Tell whether a name is no name of its own inside a longer one.

    So it is in atomic names, in longer forms of itself (安保理 in 国連安保理), and where it is only the
    head of a longer name of its kind (安全保障会議 in 国家安全保障会議, 協定 in 円滑化協定).
    """
    (around, longer), (found, name) = outer, inner
    if around.end < found.end or (around.start, around.end) == (found.start, found.end):
        return False
    is_head = around.end == found.end and longer.label == name.label
    return longer.atomic or longer.entity_id == name.entity_id or is_head


def _without_nested(candidates: Iterable[tuple[Found, Name]]) -> list[Found]:
    kept: list[Found] = []
    open_names: list[tuple[Found, Name]] = []
    for found, name in sorted(candidates, key=lambda one: (one[0].start, -one[0].end)):
        open_names = [one for one in open_names if one[0].end > found.start]
        if not any(_swallows(one, (found, name)) for one in open_names):
            open_names.append((found, name))
            kept.append(found)
    return kept


def find_names(text: str) -> list[Found]:
    """Return every known name in ``text``, nested and overlapping ones too, in text order.

    >>> [(found.label, found.value) for found in find_names("アジア開発銀行とインドネシア")]
    [('ORGANIZATION', 'org/adb'), ('REGION', 'region/asia'), ('COUNTRY', 'IDN')]
    """
    return _without_nested(_candidates(fold_width(text)))


def country_by_name(surface: str) -> str:
    """Return the ISO 3166-1 alpha-3 code of a state or territory, "" if it is unknown or ambiguous.

    >>> [country_by_name(name) for name in ["キルギス共和国", "米国", "アジア"]]
    ['KGZ', 'USA', '']
    """
    readings = names().get(fold_width(surface), ())
    codes = {name.entity_id for name in readings if name.label == "COUNTRY"}
    return codes.pop() if len(codes) == 1 else ""


@cache
def country_characters() -> dict[str, str]:
    """Return the one-character names of states: 日 → JPN."""
    rows = read_table("countries.tsv", COUNTRY_COLUMNS)
    return {char: row["iso3"] for row in rows for char in split_aliases(row["chars"])}


@cache
def _formal_names() -> dict[str, str]:
    return {row["iso3"]: row["formal"] for row in read_table("countries.tsv", COUNTRY_COLUMNS)}


def _leftmost_longest(found: Iterable[Found]) -> list[Found]:
    """Keep the first of spans that overlap, and of those that begin together the longest."""
    kept: list[Found] = []
    for span in sorted(found, key=lambda span: (span.start, -span.end)):
        if not kept or kept[-1].end <= span.start:
            kept.append(span)
    return kept


def find_countries(text: str) -> list[Found]:
    """Return the states and territories in ``text``, the longest name at each place.

    One-character names count in compounds only, so that this is safe without tokens.

    >>> [(found.start, found.value) for found in find_countries("日米豪印と日・キルギス関係")]
    [(0, 'JPN'), (1, 'USA'), (2, 'AUS'), (3, 'IND'), (5, 'JPN'), (7, 'KGZ')]
    """
    text = fold_width(text)
    known = find_names(text)
    states = [found for found in known if found.label == "COUNTRY"]
    places = [(found.start, found.end, found.label in ATOMIC_LABELS) for found in known]
    short = [
        Found(start, start + 1, "COUNTRY", iso3, "gazetteer/country-compounds", facts)
        for start, iso3 in find_abbreviations(text, country_characters(), places)
        for facts in [{"canonical": _formal_names()[iso3], "iso3": iso3}]
    ]
    return _leftmost_longest([*states, *short])
