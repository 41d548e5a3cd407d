"""More than two groups: which cells of the table term x group differ, and a map of the groups."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seimeibun.compare import inference, measures
from seimeibun.compare.counts import Counts
from seimeibun.compare.errors import CompareError
from seimeibun.compare.groups import Groups
from seimeibun.compare.texts import texts

Floats = NDArray[np.float64]


def omnibus_g2(table: Floats, totals: Floats) -> Floats:
    """Return G² (df G - 1) of each term over all groups; ``table`` is groups x terms, unsigned."""
    total = totals.sum()
    row = table.sum(axis=0)
    value = np.zeros(table.shape[1])
    for observed, n in zip(table, totals, strict=True):
        value += _cell(observed, row * n / total) + _cell(n - observed, (total - row) * n / total)
    return np.maximum(2 * value, 0)


def _cell(observed: Floats, expected: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(observed > 0, observed * np.log(observed / expected), 0.0)


def adjusted_residuals(table: Floats, totals: Floats) -> Floats:
    """Return (O - E) / √(E (1 - row share) (1 - column share)) (Agresti), groups x terms."""
    total = totals.sum()
    row = table.sum(axis=0)
    expected = np.outer(totals, row) / total
    spread = expected * (1 - row / total) * (1 - totals / total)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(spread > 0, (table - expected) / np.sqrt(spread), 0.0)


def residual_table(
    counts: Counts, groups: Groups, *, min_count: int = 3, min_paragraphs: int = 2
) -> pd.DataFrame:
    """Return one row a tested term and group: count, residual, and the term's G² over all groups."""
    terms, table, totals = _tested(counts, groups, min_count, min_paragraphs)
    g2 = omnibus_g2(table, totals)
    p = measures.chi2_p(g2, len(groups) - 1)
    residual = adjusted_residuals(table, totals)
    docs = [int((groups.of_doc == g).sum()) for g in range(len(groups))]
    level = inference.DESCRIPTIVE if min(docs) < inference.MIN_DOCS else inference.WITHIN
    order = np.lexsort((counts.terms[terms].astype(str), -g2))
    n = len(groups)
    row = np.repeat(terms[order], n)
    return pd.DataFrame(
        {
            "term": counts.term_texts.take(row),
            "unit": counts.occurrences.unit,
            "layer": counts.layer_texts.take(row),
            "group": texts(groups.labels, np.tile(np.arange(n), len(terms))),
            "count": table[:, order].T.ravel().astype(np.int64),
            "n": np.tile(totals, len(terms)).astype(np.int64),
            "residual": residual[:, order].T.ravel(),
            "g2": np.repeat(g2[order], n),
            "df": n - 1,
            "p_g2": np.repeat(p[order], n),
            "q_bh": np.repeat(measures.benjamini_hochberg(p)[order], n),
            "inference": level,
        }
    )


def _tested(
    counts: Counts, groups: Groups, min_count: int, min_paragraphs: int
) -> tuple[NDArray[np.int64], Floats, Floats]:
    table = counts.of_groups(groups)
    inside = counts.matrix[counts.para_groups(groups) >= 0]
    paragraphs = np.bincount(inside.indices, minlength=len(counts.terms))
    terms = np.flatnonzero((table.sum(axis=0) >= min_count) & (paragraphs >= min_paragraphs))
    return terms, table[:, terms].astype(np.float64), counts.group_totals(groups).astype(np.float64)


@dataclass(frozen=True)
class Correspondence:
    """A correspondence analysis: principal coordinates of groups and terms, inertia of each dimension."""

    groups: pd.DataFrame
    terms: pd.DataFrame
    inertia: Floats

    @property
    def share(self) -> Floats:
        return np.asarray(self.inertia / self.inertia.sum())


def correspondence(
    counts: Counts,
    groups: Groups,
    *,
    layers: tuple[str, ...] = ("topic", "entity", "act"),
    min_count: int = 5,
    top: int = 300,
) -> Correspondence:
    """Return the map of groups and their most telling terms (Greenacre 2017); two groups have no plane."""
    if len(groups) < inference.MIN_GROUPS_MAP:
        message = (
            f"{len(groups)} groups of {groups.by}; a correspondence map needs at least "
            f"{inference.MIN_GROUPS_MAP} (two lie on a line)"
        )
        raise CompareError(message)
    terms, table, totals = _tested(counts, groups, min_count, 2)
    if layers and np.isin(counts.layer, layers).any():
        kept = np.isin(counts.layer[terms], layers)
        terms, table = terms[kept], table[:, kept]
    strongest = np.lexsort((counts.terms[terms].astype(str), -omnibus_g2(table, totals)))[:top]
    terms, table = terms[strongest], table[:, strongest]
    used = table.sum(axis=1) > 0
    return _decompose(table[used], np.array(groups.labels)[used], counts, terms)


def _decompose(
    table: Floats, labels: np.ndarray, counts: Counts, terms: NDArray[np.int64]
) -> Correspondence:
    p = table / table.sum()
    r, c = p.sum(axis=1), p.sum(axis=0)
    residual = (p - np.outer(r, c)) / np.sqrt(np.outer(r, c))
    u, s, vt = np.linalg.svd(residual, full_matrices=False)
    kept = max(min(table.shape) - 1, 1)
    u, s, vt = u[:, :kept], s[:kept], vt[:kept]
    # The sign of a dimension is arbitrary; the one with the heaviest loading positive is the same everywhere.
    heaviest = np.abs(u).argmax(axis=0)
    flip = np.sign(u[heaviest, np.arange(kept)])
    rows = (u * flip * s) / np.sqrt(r)[:, None]
    columns = (vt.T * flip * s) / np.sqrt(c)[:, None]
    names = [f"dim{k + 1}" for k in range(kept)]
    return Correspondence(
        pd.DataFrame(rows, columns=names).assign(group=labels, mass=r),
        pd.DataFrame(columns, columns=names).assign(
            term=counts.terms[terms],
            layer=counts.layer[terms],
            count=table.sum(axis=0).astype(np.int64),
            contribution=(vt[: min(2, kept)] ** 2).sum(axis=0),
        ),
        s**2,
    )
