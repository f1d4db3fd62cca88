"""The rows of a table sheet: the answers so far, and what a blank form prints beforehand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from factbook import fmt
from factbook.knowledge.form import FormSheet, form
from factbook.knowledge.metrics import metrics
from factbook.knowledge.practices import practices
from factbook.knowledge.survey import Item, survey
from factbook.knowledge.thumbs import thumbs
from factbook.records import Language, Text

Cells = dict[str, Any]
RATERS = 3  # fewer than three raters say nothing about agreement
CAMPAIGNS = 2  # blocks of readiness rows that a blank form prints
HOURED = 2  # days whose 24 hours a blank form prints
RATER = Text("评分人{n}", "rater {n}")


def rows_of(sheet: FormSheet, filled: pd.DataFrame | None, language: Language) -> list[Cells]:
    """Cells by column name, top to bottom: the filled rows, then the pre-printed ones not yet answered."""
    answered: list[Cells] = (
        []
        if filled is None
        else [{str(name): value for name, value in row.items()} for row in filled.to_dict("records")]
    )
    return PRINTED.get(sheet.id, _nothing)(sheet, answered, language)


def _nothing(sheet: FormSheet, answered: list[Cells], language: Language) -> list[Cells]:
    return answered


def _peers(sheet: FormSheet, answered: list[Cells], language: Language) -> list[Cells]:
    there = {row["metric"] for row in answered}
    return [*answered, *({"metric": metric} for metric in sheet.prefill if metric not in there)]


def _survey(sheet: FormSheet, answered: list[Cells], language: Language) -> list[Cells]:
    """Every rater's items with question and anchors; an answer without a level says "not applicable"."""
    items = {item.code: _shown(item, language) for item in survey().items}
    said = [_spoken(row, language) | items.get(str(row["item"]), {}) for row in answered]
    raters = {row["rater"]: row.get("role") for row in answered} or _raters(language)
    there = {(row["rater"], row["item"]) for row in answered}
    due = ((rater, role, code) for rater, role in raters.items() for code in items if (rater, code) not in there)
    return [
        *said,
        *({"rater": rater, "role": role, "item": code, **items[code]} for rater, role, code in due),
    ]


def _raters(language: Language) -> dict[str, str]:
    return {RATER[language].format(n=n): role.code for n, role in enumerate(survey().roles[:RATERS], 1)}


def _spoken(row: Mapping[str, Any], language: Language) -> Cells:
    level = row.get("current")
    return {**row, "current": form().not_applicable[language] if pd.isna(level) else level}


def _shown(item: Item, language: Language) -> Cells:
    anchors = {f"anchor_{level}": anchor[language] for level, anchor in enumerate(item.anchors, 1)}
    return {"question": item.question[language], **anchors, "ask_for": item.evidence[language]}


def _thumbs(sheet: FormSheet, answered: list[Cells], language: Language) -> list[Cells]:
    """Every house value, beside the one that replaces it."""
    house = {id: _house(id, language) for id in thumbs().metrics}
    said = [{**row, **house.get(str(row["metric"]), {})} for row in answered]
    there = {row["metric"] for row in answered}
    return [*said, *({"metric": id, **cells} for id, cells in house.items() if id not in there)]


def _house(id: str, language: Language) -> Cells:
    thumb, unit = thumbs().metrics[id], metrics()[id].unit
    good, poor = (fmt.figure(value, unit, language) for value in (thumb.good, thumb.poor))
    return {"house_good": good, "house_poor": poor, "house_source": thumb.source[language]}


def _practices(sheet: FormSheet, answered: list[Cells], language: Language) -> list[Cells]:
    """The practices answered so far, then the others in the method's order, each with its question."""
    asked = {code: _asked(code, language) for code in practices()}
    said = [{**row, **asked.get(str(row["code"]), {})} for row in answered]
    there = {row["code"] for row in answered}
    return [*said, *({"code": code, **cells} for code, cells in asked.items() if code not in there)]


def _asked(code: str, language: Language) -> Cells:
    row = practices()[code]
    return {"title": row.title[language], "question": row.question[language], "ask_for": row.evidence[language]}


def _readiness(sheet: FormSheet, answered: list[Cells], language: Language) -> list[Cells]:
    """What was answered, else the four parts twice over, with what each usually takes."""
    parts = [choice.code for choice in sheet.column("part").choices]
    rows = answered or [{"part": part} for _ in range(CAMPAIGNS) for part in parts]
    return [{**row, "ask_for": form().readiness[str(row["part"])][language]} for row in rows]


def _campaign_hours(sheet: FormSheet, answered: list[Cells], language: Language) -> list[Cells]:
    """What was answered, else the hours of two days, so that only campaign, day and amounts are left to type."""
    return answered or [{"hour": hour} for _ in range(HOURED) for hour in range(24)]


PRINTED: dict[str, Callable[[FormSheet, list[Cells], Language], list[Cells]]] = {
    "peers": _peers,
    "thumbs": _thumbs,
    "practices": _practices,
    "readiness": _readiness,
    "campaign_hours": _campaign_hours,
    "survey": _survey,
}
