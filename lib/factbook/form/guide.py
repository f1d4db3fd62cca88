"""The first sheet: what the form is for, how to fill it in, and what each sheet makes visible."""

from __future__ import annotations

from typing import Any

from factbook.form.style import Styles, lay_out_page, row_height
from factbook.knowledge.form import form
from factbook.records import Language

WIDTHS = (30, 62, 62)


def write_guide(book: Any, styles: Styles, language: Language) -> None:
    """Adds the guide sheet, in one language."""
    guide = form().guide
    sheet = book.add_worksheet(f"{guide.sheet.zh} {guide.sheet.en}")
    sheet.hide_gridlines(2)
    lay_out_page(sheet, sum(WIDTHS))
    for position, width in enumerate(WIDTHS):
        sheet.set_column(position, position, width)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, guide.title[language], styles["title"])
    lines = [guide.lead[language], *(f"{n}. {rule[language]}" for n, rule in enumerate(guide.rules, 1))]
    for row, line in enumerate(lines, 1):
        sheet.merge_range(row, 0, row, len(WIDTHS) - 1, "", styles["prose"])
        sheet.write_string(row, 0, line, styles["prose"])
        sheet.set_row(row, row_height([(line, sum(WIDTHS))]))
    _write_sheets(sheet, len(lines) + 2, styles, language)


def _write_sheets(sheet: Any, row: int, styles: Styles, language: Language) -> None:
    sheet.set_row(row, 24)
    sheet.write_string(row, 0, form().guide.sheets_title[language], styles["section"])
    for number, each in enumerate(form().sheets, row + 1):
        texts = (each.tab, each.explain[language], each.allows[language])
        for position, text in enumerate(texts):
            sheet.write_string(number, position, text, styles["entry" if position == 0 else "shown"])
        sheet.set_row(number, row_height(zip(texts, WIDTHS, strict=True)))
