"""Own short videos, piece by piece: what holds, what makes people act, follow and buy, and what leads into the room."""

from __future__ import annotations

import pandas as pd

from factbook.measures.common import Ratio, blanks, column, tally
from factbook.measures.ground import Ground

PLAYS = "plays"
# Printed by the platform for each video, and weighted by its plays.
PRINTED = {
    "completed_plays": "completion_rate_printed",
    "played_5s": "play_5s_rate_printed",
    "skipped_2s": "skip_2s_rate_printed",
    "cover_clicked": "cover_ctr_printed",
    "watched_seconds": "watch_seconds_per_play",
}
ACTS = ("likes", "comments", "favourites", "shares")
BASIC = (  # both reports hold these; 罗盘 comes first
    Ratio("video_plays", PLAYS),
    Ratio("video_completion_rate", "completed_plays", PLAYS),
    Ratio("video_watch_seconds", "watched_seconds", PLAYS),
    Ratio("video_interaction_rate", "interactions", PLAYS),
)
SOLD = (  # 罗盘 alone
    Ratio("video_paid_cny", "paid_amount_cny"),
    Ratio("video_gpm", "paid_amount_cny", PLAYS, 1000),
    Ratio("video_product_ctr_times", "product_clicks", "product_impressions"),
    Ratio("video_click_to_pay_times", "orders", "product_clicks"),
    Ratio("video_refund_rate", "refund_cny", "paid_amount_cny"),
    Ratio("video_room_entry_rate", "live_entries", "live_entry_impressions"),
    Ratio("video_room_paid_cny", "live_paid_cny"),
    Ratio("video_search_paid_cny", "search_paid_cny"),
    Ratio("video_promoted_share", "promoted_plays", PLAYS),
    Ratio("video_ad_cost_cny", "ad_cost_cny"),
)
HELD = (  # 创作者中心 alone
    Ratio("video_5s_rate", "played_5s", PLAYS),
    Ratio("video_2s_skip_rate", "skipped_2s", PLAYS),
    Ratio("video_cover_ctr", "cover_clicked", PLAYS),
    Ratio("video_follow_rate", "follower_gain", PLAYS),
    Ratio("video_profile_rate", "profile_visits", PLAYS),
)
PIECE = ("video_plays", "video_completion_rate", "video_interaction_rate", "video_gpm", "video_room_paid_cny")
MOST = 30  # videos told one by one, by plays


def compass_rows(ground: Ground) -> pd.DataFrame:
    """Own videos of 罗盘 whose report lies in the period."""
    rows = inside(ground)
    return rows[rows["party"] == "self"] if len(rows) else rows


def studio_rows(ground: Ground) -> pd.DataFrame:
    """Videos of 创作者中心, which an account exports about itself, whose report lies in the period."""
    rows = inside(ground)
    return rows[rows["party"].isna()] if len(rows) else rows


def video_rows(ground: Ground) -> pd.DataFrame:
    """Each own video once: from 罗盘, else from 创作者中心."""
    rows = compass_rows(ground)
    return rows if len(rows) else studio_rows(ground)


def measure(ground: Ground) -> list[pd.DataFrame]:
    """What own videos did in the period, all together and the most played one by one."""
    ids = [ratio.id for ratio in (*BASIC, *SOLD, *HELD)]
    if ground.case.table("videos").empty:
        return [blanks(ids, "no_report:videos")]
    parts = ((BASIC, video_rows(ground)), (SOLD, compass_rows(ground)), (HELD, studio_rows(ground)))
    found = [tally(rows, specs) if len(rows) else blanks([r.id for r in specs], "no_rows") for specs, rows in parts]
    return [*found, tally(piece_rows(ground), PIECES, ("video",))]


PIECES = tuple(ratio for ratio in (*BASIC, *SOLD) if ratio.id in PIECE)


def piece_rows(ground: Ground) -> pd.DataFrame:
    """The most played videos, each under its title."""
    rows = video_rows(ground)
    return rows.assign(video=rows["video_title"].astype(str)).nlargest(MOST, PLAYS) if len(rows) else rows


def inside(ground: Ground) -> pd.DataFrame:
    """Rows of reports whose own period lies in the one diagnosed, with the sums that weighted rates need."""
    table, period = ground.case.table("videos"), ground.case.period
    if table.empty:
        return table
    inside = (table["period_start"] >= pd.Timestamp(period.start)) & (table["period_end"] <= pd.Timestamp(period.end))
    rows = table[inside]
    plays = column(rows, PLAYS)
    weighted = {name: column(rows, printed) * plays for name, printed in PRINTED.items()}
    acts = sum((column(rows, name).fillna(0.0) for name in ACTS[1:]), column(rows, ACTS[0]))
    promoted = rows["promoted"] if "promoted" in rows else pd.Series(None, index=rows.index, dtype=object)
    return rows.assign(
        **weighted,
        interactions=acts,
        promoted_plays=plays.where(promoted == "yes", 0.0).where(promoted.notna()),
    )
