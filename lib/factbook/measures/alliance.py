"""Partner creators one by one and together, from their sessions; stars have a chapter of their own."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from factbook.knowledge.exports import exports
from factbook.measures.common import Entry, Place, Ratio, blanks, column, entries, records, source_of, tally
from factbook.measures.creator_keys import keyed, match_creators
from factbook.measures.days import current, whole_weeks
from factbook.measures.ground import Ground, is_star
from factbook.measures.heads import stars

CREATOR = (
    Ratio("creator_paid_cny", "paid_amount_cny"),
    Ratio("creator_net_paid_cny", "net_paid_amount_cny"),
    Ratio("creator_sessions", "one"),
    Ratio("creator_clicks", "product_click_users"),
    Ratio("creator_click_to_pay_users", "buyers", "product_click_users"),
    Ratio("creator_exposures_per_product", "product_impressions", "products_listed"),
    Ratio("creator_refund_rate", "refund_session_cny", "paid_amount_cny"),
    Ratio("creator_commission_rate", "commission_estimate_cny", "net_paid_amount_cny"),
)
TOGETHER = tuple(ratio for ratio in CREATOR if ratio.denominator)
MONEY = ("creator_sample_cost_cny", "creator_contribution_cny")
HEAD = 0.1
STRUCTURE = ("active_creators", "creator_head_share", "creator_top1_share")


def creator_sessions(ground: Ground) -> pd.DataFrame:
    """Partner sessions without stars: `creator` is the display name, `creator_key` the latest 抖音号 or the name."""
    rows = ground.partner
    if rows.empty:
        return rows
    return keyed(ground, rows[~is_star(rows, stars(ground))].assign(one=1.0))


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Creators' sales, refunds, exposure and contribution, their structure, and the alliance's usual day."""
    rows = ground.creators
    found = [_bucket(ground), _usual_day(ground)]
    if rows.empty:
        reason = ground.no_sessions(ground.own, "no_partner_sessions")
        ids = [*(ratio.id for ratio in CREATOR), *MONEY, *STRUCTURE]
        return [*found, blanks(ids, reason)]
    weeks = rows[rows["week"].isin(whole_weeks(ground.live_days))]
    found.append(_active(weeks))
    for window in ground.live_windows():
        inside = window.rows(rows)
        found += [tally(inside, CREATOR, ("creator",), window.name), _structure(inside, window.name)]
        found.append(tally(inside, TOGETHER, (), window.name))
    return [*found, contribution(ground, current(ground.case, rows))]


def _active(weeks: pd.DataFrame) -> pd.DataFrame:
    """Creators on air by week."""
    counts = weeks.groupby("week")["creator"].nunique() if len(weeks) else pd.Series(dtype=float)
    source = source_of(weeks)
    return entries(
        Entry("active_creators", float(n), n=float(n), at=Place(source, ("week",), (str(week),), "history"))
        for week, n in counts.items()
    )


def _structure(rows: pd.DataFrame, period: str) -> pd.DataFrame:
    """How many creators sold, and how much of it the largest ones did."""
    if rows.empty:
        return blanks(STRUCTURE, "no_rows", period)
    paid = largest_first(rows)
    n, total, at = float(len(paid)), float(paid.sum()), Place(source_of(rows), period=period)
    found = [Entry("active_creators", n, n=n, at=at)]
    for id, count in (("creator_head_share", head_size(len(paid))), ("creator_top1_share", 1)):
        head = float(paid.iloc[:count].sum())
        value, reason = (head / total, "") if total > 0 else (np.nan, "denominator_zero")
        found.append(Entry(id, value, head, total, n, reason=reason, at=at))
    return entries(found)


def largest_first(rows: pd.DataFrame) -> pd.Series:
    """Sales by creator, the largest first."""
    return rows.groupby("creator")["paid_amount_cny"].sum().sort_values(ascending=False)


def head_size(creators: int) -> int:
    """How many creators are the top tenth."""
    return math.ceil(HEAD * creators)


def sample_costs(ground: Ground, keys: pd.DataFrame) -> pd.Series | None:
    """Cost of samples sent in the period by creator, zero where none are recorded; None without records."""
    actions = ground.case.table("creator_actions")
    if actions.empty:
        return None
    sent = samples_sent(ground)
    creator = match_creators(sent, keys)
    return column(sent, "cost_cny").groupby(creator).sum().reindex(keys["creator"].unique(), fill_value=0.0)


def samples_sent(ground: Ground) -> pd.DataFrame:
    """The samples recorded in the period."""
    actions = ground.case.table("creator_actions")
    if actions.empty:
        return actions
    return actions[(actions["action"] == "samples_sent") & ground.case.period.contains(actions["date"])]


def contribution(ground: Ground, rows: pd.DataFrame) -> pd.DataFrame:
    """Net sales × gross margin − commission − samples by creator; said where samples are not recorded."""
    margin = ground.profile("gross_margin")
    if rows.empty or np.isnan(margin):
        return blanks(MONEY, "no_rows" if rows.empty else "no_margin")
    made, source = records(contribution_rows(ground, rows)), source_of(rows)
    return entries(row for creator in made for row in _money_rows(creator, source))


def contribution_rows(ground: Ground, rows: pd.DataFrame) -> pd.DataFrame:
    """By creator: net, commission, samples, contribution, and whether samples were recorded."""
    money = pd.DataFrame(
        {
            "net": column(rows, "net_paid_amount_cny"),
            "commission": column(rows, "commission_estimate_cny"),
            "n": rows["one"],
        }
    )
    by_creator = money.groupby(rows["creator"]).sum(min_count=1)
    samples = sample_costs(ground, rows)
    by_creator["samples"] = np.nan if samples is None else samples
    earned = by_creator["net"] * ground.profile("gross_margin") - by_creator["commission"]
    by_creator["contribution"] = earned - by_creator["samples"].fillna(0.0)
    return by_creator.reset_index()


def _money_rows(made: dict[str, Any], source: str) -> list[Entry]:
    samples, n, at = made["samples"], made["n"], Place(source, ("creator",), (made["creator"],))
    without = "" if samples == samples else "samples_unknown"
    reason = "" if samples == samples else "no_samples"
    return [
        Entry("creator_sample_cost_cny", samples, n=n, reason=reason, at=at),
        Entry("creator_contribution_cny", made["contribution"], n=n, reason=without, at=at),
    ]


def bucket_rows(ground: Ground) -> pd.DataFrame:
    """The rows of 更多账号 in the period."""
    table = ground.case.table("carrier_accounts")
    table = table if len(table) else ground.case.table("accounts")
    if table.empty:
        return table
    return table[ground.case.period.contains(table["date"]) & (table["account"] == exports().markers.bucket_account)]


def _bucket(ground: Ground) -> pd.DataFrame:
    """Sales in 更多账号, the row of everyone below the platform's top 100."""
    table = ground.case.table("carrier_accounts")
    table = table if len(table) else ground.case.table("accounts")
    if table.empty:
        return blanks(["bucket_paid_cny"], "no_report:trade_analysis")
    table = table[ground.case.period.contains(table["date"])]
    if table.empty:
        return blanks(["bucket_paid_cny"], "no_rows")
    rows = bucket_rows(ground)
    paid = float(column(rows, "paid_amount_cny").sum())
    days = float(rows["date"].nunique())
    return entries([Entry("bucket_paid_cny", paid, paid, n=days, at=Place(source_of(table)))])


def _usual_day(ground: Ground) -> pd.DataFrame:
    """Median of daily alliance sales (stars apart) over the days that had any."""
    grid = ground.grid
    id = "alliance_daily_median_cny"
    if grid.empty:
        return blanks([id], "no_report:trade_analysis")
    daily = grid[grid["field"] == "A"].groupby("day")["paid_amount_cny"].sum().reset_index()
    found = []
    for window in ground.trade_windows():
        sold = window.rows(daily)["paid_amount_cny"]
        sold = sold[sold > 0]
        value = float(sold.median()) if len(sold) else np.nan
        reason = "" if len(sold) else "no_rows"
        at = Place(source_of(ground.trade), period=window.name)
        found.append(Entry(id, value, n=float(len(sold)), reason=reason, at=at))
    return entries(found)
