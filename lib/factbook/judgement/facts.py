"""What a rule may ask: figures that exist, peers, the profile, gates; never a NaN."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any, cast

import pandas as pd

from factbook.errors import Refused
from factbook.knowledge.metrics import metrics
from factbook.knowledge.reasons import absent
from factbook.records import NUMBERS, Case, Evidence, Gate, Measure, Measures

MONTH = 30  # worth is per 30 days
NAMED = (
    ("field",),
    ("label",),
    ("capability",),
    ("part",),
    ("campaign",),
    ("deal",),
    ("level",),
    ("source",),
    ("role",),
    ("stage",),
    ("line",),
)


@dataclass(frozen=True, slots=True)
class Peer:
    """What peers do: the 50-point, the top where supplied, and whether the 50-point is only an average."""

    middle: float
    top: float | None
    approximate: bool
    source: str


@dataclass(frozen=True)
class Facts:
    """One merchant's figures, indexed once; a metric is asked for as `id` or `id:key` (one slice)."""

    measures: Measures
    case: Case
    gates: tuple[Gate, ...] = ()

    def _row(self, place: int) -> Measure:
        """The measure at a place; what is not finite does not exist."""
        row = self.measures.at(place)
        finite: dict[str, Any] = {name: number(getattr(row, name)) for name in NUMBERS}
        return replace(row, **finite)

    def rows(self, id: str, *by: str, period: str = "current") -> tuple[Measure, ...]:
        """Every measure of one metric at one slicing whose value exists."""
        rows = map(self._row, self.measures.places(id, by, period))
        return tuple(row for row in rows if row.value is not None)

    def find(self, spec: str, period: str = "current") -> Measure | None:
        """The measure of `id` or `id:key`, also where its value is missing (its reason says why).

        A key is looked for in slices of fixed names (NAMED) only: a creator may be called anything.
        """
        id, _, key = spec.partition(":")
        wanted = (key,) if key else ()
        slicings: tuple[tuple[str, ...], ...] = NAMED if key else ((),)
        for by in slicings:
            for place in self.measures.places(id, by, period):
                if self.measures.columns["key"][place] == wanted:
                    return self._row(place)
        return None

    def value(self, spec: str, period: str = "current") -> float | None:
        """The figure of `id` or `id:key`; None when it does not exist."""
        row = self.find(spec, period)
        return number(row.value) if row else None

    def must(self, spec: str, period: str = "current") -> float:
        """The figure of `id` or `id:key`; raises Refused without one, so that a rule is not measured."""
        found = self.value(spec, period)
        if found is None:
            raise Refused(spec)
        return found

    def has(self, need: str) -> bool:
        """Whether a need is met: `id` (any slice), `id:key`, `peer:id`, `table:name` or `profile:key`."""
        kind, _, rest = need.partition(":")
        if kind in _NEEDS:
            return bool(_NEEDS[kind](self, rest))
        if rest:
            return self.value(need) is not None
        values = self.measures.columns["value"]
        places = (place for slicing, rows in self.measures.index.items() if slicing[0] == need for place in rows)
        return any(number(values[place]) is not None for place in places)

    def why(self, need: str) -> str:
        """Why a need of a rule is not met, as a reason's code; `not_judged` where nothing says more."""
        kind, _, rest = need.partition(":")
        if kind in _NEEDS:
            return "no_peers" if kind == "peer" else absent(rest)
        row = self.find(need)
        return (row.reason if row else "") or "not_judged"

    @cached_property
    def peers(self) -> dict[str, Peer]:
        """Peer values by metric, from the form."""
        table = self.case.table("peers")
        if table.empty:
            return {}
        usable = table[table["value"].map(lambda value: number(value) is not None)]
        found = {str(id): _peer(rows) for id, rows in usable.groupby("metric")}
        return {id: peer for id, peer in found.items() if peer}

    def peer(self, id: str) -> Peer | None:
        return self.peers.get(id)

    def profile(self, key: str) -> float | None:
        """A number of the profile; None when it was left blank."""
        return number(self.case.merchant.profile.get(key))

    def weeks(self, spec: str) -> dict[str, float]:
        """Weekly values by Monday (ISO day), whole history, oldest first."""
        id, _, key = spec.partition(":")
        by = ("week", "field") if key else ("week",)
        rows = [row for row in self.rows(id, *by, period="history") if not key or row.slice["field"] == key]
        return {row.slice["week"]: cast(float, row.value) for row in sorted(rows, key=lambda r: r.slice["week"])}

    @cached_property
    def known_until(self) -> date:
        """The last day the data speak of: the period's end, or the end of a later week that was measured."""
        keys = (
            self.measures.columns["key"][p]
            for (_, period, by), places in self.measures.index.items()
            if period == "history" and by == ("week",)
            for p in places
        )
        weeks = [date.fromisoformat(key[0]) + timedelta(days=6) for key in {*keys}]
        return max([self.case.period.end, *weeks])

    def days(self, id: str) -> dict[str, float]:
        """Daily values by ISO day up to the period's end, oldest first."""
        end = self.case.period.end.isoformat()
        rows = [*self.rows(id, "date", period="history"), *self.rows(id, "date")]
        found = {row.slice["date"]: cast(float, row.value) for row in rows if row.slice["date"] <= end}
        return dict(sorted(found.items()))

    def month(self, amount: float) -> float:
        """An amount of the period, brought to 30 days."""
        return amount * MONTH / self.case.period.days

    def gate_shut(self, field: str) -> bool:
        return any(gate.state == "shut" and field in gate.closes for gate in self.gates)

    def evidence(self, spec: str, compared_with: float | None = None, basis: str = "") -> Evidence:
        """The figure of `id` or `id:key` as evidence; KeyError when the road never computed it."""
        row = self.find(spec)
        if row is None:
            raise KeyError(spec)
        return as_evidence(row, compared_with, basis)


def as_evidence(row: Measure, compared_with: float | None = None, basis: str = "") -> Evidence:
    """One measure as evidence."""
    return Evidence(row.id, number(row.value), number(row.n), basis, row.source, dict(row.slice), compared_with)


def number(value: Any) -> float | None:
    """A finite float, or None."""
    if value is None or isinstance(value, str | bool) or pd.isna(value):
        return None
    return float(value) if math.isfinite(value) else None


def unit(metric: str) -> str:
    """How a metric is spelled."""
    return metrics()[metric].unit


def _peer(rows: pd.DataFrame) -> Peer | None:
    ordered = rows.sort_values("date", kind="stable") if "date" in rows else rows
    last = {str(row["statistic"]): row for _, row in ordered.iterrows()}
    middle = last.get("median", last.get("mean"))
    if middle is None:
        return None
    top = float(last["top"]["value"]) if "top" in last else None
    return Peer(float(middle["value"]), top, "median" not in last, str(middle.get("source", "")))


_NEEDS: Mapping[str, Any] = {
    "peer": lambda facts, id: id in facts.peers,
    "table": lambda facts, name: len(facts.case.table(name)),
    "profile": lambda facts, key: facts.case.merchant.profile.get(key) not in (None, ""),
}
