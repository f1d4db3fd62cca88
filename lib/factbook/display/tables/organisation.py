"""Tables of the organisation: the items of each capability, and claims beside what the data support."""

from __future__ import annotations

from typing import Any

from factbook.display.shown import Shown
from factbook.display.tables.common import Layout, Words, col, lay, records, remark, sources, wide
from factbook.knowledge.survey import survey
from factbook.knowledge.words import label
from factbook.records import CAPABILITIES, Diagnosis, Measure

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
