import codecs
import hashlib
import pickle

import pytest

from seimeibun.sources import SourceError, SourceText, read_text

TEXT = "双方は、防災協力の重要性を確認し、２０２１年に協議を行うことで一致した。\n"


@pytest.fixture
def write(tmp_path):
    def write(data: bytes, name="statement.txt"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


@pytest.mark.parametrize(
    ("data", "encoding", "method", "bom"),
    [
        (TEXT.encode("utf-8"), "utf-8", "utf-8", False),
        (codecs.BOM_UTF8 + TEXT.encode("utf-8"), "utf-8", "bom", True),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le", "bom", True),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be", "bom", True),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le", "bom", True),
        (TEXT.encode("cp932"), "cp932", "plausibility", False),
        (TEXT.encode("euc_jp"), "euc_jp", "plausibility", False),
        (TEXT.encode("iso2022_jp"), "iso2022_jp_ext", "escape", False),
    ],
)
def test_encodings_are_found(write, data, encoding, method, bom):
    source = read_text(write(data))

    assert source.text == TEXT
    assert (source.encoding, source.encoding_method, source.bom) == (encoding, method, bom)
    assert source.sha256 == hashlib.sha256(data).hexdigest()


SHORT = ["日米首脳会談", "東京宣言", "カリブ諸国", "友好協力条約", "両大臣は、"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(text, encoding) for text in SHORT for encoding in ("cp932", "euc_jp", "utf-8")]
    + [(text, encoding) for text in ("㈱と①", "髙﨑") for encoding in ("cp932", "utf-8")],
)
def test_a_few_characters_are_enough(write, text, encoding):
    assert read_text(write(text.encode(encoding))).text == text


def test_euc_with_the_characters_of_2004(write):
    text = "俱楽部の代表は、協力で一致した。"

    assert read_text(write(text.encode("euc_jis_2004"))).text == text


@pytest.mark.parametrize("name", ["Shift_JIS", "sjis", "x-sjis", "cp932", "ms932", "windows-31j"])
def test_shift_jis_means_what_browsers_read(write, name):
    source = read_text(write("①㈱".encode("cp932")), encoding=name)

    assert (source.text, source.encoding, source.encoding_method) == ("①㈱", "cp932", "given")


def test_a_given_encoding_overrides_and_still_loses_the_mark(write):
    data = codecs.BOM_UTF8 + TEXT.encode("utf-8")

    assert read_text(write(data), encoding="utf-8").text == TEXT
    assert (
        read_text(write(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le")), encoding="utf-16").text
        == TEXT
    )


@pytest.mark.parametrize(
    ("text", "newline"),
    [
        ("一\n二\n", "lf"),
        ("一\r\n二", "crlf"),
        ("一\r二", "cr"),
        ("一\r\n二\n", "mixed"),
        ("一", ""),
    ],
)
def test_line_ends_stay_and_are_recorded(write, text, newline):
    source = read_text(write(text.encode("utf-8")))

    assert (source.text, source.newline) == (text, newline)


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "empty", ["0 bytes"]),
        (" \n　\n".encode(), "empty", ["white space"]),
        (codecs.BOM_UTF8, "empty", ["white space"]),
        (b"%PDF-1.7\n\x93\x8c\x8b\x9e", "binary", ["PDF", ".txt"]),
        (b"PK\x03\x04\x14\x00", "binary", ["ZIP"]),
        (b"\x01\x02\x00\x03" * 50, "binary", ["NUL", "position 2", "UTF-16"]),
        (bytes(range(1, 32)) * 10, "binary", ["control bytes"]),
        (
            TEXT.encode("utf-8")[:30] + b"\xff" + TEXT.encode("utf-8")[30:],
            "encoding",
            ["utf-8: bytes ff", "position 30"],
        ),
        (TEXT.encode("cp932") + b"\x80\xff", "encoding", ["cp932", "position"]),
        ("Déclaration conjointe: amitié".encode("cp1252"), "encoding", ["utf-8", "euc_jp"]),
        ("縺ｪ縺ｫ繧偵＠縺ｦ縺".encode("cp932"), "encoding", ["not to Japanese"]),
    ],
)
def test_what_cannot_be_read_is_refused_with_place_and_reason(write, data, code, words):
    path = write(data, "bad.txt")
    with pytest.raises(SourceError) as error:
        read_text(path)

    assert error.value.code == code
    assert str(error.value).startswith(str(path))
    for word in words:
        assert word in str(error.value)


def test_a_surrogate_half_is_refused(write):
    data = (
        codecs.BOM_UTF16_LE + "協力".encode("utf-16-le") + b"\x42\xd8" + "一致".encode("utf-16-le")
    )
    with pytest.raises(SourceError, match="position 6"):
        read_text(write(data))


def test_a_given_encoding_that_does_not_fit_is_an_error_with_the_position(write):
    with pytest.raises(SourceError, match="not utf-8: bytes 91 6f") as error:
        read_text(write(TEXT.encode("cp932")), encoding="utf-8")

    assert error.value.code == "encoding"


@pytest.mark.parametrize("name", ["utf-9", "base64", ""])
def test_an_encoding_that_does_not_exist_is_named(write, name):
    with pytest.raises(SourceError) as error:
        read_text(write(TEXT.encode("utf-8")), encoding=name)

    assert error.value.code == "encoding_name"
    assert "cp932" in str(error.value)


def test_missing_files_and_folders(tmp_path):
    with pytest.raises(SourceError, match="no such file"):
        read_text(tmp_path / "none.txt")
    with pytest.raises(SourceError, match="cannot be read"):
        read_text(tmp_path)


def test_errors_travel_between_processes():
    error = pickle.loads(pickle.dumps(SourceError("a.txt", "empty", "the file is empty")))

    assert (str(error), error.path, error.code) == ("a.txt: the file is empty", "a.txt", "empty")


def test_a_string_is_a_source_too():
    source = SourceText.of("一\r\n二")

    assert (source.path, source.text, source.newline, source.bom) == ("", "一\r\n二", "crlf", False)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TEXT.encode().decode("cp932", "replace"), "文字化け: the text is garbled"),
        (TEXT.encode().decode("latin-1"), "文字化け: the text is garbled"),
        (TEXT.encode("ascii", "replace").decode(), "文字化け: most of the text is question marks"),
        (TEXT.replace("双方", "\ufffd\ufffd"), "2 characters are lost"),
        ("양측은 회담하고 항만 정비에 합의하였으며 협력을 확인했다.", "of another language"),
    ],
)
def test_a_text_that_was_damaged_before_is_said(write, text, words):
    assert any(words in warning for warning in read_text(write(text.encode())).warnings)


@pytest.mark.parametrize(
    "text",
    [TEXT, "Joint Statement between both sides, 2021?", "第１回会談（２０２１年）　港の整備"],
)
def test_what_is_whole_is_not_called_damaged(write, text):
    assert read_text(write(text.encode())).warnings == ()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("双方于四月三日举行会谈，就港口建设达成一致。两国外长发表联合声明。", "gb18030"),
        ("양측은 4월 3일 회담하고 항만 정비에 합의했다. 또한 양측은 협력을 확인했다.", "euc_kr"),
    ],
)
def test_chinese_and_korean_are_not_read_as_japanese(write, text, encoding):
    with pytest.raises(SourceError, match="no encoding explains the bytes"):
        read_text(write(text.encode(encoding)))
