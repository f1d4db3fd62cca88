"""Traffic, videos, new buyers, formats and the shelf's channels: planted figures, and states where there are none."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from factbook.measures import accumulation, formats, rhythm, traffic
from factbook.measures.ground import Ground, prepare
from factbook.records import Measures
from tests.conftest import diagnosis_of
from tests.measures.build import case, form, trade

WEEKS = 30


def ground(**tables: pd.DataFrame) -> Ground:
    return prepare(case(**tables))


def tidy(frames: list[pd.DataFrame]) -> Measures:
    return Measures.concat(frames)


def traffic_days(follows: float, seed: int = 1) -> pd.DataFrame:
    """Daily rows of one account: free viewers follow the week's ad spend with this weight, else they wander."""
    rng = np.random.default_rng(seed)
    days = pd.date_range("2026-03-02", periods=7 * WEEKS)  # Mondays to Sundays, the last inside the period
    spend = np.repeat(np.exp(rng.normal(8, 0.4, WEEKS)), 7)
    own = np.repeat(np.exp(rng.normal(8, 0.4, WEEKS)), 7)
    free = np.round(spend**follows * own ** (1 - follows))
    frame = pd.DataFrame({"date": days, "account": "示例店铺", "free_viewers": free, "paid_viewers": 2 * free})
    return frame.assign(ad_cost_cny=spend, _file="流量.xlsx", _sheet="趋势", _row=range(2, len(frame) + 2))


def test_the_natural_lever_is_free_over_paid():
    """Half as many free viewers as paid: a third of all, a lever of one half."""
    found = tidy(traffic.measure(ground(traffic_daily=traffic_days(0.5))))
    assert found.value("natural_lever") == pytest.approx(0.5)
    assert found.value("free_view_share") == pytest.approx(1 / 3)


@pytest.mark.parametrize(("follows", "least", "most"), [(1.0, 0.99, 1.0), (0.0, -0.45, 0.45)])
def test_free_viewers_that_follow_ads_correlate_and_others_do_not(follows, least, most):
    """Weekly changes move together where they were planted to, and the interval covers zero where they were not."""
    row = tidy(traffic.measure(ground(traffic_daily=traffic_days(follows)))).row("free_with_ads")
    assert least <= row.value <= most
    assert row.n == WEEKS - 1
    assert follows or row.low < 0 < row.high


def test_two_series_that_merely_grow_do_not_correlate():
    """A common trend of 5 % a week is no sign of belonging together: changes are compared, not levels."""
    growth = np.repeat(1.05 ** np.arange(WEEKS), 7)
    rows = traffic_days(0.0)
    rows = rows.assign(free_viewers=rows["free_viewers"] * growth, ad_cost_cny=rows["ad_cost_cny"] * growth)
    row = tidy(traffic.measure(ground(traffic_daily=rows))).row("free_with_ads")
    assert row.low < 0 < row.high


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (traffic_days(0.5).head(30), "too_few"),
        (traffic_days(0.5).assign(ad_cost_cny=0.0), "too_few"),
        (pd.DataFrame(), "no_report:traffic_trend"),
    ],
)
def test_without_enough_weeks_or_ads_nothing_is_said_to_go_together(rows, reason):
    """A month, no spend, no report: three states, no figure."""
    row = tidy(traffic.measure(ground(traffic_daily=rows))).row("free_with_ads")
    assert (row.value, row.reason) == (None, reason)


def test_a_lever_without_paid_viewers_is_not_infinite():
    """Nobody was paid for: there were no ads, and the lever has no figure."""
    row = tidy(traffic.measure(ground(traffic_daily=traffic_days(0.5).assign(paid_viewers=0.0)))).row("natural_lever")
    assert (row.value, row.reason) == (None, "no_ads")


def test_a_video_in_two_reports_counts_once():
    """Three videos published in September, one of them listed twice, one of August: 3 ÷ (30 ÷ 7) a week."""
    days = ["2026-09-02", "2026-09-09", "2026-09-09", "2026-09-30", "2026-08-30"]
    rows = form(
        [{"published_at": day, "video_id": id, "party": "self"} for day, id in zip(days, "abbcd", strict=True)],
        "published_at",
    )
    rows = rows.assign(video_title="视频", _file="短视频.xlsx", _sheet="明细", _row=range(2, 7))
    found = tidy(rhythm.measure(ground(videos=rows)))
    assert found.value("videos_per_week") == pytest.approx(3 / (30 / 7))


def test_first_and_repeat_buyers_are_all_buyers(merchant):
    """The two shares add up to one, on every sample."""
    found = diagnosis_of(merchant).measures
    assert found.value("new_buyer_share") + found.value("repeat_buyer_share") == pytest.approx(1.0)


def test_new_buyers_are_counted_day_by_day():
    """70 first-time and 30 repeat buyers: 70 %."""
    rows = form(
        [
            {"date": "2026-09-01", "audience": kind, "carrier": "all", "buyers": n}
            for kind, n in (("first", 70.0), ("repeat", 30.0))
        ],
        "date",
    )
    rows = rows.assign(_file="成交.xlsx", _sheet="人群构成", _row=(2, 3))
    assert tidy(accumulation.measure(ground(audiences=rows))).value("new_buyer_share") == pytest.approx(0.7)


TRADE = trade(
    {"date": "2026-09-01", "paid_amount_cny": 600.0},
    {"date": "2026-09-01", "paid_amount_cny": 200.0, "party": "partner"},
    {"date": "2026-09-01", "paid_amount_cny": 50.0, "carrier": "video"},
    {"date": "2026-09-01", "paid_amount_cny": 50.0, "carrier": "video", "party": "partner"},
    {"date": "2026-09-01", "paid_amount_cny": 100.0, "carrier": "product_card"},
)


def test_formats_are_shares_of_the_shop():
    """Own live 60 %, partners' live 20 %, video of both 10 %."""
    found = tidy(formats.measure(ground(trade_daily=TRADE)))
    shares = [found.value(id) for id in ("own_live_share", "partner_live_share", "video_share")]
    assert shares == pytest.approx([0.6, 0.2, 0.1])


def test_the_archetype_is_the_share_over_the_peers():
    """60 % own live against 40 % of peers: an over-index of 1.5; formats without peers are left out."""
    peers = form([{"metric": "own_live_share", "value": 0.4, "statistic": "mean", "date": "2026-09-30"}], "date")
    so_far = tidy(formats.measure(ground(trade_daily=TRADE)))
    rows = tidy(formats.archetype(so_far, peers)).select("archetype_ratio", "format")
    assert dict(zip(rows["format"], rows["value"], strict=True)) == {"own_live": pytest.approx(1.5)}


def test_without_peers_the_archetype_is_not_determined():
    """Own shares alone name no type."""
    row = tidy(formats.archetype(tidy(formats.measure(ground(trade_daily=TRADE))), pd.DataFrame())).row(
        "archetype_ratio"
    )
    assert (row.value, row.reason) == (None, "no_peers")


def test_shelf_orders_are_split_by_channel():
    """¥30 of ¥100 came by search; an order of a live room and one without a channel do not count."""
    kinds = [("商品卡", "搜索", 30.0), ("商品卡", "猜你喜欢", 70.0), ("直播", "搜索", 500.0), ("商品卡", None, 40.0)]
    rows = form(
        [
            {"paid_at": "2026-09-03 10:00", "traffic_form": f, "traffic_channel": c, "order_amount_cny": a}
            for f, c, a in kinds
        ],
        "paid_at",
    )
    rows = rows.assign(ordered_at=rows["paid_at"], _file="订单.csv", _sheet="", _row=range(2, 6))
    found = tidy(formats.measure(ground(orders=rows)))
    assert found.value("shelf_search_share") == pytest.approx(0.3)
    assert found.value("shelf_channel_share", channel="猜你喜欢") == pytest.approx(0.7)
