"""A wandering level with fixed effects (weekdays, drift, what else is known): filtered once, forecast from any day.

y_t = μ_t + x_t'β + ε_t, μ_t = μ_{t−1} + η_t: the local level model of structural time series (Harvey 1989). The share
of the level's variance in the noise's is not chosen but averaged over, each candidate weighed by its likelihood; β and
the noise's variance are integrated out under their conjugate prior. It is statsmodels' `UnobservedComponents("llevel")`
with deterministic seasonals, kept here because its forecasts from every past day cost one pass instead of a fit a day.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

Array = NDArray[np.float64]
# Variance of the level's daily step ÷ variance of a day's noise, from a fixed level to one that is all there is.
STEPS: Array = np.array([0.0, 1e-4, 4e-4, 1.5e-3, 5e-3, 1.5e-2, 5e-2, 0.15, 0.5, 1.5, 5.0])
NEGLIGIBLE = 1e-3  # weight of a candidate that may be left out


@dataclass(frozen=True, slots=True)
class Outlook:
    """Logs of days ahead: for each candidate step (first axis) Student's t, and how likely the candidate is.

    The law of the days is this mixture. `mean`, `cov` (without the days' own noise) and `noise` sum it up as one normal
    law would; its middle is narrower than that law's and its tails are wider, so intervals are read from the mixture.
    """

    share: Array
    means: Array  # candidates × days
    covs: Array  # candidates × days × days, without the days' noise
    noises: Array  # variance of a day's noise
    freedom: float

    @property
    def mean(self) -> Array:
        """Mean of the logs, by day."""
        return np.asarray(self.share @ self.means)

    @property
    def noise(self) -> float:
        """Variance of a day's noise."""
        return float(self.share @ self.noises)

    @property
    def cov(self) -> Array:
        """Covariance of the logs without the days' noise, what the candidates differ by included."""
        off = (self.means - self.mean) * np.sqrt(self.share)[:, None]
        return np.asarray(np.tensordot(self.share, self.covs, 1) + off.T @ off)

    def below(self, total: float, parts: Array) -> float:
        """Probability that the sum of the days' amounts stays below `total`; `parts`: share of each day that is open.

        The log of the sum is taken as a sum of logs, each day weighed by its part of what is expected.
        """
        expected = np.exp(self.means + self.noises[:, None] / 2) * parts
        weight = self.share @ expected / (self.share @ expected).sum()
        spread = np.einsum("d,kde,e->k", weight, self.covs, weight) + self.noises * (weight @ weight)
        off = np.log(total) - np.log(expected.sum(axis=1))
        return float(self.share @ stdtr(self.freedom, off / np.sqrt(spread)))

    def draws(self, count: int, rng: np.random.Generator) -> Array:
        """Logs of `count` simulated runs of these days, noise included: runs × days."""
        days = self.means.shape[1]
        roots = np.linalg.cholesky(self.covs + self.noises[:, None, None] * np.eye(days))
        which = rng.choice(len(self.share), count, p=self.share)
        tails = np.sqrt(self.freedom / rng.chisquare(self.freedom, count))
        strayed = np.empty((count, days))
        for candidate, root in enumerate(roots):
            mine = which == candidate
            strayed[mine] = rng.standard_normal((int(mine.sum()), days)) @ root.T
        return np.asarray(self.means[which] + strayed * tails[:, None])


@dataclass(frozen=True, slots=True)
class Filtered:
    """What every day leaves behind, one entry per day (first axis) and candidate step (second)."""

    level: Array  # of y and of each effect, as if each were filtered alone
    spread: Array  # variance of the level in units of the noise
    cross: Array  # Σ of products of the one-step errors, weighed
    weight: Array  # −½ Σ log of the one-step variances
    known: Array  # days seen so far
    hold: Array  # precision of each effect's prior in units of the noise

    def at(self, day: int, ahead: Array, gap: int = 0) -> Outlook:
        """Forecast from the first `day` days of the `ahead` (days × effects) that begin `gap` days later."""
        share, beta, inverse, noise = self._posterior(day)
        some = share > NEGLIGIBLE
        share, beta, inverse, noise = share[some] / share[some].sum(), beta[some], inverse[some], noise[some]
        level, spread = self.level[day - 1, some], self.spread[day - 1, some]
        far = np.arange(gap + 1, gap + len(ahead) + 1, dtype=float)
        turned = ahead[None, :, :] - level[:, None, 1:]
        means = level[:, :1] + (turned @ beta[:, :, None])[:, :, 0]
        steps = spread[:, None, None] + STEPS[some, None, None] * np.minimum(far[:, None], far[None, :])
        covs = noise[:, None, None] * (turned @ inverse @ turned.transpose(0, 2, 1) + steps)
        return Outlook(share, means, covs, noise, self._freedom(day))

    def _freedom(self, day: int) -> float:
        """Known days after the first, which settles the level."""
        return max(float(self.known[day - 1]) - 1, 1.0)

    def _posterior(self, day: int) -> tuple[Array, Array, Array, Array]:
        """How likely each candidate is, its effects, their covariance ÷ noise, and its noise."""
        cross, freedom = self.cross[day - 1], self._freedom(day)
        inverse = np.linalg.inv(cross[:, 1:, 1:] + np.diag(self.hold))
        beta = np.einsum("kpq,kq->kp", inverse, cross[:, 1:, 0])
        left = np.maximum(cross[:, 0, 0] - np.einsum("kp,kp->k", beta, cross[:, 1:, 0]), 1e-12)
        score = self.weight[day - 1] + np.linalg.slogdet(inverse)[1] / 2 - freedom / 2 * np.log(left)
        share = np.exp(score - score.max())
        return share / share.sum(), beta, inverse, left / freedom


def filtered(y: Array, effects: Array, hold: Array) -> Filtered:
    """Pass once over the days (NaN: not known); `effects` is days × effects, without gaps."""
    days, width, candidates = len(y), 1 + effects.shape[1], len(STEPS)
    both, seen = np.column_stack([y, effects]), np.cumsum(np.isfinite(y)).astype(float)
    level, spread = np.zeros((days, candidates, width)), np.full((days, candidates), np.inf)
    cross, weight = np.zeros((days, candidates, width, width)), np.zeros((days, candidates))
    for day in range(days):
        if day:
            level[day], spread[day] = level[day - 1], spread[day - 1] + STEPS
            cross[day], weight[day] = cross[day - 1], weight[day - 1]
        if y[day] != y[day]:
            continue
        if seen[day] == 1:
            level[day], spread[day] = both[day], 1.0
            continue
        error, scale = both[day] - level[day], spread[day] + 1
        gain = spread[day] / scale
        level[day] += gain[:, None] * error
        spread[day] = gain
        cross[day] += error[:, :, None] * error[:, None, :] / scale[:, None, None]
        weight[day] -= np.log(scale) / 2
    return Filtered(level, spread, cross, weight, seen, hold)
