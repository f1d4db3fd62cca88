"""Next month's sessions: who gets more, who a new product, who is tried, who rests, within a budget of sessions.

What the plan assumes is said beside it: a session of a creator leaves what it left so far, each further one somewhat
less; a low creator given a new product reaches the line as often as earlier ones did; what is learnt about a creator
is of use for some months. POLICY holds what the method says of each kind, whatever the figures.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from factbook.errors import Refused
from factbook.knowledge.thumbs import line
from factbook.measures import labels
from factbook.measures.alliance import sample_costs
from factbook.measures.common import Array, Entry, Place, blanks, column, entries, records, source_of
from factbook.measures.days import current
from factbook.measures.ground import Ground
from factbook.measures.journeys import transitions
from factbook.methods.allocation import Beliefs, Plan, Terms, allocate, beliefs

MONTH = 30
STEPS = ("more", "new_product", "explore", "keep", "fewer", "rest")
SUMS = ("plan_budget_sessions", "plan_learning_sessions", "plan_value_cny", "plan_value_now_cny")
IDS = ("plan_sessions", "plan_session_value_cny", "plan_creators", "plan_step_sessions", *SUMS)
# Kind of creator → sessions that come first, and the most: (multiple of those so far, more).
POLICY = {
    "core": ((1.0, 0), (2.0, 2)),
    "rising": ((1.0, 1), (2.0, 2)),  # more sessions, whatever the size
    "low": ((0.0, 1), (1.0, 0)),  # one with a new product, no more than so far
    "mismatch": ((0.0, 0), (0.0, 0)),
    "unknown": ((0.0, 1), (2.0, 2)),  # not good, not bad: never left without a session
}
WIDE = 1.96  # standard deviations of a 95 % interval


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Sessions of each creator next month, creators and sessions by step, and what the plan is expected to leave."""
    rows = current(ground.case, ground.creators)
    if rows.empty:
        return [blanks(IDS, ground.no_sessions(ground.own, "no_partner_sessions"))]
    try:
        verdicts = labels.judge(ground, rows)
        table, known = options(ground, rows, verdicts)
    except Refused as refused:
        return [blanks(IDS, refused.reason)]
    terms = terms_of(table)
    plan = allocate(known, terms)
    table = table.assign(value=known.mean, spread=known.spread, planned=plan.sessions)
    table["step"] = _steps(table, plan)
    reason = "no_margin" if np.isnan(ground.profile("gross_margin")) else ""
    return [_creators(table, reason, source_of(rows)), _sums(table, (plan, terms), reason, source_of(rows))]


def options(ground: Ground, rows: pd.DataFrame, verdicts: labels.Verdicts) -> tuple[pd.DataFrame, Beliefs]:
    """Per creator (index): label and sessions per 30 days; and what a session is believed to leave, in yuan."""
    codes, names = pd.factorize(rows["creator"], sort=True)
    sold = beliefs(column(rows, "paid_amount_cny"), codes.astype(np.intp))
    per_month = np.bincount(codes).astype(float) * MONTH / ground.case.period.days
    table = pd.DataFrame({"now": np.maximum(np.rint(per_month), 1.0)}, index=pd.Index(names))
    table["label"] = verdicts.table["label"].reindex(table.index)
    known = replace(sold, mean=sold.mean * left_per_yuan(ground, rows).reindex(table.index).to_numpy(float))
    return table, _with_new_product(table, known, verdicts)


def left_per_yuan(ground: Ground, rows: pd.DataFrame) -> pd.Series:
    """What a yuan of a creator's sales leaves after refunds, commission and samples: × margin where one is known.

    A creator's own Σ/Σ, with one average session of all creators added, so that one odd session decides nothing.
    Samples are those on record in the period; what was never written down is not taken off.
    """
    margin = ground.profile("gross_margin")
    net, paid = column(rows, "net_paid_amount_cny"), column(rows, "paid_amount_cny")
    left = net * (1.0 if np.isnan(margin) else margin) - column(rows, "commission_estimate_cny").fillna(0.0)
    known = left.notna() & (paid > 0)
    if not known.any():
        raise Refused("no_values")
    sums = pd.DataFrame({"left": left[known], "paid": paid[known]}).groupby(rows.loc[known, "creator"]).sum()
    samples = sample_costs(ground, rows)
    if samples is not None:
        sums["left"] -= samples.reindex(sums.index, fill_value=0.0)
    usual, one = float(sums["left"].sum() / sums["paid"].sum()), float(paid[known].mean())
    own = (sums["left"] + usual * one) / (sums["paid"] + one)
    return own.reindex(rows["creator"].unique()).fillna(usual)


def _with_new_product(table: pd.DataFrame, known: Beliefs, verdicts: labels.Verdicts) -> Beliefs:
    """Low creators as they would be with a new product: at the line as often as earlier ones recovered.

    Laplace's rule, so that no experience means one half; the doubt is added to their spread.
    """
    story = transitions(verdicts.steps)
    won, lost = (story.loc[story["state"] == state, "creator"].nunique() for state in ("recovered", "mismatch"))
    chance = (won + 1) / (won + lost + 2)
    rate = verdicts.table["mean"].reindex(table.index).to_numpy(float)
    low = (table["label"] == "low").to_numpy(bool) & (rate > 0)
    lift = np.where(low, verdicts.conversion.value / np.where(low, rate, 1.0), 1.0)
    doubt = chance * (1 - chance) * np.log(lift) ** 2
    mean = known.mean * (chance * lift + 1 - chance)
    return Beliefs(mean, np.sqrt(known.spread**2 + doubt), known.noise)


def terms_of(table: pd.DataFrame) -> Terms:
    """The budget (this period's sessions per 30 days), and how far one creator may go; mismatched ones rest."""
    now = table["now"].to_numpy(float)
    rules = [POLICY[str(label)] for label in table["label"]]
    least, most = (
        np.array([part * n + more for (part, more), n in zip(side, now, strict=True)])
        for side in zip(*rules, strict=True)
    )
    budget = round(line("plan_budget") * now.sum())
    return Terms(budget, now, least, most, line("plan_fading"), line("plan_months"))


def _steps(table: pd.DataFrame, plan: Plan) -> Array:
    """What the plan means for each creator, in one word."""
    planned, now = table["planned"], table["now"]
    cases = {
        "rest": planned == 0,
        "new_product": table["label"] == "low",
        "explore": (table["label"] == "unknown") & ((planned > now) | (plan.exploring > 0)),
        "more": planned > now,
        "fewer": planned < now,
    }
    return np.asarray(np.select(list(cases.values()), list(cases), "keep"))


def _creators(table: pd.DataFrame, reason: str, source: str) -> pd.DataFrame:
    """Planned sessions (n: sessions so far) and what one is expected to leave, with its interval."""
    found = []
    for row in records(table.reset_index(names="creator")):
        name, value = str(row["creator"]), row["value"]
        ends = sorted(value * np.exp(side * WIDE * row["spread"] - row["spread"] ** 2 / 2) for side in (-1, 1))
        step, alone = (Place(source, ("creator", "step"), (name, row["step"])), Place(source, ("creator",), (name,)))
        found.append(Entry("plan_sessions", row["planned"], n=row["now"], at=step))
        found.append(
            Entry("plan_session_value_cny", value, n=row["now"], low=ends[0], high=ends[1], reason=reason, at=alone)
        )
    return entries(found)


def _sums(table: pd.DataFrame, made: tuple[Plan, Terms], reason: str, source: str) -> pd.DataFrame:
    """Creators and sessions by step, the budget, and what plan and present are expected to leave in 30 days."""
    plan, terms = made
    groups = table.groupby("step")["planned"].agg(["size", "sum"]).reindex(list(STEPS), fill_value=0)
    n, found = float(len(table)), []
    for step, (creators, sessions) in zip(STEPS, groups.to_numpy(float), strict=True):
        at = Place(source, ("step",), (step,))
        found.append(Entry("plan_creators", creators, n=n, at=at))
        found.append(Entry("plan_step_sessions", sessions, n=creators, at=at))
    whole = Place(source)
    figures = (float(terms.budget), float(plan.exploring.sum()), plan.value, plan.value_now)
    sums = zip(SUMS, figures, ("", "", reason, reason), strict=True)
    return entries([*found, *(Entry(id, value, n=n, reason=why, at=whole) for id, value, why in sums)])
