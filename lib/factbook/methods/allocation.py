"""Sessions dealt out under a budget: what each unit is believed to bring, and what trying it would teach.

Beliefs are log-normal: what a session brings differs between units (a log-normal prior, learnt from all of them) and
between the sessions of one unit. Trying a unit is worth the expected value of what it teaches (knowledge gradient;
Frazier, Powell & Dayanik 2008, here for log-normal beliefs): how much better than `rival`, the value of the last
session one would give up, it may turn out. Nothing is drawn at random, so the same figures give the same plan.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from factbook.errors import Refused
from factbook.methods.shrinkage import pooled_spread

Array = NDArray[np.float64]
Codes = NDArray[np.intp]
TRIED_ONCE = 1.0  # sessions at the common rate added to each unit's share of sessions that sold
SURE = 1e-9  # log standard deviation below which nothing is left to learn


@dataclass(frozen=True, slots=True)
class Beliefs:
    """Per unit: what a session brings on average, how unsure that is (log sd); and the noise of one session."""

    mean: Array
    spread: Array
    noise: float


@dataclass(frozen=True, slots=True)
class Terms:
    """What a plan assumes: sessions in all, each unit's sessions so far, least and most, the fading, the months ahead.

    `least`: sessions of a unit that come before all others, unless it loses money; they too are within the budget.
    `fading`: each session beyond those so far brings this part of the one before. `months`: how long what is
    learnt will be of use.
    """

    budget: int
    now: Array
    least: Array
    most: Array
    fading: float
    months: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Sessions per unit; those funded only for what they teach; what all and today's are expected to bring."""

    sessions: Array
    exploring: Array
    value: float
    value_now: float
    price: float


def beliefs(values: ArrayLike, units: Codes) -> Beliefs:
    """Learn what a session of each unit brings, in yuan, from its sessions; codes 0…G−1.

    Log amounts are normal within and between units (variances by moments); a session that brought nothing counts
    in the share of sessions that sold, one of which nothing is known (NaN) not at all. Raises Refused where no unit
    has two sessions that sold.
    """
    v = np.asarray(values, float)
    sold, known = v > 0, np.isfinite(v)
    noise = pooled_spread(np.log(v[sold]), units[sold]) if sold.any() else float("nan")
    if not np.isfinite(noise):
        raise Refused("too_few")
    size = int(units.max()) + 1
    count = np.bincount(units[sold], minlength=size).astype(float)
    logs = np.bincount(units[sold], np.log(v[sold]), minlength=size).astype(float)
    centre, between = _between(logs, count, noise)
    weight = count / max(noise, 1e-6) ** 2
    spread = 1 / np.sqrt(weight + 1 / between**2)
    middle = (np.divide(logs, np.maximum(count, 1)) * weight + centre / between**2) * spread**2
    every = np.bincount(units[known], minlength=size).astype(float)
    share = (count + TRIED_ONCE * sold.sum() / known.sum()) / (every + TRIED_ONCE)
    return Beliefs(share * np.exp(middle + spread**2 / 2 + noise**2 / 2), spread, noise)


def _between(logs: Array, count: Array, noise: float) -> tuple[float, float]:
    """Mean and standard deviation of units' log means (DerSimonian & Laird's moments, weights by sessions)."""
    used = count > 0
    n, means = count[used], logs[used] / count[used]
    centre = float((n * means).sum() / n.sum())
    scatter = float((n * (means - centre) ** 2).sum()) - (len(n) - 1) * noise**2
    room = float(n.sum() - (n**2).sum() / n.sum())
    return centre, max(float(np.sqrt(max(scatter, 0.0) / room)) if room > 0 else 0.0, 1e-6)


def teaching(known: Beliefs, rival: float, tries: ArrayLike) -> Array:
    """What `tries` sessions of each unit teach, in yuan a session: E[max(mean then, rival)] − max(mean now, rival).

    The mean to come is log-normal around today's; the expectation is that of Black & Scholes (1973). 0 where the
    unit loses money or there is no rival to beat.
    """
    k, mean = np.asarray(tries, float), known.mean
    wide = known.spread * np.sqrt(k * known.spread**2 / (k * known.spread**2 + known.noise**2 + 1e-12))
    usable = (mean > 0) & (rival > 0) & (wide > SURE)
    m, w = np.where(usable, mean, 1.0), np.where(usable, wide, 1.0)
    up = (np.log(m) - np.log(max(rival, 1e-9)) + w**2 / 2) / w
    expected = m * ndtr(up) + max(rival, 0.0) * ndtr(w - up)
    return np.where(usable, np.maximum(expected - np.maximum(m, rival), 0.0), 0.0)


def allocate(known: Beliefs, terms: Terms) -> Plan:
    """Deal the budget out, session by session, to where the next one is worth most; none goes where it loses money.

    A later session of a unit never counts for more than an earlier one, so taking the best first is the best plan.
    """
    plain = _marginals(known, terms)
    first = (np.arange(plain.shape[1])[None, :] < terms.least[:, None]).astype(np.intp)
    without = _dealt(plain, first, terms.budget)
    price = float(plain[without].min()) if int(without.sum()) == terms.budget and without.any() else 0.0
    depth = plain.shape[1]
    taught = np.column_stack([teaching(known, price, np.full(len(known.mean), j)) for j in range(depth + 1)])
    worth = np.minimum.accumulate(np.where(np.isfinite(plain), plain + terms.months * np.diff(taught), -np.inf), axis=1)
    given = _dealt(worth, first, terms.budget)
    sessions, alone = given.sum(axis=1).astype(float), without.sum(axis=1).astype(float)
    value = float(np.where(given, np.nan_to_num(plain, neginf=0.0), 0.0).sum())
    now = float(known.mean @ terms.now)
    return Plan(sessions, np.maximum(sessions - alone, 0.0), value, now, price)


def _marginals(known: Beliefs, terms: Terms) -> Array:
    """What the first, second … session of each unit brings; −∞ beyond the most it may have."""
    depth = int(max(terms.most.max(initial=0.0), terms.now.max(initial=0.0), 1))
    place = np.arange(1, depth + 1)[None, :]
    beyond = np.maximum(place - terms.now[:, None], 0.0)
    return np.where(place <= terms.most[:, None], known.mean[:, None] * terms.fading**beyond, -np.inf)


def _dealt(worth: Array, first: Codes, budget: int) -> NDArray[np.bool_]:
    """The `budget` best marginals above zero, those marked in `first` before all; ties go to the earlier unit."""
    flat = worth.ravel()
    best = np.lexsort((-flat, -np.where(flat > 0, first.ravel(), -1)))[:budget]
    chosen = np.zeros(flat.size, dtype=bool)
    chosen[best[flat[best] > 0]] = True
    return chosen.reshape(worth.shape)
