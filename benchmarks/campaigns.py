"""Planted campaigns: how often `uplift`'s intervals hold the truth, how often it cries wolf, and how long it takes.

    python -m benchmarks.campaigns [CAMPAIGNS]

Every campaign is drawn anew: 45 to 420 days of history, an event of 3 to 20 days, a trend, weekdays, noise that
resembles its neighbours (correlation 0.3 to 0.9), a level that wanders, holidays nobody told of in the history and a
known one that may fall into the event (given as `exog`), days left unknown, and, in half of them, an effect with a dip
before and a hangover after. The truth of a campaign is its sales less what the very same days would have sold without
it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from factbook.methods.counterfactual import DIP_DAYS, HANGOVER_DAYS, LEAST_TIMES, Uplift, uplift

LENGTHS = (3, 5, 7, 10, 12, 20)
BANDS = {"95 %": ("low95", "high95"), "80 %": ("low80", "high80")}


@dataclass(frozen=True)
class Planted:
    """A series with an event whose effect is known; `exog` marks the known holiday where there is one."""

    daily: pd.Series
    exog: pd.DataFrame | None
    start: pd.Timestamp
    end: pd.Timestamp
    effect: float
    net: float

    @property
    def none(self) -> bool:
        return self.effect == 0


def plant(seed: int) -> Planted:
    """One campaign, drawn from its seed."""
    rng = np.random.default_rng(seed)
    history = int(rng.integers(45, 420))
    length = min(int(rng.choice(LENGTHS)), (history - DIP_DAYS) // (LEAST_TIMES + 1))
    days = history + length + HANGOVER_DAYS
    holiday = _known_holiday(rng, days, history)
    without = np.exp(_usual(rng, days, history) + 0.25 * holiday)
    sold = without * np.exp(_effect(rng, history, length, days))
    dates = pd.date_range("2025-01-06", periods=days) + pd.Timedelta(days=int(rng.integers(7)))
    daily = pd.Series(sold, dates)
    daily.iloc[rng.choice(history, int(history * rng.choice([0, 0, 0.05])), replace=False)] = np.nan
    event, around = slice(history, history + length), slice(history - DIP_DAYS, days)
    exog = pd.DataFrame({"holiday": holiday}, dates) if holiday.any() else None
    above = sold - without
    return Planted(daily, exog, dates[history], dates[history + length - 1], above[event].sum(), above[around].sum())


def _usual(rng: np.random.Generator, days: int, history: int) -> np.ndarray:
    """Logs of the days without the event."""
    day = np.arange(days)
    alike, spread = rng.choice([0.3, 0.6, 0.8, 0.9]), rng.uniform(0.03, 0.12)
    near = np.zeros(days)
    for n, shock in enumerate(rng.standard_normal(days)):
        near[n] = alike * near[n - 1] + np.sqrt(1 - alike**2) * shock
    wander = np.cumsum(rng.normal(0, rng.choice([0, 0.005, 0.01]), days))
    weekday = rng.normal(0, 0.12, 7)[day % 7]
    untold = np.zeros(days)
    for _ in range(rng.poisson(history / 60)):
        first = int(rng.integers(history))
        untold[first : min(first + int(rng.integers(1, 6)), history)] += rng.normal(0, 0.4)
    trend = rng.normal(0, 0.006) * day / 7
    noise = rng.uniform(0.03, 0.12) * rng.standard_normal(days)
    return rng.uniform(8, 14) + trend + weekday + spread * near + noise + wander + untold


def _known_holiday(rng: np.random.Generator, days: int, history: int) -> np.ndarray:
    """A holiday the calendar knows, for a third of the campaigns: once in the history, once near the event."""
    marks = np.zeros(days)
    if rng.random() < 1 / 3:
        for first in (int(rng.integers(10, history // 2)), history + int(rng.integers(-3, 4))):
            marks[first : first + 3] = 1.0
    return marks


def _effect(rng: np.random.Generator, history: int, length: int, days: int) -> np.ndarray:
    """Logs of what the event adds, and takes from the days around it; nothing for half of the campaigns."""
    added = np.zeros(days)
    if rng.random() < 0.5:
        return added
    added[history : history + length] = rng.uniform(0.05, 1.0)
    added[history - DIP_DAYS : history] = -rng.choice([0, 0.1, 0.2])
    added[history + length :] = -rng.choice([0, 0.08, 0.15])
    return added


def run(campaigns: int) -> list[tuple[Planted, Uplift]]:
    """Plant and estimate so many campaigns."""
    planted = [plant(seed) for seed in range(campaigns)]
    return [(p, uplift(p.daily, p.start, p.end, p.exog, seed=n)) for n, p in enumerate(planted)]


def coverage(found: Sequence[tuple[Planted, Uplift]], band: str) -> float:
    """Share of campaigns whose planted effect lies inside the interval."""
    low, high = BANDS[band]
    return float(np.mean([getattr(u, low) <= p.effect <= getattr(u, high) for p, u in found]))


def net_coverage(found: Sequence[tuple[Planted, Uplift]]) -> float:
    """The same for the effect with dip and hangover, at 95 %."""
    return float(np.mean([u.net_low95 <= p.net <= u.net_high95 for p, u in found]))


def false_alarms(found: Sequence[tuple[Planted, Uplift]]) -> float:
    """Share of the campaigns without an effect whose 95 % interval leaves zero out."""
    return float(np.mean([not u.low95 <= 0 <= u.high95 for p, u in found if p.none]))


def placebo_alarms(found: Sequence[tuple[Planted, Uplift]]) -> tuple[float, int]:
    """Share of the campaigns without an effect whose placebo p is 5 % or less, and how many had a p at all."""
    tested = [u.placebo_p for p, u in found if p.none and u.placebo_p is not None]
    return float(np.mean([p <= 0.05 for p in tested])), len(tested)


def main(arguments: Sequence[str]) -> None:
    """Print the table."""
    campaigns = int(arguments[0]) if arguments else 1000
    started = time.perf_counter()
    found = run(campaigns)
    seconds = time.perf_counter() - started
    alarms, tested = placebo_alarms(found)
    print(f"{campaigns} planted campaigns, {sum(p.none for p, _ in found)} of them without an effect")
    for band in BANDS:
        print(f"  the {band} interval holds the effect       {coverage(found, band):6.1%}")
    print(f"  the 95 % interval holds the net effect   {net_coverage(found):6.1%}")
    print(f"  false alarms of the 95 % interval        {false_alarms(found):6.1%}")
    print(f"  false alarms of the placebo p at 5 %     {alarms:6.1%}  ({tested} with 19 windows or more)")
    for low, high in ((45, 90), (90, 180), (180, 420)):
        some = [(p, u) for p, u in found if low <= (p.start - p.daily.index[0]).days < high]
        bands = ", ".join(f"{band} {coverage(some, band):.1%}" for band in BANDS)
        print(f"  history of {low} to {high} days ({len(some)}): {bands}")
    print(f"  {seconds / campaigns * 200:.1f} s for 200 campaigns")


if __name__ == "__main__":
    main(sys.argv[1:])
