"""What may be said about own live in depth: the minutes of a session, ads by the hour, the mix and refunds."""

from __future__ import annotations

from typing import Any

from factbook.display.text.facts import Found, count, figure, known, listed, named, ratio, same, sliced
from factbook.knowledge.readings import Fact
from factbook.knowledge.thumbs import line
from factbook.records import Diagnosis

TURN = ("session", "minute", "turn")


def minute_curve(dx: Diagnosis) -> Found:
    """The highest peak and the largest fall with what went with them, and who moved first: ads or the room."""
    rows = dx.measures.select("turn_online", TURN).dropna(subset="value")
    minutes = dx.measures.select("minute_online", ("session", "minute")).dropna(subset="value")
    lag, link = dx.measures.row("ad_online_lag_minutes"), dx.measures.row("ad_online_correlation")
    facts: Found = {
        "minutes": count(len(minutes) or None),
        **{f"{kind}_{name}": Fact(None) for kind in ("peak", "drop") for name in _AT},
        "lag": Fact(lag.value if lag else None, "minutes"),
        "lag_low": Fact(lag.low if lag else None, "minutes"),
        "lag_high": Fact(lag.high if lag else None, "minutes"),
        "late": Fact(-lag.value if lag and lag.value is not None else None, "minutes"),
        "link": Fact(link.value if link else None, "ratio"),
        "too_short": Fact("yes" if lag and lag.reason == "series_too_short" else None),
        "no_lag": Fact("yes" if lag and lag.reason == "no_lag_seen" else None),
    }
    for kind in ("peak", "drop") if len(rows) else ():
        mine = rows[rows["turn"] == kind]
        if len(mine):
            facts |= _turn(dx, kind, mine.iloc[int(mine["value"].argmax())].to_dict())
    return facts


_AT = ("time", "online", "sold", "spent", "shown")


def _turn(dx: Diagnosis, kind: str, row: dict[Any, Any]) -> Found:
    cut = {name: str(row[name]) for name in TURN}
    times = {"sold": "turn_gmv_times", "spent": "turn_ad_times", "shown": "turn_exposure_times"}
    found = {f"{kind}_{name}": Fact(dx.measures.value(id, **cut), "level") for name, id in times.items()}
    return {
        **found,
        f"{kind}_time": Fact(cut["minute"][11:]),
        f"{kind}_online": Fact(dx.measures.value("turn_online", **cut), "people"),
    }


def ad_hours(dx: Diagnosis) -> Found:
    """The best and the worst hour of one kind of ads, how many days that rests on, and the hours below break-even."""
    rows = dx.measures.select("qc_roi", ("kind", "hour")).dropna(subset="value")
    kind = next((kind for kind in ("uni", "standard") if len(rows) and (rows["kind"] == kind).any()), "")
    rows = rows[rows["kind"] == kind] if kind else rows.iloc[:0]
    even = dx.measures.value("break_even_roi")
    facts: Found = {
        "hours": count(len(rows) or None),
        "kind": Fact(named("ad_kind", kind) if kind else None),
        "even": Fact(even, "ratio"),
        "enough": Fact(float(line("ad_hour_days")), "count"),
        "creatives": figure(dx, "creatives_active"),
        "fresh": figure(dx, "creatives_new_per_week"),
        "few": Fact(line("creatives_new"), "per_week"),
        "top10": figure(dx, "creative_top10_share"),
        "age": Fact(dx.measures.value("creative_age_days"), "count"),
        "life": Fact(dx.measures.value("creative_life_days"), "count"),
        **{name: Fact(None) for name in ("days", "best", "best_roi", "worst", "worst_roi", "under")},
    }
    if rows.empty:
        return facts
    best, worst = rows.iloc[int(rows["value"].argmax())], rows.iloc[int(rows["value"].argmin())]
    under = None if even is None else float((rows["value"] < even).sum())
    return facts | {
        "days": count(float(rows["n"].max())),
        "best": Fact(str(best["hour"])),
        "best_roi": Fact(float(best["value"]), "ratio"),
        "worst": Fact(str(worst["hour"])),
        "worst_roi": Fact(float(worst["value"]), "ratio"),
        "under": count(under),
    }


def product_roles(dx: Diagnosis) -> Found:
    """Where exposure and sales part, what is missing, and how much hangs on one product."""
    share, shown = sliced(dx, "role_share", "role"), sliced(dx, "role_exposure_share", "role")
    gaps = known({role: share[role] / shown[role] for role in share if shown.get(role)})
    unmet = [need for need, value in sliced(dx, "roles_missing", "need").items() if value]
    best, worst = (max(gaps, key=gaps.__getitem__), min(gaps, key=gaps.__getitem__)) if gaps else ("", "")
    return {
        "roles": count(len(share) or None),
        "missing": Fact(listed(named("need", need) for need in unmet)),
        "top1": figure(dx, "product_top1_share"),
        "top3": figure(dx, "product_top3_share"),
        "too_much": Fact(line("product_top1"), "fraction"),
        "best": Fact(named("role", best) if best else None),
        "best_share": Fact(share.get(best), "fraction"),
        "best_shown": Fact(shown.get(best), "fraction"),
        "best_gap": Fact(gaps.get(best), "level"),
        "worst": Fact(named("role", worst) if worst else None),
        "worst_code": Fact(worst or None),
        "worst_share": Fact(share.get(worst), "fraction"),
        "worst_shown": Fact(shown.get(worst), "fraction"),
        "worst_gap": Fact(gaps.get(worst), "level"),
    }


def refund_stages(dx: Diagnosis) -> Found:
    """The stage most refunds come from, whether it grew, and the reason named most."""
    rates, parts = sliced(dx, "refund_stage_rate", "stage"), sliced(dx, "refund_stage_share", "stage")
    before = sliced(dx, "refund_stage_rate", "stage", "previous")
    three = {stage: part for stage, part in parts.items() if stage != "returned"}
    top = max(three, key=three.__getitem__) if three else ""
    reasons = sliced(dx, "after_sale_reason_share", "reason")
    first = max(reasons, key=reasons.__getitem__) if reasons else ""
    return {
        "stages": count(len(three) or None),
        "top": Fact(named("stage_of_refund", top) if top else None),
        "top_rate": Fact(rates.get(top), "fraction"),
        "top_share": Fact(three.get(top), "fraction"),
        "top_change": ratio(rates.get(top), before.get(top), "level"),
        "top_before": Fact(before.get(top), "fraction"),
        "back_share": Fact(parts.get("returned"), "fraction"),
        "back_rate": Fact(rates.get("returned"), "fraction"),
        "reason": Fact(same(first) if first else None),
        "reason_share": Fact(reasons.get(first), "fraction"),
    }
