"""F · own live: does it carry the days, what does it keep, when does it sell."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from factbook.judgement.facts import Facts
from factbook.judgement.rule import Fired, Rule, Worth
from factbook.judgement.say import Figure, Value
from factbook.judgement.scoring import history_pair
from factbook.knowledge.thumbs import line
from factbook.records import Measure, Text


def _carries(facts: Facts) -> Fired | None:
    share = facts.must("field_share:F")
    return _share(facts, share) if share >= line("own_room_carries") else None


def _thin(facts: Facts) -> Fired | None:
    share = facts.must("field_share:F")
    return _share(facts, share) if share < line("own_room_thin") else None


def _share(facts: Facts, share: float) -> Fired:
    return Fired({"share": Figure(share, "fraction")}, (facts.evidence("field_share:F"),))


def _other(facts: Facts, id: str) -> tuple[float, str] | None:
    """What a figure is compared with: peers, else its own history."""
    peer, pair = facts.peer(id), history_pair(facts, id)
    if peer:
        return peer.middle, "peers"
    return (pair[1], "history") if pair else None


def _refunds(facts: Facts) -> Fired | None:
    """The shop's refund rate is well above its peers', or without peers above its own history."""
    rate, paid, other = facts.must("refund_rate"), facts.must("paid_amount_cny"), _other(facts, "refund_rate")
    if other is None or rate - other[0] < line("refund_excess"):
        return None
    gain = facts.month(paid) * (rate - other[0])
    values: dict[str, Value] = {
        "rate": Figure(rate, "fraction"),
        "other": Figure(other[0], "fraction"),
        "against": _AGAINST[other[1]],
    }
    return Fired(values, (facts.evidence("refund_rate", *other),), Worth(gain, gain, "net_gmv"))


def _ad_ratio(facts: Facts) -> Fired | None:
    """Ads take a larger part of sales than they do for peers, or than they used to."""
    ratio, other = facts.must("shop_ad_cost_ratio"), _other(facts, "shop_ad_cost_ratio")
    if other is None or ratio < other[0] * (1 + line("ad_cost_rise")):
        return None
    values: dict[str, Value] = {
        "rate": Figure(ratio, "fraction"),
        "other": Figure(other[0], "fraction"),
        "against": _AGAINST[other[1]],
    }
    return Fired(values, (facts.evidence("shop_ad_cost_ratio", *other),))


_AGAINST = {"peers": Text("同行", "peers"), "history": Text("自己以往", "its own past")}


def _gpm_down(facts: Facts) -> Fired | None:
    pair = history_pair(facts, "gpm_views")
    if pair is None or pair[0] / pair[1] - 1 > -line("history_change"):
        return None
    gpm, before = pair
    values = {"gpm": Figure(gpm, "cny"), "before": Figure(before, "cny"), "drop": Figure(1 - gpm / before, "fraction")}
    return Fired(values, (facts.evidence("gpm_views", before, "history"),))


def _start_bands(facts: Facts) -> Fired | None:
    """One part of the day sells far more an hour than the others: an association, the audience differs."""
    bands = _bands(facts.rows("paid_per_hour_cny", "weekday", "hour"))
    best = max(bands, key=lambda name: bands[name].rate, default="")
    rest = _sum([band for name, band in bands.items() if name != best])
    if not best or rest.hours <= 0 or bands[best].rate < line("band_ratio") * rest.rate:
        return None
    values: dict[str, Value] = {
        "band": PARTS_OF_DAY[best],
        "best": Figure(bands[best].rate, "cny"),
        "rest": Figure(rest.rate, "cny"),
        "sessions": Figure(bands[best].sessions, "count"),
        "others": Figure(rest.sessions, "count"),
    }
    return Fired(values, (facts.evidence("paid_per_hour_cny"),))


@dataclass(frozen=True, slots=True)
class Band:
    """Σ paid, Σ hours live and sessions of a part of the day."""

    paid: float = 0.0
    hours: float = 0.0
    sessions: float = 0.0

    @property
    def rate(self) -> float:
        return self.paid / self.hours if self.hours > 0 else 0.0


PARTS_OF_DAY = {
    "night": Text("凌晨", "the small hours"),
    "morning": Text("上午", "the morning"),
    "afternoon": Text("下午", "the afternoon"),
    "evening": Text("晚上", "the evening"),
}
_HOURS_EACH = 24 // len(PARTS_OF_DAY)


def _bands(rows: tuple[Measure, ...]) -> dict[str, Band]:
    """Parts of the day with enough sessions, by the hour a session starts."""
    found: dict[str, list[Band]] = defaultdict(list)
    for row in rows:
        name = list(PARTS_OF_DAY)[int(row.slice["hour"]) // _HOURS_EACH]
        found[name].append(Band(row.numerator or 0.0, row.denominator or 0.0, row.n or 0.0))
    sums = {name: _sum(bands) for name, bands in found.items()}
    return {name: band for name, band in sums.items() if band.sessions >= line("band_sessions")}


def _sum(bands: list[Band]) -> Band:
    return Band(sum(b.paid for b in bands), sum(b.hours for b in bands), sum(b.sessions for b in bands))


RULES = (
    Rule("F01", "F", "strength", ("field_share:F",), _carries),
    Rule("F02", "F", "medium", ("field_share:F",), _thin),
    Rule("F03", "F", "medium", ("refund_rate", "paid_amount_cny"), _refunds),
    Rule("F04", "F", "low", ("shop_ad_cost_ratio",), _ad_ratio),
    Rule("F05", "F", "medium", ("gpm_views",), _gpm_down),
    Rule("F06", "F", "low", ("paid_per_hour_cny",), _start_bands),
)
