from decimal import Decimal
from pathlib import Path

import pytest
import spacy
from spacy.tokens import DocBin

import seimeibun
from seimeibun.components.layers import LAYERS, read_layer

pytestmark = pytest.mark.model

STATEMENT = """日・ペルー首脳会談共同声明

２０２４年５月１７日，東京において日・ペルー首脳会談が行われた。双方は，昨年７月の首脳会談の成果を歓
迎し，総額３億ドル以上の支援を確認した。
"""


def texts_of(doc, layer):
    return [doc.text[found.start : found.end] for found in read_layer(doc, layer)]


def test_the_model_package_is_the_pipeline(nlp):
    model = spacy.load("ja_seimeibun", exclude=["seimeibun_agreements"])

    assert "seimeibun_agreements" not in model.pipe_names
    assert model.meta["name"] == nlp.meta["name"] == "seimeibun"


def test_stock_components_stand_in_for_excluded_ones():
    model = spacy.load("ja_seimeibun", exclude=["seimeibun_ner"])

    assert "ner" in model.pipe_names
    assert "seimeibun_ner" not in model.pipe_names


def test_a_bare_phrase_is_a_text(nlp):
    doc = seimeibun.annotate("昨年7月の会合", date="2025-12-20", nlp=nlp)

    (span,) = doc.spans["dates"]
    assert (span.text, span.label_, span.kb_id_) == ("昨年7月", "DATE", "2024-07")


def test_without_a_date_nothing_is_guessed(nlp):
    doc = seimeibun.annotate("昨年7月の会合", nlp=nlp)

    (span,) = doc.spans["dates"]
    assert (span.text, span.kb_id_) == ("昨年7月", "")


def test_wraps_and_width_do_not_reach_the_layers(nlp):
    doc = seimeibun.annotate(STATEMENT, nlp=nlp)

    assert texts_of(doc, "dates") == ["2024年5月17日", "昨年7月"]
    assert texts_of(doc, "money") == ["3億ドル"]
    assert "歓迎" in texts_of(doc, "agreements")


def test_the_date_of_the_statement_anchors_its_dates(nlp):
    doc = seimeibun.annotate(STATEMENT, nlp=nlp)

    assert doc._.date == "2024-05-17"
    assert doc.spans["dates"][1].kb_id_ == "2023-07"
    assert doc._.parties == "JPN;PER"


def test_texts_come_back_in_order(nlp):
    texts = ["双方は協力を歓迎した。", "米国は支援を表明した。" * 40, "10億円の供与"]

    docs = list(seimeibun.annotate_texts(texts, nlp=nlp))

    assert [doc.text for doc in docs] == texts


def test_texts_may_have_dates_of_their_own(nlp):
    docs = seimeibun.annotate_texts(["昨年", "昨年"], dates=["2001-01-01", "2011-01-01"], nlp=nlp)

    assert [doc.spans["dates"][0].kb_id_ for doc in docs] == ["2000", "2010"]


def test_files_are_read_by_path_and_by_name(nlp, tmp_path):
    path = tmp_path / "2024-05-17_statement.txt"
    path.write_text(STATEMENT, encoding="cp932")

    assert seimeibun.annotate(path, nlp=nlp).text == seimeibun.annotate(str(path), nlp=nlp).text


def test_a_missing_file_is_named(nlp):
    with pytest.raises(Exception, match=r"nowhere\.txt"):
        seimeibun.annotate(Path("nowhere.txt"), nlp=nlp)


def test_docs_survive_docbin_with_all_layers(nlp):
    doc = seimeibun.annotate(STATEMENT, nlp=nlp)

    data = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (copy,) = DocBin().from_bytes(data).get_docs(nlp.vocab)

    assert {layer: read_layer(copy, layer) for layer in LAYERS} == {
        layer: read_layer(doc, layer) for layer in LAYERS
    }


def test_the_pipeline_itself_reads_a_text(nlp):
    doc = nlp("日本は、2024年5月に3億円の供与を表明した。")

    assert [span.label_ for span in doc.spans["money"]] == ["MONEY"]


def test_tables_come_from_docs(nlp):
    tables = seimeibun.tables([seimeibun.annotate(STATEMENT, nlp=nlp)])

    assert tables["money"]["amount_min"].tolist() == [Decimal("300000000")]
    assert list(tables["dates"]["edtf"]) == ["2024-05-17", "2023-07"]
