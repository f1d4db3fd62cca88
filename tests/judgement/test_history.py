"""A figure is held against its own past like with like, and the calendar's moving holidays are kept apart."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbook.judgement.history import history
from factbook.judgement.scoring import judge_metric
from factbook.knowledge.holidays import holidays, season, week_a_year_ago
from factbook.records import Period
from tests.judgement.make import Shop, case, facts, measures, row

MONTH = Period(date(2026, 6, 1), date(2026, 6, 30))
# Days after the new moon on which a lunar holiday lies.
LUNAR_DAYS = {"spring_festival": 0, "dragon_boat": 4, "qixi": 6, "mid_autumn": 14}


def new_moon_near(day: date) -> date:
    """The nearest new moon in Beijing, to about a quarter of a day (Meeus, Astronomical Algorithms, ch. 49)."""
    k = round((day - date(2000, 1, 6)).days / 29.530588861)
    t = k / 1236.85
    sun, moon = (math.radians(a + b * k) for a, b in ((2.5534, 29.10535670), (201.5643, 385.81693528)))
    lift = math.radians(160.7108 + 390.67050284 * k)
    ephemeris = 2451550.09766 + 29.530588861 * k + 0.00015437 * t * t
    ephemeris += -0.40720 * math.sin(moon) + 0.17241 * math.sin(sun) + 0.01608 * math.sin(2 * moon)
    ephemeris += 0.01039 * math.sin(2 * lift) + 0.00739 * math.sin(moon - sun) - 0.00514 * math.sin(moon + sun)
    return date(2000, 1, 1) + timedelta(days=math.floor(ephemeris - 2451544.5 + 8 / 24))


@pytest.mark.parametrize("name", LUNAR_DAYS)
def test_every_moving_holiday_stands_where_the_moon_puts_it(name: str):
    """The first day of a lunar month is that of the new moon; one day of grace for moons near midnight."""
    for day in holidays().moving[name].days:
        first = day - timedelta(days=LUNAR_DAYS[name])
        assert abs((new_moon_near(first) - first).days) <= 1, day


def test_the_weeks_before_spring_festival_are_held_against_those_before_last_year_s():
    """17 February 2026 and 29 January 2025 are 384 days apart: the week is 55 weeks back, not 52."""
    festival = date(2026, 2, 16)  # a Monday
    assert week_a_year_ago(festival) == date(2025, 1, 27)
    assert week_a_year_ago(date(2026, 7, 6)) == date(2025, 7, 7)


def test_a_season_of_fixed_days_outweighs_a_holiday_that_wanders_through_it():
    """端午 of 2026 fell on 19 June, that of 2025 on 31 May: the week of 618 is held against that of 618."""
    assert week_a_year_ago(date(2026, 6, 15)) == date(2025, 6, 16)


@given(st.dates(date(2021, 1, 1), date(2034, 12, 31)))
def test_a_year_ago_is_always_a_monday_11_to_14_months_back(day: date):
    """Whole weeks, so that the mix of weekdays is the same."""
    monday = day - timedelta(days=day.weekday())
    then = week_a_year_ago(monday)
    assert then.weekday() == 0
    assert 49 <= (monday - then).days / 7 <= 56


@pytest.mark.parametrize(
    ("start", "end", "name"),
    [
        ("2026-06-01", "2026-06-30", "618"),
        ("2026-02-01", "2026-02-10", "春节"),
        ("2026-09-20", "2026-09-21", "中秋"),
        ("2026-04-05", "2026-05-04", None),
    ],
)
def test_a_season_is_known_by_its_days(start: str, end: str, name: str | None):
    """Festivals of fixed days and holidays of the moon; April has none."""
    found = season(Period.parse(f"{start}..{end}"))
    assert (found.zh if found else None) == name


def weekly(id: str, weeks: dict[str, float], weight: float = math.nan) -> list[dict[str, object]]:
    return [row(id, value, ("week",), (week,), period="history", denominator=weight) for week, value in weeks.items()]


def shop_of(rows: list[dict[str, object]], now: dict[str, float], period: Period = MONTH):
    import pandas as pd

    from factbook.judgement.facts import Facts
    from factbook.records import Measures

    frame = pd.concat([measures(Shop(now)).frame, pd.DataFrame(rows)], ignore_index=True)
    return Facts(Measures(frame), case(Shop(now), period))


JUNE = ["2026-06-01", "2026-06-08", "2026-06-15", "2026-06-22"]
JUNE_BEFORE = ["2025-06-02", "2025-06-09", "2025-06-16", "2025-06-23"]
SPRING = ["2026-04-13", "2026-04-20", "2026-04-27", "2026-05-04", "2026-05-11", "2026-05-18"]


def test_in_a_season_the_like_weeks_a_year_ago_come_before_the_weeks_just_before():
    """June sells twice what April did every year: against last June nothing has changed."""
    seen = dict.fromkeys(JUNE, 200.0) | dict.fromkeys(JUNE_BEFORE, 190.0) | dict.fromkeys(SPRING, 100.0)
    told = history(shop_of(weekly("paid_amount_cny", seen), {"paid_amount_cny": 800.0}), "paid_amount_cny")
    assert (told.kind, told.now, told.then) == ("year_ago", 800.0, 760.0)


def test_without_last_year_the_weeks_before_speak():
    """One week of last June missing is enough to let it be."""
    seen = dict.fromkeys(JUNE, 200.0) | dict.fromkeys(JUNE_BEFORE[1:], 190.0) | dict.fromkeys(SPRING, 100.0)
    told = history(shop_of(weekly("paid_amount_cny", seen), {"paid_amount_cny": 800.0}), "paid_amount_cny")
    assert (told.kind, told.now, told.then) == ("weeks", 200.0, 100.0)


def test_weeks_of_a_rate_are_pooled_by_what_they_divide_by():
    """A quiet week weighs little: Σ over Σ, never a mean of rates."""
    rows = [
        *weekly("entry_rate", {JUNE[0]: 0.1, JUNE_BEFORE[0]: 0.1}, 900.0),
        *weekly("entry_rate", {JUNE[1]: 0.2, JUNE_BEFORE[1]: 0.1}, 100.0),
    ]
    told = history(shop_of(rows, {"entry_rate": 0.11}), "entry_rate")
    assert told.now == pytest.approx((0.1 * 900 + 0.2 * 100) / 1000)


def test_a_peak_is_never_added_up():
    """The highest number online of four weeks is no sum of peaks."""
    seen = dict.fromkeys(JUNE, 500.0) | dict.fromkeys(JUNE_BEFORE, 400.0)
    told = history(shop_of(weekly("peak_online", seen), {"peak_online": 500.0}), "peak_online")
    assert (told.now, told.then) == (500.0, 400.0)


def test_sessions_of_one_kind_come_before_everything():
    """Where like sessions are there, the mix of hours and lengths is the same now and then."""
    rows = [
        row("gpm_views", value, ("like",), (name,), period="history") for name, value in (("now", 90), ("then", 60))
    ]
    seen = weekly("gpm_views", dict.fromkeys(JUNE, 1.0) | dict.fromkeys(JUNE_BEFORE, 9.0), 1.0)
    told = history(shop_of([*rows, *seen], {"gpm_views": 91.0}), "gpm_views")
    assert (told.kind, told.now, told.then) == ("alike", 90, 60)


def test_refunds_are_compared_only_when_both_sides_have_had_their_days():
    """The last fortnight's refunds are still arriving: the fresh weeks are left out, an unripe month has no verdict."""
    seen = dict.fromkeys(JUNE[:2], 0.20) | dict.fromkeys(JUNE[2:], 0.05) | dict.fromkeys(SPRING, 0.20)
    told = history(shop_of(weekly("refund_rate", seen, 1.0), {"refund_rate": 0.12}), "refund_rate")
    assert told.now == pytest.approx(0.20)
    assert history(facts(Shop({"refund_rate": 0.1}, {"refund_rate": 0.3})), "refund_rate") is None


def test_a_score_says_what_it_was_held_against_on_the_footing_of_the_period():
    """Half of last June's weeks: the value beside a month's sales is half of it, whatever part of it was weeks."""
    seen = dict.fromkeys(JUNE, 200.0) | dict.fromkeys(JUNE_BEFORE, 100.0)
    score = judge_metric(shop_of(weekly("paid_amount_cny", seen), {"paid_amount_cny": 860.0}), "paid_amount_cny")
    assert (score.basis, score.statistic, score.verdict) == ("history", "year_ago", "good")
    assert score.against == pytest.approx(430.0)


def test_every_way_of_comparing_has_words():
    """headings.toml names each statistic that a score can carry."""
    from factbook.knowledge.words import words

    wanted = ("alike", "year_ago", "weeks", "stretched", "previous", "median", "mean", "rule_of_thumb")
    assert {f"statistic.{name}" for name in wanted} <= set(words())
