"""People assets (5A) as 巨量云图 counts them: how many, at which stage, gained and lost."""

from __future__ import annotations

import pandas as pd

from factbook.measures.common import Entry, Place, Ratio, blanks, column, entries, source_of, tally
from factbook.measures.days import current
from factbook.measures.ground import Ground

STAGES = ("a1", "a2", "a3", "a4", "a5")
STOCK = "people_assets"
STAGE = (Ratio("people_by_stage", "stage_users"),)
FLOWS = (
    Ratio("people_new", "new_5a"),
    Ratio("people_lost", "lost_5a"),
    Ratio("people_loss_ratio", "lost_5a", "new_5a"),
    Ratio("people_seeded_share", "a3", "assets_5a"),
    Ratio("people_bought_share", "bought", "assets_5a"),
    Ratio("people_loyal_share", "a5", "bought"),
    Ratio("people_new_a3", "new_a3"),
    Ratio("people_a3_cost_cny", "a3_cost", "new_a3"),
)


def people_rows(ground: Ground) -> pd.DataFrame:
    """The days of the period, oldest first, with who has bought and what the newly seeded cost."""
    table = ground.case.table("audience_5a")
    if table.empty or "date" not in table:
        return pd.DataFrame()
    rows = current(ground.case, table.assign(day=table["date"])).sort_values("day", kind="stable")
    cost = column(rows, "a3_cost_printed") * column(rows, "new_a3")
    return rows.assign(bought=column(rows, "a4") + column(rows, "a5"), a3_cost=cost)


def last_day(ground: Ground) -> pd.DataFrame:
    """The last day of the period that has a figure."""
    rows = people_rows(ground)
    return rows[column(rows, "assets_5a").notna()].tail(1) if len(rows) else rows


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Stocks on the last day, flows and shares over the days of the period."""
    rows, ids = people_rows(ground), [STOCK, *(ratio.id for ratio in (*STAGE, *FLOWS))]
    if rows.empty:
        return [blanks(ids, "no_rows" if len(ground.case.table("audience_5a")) else "no_report:audience_5a")]
    stages = tally(stage_rows(ground), STAGE, ("people",))
    return [tally(rows, FLOWS), _stocks(last_day(ground), len(rows)), stages]


def stage_rows(ground: Ground) -> pd.DataFrame:
    """The last day as one row for each stage: `people` is A1 … A5, `stage_users` how many."""
    last = last_day(ground)
    parts = [last.assign(people=stage.upper(), stage_users=column(last, stage)) for stage in STAGES if stage in last]
    return pd.concat(parts, ignore_index=True) if len(last) and parts else pd.DataFrame()


def _stocks(last: pd.DataFrame, days: int) -> pd.DataFrame:
    """People on the last day, all of them."""
    if last.empty:
        return blanks([STOCK], "no_values")
    return entries([Entry(STOCK, float(last["assets_5a"].iloc[0]), n=float(days), at=Place(source_of(last)))])
