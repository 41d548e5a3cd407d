"""The keyness table: every term of two groups, with evidence, effect, spread and how far all that reaches."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from seimeibun.compare import dispersion, inference, measures, permutation, reading
from seimeibun.compare.beside import beside
from seimeibun.compare.counts import Counts
from seimeibun.compare.errors import CompareError
from seimeibun.compare.groups import NONE, REST, Groups
from seimeibun.compare.texts import Chosen

Floats = NDArray[np.float64]
Columns = dict[str, Any]  # arrays, or one value for all rows
Ints = NDArray[np.int64]
MIN_COUNT, MIN_PARAGRAPHS = 3, 2
PRIOR = 500.0
TELLING_G2 = (
    3.841458820694124  # chi² at 5 %, df 1: below it not even an unadjusted test finds anything
)
LEADING = 50
_CELLS = 2_000_000


@dataclass(frozen=True)
class Options:
    """How keyness is computed; ``layers`` empty are all; ``telling`` keeps only the rows of :func:`telling`."""

    layers: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    min_count: int = MIN_COUNT
    min_paragraphs: int = MIN_PARAGRAPHS
    prior_strength: float = PRIOR
    permutations: int = permutation.PERMUTATIONS
    bootstrap: int = permutation.PERMUTATIONS
    telling: bool = False
    seed: int = 0
    progress: permutation.Progress = field(default=permutation.silent, compare=False)


@dataclass(frozen=True)
class Pair:
    """Counts of the terms in target (0) and reference (1)."""

    counts: Counts
    groups: Groups
    terms: Ints
    a: Ints
    b: Ints
    n1: int
    n2: int

    @cached_property
    def distinct(self) -> tuple[Ints, Ints, Ints]:
        """Return the different pairs of counts, and which of them each term has: most rare terms share theirs."""
        return measures.distinct(self.a, self.b)

    def only(self, kept: NDArray[np.bool_]) -> "Pair":
        """Return the same groups with some of the terms."""
        return replace(self, terms=self.terms[kept], a=self.a[kept], b=self.b[kept])

    @classmethod
    def of(cls, counts: Counts, groups: Groups, layers: Collection[str]) -> "Pair":
        table = counts.of_groups(groups)
        n1, n2 = (int(total) for total in counts.group_totals(groups))
        for label, total in zip(groups.labels, (n1, n2), strict=True):
            if not total:
                message = (
                    f"{groups.by} {label!r} has no word in this zone; there is nothing to compare"
                )
                raise CompareError(message)
        wanted = table.sum(axis=0) > 0
        if layers:
            _check_layers(layers, counts)
            wanted &= np.isin(counts.layer, list(layers))
        terms = np.flatnonzero(wanted)
        return cls(counts, groups, terms, table[0, terms], table[1, terms], n1, n2)

    def rows(self, group: int) -> Ints:
        """Return the paragraphs of a group."""
        return np.flatnonzero(self.counts.para_groups(self.groups) == group)

    def paragraphs(self, group: int) -> sparse.csr_array:
        """Return paragraphs x terms of a group."""
        return self.counts.matrix[self.rows(group)][:, self.terms]

    def gate(self) -> inference.Gate:
        docs = [int((self.counts.doc_totals[self.groups.docs(g)] > 0).sum()) for g in (0, 1)]
        paragraphs = [len(self.rows(g)) for g in (0, 1)]
        return inference.Gate((docs[0], docs[1]), (paragraphs[0], paragraphs[1]))


def _check_layers(layers: Collection[str], counts: Counts) -> None:
    existing = sorted(set(counts.layer))
    if unknown := [layer for layer in layers if layer not in existing]:
        message = f"no layer {', '.join(unknown)} of unit {counts.occurrences.unit}; there are {', '.join(existing)}"
        raise CompareError(message)


def keyness(counts: Counts, groups: Groups, options: Options) -> pd.DataFrame:
    """Return one row a term that target or reference has, strongest first.

    ``attrs`` hold inference, banner, m_tests, noise_floor and what else belongs to the comparison.
    """
    pair = Pair.of(counts, groups, options.layers)
    tested = _tested(pair, _spread(pair), options)
    return _table(pair, tested, _paragraph_null(pair, tested, options), options)


def against_rest(counts: Counts, groups: Groups, options: Options) -> list[pd.DataFrame]:
    """Return the keyness of each group against all others; one series of deals serves all of them."""
    pairs = [Pair.of(counts, two, options.layers) for two in each_and_rest(groups)]
    # Together the two sides of each pair are the same words: so are the terms, and those that are tested
    tested = _tested(pairs[0], _spread(pairs[0]), options)
    whole = [{"rows": len(pair.terms), "jsd": _divergence(pair)} for pair in pairs]
    if options.telling:
        pairs = [pair.only(tested) for pair in pairs]
        tested = np.ones(int(tested.sum()), dtype=np.bool_)
    nulls: list[permutation.Null | None] = [None] * len(pairs)
    halves = None
    if tested.any() and options.permutations:
        para_group = counts.para_groups(groups)
        inside = np.flatnonzero(para_group >= 0)
        matrix, totals = counts.matrix[inside][:, pairs[0].terms[tested]], counts.totals[inside]
        halves = permutation.half_split_floor(matrix, totals, seed=options.seed)
        nulls[:] = permutation.rest_nulls(
            matrix, totals, para_group[inside],
            np.stack([np.abs(measures.g2(p.a, p.b, p.n1, p.n2)[tested]) for p in pairs]),
            permutations=options.permutations, seed=options.seed, progress=options.progress,
        )  # fmt: skip

    def tables(first: int, last: int) -> list[pd.DataFrame]:
        return [
            _of_rest(pairs[number], tested, nulls[number], options, halves, whole[number])
            for number in range(first, last)
        ]

    if not options.telling:
        return tables(0, len(pairs))  # with all rows they are slower to hand over than to make
    half = len(pairs) // 2
    with beside(partial(tables, half, len(pairs))) as others:
        return [*tables(0, half), *others()]


def _of_rest(
    pair: Pair,
    tested: NDArray[np.bool_],
    null: permutation.Null | None,
    options: Options,
    halves: tuple[float, float] | None,
    whole: dict[str, Any],
) -> pd.DataFrame:
    """Return the keyness of one group against all others; ``whole`` tells of the rows that are left out."""
    enough = null if pair.gate().within_documents else None
    table = _table(pair, tested, enough, options, halves)
    table.attrs |= whole
    return table


def each_and_rest(groups: Groups) -> list[Groups]:
    """Return each group and all others, as pairs."""
    return [
        Groups(
            groups.by,
            (label, REST),
            np.where(groups.of_doc >= 0, (groups.of_doc != number).astype(np.int64), NONE),
        )
        for number, label in enumerate(groups.labels)
    ]


def _table(
    pair: Pair,
    tested: NDArray[np.bool_],
    null: permutation.Null | None,
    options: Options,
    halves_of_all: tuple[float, float] | None = None,
) -> pd.DataFrame:
    """Describe, test, order and read."""
    gate = pair.gate()
    columns = _described(pair) | _spread(pair) | _tests(pair, tested, options.prior_strength)
    columns |= _by_chance(tested, null) | _between_documents(pair, tested, gate, options)
    columns["tested"] = tested
    columns["inference"] = Chosen([inference.DESCRIPTIVE, gate.level], tested.astype(int))
    columns["gate"] = Chosen([_rare(options), gate.reason], tested.astype(int))
    order = _order(columns)
    attrs = _attributes(pair, tested, columns["jsd"][order], gate, options)
    attrs |= _noise(pair, tested, null, options, halves_of_all)
    rows = _ordered(columns, order, telling_only=options.telling)
    df = pd.DataFrame({n: v.made() if isinstance(v, Chosen) else v for n, v in rows.items()})
    df["reading_ja"], df["reading_en"] = reading.keyness_readings(df, pair.groups, gate)
    df.attrs = attrs | {"rows_shown": len(df)}
    return df


def telling(g2: Floats, rank: Ints, tested: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Say which rows have something to tell: tested, and |G²| of at least 3.84 or among the first 50 of their side.

    With many groups there are as many tables, and nine tenths of their rows say that a rare word differs
    nowhere. A ``rank`` of 0 is none.
    """
    leading = (rank > 0) & (rank <= LEADING)
    return tested & ((np.abs(g2) >= TELLING_G2) | leading)


def _described(pair: Pair) -> Columns:
    counts, n1, n2 = pair.counts, pair.n1, pair.n2
    a, b, at = pair.distinct
    low_a, high_a = measures.rate_interval(a, n1)
    low_b, high_b = measures.rate_interval(b, n2)
    low, high = measures.log_ratio_interval(a, b, n1, n2)
    measured: Columns = {
        "count_target": a,
        "count_reference": b,
        "n_target": np.full(len(a), n1),
        "n_reference": np.full(len(a), n2),
        "per_1000_target": 1000 * a / n1,
        "per_1000_target_lo": low_a,
        "per_1000_target_hi": high_a,
        "per_1000_reference": 1000 * b / n2,
        "per_1000_reference_lo": low_b,
        "per_1000_reference_hi": high_b,
        "g2": measures.g2(a, b, n1, n2),
        "log_ratio": measures.log_ratio(a, b, n1, n2),
        "lr_lo": np.where(np.isfinite(low), low, np.nan),
        "lr_hi": np.where(np.isfinite(high), high, np.nan),
        "zero_cell": Chosen(["", "target", "reference"], np.select([a == 0, b == 0], [1, 2])),
        "pct_diff": measures.percent_difference(a, b, n1, n2),
    }
    return {
        "term": Chosen(counts.terms, pair.terms),
        "unit": counts.occurrences.unit,
        "layer": Chosen(counts.layer, pair.terms),
        "target": pair.groups.labels[0],
        "reference": pair.groups.labels[1],
        **{name: values[at] for name, values in measured.items()},
        "jsd": _jsd(pair),
    }


def _jsd(pair: Pair) -> Floats:
    """Return the contributions to the divergence of the unit's own distributions, which add up to it."""
    if pair.counts.occurrences.divides:
        return measures.jsd(pair.a, pair.b, pair.n1, pair.n2)
    table = pair.counts.of_groups(pair.groups)
    own = np.maximum(table.sum(axis=1), 1)
    return measures.jsd(pair.a, pair.b, own[0], own[1])


def _divergence(pair: Pair) -> float:
    return float(np.abs(_jsd(pair)).sum())


def _spread(pair: Pair) -> Columns:
    columns: Columns = {}
    for group, name in enumerate(("target", "reference")):
        matrix = pair.paragraphs(group)
        sizes = pair.counts.totals[pair.rows(group)].astype(np.float64)
        of_docs = pair.counts.of_docs[pair.groups.docs(group)][:, pair.terms]
        docs = dispersion.parts_with(of_docs)
        dp = dispersion.dp(matrix, sizes)
        columns |= {
            f"docs_{name}": docs,
            f"doc_share_{name}": docs / max(of_docs.shape[0], 1),
            f"paras_{name}": dispersion.parts_with(matrix),
            f"dp_{name}": dp,
            f"dp_norm_{name}": dispersion.dp_norm(dp, sizes),
            f"juilland_d_{name}": dispersion.juilland_d(matrix, sizes),
        }
    return columns


def _tested(pair: Pair, columns: Columns, options: Options) -> NDArray[np.bool_]:
    paragraphs = columns["paras_target"] + columns["paras_reference"]
    frequent: NDArray[np.bool_] = (pair.a + pair.b >= options.min_count) & (
        paragraphs >= options.min_paragraphs
    )
    return frequent & ~np.isin(pair.counts.terms[pair.terms], list(options.exclude))


def _rare(options: Options) -> str:
    return (
        f"not tested: fewer than {options.min_count} in all or {options.min_paragraphs} paragraphs"
    )


def _tests(pair: Pair, tested: NDArray[np.bool_], prior: float) -> Columns:
    n1, n2 = pair.n1, pair.n2
    a, b, at = pair.distinct
    g2 = measures.g2(a, b, n1, n2)
    exact = measures.fisher_p(a, b, n1, n2)
    smallest_expected = (a + b) * min(n1, n2) / (n1 + n2)
    p = np.where(smallest_expected < 5, exact, measures.chi2_p(g2))
    chosen = np.where(tested, p[at], np.nan)
    return {
        "p_g2": measures.chi2_p(g2)[at],
        "p_exact": exact[at],
        "p_holm": measures.holm(chosen),
        "q_bh": measures.benjamini_hochberg(chosen),
        "bic": measures.bic(g2, n1, n2)[at],
        "lrc": measures.lrc(a, b, n1, n2, tests=int(tested.sum()))[at],
        "log_odds_z": _z(pair, prior),
    }


def _z(pair: Pair, strength: float) -> Floats:
    frequency = pair.counts.frequency
    return measures.log_odds_z(
        pair.a, pair.b, pair.n1, pair.n2,
        background=frequency[pair.terms], background_total=float(frequency.sum()), strength=strength,
    )  # fmt: skip


def _paragraph_null(
    pair: Pair, tested: NDArray[np.bool_], options: Options
) -> permutation.Null | None:
    """Permute the paragraphs of two groups, where they have enough of them."""
    if not (pair.gate().within_documents and tested.any() and options.permutations):
        return None
    matrix, totals, group = _dealt(pair, tested)
    observed = np.abs(measures.g2(pair.a, pair.b, pair.n1, pair.n2)[tested])
    # The groups in the order of their names: exchanging target and reference gives the same deals.
    first = 0 if pair.groups.labels[0] <= pair.groups.labels[1] else 1
    return permutation.paragraph_null(
        matrix, totals, group == first, observed,
        permutations=options.permutations, seed=options.seed, progress=options.progress,
    )  # fmt: skip


def _dealt(pair: Pair, tested: NDArray[np.bool_]) -> tuple[sparse.csr_array, Ints, Ints]:
    """Return the paragraphs of both groups: counts of the tested terms, words, group."""
    group = pair.counts.para_groups(pair.groups)
    inside = np.flatnonzero(group >= 0)
    matrix = pair.counts.matrix[inside][:, pair.terms[tested]]
    return matrix, pair.counts.totals[inside], group[inside]


def _by_chance(tested: NDArray[np.bool_], null: permutation.Null | None) -> Columns:
    """Return p of each tested term when paragraphs are dealt out."""
    columns = {name: np.full(len(tested), np.nan) for name in ("p_para", "p_para_maxT")}
    if null is not None:
        columns["p_para"][tested], columns["p_para_maxT"][tested] = null.p, null.p_max
    return columns


def _noise(
    pair: Pair,
    tested: NDArray[np.bool_],
    null: permutation.Null | None,
    options: Options,
    halves_of_all: tuple[float, float] | None = None,
) -> dict[str, Any]:
    """Return the noise floor, and what halves of each group alone give (or of all groups, for the rest)."""
    attrs: dict[str, Any] = {"noise_floor": np.nan, "noise_floor_halves": (np.nan, np.nan)}
    if null is None:
        return attrs
    matrix, totals, group = _dealt(pair, tested)

    def halves(g: int) -> tuple[float, float]:
        return permutation.half_split_floor(
            matrix[group == g], totals[group == g], seed=options.seed
        )

    found = (halves(0), halves_of_all or halves(1))
    attrs["noise_floor"] = null.floor
    attrs["noise_floor_halves"] = tuple(top for _, top in found)
    attrs["noise_floor_halves_median"] = tuple(median for median, _ in found)
    return attrs


def _between_documents(
    pair: Pair, tested: NDArray[np.bool_], gate: inference.Gate, options: Options
) -> Columns:
    size = len(tested)
    columns: Columns = {
        name: np.full(size, np.nan)
        for name in ("tdk", "p_doc", "q_doc", "p_wilcoxon", "boot_lo", "boot_hi")
    }
    columns["boot_unit"] = ""
    if not tested.any():
        return columns
    if gate.between_documents:
        columns |= _document_tests(pair, tested, options)
    columns |= _bootstrap(pair, tested, gate, options)
    return columns


def _document_tests(pair: Pair, tested: NDArray[np.bool_], options: Options) -> Columns:
    counts, groups = pair.counts, pair.groups
    inside = np.flatnonzero((groups.of_doc >= 0) & (counts.doc_totals > 0))
    table = counts.of_docs[inside][:, pair.terms[tested]].tocsr()
    scale = sparse.diags_array(1000 / counts.doc_totals[inside])
    rates = (scale @ table).tocsr()
    group = groups.of_doc[inside]
    first = group == (0 if groups.labels[0] <= groups.labels[1] else 1)
    p, _ = permutation.document_p(
        rates, first, permutations=max(options.permutations, 1), seed=options.seed
    )
    docs = [dispersion.parts_with(table[group == g]) for g in (0, 1)]
    sizes = [int((group == g).sum()) for g in (0, 1)]
    values = {
        "tdk": measures.g2(docs[0], docs[1], sizes[0], sizes[1]),
        "p_doc": p,
        "q_doc": measures.benjamini_hochberg(p),
        "p_wilcoxon": _rank_sums(rates, first),
    }
    return {name: _placed(value, tested) for name, value in values.items()}


def _rank_sums(rates: sparse.csr_array, first: NDArray[np.bool_]) -> Floats:
    """Compare ranks some terms at a time: documents x all terms would not fit where there are many."""
    step = max(1, _CELLS // len(first))
    parts = [
        measures.wilcoxon_p(rates[:, start : start + step].toarray(), first)
        for start in range(0, rates.shape[1], step)
    ]
    return np.concatenate(parts)


def _placed(values: Floats, tested: NDArray[np.bool_]) -> Floats:
    result = np.full(len(tested), np.nan)
    result[tested] = values
    return result


def _bootstrap(
    pair: Pair, tested: NDArray[np.bool_], gate: inference.Gate, options: Options
) -> Columns:
    """Resample documents where there are enough, else paragraphs."""
    counts, groups = pair.counts, pair.groups
    if not options.bootstrap or not gate.within_documents:
        return {}
    terms = pair.terms[tested]
    if gate.bootstrap_documents:
        unit, group = "document", groups.of_doc
        matrix, totals = counts.of_docs, counts.doc_totals
    else:
        unit, group = "paragraph", counts.para_groups(groups)
        matrix, totals = counts.matrix, counts.totals
    inside = np.flatnonzero((group >= 0) & (totals > 0))
    first = 0 if groups.labels[0] <= groups.labels[1] else 1
    low, high = permutation.bootstrap_interval(
        matrix[inside][:, terms], totals[inside],
        np.where(group[inside] == first, 0, 1), samples=options.bootstrap, seed=options.seed,
    )  # fmt: skip
    if first == 1:
        low, high = -high, -low
    found = {"boot_lo": _placed(low, tested), "boot_hi": _placed(high, tested)}
    return found | {"boot_unit": Chosen(["", unit], (~np.isnan(found["boot_lo"])).astype(int))}


def _order(columns: Columns) -> Ints:
    """Sort by evidence that survives the number of tests, then effect."""
    # rows come in the order of their terms, which decides between equals
    keys = -np.abs(columns["g2"]), -np.abs(columns["lrc"]), ~columns["tested"]
    return np.lexsort(keys)


def _ordered(columns: Columns, order: Ints, *, telling_only: bool) -> Columns:
    """Return the rows in ``order``, the tested terms of each side numbered; if asked for, only the telling ones."""
    g2, tested = columns["g2"][order], columns["tested"][order]
    side = np.sign(g2).astype(np.int64)
    rank = np.zeros(len(order), dtype=np.int64)
    for number in (1, -1):
        of_side = tested & (side == number)
        rank[of_side] = np.arange(1, of_side.sum() + 1)
    if telling_only:
        kept = telling(g2, rank, tested)
        order, side, rank = order[kept], side[kept], rank[kept]
    rows = {
        name: values if isinstance(values, str) else values[order]
        for name, values in columns.items()
    }
    first = {name: rows.pop(name) for name in ("term", "unit", "layer")}
    return {
        **first,
        "side": Chosen(["", "target", "reference"], side % 3),
        "rank": pd.arrays.IntegerArray(rank, rank == 0),
        **rows,
    }


def _attributes(
    pair: Pair, tested: NDArray[np.bool_], jsd: Floats, gate: inference.Gate, options: Options
) -> dict[str, Any]:
    n = float(pair.counts.totals.sum())
    strong = {
        f"{strength:g}": int((np.abs(_z(pair, strength)) > 1.96).sum())
        for strength in (100.0, 500.0, n)
    }
    return {
        "by": pair.groups.by,
        "target": pair.groups.labels[0],
        "reference": pair.groups.labels[1],
        "unit": pair.counts.occurrences.unit,
        "inference": gate.level,
        "gate": gate.reason,
        "banner_ja": gate.banner_ja,
        "banner_en": gate.banner_en,
        "docs": gate.docs,
        "paragraphs": gate.paragraphs,
        "n": (pair.n1, pair.n2),
        "m_tests": int(tested.sum()),
        "rows": len(tested),
        "jsd": float(np.abs(jsd).sum()),
        "prior_strength": options.prior_strength,
        "z_above_1_96": strong,
        "permutations": options.permutations,
        "seed": options.seed,
    }
