"""However a statement is laid out, its acts are the same rows."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.model

SAMPLES = Path(__file__).parents[2] / "data" / "statements"
NAMES = (
    "2012-11-07_baltic-states-japan-fm2_joint-statement",
    "2022-08-23_japan-peru_foreign-ministers-meeting-summary",
    "2025-05-18_african-development-ministerial_co-chairs-summary",
)
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if chr(code) not in "[]"}
# ～ stays as it is, in the statement and in the clean text
NARROW = {wide: code for code, wide in WIDE.items() if chr(code) != "~"}
WIDTHS = (26, 38, 60)


def unwrapped(nlp, source):
    """Return the text with one line a paragraph, as the library reads it."""
    import seimeibun

    return seimeibun.annotate(source, nlp=nlp).text


def wrapped(text, width):
    """Return the text with its paragraphs broken after ``width`` signs, an empty line between them."""
    paragraphs = [re.findall(f".{{1,{width}}}", line) for line in text.split("\n")]
    return "\n\n".join("\n".join(lines) for lines in paragraphs) + "\n"


def rows(nlp, source):
    """Return the acts without their places in the file."""
    import seimeibun
    from seimeibun.components.layers import read_layer
    from seimeibun.width import fold_width

    doc = seimeibun.annotate(source, nlp=nlp)
    places = ("_start", "_end")
    return [
        (
            fold_width(doc.text[act.start : act.end]),
            act.label,
            act.rule,
            {
                name: fold_width(re.sub(r"\s", "", value))
                for name, value in act.facts.items()
                if not name.endswith(places) and name != "chain_id"
            },
        )
        for act in read_layer(doc, "agreements")
    ]


def assert_invariant(nlp, source):
    text = unwrapped(nlp, source)
    expected = rows(nlp, text)
    assert expected
    for width in WIDTHS:
        assert rows(nlp, wrapped(text, width)) == expected, f"wrapped at {width}"
    assert rows(nlp, text.translate(WIDE)) == expected, "full width"
    assert rows(nlp, text.translate(NARROW)) == expected, "half width"


@pytest.mark.parametrize("name", NAMES)
def test_layout_makes_no_difference(nlp, name):
    assert_invariant(nlp, (SAMPLES / f"{name}.txt").read_text(encoding="utf-8"))


@pytest.mark.corpus
@pytest.mark.parametrize("key", ["2014", "2025"])
def test_layout_of_the_references_makes_no_difference(nlp, corpus, key):
    path = next((corpus / "statements").glob(f"{key}*.txt"))
    assert_invariant(nlp, path.read_bytes().decode("utf-8"))
