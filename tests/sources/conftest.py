"""Sources made for the tests: one statement as text, web page, PDF and Word document."""

import html
import re
from io import BytesIO
from pathlib import Path

import pytest

SIGNS = "𠮷 髙 﨑 ⽇ ⺠ ① ㈱ ～ 〜 － ―"
HEISEI = "HeiseiMin-W3"  # not embedded: the reader must know Adobe-Japan1
IPA = "IPAexGothic"  # embedded TrueType
LINE, PAGE = 38, 30  # characters a line, lines a page


@pytest.fixture(scope="session")
def statements():
    """Return the sample statements by the stems of their file names, decoded."""
    from seimeibun.sources import read_text

    folder = Path(__file__).parents[2] / "data/statements"
    return {path.stem: read_text(path).text for path in sorted(folder.glob("*.txt"))}


@pytest.fixture(scope="session")
def fonts():
    import matplotlib_fontja
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFont

    file = Path(matplotlib_fontja.__file__).parent / "fonts/ipaexg.ttf"
    pdfmetrics.registerFont(UnicodeCIDFont(HEISEI))
    pdfmetrics.registerFont(TTFont(IPA, str(file)))
    return (HEISEI, IPA)


def wrap(text, width):
    """Cut every line at ``width`` characters, as a typesetter without rules for line breaks does."""
    for line in text.split("\n"):
        yield from (line[at : at + width] for at in range(0, max(1, len(line)), width))


@pytest.fixture(scope="session")
def make_pdf(fonts):
    """Return a function from text to PDF; "" between form feeds is a page without text."""
    from reportlab.pdfgen.canvas import Canvas

    def make(text, *, font=fonts[0], head="", numbers="", vertical=False, encrypt=None):
        file = BytesIO()
        canvas = Canvas(file, pagesize=(595, 842), encrypt=encrypt, invariant=1)
        pages = []
        for page in text.split("\f"):
            lines = list(wrap(page, LINE))
            pages += [lines[at : at + PAGE] for at in range(0, len(lines), PAGE)]
        for number, lines in enumerate(pages, 1):
            canvas.setFont(font, 12)
            if head:
                canvas.drawString(72, 810, head)
            for at, line in enumerate(lines):
                if vertical:
                    for down, sign in enumerate(line):
                        canvas.drawString(530 - 16 * at, 760 - 12 * down, sign)
                else:
                    canvas.drawString(70, 770 - 20 * at, line)
            if numbers:
                canvas.drawCentredString(297, 30, numbers.format(number, len(pages)))
            canvas.showPage()
        canvas.save()
        return file.getvalue()

    return make


@pytest.fixture(scope="session")
def make_html():
    """Return a function from text to a web page, with the frame that ministries put round it."""

    def make(text, *, charset="utf-8", wrapped=False):
        lines = [html.escape(line) for line in text.split("\n")]
        if wrapped:
            # as an editor wraps: not inside a word or a number
            lines = [
                re.sub(r"([^\x00-\x7f]{20})(?=[^\x00-\x7f])", r"\1\n    ", line) for line in lines
            ]
        body = "\n".join(f"<p>{line}</p>" for line in lines)
        return (
            f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>声明｜某省</title>'
            "<script>var x = '<p>双方</p>';</script></head><body><header>某省<nav><ul><li>ホーム</ul></nav></header>"
            f"<main>{body}</main><footer>著作権</footer></body></html>"
        )

    return make


@pytest.fixture(scope="session")
def make_docx():
    def make(text, *, prepare=None):
        import docx

        document = docx.Document()
        for line in text.split("\n"):
            document.add_paragraph(line)
        if prepare:
            prepare(document)
        file = BytesIO()
        document.save(file)
        return file.getvalue()

    return make


@pytest.fixture
def read():
    """Return a function from bytes to the source text that they hold."""
    from seimeibun.sources.limits import DEFAULT
    from seimeibun.sources.reading import source_from

    def read(data, *, name="statement", limits=DEFAULT, **options):
        return source_from(data, name, limits=limits, **options)

    return read
