"""What is left of a campaign, how far the next one is prepared, and what cannot be said: worked by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from factbook.knowledge.festivals import festival_of, festivals
from factbook.measures import measure
from factbook.measures.campaign import runs
from factbook.methods.trend import slope, spread_of
from tests.measures.build import case, form
from tests.measures.test_events_and_form import CAMPAIGN, JUNE, STAR, daily, flat

NAME = "618"


def shop(special: dict[str, float], *campaigns: dict[str, Any], first: str = "2026-02-01", **tables: pd.DataFrame):
    """Ordinary days at 100 yuan, special ones as given, and 618 beside other campaigns."""
    amounts = flat(first, "2026-06-30", 100.0) | special
    sheet = form([CAMPAIGN, *campaigns], "start", "end")
    return case(period=JUNE, **{"trade_daily": daily(amounts), "campaigns": sheet, **tables})


def reason(found, id: str, **cut: str) -> str:
    row = found.row(id, **cut)
    assert row is not None
    assert row.value is None
    return row.reason


def test_days_around_a_campaign_are_netted() -> None:
    """A fifth less in the ten days after 618 that are there: borrowed sales come off the gain."""
    after = flat("2026-06-21", "2026-06-30", 80.0)
    found = measure(shop(flat("2026-06-01", "2026-06-20", 250.0) | after))
    assert found.value("campaign_hangover_cny", campaign=NAME) == pytest.approx(-200, rel=0.01)
    assert found.value("campaign_dip_cny", campaign=NAME) == pytest.approx(0, abs=1)
    assert found.value("campaign_net_cny", campaign=NAME) == pytest.approx(2800, rel=0.01)
    assert reason(found, "campaign_placebo_p", campaign=NAME) == "few_placebos"


def test_a_campaign_longer_than_a_third_of_its_history_says_so() -> None:
    """Forty days before a campaign of twenty do not tell what it would have sold."""
    found = measure(shop({}, first="2026-04-22"))
    assert reason(found, "campaign_uplift_cny", campaign=NAME) == "event_long"
    assert reason(found, "campaign_net_cny", campaign=NAME) == "event_long"
    assert found.value("campaign_actual_cny", campaign=NAME) == pytest.approx(2000)


def test_a_campaign_without_a_window_before_says_so() -> None:
    """Data that begin with the campaign leave nothing to compare."""
    assert reason(measure(shop({}, first="2026-06-01")), "campaign_uplift_cny", campaign=NAME) == "history_short"


def test_a_shop_that_sold_nothing_on_most_days_has_no_usual_level() -> None:
    """Zeros are closed days, not a level of zero."""
    found = measure(shop(flat("2026-02-01", "2026-05-20", 0.0)))
    assert reason(found, "campaign_uplift_cny", campaign=NAME) == "mostly_closed"


def test_campaign_days_apart_are_reckoned_run_by_run() -> None:
    """Two campaigns with a week between them: jointly their own days only."""
    late = {**CAMPAIGN, "campaign": "家电季", "start": "2026-06-27", "end": "2026-06-29"}
    short = {**CAMPAIGN, "campaign": NAME, "start": "2026-06-01", "end": "2026-06-10"}
    special = flat("2026-06-01", "2026-06-10", 200.0) | flat("2026-06-27", "2026-06-29", 300.0)
    amounts = flat("2026-02-01", "2026-06-30", 100.0) | special
    found = measure(case(period=JUNE, trade_daily=daily(amounts), campaigns=form([short, late], "start", "end")))
    assert found.value("campaign_uplift_cny") == pytest.approx(1000 + 600, rel=0.01)
    assert [len(run) for run in runs(pd.DatetimeIndex(["2026-06-01", "2026-06-02", "2026-06-05"]))] == [2, 1]


def test_refunds_are_compared_at_equal_age() -> None:
    """Old days have all their refunds, young ones not yet: only days as old as the campaign's when exported count."""
    amounts = flat("2026-02-01", "2026-06-30", 100.0)
    rows = daily(amounts)
    march = rows["date"] < "2026-04-01"
    rows.loc[march, "_file"] = "march.xlsx"
    rows.loc[(rows["date"] >= "2026-04-01") & (rows["date"] < "2026-06-01"), "_file"] = "may.xlsx"
    rows.loc[march & (rows["date"] >= "2026-03-22"), "refund_paid_time_cny"] = 5.0  # younger than June 20 in its file
    inside = rows["date"].between("2026-06-01", "2026-06-20")
    rows.loc[inside, "refund_paid_time_cny"] = 30.0
    found = measure(case(period=JUNE, trade_daily=rows, campaigns=form([CAMPAIGN], "start", "end")))
    assert found.value("campaign_refund_rate", campaign=NAME) == pytest.approx(0.3)
    assert found.value("campaign_refund_usual", campaign=NAME) == pytest.approx(0.2)
    assert found.value("campaign_refund_gap", campaign=NAME) == pytest.approx(0.1)


def test_refunds_of_a_campaign_just_over_are_not_compared_yet() -> None:
    """Its last day was exported three days later: most refunds are still to come."""
    late = {**CAMPAIGN, "campaign": "家电季", "start": "2026-06-24", "end": "2026-06-27"}
    assert reason(measure(shop({}, late)), "campaign_refund_gap", campaign="家电季") == "refunds_open"


def orders(*bought: tuple[str, str]) -> pd.DataFrame:
    rows = [
        {"order_id": str(n), "buyer_id": who, "paid_at": pd.Timestamp(when), "paid_amount_cny": 50.0, "account": None}
        for n, (who, when) in enumerate(bought)
    ]
    return pd.DataFrame(rows).assign(_file="erp.csv", _sheet="", _row=range(2, len(rows) + 2))


def test_new_buyers_of_a_campaign_are_followed_for_sixty_days() -> None:
    """Forty buyers of March's festival of whom ten came back, forty ordinary ones of whom twenty did."""
    march = {**CAMPAIGN, "campaign": "38", "start": "2026-03-01", "end": "2026-03-08"}
    fair = [(f"f{n}", "2026-03-03 20:00") for n in range(40)] + [(f"f{n}", "2026-04-10") for n in range(10)]
    usual = [(f"u{n}", "2026-02-10 20:00") for n in range(40)] + [(f"u{n}", "2026-03-20") for n in range(20)]
    begun = [("old", "2025-12-01"), ("old", "2026-03-02")]
    found = measure(shop({}, march, buyer_orders=orders(*begun, *fair, *usual)))
    assert found.value("campaign_new_buyers", "history", campaign="38") == 40
    assert found.value("campaign_return_rate", "history", campaign="38") == pytest.approx(0.25)
    assert found.value("campaign_return_usual") == pytest.approx(20 / 41)
    assert reason(found, "campaign_new_buyers", campaign=NAME) == "no_new_buyers"


def ready(*rows: dict[str, Any]) -> pd.DataFrame:
    blank = {"campaign": "818", "task": "x", "owner": "投手", "due": "2026-07-20", "done": "yes"}
    return form([{**blank, **row} for row in rows], "due")


def test_readiness_is_what_is_done_of_what_was_answered() -> None:
    """Done, under way, not begun and unanswered: (1 + ½ + 0) of three; late and ownerless tasks are counted."""
    sheet = ready(
        {"part": "content"},
        {"part": "ads", "done": "partly", "due": "2026-06-20"},
        {"part": "ads", "done": "no", "owner": None},
        {"part": "service", "done": None},
    )
    found = measure(shop({}, readiness=sheet))
    assert found.value("campaign_readiness", campaign="818") == pytest.approx(0.5)
    assert found.value("campaign_readiness", campaign="818", part="ads") == pytest.approx(0.25)
    assert found.row("campaign_readiness", campaign="818", part="service") is None
    assert found.value("campaign_tasks_late", campaign="818") == 1
    assert found.value("campaign_tasks_unowned", campaign="818") == 1


def past(count: int) -> tuple[dict[str, float], list[dict[str, Any]]]:
    """Past three-day campaigns that sold twice the usual, and 818 ahead."""
    first = pd.Timestamp("2026-04-01")
    sheets, special = (
        [{**CAMPAIGN, "campaign": "818", "state": "planned", "start": "2026-08-08", "end": "2026-08-17"}],
        {},
    )
    for n in range(count):
        start = (first + pd.Timedelta(days=14 * n)).date().isoformat()
        end = (first + pd.Timedelta(days=14 * n + 2)).date().isoformat()
        sheets.append({**CAMPAIGN, "campaign": f"c{n}", "start": start, "end": end})
        special |= flat(start, end, 200.0)
    return special, sheets


def test_the_next_campaign_is_sized_by_the_past_ones() -> None:
    """Ten days at 100 × the middle of what past ones reached; two past campaigns are too few to say anything."""
    special, sheets = past(4)
    found = measure(shop(special | flat("2026-06-01", "2026-06-20", 200.0), *sheets))
    row = found.row("campaign_outlook_cny", campaign="818")
    assert row is not None
    assert (row.value, row.n) == (pytest.approx(2000, rel=0.02), 5)
    assert row.low <= row.value <= row.high
    special, sheets = past(1)
    assert reason(measure(shop(special, *sheets)), "campaign_outlook_cny", campaign="818") == "few_events"


def test_campaigns_with_a_star_inside_do_not_size_the_next_one() -> None:
    """Their gain is the star's as well: four past campaigns of which two held a star are two."""
    special, sheets = past(3)
    deals = [
        {**STAR, "deal": f"d{n}", "start": f"2026-04-{day}", "end": f"2026-04-{day}"}
        for n, day in ((0, "01"), (1, "15"))
    ]
    found = measure(shop(special, *sheets, star_deals=form(deals, "start", "end")))
    row = found.row("campaign_outlook_cny", campaign="818")
    assert row is not None
    assert (row.value, row.n, row.reason) == (None, 2, "few_events")


def test_a_line_through_readiness_waits_for_six_campaigns() -> None:
    """With one prepared campaign nothing is said about what preparation goes with."""
    found = measure(shop({}, readiness=ready({"part": "ads", "campaign": NAME})))
    assert reason(found, "campaign_readiness_slope") == "few_prepared_events"


def test_better_prepared_campaigns_that_sold_more_show_as_a_slope() -> None:
    """Six campaigns, each tenth of readiness worth five hundredths: the line is found."""
    x = np.arange(6) / 5
    assert slope(x, 0.5 * x + 1) == (pytest.approx(0.5), pytest.approx(0.5), pytest.approx(0.5))
    middle, low, high = slope(x, 0.5 * x + np.array([0.02, -0.02] * 3))
    assert low < middle < high


def test_one_more_like_the_past_ones_covers_what_it_promises() -> None:
    """The 80 % range holds the next of five normal values about 80 % of the time."""
    rng = np.random.default_rng(0)
    drawn = rng.normal(0.5, 0.2, (2000, 6))
    ends = [spread_of(row[:5])[1:] for row in drawn]
    inside = [low <= row[5] <= high for row, (low, high) in zip(drawn, ends, strict=True)]
    assert np.mean(inside) == pytest.approx(0.8, abs=0.03)


def test_the_goal_is_spread_over_the_hours_as_ordinary_days_sell() -> None:
    """Ordinary days sell half at 10 and half at 20 o'clock, the campaign a fifth at 10: the hour shows."""
    usual = [(f"a{n}", f"2026-05-{1 + n % 28:02d} {10 if n % 2 else 20}:00") for n in range(200)]
    fair = [(f"b{n}", f"2026-06-{1 + n % 20:02d} {10 if n % 5 == 0 else 20}:00") for n in range(200)]
    goal = {**CAMPAIGN, "goal_cny": 4000.0}
    table = form([goal], "start", "end")
    found = measure(shop({}, campaigns=table, buyer_orders=orders(*usual, *fair)))
    assert found.value("campaign_hour_goal_cny", campaign=NAME, hour="10") == pytest.approx(2000)
    assert found.value("campaign_hour_paid_cny", campaign=NAME, hour="10") == pytest.approx(400)
    assert found.value("campaign_hour_paid_cny", campaign=NAME, hour="20") == pytest.approx(1600)


def test_without_orders_by_the_hour_nothing_is_said_about_hours() -> None:
    """Too few orders to know when things sold."""
    assert reason(measure(shop({})), "campaign_hour_paid_cny", campaign=NAME) == "no_hours"


def test_the_platforms_festivals_are_recognised_by_their_names() -> None:
    """Spellings of the form lead to one festival; an event of the shop's own leads to none; all six ask the gate."""
    assert festival_of("抖音商城双11好物节") == festival_of("2026双十一") == "november"
    assert festival_of("家电超品日") == "super_brand"
    assert festival_of("五周年店庆") is None
    big = [row for row in festivals().festivals.values() if row.level == 1]
    assert len(big) == 6
    assert {row.gate for row in big} == {"festival_entry"}
    assert all(row.months for row in big)
