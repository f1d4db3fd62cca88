"""A · creators as a stock: who stays, which channel leaks, what commission, samples and levels cost."""

from __future__ import annotations

from factbook.errors import Refused
from factbook.judgement.facts import Facts, as_evidence
from factbook.judgement.rule import Fired, Rule, Worth
from factbook.judgement.say import Figure, Values, counted
from factbook.knowledge.thumbs import line
from factbook.knowledge.words import word
from factbook.records import Measure, Text


def _few_stay(facts: Facts) -> Fired | None:
    """Surely fewer than the line of last period's creators are active again."""
    row = _row(facts, "creator_retention_next")
    value, before = row.value or 0.0, row.denominator
    if (value if row.high is None else row.high) >= line("creator_retention"):
        return None
    values: Values = {"stayed": Figure(value, "fraction"), "left": Figure(1 - value, "fraction")}
    pieces: tuple[str, ...] = ()
    if before:
        values, pieces = {**values, "before": counted(before, "位", "creator", "creators")}, ("before",)
    limit = line("creator_retention")
    return Fired(values, (facts.evidence("creator_retention_next", limit, "rule_of_thumb"),), None, pieces)


def _row(facts: Facts, id: str) -> Measure:
    row = facts.find(id)
    if row is None or row.value is None:
        raise Refused(id)
    return row


def _leaky_channel(facts: Facts) -> Fired | None:
    """A channel whose creators go live far more rarely than those of the best, beyond what chance explains."""
    rows = [row for row in facts.rows("channel_live_rate", "channel") if row.slice["channel"] != "unlisted"]
    if len(rows) < 2:
        raise Refused("channel_live_rate")
    worst, best = (side(rows, key=lambda row: row.value or 0.0) for side in (min, max))
    apart = worst.high is not None and best.low is not None and worst.high < best.low
    if not apart or (worst.value or 0.0) >= line("channel_gap") * (best.value or 0.0):
        return None
    values: Values = {
        "channel": word(f"channel.{worst.slice['channel']}"),
        "best": word(f"channel.{best.slice['channel']}"),
        "rate": Figure(worst.value or 0.0, "fraction"),
        "best_rate": Figure(best.value or 0.0, "fraction"),
    }
    return Fired(values, (as_evidence(worst, best.value, "best_channel"),))


def _commission_too_high(facts: Facts) -> Fired | None:
    """Creators who take more commission than the margin on what they sold after refunds.

    Where mismatched creators lose money together, A01 has priced that loss; here it is only said.
    """
    count, loss = facts.must("creators_unprofitable"), facts.month(facts.must("unprofitable_loss_cny"))
    if count < line("few_creators") or loss <= 0:
        return None
    values: Values = {
        "creators": counted(count, "位", "creator", "creators"),
        "count": Figure(count, "count"),
        "loss": Figure(loss, "cny"),
    }
    mismatched = facts.value("label_contribution_cny:mismatch")
    worth = None if mismatched is not None and mismatched < 0 else Worth(loss, loss, "contribution")
    return Fired(values, tuple(map(facts.evidence, ("creators_unprofitable", "unprofitable_loss_cny"))), worth)


def _losing_tail(facts: Facts) -> Fired | None:
    """The smaller half of creators sells next to nothing and leaves less than it costs."""
    share, left = facts.must("creator_tail_share"), facts.must("creator_tail_contribution_cny")
    if share >= line("tail_sales") or left >= 0:
        return None
    values = {"share": Figure(share, "fraction"), "loss": Figure(facts.month(-left), "cny")}
    ids = ("creator_tail_share", "creator_tail_contribution_cny")
    return Fired(values, tuple(map(facts.evidence, ids)))


def _idle_samples(facts: Facts) -> Fired | None:
    """Samples that lie with creators who never went live on them."""
    idle, sent = facts.must("samples_idle"), facts.find("samples_idle")
    known = sent.n if sent and sent.n else idle
    if idle < line("few_creators") or idle < line("idle_samples") * known:
        return None
    cost = facts.value("samples_idle_cny")
    values: Values = {"creators": counted(idle, "位", "creator", "creators"), "count": Figure(idle, "count")}
    pieces: tuple[str, ...] = ()
    if cost:
        values, pieces = {**values, "cost": Figure(cost, "cny")}, ("cost",)
    return Fired(values, (facts.evidence("samples_idle"),), None, pieces)


def _buyers_lost(facts: Facts) -> Fired | None:
    """Buyers first won by creators come back far more rarely than those of the own rooms, beyond chance."""
    theirs, own = (_row(facts, f"repeat_rate_60d:{source}") for source in ("creator", "own"))
    apart = theirs.high is not None and own.low is not None and theirs.high < own.low
    if not apart or (theirs.value or 0.0) >= line("return_gap") * (own.value or 0.0):
        return None
    values = {"theirs": Figure(theirs.value or 0.0, "fraction"), "own": Figure(own.value or 0.0, "fraction")}
    return Fired(values, tuple(facts.evidence(f"repeat_rate_60d:{source}") for source in ("creator", "own")))


def _kind_lost(facts: Facts) -> Fired | None:
    """One kind of creator whose buyers come back less than those of the own rooms, beyond chance."""
    own = _row(facts, "repeat_rate_60d:own")
    kinds = [row for row in facts.rows("repeat_rate_60d", "label") if row.slice["label"] != "unknown"]
    if not kinds:
        raise Refused("repeat_rate_60d")
    below = [row for row in kinds if row.high is not None and row.high < (own.low or 0.0)]
    if not below:
        return None
    worst = min(below, key=lambda row: row.value or 0.0)
    values: Values = {
        "kind": word(f"label.{worst.slice['label']}"),
        "theirs": Figure(worst.value or 0.0, "fraction"),
        "own": Figure(own.value or 0.0, "fraction"),
        "buyers": counted(worst.n or 0.0, "位买家", "buyer", "buyers"),
    }
    return Fired(values, (as_evidence(worst, own.value, "own"), facts.evidence("repeat_rate_60d:own")))


def _level_refunds(facts: Facts) -> Fired | None:
    """One platform level of creators, with a tenth of sales or more, whose sales come back more than the rest's."""
    rates = {row.slice["level"]: row for row in facts.rows("tier_refund_rate", "level")}
    shares = {row.slice["level"]: row.value or 0.0 for row in facts.rows("tier_share", "level")}
    big = {level: row for level, row in rates.items() if shares.get(level, 0.0) >= line("tail_sales")}
    if len(big) < 2:
        raise Refused("tier_refund_rate")
    level = max(big, key=lambda name: big[name].value or 0.0)
    rest = sum(shares[name] * (rates[name].value or 0.0) for name in rates if name != level and name in shares)
    others = rest / sum(shares[name] for name in rates if name != level and name in shares)
    rate = big[level].value or 0.0
    if level == "unlisted" or rate - others < line("level_refund_excess"):
        return None
    values: Values = {
        "level": Text(level, level),
        "rate": Figure(rate, "fraction"),
        "others": Figure(others, "fraction"),
        "share": Figure(shares[level], "fraction"),
    }
    return Fired(values, (as_evidence(big[level], others, "other_levels"),))


RULES = (
    Rule("A12", "A", "medium", ("creator_retention_next",), _few_stay),
    Rule("A13", "A", "medium", ("channel_live_rate",), _leaky_channel),
    Rule("A14", "A", "medium", ("creators_unprofitable", "unprofitable_loss_cny"), _commission_too_high),
    Rule("A15", "A", "low", ("creator_tail_share", "creator_tail_contribution_cny"), _losing_tail),
    Rule("A16", "A", "low", ("samples_idle",), _idle_samples),
    Rule("A17", "A", "medium", ("repeat_rate_60d:creator", "repeat_rate_60d:own"), _buyers_lost),
    Rule("A18", "A", "low", ("tier_refund_rate", "tier_share"), _level_refunds),
    Rule("A19", "A", "low", ("repeat_rate_60d:own",), _kind_lost),
)
