"""Own live in depth, made by hand: minutes with turns, ads by the hour, accounts, roles, refunds and lines."""

from __future__ import annotations

from math import sin
from typing import Any

NAN = float("nan")
SESSION = "屿栀蔓官方旗舰店@2026-10-03T19:30"
ROLES = {"lead": 0.46, "second": 0.3, "profit": 0.14, "traffic": 0.1}
STAGES = {"before_shipping": 0.11, "not_received": 0.05, "received": 0.08, "returned": 0.07}


def row(id: str, value: float, by: tuple[str, ...] = (), key: tuple[str, ...] = (), **facts: object) -> dict[str, Any]:
    """One row of the tidy frame; what is not given does not exist."""
    blank = {"period": "current", "numerator": NAN, "denominator": NAN, "n": NAN, "low": NAN, "high": NAN}
    return {**blank, "reason": "", "source": "直播明细.xlsx", **facts, "id": id, "by": by, "key": key, "value": value}


def minutes(count: int = 150) -> list[dict[str, Any]]:
    by, rows = ("session", "minute"), []
    for n in range(count):
        stamp = f"2026-10-03T{19 + (30 + n) // 60:02d}:{(30 + n) % 60:02d}"
        level = 200 + 150 * sin(n / 24)
        figures = {
            "minute_online": level, "minute_gmv_cny": level * (2 + n % 3), "minute_ad_cost_cny": level / 4,
            "minute_product_impressions": level / 2,
        }  # fmt: skip
        rows += [row(id, value, by, (SESSION, stamp)) for id, value in figures.items()]
    for minute, turn, level in (("20:08", "peak", 350.0), ("20:55", "drop", 180.0)):
        key = (SESSION, f"2026-10-03T{minute}", turn)
        rows.append(row("turn_online", level, (*by, "turn"), key))
        rows += [row(f"turn_{name}_times", 1.6, (*by, "turn"), key) for name in ("gmv", "ad", "exposure")]
    rows.append(row("product_pitches", 4.0, (*by, "product"), (SESSION, "2026-10-03T20:02", "神经酰胺面霜 50g")))
    rows.append(row("ad_online_lag_minutes", 2.0, low=1.0, high=3.0, n=150.0))
    rows.append(row("ad_online_correlation", 0.5, low=0.4, high=0.6, n=150.0))
    return rows


def ads() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for hour in range(8, 24):
        roi = 2.4 + 0.8 * sin(hour)
        facts = {"numerator": roi * 9000, "denominator": 9000.0, "n": 9.0, "low": roi * 0.9, "high": roi * 1.1}
        rows.append(row("qc_roi", roi, ("kind", "hour"), ("uni", str(hour)), **facts))
    for kind, cost in (("uni", 1.8e6), ("standard", 3e5)):
        figures = {"qc_cost_cny": cost, "qc_gmv_cny": 2.2 * cost, "qc_roi": 2.2, "qc_spend_share": cost / 2.1e6}
        rows += [row(id, value, ("kind",), (kind,), n=31.0) for id, value in figures.items()]
    rows.append(row("qc_cost_cny", 3e5, ("kind", "plan"), ("standard", "推直播间"), n=31.0))
    rows.append(row("creative_top1_share", 0.25, numerator=4e5, denominator=1.6e6, n=16.0))
    figures = {"creatives_active": 16.0, "creatives_new_per_week": 1.4, "creative_top10_share": 0.88}
    rows += [row(id, value, n=16.0) for id, value in {**figures, "creative_age_days": 32.0}.items()]
    for id, value in (("creative_cost_cny", 4e5), ("creative_roi", 1.7)):
        rows.append(row(id, value, ("creative",), ("面霜_口播01.mp4",)))
    return rows


def goods() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for role, share in ROLES.items():
        figures = {
            "role_share": share, "role_exposure_share": 0.25, "role_paid_cny": share * 1e7, "role_margin": 0.6,
            "role_click_to_pay": 0.09, "role_refund_rate": 0.24,
        }  # fmt: skip
        rows += [row(id, value, ("role",), (role,)) for id, value in figures.items()]
    rows += [row("roles_missing", float(need == "new"), ("need",), (need,)) for need in ("lead", "new")]
    rows += [row("product_top1_share", 0.24, n=8.0), row("product_top3_share", 0.59, n=8.0)]
    for n in range(4):
        figures = {"paid_amount_cny": 1e6 / (n + 1), "refund_rate": 0.24, "product_quality_return_rate": 0.01}
        rows += [row(id, value, ("product",), (f"商品{n}",)) for id, value in figures.items()]
    for stage, rate in STAGES.items():
        rows.append(row("refund_stage_rate", rate, ("stage",), (stage,), n=31.0))
        rows.append(row("refund_stage_rate", rate * 0.9, ("stage",), (stage,), period="previous", n=30.0))
        rows.append(row("refund_stage_share", rate / 0.24, ("stage",), (stage,), n=31.0))
    return rows


def rest() -> list[dict[str, Any]]:
    rows = [row("reply_minutes", 2.5, n=1.0), row("help_rate", 0.005, n=1.0), row("chat_unhappy_rate", 0.16, n=1.0)]
    rows += [row("service_days_below", 7.0, ("line",), (line,), n=31.0) for line in ("60", "70", "80")]
    for account in ("屿栀蔓官方旗舰店", "屿栀蔓实验室"):
        figures = {"sessions": 31.0, "live_minutes": 9000.0, "paid_per_hour_cny": 9000.0, "account_like_for_like": 1.1}
        rows += [row(id, v, ("account",), (account,), n=31.0, low=v * 0.9, high=v * 1.1) for id, v in figures.items()]
    return rows


def depth() -> list[dict[str, Any]]:
    """Everything that the chapter on own live shows besides what conftest and merchants hold."""
    return [*minutes(), *ads(), *goods(), *rest()]
