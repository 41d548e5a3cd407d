"""Workbooks, read back by openpyxl."""

import zipfile
from decimal import Decimal
from hashlib import sha256

import openpyxl
import pytest

from seimeibun.export.excel import MEANINGS
from seimeibun.export.review_sheet import ASKED, COLUMNS
from seimeibun.export.workbook import CUT, LONGEST, printable, workbook
from seimeibun.tables.schema import LABELS, TABLES


@pytest.fixture
def book(write):
    path, outcome = write("excel", "annotations.xlsx")
    return openpyxl.load_workbook(path), outcome


def rows(sheet):
    head, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def test_every_span_is_a_row_under_japanese_headings(book):
    sheet = book[0]["注釈"]
    found = rows(sheet)

    assert list(found[0]) == [column.title for column in TABLES["annotations"].columns]
    assert len(found) == 12
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:R13")
    assert {(row["ラベル"], row["開始"]) for row in found} >= {("PERSON", 0), ("POSITION", 4)}


def test_nothing_is_a_formula_a_date_or_a_number_that_is_text(book):
    values = {row["値"]: row for row in rows(book[0]["注釈"])}

    assert {"=program/1", "5-6", "1+1", "2031-05"} <= set(values)
    for sheet in book[0]:
        for row in sheet.iter_rows():
            assert {cell.data_type for cell in row} <= {"s", "n", "b"}  # neither "f" nor "d"
            assert all(
                cell.number_format == "@" for cell in row if cell.data_type == "s" and cell.row > 1
            )


def test_a_formula_stays_text_when_it_is_edited(book):
    cells = {cell.value: cell for cell in book[0]["注釈"]["K"]}

    assert cells["=program/1"].quotePrefix
    assert not cells["5-6"].quotePrefix


def test_long_cells_are_cut_and_counted(book):
    sentences = [row["文"] for row in rows(book[0]["注釈"])]

    assert max(len(s) for s in sentences) == LONGEST
    assert sum(s.endswith(CUT) for s in sentences) == 1
    assert book[1].notes == ["1 cells were cut at 32,767 characters"]


def test_amounts_are_numbers_as_far_as_excel_is_exact(book):
    [row] = rows(book[0]["金額"])

    assert (row["下限"], row["上限"]) == (300000000.5, "12345678901234567")


def test_columns_are_explained(book):
    meant = rows(book[0][MEANINGS])

    assert {(row["CSV"], row["CSVの列名"]) for row in meant} >= {
        ("annotations.csv", "value"), ("money.csv", "amount_min"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("甲\r\n乙\r丙", "甲\n乙\n丙"),
        ("甲\x0c\x00乙\x1b", "甲乙"),
        ("\ud800甲\uffff", "甲"),
        ("タブ\tは残る", "タブ\tは残る"),
        ("=1+1", "=1+1"),
        ("甲" * LONGEST, "甲" * LONGEST),
    ],
)
def test_cells_hold_what_xml_can(text, shown):
    assert printable(text) == shown


def test_a_cell_is_cut_in_utf16_units_and_not_inside_a_character():
    cut = printable("𠮷" * LONGEST)

    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST
    assert cut.endswith("𠮷" + CUT)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "＋３億",
        "-5",
        "@here",
        "5-6",
        "_x0041_",
        "http://example.org",
        "'=1",
        " 頭",
        "1e5",
        "TRUE",
    ],
)
def test_any_text_comes_back_as_it_was(tmp_path, text):
    with workbook(tmp_path / "a.xlsx") as book:
        book.write(book.book.add_worksheet(), 0, 0, text)
        book.write(book.book.get_worksheet_by_name("Sheet1"), 1, 0, Decimal("1.50"))
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active

    assert (sheet["A1"].value, sheet["A1"].data_type) == (text, "s")
    assert sheet["A2"].value == 1.5


@pytest.fixture
def review(write):
    return openpyxl.load_workbook(write("review-sheet", "review.xlsx")[0])


def test_the_review_sheet_has_the_agreed_columns_in_the_order_of_the_text(review):
    sheet = review["確認"]
    found = rows(sheet)

    assert tuple(found[0]) == COLUMNS
    assert [row["label"] for row in found][:4] == ["PERSON", "POSITION", "COUNTRY", "COUNTRY"]
    assert all(row[name] is None for row in found for name in ASKED)


def test_the_review_sheet_offers_verdicts_and_the_labels_of_the_layer(review):
    choices = {
        str(rule.sqref): rule.formula1 for rule in review["確認"].data_validations.dataValidation
    }

    assert choices == {
        "H2:H112": '"承認,却下,修正,追加"',
        "K2:K112": 'INDIRECT("labels_"&$C2)',
        "M2:M112": '"○"',
        "C13:C112": '"entity,date,money,quantity,agreement"',
    }
    for layer, labels in LABELS.items():
        [(sheet, cells)] = review.defined_names[f"labels_{layer}"].destinations
        assert tuple(cell.value for [cell] in review[sheet][cells]) == labels


def test_the_review_sheet_names_its_texts(review, text):
    [row] = rows(review["情報"])

    assert (row["doc_id"], row["title"]) == ("2031 港湾", "＝談話")
    assert row["text_sha256"] == sha256(text.encode()).hexdigest()
    assert row["reviewer"] is None


def test_no_formula_element_is_in_the_file(write):
    path, _ = write("excel", "annotations.xlsx")

    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name]
    assert not any(b"<f>" in sheet for sheet in sheets)
