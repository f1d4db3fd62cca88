"""Campaigns, star deals, service score, survey and repeat buyers: figures worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from factbook.measures import measure
from factbook.records import Case, Period
from tests.measures.build import FILE, case, form, trade

JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))
STAR = {"creator": "辛禾", "creator_id": "xinhe", "commission_rate": 0.25, "fee_cny": 500_000.0}
STAR |= {"gift_cost_cny": 50_000.0, "sample_cost_cny": 0.0, "margin": 0.38}
SALES = {"2026-06-03": 5_000_000.0, "2026-06-10": 4_600_000.0, "2026-06-17": 5_700_000.0}
DEALS = [{**STAR, "deal": f"专场{n}", "start": day, "end": day} for n, day in enumerate(SALES)]


def daily(amounts: dict[str, float], **more: Any) -> pd.DataFrame:
    return trade(*({"date": day, "paid_amount_cny": paid, **more} for day, paid in amounts.items()))


def flat(start: str, end: str, paid: float) -> dict[str, float]:
    return {day.date().isoformat(): paid for day in pd.date_range(start, end)}


def star_case(**changes: Any) -> Case:
    """The story of the three exclusive sessions."""
    detail = pd.DataFrame({"date": pd.to_datetime(list(SALES)), "paid_amount_cny": list(SALES.values())})
    detail["net_paid_amount_cny"] = detail["paid_amount_cny"] * 0.62
    detail["refund_paid_time_cny"] = detail["paid_amount_cny"] * 0.38
    detail = detail.assign(
        party="partner", carrier="live", account="辛禾", douyin_id="xinhe", _file=FILE, _sheet="载体构成"
    )
    deals = form([{**deal, **changes} for deal in DEALS], "start", "end")
    rest = daily(SALES, party="partner")
    shop = pd.concat([daily(flat("2026-06-01", "2026-06-30", 490_000.0)), rest], ignore_index=True)
    return case(period=JUNE, trade_daily=shop, carrier_accounts=detail, star_deals=deals)


def test_three_exclusive_sessions_lose_what_they_lose() -> None:
    """15.3 M paid, 9.49 M kept, 3.60 M margin less 2.37 M commission, 1.5 M fee, 0.15 M gifts: −0.42 M."""
    found = measure(star_case())
    expected = {
        "deal_paid_cny": 15_300_000,
        "deal_net_cny": 9_486_000,
        "deal_margin_cny": 3_604_680,
        "deal_commission_cny": 2_371_500,
        "deal_fee_cny": 1_500_000,
        "deal_gift_cny": 150_000,
        "deal_sample_cny": 0,
        "deal_contribution_cny": -416_820,
        "deal_break_even_cny": 1_650_000 / (0.62 * 0.13),
        "deal_refund_rate": 0.38,
    }
    for id, value in expected.items():
        assert found.value(id) == pytest.approx(value), id
        assert found.value(id, star="辛禾") == pytest.approx(value), id
    assert found.value("deal_contribution_cny", deal="专场0") == pytest.approx(5_000_000 * 0.62 * 0.13 - 550_000)
    assert found.value("star_top1_share") == pytest.approx(15.3 / (15.3 + 30 * 0.49))


def test_selling_at_break_even_leaves_nothing() -> None:
    """At the break-even sales the contribution is zero, by the same terms."""
    found = measure(star_case())
    sales = found.value("deal_break_even_cny")
    assert sales is not None
    assert sales * 0.62 * (0.38 - 0.25) - 1_650_000 == pytest.approx(0.0, abs=1e-6)


def test_an_empty_cost_cell_is_not_free() -> None:
    """A deal without its gift cost has no contribution, and says what to fill in; its sales stay."""
    found = measure(star_case(gift_cost_cny=None))
    row = found.row("deal_contribution_cny")
    assert row is not None
    assert (row.value, row.reason) == (None, "no_deal_costs")
    assert found.value("deal_paid_cny") == 15_300_000


def test_a_commission_above_the_margin_never_breaks_even() -> None:
    """No amount of sales pays a fixed cost out of a negative margin."""
    row = measure(star_case(commission_rate=0.4)).row("deal_break_even_cny")
    assert row is not None
    assert (row.value, row.reason) == (None, "never_break_even")


def test_a_deal_without_sales_in_the_reports_says_so() -> None:
    """A star whose name the reports do not hold is not a star who sold nothing."""
    row = measure(star_case(creator="别人", creator_id=None)).row("deal_paid_cny")
    assert row is not None
    assert (row.value, row.reason) == (None, "no_deal_sales")


CAMPAIGN = {"campaign": "618", "level": 1, "start": "2026-06-01", "end": "2026-06-20", "state": "joined"}


def campaign_case(special: dict[str, float], *campaigns: dict[str, Any], deals: pd.DataFrame | None = None) -> Case:
    amounts = flat("2026-02-01", "2026-06-30", 100.0) | special
    table = form([CAMPAIGN, *campaigns], "start", "end")
    extra = {} if deals is None else {"star_deals": deals}
    return case(period=JUNE, trade_daily=daily(amounts), campaigns=table, **extra)


def test_a_campaign_is_held_against_what_the_ordinary_days_before_lead_one_to_expect() -> None:
    """Twenty days at 250 against a usual 100 sold 3,000 more; earlier campaign and star days are not usual."""
    earlier = {**CAMPAIGN, "campaign": "5月主题", "start": "2026-05-10", "end": "2026-05-24"}
    deals = form([{**STAR, "deal": "x", "start": "2026-05-26", "end": "2026-05-26"}], "start", "end")
    special = flat("2026-06-01", "2026-06-20", 250.0) | flat("2026-05-10", "2026-05-24", 900.0) | {"2026-05-26": 5000.0}
    found = measure(campaign_case(special, earlier, deals=deals))
    assert found.value("campaign_actual_cny", campaign="618") == pytest.approx(5000.0)
    assert found.value("campaign_uplift_cny", campaign="618") == pytest.approx(3000.0, rel=1e-3)
    assert found.value("campaign_uplift_ratio", campaign="618") == pytest.approx(1.5, rel=1e-3)
    base = found.row("campaign_baseline_cny", campaign="618")
    assert base is not None
    assert (base.value, base.n) == (pytest.approx(2000.0, rel=1e-3), 120 - 16)
    assert base.low <= base.value <= base.high
    expected = found.select("campaign_expected_daily_cny", ("campaign", "date"))
    assert len(expected) == 20
    assert expected["value"].sum() == pytest.approx(base.value)


def test_overlapping_campaigns_are_counted_once_together() -> None:
    """Two campaigns on the same days are each shown, and jointly hold each day once."""
    twin = {**CAMPAIGN, "campaign": "家电季", "start": "2026-06-11", "end": "2026-06-20"}
    found = measure(campaign_case(flat("2026-06-01", "2026-06-20", 250.0), twin))
    assert found.value("campaign_uplift_cny", campaign="家电季") is not None
    assert found.value("campaign_uplift_cny") == pytest.approx(3000.0, rel=1e-3)
    assert found.value("campaigns_joined") == 2


def test_without_ordinary_days_before_there_is_no_usual_level() -> None:
    """A campaign after months of campaigns has no usual level to be held against."""
    earlier = {**CAMPAIGN, "campaign": "预热", "start": "2026-02-20", "end": "2026-05-30"}
    row = measure(campaign_case({}, earlier)).row("campaign_uplift_cny", campaign="618")
    assert row is not None
    assert (row.value, row.reason) == (None, "history_short")


def test_missed_and_planned_campaigns_are_not_measured_as_joined() -> None:
    """Missed and not eligible are counted together; neither has sales of its own."""
    others = [{**CAMPAIGN, "campaign": state, "state": state} for state in ("missed", "not_eligible", "planned")]
    found = measure(campaign_case({}, *others))
    assert (found.value("campaigns_joined"), found.value("campaigns_missed")) == (1, 2)
    assert found.select("campaign_actual_cny", "campaign")["campaign"].tolist() == ["618"]


def test_a_goal_is_reached_or_not_named() -> None:
    """Sales of 5,000 against a goal of 10,000 are half; without a goal there is a reason."""
    goal = {**CAMPAIGN, "campaign": "家电季", "goal_cny": 10_000.0}
    found = measure(campaign_case(flat("2026-06-01", "2026-06-20", 250.0), goal))
    assert found.value("campaign_goal_ratio", campaign="家电季") == pytest.approx(0.5)
    row = found.row("campaign_goal_ratio", campaign="618")
    assert row is not None
    assert row.reason == "no_goal"


def scores(total: float, product: float, logistics: float, service: float) -> pd.DataFrame:
    days = [
        {"date": day, "total": 71.0, "product": 75.0, "logistics": 80.0, "service": 66.0}
        for day in ("2026-06-28", "2026-06-29")
    ]
    last = {"date": "2026-06-30", "total": total, "product": product, "logistics": logistics, "service": service}
    return form([*days, last], "date")


WEIGHTS = {"score_weight_product": 0.4, "score_weight_logistics": 0.2, "score_weight_service": 0.4}


def test_the_service_part_must_reach_67() -> None:
    """68 = 74/78/57 at 40/20/40: four points short of 72 are ten points of service."""
    found = measure(case(WEIGHTS, JUNE, service_scores=scores(68, 74, 78, 57)))
    assert found.value("service_score") == 68
    assert found.value("service_days_below_70") == 1
    assert found.value("service_score_distance") == -2
    assert found.value("service_part_needed", part="service") == pytest.approx(67.0)


def test_a_part_that_cannot_lift_the_total_alone_says_so() -> None:
    """Logistics at a fifth of the weight would have to pass 100 to bring 60 to 72."""
    row = measure(case(WEIGHTS, JUNE, service_scores=scores(60, 66, 60, 54))).row(
        "service_part_needed", part="logistics"
    )
    assert row is not None
    assert (row.value, row.reason) == (None, "out_of_reach")


def test_weights_are_never_guessed() -> None:
    """Weights differ by industry: without them no part is said to be needed."""
    row = measure(case(period=JUNE, service_scores=scores(68, 74, 78, 57))).row("service_part_needed", part="service")
    assert row is not None
    assert (row.value, row.reason) == (None, "no_weights")


def survey(ratings: dict[str, list[float]], evidence: str = "") -> pd.DataFrame:
    rows = [
        {"rater": f"r{n}", "role": "x", "item": item, "current": level, "target": 4, "evidence": evidence}
        for item, levels in ratings.items()
        for n, level in enumerate(levels)
    ]
    return form(rows)


ALL_FIVE = {f"O{n}.{k}": [4.0, 4.0, 2.0] for n in range(1, 6) for k in (1, 2)}


def test_a_claim_without_evidence_counts_as_two() -> None:
    """Claimed 4 without anything to show is level 2; with evidence it stays 4."""
    bare, shown = (measure(case(survey=survey(ALL_FIVE, evidence))) for evidence in ("", "复盘表"))
    assert (bare.value("capability_level", capability="O5"), bare.value("capability_claimed", capability="O5")) == (
        2,
        4,
    )
    assert shown.value("capability_level", capability="O5") == 4
    assert bare.value("capability_raters", capability="O5") == 3


def test_the_index_is_geometric_so_that_a_bottleneck_shows() -> None:
    """Four capabilities at 4 and one at 1 give less than the arithmetic mean would."""
    ratings = {f"O{n}.1": [4.0] for n in range(1, 5)} | {"O5.1": [1.0]}
    found = measure(case(survey=survey(ratings, "有")))
    assert found.value("capability_index") == pytest.approx(((4**4 * 1) ** 0.2 - 1) / 4 * 100)
    ratings.pop("O5.1")
    row = measure(case(survey=survey(ratings, "有"))).row("capability_index")
    assert row is not None
    assert (row.value, row.reason) == (None, "index_incomplete")


def test_an_answer_that_does_not_apply_is_left_out() -> None:
    """N/A is no zero: the item's median is over those who answered, and nobody answering is not measured."""
    found = measure(case(survey=survey({"O1.1": [3.0, float("nan"), 3.0], "O2.1": [float("nan")] * 3}, "有")))
    assert found.value("capability_level", capability="O1") == 3
    row = found.row("capability_level", capability="O2")
    assert row is not None
    assert (row.value, row.reason) == (None, "no_survey")


def test_what_the_data_support_is_read_off_the_lines() -> None:
    """A score of 68 with service at 57 supports level 2; nothing at hand supports no level."""
    found = measure(case(WEIGHTS, JUNE, service_scores=scores(68, 74, 78, 57)))
    assert found.value("capability_data_level", capability="O5") == 2
    row = found.row("capability_data_level", capability="O3")
    assert row is not None
    assert (row.value, row.reason) == (None, "no_data_level")


def test_repeat_buyers_are_a_share_of_both_kinds() -> None:
    """200 of 1,000 buyers came back; the printed total row and the carriers beside it are not added."""
    kinds = {"all": 1000.0, "first": 800.0, "repeat": 200.0}
    rows = [
        {"date": "2026-06-05", "audience": kind, "carrier": carrier, "buyers": buyers, "repeat_rate_printed": 0.12}
        for kind, buyers in kinds.items()
        for carrier in ("all", "live")
    ]
    table = form(rows, "date").assign(paid_amount_cny=1.0, _file=FILE, _sheet="人群构成")
    found = measure(case(period=JUNE, audiences=table))
    assert found.value("repeat_buyer_share") == pytest.approx(0.2)
    assert found.value("repeat_rate_printed") == pytest.approx(0.12)
    assert found.value("buyer_days", audience="first") == 800
