"""The few figures on top: sales, sales after refunds, refund rate, service score."""

from __future__ import annotations

from typing import Any

from factbook import fmt
from factbook.display import cells
from factbook.display.shown import SYNTHETIC, Shown, escape
from factbook.knowledge.metrics import metric
from factbook.knowledge.reasons import sentence
from factbook.knowledge.words import say
from factbook.records import Diagnosis, Language, Measure

HEADLINE = ("paid_amount_cny", "net_paid_amount_cny", "refund_rate", "service_score")
NOT_KNOWN = {"paid_amount_cny": "no_report:trade_analysis", "service_score": "no_service_scores"}


def headline(dx: Diagnosis) -> Shown:
    """Sales against the period before, refunds beside them, and the score that opens or shuts doors."""
    items = [_item(dx, id) for id in HEADLINE]
    title = say("title.headline", dx.language)
    subtitle = say("subtitle.headline", dx.language, period=fmt.span(dx.period.start, dx.period.end, dx.language))
    mark = SYNTHETIC[dx.language] if dx.merchant.synthetic else ""
    tiles = "".join(_tile(item) for item in items)
    foot = " · ".join(part for part in (subtitle, mark) if part)
    below = f'<p class="fb-small">{escape(foot)}</p>'
    html = f'<div class="fb fb-kpi-block"><div class="fb-kpis">{tiles}</div>{below}</div>'
    plain = "\n".join(f"{item['name']}: {item['said']} {item['note']}".rstrip() for item in items)
    data = {"title": title, "subtitle": subtitle, "language": dx.language, "synthetic": dx.merchant.synthetic}
    return Shown("kpi", html, plain, {**data, "items": items})


def _tile(item: dict[str, Any]) -> str:
    missing = " fb-missing" if item["value"] is None else ""
    return (
        f'<div class="fb-kpi{missing}"><p class="fb-kpi-name">{escape(item["name"])}</p>'
        f'<p class="fb-kpi-value"><strong>{escape(item["said"])}</strong></p>'
        f'<p class="fb-kpi-note">{escape(item["note"])}</p></div>'
    )


def _item(dx: Diagnosis, id: str) -> dict[str, Any]:
    now, before = dx.measures.row(id), dx.measures.value(id, "previous")
    unit = metric(id).unit
    value = now.value if now else None
    return {
        "id": id,
        "name": say(f"kpi.{id}", dx.language),
        "unit": unit,
        "value": cells.raw(value),
        "said": fmt.figure(value, unit, dx.language),
        "previous": cells.raw(before),
        "n": cells.raw(now.n) if now else None,
        "source": now.source if now else "",
        "note": _note(dx, id, now, before),
    }


def _note(dx: Diagnosis, id: str, now: Measure | None, before: float | None) -> str:
    if now is None or now.value is None:
        reason = (now.reason if now else "") or NOT_KNOWN.get(id, "no_rows")
        return sentence(reason)[dx.language]
    return change(now.value, before, metric(id).unit, dx.language)


def change(now: float, before: float | None, unit: str, language: Language) -> str:
    """How a figure moved against the period before: relative for money, points for rates and scores."""
    if before is None or (unit not in _STEP and before == 0):
        return say("kpi.no_previous", language)
    step = now - before if unit in _STEP else now / before - 1
    said = _STEP[unit](abs(step), language) if unit in _STEP else fmt.percent(abs(step), language)
    level = said.startswith("0") and not any(digit in said for digit in "123456789")
    words = ("higher", "lower") if unit in _STEP else ("up", "down")
    key = "same" if level else words[step < 0]
    return say(f"kpi.{key}", language, change=said, previous=fmt.figure(before, unit, language))


def _marks(value: float, language: str) -> str:
    said = fmt.decimal(value, language, 1)
    return say("kpi.mark" if said == "1" else "kpi.marks", language, n=said)


_STEP = {"fraction": fmt.points, "score": _marks}
