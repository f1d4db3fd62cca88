"""The shop and its fields: each yuan once, shares that add up to one, stars told apart where they can be."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factbook.measures import fields, measure, ready
from factbook.records import Measures, Period
from tests.measures.build import FILE, case, form, sessions, trade

DAYS = [f"2026-09-{day:02d}" for day in range(1, 31)]
STAR = {"deal": "专场", "creator": "星", "creator_id": "star1", "start": "2026-09-03", "end": "2026-09-03"}


def shop_rows(day: str, partner: float = 300.0) -> list[dict[str, object]]:
    """One day: 1000 own live, `partner` creators' live, 200 and 100 product cards, 50 other, and the totals."""
    details = [
        {"date": day, "paid_amount_cny": 1000.0},
        {"date": day, "party": "partner", "paid_amount_cny": partner},
        {"date": day, "carrier": "product_card", "paid_amount_cny": 200.0},
        {"date": day, "party": "partner", "carrier": "product_card", "paid_amount_cny": 100.0},
        {"date": day, "carrier": "other", "paid_amount_cny": 50.0},
    ]
    total = {"date": day, "party": "all", "carrier": "all", "paid_amount_cny": 1350.0 + partner}
    own = {"date": day, "party": "self", "carrier": "all", "paid_amount_cny": 1250.0}
    slot = {"date": day, "slot": "uni", "paid_amount_cny": 400.0}
    return [*details, {**total, "buyers": 9.0}, own, slot]


def accounts(*rows: dict[str, object]) -> pd.DataFrame:
    """Rows of 载体构成."""
    made = [
        {"party": "partner", "carrier": "live", "account_role": "account", "douyin_id": None, **row} for row in rows
    ]
    frame = pd.DataFrame(made)
    net = {
        "net_paid_amount_cny": frame["paid_amount_cny"] * 0.6,
        "refund_paid_time_cny": frame["paid_amount_cny"] * 0.4,
    }
    return frame.assign(date=pd.to_datetime(frame["date"]), _file=FILE, _sheet="载体构成", _row=2, **net)


def test_totals_beside_details_are_not_counted_twice() -> None:
    """Party totals, the day's total and the slices by 投放时段 stand beside the details and add nothing."""
    found = measure(case(trade_daily=trade(*(row for day in DAYS for row in shop_rows(day)))))
    assert found.value("paid_amount_cny") == pytest.approx(30 * 1650.0)
    assert found.value("paid_amount_cny", party="self", carrier="live") == pytest.approx(30_000.0)


def test_buyers_come_from_the_days_total() -> None:
    """People are de-duplicated within a day, so the details are not added up."""
    found = measure(case(trade_daily=trade(*(row for day in DAYS for row in shop_rows(day)))))
    assert found.value("buyer_days") == 30 * 9
    assert found.value("paid_per_buyer_cny") == pytest.approx(1650 / 9)


def test_refunds_are_pooled_over_days() -> None:
    """The refund rate is refunds over sales of all days, not the mean of daily rates."""
    rows = [{"date": "2026-09-01", "paid_amount_cny": 900.0, "refund_paid_time_cny": 90.0}]
    rows.append({"date": "2026-09-02", "paid_amount_cny": 100.0, "refund_paid_time_cny": 90.0})
    assert measure(case(trade_daily=trade(*rows))).value("refund_rate") == pytest.approx(0.18)


def test_fields_take_every_yuan_once() -> None:
    """Product cards of both sides are the shelf; own content F, partners' A, the rest unclassified."""
    table = trade(*(row for day in DAYS for row in shop_rows(day)))
    found = measure(case({"gross_margin": 0.4}, trade_daily=table))
    shares = {field: found.value("field_share", field=field) for field in "FATSU"}
    assert shares == pytest.approx({"F": 1000 / 1650, "A": 300 / 1650, "T": 0, "S": 300 / 1650, "U": 50 / 1650})
    assert found.value("shelf_share") == pytest.approx(300 / 1650)


def test_what_the_details_leave_out_is_unclassified() -> None:
    """A day's total that its details do not reach goes to the unclassified rest, so shares still add up."""
    rows = [{"date": "2026-09-01", "paid_amount_cny": 600.0}]
    rows.append({"date": "2026-09-01", "party": "all", "carrier": "all", "paid_amount_cny": 1000.0})
    found = measure(case(trade_daily=trade(*rows)))
    assert found.value("paid_amount_cny") == pytest.approx(1000.0)
    assert found.value("field_share", field="U") == pytest.approx(0.4)


def test_a_star_moves_from_the_alliance_to_its_own_field() -> None:
    """The account of the star sheet is taken out of A on its days, at its own refund rate, and nothing is lost."""
    deals = form([{**STAR, "margin": 0.4, "commission_rate": 0.2, "fee_cny": 0.0}], "start", "end")
    detail = accounts(
        {"date": "2026-09-03", "account": "星", "douyin_id": "star1", "paid_amount_cny": 250.0},
        {"date": "2026-09-03", "account": "小鹿", "paid_amount_cny": 50.0},
    )
    table = trade(*shop_rows("2026-09-03"))
    found = measure(case(trade_daily=table, carrier_accounts=detail, star_deals=deals))
    assert found.value("field_paid_cny", field="T") == pytest.approx(250.0)
    assert found.value("field_paid_cny", field="A") == pytest.approx(50.0)
    assert found.value("field_refund_rate", field="T") == pytest.approx(0.4)
    assert found.value("star_top1_share") == pytest.approx(250 / 1650)


def test_without_account_detail_the_alliance_says_it_holds_the_stars() -> None:
    """Stars that cannot be told apart are not a zero: T is unknown and A carries the reason."""
    deals = form([STAR], "start", "end")
    found = measure(case(trade_daily=trade(*shop_rows("2026-09-03")), star_deals=deals))
    star, alliance = found.row("field_share", field="T"), found.row("field_share", field="A")
    assert star is not None
    assert alliance is not None
    assert (star.value, star.reason) == (None, "stars_inside_alliance")
    assert (alliance.value, alliance.reason) == (pytest.approx(300 / 1650), "stars_inside_alliance")


def test_partners_sessions_tell_a_star_apart_where_accounts_do_not() -> None:
    """Without accounts by day the live report's partner sessions are used, never beyond what the alliance shows."""
    deals = form([STAR], "start", "end")
    live = {"party": "partner", "account": "星", "douyin_id": "star1", "started_at": "2026-09-03 20:00"}
    rooms = sessions({**live, "paid_amount_cny": 320.0, "refund_session_cny": 80.0})
    found = measure(case(trade_daily=trade(*shop_rows("2026-09-03")), sessions=rooms, star_deals=deals))
    assert found.value("field_paid_cny", field="T") == pytest.approx(300.0)
    assert found.value("field_paid_cny", field="A") == pytest.approx(0.0, abs=1e-9)


def test_the_preceding_period_needs_every_one_of_its_days() -> None:
    """August is compared only when all of it was handed over."""
    august = [f"2026-08-{day:02d}" for day in range(2, 32)]
    rows = [row for day in [*august, *DAYS] for row in shop_rows(day)]
    period = Period(date(2026, 9, 1), date(2026, 9, 30))
    assert measure(case(period=period, trade_daily=trade(*rows))).value("paid_amount_cny", "previous") is not None
    rows = [row for day in [*august[1:], *DAYS] for row in shop_rows(day)]
    assert measure(case(period=period, trade_daily=trade(*rows))).row("paid_amount_cny", "previous") is None


def test_only_whole_weeks_enter_the_history() -> None:
    """September 2026 has three whole weeks; the days before and after them are not shown as weak weeks."""
    found = measure(case(trade_daily=trade(*(row for day in DAYS for row in shop_rows(day)))))
    weeks = found.select("paid_amount_cny", "week", "history")
    assert weeks["week"].tolist() == ["2026-09-07", "2026-09-14", "2026-09-21"]
    assert weeks["value"].tolist() == pytest.approx([7 * 1650.0] * 3)


def test_total_cost_needs_accounts_that_add_up() -> None:
    """Commission from a list of some accounts is not the shop's: the ratio is left out rather than too small."""
    costs = {"platform_commission_cny": 10.0, "creator_commission_cny": 30.0, "account": "小鹿"}
    whole = {"date": "2026-09-03", "paid_amount_cny": 1650.0, **costs}
    table = trade(*shop_rows("2026-09-03"))
    complete = measure(case(trade_daily=table, carrier_accounts=accounts(whole)))
    assert complete.value("shop_total_cost_ratio") == pytest.approx((165.0 + 40.0) / (1650.0 * 1.02))
    partial = measure(case(trade_daily=table, carrier_accounts=accounts({**whole, "paid_amount_cny": 300.0})))
    assert partial.value("shop_total_cost_ratio") is None


amounts = st.integers(0, 10_000_000).map(lambda cents: cents / 100)
places = st.tuples(
    st.sampled_from(DAYS[:9]),
    st.sampled_from(["self", "partner"]),
    st.sampled_from(["live", "video", "product_card", "article", "other"]),
)


@settings(max_examples=12, deadline=None)
@given(st.dictionaries(places, amounts, min_size=1, max_size=40), st.integers(0, 100))
def test_shares_add_up_to_one_whatever_was_sold(sold: dict[tuple[str, str, str], float], percent: int) -> None:
    """On every day and over all, the five fields hold the shop's sales to the cent, star or no star."""
    rows = [
        dict(zip(("date", "party", "carrier"), key, strict=True)) | {"paid_amount_cny": paid}
        for key, paid in sold.items()
    ]
    stars = [
        {
            "date": day,
            "account": "星",
            "douyin_id": "star1",
            "carrier": carrier,
            "paid_amount_cny": paid * percent / 100,
        }
        for (day, party, carrier), paid in sold.items()
        if party == "partner"
    ]
    detail = {"carrier_accounts": accounts(*stars)} if stars else {}
    ground = ready(case(trade_daily=trade(*rows), star_deals=form([STAR], "start", "end"), **detail))
    found = Measures.concat(fields.measure(ground))
    total = sum(sold.values())
    paid = found.select("field_paid_cny", "field")["value"]
    assert np.nansum(paid) == pytest.approx(total, abs=0.005)
    if total > 0:
        assert np.nansum(found.select("field_share", "field")["value"]) == pytest.approx(1.0, abs=1e-12)
    days = found.select("field_share", ("date", "field")).dropna(subset="value").groupby("date")["value"].sum()
    assert np.allclose(days, 1.0, atol=1e-12)
