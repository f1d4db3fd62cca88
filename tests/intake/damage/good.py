"""The good reports that are damaged: one of every kind from the tests, and cut-down files of a sample merchant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from factbook.intake.read import load
from tests.environment import ROOT
from tests.intake.build import ORDERS, PUBLISHED, SESSION_HEADERS, days, order, session, trade_sheets
from tests.intake.reports import SHEETS, WORKBOOK

Rows = list[list[Any]]
DEFINED = frozenset({"settlements", "tiktok_creators"})  # their second row says what the headers mean
ROWS = 40  # of a sample's sheet
TRADE = "抖音电商罗盘-成交分析"
SAMPLE = "food"


@dataclass(frozen=True)
class Good:
    """A report as it should be: its sheets with the headers on top; `plain`: each is one table of free rows."""

    kind: str
    file: str
    sheets: dict[str, Rows]
    plain: bool = True
    own: str = "样例旗舰店"


@cache
def all_good() -> tuple[Good, ...]:
    """Every report there is."""
    return (*_typed(), *_built(), *_of_sample())


def _typed() -> Iterator[Good]:
    for number, sheet in enumerate(SHEETS):
        rows = [list(row) for row in sheet.lines]
        free = sheet.table not in DEFINED
        yield Good(f"{sheet.table}#{number}", sheet.file, {sheet.name or "Sheet1": rows}, plain=free)


def _built() -> Iterator[Good]:
    trade = {name: [list(row) for row in rows] for name, rows in trade_sheets(days(3)).items()}
    yield Good("trade", "成交分析", trade)
    yield Good("sessions", "直播明细", {"直播间明细": [SESSION_HEADERS, *(_session(n) for n in range(6))]})
    yield Good("orders", "订单", {"Sheet1": [list(ORDERS), *(order(n) for n in range(1, 13))]})
    yield Good(
        "whole_session", "整场数据下载", {name: [list(r) for r in rows] for name, rows in WORKBOOK.items()}, False
    )


def _session(number: int) -> list[str]:
    start, end = (f"2026/09/{day:02d} {PUBLISHED[name][11:]}" for day, name in _ends(number))
    return session(直播开始时间=start, 直播结束时间=end)


def _ends(number: int) -> tuple[tuple[int, str], tuple[int, str]]:
    return (number + 7, "直播开始时间"), (number + 8, "直播结束时间")


def _of_sample() -> Iterator[Good]:
    seen: set[str] = set()
    for path in sorted((ROOT / "data" / "samples" / SAMPLE / "exports").iterdir(), reverse=True):
        kind = "".join(char for char in "_".join(path.stem.split("_")[:2]) if not char.isdigit())[:20]
        if kind not in seen:
            seen.add(kind)
            whole = "整场数据下载" in path.name
            sheets = {name: _cut(rows, path.name, whole) for name, rows in _sheets(path).items()}
            yield Good(f"sample {kind}", path.stem, sheets, not whole, "麦岭小灶")


def _sheets(path: Path) -> dict[str, Rows]:
    if path.suffix == ".csv":
        (grid,) = load(path, path.name).grids
        return {"Sheet1": [list(row) for row in zip(*map(grid.cells, range(len(grid.columns))), strict=True)]}
    with CalamineWorkbook.from_path(path) as book:
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def _cut(rows: Rows, file: str, whole: bool) -> Rows:
    """The first rows; of 成交分析 all rows of two days, so that its identities still hold."""
    if whole or (file.startswith(TRADE) and rows[0][0] != "日期"):
        return rows
    if not file.startswith(TRADE):
        return rows[: ROWS + 1]
    kept = sorted({row[0] for row in rows[1:]})[-2:]
    return [rows[0], *(row for row in rows[1:] if row[0] in kept)]
