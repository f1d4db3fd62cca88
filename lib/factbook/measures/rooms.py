"""The own rooms, from 直播明细: every F5 figure, the four rates of the funnel, and what the room earns."""

from __future__ import annotations

import pandas as pd

from factbook.measures.common import Entry, Place, Ratio, blanks, column, entries, records, source_of, tally
from factbook.measures.days import Window, whole_weeks
from factbook.measures.ground import Ground

SUMS = (
    Ratio("live_minutes", "live_minutes"),
    Ratio("live_minutes_effective", "effective_minutes"),
    Ratio("room_impression_users", "room_impression_users"),
    Ratio("room_impressions", "room_impressions"),
    Ratio("viewers", "viewers"),
    Ratio("views", "views"),
    Ratio("room_paid_cny", "paid_amount_cny"),
    Ratio("room_gmv_cny", "gmv_cny"),
    Ratio("room_net_gmv_cny", "net_gmv_cny"),
    Ratio("room_orders", "orders"),
    Ratio("room_buyers", "buyers"),
    Ratio("room_items", "items"),
    Ratio("new_followers", "new_followers"),
    Ratio("net_followers", "net_followers"),
    Ratio("room_ad_cost_cny", "ad_cost_bound_cny"),
)
RATES = (
    Ratio("average_online", "online_minutes", "live_minutes"),
    Ratio("watch_minutes_per_viewer", "watch_minutes", "viewers"),
    Ratio("entry_rate", "viewers", "room_impression_users"),
    Ratio("view_to_product_impression", "product_impression_users", "viewers"),
    Ratio("product_ctr_users", "product_click_users", "product_impression_users"),
    Ratio("room_product_ctr_times", "product_clicks", "product_impressions"),
    Ratio("click_to_pay_users", "buyers", "product_click_users"),
    Ratio("click_to_pay_times", "orders", "product_clicks"),
    Ratio("view_to_pay_users", "buyers", "viewers"),
    Ratio("view_to_pay_times", "orders", "views"),
    Ratio("gpm_views", "gmv_cny", "views", 1000),
    Ratio("room_gpm_product_impressions", "paid_amount_cny", "product_impressions", 1000),
    Ratio("uv_value_cny", "gmv_cny", "viewers"),
    Ratio("viewers_per_hour", "viewers", "live_hours"),
    Ratio("paid_per_hour_cny", "paid_amount_cny", "live_hours"),
    Ratio("room_price_per_item_cny", "paid_amount_cny", "items"),
    Ratio("room_paid_per_order_cny", "paid_amount_cny", "orders"),
    Ratio("room_paid_per_buyer_cny", "paid_amount_cny", "buyers"),
    Ratio("exposures_per_product", "product_impressions", "products_listed"),
    Ratio("comment_rate", "comments", "views"),
    Ratio("follow_rate", "new_followers", "viewers"),
    Ratio("fan_club_rate", "fan_club_joins", "viewers"),
    Ratio("old_fan_share", "old_fans", "viewers"),
    Ratio("refund_rate_1h", "refund_1h_cny", "gmv_cny"),
    Ratio("room_refund_rate", "refund_session_cny", "paid_amount_cny"),
    Ratio("room_ad_cost_ratio", "ad_cost_bound_cny", "gmv_cny"),
    Ratio("room_ad_roi", "paid_amount_cny", "ad_cost_bound_cny", zero="no_ads"),
)
ROOM = (*SUMS, *RATES)
COUNT = Ratio("sessions", "one")
PEAK = "peak_online"
HOURLY_IDS = {
    "live_minutes",
    "viewers",
    "views",
    "room_paid_cny",
    "room_gmv_cny",
    "gpm_views",
    "uv_value_cny",
    "paid_per_hour_cny",
    "viewers_per_hour",
    "entry_rate",
    "product_ctr_users",
    "click_to_pay_users",
    "view_to_pay_users",
}
HOURLY = tuple(ratio for ratio in ROOM if ratio.id in HOURLY_IDS)
WHOLE = ((), ("account",))  # every session counts


def measure(ground: Ground) -> list[pd.DataFrame]:
    """The own rooms at the whole period, by day, week, session, account and hour of the week."""
    found = [_break_even(ground)]
    own = ground.own.assign(one=1.0)
    if own.empty:
        reason = ground.no_sessions(ground.partner, "no_own_sessions")
        ids = [COUNT.id, PEAK, *(ratio.id for ratio in ROOM), "break_even_gap"]
        return [*found, blanks(ids, reason)]
    trend = own[~own["short"]]
    weeks = trend[trend["week"].isin(whole_weeks(ground.live_days))]
    found += _slices(weeks, ROOM, ("week",), "history")
    found.append(tally(own[own["week"].isin(set(weeks["week"]))], [COUNT], ("week",), "history"))
    for window in ground.live_windows():
        found += _window(window, own)
    return [*found, *_gaps(ground, found)]


def _window(window: Window, own: pd.DataFrame) -> list[pd.DataFrame]:
    rows = window.rows(own)
    if rows.empty:
        return [blanks([COUNT.id, PEAK, *(ratio.id for ratio in ROOM)], "no_rows", window.name)]
    found = [frame for by in WHOLE for frame in _slices(rows, (COUNT, *ROOM), by, window.name)]
    return found if window.name != "current" else [*found, *_closely(rows)]


def _closely(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """The current period by day, by hour of the week and session by session; trends leave short ones out."""
    trend = rows[~rows["short"]]
    return [
        *_slices(trend, ROOM, ("date",), "current"),
        tally(rows, [COUNT], ("date",)),
        tally(trend, (COUNT, *HOURLY), ("weekday", "hour")),
        *_slices(rows.assign(session=session_key(rows)), ROOM, ("session",), "current"),
    ]


def _slices(rows: pd.DataFrame, ratios: tuple[Ratio, ...], by: tuple[str, ...], period: str) -> list[pd.DataFrame]:
    """The ratios and the peak, which is a maximum and never a sum."""
    if rows.empty:
        return []
    peak = column(rows, PEAK)
    groups = peak.groupby([rows[name] for name in by]) if by else None
    top = groups.max() if groups is not None else pd.Series({(): peak.max()})
    count = groups.count() if groups is not None else pd.Series({(): peak.count()})
    source = source_of(rows)
    peaks = entries(
        Entry(PEAK, value, n=n, at=Place(source, by, _key(key) if by else (), period))
        for (key, value), n in zip(top.items(), count, strict=True)
    )
    return [tally(rows, ratios, by, period, source), peaks]


def _key(key: object) -> tuple[str, ...]:
    return tuple(map(str, key)) if isinstance(key, tuple) else (str(key),)


def session_key(rows: pd.DataFrame) -> pd.Series:
    """`<account>@<start to the minute>`."""
    start: pd.Series = rows["started_at"].dt.strftime("@%Y-%m-%dT%H:%M")
    return rows["account"].astype(object).str.cat(start)


def _break_even(ground: Ground) -> pd.DataFrame:
    """1 ÷ (gross margin × signed rate), from the form."""
    margin, signed = ground.profile("gross_margin"), ground.profile("signed_rate")
    product = margin * signed
    if not product > 0:
        return blanks(["break_even_roi"], "no_margin" if not margin > 0 else "no_signed_rate")
    at = Place("intake.xlsx › profile")
    return entries([Entry("break_even_roi", 1 / product, 1.0, product, n=1, at=at)])


def _gaps(ground: Ground, found: list[pd.DataFrame]) -> list[pd.DataFrame]:
    """The room's ROI less the break-even line, for every period at hand."""
    rows = pd.concat(found, ignore_index=True)
    line = rows.loc[rows["id"] == "break_even_roi", ["value", "reason"]].iloc[0]
    roi = rows[(rows["id"] == "room_ad_roi") & (rows["by"] == ())]
    return [
        entries(
            Entry(
                "break_even_gap",
                row["value"] - line["value"],
                row["value"],
                line["value"],
                n=row["n"],
                low=row["low"] - line["value"],
                high=row["high"] - line["value"],
                reason=row["reason"] or line["reason"],
                at=Place(row["source"], period=row["period"]),
            )
            for row in records(roi)
        )
    ]
