"""The measures of keyness, each a function of counts.

``a`` and ``b`` are the counts of a term in target and reference, ``n1`` and ``n2`` the totals there, all
broadcast. Everything is antisymmetric to the last bit: with target and reference exchanged, a signed
measure changes its sign and nothing else.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import special

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_FISHER_CELLS = 20_000
LEVEL = 0.05  # of all intervals and tests, two-sided


def _floats(*values: ArrayLike) -> tuple[Floats, ...]:
    return tuple(np.asarray(value, dtype=np.float64) for value in values)


def _ratio(x: Floats, y: Floats) -> Floats:
    """Return x/y, and nan where y is 0."""
    return np.asarray(np.divide(x, y, out=np.full(np.broadcast(x, y).shape, np.nan), where=y != 0))


def distinct(a: ArrayLike, b: ArrayLike) -> tuple[Ints, Ints, Ints]:
    """Return the different pairs of counts, and which of them each place has: rare terms share theirs.

    >>> [part.tolist() for part in distinct([3, 0, 3], [1, 9, 1])]
    [[3, 0], [1, 9], [0, 1, 0]]
    """
    x, y = (np.asarray(value, dtype=np.int64) for value in (a, b))
    size = int(y.max(initial=0)) + 1
    at, pairs = pd.factorize(x * size + y)
    first, second = np.divmod(pairs, size)
    return first, second, at


def rate_interval(
    count: ArrayLike, total: ArrayLike, *, per: float = 1000, level: float = LEVEL
) -> tuple[Floats, Floats]:
    """Return the exact Poisson interval of a rate (Garwood 1936), per ``per`` words."""
    a, n = _floats(count, total)
    scale = _ratio(np.full(n.shape, per), n)
    low = np.where(a > 0, special.gammaincinv(np.maximum(a, 1e-300), level / 2), 0.0)
    return low * scale, special.gammaincinv(a + 1, 1 - level / 2) * scale


def share_interval(
    count: ArrayLike, total: ArrayLike, *, level: float = LEVEL
) -> tuple[Floats, Floats]:
    """Return the exact binomial interval of a share (Clopper and Pearson 1934)."""
    k, n = _floats(count, total)
    low = np.where(k > 0, special.betaincinv(np.maximum(k, 1e-300), n - k + 1, level / 2), 0.0)
    rest = np.maximum(n - k, 1e-300)
    high = np.where(k < n, special.betaincinv(k + 1, rest, 1 - level / 2), 1.0)
    return np.where(n > 0, low, np.nan), np.where(n > 0, high, np.nan)


def sign(a: ArrayLike, b: ArrayLike, n1: ArrayLike, n2: ArrayLike) -> Floats:
    """Return 1 where the target uses the term more than the reference, -1 where less, else 0."""
    x, y, m, n = _floats(a, b, n1, n2)
    return np.sign(x * n - y * m)


def g2(a: ArrayLike, b: ArrayLike, n1: ArrayLike, n2: ArrayLike) -> Floats:
    """Return the signed log-likelihood ratio over all four cells (Dunning 1993).

    >>> g2([38, 0], [1, 56], 1913, 2375).round(4).tolist()
    [53.6281, -66.7685]
    """
    x, y, m, n = _floats(a, b, n1, n2)
    total, row = m + n, x + y
    with np.errstate(divide="ignore", invalid="ignore"):
        used = _cell(x, row * m / total) + _cell(y, row * n / total)
        other = total - row
        unused = _cell(m - x, other * m / total) + _cell(n - y, other * n / total)
    return sign(x, y, m, n) * np.maximum(2 * (used + unused), 0.0)


def _cell(observed: Floats, expected: Floats) -> Floats:
    """Return O ln(O/E), which is 0 where nothing was observed."""
    return np.where(observed > 0, special.xlogy(observed, observed / expected), 0.0)


def chi2_p(statistic: ArrayLike, df: float = 1) -> Floats:
    return np.asarray(special.chdtrc(df, np.abs(statistic)))


def fisher_p(a: ArrayLike, b: ArrayLike, n1: int, n2: int) -> Floats:
    """Return Fisher's exact p, two-sided: the tables that are no likelier than the one observed."""
    x, y = (np.atleast_1d(np.asarray(v, dtype=np.int64)) for v in (a, b))
    result = np.ones(len(x))
    # In the order of the smaller group first, so that exchanging the groups gives the same bits
    small, first, second = (x, n1, n2) if n1 <= n2 else (y, n2, n1)
    # Same row totals, same distribution: it is computed once for all terms that share it
    totals, at = np.unique(x + y, return_inverse=True)
    logs = _log_factorials(n1 + n2)
    for start, end in _batches(totals):
        low, p = _hypergeometric(totals[start:end], first, second, logs)
        terms = np.flatnonzero((at >= start) & (at < end))
        row = at[terms] - start
        ordered = np.sort(p, axis=1)
        tail = np.cumsum(ordered, axis=1)
        # scipy's tolerance for ties
        observed = p[row, small[terms] - low[row]] * (1 + 1e-7)
        last = (ordered[row] <= observed[:, None]).sum(axis=1) - 1
        result[terms] = np.minimum(tail[row, last], 1.0)
    return result


def _batches(totals: Ints) -> Iterator[tuple[int, int]]:
    """Cut ascending row totals so that as many rows as wide fill a table that stays in the cache."""
    start = 0
    for end in range(1, len(totals) + 1):
        rows = end - start + 1
        if end == len(totals) or rows * (totals[end] + 1) > _FISHER_CELLS:
            yield start, end
            start = end


@lru_cache(maxsize=1)
def _log_factorials(limit: int) -> Floats:
    return np.asarray(special.gammaln(np.arange(1, limit + 2)))


def _hypergeometric(totals: Ints, first: int, second: int, logs: Floats) -> tuple[Ints, Floats]:
    """Return the least count that the first group can have of each total, and the chances from there on.

    Behind the highest count it is inf.
    """
    total = totals[:, None]
    low, high = np.maximum(0, total - second), np.minimum(total, first)
    count = low + np.arange(int((high - low).max(initial=0)) + 1)
    possible = np.minimum(count, high)

    def log_choose(n: int, k: Ints) -> Floats:
        found: Floats = logs[n] - logs[k] - logs[n - k]
        return found

    p = np.exp(
        log_choose(first, possible)
        + log_choose(second, total - possible)
        - log_choose(first + second, total)
    )
    return low[:, 0], np.where(count <= high, p, np.inf)


def _log_choose(n: Any, k: Any) -> Any:
    return special.gammaln(n + 1) - special.gammaln(k + 1) - special.gammaln(n - k + 1)


def bic(g2_value: ArrayLike, n1: ArrayLike, n2: ArrayLike) -> Floats:
    """Return |G²| - ln N (df 1; Wilson 2013): above 2, 6, 10 the evidence is positive, strong, very strong."""
    (value,) = _floats(g2_value)
    m, n = _floats(n1, n2)
    return np.abs(value) - np.log(m + n)


def log_ratio(a: ArrayLike, b: ArrayLike, n1: ArrayLike, n2: ArrayLike) -> Floats:
    """Return the binary logarithm of the ratio of rates (Hardie 2014); a count of 0 is taken as 0.5.

    >>> log_ratio([38, 0], [1, 7], 1913, 2375).round(4).tolist()
    [5.56, -3.4953]
    """
    x, y, m, n = _floats(a, b, n1, n2)
    return np.log2(np.where(x > 0, x, 0.5) / m) - np.log2(np.where(y > 0, y, 0.5) / n)


def log_ratio_interval(
    a: ArrayLike, b: ArrayLike, n1: ArrayLike, n2: ArrayLike, *, level: float = LEVEL
) -> tuple[Floats, Floats]:
    """Return the exact conditional interval of the log ratio; -inf and inf where a count is 0 (Evert 2022)."""
    return _low(a, b, n1, n2, level), -_low(b, a, n2, n1, level)


def _low(a: ArrayLike, b: ArrayLike, n1: ArrayLike, n2: ArrayLike, level: float) -> Floats:
    x, y, m, n = _floats(a, b, n1, n2)
    q = special.betaincinv(np.maximum(x, 1e-300), y + 1, level / 2)
    with np.errstate(divide="ignore"):
        bound = np.log2(q) - np.log2(1 - q) + (np.log2(n) - np.log2(m))
    return np.where(x > 0, bound, -np.inf)


def lrc(
    a: ArrayLike, b: ArrayLike, n1: ArrayLike, n2: ArrayLike, *, tests: int, level: float = LEVEL
) -> Floats:
    """Return the conservative log ratio: the bound nearer 0 of the interval at ``level``/``tests``, 0 if it covers 0."""
    low, high = log_ratio_interval(a, b, n1, n2, level=level / max(tests, 1))
    return np.where(low > 0, low, np.where(high < 0, high, 0.0)) + 0.0


def percent_difference(a: ArrayLike, b: ArrayLike, n1: ArrayLike, n2: ArrayLike) -> Floats:
    """Return %DIFF (Gabrielatos and Marchi 2011); nan where the reference has none."""
    x, y, m, n = _floats(a, b, n1, n2)
    return _ratio(x / m - y / n, y / n) * 100


def log_odds_z(
    a: ArrayLike,
    b: ArrayLike,
    n1: ArrayLike,
    n2: ArrayLike,
    *,
    background: ArrayLike,
    background_total: float | None = None,
    strength: float = 500,
) -> Floats:
    """Return the z of the log odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008).

    ``background`` holds the frequencies of the terms in the whole corpus, which has ``background_total``
    (else their sum); ``strength`` is the size of the prior, in words.
    """
    x, y, m, n, f = _floats(a, b, n1, n2, background)
    alpha = strength * f / (background_total or f.sum())
    target, reference = x + alpha, y + alpha
    with np.errstate(divide="ignore", invalid="ignore"):
        delta = np.log(target / (m + strength - target)) - np.log(
            reference / (n + strength - reference)
        )
        z = delta / np.sqrt(1 / target + 1 / reference)
    return np.where(np.isfinite(z), z, 0.0)


def jsd(a: ArrayLike, b: ArrayLike, n1: ArrayLike, n2: ArrayLike) -> Floats:
    """Return contributions to the Jensen-Shannon divergence in bits, signed (Gallagher et al. 2021)."""
    x, y, m, n = _floats(a, b, n1, n2)
    p, q = x / m, y / n
    middle = (p + q) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(p > 0, p * np.log2(p / middle), 0) + np.where(
            q > 0, q * np.log2(q / middle), 0
        )
    return np.sign(p - q) * np.maximum(parts / 2, 0)


def holm(p: ArrayLike) -> Floats:
    """Return p adjusted by Holm (1979), nan left alone."""
    return _adjust(p, lambda m: np.arange(m, 0, -1), np.maximum.accumulate)


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """Return false discovery rates (Benjamini and Hochberg 1995), nan left alone."""
    return _adjust(
        p,
        lambda m: m / np.arange(1, m + 1),
        lambda x: np.minimum.accumulate(x[::-1])[::-1],
    )


def _adjust(p: ArrayLike, factors: Any, monotone: Any) -> Floats:
    (values,) = _floats(p)
    result = np.full(values.shape, np.nan)
    known = np.flatnonzero(~np.isnan(values))
    order = known[np.argsort(values[known], kind="stable")]
    result[order] = np.minimum(monotone(values[order] * factors(len(order))), 1.0)
    return result


def chance_of_none(frequency: ArrayLike, part: ArrayLike, total: int) -> Floats:
    """Return the chance that a term of ``frequency`` in ``total`` words is not in ``part`` of them (hypergeometric)."""
    f, n = _floats(frequency, part)
    possible = f <= total - n
    with np.errstate(invalid="ignore"):
        chance = np.exp(_log_choose(total - n, f) - _log_choose(total, f))
    return np.where(possible, np.minimum(chance, 1.0), 0.0)


def wilcoxon_p(values: Floats, first: NDArray[np.bool_]) -> Floats:
    """Return two-sided p of the rank sum test (Wilcoxon; Mann and Whitney), rows ``first`` against the others.

    Normal approximation with corrections for ties and continuity, column by column.
    """
    ranks = pd.DataFrame(values).rank(axis=0).to_numpy()
    n1, n2 = int(first.sum()), int((~first).sum())
    n = n1 + n2
    u = ranks[first].sum(axis=0) - n1 * (n1 + 1) / 2
    # t values that are equal get the same rank, which takes (t³ - t)/12 from the sum of squares
    ties = 12 * (n * (n + 1) * (2 * n + 1) / 6 - (ranks**2).sum(axis=0))
    spread = np.sqrt(np.maximum(n1 * n2 / 12 * ((n + 1) - ties / (n * (n - 1))), 0))
    away = np.maximum(u, n1 * n2 - u) - n1 * n2 / 2 - 0.5
    with np.errstate(divide="ignore", invalid="ignore"):
        p = np.where(spread > 0, 2 * special.ndtr(-away / spread), 1.0)
    return np.minimum(p, 1.0)
