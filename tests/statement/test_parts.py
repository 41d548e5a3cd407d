"""A part of a statement: the same paragraphs, sentences and ways back as in the whole."""

import pytest

from seimeibun.statement import read_statement
from seimeibun.statement.parts import part_of

TEXT = """\
第３回日本・エストニア会合
共同声明

　１　双方は、港の整備を
歓迎した。双方は、往来を続ける。
　２　双方は、ﾃﾞｼﾞﾀﾙ化を確認した。

以上
"""
STATEMENT = read_statement(TEXT)
LINE_ENDS = [i + 1 for i, sign in enumerate(STATEMENT.text) if sign == "\n"]


@pytest.mark.parametrize("cut", [*LINE_ENDS, STATEMENT.text.index("、") + 1, 0, 3])
def test_two_parts_are_the_whole(cut):
    parts = [part_of(STATEMENT, 0, cut), part_of(STATEMENT, cut, len(STATEMENT.text))]

    sources, paragraphs, sentences = [], {}, {}
    for part in parts:
        inner = part.statement
        sources += [inner.offsets.to_source(i, i + 1) for i in range(len(inner.text))]
        for number, paragraph in enumerate(inner.paragraphs, part.paragraphs):
            text = inner.text[paragraph.start : paragraph.end]
            paragraphs[number] = paragraphs.get(number, "") + text
        for number, sentence in enumerate(inner.sentences, part.sentences):
            text = inner.text[sentence.start : sentence.end]
            sentences[number] = sentences.get(number, "") + text
            around = inner.paragraphs[sentence.para_no - 1]
            assert around.start <= sentence.start < around.end

    assert "".join(part.statement.text for part in parts) == STATEMENT.text
    assert sources == [STATEMENT.offsets.to_source(i, i + 1) for i in range(len(STATEMENT.text))]
    whole = [STATEMENT.text[p.start : p.end] for p in STATEMENT.paragraphs]
    assert paragraphs == dict(enumerate(whole))
    assert sentences == dict(
        enumerate(STATEMENT.text[s.start : s.end] for s in STATEMENT.sentences)
    )
    assert {part.statement.date for part in parts} == {STATEMENT.date}
    assert {part.statement.parties for part in parts} == {STATEMENT.parties}
