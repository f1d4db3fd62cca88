"""Kinds of rows that figures are added up from, and how they combine, in words."""

from __future__ import annotations

from functools import cache

from factbook.knowledge.load import Row, read
from factbook.records import Text


class Kind(Row):
    """One kind of rows: the tables they stand in, which of them, and what tells one from another."""

    tables: tuple[str, ...]
    which: Text
    what: tuple[str, ...] = ()


class Lineage(Row):
    """The whole file."""

    how: dict[str, Text]
    columns: dict[str, Text]
    notes: dict[str, Text]
    rows: dict[str, Kind]


@cache
def lineage() -> Lineage:
    """The words of a figure's origin, from knowledge/lineage.toml."""
    return read("lineage.toml", Lineage)
