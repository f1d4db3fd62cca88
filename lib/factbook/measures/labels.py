"""Creator diagnosis on two axes, with probabilities: conversion and exposure, each high or low."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from factbook.errors import Refused
from factbook.knowledge.thumbs import line
from factbook.measures.alliance import TOGETHER, contribution_rows
from factbook.measures.common import Entry, Place, blanks, column, entries, records, source_of, tally
from factbook.measures.days import current
from factbook.measures.ground import Ground
from factbook.measures.journeys import Ruler, interventions, steps, still_low
from factbook.methods.quadrant import quarters
from factbook.methods.shrinkage import (
    BetaBinomial,
    beta_binomial,
    effective_counts,
    pooled_spread,
    probability_above,
)

LABELS = ("core", "rising", "mismatch", "low", "unknown")
QUADRANTS = ("core", "rising", "low_seen", "low_unseen")
NO_LABEL = ["no_clicks", "exceeds_trials", "too_few", "label_unsure"]  # in the order in which they are looked for
CONVERSION = "creator_click_to_pay_users"
IDS = (
    "creator_conversion",
    "creator_conversion_high",
    "creator_conversion_line",
    "creator_exposure_high",
    "creator_exposure_line",
    "creator_label",
    "creator_quadrant",
    "creators_unknown",
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
    ruler: Ruler
    steps: pd.DataFrame  # of the whole history up to the period's end, session by session


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
    """Everything known about each creator from the period's sessions, reckoned once a case.

    Raises Refused where the creators do not determine a prior.
    """
    return ground.once(f"labels of {len(rows)} sessions", lambda: _judge(ground, rows))


def _judge(ground: Ground, rows: pd.DataFrame) -> Verdicts:
    table, fit, correlation = _conversion(rows)
    target = _peer_line(ground.case.table("peers"), fit)
    table["conversion_high"] = pd.Series(fit.probability_above(target.value), index=table.index[table["fitted"]])
    exposure, middle = _exposure(rows, table.index)
    table = table.join(exposure)
    ruler = Ruler(fit.alpha, fit.beta, correlation, target.value, middle.value, line("label_sure"))
    past = ground.creators[ground.creators["day"] <= pd.Timestamp(ground.case.period.end)]
    walked = steps(past, interventions(ground.case.table("creator_actions"), past), ruler)
    table["changed_in_vain"] = table.index.isin(still_low(walked))
    return Verdicts(_label(table, ruler), target, middle, ruler, walked)


def _conversion(rows: pd.DataFrame) -> tuple[pd.DataFrame, BetaBinomial, float]:
    """Effective counts and posterior by creator; whoever has more buyers than clickers is set aside."""
    codes, names = pd.factorize(rows["creator"], sort=True)
    s, n = (column(rows, name).to_numpy() for name in ("buyers", "product_click_users"))
    known = np.isfinite(s) & np.isfinite(n)
    counts = effective_counts(np.where(known, s, 0), np.where(known, n, 0), codes)
    fitted = (counts.successes <= counts.trials) & ((counts.trials > 0) | (counts.successes == 0))
    fit = beta_binomial(counts.successes[fitted], counts.trials[fitted])
    table = pd.DataFrame({"s": counts.successes, "n": counts.trials, "fitted": fitted}, index=pd.Index(names))
    table["paid"] = rows.groupby("creator")["paid_amount_cny"].sum().reindex(names).fillna(0.0)
    table["sessions"] = np.bincount(codes, minlength=len(names)).astype(float)
    for name in ("mean", "low", "high"):
        table.loc[fitted, name] = getattr(fit, name)
    return table, fit, counts.correlation


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


def _label(table: pd.DataFrame, ruler: Ruler) -> pd.DataFrame:
    """The likeliest label, or `unknown` below the probability asked for and where the prior outweighs the data."""
    four = quarters(table["conversion_high"], table["exposure_high"])
    table = table.assign(**dict(zip(QUADRANTS, four.T, strict=True)))
    chances = table[["core", "rising"]].assign(low=1 - table["conversion_high"]).fillna(0.0)
    best, chance = chances.idxmax(axis=1).astype(object), chances.max(axis=1)
    best[(best == "low") & table["changed_in_vain"]] = "mismatch"
    enough = table["n"] >= ruler.strength
    sure = (chance >= ruler.sure) & enough
    clicks = table["n"] > 0
    reason = np.select([~clicks & (table["paid"] > 0), ~table["fitted"], ~enough, ~sure], NO_LABEL, "")
    return table.assign(label=best.where(sure, "unknown"), chance=chance, reason=reason)


def _creators(verdicts: Verdicts, source: str) -> pd.DataFrame:
    """Rows of every creator, and the two lines at the whole period."""
    lines = {"creator_conversion_line": verdicts.conversion, "creator_exposure_line": verdicts.exposure}
    n, at = float(len(verdicts.table)), Place(source)
    head = [Entry(id, line.value, n=n, reason=line.reason, at=at) for id, line in lines.items()]
    made = records(verdicts.table.reset_index(names="creator"))
    found = entries([*head, *(row for creator in made for row in _rows(creator, verdicts, source))])
    return pd.concat([found, _unknown(verdicts.table, source)], ignore_index=True)


def _unknown(table: pd.DataFrame, source: str) -> pd.DataFrame:
    """How many creators have no label, by why."""
    counts = table.loc[table["label"] == "unknown", "reason"].value_counts().reindex(NO_LABEL, fill_value=0)
    rows = ((str(why), float(count)) for why, count in counts.items())
    n = float(len(table))
    return entries(Entry("creators_unknown", c, n=n, at=Place(source, ("why",), (why,))) for why, c in rows)


def _rows(made: dict[str, Any], verdicts: Verdicts, source: str) -> list[Entry]:
    """One creator: conversion with its interval, the two probabilities, the label with its own."""
    name, label, n = made["creator"], made["label"], made["sessions"]
    at, tagged = Place(source, ("creator",), (name,)), Place(source, ("creator", "label"), (name, label))
    odd = "" if made["fitted"] else "exceeds_trials"
    four = [
        Entry("creator_quadrant", made[q], n=n, reason=odd, at=Place(source, ("creator", "quadrant"), (name, q)))
        for q in QUADRANTS
    ]
    bounds = (made["s"], made["n"], n, made["low"], made["high"])
    compared = odd or verdicts.conversion.reason
    return [
        Entry("creator_conversion", made["mean"], *bounds, reason=odd, at=at),
        Entry("creator_conversion_high", made["conversion_high"], n=n, reason=compared, at=at),
        Entry("creator_exposure_high", made["exposure_high"], n=n, at=at),
        Entry("creator_label", made["chance"], n=n, reason=made["reason"], at=tagged),
        *four,
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
