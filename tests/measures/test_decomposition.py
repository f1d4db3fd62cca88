"""Why sales moved and what gaps are worth: exact sums, planted causes, and states where a side is missing."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from factbook.measures import measure
from factbook.measures.decomposition import PEOPLE
from factbook.records import Measures
from tests.conftest import diagnosis_of
from tests.measures.build import case, form, sessions, trade

NOW, BEFORE = "2026-09-{:02d} 08:00", "2026-08-{:02d} 08:00"
CHAIN = (200_000.0, 30_000.0, 24_000.0, 2_400.0, 240.0, 24_000.0)  # entry 15 %, then 80, 10 and 10 %, ¥100 a buyer


def room(day: int, when: str, figures: tuple[float, ...] = CHAIN, **more: object) -> dict[str, object]:
    """A session of one day with these people and sales."""
    start = pd.Timestamp(when.format(day))
    times = {"started_at": str(start), "ended_at": str(start + pd.Timedelta(hours=8)), "live_minutes": 480.0}
    return {**dict(zip(PEOPLE, figures, strict=True)), "refund_session_cny": figures[-1] * 0.2, **times, **more}


def scaled(**factors: float) -> tuple[float, ...]:
    """The chain with some rates multiplied; what follows a step moves with it."""
    names = ("impressions", "entry", "product", "click", "pay", "order")
    grown = np.cumprod([factors.get(name, 1.0) for name in names])
    return tuple(float(value * factor) for value, factor in zip(CHAIN, grown, strict=True))


def months(now: tuple[float, ...], before: tuple[float, ...] = CHAIN, **more: object) -> Measures:
    """A September and the 30 days before it, covered from end to end, ten sessions each."""
    rows = [room(day, NOW, now) for day in (1, 4, 7, 10, 13, 16, 19, 22, 25, 30)]
    rows += [room(day, BEFORE, before) for day in (2, 5, 8, 11, 14, 17, 20, 23, 26, 31)]
    return measure(case({"gross_margin": 0.5}, sessions=sessions(*rows), **more))  # type: ignore[arg-type]


def steps(found: Measures, id: str = "change_by_step_cny") -> dict[str, float]:
    rows = found.select(id, "step")
    return dict(zip(rows["step"], rows["value"], strict=True))


PEERS = form(
    [
        {"metric": "entry_rate", "value": 0.18, "statistic": "median", "date": "2026-09-30"},
        {"metric": "click_to_pay_users", "value": 0.12, "statistic": "mean", "date": "2026-09-30"},
        {"metric": "entry_rate", "value": 0.5, "statistic": "top", "date": "2026-09-30"},
    ],
    "date",
)


@pytest.mark.parametrize("step", ["impressions", "entry", "product", "click", "pay", "order"])
def test_the_step_that_moved_takes_the_whole_change(step):
    """One rate up by a fifth, everything else the same: it explains ¥48,000, the others nothing."""
    found = steps(months(scaled(**{step: 1.2})))
    assert found[step] == pytest.approx(48_000.0)
    assert max(abs(value) for name, value in found.items() if name != step) < 1e-6


def test_steps_add_up_to_the_change_of_every_sample(merchant):
    """To the cent, on real files, and the room's change is the difference of its two sums."""
    found = diagnosis_of(merchant).measures
    change = found.value("room_change_cny")
    assert change == pytest.approx(found.value("room_paid_cny") - found.value("room_paid_cny", "previous"), abs=0.004)
    assert math.fsum(steps(found).values()) == pytest.approx(change, abs=0.004)


@pytest.mark.parametrize("by", ["field", ("field", "carrier")])
def test_fields_add_up_to_the_change_of_the_shop(merchant, by):
    """Every yuan is in one field, and shares move by nothing in sum."""
    found = diagnosis_of(merchant).measures
    change = found.value("paid_amount_cny") - found.value("paid_amount_cny", "previous")
    assert math.fsum(found.select("change_by_field_cny", by)["value"]) == pytest.approx(change, abs=0.004)
    assert math.fsum(found.select("field_migration", "field")["value"]) == pytest.approx(0.0, abs=1e-12)


def test_sessions_that_lack_a_step_stand_apart():
    """A session without clicks cannot be split; its sales are the rest, and the sum still holds."""
    rows = [
        room(1, NOW),
        room(30, NOW, product_click_users=math.nan),
        room(2, BEFORE),
        room(31, BEFORE, scaled(entry=0.5)),
    ]
    found = measure(case(sessions=sessions(*rows)))
    parts = steps(found)
    assert parts["rest"] == pytest.approx(24_000.0)
    assert math.fsum(parts.values()) == pytest.approx(found.value("room_change_cny"))


def test_a_month_that_sold_nothing_lays_it_on_the_first_empty_step():
    """Nobody clicked: the click takes the whole loss, not the steps after it."""
    found = steps(months((200_000.0, 30_000.0, 24_000.0, 0.0, 0.0, 0.0)))
    assert found["click"] == pytest.approx(-240_000.0)
    assert {value for name, value in found.items() if name != "click"} == {0.0}


def test_without_a_period_before_nothing_is_compared():
    """The reason says so; no change is made up from half a month."""
    found = measure(
        case(sessions=sessions(room(1, NOW)), trade_daily=trade({"date": "2026-09-01", "paid_amount_cny": 9.0}))
    )
    for id in ("room_change_cny", "change_by_step_cny", "change_by_field_cny", "field_migration"):
        assert found.row(id).value is None
        assert found.row(id).reason == "no_previous"


def test_the_gap_to_peers_is_split_over_the_steps_that_were_typed_in():
    """Entry 15 against 18 %, paying 10 against 12 %: the parts add up to sales less sales at the peers' rates."""
    found = steps(months(CHAIN, peers=PEERS), "gap_to_peers_cny")
    assert set(found) == {"entry", "pay"}
    assert sum(found.values()) == pytest.approx(240_000 * (1 - 0.18 / 0.15 * 0.12 / 0.10))
    assert found["entry"] == pytest.approx(found["pay"])


def test_a_gap_is_worth_its_sales_after_refunds_at_the_margin():
    """¥240 k in 30 days, a fifth more through either step, 20 % refunds, a margin of half: ¥19,200 each."""
    found = months(CHAIN, peers=PEERS)
    alone = steps(found, "step_worth_cny")
    assert alone["entry"] == pytest.approx(240_000 * 0.2 * 0.8 * 0.5)
    assert alone["pay"] == pytest.approx(alone["entry"])
    assert found.value("steps_worth_together_cny") == pytest.approx(240_000 * 0.44 * 0.8 * 0.5)
    assert found.value("steps_worth_overlap_cny") == pytest.approx(240_000 * 0.04 * 0.8 * 0.5)


def test_a_step_ahead_of_its_peers_is_worth_nothing_to_close():
    """No negative worth: what is better already is not a gap."""
    found = months(scaled(entry=1.5), peers=PEERS)
    assert steps(found, "step_worth_cny")["entry"] == 0.0


def test_without_peers_the_own_best_quarter_is_the_target():
    """Three sessions of ten at twice the entry rate: that is what the others could reach, and it says so."""
    good, usual = scaled(entry=2.0), CHAIN
    rows = [room(day, NOW, good if day > 21 else usual) for day in (1, 4, 7, 10, 13, 16, 19, 22, 25, 30)]
    found = measure(case(sessions=sessions(*rows)))
    target = found.row("step_target", step="entry")
    assert target.value == pytest.approx(0.30)
    assert target.reason == "own_best_quarter"
    assert found.row("step_worth_cny", step="entry").reason == "worth_without_margin"


def test_the_range_of_a_worth_holds_its_middle(merchant):
    """Low ≤ value ≤ high wherever a step has an interval, on all samples."""
    rows = diagnosis_of(merchant).measures.select("step_worth_cny", "step").dropna(subset=["low", "high"])
    assert len(rows)
    assert ((rows["low"] <= rows["value"] + 1e-9) & (rows["value"] <= rows["high"] + 1e-9)).all()


def test_a_room_without_sales_has_no_prices():
    """Zero sales: a state with its reason, no zero worth and no division."""
    found = months((200_000.0, 30_000.0, 24_000.0, 2_400.0, 0.0, 0.0), peers=PEERS)
    assert found.row("step_worth_cny").value is None
    assert found.row("step_worth_cny").reason == "no_sales"
