"""Word documents: order, what Word hides and counts, and what is not read."""

import builtins
import zipfile
from io import BytesIO

import pytest

from seimeibun.sources import SourceError
from seimeibun.sources.docx_numbers import written

SIGNS = "𠮷 髙 﨑 ⽇ ⺠ ① ㈱ ～ 〜 － ―"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _with(data, part, change):
    """Return a container with one part changed."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info, change(content) if info.filename == part else content)
    return file.getvalue()


@pytest.fixture
def of_body(make_docx, read):
    """Return a function from the XML of a body to its source text."""

    def of(xml):
        body = f'<w:document xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>{xml}</w:body></w:document>'
        return read(_with(make_docx("x"), "word/document.xml", lambda _: body.encode()))

    return of


def test_every_character_comes_out_as_written(make_docx, read):
    source = read(make_docx(f"{SIGNS}\n双方は、一致した。"), name="statement.pdf")

    assert source.text == f"{SIGNS}\n双方は、一致した。"
    assert source.media_type.endswith("wordprocessingml.document")
    assert (source.n_source_chars, source.n_dropped, source.warnings) == (20, 0, ())


def test_paragraphs_and_tables_come_in_the_order_of_the_document(make_docx, read):
    def prepare(document):
        table = document.add_table(2, 2)
        for cell, text in zip(table._cells, ["場所", "東京", "期日", "3日"], strict=True):
            cell.text = text
        document.add_paragraph("双方は、一致した。")
        long = document.add_table(1, 1).cell(0, 0)
        long.text = "一"
        long.add_paragraph("二")

    source = read(make_docx("共同声明", prepare=prepare))

    assert source.text == "共同声明\n場所\t東京\n期日\t3日\n双方は、一致した。\n一\n二"


@pytest.mark.parametrize(
    ("xml", "text", "dropped"),
    [
        ("<w:p><w:r><w:t>双方</w:t></w:r><w:r><w:t>は、</w:t></w:r></w:p>", "双方は、", 0),
        ("<w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t><w:tab/><w:t>三</w:t></w:r></w:p>", "一\n二\t三", 0),
        ("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>一</w:t></w:r></w:p>", "一", 0),
        ("<w:p><w:hyperlink><w:r><w:t>協定</w:t></w:r></w:hyperlink></w:p>", "協定", 0),
        ("<w:p><w:r><w:t>新</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>旧い</w:t></w:r></w:p>", "新", 2),
        ("<w:p><w:r><w:rPr><w:dstrike w:val='0'/></w:rPr><w:t>新</w:t></w:r></w:p>", "新", 0),
        ("<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr><w:r><w:t>一つの</w:t></w:r></w:p><w:p><w:r><w:t>段落</w:t></w:r></w:p>", "一つの段落", 0),
        ("<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧い</w:delText></w:r></w:del></w:p>", "新", 2),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隠</w:t></w:r><w:r><w:t>見</w:t></w:r></w:p>", "見", 1),
        ("<w:p><w:r><w:ruby><w:rt><w:r><w:t>とう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>東</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>", "東", 2),
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>枠</w:t></w:r></w:p></w:sdtContent></w:sdt>", "枠", 0),
        ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>入力</w:t></w:r></w:p></w:sdtContent></w:sdt><w:p><w:r><w:t>文</w:t></w:r></w:p>", "文", 2),
        ("<w:p><w:r><w:t>前</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>箱</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>箱</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>後</w:t></w:r></w:p>", "前後\n箱", 1),
        ("<w:p><w:r><w:fldChar/><w:instrText>PAGE</w:instrText><w:t>3</w:t></w:r></w:p>", "3", 0),
    ],
)  # fmt: skip
def test_what_word_holds_beside_plain_runs(of_body, xml, text, dropped):
    source = of_body(xml)

    assert (source.text, source.n_dropped) == (text, dropped)
    assert "conservation" not in " ".join(source.warnings)


def test_numbers_that_word_counts_are_written(make_docx, read):
    def prepare(document):
        for text, style in [("一", "List Number"), ("二", "List Number"), ("点", "List Bullet")]:
            document.add_paragraph(text, style=style)

    source = read(make_docx("声明", prepare=prepare))

    assert source.text == "声明\n1. 一\n2. 二\n点"
    assert source.warnings == ("2 numbers of lists written as Word shows them",)


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        ("decimal", "1 2 10"),
        ("decimalFullWidth", "１ ２ １０"),
        ("upperRoman", "I II X"),
        ("aiueo", "ア イ コ"),
        ("iroha", "イ ロ ヌ"),
        ("japaneseCounting", "一 二 十"),
        ("decimalEnclosedCircle", "① ② ⑩"),
        ("lowerLetter", "a b j"),
        ("unheardOf", "1 2 10"),
    ],
)
def test_kinds_of_numbers(kind, numbers):
    assert " ".join(written(number, kind) for number in (1, 2, 10)) == numbers


def test_heads_and_notes_are_not_text_and_said(make_docx, read):
    def prepare(document):
        document.sections[0].header.paragraphs[0].text = "某省資料"

    source = read(make_docx("双方は、一致した。", prepare=prepare))

    assert source.text == "双方は、一致した。"
    assert source.n_dropped == 4
    assert "running heads left out: 「某省資料」" in source.warnings


def test_without_python_docx_the_error_says_what_to_install(make_docx, read, monkeypatch):
    data = make_docx("声明")
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "docx":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(SourceError, match=r"pip install 'ja-seimeibun\[docx\]'") as error:
        read(data)

    assert error.value.code == "extra"


def _text_or_code(read, data):
    try:
        return read(data).text
    except SourceError as error:
        return error.code


@pytest.mark.parametrize("depth", [2, 9])
def test_entities_do_not_grow(make_docx, read, depth):
    entities = '<!ENTITY a0 "声明">' + "".join(
        f'<!ENTITY a{level + 1} "{f"&a{level};" * 10}">' for level in range(depth)
    )
    body = f'<!DOCTYPE x [{entities}]><w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>本文&a{depth};</w:t></w:r></w:p></w:body></w:document>'
    data = _with(make_docx("x"), "word/document.xml", lambda _: body.encode())

    assert _text_or_code(read, data) in {"本文", "damaged"}


@pytest.mark.parametrize("change", [lambda _: b"", lambda data: data[:-20], lambda _: b"<a/>"])
def test_a_damaged_document_is_an_error(make_docx, read, change):
    with pytest.raises(SourceError) as error:
        read(_with(make_docx("声明"), "word/document.xml", change))

    assert error.value.code in {"damaged", "empty"}


@pytest.mark.parametrize(
    ("part", "word"), [("xl/workbook.xml", "Excel"), ("ppt/presentation.xml", "PowerPoint"), ("mimetype", "OpenDocument"), ("a.txt", "ZIP archive")]
)  # fmt: skip
def test_other_containers_are_named(read, part, word):
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(part, "x")
    with pytest.raises(SourceError, match=word) as error:
        read(file.getvalue())

    assert error.value.code == "format"


def test_what_is_struck_out_is_said(make_docx, read):
    def prepare(document):
        document.add_paragraph("双方は、").add_run("二億円").font.strike = True

    source = read(make_docx("共同声明", prepare=prepare))

    assert source.text == "共同声明\n双方は、"
    assert "3 characters that are struck out (取消線) left out" in source.warnings


def test_strict_open_xml_is_named(make_docx, read):
    data = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(make_docx("共同声明"))) as given,
        zipfile.ZipFile(data, "w") as strict,
    ):
        for name in given.namelist():
            part = given.read(name).replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            strict.writestr(name, part)

    with pytest.raises(SourceError, match="Strict Open XML"):
        read(data.getvalue())


def test_a_password_is_named(read):
    data = b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le")

    with pytest.raises(SourceError, match="password") as refused:
        read(data)

    assert refused.value.code == "encrypted"
