"""Star deals one by one: what was sold, what it cost, what is left, and how far one name carries the shop."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from factbook.measures.common import NAN, Entry, Place, blanks, column, entries, records, source_of
from factbook.measures.days import Window
from factbook.measures.deals import COSTS, deal_rows, joined_days, ledger, together
from factbook.measures.ground import Ground
from factbook.measures.heads import stars

DEAL_IDS = (
    "deal_paid_cny",
    "deal_net_cny",
    "deal_margin_cny",
    "deal_commission_cny",
    "deal_fee_cny",
    "deal_gift_cny",
    "deal_sample_cny",
    "deal_contribution_cny",
    "deal_break_even_cny",
    "deal_payback",
    "deal_fee_worth_cny",
    "deal_commission_share",
    "deal_gift_share",
    "deal_refund_rate",
    "slot_paid_cny",
    "slot_fee_cny",
    "slot_contribution_cny",
)
SHARES = ("star_share", "star_top1_share")
CAMPAIGN_DAYS = "deal_campaign_days"
COST_IDS = {f"deal_{name}_cny" for name in COSTS}


def measure(ground: Ground) -> list[pd.DataFrame]:
    """The ledger of deals (current; all of them: history), their sums, and the stars' share of the shop."""
    accounts = ledger(ground)
    if accounts.empty:
        return [blanks((*DEAL_IDS, CAMPAIGN_DAYS), "no_star_deals"), _shares(ground)]
    found = [_ledger(accounts, "history"), _shares(ground), _in_campaigns(ground, accounts, "history")]
    mine = current_deals(ground, accounts)
    if mine.empty:
        return [*found, blanks((*DEAL_IDS, CAMPAIGN_DAYS), "no_deal_in_period")]
    sums = [_rows(together(ground, mine), "current", ())]
    sums += [_rows(together(ground, rows), "current", (str(star),), "star") for star, rows in mine.groupby("creator")]
    found += [_ledger(mine, "current"), _in_campaigns(ground, mine, "current")]
    return [*found, entries(row for rows in sums for row in rows)]


def current_deals(ground: Ground, deals: pd.DataFrame) -> pd.DataFrame:
    """The deals with a day in the period."""
    period = ground.case.period
    return deals[(deals["start"] <= pd.Timestamp(period.end)) & (deals["end"] >= pd.Timestamp(period.start))]


def _ledger(accounts: pd.DataFrame, period: str) -> pd.DataFrame:
    return entries(row for deal in records(accounts) for row in _rows(deal, period, (deal["deal"],)))


def _rows(deal: dict[str, Any], period: str, key: tuple[str, ...], name: str = "deal") -> list[Entry]:
    """The ledger of one deal, of one star's deals (name `star`), or of all of them (key ())."""
    at = Place(deal["source"], (name,) if key else (), key, period)
    return [
        Entry(id, value, top, bottom, n=deal["n"], reason=_why(id, value, deal), at=at)
        for id, (value, top, bottom) in {**_money(deal), **_ratios(deal), **_slots(deal)}.items()
    ]


def _money(deal: dict[str, Any]) -> dict[str, tuple[float, float, float]]:
    """Amounts of the ledger in yuan, from sales down to what is left."""
    earned = deal["margin"] - deal["commission"]
    amounts = {
        "deal_paid_cny": deal["paid"],
        "deal_net_cny": deal["net"],
        "deal_margin_cny": deal["margin"],
        "deal_commission_cny": deal["commission"],
        **{f"deal_{name}_cny": deal[name] for name in COSTS},
        "deal_contribution_cny": earned - sum(deal[name] for name in COSTS),
        "deal_fee_worth_cny": earned - deal["gift"] - deal["sample"],
    }
    return {id: (value, NAN, NAN) for id, value in amounts.items()}


def _ratios(deal: dict[str, Any]) -> dict[str, tuple[float, float, float]]:
    """What the costs are measured by: break-even, pay-back, and shares of the margin."""
    fixed = sum(deal[name] for name in COSTS)
    earned, paid = deal["margin"] - deal["commission"], deal["paid"]
    unit = earned / paid if paid else NAN
    sides = {
        "deal_payback": (earned, fixed),
        "deal_commission_share": (deal["commission"], deal["margin"]),
        "deal_gift_share": (deal["gift"] + deal["sample"], deal["margin"]),
        "deal_refund_rate": (deal["refund"], paid),
    }
    ratios = {id: (top / bottom if bottom > 0 else NAN, top, bottom) for id, (top, bottom) in sides.items()}
    return {**ratios, "deal_break_even_cny": (fixed / unit if unit > 0 else NAN, fixed, unit)}


def _slots(deal: dict[str, Any]) -> dict[str, tuple[float, float, float]]:
    """The same per slot: one product in the star's room."""
    money, count = _money(deal), deal["slots"]
    wanted = {"slot_paid_cny": "deal_paid_cny", "slot_fee_cny": "deal_fee_cny"}
    wanted["slot_contribution_cny"] = "deal_contribution_cny"
    return {id: (money[whole][0] / count, money[whole][0], count) for id, whole in wanted.items()}


def _why(id: str, value: float, deal: dict[str, Any]) -> str:
    """The first thing that is missing for a figure of the ledger, or why it is not the whole of it."""
    cost = id in COST_IDS or id == "slot_fee_cny"
    if not np.isnan(value):
        return "" if cost else deal["why"]
    if id.startswith("slot_") and np.isnan(deal["slots"]):
        return "no_slots"
    if np.isnan(deal["paid"]) and not cost:
        return deal["why"] or "no_deal_sales"
    missing = {"net": "no_deal_refunds", "margin": "no_margin", "commission": "no_commission_rate"}
    gap = next((reason for name, reason in missing.items() if np.isnan(deal[name]) and not cost), "")
    return gap or ("no_deal_costs" if any(np.isnan(deal[name]) for name in COSTS) else _zero(id))


def _zero(id: str) -> str:
    """Why a ratio of known figures does not exist."""
    return {"deal_break_even_cny": "never_break_even", "deal_payback": "no_fixed_costs"}.get(id, "denominator_zero")


def _in_campaigns(ground: Ground, deals: pd.DataFrame, period: str) -> pd.DataFrame:
    """Days of each deal that fell into a joined campaign: its sales are the campaign's too."""
    fairs, rows = joined_days(ground), []
    for deal in records(deals):
        days = pd.date_range(deal["start"], deal["end"])
        count = float(days.isin(fairs).sum())
        at = Place("intake.xlsx › star_deals", ("deal",), (deal["deal"],), period)
        rows.append(Entry(CAMPAIGN_DAYS, count, count, float(len(days)), float(len(days)), at=at))
    return entries(rows)


def _shares(ground: Ground) -> pd.DataFrame:
    """All stars' and the largest star's share of the shop."""
    if ground.grid.empty:
        return blanks(SHARES, "no_report:trade_analysis")
    found = []
    for window in ground.trade_windows():
        rows = window.rows(ground.grid)
        total = float(rows.groupby("day")["shop_paid_cny"].first().sum())
        sold = float(rows.loc[rows["field"] == "T", "paid_amount_cny"].sum())
        known = bool(rows["stars_known"].any()) and total > 0
        at, n = Place(source_of(ground.trade), period=window.name), float(rows["day"].nunique())
        for id, paid in zip(SHARES, (sold, _largest(ground, window)), strict=True):
            value, reason = (paid / total, "") if known else (NAN, "stars_inside_alliance")
            found.append(Entry(id, value, paid, total, n, reason=reason, at=at))
    return entries(found)


def _largest(ground: Ground, window: Window) -> float:
    """Sales of the star that sold most in the window."""
    return float(column(largest_star(ground, window), "paid_amount_cny").sum())


def largest_star(ground: Ground, window: Window) -> pd.DataFrame:
    """Rows in the window of the star that sold most in it; none where no star sold."""
    ends = {"start": pd.Timestamp(window.period.start), "end": pd.Timestamp(window.period.end)}
    sold = [deal_rows(ground, {**star, **ends}) for star in records(stars(ground).drop_duplicates("creator"))]
    return max(sold, key=lambda rows: float(column(rows, "paid_amount_cny").sum()), default=pd.DataFrame())
