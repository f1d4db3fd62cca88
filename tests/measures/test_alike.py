"""Sessions now and before at the same mix: what only the mix changed is no change."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from factbook.measures import alike
from factbook.measures.ground import prepare
from factbook.records import Case, Measures, Merchant, Period

PERIOD = Period(date(2026, 9, 1), date(2026, 9, 30))
RATE = {"morning": 0.01, "evening": 0.04}  # buyers ÷ viewers by when a session starts


def sessions(start: date, days: int, evenings: float, rng: np.random.Generator, lift: float = 1.0) -> pd.DataFrame:
    """One session a day of three hours; `evenings` of them start at eight in the evening, the others at nine."""
    late = rng.random(days) < evenings
    begins = [pd.Timestamp(start + timedelta(days=n)) + pd.Timedelta(hours=20 if e else 9) for n, e in enumerate(late)]
    viewers = rng.integers(900, 1100, days).astype(float)
    rates = np.where(late, RATE["evening"], RATE["morning"]) * lift
    return pd.DataFrame(
        {
            "account": "店",
            "party": "self",
            "started_at": begins,
            "live_minutes": 180.0,
            "viewers": viewers,
            "buyers": viewers * rates,
            "_file": "a.xlsx",
            "_sheet": "s",
        }
    )


def pair(now: pd.DataFrame, before: pd.DataFrame) -> dict[str, float]:
    table = pd.concat([now, before], ignore_index=True)
    case = Case(Path("x"), Merchant("x", "某店"), PERIOD, {"sessions": table})
    found = Measures.concat(alike.measure(prepare(case)))
    rows = found.select("view_to_pay_users", "like", "history")
    return dict(zip(rows["like"], rows["value"], strict=True))


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(5)


def test_more_evening_sessions_are_no_better_conversion(rng):
    """Evenings sell four times as well; going from 40 to 80 % evenings leaves each kind where it was."""
    earlier = sessions(date(2026, 7, 7), 56, 0.4, rng)
    found = pair(sessions(PERIOD.start, 30, 0.8, rng), earlier)
    assert found["now"] == pytest.approx(found["then"], rel=1e-9)
    assert found["now"] > 1.2 * earlier["buyers"].sum() / earlier["viewers"].sum()  # what a plain comparison would say


def test_a_true_change_is_told_whole(rng):
    """A planted rise of a quarter in every kind comes out as a quarter."""
    found = pair(sessions(PERIOD.start, 30, 0.8, rng, 1.25), sessions(date(2026, 7, 7), 56, 0.4, rng))
    assert found["now"] / found["then"] == pytest.approx(1.25, rel=1e-9)


def test_kinds_that_are_new_are_not_compared(rng):
    """Evenings only now, mornings only before: there is nothing to hold against each other."""
    assert pair(sessions(PERIOD.start, 30, 1.0, rng), sessions(date(2026, 7, 7), 56, 0.0, rng)) == {}


def test_short_sessions_are_left_out_on_both_sides(rng):
    """A hundred tests of ten minutes change nothing."""
    now, earlier = sessions(PERIOD.start, 30, 0.8, rng), sessions(date(2026, 7, 7), 56, 0.4, rng)
    short = now.assign(live_minutes=10.0, viewers=1e6)
    assert pair(pd.concat([now, short]), earlier) == pair(now, earlier)


def test_without_earlier_sessions_nothing_is_said(rng):
    """A first month has no past."""
    assert pair(sessions(PERIOD.start, 30, 0.8, rng), sessions(date(2026, 3, 1), 20, 0.4, rng)) == {}
