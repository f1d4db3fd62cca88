"""What may be said about creators, campaigns and stars."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from factbook.display.tables.common import typed
from factbook.display.tables.creators import LABELS, labelled
from factbook.display.text.facts import Found, count, figure, figures, named, same, sliced
from factbook.knowledge.readings import Fact
from factbook.knowledge.thumbs import line
from factbook.records import Diagnosis

MISSED = ("missed", "not_eligible")


def creator_quadrant(dx: Diagnosis) -> Found:
    """How many creators stand in each quadrant, what each kind sells, and what mismatched ones leave."""
    numbers, shares = sliced(dx, "creators_by_label", "label"), sliced(dx, "label_share", "label")
    loss = sliced(dx, "label_contribution_cny", "label").get("mismatch")
    return {
        "total": count(sum(numbers.values()) if numbers else None),
        **{f"n_{kind}": count(numbers.get(kind)) for kind in LABELS},
        **{f"share_{kind}": Fact(shares.get(kind), "fraction") for kind in LABELS},
        "exposure_rising": Fact(_exposure(dx, "rising"), "times"),
        "exposure_core": Fact(_exposure(dx, "core"), "times"),
        "mismatch_left": Fact(loss, "cny"),
        "mismatch_lost": Fact(-loss if loss is not None and loss < 0 else None, "cny"),
        "unknown_part": Fact(
            numbers["unknown"] / sum(numbers.values()) if numbers.get("unknown") else None, "fraction"
        ),
        "unknown_line": Fact(line("unknown_creators"), "fraction"),
    }


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
        return {"campaigns": count(None)}
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
        "missed_level": Fact(
            named("campaign_level", str(int(worst["level"]))) if worst.get("level") else None
        ),
        "missed_reason": Fact(worst.get("reason")),
        "gate": Fact("shut" if any(g.state == "shut" and "C" in g.closes for g in dx.gates) else "open"),
    }


DEAL = ("paid", "net", "margin", "commission", "fee", "gift", "sample", "contribution", "break_even")


def deal_waterfall(dx: Diagnosis) -> Found:
    """All star deals together, from sales to contribution."""
    facts = {name: figure(dx, f"deal_{name}_cny") for name in DEAL}
    left = facts["contribution"].number
    spent = [facts[name].number for name in ("gift", "sample")]
    extras = sum(value for value in spent if value is not None) if any(v is not None for v in spent) else None
    return {
        **facts,
        "deals": count(len(sliced(dx, "deal_paid_cny", "deal")) or None),
        "lost": Fact(-left if left is not None and left < 0 else None, "cny"),
        "extras": Fact(extras, "cny"),
        "refund": figure(dx, "deal_refund_rate"),
    }


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
        "star": Fact(_largest(dx)),
    }


def _largest(dx: Diagnosis) -> Any:
    """The star who sold most, by name, where the deals say who it was."""
    sold = sliced(dx, "deal_paid_cny", "deal")
    names = {row["deal"]: row.get("creator") for row in typed(dx, "star_deals").to_dict("records")}
    by_star: dict[str, float] = {}
    for deal, paid in sold.items():
        star = names.get(deal)
        if star:
            by_star[star] = by_star.get(star, 0.0) + paid
    best = max(by_star, key=lambda star: by_star[star], default=None)
    return same(best) if best else None
