"""A report as files: CSV tables with their column dictionary, workbook, plots, page and manifest.

Nothing in them depends on the time or the machine: the same dataset, options and versions give the same bytes.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import asdict
from functools import partial
from importlib.metadata import version
from itertools import chain, islice
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from seimeibun.compare.beside import beside
from seimeibun.compare.columns import dictionary
from seimeibun.compare.report import Report
from seimeibun.compare.texts import bare, each_once
from seimeibun.tables import dialect

_LINES = 10_000  # written at once: a long table is not held as text as well
_SPECIAL = re.compile('[,"\r\n]')
_VERSIONS = ("ja-seimeibun", "numpy", "pandas", "scipy", "matplotlib")


def write_report(
    report: Report, out: Path, *, workbook: bool = True, plots: bool = True, page: bool = True
) -> list[Path]:
    """Write everything into ``out`` and return the files.

    What an earlier comparison wrote there goes, unless somebody has changed it since.
    """
    out.mkdir(parents=True, exist_ok=True)
    _remove_earlier(out / "manifest.json")
    with beside(partial(_draw, report, out / "plots")) if plots else nullcontext(list) as drawn:
        tables = report.tables | {"columns": dictionary(report.tables)}
        files = [write_csv(df, out / f"{name}.csv") for name, df in tables.items()]
        if workbook:
            from seimeibun.compare.workbook import write_workbook

            files.append(write_workbook(report, tables, out / "comparison.xlsx"))
        if page:
            from seimeibun.compare.page import write_page

            files.append(write_page(report, out / "comparison.html"))
        files += drawn()
    files.append(_write_manifest(report, files, out / "manifest.json"))
    return files


def _draw(report: Report, folder: Path) -> list[Path]:
    from seimeibun.compare.plots.save import save_plots

    return save_plots(report, folder)


def write_csv(df: pd.DataFrame, path: Path) -> Path:
    """Write a table in the dataset's dialect, numbers with six significant digits."""
    df = bare(df)
    columns = [cells(df[name], quoted=True) for name in df.columns]
    lines = map(",".join, chain([map(_quoted, df.columns)], zip(*columns, strict=True)))
    with path.open("w", encoding=dialect.ENCODING, newline="") as file:
        while some := list(islice(lines, _LINES)):
            file.write("\r\n".join(some) + "\r\n")
    return path


def cells(column: pd.Series, *, quoted: bool = False) -> list[str]:
    """Return a column as cells: "" for null, true and false, the formula guard before text.

    With ``quoted`` they are as they stand between commas (RFC 4180).

    >>> cells(pd.Series([0.1 + 0.2, float("nan"), 1e-20])), cells(pd.Series(["－港", None]))
    (['0.3', '', '1e-20'], ["'－港", ''])
    >>> cells(pd.Series(["港", "a,b"]), quoted=True)
    ['港', '"a,b"']
    """
    if column.dtype.kind == "b":
        return list(np.where(column.to_numpy(), "true", "false"))
    if column.dtype.kind == "f":
        return each_once(column, _number)
    if column.dtype.kind in "iu":
        return each_once(column, _whole)
    return each_once(column, lambda value: _quoted(_text(value)) if quoted else _text(value))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _SPECIAL.search(text) else text


def _number(value: float) -> str:
    return f"{value:.6g}" if isfinite(value) else ""


def _whole(value: object) -> str:
    return "" if value is None or value is pd.NA else str(value)


def _text(value: object) -> str:
    return "" if value is None or value is pd.NA or value != value else dialect.guard(str(value))


def _remove_earlier(manifest: Path) -> None:
    """Remove the files of a manifest that are as it says they are."""
    if not manifest.is_file():
        return
    try:
        files = json.loads(manifest.read_text(encoding="utf-8"))["files"]
    except (ValueError, KeyError, TypeError):
        return  # none of ours
    for name, digest in files.items():
        file = manifest.parent / name
        inside = manifest.parent.resolve() in file.resolve().parents
        if inside and file.is_file() and _sha256(file) == digest:
            file.unlink()


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _write_manifest(report: Report, files: Iterable[Path], path: Path) -> Path:
    dataset = report.comparison.dataset
    manifest = {
        "dataset": {"name": dataset.name, "sha256": dict(dataset.sha256)},
        "request": asdict(report.request)
        | {
            "zone": report.comparison.text.zone,
            "mask": sorted(report.comparison.text.mask),
            "within": list(report.comparison.within),
        },
        "groups": list(report.groups.labels),
        "comparisons": [_plain(table.attrs) for table in report.pairs],
        "warnings": [{"ja": ja, "en": en} for ja, en in report.warnings],
        "versions": {name: version(name) for name in _VERSIONS},
        "files": {
            file.relative_to(path.parent).as_posix(): _sha256(file) for file in sorted(files)
        },
    }
    text = json.dumps(_plain(manifest), ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def _plain(value: Any) -> Any:
    """Return what JSON can say: nan is null."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float | np.floating):
        return float(value) if np.isfinite(value) else None
    return value
