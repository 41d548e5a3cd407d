"""The workbook comparison.xlsx: what one reads in Excel; the complete tables are the CSV files beside it."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from math import isfinite
from pathlib import Path
from typing import Any

import pandas as pd

from seimeibun.compare.columns import columns, title
from seimeibun.compare.inference import LEVELS_JA
from seimeibun.compare.layers import LAYERS_JA
from seimeibun.compare.report import Report
from seimeibun.compare.texts import bare

# Of a sheet; Excel is slow to open more, and nobody reads them
MAX_ROWS = {"keyness": 500, "kwic": 500, "columns": 2000}
MAX_OTHER_ROWS = 200
SHEETS = {
    "summary": "概要", "confounding": "交絡", "keyness": "特徴語", "exclusive_terms": "新出・消失・継続",
    "formulae": "定型表現", "verbs": "行為", "verbs_by_actor": "主体別の行為", "collocates": "共起語",
    "trends": "傾向", "residuals": "残差", "correspondence": "対応分析", "dispersion": "分布",
    "kwic": "用例", "normalisation_audit": "正規化", "columns": "列の説明",
}  # fmt: skip
# Columns that the workbook leaves to the CSV
_LEFT_OUT = {
    "unit", "p_g2", "juilland_d_target", "juilland_d_reference", "doc_share_target",
    "doc_share_reference", "dp_target", "dp_reference", "reading_en", "zero_cell", "gate",
}  # fmt: skip
# What the sheets say in Japanese; the CSV files keep the words that programs look for
_VALUES = {
    "layer": LAYERS_JA,
    "side": {"target": "対象", "reference": "参照"},
    "inference": LEVELS_JA,
    "status": {
        "new": "新出", "lost": "消失", "persistent": "継続", "exclusive": "一群のみ", "recurrent": "断続",
    },
    "verdict": {"complete": "完全", "partial": "一部", "none": "なし", "constant": "一定"},
    "parts": {"paragraph": "段落", "document": "文書"},
    "boot_unit": {"paragraph": "段落", "document": "文書"},
    "model": {"poisson": "ポアソン", "negative_binomial": "負の二項"},
}  # fmt: skip
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")  # what XML cannot hold
_WIDTHS = {
    "reading_ja": 60,
    "sentence": 60,
    "left": 40,
    "right": 40,
    "term": 22,
    "published": 22,
    "ja": 60,
    "en": 60,
}


def write_workbook(report: Report, tables: dict[str, pd.DataFrame], path: Path) -> Path:
    """Write the leading rows of every table, Japanese titles above, into one workbook."""
    import xlsxwriter

    options = {
        "strings_to_formulas": False,  # '=1+1' is text
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        # The same bytes whenever it is written
        book.set_properties(
            {"title": "seimeibun compare", "created": datetime(2000, 1, 1, tzinfo=UTC)}
        )
        _front(book, report)
        for name, sheet in SHEETS.items():
            if name in tables:
                _sheet(book, sheet, _shown(name, tables[name]), len(tables[name]))
    return path


def _shown(name: str, df: pd.DataFrame) -> pd.DataFrame:
    df = bare(df)
    if name == "keyness":
        df = df[df["tested"]]
    rows = MAX_ROWS.get(name, MAX_OTHER_ROWS)
    return df.head(rows)[[c for c in df.columns if c not in _LEFT_OUT]]


def _front(book: Any, report: Report) -> None:
    sheet = book.add_worksheet("はじめに")
    bold = book.add_format({"bold": True, "font_size": 14})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, "語彙の比較", bold)
    main = report.main.attrs
    rows = [
        ("データ", report.comparison.dataset.name),
        ("群", f"{report.request.by}：{'、'.join(report.groups.labels)}"),
        ("比較", "、".join(f"{t.attrs['target']} 対 {t.attrs['reference']}" for t in report.pairs)),
        ("単位", report.request.unit),
        ("推論の水準", LEVELS_JA[main["inference"]]),
        ("検定した語", f"{main['m_tests']:,}"),
        ("雑音の水準 |G²|", f"{main['noise_floor']:.1f}"),
        ("並べ替えの回数", f"{main['permutations']:,}"),
        *(("注意", ja) for ja, _ in report.warnings),
        ("この表について", "各シートは先頭の数百行まで。すべての行と列はCSVにあります。"),
    ]
    for number, (name, value) in enumerate(rows, 2):
        sheet.write_string(number, 0, name, wrap)
        sheet.write_string(number, 1, value, wrap)


def _sheet(book: Any, name: str, df: pd.DataFrame, total: int) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format(
        {"bold": True, "bg_color": "#DCE6F1", "text_wrap": True, "valign": "top"}
    )
    number = book.add_format({"num_format": "0.00"})
    small = book.add_format({"num_format": "0.0000"})
    for at, column in enumerate(df.columns):
        sheet.write_string(0, at, title(column), head)
        known = columns().get(column)
        if known is not None:
            sheet.write_comment(0, at, f"{column}\n{known.ja}\n{known.en}", {"x_scale": 2})
        sheet.set_column(at, at, _WIDTHS.get(column, 11))
        fmt = small if column.startswith(("p_", "q_")) or column == "p" else number
        _column(sheet, at, df[column], fmt)
    sheet.freeze_panes(1, 1)
    if len(df.columns):
        sheet.autofilter(0, 0, max(len(df), 1), len(df.columns) - 1)
    if total > len(df):
        sheet.write_string(len(df) + 1, 0, f"（全{total:,}行はCSVに）")


def _column(sheet: Any, at: int, values: pd.Series, fmt: Any) -> None:
    kind = values.dtype.kind
    for row, value in enumerate(_plain(values), 1):
        if value is None:
            continue
        if kind == "f":
            sheet.write_number(row, at, value, fmt)
        elif kind in "iu":
            sheet.write_number(row, at, value)
        elif kind == "b":
            sheet.write_boolean(row, at, value)
        else:
            sheet.write_string(row, at, _CONTROL.sub("", str(value)))


def _plain(values: pd.Series) -> Iterable[Any]:
    if values.dtype.kind == "f":
        return [v if isfinite(v) else None for v in values.tolist()]
    shown = _VALUES.get(str(values.name), {})
    return [None if pd.isna(v) or v == "" else shown.get(v, v) for v in values.tolist()]
