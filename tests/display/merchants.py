"""The merchant of conftest with what pictures need besides: a year of weeks, a month of days, many creators."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import sin

import pandas as pd

from factbook.knowledge.fit import fit
from factbook.records import MEASURE_COLUMNS, Diagnosis, FileRecord, Gate, Measures, Period, Score, Text, Total
from tests.display.campaign_rows import planned_day, prepared

NAN = float("nan")
TOTALS = (Total(1_800_000.0, 2_700_000.0, "net_gmv", ("G01",)),)
SOURCE = "直播明细_全部账号_20261001_20261031.xlsx › 直播间明细"
FIELD_WEEKS = {"F": 0.50, "A": 0.26, "T": 0.05, "S": 0.15, "U": 0.04}
FUNNEL = {  # metric: (denominator, numerator)
    "entry_rate": (42_000_000.0, 3_300_000.0),
    "view_to_product_impression": (3_300_000.0, 2_791_800.0),
    "product_ctr_users": (2_791_800.0, 837_540.0),
    "click_to_pay_users": (837_540.0, 33_000.0),
}
DAILY = {
    "views": 150_000.0, "live_minutes_effective": 960.0, "average_online": 260.0, "peak_online": 1_900.0,
    "watch_minutes_per_viewer": 1.4, "room_price_per_item_cny": 152.0, "gpm_views": 1_600.0,
    "click_to_pay_times": 0.032, "room_product_ctr_times": 0.21, "view_to_pay_users": 0.0101,
    "view_to_pay_times": 0.007, "product_ctr_users": 0.3, "click_to_pay_users": 0.039, "room_gmv_cny": 250_000.0,
}  # fmt: skip


def row(id: str, value: float, by: tuple[str, ...] = (), key: tuple[str, ...] = (), **facts: object) -> dict:
    """One row of the tidy frame; what is not given does not exist."""
    blank = {"period": "current", "numerator": NAN, "denominator": NAN, "n": NAN, "low": NAN, "high": NAN}
    return {**blank, "reason": "", "source": SOURCE, **facts, "id": id, "by": by, "key": key, "value": value}


def wave(n: int, size: float = 0.15) -> float:
    """A number near 1 that wanders the same way every time."""
    return 1 + size * sin(n * 1.7) + size * sin(n * 0.31) / 2


def weekly(weeks: int = 30) -> list[dict]:
    rows: list[dict] = []
    for n in range(weeks):
        key = ((date(2026, 4, 6) + timedelta(weeks=n)).isoformat(),)
        figures = {
            "paid_amount_cny": 2_800_000 * wave(n), "net_paid_amount_cny": 2_100_000 * wave(n),
            "live_days_per_week": float(6 + n % 2), "live_hours_per_week": 112 * wave(n, 0.08),
            "new_followers": 26_000 * wave(n), "net_followers": 22_000 * wave(n), "follow_rate": 0.034 * wave(n, 0.1),
        }  # fmt: skip
        rows += [row(id, value, ("week",), key, period="history") for id, value in figures.items()]
        rows += [
            row("field_share", share, ("week", "field"), (*key, field), period="history")
            for field, share in FIELD_WEEKS.items()
        ]
    return rows


def daily(days: int = 31) -> list[dict]:
    rows: list[dict] = []
    for n in range(days):
        key = ((date(2026, 10, 1) + timedelta(days=n)).isoformat(),)
        rows += [row(id, base * wave(n), ("date",), key) for id, base in DAILY.items()]
        rows += [row("paid_amount_cny", 390_000 * wave(n) * (1.8 if n < 7 else 1), ("date",), key)]
        rows += [
            row("field_paid_cny", 390_000 * share * wave(n), ("date", "field"), (*key, field))
            for field, share in FIELD_WEEKS.items()
        ]
    return rows


def hours() -> list[dict]:
    rows: list[dict] = []
    for day in range(7):
        for hour in range(7, 24):
            if (day + hour) % 5:
                gmv, views = 900.0 * (hour + day) * wave(hour + day), 20_000.0
                facts = {"numerator": gmv, "denominator": views, "n": 4.0}
                key = (str(day), str(hour))
                rows.append(row("gpm_views", gmv / views * 1000, ("weekday", "hour"), key, **facts))
                rows.append(row("viewers_per_hour", 5_000 * wave(hour), ("weekday", "hour"), key, n=4.0))
    return rows


def sessions(count: int = 62) -> list[dict]:
    rows: list[dict] = []
    for n in range(count):
        hour = (7, 10, 13, 19, 20)[n % 5]
        key = (f"屿栀蔓官方旗舰店@2026-10-{1 + n // 2:02d}T{hour:02d}:{n % 60:02d}",)
        per_hour = 9_000.0 * (2.2 if hour > 17 else 1.0) * wave(n, 0.3)
        facts = {"numerator": per_hour * 6, "denominator": 6.0, "n": 1.0}
        rows.append(row("paid_per_hour_cny", per_hour, ("session",), key, **facts))
        rows.append(row("live_minutes", 360.0, ("session",), key))
    return rows


LABELS = ("core", "rising", "mismatch", "low", "unknown", "unknown")
CENTRES = {"core": (0.055, 5_200), "rising": (0.058, 1_900), "mismatch": (0.022, 5_600), "low": (0.02, 1_800)}


def creators(count: int = 48) -> list[dict]:
    rows: list[dict] = []
    for n in range(count):
        label = LABELS[n % len(LABELS)]
        rate, shown = CENTRES.get(label, (0.038, 1_500))
        rate, shown, name = rate * wave(n, 0.12), shown * wave(n + 3, 0.4), (f"达人{n:03d}号的小店日常",)
        facts = {"n": 4.0, "low": rate * 0.8, "high": rate * 1.25}
        rows.append(row("creator_conversion", rate, ("creator",), name, **facts))
        rows.append(row("creator_exposures_per_product", shown, ("creator",), name, n=4.0))
        rows.append(row("creator_paid_cny", 400_000 / (n + 2), ("creator",), name))
        rows += [
            row("creator_label", 0.9 if code == label else 0.025, ("creator", "label"), (*name, code))
            for code in dict.fromkeys(LABELS)
        ]
    return rows


CHANNELS = {
    "alliance": (96.0, 60.0, 58.0, 51.0),
    "doulink": (40.0, 30.0, 29.0, 22.0),
    "leader": (50.0, 14.0, 12.0, 9.0),
}
LIVE_RATES = {"alliance": (0.6, 0.5, 0.7), "doulink": (0.73, 0.57, 0.84), "leader": (0.24, 0.14, 0.37)}
STANDING = {"core": 12.0, "recovered": 2.0, "rising": 9.0, "trial": 14.0, "low": 7.0, "mismatch": 6.0, "new": 3.0}
SESSIONS = {"core": (9.0, 14.0), "rising": (3.0, 5.0), "mismatch": (4.0, 0.0), "low": (3.0, 1.0), "unknown": (2.0, 3.0)}
PLANNED = {"core": "more", "rising": "more", "mismatch": "rest", "low": "new_product", "unknown": "explore"}


def creator_stock() -> list[dict]:
    """How creators were won, who stayed, the states they stood in, and next month's sessions."""
    steps = ("approached", "sampled", "live", "again")
    rows = [
        row("channel_creators", sum(c[n] for c in CHANNELS.values()), ("step",), (step,))
        for n, step in enumerate(steps)
    ]
    for channel, counts in CHANNELS.items():
        rows += [
            row("channel_creators", n, ("channel", "step"), (channel, step))
            for step, n in zip(steps, counts, strict=True)
        ]
        value, low, high = LIVE_RATES[channel]
        rows.append(row("channel_live_rate", value, ("channel",), (channel,), low=low, high=high, n=40.0))
    months = [f"2026-{month:02d}" for month in (6, 7, 8, 9)]
    for n, cohort in enumerate(months):
        for later, month in enumerate(months[n:]):
            facts = {"numerator": 20.0 - 3 * later, "denominator": 20.0, "n": 20.0, "period": "history"}
            rows.append(row("creator_retention", 1 - 0.15 * later, ("cohort", "month"), (cohort, month), **facts))
    for n in range(12):
        week = ((date(2026, 8, 10) + timedelta(weeks=n)).isoformat(),)
        rows += [
            row("creators_by_state", round(count * (n + 2) / 13), ("week", "state"), (*week, state), period="history")
            for state, count in STANDING.items()
        ]
    for n in range(48):
        label, name = LABELS[n % len(LABELS)], f"达人{n:03d}号的小店日常"
        now, then = SESSIONS[label]
        rows.append(row("plan_sessions", then, ("creator", "step"), (name, PLANNED[label]), n=now))
    rows += [row("plan_value_cny", 390_000.0), row("plan_value_now_cny", 330_000.0), row("plan_budget_sessions", 180.0)]
    return rows


def organisation() -> list[dict]:
    rows: list[dict] = []
    facts = {
        "O1": (4, 4, 4.5, 3.6),
        "O2": (3, 3, 4, 3.2),
        "O3": (4, 3, 4, 3),
        "O4": (4, 4, 4, NAN),
        "O5": (4, 2, 5, 2),
    }
    for code, (claimed, level, target, data) in facts.items():
        spread = {"low": claimed - 1.0, "high": min(5.0, claimed + 1.0), "n": 4.0}
        rows.append(row("capability_claimed", claimed, ("capability",), (code,), **spread))
        rows.append(row("capability_level", level, ("capability",), (code,), n=4.0))
        rows.append(row("capability_target", target, ("capability",), (code,), n=4.0))
        reason = {} if data == data else {"reason": "no_data_level"}
        rows.append(row("capability_data_level", data, ("capability",), (code,), **reason))
        rows += fields(code, level)
        item = {"low": claimed - 1.0, "high": claimed + 0.5, "n": 4.0}
        rows.append(row("capability_item_claimed", claimed, ("capability", "item"), (code, f"{code}.1"), **item))
    people = {role.code: role.least["mature"] for role in fit().team}
    rows += [
        row("team_headcount", (low + high) / 2, ("role",), (code,), low=float(low), high=float(high))
        for code, (low, high) in people.items()
    ]
    return rows


def fields(capability: str, level: float) -> list[dict]:
    """What each field asks of one capability, and what it lacks."""
    rows: list[dict] = []
    for n, field in enumerate("FACTS"):
        need, key = 1.0 + n % 4 + (0.5 if field == "S" else 0.0), (field, capability)
        rows.append(row("capability_required", need, ("field", "capability"), key))
        rows.append(row("capability_shortfall", max(0.0, need - level), ("field", "capability"), key))
        rows.append(row("field_part", 1.0 + n % 3, ("field",), (field,)))
    return rows


PRODUCT, DEAL = "可视空气炸锅", "大V专场一"
SIGNALS = ("search_sales", "follows", "entry_rate", "new_5a", "own_sales", "shelf_sales", "rest_sales")


def stars() -> list[dict]:
    """A product stars carried, the signals around them, who came back, and the next fee."""
    rows: list[dict] = []
    for n in range(70):
        key = (PRODUCT, (date(2026, 8, 23) + timedelta(days=n)).isoformat())
        rows.append(row("star_product_daily_cny", 9_000 * wave(n), ("product", "date"), key, period="history"))
    levels = {"star_product_before_cny": 9_000.0, "star_product_after_cny": 12_000.0}
    rows += [row(id, level, ("product", "deal"), (PRODUCT, DEAL), n=28) for id, level in levels.items()]
    facts = {"numerator": 12_000.0, "denominator": 9_000.0, "low": 0.12, "high": 0.58}
    rows.append(row("star_product_raised", 0.33, ("product",), (PRODUCT,), **facts))
    rows.append(row("star_product_appearances", 2.0, ("product",), (PRODUCT,)))
    for n, signal in enumerate(SIGNALS):
        after = 0.1 * wave(n, 2.0)
        rows.append(row("star_lift_during", 0.2 * n, ("signal",), (signal,)))
        rows.append(row("star_lift_after", after, ("signal",), (signal,), low=after - 0.09, high=after + 0.1))
    for n, source in enumerate(("star", "own", "creator", "shop")):
        for days in (30, 60, 90):
            rate = 0.0003 * days * (n + 1)
            facts = {"low": 0.8 * rate, "high": 1.2 * rate, "n": 900.0}
            rows.append(row(f"repeat_rate_{days}d", rate, ("source",), (source,), **facts))
    rows.append(row("next_fee_cny", 340_000.0, ("star",), ("大V甲",), low=270_000.0, high=440_000.0, n=5.0))
    rows.append(row("last_fee_cny", 500_000.0, ("star",), ("大V甲",)))
    rows.append(row("next_fee_cny", 90_000.0, ("star",), ("大V乙",), n=1.0))
    without = {"paid": 11_400_000.0, "net": 8_600_000.0, "contribution": 2_800_000.0, "ad_cost_ratio": 0.19}
    units = {"ad_cost_ratio": ""}
    rows += [row(f"without_star_{name}{units.get(name, '_cny')}", value) for name, value in without.items()]
    return [*rows, row("shop_contribution_cny", 2_900_000.0), row("shop_ad_cost_ratio", 0.18)]


def funnel() -> list[dict]:
    return [
        row(
            id,
            top / bottom,
            numerator=top,
            denominator=bottom,
            n=62.0,
            low=0.9 * top / bottom,
            high=1.1 * top / bottom,
        )
        for id, (bottom, top) in FUNNEL.items()
    ]


def causes() -> list[dict]:
    """Why sales moved, who paid for traffic, what each field leaves."""
    fields = {"F": 520_000.0, "A": -540_000.0, "T": 600_000.0, "S": 95_000.0, "U": 6_000.0}
    steps = {"impressions": 597e3, "entry": -98_700.0, "product": -5_668.0, "click": 26_590.0, "pay": 26.5,
             "order": -11_272.0}  # fmt: skip
    rows = [row("change_by_field_cny", value, ("field",), (field,)) for field, value in fields.items()]
    rows += [row("change_by_step_cny", value, ("step",), (step,)) for step, value in steps.items()]
    rows += [row("field_contribution_cny", value * 3, ("field",), (field,)) for field, value in fields.items()]
    rows += [row("gap_to_peers_cny", -60_000.0 * n, ("step",), (step,)) for n, step in enumerate(("entry", "click"))]
    for n in range(30):
        key = ((date(2026, 4, 6) + timedelta(weeks=n)).isoformat(),)
        rows += [
            row(id, 380_000 * wave(n), ("week",), key, period="history") for id in ("free_viewers", "paid_viewers")
        ]
    return [*rows, row("free_view_share", 0.5), row("natural_lever", 1.0)]


def campaign_parts() -> list[dict]:
    """A campaign by the day and by the hour, beside the figures conftest has of it."""
    name, rows = "双节好物季", []
    for n in range(7):
        facts = {"low": 250_000.0, "high": 330_000.0}
        key = (name, f"2026-10-{n + 1:02d}")
        rows.append(row("campaign_expected_daily_cny", 290_000.0 * wave(n), ("campaign", "date"), key, **facts))
    for hour in range(24):
        sold, goal = 20_000.0 * hour * wave(hour, 0.4), 20_000.0 * hour
        for id, value in (("campaign_hour_paid_cny", sold), ("campaign_hour_goal_cny", goal)):
            rows.append(row(id, value, ("campaign", "hour"), (name, f"{hour:02d}"), n=900.0))
    return [*rows, *planned_day(name), *prepared(9)]


def replaced(dx: Diagnosis, rows: list[dict]) -> Measures:
    """The rows in place of those of the same metric and slice that were there."""
    new = pd.DataFrame(rows, columns=list(MEASURE_COLUMNS))
    keys = set(zip(new["id"], new["by"], new["period"], strict=True))
    old = dx.measures.frame
    kept = [key not in keys for key in zip(old["id"], old["by"], old["period"], strict=True)]
    return Measures(pd.concat([old[kept], new], ignore_index=True))


def full(dx: Diagnosis) -> Diagnosis:
    """The diagnosis with everything a picture can show."""
    rows = (
        weekly()
        + daily()
        + campaign_parts()
        + hours()
        + sessions()
        + creators()
        + creator_stock()
        + organisation()
        + funnel()
        + causes()
        + stars()
    )
    states = ("scored", "verdict", "not_scored", "not_measured", "gated")
    cells = [
        f"{field}.{column}" for field in "FACTS" for column in ("traffic", "conversion", "accumulation", "capability")
    ]
    verdicts = ("good", "normal", "poor")
    scores = tuple(
        Score(
            cell, states[n % 5], 20.0 + 4 * n, 15.0 + 4 * n, 26.0 + 4 * n, verdicts[n % 3], "peers", parts=("O5",),
            reason="" if n % 5 < 2 else "gate_shut",
        )
        for n, cell in enumerate(cells)
    )  # fmt: skip
    gates = (
        *dx.gates,
        Gate("festival", Text("大促报名", "Festival entry"), 72.0, 68.0, "shut", ("C",), date(2026, 10, 25)),
    )
    history = FileRecord(
        "抖音电商罗盘-成交分析-20251101-20261031.xlsx", "trade_analysis", "1" * 64, 1,
        Period(date(2025, 11, 1), date(2026, 10, 31)), ("trade_daily",), 4000, 3990, 10,
    )  # fmt: skip
    return replace(
        dx,
        measures=replaced(dx, rows),
        scores=(*dx.scores, *scores),
        gates=gates,
        files=(*dx.files, history),
        totals=TOTALS,
    )


def young(dx: Diagnosis) -> Diagnosis:
    """The same merchant with a single row of every metric and slice, and no earlier period."""
    frame = dx.measures.frame
    kept = frame[frame["period"] != "previous"].drop_duplicates(["id", "by", "period"])
    return replace(dx, measures=Measures(kept.reset_index(drop=True)), files=dx.files[:1])
