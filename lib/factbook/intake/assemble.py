"""Parts of many files to one table each: overlaps settled, parties told, a record of every file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

import pandas as pd

from factbook.intake import roles
from factbook.intake.files import period_in
from factbook.intake.overlaps import settle
from factbook.intake.parts import Counts, Part, hull, span
from factbook.intake.sheets import Export
from factbook.intake.tables import conform
from factbook.records import FileRecord, Merchant, Period, Problem

Tables = dict[str, pd.DataFrame]
USUAL_DAYS = 30
# Whose last day is the last day of sales data: the first of these that was supplied.
SALES = ("trade_daily", "sessions", "orders")


def period_of(export: Export) -> Period | None:
    """The period of a file: what its rows say, else what its name says."""
    return hull(part.period for part in export.parts) or period_in(export.name)


def ranks(exports: Sequence[Export], wanted: Period | None = None) -> dict[str, int]:
    """Files in order of age, the newest last; those that cover most of `wanted` come after the others."""

    def age(export: Export) -> tuple[int, date, str]:
        period = period_of(export)
        return _overlap(period, wanted), period.end if period else date.min, export.name

    return {export.name: rank for rank, export in enumerate(sorted(exports, key=age))}


def _overlap(period: Period | None, wanted: Period | None) -> int:
    if period is None or wanted is None:
        return 0
    return max(0, (min(period.end, wanted.end) - max(period.start, wanted.start)).days + 1)


def by_table(exports: Iterable[Export]) -> tuple[dict[str, list[Part]], dict[str, list[Part]]]:
    """The parts of each table: of those with dated rows, and of those that picture a whole period."""
    parts: dict[str, list[Part]] = {}
    for part in (part for export in exports for part in export.parts if len(part.frame)):
        parts.setdefault(part.spec.table, []).append(part)
    dated = {table: some for table, some in parts.items() if any(part.period for part in some)}
    return dated, {table: some for table, some in parts.items() if table not in dated}


def tables_of(parts: Mapping[str, list[Part]], order: Mapping[str, int]) -> tuple[Tables, list[Problem]]:
    """Each table with the overlaps of its files settled."""
    tables: Tables = {}
    problems: list[Problem] = []
    for name, some in parts.items():
        frame, notes = settle(some, order)
        tables[name] = conform(frame, name)
        problems += notes
    return tables, problems


def usual_period(tables: Mapping[str, pd.DataFrame], files: Iterable[Period | None]) -> Period | None:
    """The last 30 days of sales data, or as many as there are; None where nothing says when."""
    found = next((period for name in SALES if name in tables and (period := span(tables[name]))), None)
    found = found or hull([*map(span, tables.values()), *files])
    return Period(max(found.start, found.end - timedelta(days=USUAL_DAYS - 1)), found.end) if found else None


def with_parties(tables: Tables, merchant: Merchant) -> tuple[Tables, list[Problem]]:
    """The tables with `party` in sessions and orders."""
    own, problems = _own_accounts(tables, merchant)
    rules: dict[str, Callable[[pd.DataFrame, Iterable[str]], pd.DataFrame]] = {
        "sessions": roles.session_party,
        "orders": roles.order_party,
    }
    told = {name: rules[name](frame, own) if name in rules else frame for name, frame in tables.items()}
    return told, problems if "sessions" in tables else []


def _own_accounts(tables: Tables, merchant: Merchant) -> tuple[tuple[str, ...], list[Problem]]:
    if merchant.own_accounts:
        return merchant.own_accounts, []
    # 账号构成 says for each account whether it is the shop's own: the next best source.
    accounts = tables.get("accounts", pd.DataFrame(columns=["party", "account_role", "account", "douyin_id"]))
    mine = accounts[(accounts["party"] == "self") & (accounts["account_role"] == "account")]
    names = tuple(dict.fromkeys([*mine["account"].dropna(), *mine["douyin_id"].dropna()]))
    if not names:
        return (), [Problem("own_accounts_unknown", "warning")]
    listed = ", ".join(dict.fromkeys(mine["account"].dropna()))
    return names, [Problem("own_accounts_inferred", "note", values={"found": listed})]


def records(exports: Iterable[Export], tables: Mapping[str, pd.DataFrame]) -> list[FileRecord]:
    """What became of each file, every row accounted for."""
    kept = sum((Counter(frame["_file"].value_counts().to_dict()) for frame in tables.values()), Counter[str]())
    return [_record(export, kept[export.name]) for export in exports]


def _record(export: Export, kept: int) -> FileRecord:
    counts = sum((part.counts for part in export.parts), export.left)
    overlapping = sum(len(part.frame) for part in export.parts) - kept
    counts += Counts(duplicates=overlapping)
    return FileRecord(
        name=export.name,
        report=export.report,
        digest=export.loaded.digest,
        size=export.loaded.size,
        period=period_of(export),
        tables=tuple(dict.fromkeys(part.spec.table for part in export.parts)),
        kept=kept,
        read=export.read,
        **vars(counts),
    )
