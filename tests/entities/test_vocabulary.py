"""The word lists of the entity rules are well formed."""

import pytest

from seimeibun.entities.vocabulary import (
    MAX_HEAD,
    STOP_COLUMNS,
    heads,
    heads_ending,
    office_pattern,
    organ_ending,
    places,
    stopped,
    words,
)
from seimeibun.gazetteer import names
from seimeibun.offices import offices, own_offices
from seimeibun.rules import read_table
from seimeibun.width import fold_width

LABELS = {
    "PERSON", "POSITION", "COUNTRY", "REGION", "CITY", "LOCATION", "FACILITY", "ORGANIZATION", "GOVERNMENT_BODY",
    "EVENT", "TREATY", "PROGRAM", "CONCEPT", "LANGUAGE", "NATIONALITY",
}  # fmt: skip


def test_labels_are_those_of_the_design():
    assert {head.label for group in heads().values() for head in group} <= LABELS
    assert {place.label for place in places().values()} <= LABELS


def test_no_head_is_longer_than_the_window():
    assert max(map(len, heads())) <= MAX_HEAD


@pytest.mark.parametrize(
    ("text", "noun", "label"),
    [
        ("租税協定", "租税協定", "TREATY"),
        ("開発基金", "基金", "PROGRAM"),
        ("林業機構", "機構", "ORGANIZATION"),
    ],
)
def test_heads_ending_takes_the_longest_noun(text, noun, label):
    assert [(head.noun, head.label) for head in heads_ending(text)][:1] == [(noun, label)]


@pytest.mark.parametrize(
    "office", ["外務大臣", "副首相兼外務大臣", "外務・国際協力大臣", "事務総長", "国際貿易担当大臣"]
)
def test_office_pattern_reads(office):
    assert office_pattern().fullmatch(office)


@pytest.mark.parametrize("text", ["外務", "会合", "協力"])
def test_office_pattern_leaves(text):
    assert not office_pattern().search(text)


def test_bare_offices_are_marked():
    assert offices()["大統領"]
    assert not offices()["議長"]


def test_states_of_offices_are_known():
    states = {name.iso3 for group in names().values() for name in group if name.label == "COUNTRY"}

    assert own_offices().keys() <= states
    assert office_pattern().fullmatch(own_offices()["JPN"][0])


def test_an_unknown_role_is_refused():
    with pytest.raises(ValueError, match="no words of the role 'nobody'"):
        words("nobody")


def test_stop_words_have_a_label_and_a_counter_example_that_holds_them():
    rows = read_table("stop_words.tsv", STOP_COLUMNS)

    assert {row["label"] for row in rows} <= LABELS
    assert [r for r in rows if fold_width(r["surface"]) not in fold_width(r["not_examples"])] == []
    assert len(stopped()) == len(rows)


@pytest.mark.parametrize(
    ("text", "noun"),
    [("環境省", "省"), ("タイの投資委員会", "委員会"), ("大統領府", "大統領府"), ("協議", "")],
)
def test_organ_ending_takes_the_longest_noun(text, noun):
    assert organ_ending(text) == noun
