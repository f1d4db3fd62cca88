"""The survey when it is filled in badly, and what the fields ask of a team."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from factbook.knowledge.fit import STAGES, fit
from factbook.knowledge.survey import survey
from factbook.measures import measure, organisation
from factbook.measures.team import measure as ask
from factbook.records import CAPABILITIES, FIELDS, Measures
from tests.measures.build import case

ITEMS = [item.code for item in survey().items]
ROLES = ("owner", "operations", "host", "ads", "support", "product")


def answers(levels: list[float], evidence: str = "复盘表", items: list[str] | None = None) -> pd.DataFrame:
    """One rater a level, the same level for every item."""
    rows = [
        {"rater": f"r{n}", "role": ROLES[n % 6], "item": item, "current": level, "target": 4, "importance": 4,
         "evidence": evidence}
        for n, level in enumerate(levels)
        for item in items or ITEMS
    ]  # fmt: skip
    return pd.DataFrame(rows)


def measured(rows: pd.DataFrame) -> Measures:
    return measure(case(survey=rows))


def test_one_rater_gives_a_level_and_no_agreement():
    """The profile stands; whether people agree is insufficient, and says so."""
    found = measured(answers([3.0]))
    assert found.value("capability_level", capability="O1") == 3
    for id in ("capability_agreement", "capability_alpha", "capability_icc"):
        row = found.row(id, capability="O1")
        assert row is not None
        assert (row.value, row.reason) == (None, "too_few_raters")


def test_nothing_but_not_applicable_is_no_survey():
    """All N/A: every capability says that nobody rated it."""
    found = measured(answers([np.nan, np.nan, np.nan]))
    assert found.value("capability_level", capability="O1") is None
    assert found.value("capability_index") is None


def test_no_survey_at_all_is_a_state_with_a_reason():
    """Nothing handed in: every figure of the survey is there without a value."""
    found = measure(case())
    for id in organisation.IDS:
        assert found.select(id, ())["reason"].tolist() == ["no_survey"]


def test_a_rater_who_gives_five_everywhere_is_counted():
    """Five throughout is seen, and three of it show no coefficient rather than perfect agreement by α."""
    found = measured(answers([5.0, 5.0, 5.0]))
    assert found.value("capability_flat_raters") == 3
    assert found.value("capability_agreement", capability="O1") == 1
    row = found.row("capability_alpha", capability="O1")
    assert row is not None
    assert (row.value, row.reason) == (None, "no_variation")


@pytest.mark.parametrize("wrong", [0.0, 6.0, -1.0, 99.0])
def test_a_level_outside_the_scale_is_no_answer(wrong):
    """It neither raises nor lowers anything."""
    good, bad = answers([3.0, 4.0, 3.0]), answers([3.0, 4.0, 3.0, wrong])
    one, other = (measured(rows).value("capability_claimed", capability="O2") for rows in (good, bad))
    assert one == other == 3


def test_an_unknown_item_is_left_out():
    """O9.9 belongs to no capability and O1.99 to no survey."""
    rows = pd.concat([answers([3.0, 3.0, 3.0]), answers([5.0, 5.0, 5.0], items=["O9.9", "O1.99"])])
    assert measured(rows).value("capability_level", capability="O1") == 3


def test_evidence_without_a_claim_is_no_claim():
    """Something shown for an item nobody rated counts for nothing."""
    rows = pd.concat([answers([3.0, 3.0, 3.0], items=["O1.1"]), answers([np.nan] * 3, items=["O1.2"])])
    found = measured(rows)
    assert found.value("capability_level", capability="O1") == 3
    assert found.value("capability_evidence_share", capability="O1") == 1


def test_evidence_is_counted_over_high_claims_only():
    """Of three claims of four, one shown: a third; claims of two need none."""
    rows = answers([4.0, 4.0, 4.0, 2.0], items=["O1.1"])
    rows["evidence"] = ["台账", "", None, ""]
    row = measured(rows).row("capability_evidence_share", capability="O1")
    assert row is not None
    assert (row.numerator, row.denominator) == (1, 3)


def test_the_arithmetic_index_hides_the_bottleneck_the_geometric_one_shows():
    """Four at 4 and one at 1: the difference between the two is the weak spot."""
    rows = answers([4.0, 4.0, 4.0])
    rows.loc[rows["item"].str.startswith("O5"), "current"] = 1.0
    found = measured(rows)
    mean, geometric = found.value("capability_index_mean"), found.value("capability_index")
    assert mean == pytest.approx((17 / 5 - 1) / 4 * 100)
    assert geometric < mean - 5


def test_a_name_never_leaves_the_survey():
    """Who said what is in no row of the measures."""
    frame = measured(answers([1.0, 3.0, 5.0])).frame
    assert not frame["key"].map(lambda key: any(str(part).startswith("r") and len(part) == 2 for part in key)).any()


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("field", FIELDS)
def test_a_smaller_part_asks_for_less_but_never_of_service(stage, field):
    """Main asks at least what support asks, and that at least what a trial asks; service asks the same."""
    needs = [fit().need(field, stage, part) for part in fit().parts]
    for capability in CAPABILITIES:
        levels = [need[capability] for need in needs]
        assert levels == sorted(levels, reverse=True)
        assert min(levels) >= 1
    assert len({need["O5"] for need in needs}) == 1


def test_the_form_may_plan_another_part_than_the_share_shows():
    """A field that is to grow asks in full although it sells little."""
    assert fit().part(0.05).code == "trial"
    assert fit().part(0.05, "main").code == "main"
    assert fit().part(None).code == "main"


def test_the_team_follows_the_volume_and_never_falls_below_the_stage():
    """Twice the live hours take more hosts; none known leaves the stage's own range."""
    blank = Measures.empty()
    (bare,) = ask(blank, {"stage": "mature"}, case().period)
    hosts = bare[bare["key"] == ("host",)].iloc[0]
    assert (hosts["low"], hosts["high"]) == fit().team[2].least["mature"]
