"""Names that the gazetteer knows, where the tokens agree that they are names."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from seimeibun.analysis import Analysis, Token
from seimeibun.entities.mention import Mention, Rank
from seimeibun.entities.vocabulary import alternation, one_office, words
from seimeibun.found import Found
from seimeibun.gazetteer import Name, country_characters, find_countries, find_names, names
from seimeibun.offices import offices

_KANJI = re.compile(r"[一-鿿々]")
_KATAKANA = re.compile(r"[ァ-ヺー]")
_BEGINS_REGION = frozenset({"中央", "東", "西", "南", "北", "中", "中南"})
_LONGEST_NAME = 4  # tokens
_TAIL = re.compile(r"(?:地域|プロセス|\([^()]*\))$")
_PLACES = frozenset({"COUNTRY", "REGION", "CITY", "LOCATION", "LANGUAGE", "NATIONALITY"})
_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9]+")
_ORDINAL = re.compile(r"第[0-9一二三四五六七八九十]+[回次期]|[0-9元一二三四五六七八九十〇]年")
_EDITION = re.compile(r" ?(?:[IVX]{1,5}|[Ⅰ-Ⅻ]|[0-9]{1,2})(?![A-Za-z0-9])")
_YEAR_OF_NAME = re.compile(r"(?:19|20)?[0-9]{2}(?![0-9年月日,.])")
# ラグビーワールドカップ|2019日本大会
_HOSTED = re.compile(r"(?:(?:19|20)[0-9]{2})?(?:日本|東京|大阪|[ァ-ヺー]{2,8}+)大会")
_ROMAN = re.compile(r"(?:[Ⅰ-Ⅻ]|(?<=[A-Z])I{1,3}|(?<=[ァ-ヺー])I{1,3})(?![A-Za-z0-9])")
_COUNTED = re.compile(r"第[0-9一二三四五六七八九十百]+回\Z")
_LONGEST_COUNT = 6  # signs
_MEETING_BODIES = ("委員会", "総会", "理事会", "会議", "評議会")
_OF_TOWNS = ("総領事", "領事", "大使", "市長", "知事", "代表", "事務所長")
_FORCES = ("軍", "自衛隊", "部隊", "援助隊")
_HOUSES = ("大学", "博物館", "美術館", "図書館")  # 東京|国立博物館 is one token
_OF_EACH = ("両国の", "各国の", "双方の", "両国それぞれの")
_LONG = 4  # a kanji name of so many signs is itself, wherever the tokenizer cut
_ONE_CHARACTER = "gazetteer/country-compounds"


def literal_mentions(analysis: Analysis, text: str) -> list[Mention]:
    """Return the gazetteer's names in ``text``, nested ones too."""
    names_found = find_names(text)
    known = [found for found in names_found if _fits(found, analysis, text)]
    known += _inside_tokens(analysis, names_found)
    known += _uncovered(analysis, text, known)
    known += [
        found
        for zone in known
        if text.endswith("地帯", zone.start, zone.end)
        for found in _inside(zone, text)
    ]
    money = {
        position
        for amount in analysis.layers.get("money", ())
        for position in range(amount.start, amount.end)
    }
    known = [
        _without_tail(found, text)
        for found in known
        if not _is_no_entity(found, text) and found.start not in money
    ]
    known += _numbered(known, text)
    known = _with_count(known, text)
    known += _of_pairs(known, text)
    known += _sessions(known, text)
    known += _before_offices(text)
    short = _one_character(analysis, text)
    return [
        Mention(
            found.start,
            found.end,
            _label(found, text),
            found.rule,
            canonical=found.facts.get("canonical", ""),
            entity_id=found.value,
            iso3=found.facts.get("iso3", ""),
            source="gazetteer",
            rank=Rank.LITERAL,
        )
        for found in (*known, *short)
    ]


def _is_inside_word(found: Found, text: str) -> bool:
    """Tell whether a katakana letter is no state but part of a word: ロ in パウロ."""
    before, after = text[found.start - 1 : found.start], text[found.end : found.end + 1]
    return bool(
        _KATAKANA.match(text, found.start) and (_KATAKANA.match(before) or _KATAKANA.match(after))
    )


def _one_character(analysis: Analysis, text: str) -> list[Found]:
    """Return the one-character names of states; an ordinal before them is no part of the word."""
    masked = _ORDINAL.sub(lambda match: " " * len(match.group()), text)
    found = [found for found in find_countries(masked) if found.rule == _ONE_CHARACTER]
    found = [state for state in found if not _is_inside_word(state, text)]
    found += _of_forces(analysis, text, found)
    return [*found, *_last_of_run(analysis, text, found), *_tokens_of_states(analysis, text, found)]


def _of_forces(analysis: Analysis, text: str, found: list[Found]) -> list[Found]:
    """Return the states of forces that a place precedes: 在沖縄|米軍."""
    characters, known = country_characters(), {state.start for state in found}
    return [
        _one_character_state(start, iso3)
        for start in analysis.token_starts
        if start not in known and text[start + 1 : start + 2] == "軍"
        for iso3 in [characters.get(text[start], "")]
        if iso3 and text[start : start + 2] in names()
    ]


def _tokens_of_states(analysis: Analysis, text: str, found: list[Found]) -> Iterator[Found]:
    """Yield the states of a token that only katakana follows: 日英|サイバー."""
    characters, starts = country_characters(), {state.start for state in found}
    for token in analysis.tokens:
        listed = len(token.text) > 1 and all(char in characters for char in token.text)
        if listed and token.start not in starts and _KATAKANA.match(text, token.end):
            for start in range(token.start, token.end):
                yield _one_character_state(start, characters[text[start]])


def _last_of_run(analysis: Analysis, text: str, found: list[Found]) -> Iterator[Found]:
    """Yield the last of 日中韓|サミット, whose edge only the tokens show."""
    characters, starts = country_characters(), {state.start for state in found}
    for state in found:
        gap = text[state.end : state.end + 1] == "・"  # 日・中・韓|サミット
        last = state.end + gap
        iso3 = characters.get(text[last : last + 1], "")
        if not iso3 or last in starts or state.start - 1 - gap not in starts:
            continue
        if _KATAKANA.match(text, last + 1) and _is_edge(analysis.token_ends, last + 1):
            yield _one_character_state(last, iso3)


def _one_character_state(start: int, iso3: str) -> Found:
    facts = {"canonical": _formal(iso3), "iso3": iso3}
    return Found(start, start + 1, "COUNTRY", iso3, _ONE_CHARACTER, facts)


def _of_gazetteer(start: int, end: int, name: Name) -> Found:
    facts = {"canonical": name.canonical, "iso3": name.iso3}
    return Found(start, end, name.label, name.entity_id, name.rule, facts)


@cache
def _formal(iso3: str) -> str:
    return next(
        reading.canonical
        for readings in names().values()
        for reading in readings
        if reading.label == "COUNTRY" and reading.iso3 == iso3
    )


def _without_tail(found: Found, text: str) -> Found:
    """Cut what stays outside (guideline 4.1.4–5): サヘル|地域, TICAD|プロセス, 奨学計画|(JDS)."""
    tail = _TAIL.search(text[found.start : found.end])
    if not tail or tail.start() < 2 or (tail.group() == "地域" and found.label != "REGION"):
        return found
    end = found.start + tail.start()
    return Found(found.start, end, found.label, found.value, found.rule, found.facts)


def _uncovered(analysis: Analysis, text: str, known: list[Found]) -> list[Found]:
    """Return names of whole tokens that signs alone cannot tell: 日本|人材, 中央アジア|パートナーシップ."""
    covered = {
        position
        for found in known
        if found.label in _PLACES
        for position in range(found.start, found.end)
    }
    tokens = analysis.tokens
    found = []
    for first, token in enumerate(tokens):
        if "固有名詞" not in token.tag and token.text not in _BEGINS_REGION:
            continue
        for last in range(min(first + _LONGEST_NAME, len(tokens)) - 1, first - 1, -1):
            span = (token.start, tokens[last].end)
            name = next(iter(names().get(text[slice(*span)], ())), None)
            joined = _is_joined(tokens, last, text) or (
                first and _is_joined(tokens, first - 1, text)
            )
            if name and token.start not in covered and joined:
                found.append(_of_gazetteer(*span, name))
                covered.update(range(*span))
                break
    return found


def _is_joined(tokens: tuple[Token, ...], last: int, text: str) -> bool:
    """Tell whether the next token goes on in the same script, so that only tokens show the edge."""
    end = tokens[last].end
    if (
        last + 1 >= len(tokens)
        or tokens[last + 1].start != end
        or not tokens[last + 1].tag.startswith("名詞")
    ):
        return False
    return any(
        script.match(text[end - 1]) and script.match(text[end]) for script in (_KATAKANA, _KANJI)
    )


def _inside(zone: Found, text: str) -> list[Found]:
    """Return the region in the name of a zone that a treaty set up."""
    for end in range(zone.end - 2, zone.start, -1):
        for name in names().get(text[zone.start : end], ()):
            if name.label == "REGION":
                return [_of_gazetteer(zone.start, end, name)]
    return []


def _inside_tokens(analysis: Analysis, known: list[Found]) -> list[Found]:
    """Return the short names that begin a known name, or a house, which is one token: 日本 in 日本貿易振興機構."""
    longest = {found.start: found.end for found in reversed(known)}
    longest |= {t.start: t.end for t in analysis.tokens if t.text.endswith(_HOUSES)}
    return [
        found
        for found in known
        if found.end < longest[found.start]
        and found.end - found.start < _LONG
        and len(analysis.tokens_in(found.start, found.end)) == 1
        and _is_edge(analysis.token_starts, found.start)
    ]


@cache
def _longest_name() -> int:
    return max(map(len, names()))


@cache
def _run_before_office() -> re.Pattern[str]:
    run = r"(?P<run>[ァ-ヺー]++・[ァ-ヺー・]{5,}+)"
    return re.compile(rf"(?<![ァ-ヺー・])・*+{run}(?=(?:共和国)?{one_office()})")


def _before_offices(text: str) -> Iterator[Found]:
    """Yield the states that only an office sets apart from the name before them: コヴァレンコ|ウクライナ|大統領."""
    for office in _run_before_office().finditer(text):
        run = office["run"]
        for length in range(min(len(run) - _LONG, _longest_name()), 1, -1):
            state = next((n for n in names().get(run[-length:], ()) if n.label == "COUNTRY"), None)
            if state and "・" not in run[-length - 2 : -length]:
                end = office.end("run")
                yield _of_gazetteer(end - length, end, state)
                break


def _numbered(known: list[Found], text: str) -> Iterator[Found]:
    """Yield what a number belongs to: the meetings TICAD V and COP30, an exercise of a year, START II."""
    for found in known:
        acronym = _ACRONYM.fullmatch(text, found.start, found.end)
        number = _EDITION.match(text, found.end)
        if number and acronym and found.label in {"EVENT", "PROGRAM"}:
            yield Found(found.start, number.end(), "EVENT", rule="event/edition")
        elif found.label == "EVENT" and (host := _HOSTED.match(text, found.end)):
            yield Found(found.start, host.end(), "EVENT", rule="event/hosted")
        elif found.label == "EVENT" and (year := _YEAR_OF_NAME.match(text, found.end)):
            yield Found(found.start, year.end(), "EVENT", rule="event/edition")
        elif found.label == "TREATY" and (number := _ROMAN.match(text, found.end)):
            yield Found(found.start, number.end(), "TREATY", rule="treaty/numbered")


def _with_count(known: list[Found], text: str) -> list[Found]:
    """Let the number of a meeting belong to it, and to the document named after it: 第8回|島サミット首脳宣言."""
    meetings = {found.start: found.end for found in known if found.label == "EVENT"}
    counts = {
        start: _COUNTED.search(text, max(0, start - _LONGEST_COUNT), start) for start in meetings
    }
    return [
        replace(found, start=count.start())
        if (count := counts.get(found.start))
        and (
            found.label == "EVENT"
            or (found.label == "TREATY" and found.end > meetings[found.start])
        )
        else found
        for found in known
    ]


def _sessions(known: list[Found], text: str) -> Iterator[Found]:
    """Yield the meetings of a body that its number counts: 第68回|国連女性の地位委員会."""
    for found in known:
        if found.label == "ORGANIZATION" and text.endswith(_MEETING_BODIES, 0, found.end):
            count = _COUNTED.search(text, max(0, found.start - _LONGEST_COUNT), found.start)
            if count:
                yield Found(count.start(), found.end, "EVENT", rule="event/session")


def _of_pairs(known: list[Found], text: str) -> Iterator[Found]:
    """Yield the agreements that an acronym after its parties names: 日仏|ACSA, 日豪|RAA."""
    for found in known:
        if found.label != "TREATY" or not _ACRONYM.fullmatch(text, found.start, found.end):
            continue
        if parties := _parties().search(text, max(0, found.start - 6), found.start):
            yield Found(parties.start(), found.end, "TREATY", rule="treaty/of-pair")


@cache
def _parties() -> re.Pattern[str]:
    return re.compile(rf"(?<![一-鿿々])[{''.join(country_characters())}]{{2,4}}$")


def _is_no_entity(found: Found, text: str) -> bool:
    """Tell whether the name only lists states (日米豪印), or stands for its kind (外務省間, 日本時間)."""
    if found.label == "COUNTRY" and text.startswith(("時間", "標準時"), found.end):
        return True
    if found.label == "ORGANIZATION":
        characters = country_characters()
        return all(char in characters for char in text[found.start : found.end])
    of_each = text.endswith(_OF_EACH, 0, found.start)  # 両国の|国会: a kind of body, of either
    return found.label == "GOVERNMENT_BODY" and (of_each or text.startswith("間", found.end))


def _label(found: Found, text: str) -> str:
    """Return the type of a name: forces are organizations (guideline 4.3)."""
    force = found.label == "GOVERNMENT_BODY" and text[found.start : found.end].endswith(_FORCES)
    return "ORGANIZATION" if force else found.label


@cache
def _holder() -> re.Pattern[str]:
    """Return what makes a person of the name before it: メンドーサ|大臣, but ロンドン|外相会合, ボストン|総領事."""
    titles = rf"(?:{one_office()}|{alternation(words('honorific'))})"
    return re.compile(
        rf"(?:・[ァ-ヺー]+)*(?!{alternation(_OF_TOWNS)}){titles}(?!会|級|声明|宣言|府|官邸|公邸|選挙)"
    )


def _fits(found: Found, analysis: Analysis, text: str) -> bool:
    """Tell whether a short kanji name keeps to token edges: no 京都 in 東京都, no 日本 in 日本語."""
    surface = text[found.start : found.end]
    if found.label == "CITY" and _KATAKANA.match(surface[-1]) and _holder().match(text, found.end):
        return False
    if len(surface) >= _LONG or found.label == "LANGUAGE":
        return True
    starts = not _KANJI.match(surface[0]) or _is_edge(analysis.token_starts, found.start)
    ends = not _KANJI.match(surface[-1]) or _is_edge(analysis.token_ends, found.end)
    ends = ends or (found.label == "REGION" and surface[-1] in "都道府県")  # 福岡県|太宰府市
    ends = ends or (found.label == "COUNTRY" and _precedes_office(found, analysis))
    ends = ends or (found.label == "ORGANIZATION" and _begins_long_token(found, analysis))
    return starts and ends


def _precedes_office(found: Found, analysis: Analysis) -> bool:
    """Tell whether an office is the rest of the token: 米国|大統領."""
    following = bisect_left(analysis.token_ends, found.end)
    if following >= len(analysis.tokens):
        return False
    token = analysis.tokens[following]
    return token.start <= found.start and token.text[found.end - token.start :] in offices()


def _begins_long_token(found: Found, analysis: Analysis) -> bool:
    """Tell whether the name begins a token that is a whole term: 国連 in 国連平和維持活動."""
    if not _is_edge(analysis.token_starts, found.start):
        return False
    following = bisect_left(analysis.token_ends, found.end)
    return (
        following < len(analysis.token_ends) and analysis.token_ends[following] - found.end >= _LONG
    )


def _is_edge(edges: list[int], position: int) -> bool:
    index = bisect_left(edges, position)
    return index < len(edges) and edges[index] == position
