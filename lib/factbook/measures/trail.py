"""What a trail is made of: pieces of rows and columns, and how Σ/Σ specs become trails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from factbook.measures.common import Ratio

By = tuple[tuple[str, ...], ...]
How = Literal["sum", "max", "last", "median_day", "model", "different", "levels", "factor", "gap", "middle"]
ALL: By = ((),)


@dataclass(frozen=True, slots=True)
class Piece:
    """A column of one kind of rows (measures/addressed.py); `zero`: no rows is a true zero, not missing."""

    rows: str
    column: str
    zero: bool = False


@dataclass(frozen=True, slots=True)
class Trail:
    """One metric at some slices: the pieces of its numerator and denominator, and how they combine.

    Where sides are paired, a `cluster` (a row, or all rows of a day) that one side lacks counts on neither.
    """

    id: str
    by: By
    top: tuple[Piece, ...]
    bottom: tuple[Piece, ...] = ()
    cluster: Literal["", "row", "day"] = ""
    how: How = "sum"


Elsewhere = Mapping[str, tuple[Piece, ...]]


def ratios(specs: Iterable[Ratio], rows: str, by: By, places: Elsewhere = MappingProxyType({})) -> list[Trail]:
    """Trails of Σ/Σ specs, row by row; `places` says where a column stands that the rows do not carry themselves."""

    def pieces(name: str) -> tuple[Piece, ...]:
        return places.get(name, (Piece(rows, name),)) if name else ()

    return [Trail(r.id, by, pieces(r.numerator), pieces(r.denominator), "row") for r in specs]


def by_day(specs: Iterable[Ratio], rows: str, by: By, places: Elsewhere = MappingProxyType({})) -> list[Trail]:
    """The same where the measures add up days first."""
    return [replace(trail, cluster="day") for trail in ratios(specs, rows, by, places)]


def sums(ids: Mapping[str, str], rows: str, by: By, how: How = "sum") -> list[Trail]:
    """Trails of metrics that are one column, added up (or combined as `how` says)."""
    return [Trail(id, by, (Piece(rows, column),), how=how) for id, column in ids.items()]


def rate(spec: tuple[str, str, str], rows: str, by: By) -> Trail:
    """A metric of two columns that are added up apart."""
    id, top, bottom = spec
    return Trail(id, by, (Piece(rows, top),), (Piece(rows, bottom),))
