"""The same statement in another layout: not one row of the comparison may differ."""

import re
from pathlib import Path

import pandas as pd
import pytest

import seimeibun
from seimeibun.annotation import annotate_statements
from seimeibun.compare import Comparison
from seimeibun.sources.plain import read_text
from seimeibun.statement import read_statement

pytestmark = pytest.mark.model
STATEMENTS = Path(__file__).parents[2] / "data" / "statements"
UNITS = ("compound", "norm", "surface", "entity", "ngram:2", "formula", "act_lemma", "act_actor")


def wrapped(text, width):
    """Return the text with its paragraphs broken after ``width`` signs, an empty line between them."""
    paragraphs = [re.findall(f".{{1,{width}}}", line) for line in text.split("\n") if line]
    return "\n\n".join("\n".join(lines) for lines in paragraphs) + "\n"


def wide(text):
    return text.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})


@pytest.fixture(scope="module")
def layouts(nlp):
    """Every layout of two sample statements in one dataset, with a column that names the layout."""
    kinds, statements = [], []
    for path in sorted(STATEMENTS.glob("20[12][94]*.txt")):
        text = read_text(str(path)).text
        for kind, form in {
            "published": text,
            "at 33": wrapped(text, 33),
            "at 40": wrapped(text, 40),
            "wide": wide(text),
            "wide at 37, CRLF": wrapped(wide(text), 37).replace("\n", "\r\n"),
        }.items():
            kinds.append(kind)
            statements.append(read_statement(form))
    tables = seimeibun.tables(annotate_statements(statements, nlp=nlp))
    # text-10 stands before text-2 in the table
    documents = tables["documents"]
    documents["layout"] = [
        kinds[int(doc_id.removeprefix("text-")) - 1] for doc_id in documents["doc_id"]
    ]
    return tables


@pytest.mark.parametrize("unit", UNITS)
def test_layouts_do_not_differ(layouts, unit):
    cmp = Comparison.from_tables(layouts)
    assert cmp.groups("layout").labels
    for layout in ("at 33", "at 40", "wide", "wide at 37, CRLF"):
        df = cmp.keyness(
            by="layout",
            target=layout,
            reference="published",
            unit=unit,
            permutations=0,
            bootstrap=0,
        )
        differing = df[df["count_target"] != df["count_reference"]]
        assert differing["term"].tolist() == [], layout
        assert (df["g2"] == 0).all()
        assert df.attrs["n"][0] == df.attrs["n"][1]


def test_verbs_of_layouts_do_not_differ(layouts):
    verbs = Comparison.from_tables(layouts).verbs(by="layout")
    keys = ["category", "lemma", "actor_scope", "actor_resolved"]
    counts = pd.pivot_table(verbs, index=keys, columns="group", values="count", aggfunc="sum")

    assert counts.nunique(axis=1).eq(1).all()
