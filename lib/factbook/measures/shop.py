"""The whole shop by day: sales, refunds, prices, product funnel and costs, from 成交分析."""

from __future__ import annotations

import numpy as np
import pandas as pd

from factbook.knowledge.exports import exports
from factbook.measures.common import Ratio, column, pool, source_of, tally
from factbook.measures.days import Window, calendar, current, whole_weeks
from factbook.measures.ground import ADDITIVE, SIDES, Ground

SHOP = (
    Ratio("paid_amount_cny", "paid_amount_cny"),
    Ratio("net_paid_amount_cny", "net_paid_amount_cny"),
    Ratio("gmv_cny", "gmv_cny"),
    Ratio("net_gmv_cny", "net_gmv_cny"),
    Ratio("orders", "orders"),
    Ratio("items", "items"),
    Ratio("refund_rate", "refund_paid_time_cny", "paid_amount_cny"),
    Ratio("paid_per_order_cny", "paid_amount_cny", "orders"),
    Ratio("price_per_item_cny", "paid_amount_cny", "items"),
    Ratio("product_ctr_times", "product_clicks", "product_impressions"),
    Ratio("shop_click_to_pay_times", "orders", "product_clicks"),
    Ratio("gpm_product_impressions", "paid_amount_cny", "product_impressions", 1000),
    Ratio("ad_cost_cny", "ad_cost_bound_cny"),
    Ratio("shop_ad_cost_ratio", "ad_cost_bound_cny", "gmv_cny"),
    Ratio("ad_gmv_share", "ad_gmv_cny", "gmv_cny"),
)
# People are de-duplicated within a day, so they come from the day's total row, never from details added up.
WHOLE = (
    Ratio("buyer_days", "buyers"),
    Ratio("paid_per_buyer_cny", "paid_amount_cny", "buyers"),
    Ratio("shop_total_cost_ratio", "total_cost_cny", "gmv_cny"),
)
SHELF = (
    Ratio("shelf_click_to_pay_times", "orders", "product_clicks"),
    Ratio("shelf_product_ctr_times", "product_clicks", "product_impressions"),
    Ratio("shelf_gpm", "paid_amount_cny", "product_impressions", 1000),
)
SHELF_SHARE = Ratio("shelf_share", "shelf_paid_cny", "paid_amount_cny")
PARTS = (  # table, slice, Ratios: what the platform prints for the whole period of a file
    ("products", "product"),
    ("price_bands", "price_band"),
)
PART = (
    Ratio("paid_amount_cny", "paid_amount_cny"),
    Ratio("refund_rate", "refund_paid_time_cny", "paid_amount_cny"),
)
MOST_PRODUCTS = 50
WHOLE_WITHIN = 0.01  # accounts that miss more than this of a day's sales are not all of them


def shop_days(ground: Ground) -> pd.DataFrame:
    """One row per day: amounts from the details, people from the day's total, costs from the accounts."""
    if ground.trade.empty:
        return pd.DataFrame()
    days = pool(ground.trade, ["day"], ADDITIVE).set_index("day")
    shelf = ground.trade[ground.trade["carrier"] == "product_card"]
    days["shelf_paid_cny"] = shelf.groupby("day")["paid_amount_cny"].sum().reindex(days.index, fill_value=0.0)
    days["buyers"] = _total_buyers(ground).reindex(days.index)
    days["total_cost_cny"] = days["ad_cost_bound_cny"] + _commission(ground, days["paid_amount_cny"])
    days = days.reset_index()
    return calendar(days, days["day"])


def _total_buyers(ground: Ground) -> pd.Series:
    """成交人数 of the shop by day, as the total row prints it."""
    rows = total_rows(ground)
    return column(rows, "buyers").groupby(rows["day"]).first()


def total_rows(ground: Ground) -> pd.DataFrame:
    """The shop's total row of each day."""
    table = ground.case.table("trade_daily")
    total = (table["party"] == "all") & (table["carrier"] == "all") & (table["slot"] == "all")
    return table[total].rename(columns={"date": "day"})


def _commission(ground: Ground, paid: pd.Series) -> pd.Series:
    """Platform and creator commission by day; only the sheets of accounts and carriers print it.

    A day counts only where the accounts add up to the shop: a list of some accounts holds some commission.
    """
    rows = commission_rows(ground)
    if rows.empty:
        return pd.Series(np.nan, index=paid.index)
    daily = pool(rows, ["day"], ["commission", "paid_amount_cny"]).set_index("day").reindex(paid.index)
    whole = (daily["paid_amount_cny"] - paid).abs() <= WHOLE_WITHIN * paid
    return daily["commission"].where(whole)


def commission_rows(ground: Ground) -> pd.DataFrame:
    """Rows of 载体构成 that add up to the shop, with `day` and `commission`, the platform's and the creators'."""
    table = ground.case.table("carrier_accounts")
    if table.empty:
        return table
    rows = table[table["party"].isin(SIDES) & (table["carrier"] != "all")]
    if "account_role" in rows:
        rows = rows[rows["account_role"] != "overlap"]
    both = column(rows, "platform_commission_cny") + column(rows, "creator_commission_cny")
    return rows.rename(columns={"date": "day"}).assign(commission=both)


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Shop and shelf at the whole period, by day, by week and by party and carrier."""
    days = ground.days
    if days.empty:
        return []
    source = source_of(ground.trade)
    weeks = days[days["week"].isin(whole_weeks(ground.trade_days))]
    everything = (*SHOP, *WHOLE, SHELF_SHARE)
    found = [tally(weeks, everything, ("week",), "history", source)]
    found.append(tally(days, SHOP[:2], ("date",), "history", source))
    for window in ground.trade_windows():
        rows = window.rows(days)
        found += [tally(rows, everything, (), window.name, source), *_carriers(ground, window)]
    found.append(tally(current(ground.case, days), everything, ("date",), source=source))
    return [*found, *_parts(ground)]


def _carriers(ground: Ground, window: Window) -> list[pd.DataFrame]:
    """The shop's figures by party and carrier, and the shelf's own."""
    rows = window.rows(ground.trade)
    if rows.empty:
        return []
    source = source_of(rows)
    split = pool(rows, ["day", "party", "carrier"], ADDITIVE)
    shelf = pool(rows[rows["carrier"] == "product_card"], ["day"], ADDITIVE)
    return [
        tally(split, SHOP, ("party", "carrier"), window.name, source),
        tally(shelf, SHELF, (), window.name, source),
    ]


def _parts(ground: Ground) -> list[pd.DataFrame]:
    """Products and price bands of the whole period, largest first; totals beside details are left out."""
    found = []
    for table, name in PARTS:
        rows = part_rows(ground, table, name)
        if rows.empty:
            continue
        largest = rows.groupby(name)["paid_amount_cny"].sum().nlargest(MOST_PRODUCTS).index
        ratios = [ratio for ratio in PART if ratio.numerator in rows and rows[ratio.numerator].notna().any()]
        found.append(tally(rows[rows[name].isin(largest)], ratios, (name,)))
    return found


def part_rows(ground: Ground, table: str, name: str) -> pd.DataFrame:
    """Rows of a sheet that pictures a whole period, if that lies in the one diagnosed; totals left out."""
    rows = ground.case.table(table)
    if rows.empty or name not in rows:
        return pd.DataFrame()
    rows = rows[rows["_file"].isin(_files_inside(ground)) & ~rows[name].isin(exports().markers.totals)]
    return rows[rows["carrier"] != "all"] if "carrier" in rows else rows


def _files_inside(ground: Ground) -> set[str]:
    """Files whose own period lies within the one diagnosed: their undated sheets speak for it."""
    period, files = ground.case.period, ground.case.files
    spans = {record.name: record.period for record in files if record.period is not None}
    return {name for name, span in spans.items() if period.start <= span.start and span.end <= period.end}
