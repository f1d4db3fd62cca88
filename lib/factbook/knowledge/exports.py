"""The platform's reports as rows: columns with their spellings, sheets with their tables."""

from __future__ import annotations

from functools import cache
from typing import Literal

from factbook.knowledge.load import Row, read

Kind = Literal["money", "money_fen", "count", "ratio", "minutes", "number", "text", "id", "date", "datetime"]


class Column(Row):
    """A canonical column: how its cells are read, and every header it is known by."""

    kind: Kind
    headers: tuple[str, ...]
    values: dict[str, str] = {}


class Sheet(Row):
    """A sheet of a report, and the table its rows become."""

    name: str = ""
    table: str
    constants: dict[str, str] = {}
    signature: tuple[str, ...]
    keys: tuple[str, ...]


class Report(Row):
    """A report: its names, where a client finds it, and what it allows the workbook to say."""

    zh: str
    en: str
    path_zh: str
    allows_zh: str
    allows_en: str
    sheets: tuple[Sheet, ...]


class Private(Row):
    headers: tuple[str, ...]


class Markers(Row):
    totals: tuple[str, ...]
    bucket_account: str
    channel_accounts: tuple[str, ...]


class Exports(Row):
    """The whole file."""

    columns: dict[str, Column]
    private: Private
    markers: Markers
    reports: dict[str, Report]


@cache
def exports() -> Exports:
    """The reports the workbook can read, from knowledge/exports.toml."""
    return read("exports.toml", Exports)
