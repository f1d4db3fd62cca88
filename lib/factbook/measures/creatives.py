"""Ad creatives (素材): how many run, how new they are, how much of the spend a few of them take; from 千川."""

from __future__ import annotations

import numpy as np
import pandas as pd

from factbook.measures.common import Entry, Place, Ratio, blanks, column, entries, source_of, tally
from factbook.measures.ground import Ground

WHOLE = (
    Ratio("creative_age_days", "cost_days", "ad_cost_cny", zero="no_ads"),
    Ratio("creative_play_3s_rate", "plays_3s", "plays"),
)
EACH = (
    Ratio("creative_cost_cny", "ad_cost_cny"),
    Ratio("creative_roi", "gmv_overall_cny", "ad_cost_cny", zero="no_ads"),
)
SHARES = {"creative_top10_share": 10, "creative_top1_share": 1}
ACTIVE, NEW, LIFE = "creatives_active", "creatives_new_per_week", "creative_life_days"
IDS = (ACTIVE, NEW, LIFE, *SHARES, *(ratio.id for ratio in (*WHOLE, *EACH)))
SHOWN = 20  # creatives listed one by one


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Creatives with spend in the period: how many, how new, the top's share, and each of the largest."""
    rows = creative_rows(ground)
    if rows.empty:
        missing = ground.case.table("qianchuan_creatives").empty
        return [blanks(IDS, "no_report:qianchuan_creatives" if missing else "no_rows")]
    largest = rows.groupby("creative")["ad_cost_cny"].sum().nlargest(SHOWN).index
    return [
        tally(rows, WHOLE),
        tally(rows[rows["creative"].isin(largest)], EACH, ("creative",)),
        _counts(ground, rows),
        _life(rows),
    ]


def creative_rows(ground: Ground) -> pd.DataFrame:
    """Rows of creatives that spent in the period; rows by day where there are any, else those of the whole period."""
    table = ground.case.table("qianchuan_creatives")
    if table.empty:
        return table
    period = ground.case.period
    dated = table["date"].notna()
    inside = dated & period.contains(table["date"])
    whole = ~dated & period.contains(table["period_start"]) & period.contains(table["period_end"])
    rows = table[inside if inside.any() else whole]
    rows = rows[column(rows, "ad_cost_cny") > 0]
    return _ready(rows, pd.Timestamp(period.end), pd.Timestamp(period.start)) if len(rows) else rows


def _ready(rows: pd.DataFrame, end: pd.Timestamp, start: pd.Timestamp) -> pd.DataFrame:
    """Names that tell creatives apart, ages weighted by spend, plays of three seconds."""
    name = rows["creative"].astype(object).where(rows["creative"].notna(), rows["creative_id"]).astype(str)
    twice = rows.assign(name=name).groupby("name")["creative_id"].transform("nunique") > 1
    age = (end - rows["created_at"].dt.normalize()).dt.days.clip(lower=0)
    cost, plays = column(rows, "ad_cost_cny"), column(rows, "plays")
    return rows.assign(
        creative=name.where(~twice, name + " (" + rows["creative_id"].astype(str) + ")"),
        cost_days=age * cost,
        plays_3s=column(rows, "play_3s_rate_printed") * plays,
        is_new=rows["created_at"].between(start, end + pd.Timedelta(days=1)).astype(float),
    )


def largest(rows: pd.DataFrame, count: int) -> pd.DataFrame:
    """Rows of the creatives that cost most."""
    if rows.empty:
        return rows
    names = rows.groupby("creative_id")["ad_cost_cny"].sum().nlargest(count).index
    return rows[rows["creative_id"].isin(names)]


def newest(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a creative."""
    return rows.drop_duplicates("creative_id") if len(rows) else rows


def _counts(ground: Ground, rows: pd.DataFrame) -> pd.DataFrame:
    at, once = Place(source_of(rows)), newest(rows)
    n, whole = float(len(once)), float(rows["ad_cost_cny"].sum())
    weeks, new = ground.case.period.days / 7, float(once["is_new"].sum())
    known = once["created_at"].notna().any()
    fresh = Entry(NEW, new / weeks, new, weeks, n, at=at) if known else Entry(NEW, n=n, at=at)
    tops = ((id, float(largest(rows, count)["ad_cost_cny"].sum())) for id, count in SHARES.items())
    return entries([Entry(ACTIVE, n, n=n, at=at), fresh, *(Entry(id, t / whole, t, whole, n, at=at) for id, t in tops)])


def _life(rows: pd.DataFrame) -> pd.DataFrame:
    """Median days from a creative's first to its last day of spend; needs rows by day."""
    if rows["date"].isna().all():
        return blanks([LIFE], "no_daily_creatives")
    days = rows.groupby("creative_id")["date"].agg(lambda day: (day.max() - day.min()).days + 1)
    return entries([Entry(LIFE, float(np.median(days)), n=float(len(days)), at=Place(source_of(rows)))])
