"""Keyness within strata: the same comparison inside each document type (or partner …), then taken together."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seimeibun.compare.counts import Counts, indicator
from seimeibun.compare.errors import CompareError
from seimeibun.compare.groups import Groups

Floats = NDArray[np.float64]


def stratified(
    counts: Counts, groups: Groups, strata: NDArray[np.object_], terms: NDArray[np.int64]
) -> pd.DataFrame:
    """Return the Mantel-Haenszel log2 odds ratio of each term over the strata that both groups have.

    ``strata`` has the stratum of each document. Robins, Breslow and Greenland's variance gives the interval.
    """
    shared = _shared(groups, strata)
    if not shared:
        message = "no stratum has documents of both groups; the comparison is completely confounded with it"
        raise CompareError(message)
    cells = [_cells(counts, groups, strata == stratum, terms) for stratum in shared]
    log_or, error = mantel_haenszel(*(np.array(parts) for parts in zip(*cells, strict=True)))
    factor = 1.959963984540054
    return pd.DataFrame(
        {
            "mh_log_odds": log_or / np.log(2),
            "mh_lo": (log_or - factor * error) / np.log(2),
            "mh_hi": (log_or + factor * error) / np.log(2),
            "mh_strata": len(shared),
        }
    )


def mantel_haenszel(a: Floats, b: Floats, n1: Floats, n2: Floats) -> tuple[Floats, Floats]:
    """Return the natural log of the common odds ratio and its standard error; strata x terms, nan where undefined."""
    c, d = n1 - a, n2 - b
    n = n1 + n2
    r, s = (a * d / n), (b * c / n)
    p, q = (a + d) / n, (b + c) / n
    big_r, big_s = r.sum(axis=0), s.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        log_or = np.log(big_r / big_s)
        variance = (
            (p * r).sum(axis=0) / (2 * big_r**2)
            + (p * s + q * r).sum(axis=0) / (2 * big_r * big_s)
            + (q * s).sum(axis=0) / (2 * big_s**2)
        )
    defined = (big_r > 0) & (big_s > 0)
    return np.where(defined, log_or, np.nan), np.where(defined, np.sqrt(variance), np.nan)


def _shared(groups: Groups, strata: NDArray[np.object_]) -> list[str]:
    of = [set(strata[groups.of_doc == g]) for g in (0, 1)]
    return sorted(of[0] & of[1])


def _cells(
    counts: Counts, groups: Groups, within: NDArray[np.bool_], terms: NDArray[np.int64]
) -> tuple[Floats, Floats, Floats, Floats]:
    part = np.where(within, groups.of_doc, -1)
    table = (indicator(part, 2) @ counts.of_docs)[:, terms].toarray().astype(np.float64)
    totals = [float(counts.doc_totals[part == g].sum()) for g in (0, 1)]
    shape = (len(terms),)
    return table[0], table[1], np.full(shape, totals[0]), np.full(shape, totals[1])
