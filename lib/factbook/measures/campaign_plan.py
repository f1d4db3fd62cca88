"""A campaign's plan by the hour, as the merchant typed it, against what each hour sold: where a day fell behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from factbook.knowledge.thumbs import line
from factbook.measures.campaign import the_shop
from factbook.measures.campaign_clock import Clock, of_day
from factbook.measures.common import NAN, Entry, Place, blanks, entries, source_of
from factbook.measures.ground import Ground

PLAN, SOLD = "campaign_plan_hour_cny", "campaign_plan_sold_cny"
PLAN_SO_FAR, SOLD_SO_FAR = "campaign_plan_so_far_cny", "campaign_sold_so_far_cny"
RATIO, GAP = "campaign_plan_ratio", "campaign_plan_gap_cny"
BEHIND, BEHIND_CNY = "campaign_behind_hour", "campaign_behind_cny"
TIMED = "campaign_timed_share"
IDS = (PLAN, SOLD, PLAN_SO_FAR, SOLD_SO_FAR, RATIO, GAP, BEHIND, BEHIND_CNY, TIMED)
BY_HOUR, BY_DAY = ("campaign", "date", "hour"), ("campaign", "date")
HOURS = [f"{hour:02d}" for hour in range(24)]
Hours = NDArray[np.float64]


@dataclass(frozen=True)
class Day:
    """One planned day: its plan by the hour (missing where none was typed), what the shop sold, and when."""

    at: Place  # by campaign and date
    plan: Hours
    sold: float
    clock: Clock | None

    @property
    def known(self) -> bool:
        return self.clock is not None

    @property
    def why_not(self) -> str:
        """Why the hours' sales are not known."""
        return "" if self.known else ("day_without_sales" if np.isnan(self.sold) else "no_hours")

    @property
    def hours(self) -> Hours:
        """What the shop sold in each hour: the day's sales by the hours' shares."""
        return self.sold * self.clock.shares if self.clock else np.full(24, NAN)

    @property
    def planned(self) -> NDArray[np.bool_]:
        """The hours for which there is a plan."""
        return ~np.isnan(self.plan)

    def place(self, hour: int) -> Place:
        return Place(self.at.source, BY_HOUR, (*self.at.key, HOURS[hour]), self.at.period)


def rows(ground: Ground) -> pd.DataFrame:
    """Hours with a planned amount on a day of a campaign joined or ahead; `day` is the date, `date` its text."""
    table, campaigns = ground.case.table("campaign_hours"), ground.case.table("campaigns")
    if table.empty or campaigns.empty:
        return pd.DataFrame()
    mine = campaigns[campaigns["state"].isin(("joined", "planned"))][["campaign", "start", "end"]]
    told = table[table["planned_cny"].notna()].merge(mine, on="campaign")
    told = told[(told["start"] <= told["date"]) & (told["date"] <= told["end"])]
    told = told.drop_duplicates(["campaign", "date", "hour"]).drop(columns=["start", "end"])
    hour = told["hour"].astype(int).map(lambda hour: HOURS[hour])
    return told.assign(day=told["date"], date=told["date"].dt.strftime("%Y-%m-%d"), hour=hour)


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Every planned day hour by hour, from when it fell behind, and all planned days of a campaign together."""
    plan = rows(ground)
    if plan.empty:
        return [blanks(IDS, "no_hour_plan")]
    found = list(_days(ground, plan))
    return [entries(row for day in found for row in (*_by_hour(day), *_of_day(day))), entries(_totals(found))]


def _days(ground: Ground, plan: pd.DataFrame) -> Iterator[Day]:
    """Every planned day; one before the period belongs to the history."""
    daily = the_shop(ground).daily if len(ground.days) else pd.Series(dtype=float)
    start = pd.Timestamp(ground.case.period.start)
    for (name, date), hours in plan.groupby(["campaign", "date"], sort=True):
        day = hours["day"].iloc[0]
        typed = np.full(24, NAN)
        typed[hours["hour"].astype(int)] = hours["planned_cny"]
        sold = float(daily.get(day, NAN))
        clock = of_day(ground, day, sold) if sold > 0 else None
        source = clock.source if clock else source_of(hours)
        at = Place(source, BY_DAY, (str(name), str(date)), "history" if day < start else "current")
        yield Day(at, typed, sold, clock)


def _by_hour(day: Day) -> Iterator[Entry]:
    """Plan and sales of the 24 hours, and both so far over the planned hours alone."""
    sofar = np.cumsum(np.where(day.planned, day.plan, 0)), np.cumsum(np.where(day.planned, day.hours, 0))
    for hour in range(24):
        at, there = day.place(hour), bool(day.planned[hour])
        blank, why = "" if there else "hour_not_planned", day.why_not
        yield Entry(PLAN, float(day.plan[hour]), reason=blank, at=at)
        yield Entry(SOLD, float(day.hours[hour]), n=day.clock.rows if day.clock else NAN, reason=why, at=at)
        if there:
            yield Entry(PLAN_SO_FAR, float(sofar[0][hour]), at=at)
            yield Entry(SOLD_SO_FAR, float(sofar[1][hour]) if day.known else NAN, reason=why, at=at)


def _of_day(day: Day) -> list[Entry]:
    """How far the day came in its planned hours, and from when it was behind."""
    if not day.known:
        return [Entry(id, reason=day.why_not, at=day.at) for id in (RATIO, GAP, BEHIND, BEHIND_CNY, TIMED)]
    plan, sold = _sums(day)
    n, why = float(day.planned.sum()), "" if plan > 0 else "denominator_zero"
    ratio = sold / plan if plan > 0 else NAN
    first = Entry(RATIO, ratio, sold, plan, n, reason=why, at=day.at)
    return [first, Entry(GAP, sold - plan, sold, plan, n, at=day.at), *_behind(day), *_timed(day)]


def _sums(day: Day) -> tuple[float, float]:
    """Planned and sold in the planned hours."""
    return float(day.plan[day.planned].sum()), float(day.hours[day.planned].sum())


def _behind(day: Day) -> list[Entry]:
    """The first planned hour at whose end too little of the plan so far was sold, and how much was lacking then.

    Hours before the day last caught up do not count, nor those before a tenth of its plan is due: they are small.
    """
    plan, sold = np.cumsum(day.plan[day.planned]), np.cumsum(day.hours[day.planned])
    level = np.flatnonzero(sold >= plan)
    since = np.arange(len(plan)) > (level[-1] if len(level) else -1)
    late = since & (sold < line("behind_plan") * plan) & (plan >= line("behind_begun") * plan[-1])
    if not late.any():
        return [Entry(id, n=float(len(plan)), reason="never_behind", at=day.at) for id in (BEHIND, BEHIND_CNY)]
    first = int(late.argmax())
    hour, due, done = float(np.flatnonzero(day.planned)[first]), float(plan[first]), float(sold[first])
    return [Entry(BEHIND, hour, at=day.at), Entry(BEHIND_CNY, due - done, done, due, at=day.at)]


def _timed(day: Day) -> Iterator[Entry]:
    """What says at which hour the day sold, and how much of its sales that holds."""
    if day.clock:
        at = Place(day.at.source, (*BY_DAY, "basis"), (*day.at.key, day.clock.basis), day.at.period)
        share = day.clock.paid / day.sold
        yield Entry(TIMED, share, day.clock.paid, day.sold, day.clock.rows, at=at)


def _totals(days: list[Day]) -> Iterator[Entry]:
    """Σ sold ÷ Σ planned over the planned hours: by campaign, and over the days of the period."""
    known = [day for day in days if day.known]
    groups = sorted({(day.at.key[0], day.at.period) for day in known})
    for name, period in groups:
        mine = [day for day in known if (day.at.key[0], day.at.period) == (name, period)]
        yield _pooled(mine, Place(mine[0].at.source, ("campaign",), (name,), period))
    now = [day for day in known if day.at.period == "current"]
    yield _pooled(now, Place(now[0].at.source)) if now else Entry(RATIO, reason="day_without_sales")


def _pooled(days: list[Day], at: Place) -> Entry:
    plan, sold = (float(sum(part)) for part in zip(*map(_sums, days), strict=True))
    why = "" if plan > 0 else "denominator_zero"
    return Entry(RATIO, sold / plan if plan > 0 else NAN, sold, plan, float(len(days)), reason=why, at=at)
