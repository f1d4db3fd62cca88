"""Who pays for the own rooms' traffic: viewers by free and paid, week by week, and how ads and free viewers move."""

from __future__ import annotations

import numpy as np
import pandas as pd

from factbook.measures.common import Entry, Place, Ratio, blanks, column, entries, pool, source_of, tally
from factbook.measures.days import calendar, covered, whole_weeks, windows
from factbook.measures.ground import Ground

TRAFFIC = (
    Ratio("free_viewers", "free_viewers"),
    Ratio("paid_viewers", "paid_viewers"),
    Ratio("traffic_ad_cost_cny", "ad_cost_cny"),
    Ratio("free_view_share", "free_viewers", "split_viewers"),
    Ratio("natural_lever", "free_viewers", "paid_viewers", zero="no_ads"),
)
TOGETHER = "free_with_ads"
IDS = (*(ratio.id for ratio in TRAFFIC), TOGETHER)
SUMS = ("free_viewers", "paid_viewers", "split_viewers", "ad_cost_cny")
LEAST_WEEKS, WIDTH = 12, 1.959964  # changes from week to week that a correlation needs; two-sided 95 % of a normal


def traffic_rows(ground: Ground) -> pd.DataFrame:
    """Days of the own accounts' traffic report, with `split_viewers`, those known as free or paid."""
    table = ground.case.table("traffic_daily")
    if table.empty or "date" not in table:
        return pd.DataFrame()
    rows = table[table["date"].notna()]
    both = column(rows, "free_viewers") + column(rows, "paid_viewers")
    return calendar(rows.assign(split_viewers=both), rows["date"])


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Free and paid viewers, the natural lever (free ÷ paid), and how free viewers go with ad spend."""
    rows = traffic_rows(ground)
    if rows.empty:
        return [blanks(IDS, "no_report:traffic_trend")]
    days, source = pool(rows, ["day"], SUMS), source_of(rows)
    days = calendar(days, days["day"])
    reached = covered(ground.case, "traffic_trend", days["day"])
    weeks = days[days["week"].isin(whole_weeks(reached))]
    found = [tally(weeks, TRAFFIC, ("week",), "history", source)]
    for window in windows(ground.case, reached):
        inside = window.rows(days)
        found.append(tally(inside, TRAFFIC, (), window.name, source) if len(inside) else blanks(IDS[:-1], "no_rows"))
    return [*found, _go_together(weeks, source)]


def _go_together(weeks: pd.DataFrame, source: str) -> pd.DataFrame:
    """Correlation of the weekly changes (in logs) of ad spend and free viewers: an association, never an effect.

    Changes, not levels: two series that merely both grow would seem to belong together.
    """
    sums = weeks.groupby("week")[["ad_cost_cny", "free_viewers"]].sum().sort_index()
    moves: pd.DataFrame = sums.where(sums > 0).apply(np.log).diff().dropna()
    n = len(moves)
    if n < LEAST_WEEKS or (moves.std() == 0).any():
        return blanks([TOGETHER], "too_few")
    value = float(np.corrcoef(moves.to_numpy(), rowvar=False)[0, 1])
    middle, half = np.arctanh(np.clip(value, -0.999999, 0.999999)), WIDTH / np.sqrt(n - 3)
    low, high = (float(np.tanh(middle + sign * half)) for sign in (-1, 1))
    return entries([Entry(TOGETHER, value, n=float(n), low=low, high=high, at=Place(source))])
