"""Tables of campaigns: the calendar with its figures, and how far the next one is prepared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from factbook import fmt
from factbook.display.shown import Shown
from factbook.display.tables.common import Layout, Words, col, lay, records, remark, sources, typed, wide
from factbook.display.tables.deals import span
from factbook.knowledge.words import label, say
from factbook.records import Diagnosis, Language

_CAMPAIGN = {
    "campaign_actual_cny": "actual",
    "campaign_baseline_cny": "expected",
    "campaign_uplift_cny": "above",
    "campaign_net_cny": "net_gain",
}

CALENDAR = Layout(
    "campaign_calendar",
    (
        col("campaign"),
        col("level"),
        col("dates"),
        col("state", "mark:campaign_state"),
        col("why_not"),
        col("goal", "optional:cny"),
        col("actual", "optional:cny"),
        col("expected", "optional:cny", "expected_without"),
        col("above", "optional:cny", "above_expected"),
        col("above_range", "interval:cny"),
        col("net_gain", "optional:cny"),
    ),
)
READINESS = Layout(
    "campaign_readiness",
    (
        col("campaign"),
        col("part", "word:campaign_part", "campaign_part"),
        col("task"),
        col("owner"),
        col("due", "day"),
        col("done", "mark:task_state"),
        col("late", heading="task_late"),
    ),
)


def campaign_calendar(dx: Diagnosis) -> Shown:
    """Every campaign typed in: joined or not and why, what was sold, what was expected without it."""
    found = pd.concat([dx.measures.select(tuple(_CAMPAIGN), "campaign", period) for period in ("current", "history")])
    grids = [wide(dx, tuple(_CAMPAIGN), "campaign", period=period) for period in ("current", "history")]
    figures = pd.concat(grids).rename(columns=_CAMPAIGN)
    figures["remark"] = found[found["reason"] != ""].drop_duplicates("campaign").set_index("campaign")["reason"]
    uplift = found[found["id"] == "campaign_uplift_cny"].drop_duplicates("campaign").set_index("campaign")
    figures["above_range"] = pd.Series({name: (row.low, row.high) for name, row in uplift.iterrows()}, dtype=object)
    frame = records(_campaign(row, figures, dx.language) for row in typed(dx, "campaigns").to_dict("records"))
    words = Words(sources(found["source"], dx.language), say("say.association", dx.language))
    return lay(dx, CALENDAR, frame, words)


def _campaign(row: Mapping[Any, Any], figures: pd.DataFrame, language: Language) -> dict[str, Any]:
    known = figures.loc[row["campaign"]].to_dict() if row["campaign"] in figures.index else {}
    level = "" if pd.isna(row.get("level")) else str(int(row["level"]))
    unknown, code = pd.isna(known.get("expected")), known.get("remark")
    why = remark(code, language) if unknown and isinstance(code, str) else ""
    return {
        "campaign": row["campaign"],
        "level": label("campaign_level", level, language),
        "dates": span(row, language),
        "state": row.get("state"),
        "why_not": row.get("reason") or why,
        "goal": row.get("goal_cny"),
        "above_range": known.get("above_range"),
        **{name: known.get(name) for name in _CAMPAIGN.values()},
    }


def campaign_readiness(dx: Diagnosis) -> Shown:
    """What the campaigns ahead still lack: part, task, owner, day, and whether it is late."""
    rows, over = typed(dx, "readiness").to_dict("records"), begun(dx)
    frame = records(_task(dx, row) for row in rows if row.get("done") and row["campaign"] not in over)
    found = dx.measures.select("campaign_readiness", "campaign")
    found = found[~found["campaign"].isin(over)] if len(found) else found
    scores = [
        say("say.readiness_score", dx.language, campaign=name, ready=fmt.percent(float(value), dx.language))
        for name, value in zip(found["campaign"], found["value"], strict=True)
        if pd.notna(value)
    ] if len(found) else []  # fmt: skip
    return lay(dx, READINESS, frame, Words(sources(found["source"], dx.language), " ".join(scores)))


def begun(dx: Diagnosis) -> set[str]:
    """Campaigns that began before the period's end: their readiness is a record, not a list of things to do."""
    rows = typed(dx, "campaigns")
    if rows.empty:
        return set()
    first = rows["start"].astype(str).str[:10].groupby(rows["campaign"].astype(str)).max()
    return set(first.index[first <= dx.period.end.isoformat()])


def _task(dx: Diagnosis, row: Mapping[Any, Any]) -> dict[str, Any]:
    due = row.get("due")
    late = isinstance(due, str) and due[:10] <= dx.period.end.isoformat() and row["done"] != "yes"
    return {
        "campaign": row["campaign"],
        "part": row.get("part"),
        "task": row.get("task"),
        "owner": row.get("owner") or say("say.no_owner", dx.language),
        "due": due,
        "done": row["done"],
        "late": say("say.late", dx.language) if late else "",
    }
