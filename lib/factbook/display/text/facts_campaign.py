"""What may be said about campaigns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from factbook.display import cells
from factbook.display.charts.campaign_plan import Planned, planned_days
from factbook.display.tables.campaign import begun
from factbook.display.tables.campaign_plan import noted
from factbook.display.tables.common import typed
from factbook.display.text.facts import Found, count, figure, listed, named, sliced, span_of
from factbook.knowledge.festivals import festival_of, festivals
from factbook.knowledge.readings import Fact
from factbook.knowledge.reasons import sentence
from factbook.knowledge.thumbs import line
from factbook.records import Diagnosis, Measure, Text

MISSED = ("missed", "not_eligible")
NO_DAY = Planned("", "", None, None, None, None)


def campaign_days(dx: Diagnosis) -> Found:
    """The campaign with the largest sales of this period against as many usual days."""
    sold = sliced(dx, "campaign_actual_cny", "campaign")
    usual = sliced(dx, "campaign_baseline_cny", "campaign")
    both = [name for name in sold if name in usual]
    name = max(both or sold, key=lambda key: sold[key], default=None)
    if name is None:
        return {"campaigns": count(None), "listed": count(len(typed(dx, "campaigns")) or None)}
    above = figure(dx, "campaign_uplift_cny", campaign=name)
    ratio = figure(dx, "campaign_uplift_ratio", campaign=name)
    return {
        **_jointly(dx),
        "campaigns": count(len(sold)),
        "others": count(len(sold) - 1),
        "name": Fact(name),
        "sold": Fact(sold[name], "cny"),
        "usual": Fact(usual.get(name), "cny"),
        "above": above,
        "above_range": _range(dx, "campaign_uplift_cny", name),
        "net": figure(dx, "campaign_net_cny", campaign=name),
        "net_range": _range(dx, "campaign_net_cny", name),
        "why_not": Fact(_why(dx, name)),
        "above_size": Fact(abs(above.number) if above.number is not None else None, "cny"),
        "ratio": ratio,
        "ratio_size": Fact(abs(ratio.number) if ratio.number is not None else None, "fraction"),
        "goal_part": figure(dx, "campaign_goal_ratio", campaign=name),
        "goal_line": Fact(line("goal_missed"), "fraction"),
    }


def _range(dx: Diagnosis, id: str, name: str) -> Fact:
    """The 95 % interval of one campaign's figure as a range of money."""
    row = dx.measures.row(id, campaign=name)
    return Fact(span_of(row.low, row.high) if row else None)


def _why(dx: Diagnosis, name: str) -> Text | None:
    """Why nothing is said about what one campaign would have sold without it."""
    row = dx.measures.row("campaign_baseline_cny", campaign=name)
    return sentence(row.reason) if row and row.value is None and row.reason else None


def _jointly(dx: Diagnosis) -> Found:
    """Campaign and star days together, where both fell into the period and cannot be told apart."""
    row = dx.measures.row("campaign_uplift_cny")
    overlap = row is not None and row.value is not None and bool(sliced(dx, "deal_paid_cny", "deal"))
    return {
        "joint_days": count(row.n if row and overlap else None),
        "joint_above": Fact(row.value if row and overlap else None, "cny"),
        "joint_sold": Fact(row.numerator if row and overlap else None, "cny"),
        "joint_range": Fact(span_of(row.low, row.high) if row and overlap else None),
    }


def campaign_calendar(dx: Diagnosis) -> Found:
    """How many campaigns were joined, missed or planned, and the weightiest missed with its reason."""
    rows = typed(dx, "campaigns").to_dict("records")
    states = [row.get("state") for row in rows]
    missed = [row for row in rows if row.get("state") in MISSED]
    worst: Mapping[Any, Any] = min(missed, key=lambda row: row.get("level") or 9, default={})
    return {
        "total": count(len(rows) or None),
        "joined": count(states.count("joined")),
        "missed": count(len(missed)),
        "planned": count(states.count("planned")),
        "missed_name": Fact(worst.get("campaign")),
        "missed_level": Fact(named("campaign_level", str(int(worst["level"]))) if worst.get("level") else None),
        "missed_reason": Fact(worst.get("reason")),
        "gate": Fact("shut" if any(g.state == "shut" and "C" in g.closes for g in dx.gates) else "open"),
    }


def campaign_year(dx: Diagnosis) -> Found:
    """The festivals the form leaves out, and what the next campaign may sell going by the past ones."""
    rows = typed(dx, "campaigns").to_dict("records")
    known = {festival_of(str(row.get("campaign"))) for row in rows}
    untold = [row.name for id, row in festivals().festivals.items() if row.level == 1 and id not in known]
    end = dx.period.end.isoformat()
    ahead = [row for row in rows if row.get("state") == "planned" and str(row.get("start") or "")[:10] > end]
    coming: Mapping[Any, Any] = min(ahead, key=lambda row: str(row["start"]), default={})
    row = dx.measures.row("campaign_outlook_cny", campaign=str(coming.get("campaign")))
    return {
        "total": count(len(rows) or None),
        "untold": count(len(untold) if rows else None),
        "untold_names": Fact(listed(untold)),
        "next": Fact(coming.get("campaign")),
        "next_goal": Fact(coming.get("goal_cny"), "cny"),
        "outlook": Fact(row.value if row else None, "cny"),
        "outlook_range": Fact(span_of(row.low, row.high) if row and row.value is not None else None),
        "past": count(row.n if row else None),
        "checked": Fact(festivals().checked if rows else None, "day"),
    }


def campaign_hours(dx: Diagnosis) -> Found:
    """How many hours of the largest campaign stayed under their part of the goal, and by how much."""
    paid, goal = (_by_hour(dx, f"campaign_hour_{kind}_cny") for kind in ("paid", "goal"))
    name = max(paid, key=lambda key: sum(paid[key].values()), default="")
    sold, aims = paid.get(name, {}), goal.get(name, {})
    gaps = [aims[hour] - sold.get(hour, 0.0) for hour in aims]
    best = max(sold, key=sold.__getitem__, default=None)
    rows = dx.measures.select("campaign_hour_paid_cny", ("campaign", "hour"))
    return {
        "name": Fact(name or None),
        "goal": Fact(sum(aims.values()) if aims else None, "cny"),
        "short": count(sum(gap > 0 for gap in gaps) if aims else None),
        "missing": Fact(sum(gap for gap in gaps if gap > 0) if aims else None, "cny"),
        "over": Fact(-sum(gap for gap in gaps if gap < 0) if aims else None, "cny"),
        "best": count(float(best) if best is not None else None),
        "orders": count(float(rows["n"].max()) if len(rows) and name else None),
        "plan_days": count(len(planned_days(dx)) or None),
    }


def _by_hour(dx: Diagnosis, id: str) -> dict[str, dict[str, float]]:
    rows = dx.measures.select(id, ("campaign", "hour"))
    found: dict[str, dict[str, float]] = {}
    for row in rows.dropna(subset="value").to_dict("records") if len(rows) else ():
        found.setdefault(str(row["campaign"]), {})[str(row["hour"])] = float(row["value"])
    return found


def campaign_readiness(dx: Diagnosis) -> Found:
    """The next campaign of the readiness sheet: how far it is, its weakest part, and what is late."""
    ready = sliced(dx, "campaign_readiness", "campaign")
    over = begun(dx)
    name = next((name for name in ready if name not in over), "")
    rows = dx.measures.select("campaign_readiness", ("campaign", "part"))
    mine = rows[rows["campaign"] == name].dropna(subset="value") if len(rows) else rows
    parts = dict(zip(mine["part"], mine["value"].astype(float), strict=True)) if len(mine) else {}
    weakest = min(parts, key=parts.__getitem__, default=None)
    return {
        "name": Fact(name or None),
        "ready": Fact(ready.get(name), "fraction"),
        "line": Fact(line("readiness_low") if name else None, "fraction"),
        "weakest": Fact(named("campaign_part", weakest) if weakest else None),
        "weakest_ready": Fact(parts.get(weakest) if weakest else None, "fraction"),
        "late": figure(dx, "campaign_tasks_late", campaign=name),
    }


def campaign_plan(dx: Diagnosis) -> Found:
    """The planned day that ended furthest below its plan, how its hours are known, and what was noted."""
    days = planned_days(dx)
    day = min(days, key=lambda day: (day.gap is None, day.gap or 0.0, day.date), default=NO_DAY)
    row = dx.measures.row("campaign_plan_ratio", campaign=day.campaign, date=day.date)
    timed = dx.measures.select("campaign_timed_share", ("campaign", "date", "basis"))
    mine = timed[(timed["campaign"] == day.campaign) & (timed["date"] == day.date)] if len(timed) else timed
    return {
        "days": count(len(days) or None),
        "day": Fact(date.fromisoformat(day.date) if day.date else None, "day"),
        "hour": count(day.behind),
        "lacking": Fact(day.lacking, "cny"),
        "ratio": Fact(day.ratio, "fraction"),
        "plan": Fact(row.denominator if row else None, "cny"),
        "sold": Fact(row.numerator if row else None, "cny"),
        "unplanned": count(24 - row.n if row and row.n is not None else None),
        "basis": Fact(named("clock_basis", str(mine["basis"].iloc[0])) if len(mine) else None),
        "timed": Fact(float(mine["value"].iloc[0]) if len(mine) else None, "fraction"),
        "noted": Fact(noted(dx, day) or None),
    }


def campaign_preparation(dx: Diagnosis) -> Found:
    """Whether better prepared campaigns sold more, and where the next one stands on that line."""
    row = dx.measures.row("campaign_readiness_slope")
    row = row if row and row.value is not None else None
    outlook = sliced(dx, "campaign_readiness_outlook", "campaign")
    name = next(iter(outlook), "")
    coming = dx.measures.row("campaign_readiness_outlook", campaign=name) if name else None
    return {
        "count": count(row.n if row else None),
        "slope": Fact(row.value if row else None, "points"),
        "slope_range": Fact(_span(row.low, row.high, "points") if row else None),
        "seen": Fact(_seen(row) if row else None),
        "next": Fact(name or None),
        "ready": figure(dx, "campaign_readiness", campaign=name),
        "outlook": Fact(outlook.get(name), "fraction"),
        "outlook_range": Fact(_span(coming.low, coming.high, "fraction") if coming else None),
    }


def _seen(row: Measure) -> str:
    """Whether the interval of a slope leaves out zero, and on which side it lies."""
    return "more" if (row.low or 0.0) > 0 else "less" if (row.high or 0.0) < 0 else "no"


def _span(low: float | None, high: float | None, unit: str) -> Text:
    """A range in a unit of fmt.UNITS, in both languages."""
    return Text(*(cells.interval((low, high), unit, language) for language in ("zh", "en")))
