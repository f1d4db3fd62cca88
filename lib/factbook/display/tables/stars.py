"""Tables of what a star leaves behind: products carried, and whether the buyers fit the brand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from factbook.display.shown import Shown
from factbook.display.tables.common import Layout, Words, col, lay, records, remark, sources
from factbook.knowledge.reasons import sentence
from factbook.knowledge.thumbs import line
from factbook.knowledge.words import label, say
from factbook.records import Diagnosis, Measure

RAISED, CHANGE, TIMES = "star_product_raised", "star_product_change", "star_product_appearances"
CARDS_ONLY = "product_cards_only"
PRODUCTS = Layout(
    "star_products",
    (
        col("product"),
        col("appearances", "count"),
        col("level_before", "optional:cny"),
        col("level_after", "optional:cny"),
        col("level_change", "optional:fraction"),
        col("interval", "interval:fraction"),
        col("hit", "word:hit"),
        col("remark", heading="note"),
    ),
)
FIT = Layout(
    "star_fit",
    (col("item"), col("star_side", "fraction"), col("own_side", "optional:fraction"), col("fit_says")),
)
# What would show whether a star's audience is the brand's, and no report the merchant can export holds it.
UNSEEN = ("audience_overlap", "brand_tone")


def star_products(dx: Diagnosis) -> Shown:
    """Every product stars carried: its ordinary days before the first and after the last time, and what that makes."""
    times = dx.measures.select(TIMES, "product").dropna(subset="value")
    rows = [_carried(dx, str(name), float(n)) for name, n in zip(times["product"], times["value"], strict=True)]
    frame = records(sorted(rows, key=lambda row: (-row["appearances"], row["hit"] != "made")))
    found = pd.concat([dx.measures.select(RAISED, "product"), dx.measures.select(CHANGE, ("product", "deal"))])
    said = remark(CARDS_ONLY, dx.language) if (found["reason"] == CARDS_ONLY).any() else ""
    return lay(dx, PRODUCTS, frame, Words(sources(found["source"], dx.language), said))


def _carried(dx: Diagnosis, product: str, times: float) -> dict[str, Any]:
    """One product; carried once it has a before and an after, and no verdict."""
    row = dx.measures.row(RAISED, product=product) if times > 1 else _only(dx, product)
    known = row is not None and row.value is not None
    why = row.reason if row is not None and not known else "carried_once" if times <= 1 else ""
    return {
        "product": product,
        "appearances": times,
        "level_before": row.denominator if known and row else None,
        "level_after": row.numerator if known and row else None,
        "level_change": row.value if row else None,
        "interval": (row.low, row.high) if row else (None, None),
        "hit": hit(row) if times > 1 else "once",
        "remark": remark(why, dx.language),
    }


def _only(dx: Diagnosis, product: str) -> Measure | None:
    """The change around the one appearance of a product."""
    rows = dx.measures.select(CHANGE, ("product", "deal"))
    mine = rows[rows["product"] == product] if len(rows) else rows
    return Measure.of(mine.iloc[0]) if len(mine) else None


def hit(row: Measure | None) -> str:
    """made | flat | open | unknown: as the rules of the stars say it."""
    if row is None or row.value is None or row.low is None or row.high is None:
        return "unknown"
    if row.low > 0 and row.value >= line("hit_raise"):
        return "made"
    return "flat" if row.high < line("hit_raise") else "open"


# ------------------------------------------------------------------ fit


def star_fit(dx: Diagnosis) -> Shown:
    """Whether a star's buyers are the brand's: what the reports show, and what they cannot show, with the reason."""
    rows = [*_seen(dx)] if len(dx.measures.select("deal_fee_cny", "deal")) else []
    frame = records([*rows, *_unseen(dx)] if rows else [])
    found = [row.source for row in _behind(dx) if row is not None and row.source]
    return lay(dx, FIT, frame, Words(sources(pd.Series(found, dtype=object), dx.language)))


def _behind(dx: Diagnosis) -> list[Measure | None]:
    return [
        dx.measures.row("star_known_buyer_share"),
        dx.measures.row("field_refund_rate", field="T"),
        dx.measures.row("repeat_rate_60d", source="star"),
    ]


def _seen(dx: Diagnosis) -> Iterator[dict[str, Any]]:
    """Known buyers, refunds and returns: the star's side beside the own rooms'."""
    known, refund, back = _behind(dx)
    own_refund = dx.measures.row("field_refund_rate", field="F")
    own_back = dx.measures.row("repeat_rate_60d", source="own")
    orders = _reason(dx.measures.row("repeat_rate_60d")) or "no_star_buyers"
    yield _row(dx, "known_buyers", known, None, _reason(known) or orders)
    yield _row(dx, "refunds", refund, own_refund, _reason(refund) or "no_star_sales")
    yield _row(dx, "returns", back, own_back, orders)


def _reason(row: Measure | None) -> str:
    return row.reason if row is not None else ""


def _row(dx: Diagnosis, item: str, star: Measure | None, own: Measure | None, why: str) -> dict[str, Any]:
    """One piece of evidence; without a figure it says why."""
    value = star.value if star else None
    told = say(f"fit.{item}", dx.language) if value is not None else sentence(why)[dx.language]
    return {
        "item": label("fit_item", item, dx.language),
        "star_side": value,
        "own_side": own.value if own else None,
        "fit_says": told,
    }


def _unseen(dx: Diagnosis) -> Iterator[dict[str, Any]]:
    for item in UNSEEN:
        told = remark(f"no_{item}", dx.language)
        yield {
            "item": label("fit_item", item, dx.language),
            "star_side": None,
            "own_side": None,
            "fit_says": told,
        }
