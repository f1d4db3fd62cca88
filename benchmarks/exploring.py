"""What exploring earns: months of creators' sessions planned by four rules, against someone who knows everything.

    python -m benchmarks.exploring [SEASONS]

Every season has 60 creators, half of them seen once; what a session of each truly brings is drawn, and so is every
session. Each month's 90 sessions are planned from the sessions so far, by the plan as it is (`allocate`: the expected
value of what a session teaches), by greed (what is best as known today), by Thompson's rule (what would be best were a
draw from the beliefs the truth), or as before. Regret is what the all-knowing plan would have brought more, as a share
of it; noise of the sessions held is left out of the count, never out of what is learnt.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from factbook.methods.allocation import Beliefs, Terms, allocate, beliefs

Array = NDArray[np.float64]
CREATORS, MONTHS, FADING, AHEAD = 60, 6, 0.85, 3.0
SEEN = np.where(np.arange(CREATORS) < CREATORS // 2, 2.0, 1.0)  # sessions a month so far


@dataclass(frozen=True)
class World:
    """How much creators differ, and sessions of one creator (standard deviations of logs)."""

    name: str
    between: float
    within: float


WORLDS = (
    World("creators differ as sessions do", 0.5, 0.5),
    World("creators differ more", 0.9, 0.5),
    World("sessions differ more", 0.5, 0.9),
    World("creators hardly differ", 0.1, 0.7),
)


def terms(months: float) -> Terms:
    """The plan's own terms: today's sessions as the budget, at most twice as many and two more for one creator."""
    return Terms(int(SEEN.sum()), SEEN, np.zeros(CREATORS), 2 * SEEN + 2, FADING, months)


def planned(known: Beliefs, left: int, rng: np.random.Generator) -> Array:
    """The plan as it is; what is learnt is of use for three months, or as many as are left."""
    return allocate(known, terms(min(AHEAD, float(left)))).sessions


def greedy(known: Beliefs, left: int, rng: np.random.Generator) -> Array:
    """What is best as known today."""
    return allocate(known, terms(0.0)).sessions


def thompson(known: Beliefs, left: int, rng: np.random.Generator) -> Array:
    """What would be best were a draw from the beliefs the truth."""
    drawn = known.mean * np.exp(rng.normal(-(known.spread**2) / 2, known.spread))
    return allocate(replace(known, mean=drawn), terms(0.0)).sessions


def unchanged(known: Beliefs, left: int, rng: np.random.Generator) -> Array:
    """As before."""
    return SEEN


RULES: dict[str, Callable[[Beliefs, int, np.random.Generator], Array]] = {
    "the plan": planned,
    "greedy": greedy,
    "Thompson": thompson,
    "as before": unchanged,
}


def brought(sessions: Array, truth: Array) -> float:
    """What a month's sessions bring on average, each beyond those so far fading."""
    place = np.arange(1, int(sessions.max(initial=0.0)) + 1)[None, :]
    worth = truth[:, None] * FADING ** np.maximum(place - SEEN[:, None], 0.0)
    return float(np.where(place <= sessions[:, None], worth, 0.0).sum())


def season(world: World, rule: str, seed: int) -> float:
    """Regret of a season planned by a rule, as a share of what the all-knowing plan brings."""
    rng = np.random.default_rng([20261124, seed])
    logs = rng.normal(6, world.between, CREATORS)
    truth = np.exp(logs + world.within**2 / 2)
    units = np.repeat(np.arange(CREATORS), np.where(SEEN > 1, 6, 1))
    values = np.exp(logs[units] + rng.normal(0, world.within, len(units)))
    sure = Beliefs(truth, np.zeros(CREATORS), world.within)
    best, got = brought(allocate(sure, terms(0.0)).sessions, truth) * MONTHS, 0.0
    for left in range(MONTHS, 0, -1):
        sessions = RULES[rule](beliefs(values, units), left, rng)
        got += brought(sessions, truth)
        held = np.repeat(np.arange(CREATORS), sessions.astype(int))
        values = np.append(values, np.exp(logs[held] + rng.normal(0, world.within, len(held))))
        units = np.append(units, held)
    return 1 - got / best


def regrets(world: World, rule: str, seasons: int) -> Array:
    """Regret of each season."""
    return np.array([season(world, rule, seed) for seed in range(seasons)])


def main(arguments: Sequence[str]) -> None:
    """Print the table: regret by world and rule, and how far greed falls behind the plan, with its error."""
    seasons = int(arguments[0]) if arguments else 200
    started = time.perf_counter()
    print(f"{seasons} seasons of {MONTHS} months, {CREATORS} creators: regret against knowing everything")
    print(f"  {'':<32}" + "".join(f"{rule:>11}" for rule in RULES) + f"{'greedy − plan':>22}")
    for world in WORLDS:
        found = {rule: regrets(world, rule, seasons) for rule in RULES}
        gap = found["greedy"] - found["the plan"]
        error = gap.std(ddof=1) / np.sqrt(seasons)
        row = "".join(f"{found[rule].mean():>11.1%}" for rule in RULES)
        print(f"  {world.name:<32}{row}{gap.mean():>12.2%} ± {1.96 * error:.2%}")
    print(f"  {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
