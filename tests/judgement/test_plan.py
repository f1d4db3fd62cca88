"""The plan: gates first, then worth within 90 days, nothing before what it waits for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factbook.judgement import judge, plan
from factbook.judgement.plan import Plan, make_plan
from factbook.judgement.rules import RULES
from factbook.judgement.say import names
from factbook.knowledge.actions import actions
from factbook.knowledge.findings import findings
from factbook.knowledge.metrics import metrics
from factbook.knowledge.practices import practices
from factbook.records import Finding, Gate, Status, Text
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
    found = make_plan([finding("A02"), finding("A11")], (), None).actions
    assert {action.blocked_by for action in found} == {""}


def test_an_unknown_gate_does_not_block():
    """Not measured is not shut."""
    unknown = (replace(SHUT_GATES[0], state="not_measured"),)
    assert {action.blocked_by for action in make_plan([finding("A02")], unknown, None).actions} == {""}


def test_the_larger_worth_goes_first_within_a_severity():
    """Between two findings of the same weight the yuan decide."""
    found = make_plan([finding("G02", worth=10_000, rank=1), finding("G03", worth=90_000, rank=2)], (), None).actions
    assert ids(found)[0] == "sharpen_offer"


def test_a_long_lead_time_costs_worth_within_90_days():
    """The same yuan a month are worth less where they begin later."""
    slow, quick = finding("A08", worth=10_000, rank=1), finding("G02", worth=10_000, rank=2)
    assert ids(make_plan([slow, quick], (), None).actions)[:2] == ["rework_pitch", "creator_refund_terms"]


def test_a_finding_gives_its_yuan_to_one_action_only():
    """Its first remedy carries the worth, so that a sum over actions counts no yuan twice."""
    found = make_plan([finding("G02", worth=10_000)], (), None).actions
    assert [action.worth_high_cny for action in found] == [10_000, None]


CODES = ["G01", "G02", "G03", "G07", "F03", "S01", "O04"]


def test_what_does_not_fit_is_later_or_on_the_list_of_what_waits():
    """With ten person-days a month no lane holds more than ten, and nothing the findings call for is lost."""
    calling = [finding(code) for code in CODES]
    free, tight = make_plan(calling, (), None), make_plan(calling, (), 10)
    for horizon in (30, 60, 90):
        assert sum(action.effort_days for action in tight.actions if action.horizon == horizon) <= 10
    assert not free.roadmap.deferred
    assert {*ids(tight.actions), *(left.action.id for left in tight.roadmap.deferred)} == set(ids(free.actions))
    assert {left.reason for left in tight.roadmap.deferred} <= {"capacity", "too_large", "after"}
    assert tight.roadmap.capacity_days == 10


def test_what_is_larger_than_the_teams_month_says_so():
    """Fifteen days of work in a team with ten a month: not stretched, but named as too large."""
    left = make_plan([replace(finding("O04"), actions=("content_team",))], (), 10).roadmap.deferred
    assert [(each.action.id, each.reason) for each in left] == [("content_team", "too_large")]


def test_a_gate_nobody_opens_keeps_its_actions_waiting_for_it():
    """The alliance is shut and nothing lifts the score: its actions wait for the gate by name."""
    plan_ = make_plan([finding("A11")], SHUT_GATES, None)
    assert {(each.reason, each.waits_for) for each in plan_.roadmap.deferred} == {("gate", "alliance_entry")}


def test_what_was_done_or_dropped_is_not_planned_again():
    """It is listed as such and holds nobody up; what is under way comes first in its lane."""
    said = {"rework_pitch": Status("done"), "fix_entry_scene": Status("dropped"), "sharpen_offer": Status("doing")}
    plan_ = make_plan([finding(code) for code in ("G01", "G02", "G03")], (), 8, said)
    assert {"rework_pitch", "fix_entry_scene"}.isdisjoint(ids(plan_.actions))
    assert {left.action.id: left.reason for left in plan_.roadmap.deferred if left.reason in ("done", "dropped")} == {
        "rework_pitch": "done",
        "fix_entry_scene": "dropped",
    }
    assert next(a for a in plan_.actions if a.id == "sharpen_offer").horizon == 30


def test_yuan_decide_what_a_small_team_does():
    """Room for one of two: the one that brings more within 90 days."""
    dear, cheap = finding("G03", worth=90_000, rank=2), finding("G02", worth=10_000, rank=1)
    short = [replace(dear, actions=("sharpen_offer",)), replace(cheap, actions=("rework_pitch",))]
    lanes = {action.id: action.horizon for action in make_plan(short, (), 5).actions}
    assert lanes == {"sharpen_offer": 30, "rework_pitch": 60}


def test_the_plans_worth_counts_no_yuan_twice():
    """Two steps of the same room draw on the same sales: only the larger counts, and only where it is planned."""
    calling = [finding("G02", worth=10_000), finding("G03", worth=90_000)]
    (total,) = make_plan(calling, (), None).roadmap.totals
    assert (total.low_cny, total.high_cny, total.counted) == (90_000, 90_000, ("G03",))
    assert make_plan(calling, (), 0.5).roadmap.totals == ()


def test_strengths_call_for_no_action():
    """What goes well is left alone."""
    assert make_plan([finding("A10", "strength")], (), None) == Plan(())


@given(
    st.lists(st.sampled_from(sorted(findings())), unique=True), st.booleans(), st.one_of(st.none(), st.floats(1, 200))
)
@settings(max_examples=40, deadline=None)
def test_every_plan_keeps_its_promises(codes, shut, capacity):
    """Whatever fired: numbered from one, none twice, none before one it follows, no lane too early or too full."""
    made = make_plan([finding(code, rank=n) for n, code in enumerate(codes)], SHUT_GATES if shut else (), capacity)
    found = made.actions
    assert [action.order for action in found] == list(range(1, len(found) + 1))
    place = {action.id: n for n, action in enumerate(found)}
    lane = {action.id: action.horizon for action in found}
    assert len(place) == len(found)
    assert not place.keys() & {left.action.id for left in made.roadmap.deferred}
    for action in found:
        row = actions()[action.id]
        assert action.horizon >= row.horizon
        assert all(place[before] < place[action.id] for before in row.after if before in place)
        assert all(lane[before] <= lane[action.id] for before in row.after if before in lane)
        assert bool(action.blocked_by) <= shut
    if capacity is not None:
        for horizon in (30, 60, 90):
            assert sum(action.effort_days for action in found if action.horizon == horizon) <= capacity + 1e-6


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
    """About sixty actions or more, none of them orphaned: a finding or a practice calls for each."""
    called = {id for row in findings().values() for id in row.actions}
    called |= {id for practice in practices().values() for id in practice.actions}
    assert called == set(actions())
    assert len(called) >= 60


def test_every_practice_and_every_finding_has_something_to_do():
    """G1.1 to O5 each name an action; so does every finding that a rule may raise, strengths left out."""
    assert all(practice.actions for practice in practices().values())
    without = {code for code, row in findings().items() if not row.actions}
    assert without <= {rule.code for rule in RULES if rule.severity == "strength" or rule.code == "O07"}


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
