"""G · where traffic comes from and who buys: free and paid, videos, fans, new buyers, and why sales moved."""

from __future__ import annotations

from functools import partial

from factbook.errors import Refused
from factbook.judgement.compare import above_peers, below_peers
from factbook.judgement.facts import Facts, as_evidence, unit
from factbook.judgement.rule import Fired, Rule
from factbook.judgement.say import Figure, Value, same
from factbook.judgement.scoring import history_pair
from factbook.knowledge.thumbs import line
from factbook.knowledge.verdicts import verdicts
from factbook.knowledge.words import words
from factbook.measures.decomposition import STEPS


def _fans_do_not_buy(facts: Facts) -> Fired | None:
    """The room is full of old fans, and viewers pay less often than the peers' do."""
    fans, pay = facts.must("old_fan_share"), below_peers(facts, "view_to_pay_users")
    if pay is None or fans < line("fans_many"):
        return None
    values = {
        "fans": Figure(fans, "fraction"),
        "rate": Figure(pay.value, "fraction"),
        "peer": Figure(pay.peer, "fraction"),
    }
    return Fired(values, (facts.evidence("old_fan_share"), facts.evidence("view_to_pay_users", pay.peer, "peers")))


def _few_new_buyers(facts: Facts) -> Fired | None:
    share = facts.must("new_buyer_share")
    if share >= line("new_buyers_few"):
        return None
    values = {"share": Figure(share, "fraction"), "repeat": Figure(1 - share, "fraction")}
    return Fired(values, (facts.evidence("new_buyer_share", line("new_buyers_few"), "rule_of_thumb"),))


def _free_falls(facts: Facts) -> Fired | None:
    """Paid viewers make up more of the room than in earlier weeks."""
    pair = history_pair(facts, "free_view_share")
    if pair is None or pair[0] > pair[1] * (1 - line("free_share_drop")):
        return None
    share, before = pair
    values = {"share": Figure(share, "fraction"), "before": Figure(before, "fraction")}
    return Fired(values, (facts.evidence("free_view_share", before, "history"),))


def _lever_low(facts: Facts) -> Fired | None:
    """Few free viewers for each paid one; with ROI and break-even known, how many would be needed."""
    lever = facts.must("natural_lever")
    if lever >= line("lever_low"):
        return None
    values: dict[str, Value] = {
        "lever": Figure(lever, "ratio"),
        "per": Figure(100 * lever, "whole"),
        "free": Figure(facts.must("free_view_share"), "fraction"),
    }
    evidence = (facts.evidence("natural_lever", line("lever_low"), "rule_of_thumb"),)
    roi, even = facts.value("room_ad_roi"), facts.value("break_even_roi")
    if roi is None or even is None or not 0 < roi < even:
        return Fired(values, evidence)
    # paid viewers held, the added free ones buying as today's viewers do: sales grow with all viewers
    values["needed"] = Figure((1 + lever) * even / roi - 1, "ratio")
    return Fired(values, (*evidence, facts.evidence("room_ad_roi", even, "rule_of_thumb")), pieces=("even",))


def _free_with_ads(facts: Facts) -> Fired | None:
    """Weeks with more ads have more free viewers: an association, and the interval is above the line."""
    row = facts.find("free_with_ads")
    if row is None or row.value is None or row.low is None or row.low < line("free_with_ads"):
        return None
    values = {"r": Figure(row.value, "ratio"), "low": Figure(row.low, "ratio"), "n": Figure(row.n or 0.0, "whole")}
    return Fired(values, (as_evidence(row),))


def _few_videos(facts: Facts) -> Fired | None:
    videos, wanted = facts.must("videos_per_week"), line("videos_few")
    if videos >= wanted:
        return None
    values = {"videos": Figure(videos, "per_week"), "wanted": Figure(wanted, "per_week")}
    return Fired(values, (facts.evidence("videos_per_week", wanted, "rule_of_thumb"),))


def _behind(id: str, facts: Facts) -> Fired | None:
    """A figure clearly under the peers'."""
    pair = below_peers(facts, id)
    if pair is None:
        return None
    values = {"rate": Figure(pair.value, unit(id)), "peer": Figure(pair.peer, unit(id))}
    return Fired(values, (facts.evidence(id, pair.peer, "peers"),))


def _repeat_strong(facts: Facts) -> Fired | None:
    pair = above_peers(facts, "repeat_buyer_share")
    if pair is None:
        return None
    values = {"rate": Figure(pair.value, "fraction"), "peer": Figure(pair.peer, "fraction")}
    return Fired(values, (facts.evidence("repeat_buyer_share", pair.peer, "peers"),))


def _room_down(facts: Facts) -> Fired | None:
    """Own rooms sold clearly less than in the period before; the step that took most is named."""
    change, before = facts.must("room_change_cny"), facts.must("room_paid_cny", "previous")
    if before <= 0 or change > -line("sales_change") * before:
        return None
    names = {step.name for step in STEPS}
    parts = [row for row in facts.rows("change_by_step_cny", "step") if row.slice["step"] in names]
    if not parts:
        raise Refused("change_by_step_cny")
    worst = min(parts, key=lambda row: row.value or 0.0)
    values: dict[str, Value] = {
        "loss": Figure(-change, "cny"),
        "drop": Figure(-change / before, "fraction"),
        "step": words()[f"step.{worst.slice['step']}"],
        "part": Figure(-(worst.value or 0.0), "cny"),
    }
    evidence = (facts.evidence("room_change_cny"), as_evidence(worst))
    return Fired(values, evidence, pieces=(worst.slice["step"],))


def _field_moved(facts: Facts) -> Fired | None:
    """Sales moved between fields: one gained ten points or more, another lost them."""
    rows = [row for row in facts.rows("field_migration", "field") if row.slice["field"] in verdicts().fields]
    if not rows:
        raise Refused("field_migration")
    gained, lost = (pick(rows, key=lambda row: row.value or 0.0) for pick in (max, min))
    if max(gained.value or 0.0, -(lost.value or 0.0)) < line("migration"):
        return None
    values: dict[str, Value] = {
        "to": verdicts().fields[gained.slice["field"]],
        "from": verdicts().fields[lost.slice["field"]],
        "up": Figure(gained.value or 0.0, "points"),
        "down": Figure(-(lost.value or 0.0), "points"),
    }
    return Fired(values, (as_evidence(gained), as_evidence(lost)))


_DEPENDS = ("ad_gmv_share", "shop_total_cost_ratio")


def _leans_on_ads(facts: Facts) -> Fired | None:
    """Most sales come through ads, and ads and commission take a large part of them."""
    share, taken = (facts.must(id) for id in _DEPENDS)
    if share < line("ad_share_high") or taken < line("take_rate_high"):
        return None
    values = {"share": Figure(share, "fraction"), "taken": Figure(taken, "fraction")}
    lines = (line("ad_share_high"), line("take_rate_high"))
    evidence = tuple(facts.evidence(id, at, "rule_of_thumb") for id, at in zip(_DEPENDS, lines, strict=True))
    return Fired(values, evidence)


def _archetype(facts: Facts) -> Fired | None:
    """One format weighs clearly more than it does for the peers: what kind of shop this is."""
    rows = facts.rows("archetype_ratio", "format")
    if not rows:
        raise Refused("archetype_ratio")
    most = max(rows, key=lambda row: row.value or 0.0)
    if (most.value or 0.0) < line("archetype"):
        return None
    kind = words()[f"archetype.{most.slice['format']}"]
    values: dict[str, Value] = {
        "kind": kind,
        "times": Figure(most.value or 0.0, "ratio"),
        "mark": same(most.slice["format"]),
    }
    return Fired(values, (as_evidence(most, 1.0, "peers"),))


RULES = (
    Rule(
        "G17",
        "G2",
        "medium",
        ("old_fan_share", "view_to_pay_users", "peer:view_to_pay_users"),
        _fans_do_not_buy,
    ),
    Rule("G18", "G2", "low", ("new_buyer_share",), _few_new_buyers),
    Rule("G19", "G1", "low", ("free_view_share",), _free_falls),
    Rule("G20", "G1", "low", ("natural_lever", "free_view_share"), _lever_low),
    Rule("G21", "G1", "low", ("free_with_ads",), _free_with_ads),
    Rule("G22", "G1", "low", ("videos_per_week",), _few_videos),
    Rule("G23", "G3", "low", ("fan_club_rate", "peer:fan_club_rate"), partial(_behind, "fan_club_rate")),
    Rule(
        "G24",
        "G1",
        "low",
        ("watch_minutes_per_viewer", "peer:watch_minutes_per_viewer"),
        partial(_behind, "watch_minutes_per_viewer"),
    ),
    Rule("G25", "G3", "strength", ("repeat_buyer_share", "peer:repeat_buyer_share"), _repeat_strong),
    Rule("G26", "G2", "medium", ("room_change_cny", "change_by_step_cny"), _room_down),
    Rule("G27", "G2", "low", ("field_migration",), _field_moved),
    Rule("G28", "G1", "medium", _DEPENDS, _leans_on_ads),
    Rule("G29", "G2", "strength", ("archetype_ratio",), _archetype),
)
