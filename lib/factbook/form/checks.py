"""Drop-downs and input checks: what Excel lets a person type into a column."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from xlsxwriter.utility import xl_range_abs

from factbook.form.options import options
from factbook.form.style import Styles
from factbook.knowledge.form import FormColumn, form
from factbook.records import Language

Cell = str | float


def offered(column: FormColumn, language: Language) -> list[Cell]:
    """What the column's drop-down shows, top to bottom; empty when it has none."""
    cells: list[Cell] = [choice.label[language] for choice in options(column)]
    if column.kind == "level" and not cells:
        cells = [float(level) for level in range(*_ends(column))]
    return [*cells, form().not_applicable[language]] if column.not_applicable else cells


def _ends(column: FormColumn) -> tuple[int, int]:
    """The levels of a column as a range: 1 to 5 where it says nothing else."""
    return int(1 if column.min is None else column.min), int(5 if column.max is None else column.max) + 1


class Lists:
    """The hidden sheet behind the drop-downs, one column a list (typed in place it ends at 255 letters)."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._columns: list[list[Cell]] = []

    def reference(self, column: FormColumn) -> str | None:
        """The range that holds what a column offers, as a formula; None when it offers nothing."""
        cells = offered(column, self.language)
        if not cells:
            return None
        if cells not in self._columns:
            self._columns.append(cells)
        position = self._columns.index(cells)
        return f"='{form().lists_sheet}'!{xl_range_abs(0, position, len(cells) - 1, position)}"

    def write(self, book: Any, styles: Styles) -> None:
        sheet = book.add_worksheet(form().lists_sheet)
        sheet.hide()
        for position, cells in enumerate(self._columns):
            for row, cell in enumerate(cells):
                put = sheet.write_string if isinstance(cell, str) else sheet.write_number
                put(row, position, cell, styles["text" if isinstance(cell, str) else "number"])


def _list(column: FormColumn, lists: Lists) -> dict[str, Any]:
    return {"validate": "list", "source": lists.reference(column)}


def _number(column: FormColumn, lists: Lists) -> dict[str, Any]:
    low, high = column.min, column.max
    if low is None or high is None:
        return {"validate": "decimal", "criteria": ">=", "value": -1e15 if low is None else low}
    return {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high}


def _money(column: FormColumn, lists: Lists) -> dict[str, Any]:
    return {"validate": "decimal", "criteria": ">=", "value": 0}


def _date(column: FormColumn, lists: Lists) -> dict[str, Any]:
    first, last = (datetime.combine(day, time.min) for day in (form().earliest, form().latest))
    return {"validate": "date", "criteria": "between", "minimum": first, "maximum": last}


# A metric's peer value, text and ids take what is typed; reading checks them.
CHECKS: dict[str, Callable[[FormColumn, Lists], dict[str, Any]]] = {
    "choice": _list,
    "role": _list,
    "level": _list,
    "item": _list,
    "practice": _list,
    "metric": _list,
    "number": _number,
    "fraction": _number,
    "money": _money,
    "date": _date,
}


def add_check(sheet: Any, cells: tuple[int, int, int, int], column: FormColumn, lists: Lists) -> None:
    """Drop-down or input check of a column on (first row, first column, last row, last column)."""
    if column.kind not in CHECKS:
        return
    words = {
        "error_title": form().check_title[lists.language],
        "error_message": column.explain[lists.language][:255],
        "ignore_blank": True,
    }
    sheet.data_validation(*cells, {**CHECKS[column.kind](column, lists), **words})
