"""Star deals as ledgers: what the creator sold on the deal's days, what it cost, and what cannot be known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from factbook.measures.common import NAN, column, number, records, source_of
from factbook.measures.days import Window
from factbook.measures.fields import star_sources
from factbook.measures.ground import Ground, is_creator
from factbook.records import Period

COSTS = {"fee": "fee_cny", "gift": "gift_cost_cny", "sample": "sample_cost_cny"}
SALES = ("paid", "net", "refund", "margin", "commission")
MONEY = (*SALES, *COSTS)
BETWEEN = re.compile(r"[、,，;；/\n]+")  # how people separate products in a cell


def ledger(ground: Ground) -> pd.DataFrame:
    """One row a deal: sales, costs, `bundle` (deals of one star that share a day) and `why` sales are not known."""
    return ground.once("ledger", lambda: _ledger(ground))


def _ledger(ground: Ground) -> pd.DataFrame:
    deals = ground.case.table("star_deals")
    if deals.empty:
        return deals
    rows = [_account(ground, deal) for deal in records(bundled(deals))]
    frame = pd.DataFrame(rows)
    shared = frame["bundle"].duplicated(keep=False)
    frame.loc[shared, list(SALES)] = np.nan
    return frame.assign(why=frame["why"].mask(shared, "deals_share_days"))


def bundled(deals: pd.DataFrame) -> pd.DataFrame:
    """The deals with a number that those of one star share when their days overlap: their sales cannot be parted."""
    rows = deals.sort_values(["creator", "start", "end"], kind="stable")
    reached = rows.groupby("creator")["end"].cummax().groupby(rows["creator"]).shift()
    apart = reached.isna() | (rows["start"] > reached)
    return rows.assign(bundle=apart.cumsum()).loc[deals.index]


def together(ground: Ground, rows: pd.DataFrame) -> dict[str, Any]:
    """All of some deals as one: days that several share count once; one unknown figure leaves its sum unknown."""
    sold = [_joint(ground, bundle) for _, bundle in rows.groupby("bundle", sort=False)]
    frame = pd.DataFrame(sold)
    sums = {name: float(frame[name].sum(skipna=False)) for name in SALES}
    costs = {name: float(rows[name].sum(skipna=False)) for name in COSTS}
    sources = [text for text in frame["source"] if text]
    slots, why = float(rows["slots"].sum(skipna=False)), next((text for text in frame["why"] if text), "")
    return {**sums, **costs, "n": float(len(rows)), "source": next(iter(sources), ""), "slots": slots, "why": why}


def _joint(ground: Ground, bundle: pd.DataFrame) -> dict[str, Any]:
    """The sales of deals that share days, from the first to the last of them; rates must be the same to apply."""
    if len(bundle) == 1:
        return records(bundle)[0]
    first = records(bundle)[0]
    deal = {**first, "start": bundle["start"].min(), "end": bundle["end"].max()}
    for name in ("margin_rate", "commission_rate"):
        deal[name] = first[name] if bundle[name].nunique(dropna=False) == 1 else NAN
    return {**deal, **_earned(deal_sales(ground, deal), deal)}


def _account(ground: Ground, deal: dict[str, Any]) -> dict[str, Any]:
    """One deal as figures; an empty cell stays missing."""
    margin = number(deal, "margin")
    rates = {
        "margin_rate": ground.profile("gross_margin") if np.isnan(margin) else margin,
        "commission_rate": number(deal, "commission_rate"),
    }
    facts = {name: deal.get(name) for name in ("deal", "creator", "creator_id", "kind", "start", "end", "bundle")}
    costs = {name: number(deal, key) for name, key in COSTS.items()}
    sold = _earned(deal_sales(ground, deal), rates)
    slots = float(len(products(deal))) or NAN
    return {**facts, **rates, **costs, "slots": slots if deal.get("kind") == "mixed" else NAN, **sold}


def _earned(sold: dict[str, Any], rates: Mapping[str, float]) -> dict[str, Any]:
    net = sold["net"]
    return {**sold, "margin": net * rates["margin_rate"], "commission": net * rates["commission_rate"]}


def products(deal: Mapping[str, Any]) -> tuple[str, ...]:
    """The products a star carried in a deal, as the form names them; empty when nobody wrote them down."""
    said = deal.get("products")
    names = BETWEEN.split(said) if isinstance(said, str) else []
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))


def deal_sales(ground: Ground, deal: Mapping[str, Any]) -> dict[str, Any]:
    """Paid, net and refunds of the creator from the deal's first to its last day, and why they are missing or short."""
    mine = deal_rows(ground, deal)
    why = _absent(ground, deal, mine)
    if mine.empty:
        return {"paid": NAN, "net": NAN, "refund": NAN, "n": 0.0, "source": "", "why": why}
    names = ("paid_amount_cny", "net_paid_amount_cny", "refund_paid_time_cny")
    paid, net, refund = (float(column(mine, name).sum(min_count=1)) for name in names)
    days = float(mine["day"].nunique())
    return {"paid": paid, "net": net, "refund": refund, "n": days, "source": source_of(mine), "why": why}


def _absent(ground: Ground, deal: Mapping[str, Any], mine: pd.DataFrame) -> str:
    """Why a deal has no sales, or not all of them: it lies outside the days that the reports cover."""
    covered = ground.trade_days.union(ground.live_days)
    inside = pd.date_range(deal["start"], deal["end"]).isin(covered)
    if inside.all() and len(mine):
        return ""
    if len(mine):
        return "deal_partly_covered"
    if inside.any() or not len(covered):
        return "no_deal_sales"
    return "deal_ahead" if deal["start"] > covered.max() else "deal_before_reports"


def spans(rows: pd.DataFrame) -> pd.DatetimeIndex:
    """Every day from `start` to `end` of each row, once."""
    if rows.empty:
        return pd.DatetimeIndex([])
    days = [pd.date_range(start, end) for start, end in zip(rows["start"], rows["end"], strict=True)]
    return pd.DatetimeIndex(sorted({day for span in days for day in span}))


def joined_days(ground: Ground) -> pd.DatetimeIndex:
    """Every day of a campaign that was joined."""
    campaigns = ground.case.table("campaigns")
    return spans(campaigns[campaigns["state"] == "joined"]) if len(campaigns) else spans(campaigns)


def deal_rows(ground: Ground, deal: Mapping[str, Any]) -> pd.DataFrame:
    """The creator's rows from the deal's first to its last day, out of the best table that has some."""
    span = Window("deal", Period(deal["start"].date(), deal["end"].date()))
    for rows in _tables_of(ground, deal["creator"], deal.get("creator_id")):
        mine = span.rows(rows)
        if len(mine):
            return mine
    return pd.DataFrame()


def _tables_of(ground: Ground, creator: Any, creator_id: Any) -> list[pd.DataFrame]:
    """One creator's rows of each table that tells partners apart; several deals of a star ask for them."""

    def found() -> list[pd.DataFrame]:
        return [rows[is_creator(rows, creator, creator_id)] for rows in star_sources(ground)]

    return ground.once(f"creator {creator!r} {creator_id!r}", found)
