"""The room funnel with a slider for each rate; the browser computes, so the answer is there while the hand moves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import traitlets

from factbook import fmt
from factbook.knowledge.metrics import metric
from factbook.knowledge.words import say
from factbook.records import Diagnosis

STATIC = Path(__file__).parent / "static"

# The chain of the room, in people: each rate is next step / step before it.
RATES = ("entry_rate", "view_to_product_impression", "product_ctr_users", "click_to_pay_users")
DAYS = 30


class RoomFunnel(anywidget.AnyWidget):
    """What the sales of own rooms would be at other rates, all else as it was; nothing is sent back while sliding.

    `data` is what `funnel_data` returns; `rates` holds the rates as the sliders were last left.
    """

    _esm = STATIC / "funnel.js"
    _css = STATIC / "live.css"
    data = traitlets.Dict().tag(sync=True)
    rates = traitlets.Dict().tag(sync=True)


def funnel_data(dx: Diagnosis) -> dict[str, Any]:
    """The chain and its words for the browser; `ready` is False, with the reason, where a step is not measured."""
    rows = [dx.measures.row(id) for id in RATES]
    money, refunds = dx.measures.row("room_paid_per_buyer_cny"), dx.measures.value("room_refund_rate")
    words = _words(dx.language)
    if money is None or money.value is None or any(row is None or not row.value for row in rows):
        return {"ready": False, "words": words}
    chain = [row for row in rows if row is not None]
    people = [chain[0].denominator, *(row.numerator for row in chain)]
    return {
        "ready": True,
        "language": dx.language,
        "words": words,
        "synthetic": dx.merchant.synthetic,
        "scale": DAYS / dx.period.days,
        "people": people,
        "steps": _steps(dx.language),
        "rates": [_rate(dx, row.id, row.value or 0.0) for row in chain],
        "money_per_buyer": money.value,
        "kept_share": None if refunds is None else 1 - refunds,
    }


def _steps(language: str) -> list[str]:
    """The people counted at each step, as the registry names them."""
    first = metric(RATES[0]).denominator
    texts = [*([first] if first else []), *(metric(id).numerator for id in RATES)]
    return [text[language] for text in texts]


def _rate(dx: Diagnosis, id: str, value: float) -> dict[str, Any]:
    """One slider: where it stands, where comparable shops stand, how far it may be moved."""
    peer = dx.peer(id)
    top = min(1.0, max(2 * value, 1.2 * (peer or 0)))
    return {
        "id": id,
        "name": metric(id).name[dx.language],
        "value": value,
        "peer": peer,
        "low": value / 2,
        "high": top,
    }


def _words(language: str) -> dict[str, str]:
    keys = (
        "title",
        "gain",
        "loss",
        "same",
        "net",
        "sales",
        "reset",
        "now",
        "peer",
        "assumes",
        "empty",
        "per30",
    )
    words = {key: say(f"meeting.{key}", language) for key in keys}
    return {**words, "synthetic": say("meeting.synthetic", language), "missing": fmt.NOT_MEASURED[language]}
