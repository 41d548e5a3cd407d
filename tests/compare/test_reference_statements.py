"""What must hold for the two published statements, annotated by the pipeline."""

import pytest

import seimeibun
from seimeibun.annotation import annotate_statements
from seimeibun.compare import Comparison
from seimeibun.sources.plain import read_text
from seimeibun.statement import read_statement

pytestmark = [pytest.mark.model, pytest.mark.corpus]


@pytest.fixture(scope="module")
def annotated(nlp, corpus):
    paths = sorted((corpus / "statements").glob("*.txt"))
    statements = [read_statement(read_text(str(path))) for path in paths]
    return seimeibun.tables(annotate_statements(statements, nlp=nlp))


@pytest.fixture(scope="module")
def keyness(annotated):
    return Comparison.from_tables(annotated).keyness(by="year", target=2025, reference=2014, seed=0)


def test_one_document_a_year_is_description(annotated, keyness):
    assert "各群1文書" in keyness.attrs["banner_ja"]
    assert keyness["p_doc"].isna().all()
    audit = Comparison.from_tables(annotated).audit(by="year")
    assert "partner" in audit.attrs["confounded"]


def test_topics_are_topics(keyness):
    topics = set(keyness.loc[keyness["layer"] == "topic", "term"])

    assert not [t for t in topics if any(c.isdigit() or c.isspace() for c in t)]
    assert not [t for t in topics if "高市" in t or "早苗" in t or "ジャパロフ" in t]
    assert "互恵的パートナーシップ" in topics


def test_those_who_speak_are_actors(keyness):
    rows = keyness.set_index("term")

    assert rows.loc[["各国外務大臣", "双方"], "layer"].tolist() == ["actor", "actor"]
    assert rows.loc["双方", ["count_target", "count_reference"]].tolist() == [38, 0]
    assert rows.loc["各国外務大臣", ["count_target", "count_reference"]].tolist() == [0, 37]
    assert (rows.loc[["双方", "各国外務大臣"], "p_para_maxT"] < 0.05).all()


def test_another_layout_of_a_statement_changes_nothing(nlp, corpus):
    """Wrapped anew at another width, or in full-width digits: no row with a difference."""
    path = next((corpus / "statements").glob("2014*.txt"))
    source = read_text(str(path)).text
    wide = source.translate({ord("0") + d: 0xFF10 + d for d in range(10)})
    narrow = source.translate({0xFF10 + d: ord("0") + d for d in range(10)}).replace("，", "、")
    docs = annotate_statements([read_statement(wide), read_statement(narrow)], nlp=nlp)
    tables = seimeibun.tables(docs)
    assert tables["documents"]["doc_id"].is_unique
    tables["documents"]["copy"] = ["wide", "narrow"]
    for unit in ("compound", "norm", "surface", "entity"):
        df = Comparison.from_tables(tables).keyness(
            by="copy", target="wide", reference="narrow", unit=unit, permutations=0, bootstrap=0
        )
        assert df.loc[df["g2"] != 0, "term"].tolist() == [], unit


def test_wraps_do_not_hide_words(annotated, keyness):
    counts = keyness.set_index("term")
    surface = Comparison.from_tables(annotated).frequency(by="year", unit="surface")

    assert counts.loc["キルギス共和国", "count_target"] > 10
    assert not surface["term"].str.contains(r"\s").any()
