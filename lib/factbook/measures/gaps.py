"""What a room step short of its peers costs: yuan lost per step, and the worth of closing one gap, then all."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from factbook.measures.common import NAN, Array, Entry, Place, Ratio, blanks, column, entries, source_of, tally
from factbook.measures.decomposition import PEOPLE, STEP, STEPS, chain, whole_chain
from factbook.measures.ground import Ground
from factbook.methods.lmdi import decompose

GAP, TARGET, ALONE = "gap_to_peers_cny", "step_target", "step_worth_cny"
TOGETHER, OVERLAP = "steps_worth_together_cny", "steps_worth_overlap_cny"
IDS = (GAP, TARGET, ALONE, TOGETHER, OVERLAP)
RATES = STEPS[1:]  # the first link is a count: nobody's peers have one
MONTH, BEST = 30, 0.75  # worth is per 30 days; without peers the target is the own upper quartile of sessions
OWN_BEST, MIN_SESSIONS = "own_best_quarter", 8


@dataclass(frozen=True, slots=True)
class Haircut:
    """What is left of a yuan of sales, and which word of knowledge/reasons.toml says what was taken off."""

    left: float
    said: str


@dataclass(frozen=True, slots=True)
class Rate:
    """A step's rate with its interval, and the rate it is held against."""

    value: float
    low: float
    high: float
    target: float
    own: bool  # the target is the shop's own best quarter

    def gain(self, rate: float) -> float:
        """Relative gain of sales if the step went from `rate` to its target, the others held; never a loss."""
        return max(self.target / rate - 1, 0.0) if rate > 0 else 0.0

    @property
    def gains(self) -> tuple[float, float, float]:
        """Gain at the rate itself, at the better and at the worse end of its interval."""
        ends = (self.high, self.low)
        low, high = (self.gain(end if math.isfinite(end) else self.value) for end in ends)
        return self.gain(self.value), low, high


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Yuan against the peers' chain, targets, and the worth of reaching them."""
    if ground.own.empty:
        return [blanks(IDS, ground.no_sessions(ground.partner, "no_own_sessions"))]
    rows = ground.live_windows()[0].rows(ground.own)
    rows = rows[whole_chain(rows)]
    if rows.empty or float(column(rows, "paid_amount_cny").sum()) <= 0:
        return [blanks(IDS, "no_values" if rows.empty else "no_sales")]
    peers = middles(ground.case.table("peers"))
    return [_against_peers(rows, peers), _worth(ground, rows, peers)]


def middles(peers: pd.DataFrame) -> dict[str, float]:
    """The peers' middle value of each metric: the latest median, else the latest average."""
    if peers.empty:
        return {}
    known = peers[column(peers, "value") > 0]
    ordered = known.sort_values("date", kind="stable") if "date" in known else known
    usual = {kind: rows for kind, rows in ordered.groupby("statistic") if kind in ("median", "mean")}
    found: dict[str, float] = {}
    for kind in ("mean", "median"):
        rows = usual.get(kind)
        found |= {} if rows is None else dict(zip(rows["metric"], rows["value"].astype(float), strict=True))
    return found


def _against_peers(rows: pd.DataFrame, peers: Mapping[str, float]) -> pd.DataFrame:
    """Sales less those of a room with the peers' rates and the own impressions, split over the steps typed in."""
    typed = {step.name: peers[step.metric] for step in RATES if step.metric in peers}
    if not typed:
        return blanks([GAP], "no_peers")
    own = chain(rows)
    parts = decompose({**own, **typed}, own)
    source, n = source_of(rows), float(len(rows))
    return entries(Entry(GAP, parts[name], n=n, at=Place(source, STEP, (name,))) for name in typed)


def _worth(ground: Ground, rows: pd.DataFrame, peers: Mapping[str, float]) -> pd.DataFrame:
    """Per 30 days: each step at its target alone, all together, and what the two differ by."""
    rates, cut = _rates(rows, peers), haircut(ground, rows)
    if not rates:
        return blanks([TARGET, ALONE, TOGETHER, OVERLAP], "no_peers")
    paid = float(column(rows, "paid_amount_cny").sum()) * MONTH / ground.case.period.days
    source, n = source_of(rows), float(len(rows))
    found = [
        Entry(TARGET, rate.target, n=n, reason=OWN_BEST if rate.own else "", at=Place(source, STEP, (name,)))
        for name, rate in rates.items()
    ]
    scale = paid * cut.left
    alone = {name: [scale * gain for gain in rate.gains] for name, rate in rates.items()}
    found += [_amount(ALONE, ends, n, cut, Place(source, STEP, (name,))) for name, ends in alone.items()]
    compared = [rate for rate in rates.values() if not rate.own] or list(rates.values())
    names = [name for name, rate in rates.items() if rate in compared]
    together = [scale * (math.prod(1 + rate.gains[end] for rate in compared) - 1) for end in range(3)]
    overlap = together[0] - math.fsum(alone[name][0] for name in names)
    at = Place(source)
    return entries([*found, _amount(TOGETHER, together, n, cut, at), _amount(OVERLAP, [overlap, NAN, NAN], n, cut, at)])


def _amount(id: str, ends: list[float], n: float, cut: Haircut, at: Place) -> Entry:
    return Entry(id, ends[0], n=n, low=ends[1], high=ends[2], reason=cut.said, at=at)


def _rates(rows: pd.DataFrame, peers: Mapping[str, float]) -> dict[str, Rate]:
    """Steps with a target: the peers' where typed in, else the upper quartile of the own sessions."""
    pairs = list(pairwise(PEOPLE))
    specs = [Ratio(step.name, top, bottom) for step, (bottom, top) in zip(RATES, pairs, strict=True)]
    ends = tally(rows, specs)[["value", "low", "high"]].to_numpy(float)
    found = {}
    for step, (bottom, top), (value, low, high) in zip(RATES, pairs, ends, strict=True):
        target, own = peers.get(step.metric, NAN), False
        if not target > 0:
            target, own = _best(column(rows, top).to_numpy(), column(rows, bottom).to_numpy()), True
        if target > 0 and value > 0:
            found[step.name] = Rate(value, low, high, target, own)
    return found


def _best(top: Array, bottom: Array) -> float:
    """The rate that a quarter of the sessions reach, sessions weighted by their denominator; NaN for a few."""
    used = bottom > 0
    if used.sum() < MIN_SESSIONS:
        return NAN
    rates = pd.Series(top[used] / bottom[used], index=bottom[used]).sort_values(kind="stable")
    reached = rates.index.to_numpy().cumsum() / rates.index.to_numpy().sum()
    return float(rates.to_numpy()[(reached >= BEST).argmax()])


def haircut(ground: Ground, rows: pd.DataFrame) -> Haircut:
    """What is left of sales after refunds and at the gross margin, as far as both are known."""
    refund, paid = column(rows, "refund_session_cny"), column(rows, "paid_amount_cny")
    known = refund.notna() & paid.notna()
    if not known.any() or not paid[known].sum() > 0:
        return Haircut(1.0, "worth_as_paid")
    kept = 1 - float(refund[known].sum() / paid[known].sum())
    margin = ground.profile("gross_margin")
    return Haircut(kept * margin, "") if margin > 0 else Haircut(kept, "worth_without_margin")
