"""One statement in every format: the same clean text, and the same annotations."""

import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from seimeibun.statement import read_statement

STEMS = sorted(path.stem for path in (Path(__file__).parents[2] / "data/statements").glob("*.txt"))
FORMATS = ("pdf, not embedded", "pdf, embedded", "page", "page in cp932", "page in EUC-JP", "page in ISO-2022-JP", "wrapped page", "docx")  # fmt: skip


@pytest.fixture
def made(make_pdf, make_html, make_docx, fonts):
    """Return a function from text and format to bytes."""

    def page(text, charset, **options):
        return make_html(text, charset=charset, **options).encode(charset, "xmlcharrefreplace")

    make = {
        "pdf, not embedded": lambda text: make_pdf(text, head="" if len(text) < 900 else "某省資料", numbers="- {} -"),
        "pdf, embedded": lambda text: make_pdf(text, font=fonts[1], numbers="{}/{}"),
        "page": lambda text: page(text, "utf-8"),
        "page in cp932": lambda text: page(text, "cp932"),
        "page in EUC-JP": lambda text: page(text, "euc_jp"),
        "page in ISO-2022-JP": lambda text: page(text, "iso2022_jp"),
        "wrapped page": lambda text: page(text, "utf-8", wrapped=True),
        "docx": make_docx,
    }  # fmt: skip
    return lambda text, kind: make[kind](text)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("stem", STEMS)
def test_every_format_has_the_same_clean_text(stem, kind, statements, made, read):
    text = statements[stem].replace("\r\n", "\n").strip("\n")
    plain = read_statement(text)
    source = read(made(text, kind))
    found = read_statement(source)

    assert found.text == plain.text
    assert [(p.kind, p.number) for p in found.paragraphs] == [
        (p.kind, p.number) for p in plain.paragraphs
    ]
    assert "conservation" not in " ".join(source.warnings)


SIGNS = """日本国とベトナム社会主義共和国との間の経済協力に関する共同声明

2025年3月14日、東京

１　𠮷野康平日本国内閣総理大臣は、髙橋外務大臣及び﨑山駐ベトナム日本国特命全権大使と共に、グエン・ヴァン・ミン首相を歓迎した。
２　⽇本側は、⺠間企業（㈱大森商事を含む。）による①海上安全、②防災、③人材育成の３分野への投資を支援する意向を表明した。
３　双方は、2026年～2028年に約３億ドル、2029年〜2030年に50億円を供与すること－２０３０年までに事業を終えること―で一致した。
４　ベトナム側は、日本国民の⻑年の支援に対し、深甚なる謝意を表明した。
"""


def _annotations(path, nlp):
    """Return the annotations and acts of a file, how often each, without where they stand."""
    from seimeibun import annotate
    from seimeibun.tables.build import tables

    made = tables([annotate(path, nlp=nlp)])
    rows = made["annotations"][["layer", "label", "value", "sent_no"]]
    columns = ["category", "actor_resolved", "target_resolved", "level", "polarity"]
    acts = made["agreements"][columns]
    return [Counter(map(tuple, df.fillna("").to_numpy().tolist())) for df in (rows, acts)]


@pytest.fixture
def annotations(nlp, tmp_path):
    def annotations(data):
        path = tmp_path / "2019-05-28_statement"
        path.write_bytes(data)
        return _annotations(path, nlp)

    return annotations


@pytest.mark.model
def test_every_format_has_the_same_annotations(statements, made, annotations):
    text = statements["2019-05-28_japan-laos_joint-statement"].strip("\n")
    plain = annotations(text.encode())

    assert sum(plain[0].values()) > 100
    for kind in FORMATS:
        assert annotations(made(text, kind)) == plain, kind


@pytest.mark.model
def test_signs_that_readers_lose_have_the_same_annotations_in_every_format(
    made, annotations, nlp, tmp_path
):
    plain = annotations(SIGNS.encode())

    values = {value for layer, _, value, _ in plain[0] if layer in {"date", "money"}}
    assert {"2025-03-14", "2026/2028", "2029/2030"} <= values
    assert {("THANK", "VNM"), ("COMMIT", "JPN")} <= {act[:2] for act in plain[1]}
    for kind in FORMATS:
        if kind != "pdf, embedded":
            assert annotations(made(SIGNS, kind)) == plain, kind
    drawn = SIGNS.replace("𠮷", "吉")  # the font has no glyph for the other
    assert annotations(made(drawn, "pdf, embedded")) == annotations(drawn.encode())
    with zipfile.ZipFile(tmp_path / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("声明/a", made(SIGNS, "docx"))
    assert _annotations(tmp_path / "all.zip!声明/a", nlp) == plain


@pytest.mark.browser
def test_a_page_that_chromium_printed_has_the_same_clean_text(chromium, statements, made, read):
    stems = [
        "2009-05-14_japan-slovenia_joint-press-release",
        "2020-09-12_asian-maritime-cooperation-fm3_chairs-statement",
    ]
    for text in (*(statements[stem] for stem in stems), SIGNS):
        drawn = text.replace("𠮷", "吉").strip("\n")
        plain = read_statement(drawn)
        source = read(_printed(chromium, made(drawn, "page"), "25mm"))
        found = read_statement(source)

        assert source.media_type == "application/pdf"
        assert found.text == plain.text
        assert [p.number for p in found.paragraphs] == [p.number for p in plain.paragraphs]


@pytest.mark.model
@pytest.mark.browser
def test_a_page_that_chromium_printed_has_the_same_annotations(chromium, made, annotations):
    drawn = SIGNS.replace("𠮷", "吉")

    found = annotations(_printed(chromium, made(drawn, "page"), "20mm"))
    assert found == annotations(drawn.encode())


def _printed(chromium, page, margin):
    """Return a web page as Chromium prints it, without menus, in a font that every machine of the tests has."""
    import base64

    import matplotlib_fontja

    font = Path(matplotlib_fontja.__file__).parent / "fonts/ipaexg.ttf"
    data = base64.b64encode(font.read_bytes()).decode()
    style = (
        f"@font-face {{font-family: j; src: url(data:font/ttf;base64,{data})}}"
        "body {font-family: j} header, footer {display: none}"
    )
    tab = chromium.new_page()
    tab.set_content(page.decode())
    tab.add_style_tag(content=style)
    tab.evaluate("document.fonts.ready")
    sides = dict.fromkeys(("top", "bottom", "left", "right"), margin)
    printed = tab.pdf(format="A4", margin=sides)
    tab.close()
    return printed


def test_a_dataset_of_all_formats_holds(statements, made, annotate_by_hand, tmp_path):
    from seimeibun.sources import read_source
    from seimeibun.tables.build import TableBuilder
    from seimeibun.tables.write import write_dataset
    from seimeibun.verify import verify_dataset

    text = statements["2013-11-20_japan-kenya_exchange-of-notes"].strip("\n")
    builder, texts = TableBuilder(), {}
    for number, kind in enumerate(FORMATS):
        path = tmp_path / f"{number}.bin"  # the name says nothing
        path.write_bytes(made(text, kind))
        source = read_source(path)
        doc = next(annotate_by_hand([read_statement(source)]))
        builder.add(doc, doc_id=str(number), source_path=path.name)
        texts[str(number)] = source.text
    tables = builder.tables()
    write_dataset(tables, texts, tmp_path / "out")

    assert verify_dataset(tmp_path / "out").violations == []
    documents = tables["documents"].set_index("doc_id")
    assert documents["media_type"].tolist() == [
        *["application/pdf"] * 2,
        *["text/html"] * 5,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ]
    assert (documents["n_source_chars"] >= len("".join(text.split()))).all()
    pages = tables["paragraphs"].groupby("doc_id")["page"].max()
    assert pages["0"] == pages["1"] == 2
    assert pages[["2", "7"]].isna().all()
    assert "page numbers of 2 pages left out" in documents["warnings"]["0"]
    assert float(documents["dropped_share"]["2"]) > 0


def test_formats_are_imported_when_they_are_needed():
    code = "import sys, seimeibun.sources; sys.exit(bool({'bs4', 'pypdfium2', 'docx', 'lxml'} & {*sys.modules}))"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
