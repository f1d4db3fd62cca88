"""The hit test (爆品): a product a star carried, its daily sales before and after each appearance.

Days of any star deal and of joined campaigns are left out on both sides. The level that moved is an association: it
does not say why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from factbook.errors import Refused
from factbook.measures.common import Entry, Place, blanks, column, entries, records, source_of
from factbook.measures.deals import joined_days, products, spans
from factbook.measures.ground import Ground, is_creator
from factbook.methods.shift import Shift, shift

WINDOW = 28  # days looked at on either side, at most
DAILY, BEFORE, AFTER = "star_product_daily_cny", "star_product_before_cny", "star_product_after_cny"
CHANGE, RAISED, TIMES = "star_product_change", "star_product_raised", "star_product_appearances"
IDS = (DAILY, BEFORE, AFTER, CHANGE, RAISED, TIMES)
# In the order in which they are taken where two have as many days: all sales first, cards alone last.
SOURCES = ("product_list", "orders", "buyer_orders", "carrier_items")
CLOCKS = {"product_list": "date", "carrier_items": "date"}  # the others by the minute of payment
CARDS_ONLY = "product_cards_only"  # said where the days are those of the product's own card
DAY = pd.Timedelta(days=1)


@dataclass(frozen=True)
class Appearance:
    """One product in one deal: its daily sales before and after, with special days left out."""

    deal: str
    before: pd.Series
    after: pd.Series
    campaign: bool  # a joined campaign takes days away
    said: str = ""  # a reservation about the days


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Each carried product: daily sales, level before and after each appearance, and from first to last."""
    deals = ground.case.table("star_deals")
    if deals.empty:
        return [blanks(IDS, "no_star_deals")]
    kept = carried(ground, deals)
    if not kept:
        return [blanks(IDS, "no_star_products")]
    days = product_days(ground)
    if days.empty:
        return [blanks(IDS, "no_product_days")]
    return [entries(row for name, rows in kept.items() for row in _product(ground, name, rows, days))]


def product_days(ground: Ground) -> pd.DataFrame:
    """Sales by day and product out of the table that has most days of them, without what the stars sold."""
    found = [rows for name in SOURCES if len(rows := _dated(ground, name))]
    return max(found, key=lambda rows: rows["day"].nunique(), default=pd.DataFrame()).reset_index(drop=True)


def _dated(ground: Ground, name: str) -> pd.DataFrame:
    """Rows of a table that carry a product, a day and an amount."""
    table = _cards(ground.case.table(name)) if name == "carrier_items" else ground.case.table(name)
    clock = CLOCKS.get(name, "paid_at")
    if table.empty or not {"product", clock} <= set(table) or table[clock].isna().all():
        return pd.DataFrame()
    amount = "order_amount_cny" if name == "orders" else "paid_amount_cny"
    rows = table.assign(day=table[clock].dt.normalize(), product_paid_cny=column(table, amount), table=name)
    rows = rows[rows["day"].notna() & rows["product"].notna()]
    return rows[~_by_star(ground, rows)] if "account" in rows else rows


def _cards(items: pd.DataFrame) -> pd.DataFrame:
    """The product cards of 单载体构成: there the id is the product's and the title its name."""
    if items.empty:
        return items
    cards = items[items["carrier"] == "product_card"]
    return cards.assign(product=cards["content_title"], product_id=cards["content_id"])


def _by_star(ground: Ground, rows: pd.DataFrame) -> pd.Series:
    return rows["account"].isin(set(ground.case.table("star_deals")["creator"]))


def carried(ground: Ground, deals: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The deals in which each product was carried: as the form names them, else what the star's orders hold."""
    found: dict[str, list[dict[str, Any]]] = {}
    rows = deals[deals["start"] <= pd.Timestamp(ground.case.period.end)].sort_values("start")
    for deal in records(rows):
        for product in products(deal) or _ordered(ground, deal):
            found.setdefault(product, []).append(deal)
    return {product: pd.DataFrame(kept) for product, kept in found.items()}


def _ordered(ground: Ground, deal: Mapping[str, Any]) -> tuple[str, ...]:
    """Products in the orders of the star on the deal's days, the largest first."""
    orders = ground.case.table("orders")
    if orders.empty or not {"product", "paid_at", "account"} <= set(orders) or deal["kind"] != "mixed":
        return ()
    mine = orders[is_creator(orders, deal["creator"], None)]
    mine = mine[mine["paid_at"].dt.normalize().between(deal["start"], deal["end"])]
    return tuple(map(str, mine["product"].value_counts().index))


def _product(ground: Ground, name: str, deals: pd.DataFrame, days: pd.DataFrame) -> Iterator[Entry]:
    """Every figure of one product."""
    rows = days[named(days["product"], name)]
    at = Place(source_of(rows), ("product",), (name,))
    times = float(len(deals))
    yield Entry(TIMES, times, times, n=times, at=Place("intake.xlsx › star_deals", at.by, at.key))
    if rows.empty:
        yield from (Entry(id, reason="no_product_days", at=at) for id in (RAISED, CHANGE, BEFORE, AFTER))
        return
    sold = daily(rows, days)
    for day, paid in sold.items():
        place = Place(at.source, ("product", "date"), (name, f"{day:%Y-%m-%d}"), "history")
        yield Entry(DAILY, float(paid), float(paid), n=1.0, at=place)
    said = CARDS_ONLY if (rows["table"] == "carrier_items").all() else ""
    seen = [replace(one, said=said) for one in _appearances(ground, deals, sold)]
    for one in seen:
        yield from _moved(one, Place(at.source, ("product", "deal"), (name, one.deal)))
    yield _overall(seen, at)


def named(names: pd.Series, said: str) -> pd.Series:
    """Rows of a product by its name, or else by a part of it."""
    exact = names == said
    return exact if exact.any() else names.str.contains(said, regex=False).fillna(False)


def daily(rows: pd.DataFrame, days: pd.DataFrame) -> pd.Series:
    """Sales by day; zero on a day on which only other products sold, missing where there are no rows at all."""
    sold = column(rows, "product_paid_cny").groupby(rows["day"]).sum(min_count=1)
    known = pd.DatetimeIndex(sorted(days["day"].unique()))
    return sold.reindex(known, fill_value=0.0)


def _appearances(ground: Ground, deals: pd.DataFrame, sold: pd.Series) -> Iterator[Appearance]:
    fairs, starred = joined_days(ground), spans(ground.case.table("star_deals"))
    starts, ends = list(deals["start"]), list(deals["end"])
    for n, (deal, start, end) in enumerate(zip(deals["deal"], starts, ends, strict=True)):
        first = max(start - WINDOW * DAY, ends[n - 1] + DAY if n else sold.index.min())
        last = min(end + WINDOW * DAY, starts[n + 1] - DAY if n + 1 < len(starts) else sold.index.max())
        sides = [sold[first : start - DAY], sold[end + DAY : last]]
        plain = [side[~side.index.isin(fairs.union(starred))] for side in sides]
        crossed = any(side.index.isin(fairs).any() for side in sides)
        yield Appearance(str(deal), plain[0], plain[1], crossed)


def _moved(one: Appearance, at: Place) -> Iterator[Entry]:
    """Level before, level after and the change of one appearance."""
    for id, side in ((BEFORE, one.before), (AFTER, one.after)):
        level = float(side.mean()) if len(side) else np.nan
        total, n = float(side.sum()), float(len(side))
        yield Entry(id, level, total, n, n, reason="" if len(side) else "baseline_short", at=at)
    yield _change(CHANGE, one, at)


def _overall(seen: list[Appearance], at: Place) -> Entry:
    """From before the first appearance to after the last; one appearance makes no hit."""
    if len(seen) < 2:
        return Entry(RAISED, n=float(len(seen)), reason="carried_once", at=at)
    crossed = any(one.campaign for one in seen)
    return _change(RAISED, replace(seen[0], after=seen[-1].after, campaign=crossed), at)


def _change(id: str, one: Appearance, at: Place) -> Entry:
    """The level after ÷ before − 1 with its interval, or why the two cannot be compared."""
    try:
        found: Shift = shift(one.before, one.after)
    except Refused as refused:
        short = "baseline_in_campaign" if one.campaign else "baseline_short"
        why = short if refused.reason == "too_few" else refused.reason
        return Entry(id, n=float(len(one.before) + len(one.after)), reason=why, at=at)
    sides = (found.after, found.before, float(found.n))
    return Entry(id, found.change, *sides, found.low, found.high, one.said, at)
