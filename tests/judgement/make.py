"""Small merchants for the tests of judgement: figures by `id` or `id:key`, peers, a profile, form tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from factbook.judgement.facts import Facts
from factbook.judgement.gates import judge_gates
from factbook.records import MEASURE_COLUMNS, Case, Measures, Merchant, Period

NAN = float("nan")
PERIOD = Period(date(2026, 9, 1), date(2026, 9, 30))
_SLICES = {
    **dict.fromkeys("FATSU", "field"),
    **dict.fromkeys(("core", "rising", "mismatch", "low", "unknown"), "label"),
    **{f"O{n}": "capability" for n in range(1, 6)},
    **dict.fromkeys(("star", "own"), "source"),
    **dict.fromkeys(("product", "logistics", "service"), "part"),
    **dict.fromkeys(("before_shipping", "returned"), "stage"),
    **dict.fromkeys(("impressions", "entry", "click", "pay", "order"), "step"),
    **dict.fromkeys(("own_live", "partner_live", "video", "card"), "format"),
    **{f"LV{n}": "level" for n in range(8)},
    **dict.fromkeys(("doulink", "alliance", "nebula", "base", "leader"), "channel"),
    **dict.fromkeys(("creator", "own", "star"), "source"),
}

_STARTS = {"campaign": "campaign", "star_product": "product", "next_": "star", "last_fee": "star"}


@dataclass(frozen=True)
class Shop:
    """What a test knows about a merchant; everything else is missing."""

    now: Mapping[str, float] = field(default_factory=dict)  # `id` or `id:key`
    before: Mapping[str, float] = field(default_factory=dict)
    weeks: Mapping[str, Sequence[float]] = field(default_factory=dict)  # oldest first, the last in the period
    days: Mapping[str, Sequence[float]] = field(default_factory=dict)  # oldest first, the last is the period's end
    hours: Mapping[int, tuple[float, float, int]] = field(default_factory=dict)  # start hour: paid, hours, sessions
    peers: Mapping[str, float] = field(default_factory=dict)
    profile: Mapping[str, Any] = field(default_factory=dict)
    tables: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    ends: Mapping[str, tuple[float, float]] = field(default_factory=dict)  # intervals
    sliced: tuple[Mapping[str, Any], ...] = ()  # whole rows, at slices that `now` cannot name

    def but(self, **changes: Any) -> Shop:
        """The same shop with some of its figures replaced."""
        return replace(self, **{name: _merged(getattr(self, name), given) for name, given in changes.items()})

    def without(self, need: str) -> Shop:
        """The same shop lacking one thing a rule needs."""
        kind, _, rest = need.partition(":")
        where = {"peer": "peers", "table": "tables", "profile": "profile"}.get(kind)
        if where:
            return replace(self, **{where: {k: v for k, v in getattr(self, where).items() if k != rest}})
        gone = (lambda spec: spec == need) if rest else (lambda spec: spec.partition(":")[0] == need)
        parts = ("now", "before", "weeks", "days")
        kept = {part: {s: v for s, v in getattr(self, part).items() if not gone(s.partition("@")[0])} for part in parts}
        sliced = tuple(row for row in self.sliced if row["id"] != need)
        return replace(self, **kept, sliced=sliced, hours={} if need == "paid_per_hour_cny" else self.hours)


def _merged(old: Any, given: Any) -> Any:
    """Figures by name are replaced one by one, whole rows all together."""
    return tuple(given) if isinstance(old, tuple) else {**old, **given}


def measures(shop: Shop) -> Measures:
    """The tidy frame of a shop."""
    rows = [_row(spec, value, shop) for spec, value in shop.now.items()]
    rows += [_row(spec, value, shop, "previous") for spec, value in shop.before.items()]
    rows += [made for spec, values in shop.weeks.items() for made in _weekly(spec, values)]
    rows += [made for spec, values in shop.days.items() for made in _daily(spec, values)]
    rows += [_hour(hour, *figures) for hour, figures in shop.hours.items()]
    rows += [dict(made) for made in shop.sliced]
    return Measures(pd.DataFrame(rows, columns=list(MEASURE_COLUMNS)))


def row(id: str, value: float, by: tuple[str, ...] = (), key: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    """One row of the tidy frame; what is not given does not exist."""
    blank = dict.fromkeys(("numerator", "denominator", "n", "low", "high"), NAN)
    return {
        "period": "current",
        **blank,
        "reason": "",
        "source": "x",
        **more,
        "id": id,
        "by": by,
        "key": key,
        "value": value,
    }


def _row(spec: str, value: float, shop: Shop, period: str = "current") -> dict[str, Any]:
    id, _, key = spec.partition(":")
    low, high = shop.ends.get(spec, (NAN, NAN))
    name = _SLICES.get(key) or next((by for start, by in _STARTS.items() if id.startswith(start)), "deal")
    by, keys = ((name,), (key,)) if key else ((), ())
    if "." in key and key.partition(".")[0] in _SLICES:
        by, keys = ("capability", "item"), (key.partition(".")[0], key)
    if "|" in key:  # a campaign and an hour
        by, keys = ("campaign", "hour"), tuple(key.split("|"))
    return row(id, value, by, keys, n=4, low=low, high=high, period=period)


def _weekly(spec: str, values: Sequence[float]) -> list[dict[str, Any]]:
    """Weeks that begin on Mondays, the last one inside the period."""
    last = date(2026, 9, 21)
    days = [(last - timedelta(weeks=n)).isoformat() for n in range(len(values))][::-1]
    return [row(spec, value, ("week",), (day,), period="history") for day, value in zip(days, values, strict=True)]


def _daily(spec: str, values: Sequence[float]) -> list[dict[str, Any]]:
    id, _, field_ = spec.partition("@")
    days = [(PERIOD.end - timedelta(days=n)).isoformat() for n in range(len(values))][::-1]
    by, tail = (("date", "field"), (field_,)) if field_ else (("date",), ())
    return [row(id, value, by, (day, *tail)) for day, value in zip(days, values, strict=True)]


def _hour(hour: int, paid: float, hours: float, sessions: int) -> dict[str, Any]:
    key = ("0", str(hour))
    return row(
        "paid_per_hour_cny", paid / hours, ("weekday", "hour"), key, numerator=paid, denominator=hours, n=sessions
    )


def case(shop: Shop, period: Period = PERIOD) -> Case:
    """The case of a shop: its form tables, peers and profile."""
    peers = [
        {"metric": id, "value": value, "statistic": "median", "date": "2026-09-30"} for id, value in shop.peers.items()
    ]
    tables = {name: pd.DataFrame(rows) for name, rows in {**shop.tables, "peers": peers}.items() if rows}
    return Case(Path("x"), Merchant("x", "某店", profile=dict(shop.profile)), period, tables)


def facts(shop: Shop, period: Period = PERIOD) -> Facts:
    """What the rules see, gates included."""
    bare = Facts(measures(shop), case(shop, period))
    return replace(bare, gates=judge_gates(bare))
