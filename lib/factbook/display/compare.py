"""What a figure is held against: typed-in peers first, then the shop's own preceding period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from factbook.knowledge.words import say
from factbook.records import Diagnosis

STATISTICS = ("median", "mean", "top")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The other value and whose it is: `statistic` of peers, or `previous`; value None when there is none."""

    value: float | None
    statistic: str = ""
    source: str = ""

    @property
    def basis(self) -> str:
        """`peers`, `history` or empty, as scores name it."""
        return {"": "", "previous": "history"}.get(self.statistic, "peers")

    def said(self, language: str) -> str:
        """Whose value it is, in words."""
        return say(f"statistic.{self.statistic}", language) if self.statistic else say("basis.none", language)


NOTHING = Comparison(None)


def peers(dx: Diagnosis, metric: str) -> Comparison:
    """The peers' middle value of a metric as typed in; a top value only where there is no other."""
    rows = [row for row in dx.tables.get("peers", {}).get("records", ()) if _usable(row, metric)]
    best = min(rows, key=lambda row: STATISTICS.index(row["statistic"]), default=None)
    return (
        Comparison(float(best["value"]), best["statistic"], str(best.get("source") or ""))
        if best
        else NOTHING
    )


def _usable(row: Any, metric: str) -> bool:
    return row.get("metric") == metric and row.get("value") is not None and row.get("statistic") in STATISTICS


def comparison(dx: Diagnosis, metric: str) -> Comparison:
    """What this merchant's figure of the whole period is compared with."""
    found = peers(dx, metric)
    if found.value is not None:
        return found
    before = dx.measures.value(metric, "previous")
    return Comparison(before, "previous") if before is not None else NOTHING
