"""V · the service score in depth: what drags it, where it heads, and what the platform prints under its parts."""

from __future__ import annotations

from functools import partial
from statistics import fmean

from factbook.errors import Refused
from factbook.judgement.facts import Facts
from factbook.judgement.rule import Fired, Rule
from factbook.judgement.say import Figure, Value, counted
from factbook.judgement.worth import commission, sales
from factbook.knowledge.gates import gates
from factbook.knowledge.metrics import metrics
from factbook.knowledge.thumbs import line
from factbook.knowledge.words import word

PARTS = ("service", "product", "logistics")


def _limit() -> float:
    return gates()["alliance_entry"].line


def _drags(facts: Facts) -> Fired | None:
    """All doors are open, but one part alone keeps the total down."""
    score = facts.must("service_score")
    parts = {part: v for part in PARTS if (v := facts.value(f"service_score_part:{part}")) is not None}
    if len(parts) < len(PARTS):
        raise Refused("service_score_part")
    low = min(parts, key=parts.__getitem__)
    others = fmean(value for part, value in parts.items() if part != low)
    near = score < _limit() + line("near_gate")  # V01 and V03 speak of the weakest part there
    if near or others - parts[low] < line("part_drag"):
        return None
    values: dict[str, Value] = {
        "part": word(f"part.{low}"),
        "now": Figure(parts[low], "score"),
        "others": Figure(others, "score"),
        "score": Figure(score, "score"),
    }
    return Fired(values, (facts.evidence(f"service_score_part:{low}"), facts.evidence("service_score")))


def _product_near(facts: Facts) -> Fired | None:
    """The product part stands just above the line that shuts the alliance by itself."""
    product, limit = facts.must("service_score_part:product"), gates()["alliance_product"].line
    if not limit <= product < limit + line("near_product"):
        return None
    values: dict[str, Value] = {"product": Figure(product, "score"), "line": Figure(limit, "score")}
    return Fired(values, (facts.evidence("service_score_part:product"),))


def _falling(facts: Facts) -> Fired | None:
    """At its present slope the score meets the line within weeks."""
    score, slope = facts.must("service_score"), facts.must("service_trend_per_week")
    if score < _limit() or slope > -line("score_slope"):
        return None
    weeks = (score - _limit()) / -slope
    if weeks > line("weeks_to_line"):
        return None
    values: dict[str, Value] = {
        "score": Figure(score, "score"),
        "slope": Figure(-slope, "level"),
        "line": Figure(_limit(), "score"),
        "weeks": counted(max(round(weeks), 1), "周", "week", "weeks"),
    }
    return Fired(values, (facts.evidence("service_score"), facts.evidence("service_trend_per_week")))


def _was_shut(facts: Facts) -> Fired | None:
    """The doors are open again, but were shut on some days of the period."""
    score, days = facts.must("service_score"), facts.must("service_days_below_70")
    if score < _limit() or days < 1:
        return None
    values: dict[str, Value] = {"days": counted(days, "天", "day", "days"), "line": Figure(_limit(), "score")}
    evidence, daily = (facts.evidence("service_days_below_70"),), facts.value("alliance_daily_median_cny")
    if daily is None:
        return Fired(values, evidence)
    lost = facts.month(daily * days)
    values["daily"] = Figure(daily, "cny")
    worth = sales(facts, lost, lost, "field_refund_rate:A", "refund_rate")
    kept = type(worth)(worth.low, worth.high, worth.basis, commission(facts))
    return Fired(values, (*evidence, facts.evidence("alliance_daily_median_cny")), kept, ("daily",))


def _item(id: str, limit: str, facts: Facts) -> Fired | None:
    """Something the platform prints under the score is on the wrong side of a rule of thumb."""
    value, at = facts.must(id), line(limit)
    sign = 1 if metrics()[id].direction == "down" else -1
    if sign * (value - at) <= 0:
        return None
    unit = metrics()[id].unit
    values: dict[str, Value] = {"value": Figure(value, unit), "limit": Figure(at, unit)}
    return Fired(values, (facts.evidence(id, at, "rule_of_thumb"),))


RULES = (
    Rule("V06", "O5", "low", ("service_score", "service_score_part"), _drags),
    Rule("V07", "O2", "medium", ("service_score_part:product",), _product_near),
    Rule("V08", "O5", "medium", ("service_score", "service_trend_per_week"), _falling),
    Rule("V09", "O5", "low", ("reply_minutes",), partial(_item, "reply_minutes", "reply_slow")),
    Rule(
        "V10",
        "O2",
        "low",
        ("shop_quality_return_rate",),
        partial(_item, "shop_quality_return_rate", "quality_return"),
    ),
    Rule("V11", "O5", "medium", ("service_score", "service_days_below_70"), _was_shut),
    Rule(
        "V12",
        "O5",
        "low",
        ("after_sale_in_time_rate",),
        partial(_item, "after_sale_in_time_rate", "handled_in_time"),
    ),
    Rule("V13", "O5", "low", ("chat_unhappy_rate",), partial(_item, "chat_unhappy_rate", "chat_unhappy")),
)
