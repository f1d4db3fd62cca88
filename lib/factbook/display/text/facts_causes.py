"""What may be said about why sales changed, who paid for traffic, what kind of shop it is and what mending is worth."""

from __future__ import annotations

import math
from collections.abc import Mapping

from factbook.display.text.facts import Found, count, figure, figures, named, sliced, span_of
from factbook.judgement.worth import bridge
from factbook.knowledge.readings import UNKNOWN, Fact
from factbook.knowledge.thumbs import line
from factbook.measures.formats import FORMATS
from factbook.records import Diagnosis


def _ends(parts: Mapping[str, float], table: str) -> Found:
    """The part that brought most and the one that took most, where there is one of either sign."""
    best, worst = (pick(parts, key=lambda name: parts[name], default=None) for pick in (max, min))
    gained = parts[best] if best is not None and parts[best] > 0 else None
    lost = -parts[worst] if worst is not None and parts[worst] < 0 else None
    return {
        "best": Fact(named(table, best) if gained is not None and best else None),
        "best_code": Fact(best if gained is not None else None),
        "gained": Fact(gained, "cny"),
        "worst": Fact(named(table, worst) if lost is not None and worst else None),
        "lost": Fact(lost, "cny"),
    }


def change_by_field(dx: Diagnosis) -> Found:
    """The shop's change, the fields at either end, and the share that moved most."""
    parts, moved = sliced(dx, "change_by_field_cny", "field"), sliced(dx, "field_migration", "field")
    total = math.fsum(parts.values()) if parts else None
    mover = max(moved, key=lambda field: abs(moved[field]), default=None)
    return {
        **_ends(parts, "field"),
        "change": Fact(total, "cny"),
        "size": Fact(abs(total) if total is not None else None, "cny"),
        "mover": Fact(named("field", mover) if mover else None),
        "move": Fact(moved[mover] if mover else None, "points"),
        "move_size": Fact(abs(moved[mover]) if mover else None, "points"),
    }


def change_by_step(dx: Diagnosis) -> Found:
    """The own rooms' change with the steps at either end; the worth of closing gaps alone and together."""
    parts = sliced(dx, "change_by_step_cny", "step")
    total = math.fsum(parts.values()) if parts else None
    alone = {step: value for step, value in sliced(dx, "step_worth_cny", "step").items() if value > 0}
    together, overlap = dx.measures.row("steps_worth_together_cny"), dx.measures.value("steps_worth_overlap_cny")
    ends = (together.low, together.high) if together and together.value else (None, None)
    gap = max(alone, key=lambda step: alone[step], default=None)
    return {
        **_ends(parts, "step"),
        "change": Fact(total, "cny"),
        "size": Fact(abs(total) if total is not None else None, "cny"),
        "gap": Fact(named("step", gap) if gap else None),
        "gap_worth": Fact(alone[gap] if gap else None, "cny"),
        "own_target": Fact(_own_target(dx, gap)),
        "together": Fact(span_of(*ends)),
        "overlap": Fact(overlap if overlap else None, "cny"),
    }


def _own_target(dx: Diagnosis, step: str | None) -> str | None:
    """Whether the target of a step is the shop's own best quarter or the peers'."""
    row = dx.measures.row("step_target", step=step) if step else None
    return None if row is None else "own" if row.reason else "peers"


def traffic_mix(dx: Diagnosis) -> Found:
    """Free and paid viewers now and before, the lever, and how ads and free viewers go together."""
    ids = ("free_viewers", "paid_viewers", "free_view_share", "natural_lever")
    together = dx.measures.row("free_with_ads")
    return {
        **figures(dx, *ids),
        "share_before": figure(dx, "free_view_share", "previous"),
        "r": Fact(together.value if together else None, "ratio"),
        "r_low": Fact(together.low if together else None, "ratio"),
        "r_high": Fact(together.high if together else None, "ratio"),
        "n": count(together.n if together else None),
        "line": Fact(line("free_with_ads"), "ratio"),
    }


def archetype(dx: Diagnosis) -> Found:
    """The format that weighs most against the peers, and how the shop leans on ads."""
    over = sliced(dx, "archetype_ratio", "format")
    most = max(over, key=lambda name: over[name], default=None)
    kind = None if most is None else most if over[most] >= line("archetype") else "balanced"
    shares = {name: dx.measures.value(id) for name, id in FORMATS.items()}
    leads = max(
        (name for name in shares if shares[name] is not None), key=lambda name: shares[name] or 0.0, default=None
    )
    return {
        "kind": Fact(named("archetype", kind) if kind else None),
        "times": Fact(over[most] if most else None, "ratio"),
        "leads": Fact(named("format", leads) if leads else None),
        "leads_share": Fact(shares[leads] if leads else None, "fraction"),
        **figures(dx, "ad_gmv_share", "shop_total_cost_ratio"),
        "ad_line": Fact(line("ad_share_high"), "fraction"),
        "take_line": Fact(line("take_rate_high"), "fraction"),
    }


WORTH = ("items", "largest", "largest_worth", "together", "basis", "overlap", "unpriced")


def worth_waterfall(dx: Diagnosis) -> Found:
    """How many findings were priced, the largest, the overlap and the sum."""
    found = bridge(dx.findings, dx.totals)
    if found is None:
        return dict.fromkeys(WORTH, UNKNOWN)
    ends = (found.together.low_cny, found.together.high_cny)
    largest = found.items[0].finding
    unpriced = sum(not f.worth_basis and f.severity in ("high", "medium") for f in dx.findings)
    return {
        "items": count(len(found.items)),
        "largest": Fact(largest.title),
        "largest_worth": Fact(span_of(largest.worth_low_cny, largest.worth_high_cny)),
        "together": Fact(span_of(*ends)),
        "basis": Fact(named("worth", found.basis)),
        "overlap": Fact(-found.overlap or None, "cny"),
        "unpriced": count(unpriced or None),
    }
