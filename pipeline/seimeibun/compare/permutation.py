"""What chance alone does: paragraphs or documents dealt out anew to the groups.

Paragraphs keep their length, and the groups keep their number of paragraphs. All terms are permuted at
once: a batch of deals is one product of a 0/1 matrix with the sparse counts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from seimeibun.compare.beside import beside

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Progress = Callable[[int, int], None]
PERMUTATIONS = 2000
HALF_SPLITS = 200
EXACT_ARRANGEMENTS = 20_000
# Equal G² must count as equal: x ln x of ten million words is exact to 1e-7 or so
_TIE = 1e-6
_RARE = 20  # occurrences up to which a term is rare
_CELLS = 2_000_000  # of a batch, so that memory does not grow with the number of deals


@dataclass(frozen=True)
class Null:
    """The distribution of |G²| when paragraphs belong to the groups by chance."""

    p: Floats  # of each term
    p_max: Floats  # against the highest |G²| of all terms (Westfall and Young 1993, maxT)
    floor: float  # 95th percentile of the highest |G²|
    permutations: int


def silent(done: int, total: int) -> None:
    pass


class LogTable:
    """x ln x of whole numbers up to a limit, looked up: four lookups make a G²."""

    def __init__(self, limit: int) -> None:
        x = np.arange(limit + 1, dtype=np.float64)
        self._table = np.zeros(limit + 1)
        self._table[1:] = x[1:] * np.log(x[1:])

    def __call__(self, x: Ints) -> Floats:
        return self._table.take(x, mode="clip")  # which does not look for what is out of range

    def abs_g2(self, a: Ints, row: Ints, n1: Ints, total: int) -> Floats:
        """Return |G²| of counts ``a`` of ``row`` in ``n1`` of ``total`` words, broadcast."""
        f = self
        n2 = total - n1
        fixed = f(n1) + f(n2) + f(row) + f(total - row) - f(np.array(total))
        value = f(a) + f(row - a)
        value += f(n1 - a)
        value += f(n2 - row + a)
        value -= fixed
        value *= 2
        return np.maximum(value, 0.0, out=value)


def paragraph_null(
    matrix: sparse.csr_array,
    totals: Ints,
    in_first: NDArray[np.bool_],
    observed: Floats,
    *,
    permutations: int = PERMUTATIONS,
    seed: int = 0,
    progress: Progress = silent,
) -> Null:
    """Deal the paragraphs (rows) of two groups out anew; ``observed`` holds the |G²| of the terms (columns)."""
    at_least = np.zeros(len(observed), dtype=np.int64)
    highest = []
    done = 0
    for batch in _deals(matrix, totals, in_first, permutations, np.random.default_rng(seed)):
        at_least += (batch >= observed - _TIE).sum(axis=0)
        highest.append(batch.max(axis=1, initial=0.0))
        done += len(batch)
        progress(done, permutations)
    return _null(at_least, np.concatenate(highest) if highest else np.zeros(0), observed)


def _deals(
    matrix: sparse.csr_array,
    totals: Ints,
    in_first: NDArray[np.bool_],
    permutations: int,
    rng: np.random.Generator,
) -> Iterator[Floats]:
    """Yield |G²| of deals x terms, batch by batch."""
    row = np.asarray(matrix.sum(axis=0)).ravel().astype(np.int64)
    total = int(totals.sum())
    logs = LogTable(total)
    paragraphs, terms = matrix.shape
    by_term = matrix.T.tocsr().astype(np.float32)
    # counts up to 2**24 are exact in single precision, and twice as fast
    if total >= 1 << 24:
        by_term = by_term.astype(np.float64)
    size = int(in_first.sum())
    batch = max(1, min(permutations, _CELLS // max(paragraphs, terms, 1)))
    for start in range(0, permutations, batch):
        n = min(batch, permutations - start)
        dealt = np.argpartition(rng.random((n, paragraphs)), size - 1, axis=1)[:, :size]
        chosen = np.zeros((paragraphs, n), dtype=by_term.dtype)
        chosen[dealt, np.arange(n)[:, None]] = 1
        counts = np.ascontiguousarray((by_term @ chosen).T).astype(np.int64)
        n1 = totals[dealt].sum(axis=1)[:, None]
        yield logs.abs_g2(counts, row, n1, total)


def half_split_floor(
    matrix: sparse.csr_array, totals: Ints, *, splits: int = HALF_SPLITS, seed: int = 0
) -> tuple[float, float]:
    """Return median and 95th percentile of the highest |G²| between random halves of one group's paragraphs."""
    matrix = matrix[:, np.unique(matrix.indices)]  # a term that is not there has a G² of 0
    half = np.zeros(matrix.shape[0], dtype=bool)
    half[: len(half) // 2] = True
    if half.sum() < 1 or not matrix.shape[1]:
        return np.nan, np.nan
    tops = [
        batch.max(axis=1, initial=0.0)
        for batch in _deals(matrix, totals, half, splits, np.random.default_rng(seed))
    ]
    median, top = np.quantile(np.concatenate(tops), [0.5, 0.95])
    return float(median), float(top)


def rest_nulls(
    matrix: sparse.csr_array,
    totals: Ints,
    group: Ints,
    observed: Floats,
    *,
    permutations: int = PERMUTATIONS,
    seed: int = 0,
    progress: Progress = silent,
) -> list[Null]:
    """Deal the paragraphs (rows) out to all groups at once, and hold each group against the rest.

    ``group`` has the group of each paragraph, ``observed`` the |G²| of groups x terms. Every group gets as
    many paragraphs as it has, and for each of them alone this is the deal of :func:`paragraph_null`; one
    series of deals serves all groups.
    """
    # Every deal is one of all terms, and terms are counted each for itself: two processors take every second
    parts = [np.arange(observed.shape[1])[part::2] for part in (0, 1)]
    halves = [
        partial(_deal_out, matrix, totals, group, observed, terms, permutations, seed)
        for terms in parts
    ]
    with beside(halves[1]) as other:
        counted = [halves[0](progress), other()]
    at_least = np.empty(observed.shape, dtype=np.int64)
    for terms, (count, _) in zip(parts, counted, strict=True):
        at_least[:, terms] = count
    highest = np.maximum(*(top for _, top in counted))
    return [
        _null(at_least[number], highest[:, number], observed[number])
        for number in range(len(observed))
    ]


def _deal_out(
    matrix: sparse.csr_array,
    totals: Ints,
    group: Ints,
    observed: Floats,
    terms: Ints,
    permutations: int,
    seed: int,
    progress: Progress = silent,
) -> tuple[Ints, Floats]:
    """Return how often some ``terms`` reach what was observed (groups x terms), and the highest of each deal."""
    groups = len(observed)
    matrix, observed = matrix[:, terms], observed[:, terms]
    row = np.asarray(matrix.sum(axis=0)).ravel().astype(np.int64)
    order = np.argsort(row, kind="stable")  # the rare terms first
    deals = _GroupDeals(matrix[:, order], row[order], totals, groups)
    limits = np.split((observed[:, order] - _TIE) / 2, [deals.rare], axis=1)
    limits = [np.ascontiguousarray(limit) for limit in limits]
    as_many = np.min_scalar_type(permutations)
    at_least = [np.zeros(limit.shape, dtype=as_many) for limit in limits]
    highest = np.zeros((permutations, groups))
    rng = np.random.default_rng(seed)
    told = max(permutations // 20, 1)
    for deal in range(permutations):
        dealt = rng.permutation(group)
        for number, half in enumerate(deals.half_g2(dealt)):
            at_least[number] += half >= limits[number]
            np.maximum(highest[deal], 2 * half.max(axis=1, initial=0.0), out=highest[deal])
        if (deal + 1) % told == 0:
            progress(deal + 1, permutations)
    return np.concatenate(at_least, axis=1)[:, np.argsort(order)].astype(np.int64), highest


class _Counter:
    """Counts terms by group, of which each paragraph (row of ``matrix``) is in one."""

    def __init__(self, matrix: sparse.csr_array, groups: int) -> None:
        self._shape = groups, matrix.shape[1]
        table = matrix.tocoo()
        paragraph, term = (at.astype(np.int64) for at in table.coords)
        self._weights: Floats | None = table.data.astype(np.float64)
        if table.data.sum() < 1.5 * table.nnz:  # whole numbers are counted faster, one by one
            paragraph, term = (np.repeat(at, table.data) for at in (paragraph, term))
            self._weights = None
        self._paragraph, self._term = paragraph, term
        self._cell = np.empty_like(term)

    def __call__(self, group: Ints) -> Ints:
        groups, terms = self._shape
        np.take(group * terms, self._paragraph, out=self._cell, mode="clip")
        self._cell += self._term
        counts = np.bincount(self._cell, self._weights, groups * terms)
        return counts.astype(np.int64, copy=False).reshape(self._shape)


class _GroupDeals:
    """G² of groups x terms, each group against the rest, deal after deal.

    Four fifths of the terms are rare, and there is little that a rare term can be: what total and count
    come to in a group is computed once a deal, and looked up. The columns of ``matrix`` are in ascending
    order of ``row``, their totals; the first ``rare`` are those.
    """

    def __init__(self, matrix: sparse.csr_array, row: Ints, totals: Ints, groups: int) -> None:
        self._totals, self._groups = totals, groups
        self._total = int(totals.sum())
        self._logs = LogTable(self._total)
        self.rare = int(np.searchsorted(row, _RARE, "right"))
        self._rare_counts = _Counter(matrix[:, : self.rare], groups)
        self._common_counts = _Counter(matrix[:, self.rare :], groups)
        self._kinds, first = self._all_of(row[: self.rare])
        self._cell = np.arange(groups)[:, None] * len(self._kinds.count) + first
        self._common = row[self.rare :]
        self._pairs, self._first = self._all_of(self._common)
        self._of_common = self._of_row(self._common)

    def _all_of(self, row: Ints) -> tuple["_Kinds", Ints]:
        """Return what terms of ``row`` occurrences can be, and where those of each term begin."""
        different, at = np.unique(row, return_inverse=True)
        end = np.cumsum(different + 1)
        start = end - different - 1
        total = np.repeat(different, different + 1)
        count = np.arange(len(total)) - np.repeat(start, different + 1)
        pair = self._logs(count) + self._logs(total - count)
        return _Kinds(count, total - count, pair, self._of_row(total)), start[at]

    def _of_row(self, row: Ints) -> Floats:
        return self._logs(row) + self._logs(self._total - row)

    def half_g2(self, dealt: Ints) -> tuple[Floats, Floats]:
        """Return half of |G²| of the rare terms, and of the others; ``dealt`` has the group of each paragraph."""
        n1 = np.bincount(dealt, self._totals, self._groups).astype(np.int64)[:, None]
        at = self._rare_counts(dealt)
        at += self._cell
        rare = self._half(self._kinds, n1).take(at, mode="clip")
        count = self._common_counts(dealt)
        pair = self._pairs.pair.take(count + self._first, mode="clip")
        return rare, self._half(_Kinds(count, self._common - count, pair, self._of_common), n1)

    def _half(self, kinds: "_Kinds", n1: Ints) -> Floats:
        logs, n2 = self._logs, self._total - n1
        half = kinds.pair + logs(n1 - kinds.count)  # of G², as in abs_g2
        half += logs(n2 - kinds.rest)
        half -= kinds.of_row
        half -= logs(n1) + logs(n2) - logs(np.array(self._total))
        return half


@dataclass(frozen=True)
class _Kinds:
    """Terms by their count in the target and in the rest; ``pair`` and ``of_row`` are x ln x of these and their sum."""

    count: Ints
    rest: Ints
    pair: Floats
    of_row: Floats


def _null(at_least: Ints, highest: Floats, observed: Floats) -> Null:
    permutations = len(highest)
    tops = np.sort(highest)
    above = permutations - np.searchsorted(tops, observed - _TIE, side="left")
    return Null(
        p=(at_least + 1) / (permutations + 1),
        p_max=(above + 1) / (permutations + 1),
        floor=float(np.quantile(tops, 0.95)) if permutations else np.nan,
        permutations=permutations,
    )


def document_p(
    rates: sparse.csr_array,
    in_first: NDArray[np.bool_],
    *,
    permutations: int = PERMUTATIONS,
    seed: int = 0,
) -> tuple[Floats, bool]:
    """Return two-sided p of the difference of mean rates when documents (rows) are dealt out anew.

    Exact, which the second value says, where there are at most 20,000 arrangements.
    """
    n, k = len(in_first), int(in_first.sum())
    exact = comb(n, k) <= EXACT_ARRANGEMENTS
    deals = _arrangements(n, k) if exact else _random_deals(n, k, permutations, seed)
    by_term = rates.T.tocsr()
    sums = np.asarray(by_term.sum(axis=1)).ravel()
    scale, shift = 1 / k + 1 / (n - k), sums / (n - k)
    observed = np.abs(scale * (by_term @ in_first.astype(np.float64)) - shift)
    p = np.empty(len(sums))
    step = max(1, _CELLS // len(deals))
    chosen = np.ascontiguousarray(deals.T)
    for start in range(0, len(p), step):
        part = slice(start, start + step)
        tolerance = 1e-9 * (1 + observed[part])
        difference = np.abs(scale * (by_term[part] @ chosen) - shift[part, None])
        at_least = (difference >= (observed[part] - tolerance)[:, None]).sum(axis=1)
        p[part] = at_least / len(deals) if exact else (at_least + 1) / (len(deals) + 1)
    return p, exact


def _arrangements(n: int, k: int) -> Floats:
    chosen = np.array(list(combinations(range(n), k)))
    deals = np.zeros((len(chosen), n))
    deals[np.arange(len(chosen))[:, None], chosen] = 1
    return deals


def _random_deals(n: int, k: int, permutations: int, seed: int) -> Floats:
    order = np.random.default_rng(seed).random((permutations, n)).argsort(axis=1)
    return (order < k).astype(np.float64)


def bootstrap_interval(
    matrix: sparse.csr_array,
    totals: Ints,
    group: Ints,
    *,
    samples: int = PERMUTATIONS,
    seed: int = 0,
    level: float = 0.05,
) -> tuple[Floats, Floats]:
    """Return percentile intervals of the log ratio, units (rows) of both groups (0, 1) drawn anew within each.

    nan for a term that one group has not: the bootstrap would never find it there.
    """
    low, high = np.full((2, matrix.shape[1]), np.nan)
    sums = [np.asarray(matrix[group == g].sum(axis=0)).ravel() for g in (0, 1)]
    both = np.flatnonzero((sums[0] > 0) & (sums[1] > 0))
    if not len(both):
        return low, high
    rng = np.random.default_rng(seed)
    logs = []
    for g in (0, 1):
        inside = np.flatnonzero(group == g)
        logs.append(_log_rates(matrix[inside][:, both], totals[inside], samples, rng))
    ratio = logs[0] - logs[1]
    ratio.sort(axis=1)
    low[both], high[both] = _quantiles(ratio, [level / 2, 1 - level / 2])
    return low, high


def _log_rates(
    matrix: sparse.csr_array, totals: Ints, samples: int, rng: np.random.Generator
) -> Floats:
    """Return log2 of the rates (terms x samples) when the units (rows) are drawn with replacement."""
    size = len(totals)
    by_term = matrix.T.tocsr().astype(np.float32)
    found = np.empty((by_term.shape[0], samples), dtype=np.float32)
    batch = max(1, min(samples, _CELLS // size))
    for start in range(0, samples, batch):
        n = min(batch, samples - start)
        drawn = rng.integers(size, size=(n, size)) + size * np.arange(n)[:, None]
        times = np.bincount(drawn.ravel(), minlength=n * size).reshape(n, size)
        counts = by_term @ np.ascontiguousarray(times.T.astype(np.float32))
        # a sample without the term counts half an occurrence, as everywhere
        found[:, start : start + n] = np.log2(np.maximum(counts, 0.5)) - np.log2(times @ totals)
    return found


def _quantiles(ordered: Floats, at: list[float]) -> list[Floats]:
    """Return quantiles of rows in order, linear between two values."""
    places = np.array(at) * (ordered.shape[1] - 1)
    below = np.floor(places).astype(np.int64)
    above = np.minimum(below + 1, ordered.shape[1] - 1)
    return [
        ordered[:, b] + (ordered[:, a] - ordered[:, b]) * (place - b)
        for place, b, a in zip(places, below, above, strict=True)
    ]
