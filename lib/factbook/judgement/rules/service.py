"""V · the service score, the hard line over everything else."""

from __future__ import annotations

from datetime import date, timedelta

from factbook.judgement.calendar import Event, events, short_name
from factbook.judgement.facts import Facts
from factbook.judgement.gates import below_since
from factbook.judgement.rule import Fired, Rule, Worth
from factbook.judgement.say import Figure, Value, counted, day
from factbook.judgement.worth import commission, kept
from factbook.knowledge.gates import gates
from factbook.knowledge.thumbs import line
from factbook.knowledge.words import word
from factbook.records import Gate

PARTS = ("service", "product", "logistics")
SAFE = 72  # a little above the line, as service_part_needed reckons


def _gate(facts: Facts, id: str) -> Gate | None:
    return next((gate for gate in facts.gates if gate.id == id), None)


def _shut(facts: Facts) -> Fired | None:
    """The score is under the line that opens the alliance and the festivals."""
    score, limit = facts.must("service_score"), gates()["alliance_entry"].line
    if score >= limit:
        return None
    values: dict[str, Value] = {"score": Figure(score, "score"), "line": Figure(limit, "score")}
    since = below_since(facts, limit)
    sales, part = _sales(facts), _part(facts)
    values |= {**sales, **part, **({"since": day(since)} if since else {})}
    told = (("since", since), ("sales", "net" in sales), ("part", "need" in part))
    pieces = tuple(name for name, known in told if known)
    evidence = tuple(facts.evidence(spec) for spec in _SHUT_EVIDENCE if facts.value(spec) is not None)
    return Fired(values, evidence, _worth(facts), pieces)


_SHUT_EVIDENCE = (
    "service_score",
    "service_score_part:service",
    "alliance_daily_median_cny",
    "field_refund_rate:A",
)


def _monthly(facts: Facts) -> float | None:
    """What creators sell in 30 days while the alliance is open: the median day times 30."""
    daily = facts.value("alliance_daily_median_cny")
    return daily * 30 if daily else None


def _worth(facts: Facts) -> Worth | None:
    month, left = _monthly(facts), kept(facts, "field_refund_rate:A", "refund_rate")
    if month is None or left is None:
        return None if month is None else Worth(month, month, "gmv")
    return Worth(month * left, month * left, "net_gmv", commission(facts))


def _sales(facts: Facts) -> dict[str, Value]:
    month, left = _monthly(facts), kept(facts, "field_refund_rate:A", "refund_rate")
    if month is None or left is None:
        return {}
    figures = {"daily": month / 30, "month": month, "net": month * left}
    return {name: Figure(amount, "cny") for name, amount in figures.items()}


def _part(facts: Facts) -> dict[str, Value]:
    """The lowest part that alone brings the total back, where it is and where it must be."""
    now = {part: facts.value(f"service_score_part:{part}") for part in PARTS}
    need = {part: facts.value(f"service_part_needed:{part}") for part in PARTS}
    reach = {p: n for p, n in now.items() if n is not None and need[p] is not None and (need[p] or 0) <= 100}
    lowest = min(reach, key=reach.__getitem__, default="")
    if not lowest:
        return {}
    figures = {"now": now[lowest], "need": need[lowest], "safe": SAFE}
    return {"part": word(f"part.{lowest}"), **{k: Figure(v or 0.0, "score") for k, v in figures.items()}}


def _dropped(facts: Facts) -> Fired | None:
    """So many days in a row below the line that the shop is dropped from the festival."""
    limit, run = gates()["festival_entry"].line, int(line("festival_run_days"))
    since, end = below_since(facts, limit), facts.case.period.end
    if since is None or (end - since).days + 1 < run:
        return None
    dropped = since + timedelta(days=run - 1)
    days = counted((end - since).days + 1, "天", "day", "days")
    values: dict[str, Value] = {
        "days": days,
        "since": day(since),
        "dropped": day(dropped),
        "line": Figure(limit, "score"),
    }
    hit = _closed_campaign(facts, dropped)
    if hit is None:
        return Fired(values, (facts.evidence("service_score"),))
    values["campaign"] = short_name(hit.name)
    return Fired(values, (facts.evidence("service_score"),), pieces=("campaign",))


def _closed_campaign(facts: Facts, dropped: date) -> Event | None:
    """The campaign a drop closes: one marked as not eligible, else the next one that is on or near."""
    soon = facts.case.period.end + timedelta(days=int(line("coming_days")))
    later = [e for e in events(facts, "not_eligible", "planned", "joined") if e.end >= dropped and e.start <= soon]
    return min(later, key=lambda event: event.state != "not_eligible", default=None)


def _near(facts: Facts) -> Fired | None:
    """Still above the line, but so close that a bad week closes it."""
    score, limit = facts.must("service_score"), gates()["alliance_entry"].line
    if not limit <= score < limit + line("near_gate"):
        return None
    values: dict[str, Value] = {"score": Figure(score, "score"), "distance": Figure(score - limit, "score")}
    low = {p: v for p in PARTS if (v := facts.value(f"service_score_part:{p}")) is not None}
    evidence = (facts.evidence("service_score"),)
    if not low:
        return Fired(values, evidence)
    weakest = min(low, key=low.__getitem__)
    values |= {"part": word(f"part.{weakest}"), "now": Figure(low[weakest], "score")}
    return Fired(values, evidence, pieces=("part",))


def _product_shut(facts: Facts) -> Fired | None:
    """The product part alone keeps the shop out of the alliance."""
    gate = _gate(facts, "alliance_product")
    if gate is None or gate.state != "shut" or facts.must("service_score") < gates()["alliance_entry"].line:
        return None
    values = {"product": Figure(gate.value or 0.0, "score"), "line": Figure(gate.line, "score")}
    return Fired(values, (facts.evidence("service_score_part:product"),), _worth(facts))


def _strong(facts: Facts) -> Fired | None:
    score = facts.must("service_score")
    if score < line("service_strong"):
        return None
    return Fired(
        {"score": Figure(score, "score")},
        (facts.evidence("service_score", line("service_strong"), "rule_of_thumb"),),
    )


RULES = (
    Rule("V01", "O5", "high", ("service_score",), _shut),
    Rule("V02", "C", "high", ("service_score",), _dropped),
    Rule("V03", "O5", "medium", ("service_score",), _near),
    Rule("V04", "O5", "high", ("service_score_part:product", "service_score"), _product_shut),
    Rule("V05", "O5", "strength", ("service_score",), _strong),
)
