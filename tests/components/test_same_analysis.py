"""Our tokenizer and components against GiNZA's own, attribute by attribute."""

from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, NORM, ORTH, POS, SENT_START, TAG

from seimeibun.components.bunsetu import make_bunsetu
from seimeibun.components.ner import NumpyEntityRecognizer
from seimeibun.components.tok2vec import NumpyTok2Vec, by_tokens
from seimeibun.components.tokenizer import LIMIT, cut, make_tokenizer

SAMPLES = Path(__file__).parents[2] / "data" / "statements"
ATTRS = [ORTH, LEMMA, NORM, TAG, POS, MORPH, DEP, HEAD, ENT_IOB, ENT_TYPE]
BUNSETU = (
    "bunsetu_heads",
    "bunsetu_bi_labels",
    "bunsetu_position_types",
    "clauses",
    "clause_heads",
)
ODD = [
    "",
    "  ",
    "a  b",
    "１ 各国 外務大臣は  、議論した。",
    "㍿" * 50,
    "東京、" * 60,
    "日本は会談し、" * 30,
    "農業、貿易及び" * 30,
    "なお、アジアにおける経済の停滞を克服することが必要である。",
    "…という=|か゛ﾄﾞﾙ建て𠮷野家髙島屋",
    "二国間の協力の一つとして、十二月二十日に一か所で一日、二人が会談した。",
]


@pytest.fixture(scope="module")
def stock():
    return spacy.load("ja_ginza")


@pytest.fixture(scope="module")
def texts():
    lines = [line for p in sorted(SAMPLES.glob("*.txt")) for line in read(p).split("\n")]
    return [line for line in lines if line.strip()] + ODD


def read(path):
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return data.decode("cp932").replace("\r\n", "\n")


@pytest.fixture(scope="module")
def expected(stock, texts):
    return list(stock.pipe(texts, batch_size=32))


@pytest.mark.model
def test_tokens_are_those_of_ginza(stock, texts, expected):
    ours = make_tokenizer()(stock)

    for text, doc in zip(texts, expected, strict=True):
        found = ours(text)

        assert found.text == text
        attrs = [ORTH, LEMMA, NORM, TAG]
        assert (found.to_array(attrs) == doc.to_array(attrs)).all(), text


@pytest.mark.model
def test_ginza_without_its_list_of_words_is_the_same(texts, expected):
    without = spacy.load("ja_ginza", exclude=["strings"])

    for found, doc in zip(without.pipe(texts, batch_size=32), expected, strict=True):
        assert (found.to_array(ATTRS) == doc.to_array(ATTRS)).all(), doc.text
        assert [t.lemma_ for t in found] == [t.lemma_ for t in doc]
        assert [(e.text, e.label_) for e in found.ents] == [(e.text, e.label_) for e in doc.ents]


@pytest.mark.model
def test_vectors_entities_and_bunsetu_are_those_of_ginza(stock, texts, expected):
    vectors = NumpyTok2Vec(stock.get_pipe("tok2vec"))
    entities = NumpyEntityRecognizer(stock.get_pipe("ner"))
    bunsetu = make_bunsetu(stock, "bunsetu", "bunsetu_recognizer")

    docs = vectors.pipe(map(stock.make_doc, texts))
    docs = stock.get_pipe("morphologizer").pipe(entities.pipe(stock.get_pipe("parser").pipe(docs)))
    for doc, want in zip(map(bunsetu, docs), expected, strict=True):
        assert (doc.to_array(ATTRS) == want.to_array(ATTRS)).all(), doc.text
        assert {key: doc.user_data[key] for key in BUNSETU} == {
            key: want.user_data[key] for key in BUNSETU
        }


@pytest.mark.model
def test_more_words_than_the_tables_hold_make_no_difference(stock, texts, monkeypatch):
    def vectors():
        return [
            doc.tensor
            for doc in NumpyTok2Vec(tok2vec).pipe(map(stock.make_doc, texts), batch_size=2)
        ]

    tok2vec = stock.get_pipe("tok2vec")
    want = vectors()
    monkeypatch.setattr("seimeibun.components.tok2vec.TYPES", 5)

    for found, whole in zip(vectors(), want, strict=True):
        np.testing.assert_allclose(found, whole, atol=1e-4)


@pytest.mark.model
def test_the_pipeline_differs_from_ginza_in_sentences_only(nlp, stock, texts):
    sentences = nlp.get_pipe("seimeibun_sentences")
    ours = nlp.pipe(texts)

    for doc, text in zip(ours, texts, strict=True):
        want = sentences(stock.make_doc(text))
        for _, component in stock.pipeline:
            want = component(want)

        assert (doc.to_array([*ATTRS, SENT_START]) == want.to_array([*ATTRS, SENT_START])).all(), (
            text
        )


@pytest.mark.model
def test_a_text_beyond_the_limit_of_sudachi_is_tokenized_whole(nlp):
    text = "双方は協力を確認した。" * (LIMIT // 2)

    assert nlp.make_doc(text).text == text


@pytest.mark.model
def test_a_text_that_sudachi_makes_longer_is_tokenized_whole(nlp):
    text = "﷽ﷺ㍿" * (LIMIT // 4)

    assert nlp.make_doc(text).text == text


@pytest.mark.model
@pytest.mark.parametrize("clause", ["東京、", "日本は会談し、", "農業、貿易及び"])
def test_enumerations_of_a_thousand_clauses_are_analysed(nlp, clause):
    doc = nlp(clause * 1_000)

    assert len(doc.user_data["bunsetu_bi_labels"]) == len(doc)


@pytest.mark.parametrize(
    "text", ["", "あ" * 100, "一致した。" * 30, "甲、乙、丙" * 20, "甲\n" * 40]
)
def test_pieces_are_short_and_make_up_the_text(text):
    pieces = list(cut(text, 12))

    assert "".join(pieces) == text
    assert all(len(piece) <= 12 for piece in pieces)


def test_batches_hold_whole_documents():
    docs = [[0] * n for n in (3, 3, 3, 20, 1)]

    assert [len(batch) for batch in by_tokens(docs, 7)] == [2, 1, 1, 1]
