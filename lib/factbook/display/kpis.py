"""The few figures on top: sales, after refunds, refund rate, service score; what mending is worth, what is blank."""

from __future__ import annotations

from typing import Any

from factbook import fmt
from factbook.display import cells
from factbook.display.shown import SYNTHETIC, Shown, escape
from factbook.display.text.facts_team import blanks
from factbook.judgement.worth import bridge
from factbook.knowledge.metrics import metric
from factbook.knowledge.reasons import sentence
from factbook.knowledge.words import label, say
from factbook.records import Diagnosis, Language, Measure

HEADLINE = ("paid_amount_cny", "net_paid_amount_cny", "refund_rate", "service_score")
NOT_KNOWN = {"paid_amount_cny": "no_report:trade_analysis", "service_score": "no_service_scores"}


def headline(dx: Diagnosis) -> Shown:
    """Sales against the period before, refunds beside them, the score that opens doors; what is at stake and blank."""
    items = [*(_item(dx, id) for id in HEADLINE), _stake(dx), _blank(dx)]
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


def _stake(dx: Diagnosis) -> dict[str, Any]:
    """What all findings that can be priced are worth together, each yuan once."""
    found = bridge(dx.findings, dx.totals)
    if found is None:
        return _own(dx, "together", None, fmt.NOT_MEASURED[dx.language], say("kpi.together_none", dx.language))
    ends = (found.together.low_cny, found.together.high_cny)
    key, basis = ("one" if len(found.items) == 1 else "note"), label("worth", found.basis, dx.language)
    note = say(f"kpi.together_{key}", dx.language, n=len(found.items), basis=basis)
    return _own(dx, "together", ends, cells.interval(ends, "cny_said", dx.language), note, "interval:cny")


def _blank(dx: Diagnosis) -> dict[str, Any]:
    """How many cells of the matrix no data speak for."""
    blank, among = blanks(dx)
    said = say("kpi.blank_said", dx.language, n=blank, cells=among)
    return _own(dx, "blank", blank, said, say("kpi.blank_note" if blank else "kpi.blank_none", dx.language))


def _own(dx: Diagnosis, id: str, value: Any, said: str, note: str, unit: str = "count") -> dict[str, Any]:
    """An item that is no metric: it rests on findings or cells, which name their own sources."""
    words = {"id": id, "name": say(f"kpi.{id}", dx.language), "said": said, "note": note}
    return {**words, "unit": unit, "value": cells.raw(value), "previous": None, "n": None, "source": ""}


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
