"""The form as a workbook: guide, headings, hints, drop-downs and checks, and the answers so far."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from factbook.errors import ParameterError
from factbook.form.checks import Lists, add_check
from factbook.form.data import FormData
from factbook.form.guide import write_guide
from factbook.form.options import label_of
from factbook.form.prefill import Cells, rows_of
from factbook.form.putting import Desk, in_unit, put
from factbook.form.style import HINT_SIZE, Styles, lay_out_page, row_height
from factbook.knowledge.form import FormColumn, FormSheet, form
from factbook.records import Language, Text

CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - fixed, so that equal answers give equal bytes
AS_TYPED = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
HEADING, HINT, FIRST = 0, 1, 2  # rows of a table sheet
PROFILE_WIDTHS = (24, 46, 76)
PROFILE_HEADINGS = (Text("项目", "Entry"), Text("填写", "Answer"), Text("说明", "What to write"))


def write(path: Path | str, filled: FormData | None = None, language: Language = "zh") -> None:
    """Writes intake.xlsx: a blank form, or one that holds the answers so far.

    Headings are in both languages, explanations and drop-downs in `language`; equal answers give equal bytes.
    Raises ParameterError naming every table, column or entry the form lacks, and text too long for a cell.
    """
    filled = filled or FormData()
    _refuse_strangers(filled)
    book = xlsxwriter.Workbook(str(path), AS_TYPED)
    book.set_properties({"title": form().guide.title[language], "author": "factbook", "created": CREATED})
    desk = Desk(book, Styles(book), Lists(language), language)
    write_guide(book, desk.styles, language)
    for sheet in form().sheets:
        _SHEETS[sheet.layout](desk, sheet, filled)
    desk.lists.write(book, desk.styles)
    book.close()


def _refuse_strangers(filled: FormData) -> None:
    known = {sheet.id: {column.name for column in sheet.asked} for sheet in form().sheets}
    named = {"profile": list(filled.profile)}
    for id, table in filled.tables.items():
        named[id] = [str(name) for name in table.columns if not str(name).startswith("_")]
    strange = [id for id in named if id not in known]
    strange += [f"{id} › {name}" for id in named.keys() & known.keys() for name in named[id] if name not in known[id]]
    if strange:
        raise ParameterError(f"the form has no {', '.join(sorted(strange))}; knowledge/form.toml says what it has")


def _write_table(desk: Desk, sheet: FormSheet, filled: FormData) -> None:
    page = desk.book.add_worksheet(sheet.tab)
    rows = rows_of(sheet, filled.tables.get(sheet.id), desk.language)
    _write_head(desk, page, sheet)
    last = FIRST + max(sheet.rows, len(rows)) - 1
    for position, column in enumerate(sheet.columns):
        look = None if column.kind == "shown" else desk.styles.of_kind(column.kind)
        page.set_column(position, position, column.width, look)
        add_check(page, (FIRST, position, last, position), column, desk.lists)
    for number, row in enumerate(rows, FIRST):
        _write_row(desk, page, sheet, number, row)
    page.freeze_panes(FIRST, sheet.pinned)
    lay_out_page(page, sum(column.width for column in sheet.columns), repeat=FIRST)
    if sheet.filter:
        page.autofilter(HINT, 0, HINT + len(rows), len(sheet.columns) - 1)


def _write_head(desk: Desk, page: Any, sheet: FormSheet) -> None:
    hints = [_hint(column, column.name in sheet.keys, desk.language) for column in sheet.columns]
    for position, (column, hint) in enumerate(zip(sheet.columns, hints, strict=True)):
        must = "must" if column.name in sheet.keys else "may"
        page.write_string(HEADING, position, column.heading, desk.styles[must])
        page.write_string(HINT, position, hint, desk.styles["hint"])
    page.set_row(HEADING, 34)
    told = ((hint, column.width) for hint, column in zip(hints, sheet.columns, strict=True))
    page.set_row(HINT, row_height(told, line=13, size=HINT_SIZE))


def _hint(column: FormColumn, must: bool, language: Language) -> str:
    words = form()
    needed = "" if column.kind == "shown" else f"{(words.required if must else words.optional)[language]} · "
    example = label_of(column.shown_example(language), column, language)
    for_example = f"\n{words.example[language]}{example}" if example else ""
    return f"{words.hint_mark}{needed}{column.explain[language]}{for_example}"


def _write_row(desk: Desk, page: Any, sheet: FormSheet, number: int, row: Cells) -> None:
    for position, column in enumerate(sheet.columns):
        put(desk, page, (number, position), row.get(column.name), in_unit(row, column))
    shown = [(str(row[c.name]), c.width) for c in sheet.columns if c.kind == "shown" and c.name in row]
    if shown:
        page.set_row(number, row_height(shown))


def _write_profile(desk: Desk, sheet: FormSheet, filled: FormData) -> None:
    page = desk.book.add_worksheet(sheet.tab)
    for position, (heading, width) in enumerate(zip(PROFILE_HEADINGS, PROFILE_WIDTHS, strict=True)):
        page.set_column(position, position, width)
        page.write_string(HEADING, position, f"{heading.zh}\n{heading.en}", desk.styles["must"])
    page.set_row(HEADING, 34)
    for row, column in enumerate(sheet.columns, 1):
        hint = _hint(column, False, desk.language)
        page.write_string(row, 0, column.heading, desk.styles["entry"])
        put(desk, page, (row, 1), filled.profile.get(column.name), column)
        page.write_string(row, 2, hint, desk.styles["hint"])
        add_check(page, (row, 1, row, 1), column, desk.lists)
        page.set_row(row, row_height([(column.heading, PROFILE_WIDTHS[0]), (hint, PROFILE_WIDTHS[2])]))
    page.freeze_panes(1, 1)
    lay_out_page(page, sum(PROFILE_WIDTHS), repeat=1)


_SHEETS: dict[str, Callable[[Desk, FormSheet, FormData], None]] = {
    "table": _write_table,
    "key_value": _write_profile,
}
