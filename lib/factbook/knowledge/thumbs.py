"""Rules of thumb: values that give a verdict but never a score, and the lines where findings begin."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from factbook.knowledge.load import Row, read
from factbook.records import Text


class Thumb(Row):
    """From `good` on a figure is good, from `poor` on it is poor, in the metric's own direction."""

    good: float
    poor: float
    source: Text


class ThumbsFile(Row):
    """The whole file."""

    metrics: dict[str, Thumb]
    lines: dict[str, float]


@cache
def thumbs() -> ThumbsFile:
    """Every rule of thumb, from knowledge/thumbs.toml."""
    return read("thumbs.toml", ThumbsFile)


def thumb_of(metric: str, typed: Iterable[Mapping[str, Any]] = ()) -> Thumb | None:
    """The rule of thumb of a metric: the house's, with what the form's sheet (`typed`) puts in its place.

    None where neither gives both ends.
    """
    house = thumbs().metrics.get(metric)
    own = next((row for row in typed if row["metric"] == metric), None)
    if own is None:
        return house
    good, poor = (own[end] if _given(own[end]) else getattr(house, end, math.nan) for end in ("good", "poor"))
    said = Text(own["source"], own["source"])
    return Thumb(good=good, poor=poor, source=said) if _given(good) and _given(poor) else house


def _given(value: Any) -> bool:
    return value is not None and value == value


def line(name: str) -> float:
    """One line by name; KeyError for a name that is not in the file."""
    return thumbs().lines[name]
