"""Forms as a person might leave them: any cell holding anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from factbook import form
from factbook.form import Reading

Rows = Sequence[Mapping[str, Any]]
Typed = Callable[..., Reading]

# One sound row of each sheet, by column name.
SOUND: dict[str, dict[str, Any]] = {
    "own_accounts": {"account": "官方旗舰店", "douyin_id": "shop_01"},
    "peers": {
        "metric": "entry_rate", "value": 0.083, "statistic": "平均值", "scope": "美妆", "source": "罗盘",
    },
    "service_scores": {"date": date(2026, 10, 1), "total": 72, "product": 74, "logistics": 78, "service": 65},
    "survey": {
        "rater": "王敏", "role": "老板", "item": "O1.1", "current": 3, "target": 4, "evidence": "复盘表",
    },
    "campaigns": {
        "campaign": "双11", "level": 1, "start": "2026-10-31", "end": "2026-11-11", "state": "已参加",
        "goal_cny": 9e5,
    },
    "star_deals": {
        "deal": "专场1", "creator": "辛禾", "creator_id": "1029384756102938475", "kind": "专场",
        "start": "2026-06-06", "end": "2026-06-06", "fee_cny": 5e5, "commission_rate": 0.25, "margin": "38%",
    },
    "thumbs": {"metric": "live_days_per_week", "good": 5, "poor": 3, "source": "同类店排播表"},
    "product_roles": {
        "product": "修护精华30ml", "product_id": "3712345678901234567", "role": "主推款", "margin": "42%",
        "scene": "自播",
    },
    "practices": {"code": "G1.1", "state": "在做", "evidence": "定位说明"},
    "readiness": {
        "campaign": "双11", "part": "投放", "task": "分小时计划", "owner": "投手", "due": "2026-10-24",
        "done": "进行中",
    },
    "campaign_hours": {
        "campaign": "双11", "date": "2026-10-31", "hour": 20, "planned_cny": 120_000, "owner": "投手",
    },
    "creator_actions": {"creator": "小鹿", "date": "2026-09-12", "action": "换了商品", "cost_cny": 600},
}  # fmt: skip


def put(book: Any, page: Any, at: tuple[int, int], cell: Any) -> None:
    """Writes a cell as Excel stores what was typed."""
    if isinstance(cell, str):
        page.write_string(*at, cell)
    elif isinstance(cell, date):
        page.write_datetime(*at, cell, book.add_format({"num_format": "yyyy-mm-dd"}))
    elif cell is not None:
        page.write(*at, cell)


def columns(id: str) -> list[str]:
    """The columns of a table sheet; none for the profile and for sheets the form does not have."""
    found = [sheet for sheet in form.layout().sheets if sheet.id == id and sheet.layout == "table"]
    return [column.name for sheet in found for column in sheet.asked]


def type_out(path: Path, sheets: Mapping[str, Rows], headings: Mapping[str, str]) -> None:
    """A workbook of these sheets: headings in the first row (renamed where asked), the rows below."""
    book = xlsxwriter.Workbook(str(path))
    for id, rows in sheets.items():
        page = book.add_worksheet(id)
        names = list(dict.fromkeys([name for row in rows for name in row] + columns(id)))
        for position, name in enumerate(names):
            page.write_string(0, position, headings.get(name, name))
            for number, row in enumerate(rows, 1):
                put(book, page, (number, position), row.get(name))
    book.close()


@pytest.fixture
def typed(tmp_path: Path) -> Typed:
    """Reads a form of these rows (of the profile: entry and answer); that other sheets lack is no matter."""

    def read(headings: Mapping[str, str] | None = None, **sheets: Rows) -> Reading:
        path = tmp_path / "intake.xlsx"
        type_out(path, sheets, headings or {})
        got = form.read_form(path)
        rest = tuple(problem for problem in got.problems if problem.code != "form_sheet_missing")
        return Reading(got.profile, got.tables, rest, got.counts, got.readable)

    return read
