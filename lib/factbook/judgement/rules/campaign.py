"""C · campaigns: what they sold against the days before, which were missed, what is coming."""

from __future__ import annotations

from factbook.judgement.calendar import Event, deals, events, short_name
from factbook.judgement.facts import Facts, as_evidence
from factbook.judgement.rule import Fired, Rule
from factbook.judgement.say import Figure, Value, counted, day, listed
from factbook.knowledge.thumbs import line
from factbook.records import Measure, Text


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
    return Fired(values, ())


def _coming(facts: Facts) -> Fired | None:
    """A planned campaign is near."""
    found = [e for e in events(facts, "planned") if e.start > facts.case.period.end]
    if not found or facts.gate_shut("C"):
        return None
    first = found[0]
    ahead = (first.start - facts.case.period.end).days
    if ahead > line("coming_days"):
        return None
    values = {
        "campaign": short_name(first.name),
        "days": counted(ahead, "天", "day", "days"),
        "start": day(first.start),
    }
    return Fired(values, ())


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
)
