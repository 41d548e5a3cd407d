import numpy as np
import pytest
from spacy.attrs import DEP, HEAD, LEMMA, TAG
from spacy.tokens import Doc

from seimeibun.components.join import Piece, join


@pytest.fixture(scope="module")
def vocab():
    import spacy

    return spacy.blank("xx").vocab


def piece(vocab, words, heads, after=""):
    doc = Doc(
        vocab,
        words=words,
        spaces=[False] * len(words),
        heads=heads,
        deps=["ROOT" if head == i else "dep" for i, head in enumerate(heads)],
        lemmas=words,
        tags=["名詞"] * len(words),
    )
    doc.user_data["bunsetu_bi_labels"] = ["B"] + ["I"] * (len(words) - 1)
    doc.user_data["bunsetu_heads"] = (len(words) - 1,)
    return Piece(doc, after)


def test_text_is_the_pieces_and_what_stands_between(vocab):
    doc = join(vocab, [piece(vocab, ["甲", "は"], [0, 0], "\n"), piece(vocab, ["乙"], [0])])

    assert doc.text == "甲は\n乙"


def test_a_space_between_pieces_makes_no_token(vocab):
    doc = join(vocab, [piece(vocab, ["甲"], [0], " "), piece(vocab, ["乙"], [0])])

    assert [token.text_with_ws for token in doc] == ["甲 ", "乙"]


def test_heads_and_tags_keep_their_places(vocab):
    pieces = [piece(vocab, ["甲", "は"], [0, 0], "\n"), piece(vocab, ["乙", "が", "丙"], [2, 0, 2])]

    doc = join(vocab, pieces)

    assert [token.head.i for token in doc] == [0, 0, 0, 5, 3, 5]
    assert [token.tag_ for token in doc] == ["名詞", "名詞", "空白", "名詞", "名詞", "名詞"]


def test_the_white_space_token_ends_the_sentence_before_it(vocab):
    doc = join(vocab, [piece(vocab, ["甲", "は"], [0, 0], "\n"), piece(vocab, ["乙"], [0])])

    assert [sent.text for sent in doc.sents] == ["甲は\n", "乙"]


def test_bunsetu_are_kept_and_moved(vocab):
    doc = join(vocab, [piece(vocab, ["甲", "は"], [0, 0], "\n"), piece(vocab, ["乙"], [0])])

    assert doc.user_data["bunsetu_bi_labels"] == ["B", "I", "I", "B"]
    assert doc.user_data["bunsetu_heads"] == [1, 3]


def test_one_piece_is_itself(vocab):
    single = piece(vocab, ["甲", "は"], [0, 0])

    doc = join(vocab, [single])

    attrs = [LEMMA, TAG, DEP, HEAD]
    assert np.array_equal(doc.to_array(attrs), single.doc.to_array(attrs))


def test_nothing_is_an_empty_doc(vocab):
    assert join(vocab, []).text == ""
