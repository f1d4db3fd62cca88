"""Writes text cells into an xlsx or a CSV that is the same byte for byte every time."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from pathlib import Path

import xlsxwriter

Columns = Mapping[str, list[str]]  # header -> cells
Grid = Sequence[Sequence[str]]  # rows as they stand, for sheets that are no single table
Sheet = Columns | Grid
_CREATED = datetime(2026, 11, 1)  # noqa: DTZ001  (the property has no time zone)


@dataclass(frozen=True, slots=True)
class Export:
    """A file of the platform: its name, its sheets, and for a CSV (of one sheet) the encoding."""

    name: str
    sheets: Mapping[str, Sheet]
    encoding: str = ""


def rows(sheet: Sheet) -> list[tuple[str, ...]]:
    """The cells of a sheet row by row, the headers on top."""
    if isinstance(sheet, Mapping):
        return [tuple(sheet), *zip(*sheet.values(), strict=True)]
    return list(zip(*zip_longest(*sheet, fillvalue=""), strict=True))


def save(folder: Path, export: Export) -> Path:
    """One file, all its cells text as the platform writes them."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / export.name
    return _text(path, export) if export.encoding else _workbook(path, export.sheets)


def _workbook(path: Path, sheets: Mapping[str, Sheet]) -> Path:
    # Row by row with the text in the cell itself: smaller than a table of shared strings, and never all in memory.
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        book.set_properties({"created": _CREATED})
        for name, cells in sheets.items():
            sheet = book.add_worksheet(name)
            for row, line in enumerate(rows(cells)):
                for number, cell in enumerate(line):
                    sheet.write_string(row, number, cell)
    return path


def _text(path: Path, export: Export) -> Path:
    (sheet,) = export.sheets.values()
    with path.open("w", encoding=export.encoding, newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows(rows(sheet))
    return path
