"""A · creators: the matrix of conversion and exposure, concentration, and what they keep."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from factbook.judgement.facts import Facts
from factbook.judgement.rule import Fired, Rule, Worth
from factbook.judgement.say import Figure, Values, counted
from factbook.judgement.scoring import history_pair
from factbook.judgement.worth import commission, sales
from factbook.knowledge.thumbs import line
from factbook.records import Evidence, Measure


def _label(facts: Facts, label: str) -> tuple[Values, tuple[Evidence, ...]]:
    """How many creators carry a label and what part of the alliance they sell."""
    count = facts.must(f"creators_by_label:{label}")
    values: Values = {
        "creators": counted(count, "位", "creator", "creators"),
        "count": Figure(count, "count"),
        "share": Figure(facts.must(f"label_share:{label}"), "fraction"),
    }
    return values, tuple(facts.evidence(f"{id}:{label}") for id in ("creators_by_label", "label_share"))


def _mismatch_loses(facts: Facts) -> Fired | None:
    """Creators whose audience does not fit cost more in commission and samples than their margin brings."""
    contribution = facts.must("label_contribution_cny:mismatch")
    if contribution >= 0 or facts.must("creators_by_label:mismatch") < 1:
        return None
    values, evidence = _label(facts, "mismatch")
    loss, refund = facts.month(-contribution), facts.value("creator_refund_rate:mismatch")
    values = {**values, "loss": Figure(loss, "cny")}
    pieces: tuple[str, ...] = ()
    if refund is not None:
        values, pieces = {**values, "refund": Figure(refund, "fraction")}, ("refund",)
    found = (*evidence, facts.evidence("label_contribution_cny:mismatch"))
    return Fired(values, found, Worth(loss, loss, "contribution"), pieces)


def _mismatch_earns(facts: Facts) -> Fired | None:
    """Mismatched creators that still bring something, or whose contribution nobody can compute."""
    contribution = facts.value("label_contribution_cny:mismatch")
    if facts.must("creators_by_label:mismatch") < 1 or (contribution is not None and contribution < 0):
        return None
    return Fired(*_label(facts, "mismatch"))


def _rising(facts: Facts) -> Fired | None:
    """Creators that convert well and are under-exposed."""
    if facts.must("creators_by_label:rising") < 1:
        return None
    values, evidence = _label(facts, "rising")
    seen, usual = facts.value("creator_exposures_per_product:rising"), facts.value("creator_exposure_line")
    if not seen or usual is None or usual <= seen:
        return Fired(values, evidence)
    gain = facts.month(facts.must("label_paid_cny:rising")) * (usual / seen - 1)
    values = {**values, "seen": Figure(seen, "times"), "usual": Figure(usual, "times")}
    worth = sales(facts, gain, gain, "creator_refund_rate:rising", "field_refund_rate:A")
    taken = commission(facts, "creator_commission_rate:rising")
    return Fired(
        values,
        (*evidence, facts.evidence("creator_exposures_per_product:rising")),
        replace(worth, commission=taken),
        ("exposures",),
    )


def _in_trial(facts: Facts) -> Fired | None:
    return Fired(*_label(facts, "low")) if facts.must("creators_by_label:low") >= line("few_creators") else None


def _unknown(facts: Facts) -> Fired | None:
    """So many creators of whom nobody can say yet what they are, and why not."""
    rows = facts.rows("creators_by_label", "label")
    total = sum(row.value or 0.0 for row in rows)
    if total <= 0 or facts.must("creators_by_label:unknown") < line("unknown_creators") * total:
        return None
    values, evidence = _label(facts, "unknown")
    why = {row.slice["why"]: row.value or 0.0 for row in facts.rows("creators_unknown", "why")}
    told = {
        name: Figure(why.get(code, 0.0), "count") for name, code in (("few", "too_few"), ("unsure", "label_unsure"))
    }
    return Fired({**values, **told, "total": Figure(total, "count")}, evidence, None, ("why",) if why else ())


def _core(facts: Facts) -> Fired | None:
    return Fired(*_label(facts, "core")) if facts.must("label_share:core") >= line("core_strength") else None


def _share_above(id: str, limit: str, facts: Facts) -> Fired | None:
    """Sales through few creators."""
    share = facts.must(id)
    if share < line(limit):
        return None
    return Fired({"share": Figure(share, "fraction")}, (facts.evidence(id, line(limit), "rule_of_thumb"),))


def _stopped(facts: Facts) -> Fired | None:
    """Creators sold until some day and then nothing, and no shut gate explains it."""
    days = {row.slice["date"]: row.value or 0.0 for row in _daily(facts)}
    tail = _silent_days(days)
    if facts.gate_shut("A") or tail < line("alliance_stop_days") or tail == len(days):
        return None
    daily = facts.must("alliance_daily_median_cny")
    worth = replace(
        sales(facts, daily * 30, daily * 30, "field_refund_rate:A", "refund_rate"),
        commission=commission(facts),
    )
    values: Values = {"days": counted(tail, "天", "day", "days"), "daily": Figure(daily, "cny")}
    return Fired(values, (facts.evidence("alliance_daily_median_cny"),), worth)


def _daily(facts: Facts) -> tuple[Measure, ...]:
    rows = [row for row in facts.rows("field_paid_cny", "date", "field") if row.slice["field"] == "A"]
    return tuple(sorted(rows, key=lambda row: row.slice["date"]))


def _silent_days(days: dict[str, float]) -> int:
    """Days without a sale at the end."""
    amounts = list(days.values())[::-1]
    return next((n for n, amount in enumerate(amounts) if amount > 0), len(amounts))


def _fewer(facts: Facts) -> Fired | None:
    """Fewer creators sell in a week than used to."""
    pair = history_pair(facts, "active_creators")
    if pair is None or pair[0] / pair[1] - 1 > -line("history_change"):
        return None
    now, before = pair
    figures = {"now": Figure(now, "count"), "before": Figure(before, "count")}
    return Fired({**figures, "drop": Figure(1 - now / before, "fraction")}, (facts.evidence("active_creators"),))


def _refunds(facts: Facts) -> Fired | None:
    """What creators sell comes back more often than what the own room sells."""
    theirs, own = facts.must("field_refund_rate:A"), facts.must("field_refund_rate:F")
    if theirs - own < line("field_refund_excess"):
        return None
    gain = facts.month(facts.must("field_paid_cny:A")) * (theirs - own)
    values = {"theirs": Figure(theirs, "fraction"), "own": Figure(own, "fraction")}
    return Fired(
        values,
        tuple(facts.evidence(f"field_refund_rate:{field}") for field in ("A", "F")),
        Worth(gain, gain, "net_gmv", commission(facts)),
    )


_LOSS = "label_contribution_cny:mismatch"
RULES = (
    Rule("A01", "A", "high", ("creators_by_label:mismatch", _LOSS), _mismatch_loses),
    Rule("A02", "A", "medium", ("creators_by_label:rising",), _rising),
    Rule(
        "A03",
        "A",
        "low",
        ("creator_top1_share",),
        partial(_share_above, "creator_top1_share", "top1_dependence"),
    ),
    Rule("A04", "A", "low", ("creator_head_share",), partial(_share_above, "creator_head_share", "head_share")),
    Rule("A05", "A", "low", ("creators_by_label:unknown",), _unknown),
    Rule("A06", "A", "high", ("field_paid_cny", "alliance_daily_median_cny"), _stopped),
    Rule("A07", "A", "medium", ("active_creators",), _fewer),
    Rule("A08", "A", "medium", ("field_refund_rate:A", "field_refund_rate:F"), _refunds),
    Rule("A09", "A", "medium", ("creators_by_label:mismatch",), _mismatch_earns),
    Rule("A10", "A", "strength", ("label_share:core",), _core),
    Rule("A11", "A", "low", ("creators_by_label:low",), _in_trial),
)
