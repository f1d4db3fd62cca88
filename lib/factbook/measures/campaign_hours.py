"""A campaign by the hour against its goal, spread as ordinary days sell: what stands in where no hour was planned."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from factbook.measures import campaign_clock
from factbook.measures.campaign import Shop, overlapping, the_shop
from factbook.measures.common import Entry, Place, blanks, entries, number, records
from factbook.measures.ground import Ground

PAID, GOAL = "campaign_hour_paid_cny", "campaign_hour_goal_cny"
HOURS = [f"{hour:02d}" for hour in range(24)]


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Sales of each campaign of the period by the hour, and its goal spread as ordinary days sell."""
    table = ground.case.table("campaigns")
    if table.empty or ground.days.empty:
        return [blanks((PAID, GOAL), "no_campaigns" if table.empty else "no_report:trade_analysis")]
    mine, shop = overlapping(ground, table[table["state"] == "joined"]), the_shop(ground)
    if mine.empty:
        return [blanks((PAID, GOAL), "no_joined_campaign")]
    return [entries(row for campaign in records(mine) for row in _campaign_hours(ground, shop, campaign))]


def _campaign_hours(ground: Ground, shop: Shop, campaign: dict[str, object]) -> Iterator[Entry]:
    name = str(campaign["campaign"])
    at = Place(shop.source, ("campaign",), (name,))
    days = pd.DatetimeIndex(shop.daily[campaign["start"] : campaign["end"]].index)
    found = campaign_clock.shapes(ground, days, shop.joined.union(shop.stars))
    if found is None:
        yield from (Entry(id, reason="no_hours", at=at) for id in (PAID, GOAL))
        return
    mine, usual, orders, source = found
    sold, goal = float(shop.daily[days].sum()), number(campaign, "goal_cny")
    for hour, (now, then) in enumerate(zip(mine, usual, strict=True)):
        place = Place(source, ("campaign", "hour"), (name, HOURS[hour]))
        yield Entry(PAID, sold * float(now), n=orders, at=place)
        yield Entry(GOAL, goal * float(then), n=orders, reason="" if goal > 0 else "no_goal", at=place)
