"""Tables of the organisation: the items of each capability, and claims beside what the data support."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from factbook import fmt
from factbook.display.shown import FOLD, Shown
from factbook.display.tables.common import Layout, Words, col, lay, records, remark, sources, wide
from factbook.knowledge.data_levels import DataLevel, data_levels
from factbook.knowledge.metrics import metrics
from factbook.knowledge.survey import survey
from factbook.knowledge.thumbs import line
from factbook.knowledge.words import label, say
from factbook.records import CAPABILITIES, Diagnosis, Measure

MANAGED = 3  # a level with a written standard; below it an item is what makes a capability weak

ITEMS = Layout(
    "capability_items",
    (
        col("capability"),
        col("item"),
        col("item_level", "level"),
        col("meaning", heading="meaning"),
        col("n", "count"),
    ),
)

SAY_DO = Layout(
    "say_do",
    (
        col("capability"),
        col("claimed", "level"),
        col("evidenced", "level"),
        col("data_level", "level"),
        col("say_do_gap", "level"),
        col("raters", "count"),
        col("agreement", "ratio"),
        col("reason"),
    ),
)

FIGURES = Layout(
    "say_do_figures",
    (
        col("capability"),
        col("claimed", "level"),
        col("watch"),
        col("value", "aside"),
        col("against", "aside"),
        col("data_level", "level"),
        col("why"),
    ),
)

DISCUSS = Layout(
    "to_discuss",
    (
        col("capability"),
        col("item"),
        col("lowest", "level"),
        col("highest", "level"),
        col("agreement", "ratio"),
        col("n", "count", heading="raters"),
        col("evidence_asked"),
    ),
)

_LEVELS = {
    "capability_claimed": "claimed",
    "capability_level": "evidenced",
    "capability_data_level": "data_level",
    "capability_raters": "raters",
    "capability_agreement": "agreement",
}


def capability_items(dx: Diagnosis) -> Shown:
    """Each item of the survey with its level and what that level means, lowest first."""
    rows = dx.measures.select("capability_item", ("capability", "item")).dropna(subset="value")
    rows = rows.sort_values(["capability", "value", "item"])
    frame = records(_item(Measure.of(row), dx) for _, row in rows.iterrows())
    return lay(dx, ITEMS, frame, Words(sources(rows["source"], dx.language)))


def _item(measure: Measure, dx: Diagnosis) -> dict[str, Any]:
    known = {item.code: item for item in survey().items}.get(measure.slice["item"])
    value = measure.value or 1.0
    return {
        "capability": label("area", measure.slice["capability"], dx.language),
        "item": known.title[dx.language] if known else measure.slice["item"],
        "item_level": measure.value,
        "meaning": known.anchors[int(value) - 1][dx.language] if known else "",
        "n": measure.n,
        FOLD: say("say.fold_level", dx.language) if value >= MANAGED else "",
    }


def say_do(dx: Diagnosis) -> Shown:
    """Claimed, evidenced and data-supported level of each capability in one row."""
    grid = wide(dx, tuple(_LEVELS), "capability").rename(columns=_LEVELS)
    grid = grid.reindex([area for area in CAPABILITIES if area in grid.index]).dropna(subset="claimed")
    rows = dx.measures.select("capability_data_level", "capability")
    reasons = dict(zip(rows["capability"], rows["reason"], strict=True)) if len(rows) else {}
    frame = grid.assign(
        capability=[label("area", area, dx.language) for area in grid.index],
        say_do_gap=grid["claimed"] - grid["data_level"],
        reason=[remark(reasons.get(area, ""), dx.language) for area in grid.index],
    )
    return lay(dx, SAY_DO, frame, Words(sources(rows["source"], dx.language)))


def say_do_figures(dx: Diagnosis) -> Shown:
    """Every figure behind the level the data support, beside the claim it speaks of; folded where the two agree."""
    grid = wide(dx, ("capability_claimed", "capability_data_level"), "capability")
    claims: Mapping[str, float] = dict(grid.get("capability_claimed", {}))
    agreed = {area for area, gap in _gaps(grid).items() if -line("modest_gap") < gap < line("say_do_gap")}
    rows = dx.measures.select("capability_figure_level", ("capability", "figure"))
    found = [Measure.of(row) for _, row in rows.dropna(subset="value").iterrows()] if len(rows) else []
    rules = {rule.key: rule for rule in data_levels()}
    frame = records(
        _figure(dx, measure, rules[measure.slice["figure"]], claims.get(measure.slice["capability"]))
        | {FOLD: say("say.fold_agreed", dx.language) if measure.slice["capability"] in agreed else ""}
        for measure in found
        if measure.slice["figure"] in rules
    )
    return lay(dx, FIGURES, frame)


def _gaps(grid: pd.DataFrame) -> dict[str, float]:
    """Levels claimed above what the data support, where both are known."""
    if grid.empty:
        return {}
    return dict((grid["capability_claimed"] - grid["capability_data_level"]).dropna())


def _figure(dx: Diagnosis, measure: Measure, rule: DataLevel, claimed: float | None) -> dict[str, Any]:
    metric = metrics()[rule.metric]
    against = "" if not rule.against else fmt.figure(measure.denominator, metric.unit, dx.language)
    return {
        "capability": label("area", measure.slice["capability"], dx.language),
        "claimed": claimed,
        "watch": metric.name[dx.language],
        "value": fmt.figure(measure.numerator, metric.unit, dx.language),
        "against": against,
        "data_level": measure.value,
        "why": rule.why[dx.language],
    }


def to_discuss(dx: Diagnosis) -> Shown:
    """The items on which raters differ, most of all first; never who said what."""
    rows = dx.measures.select("capability_item_agreement", ("capability", "item")).dropna(subset="value")
    rows = rows[rows["value"] < line("agreement")].sort_values(["value", "item"]) if len(rows) else rows
    spans = dx.measures.select("capability_item_claimed", ("capability", "item"))
    ends = {row["item"]: (row["low"], row["high"]) for _, row in spans.iterrows()}
    frame = records(_split(dx, Measure.of(row), ends.get(row["item"], (None, None))) for _, row in rows.iterrows())
    return lay(dx, DISCUSS, frame, Words(sources(rows["source"], dx.language) if len(rows) else ""))


def _split(dx: Diagnosis, measure: Measure, ends: tuple[float | None, float | None]) -> dict[str, Any]:
    known = {item.code: item for item in survey().items}.get(measure.slice["item"])
    return {
        "capability": label("area", measure.slice["capability"], dx.language),
        "item": known.title[dx.language] if known else measure.slice["item"],
        "lowest": ends[0],
        "highest": ends[1],
        "agreement": measure.value,
        "n": measure.n,
        "evidence_asked": known.evidence[dx.language] if known else "",
    }
