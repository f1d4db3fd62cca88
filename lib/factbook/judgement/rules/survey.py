"""O · the survey itself, and what the form says of the team's ways."""

from __future__ import annotations

from factbook.judgement.facts import Facts
from factbook.judgement.fit import required, shortfalls
from factbook.judgement.rule import Fired, Rule
from factbook.judgement.say import Figure, Value
from factbook.knowledge.practices import practices
from factbook.knowledge.survey import survey
from factbook.knowledge.thumbs import line
from factbook.knowledge.verdicts import verdicts
from factbook.knowledge.words import word
from factbook.records import CAPABILITIES, listed

FIELDS = ("F", "A", "T", "S")
NAMED = 3  # practices named in a sentence
CALLED = 5  # practices whose actions are called for
BASICS = 0.5  # G1-G3 come before the smaller fields and after the largest


def named(capability: str, **levels: float) -> dict[str, Value]:
    """The capability's name and levels to say."""
    figures: dict[str, Value] = {name: Figure(level, "level") for name, level in levels.items()}
    return {"capability": word(f"area.{capability}"), **figures}


def levels(facts: Facts, id: str) -> dict[str, float]:
    """A figure of every capability that has one."""
    found = {capability: facts.value(f"{id}:{capability}") for capability in CAPABILITIES}
    return {capability: value for capability, value in found.items() if value is not None}


def shares(facts: Facts) -> dict[str, float]:
    """Share of sales by field, largest first."""
    found = {field: facts.value(f"field_share:{field}") or 0.0 for field in FIELDS}
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def _practices(facts: Facts) -> Fired | None:
    """Practices of the method that the form says are not done, those of the largest fields first."""
    table, known = facts.case.table("practices"), practices()
    missing = [str(code) for code in table.loc[table["state"] == "no", "code"] if str(code) in known]
    if len(missing) < line("practices_missing"):
        return None
    weight = {**shares(facts), **dict.fromkeys(("G1", "G2", "G3"), BASICS)}
    missing.sort(key=lambda code: -weight.get(known[code].area, 0.0))
    first = [known[code] for code in missing[:CALLED]]
    names = listed(tuple(practice.title for practice in first[:NAMED]))
    main = next(iter(shares(facts)))
    values: dict[str, Value] = {"count": Figure(len(missing), "count"), "names": names}
    called = tuple(dict.fromkeys(id for practice in first for id in practice.actions))
    return Fired(values, (facts.evidence(f"field_share:{main}"),), area=first[0].area, actions=called)


def _weak_item(facts: Facts) -> Fired | None:
    """One item near the bottom inside a capability the team calls important."""
    matters = {name for name, level in levels(facts, "capability_importance").items() if level >= line("importance")}
    items = [row for row in facts.rows("capability_item", "capability", "item") if row.slice["capability"] in matters]
    worst = min(items, key=lambda row: row.value or 0.0, default=None)
    if worst is None or worst.value is None or worst.value > line("weak_item"):
        return None
    capability = worst.slice["capability"]
    title = next((item.title for item in survey().items if item.code == worst.slice["item"]), None)
    if title is None:
        return None
    importance = facts.must(f"capability_importance:{capability}")
    values = {**named(capability, level=worst.value, importance=importance), "item": title}
    return Fired(values, (facts.evidence(f"capability_importance:{capability}"),), area=capability)


def _flat(facts: Facts) -> Fired | None:
    """Somebody gave every item the same level."""
    count = facts.must("capability_flat_raters")
    if count < line("flat_raters"):
        return None
    return Fired({"count": Figure(count, "count")}, (facts.evidence("capability_flat_raters"),), area="O1")


def _second_field(facts: Facts) -> Fired | None:
    """The second field lacks another capability than the first."""
    (first, _), (second, share) = list(shares(facts).items())[:2]
    gaps = shortfalls(facts, second)
    capability = next(iter(gaps), "")
    if not capability or share < line("second_share") or gaps[capability] < line("shortfall"):
        return None
    if capability == next(iter(shortfalls(facts, first))):
        return None
    level = f"capability_level:{capability}"
    values = named(capability, level=facts.must(level), need=required(facts, second)[capability])
    values |= {"field": verdicts().fields[second], "share": Figure(share, "fraction")}
    return Fired(values, (facts.evidence(level), facts.evidence(f"field_share:{second}")), area=capability)


def _modest(facts: Facts) -> Fired | None:
    """The data show more than the team claims."""
    claimed, data = levels(facts, "capability_claimed"), levels(facts, "capability_data_level")
    gaps = {name: data[name] - claimed[name] for name in claimed if name in data}
    best = max(gaps, key=gaps.__getitem__, default="")
    if not best or gaps[best] < line("modest_gap"):
        return None
    specs = (f"capability_claimed:{best}", f"capability_data_level:{best}")
    return Fired(named(best, claimed=claimed[best], data=data[best]), tuple(map(facts.evidence, specs)), area=best)


def _seat(facts: Facts) -> Fired | None:
    """Where the team sits explains its weak spot."""
    code = facts.case.merchant.profile.get("team_seat")
    seat = next((seat for seat in survey().seats if seat.code == code), None)
    main = next(iter(shares(facts)))
    gaps = shortfalls(facts, main)
    weak = next((name for name in gaps if seat and name in seat.weak and gaps[name] >= line("shortfall")), "")
    if seat is None or not weak:
        return None
    values: dict[str, Value] = {"capability": word(f"area.{weak}"), "seat": seat.name, "watch": seat.watch}
    return Fired(values, (facts.evidence(f"capability_level:{weak}"),), area=weak)


def _one_role(facts: Facts) -> Fired | None:
    """Everybody who rated does the same job."""
    row = facts.find("capability_roles")
    if row is None or row.value is None or row.value >= line("rater_roles") or (row.n or 0) < line("rater_roles"):
        return None
    return Fired({}, (facts.evidence("capability_roles"),), area="O1")


def _no_target(facts: Facts) -> Fired | None:
    """What the team calls important has no target above today's level, though there is room."""
    level, target = levels(facts, "capability_level"), levels(facts, "capability_target")
    importance = levels(facts, "capability_importance")
    open_ = [
        name
        for name, value in level.items()
        if importance.get(name, 0) >= line("importance") and target.get(name, 5) <= value < line("capability_strong")
    ]
    worst = min(open_, key=level.__getitem__, default="")
    if not worst:
        return None
    values = named(worst, level=level[worst], target=target[worst], importance=importance[worst])
    evidence = (f"capability_level:{worst}", f"capability_target:{worst}")
    return Fired(values, tuple(map(facts.evidence, evidence)), area=worst)


SURVEY_RULES = (
    Rule("O07", "O", "low", ("table:practices", "field_share"), _practices),
    Rule("O08", "O", "low", ("capability_item", "capability_importance"), _weak_item),
    Rule("O09", "O", "low", ("capability_flat_raters",), _flat),
    Rule("O10", "O", "low", ("capability_level", "field_share"), _second_field),
    Rule("O11", "O", "low", ("capability_claimed", "capability_data_level"), _modest),
    Rule("O12", "O", "low", ("profile:team_seat", "capability_level", "field_share"), _seat),
    Rule("O13", "O", "low", ("capability_roles",), _one_role),
    Rule("O14", "O", "low", ("capability_level", "capability_target", "capability_importance"), _no_target),
)
