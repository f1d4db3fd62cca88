"""The product mix by role, refunds by stage, after-sales, and the lines of the service score."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from factbook.measures import products, refunds, service
from factbook.records import Case, FileRecord
from tests.measures.build import FILE, PERIOD, case, form, trade
from tests.measures.own import of, table

# ------------------------------------------------------------------ products and refunds


def mix(roles: list[dict[str, Any]] | None = None) -> Case:
    rows = [("甲", 600.0, 60.0), ("乙", 300.0, 90.0), ("丙", 100.0, 10.0)]
    figures = {"carrier": "live", "orders": 5.0, "product_clicks": 50.0, "product_impressions": 500.0}
    goods = table(
        [
            {"product": n, "product_id": n, "paid_amount_cny": p, "refund_paid_time_cny": r, **figures}
            for n, p, r in rows
        ],
        FILE,
    )
    sheet = {"product_roles": form(roles)} if roles else {}
    made = case(products=goods, trade_daily=trade({"date": "2026-09-01", "paid_amount_cny": 1000.0}), **sheet)
    record = FileRecord(FILE, "trade_analysis", "0", 1, PERIOD, ("products",), 3, 3)
    return Case(made.folder, made.merchant, made.period, made.tables, (record,))


def test_shares_of_roles_add_up_and_what_has_no_role_is_shown() -> None:
    """A product the form does not name is a role of its own, never dropped."""
    found = of(products, mix([{"product": "甲", "role": "lead", "margin": 0.5}, {"product": "乙", "role": "traffic"}]))
    shares = dict(found.select("role_share", "role")[["role", "value"]].to_numpy())
    assert shares == pytest.approx({"lead": 0.6, "traffic": 0.3, "none": 0.1})
    assert found.value("role_gross_profit_cny", role="lead") == pytest.approx((600 - 60) * 0.5)
    assert found.value("role_margin", role="traffic") is None
    assert found.value("product_top1_share") == pytest.approx(0.6)


def test_a_mix_without_profit_and_new_buyers_misses_two_needs() -> None:
    """A hit in every channel carries sales as a lead does; the other two needs stay open."""
    found = of(products, mix([{"product": "甲", "role": "hit", "margin": 0.5}, {"product": "乙", "role": "traffic"}]))
    unmet = dict(found.select("roles_missing", "need")[["need", "value"]].to_numpy())
    assert unmet == {"traffic": 0, "lead": 0, "profit": 1, "new": 1}
    assert found.value("roles_missing") == 2


def test_without_roles_the_form_is_named() -> None:
    """Sales are there, roles are not: the reason says which."""
    row = of(products, mix()).row("role_share")
    assert row is not None
    assert row.reason == "no_product_roles"


def staged(before: float, way: float, after: float) -> pd.DataFrame:
    rates = {
        "refund_rate_before_shipping_printed": before,
        "refund_rate_not_received_printed": way,
        "refund_rate_received_printed": after,
        "return_rate_printed": after / 2,
    }
    days = [("2026-09-01", 1000.0), ("2026-09-02", 3000.0)]
    whole = {"party": "all", "carrier": "all"}
    return trade(*({"date": day, "paid_amount_cny": paid, **whole, **rates} for day, paid in days))


def test_stages_of_refunds_are_weighted_by_sales_and_add_up() -> None:
    """Σ rate × sales ÷ Σ sales, and the three stages are all refunds."""
    found = of(refunds, case(trade_daily=staged(0.1, 0.04, 0.06)))
    assert found.value("refund_stage_rate", stage="before_shipping") == pytest.approx(0.1)
    whole = [found.value("refund_stage_share", stage=stage) for stage in refunds.WHOLE]
    assert sum(part or 0.0 for part in whole) == pytest.approx(1.0)
    assert found.value("refund_stage_rate", stage="returned") == pytest.approx(0.03)


def test_zeros_in_place_of_stages_are_not_available() -> None:
    """Refunds there were, stages all zero: the platform did not say, so nothing is said."""
    row = of(refunds, case(trade_daily=staged(0.0, 0.0, 0.0))).row("refund_stage_rate")
    assert row is not None
    assert row.value is None


def test_after_sales_that_were_closed_are_no_cases() -> None:
    """A withdrawn case is neither counted nor part of the amount sent back."""
    kinds = [("退款成功", "退货退款", "尺码不合适"), ("退款成功", "仅退款", None), ("售后关闭", "退货退款", "其他")]
    rows = [
        {"applied_at": "2026-09-05", "after_sale_status": state, "after_sale_type": kind, "after_sale_reason": why}
        for state, kind, why in kinds
    ]
    made = table(rows, "a.csv", "applied_at").assign(refund_goods_cny=[30.0, 70.0, 99.0])
    found = of(refunds, case(after_sales=made))
    assert found.value("after_sales_cases") == 2
    assert found.value("after_sale_return_share") == pytest.approx(0.3)
    assert found.value("after_sale_reason_share", reason="尺码不合适") == pytest.approx(1.0)


# ------------------------------------------------------------------ the service score


def scores(*totals: float, **more: float) -> pd.DataFrame:
    parts = {"product": 74.0, "logistics": 78.0, "service": 57.0, **more}
    days = pd.date_range(end="2026-09-30", periods=len(totals))
    return form([{"date": str(day.date()), "total": t, **parts} for day, t in zip(days, totals, strict=True)], "date")


WEIGHTS = {"score_weight_product": 0.4, "score_weight_logistics": 0.2, "score_weight_service": 0.4}


def typed(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(_file="intake.xlsx", _sheet="商家体验分", _row=range(2, len(frame) + 2))


def test_what_the_parts_take_adds_up_to_what_is_missing() -> None:
    """Weights of one: the drags are 72 less the total, and service is the one that drags."""
    found = of(service, case(WEIGHTS, service_scores=typed(scores(*[68.0] * 20))))
    drags = dict(found.select("service_part_drag", "part")[["part", "value"]].to_numpy())
    assert sum(drags.values()) == pytest.approx(72 - (0.4 * 74 + 0.2 * 78 + 0.4 * 57))
    assert max(drags, key=drags.__getitem__) == "service"


def test_days_below_each_line_are_counted() -> None:
    """Higher lines have at least as many days below them."""
    found = of(service, case(service_scores=typed(scores(82.0, 79.0, 69.0, 64.0))))
    below = [found.value("service_days_below", line=line) for line in ("60", "65", "70", "80")]
    assert below == [0, 1, 2, 3]
    assert found.value("service_line_distance", line="70") == pytest.approx(-6)


def test_a_score_that_loses_a_point_a_week_says_so() -> None:
    """A planted slope comes back; a fortnight is needed."""
    falling = [80 - n / 7 for n in range(28)]
    assert of(service, case(service_scores=typed(scores(*falling)))).value("service_trend_per_week") == pytest.approx(
        -1
    )
    row = of(service, case(service_scores=typed(scores(70.0, 69.0)))).row("service_trend_per_week")
    assert row is not None
    assert row.reason == "too_few"


def test_the_platforms_report_fills_days_nobody_typed() -> None:
    """Where the form is empty the exported score is used, and the source says which."""
    names = {
        "total": "service_score",
        "product": "product_score",
        "logistics": "logistics_score",
        "service": "care_score",
    }
    made = scores(*[71.0] * 15).rename(columns=names).assign(_file="体验分.xlsx", _sheet="分", _row=range(2, 17))
    found = of(service, case(service_scores_export=made.assign(reply_seconds=90.0)))
    row = found.row("service_score")
    assert row is not None
    assert row.value == 71.0
    assert row.source.startswith("体验分.xlsx")
    assert found.value("reply_minutes") == pytest.approx(1.5)
