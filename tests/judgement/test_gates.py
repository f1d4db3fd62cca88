"""The platform's hard lines: open, shut, since when, and what they close."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from factbook.judgement.gates import judge_gates
from factbook.knowledge.gates import gates
from factbook.records import Gate
from tests.judgement.make import Shop, facts


def judged(shop: Shop) -> dict[str, Gate]:
    return {gate.id: gate for gate in judge_gates(facts(shop))}


def days(*scores: float) -> Shop:
    return Shop({"service_score": scores[-1]}, days={"service_score": scores})


def test_a_score_under_70_shuts_the_alliance_and_the_festivals():
    """Below the line both fields close at once, and nothing else does."""
    found = judged(days(*[72.0] * 10, *[68.0] * 7))
    closed = {field for gate in found.values() if gate.state == "shut" for field in gate.closes}
    assert closed == {"A", "C"}


def test_since_is_the_first_day_of_the_present_run():
    """A dip that was mended before does not count; the run that still lasts does."""
    found = judged(days(72, 68, 72, 72, 69, 68, 68))
    assert found["alliance_entry"].since == date(2026, 9, 28)


def test_at_the_line_the_gate_is_open():
    """70 is enough."""
    gate = judged(days(70))["alliance_entry"]
    assert (gate.state, gate.since) == ("open", None)


def test_festivals_look_at_seven_days():
    """A score that recovered today still has a week's mean under the line, and the other way round."""
    assert judged(days(*[66.0] * 6, 71.0))["festival_entry"].state == "shut"
    assert judged(days(*[75.0] * 6, 69.0))["festival_entry"].state == "open"
    assert judged(days(*[75.0] * 6, 69.0))["alliance_entry"].state == "shut"


def test_the_product_part_shuts_the_alliance_by_itself():
    """A total of 74 does not help a product score of 62."""
    found = judged(Shop({"service_score": 74.0, "service_score_part:product": 62.0}))
    assert found["alliance_product"].state == "shut"
    assert found["alliance_entry"].state == "open"


def test_without_scores_no_gate_is_called_open():
    """Unknown is a state of its own."""
    assert {gate.state for gate in judged(Shop()).values()} == {"not_measured"}


def test_the_lines_are_those_of_the_platform():
    """60, 65, 70 and 80 are the useful lines."""
    assert {row.line for row in gates().values()} == {60, 65, 70, 80}


def test_a_line_that_is_not_yet_in_force_is_left_out(monkeypatch):
    """A gate with a first day after the period is not judged."""
    later = {"new": replace_since(gates()["alliance_entry"], date(2027, 1, 1)), "old": gates()["alliance_entry"]}
    monkeypatch.setattr("factbook.judgement.gates.gates", lambda: later)
    assert [gate.id for gate in judge_gates(facts(Shop()))] == ["old"]


def replace_since(row, day):
    return row.model_copy(update={"since": day})


@pytest.mark.parametrize("score", [0.0, 59.9, 60.0, 79.0, 80.0, 100.0])
def test_lower_lines_open_before_higher_ones(score):
    """Where a line is passed every lower line on the same figure is passed too."""
    found = [gate for gate in judged(days(score)).values() if gate.id != "alliance_product"]
    passed = {gate.line for gate in found if gate.state == "open"}
    assert passed == {gate.line for gate in found if gate.line <= score}


def test_a_gate_is_a_value():
    """Two judgements of the same figures are equal."""
    one, other = judge_gates(facts(days(68))), judge_gates(facts(days(68)))
    assert one == other
    assert replace(one[0], value=0.0) != one[0]
