"""One statement in every format: the same clean text, and the same annotations."""

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


@pytest.mark.model
def test_every_format_has_the_same_annotations(nlp, statements, made, tmp_path):
    from seimeibun import annotate
    from seimeibun.tables.build import tables

    stem = "2019-05-28_japan-laos_joint-statement"
    text = statements[stem].strip("\n")

    def annotations(data):
        path = tmp_path / "2019-05-28_statement"
        path.write_bytes(data)
        made = tables([annotate(path, nlp=nlp)])
        rows = made["annotations"][["layer", "label", "value", "sent_no"]]
        acts = made["agreements"][["category", "actor_resolved", "target_resolved", "level"]]
        return [Counter(map(tuple, df.fillna("").to_numpy().tolist())) for df in (rows, acts)]

    plain = annotations(text.encode())

    assert sum(plain[0].values()) > 100
    for kind in FORMATS:
        assert annotations(made(text, kind)) == plain, kind
