"""Campaign days against the ordinary days before them: an association, never an effect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from factbook.measures.common import NAN, Entry, Place, blanks, entries, number, records, source_of
from factbook.measures.ground import Ground

BEFORE_DAYS = 28
LEAST_ORDINARY_DAYS = 7  # a full week: fewer would compare a festival with two or three weekdays
IDS = (
    "campaign_actual_cny",
    "campaign_baseline_cny",
    "campaign_uplift_cny",
    "campaign_uplift_ratio",
    "campaign_goal_ratio",
)
JOINT = IDS[:4]  # a goal belongs to one campaign
COUNTS = {"campaigns_joined": ("joined",), "campaigns_missed": ("missed", "not_eligible")}
FORM_SOURCE = "intake.xlsx › campaigns"


@dataclass(frozen=True)
class Shop:
    """Daily sales of the shop, the days of joined campaigns, and those of star deals."""

    daily: pd.Series
    joined: pd.DatetimeIndex
    stars: pd.DatetimeIndex
    source: str

    def ordinary(self, first: pd.Timestamp) -> pd.Series:
        """Sales of the ordinary days among the 28 before `first`."""
        before = self.daily[first - pd.Timedelta(days=BEFORE_DAYS) : first - pd.Timedelta(days=1)]
        return before[~before.index.isin(self.joined.union(self.stars))]

    def usual(self, first: pd.Timestamp) -> tuple[float, float]:
        """Median of the ordinary days among the 28 before `first`, and how many there were."""
        ordinary = self.ordinary(first)
        enough = len(ordinary) >= LEAST_ORDINARY_DAYS
        return (float(ordinary.median()) if enough else NAN), float(len(ordinary))


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Each joined campaign of the period, all special days jointly, and how many were joined or missed."""
    campaigns = ground.case.table("campaigns")
    counts = _counts(ground, campaigns) if len(campaigns) else blanks(COUNTS, "no_campaigns")
    if ground.days.empty:
        return [counts, blanks(IDS, "no_report:trade_analysis")]
    shop = the_shop(ground, campaigns)
    singly = [*_singly(ground, shop, campaigns), _earlier(ground, shop, campaigns)]
    return [counts, *singly, _jointly(ground, shop, len(campaigns) > 0)]


def _singly(ground: Ground, shop: Shop, campaigns: pd.DataFrame) -> list[pd.DataFrame]:
    """Every joined campaign that has a day in the period."""
    mine = overlapping(ground, campaigns[campaigns["state"] == "joined"]) if len(campaigns) else campaigns
    if mine.empty:
        return [blanks(["campaign_goal_ratio"], "no_joined_campaign" if len(campaigns) else "no_campaigns")]
    return [entries(row for campaign in records(mine) for row in _campaign(shop, campaign))]


def _earlier(ground: Ground, shop: Shop, campaigns: pd.DataFrame) -> pd.DataFrame:
    """Figures of the joined campaigns before the period (period `history`)."""
    over = earlier(ground, shop, campaigns)
    return entries(row for campaign in records(over) for row in _campaign(shop, campaign, "history"))


def earlier(ground: Ground, shop: Shop, campaigns: pd.DataFrame) -> pd.DataFrame:
    """Joined campaigns that ended before the period, as far back as the data go."""
    if campaigns.empty:
        return campaigns
    start = pd.Timestamp(ground.case.period.start)
    over = campaigns[(campaigns["state"] == "joined") & (campaigns["end"] < start)]
    covered: pd.DataFrame = over[over["start"] >= shop.daily.index.min()]
    return covered


def overlapping(ground: Ground, rows: pd.DataFrame) -> pd.DataFrame:
    """Campaigns or deals with at least a day in the period."""
    period = ground.case.period
    return rows[(rows["start"] <= pd.Timestamp(period.end)) & (rows["end"] >= pd.Timestamp(period.start))]


def _counts(ground: Ground, campaigns: pd.DataFrame) -> pd.DataFrame:
    states = overlapping(ground, campaigns)["state"]
    counts = {id: float(states.isin(wanted).sum()) for id, wanted in COUNTS.items()}
    return entries(Entry(id, n, n=n, at=Place(FORM_SOURCE)) for id, n in counts.items())


def _spans(rows: pd.DataFrame) -> pd.DatetimeIndex:
    """Every day of the rows' spans, once."""
    if rows.empty:
        return pd.DatetimeIndex([])
    days = [pd.date_range(start, end) for start, end in zip(rows["start"], rows["end"], strict=True)]
    return pd.DatetimeIndex(sorted({day for span in days for day in span}))


def the_shop(ground: Ground, campaigns: pd.DataFrame) -> Shop:
    """Daily sales with the days that are not ordinary ones."""
    joined = campaigns[campaigns["state"] == "joined"] if len(campaigns) else campaigns
    deals = ground.case.table("star_deals")
    daily = ground.days.set_index("day")["paid_amount_cny"].sort_index()
    return Shop(daily, _spans(joined), _spans(deals), source_of(ground.trade))


def _campaign(shop: Shop, campaign: dict[str, Any], period: str = "current") -> list[Entry]:
    """One campaign: actual, usual and the difference, and its goal; only days the data cover count."""
    days = shop.daily[campaign["start"] : campaign["end"]]
    goal, at = number(campaign, "goal_cny"), Place(shop.source, ("campaign",), (str(campaign["campaign"]),), period)
    rows = _compare(shop, days, at)
    reached = float(days.sum()) / goal if goal > 0 and len(days) else NAN
    n, reason = float(len(days)), "" if goal > 0 else "no_goal"
    return [*rows, Entry("campaign_goal_ratio", reached, float(days.sum()), goal, n, reason=reason, at=at)]


def _compare(shop: Shop, days: pd.Series, at: Place) -> list[Entry]:
    """Sales on some days against the usual day before the first of them; `n` is the number of days."""
    if days.empty:
        return [Entry(id, n=0, reason="no_rows", at=at) for id in JOINT]
    actual, n = float(days.sum()), float(len(days))
    median, ordinary = shop.usual(days.index[0])
    usual, why = median * len(days), "" if median == median else "history_short"
    ratio = (actual - usual) / usual if usual > 0 else NAN
    return [
        Entry("campaign_actual_cny", actual, n=n, at=at),
        Entry("campaign_baseline_cny", usual, n=ordinary, reason=why, at=at),
        Entry("campaign_uplift_cny", actual - usual, actual, usual, n, reason=why, at=at),
        Entry("campaign_uplift_ratio", ratio, actual - usual, usual, n, reason=why, at=at),
    ]


def _jointly(ground: Ground, shop: Shop, told: bool) -> pd.DataFrame:
    """All days of joined campaigns together, each once, whatever else (a star) fell on them."""
    period = ground.case.period
    inside = shop.daily[pd.Timestamp(period.start) : pd.Timestamp(period.end)]
    joint = inside[inside.index.isin(shop.joined)]
    if joint.empty:
        return blanks(JOINT, "no_joined_campaign" if told else "no_campaigns")
    return entries(_compare(shop, joint, Place(shop.source)))
