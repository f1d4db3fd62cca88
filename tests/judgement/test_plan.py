"""The plan: gates first, then worth within 90 days, nothing before what it waits for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbook.judgement import judge, plan
from factbook.judgement.plan import make_plan
from factbook.judgement.say import names
from factbook.knowledge.actions import actions
from factbook.knowledge.findings import findings
from factbook.knowledge.metrics import metrics
from factbook.records import Finding, Gate, Text
from tests.judgement.make import case, measures
from tests.judgement.situations import SITUATIONS
from tests.judgement.situations.common import SHUT, labelled

SHUT_GATES = (
    Gate("alliance_entry", Text("", ""), 70, 68, "shut", ("A",)),
    Gate("festival_entry", Text("", ""), 70, 68, "shut", ("C",)),
)


def finding(code: str, severity: str = "medium", worth: float | None = None, rank: float = 1) -> Finding:
    said = Text(code, code)
    basis = "contribution" if worth else ""
    acts = findings()[code].actions
    return Finding(code, "F", severity, said, said, (), worth, worth, basis, acts, rank)  # type: ignore[arg-type]


def ids(found) -> list[str]:
    return [action.id for action in found]


def test_what_opens_the_gate_comes_before_what_waits_for_it():
    """Under 70 the score is lifted first, and everything in the alliance waits for the gate by name."""
    shop = SHUT.but(now=labelled("rising", 22, 0.08) | labelled("low", 9, 0.1))
    judgement = judge(measures(shop), case(shop))
    found = plan(judgement, case(shop))
    assert found[0].id == "lift_service_part"
    blocked = {action.id: action.blocked_by for action in found if action.blocked_by}
    assert blocked["return_to_alliance"] == blocked["shift_sessions_to_rising"] == "alliance_entry"
    assert ids(found).index("return_to_alliance") < ids(found).index("shift_sessions_to_rising")


def test_with_the_gate_open_nothing_is_blocked():
    """The same findings without a shut gate wait for nobody."""
    found = make_plan([finding("A02"), finding("A11")], (), None)
    assert {action.blocked_by for action in found} == {""}


def test_an_unknown_gate_does_not_block():
    """Not measured is not shut."""
    unknown = (replace(SHUT_GATES[0], state="not_measured"),)
    assert {action.blocked_by for action in make_plan([finding("A02")], unknown, None)} == {""}


def test_the_larger_worth_goes_first_within_a_severity():
    """Between two findings of the same weight the yuan decide."""
    found = make_plan([finding("G02", worth=10_000, rank=1), finding("G03", worth=90_000, rank=2)], (), None)
    assert ids(found)[0] == "sharpen_offer"


def test_a_long_lead_time_costs_worth_within_90_days():
    """The same yuan a month are worth less where they begin later."""
    slow, quick = finding("A08", worth=10_000, rank=1), finding("G02", worth=10_000, rank=2)
    assert ids(make_plan([slow, quick], (), None))[:2] == ["rework_pitch", "creator_refund_terms"]


def test_a_finding_gives_its_yuan_to_one_action_only():
    """Its first remedy carries the worth, so that a sum over actions counts no yuan twice."""
    found = make_plan([finding("G02", worth=10_000)], (), None)
    assert [action.worth_high_cny for action in found] == [10_000, None]


def test_capacity_pushes_later_what_does_not_fit():
    """With ten person-days a month the first lane holds no more than ten, and nothing is lost."""
    codes = ["G01", "G02", "G03", "G07", "F03", "S01", "O04"]
    free, tight = make_plan([finding(code) for code in codes], (), None), make_plan([finding(c) for c in codes], (), 10)
    lane = [action for action in tight if action.horizon == 30]
    assert sum(action.effort_days for action in lane) <= 10 or len(lane) == 1
    assert ids(free) == ids(tight)
    assert sum(action.horizon for action in tight) > sum(action.horizon for action in free)


def test_strengths_call_for_no_action():
    """What goes well is left alone."""
    assert make_plan([finding("A10", "strength")], (), None) == ()


@given(
    st.lists(st.sampled_from(sorted(findings())), unique=True), st.booleans(), st.one_of(st.none(), st.floats(1, 200))
)
def test_every_plan_keeps_its_promises(codes, shut, capacity):
    """Whatever fired: numbered from one, no action twice, none before one it follows, lanes never before their own."""
    found = make_plan([finding(code, rank=n) for n, code in enumerate(codes)], SHUT_GATES if shut else (), capacity)
    assert [action.order for action in found] == list(range(1, len(found) + 1))
    place = {action.id: n for n, action in enumerate(found)}
    assert len(place) == len(found)
    for action in found:
        row = actions()[action.id]
        assert action.horizon >= row.horizon
        assert all(place[before] < place[action.id] for before in row.after if before in place)
        assert bool(action.blocked_by) <= shut


@pytest.mark.parametrize("id", actions())
def test_an_action_is_complete(id):
    """Both languages, a metric of the registry, placeholders the plan can fill, prerequisites that exist."""
    row = actions()[id]
    assert row.metric in metrics()
    assert names(row.why) | names(row.target) <= {"finding"}
    assert set(row.after) <= set(actions())
    for text in (row.title, row.why, row.owner, row.target):
        assert text.zh
        assert text.en


def test_every_action_is_called_for_by_some_finding():
    """At least 25 actions, none of them orphaned."""
    called = {id for row in findings().values() for id in row.actions}
    assert called == set(actions())
    assert len(called) >= 25


def test_the_chain_of_prerequisites_has_no_circle():
    """Following `after` never comes back."""

    def depth(id: str, seen: tuple[str, ...] = ()) -> int:
        assert id not in seen
        return 1 + max((depth(before, (*seen, id)) for before in actions()[id].after), default=0)

    assert max(map(depth, actions())) <= 4


def test_capability_findings_call_only_their_own_desk():
    """A service gap does not call for a content team."""
    shop = SITUATIONS["O02"].shop
    found = judge(measures(shop), case(shop)).findings[0]
    assert found.actions == ("say_do_review", "service_desk")
