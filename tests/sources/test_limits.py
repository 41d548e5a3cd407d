"""Hostile sources: each is refused in words that name the limit, before it costs anything."""

import os
import zlib
from time import perf_counter

import pytest

from seimeibun.sources import Limits, SourceError, read_source
from seimeibun.sources.pdf import refuse_bombs
from seimeibun.statement import read_statement


@pytest.mark.parametrize("name", Limits.__slots__)
def test_a_limit_is_at_least_one(name):
    with pytest.raises(ValueError, match=f"{name} is 0"):
        Limits(**{name: 0})


def test_a_file_beyond_the_limit_is_not_read_to_its_end(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(SourceError, match=r"more than 1,000 bytes; the limit is 1,000 \(--max-bytes\)") as error:  # fmt: skip
        read_source(path, limits=Limits(max_bytes=1_000))

    assert error.value.code == "limit"


@pytest.mark.parametrize("markup", ["{}", "<p>{}</p>"])
def test_a_text_beyond_the_limit(read, markup):
    data = markup.format("双方は、一致した。" * 20).encode()
    with pytest.raises(SourceError, match=r"180|187") as error:
        read(data, limits=Limits(max_chars=100))

    assert "--max-chars" in str(error.value)


def test_a_document_and_a_pdf_beyond_the_limit(read, make_docx, make_pdf):
    text = "双方は、一致した。" * 20
    for data in (make_docx(text), make_pdf(text)):
        with pytest.raises(SourceError, match="--max-chars"):
            read(data, limits=Limits(max_chars=100))


def test_too_many_pages(read, make_pdf):
    with pytest.raises(SourceError, match=r"3 pages; the limit is 2 \(--max-pages\)"):
        read(make_pdf("一\f二\f三"), limits=Limits(max_pages=2))


def test_a_million_pages_are_refused_unread(read):
    """A page tree may say so in a hundred bytes."""
    count = 1_000_000
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, b"3 0 R " * 1000),
        b"<</Type/Pages/Parent 2 0 R/Count 1000/Kids[%s]>>" % (b"4 0 R " * 1000),
        b"<</Type/Page/Parent 3 0 R/MediaBox[0 0 9 9]>>",
    ]
    began = perf_counter()
    with pytest.raises(SourceError) as error:
        read(_pdf(objects))

    assert error.value.code in {"limit", "no_text", "damaged"}
    assert perf_counter() - began < 20


def _pdf(objects):
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        data + b"xref\n0 %d\n0000000000 65535 f \n" % size + table
        + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, start)
    )  # fmt: skip


def _stream(content, header=b""):
    packed = zlib.compress(content)
    return (
        b"%%PDF-1.4\n1 0 obj\n<</Filter/FlateDecode%s>>\nstream\n" % header
        + packed
        + b"\nendstream"
    )


def test_a_stream_that_grows_is_refused():
    with pytest.raises(SourceError, match=r"grow to more than 1,000,000 bytes.*--max-bytes"):
        refuse_bombs(_stream(b" " * 2_000_000), "a.pdf", Limits(max_bytes=1_000_000))
    with pytest.raises(SourceError, match="compressed twice"):
        refuse_bombs(b"/Filter [ /FlateDecode /FlateDecode ]", "a.pdf", Limits())


def test_pictures_may_be_as_large_as_they_are():
    header = b"/Type/XObject/Subtype /Image/Width 9"
    refuse_bombs(_stream(b" " * 2_000_000, header), "a.pdf", Limits(max_bytes=1_000_000))


def test_a_document_that_grows_is_refused(read, make_docx):
    data = make_docx("双方は、一致した。" * 400_000)
    with pytest.raises(SourceError, match=r"--max-ratio|--max-bytes"):
        read(data, limits=Limits(max_bytes=5_000_000))
    with pytest.raises(SourceError, match="--max-members"):
        read(make_docx("声明"), limits=Limits(max_members=3))


@pytest.mark.parametrize("kind", ["text", "page"])
def test_a_paragraph_of_ten_megabytes_is_read(read, kind):
    text = "双方は、防災協力の重要性を確認した。" * 185_000
    began = perf_counter()
    source = read((text if kind == "text" else f"<p>{text}</p>").encode())

    assert source.text == text
    assert perf_counter() - began < 20


def test_devices_and_pipes_are_not_read(tmp_path):
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    for path in (pipe, "/dev/zero", tmp_path):
        with pytest.raises(SourceError, match="a file is needed") as error:
            read_source(path)
        assert error.value.code == "unreadable"


@pytest.mark.parametrize("path", ["", "a\x00b.txt", "x" * 5_000])
def test_paths_that_cannot_be(path):
    with pytest.raises(SourceError) as error:
        read_source(path)

    assert error.value.code in {"missing", "unreadable"}


@pytest.mark.parametrize("data", ["協\x00力".encode(), b"\xff\xfe\x42\xd8\x42\xd8"])
def test_nul_and_halves_of_surrogates_are_refused(read, data):
    with pytest.raises(SourceError):
        read(data)


def test_controls_of_direction_stay_in_the_source_and_leave_the_clean_text(read):
    source = read("双方は、\u202e一致\u202cした。".encode())

    assert "\u202e" in source.text
    assert "\u202e" not in read_statement(source).text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n", "PNG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Office file"),
        (b"{\\rtf1", "RTF"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"MIME-Version: 1.0\n", "web archive"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\x1c\x67-lh5-\x00", "LZH"),
        (b"a.txt".ljust(257, b"\0") + b"ustar\x0000", "TAR"),
    ],
)
def test_formats_that_are_not_read_are_named(read, data, kind):
    with pytest.raises(SourceError, match=kind) as error:
        read(data)

    assert error.value.code == "format"
