import json
import re
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import seimeibun.tables
from seimeibun.tables import checks, write
from seimeibun.tables.dialect import write_rows
from seimeibun.tables.document import Document
from seimeibun.tables.read import read_dataset, read_table
from seimeibun.tables.schema import TABLES
from seimeibun.tables.write import write_dataset

texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]))


def _write(doc, folder, **options):
    write_dataset(
        seimeibun.tables([doc]), {doc._.doc_id: Document.of(doc).source}, folder, **options
    )


@pytest.mark.parametrize("guard", [True, False])
def test_everything_is_read_back(make_doc, tmp_path, guard):
    doc = make_doc()
    written = seimeibun.tables([doc])
    _write(doc, tmp_path, excel_guard=guard)

    read = read_dataset(tmp_path)

    assert read.keys() == written.keys()
    for name, df in written.items():
        pd.testing.assert_frame_equal(read[name], df)


def test_values_that_readers_tend_to_lose(make_doc, tmp_path):
    _write(make_doc(), tmp_path)

    read = read_dataset(tmp_path)

    assert read["parties"]["name"].tolist() == ["日本国", "NA"]
    assert read["parties"]["role"].tolist() == ["signatory", ""]
    assert read["documents"]["place"].tolist() == ["－港"]
    assert read["tokens"].query("token == '='").shape[0] == 1
    assert read["money"]["amount_min"].tolist() == [Decimal(300000000)]
    assert read["paragraphs"]["page"].isna().all()
    assert read["agreements"]["passive"].tolist() == [False]


def test_the_guard_is_in_the_file_and_can_be_left_off(make_doc, tmp_path):
    _write(make_doc(), tmp_path / "with")
    _write(make_doc(), tmp_path / "without", excel_guard=False)

    assert "'＝" not in (tmp_path / "with/documents.csv").read_text(encoding="utf-8-sig")
    assert ",'－港," in (tmp_path / "with/documents.csv").read_text(encoding="utf-8-sig")
    assert ",－港," in (tmp_path / "without/documents.csv").read_text(encoding="utf-8-sig")


def test_files_are_made_for_excel(make_doc, tmp_path):
    _write(make_doc(), tmp_path)

    for name in TABLES:
        data = (tmp_path / f"{name}.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.endswith(b"\r\n")


def test_the_text_is_the_source_to_the_last_byte(make_doc, tmp_path):
    doc = make_doc()
    _write(doc, tmp_path)

    assert (tmp_path / "text/minato.txt").read_bytes() == Document.of(doc).source.encode()
    assert b"\r\n" in (tmp_path / "text/minato.txt").read_bytes()


def test_a_second_run_writes_the_same_bytes(make_doc, tmp_path):
    _write(make_doc(), tmp_path / "one")
    _write(make_doc(), tmp_path / "two")

    for path in (tmp_path / "one").rglob("*.*"):
        if path.is_file():
            assert (
                path.read_bytes()
                == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()
            )


@given(st.lists(st.tuples(texts, texts, texts, texts)))
def test_any_text_comes_back(tmp_path_factory, rows):
    path = tmp_path_factory.getbasetemp() / "errors.csv"
    columns = [[row[i] for row in rows] for i in range(4)]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        write_rows(file, TABLES["errors"], columns)

    assert read_table(path).to_numpy().tolist() == [list(row) for row in rows]


def test_a_write_that_fails_leaves_the_old_dataset(make_doc, tmp_path, monkeypatch):
    _write(make_doc(), tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    def fail(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(write.datapackage, "to_json", fail)
    with pytest.raises(OSError, match="No space left"):
        _write(make_doc("other"), tmp_path)

    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_texts_of_documents_that_are_gone_go_too_and_other_files_stay(make_doc, tmp_path):
    _write(make_doc("old"), tmp_path)
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    _write(make_doc("new"), tmp_path)

    assert [path.name for path in (tmp_path / "text").iterdir()] == ["new.txt"]
    assert (tmp_path / "notes.txt").exists()


def test_tables_that_are_not_as_declared_are_not_written(make_doc, tmp_path):
    tables = seimeibun.tables([make_doc()])
    tables["dates"].loc[0, "type"] = "SOMEDAY"

    with pytest.raises(
        ValueError, match=r"not written, since the tables are not as declared: dates\.type, row 1"
    ):
        write_dataset(tables, {}, tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_a_dataset_saved_without_mark_and_with_more_columns_is_read(make_doc, tmp_path):
    _write(make_doc(), tmp_path)
    path = tmp_path / "entities.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text(
        "\n".join([lines[0] + ",memo", *(line + ",'=x" for line in lines[1:])]) + "\n",
        encoding="utf-8",
    )

    assert read_dataset(tmp_path)["entities"]["memo"].tolist() == ["=x", "=x"]


@pytest.mark.parametrize(
    ("name", "old", "new", "complaint"),
    [
        (
            "dates",
            ",2030-12-31,",
            ",1.2.2030,",
            "dates.end_date, row 1: '1.2.2030'; it must be an ISO date",
        ),
        (
            "money",
            "300000000",
            "many",
            "money.csv: row 2: amount_min is 'many'; it must be a decimal number",
        ),
        ("dates", ",false", ",no", "dates.csv: row 2: in_name is 'no'; it must be true or false"),
        (
            "entities",
            ",2,1",
            ",two,1",
            "entities.csv: row 3: n_mentions is 'two'; it must be a whole number",
        ),
        ("entities", "n_docs", "docs", "entities.csv:1: no column n_docs"),
    ],
)
def test_what_is_not_as_declared_is_an_error_when_read(
    make_doc, tmp_path, name, old, new, complaint
):
    _write(make_doc(), tmp_path)
    path = tmp_path / f"{name}.csv"
    text = path.read_bytes().decode("utf-8-sig")
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode("utf-8-sig"))

    with pytest.raises(ValueError, match=re.escape(complaint)):
        read_dataset(tmp_path)


def test_what_is_missing_is_named(make_doc, tmp_path):
    with pytest.raises(FileNotFoundError, match="no such folder"):
        read_dataset(tmp_path / "nowhere")
    _write(make_doc(), tmp_path)
    (tmp_path / "money.csv").unlink()
    with pytest.raises(
        FileNotFoundError, match=r"money.csv is missing; a dataset has documents.csv"
    ):
        read_dataset(tmp_path)


def test_the_description_says_where_guards_are(make_doc, tmp_path):
    _write(make_doc(), tmp_path)
    descriptor = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    guarded = {
        (resource["name"], field["name"])
        for resource in descriptor["resources"]
        for field in resource["schema"]["fields"]
        if field.get("formulaGuard")
    }

    assert guarded == {(t.name, c.name) for t in TABLES.values() for c in t.columns if c.guarded}
    assert ("sentences", "text") in guarded
    assert ("annotations", "label") not in guarded


def test_checks_find_nothing_in_what_we_make(make_doc):
    assert checks.problems(seimeibun.tables([make_doc()])) == []
