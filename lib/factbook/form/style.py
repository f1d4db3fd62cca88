"""How the form looks: formats by name, and how tall a row of wrapped text must be."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from typing import Any

FONT = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
INK, PALE, LINE, QUIET = "#1F3A5F", "#F4F6F9", "#C9D1DB", "#5B6775"
BOX = {"border": 1, "border_color": LINE}
A4 = 9  # Excel's number of the paper
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


def lay_out_page(page: Any, repeat: int = 0) -> None:
    """Prints landscape on A4, as wide as the paper, with the first `repeat` rows on every page."""
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    if repeat:
        page.repeat_rows(0, repeat - 1)


def text_width(text: str) -> float:
    """Width in Excel's column units: a Chinese character takes two, a letter just under one."""
    return sum(2.0 if unicodedata.east_asian_width(char) in "WFA" else 0.9 for char in text)


def row_height(cells: Iterable[tuple[str, float]], line: float = 15.0) -> float:
    """Points a row needs so that every (text, column width) in it can be read in full."""
    lines = (
        sum(max(1, math.ceil(text_width(part) / (width - 1))) for part in text.split("\n")) for text, width in cells
    )
    return min(400.0, line * max(lines, default=1) + 4)
