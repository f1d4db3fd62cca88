"""The capability survey: claimed levels, the evidence cap, agreement, and what the data support."""

from __future__ import annotations

import numpy as np
import pandas as pd

from factbook.measures.common import NAN, Entry, Place, blanks, column, entries
from factbook.measures.ground import Ground
from factbook.methods.agreement import rwg
from factbook.records import CAPABILITIES

POINTS = 5
NEEDS_EVIDENCE = 3  # from this level on a claim needs something to show
CAPPED = 2.0  # what a claim without evidence counts as
SOURCE = "intake.xlsx › survey"
IDS = (
    "capability_level",
    "capability_claimed",
    "capability_item",
    "capability_target",
    "capability_agreement",
    "capability_raters",
    "capability_index",
)


def survey_rows(survey: pd.DataFrame) -> pd.DataFrame:
    """Answers: `claimed` as given, `level` after the evidence cap, and the capability of each item."""
    claimed = column(survey, "current")
    evidence = survey["evidence"] if "evidence" in survey else pd.Series(None, index=survey.index, dtype=object)
    shown = evidence.fillna("").astype(str).str.strip() != ""
    level = claimed.where(shown | (claimed < NEEDS_EVIDENCE), CAPPED)
    rows = survey.assign(claimed=claimed, level=level.where(claimed.notna()), target=column(survey, "target"))
    return rows.assign(capability=rows["item"].astype(str).str.partition(".")[0])


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Item medians, capability means, agreement and raters, and the index over the five."""
    survey = ground.case.table("survey")
    rows = survey_rows(survey) if len(survey) else survey
    rows = rows[rows["claimed"].notna()] if len(rows) else rows
    if rows.empty:
        return [blanks(IDS, "no_survey")]
    items = rows.groupby(["capability", "item"])[["level", "claimed", "target"]].median()
    raters = rows.groupby("capability")["rater"].nunique()
    profile = items.groupby("capability").mean()
    found = [
        _items(items, rows.groupby(["capability", "item"])["rater"].nunique()),
        *(_levels(id, items[name], raters) for id, name in LEVELS),
        _agreement(rows),
        _raters(raters),
    ]
    return [*found, _index(profile["level"])]


LEVELS = (("capability_level", "level"), ("capability_claimed", "claimed"), ("capability_target", "target"))


def _at(code: str) -> Place:
    return Place(SOURCE, ("capability",), (code,))


def _items(items: pd.DataFrame, raters: pd.Series) -> pd.DataFrame:
    at = ("capability", "item")
    return entries(
        Entry("capability_item", float(items["level"][key]), n=float(raters[key]), at=Place(SOURCE, at, key))
        for key in items.index
    )


def _levels(id: str, medians: pd.Series, raters: pd.Series) -> pd.DataFrame:
    """Mean of item medians by capability; a capability nobody rated says so."""
    known = medians.dropna()
    codes, found = known.index.get_level_values("capability"), []
    for code in CAPABILITIES:
        at = _at(code)
        mine = known[codes == code]
        if mine.empty:
            found.append(Entry(id, reason="no_survey", at=at))
            continue
        total, count = float(mine.sum()), float(len(mine))
        found.append(Entry(id, total / count, total, count, n=float(raters[code]), at=at))
    return entries(found)


def _agreement(rows: pd.DataFrame) -> pd.DataFrame:
    """Mean over items of r*wg on what raters claimed; fewer than two raters show no agreement."""
    found = []
    for code in CAPABILITIES:
        mine = rows[rows["capability"] == code]
        table = mine.pivot_table(index="rater", columns="item", values="claimed", aggfunc="last")
        values = rwg(table.to_numpy(), POINTS) if len(table) else np.array([])
        values = values[np.isfinite(values)]
        at, n = _at(code), float(len(table))
        if not len(values):
            found.append(Entry("capability_agreement", n=n, reason="too_few_raters", at=at))
            continue
        total, count = float(values.sum()), float(len(values))
        found.append(Entry("capability_agreement", total / count, total, count, n, at=at))
    return entries(found)


def _raters(raters: pd.Series) -> pd.DataFrame:
    counts = {code: float(raters.get(code, 0)) for code in CAPABILITIES}
    return entries(Entry("capability_raters", n, n=n, at=_at(code)) for code, n in counts.items())


def _index(levels: pd.Series) -> pd.DataFrame:
    """(Geometric mean − 1) ÷ 4 × 100 over the five levels, only where all five are known."""
    known = levels.reindex(CAPABILITIES)
    n = float(known.notna().sum())
    if n < len(CAPABILITIES):
        return entries([Entry("capability_index", n=n, reason="index_incomplete", at=Place(SOURCE))])
    mean = float(np.exp(np.log(known).mean()))
    value = (mean - 1) / (POINTS - 1) * 100
    return entries([Entry("capability_index", value, mean, NAN, n=n, at=Place(SOURCE))])
