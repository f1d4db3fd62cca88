"""The case's tables made ready once: sessions with their calendar, the shop's detail rows, who is a star."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from factbook.measures.common import column, number
from factbook.measures.days import Window, calendar, covered, windows
from factbook.records import Case

T = TypeVar("T")
FORM_TABLES = (
    "peers",
    "thumbs",
    "product_roles",
    "practices",
    "readiness",
    "campaign_hours",
    "service_scores",
    "survey",
    "campaigns",
    "star_deals",
    "creator_actions",
    "own_accounts",
)
SIDES = ("self", "partner")  # a session of neither: nobody said which accounts are the shop's own
MIN_SESSION_MINUTES = 25.0  # shorter ones are tests and drop-outs; the profile may set min_session_minutes


@dataclass(frozen=True)
class Ground:
    """One case, ready to be measured; `own` and `partner` are sessions, `trade` detail rows by day."""

    case: Case
    own: pd.DataFrame
    partner: pd.DataFrame
    trade: pd.DataFrame
    trade_days: pd.DatetimeIndex
    live_days: pd.DatetimeIndex
    days: pd.DataFrame = field(default_factory=pd.DataFrame)  # the shop by day
    grid: pd.DataFrame = field(default_factory=pd.DataFrame)  # day × field × carrier
    creators: pd.DataFrame = field(default_factory=pd.DataFrame)  # partner sessions without stars
    made: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What several areas need of one case, made the first time it is asked for; nobody changes it."""
        if name not in self.made:
            self.made[name] = make()
        found: T = self.made[name]
        return found

    @property
    def has_form(self) -> bool:
        """Whether an interview form was handed over at all."""
        return bool(self.case.merchant.profile) or any(name in self.case.tables for name in FORM_TABLES)

    def trade_windows(self) -> tuple[Window, ...]:
        return windows(self.case, self.trade_days)

    def live_windows(self) -> tuple[Window, ...]:
        return windows(self.case, self.live_days)

    def no_sessions(self, other: pd.DataFrame, code: str) -> str:
        """Why one side has no sessions: no report, nobody named the own accounts, or all are the other's."""
        if self.case.table("sessions").empty:
            return "no_report:live_sessions"
        return code if len(other) else "no_own_accounts"

    def profile(self, key: str) -> float:
        """A number of the form's profile sheet; NaN when it was not filled in."""
        return number(self.case.merchant.profile, key)


def prepare(case: Case) -> Ground:
    """Everything the areas share; each table may be missing."""
    sessions = session_rows(case)
    trade = detail_rows(case)
    own, partner = (sessions[sessions["party"] == side] if len(sessions) else sessions for side in SIDES)
    days = [frame["day"] if len(frame) else pd.Series(dtype="datetime64[ns]") for frame in (trade, sessions)]
    return Ground(
        case,
        own=own,
        partner=partner,
        trade=trade,
        trade_days=covered(case, "trade_analysis", days[0]),
        live_days=covered(case, "live_sessions", days[1]),
    )


def session_rows(case: Case) -> pd.DataFrame:
    """Sessions with their start's calendar, and the products that weighted means need."""
    table = case.table("sessions")
    if table.empty or "started_at" not in table:
        return pd.DataFrame()
    table = table[table["started_at"].notna()].reset_index(drop=True)
    start = table["started_at"]
    frame = calendar(table, start)
    minutes = column(table, "live_minutes")
    if "ended_at" in table:
        minutes = minutes.fillna((table["ended_at"] - start).dt.total_seconds() / 60)
    least = number(case.merchant.profile, "min_session_minutes")
    short = minutes < (MIN_SESSION_MINUTES if np.isnan(least) else least)
    return frame.assign(
        live_minutes=minutes,
        short=short,
        weekday=start.dt.day_of_week.astype(str),
        hour=start.dt.hour.astype(str),
        **_weighted(frame, minutes, short),
    )


def _weighted(frame: pd.DataFrame, minutes: pd.Series, short: pd.Series) -> dict[str, pd.Series]:
    """Figures that may be added up: a printed mean times its weight, a difference, a length in hours."""
    viewers, paid = column(frame, "viewers"), column(frame, "paid_amount_cny")
    refund = column(frame, "refund_session_cny")
    return {
        "live_hours": minutes / 60,
        "effective_minutes": minutes.where(~short & (paid > 0), 0.0).where(paid.notna()),
        "online_minutes": column(frame, "average_online") * minutes,
        "watch_minutes": column(frame, "watch_minutes_per_viewer") * viewers,
        "old_fans": column(frame, "old_fan_share") * viewers,
        "net_followers": column(frame, "new_followers") - column(frame, "unfollows"),
        "net_paid_amount_cny": paid - refund,
    }


CONTENT = ("live", "video", "article")
ADDITIVE = (
    "paid_amount_cny",
    "net_paid_amount_cny",
    "gmv_cny",
    "net_gmv_cny",
    "refund_paid_time_cny",
    "ad_cost_bound_cny",
    "ad_gmv_cny",
    "orders",
    "items",
    "product_clicks",
    "product_impressions",
)


def detail_rows(case: Case) -> pd.DataFrame:
    """One row per day, party and carrier, each yuan once; what details leave out of a total is `other`.

    A day without 自营/合作 sheets falls back to the overview's carriers, then to its total alone.
    """
    table = case.table("trade_daily")
    if table.empty or "date" not in table:
        return pd.DataFrame()
    table = table[(table["slot"] == "all") & table["date"].notna()]
    split, detailed = table["party"] != "all", table["carrier"] != "all"
    rank = pd.Series(np.select([split & detailed, detailed], [0, 1], 2), index=table.index)
    total = ~split & ~detailed
    usable = total | detailed
    best = rank[usable].groupby(table["date"]).transform("min")
    details = table[usable][rank[usable] == best]
    rows = pd.concat([details, _remainder(details, table[total])], ignore_index=True)
    rows["carrier"] = rows["carrier"].replace("all", "other")
    return calendar(rows.rename(columns={"date": "day"}), rows["date"])


def _remainder(details: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """What a day's total holds beyond its details, where that is more than a yuan."""
    columns = [name for name in ADDITIVE if name in totals]
    summed = details.groupby("date")[columns].sum()
    gap = totals.groupby("date")[columns].sum().sub(summed).dropna(how="all")
    gap = gap[gap["paid_amount_cny"] > 1].reset_index()
    places = totals.drop_duplicates("date").set_index("date")[["_file", "_sheet", "_row"]]
    return gap.assign(party="all", carrier="other", slot="all", remainder=True).join(places, on="date")


def partner_accounts(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of partners' named accounts, with `day`; channels, slices and totals are not accounts."""
    mine = frame["party"] == "partner"
    if "account_role" in frame:
        mine &= frame["account_role"].isin(("account", "bucket"))
    return frame[mine].rename(columns={"date": "day"})


def is_creator(frame: pd.DataFrame, creator: Any, creator_id: Any) -> pd.Series:
    """Rows of one creator: by id where the id occurs, else by name (a 达人UID need not be the 抖音号)."""
    ids = frame["douyin_id"] if "douyin_id" in frame else pd.Series(None, index=frame.index, dtype=object)
    found = (ids == creator_id) if pd.notna(creator_id) else pd.Series(False, index=frame.index)
    return found if found.any() else (frame["account"] == creator)


def is_star(frame: pd.DataFrame, deals: pd.DataFrame) -> pd.Series:
    """Rows of any creator in a table of stars (`creator`, `creator_id`), as measures/heads.py gives it."""
    mask = pd.Series(False, index=frame.index)
    if deals.empty or frame.empty:
        return mask
    ids = deals["creator_id"] if "creator_id" in deals else pd.Series(None, index=deals.index, dtype=object)
    for creator, creator_id in {*zip(deals["creator"], ids, strict=True)}:
        mask |= is_creator(frame, creator, creator_id)
    return mask.fillna(False).astype(bool)
