"""The own rooms: every figure of a session as the platform prints it, and what a missing one becomes."""

from __future__ import annotations

import math

import pytest

from factbook.measures import measure
from factbook.records import Measures
from tests.measures.build import PUBLISHED, case, sessions

# Values the platform printed for the published row, or that its documented formula gives for it.
PRINTED = {
    "viewers_per_hour": 943.1,
    "room_net_gmv_cny": 50_512.90,
    "refund_rate_1h": 0.1725,
    "product_ctr_users": 0.5002,
    "room_product_ctr_times": 0.1528,
    "click_to_pay_users": 0.2368,
    "click_to_pay_times": 0.1490,
    "view_to_pay_users": 0.1002,
    "view_to_pay_times": 0.0723,
    "gpm_views": 2_872.0,
    "exposures_per_product": 22_486.0,
    "entry_rate": 0.083,
    "view_to_product_impression": 0.846,
    "follow_rate": 0.034,
    "peak_online": 75.0,
    "average_online": 24.0,
    "watch_minutes_per_viewer": 1.07,
    "live_minutes_effective": 960.0,
}


def measured(*rows: dict[str, object], profile: dict[str, object] | None = None) -> Measures:
    return measure(case(profile, sessions=sessions(*rows)))


@pytest.mark.parametrize(("id", "printed"), PRINTED.items())
def test_the_published_session_gives_what_the_platform_printed(id: str, printed: float) -> None:
    """Every checked value of the one published session row comes back within 0.1 %."""
    assert measured().value(id) == pytest.approx(printed, rel=1e-3)


def test_a_rate_carries_its_parts_and_its_file() -> None:
    """A rate names numerator, denominator, the number of sessions and the sheet they came from."""
    row = measured({}, {"started_at": "2026-09-09 09:00"}).row("click_to_pay_users")
    assert row is not None
    assert (row.numerator, row.denominator, row.n) == (2 * 1513.0, 2 * 6390.0, 2)
    assert row.source == "直播明细_全部账号_20260901_20260930.xlsx › 直播间明细"


def test_two_sessions_are_pooled_and_never_averaged() -> None:
    """A session ten times as large weighs ten times as much in a rate."""
    large = {name: PUBLISHED[name] * 10 for name in ("views", "gmv_cny")}
    small = {"gmv_cny": 0.0, "started_at": "2026-09-09 09:00"}
    expected = 610_453.0 / (212_540 + 21_254) * 1000
    assert measured(large, small).value("gpm_views") == pytest.approx(expected)


def test_means_of_means_are_weighted_by_what_they_are_means_of() -> None:
    """Watch time is weighted by viewers, viewers online by minutes."""
    other = {"viewers": 151_000.0, "watch_minutes_per_viewer": 2.0, "started_at": "2026-09-09 09:00"}
    other |= {"live_minutes": 240.0, "average_online": 100.0}
    found = measured({}, other)
    watch = (15_093 * 1.07 + 151_000 * 2.0) / (15_093 + 151_000)
    assert found.value("watch_minutes_per_viewer") == pytest.approx(watch)
    assert found.value("average_online") == pytest.approx((24 * 960 + 100 * 240) / 1200)


def test_a_session_past_midnight_belongs_to_the_day_it_started() -> None:
    """The published session ended on the 8th and is the 7th's."""
    found = measured()
    assert found.value("sessions", date="2026-09-07") == 1
    assert found.row("sessions", date="2026-09-08") is None
    assert found.value("views", weekday="0", hour="8") == PUBLISHED["views"]
    assert found.value("views", session="示例店铺@2026-09-07T08:55") == PUBLISHED["views"]


def test_a_short_session_counts_but_bends_no_trend() -> None:
    """Twelve minutes count as a session and in sums, not in effective time, days, weeks or hours of the week."""
    short = {"live_minutes": 12.0, "started_at": "2026-09-09 09:00", "ended_at": "2026-09-09 09:12"}
    found = measured({}, short)
    assert found.value("sessions") == 2
    assert found.value("live_minutes") == 972
    assert found.value("live_minutes_effective") == 960
    assert found.row("gpm_views", date="2026-09-09") is None
    assert found.row("gpm_views", weekday="2", hour="9") is None


def test_the_profile_sets_what_is_short() -> None:
    """With min_session_minutes at 10 the same session is effective."""
    short = {"live_minutes": 12.0, "started_at": "2026-09-09 09:00", "ended_at": "2026-09-09 09:12"}
    found = measured({}, short, profile={"min_session_minutes": 10})
    assert found.value("live_minutes_effective") == 972


def test_a_session_without_sales_is_not_effective() -> None:
    """Effective time needs sales; without the sales figure it is unknown, not zero."""
    assert measured({"paid_amount_cny": 0.0}).value("live_minutes_effective") == 0
    assert measured({"paid_amount_cny": math.nan}).value("live_minutes_effective") is None


def test_without_ad_spend_there_is_no_roi_and_a_reason() -> None:
    """Spend is a true zero; its ROI and the gap to break-even do not exist, and say why."""
    found = measured({"ad_cost_bound_cny": 0.0}, profile={"gross_margin": 0.45, "signed_rate": 0.93})
    roi, gap = found.row("room_ad_roi"), found.row("break_even_gap")
    assert found.value("room_ad_cost_cny") == 0
    assert roi is not None
    assert gap is not None
    assert (roi.value, roi.reason) == (None, "no_ads")
    assert (gap.value, gap.reason) == (None, "no_ads")


def test_a_missing_figure_is_neither_zero_nor_pooled() -> None:
    """A session whose comments are missing leaves both sums of the comment rate, not only the upper one."""
    found = measured({"comments": math.nan, "started_at": "2026-09-09 09:00"}, {})
    row = found.row("comment_rate")
    assert row is not None
    assert (row.numerator, row.denominator, row.n) == (880.0, 21_254.0, 1)


def test_break_even_is_one_over_margin_and_signed_rate() -> None:
    """Margin 45 % and 93 % signed for need an ROI of 2.39."""
    found = measured(profile={"gross_margin": 0.45, "signed_rate": 0.93})
    assert found.value("break_even_roi") == pytest.approx(2.39, abs=0.005)
    assert found.value("break_even_gap") == pytest.approx(60_130.25 / 24_052.43 - 1 / (0.45 * 0.93))


def test_buyers_may_outnumber_clickers() -> None:
    """A rate above one is reported as it is: buyers of today may have clicked yesterday."""
    assert measured({"buyers": 12_780.0}).value("click_to_pay_users") == pytest.approx(2.0)


def test_an_interval_needs_five_sessions() -> None:
    """Four sessions give no interval; five give one around the rate."""
    rows = [{"started_at": f"2026-09-{day:02d} 09:00", "buyers": 1400.0 + 40 * day} for day in range(1, 6)]
    few, enough = measured(*rows[:4]).row("view_to_pay_users"), measured(*rows).row("view_to_pay_users")
    assert few is not None
    assert enough is not None
    assert few.low is None
    assert enough.low is not None
    assert enough.low < enough.value < enough.high


def test_unnamed_own_accounts_leave_the_rooms_unmeasured() -> None:
    """Where nobody said which accounts are the shop's, no session is taken for its own."""
    row = measured({"party": None}).row("gpm_views")
    assert row is not None
    assert (row.value, row.reason) == (None, "no_own_accounts")


def test_only_partners_sessions_say_that_the_own_ones_are_missing() -> None:
    """A live report without an own session leaves the own rooms unmeasured with that reason."""
    row = measured({"party": "partner"}).row("gpm_views")
    assert row is not None
    assert (row.value, row.reason) == (None, "no_own_sessions")
