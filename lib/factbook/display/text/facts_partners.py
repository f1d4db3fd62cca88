"""What may be said about campaigns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from factbook.display.tables.common import typed
from factbook.display.text.facts import Found, count, figure, named, sliced
from factbook.knowledge.readings import Fact
from factbook.knowledge.thumbs import line
from factbook.records import Diagnosis

MISSED = ("missed", "not_eligible")


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
        "above_size": Fact(abs(above.number) if above.number is not None else None, "cny"),
        "ratio": ratio,
        "ratio_size": Fact(abs(ratio.number) if ratio.number is not None else None, "fraction"),
        "goal_part": figure(dx, "campaign_goal_ratio", campaign=name),
        "goal_line": Fact(line("goal_missed"), "fraction"),
    }


def _jointly(dx: Diagnosis) -> Found:
    """Campaign and star days together, where both fell into the period and cannot be told apart."""
    row = dx.measures.row("campaign_uplift_cny")
    overlap = row is not None and row.value is not None and bool(sliced(dx, "deal_paid_cny", "deal"))
    return {
        "joint_days": count(row.n if row and overlap else None),
        "joint_above": Fact(row.value if row and overlap else None, "cny"),
        "joint_sold": Fact(row.numerator if row and overlap else None, "cny"),
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
