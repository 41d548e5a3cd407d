"""Docs made by hand, to rows."""

from decimal import Decimal

import pandas as pd
import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

import seimeibun.tables
from seimeibun.components import extensions
from seimeibun.components.layers import write_layer
from seimeibun.found import Found
from seimeibun.sources.text import SourceText
from seimeibun.statement.reading import read_statement
from seimeibun.tables.document import CONTEXT, Document, published
from seimeibun.tables.layers import titles_in
from seimeibun.tables.schema import TABLES


@pytest.fixture
def tables(make_doc):
    return seimeibun.tables([make_doc()])


def test_tables_can_be_called_and_imported():
    from seimeibun.tables.build import tables

    assert callable(seimeibun.tables)
    assert tables([]).keys() == seimeibun.tables([]).keys() == TABLES.keys()


def test_every_table_has_its_columns(tables):
    assert {name: list(df.columns) for name, df in tables.items()} == {
        name: table.names for name, table in TABLES.items()
    }


def test_a_document_is_one_row(tables):
    row = tables["documents"].iloc[0]

    assert row["doc_id"] == "minato"
    assert row["title"] == "港湾協力に関する共同声明"
    assert (row["year"], row["n_chars"], row["n_paragraphs"], row["n_sentences"]) == (
        2029,
        85,
        3,
        3,
    )
    assert (row["n_tokens"], row["n_annotations"]) == (
        len(tables["tokens"]),
        len(tables["annotations"]),
    )
    assert (row["source_path"], row["newline"], row["status"], row["warnings"]) == (
        "minato.txt",
        "crlf",
        "ok",
        "",
    )


def test_offsets_are_those_of_the_source_and_text_has_no_wraps(tables, make_doc):
    source = Document.of(make_doc()).source
    plan = tables["annotations"].query("label == 'PROGRAM'").iloc[0]

    assert source[plan["start"] : plan["end"]] == "緑の港\r\n計画"
    assert plan["text"] == "緑の港計画"
    assert plan["span_id"] == "minato#entity:35-42:PROGRAM"


def test_a_long_stretch_is_read_without_the_lines_of_the_page():
    source = "共同声明\n\n１．双方は、海の安全に関する新たな対話を歓迎し、平\n- 1 -\n和のための協力を続ける。\n２．両国は、協力を続ける。\n"
    statement = read_statement(SourceText.of(source))
    doc = Doc(Vocab(), words=[statement.text], spaces=[False])
    doc.user_data[extensions.STATEMENT] = statement.to_dict()
    document = Document.of(doc)
    start, end = statement.text.index("歓迎"), statement.text.index("続ける")

    assert document.read(start, end) == "歓迎し、平和のための協力を"
    assert document.text(start, end) == "歓迎し、平-1-和のための協力を"


def test_spaces_that_cut_words_of_a_line_are_not_read():
    source = "共同声明\n\n１．双方は、海 の安全に関する対 話を歓迎し、平和のための協力を続ける。\n"
    statement = read_statement(SourceText.of(source))
    doc = Doc(Vocab(), words=[statement.text], spaces=[False])
    doc.user_data[extensions.STATEMENT] = statement.to_dict()
    start, end = statement.text.index("海"), statement.text.index("を歓迎")

    assert Document.of(doc).read(start, end) == "海の安全に関する対話"


def test_source_characters_are_kept_as_published(tables):
    assert tables["money"]["text"].tolist() == ["３億円"]
    assert "（以下「計画」という。）" in tables["sentences"]["text"][1]


def test_white_space_has_no_token_row_and_heads_follow(tables):
    tokens = tables["tokens"]

    assert tokens["token_id"].tolist() == list(range(1, len(tokens) + 1))
    assert not tokens["token"].str.isspace().any()
    assert pd.isna(tokens["head_token_id"][0])
    assert set(tokens["head_token_id"].dropna()) == {1}
    assert tokens["sent_no"].value_counts().sort_index().tolist() == [5, 35, 11]


def test_rows_are_in_key_order(tables):
    annotations = tables["annotations"]
    key = list(
        zip(
            annotations["layer"],
            annotations["start"],
            annotations["end"],
            annotations["label"],
            strict=True,
        )
    )

    assert key == sorted(key)


def test_the_smallest_span_around_is_the_parent(tables):
    annotations = tables["annotations"].set_index("span_id")

    assert (
        annotations["parent_span_id"]["minato#entity:37-38:FACILITY"]
        == "minato#entity:35-42:PROGRAM"
    )
    assert annotations["parent_span_id"]["minato#entity:35-42:PROGRAM"] == ""


def test_sources_of_annotations(tables):
    annotations = tables["annotations"].set_index("span_id")

    assert annotations["source"]["minato#entity:35-42:PROGRAM"] == "gazetteer"
    assert annotations["source"]["minato#entity:37-38:FACILITY"] == "rule"
    assert set(annotations["status"]) == {"pending"}


def test_an_entity_without_an_id_is_named_by_type_and_name(tables):
    assert tables["entities"].to_dict("records") == [
        {
            "entity_id": "facility/港",
            "label": "FACILITY",
            "canonical": "港",
            "iso3": "",
            "n_mentions": 1,
            "n_docs": 1,
        },
        {
            "entity_id": "program/green-port",
            "label": "PROGRAM",
            "canonical": "緑の港計画",
            "iso3": "",
            "n_mentions": 2,
            "n_docs": 1,
        },
    ]


def test_amounts_are_exact_decimals(tables):
    row = tables["money"].iloc[0]

    assert (row["amount_min"], row["amount_max"]) == (Decimal(300000000), Decimal(300000000))
    assert str(row["amount_min"]) == "300000000"
    assert (row["full_start"], row["full_end"]) == (30, 33)


def test_actors_and_objects_are_verbatim_with_places_in_the_source(tables):
    row = tables["agreements"].iloc[0]

    assert (row["actor_text"], row["actor_start"], row["actor_end"]) == ("双方", 18, 20)
    assert row["object_text"].startswith("2030年までに３億円を「緑の港計画」（")
    assert (row["object_start"], row["object_end"], row["passive"]) == (22, 62, False)
    assert row["commitment_level"] == 4


def test_relations(tables):
    rows = tables["relations"]
    pairs = {(r.relation, r.text, r.dep_text) for r in rows.itertuples()}

    assert pairs == {
        ("alias_of", "計画", "緑の港計画"),
        ("amount_of", "３億円", "緑の港計画"),
        ("object_has", "一致", "2030年"),
        ("object_has", "一致", "３億円"),
        ("object_has", "一致", "緑の港計画"),
        ("object_has", "一致", "港"),
        ("object_has", "一致", "計画"),
    }


def test_documents_are_in_the_order_of_their_ids(make_doc):
    tables = seimeibun.tables([make_doc("b"), make_doc("a"), make_doc("a-2")])

    assert tables["documents"]["doc_id"].tolist() == ["a", "a-2", "b"]
    assert tables["tokens"]["doc_id"].is_monotonic_increasing
    assert tables["entities"]["n_docs"].tolist() == [3, 3]


def test_two_documents_of_one_name_are_refused(make_doc):
    with pytest.raises(ValueError, match="two documents are called 'a'"):
        seimeibun.tables([make_doc("a"), make_doc("a")])


def test_a_doc_of_a_bare_phrase_is_its_own_source():
    doc = Doc(Vocab(), words=["昨年", "7月", "の", "会合"], spaces=[False] * 4)
    write_layer(doc, "dates", [Found(0, 4, "DATE", "2024-07", "dates/last-year")])

    tables = seimeibun.tables([doc])

    assert tables["documents"]["doc_id"].tolist() == ["text-1"]
    assert tables["dates"]["text"].tolist() == ["昨年7月"]
    assert tables["sentences"]["text"].tolist() == ["昨年7月の会合"]


def test_an_empty_doc_has_no_rows_but_its_own():
    tables = seimeibun.tables([Doc(Vocab(), words=[])])

    assert len(tables["documents"]) == 1
    assert len(tables["tokens"]) == len(tables["sentences"]) == 0


def test_what_is_not_as_declared_is_refused_with_its_place():
    doc = Doc(Vocab(), words=["会合"], spaces=[False])
    write_layer(doc, "entities", [Found(0, 2, "PLANET")])

    with pytest.raises(
        ValueError, match=r"annotations.label is 'PLANET'; it must be one of PERSON"
    ):
        seimeibun.tables([doc])


def test_spans_of_one_place_and_label_are_one_row_and_a_warning():
    doc = Doc(Vocab(), words=["日本"], spaces=[False])
    write_layer(doc, "entities", [Found(0, 2, "COUNTRY", "JPN"), Found(0, 2, "COUNTRY", "XXX")])

    tables = seimeibun.tables([doc])

    assert tables["annotations"]["value"].tolist() == ["JPN"]
    assert tables["documents"]["status"].tolist() == ["warning"]
    assert "1 annotations with the place and label of another" in tables["documents"]["warnings"][0]


def test_an_alias_of_several_names_is_one_row():
    doc = Doc(Vocab(), words=["甲", "乙", "両者"], spaces=[False] * 3)
    write_layer(
        doc,
        "entities",
        [
            Found(0, 1, "PERSON"),
            Found(1, 2, "PERSON"),
            Found(2, 4, "PERSON", facts={"alias_of": "0-1:PERSON;1-2:PERSON"}),
        ],
    )

    row = seimeibun.tables([doc])["relations"].iloc[0]

    assert (row["text"], row["dep_text"]) == ("両者", "甲")
    assert row["more_dep_span_ids"] == "text-1#entity:1-2:PERSON"


@pytest.mark.parametrize(
    ("words", "name", "date", "in_name"),
    [
        (["2025年", "大阪万博"], ("EVENT", 0, 2), 0, True),
        (["2025年", "日本国"], ("COUNTRY", 0, 2), 0, False),
        (["「", "2030年", "構想", "」"], None, 1, True),
        (["「", "2030年", "に", "決める", "。", "」"], None, 1, False),
        (["2025年", "に"], ("EVENT", 0, 1), 0, False),
    ],
)
def test_dates_inside_names(words, name, date, in_name):
    doc = Doc(Vocab(), words=words, spaces=[False] * len(words))

    def at(first, last):
        return doc[first:last].start_char, doc[first:last].end_char

    write_layer(doc, "entities", [Found(*at(*name[1:]), name[0])] if name else [])
    write_layer(doc, "dates", [Found(*at(date, date + 1), "DATE")])

    assert seimeibun.tables([doc])["dates"]["in_name"].tolist() == [in_name]


def test_an_overlong_sentence_is_cut_around_the_span():
    words = ["あ"] * 40_000 + ["2030年"] + ["い"] * 40_000
    doc = Doc(Vocab(), words=words, spaces=[False] * len(words))
    write_layer(doc, "dates", [Found(40_000, 40_005, "DATE")])

    tables = seimeibun.tables([doc])

    assert len(tables["annotations"]["sentence"][0]) == 2 * CONTEXT + 5
    assert "2030年" in tables["annotations"]["sentence"][0]
    assert "Excel shows no cell so long" in tables["documents"]["warnings"][0]


@pytest.mark.parametrize(
    ("source", "clean", "expected"),
    [
        ("ビシュ\n\nケク", "ビシュケク", "ビシュケク"),
        ("２０１５ \f年", "2015年", "２０１５年"),
        ("United\nNations", "United Nations", "United Nations"),
        ("岸田　文雄", "岸田　文雄", "岸田　文雄"),
        ("国連 \n ビシュ\nケク 宣言", "国連ビシュケク 宣言", "国連ビシュケク 宣言"),
    ],
)
def test_text_is_the_source_without_wraps(source, clean, expected):
    assert published(source, clean) == expected


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("「甲」と『乙「丙」』", ["甲", "丙", "乙「丙」"]),
        ("「甲\n乙」", []),
        ("甲」乙「", []),
        ("「" + "長" * 100 + "」", []),
    ],
)
def test_titles(text, titles):
    assert [text[start:end] for start, end in titles_in(text)] == titles
