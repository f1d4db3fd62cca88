"""Platform reports as rows: canonical columns with every header they go by, and sheets with their tables."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from pydantic import Field, model_validator

from factbook.knowledge.load import Row, read

Kind = Literal[
    "money", "money_fen", "money_local", "count", "ratio", "number", "minutes", "seconds", "hours", "hour",
    "text", "id", "date", "datetime", "span", "name_id", "hour_slot",
]  # fmt: skip
LayoutName = Literal["table", "key_value"]
ENDS = ("low", "high")


class Column(Row):
    """A canonical column: how its cells are read, and every header it is known by.

    `into`: the columns one cell fills, where it says several things (a range, a span, a name with an id).
    """

    kind: Kind
    headers: tuple[str, ...]
    values: dict[str, str] = Field(default_factory=dict)
    en: str = ""
    range: bool = False
    into: tuple[str, ...] = ()
    most: float | None = None
    parts: tuple[str, ...] = ()


class Sheet(Row):
    """A sheet of a report, and the table its rows become."""

    name: str = ""
    also: tuple[str, ...] = ()
    table: str
    constants: dict[str, str] = Field(default_factory=dict)
    defaults: dict[str, str] = Field(default_factory=dict)
    signature: tuple[str, ...]
    any: tuple[str, ...] = ()
    at_least: int = 1
    literal: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    book_only: bool = False
    file_words: tuple[str, ...] = ()
    headers: dict[str, str] = Field(default_factory=dict)
    units: dict[str, str] = Field(default_factory=dict)
    layouts: tuple[LayoutName, ...] = ("table",)
    from_name: dict[str, dict[str, str]] = Field(default_factory=dict)
    dated: Literal["", "name", "period"] = ""
    parent: str = ""
    inherit: tuple[str, ...] = ()
    keys: tuple[str, ...]
    clock: str = ""
    required: tuple[str, ...] = ()
    newest: Literal["block", "row"] = "block"
    block: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What the sheet may be called; empty where its name says nothing."""
        return (self.name, *self.also) if self.name else ()

    def speaks_of(self) -> set[str]:
        """Every canonical column the row names."""
        named = {*self.keys, *self.required, *self.inherit, *self.block, *self.constants, *self.defaults}
        return named | {*self.headers.values(), *self.units, *self.from_name} | {*filter(None, [self.clock])}


class Report(Row):
    """A report: its names, where a client finds it, and what it allows the workbook to say."""

    zh: str
    en: str
    path_zh: str
    allows_zh: str
    allows_en: str
    sheets: tuple[Sheet, ...]
    identity: tuple[str, ...] = ()
    named_by: str = ""
    expected: bool = True


class Headers(Row):
    """A list of headers that are no column."""

    headers: tuple[str, ...]


class Markers(Row):
    """The words that mark totals, buckets, channels and remarks among the rows."""

    totals: tuple[str, ...]
    closing: tuple[str, ...]
    sums: tuple[str, ...]
    notes: tuple[str, ...]
    bucket_account: str
    channel_accounts: tuple[str, ...]
    overlap_accounts: tuple[str, ...]


class ZeroIsMissing(Row):
    """Columns whose 0 means "not available" wherever another column is not one of some values."""

    table: str
    columns: tuple[str, ...]
    where: str
    excepted: tuple[str, ...] = Field(alias="except")


class Series(Row):
    """A table of moments: the columns that may be running totals, and what parts one run from the next."""

    clock: str
    by: tuple[str, ...]
    pause_minutes: int
    flows: tuple[str, ...]


class Exports(Row):
    """The whole file; `tables` with their groups written out."""

    columns: dict[str, Column]
    private: Headers
    ignored: Headers
    markers: Markers
    zero_is_missing: tuple[ZeroIsMissing, ...]
    groups: dict[str, tuple[str, ...]]
    tables: dict[str, tuple[str, ...]]
    series: dict[str, Series]
    reports: dict[str, Report]

    def columns_of(self, table: str) -> tuple[str, ...]:
        """The columns a table always has, groups and ranges written out; empty for an unknown table."""
        named = dict.fromkeys(name for entry in self.tables.get(table, ()) for name in self._written_out(entry))
        return tuple(column for name in named for column in (self.columns[name].into or (name,)))

    def _written_out(self, entry: str) -> tuple[str, ...]:
        return self.groups[entry[1:]] if entry.startswith("@") and entry[1:] in self.groups else (entry,)

    @model_validator(mode="before")
    @classmethod
    def ranges_are_two_columns(cls, data: dict[str, Any]) -> dict[str, Any]:
        """A figure shown as a range brings the columns of its two ends."""
        columns = dict(data.get("columns", {}))
        for name, column in list(columns.items()):
            if isinstance(column, dict) and column.get("range"):
                ends = [f"{name}_{end}" for end in ENDS]
                columns[name] = column | {"into": ends}
                columns |= {end: {"kind": column["kind"], "headers": []} for end in ends}
        return {**data, "columns": columns}

    @model_validator(mode="after")
    def every_name_is_a_row(self) -> Exports:
        """Tables and sheets speak only of columns, groups and tables that exist."""
        wrong = set(self._wrong_columns()) | {
            sheet.table for report in self.reports.values() for sheet in report.sheets if sheet.table not in self.tables
        }
        if wrong:
            raise ValueError(f"no such column, group or table: {', '.join(sorted(wrong))}")
        return self

    @model_validator(mode="after")
    def sheets_of_a_table_agree(self) -> Exports:
        """Files that meet in one table are held against each other by the same keys."""
        met: dict[str, tuple[object, ...]] = {}
        for sheet in (sheet for report in self.reports.values() for sheet in report.sheets):
            told = (sheet.keys, sheet.newest, sheet.block)
            if met.setdefault(sheet.table, told) != told:
                raise ValueError(f"sheets of {sheet.table} differ in keys, newest or block")
        return self

    def _wrong_columns(self) -> Iterator[str]:
        lists = [*map(self._written_out, (entry for table in self.tables.values() for entry in table))]
        lists += [(*column.into, *column.parts) for column in self.columns.values()]
        lists += [(one.clock, *one.by, *one.flows) for one in self.series.values()]
        for report in self.reports.values():
            lists += [report.identity, tuple(filter(None, [report.named_by]))]
            lists += [tuple(sheet.speaks_of()) for sheet in report.sheets]
        return (name for names in lists for name in names if name not in self.columns)


@cache
def listed(table: str) -> frozenset[str]:
    """The columns of a table, and those whose cells fill some of them."""
    always = set(exports().columns_of(table))
    return frozenset(always | {name for name, column in exports().columns.items() if always & {*column.into}})


@cache
def exports() -> Exports:
    """The reports the workbook can read, from knowledge/exports.toml."""
    return read("exports.toml", Exports)
