"""O · the team: what it claims, what the data support, and what holds the layout back."""

from __future__ import annotations

from factbook.judgement.facts import Facts
from factbook.judgement.fit import required, shortfalls
from factbook.judgement.rule import Fired, Rule
from factbook.judgement.rules.survey import SURVEY_RULES, levels, named
from factbook.judgement.say import Figure
from factbook.knowledge.thumbs import line
from factbook.knowledge.verdicts import verdicts


def _disagree(facts: Facts) -> Fired | None:
    """Raters see one capability so differently that its level says little."""
    found = levels(facts, "capability_agreement")
    worst = min(found, key=found.__getitem__, default="")
    if not worst or found[worst] >= line("agreement"):
        return None
    values = {**named(worst), "agreement": Figure(found[worst], "ratio")}
    evidence = facts.evidence(f"capability_agreement:{worst}", line("agreement"), "rule_of_thumb")
    return Fired(values, (evidence,), area=worst)


def _gaps(facts: Facts, id: str) -> dict[str, float]:
    """Levels claimed above another figure, by capability."""
    claimed, other = levels(facts, "capability_claimed"), levels(facts, id)
    return {name: claimed[name] - other[name] for name in claimed if name in other}


def _say_do(facts: Facts) -> Fired | None:
    """A capability is rated far above what the data show for it."""
    gaps = _gaps(facts, "capability_data_level")
    worst = max(gaps, key=gaps.__getitem__, default="")
    if not worst or gaps[worst] < line("say_do_gap"):
        return None
    claimed, data = (f"{id}:{worst}" for id in ("capability_claimed", "capability_data_level"))
    values = named(worst, claimed=facts.must(claimed), data=facts.must(data))
    return Fired(values, (facts.evidence(claimed), facts.evidence(data)), area=worst)


def _no_evidence(facts: Facts) -> Fired | None:
    """Claims that nothing was written down for; where the data speak, the say-do gap is told instead."""
    told = {name for name, gap in _gaps(facts, "capability_data_level").items() if gap >= line("say_do_gap")}
    gaps = {name: gap for name, gap in _gaps(facts, "capability_level").items() if name not in told}
    worst = max(gaps, key=gaps.__getitem__, default="")
    if not worst or gaps[worst] < line("evidence_gap"):
        return None
    claimed, level = (f"{id}:{worst}" for id in ("capability_claimed", "capability_level"))
    values = named(worst, claimed=facts.must(claimed), level=facts.must(level))
    return Fired(values, (facts.evidence(claimed), facts.evidence(level)), area=worst)


def _few_raters(facts: Facts) -> Fired | None:
    found = levels(facts, "capability_raters")
    fewest = min(found, key=found.__getitem__, default="")
    if not fewest or found[fewest] >= line("raters"):
        return None
    values = {"raters": Figure(found[fewest], "count"), "wanted": Figure(line("raters"), "count")}
    return Fired(values, (facts.evidence(f"capability_raters:{fewest}"),), area=fewest)


def _binding(facts: Facts) -> Fired | None:
    """The capability that holds back the field which sells most."""
    shares = {field: facts.value(f"field_share:{field}") or 0.0 for field in ("F", "A", "T", "S")}
    field = max(shares, key=shares.__getitem__)
    gaps = shortfalls(facts, field)
    capability = next(iter(gaps), "")
    if not shares[field] or not capability or gaps[capability] < line("shortfall"):
        return None
    level = f"capability_level:{capability}"
    values = named(capability, level=facts.must(level), need=required(facts, field)[capability])
    values |= {"field": verdicts().fields[field], "share": Figure(shares[field], "fraction")}
    return Fired(values, (facts.evidence(level), facts.evidence(f"field_share:{field}")), area=capability)


def _strong(facts: Facts) -> Fired | None:
    """A capability that is well developed, by evidence and, where there are data, by the data."""
    found, data = levels(facts, "capability_level"), levels(facts, "capability_data_level")
    held = {
        name: level for name, level in found.items() if min(level, data.get(name, level)) >= line("capability_strong")
    }
    best = max(held, key=held.__getitem__, default="")
    if not best:
        return None
    pieces = ("data",) if best in data else ()
    return Fired(
        named(best, level=held[best]),
        (facts.evidence(f"capability_level:{best}"),),
        pieces=pieces,
        area=best,
    )


RULES = (
    Rule("O01", "O", "low", ("capability_agreement",), _disagree),
    Rule("O02", "O", "medium", ("capability_claimed", "capability_data_level"), _say_do),
    Rule("O03", "O", "low", ("capability_raters",), _few_raters),
    Rule("O04", "O", "medium", ("capability_level", "field_share"), _binding),
    Rule("O05", "O", "low", ("capability_claimed", "capability_level"), _no_evidence),
    Rule("O06", "O", "strength", ("capability_level",), _strong),
    *SURVEY_RULES,
)
