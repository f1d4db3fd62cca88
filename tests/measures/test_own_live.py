"""Own live in depth: minutes, like sessions, channels, ads and creatives."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from factbook.measures import ads, channels, creatives, minutes, slots
from tests.measures.build import case, sessions
from tests.measures.own import of, table

START = pd.Timestamp("2026-09-07 08:55:37")


def series(count: int = 180, account: str = "示例店铺", **more: Any) -> pd.DataFrame:
    """Minutes of the published session: one hump of people, everything else in step with it."""
    rows = []
    for n in range(count):
        online = 100.0 + 80.0 * (1 - abs(n - 90) / 90)
        figures = {"online": online, "gmv_cny": online * 2, "ad_cost_cny": online / 2}
        rows.append({"account": account, "minute": START.floor("min") + pd.Timedelta(minutes=n), **figures})
    frame = pd.DataFrame(rows).assign(douyin_id=None, product_impression_users=10.0, product_click_users=1.0)
    return frame.assign(_file="m.xlsx", _sheet="分钟趋势", _row=range(2, count + 2), **more)


# ------------------------------------------------------------------ minutes


def test_the_minutes_of_a_session_carry_its_key_and_add_up() -> None:
    """The curve stands under the session's own key, and its sales are the series' sales."""
    found = of(minutes, case(sessions=sessions(), minutes=series()))
    rows = found.select("minute_gmv_cny", ("session", "minute"))
    assert set(rows["session"]) == {"示例店铺@2026-09-07T08:55"}
    assert rows["numerator"].sum() == pytest.approx(series()["gmv_cny"].sum())


def test_the_session_with_listing_times_is_drawn_before_a_larger_one() -> None:
    """Documentation first, then sales."""
    large = series(gmv_cny=9e9).assign(_file="large.xlsx", minute=lambda f: f["minute"] + pd.Timedelta(days=1))
    both = pd.concat([series(), large], ignore_index=True)
    listed = table(
        [{"account": "示例店铺", "product": "甲", "listed_at": START + pd.Timedelta(minutes=9), "explained_times": 3.0}]
    )
    found = of(minutes, case(sessions=sessions(), minutes=both, live_products=listed))
    assert set(found.select("minute_online", ("session", "minute"))["session"]) == {"示例店铺@2026-09-07T08:55"}
    assert found.select("product_pitches", ("session", "minute", "product"))["value"].tolist() == [3.0]
    alone = of(minutes, case(sessions=sessions(), minutes=both))
    assert set(alone.select("minute_online", ("session", "minute"))["session"]) == {"示例店铺@2026-09-08T08:55"}


@pytest.mark.parametrize("area", [minutes])
def test_minutes_of_somebody_else_are_not_the_shops(area: Any) -> None:
    """A creator's screen says nothing about the own rooms, and the reason says so."""
    found = of(area, case(sessions=sessions(), minutes=series(account="某达人")))
    row = found.row("minute_online")
    assert row is not None
    assert row.reason == "no_own_minutes"


def test_no_minutes_is_a_reason() -> None:
    """Without a series every figure says what would bring it."""
    found = of(minutes, case(sessions=sessions()))
    assert set(found.frame["reason"]) == {"needs_minutes"}


def test_half_an_hour_is_too_short_for_a_lag() -> None:
    """An honest "too short" in place of a figure."""
    row = of(minutes, case(sessions=sessions(), minutes=series(40))).row("ad_online_lag_minutes")
    assert row is not None
    assert (row.value, row.reason) == (None, "series_too_short")


# ------------------------------------------------------------------ like sessions


def many(count: int, hour: int, paid: float, account: str = "示例店铺") -> list[dict[str, Any]]:
    facts = {"account": account, "live_minutes": 180.0, "ended_at": None, "paid_amount_cny": paid, "party": "self"}
    return [{**facts, "started_at": f"2026-09-{2 + n:02d} {hour:02d}:00"} for n in range(count)]


def test_sessions_are_held_against_their_own_slot() -> None:
    """Evenings sell three times mornings, yet every session is usual for its kind."""
    found = of(slots, case(sessions=sessions(*many(6, 9, 1000.0), *many(6, 20, 3000.0))))
    assert found.select("like_for_like", "session")["value"].tolist() == pytest.approx([1.0] * 12)
    assert found.value("paid_per_hour_cny", start="evening", length="medium") == pytest.approx(1000.0)
    assert found.value("like_for_like_spread") == pytest.approx(1.0)


def test_an_account_is_held_against_the_others_only() -> None:
    """Its own sessions never stand on both sides: twice the others is two, not one and a third."""
    rows = [*many(5, 20, 2000.0), *many(5, 20, 1000.0, "示例二店")]
    found = of(slots, case(sessions=sessions(*rows)))
    assert found.value("account_like_for_like", account="示例店铺") == pytest.approx(2.0)
    assert found.value("account_like_for_like", account="示例二店") == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [(many(6, 20, 1e3), "one_account"), ([*many(5, 9, 1e3), *many(5, 20, 1e3, "示例二店")], "no_shared_slot")],
)
def test_accounts_that_never_meet_are_not_compared(rows: list[dict[str, Any]], reason: str) -> None:
    """One account, or accounts on air at different hours: the reason is given instead of a figure."""
    row = of(slots, case(sessions=sessions(*rows))).row("account_like_for_like")
    assert row is not None
    assert row.reason == reason


def test_short_sessions_are_counted_and_left_out_of_the_slots() -> None:
    """A drop-out is a share of its own and never a slot's session."""
    short = {"started_at": "2026-09-20 20:00", "live_minutes": 10.0}
    found = of(slots, case(sessions=sessions(*many(5, 20, 1e3), short)))
    assert found.value("short_session_share") == pytest.approx(1 / 6)
    assert len(found.select("like_for_like", "session")) == 5


# ------------------------------------------------------------------ channels, ads, creatives


def test_the_sheets_total_is_no_channel() -> None:
    """整体 stands beside the channels and is left out of their sum."""
    rows = [("整体", 100.0), ("推荐feed", 70.0), ("短视频引流", 30.0)]
    made = table(
        [{"account": "示例店铺", "channel": c, "views": v, "gmv_cny": v, "started_at": START} for c, v in rows]
    )
    found = of(channels, case(sessions=sessions(), session_channels=made))
    assert found.value("video_entry_share") == pytest.approx(0.3)
    assert found.select("channel_view_share", "channel")["value"].sum() == pytest.approx(1.0)


def qianchuan(kind: str, *rows: tuple[str, float | None, float, float]) -> pd.DataFrame:
    gmv = {"uni": "gmv_overall_cny", "standard": "gmv_direct_cny"}[kind]
    made = [
        {"date": day, "hour": hour, "grain": "day" if hour is None else "hour", "ad_cost_cny": cost, gmv: sold}
        for day, hour, cost, sold in rows
    ]
    return table(made, "q.xlsx", "date").assign(boost_cost_cny=0.0, account="示例店铺")


def test_days_and_hours_of_ads_are_not_added_up() -> None:
    """The same yuan stands by day and by hour; each grain is used once, and the kinds never mix."""
    uni = qianchuan("uni", ("2026-09-01", None, 100.0, 250.0), ("2026-09-01", 9.0, 60.0, 120.0))
    standard = qianchuan("standard", ("2026-09-01", None, 50.0, 100.0))
    found = of(ads, case(qianchuan_uni=uni, qianchuan_standard=standard))
    assert found.value("qc_cost_cny", kind="uni") == 100.0
    assert found.value("qc_roi", kind="uni") == pytest.approx(2.5)
    assert found.value("qc_roi", kind="uni", hour="9") == pytest.approx(2.0)
    assert found.value("qc_spend_share", kind="standard") == pytest.approx(1 / 3)
    assert found.row("qc_roi") is None


def test_hours_clearly_below_break_even_are_added_up() -> None:
    """Six days at 9 o'clock return 1.0 against a break-even of 2: their spend counts, that of 20 o'clock does not."""
    days = [f"2026-09-{n:02d}" for n in range(1, 7)]
    rows = [(day, hour, 100.0, 100.0 * roi) for day in days for hour, roi in ((9.0, 1.0), (20.0, 3.0))]
    made = case({"gross_margin": 0.5, "signed_rate": 1.0}, qianchuan_uni=qianchuan("uni", *rows))
    found = of(ads, made)
    assert found.value("qc_weak_hours_cost_cny") == pytest.approx(600.0)
    assert found.value("qc_weak_hours_share") == pytest.approx(0.5)


def creative(id: str, cost: float, made: str, **more: Any) -> dict[str, Any]:
    whole = {"date": None, "period_start": "2026-09-01", "period_end": "2026-09-30"}
    facts = {"creative_id": id, "creative": "同名.mp4", "ad_cost_cny": cost, "gmv_overall_cny": cost * 2}
    return {**whole, **facts, "created_at": made, "plays": 100.0, "play_3s_rate_printed": 0.3, **more}


DATES = ("date", "period_start", "period_end", "created_at")


def test_creatives_of_the_same_name_are_told_apart() -> None:
    """Two files may be called alike; the id makes two creatives of them."""
    rows = [creative("1", 300.0, "2026-08-31"), creative("2", 100.0, "2026-09-10"), creative("3", 0.0, "2026-09-10")]
    found = of(creatives, case(qianchuan_creatives=table(rows, "c.xlsx", *DATES)))
    assert found.value("creatives_active") == 2
    assert found.value("creative_top1_share") == pytest.approx(0.75)
    assert found.value("creatives_new_per_week") == pytest.approx(1 / (30 / 7))
    assert len(found.select("creative_cost_cny", "creative")) == 2
    assert found.value("creative_age_days") == pytest.approx((30 * 300 + 20 * 100) / 400)


def test_a_creatives_life_needs_rows_by_day() -> None:
    """From the whole period no life is guessed; from days it is the span of spend."""
    whole = of(creatives, case(qianchuan_creatives=table([creative("1", 9.0, "2026-09-01")], "c.xlsx", *DATES)))
    row = whole.row("creative_life_days")
    assert row is not None
    assert row.reason == "no_daily_creatives"
    daily = [creative("1", 9.0, "2026-09-01", date=day) for day in ("2026-09-03", "2026-09-12")]
    found = of(creatives, case(qianchuan_creatives=table(daily, "c.xlsx", *DATES)))
    assert found.value("creative_life_days") == 10
