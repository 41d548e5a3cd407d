"""A sheet to review in without any other tool: drop-down lists for verdict and label (extra ``excel``).

One row a span, in the order of the text. The grey columns say what was found and stay as they are; the
reviewer fills those with a yellow heading: 判定 (承認, 却下, 修正; 追加 in an empty row) and, for a 修正, what is
to be changed: 修正後テキスト (the characters of the right span, near the old one), 修正後ラベル, 修正後の値; and 要確認,
コメント. An empty 判定 means not yet looked at. The sheet 情報 names the documents with the hash of their
texts, so that ``seimeibun review import-sheet`` can tell whether it is still the same text; 完了した層 there
certifies layers. ``seimeibun review export-sheet`` writes the same with a reviewer's own decisions filled in.
Not carried: relations.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from seimeibun.export.dataset import Dataset
from seimeibun.export.outcome import Outcome
from seimeibun.export.workbook import Workbook, workbook
from seimeibun.tables.schema import LABELS

SHEET, LISTS, ABOUT = "確認", "ラベル", "情報"
GIVEN = ("span_id", "doc_id", "layer", "label", "text", "value", "sentence")
ACCEPT, REJECT, CORRECT, ADD = "承認", "却下", "修正", "追加"
VERDICTS = (ACCEPT, REJECT, CORRECT, ADD)
YES = "○"
ASKED = ("判定", "修正後テキスト", "修正後位置", "修正後ラベル", "修正後の値", "要確認", "コメント")
COLUMNS = (*GIVEN, *ASKED)
CERTIFIED = "完了した層"
DOCUMENTS = (
    "doc_id", "title", "date", "text_sha256", "n_chars", "reviewer", "run_id", "n_events", "last_event",
    CERTIFIED,
)  # fmt: skip
SPARE = 100  # empty rows below the spans, with the lists, for what was missed
_WIDTHS = (14, 22, 11, 18, 28, 22, 70, 8, 28, 14, 18, 28, 8, 40)
_DOCUMENT_WIDTHS = (40, 60, 12, 20, 10, 12, 14, 10, 20, 30)
_HELP = {
    "判定": "承認・却下・修正から選びます。空欄は未確認です。見つかっていない注釈は、下の空いた行に 追加 とし、doc_id・layer・"
    "修正後テキスト・修正後ラベルを書きます。",
    "修正後テキスト": "範囲を直すときに、正しい範囲の文字列を本文のとおりに書きます。",
    "修正後位置": "ふつうは空欄です。同じ文字列が近くに二つ以上あるときだけ、開始-終了(例: 120-125)を書きます。",
    "修正後ラベル": "ラベルを直すときに選びます。",
    "修正後の値": "値を直すときに書きます(例: JPN、2025-04、JPY 300000000)。項目の多いものは 1 行に 1 項目、項目=値 と書きます"
    "(例: mod=APPROX、actor=日本国政府、actor_resolved=JPN)。",
    "要確認": "相談したいものに ○ を選びます。",
    "コメント": "自由に書けます。",
}
Row = Mapping[str, str]


def write(dataset: Dataset, path: Path) -> Outcome:
    """Write the spans of the tables with nothing decided: a sheet for one who has not begun."""
    outcome = Outcome(files=[path])
    rows: list[Row] = []
    documents: list[Row] = []
    for document in dataset.documents():
        rows += [{name: span.row[name] for name in GIVEN} for span in document.spans]
        sha = hashlib.sha256(document.text.encode("utf-8")).hexdigest()
        documents.append({**document.meta, "text_sha256": sha})
        outcome.documents += 1
        outcome.spans += len(document.spans)
    outcome.notes = write_sheet(path, rows, documents)
    return outcome


def write_sheet(path: Path, rows: Sequence[Row], documents: Sequence[Row]) -> list[str]:
    """Write rows with the columns ``COLUMNS`` and documents with ``DOCUMENTS``; return what to note."""
    with workbook(path) as book:
        _add_spans(book, rows)
        _add_lists(book)
        _add_documents(book, documents)
    cut = book.shortened
    return [f"{cut} cells were cut at 32,767 characters"] if cut else []


def _add_spans(book: Workbook, rows: Sequence[Row]) -> None:
    sheet = book.book.add_worksheet(SHEET)
    book.add_header(sheet, COLUMNS, len(rows) + SPARE)
    # the text stays in sight while its verdict is given
    sheet.freeze_panes(1, COLUMNS.index("text") + 1)
    given = book.book.add_format(
        {"num_format": "@", "valign": "top", "bg_color": "#f2f2f2", "text_wrap": True}
    )
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width, book.wrapped)
    _mark_asked(book, sheet, COLUMNS, _HELP)
    for number, row in enumerate(rows, 1):
        for column, name in enumerate(GIVEN):
            book.write(sheet, number, column, row[name], given)
        for column, name in enumerate(ASKED, len(GIVEN)):
            book.write(sheet, number, column, row.get(name, ""))
    _add_choices(sheet, len(rows) + SPARE, len(rows) + 1)


def _mark_asked(book: Workbook, sheet: Any, columns: Sequence[str], help_: Row) -> None:
    asked = book.book.add_format(
        {"bold": True, "bg_color": "#ffd966", "valign": "vcenter", "border": 1}
    )
    for name, text in help_.items():
        column = columns.index(name)
        sheet.write_string(0, column, name, asked)
        sheet.write_comment(0, column, text, {"author": "seimeibun", "x_scale": 2})


def _add_choices(sheet: Any, last: int, spare: int) -> None:
    def choose(name: str, source: Any, title: str, message: str, first: int = 1) -> None:
        column = COLUMNS.index(name)
        sheet.data_validation(first, column, last, column, {
            "validate": "list", "source": source, "error_title": title, "error_message": message,
        })  # fmt: skip

    choose("判定", list(VERDICTS), "判定", "承認、却下、修正、追加のいずれかを選んでください。")
    choose("要確認", [YES], "要確認", "○ を選ぶか、空欄にしてください。")
    # one rule for all rows: the list is that of the layer in column C
    layer = chr(ord("A") + COLUMNS.index("layer"))
    choose(
        "修正後ラベル",
        f'=INDIRECT("labels_"&${layer}2)',
        "ラベル",
        "この層のラベルから選んでください(シート「ラベル」)。",
    )
    choose("layer", list(LABELS), "layer", f"{'・'.join(LABELS)} から選んでください。", spare)


def _add_lists(book: Workbook) -> None:
    sheet = book.book.add_worksheet(LISTS)
    sheet.freeze_panes(1, 0)
    for column, (layer, labels) in enumerate(LABELS.items()):
        sheet.set_column(column, column, 22)
        sheet.write_string(0, column, layer, book.header)
        for row, label in enumerate(labels, 1):
            book.write(sheet, row, column, label)
        letter = chr(ord("A") + column)
        book.book.define_name(
            f"labels_{layer}", f"={LISTS}!${letter}$2:${letter}${len(labels) + 1}"
        )


def _add_documents(book: Workbook, documents: Iterable[Row]) -> None:
    rows = list(documents)
    sheet = book.book.add_worksheet(ABOUT)
    book.add_header(sheet, DOCUMENTS, len(rows))
    help_ = (
        f"見落としもないと確かめた層を ; で区切って書きます(例: entity;date、すべてなら {YES})。"
    )
    _mark_asked(book, sheet, DOCUMENTS, {CERTIFIED: help_})
    for number, row in enumerate(rows, 1):
        for column, name in enumerate(DOCUMENTS):
            book.write(sheet, number, column, row.get(name, ""))
    for column, width in enumerate(_DOCUMENT_WIDTHS):
        sheet.set_column(column, column, width, book.text)
