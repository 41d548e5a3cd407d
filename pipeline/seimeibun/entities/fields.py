"""What an office or a ministry is in charge of, read backwards: 農業・食糧|省, 開発・産業・サービス|大臣."""

import re
from functools import cache

from seimeibun.analysis import Token
from seimeibun.entities.reading import Reading
from seimeibun.entities.vocabulary import heads_ending, portfolios, words
from seimeibun.offices import office_endings

_KATAKANA = re.compile(r"[ァ-ヺー]+")
_PHRASES = ("人間の", "持続可能な")  # 人間の|安全保障省, 持続可能な|開発省
_STOPS = ("普通名詞-副詞可能", "助数詞", "数詞", "固有名詞")
_ORGAN = ("省", "庁", "府", "政府", "内閣", "当局")
_PERSONS = ("国", "者", "員", "閣僚", "首脳", "代表", "高官", "団")  # 議長国|外務大臣, 同席者|
_SEVERAL = frozenset({"REGION", "ORGANIZATION", "LOCATION"})  # アフリカ|統合, EU, 太平洋|担当
_LONGEST = 60  # signs of a field
_SHORT = 2  # signs of a word of a field, and of an acronym in one
_ABROAD = ("在外", "海外")  # 在外|モロッコ人|大臣


def field_start(reading: Reading, end: int, *, goes_on: bool = False) -> int:
    """Return where the field begins that ends at ``end``, or ``goes_on`` there; ``end`` without one."""
    begin, floor = end, max(0, end - _LONGEST)
    while begin > floor:
        joined = (goes_on or begin < end) and reading.text[begin - 1] == "・"
        before = _word_start(reading, begin - joined, joined=joined)
        if before is None:
            break
        begin = before
    return _without_lead(reading, begin, end)


def _word_start(reading: Reading, end: int, *, joined: bool) -> int | None:
    """Return the start of the word of a field that ends at ``end``."""
    text = reading.text
    for phrase in _PHRASES:
        if text.endswith(phrase, 0, end):
            return end - len(phrase)
    literals = reading.literals_ending.get(end, ())
    for literal in literals:
        if literal.label in {"COUNTRY", "NATIONALITY"}:
            return literal.start if text.endswith(_ABROAD, 0, literal.start) else None
        if literal.label == "ORGANIZATION" and literal.end - literal.start > _SHORT:
            return None
        if literal.label in _SEVERAL:
            return literal.start
    index = reading.last_token.get(end)
    if index is None or not _may_be_of_field(reading, index):
        return None
    return None if joined and _ends_body(reading, index) else reading.tokens[index].start


def _may_be_of_field(reading: Reading, index: int) -> bool:
    token = reading.tokens[index]
    if not reading.is_noun[index] or any(stop in token.tag for stop in _STOPS):
        return False
    if token.text in words("anaphor") or token.text.endswith(_not_of_field()):
        return False
    if token.tag.startswith("名詞") and token.text.endswith(_PERSONS) and token.text != "外国":
        return False
    known = token.text in portfolios()
    if _KATAKANA.fullmatch(token.text):
        return known or token.text in words("common-katakana")
    return (known or _is_long(token)) and not _is_of_person(reading, token)


@cache
def _not_of_field() -> tuple[str, ...]:
    return (*_ORGAN, *office_endings())


def _is_long(token: Token) -> bool:
    return token.end - token.start >= _SHORT or token.tag.startswith(("接尾辞", "接頭辞"))


def _is_of_person(reading: Reading, token: Token) -> bool:
    """Tell whether the model reads a name in kanji there; a foreign one it draws too long."""
    return any(
        found.label == "Person" and _has_name(reading, found.start, found.end)
        for found in reading.model_around(token.start)
    )


def _has_name(reading: Reading, start: int, end: int) -> bool:
    tokens = [reading.tokens[index] for index in reading.analysis.tokens_in(start, end)]
    return not _KATAKANA.search(reading.text, start, end) and any(
        "人名" in token.tag for token in tokens
    )


def _ends_body(reading: Reading, index: int) -> bool:
    """Tell whether a body of its own stands before ・: 国際協力機構|・環境省; 大学|・研究省 is a field."""
    token = reading.tokens[index]
    before = index and reading.tokens[index - 1].end == token.start and reading.is_noun[index - 1]
    labels = {head.label for head in heads_ending(token.text)}
    return bool(before) and bool(labels & {"ORGANIZATION", "GOVERNMENT_BODY"})


def _without_lead(reading: Reading, begin: int, end: int) -> int:
    """Cut from the front what modifies: 関係|省, 新|大臣; the 新 of 新・再生可能エネルギー省 stays."""
    while begin < end:
        index = reading.first_token.get(begin)
        if index is None:
            break
        token = reading.tokens[index]
        if token.text != "・" and (
            reading.text.startswith("・", token.end) or not _leads(reading, token)
        ):
            break
        begin = token.end
    return begin


def _leads(reading: Reading, token: Token) -> bool:
    """Tell whether a word stands before a field, not in it; of katakana only what is listed begins one."""
    known = token.text in portfolios() or token.start in reading.literals_starting
    foreign = _KATAKANA.fullmatch(token.text) and not known
    return bool(foreign) or token.text in words("left") or token.tag.startswith("接尾辞")
