"""Persons: before an office, after one, with an honorific, alone on a signature line."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from seimeibun.entities.mention import Mention, Rank
from seimeibun.entities.offices import name_on_rest_of_line
from seimeibun.entities.reading import Reading
from seimeibun.entities.vocabulary import alternation, heads_ending, words

_PART = r"[ァ-ヺ][ァ-ヺー]*(?:[0-9]{1,2}世(?=・))?"
_NAME = rf"(?:[A-Z]\.?・)*{_PART}(?:[・=＝‐-](?:{_PART}|[A-Z]\.?(?=[・=＝])))*"
_KATAKANA_NAME = re.compile(_NAME)
_ENDS_IN_KATAKANA = re.compile(rf"{_NAME}$")
_NUMERAL = re.compile(r"[一二三四五六七八九十]+世")
_NUMERAL_BEFORE = re.compile(r"(?<=[ァ-ヺー])[一二三四五六七八九十]{1,3}世$")
_LINE_NAME = re.compile(r"[一-鿿々ぁ-ん]{1,3}[ 　]+[一-鿿々ぁ-ん]{1,4}$|[一-鿿々]{3,5}$")
_STATUS = re.compile(r"(?:[・ ]|元|前|現|新|故|次期|副|兼|仮)$")
_KANJI = re.compile(r"[一-鿿々]{1,4}$")
_SIGNED = re.compile(r"\s?\((?:署名|記名|印|サイン|署名済み?)\)$")
_WINDOW = 40
_NUMERALS = re.compile(r"[一二三四五六七八九十両各]")
_BODIES = frozenset({"ORGANIZATION", "GOVERNMENT_BODY"})
_NAME_LIMIT = 3  # tokens of a kanji name: surname, given name, and one cut too many


def person_mentions(
    reading: Reading, offices: Iterable[Mention]
) -> tuple[list[Mention], list[Mention]]:
    """Return the persons, and the offices that stand (a bare 大臣 needs its holder)."""
    persons: list[Mention] = []
    kept: list[Mention] = []
    offices = list(offices)
    for office in offices:
        before = _person_before(reading, office.start)
        after = None if before else _person_after(reading, office.end)
        persons += [person for person in (before, after) if person]
        if before or after or office.rule == "office":
            kept.append(replace(office, rule="office"))
    persons += _with_honorific(reading)
    kept += _known_by_surname(reading, offices, persons)
    persons += _on_lines(reading, kept)
    persons += _side_by_side(reading, persons)
    return persons, kept


def _side_by_side(reading: Reading, persons: Iterable[Mention]) -> list[Mention]:
    """Return the two whose surnames name something that is theirs: 「森永・ペトロフ計画」."""
    surnames = set()
    for person in persons:
        first, last = reading.first_token.get(person.start), reading.last_token.get(person.end)
        if first is not None and last is not None:
            named = last if _KATAKANA_NAME.fullmatch(reading.tokens[last].text) else first
            surnames.add(reading.tokens[named].text)
    found = []
    for middle in range(1, len(reading.tokens) - 1):
        left, joint, right = reading.tokens[middle - 1 : middle + 2]
        if joint.text != "・" or left.end != joint.start or right.start != joint.end:
            continue
        if left.text != right.text and left.text in surnames and right.text in surnames:
            found += [_person(token.start, token.end, "surname") for token in (left, right)]
    return found


def _known_by_surname(
    reading: Reading, offices: Iterable[Mention], persons: list[Mention]
) -> list[Mention]:
    """Add the holders whose surname the tokenizer does not know, and return their offices: 森永|総理."""
    surnames = {
        reading.tokens[index].text
        for person in persons
        if (index := reading.first_token.get(person.start)) is not None
        and reading.tokens[index].end < person.end
        and _KANJI.fullmatch(reading.tokens[index].text)
    }
    held = {person.end for person in persons}
    found = []
    for office in offices:
        index = reading.last_token.get(office.start)
        if index is None or office.start in held or reading.tokens[index].text not in surnames:
            continue
        persons.append(_person(reading.tokens[index].start, office.start, "surname"))
        found.append(replace(office, rule="office"))
    return found


def _person(start: int, end: int, rule: str) -> Mention:
    return Mention(start, end, "PERSON", f"person/{rule}", rank=Rank.OFFICE)


def _person_before(reading: Reading, end: int) -> Mention | None:
    if end and (status := _STATUS.search(reading.text[max(0, end - 2) : end])):
        end -= len(status.group())
    start = _name_start(reading, end)
    return _person(start, end, "before-office") if start is not None and start < end else None


def _name_start(reading: Reading, end: int) -> int | None:
    if numeral := _NUMERAL_BEFORE.search(reading.text[max(0, end - 4) : end]):
        end -= len(numeral.group())  # アブドゥッラー|二世
    window = reading.text[max(0, end - _WINDOW) : end]
    if katakana := _ENDS_IN_KATAKANA.search(window):
        return _katakana_start(reading, end - len(katakana.group()), end)
    return _kanji_start(reading, end)


def _katakana_start(reading: Reading, start: int, end: int) -> int | None:
    """Cut states off the front (米国・…); a lone known name is no person (クウェート首長)."""
    for literal in reading.literals_starting.get(start, ()):
        if literal.end == end:
            return start if literal.label == "PERSON" else None
        if literal.label == "COUNTRY" and literal.end < end and reading.text[literal.end] == "・":
            return _katakana_start(reading, literal.end + 1, end)
    before = reading.text[start - 1] if start else ""
    if before == "・" and start > 1 and _KANJI.match(reading.text[start - 2]):
        return start
    if start not in reading.first_token and not before.isspace():
        return None
    return start


def _kanji_start(reading: Reading, end: int) -> int | None:
    known = [m.start for m in reading.literals_ending.get(end, ()) if m.label == "PERSON"]
    if known:
        return min(known)
    index = reading.last_token.get(end)
    if index is None:
        return None
    first = index + 1
    while first > 0 and index - first + 1 < _NAME_LIMIT and _is_name_token(reading, first - 1):
        if first <= index and reading.tokens[first - 1].end != reading.tokens[first].start:
            break
        first -= 1
    if first > index:
        return None
    start = reading.tokens[first].start
    return None if end - start < 1 or _is_known(reading, start, end) else start


def _is_name_token(reading: Reading, index: int) -> bool:
    token = reading.tokens[index]
    if _NUMERALS.fullmatch(token.text):
        return False  # 三|外相
    if token.text in words("never"):
        return False  # 先代|国王
    if "人名" in token.tag:
        return True
    return _is_model_person(reading, token.start, token.end) and bool(_KANJI.fullmatch(token.text))


def _is_model_person(reading: Reading, start: int, end: int) -> bool:
    return any(
        found.label == "Person" and found.start <= start and end <= found.end
        for found in reading.model_around(start)
    )


def _is_known(reading: Reading, start: int, end: int) -> bool:
    if any(head.label in _BODIES for head in heads_ending(reading.text[start:end])):
        return True  # 民族評議会|議長
    return any(
        literal.start == start and literal.label in {"COUNTRY", "REGION", "ORGANIZATION"}
        for literal in reading.literals_ending.get(end, ())
    )


def _person_after(reading: Reading, start: int) -> Mention | None:
    if reading.text[start : start + 1] in {" ", "・"}:
        start += 1
    if (name := _KATAKANA_NAME.match(reading.text, start)) and "・" in name.group():
        end = name.end()
        for literal in reading.literals_ending.get(end, ()):
            if literal.label == "COUNTRY" and reading.text[literal.start - 1] == "・":
                end = literal.start - 1
        return _person(start, _end_of_numeral(reading.text, end), "after-office")
    if end_of_line := name_on_rest_of_line(reading, start):
        return _person(start, end_of_line, "after-office")
    index = reading.first_token.get(start)
    if index is None:
        return None
    last = index
    while (
        last < len(reading.tokens)
        and last - index < _NAME_LIMIT
        and "人名" in reading.tokens[last].tag
    ):
        last += 1
    end = reading.tokens[last - 1].end if last > index else start
    return _person(start, end, "after-office") if end - start > 1 else None


def _with_honorific(reading: Reading) -> Iterator[Mention]:
    for match in re.finditer(rf"(?:{alternation(words('honorific'))})", reading.text):
        if match.start() not in reading.first_token:
            continue
        start = _name_start(reading, match.start())
        if start is not None and match.start() - start > 1:
            yield _person(start, match.start(), "honorific")


def _on_lines(reading: Reading, offices: Iterable[Mention]) -> Iterator[Mention]:
    """Yield names that fill a line beside a line with an office: signature blocks."""
    paragraphs = list(reading.analysis.paragraphs)
    with_office = {reading.paragraph_of(office.start) for office in offices}
    for number, (start, end) in enumerate(paragraphs):
        if end - start > _WINDOW * 2:
            continue
        around = paragraphs[max(0, number - 4) : number + 5]
        if not any(
            paragraph in with_office and paragraph[1] - paragraph[0] < 80 for paragraph in around
        ):
            continue
        yield from _line_names(reading, start, end)


def _line_names(reading: Reading, start: int, end: int) -> Iterator[Mention]:
    line = reading.text[start:end]
    if "。" in line or "、" in line:
        return
    cells = [
        (match.start(), match.group())
        for match in re.finditer(r"\S(?:.*?\S)?(?=\s{2,}|\s*$)", line)
    ]
    for offset, whole in cells:
        begin, cell = start + offset, _SIGNED.sub("", whole)
        katakana = "・" in cell and _KATAKANA_NAME.fullmatch(cell)
        kanji = _LINE_NAME.fullmatch(cell) and _has_name_token(reading, begin, begin + len(cell))
        if katakana or kanji:
            yield _person(begin, begin + len(cell), "line")
        elif " " in cell:
            yield from _katakana_cells(cell, begin)


def _katakana_cells(cell: str, begin: int) -> Iterator[Mention]:
    offset = 0
    for part in cell.split(" "):
        if (name := _KATAKANA_NAME.fullmatch(part)) and "・" in name.group():
            yield _person(begin + offset, begin + offset + len(part), "line")
        offset += len(part) + 1


def _has_name_token(reading: Reading, start: int, end: int) -> bool:
    return any(
        "人名" in reading.tokens[index].tag for index in reading.analysis.tokens_in(start, end)
    )


def _end_of_numeral(text: str, end: int) -> int:
    """Take in 二世 after a name."""
    numeral = _NUMERAL.match(text, end)
    return numeral.end() if numeral else end
