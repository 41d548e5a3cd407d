import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seimeibun.statement import OffsetMap, read_statement
from seimeibun.statement.clean import fold_in_place

SIGNS = st.text(
    alphabet="あ日本⽇ｶﾞﾊﾟ。，．、（）「」０1Ａb 　\t\u200b\n\r\f１ー~～①㈱𠮷か\u3099", max_size=60
)


@pytest.mark.parametrize(
    ("source", "clean", "where"),
    [
        ("2015 年3月 21 日に", "2015年3月21日に", {"2015年3月21日": "2015 年3月 21 日"}),
        ("会 談の結果", "会談の結果", {"会談": "会 談"}),
        ("ｱｼﾞｱの国", "アジアの国", {"アジア": "ｱｼﾞｱ", "ジ": "ｼﾞ"}),
        ("か\u3099いむ", "がいむ", {"が": "か\u3099", "いむ": "いむ"}),
        ("⽇本と⺠主主義", "日本と民主主義", {"日本": "⽇本", "民主": "⺠主"}),
        ("日\u200b本\u202eは", "日本は", {"日本": "日\u200b本", "は": "は"}),
        ("協定（ＯＤＡ）", "協定(ODA)", {"ODA": "ＯＤＡ"}),
        ("joint statement を", "joint statementを", {"joint statement": "joint statement"}),
        ("葛\U000e0100城市", "葛城市", {"葛城": "葛\U000e0100城"}),
    ],
)
def test_clean_text_points_back(source, clean, where):
    statement = read_statement(source)

    assert statement.text == clean
    for part, published in where.items():
        start = clean.index(part)
        a, b = statement.offsets.to_source(start, start + len(part))
        assert source[a:b] == published


@given(SIGNS)
def test_every_clean_character_stands_in_its_source(source):
    statement = read_statement(source)

    position = 0
    for index, sign in enumerate(statement.text):
        start, end = statement.offsets.to_source(index, index + 1)
        assert position <= start <= end <= len(source)
        position = start
        if sign not in " \n":
            folded = fold_in_place(source[start:end])
            assert sign in folded or end - start > 1 or sign in "、。,."
    assert statement.offsets.clean_length == len(statement.text)


@given(SIGNS)
def test_every_visible_character_is_kept(source):
    statement = read_statement(source)
    inside = [statement.offsets.to_source(i, i + 1) for i in range(len(statement.text))]
    covered = {at for start, end in inside for at in range(start, end)}

    lost = {source[at] for at in range(len(source)) if at not in covered}
    assert lost <= set(" 　\t\u200b\n\r\f")


@given(SIGNS)
def test_spans_return_from_the_source(source):
    statement = read_statement(source)
    for sentence in statement.sentences:
        a, b = statement.offsets.to_source(sentence.start, sentence.end)
        assert statement.offsets.to_clean(a, b) == (sentence.start, sentence.end)


def test_maps_survive_json():
    offsets = read_statement("ｱｼﾞｱ\r\n\r\n　２国は、\n一致した。").offsets

    assert OffsetMap.from_dict(json.loads(json.dumps(offsets.to_dict()))) == offsets


def test_an_offset_outside_is_an_error():
    with pytest.raises(IndexError, match="outside the clean text of 2"):
        read_statement("協力").offsets.to_source(1, 4)
