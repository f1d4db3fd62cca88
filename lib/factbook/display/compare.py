"""What a figure is held against: the same comparison its verdict rests on, read from the diagnosis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from factbook.knowledge.metrics import metrics
from factbook.knowledge.thumbs import thumb_of
from factbook.knowledge.words import say
from factbook.records import Diagnosis

STATISTICS = ("median", "mean")
LEVELS = ("score", "level", "per_week", "hours", "days", "ratio")  # do not grow with the length of a period


@dataclass(frozen=True, slots=True)
class Comparison:
    """The other value and whose it is (a key of `statistic` in headings.toml); None when there is none."""

    value: float | None
    statistic: str = ""

    def said(self, language: str) -> str:
        """Whose value it is, in words; nothing when there is none."""
        return say(f"statistic.{self.statistic}", language) if self.statistic else ""


NOTHING = Comparison(None)


def comparison(dx: Diagnosis, metric: str) -> Comparison:
    """The value a verdict on this metric was held against; nothing where there is no verdict."""
    basis = dx.score(f"metric:{metric}").basis
    return _BY_BASIS[basis](dx, metric) if basis in _BY_BASIS else NOTHING


def peers(dx: Diagnosis, metric: str) -> Comparison:
    """The peers' middle value as typed in: the latest median, else the latest average."""
    rows = [row for row in dx.tables.get("peers", {}).get("records", ()) if _usable(row, metric)]
    ranked = sorted(rows, key=lambda row: str(row.get("date") or ""), reverse=True)
    best = min(ranked, key=lambda row: STATISTICS.index(row["statistic"]), default=None)
    return Comparison(float(best["value"]), best["statistic"]) if best else NOTHING


def _usable(row: Any, metric: str) -> bool:
    return row.get("metric") == metric and row.get("value") is not None and row.get("statistic") in STATISTICS


def history(dx: Diagnosis, metric: str) -> Comparison:
    """The earlier figure its verdict rests on, brought to the length of this period."""
    score = dx.score(f"metric:{metric}")
    return Comparison(score.against, _kind(metric, score.statistic))


def _kind(metric: str, statistic: str) -> str:
    """How the earlier figure was made; of weeks it says whether it was stretched to the period's days."""
    lasting = metrics()[metric].denominator is not None or metrics()[metric].unit in LEVELS
    return "stretched" if statistic == "weeks" and not lasting else statistic


def rule_of_thumb(dx: Diagnosis, metric: str) -> Comparison:
    """The value from which on practitioners call it good."""
    thumb = thumb_of(metric, dx.tables.get("thumbs", {}).get("records", ()))
    return Comparison(thumb.good, "rule_of_thumb") if thumb else NOTHING


_BY_BASIS: dict[str, Callable[[Diagnosis, str], Comparison]] = {
    "peers": peers,
    "history": history,
    "rule_of_thumb": rule_of_thumb,
}
