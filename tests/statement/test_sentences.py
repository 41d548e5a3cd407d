from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seimeibun.statement import sentence_spans


@pytest.mark.parametrize(
    "sentences",
    [
        ["双方は一致した。", "また、協議を行った。"],
        ["「対話」（以下、「対話」という。）の会合が開かれた。", "大臣が出席した。"],
        ["大統領は、「海は一つである。我々は友である。」と述べた。", "首相は応じた。"],
        ["『白書（第2版。非売品。）』を配った。", "終わった。"],
        ["御協力をお願いします。（拍手）", "次に、外交であります。"],
        ["以上を述べた（括弧を忘れた。", "次の文。"],
        ["忘れた」括弧。", "次の文。"],
        ["何を残せるでしょうか？", "私は考えます！"],
        ["体言止めの項目"],
        ["[参考。]は文である。"],
    ],
)
def test_sentences_end_outside_brackets(sentences):
    glue = " " if any(sentence[-1] in "？！" for sentence in sentences) else ""
    text = glue.join(sentences).replace("（", "(").replace("）", ")")

    found = [text[start:end] for start, end in sentence_spans(text)]

    assert found == [sentence.replace("（", "(").replace("）", ")") for sentence in sentences]


@pytest.mark.parametrize(
    "text", ["Yahoo!の代表", "GDPは2.5%伸びた", "(以下、「構想」という。)", "U.S.との関係"]
)
def test_what_only_looks_like_an_end(text):
    assert sentence_spans(text) == [(0, len(text))]


def test_a_paragraph_end_closes_every_bracket():
    text = "「対話は続く。\n双方は(一致した。\n終わった。"

    assert [text[a:b] for a, b in sentence_spans(text)] == text.split("\n")


def test_white_space_belongs_to_no_sentence():
    assert sentence_spans(" 双方は一致した。 \n \n") == [(1, 9)]
    assert sentence_spans("") == []


@given(st.text(alphabet="あ。「」()『』\n ？(!。", max_size=40))
def test_sentences_cover_everything_but_white_space_in_order(text):
    spans = sentence_spans(text)

    assert all(a < b for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
    assert "".join(text[a:b] for a, b in spans).split() or not text.split()
    assert sum(not sign.isspace() for a, b in spans for sign in text[a:b]) == sum(
        not sign.isspace() for sign in text
    )
