"""At which hour of a day something was paid: orders, ad reports by the hour, sessions laid over their hours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from factbook.measures import buyers, minutes
from factbook.measures.common import column, source_of
from factbook.measures.ground import Ground, session_rows
from factbook.measures.rooms import session_key

LEAST_ORDERS = 100  # of a day, or of either side of a comparison, for a share by hour
LEAST_SHARE = 0.5  # of a day's sales, that amounts by the hour must hold to speak for the day
LONGEST = 2 * 24 * 60  # minutes; a session said to run longer is a slip and has no hours
HOUR = pd.Timedelta(hours=1)
ROW = ["_file", "_sheet", "_row"]
COLUMNS = ["day", "hour", "paid", *ROW]


@dataclass(frozen=True)
class Clock:
    """How one day's sales lie over its 24 hours: shares, what says so, how many rows, how much of the day they hold."""

    basis: str
    shares: NDArray[np.float64]
    rows: float
    paid: float
    source: str


def orders(ground: Ground) -> pd.DataFrame:
    """The shop's orders by the hour of payment."""
    table = ground.case.table("orders")
    return _timed(table, column(table, "order_amount_cny")) if len(table) else table


def buyer_orders(ground: Ground) -> pd.DataFrame:
    """Orders with a buyer id (an ERP's) by the hour of payment."""
    known = buyers.orders(ground)
    return _timed(known, column(known, "paid_amount_cny")) if len(known) else known


def _timed(rows: pd.DataFrame, paid: pd.Series) -> pd.DataFrame:
    when = rows["paid_at"]
    frame = rows.reindex(columns=ROW).assign(day=when.dt.normalize(), hour=when.dt.hour, paid=paid)
    return frame.dropna(subset=["day", "paid"])[COLUMNS]


def ad_hours(ground: Ground) -> pd.DataFrame:
    """What rooms with 全域推广 sold by the hour, ads or no ads."""
    table = ground.case.table("qianchuan_uni")
    if table.empty or not {"grain", "hour", "gmv_overall_cny"} <= set(table.columns):
        return pd.DataFrame()
    rows = table[(table["grain"] == "hour") & table["hour"].notna()]
    frame = rows.reindex(columns=ROW).assign(day=rows["date"], hour=rows["hour"], paid=rows["gmv_overall_cny"])
    return frame.dropna(subset=["day", "paid"])[COLUMNS]


def sessions(ground: Ground) -> pd.DataFrame:
    """All sessions, own and partners', over their hours: by the minute where a series shows them, else evenly."""
    rows = session_rows(ground.case)
    if rows.empty:
        return rows
    rows = rows.assign(session=session_key(rows))
    series = {one.key: one.rows for one in minutes.all_series(ground) if column(one.rows, "gmv_cny").sum() > 0}
    shown = rows["session"].isin(series)
    parts = [_by_minute(row, series[str(row["session"])]) for _, row in rows[shown].iterrows()]
    return pd.concat([laid(rows[~shown]), *parts], ignore_index=True)


def _by_minute(session: pd.Series, series: pd.DataFrame) -> pd.DataFrame:
    """A session's sales as its minutes sold them."""
    gmv, when = column(series, "gmv_cny").fillna(0), series["moment"]
    cells = {"day": when.dt.normalize(), "hour": when.dt.hour, "paid": gmv / gmv.sum() * session["paid_amount_cny"]}
    return pd.DataFrame({**cells, **{name: session[name] for name in ROW}})[COLUMNS].dropna(subset=["paid"])


def laid(rows: pd.DataFrame) -> pd.DataFrame:
    """A session's sales laid evenly over its minutes, added up by the hours they fell into."""
    rows = rows[
        (rows["live_minutes"] > 0) & (rows["live_minutes"] <= LONGEST) & column(rows, "paid_amount_cny").notna()
    ]
    start = rows["started_at"]
    end, first = start + pd.to_timedelta(rows["live_minutes"], unit="min"), start.dt.floor("h")
    count = np.ceil(((end - first) / HOUR).to_numpy(float)).astype(int)
    again = rows.index.repeat(count)
    step = np.concatenate([np.arange(n) for n in count]) if len(count) else np.array([], dtype=int)
    slot = first.loc[again].reset_index(drop=True) + pd.to_timedelta(step, unit="h")
    begin, stop = (when.loc[again].reset_index(drop=True) for when in (start, end))
    inside = (stop.clip(upper=slot + HOUR) - begin.clip(lower=slot)) / (stop - begin)
    many = rows.loc[again].reset_index(drop=True)
    paid = many["paid_amount_cny"] * inside
    return many.reindex(columns=ROW).assign(day=slot.dt.normalize(), hour=slot.dt.hour, paid=paid)[COLUMNS]


# From single orders to sessions that only say when they began and ended, in the order they are believed.
COUNTED: dict[str, Callable[[Ground], pd.DataFrame]] = {"orders": orders, "buyer_orders": buyer_orders}
SOURCES: dict[str, Callable[[Ground], pd.DataFrame]] = {**COUNTED, "qianchuan": ad_hours, "sessions": sessions}


def clocked(ground: Ground, basis: str) -> pd.DataFrame:
    """Rows of one source with `day`, `hour` and `paid`; made once."""
    return ground.once(f"clock {basis}", lambda: SOURCES[basis](ground))


def of_day(ground: Ground, day: pd.Timestamp, sold: float) -> Clock | None:
    """The hours of one day from the first source that holds half of its sales, else from a sample of 100 orders."""
    parts = {basis: rows[rows["day"] == day] for basis in SOURCES if len(rows := clocked(ground, basis))}
    whole = [basis for basis, rows in parts.items() if float(rows["paid"].sum()) >= LEAST_SHARE * sold]
    sample = [basis for basis in COUNTED if basis in parts and len(parts[basis]) >= LEAST_ORDERS]
    chosen = next((basis for basis in (*whole, *sample) if parts[basis]["paid"].sum() > 0), None)
    if chosen is None:
        return None
    mine = parts[chosen]
    sums = np.bincount(mine["hour"].astype(int), mine["paid"], minlength=24)
    count = float(len(mine.drop_duplicates(ROW)))
    return Clock(chosen, sums / sums.sum(), count, float(sums.sum()), source_of(mine))


Shapes = tuple[NDArray[np.float64], NDArray[np.float64], float, str]


def shapes(ground: Ground, days: pd.DatetimeIndex, special: pd.DatetimeIndex) -> Shapes | None:
    """Shares of the hours on some days and on ordinary ones before them, from the first table with enough of both."""
    for rows in _comparable(ground) if len(days) else ():
        inside = rows["day"].isin(days)
        ordinary = (rows["day"] < days[0]) & ~rows["day"].isin(special)
        parts = [rows[mask] for mask in (inside, ordinary)]
        if min(len(part) for part in parts) < LEAST_ORDERS or not all(part["paid"].sum() > 0 for part in parts):
            continue
        sums = [np.bincount(part["hour"].astype(int), part["paid"], minlength=24) for part in parts]
        return sums[0] / sums[0].sum(), sums[1] / sums[1].sum(), float(inside.sum()), source_of(parts[0])
    return None


def _comparable(ground: Ground) -> list[pd.DataFrame]:
    """Tables that hold ordinary days as well: partners' sessions are often exported for one month only."""
    own = laid(ground.own) if len(ground.own) else ground.own
    return [rows for rows in (*(clocked(ground, basis) for basis in COUNTED), own) if len(rows)]
