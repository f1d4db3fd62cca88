"""Small cases made by hand: a few sessions, some days of trade, a form."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from factbook.records import Case, Merchant, Period

PERIOD = Period(date(2026, 9, 1), date(2026, 9, 30))
FILE = "抖音电商罗盘-成交分析-20260901-20260930.xlsx"
LIVE = "直播明细_全部账号_20260901_20260930.xlsx"
# The one published session row: what a platform printed for 960 minutes of one room.
PUBLISHED = {
    "account": "示例店铺",
    "douyin_id": "example_shop",
    "party": "self",
    "started_at": "2026-09-07 08:55:37",
    "ended_at": "2026-09-08 00:55:37",
    "live_minutes": 960.0,
    "room_impression_users": 181_840.0,
    "viewers": 15_093.0,
    "views": 21_254.0,
    "peak_online": 75.0,
    "average_online": 24.0,
    "watch_minutes_per_viewer": 1.07,
    "products_listed": 3.0,
    "product_impression_users": 12_774.0,
    "product_impressions": 67_458.0,
    "product_click_users": 6_390.0,
    "product_clicks": 10_306.0,
    "buyers": 1_513.0,
    "orders": 1_536.0,
    "items": 1_547.0,
    "gmv_cny": 61_045.30,
    "paid_amount_cny": 60_130.25,
    "net_gmv_cny": 50_512.90,
    "refund_1h_cny": 10_532.40,
    "refund_session_cny": 13_900.00,
    "ad_cost_bound_cny": 24_052.43,
    "new_followers": 513.0,
    "unfollows": 120.0,
    "comments": 880.0,
    "fan_club_joins": 151.0,
    "old_fan_share": 0.31,
    "commission_estimate_cny": 0.0,
}


def sessions(*rows: dict[str, Any]) -> pd.DataFrame:
    """The published session once per row, with what the row changes."""
    frame = pd.DataFrame([{**PUBLISHED, **row} for row in rows or ({},)])
    times = {name: frame[name].map(pd.Timestamp) for name in ("started_at", "ended_at")}
    return frame.assign(**times, _file=LIVE, _sheet="直播间明细", _row=range(2, len(frame) + 2))


def trade(*rows: dict[str, Any]) -> pd.DataFrame:
    """Rows of trade_daily; every money and count column follows the paid amount unless a row says otherwise."""
    made = []
    for row in rows:
        paid = float(row.get("paid_amount_cny", 0.0))
        figures = {
            "net_paid_amount_cny": paid * 0.8,
            "refund_paid_time_cny": paid * 0.2,
            "gmv_cny": paid * 1.02,
            "net_gmv_cny": paid,
            "orders": paid / 100,
            "items": paid / 80,
            "buyers": paid / 105,
            "product_clicks": paid / 8,
            "product_impressions": paid / 0.5,
            "ad_cost_bound_cny": paid * 0.1,
            "ad_gmv_cny": paid * 0.3,
        }
        made.append({"party": "self", "carrier": "live", "slot": "all", **figures, **row})
    frame = pd.DataFrame(made)
    return frame.assign(
        date=pd.to_datetime(frame["date"]), _file=FILE, _sheet="自营成交", _row=range(2, len(frame) + 2)
    )


def form(rows: list[dict[str, Any]], *dates: str) -> pd.DataFrame:
    """A sheet of the interview form; `dates` name its date columns."""
    frame = pd.DataFrame(rows)
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in dates})


def case(profile: dict[str, Any] | None = None, period: Period = PERIOD, **tables: pd.DataFrame) -> Case:
    """A case of these tables and this profile."""
    merchant = Merchant("shop", "示例店铺", own_accounts=("示例店铺",), profile=profile or {})
    return Case(Path("shop"), merchant, period, tables)
