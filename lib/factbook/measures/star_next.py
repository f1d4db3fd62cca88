"""Arithmetic on the star: the shop without the largest one, and the fee the next deal can bear."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from factbook.errors import Refused
from factbook.measures.common import NAN, Entry, Place, blanks, column, entries, records, source_of
from factbook.measures.days import Window, current
from factbook.measures.deals import ledger, together
from factbook.measures.ground import Ground, is_creator
from factbook.measures.top_kol import current_deals, largest_star
from factbook.methods.breakeven import Range, Terms, fee_worth, next_range

WITHOUT = ("without_star_paid_cny", "without_star_net_cny", "without_star_ad_cost_ratio")
LEFT = ("shop_contribution_cny", "without_star_contribution_cny")
NET, FEE, LAST = "next_deal_net_cny", "next_fee_cny", "last_fee_cny"
NEXT = (NET, FEE, LAST)


def measure(ground: Ground) -> list[pd.DataFrame]:
    """The shop without its largest star, and the next deal of every star."""
    return [_without(ground), _left(ground), _next(ground)]


def _without(ground: Ground) -> pd.DataFrame:
    """Sales and the ad cost ratio with the largest star's own sales taken out and everything else held."""
    if ground.days.empty:
        return blanks(WITHOUT, "no_report:trade_analysis")
    star = largest_star(ground, Window("current", ground.case.period))
    if star.empty:
        return blanks(WITHOUT, "no_star_sales")
    days = current(ground.case, ground.days)
    names = ("paid_amount_cny", "net_paid_amount_cny", "gmv_cny", "ad_cost_bound_cny")
    shop = {name: float(column(days, name).sum(min_count=1)) for name in names}
    mine = {name: float(column(star, name).sum(min_count=1)) for name in names[:3]}
    at, n = Place(source_of(ground.trade)), float(len(days))
    rest, ads = shop["gmv_cny"] - mine["gmv_cny"], shop["ad_cost_bound_cny"]
    made = [
        Entry(id, shop[name] - mine[name], shop[name], mine[name], n, at=at)
        for id, name in zip(WITHOUT, names, strict=False)
        if id != WITHOUT[2]
    ]
    ratio = Entry(WITHOUT[2], ads / rest if rest > 0 else NAN, ads, rest, n, at=at)
    return entries([*made, ratio])


def _left(ground: Ground) -> pd.DataFrame:
    """Contribution of the shop after ads, creators' commission and star deals; the same without the largest star."""
    accounts = ledger(ground)
    mine = current_deals(ground, accounts) if len(accounts) else accounts
    if mine.empty:
        return blanks(LEFT, "no_deal_in_period" if len(accounts) else "no_star_deals")
    whole, margin = together(ground, mine), ground.profile("gross_margin")
    days = current(ground.case, ground.days)
    net, ads = (float(column(days, name).sum(min_count=1)) for name in ("net_paid_amount_cny", "ad_cost_bound_cny"))
    fees = float(column(current(ground.case, ground.creators), "commission_estimate_cny").sum(min_count=1))
    rest = (net - whole["net"]) * margin - ads - (0.0 if ground.creators.empty else fees)
    sides = {str(star): contribution(together(ground, rows)) for star, rows in mine.groupby("creator")}
    largest = _largest(ground, mine)
    total = rest + sum(sides.values())
    why = "no_margin" if np.isnan(margin) else "deal_costs_unknown"
    at, n = Place(source_of(ground.trade)), float(len(mine))
    amounts = (total, total - sides.get(largest, NAN))
    return entries(
        Entry(id, value, n=n, reason="" if value == value else why, at=at)
        for id, value in zip(LEFT, amounts, strict=True)
    )


def contribution(account: dict[str, float]) -> float:
    """What a ledger leaves."""
    costs = account["fee"] + account["gift"] + account["sample"]
    return account["margin"] - account["commission"] - costs


def _largest(ground: Ground, mine: pd.DataFrame) -> str:
    """The star of the sheet who is the shop's largest in the period; nobody where the largest has no deal."""
    top = largest_star(ground, Window("current", ground.case.period))
    named = {str(deal["creator"]): deal for deal in records(mine)} if len(top) else {}
    return next((star for star, deal in named.items() if is_creator(top, star, deal["creator_id"]).any()), "")


def _next(ground: Ground) -> pd.DataFrame:
    accounts = ledger(ground)
    if accounts.empty:
        return blanks(NEXT, "no_star_deals")
    past = accounts[accounts["start"] <= pd.Timestamp(ground.case.period.end)]
    rows = [row for star, deals in past.groupby("creator") for row in _offer(str(star), deals.sort_values("start"))]
    return entries(rows) if rows else blanks(NEXT, "no_star_deals")


def _offer(star: str, deals: pd.DataFrame) -> Iterator[Entry]:
    """What the next deal of one star should sell and may cost: deals of the last one's kind, on its terms."""
    last = records(deals)[-1]
    alike = deals[deals["kind"] == last["kind"]] if last["kind"] is not None else deals
    past = alike["net"].dropna()
    at, n = Place(source_of_deals(alike), ("star",), (star,)), float(len(past))
    yield Entry(LAST, last["fee"], n=1.0, reason="" if last["fee"] == last["fee"] else "no_deal_costs", at=at)
    terms = Terms(last["margin_rate"], last["commission_rate"], gifts=last["gift"], samples=last["sample"])
    if past.empty or not past.gt(0).any():
        yield from (Entry(id, n=0.0, reason="no_deal_sales", at=at) for id in (NET, FEE))
        return
    try:
        expected, why = next_range(list(past)), ""
    except Refused:
        middle = float(np.exp(np.log(past[past > 0]).mean()))
        expected, why = Range(middle, middle, middle), "range_needs_three_deals"
    yield _ranged(NET, expected, why, n, at)
    fee = fee_worth(expected, terms) if terms_known(terms) else Range(NAN, NAN, NAN)
    yield _ranged(FEE, fee, why if fee.middle == fee.middle else missing(terms), n, at)


def _ranged(id: str, found: Range, why: str, n: float, at: Place) -> Entry:
    low, high = (NAN, NAN) if why else (found.low, found.high)
    return Entry(id, found.middle, n=n, low=low, high=high, reason=why, at=at)


def terms_known(terms: Terms) -> bool:
    """Whether everything but the fee was written down."""
    return not np.isnan([terms.margin, terms.commission, terms.gifts, terms.samples]).any()


def missing(terms: Terms) -> str:
    """The first of the terms that is not known."""
    gaps = {"no_margin": terms.margin, "no_commission_rate": terms.commission}
    return next((why for why, value in gaps.items() if np.isnan(value)), "no_deal_costs")


def source_of_deals(deals: pd.DataFrame) -> str:
    """Where the sales of some deals come from."""
    return next((text for text in deals["source"] if text), "intake.xlsx › star_deals")
