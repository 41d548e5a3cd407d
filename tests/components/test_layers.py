import pytest
import spacy
from spacy.tokens import Doc, DocBin

from seimeibun.components.layers import read_layer, write_layer
from seimeibun.found import Found


@pytest.fixture
def doc():
    vocab = spacy.blank("xx").vocab
    return Doc(vocab, words=["中央アジア", "と", "日本"], spaces=[False] * 3)


def test_layer_round_trips_with_its_facts(doc):
    found = [Found(6, 8, "COUNTRY", "JPN", "gazetteer/countries", {"iso3": "JPN"})]

    write_layer(doc, "entities", found)

    assert read_layer(doc, "entities") == found
    assert doc.spans["entities"][0].kb_id_ == "JPN"


def test_spans_inside_a_token_keep_their_code_points(doc):
    found = [Found(0, 2, "REGION", "a"), Found(2, 5, "REGION", "b")]

    write_layer(doc, "entities", found)

    assert read_layer(doc, "entities") == found


def test_layer_survives_docbin(doc):
    found = [Found(0, 5, "REGION", "region/central-asia", "r", {"canonical": "中央アジア"})]
    write_layer(doc, "entities", found)

    data = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (copy,) = DocBin().from_bytes(data).get_docs(doc.vocab)

    assert read_layer(copy, "entities") == found


def test_a_layer_that_did_not_run_is_empty(doc):
    assert read_layer(doc, "money") == []


def test_an_empty_span_is_refused():
    with pytest.raises(ValueError, match="3-3"):
        Found(3, 3, "DATE")
