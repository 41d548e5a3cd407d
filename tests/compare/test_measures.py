import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from seimeibun.compare import measures

N1, N2 = 1913, 2375
INF = float("inf")
# a, b: G², χ² p by Fisher, BIC, log ratio, its exact 95 % interval
GOLDEN = [
    (38, 1, 53.6281, 8.66e-13, 45.265, 5.5600, (2.995, 10.901)),
    (22, 5, 15.6419, 1.22e-4, 7.278, 2.4496, (1.013, 4.207)),
    (6, 0, 9.6962, 0.00785, 1.333, 3.8971, (0.548, INF)),
    (4, 0, 6.4618, 0.0395, -1.902, 3.3121, (-0.287, INF)),
    (0, 56, -66.7685, 4.09e-15, 58.405, -6.4953, (-INF, -3.564)),
    (0, 7, -8.2807, 0.0194, -0.083, -3.4953, (-INF, -0.215)),
    (11, 3, 6.7754, 0.0136, -1.588, 2.1866, (0.266, 4.667)),
    (14, 7, 4.1584, 0.0483, -4.205, 1.3121, (-0.093, 2.862)),
]
A = np.array([0, 1, 3, 17, 120, 60, 0, 5])
B = np.array([4, 0, 3, 2, 80, 60, 1, 50])


@pytest.mark.parametrize(("a", "b", "g2", "fisher", "bic", "ratio", "interval"), GOLDEN)
def test_golden_values(a, b, g2, fisher, bic, ratio, interval):
    value = measures.g2(a, b, N1, N2)

    assert value == pytest.approx(g2, abs=1e-4)
    assert measures.fisher_p(a, b, N1, N2)[0] == pytest.approx(fisher, rel=5e-3)
    assert measures.bic(value, N1, N2) == pytest.approx(bic, abs=1e-3)
    assert measures.log_ratio(a, b, N1, N2) == pytest.approx(ratio, abs=1e-4)
    low, high = measures.log_ratio_interval(a, b, N1, N2)
    assert (float(low), float(high)) == pytest.approx(interval, abs=1e-3)


@pytest.mark.parametrize(("n1", "n2"), [(900, 1400), (1400, 900)])
def test_g2_and_fisher_are_scipys(n1, n2):
    for a, b in zip(A, B, strict=True):
        table = [[a, b], [n1 - a, n2 - b]]
        expected = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")
        assert abs(measures.g2(a, b, n1, n2)) == pytest.approx(expected.statistic, abs=1e-9)
        assert measures.chi2_p(measures.g2(a, b, n1, n2)) == pytest.approx(expected.pvalue)
        assert measures.fisher_p(a, b, n1, n2)[0] == pytest.approx(stats.fisher_exact(table)[1])


@pytest.mark.parametrize("name", ["g2", "log_ratio", "jsd"])
def test_exchanging_the_groups_changes_the_sign_and_no_bit(name):
    measure = getattr(measures, name)

    assert (measure(A, B, N1, N2) == -measure(B, A, N2, N1)).all()


def test_exchange_of_the_intervals_lrc_and_z():
    low, high = measures.log_ratio_interval(A, B, N1, N2)
    swapped = measures.log_ratio_interval(B, A, N2, N1)
    assert (low == -swapped[1]).all()
    assert (high == -swapped[0]).all()
    lrc = measures.lrc(A, B, N1, N2, tests=700)
    assert (lrc == -measures.lrc(B, A, N2, N1, tests=700)).all()
    z = measures.log_odds_z(A, B, N1, N2, background=A + B)
    assert (z == -measures.log_odds_z(B, A, N2, N1, background=A + B)).all()
    assert (measures.fisher_p(A, B, N1, N2) == measures.fisher_p(B, A, N2, N1)).all()


def test_adjusted_p_are_those_of_statsmodels():
    p = np.random.default_rng(1).random(300) ** 3
    p[::7] = p[3]

    assert measures.holm(p) == pytest.approx(multipletests(p, method="holm")[1], abs=1e-15)
    assert measures.benjamini_hochberg(p) == pytest.approx(
        multipletests(p, method="fdr_bh")[1], abs=1e-15
    )


def test_adjustment_leaves_what_was_not_tested_alone():
    p = np.array([0.01, np.nan, 0.02])

    assert measures.holm(p)[[0, 2]].tolist() == pytest.approx([0.02, 0.02])
    assert np.isnan(measures.holm(p)[1])


def test_intervals_of_rates_and_shares():
    low, high = measures.rate_interval([0, 4], [2000, 2000])
    assert low.tolist() == pytest.approx([0, stats.chi2.ppf(0.025, 8) / 2 / 2])
    assert high.tolist() == pytest.approx(
        [stats.chi2.ppf(0.975, 2) / 4, stats.chi2.ppf(0.975, 10) / 4]
    )
    for k in (0, 3, 10):
        expected = proportion_confint(k, 10, method="beta")
        found = measures.share_interval(k, 10)
        assert (float(found[0]), float(found[1])) == pytest.approx(expected, abs=1e-9)


def test_lrc_is_the_bound_nearer_zero_at_the_corrected_level():
    low, high = measures.log_ratio_interval(A, B, N1, N2, level=0.05 / 8)
    expected = np.where(low > 0, low, np.where(high < 0, high, 0))

    assert measures.lrc(A, B, N1, N2, tests=8) == pytest.approx(expected)


@pytest.mark.parametrize("strength", [0.08, 100, 500])
def test_z_is_that_of_monroe_colaresi_and_quinn(strength):
    prior = strength * (A + B) / (A + B).sum()
    n1, n2 = A.sum(), B.sum()
    left = np.log((A + prior) / (n1 + strength - A - prior))
    right = np.log((B + prior) / (n2 + strength - B - prior))
    expected = (left - right) / np.sqrt(1 / (A + prior) + 1 / (B + prior))

    assert measures.log_odds_z(A, B, n1, n2, background=A + B, strength=strength) == pytest.approx(
        expected
    )


def test_jsd_contributions_add_up_to_scipys_distance():
    from scipy.spatial.distance import jensenshannon

    contributions = measures.jsd(A, B, A.sum(), B.sum())

    assert np.abs(contributions).sum() == pytest.approx(jensenshannon(A, B, base=2) ** 2)


def test_percent_difference_is_empty_where_the_reference_has_none():
    assert measures.percent_difference(6, 3, 100, 100) == pytest.approx(100)
    assert np.isnan(measures.percent_difference(6, 0, 100, 100))


def test_chance_of_none():
    assert measures.chance_of_none(3, 50, 100) == pytest.approx(50 * 49 * 48 / (100 * 99 * 98))
