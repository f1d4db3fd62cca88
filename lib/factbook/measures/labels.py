"""Creator diagnosis on two axes, with probabilities: conversion and exposure, each high or low."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from factbook.errors import Refused
from factbook.measures.alliance import TOGETHER, contribution_rows, match_creators
from factbook.measures.common import Entry, Place, blanks, column, entries, records, source_of, tally
from factbook.measures.days import current
from factbook.measures.ground import Ground
from factbook.methods.shrinkage import (
    BetaBinomial,
    beta_binomial,
    effective_counts,
    pooled_spread,
    probability_above,
)

LABELS = ("core", "rising", "mismatch", "low", "unknown")
SURE = 0.8  # a label is given from this probability on
INTERVENTIONS = ("product_changed", "script_changed", "offer_added")
CONVERSION = "creator_click_to_pay_users"
IDS = (
    "creator_conversion",
    "creator_conversion_high",
    "creator_conversion_line",
    "creator_exposure_high",
    "creator_exposure_line",
    "creator_label",
    "creators_by_label",
    "creators_judged",
    "label_paid_cny",
    "label_share",
    "label_contribution_cny",
)


@dataclass(frozen=True, slots=True)
class Line:
    """What an axis is divided at, and why when it is not the peers' value."""

    value: float
    reason: str = ""


@dataclass(frozen=True)
class Verdicts:
    """One row per creator (index: display name) and the two lines of the quadrant."""

    table: pd.DataFrame
    conversion: Line
    exposure: Line


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Shrunk conversion, the two probabilities and a label per creator; sales and contribution per label."""
    rows = current(ground.case, ground.creators)
    if rows.empty:
        reason = ground.no_sessions(ground.own, "no_partner_sessions")
        return [blanks(IDS, reason)]
    try:
        verdicts = judge(ground, rows)
    except Refused as refused:
        return [blanks(IDS, refused.reason)]
    source = source_of(rows)
    labelled = rows.assign(label=rows["creator"].map(verdicts.table["label"]))
    by_label = tally(labelled, TOGETHER, ("label",), source=source)
    return [_creators(verdicts, source), by_label, _labels(ground, labelled, source)]


def judge(ground: Ground, rows: pd.DataFrame) -> Verdicts:
    """Everything known about each creator; raises Refused where the creators do not determine a prior."""
    table, fit = _conversion(rows)
    target = _peer_line(ground.case.table("peers"), fit)
    table["conversion_high"] = pd.Series(fit.probability_above(target.value), index=table.index[table["fitted"]])
    exposure, middle = _exposure(rows, table.index)
    table = table.join(exposure)
    table["tried"] = _tried(ground, rows).reindex(table.index, fill_value=False)
    return Verdicts(_label(table, fit.alpha + fit.beta), target, middle)


def _conversion(rows: pd.DataFrame) -> tuple[pd.DataFrame, BetaBinomial]:
    """Effective counts and posterior by creator; whoever has more buyers than clickers is set aside."""
    codes, names = pd.factorize(rows["creator"], sort=True)
    s, n = (column(rows, name).to_numpy() for name in ("buyers", "product_click_users"))
    known = np.isfinite(s) & np.isfinite(n)
    counts = effective_counts(np.where(known, s, 0), np.where(known, n, 0), codes)
    fitted = counts.successes <= counts.trials
    fit = beta_binomial(counts.successes[fitted], counts.trials[fitted])
    table = pd.DataFrame({"s": counts.successes, "n": counts.trials, "fitted": fitted}, index=pd.Index(names))
    table["sessions"] = np.bincount(codes, minlength=len(names)).astype(float)
    for name in ("mean", "low", "high"):
        table.loc[fitted, name] = getattr(fit, name)
    return table, fit


def _peer_line(peers: pd.DataFrame, fit: BetaBinomial) -> Line:
    """The peers' usual conversion (an average or a median, not the top), else the matrix median."""
    if len(peers):
        mine = peers[(peers["metric"] == CONVERSION) & (peers["statistic"] != "top")]
        if len(mine):
            return Line(float(mine["value"].iloc[-1]))
    return Line(float(np.median(fit.mean)), "matrix_median")


def _exposure(rows: pd.DataFrame, names: pd.Index) -> tuple[pd.DataFrame, Line]:
    """Impressions per product by creator, Σ/Σ, and the probability that it beats the matrix median.

    The spread between a creator's sessions is taken on the log scale and pooled over creators, so that
    two sessions are enough for an honest error.
    """
    shown, listed = column(rows, "product_impressions"), column(rows, "products_listed")
    use = (shown > 0) & (listed > 0)
    codes = pd.Categorical(rows.loc[use, "creator"], categories=names).codes.astype(np.intp)
    size = len(names)
    sums = [np.bincount(codes, part[use], minlength=size) for part in (shown, listed)]
    count = np.bincount(codes, minlength=size).astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = sums[0] / sums[1]
        error = pooled_spread(np.log(shown[use] / listed[use]), codes) / np.sqrt(count)
        middle = float(np.nanmedian(centre)) if use.any() else np.nan
        chance = probability_above(np.log(centre), error, np.log(middle))
    return pd.DataFrame({"exposure": centre, "exposure_high": chance}, index=names), Line(middle)


def _tried(ground: Ground, rows: pd.DataFrame) -> pd.Series:
    """Creators with a session on or after the day their product, script or offer was changed."""
    actions = ground.case.table("creator_actions")
    if actions.empty:
        return pd.Series(dtype=bool)
    changed = actions[actions["action"].isin(INTERVENTIONS)]
    first = changed["date"].groupby(match_creators(changed, rows)).min()
    last = rows.groupby("creator")["day"].max()
    return (first.reindex(last.index) <= last).fillna(False)


def _label(table: pd.DataFrame, prior: float) -> pd.DataFrame:
    """The likeliest label, or `unknown` under 80 % and where the prior outweighs the creator's own data."""
    high, wide = table["conversion_high"], table["exposure_high"]
    chances = pd.DataFrame({"core": high * wide, "rising": high * (1 - wide), "low": 1 - high}).fillna(0.0)
    best, chance = chances.idxmax(axis=1).astype(object), chances.max(axis=1)
    best[(best == "low") & table["tried"]] = "mismatch"
    sure = (chance >= SURE) & (table["n"] >= prior)
    reason = np.select([~table["fitted"], ~sure], ["exceeds_trials", "too_few"], "")
    return table.assign(label=best.where(sure, "unknown"), chance=chance, reason=reason)


def _creators(verdicts: Verdicts, source: str) -> pd.DataFrame:
    """Rows of every creator, and the two lines at the whole period."""
    lines = {"creator_conversion_line": verdicts.conversion, "creator_exposure_line": verdicts.exposure}
    n, at = float(len(verdicts.table)), Place(source)
    head = [Entry(id, line.value, n=n, reason=line.reason, at=at) for id, line in lines.items()]
    made = records(verdicts.table.reset_index(names="creator"))
    return entries([*head, *(row for creator in made for row in _rows(creator, verdicts, source))])


def _rows(made: dict[str, Any], verdicts: Verdicts, source: str) -> list[Entry]:
    """One creator: conversion with its interval, the two probabilities, the label with its own."""
    name, label, n = made["creator"], made["label"], made["sessions"]
    at, tagged = Place(source, ("creator",), (name,)), Place(source, ("creator", "label"), (name, label))
    odd = "" if made["fitted"] else "exceeds_trials"
    bounds = (made["s"], made["n"], n, made["low"], made["high"])
    compared = odd or verdicts.conversion.reason
    return [
        Entry("creator_conversion", made["mean"], *bounds, reason=odd, at=at),
        Entry("creator_conversion_high", made["conversion_high"], n=n, reason=compared, at=at),
        Entry("creator_exposure_high", made["exposure_high"], n=n, at=at),
        Entry("creator_label", made["chance"], n=n, reason=made["reason"], at=tagged),
    ]


def _labels(ground: Ground, rows: pd.DataFrame, source: str) -> pd.DataFrame:
    """Creators, sales, share and contribution of each label; a label nobody has is a true zero."""
    paid = rows.groupby("label")["paid_amount_cny"].sum().reindex(LABELS, fill_value=0.0)
    count = rows.groupby("label")["creator"].nunique().reindex(LABELS, fill_value=0).astype(float)
    earned, reason = _earned(ground, rows)
    total, found = float(paid.sum()), []
    for label in LABELS:
        at, n, sold = Place(source, ("label",), (label,)), float(count[label]), float(paid[label])
        share, why = (sold / total, "") if total > 0 else (np.nan, "denominator_zero")
        found += [
            Entry("creators_by_label", n, n=n, at=at),
            Entry("label_paid_cny", sold, n=n, at=at),
            Entry("label_share", share, sold, total, n, reason=why, at=at),
            Entry("label_contribution_cny", float(earned[label]), n=n, reason=reason, at=at),
        ]
    judged = float(count.drop("unknown").sum())
    found.append(Entry("creators_judged", judged, n=float(count.sum()), at=Place(source)))
    return entries(found)


def _earned(ground: Ground, rows: pd.DataFrame) -> tuple[pd.Series, str]:
    """Contribution by label, and what it lacks."""
    if np.isnan(ground.profile("gross_margin")):
        return pd.Series(np.nan, index=LABELS), "no_margin"
    money = contribution_rows(ground, rows)
    label = money["creator"].map(rows.drop_duplicates("creator").set_index("creator")["label"])
    earned = money.groupby(label)["contribution"].sum().reindex(LABELS, fill_value=0.0)
    return earned, "samples_unknown" if money["samples"].isna().all() else ""
