"""The review sheet: out of the log into Excel and back, and what is refused on the way."""

import datetime
import re
import shutil

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_dataset import ONE, SPANS, TEXTS, TWO, place, span_id, write

from seimeibun.export.review_sheet import ABOUT, CERTIFIED, SHEET
from seimeibun.review import Session, apply, export_sheet, import_sheet
from seimeibun.review.log import LockedError, Log, log_file, read_log
from seimeibun.review.sheet import sheet_rows
from seimeibun.review.sheet_cells import SheetError, read_sheet
from seimeibun.review.values import RefusalError
from seimeibun.tables.schema import LABELS

TOKYO = span_id("one", "entity", "CITY", *place(ONE, "東京"))
SECOND = span_id("one", "entity", "CITY", *place(ONE, "東京", 1))
JAPAN = span_id("one", "entity", "COUNTRY", *place(ONE, "日本国"))
EVENT = span_id("one", "entity", "EVENT", *place(ONE, "東京国際会議"))
YEAR = span_id("one", "date", "DATE", *place(ONE, "2030年"))
AMOUNT = span_id("one", "money", "MONEY", *place(ONE, "３億円"))
ACT = span_id("one", "agreement", "AGREE", *place(ONE, "一致"))


class Workbook:
    """A sheet as somebody has it open in a spreadsheet."""

    def __init__(self, path):
        self.path, self.book = path, openpyxl.load_workbook(path)
        self.columns = {}
        for sheet in (SHEET, ABOUT):
            self.columns[sheet] = [cell.value for cell in self.book[sheet][1]]
        self.last = max(cell.row for cell in self.book[SHEET]["A"] if cell.value)

    def row(self, key):
        names = self.book[SHEET]["A"]
        return next(cell.row for cell in names if cell.value == key)

    def cell(self, row, column, sheet=SHEET):
        return self.book[sheet].cell(row, self.columns[sheet].index(column) + 1)

    def fill(self, key, **cells):
        """Fill cells of the span, or of a new row."""
        if key is None:
            self.last += 1
        row = self.last if key is None else self.row(key)
        for column, value in cells.items():
            self.cell(row, column).value = value
        return row

    def certify(self, doc_id, layers):
        row = next(cell.row for cell in self.book[ABOUT]["A"] if cell.value == doc_id)
        self.cell(row, CERTIFIED, ABOUT).value = layers

    def save(self):
        self.book.save(self.path)


@pytest.fixture
def sheet(dataset, tmp_path):
    """Edit a sheet of the dataset, and import it."""

    def edit(*edits, certify=None, reviewer="suzuki", over=False, path=tmp_path / "sheet.xlsx"):
        if not path.exists():
            export_sheet(dataset, path, reviewer=reviewer)
        book = Workbook(path)
        for key, cells in edits:
            book.fill(key, **cells)
        for doc_id, layers in (certify or {}).items():
            book.certify(doc_id, layers)
        book.save()
        return import_sheet(dataset, path, over=over)

    edit.path = tmp_path / "sheet.xlsx"
    return edit


def rows_of(folder, reviewer="suzuki"):
    with Session(folder, reviewer=reviewer, write=False) as session:
        reviews = [session.peek(doc_id) for doc_id in session.doc_ids]
        return {r.doc_id: (sheet_rows(r.document, r.state), r.state.certified) for r in reviews}


def tables_of(folder):
    apply(folder)
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}


def logs_of(folder):
    return {path.name: path.read_bytes() for path in folder.glob("review/*.jsonl")}


def state_of(folder, key, reviewer="suzuki"):
    with Session(folder, reviewer=reviewer, write=False) as session:
        return session.peek(key.partition("#")[0]).entry(key)


# What a reviewer fills in


def test_what_is_filled_in_becomes_decisions(sheet, dataset):
    result = sheet(
        (TOKYO, {"判定": "承認", "コメント": "確かめた"}),
        (JAPAN, {"判定": "却下"}),
        (EVENT, {"判定": "修正", "修正後ラベル": "TREATY", "修正後テキスト": "東京国際会議で"}),
        (YEAR, {"判定": "修正", "修正後の値": "2031-04"}),
        (AMOUNT, {"判定": "修正", "修正後の値": "USD 2,000/.."}),
        (ACT, {"判定": "修正", "修正後の値": "actor=日本国政府\nactor_resolved=JPN"}),
        (SECOND, {"要確認": "○"}),
        (None, {"判定": "追加", "doc_id": "one", "layer": "entity", "修正後ラベル": "EVENT", "修正後テキスト": "共同声明"}),
    )  # fmt: skip

    assert sorted(event.op for event in result.events) == [
        "accept", "add", "adjust", "comment", "flag", "reject", "relabel", "set_value", "set_value", "set_value",
    ]  # fmt: skip
    assert state_of(dataset, TOKYO).item.comments == ("確かめた",)
    assert state_of(dataset, JAPAN).rejected
    event = state_of(dataset, EVENT).span
    assert (event.label, ONE[event.start : event.end]) == ("TREATY", "東京国際会議で")
    assert state_of(dataset, YEAR).item.values["end_date"] == "2031-04-30"
    amount = state_of(dataset, AMOUNT).item.values
    assert (amount["currency"], amount["amount_min"], amount["amount_max"]) == ("USD", "2000", "")
    start, end = place(ONE, "日本国政府")
    assert state_of(dataset, ACT).item.values == {
        "actor_text": "日本国政府", "actor_start": str(start), "actor_end": str(end), "actor_resolved": "JPN",
    }  # fmt: skip
    assert state_of(dataset, SECOND).status == "flagged"
    added = span_id("one", "entity", "EVENT", *place(ONE, "共同声明"))
    assert state_of(dataset, added).item.added
    assert result.reviewer == "suzuki"
    assert not (dataset / "review/two.suzuki.jsonl").exists()


def test_the_tables_say_who_decided(sheet, dataset):
    sheet((TOKYO, {"判定": "承認"}), (YEAR, {"判定": "修正", "修正後の値": "2031"}))
    apply(dataset)
    lines = (dataset / "annotations.csv").read_text("utf-8-sig").splitlines()

    assert any(TOKYO in line and "accepted,suzuki" in line for line in lines)
    assert any(YEAR in line and ",2031,review," in line for line in lines)


def test_importing_twice_adds_nothing(sheet, dataset):
    edits = [
        (TOKYO, {"判定": "承認"}),
        (None, {"判定": "追加", "layer": "entity", "doc_id": "two", "修正後ラベル": "POSITION",
                "修正後テキスト": "大臣", "修正後の値": "position/minister"}),
    ]  # fmt: skip
    assert len(sheet(*edits).events) == 3
    logs = logs_of(dataset)

    assert sheet().events == []
    assert logs_of(dataset) == logs


def test_a_row_that_was_not_touched_says_nothing(sheet, dataset):
    sheet((TOKYO, {"判定": "承認"}))
    with Session(dataset, reviewer="suzuki") as session:
        session.open("one").reject(JAPAN)
    assert [event.op for event in sheet((EVENT, {"判定": "却下"})).events] == ["reject"]

    assert state_of(dataset, JAPAN).rejected
    assert state_of(dataset, TOKYO).item.decision == "accepted"


def test_an_emptied_verdict_takes_the_decision_back(sheet, dataset):
    with Session(dataset, reviewer="suzuki") as session:
        review = session.open("one")
        review.accept_same(TOKYO)
        review.set_value(YEAR, {"edtf": "2031"})
        review.comment(TOKYO, "前の")
    sheet((TOKYO, {"判定": None, "コメント": "後の"}), (YEAR, {"判定": "承認", "修正後の値": None}))

    assert not state_of(dataset, TOKYO).decided
    assert state_of(dataset, TOKYO).item.comments == ("後の",)
    assert state_of(dataset, SECOND).decided
    assert state_of(dataset, YEAR).item.values == {}
    assert state_of(dataset, YEAR).item.decision == "accepted"


def test_what_changed_in_both_places_is_refused_unless_the_sheet_is_to_win(sheet, dataset):
    export_sheet(dataset, sheet.path, reviewer="suzuki")
    with Session(dataset, reviewer="suzuki") as session:
        session.open("one").reject(TOKYO)
    logs = logs_of(dataset)
    with pytest.raises(SheetError, match="書き出した後に別のところで変わっています"):
        sheet((TOKYO, {"判定": "承認"}))
    assert logs_of(dataset) == logs

    sheet(over=True)
    assert state_of(dataset, TOKYO).item.decision == "accepted"


def test_documents_are_certified_and_an_edit_ends_it(sheet, dataset):
    keys = [cell.value for cell in openpyxl.load_workbook(_exported(sheet, dataset))[SHEET]["A"]]
    edits = [(key, {"判定": "承認"}) for key in keys[1:] if key and key.startswith("two#")]
    with pytest.raises(SheetError, match=r"情報!J3: 完了した層 未確認の注釈が 2 件"):
        sheet(*edits[:2], certify={"two": "○"})
    sheet(*edits, certify={"two": "○"})
    assert rows_of(dataset)["two"][1] == {"entity", "date", "money", "quantity", "agreement"}

    again = sheet.path.with_name("again.xlsx")
    result = sheet((edits[0][0], {"判定": "却下"}), path=again)
    assert "の完了が外れました" in result.notes[0]
    assert rows_of(dataset)["two"][1] == {"entity", "date", "money", "quantity", "agreement"} - {
        edits[0][0].split("#")[1].split(":")[0]
    }
    sheet(certify={"two": "money"}, path=again)
    assert rows_of(dataset)["two"][1] == {"money"}


def _exported(sheet, dataset):
    export_sheet(dataset, sheet.path, reviewer="suzuki")
    return sheet.path


@pytest.mark.parametrize("typed", ["東京国際", "東京 国際", "東京\n国際"])
def test_the_right_span_is_found_by_its_characters_near_the_old_one(sheet, dataset, typed):
    sheet((EVENT, {"判定": "修正", "修正後テキスト": typed}))

    span = state_of(dataset, EVENT).span
    assert ONE[span.start : span.end] == "東京国際"


def test_widths_do_not_matter_where_the_exact_characters_are_not_there(sheet, dataset):
    sheet((AMOUNT, {"判定": "修正", "修正後テキスト": "3億円を"}))

    span = state_of(dataset, AMOUNT).span
    assert ONE[span.start : span.end] == "３億円を"


def test_a_sheet_that_export_wrote_needs_a_name(dataset, tmp_path):
    from seimeibun.export.write import export

    path = tmp_path / "plain.xlsx"
    export(dataset, "review-sheet", path)
    with pytest.raises(ValueError, match="names no reviewer"):
        import_sheet(dataset, path)
    book = Workbook(path)
    book.fill(TOKYO, 判定="承認")
    book.save()

    assert import_sheet(dataset, path, reviewer="tanaka").reviewer == "tanaka"
    assert state_of(dataset, TOKYO, "tanaka").decided


def test_a_span_that_a_new_run_does_not_have_is_recorded_and_said(sheet, dataset):
    export_sheet(dataset, sheet.path, reviewer="suzuki")
    write(
        dataset, {**SPANS, "one": [s for s in SPANS["one"] if s[2] != "東京国際会議"]}, run="run 2"
    )
    result = sheet((EVENT, {"判定": "承認"}))

    assert "今の注釈にありません。決定は記録しました" in result.notes[0]
    assert state_of(dataset, EVENT).item.decision == "accepted"


# What is refused: where, what, and nothing written


@pytest.mark.parametrize(
    ("key", "cells", "message"),
    [
        (TOKYO, {"判定": "OK"}, r"確認!H\d+: 判定 が「OK」です。承認、却下、修正、追加"),
        (TOKYO, {"判定": "修正"}, r"確認!H\d+: 判定 が 修正 ですが、修正後の列が空か"),
        (TOKYO, {"判定": "修正", "修正後ラベル": "国"}, r"確認!K\d+: 修正後ラベル 「国」は層 entity のラベルではありません"),
        (TOKYO, {"判定": "承認", "修正後ラベル": "REGION"}, r"確認!K\d+: 修正後ラベル に記入がありますが、判定が「承認」"),
        (TOKYO, {"修正後の値": "city/edo"}, r"確認!L\d+: 修正後の値 に記入がありますが、判定が空欄"),
        (TOKYO, {"判定": "修正", "修正後テキスト": "大阪"}, r"確認!I\d+: 修正後テキスト 「大阪」は本文の近くにありません"),
        (JAPAN, {"判定": "修正", "修正後テキスト": "東京"}, r"確認!I\d+: 修正後テキスト 「東京」は 2 か所あります\(\d+-\d+、"),
        (TOKYO, {"判定": "修正", "修正後位置": "5-900"}, r"確認!J\d+: 修正後位置 「5-900」は本文\(0–\d+\)"),
        (TOKYO, {"判定": "修正", "修正後位置": "0-2", "修正後テキスト": "東京"}, r"確認!J\d+: 修正後位置 0-2 の本文は「𠮷野」"),
        (YEAR, {"判定": "修正", "修正後の値": "2031-13"}, r"確認!L\d+: 修正後の値 2031-13 という日はありません"),
        (YEAR, {"判定": "修正", "修正後の値": "start_date=2031"}, r"確認!L\d+: 修正後の値 date に start_date という項目は"),
        (AMOUNT, {"判定": "修正", "修正後の値": "300"}, r"確認!L\d+: 修正後の値 「300」を読めません。JPY 300000000"),
        (ACT, {"判定": "修正", "修正後の値": "actor=東京"}, r"確認!L\d+: 修正後の値 actorの「東京」は 2 か所"),
        (TOKYO, {"判定": "=A1"}, r"確認!H\d+: 判定 が数式です\(=A1\)"),
        (TOKYO, {"要確認": "はい"}, r"確認!M\d+: 要確認 が「はい」です"),
        (TOKYO, {"span_id": "東京"}, r"確認!A\d+: span_id 「東京」は注釈の識別子ではありません"),
        (TOKYO, {"span_id": JAPAN}, r"確認!\w\d+: \w+ "),
        (TOKYO, {"text": "京都"}, r"確認!E\d+: text は「東京」ですが、シートでは「京都」です。灰色の列は変えられません"),
        (TOKYO, {"value": "city/kyoto"}, r"確認!F\d+: value は「city/tokyo」ですが"),
        (TOKYO, {"label": "REGION"}, r"確認!D\d+: label は「CITY」ですが"),
        (TOKYO, {"doc_id": "three"}, r"確認!B\d+: 「three」はシート「情報」にない文書です"),
        (None, {"doc_id": "one", "layer": "entity", "修正後テキスト": "声明"}, r"確認!H\d+: 判定 が空欄でspan_id もありません"),
        (None, {"判定": "追加", "doc_id": "one", "layer": "実体"}, r"確認!C\d+: layer 「実体」という層はありません"),
        (None, {"判定": "追加", "doc_id": "one", "layer": "entity", "修正後ラベル": "CITY", "修正後テキスト": "東京"}, r"確認!I\d+: 修正後テキスト 「東京」は 2 か所"),
        (None, {"判定": "追加", "doc_id": "one", "layer": "entity", "修正後ラベル": "CITY"}, r"確認!I\d+: 修正後テキスト が空です"),
        (EVENT, {"判定": "修正", "修正後ラベル": "CITY", "修正後テキスト": "東京"}, r"確認!H\d+: 同じ場所に同じラベル CITY の注釈"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named_by_its_cell_and_nothing_is_written(
    sheet, dataset, key, cells, message
):
    others = (SECOND, {"判定": "承認"})
    with pytest.raises(SheetError) as error:
        sheet(others, (key, cells))

    assert any(re.search(message, problem) for problem in error.value.problems), (
        error.value.problems
    )
    assert set(logs_of(dataset).values()) <= {b""}


def test_all_problems_are_told_at_once(sheet):
    with pytest.raises(SheetError) as error:
        sheet((TOKYO, {"判定": "OK"}), (JAPAN, {"判定": "修正", "修正後ラベル": "国"}))

    assert len(error.value.problems) == 2


def test_a_date_that_the_spreadsheet_made_is_refused(sheet):
    with pytest.raises(SheetError, match="が日付に変わっています"):
        sheet((YEAR, {"判定": "修正", "修正後の値": datetime.date(2031, 5, 6)}))


def test_a_number_that_the_spreadsheet_made_is_its_digits(sheet, dataset):
    sheet((YEAR, {"判定": "修正", "修正後の値": 2031}))

    assert state_of(dataset, YEAR).item.values["edtf"] == "2031"


def test_a_foreign_text_is_refused(sheet, dataset):
    export_sheet(dataset, sheet.path, reviewer="suzuki")
    write(dataset, texts={**TEXTS, "one": ONE + "。"}, run="run 2")

    with pytest.raises(SheetError, match=r"情報!D2: one の本文がシートのものと違います"):
        sheet((TOKYO, {"判定": "承認"}))


def test_a_document_of_another_dataset_is_refused(sheet, dataset):
    export_sheet(dataset, sheet.path, reviewer="suzuki")
    write(dataset, {"two": SPANS["two"]}, {"two": TWO}, run="run 2")

    with pytest.raises(SheetError, match=r"情報!A2: one という文書はこのデータセットにありません"):
        sheet()


def test_a_wrong_file_is_refused(dataset, tmp_path):
    text = tmp_path / "a.xlsx"
    text.write_text("span_id,判定\n", "utf-8")
    with pytest.raises(SheetError, match="Excel ブック"):
        import_sheet(dataset, text)
    book = openpyxl.Workbook()
    book.save(tmp_path / "b.xlsx")
    with pytest.raises(SheetError, match="シート「確認」がありません。あるのは Sheet です"):
        import_sheet(dataset, tmp_path / "b.xlsx")
    with pytest.raises(FileNotFoundError, match="no such file"):
        import_sheet(dataset, tmp_path / "c.xlsx")


def test_a_column_that_is_gone_is_refused(sheet, dataset):
    book = openpyxl.load_workbook(_exported(sheet, dataset))
    book[SHEET].delete_cols(8)
    book.save(sheet.path)

    with pytest.raises(SheetError, match="列「判定」がありません。ある列: span_id、doc_id"):
        import_sheet(dataset, sheet.path)


def test_columns_may_be_moved_added_and_rows_sorted_or_deleted(sheet, dataset):
    book = openpyxl.load_workbook(_exported(sheet, dataset))
    page = book[SHEET]
    page.insert_cols(1)
    page["A1"].value = "メモ"
    row = next(cell.row for cell in page["B"] if cell.value == TOKYO)
    page.cell(row, 9).value = "却下"
    page.delete_rows(2)
    book.save(sheet.path)

    assert [event.op for event in import_sheet(dataset, sheet.path).events] == ["reject"]


def test_somebody_elses_name_is_refused(sheet, dataset):
    path = _exported(sheet, dataset)
    with pytest.raises(
        SheetError, match=r"情報!F\d: このシートは suzuki のものです\(指定は tanaka\)"
    ):
        import_sheet(dataset, path, reviewer="tanaka")


def test_while_the_log_is_open_nothing_is_imported(sheet, dataset):
    path = _exported(sheet, dataset)
    with (
        Log(log_file(dataset, "one", "suzuki")),
        pytest.raises(LockedError, match="close its widget first"),
    ):
        sheet((TOKYO, {"判定": "承認"}))
    assert path.exists()


# What goes out comes back

_WORDS = ["声明", "日本", "東京", "𠮷野", "国際会議で", "供与", "一致", "年", "億円"]
_VALUES = {
    "entity": st.sampled_from([{"value": "KOR"}, {"value": "a=b"}, {"value": "JPN"}]),
    "date": st.sampled_from([{"edtf": "2031-04"}, {"edtf": "../2030"}, {"mod": "APPROX"}, {"duration": "P3Y"}]),
    "money": st.sampled_from([{"amount_min": "5"}, {"currency": "USD", "amount_max": "7.50"}, {"per": "年"}]),
    "quantity": st.sampled_from([{"value": "3 人"}, {"value": "=1+1"}]),
    "agreement": st.sampled_from(
        [{"actor_resolved": "JPN;LAO"}, {"polarity": "NEG"},
         {"object_text": "東\n京", "object_start": "20", "object_end": "22"}]),
}  # fmt: skip


@st.composite
def decisions(draw):
    """Return what a reviewer does, by operation and arguments; which span by its number."""
    ops = st.sampled_from(
        ["accept", "reject", "relabel", "adjust", "add", "remove", "set_value", "comment", "flag", "undo",
         "accept_same", "done", "withdraw"])  # fmt: skip
    return draw(
        st.lists(st.tuples(ops, st.integers(0, 30), st.integers(0, 9), st.data()), max_size=16)
    )


def do(review, op, number, small, data):
    """Do one thing if it can be done."""
    entries = review.entries
    entry = entries[number % len(entries)]
    labels = LABELS[entry.span.layer]
    arguments = {
        "relabel": lambda: (entry.span_id, labels[small % len(labels)]),
        "adjust": lambda: (entry.span_id, max(0, entry.span.start - small % 3), entry.span.end + small % 2),
        "add": lambda: ("entity", labels[0] if entry.span.layer == "entity" else "PERSON",
                        *place(review.document.text, word)),
        "set_value": lambda: (entry.span_id, data.draw(_VALUES[entry.span.layer])),
        "comment": lambda: (entry.span_id, ["？", "=1+1", "二行\nある", "- x"][small % 4]),
        "undo": tuple, "done": tuple,
    }  # fmt: skip
    word = next((w for w in _WORDS[small:] + _WORDS if w in review.document.text), "大臣")
    try:
        getattr(review, op)(*arguments.get(op, lambda: (entry.span_id,))())
    except RefusalError:
        return


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(done=decisions(), later=decisions())
def test_decisions_come_back_as_they_were_and_so_do_the_tables(
    small, tmp_path_factory, done, later
):
    folder = tmp_path_factory.mktemp("round")
    first, second = (shutil.copytree(small, folder / name) for name in ("first", "second"))
    with Session(first, reviewer="suzuki") as session:
        for op, number, small, data in done:
            do(session.open(session.doc_ids[number % 2]), op, number, small, data)
    export_sheet(first, folder / "sheet.xlsx", reviewer="suzuki")
    import_sheet(second, folder / "sheet.xlsx")

    assert rows_of(second) == rows_of(first)
    assert tables_of(second) == tables_of(first)

    # what was decided since then is neither lost nor doubled by the old sheet
    with Session(first, reviewer="suzuki") as session:
        for op, number, small, data in later:
            do(session.open(session.doc_ids[number % 2]), op, number, small, data)
    logs = logs_of(first)
    assert import_sheet(first, folder / "sheet.xlsx").events == []
    assert logs_of(first) == logs


def test_every_event_of_an_import_is_whole_on_disk(sheet, dataset):
    result = sheet((TOKYO, {"判定": "承認"}), (YEAR, {"判定": "修正", "修正後の値": "2031"}))
    reading = read_log(log_file(dataset, "one", "suzuki"))

    assert list(reading.events) == result.events
    assert reading.torn == ""


def test_a_sheet_is_read_row_by_row(sheet, dataset):
    lines = read_sheet(_exported(sheet, dataset)).spans

    assert len(lines) == 15
    assert [line["text"] for line in lines[:3]] == ["𠮷野港", "日本国政府", "日本国"]
