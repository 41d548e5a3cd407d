"""A sheet to review in without any other tool: drop-down lists for verdict and label (extra ``excel``).

One row a span, in the order of the text. The reviewer fills the columns with a yellow heading: 判定 (承認, 却下,
修正) and, for a 修正, what is to be changed: 修正後テキスト (the characters of the right span, near the old one),
修正後ラベル, 修正後の値; and a コメント. An empty 判定 means not yet looked at. The sheet 情報 names the
documents with the hash of their sources, so that an import can tell whether it is still the same text. Not
carried: relations, actor and object of an act.
"""

from pathlib import Path

from seimeibun.export.dataset import Dataset, Span
from seimeibun.export.outcome import Outcome
from seimeibun.export.workbook import Workbook, workbook
from seimeibun.tables.schema import LABELS

SHEET, LISTS, ABOUT = "確認", "ラベル", "情報"
GIVEN = ("span_id", "doc_id", "layer", "label", "text", "value", "sentence")
VERDICTS = {"accepted": "承認", "rejected": "却下", "": "修正"}
ASKED = ("判定", "修正後テキスト", "修正後ラベル", "修正後の値", "コメント")
COLUMNS = (*GIVEN, *ASKED)
_WIDTHS = (14, 22, 11, 18, 28, 22, 70, 8, 28, 18, 22, 40)
_HELP = {
    "判定": "承認・却下・修正から選びます。空欄は未確認です。",
    "修正後テキスト": "範囲を直すときに、正しい範囲の文字列を本文のとおりに書きます。",
    "修正後ラベル": "ラベルを直すときに選びます。",
    "修正後の値": "値を直すときに書きます(例: JPN、2025-04-01、USD 300000000)。",
    "コメント": "自由に書けます。",
}


def write(dataset: Dataset, path: Path) -> Outcome:
    outcome = Outcome()
    spans: list[Span] = []
    for document in dataset.documents():
        spans += document.spans
        outcome.documents += 1
    outcome.spans = len(spans)
    with workbook(path) as book:
        _add_spans(book, spans)
        _add_lists(book)
        _add_documents(book, dataset)
    outcome.files.append(path)
    return outcome


def _add_spans(book: Workbook, spans: list[Span]) -> None:
    sheet = book.book.add_worksheet(SHEET)
    book.add_header(sheet, COLUMNS, len(spans))
    # the text stays in sight while its verdict is given
    sheet.freeze_panes(1, COLUMNS.index("text") + 1)
    given = book.book.add_format(
        {"num_format": "@", "valign": "top", "bg_color": "#f2f2f2", "text_wrap": True}
    )
    asked = book.book.add_format(
        {"bold": True, "bg_color": "#ffd966", "valign": "vcenter", "border": 1}
    )
    for column, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width, book.wrapped)
        if name in ASKED:
            sheet.write_string(0, column, name, asked)
            sheet.write_comment(0, column, _HELP[name], {"author": "seimeibun"})
    for row, span in enumerate(spans, 1):
        for column, name in enumerate(GIVEN):
            book.write(sheet, row, column, span.row[name], given)
        if verdict := VERDICTS.get(span.row["status"]):
            book.write(sheet, row, COLUMNS.index("判定"), verdict)
    _add_choices(sheet, max(len(spans), 1))


def _add_choices(sheet: object, last: int) -> None:
    verdict, label = COLUMNS.index("判定"), COLUMNS.index("修正後ラベル")
    sheet.data_validation(1, verdict, last, verdict, {  # type: ignore[attr-defined]
        "validate": "list", "source": list(VERDICTS.values()),
        "error_title": "判定", "error_message": "承認、却下、修正のいずれかを選んでください。",
    })  # fmt: skip
    # one rule for all rows: the list is that of the layer in column C
    layer = chr(ord("A") + COLUMNS.index("layer"))
    sheet.data_validation(1, label, last, label, {  # type: ignore[attr-defined]
        "validate": "list", "source": f'=INDIRECT("labels_"&${layer}2)',
        "error_title": "ラベル", "error_message": "この層のラベルから選んでください(シート「ラベル」)。",
    })  # fmt: skip


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


def _add_documents(book: Workbook, dataset: Dataset) -> None:
    columns = ("doc_id", "title", "date", "source_sha256", "n_chars")
    rows = dataset.documents_table
    sheet = book.book.add_worksheet(ABOUT)
    book.add_header(sheet, columns, len(rows))
    for number, row in enumerate(rows, 1):
        for column, name in enumerate(columns):
            book.write(sheet, number, column, row[name])
    for column, width in enumerate((40, 60, 12, 68, 10)):
        sheet.set_column(column, column, width)
