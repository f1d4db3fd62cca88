"""Stars beyond the plain ledger: odd deals, the hit test, lift, the shop without them, the next fee."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from factbook.measures import measure
from factbook.measures.deals import products
from factbook.records import Case, Measures, Period
from tests.conftest import diagnosis_of, truth_of
from tests.measures.build import case, form, sessions, trade
from tests.measures.test_events_and_form import DEALS, SALES, STAR, star_case

JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))
POT = "可视空气炸锅 6L"


def why(found: Measures, id: str, period: str = "current", **cut: str) -> tuple[float | None, str]:
    row = found.row(id, period, **cut)
    assert row is not None, id
    return row.value, row.reason


def with_deals(*rows: dict[str, Any], **tables: pd.DataFrame) -> Case:
    """The story of the three sessions with another star sheet, and other tables beside it."""
    base = star_case()
    deals = form([{**STAR, "kind": "exclusive", **row} for row in rows], "start", "end")
    return case(base.merchant.profile, JUNE, **{**base.tables, "star_deals": deals, **tables})


# ------------------------------------------------------------------ the ledger


def test_the_sample_star_loses_what_was_planted_and_pays_back_three_quarters() -> None:
    """−¥0.42 M, 0.75 times the fixed costs, commission two thirds of the margin."""
    found, planted = diagnosis_of("appliances").measures, truth_of("appliances")["planted"]
    assert found.value("deal_contribution_cny", star="辛禾严选") == pytest.approx(
        planted["star_contribution_cny"], rel=0.02
    )
    assert found.value("deal_payback", star="辛禾严选") == pytest.approx(1.233 / 1.65, abs=0.01)
    assert found.value("deal_commission_share", star="辛禾严选") == pytest.approx(0.25 / 0.38)
    assert found.value("deal_fee_worth_cny", star="辛禾严选") == pytest.approx(3.60e6 - 2.37e6 - 0.15e6, rel=0.01)


def test_two_deals_of_one_star_on_one_day_are_not_counted_twice() -> None:
    """Each deal says that its sales cannot be told apart; together they are what the star sold that day, once."""
    twice = [{"deal": name, "start": "2026-06-03", "end": "2026-06-03"} for name in ("早场", "晚场")]
    found = measure(with_deals(*twice))
    for name in ("早场", "晚场"):
        assert why(found, "deal_paid_cny", deal=name) == (None, "deals_share_days")
        assert why(found, "deal_contribution_cny", deal=name) == (None, "deals_share_days")
    assert found.value("deal_paid_cny") == SALES["2026-06-03"]
    assert found.value("deal_fee_cny") == 2 * STAR["fee_cny"]  # type: ignore[operator]
    assert found.value("deal_contribution_cny") == pytest.approx(5e6 * 0.62 * 0.13 - 2 * 550_000)


def test_overlapping_deals_on_different_terms_have_no_sum() -> None:
    """Which commission applies to which sale is not known, so no contribution is invented."""
    pair = [
        {"deal": "a", "start": "2026-06-03", "end": "2026-06-10"},
        {"deal": "b", "start": "2026-06-10", "end": "2026-06-17", "commission_rate": 0.2},
    ]
    found = measure(with_deals(*pair))
    assert found.value("deal_paid_cny") == sum(SALES.values())
    assert why(found, "deal_contribution_cny")[0] is None


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [("2026-09-01", "2026-09-01", "deal_ahead"), ("2025-01-01", "2025-01-01", "deal_before_reports")],
)
def test_a_deal_outside_the_reports_says_on_which_side(start: str, end: str, reason: str) -> None:
    """Not yet and no longer are not the same as sold nothing."""
    assert why(
        measure(with_deals({"deal": "x", "start": start, "end": end})), "deal_paid_cny", "history", deal="x"
    ) == (
        None,
        reason,
    )


def test_a_deal_half_covered_shows_what_there_is_and_says_so() -> None:
    """A session into July counts its June days, with a word."""
    value, reason = why(
        measure(with_deals({"deal": "x", "start": "2026-06-17", "end": "2026-07-02"})), "deal_paid_cny", deal="x"
    )
    assert (value, reason) == (SALES["2026-06-17"], "deal_partly_covered")


def test_a_missing_fee_leaves_the_contribution_unknown_but_not_the_fee_worth() -> None:
    """What the deal could have borne needs no fee; what is left of it does."""
    found = measure(star_case(fee_cny=None))
    assert why(found, "deal_contribution_cny") == (None, "no_deal_costs")
    assert why(found, "deal_payback") == (None, "no_deal_costs")
    assert found.value("deal_fee_worth_cny") == pytest.approx(9_486_000 * 0.13 - 150_000)


def test_a_star_with_seventy_percent_refunds_is_counted_to_the_end() -> None:
    """30 % of sales stay: 4.59 M × 13 % = ¥597 k against 1.65 M of fixed cost."""
    base = star_case()
    detail = base.tables["carrier_accounts"].assign(
        net_paid_amount_cny=lambda rows: rows["paid_amount_cny"] * 0.3,
        refund_paid_time_cny=lambda rows: rows["paid_amount_cny"] * 0.7,
    )
    found = measure(case(base.merchant.profile, JUNE, **{**base.tables, "carrier_accounts": detail}))
    assert found.value("deal_refund_rate") == pytest.approx(0.7)
    assert found.value("deal_contribution_cny") == pytest.approx(15.3e6 * 0.3 * 0.13 - 1.65e6)


def test_slots_share_fee_and_sales() -> None:
    """Two products named in the sheet are two slots; without names nothing is reckoned per slot."""
    row = {"deal": "混", "kind": "mixed", "start": "2026-06-03", "end": "2026-06-03"}
    found = measure(with_deals({**row, "products": "空气炸锅、破壁机"}))
    assert found.value("slot_paid_cny", deal="混") == 2_500_000
    assert found.value("slot_fee_cny", deal="混") == 250_000
    assert why(measure(with_deals(row)), "slot_fee_cny", deal="混") == (None, "no_slots")


@pytest.mark.parametrize(
    ("said", "names"),
    [("a、b", ("a", "b")), ("a, b;c\nd", ("a", "b", "c", "d")), ("a、a、", ("a",)), ("", ()), (None, ()), (np.nan, ())],
)
def test_products_are_told_apart_however_they_were_typed(said: Any, names: tuple[str, ...]) -> None:
    """People separate with whatever is at hand, and leave cells empty."""
    assert products({"products": said}) == names


def test_days_inside_a_campaign_are_counted_for_every_deal() -> None:
    """Two of the three sessions fell into a campaign of 1 to 12 June."""
    fair = form([{"campaign": "618", "start": "2026-06-01", "end": "2026-06-12", "state": "joined"}], "start", "end")
    base = star_case()
    found = measure(case(base.merchant.profile, JUNE, **{**base.tables, "campaigns": fair}))
    assert [found.value("deal_campaign_days", deal=f"专场{n}") for n in range(3)] == [1, 1, 0]


# ------------------------------------------------------------------ the hit test


def listed(change: float, *, days: int = 60, noise: float = 0.1, seed: int = 1) -> pd.DataFrame:
    """A daily product list around appearances on 1 and 15 June: the pot's level moves after the second."""
    rng = np.random.default_rng(seed)
    index = pd.date_range("2026-06-01", periods=days) - pd.Timedelta(days=days // 2)
    week = 1 + 0.2 * np.sin(index.day_of_week.to_numpy())
    level = 10_000 * week * np.exp(noise * rng.standard_normal(days))
    level[index > "2026-06-15"] *= 1 + change
    level[index.isin(pd.to_datetime(["2026-06-01", "2026-06-15"]))] *= 30
    rows = [{"product": f"炊澜{POT}", "paid_amount_cny": paid} for paid in level]
    frame = pd.DataFrame(rows).assign(
        date=index,
        product_id="1",
        period_start=pd.NaT,
        period_end=pd.NaT,
        _file="商品列表.xlsx",
        _sheet="商品列表",
        _row=range(2, days + 2),
    )
    other = frame.assign(product="破壁机", paid_amount_cny=5_000.0)
    return pd.concat([frame, other], ignore_index=True)


APPEARANCES = [
    {"deal": f"混场{n}", "kind": "mixed", "start": day, "end": day, "products": POT}
    for n, day in enumerate(("2026-06-01", "2026-06-15"))
]


def test_a_product_that_rose_after_the_appearances_is_seen_to_have_risen() -> None:
    """A planted +60 % comes out with an interval above zero; the appearance days themselves do not count."""
    row = measure(with_deals(*APPEARANCES, product_list=listed(0.6))).row("star_product_raised", product=POT)
    assert row is not None
    assert row.value == pytest.approx(0.6, abs=0.15)
    assert 0 < row.low < 0.6 < row.high


def test_a_product_that_did_not_move_is_not_called_a_hit() -> None:
    """Thirty times the sales on two days leave the baseline where it was: the interval holds zero."""
    found = measure(with_deals(*APPEARANCES, product_list=listed(0.0)))
    row = found.row("star_product_raised", product=POT)
    assert row is not None
    assert row.low < 0 < row.high < 0.3
    assert found.value("star_product_before_cny", product=POT, deal="混场0") == pytest.approx(10_000, rel=0.1)
    assert found.value("star_product_appearances", product=POT) == 2


def test_short_windows_and_campaign_days_are_refused_with_their_reason() -> None:
    """Five days after say nothing; a campaign that takes the days away is named."""
    short = with_deals(*APPEARANCES, product_list=listed(0.6, days=40))
    assert why(measure(short), "star_product_raised", product=POT) == (None, "baseline_short")
    fair = form([{"campaign": "618", "start": "2026-06-16", "end": "2026-06-24", "state": "joined"}], "start", "end")
    crossed = with_deals(*APPEARANCES, product_list=listed(0.6), campaigns=fair)
    assert why(measure(crossed), "star_product_raised", product=POT) == (None, "baseline_in_campaign")


def test_one_appearance_makes_no_hit() -> None:
    """The article's test is the same product again and again."""
    other = {**APPEARANCES[0], "products": "破壁机"}
    found = measure(with_deals(other, APPEARANCES[1], product_list=listed(0.6)))
    assert why(found, "star_product_raised", product=POT) == (None, "carried_once")
    assert found.value("star_product_change", product=POT, deal="混场1") == pytest.approx(0.6, abs=0.2)


def test_orders_serve_where_the_list_has_no_days_and_without_what_the_star_sold() -> None:
    """Orders of the shop by day and product; the star's own are its session, not the baseline."""
    days = pd.date_range("2026-05-01", "2026-06-30")
    row = {"product": POT, "order_amount_cny": 100.0, "account": None, "_file": "订单.csv", "_sheet": "", "_row": 2}
    mine = pd.DataFrame(
        [{**row, "paid_at": day + pd.Timedelta(hours=20)} for day in days for _ in range(1 + day.day % 3)]
    )
    stars = mine.assign(account="辛禾", order_amount_cny=1e6)
    found = measure(with_deals(*APPEARANCES, orders=pd.concat([mine, stars], ignore_index=True)))
    assert found.value("star_product_before_cny", product=POT, deal="混场0") == pytest.approx(200, abs=20)


def test_product_cards_by_day_serve_where_nothing_else_has_days_and_say_so() -> None:
    """The single items of the trade analysis: rooms among them do not count, and the row keeps its caveat."""
    cards = listed(0.6).rename(columns={"product": "content_title", "product_id": "content_id"})
    rooms = cards.assign(carrier="live", paid_amount_cny=1e6)
    items = pd.concat([cards.assign(carrier="product_card"), rooms], ignore_index=True).assign(party="self")
    row = measure(with_deals(*APPEARANCES, carrier_items=items)).row("star_product_raised", product=POT)
    assert row is not None
    assert row.value == pytest.approx(0.6, abs=0.15)
    assert row.reason == "product_cards_only"


def test_the_samples_hit_and_the_one_that_fell_back_are_found_from_its_files() -> None:
    """The planted +50 % lies in its interval, 0 in the other's; what was carried once gets no verdict."""
    found, planted = diagnosis_of("appliances").measures, truth_of("appliances")["planted"]
    for product, change in planted["star_products"].items():
        row = found.row("star_product_raised", product=product)
        assert row is not None
        assert row.low <= change <= row.high, product
    assert why(found, "star_product_raised", product="炊澜电炖锅 3L") == (None, "carried_once")
    assert found.value("star_known_buyer_share") == pytest.approx(planted["star_known_buyers"], abs=0.005)


def test_products_pushed_in_an_exclusive_session_are_no_slots() -> None:
    """The whole session is the brand's: nothing is reckoned per slot."""
    found = measure(with_deals({**APPEARANCES[0], "kind": "exclusive"}))
    assert why(found, "slot_paid_cny", deal="混场0") == (None, "no_slots")


@pytest.mark.parametrize(
    ("rows", "tables", "reason"),
    [
        ([{**APPEARANCES[0], "products": None}], {}, "no_star_products"),
        (APPEARANCES, {}, "no_product_days"),
        (
            APPEARANCES,
            {
                "product_list": pd.DataFrame(
                    {
                        "product": [POT],
                        "product_id": ["1"],
                        **{key: [pd.NaT] for key in ("date", "period_start", "period_end")},
                        "paid_amount_cny": [1.0],
                    }
                )
            },
            "no_product_days",
        ),
    ],
)
def test_what_the_hit_test_lacks_is_named(
    rows: list[dict[str, Any]], tables: dict[str, pd.DataFrame], reason: str
) -> None:
    """Which products, or which days: the sentence says what to bring."""
    assert why(measure(with_deals(*rows, **tables)), "star_product_raised") == (None, reason)


# ------------------------------------------------------------------ lift, dependence, the next deal


def test_follows_that_doubled_after_the_deals_are_seen_and_room_entry_that_did_not_is_not() -> None:
    """Own rooms every day of May to July; the star sold on 15 June."""
    days = pd.date_range("2026-05-01", "2026-07-20")
    rng, last = np.random.default_rng(2), pd.Timestamp("2026-06-15")
    rows = [
        {"started_at": f"{day:%Y-%m-%d} 10:00", "ended_at": f"{day:%Y-%m-%d} 12:00", "viewers": 1000.0 * scatter,
         "room_impression_users": 8000.0, "new_followers": 50.0 * scatter * (1 + (day > last))}
        for day, scatter in zip(days, np.exp(0.08 * rng.standard_normal(len(days))), strict=True)
    ]  # fmt: skip
    deal = {"deal": "x", "start": "2026-06-15", "end": "2026-06-15"}
    found = measure(with_deals(deal, sessions=sessions(*rows)))
    follows, entry = (found.row("star_lift_after", signal=name) for name in ("follows", "entry_rate"))
    assert follows is not None
    assert entry is not None
    assert follows.low < 1.0 < follows.high
    assert follows.low > 0.5
    assert entry.low < 0 < entry.high
    assert why(found, "star_lift_after", signal="own_sales")[1] in ("baseline_short", "")


def test_the_shop_without_its_star_is_a_subtraction() -> None:
    """Sales, net and contribution without the largest star differ from the shop's by exactly what the star brought."""
    found = diagnosis_of("appliances").measures
    star = {name: found.value(f"deal_{name}_cny", star="辛禾严选") for name in ("paid", "net", "contribution")}
    assert found.value("without_star_paid_cny") == pytest.approx(found.value("paid_amount_cny") - star["paid"])
    assert found.value("without_star_net_cny") == pytest.approx(found.value("net_paid_amount_cny") - star["net"])
    gap = found.value("without_star_contribution_cny") - found.value("shop_contribution_cny")
    assert gap == pytest.approx(-star["contribution"])
    assert found.value("without_star_ad_cost_ratio") > found.value("shop_ad_cost_ratio")


def test_the_next_fee_is_what_the_expected_sales_can_bear() -> None:
    """Five past sessions give a range; at its ends nothing is left, and the fee that was paid lies above it."""
    found = diagnosis_of("appliances").measures
    net, fee = (found.row(id, star="辛禾严选") for id in ("next_deal_net_cny", "next_fee_cny"))
    assert net is not None
    assert fee is not None
    assert net.n == 5
    for end in ("low", "value", "high"):
        assert getattr(fee, end) == pytest.approx(getattr(net, end) * (0.38 - 0.25) - 50_000)
    assert fee.high < found.value("last_fee_cny", star="辛禾严选")


def test_few_deals_give_a_middle_without_a_range() -> None:
    """Two sessions say nothing about their scatter."""
    row = measure(with_deals(*({key: DEALS[n][key] for key in ("deal", "start", "end")} for n in (0, 1)))).row(
        "next_fee_cny", star="辛禾"
    )
    assert row is not None
    assert (row.low, row.high, row.reason) == (None, None, "range_needs_three_deals")
    assert row.value == pytest.approx(np.sqrt(5.0e6 * 4.6e6) * 0.62 * 0.13 - 50_000)


def test_without_terms_no_fee_is_named() -> None:
    """No commission rate, no bearable fee; the expected sales stay."""
    found = measure(star_case(commission_rate=None))
    assert why(found, "next_fee_cny", star="辛禾") == (None, "no_commission_rate")
    assert found.value("next_deal_net_cny", star="辛禾") is not None


def test_trade_alone_has_no_star_figures_and_says_why() -> None:
    """A shop without a star sheet: every figure of the chapter has its reason."""
    found = measure(case(period=JUNE, trade_daily=trade({"date": "2026-06-01", "paid_amount_cny": 1.0})))
    for id in ("star_product_raised", "star_lift_after", "next_fee_cny", "deal_payback"):
        assert why(found, id) == (None, "no_star_deals")
