"""A diagnosis made by hand, rich, bare or hollow, for the tests of everything that is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from factbook.records import (
    MEASURE_COLUMNS,
    Action,
    Check,
    Diagnosis,
    Evidence,
    FileRecord,
    Finding,
    Gate,
    Measures,
    Merchant,
    Period,
    Problem,
    Score,
    Text,
)
from tests.display.depth import depth

PERIOD = Period(date(2026, 10, 1), date(2026, 10, 31))
HOSTILE = "<script>alert('8%')</script> @小鹿🦌 & \"co\""
NAN = float("nan")
SOURCE = "直播明细_全部账号_20261001_20261031.xlsx › 直播间明细"


def row(id: str, value: float, by: tuple[str, ...] = (), key: tuple[str, ...] = (), **facts: object) -> dict:
    """One row of the tidy frame; what is not given does not exist."""
    blank = {"period": "current", "numerator": NAN, "denominator": NAN, "n": NAN, "low": NAN, "high": NAN}
    return {**blank, "reason": "", "source": SOURCE, **facts, "id": id, "by": by, "key": key, "value": value}


TOTALS = {
    "paid_amount_cny": (12_000_000.0, 9_800_000.0),
    "net_paid_amount_cny": (9_120_000.0, 7_500_000.0),
    "refund_rate": (0.24, 0.235),
    "service_score": (68.0, 73.0),
    "room_impression_users": (42_000_000.0, 40_000_000.0),
    "viewers": (3_300_000.0, 3_200_000.0),
    "views": (4_650_000.0, 4_500_000.0),
    "sessions": (62.0, 60.0),
    "live_minutes": (29_760.0, 28_000.0),
    "entry_rate": (0.0786, 0.08),
    "view_to_product_impression": (0.846, 0.85),
    "product_ctr_users": (0.3, 0.31),
    "click_to_pay_users": (0.0393, 0.04),
    "view_to_pay_users": (0.01, 0.0105),
    "gpm_views": (1600.0, 1580.0),
    "live_days_per_week": (6.8, 6.7),
    "sessions_per_week": (14.0, 13.5),
    "live_hours_per_week": (112.0, 108.0),
    "longest_gap_days": (1.0, 1.0),
    "follow_rate": (0.034, 0.033),
    "net_followers": (98_000.0, 91_000.0),
    "room_ad_roi": (3.1, 3.0),
    "break_even_roi": (2.2, 2.2),
    "campaigns_joined": (1.0, 1.0),
    "campaigns_missed": (1.0, 0.0),
    "star_share": (0.05, 0.06),
    "star_top1_share": (0.05, 0.06),
    "creator_head_share": (0.58, 0.55),
    "creator_top1_share": (0.12, 0.11),
    "active_creators": (41.0, 66.0),
    "capability_index": (48.0, NAN),
}


def totals() -> list[dict]:
    return [
        row(
            id,
            value,
            period=period,
            n=31,
            numerator=value,
            denominator=1.0,
            low=value * 0.9,
            high=value * 1.1,
        )
        for id, pair in TOTALS.items()
        for period, value in zip(("current", "previous"), pair, strict=True)
    ]


def daily() -> list[dict]:
    days = [(PERIOD.start + timedelta(days=n)).isoformat() for n in range(31)]
    money = {"paid_amount_cny": 400_000.0, "net_paid_amount_cny": 300_000.0, "room_paid_cny": 240_000.0}
    rows = [row(id, base + 900 * n, ("date",), (day,)) for id, base in money.items() for n, day in enumerate(days)]
    scores = [row("service_score", 74.0 - n / 5, ("date",), (day,)) for n, day in enumerate(days)]
    shares = {"F": 0.64, "A": 0.18, "T": 0.05, "S": 0.13}
    split = [
        row("field_paid_cny", 400_000 * share, ("date", "field"), (day, field))
        for day in days
        for field, share in shares.items()
    ]
    return rows + scores + split


WEEKLY = {
    "paid_amount_cny": 2_800_000.0,
    "net_paid_amount_cny": 2_100_000.0,
    "live_days_per_week": 6.0,
    "live_hours_per_week": 110.0,
    "sessions_per_week": 14.0,
    "new_followers": 26_000.0,
    "net_followers": 22_000.0,
    "follow_rate": 0.034,
    "active_creators": 40.0,
}


CAUSELESS = ("change_by_field_cny", "change_by_step_cny", "free_viewers")
STARLESS = ("star_product_raised", "star_lift_after", "next_fee_cny", "repeat_rate_60d")


def weekly() -> list[dict]:
    weeks = [(date(2026, 8, 3) + timedelta(weeks=n)).isoformat() for n in range(13)]
    rows = [
        row(id, base * (1 + n / 100), ("week",), (week,), period="history")
        for id, base in WEEKLY.items()
        for n, week in enumerate(weeks)
    ]
    shares = {"F": 0.64, "A": 0.18, "T": 0.05, "S": 0.13}
    return rows + [
        row("field_share", share, ("week", "field"), (week, field), period="history")
        for week in weeks
        for field, share in shares.items()
    ]


def fields() -> list[dict]:
    shares = {"F": 0.64, "A": 0.18, "T": 0.05, "S": 0.13, "U": 0.0}
    return [
        made
        for field, share in shares.items()
        for made in (
            row("field_share", share, ("field",), (field,), n=31),
            row("field_paid_cny", share * 12e6, ("field",), (field,), n=31),
            row("field_refund_rate", 0.24, ("field",), (field,), n=31),
        )
    ]


def sessions() -> list[dict]:
    rows: list[dict] = []
    for n in range(14):
        key = (f"屿栀蔓@2026-10-{n + 1:02d}T{8 + n % 12:02d}:00",)
        figures = {
            "room_paid_cny": 180_000 + 9_000 * n,
            "live_minutes": 480,
            "paid_per_hour_cny": 22_500 + 1_100 * n,
        }
        figures |= {
            "viewers": 50_000.0,
            "view_to_pay_users": 0.01,
            "gpm_views": 1_500.0 + 20 * n,
            "entry_rate": 0.08,
        }
        rows += [row(id, float(value), ("session",), key, n=1) for id, value in figures.items()]
    hours = [(str(day), str(hour)) for day in range(7) for hour in (8, 14, 20)]
    for n, key in enumerate(hours):
        gpm = 1_000.0 + 300 * (n % 3)
        at = {"by": ("weekday", "hour"), "key": key, "n": 4}
        rows.append(row("gpm_views", gpm, **at, numerator=gpm * 50, denominator=50_000.0))
        rows.append(row("paid_per_hour_cny", 20 * gpm, **at, numerator=160 * gpm, denominator=8.0))
    return rows


LABELS = ("core", "rising", "mismatch", "low", "unknown")


def creators() -> list[dict]:
    rows: list[dict] = []
    for n in range(20):
        name = HOSTILE if n == 0 else f"达人{n}号"
        label, facts = LABELS[n % 5], {"n": float(900 + 10 * n)}
        figures = {
            "creator_paid_cny": 90_000.0 - 4_000 * n,
            "creator_sessions": 4.0,
            "creator_clicks": 900.0 + 10 * n,
        }
        figures |= {"creator_refund_rate": 0.3, "creator_contribution_cny": 4_000.0 - 600 * n}
        figures |= {"creator_conversion_high": 0.9, "creator_exposure_high": 0.1 + n / 25}
        figures |= {"creator_exposures_per_product": 1_900.0 + 200 * n}
        rows += [row(id, value, ("creator",), (name,), **facts) for id, value in figures.items()]
        rows.append(row("creator_conversion", 0.05, ("creator",), (name,), low=0.04, high=0.06, **facts))
        rows += [
            row("creator_label", 0.9 if code == label else 0.025, ("creator", "label"), (name, code), **facts)
            for code in LABELS
        ]
    for label in LABELS:
        figures = {"creators_by_label": 4.0, "label_paid_cny": 200_000.0, "label_share": 0.2}
        figures |= {"creator_refund_rate": 0.3, "label_contribution_cny": 5_000.0}
        rows += [row(id, value, ("label",), (label,), n=4) for id, value in figures.items()]
    return rows


def campaigns() -> list[dict]:
    figures = {"campaign_actual_cny": 3e6, "campaign_baseline_cny": 2e6}
    figures |= {"campaign_uplift_cny": 1e6, "campaign_uplift_ratio": 0.5}
    deal = {"deal_paid_cny": 600_000.0, "deal_net_cny": 400_000.0, "deal_margin_cny": 160_000.0}
    deal |= {"deal_commission_cny": 90_000.0, "deal_fee_cny": 50_000.0, "deal_gift_cny": 5_000.0}
    deal |= {"deal_sample_cny": 500.25, "deal_contribution_cny": 14_499.75, "deal_break_even_cny": 550_000.0}
    deal |= {"deal_refund_rate": 0.33, "deal_fee_worth_cny": 64_499.75, "deal_payback": 1.26}
    rows = [row(id, value, ("campaign",), ("双节好物季",), n=7) for id, value in figures.items()]
    rows += [row(id, value, ("deal",), ("大V专场一",), n=1) for id, value in deal.items()]
    rows += [row(id, value, ("star",), (HOSTILE,), n=1) for id, value in deal.items()]
    rows += [row(id, NAN, reason="no_star_deals") for id in STARLESS]
    rows += [row(id, NAN, reason="no_previous") for id in CAUSELESS]
    return rows + [row(id, value, n=1) for id, value in deal.items()]


def organisation() -> list[dict]:
    rows: list[dict] = []
    for n, area in enumerate(("O1", "O2", "O3", "O4", "O5")):
        figures = {"capability_level": 3.0, "capability_claimed": 4.0, "capability_agreement": 0.8}
        figures |= {"capability_raters": 4.0, "capability_data_level": 2.0 if n else NAN}
        reason = {"reason": "" if n else "no_report:short_video"}
        rows += [
            row(id, v, ("capability",), (area,), n=4, **(reason if "data" in id else {})) for id, v in figures.items()
        ]
        rows += [row("capability_item", 3.0, ("capability", "item"), (area, f"{area}.{k}"), n=4) for k in (1, 2, 3)]
    parts = {"product": 74.0, "logistics": 78.0, "service": 57.0}
    rows += [row("service_score_part", value, ("part",), (part,), n=1) for part, value in parts.items()]
    return [
        *rows,
        row("service_part_needed", 67.0, ("part",), ("service",)),
        row("service_days_below_70", 7.0, n=31),
    ]


def measures() -> Measures:
    """Every slice a chapter reads."""
    rows = totals() + daily() + weekly() + fields() + sessions() + creators() + campaigns() + organisation()
    realtime = [row("realtime_online", NAN, reason="needs_minutes"), row("repeat_buyer_share", 0.21, n=31)]
    return Measures(pd.DataFrame(depth() + rows + realtime, columns=list(MEASURE_COLUMNS)))


FINDING = Finding(
    code="G01",
    area="O5",
    severity="high",
    title=Text("体验分68，联盟和双11都进不去", "A score of 68 shuts the alliance and Double 11"),
    text=Text("服务项只有57，是最低的一项。", "Service stands at 57, the lowest part."),
    evidence=(Evidence("service_score", 68.0, n=31, basis="peers", source=SOURCE, compared_with=75.0),),
    worth_low_cny=1_800_000.0,
    worth_high_cny=2_700_000.0,
    worth_basis="net_gmv",
    actions=("lift_service",),
)
ACTION = Action(
    id="lift_service",
    title=Text("把服务项从57提到67", "Lift the service part from 57 to 67"),
    why=Text("总分回到72，联盟和大促就能再开。", "The total returns to 72 and both doors open."),
    field="A",
    capability="O5",
    owner=Text("客服主管", "Head of support"),
    effort_days=12.0,
    lead_days=30,
    horizon=30,
    metric="service_score",
    target=Text("≥ 72分", "≥ 72"),
    findings=("G01",),
    worth_low_cny=1_800_000.0,
    worth_high_cny=2_700_000.0,
    order=1,
)
GATE = Gate("alliance_entry", Text("精选联盟", "Alliance"), 70.0, 68.0, "shut", ("A",), date(2026, 10, 25))
FILE = FileRecord(
    "直播明细_全部账号_20261001_20261031.xlsx",
    "live_sessions",
    "0" * 64,
    1,
    PERIOD,
    ("sessions",),
    66,
    62,
    1,
    1,
    1,
    1,
)
PROBLEM = Problem("bad_date", "set_aside", FILE.name, "直播间明细", "直播开始时间", 18, {"value": "2026/13/02"})
TYPED = {
    "peers": {
        "records": [
            {
                "metric": "entry_rate",
                "value": 0.09,
                "statistic": "median",
                "scope": "同行同层",
                "source": "罗盘",
            },
            {
                "metric": "gpm_views",
                "value": 1500.0,
                "statistic": "mean",
                "scope": "同行同层",
                "source": "罗盘",
            },
        ]
    },
    "campaigns": {
        "records": [
            {
                "campaign": "双节好物季",
                "level": 3,
                "start": "2026-10-01",
                "end": "2026-10-07",
                "state": "joined",
            },
            {
                "campaign": "双11",
                "level": 1,
                "start": "2026-10-31",
                "end": "2026-11-11",
                "state": "not_eligible",
                "reason": "体验分低于70",
            },
        ]
    },
    "star_deals": {
        "records": [{"deal": "大V专场一", "creator": HOSTILE, "kind": "exclusive", "start": "2026-10-12T20:00:00"}]
    },
}
SCORES = (
    Score("metric:entry_rate", "scored", 38.0, verdict="poor", basis="peers"),
    Score("metric:gpm_views", "verdict", verdict="normal", basis="history"),
    Score("F", "scored", 62.0, 55.0, 68.0, "normal", "peers"),
    Score("O5", "scored", 30.0, verdict="poor", basis="survey"),
    Score("F.traffic", "scored", 58.0, verdict="normal", basis="peers"),
    Score("A.traffic", "gated", reason="gate_shut"),
)


def rich(language: str = "zh") -> Diagnosis:
    """A merchant with everything measured."""
    merchant = Merchant("skincare", "屿栀蔓护肤旗舰店", "美妆", synthetic=True, own_accounts=("屿栀蔓",))
    return Diagnosis(
        merchant,
        PERIOD,
        language,
        measures(),
        scores=SCORES,
        gates=(GATE,),
        findings=(FINDING,),
        actions=(ACTION,),
        verdict=Text("自播扛得住日销，但体验分68关上了联盟和双11。", "Own live carries daily sales; 68 shut the rest."),
        files=(FILE,),
        problems=(PROBLEM,),
        checks=(Check("party_sums", "成交分析.xlsx", 12_000_000.0, 12_000_000.0, True),),
        missing=("short_video",),
        tables=TYPED,
        notes={"field": "**看场子**：<img src=x onerror=alert(1)> 晚场更好。"},
    )


def bare(language: str = "zh") -> Diagnosis:
    """A merchant of whom nothing could be measured."""
    return Diagnosis(Merchant("empty", "空店"), PERIOD, language, Measures.empty(), missing=("live_sessions",))


def hollow(language: str = "zh") -> Diagnosis:
    """The rich merchant with every figure missing."""
    full = rich(language)
    frame = full.measures.frame.assign(value=NAN, numerator=NAN, denominator=NAN, n=NAN, low=NAN, high=NAN)
    frame["reason"] = "no_report:live_sessions"
    return replace(full, measures=Measures(frame), gates=(replace(GATE, value=None, state="not_measured"),))


@pytest.fixture(params=["zh", "en"])
def dx(request: pytest.FixtureRequest) -> Diagnosis:
    return rich(request.param)


@pytest.fixture(params=["zh", "en"])
def dx_bare(request: pytest.FixtureRequest) -> Diagnosis:
    return bare(request.param)


@pytest.fixture(params=["zh", "en"])
def dx_hollow(request: pytest.FixtureRequest) -> Diagnosis:
    return hollow(request.param)


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[rich, bare, hollow], ids=["rich", "bare", "hollow"])
def anyone(request: pytest.FixtureRequest, language: str) -> Diagnosis:
    """The rich, the unmeasured and the NaN merchant, in both languages."""
    return request.param(language)
