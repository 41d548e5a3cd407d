"""The rule files of dates: every row can be read, and reads as it says."""

import pytest

from seimeibun.expressions.calendars import eras
from seimeibun.expressions.date_words import bare_parts, deictics, directions, parts, units
from seimeibun.expressions.dates import find_dates
from seimeibun.rules import read_table

IDIOMS = read_table("date_idioms.tsv", ["surface", "meaning"])


@pytest.mark.parametrize("word", deictics().values(), ids=lambda word: word.surface)
def test_a_deictic_word_has_a_value_beside_its_base(word):
    text = f"2024年5月8日、9日に合意し、{word.surface}、"

    found = find_dates(text, document_date="2025-12-20")[-1]

    assert text[found.start : found.end] == word.surface
    # A fiscal year needs no antecedent of its own kind: the one in which the date lies serves.
    if word.unit != "week" or word.base == "document":
        assert found.edtf


@pytest.mark.parametrize("surface", bare_parts())
def test_a_bare_part_is_the_documents(surface):
    (found,) = find_dates(f"交渉を、{surface}に終える。", document_date="2025-12-20")

    assert found.anchor_source == "document"


@pytest.mark.parametrize("surface", directions())
def test_a_direction_belongs_to_the_span_of_its_duration(surface):
    (found,) = find_dates(f"両国は、{surface}10年で", document_date="2025-12-20")

    assert found.edtf in {"2025-12-20/2035-12-20", "2015-12-20/2025-12-20"}


@pytest.mark.parametrize("idiom", IDIOMS, ids=lambda idiom: idiom["surface"])
def test_nothing_inside_an_idiom_is_read(idiom):
    assert find_dates(idiom["surface"], document_date="2025-12-20") == []


def test_parts_units_and_eras_are_known():
    assert {part.kind for part in parts().values()} == {"season", "half", "part", "jun", "mod"}
    assert {unit.designator for unit in units().values()} == {"Y", "M", "W", "D", "TH", "TM", "TS"}
    assert {"令和", "平成", "昭和", "大正", "明治"} <= eras().keys()
