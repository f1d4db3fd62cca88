"""The days that were planned by the hour: planned, sold, behind since when, and what was done."""

from __future__ import annotations

from typing import Any

import pandas as pd

from factbook.display.charts.campaign_plan import Planned, planned_days
from factbook.display.shown import Shown
from factbook.display.tables.common import Layout, Words, col, lay, records, sources, typed
from factbook.knowledge.words import say
from factbook.records import Diagnosis

DAYS = Layout(
    "campaign_plan_days",
    (
        col("campaign"),
        col("date", "day", "plan_date"),
        col("hours", "count", "plan_hours"),
        col("plan", "optional:cny", "plan_cny"),
        col("sold", "optional:cny", "plan_sold"),
        col("ratio", "optional:fraction", "plan_reached"),
        col("behind", heading="plan_behind"),
        col("lacking", "optional:cny", "plan_lacking"),
        col("adjusted", heading="plan_adjusted"),
        col("basis", "word:clock_basis", "plan_basis"),
        col("timed", "optional:fraction", "plan_timed"),
    ),
)
BY_DAY = ("campaign", "date")


def campaign_plan_days(dx: Diagnosis) -> Shown:
    """Every planned day of the period (else of the past), in order."""
    days = planned_days(dx)
    frame = records(_day(dx, day) for day in days)
    found = dx.measures.select("campaign_plan_sold_cny", (*BY_DAY, "hour"))
    named = sources(found["source"], dx.language) if len(found) else ""
    return lay(dx, DAYS, frame, Words(named, say("say.plan_hours", dx.language) if days else ""))


def _day(dx: Diagnosis, day: Planned) -> dict[str, Any]:
    parts = [dx.measures.select("campaign_plan_ratio", BY_DAY, period) for period in ("current", "history")]
    row = _of(pd.concat(parts), day)
    basis = _of(dx.measures.select("campaign_timed_share", (*BY_DAY, "basis")), day)
    return {
        "campaign": day.campaign,
        "date": day.date,
        "hours": len(_planned(dx, day)),
        "plan": row.get("denominator"),
        "sold": row.get("numerator"),
        "ratio": day.ratio,
        "behind": _behind(day, dx.language),
        "lacking": day.lacking,
        "adjusted": noted(dx, day) or say("say.plan_not_noted", dx.language),
        "basis": basis.get("basis"),
        "timed": basis.get("value"),
    }


def _of(rows: pd.DataFrame, day: Planned) -> dict[str, Any]:
    """The row of one day; nothing where there is none."""
    mine = rows[(rows["campaign"] == day.campaign) & (rows["date"] == day.date)] if len(rows) else rows
    return {str(key): value for key, value in mine.iloc[0].items()} if len(mine) else {}


def _planned(dx: Diagnosis, day: Planned) -> pd.DataFrame:
    parts = [dx.measures.select("campaign_plan_hour_cny", (*BY_DAY, "hour"), p) for p in ("current", "history")]
    rows = pd.concat([part for part in parts if len(part)])
    return rows[(rows["campaign"] == day.campaign) & (rows["date"] == day.date) & rows["value"].notna()]


def _behind(day: Planned, language: str) -> str:
    if day.ratio is None:
        return ""
    key = "plan_never" if day.behind is None else "plan_hour"
    return say(f"say.{key}", language, hour=day.behind)


def noted(dx: Diagnosis, day: Planned) -> str:
    """What the form says was done on that day, hour by hour; nothing where it says nothing."""
    said = [
        say("say.plan_noted", dx.language, hour=int(row["hour"]), what=row["adjusted"].strip())
        for row in typed(dx, "campaign_hours").to_dict("records")
        if (row["campaign"], str(row["date"])[:10]) == (day.campaign, day.date) and isinstance(row["adjusted"], str)
    ]
    return say("say.plan_and", dx.language).join(said)
