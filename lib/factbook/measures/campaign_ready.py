"""How far a campaign is prepared, what the next one may sell, and how the hours of one went."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from factbook.measures import buyers
from factbook.measures.campaign import Shop, overlapping, planned, the_shop
from factbook.measures.common import NAN, Entry, Place, Ratio, blanks, entries, number, records, source_of, tally
from factbook.measures.ground import Ground
from factbook.methods.trend import slope, spread_of
from factbook.records import Measures

READY = Ratio("campaign_readiness", "done_part", "one")
TASKS = (Ratio("campaign_tasks_late", "late"), Ratio("campaign_tasks_unowned", "unowned"))
DONE = {"yes": 1.0, "partly": 0.5, "no": 0.0}
OUTLOOK, SLOPE = "campaign_outlook_cny", "campaign_readiness_slope"
PAID, GOAL = "campaign_hour_paid_cny", "campaign_hour_goal_cny"
LEAST_EVENTS = 3  # past campaigns a range for the next one needs
LEAST_PREPARED = 6  # campaigns with readiness and uplift that a line through them needs
LEAST_ORDERS = 100  # on campaign days and on ordinary ones, for a share by hour
HOURS = [f"{hour:02d}" for hour in range(24)]
USUAL_DAYS = 28


# ------------------------------------------------------------------ readiness


def tasks(ground: Ground) -> pd.DataFrame:
    """Rows of the readiness sheet that say how far they are, with what counts as late or without an owner."""
    table = ground.case.table("readiness")
    if table.empty:
        return table
    rows = table[table["done"].isin(DONE)] if "done" in table else table.iloc[:0]
    due = rows["due"] if "due" in rows else pd.Series(pd.NaT, index=rows.index)
    owner = rows["owner"] if "owner" in rows else pd.Series(None, index=rows.index, dtype=object)
    late = (due <= pd.Timestamp(ground.case.period.end)) & (rows["done"] != "yes")
    unowned = owner.isna() | (owner.astype(str).str.strip() == "")
    shares = rows["done"].map(DONE).astype(float)
    return rows.assign(done_part=shares, one=1.0, late=late.astype(float), unowned=unowned.astype(float))


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Readiness by campaign and by its parts, tasks late or without an owner, and sales by the hour."""
    rows = tasks(ground)
    ids = (READY.id, *(ratio.id for ratio in TASKS))
    if rows.empty:
        return [blanks(ids, "no_readiness"), *_hours(ground)]
    found = [tally(rows, [READY, *TASKS], ("campaign",)), tally(rows, [READY], ("campaign", "part"))]
    return [*(_plain(frame) for frame in found), *_hours(ground)]


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Without intervals: tasks are counted, not sampled."""
    return frame.assign(low=NAN, high=NAN)


# ------------------------------------------------------------------ the next campaign


def ahead(ground: Ground, so_far: Measures) -> list[pd.DataFrame]:
    """What planned campaigns may sell if they go as the past ones did, and whether readiness went with more."""
    table = ground.case.table("campaigns")
    if table.empty or ground.days.empty:
        return [blanks((OUTLOOK, SLOPE), "no_campaigns" if table.empty else "no_report:trade_analysis")]
    return [entries([*_outlooks(ground, so_far), _line(so_far)])]


def _ratios(so_far: Measures) -> pd.Series:
    """How far each past campaign lay above its expected sales, by name."""
    rows = so_far.frame
    rows = rows[(rows["id"] == "campaign_uplift_ratio") & (rows["by"] == ("campaign",)) & rows["value"].notna()]
    return pd.Series(rows["value"].to_numpy(float), index=[key[0] for key in rows["key"]]).groupby(level=0).first()


def _outlooks(ground: Ground, so_far: Measures) -> Iterator[Entry]:
    """Usual days × (1 + the past campaigns' middle ratio), with the range of one more such campaign."""
    table, shop = ground.case.table("campaigns"), the_shop(ground, ground.case.table("campaigns"))
    coming = table[planned(ground, table)]
    if coming.empty:
        yield Entry(OUTLOOK, reason="no_planned_campaign")
    ratios = _ratios(so_far).drop(_with_star(table, shop), errors="ignore")
    past = np.log1p(ratios.clip(lower=-0.95).to_numpy(float))
    for row in records(coming):
        at = Place(shop.source, ("campaign",), (str(row["campaign"]),))
        usual = shop.ordinary(pd.Timestamp(ground.case.period.end) + pd.Timedelta(days=1)).tail(USUAL_DAYS)
        days = (row["end"] - row["start"]).days + 1
        if len(past) < LEAST_EVENTS or usual.empty:
            yield Entry(OUTLOOK, n=float(len(past)), reason="few_events", at=at)
            continue
        middle, low, high = (float(np.exp(end)) * float(usual.mean()) * days for end in spread_of(past))
        yield Entry(OUTLOOK, middle, n=float(len(past)), low=low, high=high, at=at)


def _with_star(table: pd.DataFrame, shop: Shop) -> list[str]:
    """Campaigns a star's session fell into: their gain cannot be told apart from the star's."""
    return [str(r["campaign"]) for r in records(table) if shop.stars.isin(pd.date_range(r["start"], r["end"])).any()]


def _line(so_far: Measures) -> Entry:
    """How much more lay above the expected where a campaign was a tenth better prepared."""
    rows = so_far.frame
    rows = rows[(rows["id"] == READY.id) & (rows["by"] == ("campaign",)) & rows["value"].notna()]
    ready = pd.Series(rows["value"].to_numpy(float), index=[key[0] for key in rows["key"]], dtype=float)
    both = pd.DataFrame({"ready": ready, "ratio": _ratios(so_far)}).dropna()
    if len(both) < LEAST_PREPARED or both["ready"].nunique() < 2:
        return Entry(SLOPE, n=float(len(both)), reason="few_prepared_events")
    middle, low, high = (end / 10 for end in slope(both["ready"].to_numpy(), both["ratio"].to_numpy()))
    return Entry(SLOPE, middle, n=float(len(both)), low=low, high=high)


# ------------------------------------------------------------------ by the hour


def _hours(ground: Ground) -> list[pd.DataFrame]:
    """Sales of each campaign of the period by the hour, and its goal spread as ordinary days sell."""
    table = ground.case.table("campaigns")
    if table.empty or ground.days.empty:
        return [blanks((PAID, GOAL), "no_campaigns" if table.empty else "no_report:trade_analysis")]
    mine, shop = overlapping(ground, table[table["state"] == "joined"]), the_shop(ground, table)
    if mine.empty:
        return [blanks((PAID, GOAL), "no_joined_campaign")]
    return [entries(row for campaign in records(mine) for row in _campaign_hours(ground, shop, campaign))]


def clocked(ground: Ground) -> Iterator[pd.DataFrame]:
    """What says at which hour something was paid: shop orders, buyers' orders, own sessions spread over their hours."""
    orders = ground.case.table("orders")
    if len(orders):
        paid = orders["order_amount_cny"] if "order_amount_cny" in orders else pd.Series(NAN, index=orders.index)
        yield _timed(orders, orders["paid_at"], paid)
    known = buyers.orders(ground)
    if len(known):
        yield _timed(known, known["paid_at"], known["paid_amount_cny"])
    if len(ground.own):
        yield _spread(ground.own)


def _timed(rows: pd.DataFrame, paid_at: pd.Series, paid: pd.Series) -> pd.DataFrame:
    frame = pd.DataFrame({"day": paid_at.dt.normalize(), "hour": paid_at.dt.hour, "paid": paid.astype(float)})
    return frame.assign(_file=rows["_file"], _sheet=rows["_sheet"]).dropna(subset=["day", "paid"])


def _spread(sessions: pd.DataFrame) -> pd.DataFrame:
    """A session's sales laid evenly over the hours it ran."""
    length = (sessions["live_hours"].fillna(0) + sessions["started_at"].dt.minute / 60).clip(0.1, 24)
    count = np.ceil(length.to_numpy(float)).astype(int)
    rows = sessions.loc[sessions.index.repeat(count)]
    step = np.concatenate([np.arange(n) for n in count]) if len(count) else np.array([], dtype=int)
    hour = (rows["started_at"].dt.hour.to_numpy() + step) % 24
    paid = rows["paid_amount_cny"].to_numpy(float) / np.repeat(count, count)
    frame = pd.DataFrame({"day": rows["day"].to_numpy(), "hour": hour, "paid": paid})
    return frame.assign(_file=rows["_file"].to_numpy(), _sheet=rows["_sheet"].to_numpy()).dropna()


def _campaign_hours(ground: Ground, shop: Shop, campaign: dict[str, object]) -> Iterator[Entry]:
    name = str(campaign["campaign"])
    at = Place(shop.source, ("campaign",), (name,))
    days = pd.DatetimeIndex(shop.daily[campaign["start"] : campaign["end"]].index)
    found = _shapes(ground, shop, days)
    if found is None:
        yield from (Entry(id, reason="no_hours", at=at) for id in (PAID, GOAL))
        return
    mine, usual, orders, source = found
    sold, goal = float(shop.daily[days].sum()), number(campaign, "goal_cny")
    for hour, (now, then) in enumerate(zip(mine, usual, strict=True)):
        place = Place(source, ("campaign", "hour"), (name, HOURS[hour]))
        yield Entry(PAID, sold * float(now), n=orders, at=place)
        yield Entry(GOAL, goal * float(then), n=orders, reason="" if goal > 0 else "no_goal", at=place)


Shapes = tuple[NDArray[np.float64], NDArray[np.float64], float, str]


def _shapes(ground: Ground, shop: Shop, days: pd.DatetimeIndex) -> Shapes | None:
    """Shares of the hours on campaign days and on ordinary ones, from the first table that has enough of both."""
    for rows in clocked(ground) if len(days) else ():
        inside = rows["day"].isin(days)
        ordinary = (rows["day"] < days[0]) & ~rows["day"].isin(shop.joined.union(shop.stars))
        parts = [rows[mask] for mask in (inside, ordinary)]
        if min(len(part) for part in parts) < LEAST_ORDERS or not all(part["paid"].sum() > 0 for part in parts):
            continue
        sums = [np.bincount(part["hour"].astype(int), part["paid"], minlength=24) for part in parts]
        return sums[0] / sums[0].sum(), sums[1] / sums[1].sum(), float(inside.sum()), source_of(parts[0])
    return None
