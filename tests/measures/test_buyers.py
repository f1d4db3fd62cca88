"""Who comes back: the planted rates come out, and nobody is counted before they could be."""

from __future__ import annotations

import pandas as pd
import pytest

from factbook.measures import measure
from factbook.measures.fields import star_rows
from factbook.measures.ground import prepare
from factbook.records import Case
from tests.conftest import diagnosis_of, truth_of
from tests.measures.build import PERIOD, case, form, trade

FILE = {"_file": "ERP订单.csv", "_sheet": ""}
DEAL = {"deal": "专场", "creator": "大V", "creator_id": None, "kind": "exclusive"}


def order(buyer: str, day: str, account: str | None = "示例店铺") -> dict[str, object]:
    return {"buyer_id": buyer, "paid_at": pd.Timestamp(day), "account": account, **FILE}


def erp(*rows: dict[str, object], **more: pd.DataFrame) -> Case:
    frame = pd.DataFrame(rows).assign(_row=range(2, len(rows) + 2))
    return case(buyer_orders=frame, **more)


def cohort(name: str, day: str, n: int, back: int, after: int, account: str = "示例店铺") -> list[dict[str, object]]:
    """`n` buyers on one day, of whom `back` order again so many days later."""
    first = [order(f"{name}{i}", day, account) for i in range(n)]
    again = str(pd.Timestamp(day) + pd.Timedelta(days=after))
    return first + [order(f"{name}{i}", again, None) for i in range(back)]


def test_earlier_star_buyers_come_back_as_rarely_as_planted() -> None:
    """2.1 % of the stars' and 5.8 % of the own room's buyers within 60 days, out of the files alone."""
    found, planted = diagnosis_of("appliances").measures, truth_of("appliances")["planted"]
    star, own = (found.row("repeat_rate_60d", source=source) for source in ("star", "own"))
    assert star is not None
    assert own is not None
    assert star.value == pytest.approx(planted["repeat_60d_star"], abs=5e-4)
    assert own.value == pytest.approx(planted["repeat_60d_own"], abs=5e-4)
    assert star.high < own.low


def test_the_rate_counts_only_buyers_followed_for_all_of_the_days() -> None:
    """Forty old buyers of whom four came back are 10 %, however many bought yesterday."""
    rows = cohort("a", "2026-06-01", 40, 4, 20) + cohort("b", "2026-09-29", 500, 0, 1)
    row = measure(erp(*rows)).row("repeat_rate_60d")
    assert row is not None
    assert (row.value, row.numerator, row.denominator, row.reason) == (0.1, 4, 40, "")


def test_a_return_after_the_horizon_counts_in_the_longer_one_only() -> None:
    """Back on day 45 is not back within 30."""
    found = measure(erp(*cohort("a", "2026-06-01", 40, 4, 45)))
    assert [found.value(f"repeat_rate_{days}d") for days in (30, 60, 90)] == [0.0, 0.1, 0.1]


def test_two_orders_on_one_day_are_one_purchase() -> None:
    """A basket split in two parcels is no loyalty."""
    rows = cohort("a", "2026-06-01", 40, 0, 1)
    again = [order(f"a{i}", "2026-06-01 20:00") for i in range(20)]
    assert measure(erp(*rows, *again)).value("repeat_rate_30d") == 0.0


def test_few_buyers_with_a_full_follow_up_are_estimated_and_said_to_be() -> None:
    """Twenty followed for 60 days and a hundred for less: Kaplan-Meier, with a word."""
    rows = cohort("a", "2026-07-20", 20, 2, 15) + cohort("b", "2026-08-20", 100, 10, 15)
    row = measure(erp(*rows)).row("repeat_rate_60d")
    assert row is not None
    assert row.reason == "follow_up_estimated"
    assert row.value == pytest.approx(0.1, abs=0.001)


def test_buyers_nobody_could_follow_have_no_rate() -> None:
    """A session of last week says nothing about 30 days."""
    row = measure(erp(*cohort("a", "2026-09-25", 100, 3, 2))).row("repeat_rate_30d")
    assert row is not None
    assert (row.value, row.reason) == (None, "follow_up_short")


def test_the_source_is_that_of_the_first_order() -> None:
    """Star, own room, another creator, or the shop itself where no account stands."""
    deals = form([{**DEAL, "start": "2026-06-01", "end": "2026-06-01"}], "start", "end")
    kinds = {"大V": "star", "示例店铺": "own", "别的达人": "creator", None: "shop"}
    rows = [row for n, name in enumerate(kinds) for row in cohort(str(n), "2026-06-01 23:00", 40, n, 5, name)]  # type: ignore[arg-type]
    found = measure(erp(*rows, star_deals=deals))
    for n, kind in enumerate(kinds.values()):
        assert found.value("repeat_rate_30d", source=kind) == n / 40
    assert found.value("repeat_rate_30d", "history", deal="专场") == 0.0


def test_without_buyer_ids_there_is_no_repeat_rate() -> None:
    """Platform exports carry no buyer: the report that would bring it is named."""
    row = measure(case(trade_daily=trade({"date": "2026-09-01", "paid_amount_cny": 1.0}))).row("repeat_rate_60d")
    assert row is not None
    assert (row.value, row.reason) == (None, "no_report:buyer_orders")


def test_star_buyers_the_shop_knew_before_are_told_apart() -> None:
    """One of four star buyers had bought from the own room earlier."""
    deals = form([{**DEAL, "start": "2026-09-10", "end": "2026-09-10"}], "start", "end")
    rows = [order("x", "2026-07-01"), *(order(name, "2026-09-10", "大V") for name in "xyzw")]
    assert measure(erp(*rows, star_deals=deals)).value("star_known_buyer_share") == 0.25


@pytest.mark.parametrize(("level", "star"), [("LV7", True), ("L6", True), ("6级", True), ("LV5", False), (None, False)])
@pytest.mark.parametrize("table", ["partner_creators", "creator_square"])
def test_a_creator_of_level_six_is_a_star_without_a_deal(level: str | None, star: bool, table: str) -> None:
    """The platform's own head counts as T, whoever fills in the star sheet."""
    rows = {"date": pd.to_datetime(["2026-09-03"]), "paid_amount_cny": [500.0], "net_paid_amount_cny": [400.0]}
    sold = pd.DataFrame({**rows, "refund_paid_time_cny": [100.0], "party": "partner", "carrier": "live"})
    sold = sold.assign(account="某达人", douyin_id="dy1", _file="f", _sheet="s", _row=2)
    listed = pd.DataFrame([{"account": "某达人", "douyin_id": "dy1", "creator_level": level}])
    day = trade({"date": "2026-09-03", "paid_amount_cny": 500.0, "party": "partner"})
    made = case(period=PERIOD, trade_daily=day, carrier_accounts=sold, **{table: listed})
    assert len(star_rows(prepare(made))[0]) == (1 if star else 0)
    paid = measure(made).value("field_paid_cny", field="T")
    assert paid == (500.0 if star else None if level is None else 0.0)
