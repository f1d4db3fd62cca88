"""Refunds by stage, as 成交分析 prints them, and what the after-sales export says about their kind and reasons."""

from __future__ import annotations

import pandas as pd

from factbook.measures import shop
from factbook.measures.common import Ratio, blanks, column, source_of, tally
from factbook.measures.days import Window
from factbook.measures.ground import Ground

# What came back before shipping, on the way, and after it was received; `returned` is the part of the latter that
# came back as goods. The first three add up to all refunds.
STAGES = {
    "before_shipping": "refund_rate_before_shipping_printed",
    "not_received": "refund_rate_not_received_printed",
    "received": "refund_rate_received_printed",
    "returned": "return_rate_printed",
}
WHOLE = ("before_shipping", "not_received", "received")
STAGE = (
    Ratio("refund_stage_rate", "stage_refund_cny", "paid_amount_cny"),
    Ratio("refund_stage_share", "stage_refund_cny", "staged_cny"),
)
CASES = Ratio("after_sales_cases", "one")
RETURNS = Ratio("after_sale_return_share", "returned_cny", "refund_goods_cny")
REASON = Ratio("after_sale_reason_share", "refund_goods_cny", "all_reasons_cny")
AFTER = (CASES.id, RETURNS.id, REASON.id)
CLOSED = "关闭"  # an after-sales case that was withdrawn or refused
RETURNED = "退货"


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Refund rate and share of each stage; after-sales cases, the share sent back, and reasons by amount."""
    return [*_stages(ground), *_after_sales(ground)]


def stage_rows(ground: Ground) -> pd.DataFrame:
    """The shop's total row of each day, once for each stage; a printed rate times what was paid.

    A row whose stages are all zero although there were refunds says "not available", not none.
    """
    if ground.case.table("trade_daily").empty:
        return pd.DataFrame()
    rows = shop.total_rows(ground)
    paid = column(rows, "paid_amount_cny")
    money = {stage: column(rows, name) * paid for stage, name in STAGES.items()}
    staged = sum((money[stage] for stage in WHOLE[1:]), money[WHOLE[0]])
    empty = (staged == 0) & (column(rows, "refund_paid_time_cny") > 0)
    parts = [
        rows.assign(stage=stage, stage_refund_cny=part, staged_cny=staged)[~empty] for stage, part in money.items()
    ]
    return pd.concat(parts, ignore_index=True)


def _stages(ground: Ground) -> list[pd.DataFrame]:
    ids, rows = [ratio.id for ratio in STAGE], stage_rows(ground)
    if rows.empty:
        return [blanks(ids, "no_report:trade_analysis" if ground.trade.empty else "no_rows")]
    if rows["stage_refund_cny"].isna().all():
        return [blanks(ids, "no_values")]
    rows = rows[rows["stage_refund_cny"].notna()]
    return [tally(window.rows(rows), STAGE, ("stage",), window.name) for window in ground.trade_windows()]


def case_rows(ground: Ground) -> pd.DataFrame:
    """After-sales cases applied for in the period that were not closed."""
    table = ground.case.table("after_sales")
    if table.empty:
        return table
    rows = Window("current", ground.case.period).rows(table.assign(day=table["applied_at"].dt.normalize()))
    open_ = ~rows["after_sale_status"].astype(object).fillna("").str.contains(CLOSED)
    rows = rows[open_]
    back = rows["after_sale_type"].astype(object).fillna("").str.contains(RETURNED)
    goods = column(rows, "refund_goods_cny")
    return rows.assign(one=1.0, returned_cny=goods.where(back, 0.0).where(goods.notna()))


def reason_rows(ground: Ground) -> pd.DataFrame:
    """Cases that give a reason, with what all of them amount to."""
    rows = case_rows(ground)
    if rows.empty or "after_sale_reason" not in rows:
        return pd.DataFrame()
    rows = rows[rows["after_sale_reason"].notna()]
    return rows.assign(reason=rows["after_sale_reason"].astype(str))


def _after_sales(ground: Ground) -> list[pd.DataFrame]:
    rows = case_rows(ground)
    if rows.empty:
        missing = ground.case.table("after_sales").empty
        return [blanks(AFTER, "no_report:after_sales" if missing else "no_rows")]
    found, reasons = [tally(rows, (CASES, RETURNS))], reason_rows(ground)
    if reasons.empty:
        return [*found, blanks([REASON.id], "no_after_sale_reasons")]
    by = reasons.groupby("reason")["refund_goods_cny"].sum().reset_index()
    by = by.assign(all_reasons_cny=by["refund_goods_cny"].sum())
    return [*found, tally(by, (REASON,), ("reason",), source=source_of(reasons))]
