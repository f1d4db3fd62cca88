"""What may be said about stars: the ledger, dependence, hits, lift, returning buyers and the next fee."""

from __future__ import annotations

from factbook.display.charts.star_lift import SIGNALS
from factbook.display.tables.common import typed
from factbook.display.text.facts import Found, count, figure, figures, listed, named, ratio, same, sliced
from factbook.knowledge.readings import Fact
from factbook.knowledge.thumbs import line
from factbook.records import Diagnosis

DEAL = ("paid", "net", "margin", "commission", "fee", "gift", "sample", "contribution")


def deal_waterfall(dx: Diagnosis) -> Found:
    """The largest star's deals together, from sales to contribution, and all deals beside them."""
    star, deals = largest_star(dx)
    sums = {name: _sum(dx, star, name) for name in DEAL}
    paid, net = sums["paid"], sums["net"]
    every, others = figure(dx, "deal_contribution_cny"), len(_deals(dx)) - len(deals)
    extras = None if sums["gift"] is None or sums["sample"] is None else sums["gift"] + sums["sample"]
    return {
        **{name: Fact(value, "cny") for name, value in sums.items()},
        "who": Fact(same(star) if star else None),
        "deals": count(len(deals) or None),
        "refund": ratio(None if paid is None or net is None else paid - net, paid),
        "extras": Fact(extras, "cny"),
        "lost": Fact(_loss(sums["contribution"]), "cny"),
        "break_even": Fact(_sum(dx, star, "break_even"), "cny"),
        "others": count(others),
        "all_deals": count(others + len(deals)),
        "all_contribution": every,
        "all_lost": Fact(_loss(every.number), "cny"),
        "campaign_deals": _in_campaigns(dx),
    }


def _sum(dx: Diagnosis, star: str, name: str) -> float | None:
    """A figure of one star's deals together, as the ledger added them up."""
    return dx.measures.value(f"deal_{name}_cny", star=star) if star else None


def _loss(left: float | None) -> float | None:
    return -left if left is not None and left < 0 else None


def _in_campaigns(dx: Diagnosis) -> Fact:
    """How many deals of the period touch a campaign that was joined."""
    days = sliced(dx, "deal_campaign_days", "deal")
    return count(sum(n > 0 for n in days.values()) if days else None)


def star_dependence(dx: Diagnosis) -> Found:
    """How much of the shop rests on stars, how their refunds compare, and the shop without the largest."""
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
        "without_paid": figure(dx, "without_star_paid_cny"),
        "without_ratio": figure(dx, "without_star_ad_cost_ratio"),
        "ratio": figure(dx, "shop_ad_cost_ratio"),
        "left": figure(dx, "shop_contribution_cny"),
        "without_left": figure(dx, "without_star_contribution_cny"),
    }


def largest_star(dx: Diagnosis) -> tuple[str, tuple[str, ...]]:
    """The star who sold most in this period and that star's deals; empty when nobody sold."""
    sold = sliced(dx, "deal_paid_cny", "star")
    best = max(sold, key=lambda star: sold[star], default="")
    mine, rows = _deals(dx), typed(dx, "star_deals").to_dict("records")
    return best, tuple(str(row["deal"]) for row in rows if row.get("creator") == best and str(row["deal"]) in mine)


def _deals(dx: Diagnosis) -> set[str]:
    """The deals of the period."""
    return set(sliced(dx, "deal_fee_cny", "deal")) | set(sliced(dx, "deal_paid_cny", "deal"))


def star_baseline(dx: Diagnosis) -> Found:
    """The product carried most: its level before the first and after the last appearance."""
    times = sliced(dx, "star_product_appearances", "product")
    daily = dx.measures.select("star_product_daily_cny", ("product", "date"), "history")
    names = [name for name in times if len(daily) and (daily["product"] == name).any()]
    product = max(names, key=lambda name: times[name], default="")
    row = dx.measures.row("star_product_raised", product=product) if product else None
    known = row if row is not None and row.value is not None else None
    return {
        "product": Fact(same(product) if product else None),
        "times": count(times.get(product)),
        "before": Fact(known.denominator if known else None, "cny"),
        "after": Fact(known.numerator if known else None, "cny"),
        "change": Fact(known.value if known else None, "fraction"),
        "low": Fact(known.low if known else None, "fraction"),
        "high": Fact(known.high if known else None, "fraction"),
        "raise": Fact(line("hit_raise"), "fraction"),
        "kept_to": Fact(known.reason if known else None),
    }


def star_lift(dx: Diagnosis) -> Found:
    """Which signals stand higher after the deals, how many could be compared, and which had no days before."""
    names = [name for kind in SIGNALS.values() for name in kind]
    rows = {name: dx.measures.row("star_lift_after", signal=name) for name in names}
    known = {name: row for name, row in rows.items() if row is not None and row.value is not None}
    risen = [named("signal", name) for name, row in known.items() if row.low is not None and row.low > 0]
    short = [named("signal", name) for name, row in rows.items() if row is not None and row.value is None]
    there = known or any(dx.measures.value("star_lift_during", signal=name) is not None for name in names)
    return {
        "compared": count(len(known) if there else None),
        "risen": Fact(listed(risen)),
        "unknown_signals": count(len(short) if there else None),
        "unknown_names": Fact(listed(short)),
        "campaign_deals": _in_campaigns(dx),
    }


def star_buyers(dx: Diagnosis) -> Found:
    """Who comes back within 60 days: stars' buyers against those of the own rooms."""
    star, own = (dx.measures.row("repeat_rate_60d", source=source) for source in ("star", "own"))
    young = dx.measures.select("repeat_rate_30d", "deal", "history")
    return {
        "all": figure(dx, "repeat_rate_60d"),
        "known": figure(dx, "star_known_buyer_share"),
        "star": Fact(star.value if star else None, "fraction"),
        "own": Fact(own.value if own else None, "fraction"),
        "star_high": Fact(star.high if star else None, "fraction"),
        "own_low": Fact(own.low if own else None, "fraction"),
        "recent": count(float((young["reason"] == "follow_up_short").sum()) if len(young) else 0.0),
    }


def next_fee(dx: Diagnosis) -> Found:
    """The star whose last fee stands worst against its range, else the one worth most."""
    worth = {star: dx.measures.row("next_fee_cny", star=star) for star in sliced(dx, "next_fee_cny", "star")}
    rows = {star: row for star, row in worth.items() if row is not None and row.value is not None}
    paid = sliced(dx, "last_fee_cny", "star")

    def excess(star: str) -> tuple[float, float]:
        row = rows[star]
        over = paid.get(star, 0.0) - row.high if row.high is not None else 0.0
        return max(over, 0.0), row.value or 0.0

    star = max(rows, key=excess, default="")
    fee, net = rows.get(star), dx.measures.row("next_deal_net_cny", star=star) if star else None
    return {
        "star": Fact(same(star) if star else None),
        "deals": count(fee.n if fee else None),
        "low": Fact(fee.low if fee else None, "cny"),
        "middle": Fact(fee.value if fee else None, "cny"),
        "high": Fact(fee.high if fee else None, "cny"),
        "net_low": Fact(net.low if net else None, "cny"),
        "net_high": Fact(net.high if net else None, "cny"),
        "paid": Fact(paid.get(star), "cny"),
    }
