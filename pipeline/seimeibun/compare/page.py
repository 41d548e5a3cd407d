"""The page comparison.html: search, sort, hover, click a term to read where it stands. One file, no network."""

import json
from collections.abc import Iterator, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from seimeibun.compare.groups import NONE
from seimeibun.compare.keyness import LEADING
from seimeibun.compare.kwic import Context
from seimeibun.compare.layers import LAYERS_JA
from seimeibun.compare.reading import label_ja
from seimeibun.compare.report import Report
from seimeibun.compare.texts import bare, each_once

MAX_ROWS = 6000  # of all comparisons together
MAX_OCCURRENCES = 20_000  # on the page; the leading terms come first
MAX_OF_TERM = 60  # in a group
_COLUMNS = (
    "term", "layer", "side", "rank", "count_target", "count_reference", "per_1000_target",
    "per_1000_reference", "g2", "log_ratio", "lr_lo", "lr_hi", "lrc", "log_odds_z", "q_bh", "p_para_maxT",
    "p_doc", "q_doc", "docs_target", "docs_reference", "dp_norm_target", "dp_norm_reference", "spelling_variant",
    "inference", "reading_ja", "reading_en",
)  # fmt: skip


def write_page(report: Report, path: Path) -> Path:
    """Fill the template with the report's data."""
    template = Path(__file__).with_name("page.html").read_text(encoding="utf-8")
    data = json.dumps(_data(report), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # "</script>" and "<!--" in a text would end the element that holds the data
    path.write_text(template.replace("/*DATA*/", data.replace("<", "\\u003c")), encoding="utf-8")
    return path


def _data(report: Report) -> dict[str, Any]:
    each = max(MAX_ROWS // len(report.pairs), LEADING)
    shown = [_rows(table, each) for table in report.pairs]
    terms = list(dict.fromkeys(term for rows in _in_turn(shown) for term in rows))
    return {
        "dataset": report.comparison.dataset.name,
        "unit": report.request.unit,
        "by": report.request.by,
        "groups": list(report.groups.labels),
        "groups_ja": [label_ja(report.groups.by, label) for label in report.groups.labels],
        "summary": _records(report.tables["summary"]),
        "warnings": [{"ja": ja, "en": en} for ja, en in report.warnings],
        "layers": LAYERS_JA,
        "columns": list(_COLUMNS),
        "pairs": [
            {
                "meta": _meta(table),
                "rows": _json_rows(rows),
            }
            for table, rows in zip(report.pairs, shown, strict=True)
        ],
        "rates": _rates(report, terms),
        **_occurrences(report, terms),
    }


def _rows(table: pd.DataFrame, number: int) -> pd.DataFrame:
    table = bare(table)
    return table.loc[table["tested"], list(_COLUMNS)].head(number)


def _in_turn(shown: Sequence[pd.DataFrame]) -> Iterator[list[str]]:
    """Give ten terms of each comparison, then the next ten: what is left out are the weakest of all."""
    terms = [rows["term"].tolist() for rows in shown]
    for start in range(0, max(map(len, terms), default=0), 10):
        for each in terms:
            yield each[start : start + 10]


def _json_rows(df: pd.DataFrame) -> list[list[Any]]:
    """Return rows as JSON takes them, numbers to five digits, which is what one sees."""
    columns = [_json_column(df[name]) for name in df.columns]
    return [list(row) for row in zip(*columns, strict=True)]


def _json_column(values: pd.Series) -> list[Any]:
    if values.dtype.kind == "f":
        return each_once(values, _plain)
    return [None if v is pd.NA else v for v in values.tolist()]


def _meta(table: pd.DataFrame) -> dict[str, Any]:
    attrs = table.attrs
    names = (
        "target",
        "reference",
        "inference",
        "m_tests",
        "noise_floor",
        "docs",
        "n",
        "banner_ja",
        "banner_en",
    )
    meta = {name: _plain(attrs[name]) for name in names}
    meta["target_ja"] = label_ja(attrs["by"], attrs["target"])
    meta["reference_ja"] = label_ja(attrs["by"], attrs["reference"])
    return meta


def _rates(report: Report, terms: list[str]) -> dict[str, list[list[Any]]]:
    """Return count, rate and interval of each term in each group."""
    table = report.tables["frequency_long"]
    table = table[table["term"].isin(terms)]
    names = table["term"].tolist()
    rows = _json_rows(table[["count", "per_1000", "per_1000_lo", "per_1000_hi"]])
    rates: dict[str, list[list[Any]]] = {}
    for term, row in zip(names, rows, strict=True):
        rates.setdefault(term, []).append(row)
    return rates


def _occurrences(report: Report, terms: list[str]) -> dict[str, Any]:
    """Return the sentences that are needed once each, and where in them each term stands."""
    cmp = report.comparison
    found = cmp.occurrences(report.request.unit)
    index = {term: number for number, term in enumerate(terms)}
    order = np.array([index.get(term, -1) for term in found.terms], dtype=np.int64)
    group = report.groups.of_doc[found.doc]
    rows = np.flatnonzero((order[found.term] >= 0) & (group != NONE))
    nth = pd.DataFrame({"t": found.term[rows], "g": group[rows]}).groupby(["t", "g"]).cumcount()
    rows = rows[nth.to_numpy() < MAX_OF_TERM]
    rows = rows[np.argsort(order[found.term[rows]], kind="stable")][:MAX_OCCURRENCES]
    context = Context.of(cmp.text)
    tokens = cmp.text.sent_of("tokens")
    sentences, at = np.unique(found.sent[rows], return_inverse=True)
    # Not every token is in a sentence: those that are in none stand between the others
    order_of_tokens = np.argsort(tokens, kind="stable")
    ordered = tokens[order_of_tokens]
    first = order_of_tokens[np.searchsorted(ordered, sentences, "left")]
    last = order_of_tokens[np.searchsorted(ordered, sentences, "right") - 1] + 1
    begin = context.start[first]
    places: dict[str, list[list[int]]] = {}
    for row, sentence in zip(rows, at, strict=True):
        start, end = context.start[found.first[row]], context.start[found.last[row]]
        place = [sentence, start - begin[sentence], end - start, found.start[row], found.end[row]]
        places.setdefault(found.terms[found.term[row]], []).append([int(v) for v in place])
    table, documents = cmp.dataset["sentences"], cmp.documents
    docs = cmp.text.sent_doc[sentences]
    texts = [context.text[a:b] for a, b in zip(begin, context.start[last], strict=True)]
    numbers = zip(
        table["para_no"].to_numpy()[sentences], table["sent_no"].to_numpy()[sentences], strict=True
    )
    return {
        "occurrences": places,
        "sentences": [
            [int(doc), int(para), int(sent), text]
            for doc, (para, sent), text in zip(docs, numbers, texts, strict=True)
        ],
        "documents": [
            [doc_id, date, title, int(g)]
            for doc_id, date, title, g in zip(
                documents["doc_id"],
                documents["date"],
                documents["title"],
                report.groups.of_doc,
                strict=True,
            )
        ],
    }


def _records(df: pd.DataFrame) -> list[dict[str, Any]]:
    return [{k: _plain(v) for k, v in row.items()} for row in df.to_dict("records")]


def _plain(value: Any) -> Any:
    """Return what JSON can say; numbers to five digits, which is what one sees."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if value is None or value is pd.NA:
        return None
    if isinstance(value, float | np.floating):
        return float(f"{value:.5g}") if isfinite(value) else None
    if isinstance(value, np.integer):
        return int(value)
    return value
