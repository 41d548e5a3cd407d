import csv
import io
import subprocess
import sys

import pytest

import seimeibun.tables
from seimeibun.tables.document import Document
from seimeibun.tables.write import write_dataset
from seimeibun.verify import _offset, verify_dataset


@pytest.fixture
def dataset(make_doc, tmp_path):
    docs = [make_doc("minato"), make_doc("umi")]
    texts = {doc._.doc_id: Document.of(doc).source for doc in docs}
    write_dataset(seimeibun.tables(docs), texts, tmp_path)
    return tmp_path


def _violations(folder):
    return [str(violation) for violation in verify_dataset(folder).violations]


def _change(folder, name, column, value, row=0):
    """Put ``value`` into a cell; the file stays in our dialect."""
    path = folder / f"{name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    rows[row + 1][rows[0].index(column)] = value
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\r\n").writerows(rows)
    path.write_bytes(file.getvalue().encode("utf-8-sig"))


def test_what_we_write_holds(dataset):
    report = verify_dataset(dataset)

    assert report.violations == []
    assert report.documents == 2
    assert report.rows > 100


def test_a_dataset_without_guard_holds(make_doc, tmp_path):
    doc = make_doc()
    write_dataset(
        seimeibun.tables([doc]), {"minato": Document.of(doc).source}, tmp_path, excel_guard=False
    )

    assert _violations(tmp_path) == []


@pytest.mark.parametrize(
    ("written", "holds"),
    [
        ("平和のための協力", True),
        ("平-1-和のための協力", True),
        ("平和のための", False),
        ("和のための協力", False),
        ("平和の協力", False),
    ],
)
def test_an_object_may_leave_out_the_lines_of_the_page(written, holds):
    row = {"object_start": "2", "object_end": "17", "object_text": written}
    message = _offset(row, "object_", ["object_text"], "はい平\n- 1 -\n和のための協力")

    assert (message == "") is holds


@pytest.mark.corpus
def test_the_reference_check_agrees(dataset, corpus):
    run = subprocess.run(
        [sys.executable, corpus / "tools/verify.py", dataset],
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize(
    ("name", "column", "value", "complaint"),
    [
        ("annotations", "start", "64", "span_id is minato#agreement:63-65:AGREE, not"),
        ("annotations", "end", "9999", "start–end 63–9999 is no stretch of the text of 85"),
        ("annotations", "end", "63", "start–end 63–63 is no stretch"),
        ("annotations", "text", "不一致", "text '不一致' is not what stands there: '一致'"),
        ("annotations", "start", "", "start is ''; it must be filled in"),
        ("annotations", "start", "６３", "start is '６３'; it must be a whole number"),
        ("annotations", "label", "ARGUE", "it must be one of"),
        ("annotations", "label", "PERSON", "PERSON is no label of the layer agreement"),
        ("annotations", "doc_id", "sora", "doc_id ('sora',) is not in documents.csv"),
        ("annotations", "parent_span_id", "x", "parent_span_id ('x',) is not in annotations.csv"),
        (
            "annotations",
            "parent_span_id",
            "minato#date:22-27:DATE",
            "is of another document or layer",
        ),
        ("annotations", "sent_no", "1", "63 is outside its sent 1"),
        ("annotations", "sent_no", "9", "doc_id+sent_no ('minato', '9') is not in sentences.csv"),
        ("annotations", "status", "", "status is ''; it must be filled in"),
        ("tokens", "token", "湾港", "token '湾港' is not what stands there: '港湾'"),
        ("tokens", "head_token_id", "1", "a token is its own head"),
        (
            "tokens",
            "head_token_id",
            "999",
            "doc_id+head_token_id ('minato', '999') is not in tokens.csv",
        ),
        ("tokens", "token_id", "2", "the key ('minato', '2') stands in row 2 already"),
        ("sentences", "para_no", "2", "0 is outside its para 2"),
        ("sentences", "kind", "song", "kind is 'song'; it must be one of body, heading, signature"),
        ("documents", "n_tokens", "3", "n_tokens is 3; there are 51"),
        ("documents", "n_chars", "3", "n_chars is 3; the text has 85"),
        ("documents", "year", "1999", "year 1999 is not that of 2029-03-04"),
        ("documents", "place", "=港", "place begins a formula: '=港'"),
        ("dates", "end_date", "2030-13-01", "end_date is '2030-13-01'; it must be a day such as"),
        ("dates", "start_date", "2031-01-01", "start_date 2031-01-01 is after end_date 2030-12-31"),
        ("dates", "in_name", "yes", "in_name is 'yes'; it must be true or false"),
        ("dates", "type", "SET", "its span is date DATE"),
        ("dates", "span_id", "x", "span_id ('x',) is not in annotations.csv"),
        ("money", "amount_min", "3E+8", "amount_min is '3E+8'; it must be a plain decimal number"),
        ("money", "amount_min", "300000001", "amount_min 300000001 is above amount_max 300000000"),
        ("money", "full_end", "9999", "full_start–full_end 30–9999 is no stretch"),
        (
            "agreements",
            "actor_text",
            "双方等",
            "actor_text '双方等' is not what stands there: '双方'",
        ),
        ("agreements", "object_end", "", "object_start–object_end 22–None is no stretch"),
        ("relations", "dep_span_id", "x", "dep_span_id ('x',) is not in annotations.csv"),
        ("relations", "dep_text", "x", "dep_text 'x' is not what stands there"),
        ("entities", "n_mentions", "7", "facility/港 has 2 mentions in 2 documents"),
        ("entities", "entity_id", "x", "entity_id ('facility/港',) is not in entities.csv"),
    ],
)
def test_what_is_wrong_is_named(dataset, name, column, value, complaint):
    _change(dataset, name, column, value)

    assert complaint in "\n".join(_violations(dataset))


def test_a_violation_says_file_and_row(dataset):
    _change(dataset, "tokens", "token", "湾港", row=3)

    assert _violations(dataset) == ["tokens.csv:5: token '湾港' is not what stands there: '関する'"]


@pytest.mark.parametrize(
    ("name", "change", "complaint"),
    [
        (
            "money.csv",
            lambda data: data.removeprefix(b"\xef\xbb\xbf"),
            "money.csv: does not begin with the byte order mark",
        ),
        (
            "money.csv",
            lambda data: data.replace(b"\r\n", b"\n"),
            "money.csv: does not end its lines with CR LF",
        ),
        (
            "money.csv",
            lambda data: data + b"x\r\n",
            "money.csv: money.csv:4: 1 cells; the header has 13",
        ),
        ("money.csv", lambda data: data + b"\xff\r\n", "money.csv: 'utf-8' codec can't decode"),
        (
            "money.csv",
            lambda data: data.replace(b"currency,", b"currencies,", 1),
            "money.csv:1: the header is span_id",
        ),
        ("money.csv", lambda _: None, "money.csv: is missing"),
        ("text/umi.txt", lambda _: None, "text/umi.txt: is missing"),
        ("text/umi.txt", lambda _: b"\xff", "text/umi.txt: is not UTF-8"),
        ("text/umi.txt", lambda data: data[3:], "is not what stands there"),
        ("text/old.txt", lambda _: b"", "text/old.txt: belongs to no document"),
        ("datapackage.json", lambda _: None, "datapackage.json: is missing"),
        ("datapackage.json", lambda _: b"{}", "datapackage.json: does not describe a dataset"),
        (
            "datapackage.json",
            lambda data: data.replace(b"GiNZA", b"gin"),
            "datapackage.json: is not what this version",
        ),
    ],
)
def test_files_that_are_not_as_written_are_named(dataset, name, change, complaint):
    path = dataset / name
    data = change(path.read_bytes() if path.exists() else b"")
    if data is None:
        path.unlink()
    else:
        path.write_bytes(data)

    assert complaint in "\n".join(_violations(dataset))


def test_an_empty_folder_lacks_everything(tmp_path):
    assert len(_violations(tmp_path)) == 13
