"""Who buys again, as the platform's 人群构成 splits it (an order export carries no buyer)."""

from __future__ import annotations

import pandas as pd

from factbook.measures.common import Ratio, blanks, column, pool, source_of, tally
from factbook.measures.days import calendar, covered, whole_weeks, windows
from factbook.measures.ground import Ground

AUDIENCE = (Ratio("paid_amount_cny", "paid_amount_cny"), Ratio("buyer_days", "buyers"))
REPEAT = (
    Ratio("repeat_buyer_share", "repeat_buyers", "all_buyers"),
    Ratio("new_buyer_share", "new_buyers", "all_buyers"),
    Ratio("repeat_rate_printed", "printed_buyers", "repeat_buyers"),
)


def audience_rows(ground: Ground) -> pd.DataFrame:
    """First and repeat buyers by day, over all carriers: the printed total where there is one."""
    table = ground.case.table("audiences")
    if table.empty or "audience" not in table:
        return pd.DataFrame()
    rows = table[table["audience"].isin(("first", "repeat")) & table["date"].notna()]
    if "carrier" in rows:
        whole = rows["carrier"] == "all"
        has_whole = rows["date"].isin(rows.loc[whole, "date"])
        rows = rows[whole | ~has_whole]
    return calendar(rows, rows["date"])


def with_repeats(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with all buyers, new and repeat buyers, and the printed rate times the repeat buyers."""
    again = (rows["audience"] == "repeat").astype(float)
    buyers = column(rows, "buyers")
    repeat = buyers * again
    printed = column(rows, "repeat_rate_printed") * repeat
    return rows.assign(all_buyers=buyers, new_buyers=buyers - repeat, repeat_buyers=repeat, printed_buyers=printed)


def _repeat_days(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per day: repeat buyers, all buyers, and the printed rate times the repeat buyers."""
    days = pool(with_repeats(rows), ["day"], ["all_buyers", "new_buyers", "repeat_buyers", "printed_buyers"])
    return calendar(days, days["day"])


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Repeat buyers' share and the printed rate; sales and buyers of first-time and repeat buyers."""
    rows = audience_rows(ground)
    if rows.empty:
        return [blanks([ratio.id for ratio in REPEAT], "no_report:trade_analysis")]
    source, days = source_of(rows), _repeat_days(rows)
    reached = covered(ground.case, "trade_analysis", rows["day"])
    weeks = days[days["week"].isin(whole_weeks(reached))]
    found = [tally(weeks, REPEAT, ("week",), "history", source)]
    for window in windows(ground.case, reached):
        found.append(tally(window.rows(days), REPEAT, (), window.name, source))
        found.append(tally(window.rows(rows), AUDIENCE, ("audience",), window.name, source))
    return found
