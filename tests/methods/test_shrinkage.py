"""Shrinkage: the published baseball example, planted truths, and honest intervals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.creator_prior import compared
from factbook.errors import Refused
from factbook.methods.shrinkage import (
    beta_binomial,
    effective_counts,
    gamma_poisson,
    pooled_spread,
    probability_above,
    shrunk,
)

# Efron & Morris (1975): hits in the first 45 at-bats of 18 players, and their average over the rest of the season.
HITS = np.array([18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7])
REST = np.array([346, 298, 276, 222, 273, 270, 263, 210, 269, 230, 264, 256, 303, 264, 226, 286, 316, 200]) / 1000


def test_shrinkage_beats_raw_averages_as_published() -> None:
    """The squared error of the raw averages is about 3.5 times that of the shrunk ones (0.077 against 0.022)."""
    fit = beta_binomial(HITS, np.full(18, 45))
    raw, shrunk = ((HITS / 45 - REST) ** 2).sum(), ((fit.mean - REST) ** 2).sum()
    assert raw == pytest.approx(0.077, abs=0.002)
    assert shrunk == pytest.approx(0.022, abs=0.003)
    assert 3 < raw / shrunk < 4


def test_every_estimate_lies_between_its_own_rate_and_the_common_one() -> None:
    """Shrinkage never overshoots, and the unit with fewer trials moves further."""
    successes, trials = np.array([2.0, 200.0, 30.0, 80.0, 45.0]), np.array([4.0, 400.0, 300.0, 500.0, 450.0])
    fit = beta_binomial(successes, trials)
    raw, common = successes / trials, fit.alpha / (fit.alpha + fit.beta)
    assert (np.abs(fit.mean - common) <= np.abs(raw - common)).all()
    assert abs(fit.mean[0] - raw[0]) > abs(fit.mean[1] - raw[1])
    assert ((fit.low < fit.mean) & (fit.mean < fit.high)).all()


def test_the_planted_prior_is_recovered() -> None:
    """400 units drawn from Beta(8, 72) give back its mean and its strength."""
    rng = np.random.default_rng(1)
    trials = rng.integers(50, 800, 400)
    fit = beta_binomial(rng.binomial(trials, rng.beta(8, 72, 400)), trials)
    assert fit.alpha / (fit.alpha + fit.beta) == pytest.approx(0.1, rel=0.05)
    assert fit.alpha + fit.beta == pytest.approx(80, rel=0.25)


def test_intervals_cover_what_they_promise() -> None:
    """Over many units with a planted rate the 95 % interval holds it about 95 % of the time."""
    rng = np.random.default_rng(2)
    truth, trials = rng.beta(8, 72, 2000), rng.integers(20, 600, 2000)
    fit = beta_binomial(rng.binomial(trials, truth), trials)
    assert ((fit.low <= truth) & (truth <= fit.high)).mean() == pytest.approx(0.95, abs=0.015)


def test_the_probability_of_beating_a_target_is_calibrated() -> None:
    """Of the units given a probability near 80 % of beating a target about 80 % do."""
    rng = np.random.default_rng(3)
    truth, trials = rng.beta(8, 72, 8000), rng.integers(20, 600, 8000)
    chance = beta_binomial(rng.binomial(trials, truth), trials).probability_above(0.1)
    near = (chance > 0.75) & (chance < 0.85)
    assert (truth[near] > 0.1).mean() == pytest.approx(0.8, abs=0.05)


def test_more_successes_than_trials_are_refused() -> None:
    """A rate above one needs another model: it is refused, not clipped."""
    with pytest.raises(Refused, match="exceeds_trials"):
        beta_binomial([1, 2, 5], [10, 10, 4])


@pytest.mark.parametrize("successes", [[1, 2], [0, 0, 0], [10, 10, 10], []])
def test_data_that_determine_no_prior_are_refused(successes: list[int]) -> None:
    """Two units, no success at all or nothing but successes leave the common distribution open."""
    with pytest.raises(Refused, match="too_few"):
        beta_binomial(successes, [10] * len(successes))


def test_units_that_do_not_differ_are_not_known_exactly() -> None:
    """Equal units share one rate, known no better than all their trials together allow."""
    fit = beta_binomial([10.0] * 5, [100.0] * 5)
    assert fit.alpha + fit.beta <= 500 * (1 + 1e-9)
    assert fit.high[0] - fit.low[0] > 0.03


def test_unsteady_sessions_are_worth_fewer_trials() -> None:
    """A planted correlation within sessions is found, and it deflates the trials without moving the rate."""
    rng = np.random.default_rng(4)
    groups = np.repeat(np.arange(60), 12)
    session = rng.beta(0.1 * 99, 0.9 * 99, len(groups))  # correlation 1 ÷ (1 + 99) = 0.01
    trials = rng.integers(200, 800, len(groups)).astype(float)
    successes = rng.binomial(trials.astype(int), session).astype(float)
    counts = effective_counts(successes, trials, groups)
    assert counts.correlation == pytest.approx(0.01, rel=0.2)
    assert (counts.trials < np.bincount(groups, trials) / 4).all()
    assert counts.successes / counts.trials == pytest.approx(
        np.bincount(groups, successes) / np.bincount(groups, trials)
    )


def test_steady_sessions_keep_their_trials() -> None:
    """Plain binomial sessions show no correlation worth deflating for."""
    rng = np.random.default_rng(5)
    groups = np.repeat(np.arange(60), 12)
    trials = np.full(len(groups), 400.0)
    counts = effective_counts(rng.binomial(400, 0.1, len(groups)), trials, groups)
    assert counts.correlation < 0.0005
    assert effective_counts([1.0, 2.0], [10.0, 20.0], np.array([0, 1])).correlation == 0.0


def test_the_spread_within_groups_ignores_what_lies_between_them() -> None:
    """Two far groups with the same inner spread give that spread; single rows give none."""
    assert pooled_spread([0.0, 2.0, 100.0, 102.0], np.array([0, 0, 1, 1])) == pytest.approx(np.sqrt(2))
    assert np.isnan(pooled_spread([1.0, 5.0], np.array([0, 1])))


def test_a_normal_beats_its_own_centre_half_the_time() -> None:
    """Half at the centre, 97.5 % at 1.96 errors below it."""
    assert probability_above([0.0, 1.96], [1.0, 1.0], 0.0) == pytest.approx([0.5, 0.975], abs=1e-3)


def test_without_error_a_normal_is_above_or_below() -> None:
    """A spread of zero decides; on the line it is even; what is missing stays missing."""
    found = probability_above([2.0, 0.0, 1.0, np.nan, 1.0], [0.0, 0.0, 0.0, 0.0, np.nan], 1.0)
    assert found == pytest.approx([1.0, 0.0, 0.5, np.nan, np.nan], nan_ok=True)


counts = st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)).map(lambda pair: (min(pair), max(pair)))


@given(st.lists(counts, min_size=3, max_size=30), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_any_counts_give_rates_between_their_own_and_the_common_one(drawn, random) -> None:
    """From nothing to a billion: within 0 and 1, shrunk and never overshooting, whatever the order of the units."""
    s, n = (np.array(side, float) for side in zip(*drawn, strict=True))
    fit = fitted(s, n)
    if isinstance(fit, str):
        assert fit == "too_few"
        return
    assert ((fit.low >= 0) & (fit.low <= fit.mean) & (fit.mean <= fit.high) & (fit.high <= 1)).all()
    common = fit.alpha / (fit.alpha + fit.beta)
    raw = np.divide(s, n, out=np.full(len(n), common), where=n > 0)
    near, far = np.minimum(raw, common), np.maximum(raw, common)
    assert ((fit.mean >= near - 1e-9) & (fit.mean <= far + 1e-9)).all()
    above = fit.probability_above(common)
    assert ((above >= 0) & (above <= 1)).all()
    order = list(range(len(n)))
    random.shuffle(order)
    assert fitted(s[order], n[order]).mean == pytest.approx(fit.mean[order], rel=1e-9)


def fitted(s: np.ndarray, n: np.ndarray):
    """The posterior, or the reason of the refusal."""
    try:
        return beta_binomial(s, n)
    except Refused as refused:
        return refused.reason


def planted(units: int, slope: float, seed: int = 6) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Creators of whom the much exposed convert better: successes, trials, log exposure, carrier, and true rates."""
    rng = np.random.default_rng(seed)
    exposure, carrier = rng.normal(6, 1, units), (rng.random(units) < 0.3).astype(float)
    mean = 1 / (1 + np.exp(3.2 - slope * (exposure - 6) + 0.5 * carrier))
    truth = rng.beta(60 * mean, 60 * (1 - mean))
    trials = rng.integers(5, 400, units)
    return rng.binomial(trials, truth), trials, np.column_stack([exposure, carrier]), truth


def test_shrunk_rates_lie_nearer_the_truth_than_raw_ones() -> None:
    """Over 600 planted creators shrinkage takes a tenth and more off the error, exposure and carrier some more."""
    successes, trials, beside, truth = planted(600, slope=0.6)
    plain, told = beta_binomial(successes, trials), beta_binomial(successes, trials, beside)
    raw, shrunk_, helped = (np.sqrt(((r - truth) ** 2).mean()) for r in (successes / trials, plain.mean, told.mean))
    assert shrunk_ < 0.9 * raw
    assert helped < 0.93 * shrunk_


def test_the_prior_follows_exposure_and_carrier() -> None:
    """The planted slopes come back (per standard deviation), and a unit without trials gets the prior of its kind."""
    successes, trials, beside, truth = planted(1500, slope=0.6)
    trials[:2], successes[:2] = 0, 0
    beside[0], beside[1] = (4.5, 0.0), (7.5, 0.0)
    fit = beta_binomial(successes, trials, beside)
    assert fit.slopes[0] == pytest.approx(0.6, abs=0.08)
    assert fit.slopes[1] == pytest.approx(-0.5 * beside[:, 1].std(), abs=0.06)
    assert fit.mean[0] == pytest.approx(1 / (1 + np.exp(3.2 + 0.9)), rel=0.2)
    assert fit.mean[1] == pytest.approx(1 / (1 + np.exp(3.2 - 0.9)), rel=0.2)
    assert ((fit.low <= truth) & (truth <= fit.high)).mean() == pytest.approx(0.95, abs=0.02)


def test_a_covariate_that_says_nothing_changes_little() -> None:
    """Noise beside the counts leaves the rates where they were, and a constant one leaves them alone."""
    successes, trials, _, _ = planted(300, slope=0.0)
    plain = beta_binomial(successes, trials)
    noise = beta_binomial(successes, trials, np.random.default_rng(7).normal(size=300))
    assert np.abs(noise.mean - plain.mean).max() < 0.02
    assert beta_binomial(successes, trials, np.ones(300)).mean == pytest.approx(plain.mean, abs=1e-5)


def test_a_prior_that_follows_exposure_loses_rising_stars() -> None:
    """Why labels keep one prior for all, though rates come nearer the truth (whole: benchmarks.creator_prior)."""
    one, follows = (found for _, found in compared(0.6, 10))
    assert follows.error < one.error
    assert follows.found < one.found
    assert follows.called_low > one.called_low


def test_a_missing_covariate_is_refused() -> None:
    """An exposure nobody knows is not taken for an average one."""
    with pytest.raises(Refused, match="covariate_missing"):
        beta_binomial([1, 2, 3, 4], [10, 10, 10, 10], [1.0, 2.0, np.nan, 3.0])


def test_orders_that_exceed_clicks_get_a_rate_per_exposure() -> None:
    """The planted gamma is recovered, rates above one included, and the result says which model it was."""
    rng = np.random.default_rng(8)
    truth, exposure = rng.gamma(4, 0.3, 800), rng.uniform(2, 60, 800)
    orders = rng.poisson(truth * exposure)
    fit = shrunk(orders, exposure)
    assert fit.model == "gamma_poisson"
    assert fit.shape / fit.rate == pytest.approx(1.2, rel=0.05)
    assert fit.shape == pytest.approx(4, rel=0.25)
    assert ((fit.low <= truth) & (truth <= fit.high)).mean() == pytest.approx(0.95, abs=0.02)
    assert ((fit.mean - truth) ** 2).mean() < 0.8 * ((orders / exposure - truth) ** 2).mean()
    near = np.abs(fit.probability_above(1.0) - 0.8) < 0.05
    assert (truth[near] > 1).mean() == pytest.approx(0.8, abs=0.12)
    assert shrunk([1, 2, 5], [10, 10, 14]).model == "beta_binomial"


@pytest.mark.parametrize(
    ("orders", "exposure", "reason"),
    [([3, 1, 2], [0, 5, 5], "no_exposure"), ([1, 2], [1, 1], "too_few"), ([0, 0, 0], [4, 4, 4], "too_few")],
)
def test_sales_without_any_exposure_are_refused(orders: list[int], exposure: list[int], reason: str) -> None:
    """Sold without ever being shown, or too few units: no rate."""
    with pytest.raises(Refused, match=reason):
        gamma_poisson(orders, exposure)
