"""The form as a workbook: guide, sheets with headings, hints, drop-downs and checks, and the answers so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from factbook.errors import ParameterError
from factbook.form.checks import Lists, add_check
from factbook.form.data import FormData
from factbook.form.guide import write_guide
from factbook.form.options import label_of, options
from factbook.form.prefill import Cells, rows_of
from factbook.form.style import Styles, row_height
from factbook.knowledge.form import FormColumn, FormSheet, form
from factbook.knowledge.metrics import metrics
from factbook.records import Language, Text

CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - fixed, so that the same answers give the same bytes
CELL_LIMIT = 32_767  # letters Excel keeps in a cell
AS_TYPED = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
HEADING, HINT, FIRST = 0, 1, 2  # rows of a table sheet
PINNED = {"survey": 3}  # columns that stay in view
PROFILE_WIDTHS = (24, 46, 76)
PROFILE_HEADINGS = (Text("项目", "Entry"), Text("填写", "Answer"), Text("说明", "What to write"))


@dataclass(frozen=True)
class _Desk:
    """What every sheet needs while the workbook is being written."""

    book: Any
    styles: Styles
    lists: Lists
    language: Language


def write(path: Path | str, filled: FormData | None = None, language: Language = "zh") -> None:
    """Writes intake.xlsx: a blank form, or one that holds the answers so far.

    Headings are in both languages, explanations and drop-downs in `language`. The same answers give the same bytes.
    Raises ParameterError naming every table, column or entry the form does not have, and text too long for a cell.
    """
    filled = filled or FormData()
    _refuse_strangers(filled)
    book = xlsxwriter.Workbook(str(path), AS_TYPED)
    book.set_properties({"title": form().guide.title[language], "author": "factbook", "created": CREATED})
    desk = _Desk(book, Styles(book), Lists(language), language)
    write_guide(book, desk.styles, language)
    for sheet in form().sheets:
        _SHEETS[sheet.layout](desk, sheet, filled)
    desk.lists.write(book, desk.styles)
    book.close()


def _refuse_strangers(filled: FormData) -> None:
    sheets = {sheet.id: {c.name for c in sheet.asked} for sheet in form().sheets}
    strange = [f"profile › {name}" for name in filled.profile if name not in sheets["profile"]]
    for id, table in filled.tables.items():
        own = [name for name in table.columns if not name.startswith("_")]
        strange += (
            [f"{id} › {name}" for name in own if name not in sheets.get(id, ())] if id in sheets else [id]
        )
    if strange:
        raise ParameterError(f"the form has no {', '.join(strange)}; see knowledge/form.toml for what it has")


# ------------------------------------------------------------------ one cell


def _day(value: Any, column: FormColumn, language: Language) -> Any:
    return pd.Timestamp(value).to_pydatetime()


def _label(value: Any, column: FormColumn, language: Language) -> Any:
    return label_of(str(value), column, language)


def _level(value: Any, column: FormColumn, language: Language) -> Any:
    if isinstance(value, str):
        return value
    return label_of(f"{value:g}", column, language) if options(column) else float(value)


def _figure(value: Any, column: FormColumn, language: Language) -> Any:
    return float(value)


# How a value of the tables is spelled in its cell; what is not named here is written as text.
SPELLERS: dict[str, Callable[[Any, FormColumn, Language], Any]] = {
    "choice": _label,
    "role": _label,
    "metric": _label,
    "level": _level,
    "money": _figure,
    "fraction": _figure,
    "number": _figure,
    "value": _figure,
    "date": _day,
}


def _put(desk: _Desk, sheet: Any, at: tuple[int, int], value: Any, column: FormColumn) -> None:
    look = desk.styles.of_kind(column.kind)
    if value is None or value is pd.NaT or (not isinstance(value, str) and pd.isna(value)):
        sheet.write_blank(*at, None, look)
        return
    spell = SPELLERS.get(column.kind)
    said = spell(value, column, desk.language) if spell else str(value)
    if isinstance(said, str):
        if len(said) > CELL_LIMIT:
            raise ParameterError(
                f"{column.zh} {column.en}: a cell holds {CELL_LIMIT:,} letters, not {len(said):,}"
            )
        sheet.write_string(*at, said, look)
    elif isinstance(said, datetime):
        sheet.write_datetime(*at, said, look)
    else:
        sheet.write_number(*at, said, look)


# ------------------------------------------------------------------ one sheet


def _write_table(desk: _Desk, sheet: FormSheet, filled: FormData) -> None:
    page = desk.book.add_worksheet(sheet.tab)
    rows = rows_of(sheet, filled.tables.get(sheet.id), desk.language)
    last = FIRST + max(sheet.rows, len(rows)) - 1
    _write_head(desk, page, sheet)
    for position, column in enumerate(sheet.columns):
        page.set_column(position, position, column.width, desk.styles.of_kind(column.kind))
        add_check(page, (FIRST, position, last, position), column, desk.lists)
    for number, row in enumerate(rows, FIRST):
        _write_row(desk, page, sheet, number, row)
    page.freeze_panes(FIRST, PINNED.get(sheet.id, 1))
    page.autofilter(
        HEADING, 0, FIRST + max(len(rows), 1) - 1, len(sheet.columns) - 1
    ) if sheet.id == "survey" else None


def _write_head(desk: _Desk, page: Any, sheet: FormSheet) -> None:
    hints = [_hint(column, column.name in sheet.keys, desk.language) for column in sheet.columns]
    for position, (column, hint) in enumerate(zip(sheet.columns, hints, strict=True)):
        must = "must" if column.name in sheet.keys else "may"
        page.write_string(HEADING, position, column.heading, desk.styles[must])
        page.write_string(HINT, position, hint, desk.styles["hint"])
    page.set_row(HEADING, 34)
    page.set_row(HINT, row_height(((h, c.width) for h, c in zip(hints, sheet.columns, strict=True)), line=13))


def _hint(column: FormColumn, must: bool, language: Language) -> str:
    words = form()
    needed = "" if column.kind == "shown" else f"{(words.required if must else words.optional)[language]} · "
    example = f"\n{words.example[language]}{column.example}" if column.example else ""
    return f"{words.hint_mark}{needed}{column.explain[language]}{example}"


def _write_row(desk: _Desk, page: Any, sheet: FormSheet, number: int, row: Cells) -> None:
    for position, column in enumerate(sheet.columns):
        _put(desk, page, (number, position), row.get(column.name), column)
    shown = [(str(row[c.name]), c.width) for c in sheet.columns if c.kind == "shown" and c.name in row]
    if shown:
        page.set_row(number, row_height(shown))


def _write_profile(desk: _Desk, sheet: FormSheet, filled: FormData) -> None:
    page = desk.book.add_worksheet(sheet.tab)
    for position, (heading, width) in enumerate(zip(PROFILE_HEADINGS, PROFILE_WIDTHS, strict=True)):
        page.set_column(position, position, width)
        page.write_string(HEADING, position, f"{heading.zh}\n{heading.en}", desk.styles["must"])
    page.set_row(HEADING, 34)
    for row, column in enumerate(sheet.columns, 1):
        hint = _hint(column, False, desk.language)
        page.write_string(row, 0, column.heading, desk.styles["entry"])
        _put(desk, page, (row, 1), filled.profile.get(column.name), column)
        page.write_string(row, 2, hint, desk.styles["hint"])
        add_check(page, (row, 1, row, 1), column, desk.lists)
        page.set_row(row, row_height([(column.heading, PROFILE_WIDTHS[0]), (hint, PROFILE_WIDTHS[2])]))
    page.freeze_panes(1, 1)


_SHEETS: dict[str, Callable[[_Desk, FormSheet, FormData], None]] = {
    "table": _write_table,
    "key_value": _write_profile,
}
