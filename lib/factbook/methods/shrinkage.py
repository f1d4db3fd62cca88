"""Rates of many units that borrow strength from each other: empirical Bayes with a beta or gamma prior."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import betaln, digamma, gammaln, ndtr
from scipy.stats import beta as beta_law
from scipy.stats import gamma as gamma_law

from factbook.errors import Refused

Array = NDArray[np.float64]
Codes = NDArray[np.intp]
MIN_UNITS = 3
LEAST_STRENGTH = 0.1  # of the prior, in trials
MOST_ODDS, MOST_SLOPE = 20.0, 3.0  # log odds, and their change by standard deviation of a covariate


@dataclass(frozen=True, slots=True)
class BetaBinomial:
    """Posterior rates of units: arrays mean, low, high (95 %), and the prior they share.

    `alpha` and `beta` are the prior of an average unit; with covariates every unit has its own, `alphas` and `betas`,
    of the same strength α + β, and `slopes` are the log odds of the prior mean by standard deviation of a covariate.
    """

    mean: Array
    low: Array
    high: Array
    alpha: float
    beta: float
    successes: Array
    trials: Array
    alphas: Array
    betas: Array
    slopes: Array
    model: str = "beta_binomial"

    def probability_above(self, target: ArrayLike) -> Array:
        """Posterior probability, per unit, that its rate exceeds `target` (a fraction)."""
        misses = self.trials - self.successes
        return np.asarray(beta_law.sf(target, self.alphas + self.successes, self.betas + misses))


@dataclass(frozen=True, slots=True)
class EffectiveCounts:
    """Trials worth as much as independent ones, per group, and the correlation within a row (a session)."""

    successes: Array
    trials: Array
    correlation: float


def beta_binomial(successes: ArrayLike, trials: ArrayLike, covariate: ArrayLike | None = None) -> BetaBinomial:
    """Fit s ~ BetaBinomial(n; α, β) by maximum likelihood and return each unit's posterior.

    `covariate`: a column, or units × columns without gaps (log exposure, carrier as 0 and 1): the prior mean follows it
    on the logit scale, since better creators are shown more. Slopes are held near zero by a standard normal prior.
    Creators' labels do without: exposure is their other axis, and a prior that follows it brings the rates nearer the
    truth but takes rising stars for low ones (where exposure and conversion correlate by 0.6: error 0.0107 instead of
    0.0113, rising stars found 40 % instead of 46 %, called low 6.5 % instead of 4.7 %: benchmarks.creator_prior).
    The prior is never worth more than all trials it was learnt from: where units hardly differ, an
    unlimited α + β would pretend that their common rate is known exactly.
    Counts may be fractional (effective counts). Raises Refused with fewer than three units with
    trials (and one more a covariate), or where a unit has more successes than trials: such a rate needs another model
    (`gamma_poisson`), never a clipped one.
    """
    s, n = np.asarray(successes, float), np.asarray(trials, float)
    if np.any(s > n):
        raise Refused("exceeds_trials")
    beside = _columns(covariate, n)
    used = n > 0
    if int(used.sum()) < MIN_UNITS + beside.shape[1] or not 0 < s.sum() < n.sum():
        raise Refused("too_few")
    order = np.flatnonzero(used)[np.lexsort((*beside[used].T, s[used], n[used]))]  # whose row comes first is nothing
    point, strength = _fit(s[order], n[order], beside[order])
    means = _logistic(point[0] + beside @ point[1:])
    a, b = strength * means + s, strength * (1 - means) + n - s
    mean = a / (a + b)
    # Of a unit with next to no trials the law may lean so far that its mean lies beyond the 97.5 % point.
    low, high = np.minimum(beta_law.ppf(0.025, a, b), mean), np.maximum(beta_law.ppf(0.975, a, b), mean)
    centre = float(_logistic(point[:1])[0])
    prior = (strength * centre, strength * (1 - centre))
    return BetaBinomial(mean, low, high, *prior, s, n, strength * means, strength * (1 - means), point[1:])


def _columns(covariate: ArrayLike | None, trials: Array) -> Array:
    """Covariates as columns of mean 0 and standard deviation 1 over the units with trials."""
    if covariate is None:
        return np.empty((len(trials), 0))
    given = np.asarray(covariate, float)
    columns = given.reshape(len(trials), -1)
    if not np.isfinite(columns).all():
        raise Refused("covariate_missing")
    used = columns[trials > 0] if (trials > 0).any() else columns
    spread = used.std(axis=0)
    return np.asarray((columns - used.mean(axis=0)) / np.where(spread > 0, spread, 1.0))


def _logistic(odds: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -MOST_ODDS, MOST_ODDS))))


def _fit(s: Array, n: Array, beside: Array) -> tuple[Array, float]:
    """Intercept and slopes of the prior mean's log odds, and its strength, of the largest likelihood."""
    design = np.column_stack([np.ones(len(s)), beside])

    def loss(point: Array) -> tuple[float, Array]:
        strength, means = np.exp(point[-1]), _logistic(design @ point[:-1])
        a, b = strength * means, strength * (1 - means)
        value = np.sum(betaln(s + a, n - s + b) - betaln(a, b))
        both = digamma(a + b) - digamma(n + a + b)
        by_a = digamma(s + a) - digamma(a) + both
        by_b = digamma(n - s + b) - digamma(b) + both
        by_odds = design.T @ ((by_a - by_b) * strength * means * (1 - means))
        slopes = np.r_[0.0, point[1:-1]]
        gradient = np.append(slopes - by_odds, -np.sum(by_a * a + by_b * b))
        return -float(value) + float(slopes @ slopes) / 2, gradient

    rate = s.sum() / n.sum()
    most = max(float(n.sum()), 2 * LEAST_STRENGTH)
    start = [np.log(rate / (1 - rate)), *[0.0] * beside.shape[1], np.log(max(float(np.median(n)), LEAST_STRENGTH))]
    slopes = [(-MOST_SLOPE, MOST_SLOPE)] * beside.shape[1]
    bounds = [(-MOST_ODDS, MOST_ODDS), *slopes, (np.log(LEAST_STRENGTH), np.log(most))]
    found = minimize(loss, np.array(start), jac=True, method="L-BFGS-B", bounds=bounds)
    return found.x[:-1], float(np.exp(found.x[-1]))


@dataclass(frozen=True, slots=True)
class GammaPoisson:
    """Posterior rates of events per exposure, which may pass 1: arrays mean, low, high (95 %), and the common prior."""

    mean: Array
    low: Array
    high: Array
    shape: float
    rate: float
    events: Array
    exposure: Array
    model: str = "gamma_poisson"

    def probability_above(self, target: ArrayLike) -> Array:
        """Posterior probability, per unit, that its rate exceeds `target`."""
        a, b = self.shape + self.events, self.rate + self.exposure
        return np.asarray(gamma_law.sf(target, a, scale=1 / b))


def gamma_poisson(events: ArrayLike, exposure: ArrayLike) -> GammaPoisson:
    """Fit y ~ Poisson(λ·exposure), λ ~ Gamma(shape, rate), by maximum likelihood; each unit's posterior rate.

    For orders that may exceed clicks (an order of today can follow a click of last week). The prior is never worth more
    exposure than all it was learnt from. Raises Refused with fewer than three units with exposure, without any event,
    or where something happened without exposure.
    """
    y, e = np.asarray(events, float), np.asarray(exposure, float)
    if np.any((e <= 0) & (y > 0)):
        raise Refused("no_exposure")
    if int((e > 0).sum()) < MIN_UNITS or y.sum() <= 0:
        raise Refused("too_few")
    shape, rate = _fit_gamma(y[e > 0], e[e > 0])
    a, b = shape + y, rate + e
    low, high = (np.asarray(gamma_law.ppf(q, a, scale=1 / b)) for q in (0.025, 0.975))
    return GammaPoisson(a / b, low, high, shape, rate, y, e)


def _fit_gamma(y: Array, e: Array) -> tuple[float, float]:
    """Shape and rate of the largest negative-binomial likelihood, searched over log mean and log rate."""

    def loss(point: Array) -> float:
        rate = np.exp(point[1])
        shape = np.exp(point[0]) * rate
        terms = gammaln(y + shape) - gammaln(shape) + shape * np.log(rate / (rate + e)) - y * np.log(rate + e)
        return -float(np.sum(terms))

    most = np.log(float(e.sum()))
    bounds = [(-30.0, 30.0), (min(np.log(float(np.median(e))) - 8, most - 1), most)]
    found = minimize(loss, np.array([np.log(y.sum() / e.sum()), np.mean(bounds[1])]), method="L-BFGS-B", bounds=bounds)
    rate = float(np.exp(found.x[1]))
    return float(np.exp(found.x[0])) * rate, rate


def shrunk(successes: ArrayLike, trials: ArrayLike) -> BetaBinomial | GammaPoisson:
    """Shrunk rates by the model that fits: beta-binomial, or gamma-Poisson as soon as successes exceed trials.

    `.model` of the result says which one it was. Raises Refused as the two do.
    """
    s, n = np.asarray(successes, float), np.asarray(trials, float)
    return gamma_poisson(s, n) if np.any(s > n) else beta_binomial(s, n)


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
    """Probability that a normal with this centre and standard error exceeds `target`.

    Without any error it is 1 above the target, 0 below it and a half on it; NaN where centre or error is.
    """
    above, spread = np.asarray(centre, float) - target, np.asarray(error, float)
    sure = np.where(np.isnan(above), np.nan, (np.sign(above) + 1) / 2)
    safe = np.where(spread == 0, 1.0, spread)
    return np.where(spread == 0, sure, ndtr(above / safe))
