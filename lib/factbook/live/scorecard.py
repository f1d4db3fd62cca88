"""The scorecard: a cell is a button, and behind it stand the findings with their figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import traitlets

from factbook import fmt
from factbook.knowledge.words import label, say
from factbook.records import BASICS, CAPABILITIES, FIELDS, Diagnosis, Finding, Score

STATIC = Path(__file__).parent / "static"
COLUMNS = ("traffic", "conversion", "accumulation", "capability")


class Scorecard(anywidget.AnyWidget):
    """Fields by columns, basics and capabilities below; `selected` is the area whose findings are shown."""

    _esm = STATIC / "scorecard.js"
    _css = STATIC / "live.css"
    data = traitlets.Dict().tag(sync=True)
    selected = traitlets.Unicode("").tag(sync=True)


def scorecard_data(dx: Diagnosis) -> dict[str, Any]:
    """Everything the browser shows: cells, rows and the findings of every area, already spelled."""
    areas = (*FIELDS, *BASICS, *CAPABILITIES)
    return {
        "verdict": dx.verdict[dx.language],
        "synthetic": say("meeting.synthetic", dx.language) if dx.merchant.synthetic else "",
        "columns": [label("column", column, dx.language) for column in ("share", *COLUMNS)],
        "fields": [_field(dx, field) for field in FIELDS],
        "basics": [_cell(dx, dx.score(id), id) for id in BASICS],
        "capabilities": [_cell(dx, dx.score(id), id) for id in CAPABILITIES],
        "findings": {area: [_finding(f, dx.language) for f in dx.findings_in(area)] for area in areas},
        "words": {key: say(f"meeting.{key}", dx.language) for key in ("basics", "capabilities", "pick", "none")},
    }


def _field(dx: Diagnosis, field: str) -> dict[str, Any]:
    share = dx.measures.value("field_share", field=field)
    overlay = field == "C"
    return {
        **_cell(dx, dx.score(field), field),
        "share": None if overlay else share,
        "share_text": say("meeting.overlay", dx.language) if overlay else fmt.percent(share, dx.language),
        "cells": [_cell(dx, dx.score(f"{field}.{column}"), field) for column in COLUMNS],
    }


def _cell(dx: Diagnosis, score: Score, area: str) -> dict[str, Any]:
    figure = fmt.figure(score.value, "score", dx.language) if score.value is not None else ""
    word = label("verdict", score.verdict, dx.language) if score.verdict else ""
    state = "" if figure or word else label("state", score.state, dx.language)
    if score.state == "gated":
        state, figure = label("state", "gated", dx.language), figure
    basis = label("basis", score.basis, dx.language) if score.basis else ""
    return {
        "area": area,
        "name": label("area", area, dx.language),
        "state": score.state,
        "value": score.value,
        "text": " ".join(part for part in (figure or word, state) if part),
        "basis": basis,
        "verdict": score.verdict,
    }


def _finding(finding: Finding, language: str) -> dict[str, Any]:
    return {
        "severity": finding.severity,
        "label": label("severity", finding.severity, language),
        "title": finding.title[language],
        "text": finding.text[language],
        "worth": _worth(finding, language),
    }


def _worth(finding: Finding, language: str) -> str:
    low, high = finding.worth_low_cny, finding.worth_high_cny
    if low is None or high is None:
        return ""
    ends = sorted({fmt.money(low, language): low, fmt.money(high, language): high}.items(), key=lambda end: end[1])
    return say("meeting.worth", language, range=" – ".join(text for text, _ in ends))
