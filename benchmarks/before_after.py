"""Planted shifts of a daily level: how often the interval of `shift` holds the truth, and how often it cries wolf.

    python -m benchmarks.before_after [SERIES]

Each series has weekdays, noise that resembles its neighbours, and a level that rises by 30 % or not at all.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd

from factbook.methods.shift import shift

WEEK = np.array([1.0, 0.9, 0.95, 1.0, 1.1, 1.3, 1.25])
DAYS, ALIKE, CHANGE = (10, 14, 28), (0.0, 0.3, 0.6), 0.3


def series(rng: np.random.Generator, days: int, alike: float, change: float) -> pd.Series:
    """Twice as many days as a window, the change half-way."""
    fresh = rng.standard_normal(2 * days + 30)
    wander = np.zeros_like(fresh)
    for place in range(1, len(fresh)):
        wander[place] = alike * wander[place - 1] + np.sqrt(1 - alike**2) * fresh[place]
    index = pd.date_range("2026-03-02", periods=2 * days)
    level = 1000 * WEEK[index.day_of_week] * np.exp(0.2 * wander[-2 * days :])
    level[days:] *= 1 + change
    return pd.Series(level, index)


def main(count: int = 2_000) -> None:
    """A line for each length of window and likeness of neighbours."""
    rng = np.random.default_rng(0)
    print("days a side · correlation · 95 % interval holds the truth · false alarms at no change")
    for days in DAYS:
        for alike in ALIKE:
            risen = [shift(s[:days], s[days:]) for s in (series(rng, days, alike, CHANGE) for _ in range(count))]
            still = [shift(s[:days], s[days:]) for s in (series(rng, days, alike, 0.0) for _ in range(count))]
            held = np.mean([one.low <= CHANGE <= one.high for one in risen])
            alarms = np.mean([one.low > 0 or one.high < 0 for one in still])
            print(f"{days:>11} · {alike:>11} · {held:>33.1%} · {alarms:>12.1%}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
