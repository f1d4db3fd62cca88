"""The product mix: roles from the form, concentration, price bands and what single products bring back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from factbook.measures import shop
from factbook.measures.common import Entry, Place, Ratio, blanks, column, entries, pool, source_of, tally
from factbook.measures.ground import Ground

ROLE = (
    Ratio("role_paid_cny", "paid_amount_cny"),
    Ratio("role_click_to_pay", "orders", "product_clicks"),
    Ratio("role_refund_rate", "refund_paid_time_cny", "paid_amount_cny"),
    Ratio("role_margin", "margin_cny", "priced_cny", zero="no_margin"),
    Ratio("role_gross_profit_cny", "gross_profit_cny"),
)
SHARES = {"role_share": "paid_amount_cny", "role_exposure_share": "product_impressions"}
NEW_BUYERS = Ratio("role_new_buyer_share", "first_buyers", "known_buyers")
ONE_PRODUCT = (Ratio("product_click_to_pay", "orders", "product_clicks"),)
PRINTED = {
    "product_quality_return_rate": "quality_return_rate_printed",
    "product_bad_review_rate": "bad_review_rate_printed",
}
BAND_SHARE, BAND_PAY = "band_share", "band_click_to_pay"
TOPS = {"product_top1_share": 1, "product_top3_share": 3}
COUNT, MISSING, STOCK = "role_products", "roles_missing", "product_stock_outs"
ROLES = ("traffic", "lead", "profit", "welfare", "launch", "platform", "hit", "second", "value")
NO_ROLE = "none"


@dataclass(frozen=True, slots=True)
class Need:
    """Something a mix must do, and the roles that do it."""

    name: str
    roles: tuple[str, ...]


NEEDS = (  # bring people, carry the sales, earn, win new buyers
    Need("traffic", ("traffic",)),
    Need("lead", ("lead", "hit")),
    Need("profit", ("profit",)),
    Need("new", ("welfare", "launch", "platform")),
)
SUMS = (
    "paid_amount_cny",
    "orders",
    "product_clicks",
    "product_impressions",
    "refund_paid_time_cny",
    "margin_cny",
    "priced_cny",
    "gross_profit_cny",
)


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Roles, concentration, single products and price bands of the period."""
    rows = role_rows(ground)
    found = [blanks([STOCK], "no_stock"), *_bands(ground), *_printed(ground), _missing(ground)]
    if rows.empty:
        reason = "no_report:trade_analysis" if ground.case.table("products").empty else "no_rows"
        ids = [*(r.id for r in (*ROLE, *ONE_PRODUCT, NEW_BUYERS)), *SHARES, *TOPS]
        return [*found, blanks(ids, reason)]
    once = pool(rows, ["product", "role"], SUMS)
    source = source_of(rows)
    return [
        *found,
        *_roles(ground, once, source),
        _tops(once, source),
        tally(once, ONE_PRODUCT, ("product",), source=source),
    ]


def role_rows(ground: Ground) -> pd.DataFrame:
    """Rows of 商品构成 with their role and margin; what the form does not name has the role `none`."""
    rows = shop.part_rows(ground, "products", "product")
    return _with_roles(ground, rows) if len(rows) else rows


def _with_roles(ground: Ground, rows: pd.DataFrame) -> pd.DataFrame:
    """Role and margin by product id, else by name."""
    sheet = roles(ground)
    by_id = sheet.dropna(subset="product_id").drop_duplicates("product_id").set_index("product_id")
    by_name = sheet.drop_duplicates("product").set_index("product")
    ids = rows["product_id"] if "product_id" in rows else pd.Series(None, index=rows.index, dtype=object)
    role, margin = (
        ids.map(by_id[name].to_dict()).astype(object).where(ids.isin(by_id.index), rows["product"].map(by_name[name]))
        for name in ("role", "margin")
    )
    paid, refund = column(rows, "paid_amount_cny"), column(rows, "refund_paid_time_cny")
    margin = margin.astype(float)
    return rows.assign(
        role=role.astype(object).where(role.notna(), NO_ROLE),
        margin_cny=margin * paid,
        priced_cny=paid.where(margin.notna()),
        gross_profit_cny=margin * (paid - refund),
    )


def roles(ground: Ground) -> pd.DataFrame:
    """The form's sheet, one row a product: what holds everywhere before what holds in one place alone."""
    sheet = ground.case.table("product_roles")
    names = ["product", "product_id", "role", "margin"]
    if sheet.empty:
        return pd.DataFrame(columns=names)
    sheet = sheet.reindex(columns=[*names, "scene", "_file", "_sheet", "_row"])
    everywhere = sheet["scene"].notna() & (sheet["scene"] != "own_live")
    return sheet.assign(later=everywhere).sort_values("later", kind="stable").drop_duplicates("product")


def _roles(ground: Ground, once: pd.DataFrame, source: str) -> list[pd.DataFrame]:
    ids = [*(ratio.id for ratio in (*ROLE, NEW_BUYERS)), *SHARES]
    if roles(ground).empty:
        return [blanks(ids, "no_product_roles")]
    buyers = buyer_rows(ground)
    new = tally(buyers, (NEW_BUYERS,), ("role",)) if len(buyers) else blanks([NEW_BUYERS.id], "no_report:product_list")
    return [tally(once, ROLE, ("role",), source=source), _shares(once, source), new]


def _shares(once: pd.DataFrame, source: str) -> pd.DataFrame:
    """Each role's part of all sales and of all product impressions."""
    sums, n = once.groupby("role")[list(SHARES.values())].sum(min_count=1), float(len(once))
    return entries(
        Entry(id, part / whole if whole > 0 else np.nan, part, whole, n, at=Place(source, ("role",), (str(role),)))
        for id, name in SHARES.items()
        for whole in [float(sums[name].sum())]
        for role, part in sums[name].items()
    )


def buyer_rows(ground: Ground) -> pd.DataFrame:
    """Rows of 商品列表 that tell first buyers from repeat ones, with the product's role."""
    rows = list_rows(ground)
    if rows.empty or "first_buyers" not in rows:
        return pd.DataFrame()
    known = column(rows, "first_buyers") + column(rows, "repeat_buyers")
    rows = rows.assign(known_buyers=known)
    return _with_roles(ground, rows)[known.notna()]


def list_rows(ground: Ground) -> pd.DataFrame:
    """Rows of 商品列表 that speak for the period; a list without dates is taken as the period's."""
    rows = ground.case.table("product_list")
    if rows.empty:
        return rows
    starts, ends = rows["period_start"], rows["period_end"]
    inside = ground.case.period.contains(starts) & ground.case.period.contains(ends)
    return rows[inside | (starts.isna() & ends.isna())]


def _missing(ground: Ground) -> pd.DataFrame:
    """How many products have each role, and how many of the needs no product meets."""
    sheet = roles(ground)
    if sheet.empty:
        return blanks([COUNT, MISSING], "no_product_roles")
    counts, n = sheet["role"].value_counts(), float(len(sheet))
    source = "intake.xlsx › product_roles"
    unmet = [need for need in NEEDS if not any(counts.get(role, 0) for role in need.roles)]
    each = [Entry(COUNT, float(counts.get(role, 0)), n=n, at=Place(source, ("role",), (role,))) for role in ROLES]
    needs = [Entry(MISSING, float(need in unmet), n=n, at=Place(source, ("need",), (need.name,))) for need in NEEDS]
    return entries([*each, *needs, Entry(MISSING, float(len(unmet)), n=n, at=Place(source))])


def first_products(ground: Ground, count: int) -> pd.DataFrame:
    """Rows of the products that sold most."""
    rows = role_rows(ground)
    if rows.empty:
        return rows
    names = rows.groupby("product")["paid_amount_cny"].sum().nlargest(count).index
    return rows[rows["product"].isin(names)]


def _tops(once: pd.DataFrame, source: str) -> pd.DataFrame:
    paid = once.groupby("product")["paid_amount_cny"].sum()
    whole, n, at = float(paid.sum()), float(len(paid)), Place(source)
    if not whole > 0:
        return blanks(TOPS, "denominator_zero")
    tops = {id: float(paid.nlargest(count).sum()) for id, count in TOPS.items()}
    return entries(Entry(id, top / whole, top, whole, n, at=at) for id, top in tops.items())


def _printed(ground: Ground) -> list[pd.DataFrame]:
    """Rates that the platform prints by product; without their parts they are shown as printed."""
    rows = list_rows(ground)
    if rows.empty:
        return [blanks(PRINTED, "no_report:product_list")]
    rows, source = rows.drop_duplicates("product", keep="last"), source_of(rows)
    return [
        entries(
            Entry(id, value, n=1, at=Place(source, ("product",), (str(product),)))
            for id, name in PRINTED.items()
            for product, value in zip(rows["product"], column(rows, name), strict=True)
        )
    ]


def _bands(ground: Ground) -> list[pd.DataFrame]:
    """Share of each price band, and its click-to-pay rate as printed."""
    rows = shop.part_rows(ground, "price_bands", "price_band")
    if rows.empty:
        reason = "no_report:trade_analysis" if ground.case.table("price_bands").empty else "no_rows"
        return [blanks([BAND_SHARE, BAND_PAY], reason)]
    paid, source = column(rows, "paid_amount_cny"), source_of(rows)
    whole = float(paid.sum())
    found = []
    for band, amount, rate in zip(rows["price_band"], paid, column(rows, "click_to_pay_times_printed"), strict=True):
        at = Place(source, ("price_band",), (str(band),))
        found += [
            Entry(BAND_SHARE, amount / whole if whole > 0 else np.nan, amount, whole, float(len(rows)), at=at),
            Entry(BAND_PAY, rate, n=1, at=at),
        ]
    return [entries(found)]
