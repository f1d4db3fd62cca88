"""Rows behind the figures of stars and of returning buyers."""

from __future__ import annotations

import pandas as pd

from factbook.measures import buyers, creator_loyalty, star_products
from factbook.measures.addressed_frame import Frame
from factbook.measures.addressed_sales import stacked
from factbook.measures.days import iso
from factbook.measures.deals import joined_days
from factbook.measures.ground import Ground


def buyer_rows(ground: Ground) -> pd.DataFrame:
    """Each buyer's first order, with the star deal it fell into and the kind of creator it came through."""
    rows = buyers.buyers(ground)
    rows = rows.assign(label=creator_loyalty.label_buyers(ground, rows)) if len(rows) else rows
    for deal, found in buyers.deal_buyers(ground, rows).items() if len(rows) else ():
        rows.loc[found.index, "deal"] = deal
    return rows


def carried(ground: Ground) -> pd.DataFrame:
    """Rows of the star sheet, once for each product carried."""
    deals = ground.case.table("star_deals")
    kept = star_products.carried(ground, deals) if len(deals) else {}
    return stacked([rows.assign(product=name, one=1.0) for name, rows in kept.items()])


def product_rows(ground: Ground) -> pd.DataFrame:
    """Daily sales of each product a star carried, under the name the form gives it."""
    deals = ground.case.table("star_deals")
    kept = star_products.carried(ground, deals) if len(deals) else {}
    days = star_products.product_days(ground) if kept else pd.DataFrame()
    if days.empty:
        return days
    found = [days[star_products.named(days["product"], name)].assign(product=name) for name in kept]
    rows = stacked(found)
    return rows.assign(date=iso(rows["day"])) if len(rows) else rows


def deal_days(ground: Ground) -> pd.DataFrame:
    """Rows of the star sheet with their days, and how many of them lie in a joined campaign."""
    deals, fairs = ground.case.table("star_deals"), joined_days(ground)
    if deals.empty:
        return deals
    days = [pd.date_range(start, end) for start, end in zip(deals["start"], deals["end"], strict=True)]
    inside = [float(span.isin(fairs).sum()) for span in days]
    return deals.assign(in_campaign=inside, days=[float(len(span)) for span in days])


FRAMES: tuple[Frame, ...] = (
    Frame("buyers", buyer_rows, dated=False),
    Frame("star_buyers", buyers.known_rows, dated=False),
    Frame("carried", carried, dated=False),
    Frame("star_products", product_rows, dated=False),
    Frame("deal_days", deal_days, dated=False),
)
