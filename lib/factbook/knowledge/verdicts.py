"""The first page's sentence: which findings make which verdict, and festivals by the name people use."""

from __future__ import annotations

from functools import cache

from factbook.knowledge.load import Row, read
from factbook.records import Text


class VerdictRow(Row):
    """One verdict: the findings it rests on, those that rule it out, and the sentence with their figures."""

    needs: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    text: Text


class VerdictsFile(Row):
    """The whole file; the first row that applies speaks."""

    fields: dict[str, Text]
    festivals: dict[str, Text]
    verdicts: tuple[VerdictRow, ...]


@cache
def verdicts() -> VerdictsFile:
    """The verdicts in order, from knowledge/verdicts.toml."""
    return read("verdicts.toml", VerdictsFile)
