"""UIMA CAS JSON, read back by dkpro-cassis."""

import json
from collections import Counter

import pytest
from cassis import load_cas_from_json, load_typesystem

from seimeibun.export.cas import RELATION, SENTENCE, SPAN, TOKEN


@pytest.fixture
def folder(write):
    return write("cas")[0]


@pytest.fixture
def cas(folder):
    with (folder / "2031 港湾.json").open("rb") as file:
        return load_cas_from_json(file)


def test_text_spans_and_values_come_back(cas, text, spans):
    back = Counter((s.layer, s.label, s.begin, s.end, s.value or "") for s in cas.select(SPAN))

    assert cas.sofa_string == text
    assert back == spans


def test_offsets_in_the_file_are_utf16(folder, text):
    data = json.loads((folder / "2031 港湾.json").read_text(encoding="utf-8"))
    units = text.encode("utf-16-le")
    quotes = {
        units[2 * item["begin"] : 2 * item["end"]].decode("utf-16-le")
        for item in data["%FEATURE_STRUCTURES"]
        if item["%TYPE"] == SPAN
    }

    assert {"𠮷野𠮷子", "2031年５月", "一致"} <= quotes


def test_relations_tokens_and_sentences_come_back(cas):
    relations = [(r.Governor.label, r.Dependent.label, r.label) for r in cas.select(RELATION)]

    assert sorted(relations) == [
        ("AGREE", "COUNTRY", "object_has"),
        ("AGREE", "PROGRAM", "object_has"),
    ]
    assert len(cas.select(SENTENCE)) == 4
    assert cas.select(TOKEN)[0].get_covered_text() == "𠮷野"


def test_the_type_system_declares_the_layers(folder):
    with (folder / "typesystem.xml").open("rb") as file:
        types = load_typesystem(file)

    assert {SPAN, RELATION} <= {each.name for each in types.get_types()}
