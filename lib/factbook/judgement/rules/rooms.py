"""F · own rooms in depth: accounts, sessions against their like, ads by the minute and hour, creatives, videos."""

from __future__ import annotations

from factbook.errors import Refused
from factbook.judgement.facts import Facts, as_evidence
from factbook.judgement.rule import Fired, Rule, Worth
from factbook.judgement.say import Figure, Value, counted, same
from factbook.knowledge.thumbs import line
from factbook.records import Measure, Text


def _accounts(facts: Facts) -> Fired | None:
    """At the same time of day and length one account sells clearly more an hour than another."""
    rows = sorted(facts.rows("account_like_for_like", "account"), key=lambda row: row.value or 0.0)
    if len(rows) < 2:
        raise Refused("account_like_for_like")
    weak, best = rows[0], rows[-1]
    apart = weak.high is not None and best.low is not None and weak.high < best.low
    if not apart or not weak.value or (best.value or 0.0) / weak.value < line("account_spread"):
        return None
    values: dict[str, Value] = {
        "best": same(best.slice["account"]),
        "weak": same(weak.slice["account"]),
        "times": Figure((best.value or 0.0) / weak.value, "level"),
        "sessions": Figure(weak.n or 0.0, "count"),
    }
    return Fired(values, (as_evidence(best), as_evidence(weak)))


def _late_ads(facts: Facts) -> Fired | None:
    """Spend follows the room by minutes instead of moving with it; an association."""
    row = facts.find("ad_online_lag_minutes")
    if row is None or row.value is None:
        raise Refused("ad_online_lag_minutes")
    if row.value > -line("ad_late_minutes") or row.high is None or row.high >= 0:
        return None
    values: dict[str, Value] = {"late": Figure(-row.value, "minutes"), "least": Figure(-row.high, "minutes")}
    return Fired(values, (as_evidence(row),))


def _weak_hours(facts: Facts) -> Fired | None:
    """In some hours even 全域, free sales counted in, does not reach break-even."""
    share, even = facts.must("qc_weak_hours_share"), facts.must("break_even_roi")
    if share < line("weak_hours_share"):
        return None
    weak = [row for row in facts.rows("qc_roi", "kind", "hour") if _below(row, even)]
    days = max((row.n or 0.0 for row in weak), default=0.0)
    if not days:
        return None
    loss = sum((row.denominator or 0.0) - (row.numerator or 0.0) / even for row in weak) / days * 30
    worst = sorted(weak, key=lambda row: row.value or 0.0)[0]
    values: dict[str, Value] = {
        "hours": counted(len(weak), "个", "hour", "hours"),
        "share": Figure(share, "fraction"),
        "worst": same(f"{worst.slice['hour']}:00"),
        "roi": Figure(worst.value or 0.0, "ratio"),
        "even": Figure(even, "ratio"),
        "days": counted(days, "天", "day", "days"),
    }
    evidence = (facts.evidence("qc_weak_hours_share"), as_evidence(worst, even, "rule_of_thumb"))
    return Fired(values, evidence, Worth(loss, loss, "contribution"))


def _below(row: Measure, even: float) -> bool:
    return row.slice["kind"] == "uni" and row.high is not None and row.high < even


def _cut_short(facts: Facts) -> Fired | None:
    row = facts.find("short_session_share")
    if row is None or row.value is None:
        raise Refused("short_session_share")
    if row.value < line("short_sessions") or (row.n or 0.0) < line("band_sessions"):
        return None
    values: dict[str, Value] = {
        "share": Figure(row.value, "fraction"),
        "sessions": Figure(row.value * (row.n or 0.0), "count"),
        "all": Figure(row.n or 0.0, "count"),
    }
    return Fired(values, (as_evidence(row),))


def _spread(facts: Facts) -> Fired | None:
    """At the same time of day and length, the best sessions sell far more than the weakest."""
    times = facts.must("like_for_like_spread")
    if times < line("like_spread"):
        return None
    row = facts.find("like_for_like_spread")
    values: dict[str, Value] = {
        "times": Figure(times, "level"),
        "sessions": Figure((row.n if row else 0.0) or 0.0, "count"),
    }
    return Fired(values, (facts.evidence("like_for_like_spread"),))


def _few_videos(facts: Facts) -> Fired | None:
    share = facts.must("video_entry_share")
    if share >= line("video_entry"):
        return None
    row = facts.find("video_entry_share")
    sessions = counted((row.n if row else 0.0) or 0.0, "场", "session", "sessions")
    values: dict[str, Value] = {"share": Figure(share, "fraction"), "sessions": sessions}
    return Fired(values, (facts.evidence("video_entry_share", line("video_entry"), "rule_of_thumb"),))


def _creatives(facts: Facts) -> Fired | None:
    """Few new creatives, or one that carries too much of the spend."""
    fresh, top = facts.must("creatives_new_per_week"), facts.must("creative_top1_share")
    if fresh >= line("creatives_new") and top < line("creative_top1"):
        return None
    values: dict[str, Value] = {
        "fresh": Figure(fresh, "per_week"),
        "top": Figure(top, "fraction"),
        "what": _FEW if fresh < line("creatives_new") else _ONE,
    }
    age = facts.value("creative_age_days")
    pieces = ("age",) if age is not None else ()
    if age is not None:
        values["age"] = Figure(age, "whole")
    evidence = tuple(facts.evidence(id) for id in ("creatives_new_per_week", "creative_top1_share"))
    return Fired(values, evidence, pieces=pieces)


_FEW = Text("新素材太少", "Too few new creatives")
_ONE = Text("太靠一条素材", "One creative carries too much")

RULES = (
    Rule("F07", "F", "medium", ("account_like_for_like",), _accounts),
    Rule("F08", "O4", "low", ("ad_online_lag_minutes",), _late_ads),
    Rule("F09", "O4", "medium", ("qc_weak_hours_share", "break_even_roi"), _weak_hours),
    Rule("F10", "F", "low", ("short_session_share",), _cut_short),
    Rule("F11", "F", "low", ("like_for_like_spread",), _spread),
    Rule("F16", "F", "low", ("video_entry_share",), _few_videos),
    Rule("F17", "O4", "low", ("creatives_new_per_week", "creative_top1_share"), _creatives),
)
