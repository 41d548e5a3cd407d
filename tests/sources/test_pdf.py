"""PDF: characters, pages, what stands round the text, and what cannot be read."""

import hashlib
from io import BytesIO

import pytest

from seimeibun.sources import SourceError
from seimeibun.statement import read_statement

SIGNS = "𠮷 髙 﨑 ⽇ ⺠ ① ㈱ ～ 〜 － ―"
SENTENCE = "双方は、２０２５年に協力することで一致した。"


def test_every_character_comes_out_as_written(make_pdf, read):
    source = read(make_pdf(f"{SIGNS}\n{SENTENCE}"))

    assert source.text == f"{SIGNS}\n{SENTENCE}"
    assert source.media_type == "application/pdf"
    assert (source.n_source_chars, source.n_dropped, source.warnings) == (33, 0, ())


def test_radicals_are_folded_in_the_clean_text_only(make_pdf, read):
    statement = read_statement(read(make_pdf("⽇本の⺠間企業は、協力することで一致した。")))

    assert statement.source.text.startswith("⽇本の⺠間")
    assert statement.text.startswith("日本の民間")
    assert "2 CJK radicals" in " ".join(statement.warnings)


def test_an_embedded_font_says_which_glyphs_have_no_character(make_pdf, fonts, read):
    source = read(make_pdf(f"𠮷田は、{SIGNS[2:]}\n{SENTENCE * 3}", font=fonts[1]))

    assert source.text.startswith(f"田は、{SIGNS[2:]}")
    assert source.warnings == ("1 glyphs left out: their font does not say which character",)
    assert source.n_dropped == 1


def test_the_digest_is_that_of_the_file(make_pdf, read):
    data = make_pdf(SENTENCE)

    assert read(data).sha256 == hashlib.sha256(data).hexdigest()


def test_pages_are_parted_by_form_feeds_and_numbered(make_pdf, read):
    source = read(
        make_pdf(
            f"共同声明\n\n１　{SENTENCE}\f２　双方は、歓迎した。\f\f３　双方は、首脳会談の開催を確認した。"
        )
    )
    statement = read_statement(source)

    assert source.text.count("\f") == 3
    assert [paragraph.page for paragraph in statement.paragraphs] == [1, 1, 2, 4]


def test_one_page_is_page_1(make_pdf, read):
    assert {p.page for p in read_statement(read(make_pdf(SENTENCE))).paragraphs} == {1}


def test_a_sentence_goes_on_over_the_page(make_pdf, read):
    text = "双方は、経済協力を一層強化し、人的交流を拡大し、地域の平和と安定に向けて共に取り組むことで一致した。"
    pages = f"{SENTENCE * 4}\n{text[:38]}\f{text[38:]}\n{SENTENCE * 4}"
    statement = read_statement(read(make_pdf(pages, numbers="- {} -")))

    assert text in statement.text


@pytest.mark.parametrize("numbers", ["- {} -", "{}", "{}/{}", "P.{}", "{}ページ", "－ {} －"])
def test_page_numbers_are_left_out_and_said(make_pdf, read, numbers):
    source = read(make_pdf(f"{SENTENCE}\f{SENTENCE}\f{SENTENCE}", numbers=numbers))

    assert source.text == f"{SENTENCE}\f{SENTENCE}\f{SENTENCE}"
    assert source.warnings[0] == "page numbers of 3 pages left out"
    assert source.n_source_chars == source.n_dropped + 3 * len(SENTENCE)


def test_running_heads_are_left_out_and_listed(make_pdf, read):
    source = read(make_pdf("\f".join([SENTENCE] * 3), head="某省 資料 第3号", numbers="{}"))

    assert source.text == "\f".join([SENTENCE] * 3)
    assert "running heads left out: 「某省 資料 第3号」" in source.warnings


@pytest.mark.parametrize("pages", [1, 2])
def test_the_text_of_a_page_is_no_head(make_pdf, read, pages):
    """The same sentence at the same place is text where it stands in the middle of the page."""
    source = read(make_pdf("\f".join(["\n\n\n" + SENTENCE] * pages)))

    assert source.text.count(SENTENCE) == pages


def test_numbers_in_the_text_stay(make_pdf, read):
    assert read(make_pdf(f"１\n{SENTENCE}\n２\n{SENTENCE}")).text.count("\n") == 3


def test_vertical_writing_is_read_by_columns(make_pdf, read):
    text = (
        "　日本国と白鳥共和国は、平成二十七年二月十二日、両国の間の文化協力に関する協定に署名した。"
        "双方は、協力を強化することで一致した。双方は、来年に次回の会合を東京で開くこと、及び閣僚級の対話を毎年行うことを確認した。"
    )
    source = read(make_pdf(text, vertical=True))
    statement = read_statement(source)

    assert statement.text == text.strip()
    assert source.warnings == ("縦書き: vertical writing on page 1, columns read right to left",)


def test_columns_are_read_from_the_right_whatever_their_order_in_the_file(fonts, read):
    from reportlab.pdfgen.canvas import Canvas

    file = BytesIO()
    canvas = Canvas(file)
    columns = [
        "日本国と白鳥共和国は、協力を",
        "強化することで一致し、平成二十",
        "七年に協定を結ぶ。",
    ]
    for at, column in reversed(list(enumerate(columns))):
        canvas.setFont(fonts[1], 12)
        for down, sign in enumerate(column):
            canvas.drawString(500 - 20 * at, 750 - 12 * down, sign)
    canvas.drawString(300, 30, "- 1 -")
    canvas.save()

    assert read(file.getvalue()).text == "\n".join(columns)


def _picture(pages, *, text=""):
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    file = BytesIO()
    canvas = Canvas(file)
    for _ in range(pages):
        canvas.drawImage(ImageReader(Image.new("RGB", (40, 60), "grey")), 0, 0, 595, 842)
        canvas.drawString(10, 10, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.mark.parametrize("text", ["", "scan 3"])
def test_a_scan_is_an_error_that_asks_for_ocr(read, text):
    with pytest.raises(SourceError, match="スキャンPDF: OCR が必要") as error:
        read(_picture(3, text=text))

    assert error.value.code == "scanned"


def test_pages_without_any_text_are_an_error(read):
    from reportlab.pdfgen.canvas import Canvas

    file = BytesIO()
    canvas = Canvas(file)
    canvas.rect(10, 10, 100, 100)
    canvas.save()
    with pytest.raises(SourceError, match="文字情報のないPDF: OCR が必要") as error:
        read(file.getvalue())

    assert error.value.code == "no_text"


def test_an_encrypted_pdf_is_refused_with_a_word(make_pdf, read):
    from reportlab.lib.pdfencrypt import StandardEncryption

    with pytest.raises(SourceError, match="暗号化") as error:
        read(make_pdf(SENTENCE, encrypt=StandardEncryption("open sesame", strength=128)))

    assert error.value.code == "encrypted"


def test_a_pdf_that_only_its_owner_may_change_can_be_read(make_pdf, read):
    from reportlab.lib.pdfencrypt import StandardEncryption

    data = make_pdf(SENTENCE, encrypt=StandardEncryption("", "owner", strength=128))

    assert read(data).text == SENTENCE


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.4\n%\xe2\xe3\n1 0 obj\n<<>>\nendobj"])
def test_a_damaged_pdf_is_an_error(read, data):
    with pytest.raises(SourceError) as error:
        read(data)

    assert error.value.code == "damaged"


def test_a_pdf_is_known_by_its_bytes(make_pdf, read):
    assert read(b"\n\n" + make_pdf(SENTENCE), name="声明.txt").text == SENTENCE


@pytest.fixture
def draw_pdf(fonts):
    """Return a function that gives the PDF of one page that another draws on a canvas."""
    from reportlab.pdfgen.canvas import Canvas

    def make(draw, font=fonts[1]):
        file = BytesIO()
        canvas = Canvas(file, pagesize=(595, 842), invariant=1)
        canvas.setFont(font, 12)
        draw(canvas)
        canvas.showPage()
        canvas.save()
        return file.getvalue()

    return make


def draw_lines(canvas, lines, left=72, top=500):
    for at, line in enumerate(lines):
        canvas.drawString(left, top - 20 * at, line)


@pytest.mark.parametrize("font", [0, 1])
@pytest.mark.parametrize("left", [180, 320])  # 24 points from the end of the first, and more
def test_signatures_side_by_side_are_cells(draw_pdf, fonts, read, font, left):
    def draw(canvas):
        draw_lines(canvas, ["双方は、港の整備を確認した。"], top=700)
        draw_lines(canvas, ["日本国外務大臣"])
        draw_lines(canvas, ["某国外務大臣"], left)
        draw_lines(canvas, ["湊　太郎"], top=480)
        draw_lines(canvas, ["ジョン・スミス"], left, top=480)

    text = read(draw_pdf(draw, fonts[font])).text

    assert text.split("\n")[1:] == ["日本国外務大臣\t某国外務大臣", "湊　太郎\tジョン・スミス"]
    assert "日本国外務大臣某国" not in read_statement(text).text


def test_western_signatures_side_by_side_are_cells(draw_pdf, read):
    def draw(canvas):
        draw_lines(canvas, ["双方は、会談した。"], top=700)
        canvas.setFont("Helvetica", 12)
        draw_lines(canvas, ["Minister of Foreign Affairs"])
        draw_lines(canvas, ["Secretary of State"], 320)

    assert read(draw_pdf(draw)).text.endswith("Minister of Foreign Affairs\tSecretary of State")


@pytest.mark.parametrize("spread", [0, 2, 6, 12])
def test_lines_that_are_justified_have_no_cells(draw_pdf, read, spread):
    line, words = "双方は、港の整備を確認した。", "Both sides confirmed cooperation"

    def draw(canvas):
        for top, font, text in ((700, canvas._fontname, line), (600, "Helvetica", words)):
            written = canvas.beginText(72, top)
            written.setFont(font, 12)
            written.setCharSpace(spread if text is line else 0)
            written.setWordSpace(0 if text is line else 2 * spread)
            written.textLine(text)
            canvas.drawText(written)

    text = read(draw_pdf(draw)).text

    assert "\t" not in text
    assert text.replace(" ", "") == f"{line}\n{words}".replace(" ", "")


def test_titles_and_names_that_are_spaced_out_have_no_cells(draw_pdf, read):
    def draw(canvas):
        for at, sign in enumerate("共同声明"):
            canvas.drawString(120 + 60 * at, 700, sign)
        draw_lines(canvas, ["湊　太郎は、会談した。"])

    text = read(draw_pdf(draw)).text

    assert "\t" not in text
    assert "共同声明" in read_statement(text).text


def test_a_line_that_begins_with_one_character_is_a_line(draw_pdf, read):
    rows = [("案件", "金額", "時期"), ("港の整備", "三億円", "二〇二五年"), ("橋", "五億円", "二〇二六年")]  # fmt: skip

    def draw(canvas):
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                canvas.drawString(72 + 120 * column, 700 - 20 * at, cell)

    lines = read(draw_pdf(draw)).text.split("\n")

    assert [line.split() for line in lines] == [list(row) for row in rows]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_lines_stay_in_order_on_a_page_that_was_turned_the_wrong_way(draw_pdf, read, angle):
    lines = ["双方は、二国間の協力に", "ついて意見を交換し、港", "の整備を確認した。"]

    def draw(canvas):
        canvas.setPageRotation(angle)
        canvas.setFont(canvas._fontname, 12)
        draw_lines(canvas, lines)

    assert read(draw_pdf(draw)).text == "\n".join(lines)


def test_what_lies_outside_the_page_is_left_out_and_said(draw_pdf, read):
    def draw(canvas):
        draw_lines(canvas, ["双方は、港の整備を確認した。"])
        canvas.drawString(72, 900, "表紙")

    source = read(draw_pdf(draw))

    assert source.text == "双方は、港の整備を確認した。"
    assert source.n_dropped == 2
    assert source.warnings[0] == "page 1: text outside the page left out"


def test_readings_over_words_are_left_out_and_said(draw_pdf, read):
    def draw(canvas):
        draw_lines(canvas, ["双方は、湊の整備を確認した。", "かな"])
        canvas.setFont(canvas._fontname, 6)
        canvas.drawString(72 + 4 * 12, 513, "みなと")

    source = read(draw_pdf(draw))

    assert source.text == "双方は、湊の整備を確認した。\nかな"
    assert source.warnings[0] == "readings (ルビ) of 3 characters left out"


def test_notes_and_fields_of_a_form_are_counted(draw_pdf, read):
    def draw(canvas):
        draw_lines(canvas, ["双方は、会談した。"])
        canvas.textAnnotation("注釈", (300, 600, 400, 700))
        canvas.acroForm.textfield(name="full", value="Minato", x=220, y=730, width=200)
        canvas.acroForm.textfield(name="void", value="", x=220, y=630, width=200)
        canvas.linkURL("https://example.invalid/", (72, 740, 200, 760))

    (warning,) = read(draw_pdf(draw)).warnings

    assert warning.startswith("2 notes or fields of a form (注釈・入力欄) not read: page 1")
