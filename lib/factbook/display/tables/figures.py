"""Rows of metrics: the figure, how it was formed, and what it is held against."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from factbook.display.compare import Comparison, comparison
from factbook.display.shown import FOLD
from factbook.display.tables.common import Words, records, remark, sources
from factbook.knowledge.metrics import Metric
from factbook.knowledge.words import label, say
from factbook.records import Diagnosis, Measure

# The unit of numerator and denominator, by the metric's own unit and by what is counted.
MONEY = {"金额"}


def part_units(metric: Metric) -> tuple[str, str]:
    """Units of numerator and denominator: money over a count (yuan), money over money (a ratio), or counts."""
    if metric.unit == "cny":
        return "cny", "count"
    return ("cny", "cny") if metric.basis.zh in MONEY else ("count", "count")


def metric_rows(dx: Diagnosis, chosen: Iterable[Metric]) -> pd.DataFrame:
    """One row per metric of the whole period that the road computed or says it could not."""
    now, before = _measures(dx, "current"), _measures(dx, "previous")
    frame = records(_row(dx, m, now[m.id], before.get(m.id)) for m in chosen if m.id in now)
    return frame.assign(**{FOLD: _folds(frame["verdict"], dx.language)}) if len(frame) else frame


def _folds(verdicts: Iterable[str], language: str) -> list[str]:
    """What has a verdict stays in sight, what was not measured is folded; the rest too, unless it is all there is."""
    found = list(verdicts)
    judged = any(verdict not in ("", "none") for verdict in found)
    words = {"": say("say.fold_not_measured", language)}
    words |= {"none": say("say.fold_no_verdict", language)} if judged else {}
    return [words.get(verdict, "") for verdict in found]


def _measures(dx: Diagnosis, period: str) -> dict[str, Measure]:
    frame = dx.measures.frame
    rows = frame[(frame["period"] == period) & frame["by"].map(lambda by: by == ())]
    return {row["id"]: Measure.of(row) for _, row in rows.iterrows()}


def _row(dx: Diagnosis, metric: Metric, now: Measure, before: Measure | None) -> dict[str, Any]:
    against = comparison(dx, metric.id)
    top, bottom = part_units(metric)
    ratio = metric.denominator is not None and now.value is not None
    return {
        "metric": metric.name[dx.language],
        "area": label("area", metric.area, dx.language),
        "value": now.value,
        "unit": metric.unit,
        "interval": (now.low, now.high),
        "basis": metric.basis[dx.language],
        "numerator": now.numerator if ratio else None,
        "numerator_unit": top if ratio else "text",
        "denominator": now.denominator if ratio else None,
        "denominator_unit": bottom if ratio else "text",
        "n": now.n,
        "previous": before.value if before else None,
        "previous_unit": f"optional:{metric.unit}",
        "source": now.source,
        **_against(dx, metric, now, against),
    }


def _against(dx: Diagnosis, metric: Metric, now: Measure, against: Comparison) -> dict[str, Any]:
    score = dx.score(f"metric:{metric.id}")
    known = now.value is not None
    return {
        "compared": against.value,
        "compared_unit": metric.unit if against.value is not None else "text",
        "verdict": (score.verdict or "none") if known else "",
        "remark": against.said(dx.language) if known else remark(now.reason, dx.language),
    }


def figures_words(dx: Diagnosis, frame: pd.DataFrame) -> Words:
    """Source line of a table of metrics, and what its sample counts."""
    found = frame["source"] if len(frame) else ()
    return Words(sources(found, dx.language), say("say.sample_note", dx.language))
