"""brat stand-off, read by the rules of its manual: ids, fragments and their text, relations, configuration."""

import re
from collections import Counter

import pytest

from seimeibun.export.brat import fragments

LINES = {
    "T": re.compile(r"T\d+\t(?P<label>\w+) (?P<places>\d+ \d+(;\d+ \d+)*)\t(?P<text>.+)"),
    "A": re.compile(r"A\d+\tStatus T\d+ (pending|accepted|flagged)"),
    "#": re.compile(r"#\d+\tAnnotatorNotes T\d+\t.+"),
    "R": re.compile(r"R\d+\t(actor_of|object_has|alias_of|amount_of) Arg1:T\d+ Arg2:T\d+"),
}


@pytest.fixture
def folder(write):
    return write("brat")


def read(folder):
    """Read as brat does: universal newlines in the text, one annotation a line."""
    with (folder / "2031 港湾.txt").open(encoding="utf-8") as file:
        text = file.read()
    lines = (folder / "2031 港湾.ann").read_text(encoding="utf-8").split("\n")
    assert lines.pop() == ""
    return text, [LINES[line[0]].fullmatch(line) for line in lines]


def test_spans_come_back(folder, text, spans, label_layers):
    shown, found = read(folder[0])

    assert len(shown) == len(text)
    assert all(found)
    back = Counter()
    for match in found:
        if match[0][0] == "T":
            parts = [tuple(map(int, part.split())) for part in match["places"].split(";")]
            assert " ".join(shown[start:end] for start, end in parts) == match["text"]
            back[label_layers[match["label"]], match["label"], parts[0][0], parts[-1][1]] += 1
    assert back == Counter(span[:4] for span in spans.elements())


def test_a_span_over_a_wrap_is_written_in_pieces(folder):
    _, found = read(folder[0])

    assert [m["text"] for m in found if m[0][0] == "T" and ";" in m["places"]] == [
        "港湾近代 化計画"
    ]


def test_relations_join_spans_and_the_others_are_listed(folder):
    path, outcome = folder
    _, found = read(path)

    assert sum(match[0][0] == "R" for match in found) == outcome.relations == 2
    assert [(item.kind, item.reason) for item in outcome.left_out] == [
        ("relation", "one end is not an exported span")
    ]


def test_every_label_is_configured(folder, label_layers):
    conf = (folder[0] / "annotation.conf").read_text(encoding="utf-8")

    assert set(label_layers) <= set(conf.split())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("甲乙", [(0, 2)]),
        ("甲\n乙", [(0, 1), (2, 3)]),
        ("甲 \n\n  乙", [(0, 1), (6, 7)]),
        ("\n甲", [(1, 2)]),
    ],
)
def test_fragments_hold_no_line_end(text, parts):
    assert fragments(text, 0, len(text)) == parts


def test_a_parser_of_brat_gets_the_same_spans_and_relations(folder, text, spans, label_layers):
    parser = pytest.importorskip("pybrat.parser", reason="pybrat is not installed")
    path, outcome = folder
    # "ignore": it takes neither attributes nor two entities at one place, which brat does
    [example] = parser.BratParser(error="ignore").parse(path)
    shown = text.replace("\r\n", " \n").replace("\r", "\n")
    back = Counter()
    for entity in example.entities:
        parts = [(part.start, part.end) for part in entity.spans]
        assert " ".join(shown[start:end] for start, end in parts) == entity.mention
        back[label_layers[entity.type], entity.type, parts[0][0], parts[-1][1]] += 1

    assert back == Counter(span[:4] for span in spans.elements())
    assert len(example.relations) == outcome.relations
