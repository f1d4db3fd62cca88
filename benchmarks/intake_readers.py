"""One big file written, or read as we read it, in this process."""

from __future__ import annotations

import sys
from pathlib import Path

import xlsxwriter

from benchmarks.intake_files import KINDS, blocks, write_text
from benchmarks.intake_run import measured
from factbook.intake import read_case

TABLES = {"orders": ("orders", "order_amount_cny"), "minutes": ("minutes", "gmv_cny")}


def simulate(name: str, path: str, rows: str, encoding: str) -> None:
    """Write a file."""
    if path.endswith(".csv"):
        write_text(KINDS[name], int(rows), encoding, Path(path))
        return
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet, line = book.add_worksheet("分钟趋势"), 0
        for columns in blocks(KINDS[name], int(rows)):
            if not line:
                sheet.write_row(0, 0, list(columns))
            for row in zip(*(column.to_pylist() for column in columns.values()), strict=True):
                line += 1
                sheet.write_row(line, 0, row)


def by_us(name: str, path: str) -> tuple[int, float]:
    """The merchant's folder, with everything that is said about it."""
    table, total = TABLES[name]
    frame = read_case(Path(path).parent.parent).table(table)
    return len(frame), float(frame[total].sum())


def main() -> None:
    """One reading, or one file written where its rows and encoding are given."""
    name, path, *more = sys.argv[1:]
    if more:
        simulate(name, path, *more)
    else:
        measured(lambda: by_us(name, path))


if __name__ == "__main__":
    main()
