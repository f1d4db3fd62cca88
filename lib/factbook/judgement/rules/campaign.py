"""C · campaigns: what they sold above the expected, which were missed, what is coming."""

from __future__ import annotations

from collections.abc import Iterator

from factbook.judgement.calendar import Event, ahead, deals, events, every, short_name, with_star
from factbook.judgement.facts import Facts, as_evidence
from factbook.judgement.rule import Fired, Rule
from factbook.judgement.say import Figure, Value, counted, day
from factbook.knowledge.thumbs import line
from factbook.records import Evidence, Measure, Text, listed


def _largest(facts: Facts, joint: bool) -> Measure | None:
    """The campaign with the largest uplift, among those with (or without) a star's session inside."""
    rows = [row for row in facts.rows("campaign_uplift_ratio", "campaign") if _joint(facts, row) == joint]
    return max(rows, key=lambda row: facts.value(f"campaign_uplift_cny:{row.slice['campaign']}") or 0.0, default=None)


def _joint(facts: Facts, row: Measure) -> bool:
    """Whether a star's session fell into the campaign."""
    own = [e for e in events(facts, "joined") if e.name == row.slice["campaign"]]
    return any(deal.start <= e.end and deal.end >= e.start for e in own for deal in deals(facts))


def _uplift(facts: Facts, row: Measure) -> Fired:
    name = row.slice["campaign"]
    values: dict[str, Value] = {
        "campaign": short_name(name),
        "ratio": Figure(row.value or 0.0, "fraction"),
        "uplift": Figure(facts.must(f"campaign_uplift_cny:{name}"), "cny"),
        "baseline": Figure(facts.must(f"campaign_baseline_cny:{name}"), "cny"),
    }
    evidence = (as_evidence(row), facts.evidence(f"campaign_uplift_cny:{name}"))
    return Fired(values, (*evidence, facts.evidence(f"campaign_baseline_cny:{name}")))


def _sold_more(facts: Facts) -> Fired | None:
    """Campaign days sold more than the days before; part of it may be borrowed from the days around."""
    row = _largest(facts, joint=False)
    return _uplift(facts, row) if row and (row.value or 0.0) >= line("uplift_seen") else None


def _sold_jointly(facts: Facts) -> Fired | None:
    """A star's session fell into the campaign: both are said together, neither is credited in full."""
    row = _largest(facts, joint=True)
    return _uplift(facts, row) if row and (row.value or 0.0) >= line("uplift_seen") else None


def _no_uplift(facts: Facts) -> Fired | None:
    rows = facts.rows("campaign_uplift_ratio", "campaign")
    weakest = min(rows, key=lambda row: row.value or 0.0, default=None)
    return _uplift(facts, weakest) if weakest and (weakest.value or 0.0) < line("uplift_seen") else None


def _below_goal(facts: Facts) -> Fired | None:
    rows = facts.rows("campaign_goal_ratio", "campaign")
    worst = min(rows, key=lambda row: row.value or 0.0, default=None)
    if worst is None or (worst.value or 0.0) >= line("goal_missed"):
        return None
    values: dict[str, Value] = {
        "campaign": short_name(worst.slice["campaign"]),
        "ratio": Figure(worst.value or 0.0, "fraction"),
        "actual": Figure(facts.must(f"campaign_actual_cny:{worst.slice['campaign']}"), "cny"),
    }
    return Fired(values, (as_evidence(worst),))


def _missed(facts: Facts) -> Fired | None:
    """Campaigns that were missed; those a shut gate explains are told elsewhere."""
    states = ("missed",) if facts.gate_shut("C") else ("missed", "not_eligible")
    found = events(facts, *states)
    if not found:
        return None
    values = {"count": counted(len(found), "场活动", "campaign", "campaigns"), "names": _names(found)}
    return Fired(values, tuple(_listed("campaigns_missed", event) for event in found))


def _coming(facts: Facts) -> Fired | None:
    """A planned campaign is near, and as ready as it should be (else that is said instead)."""
    first = _near(facts)
    if first is None or facts.gate_shut("C") or _unready(facts):
        return None
    return Fired(_when(facts, first), (_listed("campaigns_planned", first),))


def _near(facts: Facts) -> Event | None:
    """The next planned campaign, where it begins within a month."""
    first = next(iter(ahead(facts)), None)
    return first if first and (first.start - facts.case.period.end).days <= line("coming_days") else None


def _when(facts: Facts, event: Event) -> dict[str, Value]:
    days = (event.start - facts.case.period.end).days
    return {
        "campaign": short_name(event.name),
        "days": counted(days, "天", "day", "days"),
        "start": day(event.start),
    }


def _listed(metric: str, event: Event) -> Evidence:
    """A row of the campaign sheet as evidence: one campaign."""
    return Evidence(metric, 1.0, 1.0, "", event.source, {"campaign": event.name})


def _unready(facts: Facts) -> Fired | None:
    """A campaign is near and less is ready than should be; with what is late and what nobody owns."""
    first = _near(facts)
    row = facts.find(f"campaign_readiness:{first.name}") if first else None
    if first is None or row is None or row.value is None or row.value >= line("readiness_low"):
        return None
    late, unowned = (facts.value(f"campaign_tasks_{kind}:{first.name}") or 0.0 for kind in ("late", "unowned"))
    values = {
        **_when(facts, first),
        "ready": Figure(row.value, "fraction"),
        "line": Figure(line("readiness_low"), "fraction"),
        "late": counted(late, "项", "task", "tasks"),
        "unowned": counted(unowned, "项", "task", "tasks"),
    }
    pieces = tuple(name for name, n in (("late", late), ("unowned", unowned)) if n)
    evidence = as_evidence(row, line("readiness_low"), "rule_of_thumb")
    return Fired(values, (evidence,), pieces=pieces)


def _closed_ahead(facts: Facts) -> Fired | None:
    """The next campaign is planned, and the gate it asks for is shut."""
    coming = ahead(facts)
    gate = next((gate for gate in facts.gates if gate.state == "shut" and "C" in gate.closes), None)
    if not coming or gate is None or gate.value is None:
        return None
    values: dict[str, Value] = {
        **_when(facts, coming[0]),
        "score": Figure(gate.value, "score"),
        "line": Figure(gate.line, "score"),
    }
    return Fired(values, (_listed("campaigns_planned", coming[0]), facts.evidence("service_score")))


def _no_goal(facts: Facts) -> Fired | None:
    """Campaigns joined or planned without a goal: nobody can say afterwards whether they went well."""
    found = tuple(event for event in events(facts, "joined", "planned") if event.goal is None)
    if not found:
        return None
    values = {"count": counted(len(found), "场活动", "campaign", "campaigns"), "names": _names(found)}
    return Fired(values, tuple(_listed(_state_metric(event), event) for event in found))


def _state_metric(event: Event) -> str:
    return "campaigns_joined" if event.state == "joined" else "campaigns_planned"


def _ended(facts: Facts, id: str) -> Iterator[tuple[Event, Measure]]:
    """A figure of the campaigns of the last quarter that no star's session fell into; the latest first."""
    rows = {row.slice["campaign"]: row for when in ("history", "current") for row in _of(facts, id, when)}
    for event in reversed(events(facts, "joined")):
        if event.name in rows and not with_star(facts, event):
            yield event, rows[event.name]


def _of(facts: Facts, id: str, period: str) -> tuple[Measure, ...]:
    return facts.rows(id, "campaign", period=period)


def _figure(facts: Facts, id: str, name: str) -> Measure | None:
    """One figure of a campaign, of the period or before it."""
    found = (facts.find(f"{id}:{name}", period) for period in ("current", "history"))
    return next((row for row in found if row is not None and row.value is not None), None)


def _borrowed(facts: Facts) -> Fired | None:
    """The weeks around a campaign took back half of its gain or more, beyond what chance would."""
    for event, net in _ended(facts, "campaign_net_cny"):
        gain = _figure(facts, "campaign_uplift_cny", event.name)
        if gain is None or net.value is None or net.high is None or not gain.value or gain.value <= 0:
            continue
        taken = gain.value - net.value
        if taken / gain.value >= line("borrowed_most") and net.high < gain.value:
            values: dict[str, Value] = {
                "campaign": short_name(event.name),
                "gain": Figure(gain.value, "cny"),
                "taken": Figure(taken, "cny"),
                "net": Figure(net.value, "cny"),
            }
            return Fired(values, (as_evidence(net), as_evidence(gain)))
    return None


def _refunded(facts: Facts) -> Fired | None:
    """A campaign's orders are sent back more than those of ordinary days that are as old."""
    for event, gap in _ended(facts, "campaign_refund_gap"):
        rate = _figure(facts, "campaign_refund_rate", event.name)
        usual = _figure(facts, "campaign_refund_usual", event.name)
        if rate is None or usual is None or gap.value is None or gap.low is None:
            continue
        if gap.value >= line("refund_above_usual") and gap.low > 0:
            values: dict[str, Value] = {
                "campaign": short_name(event.name),
                "rate": Figure(rate.value or 0.0, "fraction"),
                "usual": Figure(usual.value or 0.0, "fraction"),
                "gap": Figure(gap.value, "points"),
            }
            return Fired(values, (as_evidence(rate, usual.value, "ordinary_days"), as_evidence(gap)))
    return None


def _one_timers(facts: Facts) -> Fired | None:
    """New buyers of a campaign come back more seldom than those of ordinary days, beyond chance."""
    usual = facts.find("campaign_return_usual")
    if usual is None or usual.low is None or usual.value is None:
        return None
    rows = [*_of(facts, "campaign_return_rate", "history"), *_of(facts, "campaign_return_rate", "current")]
    joined = {event.name: event for event in every(facts, "joined") if not with_star(facts, event)}
    poor = [row for row in rows if row.slice["campaign"] in joined and row.high is not None and row.high < usual.low]
    if not poor:
        return None
    worst = min(poor, key=lambda row: row.value or 0.0)
    values: dict[str, Value] = {
        "campaign": short_name(worst.slice["campaign"]),
        "rate": Figure(worst.value or 0.0, "fraction"),
        "usual": Figure(usual.value, "fraction"),
    }
    return Fired(values, (as_evidence(worst, usual.value, "ordinary_days"), as_evidence(usual)))


def _beyond_reach(facts: Facts) -> Fired | None:
    """A planned campaign's goal lies above the range that the past campaigns suggest."""
    for event in ahead(facts):
        row = facts.find(f"campaign_outlook_cny:{event.name}")
        if event.goal is None or row is None or row.value is None or row.high is None or event.goal <= row.high:
            continue
        values: dict[str, Value] = {
            "campaign": short_name(event.name),
            "goal": Figure(event.goal, "cny"),
            "likely": Figure(row.value, "cny"),
            "high": Figure(row.high, "cny"),
            "count": counted(row.n or 0, "场", "campaign", "campaigns"),
        }
        return Fired(values, (as_evidence(row, event.goal, "own_goal"),))
    return None


def _names(found: tuple[Event, ...]) -> Text:
    return listed(tuple(short_name(event.name) for event in found[:3]))


_NEEDS = ("campaign_uplift_ratio",)
RULES = (
    Rule("C01", "C", "low", _NEEDS, _sold_more),
    Rule("C02", "C", "low", ("table:campaigns",), _missed),
    Rule("C03", "C", "medium", ("campaign_goal_ratio",), _below_goal),
    Rule("C04", "C", "medium", _NEEDS, _no_uplift),
    Rule("C05", "C", "low", _NEEDS, _sold_jointly),
    Rule("C06", "C", "low", ("table:campaigns",), _coming),
    Rule("C07", "C", "medium", ("table:campaigns", "campaign_readiness"), _unready),
    Rule("C09", "C", "medium", ("table:campaigns", "campaign_net_cny", "campaign_uplift_cny"), _borrowed),
    Rule("C10", "C", "medium", ("table:campaigns", "campaign_refund_gap"), _refunded),
    Rule("C11", "C", "medium", ("table:campaigns", "campaign_return_rate", "campaign_return_usual"), _one_timers),
    Rule("C12", "C", "low", ("table:campaigns", "service_score"), _closed_ahead),
    Rule("C13", "C", "low", ("table:campaigns",), _no_goal),
    Rule("C14", "C", "low", ("table:campaigns", "campaign_outlook_cny"), _beyond_reach),
)
