"""Scores and verdicts: peers first, then own history, then a rule of thumb, else none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from factbook.errors import Refused
from factbook.judgement.facts import Facts, number
from factbook.judgement.fit import capability_cell, capability_score
from factbook.judgement.history import History, history
from factbook.knowledge.areas import Members, areas
from factbook.knowledge.metrics import metrics
from factbook.knowledge.thumbs import thumb_of
from factbook.measures.common import records
from factbook.methods.score import Curve, curve
from factbook.records import CAPABILITIES, Measure, Score, Verdict

WEIGHT_OF_VERDICT = {"good": 1.0, "normal": 0.0, "poor": -1.0}
_EPSILON = 1e-9
_CUT = 1 / 3  # a mean verdict beyond a third of the way counts


def judge_scores(facts: Facts) -> tuple[Score, ...]:
    """Every metric, area and cell: `metric:<id>`, `G1`…`O5`, `F.traffic`…"""
    of_metrics = {spec: judge_metric(facts, spec) for spec in _specs(facts)}
    return (*of_metrics.values(), *_areas(facts, of_metrics), *_cells(facts, of_metrics))


def _specs(facts: Facts) -> tuple[str, ...]:
    """Metrics measured for the whole period, and every slice an area asks for."""
    table = areas()
    members = [spec for row in (*table.areas.values(), *table.cells.values()) for spec in row.metrics]
    whole = [id for id in metrics() if facts.find(id) is not None]
    return tuple(dict.fromkeys([*whole, *members]))


def judge_metric(facts: Facts, spec: str) -> Score:
    """One figure against the first comparison there is; raises nothing, a missing figure is a state."""
    row, id = facts.find(spec), f"metric:{spec}"
    if row is None or number(row.value) is None:
        return Score(id, "not_measured", reason=(row.reason if row else "") or "not_judged")
    if metrics()[row.id].direction == "none":
        return Score(id, "not_scored", reason="weight_zero")
    judged = (judge(facts, spec, row) for judge in _COMPARISONS)
    found = next((score for score in judged if score is not None), None)
    return replace(found, id=id) if found else Score(id, "not_scored", reason="no_comparison")


def _by_peers(facts: Facts, spec: str, row: Measure) -> Score | None:
    line = peer_curve(facts, spec)
    if line is None or row.value is None:
        return None
    value, (low, high) = line.score(row.value), _ends(line, row)
    score = Score("", "scored", value, low, high, verdict(value), "peers", line.approximate)
    peer = facts.peers[spec]
    return replace(score, against=peer.middle, statistic="mean" if peer.approximate else "median")


def peer_curve(facts: Facts, spec: str) -> Curve | None:
    """The curve of a metric through its peers; None without peers, or when they contradict each other."""
    peer, metric = facts.peer(spec), metrics()[spec.partition(":")[0]]
    if peer is None or metric.direction == "none":
        return None
    try:
        line = curve(peer.middle, peer.top, metric.direction, metric.spread)
    except Refused:
        return None
    return replace(line, approximate=line.approximate or peer.approximate)


def _ends(line: Curve, row: Measure) -> tuple[float | None, float | None]:
    low, high = number(row.low), number(row.high)
    return (None, None) if low is None or high is None else line.interval(low, high)


def _by_history(facts: Facts, spec: str, row: Measure) -> Score | None:
    pair = history(facts, spec)
    if pair is None:
        return None
    gain = pair.change if metrics()[row.id].direction == "up" else -pair.change
    read = _against(gain, areas().comparison.change)
    return Score("", "verdict", verdict=read, basis="history", against=_stretched(row, pair), statistic=pair.kind)


def _stretched(row: Measure, pair: History) -> float:
    """The earlier figure on the footing of the period's own: as far from it as then is from now."""
    return row.value / (1 + pair.change) if row.value and pair.now else pair.then


def history_pair(facts: Facts, spec: str) -> tuple[float, float] | None:
    """A figure now and before, like held against like; None without both."""
    pair = history(facts, spec)
    return (pair.now, pair.then) if pair else None


def _by_thumb(facts: Facts, spec: str, row: Measure) -> Score | None:
    thumb = thumb_of(spec, records(facts.case.table("thumbs")))
    if thumb is None or row.value is None:
        return None
    sign = 1 if metrics()[row.id].direction == "up" else -1
    good, poor = sign * (row.value - thumb.good) >= 0, sign * (row.value - thumb.poor) <= 0
    read: Verdict = "good" if good else "poor" if poor else "normal"
    kind = "rule_of_thumb"
    return Score("", "verdict", verdict=read, basis=kind, against=thumb.good, statistic=kind)


_COMPARISONS: tuple[Callable[[Facts, str, Measure], Score | None], ...] = (_by_peers, _by_history, _by_thumb)


def verdict(score: float) -> Verdict:
    """How a score reads."""
    rules = areas().comparison
    return "good" if score >= rules.good else "poor" if score < rules.poor else "normal"


def _against(gain: float, line: float) -> Verdict:
    """A gain of exactly the line counts, whatever binary fractions make of it."""
    reached = abs(gain) >= line - _EPSILON
    return "normal" if not reached else "good" if gain > 0 else "poor"


def judge_area(id: str, members: Members, of_metrics: Mapping[str, Score]) -> Score:
    """The weighted mean of what was judged; not scored below the minimum share of weight."""
    weights = {spec: weight for spec, weight in members.weighted().items() if weight > 0}
    total, parts = sum(weights.values()), tuple(weights)
    if not total:
        return Score(id, "not_measured", reason="not_judged", parts=parts)
    scored, judged, measured = (
        {spec: weights[spec] for spec in weights if of_metrics[spec].state in states} for states in _LADDER
    )
    minimum = areas().comparison.minimum_weight * total
    if sum(scored.values()) >= minimum:
        return _scored(id, scored, of_metrics, total, parts)
    if sum(judged.values()) >= minimum:
        return _verdict(id, judged, of_metrics, total, parts)
    if measured:
        share, short = sum(judged.values()) / total, sum(measured.values()) < minimum
        reason = "weight_below_minimum" if short else "no_comparison"
        return Score(id, "not_scored", measured_weight=share, reason=reason, parts=parts)
    return Score(id, "not_measured", measured_weight=0.0, reason=of_metrics[parts[0]].reason, parts=parts)


_LADDER = (("scored",), ("scored", "verdict"), ("scored", "verdict", "not_scored"))


def _scored(
    id: str, weights: Mapping[str, float], scores: Mapping[str, Score], total: float, parts: tuple[str, ...]
) -> Score:
    chosen = {spec: scores[spec] for spec in weights}
    value = _mean({spec: score.value or 0.0 for spec, score in chosen.items()}, weights)
    ends = {"low": value, "high": value}
    if any(score.low is not None for score in chosen.values()):
        ends = {name: _mean({s: _end(score, name) for s, score in chosen.items()}, weights) for name in ends}
    return Score(
        id,
        "scored",
        value,
        ends["low"],
        ends["high"],
        verdict(value),
        "peers",
        approximate=any(score.approximate for score in chosen.values()),
        measured_weight=sum(weights.values()) / total,
        parts=parts,
    )


def _end(score: Score, name: str) -> float:
    """One end of a metric's interval; the score itself where the metric has none."""
    end = score.low if name == "low" else score.high
    return (score.value or 0.0) if end is None else end


def _mean(values: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(values[spec] * weight for spec, weight in weights.items()) / sum(weights.values())


def _verdict(
    id: str, weights: Mapping[str, float], scores: Mapping[str, Score], total: float, parts: tuple[str, ...]
) -> Score:
    """Mostly history and rules of thumb: a verdict from the weighted majority, no score."""
    mean = _mean({spec: WEIGHT_OF_VERDICT[scores[spec].verdict or "normal"] for spec in weights}, weights)
    bases = [scores[spec].basis for spec in weights]
    return Score(
        id,
        "verdict",
        verdict=_against(mean, _CUT),
        basis=max(dict.fromkeys(bases), key=bases.count),
        measured_weight=sum(weights.values()) / total,
        reason="not_scored",
        parts=parts,
    )


def _areas(facts: Facts, of_metrics: Mapping[str, Score]) -> tuple[Score, ...]:
    judged = [gated(facts, id, judge_area(id, row, of_metrics)) for id, row in areas().areas.items()]
    return (*judged, *(capability_score(facts, id) for id in CAPABILITIES))


def _cells(facts: Facts, of_metrics: Mapping[str, Score]) -> tuple[Score, ...]:
    table = areas()
    cells = [gated(facts, id[0], judge_area(id, row, of_metrics)) for id, row in table.cells.items()]
    shares = [gated(facts, field, _share(facts, field)) for field in table.fields]
    return (*cells, *shares, *(capability_cell(facts, field) for field in table.fields))


def _share(facts: Facts, field: str) -> Score:
    """A share is shown, never judged: there are no target shares, and campaigns lie over the fields."""
    id, parts = f"{field}.share", (f"field_share:{field}",)
    if field == "C":
        return Score(id, "not_scored", reason="overlay")
    row = facts.find(parts[0])
    if row is None or number(row.value) is None:
        return Score(id, "not_measured", reason=(row.reason if row else "") or "not_judged", parts=parts)
    return Score(id, "not_scored", reason="weight_zero", parts=parts)


def gated(facts: Facts, field: str, score: Score) -> Score:
    """A field whose gate is shut is grey whatever its figures say; the figures stay."""
    return replace(score, state="gated", reason="gate_shut") if facts.gate_shut(field) else score
