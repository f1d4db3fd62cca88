"""The real-time figures of F5, from the minute series of the sessions that were handed over."""

from __future__ import annotations

import pandas as pd

from factbook.measures.common import Ratio, blanks, tally
from factbook.measures.ground import Ground

SPECS = (
    Ratio("realtime_online", "online_of_minutes", "minutes"),
    Ratio("realtime_gmv_cny", "gmv_cny", "minutes"),
    Ratio("realtime_product_ctr", "product_click_users", "product_impression_users"),
)
BY_PITCH = "realtime_gpm_product"
COLUMNS = sorted({name for ratio in SPECS for name in (ratio.numerator, ratio.denominator)})
SERIES = ["_file", "_sheet"]


def minutes(ground: Ground) -> pd.DataFrame:
    """Rows of the own rooms' minute series inside the period; `minutes` is how long each row stands for."""
    table = ground.case.table("minutes")
    if table.empty:
        return table
    rows = table[ground.case.period.contains(table["minute"]) & _own(ground, table)]
    return rows.assign(minutes=_step(rows), online_of_minutes=rows["online"] * _step(rows))


def _own(ground: Ground, rows: pd.DataFrame) -> pd.Series:
    """Rows of own accounts; a series that names no account comes from the shop's own screen."""
    names = {*ground.case.merchant.own_accounts, *(ground.own["account"] if len(ground.own) else ())}
    unnamed = rows["account"].isna()
    return unnamed | rows["account"].isin(names) | rows["douyin_id"].isin(names) | (not names)


def why_not(ground: Ground) -> str:
    """Why the period has no minutes: none were supplied, or those at hand speak of other days or rooms."""
    return "needs_minutes" if ground.case.table("minutes").empty else "no_own_minutes"


def _step(rows: pd.DataFrame) -> pd.Series:
    """Minutes between the rows of a series: some screens are logged every other minute."""
    gaps = rows.groupby(SERIES)["minute"].diff().dt.total_seconds() / 60
    step: pd.Series = gaps.groupby([rows[name] for name in SERIES]).transform("median").fillna(1.0)
    return step


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Σ/Σ over the minutes of all series; a series is a cluster, since neighbouring minutes are alike.

    GMV by product needs the views while each product was pitched, which no export of the platform gives.
    """
    rows = minutes(ground)
    pitch = blanks([BY_PITCH], "needs_pitch_views")
    if rows.empty:
        return [pitch, blanks([ratio.id for ratio in SPECS], why_not(ground))]
    series = rows.reindex(columns=[*SERIES, *COLUMNS]).groupby(SERIES, as_index=False).sum(min_count=1)
    return [pitch, tally(series, SPECS)]
