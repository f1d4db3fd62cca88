"""What may be said about the organisation, the plan, the evidence and the matrix."""

from __future__ import annotations

from factbook.display.cells import raw
from factbook.display.text.facts import Found, count, known, listed, lowest, named, sliced, span_of
from factbook.knowledge.areas import areas
from factbook.knowledge.exports import exports
from factbook.knowledge.readings import Fact
from factbook.knowledge.reasons import FORM
from factbook.knowledge.survey import Seat, survey
from factbook.knowledge.thumbs import line
from factbook.records import CAPABILITIES, Diagnosis, Text

COLUMNS = ("traffic", "conversion", "accumulation")  # judged against peers; capability has its own scale


def capability_profile(dx: Diagnosis) -> Found:
    """The lowest capability, the claim furthest above its evidence, and where raters disagree."""
    levels, claims = (
        sliced(dx, "capability_level", "capability"),
        sliced(dx, "capability_claimed", "capability"),
    )
    agreed = sliced(dx, "capability_agreement", "capability")
    low = lowest(levels)
    gap = max((a for a in levels if a in claims), key=lambda area: claims[area] - levels[area], default=None)
    seat = _seat(dx)
    split = min(agreed, key=lambda area: agreed[area], default=None)
    return {
        "low": Fact(listed(named("area", area) for area in low)),
        "low_level": Fact(levels[low[0]] if low else None, "level"),
        "low_item": Fact(_lowest_item(dx, low)),
        "raters": count(max(sliced(dx, "capability_raters", "capability").values(), default=None)),
        "raters_needed": Fact(line("raters"), "count"),
        "gap": Fact(claims[gap] - levels[gap] if gap else None, "level"),
        "gap_name": Fact(named("area", gap) if gap else None),
        "gap_claim": Fact(claims[gap] if gap else None, "level"),
        "gap_level": Fact(levels[gap] if gap else None, "level"),
        "gap_line": Fact(line("evidence_gap"), "level"),
        "split": Fact(named("area", split) if split else None),
        "split_value": Fact(agreed[split] if split else None, "ratio"),
        "split_line": Fact(line("agreement"), "ratio"),
        "seat": Fact(seat.name if seat else None),
        "seat_watch": Fact(seat.watch if seat else None),
    }


def _lowest_item(dx: Diagnosis, areas: tuple[str, ...]) -> Text | None:
    """The lowest item of some capabilities."""
    rows = dx.measures.select("capability_item", ("capability", "item")).dropna(subset="value")
    rows = rows[rows["capability"].isin(areas)].sort_values(["value", "item"])
    titles = {item.code: item.title for item in survey().items}
    return titles.get(rows["item"].iloc[0]) if len(rows) else None


def _seat(dx: Diagnosis) -> Seat | None:
    """Where the team sits in the company, with what such a team should watch for."""
    code = dx.merchant.profile.get("team_seat")
    return next((seat for seat in survey().seats if seat.code == code), None)


def say_do(dx: Diagnosis) -> Found:
    """The capability whose claim stands furthest above what the data support."""
    claims = sliced(dx, "capability_claimed", "capability")
    data = sliced(dx, "capability_data_level", "capability")
    both = {area: claims[area] - data[area] for area in CAPABILITIES if area in claims and area in data}
    worst = max(both, key=lambda area: both[area], default=None)
    return {
        "rated": count(len(claims) or None),
        "compared": count(len(both)),
        "blind": count(len(claims) - len(both)),
        "name": Fact(named("area", worst) if worst else None),
        "claimed": Fact(claims[worst] if worst else None, "level"),
        "data": Fact(data[worst] if worst else None, "level"),
        "gap": Fact(both[worst] if worst else None, "level"),
        "gap_line": Fact(line("say_do_gap"), "level"),
    }


def fit_heatmap(dx: Diagnosis) -> Found:
    """What holds back the field that sells most, where another field lacks something else, what a gate shuts."""
    shares = {code: share for code, share in sliced(dx, "field_share", "field").items() if code != "U"}
    order = sorted(shares, key=lambda code: -shares[code])
    binding = {code: dx.score(f"{code}.capability").parts[:1] for code in order}
    main = order[0] if order else ""
    other = next((code for code in order[1:] if binding[code] and binding[code] != binding.get(main)), "")
    rated = dx.measures.value("capability_index") is not None or bool(sliced(dx, "capability_level", "capability"))
    closed = [named("field", code) for code in areas().fields if _shut(dx, code)]
    holds = binding.get(main) or ("",)
    need = dx.measures.value("capability_required", field=main, capability=holds[0]) if holds[0] else None
    return {
        "rated": Fact("yes" if rated else None),
        "main": Fact(named("field", main) if main else None),
        "main_share": Fact(shares.get(main), "fraction"),
        "binding": Fact(named("area", holds[0]) if holds[0] else None),
        "need": Fact(need, "level"),
        "level": Fact(dx.measures.value("capability_level", capability=holds[0]) if holds[0] else None, "level"),
        "other": Fact(named("field", other) if other else None),
        "other_binding": Fact(named("area", binding[other][0]) if other else None),
        "closed": Fact(listed(closed)),
    }


def team_form(dx: Diagnosis) -> Found:
    """How many people the stage and the volume usually take, and what the team's seat implies."""
    rows = dx.measures.select("team_headcount", "role").dropna(subset="value")
    seat = _seat(dx)
    return {
        "few": count(float(rows["low"].sum()) if len(rows) else None),
        "many": count(float(rows["high"].sum()) if len(rows) else None),
        "seat": Fact(seat.name if seat else None),
        "seat_strength": Fact(seat.strength if seat else None),
        "seat_watch": Fact(seat.watch if seat else None),
    }


def memory(dx: Diagnosis) -> Found:
    """How much of the last plan moved, how often its yuan were reached, and what is new."""
    past = dx.earlier
    moved = [promise.moved for promise in past.promises] if past else []
    return {
        "promises": count(len(moved) or None),
        "better": count(moved.count("better")),
        "same": count(moved.count("same")),
        "worse": count(moved.count("worse")),
        "done": count(sum(p.status == "done" for p in past.promises) if past else None),
        "judged": count(past.judged if past else None),
        "kept": count(past.kept if past else None),
        "gone": Fact(listed(past.gone) if past else None),
        "new": Fact(listed(past.new) if past else None),
    }


def _planned_worth(dx: Diagnosis) -> Text | None:
    """What the plan is worth per 30 days, where all its yuan are of one kind."""
    totals = dx.roadmap.totals
    return span_of(totals[0].low_cny, totals[0].high_cny) if len(totals) == 1 else None


def value_effort(dx: Diagnosis) -> Found:
    """The action that brings most for a day's work, and how many carry no amount."""
    priced = [a for a in dx.actions if a.worth_high_cny and a.effort_days > 0]
    best = max(priced, key=lambda a: (a.worth_low_cny or 0.0) / a.effort_days, default=None)
    return {
        "actions": count(len(dx.actions) or None),
        "unpriced": count(sum(not action.worth_high_cny for action in dx.actions)),
        "best": Fact(best.title if best else None),
        "best_days": Fact(best.effort_days if best else None, "days"),
        "best_worth": Fact(span_of(best.worth_low_cny, best.worth_high_cny) if best else None),
    }


def roadmap(dx: Diagnosis) -> Found:
    """Actions by stage, the work of the first month against capacity, and what a gate holds back."""
    days = {stage: sum(a.effort_days for a in dx.actions if a.horizon == stage) for stage in (30, 60, 90)}
    stages = [action.horizon for action in dx.actions]
    blocked = [action for action in dx.actions if action.blocked_by]
    capacity = raw(dx.merchant.profile.get("capacity_days_per_month"))
    waits = {action.blocked_by for action in blocked}
    return {
        "actions": count(len(stages) or None),
        **{f"in_{stage}": count(stages.count(stage)) for stage in days},
        "effort": Fact(sum(days.values()), "days"),
        "effort_30": Fact(days[30], "days"),
        "capacity": Fact(float(capacity) if isinstance(capacity, (int, float)) else None, "days"),
        "blocked": count(len(blocked)),
        "worth": Fact(_planned_worth(dx)),
        "left": count(len(dx.roadmap.deferred)),
        "gates": Fact(listed(gate.name for gate in dx.gates if gate.id in waits)),
    }


def coverage(dx: Diagnosis) -> Found:
    """What arrived, what was set aside, what is still missing, and whether the accounts agree."""
    reports = exports().reports
    absent = [Text(reports[id].zh, reports[id].en) if id in reports else FORM for id in dx.missing]
    return {
        "files": count(len(dx.files) or None),
        "unread": count(sum(not record.read for record in dx.files)),
        "kept": count(sum(record.kept for record in dx.files)),
        "set_aside": count(sum(record.set_aside for record in dx.files)),
        "missing": count(len(absent)),
        "missing_names": Fact(listed(absent)),
        "checks": count(len(dx.checks)),
        "broken": count(sum(not check.holds for check in dx.checks)),
    }


def fact_matrix(dx: Diagnosis) -> Found:
    """The largest field, the best and the weakest judged cell, what a gate shuts, what is blank."""
    cells = {f"{field}.{column}": dx.score(f"{field}.{column}") for field in areas().fields for column in COLUMNS}
    scored = known({id: score.value for id, score in cells.items() if score.state == "scored"})
    best = max(scored, key=lambda id: scored[id], default=None)
    weak = min(scored, key=lambda id: scored[id], default=None)
    shares = sliced(dx, "field_share", "field")
    largest = max((code for code in shares if code != "U"), key=lambda code: shares[code], default=None)
    fit = dx.score(f"{largest}.capability")
    closed = [named("field", code) for code in areas().fields if _shut(dx, code)]
    return {
        "largest": Fact(named("field", largest) if largest else None),
        "largest_share": Fact(shares[largest] if largest else None, "fraction"),
        **_cell("best", best, scored),
        **_cell("weak", weak, scored),
        "binding": Fact(named("area", fit.parts[0]) if fit.parts and fit.verdict != "good" else None),
        "same_cell": Fact("yes" if best == weak else "no"),
        "closed": Fact(listed(closed)),
        **dict(zip(("blank", "cells"), map(count, blanks(dx)), strict=True)),
    }


def blanks(dx: Diagnosis) -> tuple[int, int]:
    """Judged cells of the matrix (COLUMNS) that were not measured, and all of them."""
    states = [dx.score(f"{field}.{column}").state for field in areas().fields for column in COLUMNS]
    return states.count("not_measured"), len(states)


def _cell(name: str, id: str | None, scored: dict[str, float]) -> Found:
    if id is None:
        return {f"{name}_field": Fact(None), f"{name}_column": Fact(None), f"{name}_score": Fact(None)}
    field, _, column = id.partition(".")
    return {
        f"{name}_field": Fact(named("field", field)),
        f"{name}_column": Fact(named("column", column)),
        f"{name}_score": Fact(scored[id], "score"),
    }


def _shut(dx: Diagnosis, field: str) -> bool:
    return any(gate.state == "shut" and field in gate.closes for gate in dx.gates)
