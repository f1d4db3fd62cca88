"""Whether the raters of the survey agree; who said what is never kept."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from factbook.measures.common import Entry, Place, entries
from factbook.methods.agreement import RATERS, Agreement, alpha, icc, rwg
from factbook.records import CAPABILITIES

POINTS = 5
FLAT_FROM = 10  # answers from which one level throughout is worth a word
DRAWS = 500
SOURCE = "intake.xlsx › survey"
IDS = (
    "capability_agreement",
    "capability_item_agreement",
    "capability_alpha",
    "capability_icc",
    "capability_raters",
    "capability_roles",
    "capability_flat_raters",
)
REASONS = {"insufficient": "too_few_raters", "too_few_units": "too_few", "no_variation": "no_variation"}


def measure(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Agreement by item and capability, how many rated, from how many roles, and who gave one level to everything."""
    found: list[Entry] = []
    for code in CAPABILITIES:
        mine = rows[rows["capability"] == code]
        said = mine.dropna(subset=["rater", "item", "claimed"]).drop_duplicates(["rater", "item"], keep="last")
        table = said.pivot(index="rater", columns="item", values="claimed")
        found += _by_capability(code, table)
        found.append(_of(code, "capability_raters", float(mine["rater"].nunique()), n=float(mine["rater"].nunique())))
    return [entries([*found, *_whole(rows)])]


def _of(code: str, id: str, value: float = np.nan, reason: str = "", **figures: float) -> Entry:
    return Entry(id, value, reason=reason, at=Place(SOURCE, ("capability",), (code,)), **figures)


def _by_capability(code: str, table: pd.DataFrame) -> Iterator[Entry]:
    """r*wg of each item and its mean, ordinal α and ICC(A,k); fewer than three raters show no agreement."""
    ratings, n = table.to_numpy(float), float(len(table))
    values = rwg(ratings, POINTS) if len(table) else np.array([])
    answered = np.isfinite(ratings).sum(axis=0) if len(table) else np.array([])
    for item, value, count in zip(table.columns, values, answered, strict=True):
        at, enough = Place(SOURCE, ("capability", "item"), (code, str(item))), count >= RATERS
        yield Entry(
            "capability_item_agreement",
            float(value) if enough else np.nan,
            n=float(count),
            reason="" if enough else "too_few_raters",
            at=at,
        )
    known = values[answered >= RATERS] if len(table) else values
    yield _mean(code, known, n)
    yield _coefficient(code, "capability_alpha", alpha(ratings, "ordinal", DRAWS) if len(table) else None)
    yield _coefficient(code, "capability_icc", icc(ratings).mean if len(table) else None)


def _mean(code: str, values: np.ndarray, n: float) -> Entry:
    if not len(values):
        return _of(code, "capability_agreement", reason="too_few_raters", n=n)
    total, count = float(values.sum()), float(len(values))
    return _of(code, "capability_agreement", total / count, numerator=total, denominator=count, n=n)


def _coefficient(code: str, id: str, found: Agreement | None) -> Entry:
    if found is None or found.reason:
        return _of(
            code, id, reason=REASONS[found.reason] if found else "no_survey", n=float(found.raters if found else 0)
        )
    return _of(code, id, found.value, low=found.low, high=found.high, n=float(found.raters))


def _whole(rows: pd.DataFrame) -> list[Entry]:
    """How many roles rated, and how many raters gave one level to everything they rated."""
    answers = rows.groupby("rater")["claimed"].agg(["count", "nunique"])
    many, at = answers[answers["count"] >= FLAT_FROM], Place(SOURCE)
    flat, n = float((many["nunique"] == 1).sum()), float(len(answers))
    roles = rows["role"].dropna() if "role" in rows else pd.Series(dtype=object)
    return [
        Entry("capability_roles", float(roles.nunique()), n=n, at=at)
        if len(roles)
        else Entry("capability_roles", n=n, reason="no_roles", at=at),
        Entry("capability_flat_raters", flat, n=n, at=at)
        if len(many)
        else Entry("capability_flat_raters", n=n, reason="too_few", at=at),
    ]
