"""A campaign's day against its plan by the hour, worked by hand; and what readiness says of the next campaign."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from factbook.measures import campaign_clock, measure, ready
from factbook.methods.trend import at
from tests.conftest import measures_of, truth_of
from tests.measures.build import form
from tests.measures.test_campaigns import NAME, orders, reason, shop
from tests.measures.test_events_and_form import CAMPAIGN, flat

DAY = "2026-06-03"


def hours(plan: dict[int, float | None], day: str = DAY, **more: Any) -> pd.DataFrame:
    """The form's sheet: planned yuan by hour."""
    rows = [{"campaign": NAME, "date": day, "hour": float(h), "planned_cny": v, **more} for h, v in plan.items()]
    return form(rows, "date")


def sold(by_hour: dict[int, int], day: str = DAY) -> pd.DataFrame:
    """A buyer's order of 50 yuan each, so many in each hour."""
    times = [(f"{hour}-{n}", f"{day} {hour:02d}:15") for hour, count in by_hour.items() for n in range(count)]
    return orders(*times)


def found_of(plan: dict[int, float | None], by_hour: dict[int, int], paid: float = 10_000.0):
    """A day of `paid` yuan whose orders fall as told."""
    sheet = {"campaign_hours": hours(plan), "buyer_orders": sold(by_hour)}
    return measure(shop({DAY: paid}, **sheet))


def test_an_hour_left_empty_has_no_plan_and_is_not_compared() -> None:
    """8 and 9 are planned, 10 is empty and 11 has no row: what sold there is shown, and counts in no sum."""
    found = found_of({8: 3000.0, 9: 3000.0, 10: None}, {8: 40, 9: 60, 10: 50, 11: 50})
    where = {"campaign": NAME, "date": DAY}
    assert reason(found, "campaign_plan_hour_cny", **where, hour="10") == "hour_not_planned"
    assert reason(found, "campaign_plan_hour_cny", **where, hour="11") == "hour_not_planned"
    assert found.value("campaign_plan_sold_cny", **where, hour="10") == pytest.approx(2500)
    assert found.value("campaign_plan_ratio", **where) == pytest.approx(5000 / 6000)
    assert found.value("campaign_plan_gap_cny", **where) == pytest.approx(-1000)
    assert found.row("campaign_plan_so_far_cny", **where, hour="10") is None


def test_a_plan_of_nothing_is_a_plan() -> None:
    """An hour planned at 0 yuan is compared: it is not the same as an empty one."""
    found = found_of({8: 0.0, 9: 5000.0}, {8: 50, 9: 50})
    assert found.value("campaign_plan_hour_cny", campaign=NAME, date=DAY, hour="08") == 0.0
    assert found.value("campaign_plan_ratio", campaign=NAME, date=DAY) == pytest.approx(2.0)


def test_the_hour_a_day_fell_behind_is_the_first_after_it_last_kept_up() -> None:
    """Slow at 8, level again at 9, under 80 % of the plan so far at 11: 11, and 3,000 yuan short by then."""
    found = found_of({8: 2000.0, 9: 2000.0, 10: 2000.0, 11: 4000.0}, {8: 10, 9: 90, 10: 10, 11: 30, 12: 60})
    behind = found.row("campaign_behind_cny", campaign=NAME, date=DAY)
    assert found.value("campaign_behind_hour", campaign=NAME, date=DAY) == 11
    assert behind is not None
    assert (behind.value, behind.numerator, behind.denominator) == pytest.approx((3000, 7000, 10_000))


def test_a_day_that_kept_up_was_never_behind() -> None:
    """90 % all along is no fall: the ratio says it."""
    found = found_of({8: 5500.0, 9: 5500.0}, {8: 50, 9: 50})
    assert reason(found, "campaign_behind_hour", campaign=NAME, date=DAY) == "never_behind"


def test_a_day_ahead_has_a_plan_and_no_sales() -> None:
    """A plan for a campaign to come is shown, nothing is compared, nothing is zero."""
    coming = {**CAMPAIGN, "campaign": "818", "state": "planned", "start": "2026-08-08", "end": "2026-08-17"}
    sheet = hours({20: 5000.0}, "2026-08-08").assign(campaign="818")
    found = measure(shop({}, coming, campaign_hours=sheet))
    where = {"campaign": "818", "date": "2026-08-08"}
    assert found.value("campaign_plan_hour_cny", **where, hour="20") == 5000
    assert reason(found, "campaign_plan_sold_cny", **where, hour="20") == "day_without_sales"
    assert reason(found, "campaign_plan_ratio", **where) == "day_without_sales"


def test_a_day_outside_the_campaign_and_a_missed_campaign_are_not_compared() -> None:
    """The 25th is no day of 618; without a usable row the sheet counts as empty."""
    found = measure(shop({}, campaign_hours=hours({20: 5000.0}, "2026-06-25")))
    assert reason(found, "campaign_plan_ratio") == "no_hour_plan"
    missed = form([{**CAMPAIGN, "state": "missed"}], "start", "end")
    found = measure(shop({}, campaign_hours=hours({20: 5000.0}), campaigns=missed))
    assert reason(found, "campaign_plan_ratio") == "no_hour_plan"


def test_a_planned_day_whose_hours_nobody_can_tell_says_so() -> None:
    """Sales of the day are known, their hours are not."""
    found = measure(shop({}, campaign_hours=hours({20: 5000.0})))
    assert reason(found, "campaign_plan_ratio", campaign=NAME, date=DAY) == "no_hours"


def test_a_session_is_laid_over_the_hours_it_ran() -> None:
    """From 22:30 for two hours: a quarter before 23, half in that hour, a quarter after midnight, on the next day."""
    start = pd.Timestamp("2026-06-03 22:30")
    rows = pd.DataFrame({"started_at": [start], "live_minutes": [120.0], "paid_amount_cny": [400.0]})
    rows = rows.assign(_file="x", _sheet="y", _row=2)
    made = campaign_clock.laid(rows)
    assert list(zip(made["day"].dt.day, made["hour"], made["paid"], strict=True)) == [
        (3, 22, 100.0),
        (3, 23, 200.0),
        (4, 0, 100.0),
    ]
    assert campaign_clock.laid(rows.assign(live_minutes=1e12)).empty


def test_what_holds_half_of_the_day_is_believed_before_a_sample_of_orders() -> None:
    """A hundred orders of 50 yuan hold a twentieth of a day of 100,000: they speak only while nothing holds more."""
    few = ready(shop({DAY: 100_000.0}, buyer_orders=sold({20: 100})))
    clock = campaign_clock.of_day(few, pd.Timestamp(DAY), 100_000.0)
    assert clock is not None
    assert (clock.basis, clock.rows, clock.shares[20]) == ("buyer_orders", 100.0, 1.0)
    ads = pd.DataFrame({"date": [pd.Timestamp(DAY)], "hour": [9.0], "grain": ["hour"], "gmv_overall_cny": [60_000.0]})
    ads = ads.assign(_file="q", _sheet="s", _row=2)
    more = ready(shop({DAY: 100_000.0}, buyer_orders=sold({20: 100}), qianchuan_uni=ads))
    clock = campaign_clock.of_day(more, pd.Timestamp(DAY), 100_000.0)
    assert clock is not None
    assert (clock.basis, clock.shares[9]) == ("qianchuan", 1.0)
    assert campaign_clock.of_day(ready(shop({})), pd.Timestamp(DAY), 100.0) is None


def test_the_planted_days_of_618_were_behind_from_the_planted_hour() -> None:
    """The star came on late on the 10th; the 1st slipped in the evening; the 17th kept up."""
    found = measures_of("appliances")
    for day, hour in truth_of("appliances")["planted"]["hour_plan_behind"].items():
        row = found.row("campaign_behind_hour", campaign="抖音商城618好物节", date=day)
        assert row is not None
        assert (row.value, row.reason) == ((hour, "") if hour else (None, "never_behind"))


def test_the_planted_slope_of_readiness_lies_in_its_interval() -> None:
    """Six points in a hundred by tenth of readiness, found from seven campaigns of the factory's files."""
    row = measures_of("knitwear").row("campaign_readiness_slope")
    assert row is not None
    assert row.n == 7
    assert row.low <= truth_of("knitwear")["planted"]["readiness_slope"] <= row.high
    assert row.low > 0


def prepared(ratios: dict[float, float], ahead: float) -> Any:
    """Past three-day campaigns of a readiness and an uplift each, and one ahead."""
    first, campaigns, tasks, special = pd.Timestamp("2025-09-01"), [], [], {}
    for n, (share, above) in enumerate(ratios.items()):
        start = first + pd.Timedelta(days=21 * n)
        span = {"start": start.date().isoformat(), "end": (start + pd.Timedelta(days=2)).date().isoformat()}
        campaigns.append({**CAMPAIGN, "campaign": f"c{n}", **span})
        special |= flat(span["start"], span["end"], 100.0 * (1 + above))
        tasks += _tasks(f"c{n}", share)
    campaigns.append({**CAMPAIGN, "campaign": "818", "state": "planned", "start": "2026-08-08", "end": "2026-08-10"})
    sheet = form([*tasks, *_tasks("818", ahead)], "due")
    return measure(shop(special, *campaigns, first="2025-07-01", readiness=sheet))


def _tasks(name: str, share: float) -> list[dict[str, Any]]:
    done = ["yes"] * round(share * 4) + ["no"] * round(4 - share * 4)
    blank = {"campaign": name, "part": "ads", "owner": "x", "due": "2025-01-01"}
    return [{**blank, "task": str(n), "done": state} for n, state in enumerate(done)]


LINE = {0.25: 0.20, 0.5: 0.35, 0.75: 0.50, 1.0: 0.65, 0.0: 0.05}


def test_the_next_campaign_is_read_off_the_line_at_its_readiness() -> None:
    """Uplift of 0.05 + 0.6 × readiness, exactly: half ready reads 35 %, and nothing past is late."""
    found = prepared({**LINE, 0.26: 0.20}, 0.5)
    row = found.row("campaign_readiness_outlook", campaign="818")
    assert row is not None
    assert (row.value, row.n) == (pytest.approx(0.35, abs=0.01), 6)
    assert row.low <= row.value <= row.high
    assert found.value("campaign_readiness_fit", campaign="c3") == pytest.approx(0.65, abs=0.01)
    assert found.value("campaign_tasks_late", campaign="c0") == 0
    assert found.value("campaign_tasks_late", campaign="818") == 2


def test_nothing_is_read_off_beyond_what_was_seen_or_from_five_campaigns() -> None:
    """A readiness below all past ones lies off the line; five campaigns make none."""
    six = {0.25: 0.2, 0.26: 0.2, 0.5: 0.35, 0.51: 0.35, 0.75: 0.5, 1.0: 0.65}
    assert reason(prepared(six, 0.0), "campaign_readiness_outlook", campaign="818") == "readiness_outside"
    found = prepared(LINE, 0.5)
    assert reason(found, "campaign_readiness_outlook", campaign="818") == "few_prepared_events"
    assert reason(found, "campaign_readiness_slope") == "few_prepared_events"


def test_one_more_point_falls_into_the_range_as_often_as_promised() -> None:
    """The 80 % prediction interval of a line through seven points, over 2,000 drawn lines."""
    rng = np.random.default_rng(0)
    x = np.linspace(0.2, 1.0, 7)
    hits = 0
    for noise in rng.normal(0, 0.1, (2000, 8)):
        _, low, high = at(x, 0.5 * x + noise[:7], 0.4)
        hits += low <= 0.2 + noise[7] <= high
    assert hits / 2000 == pytest.approx(0.8, abs=0.03)
