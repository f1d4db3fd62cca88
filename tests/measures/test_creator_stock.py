"""Creators as a stock: channels, retention, levels, costs, the buyers they bring, and next month's plan."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from factbook.measures import measure
from factbook.records import Measures, Period
from tests.measures.build import case, form, sessions
from tests.measures.test_creators import MATRIX, PEERS, creator, labels, matrix


def acts(*rows: tuple[str, str, str, str | None]) -> pd.DataFrame:
    """Creator, day, action, channel; samples cost ¥50."""
    told = [
        {
            "creator": c,
            "creator_id": None,
            "date": d,
            "action": a,
            "channel": ch,
            "cost_cny": 50.0 * (a == "samples_sent"),
        }
        for c, d, a, ch in rows
    ]
    return form(told, "date")


FUNNEL = acts(
    ("核心", "2026-08-20", "approached", "doulink"),
    ("新星", "2026-08-21", "approached", "doulink"),
    ("生", "2026-08-21", "approached", "alliance"),
    ("没谈成", "2026-08-22", "approached", "alliance"),
    ("拿了样", "2026-08-23", "approached", "alliance"),
    ("拿了样", "2026-08-25", "samples_sent", None),
    ("核心", "2026-08-26", "samples_sent", None),
)


def test_a_funnel_counts_each_step_and_keeps_the_unlisted_apart() -> None:
    """Two of five approached never went live; those nobody wrote down had been approached too."""
    found = measure(matrix(peers=PEERS, creator_actions=FUNNEL))
    steps = found.select("channel_creators", "step").set_index("step")["value"]
    assert steps.to_dict() == {"approached": 8, "sampled": 2, "live": 6, "again": 5}
    assert found.value("channel_creators", channel="alliance", step="approached") == 3
    assert found.value("channel_creators", channel="alliance", step="live") == 1
    assert found.value("channel_live_rate", channel="alliance") == pytest.approx(1 / 3)
    assert found.value("channel_live_rate", channel="doulink") == 1
    assert found.value("channel_creators", channel="unlisted", step="live") == 3


def test_a_step_that_nobody_recorded_is_not_measured() -> None:
    """Without the form nobody knows how many were approached; it is not the number that went live."""
    row = measure(matrix(peers=PEERS)).row("channel_creators", step="approached")
    assert row is not None
    assert (row.value, row.reason) == (None, "not_recorded_approached")


def test_samples_without_a_session_are_idle_once_they_had_their_time() -> None:
    """One creator holds samples of ¥50 since August and never went live."""
    found = measure(matrix(peers=PEERS, creator_actions=FUNNEL))
    assert (found.value("samples_idle"), found.value("samples_idle_cny")) == (1, 50)
    fresh = acts(("拿了样", "2026-09-25", "samples_sent", None))
    assert measure(matrix(peers=PEERS, creator_actions=fresh)).value("samples_idle") == 0


def months(*rows: tuple[str, str]) -> list[dict[str, Any]]:
    """One session of a creator on a day."""
    return [{**creator(name, 0.1, 5000, rooms=1)[0], "started_at": f"{day} 20:00"} for name, day in rows]


def test_retention_follows_each_months_newcomers() -> None:
    """Three began in July, two of them are there in September; one began in August and stayed."""
    rows = months(
        ("甲", "2026-07-01"), ("乙", "2026-07-10"), ("丙", "2026-07-31"), ("丁", "2026-08-10"),
        ("甲", "2026-08-02"), ("甲", "2026-09-02"), ("乙", "2026-09-03"), ("丁", "2026-09-30"),
    )  # fmt: skip
    found = measure(matrix(*rows))
    kept = found.select("creator_retention", ("cohort", "month"), "history").set_index(["cohort", "month"])["value"]
    assert kept["2026-07", "2026-08"] == pytest.approx(1 / 3)
    assert kept["2026-07", "2026-09"] == pytest.approx(2 / 3)
    assert kept["2026-08", "2026-09"] == 1
    row = found.row("creator_retention", "history", cohort="2026-07", month="2026-09")
    assert row is not None
    assert row.reason == "history_begins"


def test_retention_needs_an_earlier_period() -> None:
    """One month of sessions says so."""
    row = measure(matrix()).row("creator_retention_next")
    assert row is not None
    assert (row.value, row.reason) == (None, "no_earlier_creators")


LEVELS = pd.DataFrame(
    {
        "douyin_id": ["id 核心", "id 新星", "id 低"],
        "creator_level": ["LV5", "LV3", "LV1"],
        "account": ["核心", "新星", "低"],
    }
)


def test_tiers_hold_every_creator_and_every_yuan_once() -> None:
    """Head from level 5, middle from 3, tail below; who has no printed level stands apart, in the denominator."""
    found = measure(matrix(peers=PEERS, creator_square=LEVELS))
    count = found.select("creators_by_tier", "tier").set_index("tier")["value"]
    assert count.to_dict() == {"head": 1, "middle": 1, "tail": 1, "unlisted": 3}
    assert found.select("tier_share", "tier")["value"].sum() == pytest.approx(1)
    assert found.select("tier_paid_cny", "level")["value"].sum() == pytest.approx(210_000)
    assert found.value("tier_commission_rate", tier="head") == pytest.approx(0.2)


def test_without_levels_there_are_no_tiers() -> None:
    """Nobody is called tail for want of a list."""
    row = measure(matrix(peers=PEERS)).row("tier_share")
    assert row is not None
    assert row.reason == "no_creator_levels"


def test_costs_are_commission_and_samples_over_active_creators() -> None:
    """21 sessions at ¥1,000 commission and one sample of ¥50 sent in the period, over six creators."""
    found = measure(matrix(peers=PEERS, creator_actions=acts(("低", "2026-09-02", "samples_sent", None))))
    assert found.value("alliance_commission_cny") == 21_000
    assert found.value("cost_per_active_creator_cny") == pytest.approx(21_050 / 6)
    unknown = measure(matrix(peers=PEERS)).row("cost_per_active_creator_cny")
    assert unknown is not None
    assert (unknown.value, unknown.reason) == (3_500, "samples_unknown")


def test_commission_above_the_margin_is_a_loss() -> None:
    """¥2,000 commission on a net of ¥5,000 at a margin of 35 % loses ¥250 a session."""
    dear = [{**row, "commission_estimate_cny": 2_000.0} for row in creator("贵", 0.14, 9000)]
    found = measure(matrix(*MATRIX, *dear, peers=PEERS))
    assert (found.value("creators_unprofitable"), found.value("unprofitable_loss_cny")) == (1, 1_000)


def test_new_buyers_are_those_the_file_has_not_seen_before() -> None:
    """Two of three orders through creators are a buyer's first; own orders are not theirs."""
    orders = pd.DataFrame(
        {
            "order_id": list("abcde"),
            "buyer_id": ["1", "2", "1", "3", "4"],
            "paid_at": pd.to_datetime(["2026-08-01", "2026-09-02", "2026-09-03", "2026-09-04", "2026-09-05"]),
            "account": ["示例店铺", "核心", "核心", "新星", "示例店铺"],
            "paid_amount_cny": 100.0,
        }
    )
    found = measure(matrix(peers=PEERS, buyer_orders=orders))
    assert (found.value("creator_new_buyers"), found.value("creator_new_buyer_share")) == (2, pytest.approx(2 / 3))
    assert measure(matrix(peers=PEERS)).row("creator_new_buyers").reason == "no_report:buyer_orders"  # type: ignore[union-attr]


# ------------------------------------------------------------------ next month


CHANGED = acts(("错配", "2026-09-02", "product_changed", None))


def planned(found: Measures) -> pd.DataFrame:
    return found.select("plan_sessions", ("creator", "step")).set_index("creator")


def test_the_plan_follows_the_method() -> None:
    """The core is not cut, rising stars get more, the low one another product, the mismatched one rests."""
    found = measure(matrix(peers=PEERS, creator_actions=CHANGED))
    plan, said = planned(found), labels(found)
    assert (said["错配"], plan.loc["错配", "step"], plan.loc["错配", "value"]) == ("mismatch", "rest", 0)
    assert plan.loc["核心", "value"] >= plan.loc["核心", "n"]
    assert (plan.loc["新星", "step"], plan.loc["新星", "value"] > plan.loc["新星", "n"]) == ("more", True)
    assert plan.loc["低", "step"] == "new_product"


def test_the_plan_spends_the_budget_and_no_more() -> None:
    """21 sessions were held in 30 days, 21 are dealt out, each creator once."""
    found = measure(matrix(peers=PEERS, creator_actions=CHANGED))
    plan = planned(found)
    assert found.value("plan_budget_sessions") == plan["n"].sum() == 21
    assert plan["value"].sum() <= 21
    assert found.select("plan_step_sessions", "step")["value"].sum() == plan["value"].sum()
    assert found.select("plan_creators", "step")["value"].sum() == len(plan) == 6


def test_the_plan_is_the_same_every_time() -> None:
    """Same files, same plan."""
    first, second = (planned(measure(matrix(peers=PEERS, creator_actions=CHANGED))) for _ in range(2))
    assert first["value"].equals(second["value"])


def test_without_a_margin_the_plan_counts_sales_after_refunds_and_says_so() -> None:
    """Nothing is multiplied by a margin nobody gave."""
    found = measure(case(sessions=sessions(*MATRIX), peers=PEERS))
    row = found.row("plan_value_cny")
    assert row is not None
    assert row.reason == "no_margin"
    assert row.value is not None


def test_a_longer_period_is_brought_to_thirty_days() -> None:
    """The same sessions over sixty days make half the budget."""
    long = Period(date(2026, 8, 2), date(2026, 9, 30))
    found = measure(case({"gross_margin": 0.35}, long, sessions=sessions(*MATRIX), peers=PEERS))
    assert found.value("plan_budget_sessions") == pytest.approx(11, abs=1)
