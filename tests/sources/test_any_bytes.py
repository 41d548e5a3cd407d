"""Whatever the bytes are: a source text that can be written, or an error of a source."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seimeibun.sources import SourceError, SourceText
from seimeibun.sources.reading import source_from
from seimeibun.statement import read_statement

CASES = int(os.environ.get("SEIMEIBUN_CASES", "300"))  # 10,000 take minutes
CODES = {
    "missing", "unreadable", "empty", "encoding", "encoding_name", "binary", "format", "damaged", "encrypted",
    "scanned", "no_text", "limit", "unsafe", "extra",
}  # fmt: skip
ANY = settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
HEADS = [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"<!DOCTYPE html><p>", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b$B"]  # fmt: skip
MARKUP = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<div", ">", "<ol><li>", "<td>", "<!--", "-->", "&#xD800;", "&amp", "<![CDATA[", "]]>", "<pre>",
         "<ruby><rt>", "</ruby>", "<br/>", "\r\n", "双方は、", " Joint ", "\x00", "\u202e", "<main>", "<script>", "</script>"]
    )
)  # fmt: skip


def source_or_error(data):
    try:
        return source_from(data, "any")
    except SourceError as error:
        return error


def check(data):
    source = source_or_error(data)
    if isinstance(source, SourceError):
        assert source.code in CODES
        assert source.message
        return
    assert isinstance(source, SourceText)
    assert source.text.encode("utf-8").decode("utf-8") == source.text
    assert "\x00" not in source.text
    statement = read_statement(source)
    for start in range(0, len(statement.text), 7):
        first, last = statement.offsets.to_source(start, min(start + 7, len(statement.text)))
        assert 0 <= first <= last <= len(source.text)


@ANY
@given(st.sampled_from(HEADS), st.binary(max_size=400))
def test_any_bytes(head, data):
    check(head + data)


@ANY
@given(MARKUP, st.sampled_from(["utf-8", "cp932", "utf-16"]))
def test_any_markup(parts, encoding):
    check(("<html>" + "".join(parts)).encode(encoding, "ignore"))


@pytest.fixture(scope="module")
def whole(make_pdf, make_docx):
    files = [
        make_docx("双方は、一致した。\n両国は、確認した。"),
        make_pdf("双方は、一致した。\f両国は、確認した。"),
    ]

    def whole(number):  # hypothesis shows what a test is given, and the bytes are many
        return files[number]

    return whole


@ANY
@given(
    st.booleans(),
    st.lists(
        st.tuples(st.integers(0, 10**6), st.integers(0, 40), st.binary(max_size=40)), max_size=6
    ),
)
def test_any_damage_to_a_pdf_or_a_document(whole, is_pdf, damages):
    content = bytearray(whole(is_pdf))
    for at, cut, put in damages:
        start = at % len(content)
        content[start : start + cut] = put
    check(bytes(content))
