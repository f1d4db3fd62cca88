"""What may be said about own rooms: days, hours, sessions, metric by metric, and the service score."""

from __future__ import annotations

from datetime import date
from statistics import median

from factbook.display.text.facts import Found, count, figure, figures, listed, lowest, named, ratio, sliced
from factbook.knowledge.metrics import metrics
from factbook.knowledge.readings import Fact
from factbook.knowledge.thumbs import line
from factbook.records import Diagnosis, Measure, Text

TENTH = 0.1  # the top tenth of sessions
GATE = 70.0  # the line of the alliance and the festivals
DROP = 0.7  # a day under 70 % of the median day has fallen away
HELD = 0.85  # a cause that kept 85 % of its usual level did not fall with it


def daily_trend(dx: Diagnosis) -> Found:
    """The usual, best and worst day of the rooms, and whether people or conversion fell on the worst."""
    paid = {day: value for day, value in sliced(dx, "room_paid_cny", "date").items() if value > 0}
    facts = {
        "days": count(len(paid) or None),
        "off": count(dx.period.days - len(sliced(dx, "sessions", "date"))),
    }
    if not paid:
        return facts
    best, worst, usual = (
        max(paid, key=paid.__getitem__),
        min(paid, key=paid.__getitem__),
        median(paid.values()),
    )
    return {
        **facts,
        "usual": Fact(usual, "cny"),
        "best": Fact(paid[best], "cny"),
        "best_day": Fact(date.fromisoformat(best), "day"),
        "worst": Fact(paid[worst], "cny"),
        "worst_day": Fact(date.fromisoformat(worst), "day"),
        "worst_part": Fact(paid[worst] / usual, "fraction"),
        "views_kept": Fact(_kept(sliced(dx, "views", "date"), worst), "fraction"),
        "rate_kept": Fact(_kept(sliced(dx, "view_to_pay_users", "date"), worst), "fraction"),
        "drop": Fact(DROP, "fraction"),
        "held": Fact(HELD, "fraction"),
    }


def _kept(days: dict[str, float], day: str) -> float | None:
    """A day's figure as part of the median day's."""
    usual = median(days.values()) if days else 0.0
    return days[day] / usual if day in days and usual > 0 else None


def hour_heatmap(dx: Diagnosis) -> Found:
    """The start hours that sell most and least, per thousand views and per live hour, over all weekdays."""
    return {
        **_extremes(_by_hour(dx, "gpm_views"), 1000, "view"),
        **_extremes(_by_hour(dx, "paid_per_hour_cny"), 1, "live"),
        "band_ratio": Fact(line("band_ratio"), "ratio"),
    }


def _extremes(sums: dict[int, tuple[float, float, float]], scale: float, name: str) -> Found:
    """Best and worst start hour of a rate, among hours with enough sessions; nothing with fewer than two."""
    rates = {h: top / bottom * scale for h, (top, bottom, n) in sums.items() if n >= line("band_sessions")}
    if len(rates) < 2:
        return {}
    best, worst = max(rates, key=rates.__getitem__), min(rates, key=rates.__getitem__)
    return {
        f"{name}_best_hour": Fact(str(best)),
        f"{name}_best": Fact(rates[best], "cny"),
        f"{name}_best_n": count(sums[best][2]),
        f"{name}_worst_hour": Fact(str(worst)),
        f"{name}_worst": Fact(rates[worst], "cny"),
        f"{name}_worst_n": count(sums[worst][2]),
        f"{name}_times": ratio(rates[best], rates[worst], "level"),
    }


def _by_hour(dx: Diagnosis, id: str) -> dict[int, tuple[float, float, float]]:
    """Σ numerator, Σ denominator and sessions of a rate by start hour."""
    rows = dx.measures.select(id, ("weekday", "hour")).dropna(subset=["numerator", "denominator"])
    sums: dict[int, tuple[float, float, float]] = {}
    for hour, top, bottom, n in zip(rows["hour"], rows["numerator"], rows["denominator"], rows["n"], strict=True):
        old = sums.get(int(hour), (0.0, 0.0, 0.0))
        sums[int(hour)] = (old[0] + top, old[1] + bottom, old[2] + n)
    return {hour: found for hour, found in sorted(sums.items()) if found[1] > 0}


def session_league(dx: Diagnosis) -> Found:
    """How much the best tenth of sessions sold, and how far the best one stands above the usual."""
    paid = sorted(sliced(dx, "room_paid_cny", "session").values(), reverse=True)
    hourly = sliced(dx, "paid_per_hour_cny", "session")
    facts = {"sessions": count(len(paid) or None)}
    if not hourly or not sum(paid):
        return facts
    top, best, usual = (
        max(1, round(len(paid) * TENTH)),
        max(hourly, key=hourly.__getitem__),
        median(hourly.values()),
    )
    account, _, start = best.rpartition("@")
    return {
        **facts,
        "top": count(top),
        "top_share": ratio(sum(paid[:top]), sum(paid)),
        "usual": Fact(usual, "cny"),
        "best": Fact(hourly[best], "cny"),
        "best_account": Fact(account),
        "best_day": Fact(date.fromisoformat(start[:10]), "day"),
        "best_time": Fact(start[11:16]),
        "times": ratio(hourly[best], usual, "level"),
    }


def f5_metrics(dx: Diagnosis) -> Found:
    """How many F5 metrics are good, normal, weak, without comparison or not measured; which are weak."""
    rows = {m.id: dx.measures.row(m.id) for m in metrics().values() if m.f5}
    verdicts = {id: dx.score(f"metric:{id}").verdict for id, row in rows.items() if _exists(row)}
    by = {kind: [id for id, verdict in verdicts.items() if verdict == kind] for kind in ("good", "normal", "poor", "")}
    registry = metrics()
    return {
        "measured": count(len(verdicts) or None),
        "good": count(len(by["good"])),
        "normal": count(len(by["normal"])),
        "poor": count(len(by["poor"])),
        "silent": count(len(by[""])),
        "missing": count(len(rows) - len(verdicts)),
        "poor_names": Fact(listed(registry[id].name for id in by["poor"])),
        "poor_rates": count(sum(registry[id].denominator is not None for id in by["poor"])),
        "good_names": Fact(listed(registry[id].name for id in by["good"])),
        "sessions": figure(dx, "sessions"),
    }


def _exists(row: Measure | None) -> bool:
    return row is not None and row.value is not None


def service_score(dx: Diagnosis) -> Found:
    """The score against the gates, its lowest part, and what that part must reach."""
    parts = sliced(dx, "service_score_part", "part")
    needed = sliced(dx, "service_part_needed", "part")
    low = lowest(parts)
    drags = sliced(dx, "service_part_drag", "part")
    drag = max(drags, key=drags.__getitem__, default="")
    shut = [gate for gate in dx.gates if gate.state == "shut"]
    since = min((gate.since for gate in shut if gate.since and gate.line == GATE), default=None)
    distance = figure(dx, "service_score_distance").number
    return {
        **figures(dx, "service_score", "service_days_below_70"),
        "distance": Fact(abs(distance) if distance is not None else None, "ratio"),
        "near": Fact(line("near_gate"), "ratio"),
        "shut": count(len(shut)),
        "shut_names": Fact(listed(gate.name for gate in shut)),
        "since": Fact(since, "day"),
        "lowest": Fact(listed(named("part", part) for part in low)),
        "lowest_value": Fact(parts[low[0]] if low else None, "score"),
        "needed": Fact(needed.get(low[0]) if len(low) == 1 else None, "score"),
        "drag_part": Fact(named("part", drag) if drag else None),
        "drag": Fact(drags.get(drag), "level"),
        "still_open": Fact(_open(dx)),
    }


def _open(dx: Diagnosis) -> Text | None:
    return listed(gate.name for gate in dx.gates if gate.state == "open")
