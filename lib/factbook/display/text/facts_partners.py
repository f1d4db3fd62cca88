"""What may be said about creators, campaigns and stars."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from factbook import fmt
from factbook.display.tables.common import typed
from factbook.display.tables.creators import LABELS, labelled
from factbook.display.text.facts import Found, count, figure, figures, listed, named, ratio, same, sliced
from factbook.knowledge.readings import Fact
from factbook.knowledge.thumbs import line
from factbook.records import Diagnosis, Text

MISSED = ("missed", "not_eligible")


def creator_quadrant(dx: Diagnosis) -> Found:
    """How many creators stand in each quadrant, what each kind sells, and what mismatched ones leave."""
    numbers = sliced(dx, "creators_by_label", "label")
    total, unknown = sum(numbers.values()), numbers.get("unknown")
    left = sliced(dx, "label_contribution_cny", "label").get("mismatch")
    line_row = dx.measures.row("creator_conversion_line")
    return {
        "total": count(total or None),
        **{f"n_{kind}": count(numbers.get(kind)) for kind in LABELS},
        "kinds": Fact(_kinds(numbers, sliced(dx, "label_share", "label"))),
        "exposure_rising": Fact(_exposure(dx, "rising"), "times"),
        "exposure_line": figure(dx, "creator_exposure_line"),
        "mismatch_left": Fact(left, "cny"),
        "mismatch_lost": Fact(-left if left is not None and left < 0 else None, "cny"),
        "unknown_part": ratio(unknown, total),
        "unknown_line": Fact(line("unknown_creators"), "fraction"),
        "conversion_basis": Fact(line_row.reason if line_row else None),
    }


def _kinds(numbers: dict[str, float], shares: dict[str, float]) -> Text | None:
    """`核心达人14位占58%、…` of every kind but the unknown that has anyone."""
    said = []
    for kind in LABELS[:-1]:
        if numbers.get(kind) and kind in shares:
            name, n, share = named("label", kind), numbers[kind], shares[kind]
            zh = f"{name.zh}{fmt.count(n, 'zh')}位占{fmt.percent(share, 'zh')}"
            said.append(Text(zh, f"{name.en} {fmt.count(n, 'en')} ({fmt.percent(share, 'en')})"))
    return listed(said)


def _exposure(dx: Diagnosis, kind: str) -> float | None:
    """Exposures per product and session of a kind: as measured, else the median of its creators."""
    measured = sliced(dx, "creator_exposures_per_product", "label").get(kind)
    if measured is not None:
        return measured
    each = pd.Series(sliced(dx, "creator_exposures_per_product", "creator"), dtype=float)
    kinds = labelled(dx)
    chosen = each.reindex(kinds[kinds == kind].index).dropna()
    return float(chosen.median()) if len(chosen) else None


def creator_concentration(dx: Diagnosis) -> Found:
    """How much rests on the first tenth and on the first creator, and how many were active."""
    ids = ("creator_head_share", "creator_top1_share", "active_creators", "bucket_paid_cny")
    return {
        **figures(dx, *ids),
        "active_before": figure(dx, "active_creators", "previous"),
        "top1_line": Fact(line("top1_dependence"), "fraction"),
        "head_line": Fact(line("head_share"), "fraction"),
    }


def campaign_days(dx: Diagnosis) -> Found:
    """The campaign with the largest sales of this period against as many usual days."""
    sold = sliced(dx, "campaign_actual_cny", "campaign")
    usual = sliced(dx, "campaign_baseline_cny", "campaign")
    both = [name for name in sold if name in usual]
    name = max(both or sold, key=lambda key: sold[key], default=None)
    if name is None:
        return {"campaigns": count(None), "listed": count(len(typed(dx, "campaigns")) or None)}
    above = figure(dx, "campaign_uplift_cny", campaign=name)
    ratio = figure(dx, "campaign_uplift_ratio", campaign=name)
    return {
        **_jointly(dx),
        "campaigns": count(len(sold)),
        "others": count(len(sold) - 1),
        "name": Fact(name),
        "sold": Fact(sold[name], "cny"),
        "usual": Fact(usual.get(name), "cny"),
        "above": above,
        "above_size": Fact(abs(above.number) if above.number is not None else None, "cny"),
        "ratio": ratio,
        "ratio_size": Fact(abs(ratio.number) if ratio.number is not None else None, "fraction"),
        "goal_part": figure(dx, "campaign_goal_ratio", campaign=name),
        "goal_line": Fact(line("goal_missed"), "fraction"),
    }


def _jointly(dx: Diagnosis) -> Found:
    """Campaign and star days together, where both fell into the period and cannot be told apart."""
    row = dx.measures.row("campaign_uplift_cny")
    overlap = row is not None and row.value is not None and bool(sliced(dx, "deal_paid_cny", "deal"))
    return {
        "joint_days": count(row.n if row and overlap else None),
        "joint_above": Fact(row.value if row and overlap else None, "cny"),
        "joint_sold": Fact(row.numerator if row and overlap else None, "cny"),
    }


def campaign_calendar(dx: Diagnosis) -> Found:
    """How many campaigns were joined, missed or planned, and the weightiest missed with its reason."""
    rows = typed(dx, "campaigns").to_dict("records")
    states = [row.get("state") for row in rows]
    missed = [row for row in rows if row.get("state") in MISSED]
    worst: Mapping[Any, Any] = min(missed, key=lambda row: row.get("level") or 9, default={})
    return {
        "total": count(len(rows) or None),
        "joined": count(states.count("joined")),
        "missed": count(len(missed)),
        "planned": count(states.count("planned")),
        "missed_name": Fact(worst.get("campaign")),
        "missed_level": Fact(named("campaign_level", str(int(worst["level"]))) if worst.get("level") else None),
        "missed_reason": Fact(worst.get("reason")),
        "gate": Fact("shut" if any(g.state == "shut" and "C" in g.closes for g in dx.gates) else "open"),
    }


DEAL = ("paid", "net", "margin", "commission", "fee", "gift", "sample", "contribution")


def deal_waterfall(dx: Diagnosis) -> Found:
    """The largest star's deals together, from sales to contribution, and all deals beside them."""
    star, deals = largest_star(dx)
    sums = {name: _total(dx, f"deal_{name}_cny", deals) for name in DEAL}
    paid, net = sums["paid"], sums["net"]
    every, others = figure(dx, "deal_contribution_cny"), len(sliced(dx, "deal_paid_cny", "deal")) - len(deals)
    extras = None if sums["gift"] is None or sums["sample"] is None else sums["gift"] + sums["sample"]
    return {
        **{name: Fact(value, "cny") for name, value in sums.items()},
        "who": Fact(same(star) if star else None),
        "deals": count(len(deals) or None),
        "refund": ratio(None if paid is None or net is None else paid - net, paid),
        "extras": Fact(extras, "cny"),
        "lost": Fact(_loss(sums["contribution"]), "cny"),
        "break_even": Fact(_break_even(sums), "cny"),
        "others": count(others),
        "all_deals": count(others + len(deals)),
        "all_contribution": every,
        "all_lost": Fact(_loss(every.number), "cny"),
    }


def _total(dx: Diagnosis, id: str, deals: tuple[str, ...]) -> float | None:
    """Σ over deals; unknown as soon as one of them is."""
    found = sliced(dx, id, "deal")
    return sum(found[deal] for deal in deals) if deals and all(deal in found for deal in deals) else None


def _loss(left: float | None) -> float | None:
    return -left if left is not None and left < 0 else None


def _break_even(sums: dict[str, float | None]) -> float | None:
    """Sales at which several deals of one star together leave nothing, at their refund rate."""
    known_sums = {name: value for name, value in sums.items() if value is not None}
    if len(known_sums) < len(sums) or not known_sums["paid"]:
        return None
    kept = (known_sums["margin"] - known_sums["commission"]) / known_sums["paid"]
    return (known_sums["fee"] + known_sums["gift"] + known_sums["sample"]) / kept if kept > 0 else None


def star_dependence(dx: Diagnosis) -> Found:
    """How much of the shop rests on stars, and how their refunds compare with own live."""
    refunds = sliced(dx, "field_refund_rate", "field")
    star, own = refunds.get("T"), refunds.get("F")
    return {
        **figures(dx, "star_share", "star_top1_share"),
        "own_share": figure(dx, "field_share", field="F"),
        "limit": Fact(line("star_dependence"), "fraction"),
        "star_refund": Fact(star, "fraction"),
        "own_refund": Fact(own, "fraction"),
        "refund_gap": Fact(star - own if star is not None and own is not None else None, "points"),
        "star": Fact(same(star_name) if (star_name := largest_star(dx)[0]) else None),
    }


def largest_star(dx: Diagnosis) -> tuple[str, tuple[str, ...]]:
    """The star who sold most in this period and that star's deals; empty when nobody sold."""
    names = {row["deal"]: row.get("creator") or "" for row in typed(dx, "star_deals").to_dict("records")}
    sold: dict[str, dict[str, float]] = {}
    for deal, paid in sliced(dx, "deal_paid_cny", "deal").items():
        sold.setdefault(str(names.get(deal, "")), {})[deal] = paid
    best = max(sold, key=lambda star: sum(sold[star].values()), default="")
    return best, tuple(sold.get(best, ()))
