"""How far a campaign is prepared, what the next one may sell, and whether readiness went with more."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from factbook.measures.campaign import FORM_SOURCE, Shop, planned, the_shop
from factbook.measures.common import NAN, Entry, Place, Ratio, blanks, entries, records, tally
from factbook.measures.ground import Ground
from factbook.methods.trend import at, slope, spread_of
from factbook.records import Measures

READY = Ratio("campaign_readiness", "done_part", "one")
TASKS = (Ratio("campaign_tasks_late", "late"), Ratio("campaign_tasks_unowned", "unowned"))
DONE = {"yes": 1.0, "partly": 0.5, "no": 0.0}
OUTLOOK, SLOPE = "campaign_outlook_cny", "campaign_readiness_slope"
BY_READINESS, FIT = "campaign_readiness_outlook", "campaign_readiness_fit"
LEAST_EVENTS = 3  # past campaigns a range for the next one needs
LEAST_PREPARED = 6  # campaigns with readiness and uplift that a line through them needs
USUAL_DAYS = 28


# ------------------------------------------------------------------ readiness


def tasks(ground: Ground) -> pd.DataFrame:
    """Rows of the readiness sheet that say how far they are, with what counts as late or without an owner."""
    table = ground.case.table("readiness")
    if table.empty:
        return table
    rows = table[table["done"].isin(DONE)] if "done" in table else table.iloc[:0]
    due = rows["due"] if "due" in rows else pd.Series(pd.NaT, index=rows.index)
    owner = rows["owner"] if "owner" in rows else pd.Series(None, index=rows.index, dtype=object)
    late = (
        (due <= pd.Timestamp(ground.case.period.end)) & (rows["done"] != "yes") & ~rows["campaign"].isin(over(ground))
    )
    unowned = owner.isna() | (owner.astype(str).str.strip() == "")
    shares = rows["done"].map(DONE).astype(float)
    return rows.assign(done_part=shares, one=1.0, late=late.astype(float), unowned=unowned.astype(float))


def over(ground: Ground) -> set[str]:
    """Campaigns that began before the period's end: their sheet is a record, nothing in it is late any more."""
    table = ground.case.table("campaigns")
    if table.empty:
        return set()
    begun = table.groupby(table["campaign"].astype(str))["start"].max() <= pd.Timestamp(ground.case.period.end)
    return set(begun.index[begun])


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Readiness by campaign and by its parts, and tasks late or without an owner."""
    rows = tasks(ground)
    ids = (READY.id, *(ratio.id for ratio in TASKS))
    if rows.empty:
        return [blanks(ids, "no_readiness")]
    found = [tally(rows, [READY, *TASKS], ("campaign",)), tally(rows, [READY], ("campaign", "part"))]
    return [_plain(frame) for frame in found]


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Without intervals: tasks are counted, not sampled."""
    return frame.assign(low=NAN, high=NAN)


# ------------------------------------------------------------------ the next campaign


def ahead(ground: Ground, so_far: Measures) -> list[pd.DataFrame]:
    """What planned campaigns may sell if they go as the past ones did, and what their readiness goes with."""
    table = ground.case.table("campaigns")
    if table.empty or ground.days.empty:
        reason = "no_campaigns" if table.empty else "no_report:trade_analysis"
        return [blanks((OUTLOOK, SLOPE, BY_READINESS, FIT), reason)]
    both = prepared(ground, so_far)
    return [entries([*_outlooks(ground, so_far), *_line(both), *_by_readiness(ground, so_far, both)])]


def _ratios(so_far: Measures) -> pd.Series:
    """How far each past campaign lay above its expected sales, by name."""
    rows = so_far.frame
    rows = rows[(rows["id"] == "campaign_uplift_ratio") & (rows["by"] == ("campaign",)) & rows["value"].notna()]
    return pd.Series(rows["value"].to_numpy(float), index=[key[0] for key in rows["key"]]).groupby(level=0).first()


def _outlooks(ground: Ground, so_far: Measures) -> Iterator[Entry]:
    """Usual days × (1 + the past campaigns' middle ratio), with the range of one more such campaign."""
    table, shop = ground.case.table("campaigns"), the_shop(ground)
    coming = table[planned(ground, table)]
    if coming.empty:
        yield Entry(OUTLOOK, reason="no_planned_campaign")
    ratios = _ratios(so_far).drop(_with_star(table, shop), errors="ignore")
    past = np.log1p(ratios.clip(lower=-0.95).to_numpy(float))
    for row in records(coming):
        there = Place(shop.source, ("campaign",), (str(row["campaign"]),))
        usual = shop.ordinary(pd.Timestamp(ground.case.period.end) + pd.Timedelta(days=1)).tail(USUAL_DAYS)
        days = (row["end"] - row["start"]).days + 1
        if len(past) < LEAST_EVENTS or usual.empty:
            yield Entry(OUTLOOK, n=float(len(past)), reason="few_events", at=there)
            continue
        middle, low, high = (float(np.exp(end)) * float(usual.mean()) * days for end in spread_of(past))
        yield Entry(OUTLOOK, middle, n=float(len(past)), low=low, high=high, at=there)


def _with_star(table: pd.DataFrame, shop: Shop) -> list[str]:
    """Campaigns a star's session fell into: their gain cannot be told apart from the star's."""
    return [str(r["campaign"]) for r in records(table) if shop.stars.isin(pd.date_range(r["start"], r["end"])).any()]


def _readiness(so_far: Measures) -> pd.Series:
    """Readiness by campaign, where the sheet says it."""
    rows = so_far.frame
    rows = rows[(rows["id"] == READY.id) & (rows["by"] == ("campaign",)) & rows["value"].notna()]
    return pd.Series(rows["value"].to_numpy(float), index=[key[0] for key in rows["key"]], dtype=float)


def prepared(ground: Ground, so_far: Measures) -> pd.DataFrame:
    """Past campaigns with `ready` and `ratio`; those with a star inside left out: their gain is the star's as well."""
    table, shop = ground.case.table("campaigns"), the_shop(ground)
    both = pd.DataFrame({"ready": _readiness(so_far), "ratio": _ratios(so_far)}).dropna()
    return both.drop(_with_star(table, shop), errors="ignore").sort_index()


def _enough(both: pd.DataFrame) -> bool:
    return len(both) >= LEAST_PREPARED and both["ready"].nunique() > 1


def _line(both: pd.DataFrame) -> Iterator[Entry]:
    """How much more lay above the expected where a campaign was a tenth better prepared, and the line at each."""
    n = float(len(both))
    if not _enough(both):
        yield from (Entry(id, n=n, reason="few_prepared_events") for id in (SLOPE, FIT))
        return
    x, y = both["ready"].to_numpy(float), both["ratio"].to_numpy(float)
    middle, low, high = (end / 10 for end in slope(x, y))
    yield Entry(SLOPE, middle, n=n, low=low, high=high)
    for name, share in both["ready"].items():
        yield Entry(FIT, at(x, y, float(share))[0], n=n, at=Place(FORM_SOURCE, ("campaign",), (str(name),)))


def _by_readiness(ground: Ground, so_far: Measures, both: pd.DataFrame) -> Iterator[Entry]:
    """How far above expected a planned campaign would lie at its readiness, going by the line through the past ones."""
    table = ground.case.table("campaigns")
    ready = _readiness(so_far).reindex(table.loc[planned(ground, table), "campaign"].astype(str)).dropna()
    if ready.empty:
        yield Entry(BY_READINESS, n=float(len(both)), reason="no_readiness_ahead")
    x, y = both["ready"].to_numpy(float), both["ratio"].to_numpy(float)
    for name, share in ready.items():
        place = Place(FORM_SOURCE, ("campaign",), (str(name),))
        inside = bool(len(both)) and x.min() <= share <= x.max()
        if not _enough(both) or not inside:
            why = "readiness_outside" if _enough(both) else "few_prepared_events"
            yield Entry(BY_READINESS, n=float(len(both)), reason=why, at=place)
            continue
        middle, low, high = at(x, y, float(share))
        yield Entry(BY_READINESS, middle, n=float(len(both)), low=low, high=high, at=place)
