"""Who stays: creators active again month by month, the new buyers they bring, and whether those come back."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from factbook.errors import Refused
from factbook.measures import buyers
from factbook.measures.common import Entry, Place, blanks, column, entries, source_of
from factbook.measures.days import Window, current
from factbook.measures.ground import Ground
from factbook.measures.labels import judge
from factbook.methods.quadrant import wilson

RETENTION = ("creator_retention", "creator_retention_next")
NEW = ("creator_new_buyers", "creator_new_buyer_share")
WHOLE = 0.9  # of the shop's orders, below which a file with buyers is a sample: its shares hold, its counts do not


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Retention of creators by cohort and from the previous period; new buyers brought."""
    return [_retention(ground), _new(ground), _back(ground)]


def _retention(ground: Ground) -> pd.DataFrame:
    rows = ground.creators
    if rows.empty:
        return blanks(RETENTION, ground.no_sessions(ground.own, "no_partner_sessions"))
    source = source_of(rows)
    return pd.concat([_cohorts(ground, rows, source), _next(ground, rows, source)], ignore_index=True)


def _cohorts(ground: Ground, rows: pd.DataFrame, source: str) -> pd.DataFrame:
    """By month of a creator's first session: the share active in each later month that is covered to its end.

    The first month holds everyone who was already there when the records begin, and says so.
    """
    months = _months(ground, rows)
    if len(months) < 2:
        return blanks(["creator_retention"], "one_month")
    active = rows.assign(month=rows["day"].dt.to_period("M"))[["creator", "month"]].drop_duplicates()
    active = active[active["month"].isin(months)]
    born = active.groupby("creator")["month"].min().rename("cohort")
    joined = active.join(born, on="creator")
    counts = Counter(zip(joined["cohort"], joined["month"], strict=True))
    found = []
    for cohort in (month for month in months if counts[month, month]):
        size = float(counts[cohort, cohort])
        for month in (later for later in months if later >= cohort):
            here, at = (
                float(counts[cohort, month]),
                Place(source, ("cohort", "month"), (str(cohort), str(month)), "history"),
            )
            low, high = wilson(here, size)
            reason = "history_begins" if cohort == months[0] else ""
            found.append(Entry("creator_retention", here / size, here, size, size, low, high, reason, at))
    return entries(found)


def _months(ground: Ground, rows: pd.DataFrame) -> list[pd.Period]:
    """Calendar months from the first creator session on of which every day is covered, up to the period's end."""
    end = pd.Timestamp(ground.case.period.end)
    days = pd.Series(ground.live_days[ground.live_days <= end])
    covered = Counter(days.dt.to_period("M"))
    first = rows["day"].min().to_period("M")
    return sorted(month for month, count in covered.items() if count == month.days_in_month and month >= first)


def _next(ground: Ground, rows: pd.DataFrame, source: str) -> pd.DataFrame:
    """Creators of the previous period who are active in this one ÷ creators of the previous period."""
    windows = {window.name: window for window in ground.live_windows()}
    before = set(windows["previous"].rows(rows)["creator"]) if "previous" in windows else set()
    if not before:
        return blanks(["creator_retention_next"], "no_earlier_creators")
    now = set(windows["current"].rows(rows)["creator"])
    stayed, size = float(len(before & now)), float(len(before))
    low, high = wilson(stayed, size)
    return entries([Entry("creator_retention_next", stayed / size, stayed, size, size, low, high, at=Place(source))])


# ------------------------------------------------------------------ buyers


def buyer_rows(ground: Ground) -> pd.DataFrame:
    """Orders that came through creators, `new` for the first order the file holds of its buyer."""
    rows = buyers.orders(ground)
    if rows.empty:
        return rows
    rows = rows.assign(new=(~rows["buyer_id"].duplicated()).astype(float), one=1.0)
    return rows[rows["source"] == buyers.CREATOR]


def label_buyers(ground: Ground, found: pd.DataFrame) -> pd.Series:
    """The kind of the creator through whom each buyer came first; missing for the others."""
    rows = current(ground.case, ground.creators)
    if rows.empty or found.empty or "account" not in found:
        return pd.Series(None, index=found.index, dtype=object)
    try:
        labels = judge(ground, rows).table["label"]
    except Refused:
        return pd.Series(None, index=found.index, dtype=object)
    names = ground.creators.drop_duplicates(["account", "creator"])
    names = names[~names["account"].duplicated(keep=False)]  # of two with one name an order does not say which
    kinds = names.set_index("account")["creator"].map(labels)
    return found["account"].map(kinds).where(found["source"] == buyers.CREATOR)


def _back(ground: Ground) -> pd.DataFrame:
    """How many of the buyers each kind of creator brought first order again, followed since the file begins."""
    found = buyers.buyers(ground)
    kinds = label_buyers(ground, found)
    groups = found.groupby(kinds) if len(found) else ()
    return entries(row for kind, group in groups for row in buyers.rates(group, ("label",), (str(kind),)))


def _new(ground: Ground) -> pd.DataFrame:
    """New buyers that creators brought in the period, and their part of the orders creators sold.

    Whether they come back is measures/buyers.py's: the repeat rates by source.
    """
    rows = buyer_rows(ground)
    if ground.case.table("buyer_orders").empty:
        return blanks(NEW, "no_report:buyer_orders")
    mine = Window("current", ground.case.period).rows(rows)
    if mine.empty:
        return blanks(NEW, "no_alliance_buyers")
    new, n, at = float(mine["new"].sum()), float(len(mine)), Place(source_of(rows))
    low, high = wilson(new, n)
    said = "orders_are_a_sample" if _sampled(ground) else ""
    count = Entry(NEW[0], new, n=n, reason=said, at=at)
    return entries([count, Entry(NEW[1], new / n, new, n, n, low, high, at=at)])


def _sampled(ground: Ground) -> bool:
    """Whether the file with buyers holds clearly fewer orders than the shop had in the period."""
    period = ground.case.period
    here = len(Window("current", period).rows(buyers.orders(ground)))
    shop = float(column(current(ground.case, ground.days), "orders").sum()) if len(ground.days) else 0.0
    return shop > 0 and here < WHOLE * shop
