"""The capability survey: claimed levels, the evidence cap, what is evidenced, and the index over the five."""

from __future__ import annotations

import numpy as np
import pandas as pd

from factbook.knowledge.survey import survey as asked
from factbook.measures import raters
from factbook.measures.common import NAN, Entry, Place, blanks, column, entries
from factbook.measures.ground import Ground
from factbook.records import CAPABILITIES

POINTS = 5
NEEDS_EVIDENCE = 3  # from this level on a claim needs something to show
CAPPED = 2.0  # what a claim without evidence counts as
SOURCE = raters.SOURCE
IDS = (
    "capability_level",
    "capability_claimed",
    "capability_item",
    "capability_item_claimed",
    "capability_target",
    "capability_importance",
    "capability_evidence_share",
    "capability_index",
    "capability_index_mean",
    *raters.IDS,
)


def survey_rows(survey: pd.DataFrame) -> pd.DataFrame:
    """Answers: `claimed` as given, `level` after the evidence cap, `shown` where there is evidence, the capability.

    An item the survey does not have, and a level outside 1–5, are no answers; of two answers of one rater to an item
    the last counts.
    """
    known = survey["item"].astype(str).isin({item.code for item in asked().items})
    rows = survey[known].drop_duplicates(["rater", "item"], keep="last")
    claimed = column(rows, "current").where(lambda level: level.between(1, POINTS))
    evidence = rows["evidence"] if "evidence" in rows else pd.Series(None, index=rows.index, dtype=object)
    shown = evidence.fillna("").astype(str).str.strip() != ""
    level = claimed.where(shown | (claimed < NEEDS_EVIDENCE), CAPPED)
    more = {name: column(rows, name).where(lambda v: v.between(1, POINTS)) for name in ("target", "importance")}
    rows = rows.assign(claimed=claimed, level=level.where(claimed.notna()), shown=shown, **more)
    return rows.assign(capability=rows["item"].astype(str).str.partition(".")[0])


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Item medians, capability means, evidence, agreement and raters, and the index over the five."""
    survey = ground.case.table("survey")
    rows = survey_rows(survey) if len(survey) else survey
    rows = rows[rows["claimed"].notna()] if len(rows) else rows
    if rows.empty:
        return [blanks(IDS, "no_survey")]
    items = rows.groupby(["capability", "item"])[["level", "claimed", "target", "importance"]].median()
    count = rows.groupby("capability")["rater"].nunique()
    profile = items.groupby("capability").mean()
    found = [
        _items(rows, items),
        *(_levels(id, items[name], count) for id, name in LEVELS),
        _evidence(rows),
        *raters.measure(rows),
    ]
    return [*found, _index(profile["level"])]


LEVELS = (
    ("capability_level", "level"),
    ("capability_claimed", "claimed"),
    ("capability_target", "target"),
    ("capability_importance", "importance"),
)


def _at(code: str) -> Place:
    return Place(SOURCE, ("capability",), (code,))


def _items(rows: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Each item after the evidence cap and as claimed, the latter from the lowest to the highest rater."""
    by = ["capability", "item"]
    count, span = rows.groupby(by)["rater"].nunique(), rows.groupby(by)["claimed"].agg(["min", "max"])
    found = []
    for key in items.index:
        at, n = Place(SOURCE, ("capability", "item"), key), float(count[key])
        low, high = (float(span.loc[key, end]) for end in ("min", "max"))
        found.append(Entry("capability_item", float(items["level"][key]), n=n, at=at))
        found.append(Entry("capability_item_claimed", float(items["claimed"][key]), n=n, low=low, high=high, at=at))
    return entries(found)


def _levels(id: str, medians: pd.Series, count: pd.Series) -> pd.DataFrame:
    """Mean of item medians by capability; a capability nobody rated says so."""
    known = medians.dropna()
    codes, found = known.index.get_level_values("capability"), []
    for code in CAPABILITIES:
        mine = known[codes == code]
        if mine.empty:
            found.append(Entry(id, reason="no_survey", at=_at(code)))
            continue
        total, items = float(mine.sum()), float(len(mine))
        found.append(Entry(id, total / items, total, items, n=float(count[code]), at=_at(code)))
    return entries(found)


def _evidence(rows: pd.DataFrame) -> pd.DataFrame:
    """Of the claims of 3 and more, the share with something to show."""
    high = rows[rows["claimed"] >= NEEDS_EVIDENCE]
    found = []
    for code in CAPABILITIES:
        mine = high.loc[high["capability"] == code, "shown"]
        if mine.empty:
            found.append(Entry("capability_evidence_share", reason="no_high_claim", at=_at(code)))
            continue
        shown, n = float(mine.sum()), float(len(mine))
        found.append(Entry("capability_evidence_share", shown / n, shown, n, n=n, at=_at(code)))
    return entries(found)


def _index(levels: pd.Series) -> pd.DataFrame:
    """(Mean − 1) ÷ 4 × 100 over the five levels, geometric and arithmetic, only where all five are known."""
    known, at = levels.reindex(CAPABILITIES), Place(SOURCE)
    n, ids = float(known.notna().sum()), ("capability_index", "capability_index_mean")
    if n < len(CAPABILITIES):
        return entries(Entry(id, n=n, reason="index_incomplete", at=at) for id in ids)
    means = (float(np.exp(np.log(known).mean())), float(known.mean()))
    return entries(
        Entry(id, (mean - 1) / (POINTS - 1) * 100, mean, NAN, n=n, at=at) for id, mean in zip(ids, means, strict=True)
    )
