"""Where the platform's hard lines stand: open, shut or not measured, and since when."""

from __future__ import annotations

from datetime import date
from statistics import fmean

from factbook.judgement.facts import Facts
from factbook.knowledge.gates import GateRow, gates
from factbook.records import Gate


def judge_gates(facts: Facts) -> tuple[Gate, ...]:
    """Every gate in force at the period's end, judged by 商家体验分."""
    end = facts.case.period.end
    return tuple(_gate(id, row, facts) for id, row in gates().items() if row.since is None or row.since <= end)


def _gate(id: str, row: GateRow, facts: Facts) -> Gate:
    value = _figure(row, facts)
    if value is None:
        return Gate(id, row.name, row.line, None, "not_measured", row.closes)
    shut = value < row.line
    since = below_since(facts, row.line) if shut and row.figure == "total" else None
    return Gate(id, row.name, row.line, value, "shut" if shut else "open", row.closes, since)


def _figure(row: GateRow, facts: Facts) -> float | None:
    """The score held against the line: a part of the last day, or the mean of the total's last days."""
    if row.figure != "total":
        return facts.value(f"service_score_part:{row.figure}")
    days = list(facts.days("service_score").values())[-row.window :]
    return fmean(days) if days else facts.value("service_score")


def below_since(facts: Facts, line: float) -> date | None:
    """The first day of the present run below a line; None when the last day is not below it."""
    first = None
    for day, score in reversed(facts.days("service_score").items()):
        if score >= line:
            break
        first = day
    return date.fromisoformat(first) if first else None
