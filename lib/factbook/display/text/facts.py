"""Building blocks of readings: figures of a diagnosis as facts a sentence may name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from factbook import records
from factbook.display import cells
from factbook.display.compare import comparison
from factbook.knowledge.metrics import metric
from factbook.knowledge.readings import Fact
from factbook.knowledge.words import word, words
from factbook.records import Diagnosis, Text

Found = dict[str, Fact]


def figure(dx: Diagnosis, id: str, period: str = "current", **slice: str) -> Fact:
    """One measure with its unit; unknown when it was not measured."""
    return Fact(dx.measures.value(id, period, **slice), metric(id).unit)


def figures(dx: Diagnosis, *ids: str, period: str = "current", suffix: str = "") -> Found:
    """Measures of the whole period by id, the name extended by `suffix`."""
    return {f"{id}{suffix}": figure(dx, id, period) for id in ids}


def against(dx: Diagnosis, id: str, name: str) -> Found:
    """A figure as `name`, with what its verdict was held against (`_than`), whose that is, and the gap."""
    other = comparison(dx, id)
    now = dx.measures.value(id)
    whose = word(f"statistic.{other.statistic}") if other.statistic else None
    gap = now / other.value - 1 if now is not None and other.value else None
    unit = metric(id).unit
    return {
        name: Fact(now, unit),
        f"{name}_than": Fact(other.value, unit),
        f"{name}_whose": Fact(whose),
        f"{name}_gap": Fact(gap, "fraction"),
        f"{name}_short": Fact(-gap if gap is not None and gap < 0 else None, "fraction"),
    }


def count(value: float | None) -> Fact:
    """A whole number."""
    return Fact(value, "count")


def ratio(top: float | None, bottom: float | None, unit: str = "fraction") -> Fact:
    """One figure over another; unknown when either is missing or the divisor is zero."""
    return Fact(top / bottom if top is not None and bottom else None, unit)


def known(values: Mapping[str, float | None]) -> dict[str, float]:
    """The entries that exist."""
    return {key: value for key, value in values.items() if value is not None and not pd.isna(value)}


def sliced(dx: Diagnosis, id: str, by: str, period: str = "current") -> dict[str, float]:
    """Value by slice, only those measured."""
    rows = dx.measures.select(id, by, period).dropna(subset="value")
    return dict(zip(rows[by], rows["value"].astype(float), strict=True)) if len(rows) else {}


def span_of(low: float | None, high: float | None) -> Text | None:
    """A range of money in both languages; one amount where both ends read the same."""
    if low is None and high is None:
        return None
    return Text(*(cells.interval((low, high), "cny_said", language) for language in ("zh", "en")))


def listed(names: Iterable[Text]) -> Text | None:
    """Names in a row; nothing for an empty list."""
    chosen = list(names)
    return records.listed(chosen) if chosen else None


def lowest(values: dict[str, float]) -> tuple[str, ...]:
    """Every key that shares the smallest value, as readers see it (one decimal); empty for nothing."""
    least = min(values.values(), default=0.0)
    return tuple(key for key, value in values.items() if round(value, 1) == round(least, 1))


def named(table: str, code: str) -> Text:
    """The word for a code in both languages; an unknown code as it is."""
    return words().get(f"{table}.{code}", same(code))


def same(text: object) -> Text:
    """A proper name, the same in both languages."""
    return Text(str(text), str(text))
