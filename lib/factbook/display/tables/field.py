"""Tables of own live in depth: turns of a session, accounts, ads, products, and the lines of the service score."""

from __future__ import annotations

from typing import Any

import pandas as pd

from factbook.display.cells import DASH, interval
from factbook.display.shown import FOLD, Shown
from factbook.display.tables.common import Layout, Words, col, lay, records, sources, wide
from factbook.display.tables.figures import figures_words, metric_rows
from factbook.knowledge.gates import gates as gate_rows
from factbook.knowledge.metrics import metrics
from factbook.knowledge.words import label, say
from factbook.records import Diagnosis, Gate

TURNS = ("turn_online", "turn_gmv_times", "turn_ad_times", "turn_exposure_times")
NEAR = 10  # minutes before a turn within which a product was put on sale
MOST = 15
TOP = 5  # creatives listed by name
ROOM = ("sessions", "live_minutes", "paid_per_hour_cny", "gpm_views", "entry_rate", "account_like_for_like")
PRODUCT = (
    "paid_amount_cny",
    "refund_rate",
    "product_click_to_pay",
    "product_quality_return_rate",
    "product_bad_review_rate",
)
ITEMS = (
    "reply_minutes",
    "chat_unhappy_rate",
    "after_sale_in_time_rate",
    "help_rate",
    "shop_quality_return_rate",
    "product_rating",
    "collected_in_time_rate",
    "delivered_in_time_rate",
    "logistics_return_rate",
    "after_sale_return_share",
    "product_stock_outs",
)
_JUDGED = (col("previous", "figure:previous_unit"), col("verdict", "mark:verdict"), col("remark"))

TURN_LAYOUT = Layout(
    "minute_turns",
    (
        col("minute"),
        col("turn", "word:turn"),
        col("turn_online", "people"),
        col("turn_gmv_times", "optional:ratio"),
        col("turn_ad_times", "optional:ratio"),
        col("turn_exposure_times", "optional:ratio"),
        col("listed_before"),
    ),
)
ACCOUNT_LAYOUT = Layout(
    "accounts_compared",
    (
        col("account"),
        col("sessions", "count"),
        col("live_minutes", "minutes"),
        col("paid_per_hour_cny", "cny"),
        col("hourly_interval", "interval:cny"),
        col("gpm_views", "cny"),
        col("entry_rate", "fraction"),
        col("account_like_for_like", "optional:ratio"),
    ),
)
AD_LAYOUT = Layout(
    "ad_structure",
    (
        col("ad_what"),
        col("qc_cost_cny", "cny"),
        col("qc_spend_share", "fraction"),
        col("qc_gmv_cny", "cny"),
        col("qc_roi", "ratio"),
        col("interval", "interval:ratio"),
        col("qc_boost_share", "optional:fraction"),
    ),
)
SERVICE_LAYOUT = Layout("service_items", (col("metric"), col("value", "figure"), *_JUDGED))
PRODUCT_LAYOUT = Layout(
    "product_mix",
    (
        col("product"),
        col("paid_amount_cny", "cny"),
        col("refund_rate", "optional:fraction"),
        col("product_click_to_pay", "optional:fraction"),
        col("product_quality_return_rate", "optional:fraction"),
        col("product_bad_review_rate", "optional:fraction"),
    ),
)
GATE_LAYOUT = Layout(
    "gate_lines",
    (
        col("gate"),
        col("gate_line", "score"),
        col("gate_value", "optional:level"),
        col("distance", "optional:level"),
        col("days_below", "optional:count"),
        col("gate_state", "mark:gate"),
        col("effect"),
        col("gate_cost"),
    ),
)


def minute_turns(dx: Diagnosis) -> Shown:
    """What happened at the peaks and falls of the session that is drawn."""
    by = ("session", "minute", "turn")
    rows = dx.measures.select(TURNS, by).dropna(subset="value")
    if rows.empty:
        return lay(dx, TURN_LAYOUT, pd.DataFrame())
    grid = rows.pivot_table("value", ["minute", "turn"], "id", aggfunc="first").reindex(columns=list(TURNS))
    frame = grid.reset_index().sort_values("minute")
    listed = dx.measures.select("product_pitches", ("session", "minute", "product"))
    before = [_listed(listed, minute) for minute in frame["minute"]]
    frame = frame.assign(listed_before=before, minute=frame["minute"].str[11:])
    return lay(dx, TURN_LAYOUT, frame, Words(sources(rows["source"], dx.language)))


def _listed(rows: pd.DataFrame, minute: str) -> str:
    """Products put on sale within ten minutes before."""
    gap = pd.Timestamp(minute) - pd.to_datetime(rows["minute"])
    near = rows[(gap >= pd.Timedelta(0)) & (gap <= pd.Timedelta(minutes=NEAR))]
    return "、".join(near["product"]) or DASH


def accounts_compared(dx: Diagnosis) -> Shown:
    """The own accounts side by side, with an interval by session and against each other's like sessions."""
    frame = wide(dx, ROOM, "account")
    if frame.dropna(how="all").empty:
        return lay(dx, ACCOUNT_LAYOUT, pd.DataFrame())
    rows = dx.measures.select("paid_per_hour_cny", "account")
    ends = dict(zip(rows["account"], zip(rows["low"], rows["high"], strict=True), strict=True))
    frame = frame.assign(account=frame.index, hourly_interval=frame.index.map(ends))
    return lay(dx, ACCOUNT_LAYOUT, frame, Words(sources(rows["source"], dx.language)))


def ad_structure(dx: Diagnosis) -> Shown:
    """Spend by kind of ads, type of plan and the largest creatives; ROI of different kinds is never compared."""
    rows = [_ads(dx, (kind,), label("ad_kind", kind, dx.language)) for kind in ("uni", "standard")]
    plans = dx.measures.select("qc_cost_cny", ("kind", "plan"))
    rows += [
        _ads(dx, key, say("say.of_which", dx.language, what=key[1])) for key in plans["key"] if key[0] == "standard"
    ]
    frame = records([*(row for row in rows if row["qc_cost_cny"] is not None), *_creatives(dx)])
    return lay(dx, AD_LAYOUT, frame, Words(sources(dx.measures.select("qc_cost_cny", "kind")["source"], dx.language)))


def _creatives(dx: Diagnosis) -> list[dict[str, Any]]:
    """The creatives that cost most, as parts of what all of them cost."""
    whole = dx.measures.row("creative_top1_share")
    grid = wide(dx, ("creative_cost_cny", "creative_roi"), "creative").sort_values("creative_cost_cny", ascending=False)
    if whole is None or not whole.denominator:
        return []
    return [
        {
            "ad_what": say("say.creative", dx.language, name=name),
            "qc_cost_cny": cost,
            "qc_spend_share": cost / whole.denominator,
            "qc_gmv_cny": cost * roi,
            "qc_roi": roi,
            "interval": (None, None),
            "qc_boost_share": None,
        }
        for name, cost, roi in grid.head(TOP).itertuples(name=None)
    ]


def _ads(dx: Diagnosis, key: tuple[str, ...], name: str) -> dict[str, Any]:
    cut = dict(zip(("kind", "plan"), key, strict=False))
    ids = ("qc_cost_cny", "qc_spend_share", "qc_gmv_cny", "qc_roi", "qc_boost_share")
    roi = dx.measures.row("qc_roi", **cut)
    ends = (roi.low, roi.high) if roi else (None, None)
    return {"ad_what": name, "interval": ends, **{id: dx.measures.value(id, **cut) for id in ids}}


def service_items(dx: Diagnosis) -> Shown:
    """What the platform prints under the score: replies, after-sales, quality, logistics."""
    return _metrics(dx, SERVICE_LAYOUT, ITEMS)


def _metrics(dx: Diagnosis, layout: Layout, ids: tuple[str, ...]) -> Shown:
    frame = metric_rows(dx, (metrics()[id] for id in ids))
    measured = len(frame) and frame["value"].notna().any()
    words = figures_words(dx, frame)
    return lay(dx, layout, frame if measured else frame.iloc[:0], Words(words.source))


def product_mix(dx: Diagnosis) -> Shown:
    """The products that sold most, with what comes back and what buyers say."""
    frame = wide(dx, PRODUCT, "product")
    frame = frame.dropna(subset="paid_amount_cny").sort_values("paid_amount_cny", ascending=False).head(MOST)
    found = dx.measures.select(PRODUCT, "product")
    return lay(dx, PRODUCT_LAYOUT, frame.assign(product=frame.index), Words(sources(found["source"], dx.language)))


def gate_lines(dx: Diagnosis) -> Shown:
    """Every line of the platform: where the score stands, on how many days it was below, what is shut and its cost."""
    known = [gate for gate in dx.gates if gate.value is not None]
    frame = records(_gate(dx, gate) for gate in sorted(known, key=lambda gate: (gate.state != "shut", gate.line)))
    found = dx.measures.select("service_score")["source"]
    return lay(dx, GATE_LAYOUT, frame, Words(sources(found, dx.language)))


def _gate(dx: Diagnosis, gate: Gate) -> dict[str, Any]:
    row = gate_rows().get(gate.id)
    total = row is None or row.figure == "total"
    return {
        "gate": gate.name[dx.language],
        "gate_line": gate.line,
        "gate_value": gate.value,
        "distance": None if gate.value is None else gate.value - gate.line,
        "days_below": dx.measures.value("service_days_below", line=f"{gate.line:.0f}") if total else None,
        "gate_state": gate.state,
        "effect": row.effect[dx.language] if row else "",
        "gate_cost": _cost(dx, gate),
        FOLD: "" if gate.state == "shut" else say("say.fold_open", dx.language),
    }


def _cost(dx: Diagnosis, gate: Gate) -> str:
    """What the finding about a shut alliance says it costs in 30 days."""
    finding = next((f for code in ("V01", "V04") if (f := dx.finding(code)) and "A" in gate.closes), None)
    if gate.state != "shut" or finding is None or finding.worth_high_cny is None:
        return ""
    amount = interval((finding.worth_low_cny, finding.worth_high_cny), "cny", dx.language)
    return say("say.gate_cost", dx.language, amount=amount, basis=label("worth", finding.worth_basis, dx.language))
