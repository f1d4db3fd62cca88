"""Figures: one with everything that traces it, and the one wrapper around a tidy frame of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

MEASURE_COLUMNS = (
    "id",  # metric id in knowledge/metrics/
    "period",  # "current" | "previous" | "history"
    "by",  # tuple of slice names, () for the whole period
    "key",  # tuple of slice values as text, same length as `by`
    "value",  # ratio as a fraction, money in yuan; NaN when not measured
    "numerator",
    "denominator",
    "n",  # sample size: sessions, days, creators or raters, as the registry says
    "low",  # 95 % interval, NaN when none
    "high",
    "reason",  # "" or the code of why it is not measured (knowledge/reasons.toml)
    "source",  # "file › sheet" of the rows used
)


NUMBERS = ("value", "numerator", "denominator", "n", "low", "high")
Slicing = tuple[str, str, tuple[str, ...]]  # metric, period, slice names


@dataclass(frozen=True)
class Measures:
    """One row per metric × period × slice; columns as in MEASURE_COLUMNS."""

    frame: pd.DataFrame

    @classmethod
    def empty(cls) -> Measures:
        return cls(pd.DataFrame(columns=list(MEASURE_COLUMNS)))

    @classmethod
    def concat(cls, parts: Iterable[pd.DataFrame]) -> Measures:
        frames = [part for part in parts if len(part)]
        if not frames:
            return cls.empty()
        return cls(pd.concat(frames, ignore_index=True)[list(MEASURE_COLUMNS)])

    @cached_property
    def columns(self) -> dict[str, list[Any]]:
        """The frame as lists, for looking up single figures."""
        return {name: self.frame[name].tolist() for name in MEASURE_COLUMNS}

    @cached_property
    def index(self) -> dict[Slicing, list[int]]:
        """Row places by metric, period and slicing; made once, since every chapter asks many times."""
        columns, found = self.columns, defaultdict[Slicing, list[int]](list)
        for place, slicing in enumerate(zip(columns["id"], columns["period"], columns["by"], strict=True)):
            found[slicing].append(place)
        return dict(found)

    def places(self, id: str, by: tuple[str, ...] = (), period: str = "current") -> Sequence[int]:
        """Where the rows of one metric at one slicing stand in the frame."""
        return self.index.get((id, period, by), ())

    def at(self, place: int) -> Measure:
        """The measure that stands at a place."""
        row = {name: column[place] for name, column in self.columns.items()}
        by, key = row.pop("by"), row.pop("key")
        numbers = {name: _number(row[name]) for name in NUMBERS}
        return Measure(**{**row, **numbers}, slice=dict(zip(by, key, strict=True)))

    def select(self, id: str | Sequence[str], by: str | tuple[str, ...] = (), period: str = "current") -> pd.DataFrame:
        """Rows of one metric (or several) at one slicing, each slice name a column; empty when none."""
        names = (by,) if isinstance(by, str) else tuple(by)
        ids = dict.fromkeys([id] if isinstance(id, str) else id)
        places = sorted(place for one in ids for place in self.places(one, names, period))
        rows = self.frame.iloc[places].reset_index(drop=True)
        for position, name in enumerate(names):
            rows[name] = [key[position] for key in rows["key"]]
        return rows

    def row(self, id: str, period: str = "current", **slice: str) -> Measure | None:
        """One measure, or None when the road never computed it."""
        key, keys = tuple(map(str, slice.values())), self.columns["key"]
        found = (place for place in self.places(id, tuple(slice), period) if keys[place] == key)
        return next(map(self.at, found), None)

    def value(self, id: str, period: str = "current", **slice: str) -> float | None:
        """The figure itself; None when it is not measured."""
        row = self.row(id, period, **slice)
        return row.value if row else None


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure with everything needed to trace it; None where it does not exist."""

    id: str
    period: str
    slice: Mapping[str, str]
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    n: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str = ""
    source: str = ""

    @classmethod
    def of(cls, row: pd.Series) -> Measure:
        """From a row of the tidy frame."""
        numbers = {name: _number(row[name]) for name in NUMBERS}
        slices = dict(zip(row["by"], row["key"], strict=True))
        return cls(row["id"], row["period"], slices, reason=row["reason"], source=row["source"], **numbers)
