"""A document too long to be annotated at once: the rows of its parts are those of the whole."""

from pathlib import Path

import pytest

import seimeibun.batch.document as document
from seimeibun.batch.outcome import Settings
from seimeibun.tables.read import read_dataset
from seimeibun.verify import verify_dataset

LINES = [f"－ 日本は、{1990 + n}年に会談し、{2000 + n}年までに合意した。" for n in range(40)]
SAMPLE = Path(__file__).parents[2] / "data/statements/2019-05-28_japan-laos_joint-statement.txt"


@pytest.fixture
def long(files):
    (files / "long").mkdir()
    text = "日本・某国会談に関する共同声明\n\n" + "\n".join(LINES) + "\n"
    (files / "long/long.txt").write_text(text, encoding="utf-8")
    return files


def tables(folder):
    """Return the rows of a dataset; the document says whether it came in parts."""
    read = read_dataset(folder)
    return {
        name: table.drop(columns=["status", "warnings"] if name == "documents" else [])
        for name, table in read.items()
    }


def test_a_long_document_has_the_rows_of_one_at_once(run, long, monkeypatch):
    run("long", out="whole")
    monkeypatch.setattr(document, "LONG", 200)
    tally = run("long", out="parts")

    whole, parts = tables(long / "whole"), tables(long / "parts")
    assert len(whole["annotations"]) > len(LINES)
    for name, table in whole.items():
        assert parts[name].equals(table), name
    assert verify_dataset(long / "parts").violations == []
    warnings = read_dataset(long / "parts")["documents"]["warnings"][0]
    assert "parts, since it is long" in warnings
    assert tally.annotated == 1


def test_parts_are_rewritten_as_other_rows_are(run, long, monkeypatch, dataset):
    monkeypatch.setattr(document, "LONG", 200)
    run("long", out="new", settings=Settings(excel_guard=False))
    run("long", out="old")
    run("long", out="old", settings=Settings(excel_guard=False))

    assert dataset(long / "old") == dataset(long / "new")


@pytest.mark.model
def test_tokens_and_sentences_do_not_depend_on_the_parts(run_with, files, nlp, monkeypatch):
    from seimeibun.annotation import annotate_statements

    def annotate(statements):
        return annotate_statements(statements, nlp=nlp)

    run_with([str(SAMPLE)], annotate, "whole")
    monkeypatch.setattr(document, "LONG", 500)
    run_with([str(SAMPLE)], annotate, "parts")

    whole, parts = tables(files / "whole"), tables(files / "parts")
    for name in ("tokens", "sentences", "paragraphs", "parties", "money"):
        assert parts[name].equals(whole[name]), name
    assert verify_dataset(files / "parts").violations == []
