from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seimeibun.report.marking import Mark, escape, marked


class Reader(HTMLParser):
    """Collects the text, and holds that tags nest."""

    def __init__(self):
        super().__init__()
        self.text, self.stack = "", []

    def handle_data(self, data):
        self.text += data

    def handle_starttag(self, tag, _attrs):
        self.stack.append(tag)

    def handle_endtag(self, tag):
        assert self.stack.pop() == tag


def read(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.stack == []
    return reader.text


@pytest.mark.parametrize(
    ("text", "marks", "html"),
    [
        ("日本国政府", [Mark(0, 5, "b"), Mark(0, 3, "i")], "<b><i>日本国</i>政府</b>"),
        ("日本国政府", [Mark(0, 3, "b"), Mark(2, 5, "i")], "<b>日本<i>国</i></b><i>政府</i>"),
        ("𠮷田", [Mark(1, 2, "b")], "𠮷<b>田</b>"),
        ("双方は", [], "双方は"),
        ("双方", [Mark(0, 2, "b"), Mark(0, 2, "i")], "<b><i>双方</i></b>"),
        ("甲乙丙", [Mark(0, 1, "b"), Mark(1, 2, "i")], "<b>甲</b><i>乙</i>丙"),
    ],
)
def test_spans_become_tags(text, marks, html):
    assert "".join(marked(text, marks)) == html


def test_only_the_first_piece_of_a_span_has_the_label():
    marks = [Mark(0, 2, "b"), Mark(1, 3, "i", first={"id": "x"}, every={"class": "c"})]

    assert "".join(marked("甲乙丙", marks)) == (
        '<b>甲<i class="c" id="x">乙</i></b><i class="c">丙</i>'
    )


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"onload="x', "&lt;", "甲\r\n乙\r丙"]
)
def test_no_text_is_markup(text):
    assert "<" not in escape(text)
    assert read(escape(text)) == text


spans = st.tuples(st.integers(0, 30), st.integers(1, 12))


@given(st.text(max_size=40), st.lists(spans, max_size=12))
def test_the_text_stays_whatever_the_spans(text, spans):
    marks = [Mark(s, min(s + n, len(text))) for s, n in spans if s < len(text)]
    marks.sort(key=lambda mark: (mark.start, -mark.end))

    assert read("".join(marked(text, marks))) == text
