import csv
import io
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seimeibun.tables import dialect
from seimeibun.tables.column import Column, Table

TRIGGERS = "=+-@＝＋－＠\t\r\n"
cells = st.one_of(
    st.text(),
    st.text(alphabet="'" + TRIGGERS + '",; a𠮷\x00\x0b\x0c'),
    st.sampled_from(["NA", "nan", "None", "true", "'=", '"', "", "=1+1", "＋３億"]),
)
TEXTS = Table(
    "texts", "", "", "", ("a",), tuple(Column(name, "string", "", "", "") for name in "ab")
)


@pytest.mark.parametrize(
    ("cell", "guarded"),
    [
        ("=SUM(A1)", "'=SUM(A1)"),
        ("－ 両首脳は", "'－ 両首脳は"),
        ("- 双方は", "'- 双方は"),
        ("＋３億", "'＋３億"),
        ("\n一", "'\n一"),
        ("'=1", "''=1"),
        ("''＠", "'''＠"),
    ],
)
def test_what_a_spreadsheet_would_run_is_guarded(cell, guarded):
    assert dialect.guard(cell) == guarded
    assert dialect.unguard(guarded) == cell


@pytest.mark.parametrize("cell", ["", "双方は", "'引用'", "''", "2025-12-20", "１＋１", "・ = 1"])
def test_what_is_harmless_stays_as_it_is(cell):
    assert dialect.guard(cell) == cell
    assert dialect.unguard(cell) == cell


@given(cells)
def test_guard_is_reversible_and_leaves_no_formula(cell):
    guarded = dialect.guard(cell)

    assert dialect.unguard(guarded) == cell
    assert not re.match(f"[{re.escape(TRIGGERS)}]", guarded)


@given(cells, cells)
def test_guard_keeps_different_cells_different(one, other):
    assert (dialect.guard(one) == dialect.guard(other)) == (one == other)


@given(st.lists(st.tuples(cells, cells)), st.booleans())
def test_any_text_is_read_back_by_a_strict_reader(rows, guard):
    columns = [[row[i] for row in rows] for i in (0, 1)]
    file = io.StringIO(newline="")
    dialect.write_rows(file, TEXTS, columns, excel_guard=guard)
    file.seek(0)

    header, read = dialect.read_rows(file, name="texts.csv")

    assert header == ["a", "b"]
    undo = dialect.unguard if guard else str
    assert [tuple(map(undo, row)) for row in read] == rows


def test_a_lone_surrogate_becomes_the_replacement_character():
    file = io.StringIO(newline="")
    dialect.write_rows(file, TEXTS, [["a\ud800b"], [""]])

    assert file.getvalue() == "a,b\r\na\ufffdb,\r\n"


@pytest.mark.parametrize(
    ("kind", "value", "cell"),
    [
        ("decimal", Decimal("3.6E+9"), "3600000000"),
        ("decimal", Decimal("-0.50"), "-0.50"),
        ("decimal", None, ""),
        ("boolean", True, "true"),
        ("boolean", False, "false"),
        ("boolean", None, ""),
        ("integer", -1, "-1"),
        ("integer", None, ""),
        ("date", "-0044-03-15", "-0044-03-15"),
    ],
)
def test_values_that_are_no_text_are_written_plain(kind, value, cell):
    table = Table(
        "t", "", "", "", ("a",), (Column("a", kind, "", "", ""), Column("b", "string", "", "", ""))
    )
    file = io.StringIO(newline="")
    dialect.write_rows(file, table, [[value], ["x"]])

    assert file.getvalue() == f"a,b\r\n{cell},x\r\n"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "x.csv: the file is empty"),
        ("a,b\r\n1\r\n", "x.csv:2: 1 cells; the header has 2"),
        ('a,b\r\n"1"2,3\r\n', "x.csv:2: not CSV"),
        ('a,b\r\n"1,2', "x.csv:2: not CSV"),
    ],
)
def test_broken_files_are_refused_with_their_place(text, complaint):
    with pytest.raises(ValueError, match=re.escape(complaint)):
        dialect.read_rows(io.StringIO(text, newline=""), name="x.csv")


def test_the_dialect_is_that_of_excel():
    file = io.StringIO(newline="")
    dialect.write_rows(file, TEXTS, [['a"b', "c,d", "e\nf", "g"], ["", "", "", ""]])

    assert file.getvalue() == 'a,b\r\n"a""b",\r\n"c,d",\r\n"e\nf",\r\ng,\r\n'
    assert dialect.ENCODING == "utf-8-sig"
    assert csv.field_size_limit() >= 10_000_000
