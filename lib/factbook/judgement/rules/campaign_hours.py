"""C · campaigns by the hour: where the goal was missed, and days that fell behind their plan while nobody acted."""

from __future__ import annotations

from datetime import date

import pandas as pd

from factbook.judgement.calendar import short_name
from factbook.judgement.facts import Facts, as_evidence
from factbook.judgement.rule import Fired, Rule
from factbook.judgement.say import Figure, Value, day
from factbook.knowledge.thumbs import line
from factbook.records import Measure, Text, listed

PLAN = "campaign_hours"


def _hours_short(facts: Facts) -> Fired | None:
    """A campaign without an hour plan stayed under its goal, and some hours carry most of what is missing."""
    planned = {row.slice["campaign"] for row in facts.rows("campaign_plan_ratio", "campaign")}
    for row in facts.rows("campaign_goal_ratio", "campaign"):
        name = row.slice["campaign"]
        if name in planned:  # its own plan says more than the goal spread as ordinary days sell
            continue
        goals, paid = (_by_hour(facts, f"campaign_hour_{kind}_cny", name) for kind in ("goal", "paid"))
        short = {hour: goals[hour] - paid[hour] for hour in goals if paid.get(hour, goals[hour]) < goals[hour]}
        goal, missing = sum(goals.values()), sum(short.values())
        if not goal or (row.value or 0.0) >= 1 or missing / goal < line("hours_short"):
            continue
        worst = sorted(sorted(short, key=lambda hour: -short[hour])[:3])
        values: dict[str, Value] = {
            "campaign": short_name(name),
            "hours": listed(tuple(Text(f"{int(hour)}点", f"{hour}:00") for hour in worst)),
            "gap": Figure(sum(short[hour] for hour in worst), "cny"),
        }
        return Fired(values, (as_evidence(row),))
    return None


def _by_hour(facts: Facts, id: str, name: str) -> dict[str, float]:
    rows = facts.rows(id, "campaign", "hour")
    return {row.slice["hour"]: row.value for row in rows if row.slice["campaign"] == name and row.value is not None}


def _fell_behind(facts: Facts) -> Fired | None:
    """A day fell behind its plan while half of it was still ahead, ended short, and no action was written down."""
    rows = facts.rows("campaign_behind_cny", "campaign", "date")
    for row in sorted(rows, key=lambda row: -(row.value or 0.0)):
        hour, reached = (_of_day(facts, id, row) for id in ("campaign_behind_hour", "campaign_plan_ratio"))
        if hour is None or reached is None or (reached.value or 0.0) >= line("goal_missed"):
            continue
        left = 1 - (row.denominator or 0.0) / (reached.denominator or 1.0)
        if left >= line("plan_ahead") and not _acted(facts, row, hour.value or 0.0):
            return Fired(_said(row, reached, hour.value or 0.0, left), (as_evidence(row), as_evidence(reached)))
    return None


def _of_day(facts: Facts, id: str, row: Measure) -> Measure | None:
    return next((found for found in facts.rows(id, "campaign", "date") if found.slice == row.slice), None)


def _acted(facts: Facts, row: Measure, hour: float) -> bool:
    """Whether the plan's sheet says that something was done that day, from that hour on."""
    table = facts.case.table(PLAN)
    if table.empty or "adjusted" not in table:
        return False
    when = pd.to_datetime(table["date"]).dt.strftime("%Y-%m-%d")
    mine = (table["campaign"] == row.slice["campaign"]) & (when == row.slice["date"]) & (table["hour"] >= hour)
    noted = table.loc[mine, "adjusted"].dropna()
    return bool((noted.astype(str).str.strip() != "").any())


def _said(row: Measure, reached: Measure, hour: float, left: float) -> dict[str, Value]:
    return {
        "campaign": short_name(row.slice["campaign"]),
        "day": day(date.fromisoformat(row.slice["date"])),
        "hour": _clock(hour),
        "until": _clock(hour + 1),
        "plan": Figure(row.denominator or 0.0, "cny"),
        "sold": Figure(row.numerator or 0.0, "cny"),
        "gap": Figure(row.value or 0.0, "cny"),
        "left": Figure(left, "fraction"),
        "ratio": Figure(reached.value or 0.0, "fraction"),
    }


def _clock(hour: float) -> Text:
    return Text(f"{hour:.0f}点", f"{hour:.0f}:00")


RULES = (
    Rule("C08", "C", "low", ("campaign_goal_ratio", "campaign_hour_goal_cny", "campaign_hour_paid_cny"), _hours_short),
    Rule("C15", "C", "medium", (f"table:{PLAN}", "campaign_plan_ratio"), _fell_behind),
)
