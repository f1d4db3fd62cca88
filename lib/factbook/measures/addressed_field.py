"""Rows of own rooms, ads, products, refunds and the service score as they stand in the files."""

from __future__ import annotations

import pandas as pd

from factbook.measures import ads, channels, creatives, minutes, products, refunds, service, shop, slots
from factbook.measures.addressed_frame import Frame
from factbook.measures.addressed_sales import stacked
from factbook.measures.days import Window
from factbook.measures.ground import Ground


def session_minutes(ground: Ground) -> pd.DataFrame:
    """The minutes of the session that is drawn."""
    series = minutes.all_series(ground)
    return minutes.best_documented(series).rows if series else pd.DataFrame()


def pitched(ground: Ground) -> pd.DataFrame:
    """The products of that session."""
    series = minutes.all_series(ground)
    rows = minutes.best_documented(series).listed if series else pd.DataFrame()
    return rows.assign(minute=rows["listed_at"].dt.strftime("%Y-%m-%dT%H:%M")) if len(rows) else rows


def ten_creatives(ground: Ground) -> pd.DataFrame:
    return creatives.largest(creatives.creative_rows(ground), 10)


def one_creative(ground: Ground) -> pd.DataFrame:
    return creatives.largest(creatives.creative_rows(ground), 1)


def _without(rows: pd.DataFrame, *names: str) -> pd.DataFrame:
    """Rows that a slice by these names leaves whole."""
    return rows.drop(columns=[name for name in names if name in rows])


def score_lines(ground: Ground) -> pd.DataFrame:
    """Days with a score, once for each line of the platform."""
    rows = service.score_rows(ground)
    if rows.empty:
        return rows
    lines = [f"{line:.0f}" for line in service.LINES]
    return stacked([rows.assign(line=line, below=rows[f"below_{line}"]) for line in lines])


def score_report(ground: Ground) -> pd.DataFrame:
    """The last day of each period, as an item is read from it."""
    rows = service.item_rows(ground)
    if rows.empty:
        return rows
    spans = (ground.case.period, ground.case.period.preceding())
    return stacked([Window("", span).rows(rows).tail(1) for span in spans])


def role_sheet(ground: Ground) -> pd.DataFrame:
    rows = products.roles(ground)
    return rows if "_row" in rows else pd.DataFrame()


FRAMES: tuple[Frame, ...] = (
    Frame("session_minutes", session_minutes, dated=False),
    Frame("pitched", pitched, dated=False),
    Frame("slots", slots.slot_rows),
    Frame("channels", channels.channel_rows, dated=False),
    Frame("video_channel", channels.video_rows, dated=False),
    Frame("all_channels", lambda ground: _without(channels.channel_rows(ground), "channel"), dated=False),
    Frame("ads", ads.ad_rows),
    Frame("all_ads", lambda ground: _without(ads.ad_rows(ground), "kind", "plan")),
    Frame("ad_plans", ads.plan_rows),
    Frame("ad_hours", ads.hour_rows),
    Frame("creatives", creatives.creative_rows, dated=False),
    Frame("new_creatives", lambda ground: creatives.newest(creatives.creative_rows(ground)), dated=False),
    Frame("ten_creatives", ten_creatives, dated=False),
    Frame("one_creative", one_creative, dated=False),
    Frame("role_products", products.role_rows, dated=False),
    Frame("all_products", lambda ground: _without(products.role_rows(ground), "role", "product"), dated=False),
    Frame("role_buyers", products.buyer_rows, dated=False),
    Frame("one_product", lambda ground: products.first_products(ground, 1), dated=False),
    Frame("three_products", lambda ground: products.first_products(ground, 3), dated=False),
    Frame("product_list", products.list_rows, dated=False),
    Frame("roles", role_sheet, dated=False),
    Frame(
        "all_bands",
        lambda ground: _without(shop.part_rows(ground, "price_bands", "price_band"), "price_band"),
        dated=False,
    ),
    Frame("refund_stages", refunds.stage_rows),
    Frame("after_sales", refunds.case_rows),
    Frame("after_sale_reasons", refunds.reason_rows),
    Frame("all_reasons", lambda ground: _without(refunds.reason_rows(ground), "reason")),
    Frame("score_lines", score_lines),
    Frame("score_report", score_report),
)
