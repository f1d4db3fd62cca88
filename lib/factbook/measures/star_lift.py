"""Brand and sales before, during and after the period's star deals: an association, jointly with what else was on.

All deals of the period are one run. Days of joined campaigns and of other deals are left out before and after; during
the run they stay, and belong to both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from factbook.errors import Refused
from factbook.measures.common import NAN, Entry, Place, blanks, column, entries, source_of
from factbook.measures.deals import joined_days, spans
from factbook.measures.ground import Ground
from factbook.measures.top_kol import current_deals
from factbook.methods.shift import shift

WINDOW = 28
LEVEL = 0.99  # seven signals are looked at together: wider, so that together they seldom alarm
DURING, AFTER = "star_lift_during", "star_lift_after"
IDS = (DURING, AFTER)
SEARCH = "搜索"  # the channel's name in the account column
DAY = pd.Timedelta(days=1)


@dataclass(frozen=True)
class Signal:
    """A figure by day: Σ top ÷ Σ bottom over days (bottom 1 where it is an amount), with its source."""

    name: str
    top: pd.Series
    bottom: pd.Series | None
    source: str

    def level(self, days: pd.DatetimeIndex) -> float:
        """Σ ÷ Σ over some days; NaN where nothing is known."""
        top = self.top.reindex(days)
        if self.bottom is None:
            return float(top.mean()) if top.notna().any() else NAN
        bottom = self.bottom.reindex(days)[top.notna()]
        total = float(bottom.sum())
        return float(top.sum()) / total if total > 0 else NAN

    def daily(self, days: pd.DatetimeIndex) -> pd.Series:
        """By day, for the scatter."""
        top = self.top.reindex(days)
        return top if self.bottom is None else top / self.bottom.reindex(days).where(lambda part: part > 0)


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Change of each signal during the run and after it, against the days before."""
    deals = ground.case.table("star_deals")
    mine = current_deals(ground, deals) if len(deals) else deals
    if mine.empty:
        return [blanks(IDS, "no_deal_in_period" if len(deals) else "no_star_deals")]
    before, during, after = windows(ground, mine)
    rows = [row for signal in signals(ground) for row in _lift(signal, before, during, after)]
    return [entries(rows) if rows else blanks(IDS, "no_report:trade_analysis")]


def windows(ground: Ground, mine: pd.DataFrame) -> tuple[pd.DatetimeIndex, pd.DatetimeIndex, pd.DatetimeIndex]:
    """Ordinary days before the run, all days of it, ordinary days after it."""
    special = joined_days(ground).union(spans(ground.case.table("star_deals")))
    start, end = mine["start"].min(), mine["end"].max()
    sides = (pd.date_range(start - WINDOW * DAY, start - DAY), pd.date_range(end + DAY, end + WINDOW * DAY))
    before, after = (side[~side.isin(special)] for side in sides)
    return before, pd.date_range(start, end), after


def signals(ground: Ground) -> Iterator[Signal]:
    """Brand: search sales, follows, room entry, new people of the 5A; sales: own rooms, shelf, all but the stars."""
    yield from _search(ground)
    yield from _rooms(ground)
    yield from _people(ground)
    yield from _fields(ground)


def _search(ground: Ground) -> Iterator[Signal]:
    for name in ("carrier_accounts", "accounts"):
        table = ground.case.table(name)
        rows = table[table["account"] == SEARCH] if len(table) else table
        if len(rows):
            paid = column(rows, "paid_amount_cny").groupby(rows["date"]).sum(min_count=1)
            yield Signal("search_sales", paid, None, source_of(rows))
            return


def _rooms(ground: Ground) -> Iterator[Signal]:
    rows = ground.own
    if rows.empty:
        return
    names = ("new_followers", "viewers", "room_impression_users", "paid_amount_cny")
    days = {name: column(rows, name).groupby(rows["day"]).sum(min_count=1) for name in names}
    source = source_of(rows)
    yield Signal("follows", days["new_followers"], None, source)
    yield Signal("entry_rate", days["viewers"], days["room_impression_users"], source)


def _people(ground: Ground) -> Iterator[Signal]:
    table = ground.case.table("audience_5a")
    if table.empty or "new_5a" not in table:
        return
    yield Signal("new_5a", column(table, "new_5a").groupby(table["date"]).sum(min_count=1), None, source_of(table))


def _fields(ground: Ground) -> Iterator[Signal]:
    grid = ground.grid
    if grid.empty or not grid["stars_known"].any():
        return
    grid = grid[grid["stars_known"]]
    paid = grid.pivot_table(index="day", columns="field", values="paid_amount_cny", aggfunc="sum")
    source = source_of(ground.trade)
    yield Signal("own_sales", paid["F"], None, source)
    yield Signal("shelf_sales", paid["S"], None, source)
    yield Signal("rest_sales", paid.drop(columns="T", errors="ignore").sum(axis=1), None, source)


def _lift(
    signal: Signal, before: pd.DatetimeIndex, during: pd.DatetimeIndex, after: pd.DatetimeIndex
) -> Iterator[Entry]:
    """Both changes of one signal; the interval of `after` only where both sides are long enough."""
    at = Place(signal.source, ("signal",), (signal.name,))
    old, old_days = signal.level(before), float(signal.daily(before).notna().sum())
    now = signal.level(during)
    known = old > 0 and now == now
    why = "" if known else "baseline_short" if not old_days else "no_values"
    yield Entry(DURING, now / old - 1 if known else NAN, now, old, old_days, reason=why, at=at)
    yield _after(signal, before, after, at)


def _after(signal: Signal, before: pd.DatetimeIndex, after: pd.DatetimeIndex, at: Place) -> Entry:
    old, new = signal.level(before), signal.level(after)
    earlier, later = (signal.daily(side).dropna() for side in (before, after))
    n = float(len(earlier) + len(later))
    try:
        found = shift(earlier, later, LEVEL)
    except Refused as refused:
        why = "baseline_short" if refused.reason == "too_few" else refused.reason
        return Entry(AFTER, NAN, new, old, n, reason=why, at=at)
    change = new / old - 1
    spread = [np.log1p(end) - np.log1p(found.change) for end in (found.low, found.high)]
    low, high = (float((1 + change) * np.exp(side) - 1) for side in spread)
    return Entry(AFTER, change, new, old, n, low, high, at=at)
