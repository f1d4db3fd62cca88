"""One sentence for the first page, from the findings that fired and their figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from factbook.judgement.facts import Facts
from factbook.judgement.rule import Outcome
from factbook.judgement.say import Figure, Value, Values, fill, names, span
from factbook.knowledge.verdicts import VerdictRow, verdicts
from factbook.records import Finding, Text


def judge_verdict(facts: Facts, outcomes: Sequence[Outcome], findings: Sequence[Finding]) -> Text:
    """The first row of the table whose findings fired and whose figures are all known."""
    fired = {outcome.code: outcome.values for outcome in outcomes if outcome.state == "fires"}
    values = {**shop(facts, findings), **_named(fired)}
    row = next(row for row in verdicts().verdicts if _applies(row, fired, values))
    return _capital(fill(row.text, values))


def _applies(row: VerdictRow, fired: Mapping[str, Values], values: Values) -> bool:
    ruled_out = any(code in fired for code in row.without)
    return not ruled_out and all(code in fired for code in row.needs) and names(row.text) <= set(values)


def _named(fired: Mapping[str, Values]) -> dict[str, Value]:
    """`V01_score` is the figure `score` of finding V01."""
    return {f"{code}_{name}": value for code, values in fired.items() for name, value in values.items()}


def shop(facts: Facts, findings: Sequence[Finding]) -> dict[str, Value]:
    """Period, sales, largest field and its share, and the most important finding, where they exist."""
    values: dict[str, Value] = {"month": span(facts.case.period)}
    paid = facts.value("paid_amount_cny")
    if paid is not None:
        values["paid"] = Figure(paid, "cny")
    shares = {field: facts.value(f"field_share:{field}") or 0.0 for field in ("F", "A", "T", "S")}
    field = max(shares, key=shares.__getitem__)
    if shares[field] > 0:
        values |= {
            "field": verdicts().fields[field],
            "share": Figure(shares[field], "fraction"),
        }
    if findings and findings[0].severity != "strength":
        values["first"] = findings[0].title
    return values


def _capital(text: Text) -> Text:
    return Text(text.zh, text.en[:1].upper() + text.en[1:])
