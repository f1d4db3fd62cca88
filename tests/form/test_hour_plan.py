"""A campaign's plan by the hour: what is a row of it, what is not, and a day that lies outside the campaign."""

from __future__ import annotations

from tests.form.conftest import SOUND, Typed


def test_an_hour_planned_for_a_day_outside_its_campaign_is_named(typed: Typed) -> None:
    """October 30 is no day of a campaign that begins on the 31st: the row stays, the right days are said."""
    rows = [{**SOUND["campaign_hours"], "date": day} for day in ("2026-10-31", "2026-10-30")]
    got = typed(campaigns=[SOUND["campaigns"]], campaign_hours=rows)
    (problem,) = got.problems
    assert (problem.code, problem.row, problem.values["at"]) == ("form_outside", 3, "B3")
    assert (problem.values["first"], problem.values["last"]) == ("2026-10-31", "2026-11-11")
    assert len(got.tables["campaign_hours"]) == 2


def test_an_hour_without_a_plan_is_not_answered(typed: Typed) -> None:
    """Pre-printed hours that nobody filled in are no rows, and an amount of 0 is one."""
    empty = {"campaign": "双11", "date": "2026-10-31", "hour": 9}
    got = typed(campaign_hours=[SOUND["campaign_hours"], empty, {**empty, "hour": 10, "planned_cny": 0}])
    assert got.problems == ()
    assert list(got.tables["campaign_hours"]["hour"]) == [20.0, 10.0]
    assert list(got.tables["campaign_hours"]["planned_cny"]) == [120_000.0, 0.0]


def test_an_hour_planned_twice_is_counted_once(typed: Typed) -> None:
    """The second plan of one hour is set aside, and the hour is said as a person writes it."""
    again = {**SOUND["campaign_hours"], "planned_cny": 90_000}
    (problem,) = typed(campaign_hours=[SOUND["campaign_hours"], again]).problems
    assert (problem.code, problem.values["what"]) == ("form_duplicate", "双11, 2026-10-31, 20")
