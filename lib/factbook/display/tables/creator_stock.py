"""Tables of creators as a stock: levels, moves between states, costs, doubtful data, and next month's plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from factbook import fmt
from factbook.display.shown import FOLD, Shown
from factbook.display.tables.common import Layout, Words, col, lay, records, remark, sources, wide
from factbook.display.tables.creators import folded, joined, labelled, pairs, unnamed
from factbook.display.tables.figures import metric_rows
from factbook.knowledge.metrics import metrics
from factbook.knowledge.thumbs import line
from factbook.knowledge.words import label, say, words
from factbook.records import Diagnosis

_TIER = {
    "creators_by_tier": "creators",
    "tier_paid_cny": "paid",
    "tier_share": "share",
    "tier_refund_rate": "refund_rate",
    "tier_commission_rate": "commission_rate",
    "tier_contribution_cny": "contribution",
}
TIERS = Layout(
    "creator_tiers",
    (
        col("level_name"),
        col("tier", "word:tier"),
        col("creators", "count"),
        col("paid", "cny"),
        col("share", "fraction"),
        col("refund_rate", "optional:fraction"),
        col("commission_rate", "optional:fraction"),
        col("contribution", "cny"),
    ),
)
MOVES = Layout(
    "creator_moves",
    (
        col("creator"),
        col("from_state", "word:creator_state"),
        col("to_state", "word:creator_state"),
        col("on", "day"),
        col("chance", "optional:fraction"),
        col("sessions_since", "optional:count"),
    ),
)
COSTS = Layout(
    "creator_costs",
    (col("metric"), col("value", "figure"), col("interval", "interval"), col("n", "optional:count"), col("remark")),
)
DOUBTS = Layout("creator_doubts", (col("doubt", "word:doubt"), col("creators", "count"), col("handled")))
PLAN = Layout(
    "creator_plan",
    (
        col("step", "word:plan_step"),
        col("creator"),
        col("label", "mark:label"),
        col("sessions_now", "count"),
        col("sessions_planned", "count"),
        col("per_session", "cny"),
        col("interval", "interval:cny"),
        col("why"),
    ),
)
COSTED = (
    "cost_per_active_creator_cny",
    "alliance_commission_cny",
    "alliance_sample_cny",
    "samples_idle",
    "samples_idle_cny",
    "creators_unprofitable",
    "unprofitable_loss_cny",
    "creator_retention_next",
    "channel_live_rate",
    "channel_again_rate",
    "creator_recovery_rate",
    "creator_new_buyers",
    "creator_new_buyer_share",
    "creator_search_paid_cny",
    "alliance_named_share",
    "bucket_share",
)
MOST_OF_STEP = {"more": 6, "new_product": 6, "explore": 6, "fewer": 4, "rest": 6, "keep": 3}  # of each kind
MOST_MOVES = 20
MOVES_IN_SIGHT, STEP_IN_SIGHT = 8, 3
WEIGHTIEST = ("mismatch", "recovered", "low", "rising", "core", "trial", "new")


def creator_tiers(dx: Diagnosis) -> Shown:
    """Head, middle and tail together, and creators by platform level."""
    frame = pd.concat([_tier_rows(dx, by) for by in ("tier", "level")])
    found = dx.measures.select("tier_paid_cny", "tier")["source"]
    lines = {name: f"{line(f'{name}_level'):.0f}" for name in ("head", "middle")}
    return lay(dx, TIERS, frame, Words(sources(found, dx.language), joined(unnamed(dx)), {**lines}))


def _tier_rows(dx: Diagnosis, by: str) -> pd.DataFrame:
    """Tiers from head to tail, or levels from the highest down; those nobody has are left out."""
    grid = wide(dx, tuple(_TIER), by).rename(columns=_TIER)
    grid = grid[grid["creators"] > 0]
    if by == "tier":
        names = [say("say.all_of", dx.language, name=label("tier", code, dx.language)) for code in grid.index]
        return grid.assign(level_name=names, tier=list(grid.index)).reset_index(drop=True)
    grid = grid.loc[sorted((code for code in grid.index if code != "unlisted"), reverse=True)]
    return grid.assign(level_name=list(grid.index), tier=[_tier_of(code) for code in grid.index]).reset_index(drop=True)


def _tier_of(level: str) -> str:
    number = float(level.removeprefix("LV"))
    return "head" if number >= line("head_level") else "middle" if number >= line("middle_level") else "tail"


def creator_moves(dx: Diagnosis) -> Shown:
    """Who moved from one state to another in the period, the weightiest moves and the latest days first."""
    rows = dx.measures.select("creator_story", ("creator", "state", "date")).dropna(subset="value")
    rows = (
        rows.sort_values(["creator", "date"], kind="stable")
        if len(rows)
        else rows.assign(creator="", state="", date="")
    )
    rows = rows.assign(from_state=rows.groupby("creator")["state"].shift())
    inside = rows["date"].between(dx.period.start.isoformat(), dx.period.end.isoformat())
    rows = rows[inside & rows["from_state"].notna() & (rows["state"] != "trial")]
    rows = rows.assign(weight=rows["state"].map({state: n for n, state in enumerate(WEIGHTIEST)}))
    shown = rows.sort_values(["weight", "date"], ascending=[True, False], kind="stable").head(MOST_MOVES)
    more = len(shown) < len(rows)
    note = say("say.listed_moves", dx.language, shown=len(shown), total=len(rows)) if more else ""
    names = {"state": "to_state", "date": "on", "value": "chance", "n": "sessions_since"}
    open_ = folded(shown.rename(columns=names), MOVES_IN_SIGHT, say("say.fold_moves", dx.language))
    return lay(dx, MOVES, open_, Words(sources(shown["source"], dx.language), note))


def creator_costs(dx: Diagnosis) -> Shown:
    """What creators cost together, what lies idle, who stays, and the buyers they bring."""
    chosen = [metrics()[id] for id in COSTED if dx.measures.row(id) is not None]
    frame = metric_rows(dx, chosen)
    if not len(frame) or frame["value"].isna().all():
        return lay(dx, COSTS, frame.iloc[:0])
    reasons = [row.reason for metric in chosen if (row := dx.measures.row(metric.id)) is not None]
    told = frame.assign(remark=[remark(reason, dx.language) for reason in reasons])
    return lay(dx, COSTS, told, Words(sources(frame["source"], dx.language), say("say.follows_unseen", dx.language)))


def creator_doubts(dx: Diagnosis) -> Shown:
    """What is doubtful about creators' data, how many it touches, and what was done about it."""
    rows = dx.measures.select("creator_doubts", "doubt")
    rows = rows[rows["value"] > 0]
    kinds = rows["doubt"] if len(rows) else ()
    frame = rows.rename(columns={"value": "creators"}).assign(handled=[say(f"handled.{k}", dx.language) for k in kinds])
    return lay(dx, DOUBTS, frame, Words(sources(rows["source"], dx.language)))


def creator_plan(dx: Diagnosis) -> Shown:
    """Next month creator by creator: more sessions, another product, a trial, or a rest, and why."""
    rows = dx.measures.select("plan_sessions", ("creator", "step")).dropna(subset="value")
    if not len(rows):
        return lay(dx, PLAN, rows)
    worth = dx.measures.select("plan_session_value_cny", "creator").drop_duplicates("creator").set_index("creator")
    worth = worth.reindex(rows["creator"]).set_index(rows.index)
    rows = rows.assign(
        label=rows["creator"].map(labelled(dx)).fillna("unknown"),
        per_session=worth["value"],
        ends=pairs(worth),
    )
    rows = rows.assign(why=[_reason(dx, step, kind) for step, kind in zip(rows["step"], rows["label"], strict=True)])
    most = {step: _most(rows[rows["step"] == step], count) for step, count in MOST_OF_STEP.items()}
    chosen = pd.concat([_step(dx, part, step) for step, part in most.items()])
    note = say("say.listed_of", dx.language, shown=len(chosen), total=len(rows)) if len(chosen) < len(rows) else ""
    notes = [note, say("say.plan_assumes", dx.language, **_assumptions(dx))]
    frame = records(_plan_row(row) for row in chosen.to_dict("records"))
    return lay(dx, PLAN, frame, Words(sources(rows["source"], dx.language), joined(notes)))


def _reason(dx: Diagnosis, step: str, kind: str) -> str:
    """Why a creator gets this step: in words of its own kind where there are any."""
    own = f"plan_why.{step}_{kind}"
    return say(own if own in words() else f"plan_why.{step}", dx.language)


def _most(rows: pd.DataFrame, count: int) -> pd.DataFrame:
    """Of each kind those it matters most for: whose sessions change most, then the most valuable."""
    order = rows.assign(change=(rows["value"] - rows["n"]).abs())
    order = order.sort_values(["change", "per_session"], ascending=False, kind="stable")
    return order.groupby("label", sort=False).head(count)


def _step(dx: Diagnosis, rows: pd.DataFrame, step: str) -> pd.DataFrame:
    """The rows of one step, the first few in sight."""
    return folded(rows, STEP_IN_SIGHT, say("say.fold_kind", dx.language, kind=label("plan_step", step, dx.language)))


def _plan_row(row: Mapping[Any, Any]) -> dict[str, Any]:
    kept = {name: row[name] for name in ("step", "creator", "label", "per_session", "why", FOLD)}
    return {**kept, "sessions_now": row["n"], "sessions_planned": row["value"], "interval": row["ends"]}


def _assumptions(dx: Diagnosis) -> dict[str, object]:
    return {
        "fading": fmt.percent(line("plan_fading"), dx.language, 0),
        "months": fmt.decimal(line("plan_months"), dx.language, 0),
        "budget": fmt.count(dx.measures.value("plan_budget_sessions"), dx.language),
    }
