"""Writes text cells into an xlsx that is the same byte for byte every time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import xlsxwriter

Sheet = Mapping[str, list[str]]
_CREATED = datetime(2026, 11, 1)  # noqa: DTZ001  (the property has no time zone)


def write(path: Path, sheets: Mapping[str, Sheet]) -> Path:
    """One workbook; each sheet is header -> cells, all of them text as the platform writes them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Row by row with the text in the cell itself: smaller than a table of shared strings, and never all in memory.
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        book.set_properties({"created": _CREATED})
        for name, columns in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate([tuple(columns), *zip(*columns.values(), strict=True)]):
                for number, cell in enumerate(cells):
                    sheet.write_string(row, number, cell)
    return path
