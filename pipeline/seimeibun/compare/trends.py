"""Trends over years: a log-linear model of each term's counts, with standard errors that take documents as units."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse, special

from seimeibun.compare import inference, measures
from seimeibun.compare.counts import Counts
from seimeibun.compare.dataset import ABSENT
from seimeibun.compare.errors import CompareError

Floats = NDArray[np.float64]
POISSON, NEGATIVE_BINOMIAL = "poisson", "negative_binomial"
OVERDISPERSED = (
    1.5  # Pearson's chi² over degrees of freedom, above which counts are no Poisson counts
)
_STEPS = 60
_CELLS = 200_000
_STEEPEST = 20.0  # of a trend, in logarithms over all years


def trends(counts: Counts, years: NDArray[np.int64], *, min_count: int = 10) -> pd.DataFrame:
    """Return the change of rate per year of each term with at least ``min_count`` occurrences.

    A Poisson model with log link and offset ln N, or a negative binomial one (dispersion by moments) where
    the counts are overdispersed; standard errors are robust, clustered by document. ``change_per_decade``
    is the factor in ten years. Kendall's tau-b compares the rates of years with the years (Mann 1945).
    """
    docs = np.flatnonzero((counts.doc_totals > 0) & (years != ABSENT))
    distinct = len(np.unique(years[docs]))
    if distinct < inference.MIN_YEARS:
        message = f"{distinct} different years; a trend needs at least {inference.MIN_YEARS}"
        raise CompareError(message)
    table = counts.of_docs[docs]
    terms = np.flatnonzero(np.asarray(table.sum(axis=0)).ravel() >= min_count)
    n, year = counts.doc_totals[docs].astype(np.float64), years[docs].astype(np.float64)
    fit = _fit_all(table[:, terms].T.tocsr(), n, year)
    # A term of one year at the edge has a slope without end: the model has nothing to say of it.
    endless = ~np.isfinite(fit["se"]) | (np.abs(fit["slope"]) * np.ptp(year) > _STEEPEST)
    for name in ("slope", "se"):
        fit[name] = np.where(endless, np.nan, fit[name])
    with np.errstate(divide="ignore", invalid="ignore"):
        z = fit["slope"] / fit["se"]
    p = 2 * special.ndtr(-np.abs(z))
    factor = 1.959963984540054 * fit["se"]
    df = pd.DataFrame(
        {
            "term": counts.terms[terms],
            "unit": counts.occurrences.unit,
            "layer": counts.layer[terms],
            "count": fit["count"].astype(np.int64),
            "docs": fit["docs"],
            "n_docs": len(docs),
            "n_years": distinct,
            "first_year": int(year.min()),
            "last_year": int(year.max()),
            "model": fit["model"],
            "overdispersion": fit["overdispersion"],
            "slope": fit["slope"],
            "se": fit["se"],
            "change_per_decade": np.exp(10 * fit["slope"]),
            "change_lo": np.exp(10 * (fit["slope"] - factor)),
            "change_hi": np.exp(10 * (fit["slope"] + factor)),
            "p": p,
            "q_bh": measures.benjamini_hochberg(p),
            "kendall_tau": fit["tau"],
            "inference": inference.DOCUMENT,
        }
    )
    return df.sort_values(["p", "term"], kind="stable", ignore_index=True)


def _fit_all(table: sparse.csr_array, n: Floats, year: Floats) -> dict[str, np.ndarray]:
    """Fit the terms (rows) in batches, so that memory does not grow with terms times documents."""
    step = max(1, _CELLS // len(n))
    parts = []
    for start in range(0, max(table.shape[0], 1), step):
        y = table[start : start + step].toarray().astype(np.float64)
        found = fit_rates(y, n, year - year.mean())
        found |= {
            "count": y.sum(axis=1),
            "docs": (y > 0).sum(axis=1),
            "tau": _tau_of_years(y, n, year),
        }
        parts.append(found)
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def trend_points(counts: Counts, years: NDArray[np.int64], term: int) -> pd.DataFrame:
    """Return one row a document with its rate, and the fitted rate (empty with fewer than five years)."""
    docs = np.flatnonzero((counts.doc_totals > 0) & (years != ABSENT))
    y = counts.of_docs[docs][:, [term]].toarray().T.astype(np.float64)
    n, year = counts.doc_totals[docs].astype(np.float64), years[docs].astype(np.float64)
    df = pd.DataFrame({"year": years[docs], "n": n, "per_1000": 1000 * y[0] / n})
    df[["fit", "fit_lo", "fit_hi"]] = np.nan
    if len(np.unique(year)) < inference.MIN_YEARS or not y.any():
        return df
    x = year - year.mean()
    fit = fit_rates(y, n, x)
    line = fit["intercept"][0] + fit["slope"][0] * x
    # variance of a + b x from the same sandwich
    spread = 1.959963984540054 * np.sqrt(np.maximum(_line_variance(y, n, x, fit), 0))[0]
    df["fit"] = 1000 * np.exp(line)
    df["fit_lo"], df["fit_hi"] = 1000 * np.exp(line - spread), 1000 * np.exp(line + spread)
    return df


def _line_variance(y: Floats, n: Floats, x: Floats, fit: dict[str, np.ndarray]) -> Floats:
    w, m = _bread_and_meat(y, n, x, fit["alpha"], fit["intercept"], fit["slope"])
    det = np.maximum(w[0] * w[2] - w[1] ** 2, 1e-300)
    # weights of the two scores in a + b x, for each x
    first = (w[2][:, None] - w[1][:, None] * x) / det[:, None]
    second = (w[0][:, None] * x - w[1][:, None]) / det[:, None]
    return np.asarray(
        first**2 * m[0][:, None] + 2 * first * second * m[1][:, None] + second**2 * m[2][:, None]
    )


def fit_rates(y: Floats, n: Floats, x: Floats) -> dict[str, np.ndarray]:
    """Fit ln rate = a + b x to the counts ``y`` (terms x documents) of ``n`` words; all terms at once."""
    none = np.zeros(len(y))
    start = np.log(np.maximum(y.sum(axis=1), 0.5) / n.sum())
    a, b = _newton(y, n, x, none, start, none.copy())
    mean = n * np.exp(a[:, None] + b[:, None] * x)
    free = max(len(n) - 2, 1)
    overdispersion = ((y - mean) ** 2 / mean).sum(axis=1) / free
    alpha = np.maximum(((y - mean) ** 2 - mean).sum(axis=1) / (mean**2).sum(axis=1), 0)
    alpha = np.where(overdispersion > OVERDISPERSED, alpha, 0)
    a, b = _newton(y, n, x, alpha, a, b)
    model = np.where(alpha > 0, NEGATIVE_BINOMIAL, POISSON).astype(object)
    se = _robust_error(y, n, x, alpha, a, b)
    return {
        "intercept": a, "slope": b, "se": se, "alpha": alpha, "overdispersion": overdispersion,
        "model": model,
    }  # fmt: skip


def _newton(
    y: Floats, n: Floats, x: Floats, alpha: Floats, a: Floats, b: Floats
) -> tuple[Floats, Floats]:
    """Solve the score equations by Fisher scoring, steps limited so that rare terms do not run away."""
    for _ in range(_STEPS):
        mean = n * np.exp(np.clip(a[:, None] + b[:, None] * x, -50, 20))
        weight = mean / (1 + alpha[:, None] * mean)
        score = (y - mean) / (1 + alpha[:, None] * mean)
        s0, s1 = score.sum(axis=1), (score * x).sum(axis=1)
        w0, w1, w2 = weight.sum(axis=1), (weight * x).sum(axis=1), (weight * x**2).sum(axis=1)
        det = np.maximum(w0 * w2 - w1**2, 1e-300)
        step_a, step_b = (w2 * s0 - w1 * s1) / det, (w0 * s1 - w1 * s0) / det
        limit = np.maximum(1, np.maximum(np.abs(step_a), np.abs(step_b) * np.abs(x).max()) / 2)
        a, b = a + step_a / limit, b + step_b / limit
        if max(np.abs(step_a).max(initial=0), np.abs(step_b).max(initial=0)) < 1e-10:
            break
    return a, b


def _robust_error(y: Floats, n: Floats, x: Floats, alpha: Floats, a: Floats, b: Floats) -> Floats:
    """Return the sandwich standard error of the slope (every document a cluster of its own)."""
    w, m = _bread_and_meat(y, n, x, alpha, a, b)
    det = np.maximum(w[0] * w[2] - w[1] ** 2, 1e-300)
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        variance = (w[1] ** 2 * m[0] - 2 * w[0] * w[1] * m[1] + w[0] ** 2 * m[2]) / det**2
    return np.asarray(np.sqrt(np.maximum(variance, 0)))


def _bread_and_meat(
    y: Floats, n: Floats, x: Floats, alpha: Floats, a: Floats, b: Floats
) -> tuple[list[Floats], list[Floats]]:
    """Return the moments (1, x, x²) of the weights and of the squared scores."""
    mean = n * np.exp(np.clip(a[:, None] + b[:, None] * x, -50, 20))
    # observed, not expected information: what the likelihood itself says of its curvature
    weight = mean * (1 + alpha[:, None] * y) / (1 + alpha[:, None] * mean) ** 2
    score2 = ((y - mean) / (1 + alpha[:, None] * mean)) ** 2
    return (
        [(weight * x**k).sum(axis=1) for k in range(3)],
        [(score2 * x**k).sum(axis=1) for k in range(3)],
    )


def _tau_of_years(y: Floats, n: Floats, year: Floats) -> Floats:
    """Return Kendall's tau-b of the rates of whole years: pairs of years are few, pairs of documents are not."""
    years, at = np.unique(year, return_inverse=True)
    of_year = (at == np.arange(len(years))[:, None]).astype(np.float64)
    return kendall_tau((y @ of_year.T) / (of_year @ n), years)


def kendall_tau(rates: Floats, year: Floats) -> Floats:
    """Return Kendall's tau-b of each term's rates (terms x points in time) and the years."""
    i, j = np.triu_indices(len(year), k=1)
    by_year = np.sign(year[i] - year[j])
    by_rate = np.sign(rates[:, i] - rates[:, j])
    untied = np.sqrt((by_rate != 0).sum(axis=1) * float((by_year != 0).sum()))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((by_rate @ by_year) / untied)
