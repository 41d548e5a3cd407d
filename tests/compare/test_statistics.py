"""Dispersion, trends, residuals, permutations: against formulae by hand and other libraries."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import sparse, stats
from statsmodels.stats.contingency_tables import Table

from seimeibun.compare import CompareError, Comparison, dispersion, inference, measures, permutation
from seimeibun.compare.groups import natural
from seimeibun.compare.plots.maps import layout
from seimeibun.compare.residuals import adjusted_residuals, correspondence, omnibus_g2
from seimeibun.compare.summary import mattr
from seimeibun.compare.trends import fit_rates, kendall_tau

PARTS = sparse.csr_array(np.array([[3, 0, 1, 2], [1, 0, 1, 0], [0, 5, 1, 0], [2, 0, 1, 0]]))
SIZES = np.array([100.0, 50, 100, 150])


def test_dispersion_by_hand():
    share = SIZES / SIZES.sum()
    dense = PARTS.toarray()
    expected = [0.5 * np.abs(v / v.sum() - share).sum() for v in dense.T]
    found = dispersion.dp(PARTS, SIZES)

    assert found == pytest.approx(expected)
    assert dispersion.dp_norm(found, SIZES) == pytest.approx(found / (1 - 50 / 400))
    rates = dense / SIZES[:, None]
    d = 1 - rates.std(axis=0) / rates.mean(axis=0) / np.sqrt(3)
    assert dispersion.juilland_d(PARTS, SIZES) == pytest.approx(np.maximum(d, 0))
    assert dispersion.parts_with(PARTS).tolist() == [3, 1, 4, 1]
    assert np.isnan(dispersion.juilland_d(PARTS[:2], SIZES[:2])).all()


YEARS = np.repeat(np.arange(1990.0, 2010), 2)
N = np.random.default_rng(5).integers(800, 3000, len(YEARS)).astype(float)


def _counts(seed, dispersion):
    rng = np.random.default_rng(seed)
    mean = N * np.exp(-6 + 0.05 * (YEARS - YEARS.mean()))
    return rng.poisson(mean * rng.gamma(1 / dispersion, dispersion, len(N)) if dispersion else mean)


@pytest.mark.parametrize(
    ("seed", "spread", "model"), [(1, 0, "poisson"), (2, 1.5, "negative_binomial")]
)
def test_trends_are_those_of_statsmodels(seed, spread, model):
    y, x = _counts(seed, spread).astype(float), YEARS - YEARS.mean()
    fit = fit_rates(y[None], N, x)
    family = (
        sm.families.NegativeBinomial(alpha=fit["alpha"][0])
        if model != "poisson"
        else sm.families.Poisson()
    )
    oracle = sm.GLM(y, sm.add_constant(x), family=family, offset=np.log(N)).fit(cov_type="HC0")

    assert fit["model"][0] == model
    assert fit["slope"][0] == pytest.approx(oracle.params[1], abs=1e-6)
    assert fit["se"][0] == pytest.approx(oracle.bse[1], rel=1e-4)


def test_tau_compares_years_not_documents(many_documents):
    cmp = Comparison.from_tables(many_documents)
    table = cmp.trends(min_count=5).set_index("term")
    rates = cmp.frequency(by="year").query("term == '平和'")["per_1000"]

    assert table.loc["平和", "kendall_tau"] == pytest.approx(
        stats.kendalltau(range(6), rates).statistic
    )


def test_kendall_tau_is_scipys():
    y = np.stack([_counts(seed, 1) for seed in range(4)]) // 4
    expected = [stats.kendalltau(row, YEARS).statistic for row in y]

    assert kendall_tau(y.astype(float), YEARS) == pytest.approx(expected)


def test_rank_sum_test_is_scipys():
    values = np.stack([_counts(seed, 1) for seed in range(3)], axis=1) // 4.0
    first = np.arange(len(values)) % 3 == 0
    oracle = stats.mannwhitneyu(values[first], values[~first], method="asymptotic", axis=0)

    assert measures.wilcoxon_p(values, first) == pytest.approx(oracle.pvalue)


def test_trends_need_five_years(two_documents, many_documents):
    with pytest.raises(CompareError, match="2 different years; a trend needs at least 5"):
        Comparison.from_tables(two_documents).trends()
    table = Comparison.from_tables(many_documents).trends(min_count=5).set_index("term")
    assert table.loc["気候変動", "slope"] > 0
    points = Comparison.from_tables(many_documents).trend_points("防災")
    assert ((points["fit_lo"] < points["fit"]) & (points["fit"] < points["fit_hi"])).all()


TABLE = np.array([[12.0, 3, 40], [5, 9, 38], [2, 20, 41]])
TOTALS = np.array([500.0, 400, 600])


def test_residuals_are_those_of_statsmodels_and_g2_scipys():
    for number, column in enumerate(TABLE.T):
        table = np.array([column, TOTALS - column])
        oracle = Table(table, shift_zeros=False).standardized_resids[0]
        assert adjusted_residuals(TABLE, TOTALS)[:, number] == pytest.approx(oracle)
        g2 = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
        assert omnibus_g2(TABLE, TOTALS)[number] == pytest.approx(g2)


def test_correspondence_keeps_the_chi_square_and_needs_three_groups(many_documents, two_documents):
    cmp = Comparison.from_tables(many_documents)
    found = correspondence(cmp.counts(), cmp.groups("year"), layers=(), min_count=1)
    table = cmp.counts().of_groups(cmp.groups("year"))
    chosen = [list(cmp.counts().terms).index(term) for term in found.terms["term"]]
    chi2 = stats.chi2_contingency(table[:, chosen], correction=False).statistic

    assert found.inertia.sum() == pytest.approx(chi2 / table[:, chosen].sum())
    with pytest.raises(
        CompareError, match="2 groups of year; a correspondence map needs at least 3"
    ):
        Comparison.from_tables(two_documents).correspondence(by="year")


def test_components_agree_with_scikit_learn(many_documents):
    from sklearn.decomposition import TruncatedSVD

    cmp = Comparison.from_tables(many_documents)
    found = cmp.correspondence(by="year")
    chosen = [list(cmp.counts().terms).index(term) for term in found.terms["term"]]
    p = cmp.counts().of_groups(cmp.groups("year"))[:, chosen].astype(float)
    p /= p.sum()
    expected = np.outer(p.sum(axis=1), p.sum(axis=0))
    svd = TruncatedSVD(2, algorithm="arpack", random_state=0).fit(
        (p - expected) / np.sqrt(expected)
    )

    assert np.sqrt(found.inertia[:2]) == pytest.approx(svd.singular_values_, abs=1e-8)


def _random_paragraphs(seed=3, paragraphs=60, terms=40):
    rng = np.random.default_rng(seed)
    matrix = rng.poisson(rng.gamma(0.5, 1.0, terms), (paragraphs, terms))
    return sparse.csr_array(matrix), matrix.sum(axis=1) + 5


def test_permuted_g2_is_g2():
    matrix, totals = _random_paragraphs()
    group = np.arange(60) < 25
    a, row = matrix[group].sum(axis=0), np.asarray(matrix.sum(axis=0))
    n1, n = int(totals[group].sum()), int(totals.sum())
    logs = permutation.LogTable(n)

    expected = np.abs(measures.g2(a, row - a, n1, n - n1))
    assert logs.abs_g2(a, row, np.array([n1]), n) == pytest.approx(expected, abs=1e-8)


def test_max_t_keeps_its_level_when_there_is_nothing_to_find():
    hits = 0
    for seed in range(60):
        matrix, totals = _random_paragraphs(seed)
        group = np.random.default_rng(seed + 100).permutation(np.arange(60) < 30)
        a, row = matrix[group].sum(axis=0), np.asarray(matrix.sum(axis=0))
        n1 = totals[group].sum()
        g2 = np.abs(measures.g2(a, row - a, n1, totals.sum() - n1))
        null = permutation.paragraph_null(matrix, totals, group, g2, permutations=99, seed=seed)
        hits += null.p_max.min() <= 0.05
    assert hits <= stats.binom.ppf(0.995, 60, 0.05)


def test_deals_to_all_groups_give_the_null_of_each_pair():
    """Against G² by its formula, for the same deals; ties count as equal."""
    matrix, totals = _random_paragraphs()
    group = np.random.default_rng(9).integers(0, 4, 60)
    dense, row = matrix.toarray(), np.asarray(matrix.sum(axis=0))

    def g2(dealt):
        found = []
        for g in range(4):
            a, n1 = dense[dealt == g].sum(axis=0), totals[dealt == g].sum()
            found.append(np.abs(measures.g2(a, row - a, n1, totals.sum() - n1)))
        return np.array(found)

    observed = g2(group)
    nulls = permutation.rest_nulls(matrix, totals, group, observed, permutations=99, seed=4)
    rng = np.random.default_rng(4)
    deals = np.array([g2(rng.permutation(group)) for _ in range(99)])
    p = ((deals >= observed - 1e-6).sum(axis=0) + 1) / 100
    tops = deals.max(axis=2)
    for g, null in enumerate(nulls):
        assert null.p.tolist() == pytest.approx(p[g].tolist())
        assert null.floor == pytest.approx(np.quantile(tops[:, g], 0.95))
        p_max = [(np.sum(tops[:, g] >= x - 1e-6) + 1) / 100 for x in observed[g]]
        assert null.p_max.tolist() == pytest.approx(p_max)


def test_document_permutation_is_exact_for_few_documents():
    rates = np.array([[1.0], [2], [3], [4], [10], [11], [12], [13]])
    p, exact = permutation.document_p(sparse.csr_array(rates), np.arange(8) < 4)

    assert exact
    assert p[0] == pytest.approx(inference.smallest_p(4))
    oracle = stats.permutation_test(
        (rates[:4, 0], rates[4:, 0]), lambda x, y: x.mean() - y.mean(), n_resamples=np.inf
    )
    assert p[0] == pytest.approx(oracle.pvalue)


def test_bootstrap_covers_the_ratio_and_leaves_zero_cells_alone():
    matrix, totals = _random_paragraphs()
    dense = matrix.toarray()
    dense[:30, 0] = 0
    group = (np.arange(60) >= 30).astype(int)
    low, high = permutation.bootstrap_interval(sparse.csr_array(dense), totals, group, samples=400)
    a, b = dense[:30].sum(axis=0), dense[30:].sum(axis=0)
    ratio = measures.log_ratio(a, b, totals[:30].sum(), totals[30:].sum())

    assert np.isnan(low[0])
    both = (a > 5) & (b > 5)
    assert ((low <= ratio) & (ratio <= high))[both].all()


def test_memory_of_permutations_does_not_depend_on_their_number():
    matrix, totals = _random_paragraphs()
    sizes = [
        len(batch)
        for batch in permutation._deals(
            matrix, totals, np.arange(60) < 30, 100_000, np.random.default_rng(0)
        )
    ]
    assert sum(sizes) == 100_000
    assert max(sizes) * 60 <= permutation._CELLS


@pytest.mark.parametrize(
    ("words", "expected"),
    [("ababab", 2 / 3), ("abcabc", 1.0), ("aaaaaa", 1 / 3), ("abcaab", (3 + 3 + 2 + 2) / 12)],
)
def test_mattr(words, expected):
    codes = np.array([ord(c) for c in words])

    assert mattr(codes, window=3) == pytest.approx(expected)


def test_labels_with_numbers_sort_by_them():
    assert sorted(["1990-1999", "第10回", "第9回", "980"], key=natural) == [
        "980",
        "1990-1999",
        "第9回",
        "第10回",
    ]


def test_the_layout_of_a_network_is_always_the_same():
    pairs = np.array([[0, 1], [1, 2], [3, 4]])
    once, again = (layout(5, pairs, np.ones(3)) for _ in range(2))

    assert (once == again).all()
    assert np.linalg.norm(once[0] - once[1]) < np.linalg.norm(once[0] - once[4])
