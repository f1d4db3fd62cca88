"""Sessions dealt out: the best plan under a budget, what trying is worth, and what exploring earns over months."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.exploring import WORLDS, regrets
from factbook.errors import Refused
from factbook.methods.allocation import Beliefs, Plan, Terms, allocate, beliefs, teaching


def terms(now: list[float], budget: int, **more: object) -> Terms:
    n = np.array(now)
    facts = {"least": np.zeros(len(n)), "most": 2 * n + 2, "fading": 0.85, "months": 3.0, **more}
    return Terms(budget, n, **facts)  # type: ignore[arg-type]


def known(mean: list[float], spread: float = 0.0, noise: float = 0.3) -> Beliefs:
    return Beliefs(np.array(mean), np.full(len(mean), spread), noise)


def test_with_nothing_to_learn_the_plan_is_the_best_of_all_plans() -> None:
    """Against every way of dealing seven sessions to four units."""
    mean, now, budget = [500.0, 300.0, -50.0, 420.0], [2.0, 1.0, 2.0, 1.0], 7
    plan = allocate(known(mean), terms(now, budget))

    def worth(counts: tuple[int, ...]) -> float:
        return sum(
            m * 0.85 ** max(j - n, 0) for m, n, c in zip(mean, now, counts, strict=True) for j in range(1, c + 1)
        )

    every = (c for c in product(*(range(int(2 * n + 3)) for n in now)) if sum(c) <= budget)
    assert plan.value == pytest.approx(max(map(worth, every)))
    assert plan.sessions[2] == 0


def test_a_plan_keeps_to_its_budget_its_least_and_its_most() -> None:
    """Whole sessions, never more than asked for, those that come first before the others."""
    rng = np.random.default_rng(3)
    now = rng.integers(1, 6, 200).astype(float)
    asked = terms(list(now), 500, least=np.where(np.arange(200) < 40, now + 1, 0.0))
    plan = allocate(Beliefs(rng.lognormal(5, 1, 200), np.full(200, 0.4), 0.5), asked)
    assert plan.sessions.sum() == 500
    assert (plan.sessions <= asked.most).all()
    assert (plan.sessions >= asked.least).all()
    assert (plan.sessions == np.rint(plan.sessions)).all()


def test_nobody_who_loses_money_is_given_a_session() -> None:
    """Not even where the method would put them first."""
    plan = allocate(known([-10.0, 100.0]), terms([2.0, 2.0], 10, least=np.array([2.0, 0.0])))
    assert plan.sessions[0] == 0


def test_the_same_figures_give_the_same_plan() -> None:
    """Nothing is drawn at random."""
    mean = list(np.random.default_rng(5).lognormal(6, 1, 50))
    first, second = (allocate(known(mean, 0.5), terms([2.0] * 50, 100)) for _ in range(2))
    assert (first.sessions == second.sessions).all()


def test_what_a_try_teaches_is_what_a_million_draws_say() -> None:
    """The closed form against its definition, for a mean of 80 against a rival of 100."""
    one = Beliefs(np.array([80.0]), np.array([0.6]), 0.4)
    wide = 0.6 * np.sqrt(2 * 0.36 / (2 * 0.36 + 0.16))
    drawn = 80 * np.exp(np.random.default_rng(1).normal(-(wide**2) / 2, wide, 1_000_000))
    expected = np.maximum(drawn, 100).mean() - 100
    assert teaching(one, 100.0, [2.0])[0] == pytest.approx(expected, rel=0.01)


def test_there_is_nothing_to_learn_about_what_is_known_or_worthless() -> None:
    """A sure unit, a losing one, and one without a rival teach nothing; more tries never teach less."""
    assert teaching(known([80.0, -5.0]), 100.0, [3.0, 3.0]).tolist() == [0.0, 0.0]
    assert teaching(known([80.0], 0.5), 0.0, [3.0])[0] == 0
    grown = [float(teaching(known([80.0], 0.5), 100.0, [k])[0]) for k in (1.0, 2.0, 5.0)]
    assert grown == sorted(grown)
    assert grown[0] > 0


def test_the_not_yet_known_is_tried_where_the_known_is_little_better() -> None:
    """Equal in expectation, the unsure unit is funded for what it may turn out to be."""
    unsure = Beliefs(np.array([100.0, 97.0]), np.array([0.01, 0.9]), 0.3)
    plan = allocate(unsure, terms([4.0, 1.0], 4, fading=1.0, most=np.array([4.0, 2.0])))
    assert plan.exploring[1] > 0


def test_planted_means_are_recovered_with_honest_spread() -> None:
    """True log means lie within two spreads in about 95 of 100 units."""
    rng = np.random.default_rng(11)
    truth = rng.normal(6, 0.8, 400)
    units = np.repeat(np.arange(400), rng.integers(1, 8, 400))
    found = beliefs(np.exp(truth[units] + rng.normal(0, 0.5, len(units))), units)
    middle = np.log(found.mean) - found.spread**2 / 2 - found.noise**2 / 2
    assert found.noise == pytest.approx(0.5, rel=0.06)
    assert 0.92 <= np.mean(np.abs(middle - truth) < 1.96 * found.spread) <= 0.98


def test_without_a_unit_that_sold_twice_nothing_is_believed() -> None:
    """The noise of a session cannot be told from one session each."""
    with pytest.raises(Refused):
        beliefs([100.0, 200.0], np.array([0, 1]))


def test_a_session_of_which_nothing_is_known_is_not_one_that_sold_nothing() -> None:
    """A gap leaves a creator's belief as it was; a zero lowers it; one with gaps alone is believed average."""
    codes = np.array([0, 0, 1, 1, 2])
    plain = beliefs([100.0, 140.0, 300.0, 260.0], codes[:4])
    gap, zero = (beliefs([100.0, 140.0, 300.0, 260.0, each], np.array([0, 0, 1, 1, 0])) for each in (np.nan, 0.0))
    assert gap.mean == pytest.approx(plain.mean)
    assert zero.mean[0] < plain.mean[0]
    never = beliefs([100.0, 140.0, 300.0, 260.0, np.nan], codes)
    assert plain.mean[0] < never.mean[2] < plain.mean[1]
    assert never.spread[2] > never.spread[0]


def season(seed: int, explore: bool, months: int = 6) -> float:
    """What six months bring when each is planned from the sessions so far: 60 units, half of them seen once."""
    rng = np.random.default_rng(seed)
    truth = np.exp(rng.normal(6, 0.9, 60))
    units = np.repeat(np.arange(60), np.where(np.arange(60) < 30, 6, 1))
    values = truth[units] * np.exp(rng.normal(-0.125, 0.5, len(units)))
    total = 0.0
    for left in range(months, 0, -1):
        plan = next_month(values, units, months=float(left) if explore else 0.0)
        held = np.repeat(np.arange(60), plan.sessions.astype(int))
        brought = truth[held] * np.exp(rng.normal(-0.125, 0.5, len(held)))
        total += float(brought.sum())
        values, units = np.append(values, brought), np.append(units, held)
    return total


def next_month(values: np.ndarray, units: np.ndarray, months: float) -> Plan:
    flat = Terms(40, np.full(60, 3.0), np.zeros(60), np.full(60, 3.0), 1.0, months)
    return allocate(beliefs(values, units), flat)


def test_exploring_earns_more_over_a_season_than_playing_safe() -> None:
    """Over 20 planted seasons, trying the not-yet-known brings more in all."""
    safe, tried = (sum(season(seed, explore) for seed in range(20)) for explore in (False, True))
    assert tried > safe


@pytest.mark.parametrize("world", WORLDS[:3], ids=lambda world: world.name)
def test_the_plan_regrets_little(world) -> None:
    """Against knowing everything: a third of what carrying on costs, less than Thompson's rule, no more than greed.

    The whole study, with errors, is `python -m benchmarks.exploring`.
    """
    plan, greedy, drawn, before = (
        regrets(world, rule, 12).mean() for rule in ("the plan", "greedy", "Thompson", "as before")
    )
    assert 0 < plan < before / 3
    assert plan < drawn
    assert plan <= greedy + 0.002


MEANS, SPREADS = st.floats(-1e6, 1e6), st.floats(0, 3)
units = st.integers(1, 8).flatmap(
    lambda n: st.tuples(*(st.lists(part, min_size=n, max_size=n) for part in (MEANS, SPREADS, st.integers(1, 5))))
)


@given(units, st.integers(0, 30), st.floats(0.3, 1), st.floats(0, 12))
@settings(max_examples=80, deadline=None)
def test_no_plan_spends_more_than_its_budget_or_sends_anyone_into_loss(drawn, budget, fading, months) -> None:
    """Whatever is believed: whole sessions within budget and limits, none where money is lost, none held back."""
    mean, spread, now = (np.array(part, float) for part in drawn)
    asked = Terms(budget, now, np.minimum(now, 1.0), 2 * now + 2, fading, months)
    plan = allocate(Beliefs(mean, spread, 0.5), asked)
    assert plan.sessions.sum() <= budget
    assert ((plan.sessions >= 0) & (plan.sessions <= asked.most) & (plan.sessions == np.rint(plan.sessions))).all()
    assert (plan.sessions[mean <= 0] == 0).all()
    assert plan.sessions.sum() == min(budget, asked.most[mean > 0].sum())
    assert (plan.exploring <= plan.sessions).all()


@given(units, st.integers(1, 30))
@settings(max_examples=40, deadline=None)
def test_exploring_never_costs_more_than_what_it_may_teach(drawn, budget) -> None:
    """What a plan gives up against greed is no more than what its sessions teach, over the months it counts."""
    mean, spread, now = (np.array(part, float) for part in drawn)
    known = Beliefs(mean, spread, 0.5)
    with_, without = (
        allocate(known, Terms(budget, now, np.zeros(len(now)), 2 * now + 2, 0.85, months)) for months in (3.0, 0.0)
    )
    taught = 3.0 * teaching(known, without.price, with_.sessions).sum()
    assert without.value - taught - 1e-6 * abs(without.value) - 1e-6 <= with_.value
    assert with_.value <= without.value * (1 + 1e-9) + 1e-6
