"""Platform reports as rows: canonical columns with every header they go by, and sheets with their tables."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import Field, model_validator

from factbook.knowledge.load import Row, read

Kind = Literal["money", "money_fen", "count", "ratio", "minutes", "number", "text", "id", "date", "datetime"]


class Column(Row):
    """A canonical column: how its cells are read, and every header it is known by."""

    kind: Kind
    headers: tuple[str, ...]
    values: dict[str, str] = Field(default_factory=dict)
    en: str = ""


class Sheet(Row):
    """A sheet of a report, and the table its rows become."""

    name: str = ""
    table: str
    constants: dict[str, str] = Field(default_factory=dict)
    defaults: dict[str, str] = Field(default_factory=dict)
    signature: tuple[str, ...]
    keys: tuple[str, ...]
    clock: str = ""
    required: tuple[str, ...] = ()
    newest: Literal["block", "row"] = "block"


class Report(Row):
    """A report: its names, where a client finds it, and what it allows the workbook to say."""

    zh: str
    en: str
    path_zh: str
    allows_zh: str
    allows_en: str
    sheets: tuple[Sheet, ...]


class Headers(Row):
    """A list of headers that are no column."""

    headers: tuple[str, ...]


class Markers(Row):
    """The words that mark totals, buckets and channels among the rows."""

    totals: tuple[str, ...]
    closing: tuple[str, ...]
    bucket_account: str
    channel_accounts: tuple[str, ...]
    overlap_accounts: tuple[str, ...]


class ZeroIsMissing(Row):
    """Columns whose 0 means "not available" wherever another column is not one of some values."""

    table: str
    columns: tuple[str, ...]
    where: str
    excepted: tuple[str, ...] = Field(alias="except")


class Exports(Row):
    """The whole file; `tables` with their groups written out."""

    columns: dict[str, Column]
    private: Headers
    ignored: Headers
    markers: Markers
    zero_is_missing: tuple[ZeroIsMissing, ...]
    groups: dict[str, tuple[str, ...]]
    tables: dict[str, tuple[str, ...]]
    reports: dict[str, Report]

    def columns_of(self, table: str) -> tuple[str, ...]:
        """The columns a table always has, groups written out; empty for an unknown table."""
        parts = (
            self.groups[name[1:]] if name.startswith("@") else (name,) for name in self.tables.get(table, ())
        )
        return tuple(column for part in parts for column in part)

    @model_validator(mode="after")
    def every_name_is_a_row(self) -> Exports:
        """Tables and sheets speak only of columns, groups and tables that exist."""
        wrong = {
            name
            for table in self.tables
            for name in self._columns_or_groups(table)
            if name not in self.columns
        }
        for report in self.reports.values():
            for sheet in report.sheets:
                named = {
                    *sheet.keys,
                    *sheet.required,
                    *sheet.constants,
                    *sheet.defaults,
                    *filter(None, [sheet.clock]),
                }
                wrong |= named - set(self.columns)
                wrong |= {sheet.table} - set(self.tables)
        if wrong:
            raise ValueError(f"no such column, group or table: {', '.join(sorted(wrong))}")
        return self

    def _columns_or_groups(self, table: str) -> list[str]:
        known = {f"@{name}": columns for name, columns in self.groups.items()}
        return [column for name in self.tables[table] for column in known.get(name, (name,))]


@cache
def exports() -> Exports:
    """The reports the workbook can read, from knowledge/exports.toml."""
    return read("exports.toml", Exports)
