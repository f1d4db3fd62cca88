"""Rates of many units that borrow strength from each other: empirical Bayes with a beta prior."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import betaln, digamma, ndtr
from scipy.stats import beta as beta_law

from factbook.errors import Refused

Array = NDArray[np.float64]
Codes = NDArray[np.intp]
MIN_UNITS = 3
LEAST_STRENGTH = 0.1  # of the prior, in trials


@dataclass(frozen=True, slots=True)
class BetaBinomial:
    """Posterior rates of units: arrays mean, low, high (95 %), and the prior they share."""

    mean: Array
    low: Array
    high: Array
    alpha: float
    beta: float
    successes: Array
    trials: Array

    def probability_above(self, target: ArrayLike) -> Array:
        """Posterior probability, per unit, that its rate exceeds `target` (a fraction)."""
        misses = self.trials - self.successes
        return np.asarray(beta_law.sf(target, self.alpha + self.successes, self.beta + misses))


@dataclass(frozen=True, slots=True)
class EffectiveCounts:
    """Trials worth as much as independent ones, per group, and the correlation within a row (a session)."""

    successes: Array
    trials: Array
    correlation: float


def beta_binomial(successes: ArrayLike, trials: ArrayLike) -> BetaBinomial:
    """Fit s ~ BetaBinomial(n; α, β) by maximum likelihood and return each unit's posterior.

    The prior is never worth more than all trials it was learnt from: where units hardly differ, an
    unlimited α + β would pretend that their common rate is known exactly.
    Counts may be fractional (effective counts). Raises Refused with fewer than three units with
    trials, or where a unit has more successes than trials: such a rate needs another model, never
    a clipped one.
    """
    s, n = np.asarray(successes, float), np.asarray(trials, float)
    if np.any(s > n):
        raise Refused("exceeds_trials")
    if int((n > 0).sum()) < MIN_UNITS or not 0 < s.sum() < n.sum():
        raise Refused("too_few")
    alpha, beta = _fit(s[n > 0], n[n > 0])
    a, b = alpha + s, beta + n - s
    low, high = (np.asarray(beta_law.ppf(q, a, b)) for q in (0.025, 0.975))
    return BetaBinomial(a / (a + b), low, high, alpha, beta, s, n)


def _fit(s: Array, n: Array) -> tuple[float, float]:
    """α and β of the largest likelihood, searched over the prior's log odds and log strength."""

    def loss(point: Array) -> tuple[float, Array]:
        strength, mean = np.exp(point[1]), 1 / (1 + np.exp(-point[0]))
        a, b = strength * mean, strength * (1 - mean)
        value = np.sum(betaln(s + a, n - s + b) - betaln(a, b))
        both = digamma(a + b) - digamma(n + a + b)
        by_a = np.sum(digamma(s + a) - digamma(a) + both)
        by_b = np.sum(digamma(n - s + b) - digamma(b) + both)
        by_mean = (by_a - by_b) * strength * mean * (1 - mean)
        return -float(value), -np.array([by_mean, by_a * a + by_b * b])

    rate = s.sum() / n.sum()
    most = max(float(n.sum()), 2 * LEAST_STRENGTH)
    start = np.array([np.log(rate / (1 - rate)), np.log(max(float(np.median(n)), LEAST_STRENGTH))])
    bounds = [(-20.0, 20.0), (np.log(LEAST_STRENGTH), np.log(most))]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    strength, mean = float(np.exp(found.x[1])), float(1 / (1 + np.exp(-found.x[0])))
    return strength * mean, strength * (1 - mean)


def effective_counts(successes: ArrayLike, trials: ArrayLike, groups: Codes) -> EffectiveCounts:
    """Deflate each group's counts by the over-dispersion of its rows (sessions).

    A row of n trials varies like n ÷ (1 + (n − 1)ρ) independent ones; ρ is pooled over all groups
    with several rows by moments and is 0 where rows vary no more than chance. `groups`: codes
    0…G−1. Rates stay Σ/Σ.
    """
    s, n = np.asarray(successes, float), np.asarray(trials, float)
    total_s, total_n = np.bincount(groups, s).astype(float), np.bincount(groups, n).astype(float)
    correlation = _within_correlation(s, n, groups, total_s / np.maximum(total_n, 1))
    variance = np.bincount(groups, n * (1 + np.maximum(n - 1, 0) * correlation))
    shrink = np.divide(total_n, variance, out=np.ones_like(total_n), where=variance > 0)
    return EffectiveCounts(total_s * shrink, total_n * shrink, correlation)


def _within_correlation(s: Array, n: Array, groups: Codes, rate: Array) -> float:
    """Moment estimate of ρ from Σ(s − np)² ÷ np(1 − p) against what chance alone would give."""
    p, size = rate[groups], np.bincount(groups, n)[groups]
    use = (n > 0) & (p > 0) & (p < 1) & (size > n)
    if not use.any():
        return 0.0
    p, n, s, size = p[use], n[use], s[use], size[use]
    freedom = 1 - n / size
    surplus = np.sum((s - n * p) ** 2 / (n * p * (1 - p))) - freedom.sum()
    spread = np.sum(freedom * (n - 1))
    return float(np.clip(surplus / spread, 0.0, 0.99)) if spread > 0 else 0.0


def pooled_spread(values: ArrayLike, groups: Codes) -> float:
    """Standard deviation of rows within their groups, pooled; NaN when no group has two rows."""
    v = np.asarray(values, float)
    count = np.bincount(groups)
    residual = v - (np.bincount(groups, v) / np.maximum(count, 1))[groups]
    freedom = int(np.sum(np.maximum(count - 1, 0)))
    return float(np.sqrt(np.sum(residual**2) / freedom)) if freedom else float("nan")


def probability_above(centre: ArrayLike, error: ArrayLike, target: float) -> Array:
    """Probability that a normal with this centre and standard error exceeds `target`."""
    return np.asarray(ndtr((np.asarray(centre, float) - target) / np.asarray(error, float)))
