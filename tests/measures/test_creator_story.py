"""Creators over time: states and their days, what a change led to, and odd data that give no verdict."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from factbook.measures import measure
from factbook.records import Measures
from tests.measures.build import case, form, sessions
from tests.measures.test_creators import MATRIX, PEERS, creator, matrix

DAYS = [f"2026-09-{day:02d}" for day in (2, 5, 8, 12, 16, 20, 24, 28)]


def living(name: str, rates: list[float], clicks: float = 1500.0, **more: Any) -> list[dict[str, Any]]:
    """One session on each of DAYS with these conversion rates, well seen."""
    first = creator(name, 0.1, 9000, clicks, rooms=1)[0]
    return [
        {**first, "started_at": f"{day} 20:00", "buyers": round(clicks * rate), **more}
        for day, rate in zip(DAYS, rates, strict=False)
    ]


def changes(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Rows of the form's action sheet: creator, day, what was done."""
    told = [{"creator": c, "creator_id": None, "date": d, "action": a, "cost_cny": 0.0} for c, d, a in rows]
    return form(told, "date")


def story(found: Measures, name: str) -> list[tuple[str, str]]:
    """States of one creator with their days, in order; two on one day in the order of the story."""
    rows = found.select("creator_story", ("creator", "state", "date"))
    rows = rows[rows["creator"] == name].sort_values("date", kind="stable")
    return list(zip(rows["state"], rows["date"], strict=True))


CHANGED = changes(
    ("救回", "2026-09-10", "product_changed"),
    ("没救", "2026-09-10", "product_changed"),
    ("刚换", "2026-09-29", "script_changed"),
    ("未播", "2026-09-03", "samples_sent"),
)


@pytest.fixture(scope="module")
def told() -> Measures:
    """Four creators whose story is planted, beside a matrix that gives the prior."""
    rows = [
        *living("救回", [0.05] * 3 + [0.15] * 5),
        *living("没救", [0.05] * 8),
        *living("刚换", [0.05] * 8),
        *living("好的", [0.15] * 8),
    ]
    return measure(matrix(*MATRIX, *rows, peers=PEERS, creator_actions=CHANGED))


def test_a_low_converter_who_rises_after_a_change_has_recovered(told: Measures) -> None:
    """Trial from the first session, low once that is sure, recovered from the first sure session after the change."""
    assert story(told, "救回") == [("trial", "2026-09-02"), ("low", "2026-09-02"), ("recovered", "2026-09-12")]


def test_a_low_converter_who_stays_low_after_a_change_is_mismatched(told: Measures) -> None:
    """The verdict is dated by the first sure session after the change, and the label agrees."""
    assert story(told, "没救")[-1] == ("mismatch", "2026-09-12")
    assert told.row("creator_label", creator="没救", label="mismatch") is not None


def test_a_change_without_a_session_after_it_decides_nothing(told: Measures) -> None:
    """Low stays low until the change had its chance."""
    assert story(told, "刚换")[-1][0] == "low"
    assert told.row("creator_label", creator="刚换", label="low") is not None


def test_whoever_was_sent_samples_and_never_went_live_is_new(told: Measures) -> None:
    """The form knows them before the live report does."""
    assert story(told, "未播") == [("new", "2026-09-03")]
    assert told.value("creators_by_state", state="new") == 1


def test_recoveries_are_counted_among_those_whose_outcome_shows(told: Measures) -> None:
    """One of two recovered; the one changed at the end is in neither."""
    row = told.row("creator_recovery_rate")
    assert row is not None
    assert (row.value, row.numerator, row.denominator) == (0.5, 1.0, 2.0)
    assert told.value("creator_recovery_rate", action="product_changed") == 0.5


def test_every_creator_stands_in_one_state_at_each_weeks_end(told: Measures) -> None:
    """States add up to the creators known by then, week by week and at the period's end."""
    weeks = told.select("creators_by_state", ("week", "state"), "history")
    assert (weeks.groupby("week")["value"].sum() == weeks.groupby("week")["n"].first()).all()
    assert told.select("creators_by_state", "state")["value"].sum() == 11


def test_the_moves_of_the_period_are_those_of_the_story(told: Measures) -> None:
    """From trial to core, from low to recovered: each creator once a move."""
    moves = told.select("story_moves", ("from", "to"))
    found = {(row["from"], row["to"]): row["value"] for row in moves.to_dict("records")}
    assert found[("low", "recovered")] == found[("low", "mismatch")] == 1
    assert found[("trial", "core")] >= 1


def test_quadrants_of_a_creator_add_up_to_one(told: Measures) -> None:
    """Four probabilities, whoever is looked at."""
    rows = told.select("creator_quadrant", ("creator", "quadrant"))
    assert rows.groupby("creator")["value"].sum().to_numpy() == pytest.approx(1.0)


# ------------------------------------------------------------------ odd data


def doubts(found: Measures) -> dict[str, float]:
    rows = found.select("creator_doubts", "doubt")
    return dict(zip(rows["doubt"], rows["value"], strict=True))


def test_a_uid_under_two_douyin_ids_is_one_creator() -> None:
    """The partner list tells that a new name with a new 抖音号 is the same UID."""
    moved = [{**row, "account": "新号", "douyin_id": "id 新"} for row in living("旧号", [0.15] * 8)[4:]]
    lists = pd.DataFrame(
        {"douyin_id": ["id 旧号", "id 新"], "creator_id": ["69001", "69001"], "account": ["旧号", "新号"]}
    )
    found = measure(matrix(*MATRIX, *living("旧号", [0.15] * 4), *moved, peers=PEERS, partner_creators=lists))
    assert found.value("creator_sessions", creator="新号") == 8
    assert found.value("creator_sessions", creator="旧号") is None
    assert doubts(found)["renamed"] == 1


def test_an_action_under_the_uid_finds_the_creator() -> None:
    """The form may give the 达人UID where the live report prints the 抖音号."""
    lists = pd.DataFrame({"douyin_id": ["id 没救"], "creator_id": ["69002"], "account": ["没救"]})
    actions = changes(("写错的名字", "2026-09-10", "product_changed")).assign(creator_id="69002")
    rows = [*MATRIX, *living("没救", [0.05] * 8)]
    found = measure(matrix(*rows, peers=PEERS, partner_creators=lists, creator_actions=actions))
    assert found.row("creator_label", creator="没救", label="mismatch") is not None


def test_a_bare_name_that_two_creators_bear_is_given_to_neither() -> None:
    """An action that could be either's changes nobody's verdict."""
    twin = [{**row, "douyin_id": "id twin"} for row in living("没救", [0.05] * 8)]
    actions = changes(("没救", "2026-09-10", "product_changed"))
    rows = [*MATRIX, *living("没救", [0.05] * 8), *twin]
    found = measure(matrix(*rows, peers=PEERS, creator_actions=actions))
    assert not (found.select("creator_label", ("creator", "label"))["label"] == "mismatch").any()
    assert doubts(found)["namesake"] == 2


ODD = {
    "no_clicks": {"product_click_users": 0.0, "product_clicks": 0.0},
    "exceeds_trials": {"buyers": 3000.0},
    "orders_exceed_clicks": {"orders": 3000.0, "product_clicks": 2000.0},
    "no_commission": {"commission_estimate_cny": float("nan")},
}


@pytest.mark.parametrize("kind", ODD)
def test_odd_figures_are_counted_and_give_no_verdict_they_cannot_bear(kind: str) -> None:
    """Sales without clicks, more buyers than clickers, more orders than clicks, a fee that is missing."""
    odd = [{**row, **ODD[kind]} for row in living("怪", [0.15] * 8)]
    found = measure(matrix(*MATRIX, *odd, peers=PEERS))
    assert doubts(found)[kind] == 1
    assert found.value("creator_paid_cny", creator="怪") == 80_000
    label = found.select("creator_label", ("creator", "label")).set_index("creator").loc["怪"]
    if kind in ("no_clicks", "exceeds_trials"):
        assert (label["label"], label["reason"]) == ("unknown", kind)
    else:
        assert label["label"] == "core"


def test_a_missing_fee_is_unknown_and_not_free() -> None:
    """Where no commission is given the contribution is missing, not the whole margin."""
    odd = [{**row, **ODD["no_commission"]} for row in living("怪", [0.15] * 8)]
    found = measure(matrix(*MATRIX, *odd, peers=PEERS))
    assert found.value("creator_contribution_cny", creator="怪") is None
    assert found.value("creator_commission_rate", creator="怪") is None


def test_why_there_is_no_verdict_is_counted() -> None:
    """Too few clicks and too near the line are two different things."""
    found = measure(matrix(peers=PEERS))
    why = found.select("creators_unknown", "why").set_index("why")["value"]
    assert (why["too_few"], why["label_unsure"]) == (1, 1)
    assert why.sum() == found.value("creators_by_label", label="unknown")


def test_without_creators_every_figure_of_theirs_says_why() -> None:
    """A shop without partner sessions gets reasons, not zeros."""
    found = measure(case(sessions=sessions({})))
    for id in ("creator_story", "creators_by_state", "plan_budget_sessions", "creator_retention", "tier_share"):
        row = found.row(id)
        assert row is not None
        assert (row.value, row.reason) == (None, "no_partner_sessions")
