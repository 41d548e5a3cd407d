"""Counts and rates of every term in every group, zeros included."""

import numpy as np
import pandas as pd

from seimeibun.compare import dispersion, measures
from seimeibun.compare.counts import Counts, indicator
from seimeibun.compare.groups import Groups
from seimeibun.compare.texts import texts


def frequency(counts: Counts, groups: Groups) -> pd.DataFrame:
    """Return one row a term and group: count, rate per 1,000 with its exact interval, documents, paragraphs."""
    table = counts.of_groups(groups)
    totals = counts.group_totals(groups)
    terms = np.flatnonzero(table.sum(axis=0))
    docs, paragraphs = _range(counts, groups)
    size, n = len(terms), len(groups)
    count = table[:, terms].T.ravel()
    total = np.tile(totals, size)
    different, of, at = measures.distinct(count, total)
    low, high = (bound[at] for bound in measures.rate_interval(different, of))
    row = np.repeat(terms, n)
    return pd.DataFrame(
        {
            "term": counts.term_texts.take(row),
            "unit": counts.occurrences.unit,
            "layer": counts.layer_texts.take(row),
            "by": groups.by,
            "group": texts(groups.labels, np.tile(np.arange(n), size)),
            "count": count,
            "n": total,
            "per_1000": np.divide(1000 * count, total, out=np.zeros(len(count)), where=total > 0),
            "per_1000_lo": low,
            "per_1000_hi": high,
            "docs": docs[:, terms].T.ravel(),
            "paras": paragraphs[:, terms].T.ravel(),
        }
    )


def _range(counts: Counts, groups: Groups) -> tuple[np.ndarray, np.ndarray]:
    """Return groups x terms: documents and paragraphs that have the term."""
    in_doc = (counts.of_docs > 0).astype(np.int64)
    in_paragraph = (counts.matrix > 0).astype(np.int64)
    docs = indicator(groups.of_doc, len(groups)) @ in_doc
    paragraphs = indicator(counts.para_groups(groups), len(groups)) @ in_paragraph
    return docs.toarray(), paragraphs.toarray()


def dispersion_table(counts: Counts, groups: Groups, terms: np.ndarray) -> pd.DataFrame:
    """Return range, DP, DPnorm and D of some terms in each group, over paragraphs and over documents."""
    units = (
        ("paragraph", counts.matrix[:, terms], counts.totals, counts.para_groups(groups)),
        ("document", counts.of_docs[:, terms], counts.doc_totals, groups.of_doc),
    )
    blocks: list[dict[str, np.ndarray]] = []
    for number in range(len(groups)):
        for _, matrix, totals, group in units:
            rows = np.flatnonzero((group == number) & (totals > 0))
            part, sizes = matrix[rows], totals[rows].astype(np.float64)
            dp = dispersion.dp(part, sizes) if len(rows) else np.full(len(terms), np.nan)
            blocks.append(
                {
                    "n_parts": np.full(len(terms), len(rows)),
                    "count": dispersion.total(part).astype(np.int64),
                    "range": dispersion.parts_with(part),
                    "dp": dp,
                    "dp_norm": dispersion.dp_norm(dp, sizes) if len(rows) else dp,
                    "juilland_d": dispersion.juilland_d(part, sizes),
                }
            )
    block = np.repeat(np.arange(len(blocks)), len(terms))
    row = np.tile(terms, len(blocks))
    return pd.DataFrame(
        {
            "term": counts.term_texts.take(row),
            "layer": counts.layer_texts.take(row),
            "group": texts(groups.labels, block // len(units)),
            "parts": texts([name for name, *_ in units], block % len(units)),
            **{name: np.concatenate([found[name] for found in blocks]) for name in blocks[0]},
        }
    )
