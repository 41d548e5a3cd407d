"""One statement in every format: the same clean text, and the same annotations."""

import subprocess
import sys
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
