"""What is left of a campaign later: refunds at equal maturity, and whether the buyers it won came back."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from factbook.errors import Refused
from factbook.measures import buyers
from factbook.measures.campaign import Shop, earlier, overlapping, the_shop
from factbook.measures.common import Entry, Place, Ratio, blanks, entries, pool, records, source_of, tally
from factbook.measures.ground import Ground
from factbook.methods.followup import returned

REFUND = Ratio("campaign_refund_rate", "refund_paid_time_cny", "paid_amount_cny")
USUAL = Ratio("campaign_refund_usual", "refund_paid_time_cny", "paid_amount_cny")
GAP = "campaign_refund_gap"
REFUNDS = (REFUND.id, USUAL.id, GAP)
NEW, RETURN, RETURN_USUAL = "campaign_new_buyers", "campaign_return_rate", "campaign_return_usual"
BUYERS = (NEW, RETURN)
RIPE_DAYS = 7  # a day younger than this at the export has most of its refunds still to come
LEAST_EQUAL_DAYS = 14
RETURN_DAYS = 60
WIDTH = 2 * 1.96


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Refunds of each joined campaign against ordinary days of the same age, and its new buyers' return."""
    campaigns = ground.case.table("campaigns")
    if campaigns.empty or ground.days.empty:
        reason = "no_campaigns" if campaigns.empty else "no_report:trade_analysis"
        return [blanks((*REFUNDS, *BUYERS, RETURN_USUAL), reason)]
    shop = the_shop(ground)
    spans = [(row, period) for rows, period in chosen(ground, shop) for row in records(rows)]
    reason = "" if any(period == "current" for _, period in spans) else "no_joined_campaign"
    found = [blanks(REFUNDS, reason)] if reason else []
    days = aged(ground)
    for row, period in spans:
        at = Place(shop.source, ("campaign",), (str(row["campaign"]),), period)
        found.append(entries(_refunds(days, shop, pd.date_range(row["start"], row["end"]), at)))
    return [*found, *_buyers(ground)]


def chosen(ground: Ground, shop: Shop) -> Iterator[tuple[pd.DataFrame, str]]:
    """Joined campaigns of the period, and those before it."""
    table = ground.case.table("campaigns")
    if len(table):
        yield overlapping(ground, table[table["state"] == "joined"]), "current"
        yield earlier(ground, shop, table), "history"


def aged(ground: Ground) -> pd.DataFrame:
    """Paid and refunded by day, with the day's age when its file was exported (the file's last day stands for that)."""
    rows = ground.trade
    last = rows.groupby("_file")["day"].transform("max")
    days = pool(rows, ("day",), (REFUND.numerator, REFUND.denominator))
    age = (last - rows["day"]).dt.days.groupby(rows["day"]).min()
    return days.assign(age=days["day"].map(age))


def _refunds(days: pd.DataFrame, shop: Shop, span: pd.DatetimeIndex, at: Place) -> list[Entry]:
    """The campaign's refund rate, that of ordinary days of the same ages before it, and the difference."""
    mine = days[days["day"].isin(span)]
    mine = mine[mine[REFUND.numerator].notna()]
    if mine.empty or mine["age"].min() < RIPE_DAYS:
        return [Entry(id, reason="refunds_open" if len(mine) else "no_values", at=at) for id in REFUNDS]
    equal = days["age"].between(mine["age"].min(), mine["age"].max()) & (days["day"] < span[0])
    equal &= ~days["day"].isin(shop.joined.union(shop.stars)) & days[REFUND.numerator].notna()
    rate = _rate(mine, REFUND, at)
    if equal.sum() < LEAST_EQUAL_DAYS:
        return [rate, *(Entry(id, reason="no_equal_days", at=at) for id in (USUAL.id, GAP))]
    usual = _rate(days[equal], USUAL, at)
    error = np.hypot(rate.high - rate.low, usual.high - usual.low) / 2
    gap = rate.value - usual.value
    return [rate, usual, Entry(GAP, gap, n=rate.n, low=gap - error, high=gap + error, at=at)]


def _rate(days: pd.DataFrame, ratio: Ratio, at: Place) -> Entry:
    row = tally(days, [ratio], source="").iloc[0]
    names = ("value", "numerator", "denominator", "n", "low", "high")
    return Entry(ratio.id, **{name: float(row[name]) for name in names}, reason=str(row["reason"]), at=at)


# ------------------------------------------------------------------ buyers


def new_buyers(ground: Ground) -> pd.DataFrame:
    """Buyers by their first order in the file, with the joined campaign it fell into (the first of several)."""
    return ground.once("new buyers", lambda: _new_buyers(ground))


def _new_buyers(ground: Ground) -> pd.DataFrame:
    found = buyers.buyers(ground)
    if found.empty:
        return found
    found = found.assign(campaign=None, one=1.0)
    table = ground.case.table("campaigns")
    for row in records(table[table["state"] == "joined"]) if len(table) else ():
        begun = found["day"].min() + pd.Timedelta(days=RETURN_DAYS) <= row["start"]
        inside = found["day"].between(row["start"], row["end"]) & found["campaign"].isna()
        if begun:
            found.loc[inside, "campaign"] = str(row["campaign"])
    return found


def usual_buyers(ground: Ground) -> pd.DataFrame:
    """Buyers whose first order fell on an ordinary day."""
    found = new_buyers(ground)
    if found.empty:
        return found
    shop = the_shop(ground)
    return found[~found["day"].isin(shop.joined.union(shop.stars))]


def _buyers(ground: Ground) -> list[pd.DataFrame]:
    """New buyers of every campaign and how many ordered again in 60 days, beside those won on ordinary days."""
    found = new_buyers(ground)
    if found.empty:
        return [blanks((*BUYERS, RETURN_USUAL), "no_report:buyer_orders")]
    shop, source = the_shop(ground), source_of(found)
    rows = [_return(usual_buyers(ground), RETURN_USUAL, Place(source))]
    chosen_now = [period for campaigns, period in chosen(ground, shop) if len(campaigns)]
    if "current" not in chosen_now:
        rows += [Entry(id, reason="no_joined_campaign") for id in BUYERS]
    for campaigns, period in chosen(ground, shop):
        for name in campaigns["campaign"].astype(str):
            mine = found[found["campaign"] == name]
            at = Place(source, ("campaign",), (name,), period)
            n = float(len(mine))
            rows.append(Entry(NEW, n, n=n, at=at) if n else Entry(NEW, reason="no_new_buyers", at=at))
            rows.append(_return(mine, RETURN, at))
    return [entries(rows)]


def _return(group: pd.DataFrame, id: str, at: Place) -> Entry:
    try:
        share = returned(group["wait"], group["followed"], RETURN_DAYS)
    except Refused as refused:
        return Entry(id, n=float(len(group)), reason=refused.reason, at=at)
    why = "" if share.way == "wilson" else "follow_up_estimated"
    whole, back = (float(group[f"{side}_{RETURN_DAYS}d"].sum()) for side in ("followed", "back"))
    return Entry(id, share.value, back, whole, float(share.n), share.low, share.high, why, at)
