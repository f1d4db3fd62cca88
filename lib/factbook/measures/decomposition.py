"""Why sales moved: the room's chain step by step against the period before, and the fields beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from factbook.measures.common import NAN, Entry, Place, blanks, column, entries, source_of
from factbook.measures.ground import Ground
from factbook.methods.lmdi import decompose
from factbook.records import Measures

CHANGE, BY_STEP, BY_FIELD, MIGRATION = "room_change_cny", "change_by_step_cny", "change_by_field_cny", "field_migration"
STEP, REST = ("step",), "rest"
LEFT = "field_contribution_cny"
PEOPLE = (
    "room_impression_users",
    "viewers",
    "product_impression_users",
    "product_click_users",
    "buyers",
    "paid_amount_cny",
)
NEEDS_BEFORE = "no_previous"


@dataclass(frozen=True, slots=True)
class Step:
    """A link of the room's chain: its name as a slice, and the metric that is its rate (or its first count)."""

    name: str
    metric: str


STEPS = (
    Step("impressions", "room_impression_users"),
    Step("entry", "entry_rate"),
    Step("product", "view_to_product_impression"),
    Step("click", "product_ctr_users"),
    Step("pay", "click_to_pay_users"),
    Step("order", "room_paid_per_buyer_cny"),
)


def measure(so_far: Measures, ground: Ground) -> list[pd.DataFrame]:
    """Changes against the period before; each says why where there is nothing to compare with."""
    return [_by_step(ground), *_by_field(so_far), contributions(so_far, ground)]


# ------------------------------------------------------------------ the room, step by step


def whole_chain(rows: pd.DataFrame) -> pd.Series:
    """Sessions of which every step of the chain is known."""
    return pd.DataFrame({name: column(rows, name) for name in PEOPLE}).notna().all(axis=1)


def chain(rows: pd.DataFrame) -> dict[str, float]:
    """The factors whose product is the sales of these sessions; a rate of nothing is zero."""
    sums = [float(column(rows, name).sum()) for name in PEOPLE]
    rates = [after / before if before else 0.0 for before, after in pairwise(sums)]
    return dict(zip((step.name for step in STEPS), (sums[0], *rates), strict=True))


def _by_step(ground: Ground) -> pd.DataFrame:
    """The change of the own rooms' sales: what each step brought, and what sessions without a whole chain brought."""
    if ground.own.empty:
        return blanks([CHANGE, BY_STEP], ground.no_sessions(ground.partner, "no_own_sessions"))
    spans = {window.name: window.rows(ground.own) for window in ground.live_windows()}
    if "previous" not in spans:
        return blanks([CHANGE, BY_STEP], NEEDS_BEFORE)
    now, before = spans["current"], spans["previous"]
    paid = [float(column(rows, "paid_amount_cny").sum()) for rows in (before, now)]
    parts = room_parts(before, now, paid)
    source, n = source_of(now), float(len(now))
    total = Entry(CHANGE, paid[1] - paid[0], n=n, at=Place(source))
    steps = (Entry(BY_STEP, part, n=n, at=Place(source, STEP, (name,))) for name, part in parts.items())
    return entries([total, *steps])


def room_parts(before: pd.DataFrame, now: pd.DataFrame, paid: list[float]) -> dict[str, float]:
    """Contribution of each step, and `rest` for what sessions with a missing step sold more or less."""
    kept = [rows[whole_chain(rows)] for rows in (before, now)]
    parts = decompose(*(chain(rows) for rows in kept))
    known = [float(column(rows, "paid_amount_cny").sum()) for rows in kept]
    rest = (paid[1] - known[1]) - (paid[0] - known[0])
    return {**parts, REST: rest} if sum(map(len, kept)) < len(before) + len(now) else parts


# ------------------------------------------------------------------ the fields


def _by_field(so_far: Measures) -> list[pd.DataFrame]:
    """What each field and carrier sold more or less, and how its share moved; shares are added up, never averaged."""
    fields, shares = (
        moved(so_far, *pair, ("field",)) for pair in (("field_paid_cny", BY_FIELD), ("field_share", MIGRATION))
    )
    finer = moved(so_far, "field_paid_cny", BY_FIELD, ("field", "carrier"))
    return [fields, shares, finer[finer["by"].map(bool)]]  # where nothing can be compared, one row says so


def moved(so_far: Measures, id: str, into: str, by: tuple[str, ...]) -> pd.DataFrame:
    """One metric's slices now less those of the period before; a slice that is new or gone counts from zero."""
    now, before = (_slices(so_far, id, by, period) for period in ("current", "previous"))
    if not now:
        return blanks([into], "no_report:trade_analysis")
    if not before:
        return blanks([into], NEEDS_BEFORE)
    return entries(_moves(now, before, into, by))


def _slices(
    so_far: Measures, id: str, by: tuple[str, ...], period: str
) -> dict[tuple[str, ...], tuple[float, str, str]]:
    rows = so_far.select(id, by, period)
    figures = zip(rows["key"], rows["value"], rows["reason"], rows["source"], strict=True)
    return {key: (float(value), reason, source) for key, value, reason, source in figures}


Slices = Mapping[tuple[str, ...], tuple[float, str, str]]


def _moves(now: Slices, before: Slices, into: str, by: tuple[str, ...]) -> Iterable[Entry]:
    nothing = (0.0, "", next(iter(now.values()))[2])
    for key in {**now, **before}:
        (value, reason, source), (earlier, other, _) = now.get(key, nothing), before.get(key, nothing)
        change = value - earlier
        yield Entry(into, change if change == change else NAN, reason=reason or other, at=Place(source, by, key))


# ------------------------------------------------------------------ what each field leaves


@dataclass(frozen=True, slots=True)
class Costs:
    """A field's own costs: metrics in yuan, and metrics that are rates of its sales after refunds."""

    field: str
    amounts: tuple[str, ...] = ()
    rates: tuple[str, ...] = ()


COSTS = (
    Costs("F", amounts=("room_ad_cost_cny",)),
    Costs("A", rates=("creator_commission_rate",)),
    Costs("S"),
)
NO_COST = ("no_ads",)  # reasons that mean a cost of zero


def contributions(so_far: Measures, ground: Ground) -> pd.DataFrame:
    """Sales after refunds × margin less the field's own costs; stars as their ledger has it."""
    margin = ground.profile("gross_margin")
    found = [_left(so_far, costs, margin) for costs in COSTS]
    stars = so_far.row("deal_contribution_cny")
    at = Place(stars.source if stars else "", ("field",), ("T",))
    if stars is None or stars.value is None:
        found.append(Entry(LEFT, reason=(stars.reason if stars else "") or "no_star_deals", at=at))
    else:
        found.append(Entry(LEFT, stars.value, at=at))
    return entries(found)


def _left(so_far: Measures, costs: Costs, margin: float) -> Entry:
    net = so_far.row("field_net_paid_cny", field=costs.field)
    at = Place(net.source if net else "", ("field",), (costs.field,))
    if net is None or net.value is None:
        return Entry(LEFT, reason=(net.reason if net else "") or "no_report:trade_analysis", at=at)
    if not margin > 0:
        return Entry(LEFT, reason="no_margin", at=at)
    if not net.value:
        return Entry(LEFT, reason="no_values", at=at)
    spent = [so_far.row(id) for id in (*costs.amounts, *costs.rates)]
    missing = next((row.reason for row in spent if row and row.value is None and row.reason not in NO_COST), "")
    if missing or None in spent:
        return Entry(LEFT, reason=missing or "no_values", at=at)
    values = [row.value or 0.0 for row in spent if row]
    amounts, rates = sum(values[: len(costs.amounts)]), sum(values[len(costs.amounts) :])
    left = net.value * (margin - rates) - amounts
    return Entry(LEFT, left, left, net.value, net.n if net.n is not None else NAN, at=at)
