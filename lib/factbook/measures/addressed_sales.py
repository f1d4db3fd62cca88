"""Rows of sales, rooms and creators as they stand in the files, each kind with what its figures need."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from factbook.errors import Refused
from factbook.measures import accumulation, alliance, fields, labels, rooms, shop
from factbook.measures.common import column
from factbook.measures.creator_keys import match_creators
from factbook.measures.days import calendar, current, files_of_days
from factbook.measures.ground import Ground

Build = Callable[[Ground], pd.DataFrame]


def stacked(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """The frames that have rows, one below the other."""
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame()


# ------------------------------------------------------------------ the shop and its fields


def whole_shop(ground: Ground) -> pd.DataFrame:
    """Detail rows of the shop that no slice by party or carrier divides."""
    return ground.trade.drop(columns=["party", "carrier"], errors="ignore")


def totals(ground: Ground) -> pd.DataFrame:
    """Each day's total row with its buyers, as the shop's days use it."""
    rows = shop.total_rows(ground) if len(ground.case.table("trade_daily")) else pd.DataFrame()
    if rows.empty:
        return rows
    rows = rows[column(rows, "buyers").notna()].drop_duplicates("day")
    return calendar(rows, rows["day"])


def commission(ground: Ground) -> pd.DataFrame:
    """Accounts with their commission, on the days they add up to the shop."""
    rows = shop.commission_rows(ground)
    if rows.empty or ground.days.empty:
        return pd.DataFrame()
    whole = ground.days.loc[ground.days["total_cost_cny"].notna(), "day"]
    rows = rows[rows["day"].isin(whole)]
    return calendar(rows, rows["day"])


def field_rows(ground: Ground) -> pd.DataFrame:
    """The shop's details by field; a star's rows stand twice, added to T and taken out of A."""
    if ground.trade.empty:
        return ground.trade
    own = ground.trade.assign(field=fields.field_of(ground.trade))
    stars, _ = fields.star_rows(ground)
    if stars.empty:
        return own
    stars = stars.assign(**scaled(ground, stars))
    stars = calendar(stars, stars["day"])
    taken = stars.assign(**{name: -stars[name] for name in fields.MONEY})
    return pd.concat([own, stars.assign(field="T"), taken.assign(field="A")], ignore_index=True)


def scaled(ground: Ground, stars: pd.DataFrame) -> dict[str, pd.Series]:
    """A star's money, no more of it than the alliance shows on that day and carrier."""
    moved = ground.grid[ground.grid["field"] == "T"].set_index(["day", "carrier"])["paid_amount_cny"]
    keys = pd.MultiIndex.from_frame(stars[["day", "carrier"]])
    sold = column(stars, "paid_amount_cny").groupby([stars["day"], stars["carrier"]]).transform("sum")
    part = pd.Series(moved.reindex(keys).to_numpy(), index=stars.index) / sold.where(sold > 0)
    return {name: column(stars, name) * part.fillna(0.0) for name in fields.MONEY}


# ------------------------------------------------------------------ rooms and their rhythm


def own(ground: Ground) -> pd.DataFrame:
    """Sessions of the own accounts, each counting 1."""
    if ground.own.empty:
        return ground.own
    return ground.own.assign(one=1.0, session=rooms.session_key(ground.own))


def on_air(ground: Ground) -> pd.DataFrame:
    """Sessions that count for the rhythm; the first of a day makes it a live day."""
    rows = own(ground)
    if rows.empty:
        return rows
    rows = rows[~rows["short"]]
    first = ~rows.sort_values("started_at").duplicated("day")
    hours = rows["live_hours"].fillna(0.0)
    return rows.assign(live_day=first.reindex(rows.index).astype(float), live_hours=hours)


def covered_days(ground: Ground) -> pd.DataFrame:
    """The days that files of sessions speak for, each with a file that does."""
    days = pd.Series(ground.live_days)
    rows = pd.DataFrame({"day": days, "weeks": 1 / 7, "_file": files_of_days(ground.case, "live_sessions", days)})
    rows = rows.assign(_sheet="", _row=np.nan)
    return calendar(rows, rows["day"]) if len(rows) and len(ground.own) else pd.DataFrame()


def audience(ground: Ground) -> pd.DataFrame:
    """First and repeat buyers by day."""
    rows = accumulation.audience_rows(ground)
    return accumulation.with_repeats(rows) if len(rows) else rows


# ------------------------------------------------------------------ creators


def labelled(ground: Ground) -> pd.DataFrame:
    """The period's creator sessions with the verdict on their creator."""
    rows = current(ground.case, ground.creators)
    if rows.empty:
        return rows
    try:
        return rows.assign(label=rows["creator"].map(labels.judge(ground, rows).table["label"]))
    except Refused:  # too little to judge anybody: no row carries a label
        return rows.iloc[:0]


def judged(ground: Ground) -> pd.DataFrame:
    """Those of creators who could be judged."""
    rows = labelled(ground)
    return rows[rows["label"] != "unknown"] if len(rows) else rows


def largest_creators(count: Callable[[int], int]) -> Build:
    """Sessions of the creators that sold most in each period, as many as `count` says of how many there are."""

    def build(ground: Ground) -> pd.DataFrame:
        found = []
        for window in ground.live_windows() if len(ground.creators) else ():
            rows = window.rows(ground.creators)
            order = alliance.largest_first(rows)
            found.append(rows[rows["creator"].isin(order.index[: count(len(order))])])
        return stacked(found)

    return build


def samples(ground: Ground) -> pd.DataFrame:
    """Samples sent in the period, with the creator's display name."""
    sent = alliance.samples_sent(ground)
    if sent.empty or ground.creators.empty:
        return pd.DataFrame()
    matched = match_creators(sent, current(ground.case, ground.creators))
    return sent.assign(creator=matched)
