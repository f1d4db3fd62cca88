"""Rules of thumb: values that give a verdict but never a score, and the lines where findings begin."""

from __future__ import annotations

from functools import cache

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


def line(name: str) -> float:
    """One line by name; KeyError for a name that is not in the file."""
    return thumbs().lines[name]
