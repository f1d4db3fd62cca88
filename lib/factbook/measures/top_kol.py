"""Star deals one by one: what was sold, what it cost, what is left, and how far one name carries the shop."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from factbook.measures.common import NAN, Entry, Place, blanks, column, entries, number, records, source_of
from factbook.measures.days import Window
from factbook.measures.fields import star_sources
from factbook.measures.ground import Ground, is_creator
from factbook.records import Period

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
    "deal_refund_rate",
)
SHARES = ("star_share", "star_top1_share")
COSTS = {"fee": "fee_cny", "gift": "gift_cost_cny", "sample": "sample_cost_cny"}


def measure(ground: Ground) -> list[pd.DataFrame]:
    """The ledger of deals (current; all of them: history), their sums, and the stars' share of the shop."""
    deals = ground.case.table("star_deals")
    if deals.empty:
        return [blanks(DEAL_IDS, "no_star_deals"), _shares(ground, deals)]
    ledger = pd.DataFrame([_deal(ground, deal) for deal in records(deals)])
    period = ground.case.period
    current = (ledger["start"] <= pd.Timestamp(period.end)) & (ledger["end"] >= pd.Timestamp(period.start))
    found = [_ledger(ledger, "history"), _shares(ground, deals)]
    if not current.any():
        return [*found, blanks(DEAL_IDS, "no_deal_in_period")]
    mine = ledger[current]
    sums = [_rows(_sum(mine), "current", ())]
    sums += [_rows(_sum(rows), "current", (str(star),), "star") for star, rows in mine.groupby("creator")]
    return [*found, _ledger(mine, "current"), entries(row for rows in sums for row in rows)]


def _deal(ground: Ground, deal: dict[str, Any]) -> dict[str, Any]:
    """One deal as figures: sales of the creator on its days, and its costs; an empty cell stays missing."""
    sold = deal_sales(ground, deal)
    margin = number(deal, "margin")
    margin = ground.profile("gross_margin") if np.isnan(margin) else margin
    rate, net = number(deal, "commission_rate"), sold["net"]
    costs = {name: number(deal, key) for name, key in COSTS.items()}
    facts = {
        "deal": str(deal["deal"]),
        "creator": deal["creator"],
        "start": deal["start"],
        "end": deal["end"],
    }
    return {**facts, **sold, **costs, "margin": net * margin, "commission": net * rate}


def deal_sales(ground: Ground, deal: dict[str, Any]) -> dict[str, Any]:
    """Paid, net and refunds of the creator from the deal's first to its last day."""
    mine = deal_rows(ground, deal)
    if mine.empty:
        return {"paid": NAN, "net": NAN, "refund": NAN, "n": 0.0, "source": ""}
    names = ("paid_amount_cny", "net_paid_amount_cny", "refund_paid_time_cny")
    paid, net, refund = (float(column(mine, name).sum(min_count=1)) for name in names)
    days = float(mine["day"].nunique())
    return {"paid": paid, "net": net, "refund": refund, "n": days, "source": source_of(mine)}


def deal_rows(ground: Ground, deal: dict[str, Any]) -> pd.DataFrame:
    """The creator's rows from the deal's first to its last day, out of the best table that has some."""
    span = Window("deal", Period(deal["start"].date(), deal["end"].date()))
    for rows in star_sources(ground):
        mine = span.rows(rows[is_creator(rows, deal["creator"], deal.get("creator_id"))])
        if len(mine):
            return mine
    return pd.DataFrame()


def _sum(ledger: pd.DataFrame) -> dict[str, Any]:
    """All deals together; one unknown figure leaves its sum unknown."""
    money = ["paid", "net", "refund", "margin", "commission", *COSTS]
    return {**ledger[money].sum(skipna=False), "n": float(len(ledger)), "source": ledger["source"].iloc[0]}


def _ledger(ledger: pd.DataFrame, period: str) -> pd.DataFrame:
    return entries(row for deal in records(ledger) for row in _rows(deal, period, (deal["deal"],)))


def _rows(deal: dict[str, Any], period: str, key: tuple[str, ...], name: str = "deal") -> list[Entry]:
    """The ledger of one deal, of one star's deals (name `star`), or of all of them (key ())."""
    fixed = sum(deal[name] for name in COSTS)
    left = deal["margin"] - deal["commission"] - fixed
    unit = (deal["margin"] - deal["commission"]) / deal["paid"] if deal["paid"] else NAN
    figures = {
        "deal_paid_cny": (deal["paid"], NAN, NAN),
        "deal_net_cny": (deal["net"], NAN, NAN),
        "deal_margin_cny": (deal["margin"], NAN, NAN),
        "deal_commission_cny": (deal["commission"], NAN, NAN),
        **{f"deal_{name}_cny": (deal[name], NAN, NAN) for name in COSTS},
        "deal_contribution_cny": (left, NAN, NAN),
        "deal_break_even_cny": (fixed / unit if unit > 0 else NAN, fixed, unit),
        "deal_refund_rate": (
            deal["refund"] / deal["paid"] if deal["paid"] else NAN,
            deal["refund"],
            deal["paid"],
        ),
    }
    at = Place(deal["source"], (name,) if key else (), key, period)
    return [
        Entry(id, value, top, bottom, n=deal["n"], reason=_why(id, value, deal, unit), at=at)
        for id, (value, top, bottom) in figures.items()
    ]


def _why(id: str, value: float, deal: dict[str, Any], unit: float) -> str:
    """The first thing that is missing for a figure of the ledger."""
    if not np.isnan(value):
        return ""
    if np.isnan(deal["paid"]) and id not in {f"deal_{name}_cny" for name in COSTS}:
        return "no_deal_sales"
    if id == "deal_break_even_cny" and unit <= 0:
        return "never_break_even"
    missing = {"margin": "no_margin", "commission": "no_commission_rate"}
    return next((reason for name, reason in missing.items() if np.isnan(deal[name])), "no_deal_costs")


def _shares(ground: Ground, deals: pd.DataFrame) -> pd.DataFrame:
    """All stars' and the largest star's share of the shop."""
    if ground.grid.empty:
        return blanks(SHARES, "no_report:trade_analysis")
    found = []
    for window in ground.trade_windows():
        rows = window.rows(ground.grid)
        total = float(rows.groupby("day")["shop_paid_cny"].first().sum())
        stars = float(rows.loc[rows["field"] == "T", "paid_amount_cny"].sum())
        known = bool(rows["stars_known"].any()) and total > 0
        at, n = Place(source_of(ground.trade), period=window.name), float(rows["day"].nunique())
        for id, paid in zip(SHARES, (stars, _largest(ground, deals, window)), strict=True):
            value, reason = (paid / total, "") if known else (NAN, "stars_inside_alliance")
            found.append(Entry(id, value, paid, total, n, reason=reason, at=at))
    return entries(found)


def _largest(ground: Ground, deals: pd.DataFrame, window: Window) -> float:
    """Sales of the star that sold most in the window."""
    rows = largest_star(ground, deals, window)
    return float(column(rows, "paid_amount_cny").sum())


def largest_star(ground: Ground, deals: pd.DataFrame, window: Window) -> pd.DataFrame:
    """Rows in the window of the star that sold most in it; none where no star sold."""
    stars = records(deals.drop_duplicates("creator")) if len(deals) else []
    ends = {"start": pd.Timestamp(window.period.start), "end": pd.Timestamp(window.period.end)}
    sold = [deal_rows(ground, {**star, **ends}) for star in stars]
    return max(sold, key=lambda rows: float(column(rows, "paid_amount_cny").sum()), default=pd.DataFrame())
