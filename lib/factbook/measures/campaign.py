"""Campaign days against what they would have sold without a campaign, read from the ordinary days before them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from factbook.errors import Refused
from factbook.measures.common import NAN, Entry, Place, blanks, entries, number, records, source_of
from factbook.measures.ground import Ground
from factbook.methods.counterfactual import HANGOVER_DAYS, Uplift, uplift

JOINT = ("campaign_actual_cny", "campaign_baseline_cny", "campaign_uplift_cny", "campaign_uplift_ratio")
AROUND = ("campaign_dip_cny", "campaign_hangover_cny", "campaign_net_cny")
EXPECTED = "campaign_expected_daily_cny"
PLACEBO = "campaign_placebo_p"
SINGLE = (*AROUND, PLACEBO, EXPECTED, "campaign_goal_ratio")  # a goal, a dip and a test belong to one campaign
COUNTS = {"campaigns_joined": ("joined",), "campaigns_missed": ("missed", "not_eligible")}
PLANNED = "campaigns_planned"
FORM_SOURCE = "intake.xlsx › campaigns"


@dataclass(frozen=True)
class Shop:
    """Daily sales of the shop, the days of joined campaigns, and those of star deals."""

    daily: pd.Series
    joined: pd.DatetimeIndex
    stars: pd.DatetimeIndex
    source: str
    known: dict[tuple[pd.Timestamp, pd.Timestamp], Uplift | Refused] = field(default_factory=dict)

    def ordinary(self, first: pd.Timestamp) -> pd.Series:
        """Sales of the ordinary days before `first`: those without another campaign or a star."""
        before = self.daily[: first - pd.Timedelta(days=1)]
        return before[~before.index.isin(self.joined.union(self.stars))]

    def without(self, days: pd.DatetimeIndex) -> Uplift | Refused:
        """What a run of days would have sold without its events, or why that cannot be said; reckoned once."""
        span = days[0], days[-1]
        if span not in self.known:
            special = self.joined.union(self.stars).difference(pd.date_range(*span))
            reach = self.daily[: span[1] + pd.Timedelta(days=HANGOVER_DAYS)]
            try:
                self.known[span] = uplift(reach.mask(reach.index.isin(special)), *span)
            except Refused as refused:
                self.known[span] = refused
        return self.known[span]


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Each joined campaign of the period, all special days jointly, and how many were joined or missed."""
    campaigns = ground.case.table("campaigns")
    counts = _counts(ground, campaigns) if len(campaigns) else blanks((*COUNTS, PLANNED), "no_campaigns")
    if ground.days.empty:
        return [counts, blanks((*JOINT, *SINGLE), "no_report:trade_analysis")]
    shop = the_shop(ground)
    singly = [*_singly(ground, shop, campaigns), _earlier(ground, shop, campaigns)]
    return [counts, *singly, _jointly(ground, shop, len(campaigns) > 0)]


def _singly(ground: Ground, shop: Shop, campaigns: pd.DataFrame) -> list[pd.DataFrame]:
    """Every joined campaign that has a day in the period."""
    mine = overlapping(ground, campaigns[campaigns["state"] == "joined"]) if len(campaigns) else campaigns
    if mine.empty:
        return [blanks(SINGLE, "no_joined_campaign" if len(campaigns) else "no_campaigns")]
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
    counts[PLANNED] = float(planned(ground, campaigns).sum())
    return entries(Entry(id, n, n=n, at=Place(FORM_SOURCE)) for id, n in counts.items())


def planned(ground: Ground, campaigns: pd.DataFrame) -> pd.Series:
    """Which rows are planned and begin after the period."""
    return (campaigns["state"] == "planned") & (campaigns["start"] > pd.Timestamp(ground.case.period.end))


def _spans(rows: pd.DataFrame) -> pd.DatetimeIndex:
    """Every day of the rows' spans, once."""
    if rows.empty:
        return pd.DatetimeIndex([])
    days = [pd.date_range(start, end) for start, end in zip(rows["start"], rows["end"], strict=True)]
    return pd.DatetimeIndex(sorted({day for span in days for day in span}))


def the_shop(ground: Ground) -> Shop:
    """Daily sales with the days that are not ordinary ones."""
    return ground.once("campaign shop", lambda: _the_shop(ground))


def _the_shop(ground: Ground) -> Shop:
    campaigns = ground.case.table("campaigns")
    joined = campaigns[campaigns["state"] == "joined"] if len(campaigns) else campaigns
    deals = ground.case.table("star_deals")
    daily = ground.days.set_index("day")["paid_amount_cny"].sort_index()
    return Shop(daily, _spans(joined), _spans(deals), source_of(ground.trade))


def _campaign(shop: Shop, campaign: dict[str, Any], period: str = "current") -> list[Entry]:
    """One campaign: actual, expected and the difference, the days around, and its goal; only known days count."""
    days = shop.daily[campaign["start"] : campaign["end"]]
    goal, at = number(campaign, "goal_cny"), Place(shop.source, ("campaign",), (str(campaign["campaign"]),), period)
    reached = float(days.sum()) / goal if goal > 0 and len(days) else NAN
    n, reason = float(len(days)), "" if goal > 0 else "no_goal"
    aim = Entry("campaign_goal_ratio", reached, float(days.sum()), goal, n, reason=reason, at=at)
    if days.empty:
        return [*(Entry(id, n=0, reason="no_rows", at=at) for id in (*JOINT, *AROUND, PLACEBO)), aim]
    found = shop.without(pd.DatetimeIndex(days.index))
    return [*_compare(float(days.sum()), n, [found], at), *_around(found, at), *_daily(found, at), aim]


def _compare(actual: float, days: float, found: list[Uplift | Refused], at: Place) -> list[Entry]:
    """Sales of some days (one run of them or several) against the expected; `n` of the usual level is its history."""
    refused = next((item for item in found if isinstance(item, Refused)), None)
    if refused:
        known = Entry("campaign_actual_cny", actual, n=days, at=at)
        return [known, *(Entry(id, n=days, reason=refused.reason, at=at) for id in JOINT[1:])]
    runs = [item for item in found if isinstance(item, Uplift)]
    usual, low, high = (sum(getattr(run, name) for run in runs) for name in ("expected", "low95", "high95"))
    least, most = (actual / (actual - end) - 1 if actual > end else NAN for end in (low, high))
    return [
        Entry("campaign_actual_cny", actual, n=days, at=at),
        Entry("campaign_baseline_cny", usual, n=float(runs[0].history), low=actual - high, high=actual - low, at=at),
        Entry("campaign_uplift_cny", actual - usual, actual, usual, days, low, high, at=at),
        Entry("campaign_uplift_ratio", actual / usual - 1, actual - usual, usual, days, least, most, at=at),
    ]


def _around(found: Uplift | Refused, at: Place) -> list[Entry]:
    """The week before, the fortnight after, all of it netted, and how a placebo would have fared."""
    if isinstance(found, Refused):
        return [Entry(id, reason=found.reason, at=at) for id in (*AROUND, PLACEBO)]
    dip, hangover = (NAN if part is None else part for part in (found.before_dip, found.hangover))
    chance = NAN if found.placebo_p is None else found.placebo_p
    return [
        Entry("campaign_dip_cny", dip, reason="" if dip == dip else "history_short", at=at),
        Entry("campaign_hangover_cny", hangover, reason="" if hangover == hangover else "hangover_ahead", at=at),
        Entry("campaign_net_cny", found.net, low=found.net_low95, high=found.net_high95, at=at),
        Entry(PLACEBO, chance, n=float(found.placebos), reason="" if chance == chance else "few_placebos", at=at),
    ]


def _daily(found: Uplift | Refused, at: Place) -> Iterator[Entry]:
    """What each day of the campaign would have sold without it, with its band."""
    if isinstance(found, Refused):
        return
    parts = (found.expected_daily, found.daily_low95, found.daily_high95)
    for day, usual, low, high in zip(found.dates, *parts, strict=True):
        place = Place(at.source, ("campaign", "date"), (*at.key, day.date().isoformat()), at.period)
        yield Entry(EXPECTED, float(usual), low=float(low), high=float(high), at=place)


def _jointly(ground: Ground, shop: Shop, told: bool) -> pd.DataFrame:
    """All days of joined campaigns together, each once, whatever else (a star) fell on them."""
    period = ground.case.period
    inside = shop.daily[pd.Timestamp(period.start) : pd.Timestamp(period.end)]
    joint = inside[inside.index.isin(shop.joined)]
    if joint.empty:
        return blanks(JOINT, "no_joined_campaign" if told else "no_campaigns")
    found = [shop.without(run) for run in runs(pd.DatetimeIndex(joint.index))]
    return entries(_compare(float(joint.sum()), float(len(joint)), found, Place(shop.source)))


def runs(days: pd.DatetimeIndex) -> list[pd.DatetimeIndex]:
    """Days split where one is missing between them."""
    breaks = np.flatnonzero(np.diff(days.to_numpy()) > np.timedelta64(1, "D")) + 1
    return [pd.DatetimeIndex(run) for run in np.split(days, breaks)]
