"""Tables of star deals: the ledger to the cent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from factbook import fmt
from factbook.display.shown import Col, Shown
from factbook.display.tables.common import Layout, Words, col, lay, records, remark, sources, typed, wide
from factbook.knowledge.words import label, say, word
from factbook.records import Diagnosis, Language, Text

_LEDGER = (
    "deal_paid_cny",
    "deal_net_cny",
    "deal_refund_rate",
    "deal_margin_cny",
    "deal_commission_cny",
    "deal_fee_cny",
    "deal_gift_cny",
    "deal_sample_cny",
    "deal_contribution_cny",
    "deal_break_even_cny",
    "deal_fee_worth_cny",
    "deal_payback",
    "deal_campaign_days",
)
_SLOTS = ("slot_paid_cny", "slot_fee_cny", "slot_contribution_cny")
_UNITS = {"deal_refund_rate": "fraction", "deal_payback": "ratio", "deal_campaign_days": "optional:count"}
_UNITS |= dict.fromkeys(_SLOTS, "optional:cny")

# A statement reads downwards and has room for this many deals; more of them are listed line by line.
STATEMENT_DEALS = 6
LEDGER = Layout(
    "deal_ledger",
    (
        col("deal"),
        col("creator"),
        col("kind"),
        col("dates"),
        *(col(name, _UNITS.get(name, "exact")) for name in (*_LEDGER, *_SLOTS)),
    ),
)
_SUMMED = (*_LEDGER[:-1],)  # days inside campaigns are a deal's own, slots too
WITHOUT = Layout("without_star", (col("item"), col("with_star", "figure:unit"), col("without_star", "figure:unit")))
_WITHOUT = {  # row: with, without, unit
    "paid_sum": ("paid_amount_cny", "without_star_paid_cny", "cny"),
    "net_sum": ("net_paid_amount_cny", "without_star_net_cny", "cny"),
    "contribution_sum": ("shop_contribution_cny", "without_star_contribution_cny", "cny"),
    "ad_ratio": ("shop_ad_cost_ratio", "without_star_ad_cost_ratio", "fraction"),
}


def span(row: Mapping[Any, Any], language: Language) -> str:
    """`start` and `end` of a typed-in row in words; one day is written once."""
    ends = [row.get(name) for name in ("start", "end")]
    days = [date.fromisoformat(str(end)[:10]) for end in ends if isinstance(end, str) and end]
    if not days:
        return ""
    return fmt.day(days[0], language) if days[0] == days[-1] else fmt.span(days[0], days[-1], language)


def deal_ledger(dx: Diagnosis) -> Shown:
    """Every star deal to the cent, from sales to contribution, and all of them together."""
    ids = (*_LEDGER, *(id for id in _SLOTS if dx.measures.select(id, "deal")["value"].notna().any()))
    figures = wide(dx, ids, "deal")
    rows = typed(dx, "star_deals")
    known = {row["deal"]: row for row in rows.to_dict("records")} if len(rows) else {}
    lines = [_deal(str(name), known.get(name, {}), figures.loc[name], dx.language) for name in figures.index]
    total = {id: dx.measures.value(id) for id in ids if id in _SUMMED}
    if len(lines) > 1:
        lines.append({"deal": say("say.deal_total", dx.language), **total})
    words = Words(sources(dx.measures.select("deal_paid_cny", "deal")["source"], dx.language), _remarks(dx))
    if len(lines) <= STATEMENT_DEALS + 1:
        return lay(dx, _statement_layout(lines), _statement(lines, dx.language), words)
    return lay(dx, LEDGER, records(lines), words)


def _statement_layout(lines: list[dict[str, Any]]) -> Layout:
    """A column a deal, in the order of the form, the total last."""
    deals = (Col(f"deal_{n}", Text(line["deal"], line["deal"]), "figure:unit") for n, line in enumerate(lines))
    return Layout("deal_ledger", (col("item"), *deals))


def _statement(lines: list[dict[str, Any]], language: Language) -> pd.DataFrame:
    """The same ledger turned: a row a figure, read downwards from sales to contribution."""
    return records(
        {
            "item": c.title[language],
            "unit": "aside" if c.unit == "text" else c.unit,
            **{f"deal_{n}": line.get(c.name) for n, line in enumerate(lines)},
        }
        for c in LEDGER.columns[1:]
        if any(c.name in line for line in lines)
    )


def _deal(name: str, row: Mapping[Any, Any], figures: pd.Series, language: Language) -> dict[str, Any]:
    return {
        "deal": name,
        "creator": row.get("creator"),
        "kind": label("deal_kind", row["kind"], language) if row.get("kind") else "",
        "dates": span(row, language),
        **{str(id): figures[id] for id in figures.index},
    }


def _remarks(dx: Diagnosis) -> str:
    """Why a deal's sales are missing or short, each reason once."""
    rows = dx.measures.select("deal_paid_cny", "deal")
    codes = [code for code in dict.fromkeys(rows["reason"]) if code] if len(rows) else []
    return ("" if dx.language == "zh" else " ").join(remark(code, dx.language) for code in codes)


def without_star(dx: Diagnosis) -> Shown:
    """The shop with and without its largest star: a subtraction, nothing is forecast."""
    known = {name: (dx.measures.value(a), dx.measures.value(b), unit) for name, (a, b, unit) in _WITHOUT.items()}
    rows = [
        {"item": word(f"col.{name}")[dx.language], "unit": unit, "with_star": with_, "without_star": left}
        for name, (with_, left, unit) in known.items()
        if left is not None
    ]
    words = Words(sources(dx.measures.select("without_star_paid_cny", ())["source"], dx.language))
    return lay(dx, WITHOUT, records(rows), words)
