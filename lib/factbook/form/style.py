"""How the form looks: formats by name, and how tall a row of wrapped text must be."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from typing import Any

FONT = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
INK, PALE, LINE, QUIET = "#1F3A5F", "#F4F6F9", "#C9D1DB", "#5B6775"
BOX = {"border": 1, "border_color": LINE}
A4, A3 = 9, 8  # Excel's numbers of the papers
WIDE = 200  # in Excel's column units; a wider sheet would be too small to read on A4
MARGINS = {"left": 0.4, "right": 0.4, "top": 0.45, "bottom": 0.6}  # inches
HINT_SIZE = 0.9  # of the size of an answer
HEAD = {"bold": True, "text_wrap": True, "valign": "vcenter", "font_color": "#FFFFFF", **BOX}

# Every format of the form, on top of FONT.
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": INK},
    "section": {"bold": True, "font_size": 12, "font_color": INK, "bottom": 1, "bottom_color": LINE},
    "prose": {"text_wrap": True},
    "must": {**HEAD, "bg_color": INK},
    "may": {**HEAD, "bg_color": "#7C8DA3"},
    "hint": {"text_wrap": True, "italic": True, "font_color": QUIET, "bg_color": PALE, "font_size": 9, **BOX},
    "shown": {"text_wrap": True, "bg_color": PALE, "font_color": "#27313D", **BOX},
    "entry": {"text_wrap": True, "bold": True, "bg_color": PALE, **BOX},
    # Text cells are text in Excel's eyes too: "8%" and 19-digit ids stay what was typed.
    "text": {"text_wrap": True, "num_format": "@", **BOX},
    "number": {"num_format": "General", **BOX},
    "money": {"num_format": "#,##0.00", **BOX},
    "fraction": {"num_format": "0.0#%", **BOX},
    "date": {"num_format": "yyyy-mm-dd", **BOX},
}

# Which of them a kind of column wears; a column that is not named here is text.
BY_KIND = {
    "number": "number",
    "value": "number",
    "level": "number",
    "money": "money",
    "fraction": "fraction",
    "date": "date",
    "shown": "shown",
}


class Styles:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        self._formats = {name: book.add_format({**FONT, **look}) for name, look in LOOKS.items()}

    def __getitem__(self, name: str) -> Any:
        return self._formats[name]

    def of_kind(self, kind: str) -> Any:
        return self._formats[BY_KIND.get(kind, "text")]


def lay_out_page(page: Any, width: float, repeat: int = 0) -> None:
    """Prints landscape, as wide as the paper, with its name, the pages counted, and the first `repeat` rows on each."""
    page.set_landscape()
    page.set_paper(A3 if width > WIDE else A4)
    page.set_margins(**MARGINS)
    page.set_footer("&L&9&A&R&9&P / &N")
    page.fit_to_pages(1, 0)
    if repeat:
        page.repeat_rows(0, repeat - 1)


def text_width(text: str) -> float:
    """Width in Excel's column units: a Chinese character takes two, a letter just under one."""
    return sum(2.0 if unicodedata.east_asian_width(char) in "WFA" else 0.9 for char in text)


def row_height(cells: Iterable[tuple[str, float]], line: float = 15.0, size: float = 1.0) -> float:
    """Points a row needs so that every (text, column width) in it can be read in full; `size`: of its letters."""
    lines = (
        sum(max(1, math.ceil(text_width(part) * size / (width - 1))) for part in text.split("\n"))
        for text, width in cells
    )
    return min(400.0, line * max(lines, default=1) + 4)
