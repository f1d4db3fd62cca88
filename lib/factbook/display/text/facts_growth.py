"""What may be said about growth: the room funnel, weekly sales, the mix of fields, rhythm, followers."""

from __future__ import annotations

import pandas as pd

from factbook.display.text.facts import Found, against, count, figure, figures, known, named, ratio, sliced, span_of
from factbook.knowledge.metrics import metric
from factbook.knowledge.readings import Fact
from factbook.knowledge.thumbs import line
from factbook.records import BASICS, FIELDS, Diagnosis

STEPS = {
    "entry": "entry_rate",
    "product": "view_to_product_impression",
    "click": "product_ctr_users",
    "pay": "click_to_pay_users",
}
SHOWN_TO = 10_000  # people shown the room, of whom the funnel is told
BLOCK = 4  # weeks added up and compared with as many before


def room_funnel(dx: Diagnosis) -> Found:
    """People kept at each step out of 10,000, and the step that trails its comparison most."""
    steps = {name: against(dx, id, name) for name, id in STEPS.items()}
    facts = {key: fact for found in steps.values() for key, fact in found.items()}
    people = float(SHOWN_TO)
    for name in STEPS:
        rate = facts[name].number
        people = float("nan") if rate is None else people * rate
        facts[f"people_{name}"] = count(people)
    gaps = known({name: facts[f"{name}_gap"].number for name in STEPS})
    return {**facts, **_weakest(dx, gaps), "sessions": figure(dx, "sessions"), "compared": count(len(gaps))}


def _weakest(dx: Diagnosis, gaps: dict[str, float]) -> Found:
    """The step furthest below its comparison, when far enough to matter, and its worth in a finding."""
    worst = min(gaps, key=lambda name: gaps[name], default=None)
    if worst is None or gaps[worst] > -line("step_shortfall"):
        return {"weak": Fact("none" if worst else None)}
    id = STEPS[worst]
    mine = against(dx, id, "weak")
    priced = [f for f in dx.findings_in(*BASICS, "F") if f.worth_high_cny and any(e.metric == id for e in f.evidence)]
    low, high = (priced[0].worth_low_cny, priced[0].worth_high_cny) if priced else (None, None)
    worth = {"worth": Fact(span_of(low, high))}
    return {
        "weak": Fact(worst),
        "weak_rate": mine["weak"],
        "weak_than": mine["weak_than"],
        "weak_whose": mine["weak_whose"],
        "weak_name": Fact(metric(id).name),
        **worth,
    }


def weekly_sales(dx: Diagnosis) -> Found:
    """The last four complete weeks against the four before, paid and after refunds."""
    paid, net = (_weeks(dx, id) for id in ("paid_amount_cny", "net_paid_amount_cny"))
    last, before = paid[-BLOCK:].sum(), paid[-2 * BLOCK : -BLOCK].sum()
    enough = len(paid) >= 2 * BLOCK
    change = last / before - 1 if enough and before else None
    now, then = _refunded(paid, net, slice(-BLOCK, None)), _refunded(paid, net, slice(-2 * BLOCK, -BLOCK))
    moved = now - then if enough and now is not None and then is not None else None
    return {
        "weeks": count(len(paid) or None),
        "last": Fact(last if enough else None, "cny"),
        "change": Fact(change, "fraction"),
        "change_size": Fact(abs(change) if change is not None else None, "fraction"),
        "net": Fact(net[-BLOCK:].sum() if enough and len(net) else None, "cny"),
        "refund": Fact(now if enough else None, "fraction"),
        "refund_move": Fact(moved, "points"),
        "refund_size": Fact(abs(moved) if moved is not None else None, "points"),
    }


def _weeks(dx: Diagnosis, id: str) -> pd.Series:
    weeks = {
        week: value for week, value in sliced(dx, id, "week", "history").items() if week <= dx.period.end.isoformat()
    }
    return pd.Series(weeks, dtype=float).sort_index()


def _refunded(paid: pd.Series, net: pd.Series, weeks: slice) -> float | None:
    """Σ refunds ÷ Σ paid over some weeks."""
    total = paid.iloc[weeks].sum()
    return float(1 - net.reindex(paid.index).iloc[weeks].sum() / total) if total and len(net) else None


def field_mix(dx: Diagnosis) -> Found:
    """Shares of this period, the field that moved most since the period before, and the largest one."""
    now, before = sliced(dx, "field_share", "field"), sliced(dx, "field_share", "field", "previous")
    moves = {code: now[code] - before[code] for code in now if code in before and code in FIELDS}
    mover = max(moves, key=lambda code: abs(moves[code]), default=None)
    largest = max((code for code in now if code in FIELDS), key=lambda code: now[code], default=None)
    return {
        **{f"share_{code}": Fact(now.get(code), "fraction") for code in ("F", "A", "T", "S", "U")},
        "largest": Fact(largest),
        "mover": Fact(named("field", mover) if mover else None),
        "mover_from": Fact(before[mover] if mover else None, "fraction"),
        "mover_to": Fact(now[mover] if mover else None, "fraction"),
        "move": Fact(moves[mover] if mover else None, "points"),
        "move_size": Fact(abs(moves[mover]) if mover else None, "points"),
    }


def rhythm(dx: Diagnosis) -> Found:
    """Days and hours live per week, the longest gap, and the days the plan aims at."""
    ids = (
        "live_days_per_week",
        "live_hours_per_week",
        "sessions_per_week",
        "longest_gap_days",
        "paid_per_hour_cny",
    )
    return {
        **figures(dx, *ids),
        **figures(dx, *ids, period="previous", suffix="_before"),
        "wanted": Fact(line("live_days_wanted"), "days"),
        "few": Fact(line("live_days_few"), "days"),
        "gap_line": Fact(line("gap_days"), "days"),
    }


def followers(dx: Diagnosis) -> Found:
    """New and net followers, and the follow rate against its comparison."""
    shop = figures(dx, "new_followers", "net_followers", "sessions")
    kept = ratio(shop["net_followers"].number, shop["new_followers"].number)
    return {**shop, **against(dx, "follow_rate", "rate"), "kept": kept}
