"""Scores follow the order of comparison, and what is missing stays a state."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factbook.judgement import judge
from factbook.judgement.scoring import judge_area, judge_metric, judge_scores
from factbook.knowledge.areas import Members, areas
from factbook.knowledge.metrics import metrics
from factbook.knowledge.words import words
from factbook.records import CAPABILITIES, FIELDS, Measures, Score
from tests.judgement.make import NAN, Shop, case, facts, measures

WEEKS = {"entry_rate": [0.10] * 6 + [0.20] * 3}


def scores(shop: Shop) -> dict[str, Score]:
    return {score.id: score for score in judge_scores(facts(shop))}


def test_peers_come_first_then_history_then_a_rule_of_thumb():
    """Taking away the better comparison leaves the next one, and the score becomes a verdict."""
    full = Shop({"live_days_per_week": 6.5}, {"live_days_per_week": 4.0}, peers={"live_days_per_week": 6})
    found = [
        judge_metric(facts(shop), "live_days_per_week") for shop in (full, full.without("peer:live_days_per_week"))
    ]
    thumb = judge_metric(facts(Shop({"live_days_per_week": 6.5})), "live_days_per_week")
    assert [score.basis for score in (*found, thumb)] == ["peers", "history", "rule_of_thumb"]
    assert [score.state for score in (*found, thumb)] == ["scored", "verdict", "verdict"]
    assert [score.value is None for score in (*found, thumb)] == [False, True, True]


@pytest.mark.parametrize(
    ("own", "verdict"),
    [({}, "normal"), ({"good": 5.0}, "good"), ({"poor": 5.5}, "poor"), ({"poor": 1.0}, "normal")],
)
def test_a_rule_of_thumb_typed_into_the_form_takes_the_place_of_the_house_s(own: dict[str, float], verdict: str):
    """Five live days are normal by the house (6 good, 4 poor); either end alone may be moved."""
    row = {"metric": "live_days_per_week", "good": NAN, "poor": NAN, "source": "x", **own}
    shop = Shop({"live_days_per_week": 5.0}, tables={"thumbs": [row]} if own else {})
    assert judge_metric(facts(shop), "live_days_per_week").verdict == verdict


def test_a_rule_of_thumb_for_a_metric_the_house_has_none_for_needs_both_ends():
    """With one end alone there is nothing to judge by."""
    row = {"metric": "entry_rate", "good": 0.2, "poor": NAN, "source": "x"}
    whole = {**row, "poor": 0.1}
    said = [judge_metric(facts(Shop({"entry_rate": 0.3}, tables={"thumbs": [r]})), "entry_rate") for r in (row, whole)]
    assert [score.verdict for score in said] == ["", "good"]


def test_no_comparison_gives_no_verdict():
    """A figure with nothing beside it is measured and not judged, never middling."""
    score = judge_metric(facts(Shop({"entry_rate": 0.1})), "entry_rate")
    assert (score.state, score.verdict, score.value, score.reason) == ("not_scored", "", None, "no_comparison")


def test_a_missing_figure_is_not_measured_and_never_nought():
    """NaN carries no score and keeps its reason."""
    score = judge_metric(facts(Shop({"entry_rate": NAN}, peers={"entry_rate": 0.1})), "entry_rate")
    assert (score.state, score.value) == ("not_measured", None)


@pytest.mark.parametrize(("value", "verdict"), [(0.13, "good"), (0.12, "normal"), (0.071, "normal"), (0.07, "poor")])
def test_thirty_percent_against_own_history_decides(value, verdict):
    """From +30 % good, to −30 % poor, between them normal."""
    shop = Shop({"entry_rate": value}, before={"entry_rate": 0.1})
    assert judge_metric(facts(shop), "entry_rate").verdict == verdict


def test_history_is_mirrored_where_less_is_better():
    """An ad cost ratio that fell by a third is good."""
    shop = Shop({"shop_ad_cost_ratio": 0.2}, before={"shop_ad_cost_ratio": 0.3})
    assert judge_metric(facts(shop), "shop_ad_cost_ratio").verdict == "good"


def test_weeks_are_compared_with_weeks_before_the_preceding_period():
    """The median of the weeks before wins over one preceding period."""
    shop = Shop({"entry_rate": 0.2}, before={"entry_rate": 0.2}, weeks=WEEKS)
    assert judge_metric(facts(shop), "entry_rate").verdict == "good"


def test_an_average_is_only_an_approximate_fifty():
    """A peer mean scores 50 like a median, and the score says approximate; so does a lone median."""
    shop = Shop({"entry_rate": 0.1}, peers={"entry_rate": 0.1})
    score = judge_metric(facts(shop), "entry_rate")
    assert score.value == pytest.approx(50)
    assert score.approximate


def test_the_interval_of_a_rate_becomes_the_interval_of_its_score():
    """Low and high of the metric stand around the score in order, also where less is better."""
    shop = Shop(
        {"entry_rate": 0.1, "refund_rate": 0.3},
        peers={"entry_rate": 0.1, "refund_rate": 0.3},
        ends={"entry_rate": (0.09, 0.11), "refund_rate": (0.28, 0.32)},
    )
    for id in ("entry_rate", "refund_rate"):
        score = judge_metric(facts(shop), id)
        assert 0 < score.low < score.value < score.high < 100


def test_peers_that_contradict_the_curve_are_passed_over():
    """A peer value of zero gives no curve; history speaks instead."""
    shop = Shop({"entry_rate": 0.2}, before={"entry_rate": 0.1}, peers={"entry_rate": 0.0})
    assert judge_metric(facts(shop), "entry_rate").basis == "history"


def area(**states: Score) -> Score:
    members = Members(metrics=tuple(states), weights=dict.fromkeys(states, 1.0))
    return judge_area("X", members, states)


def scored(value: float) -> Score:
    return Score("", "scored", value, basis="peers")


MISSING = Score("", "not_measured", reason="no_report:x")


def test_an_area_is_the_weighted_mean_of_what_was_scored():
    """Not measured metrics leave the mean: they are neither 0 nor 100."""
    found = area(entry_rate=scored(80), follow_rate=scored(40), comment_rate=MISSING)
    assert (found.state, found.value) == ("scored", 60)
    assert found.measured_weight == pytest.approx(2 / 3)


def test_below_half_the_weight_an_area_is_not_scored():
    """One metric of three scores nothing for the area, and the share of weight is told."""
    found = area(entry_rate=scored(80), follow_rate=MISSING, comment_rate=MISSING)
    assert (found.state, found.value, found.reason) == ("not_scored", None, "weight_below_minimum")
    assert found.measured_weight == pytest.approx(1 / 3)


def test_verdicts_make_a_verdict_and_no_score():
    """History and rules of thumb together say good or poor, never a number."""
    poor = Score("", "verdict", verdict="poor", basis="history")
    found = area(entry_rate=poor, follow_rate=poor, comment_rate=scored(50))
    assert (found.state, found.value, found.verdict, found.basis) == ("verdict", None, "poor", "history")


def test_an_area_of_which_nothing_is_measured_says_why():
    """The reason of its heaviest metric is passed on."""
    assert area(entry_rate=MISSING, follow_rate=MISSING).reason == "no_report:x"


@given(st.lists(st.floats(0, 100), min_size=1, max_size=8))
def test_an_area_lies_between_its_lowest_and_highest_metric(values):
    """A mean never leaves the range of its parts."""
    names = list(metrics())[: len(values)]
    found = area(**{name: scored(value) for name, value in zip(names, values, strict=True)})
    assert min(values) - 1e-9 <= found.value <= max(values) + 1e-9


def test_every_area_and_cell_has_a_score_even_for_an_unknown_merchant():
    """Nothing is dropped: all areas and all cells are there, none of them scored."""
    found = scores(Shop())
    wanted = {"G1", "G2", "G3", *FIELDS, *CAPABILITIES, *(f"{f}.{c}" for f in FIELDS for c in areas().columns)}
    assert wanted <= set(found)
    assert {found[id].state for id in wanted} <= {"not_measured", "not_scored"}
    assert all(found[id].value is None for id in wanted)


def test_a_shut_gate_greys_the_field_and_keeps_its_score():
    """Under 70 the alliance is gated whatever its figures; the number stays for the day it opens."""
    figures = {"creator_click_to_pay_users": 0.1, "creator_exposures_per_product": 5_000.0, "service_score": 68.0}
    peers = {"creator_click_to_pay_users": 0.1, "creator_exposures_per_product": 5_000.0}
    found = scores(Shop(figures, peers=peers))
    assert found["A.conversion"].state == found["A"].state == found["C"].state == "gated"
    assert found["A.conversion"].value == pytest.approx(50)
    assert found["F"].state != "gated"


@pytest.mark.parametrize(("level", "score"), [(1, 0), (2, 25), (3.5, 62.5), (5, 100)])
def test_a_capability_is_its_level_on_0_to_100(level, score):
    """(level − 1) ÷ 4 × 100, on the survey's basis."""
    found = scores(Shop({"capability_level:O3": level}))["O3"]
    assert (found.value, found.basis) == (score, "survey")


def test_the_binding_capability_of_a_field_is_the_largest_shortfall():
    """Creators at 2 hold the alliance back more than content at 2 does."""
    levels = {f"capability_level:O{n}": level for n, level in enumerate((2, 4, 2, 2, 3), 1)}
    found = scores(Shop(levels))
    assert found["A.capability"].parts == ("O3",)
    assert found["F.capability"].parts == ("O1",)
    assert found["A.capability"].verdict == "poor"


def test_a_team_that_has_what_a_field_asks_for_fits():
    """No shortfall is a full score and names nobody."""
    found = scores(Shop({f"capability_level:O{n}": 5 for n in range(1, 6)}))["F.capability"]
    assert (found.value, found.parts, found.verdict) == (100, (), "good")


def test_every_metric_that_counts_in_the_registry_counts_in_its_area():
    """areas.toml forgets none of the metrics that metrics/ gives a weight in that area."""
    table, everywhere = areas(), ("shop", "O")
    for id, metric in metrics().items():
        if metric.weight > 0 and metric.area not in everywhere:
            members = {spec.partition(":")[0] for spec in table.areas[metric.area].metrics}
            assert id in members or id == "creator_refund_rate", f"{id} is missing from {metric.area}"


def test_every_area_and_column_has_a_name():
    """words.toml names what areas.toml lists."""
    table = areas()
    wanted = {*(f"area.{id}" for id in table.areas), *(f"column.{name}" for name in table.columns)}
    assert wanted <= set(words())


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(metrics())), st.floats(allow_nan=True, allow_infinity=True), max_size=25))
def test_whatever_the_figures_scores_stay_in_bounds(figures):
    """Any mix of figures, NaN and infinities included, gives scores within 0 and 100 and never raises."""
    shop = Shop(figures, peers=dict.fromkeys(figures, 0.5))
    found = judge(measures(shop), case(shop))
    for score in found.scores:
        assert all(end is None or 0 <= end <= 100 for end in (score.value, score.low, score.high))
        assert score.against is None or score.against - score.against == 0  # neither NaN nor infinite
    amounts = [end for f in found.findings for end in (f.worth_low_cny, f.worth_high_cny)]
    amounts += [end for total in found.totals for end in (total.low_cny, total.high_cny)]
    assert all(amount is None or amount - amount == 0 for amount in amounts)


def test_nothing_measured_is_no_error():
    """An empty frame is judged: states, no findings, and a verdict that says what is missing."""
    found = judge(Measures.empty(), case(Shop()))
    assert found.findings == ()
    assert "还不够下结论" in found.verdict.zh
    assert "do not support a verdict" in found.verdict.en
