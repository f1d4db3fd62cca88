"""One reading of one big file, in this process; prints seconds, peak memory and what was read as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import xlsxwriter

from benchmarks.intake_files import MINUTES, ORDERS, Big, blocks, write_text
from factbook.intake import read_case

KINDS = {"orders": ORDERS, "minutes": MINUTES}
TABLES = {"orders": ("orders", "order_amount_cny"), "minutes": ("minutes", "gmv_cny")}
MISSING = ["", "-", "--", "—", "N/A", "null", "None"]
KIB = 1 if sys.platform == "darwin" else 1024  # what ru_maxrss counts in


def simulate(name: str, rows: str, encoding: str, path: str) -> None:
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


def by_pandas(name: str, encoding: str, path: str) -> tuple[int, float]:
    """Every column as text, then the cleaning that our tables get too."""
    kind = KINDS[name]
    if path.endswith(".csv"):
        frame = pd.read_csv(path, dtype=str, encoding=encoding)
    else:
        frame = pd.read_excel(path, dtype=str, engine="calamine")
    frame = cleaned(frame.drop(columns=list(kind.unused)), kind)
    return len(frame), float(frame[kind.total].sum())


def cleaned(frame: pd.DataFrame, kind: Big) -> pd.DataFrame:
    """Blanks off, words for nothing out, figures and moments typed, rows without a key out, each key once."""
    for column in frame:
        cells = frame[column].str.strip(" \t\r\n'")
        cells = cells.mask(cells.isin(MISSING))
        if column in kind.figures:
            cells = pd.to_numeric(cells.str.replace(",", ""), errors="coerce")
        elif column in kind.moments:
            cells = pd.to_datetime(cells, format="%Y/%m/%d %H:%M:%S", errors="coerce")
        frame[column] = cells
    placed = frame[[*kind.keys, kind.moments[0]]].notna().all(axis=1)
    return frame[placed].drop_duplicates(list(kind.keys))


def by_us(name: str, encoding: str, path: str) -> tuple[int, float]:
    """The merchant's folder, with everything that is said about it."""
    table, total = TABLES[name]
    frame = read_case(Path(path).parent.parent).table(table)
    return len(frame), float(frame[total].sum())


READERS: dict[str, Callable[[str, str, str], tuple[int, float]]] = {"pandas": by_pandas, "ours": by_us}


def main() -> None:
    """One reading, or one file written."""
    reader, *words = sys.argv[1:]
    if reader == "simulate":
        simulate(*words)
        return
    began = time.perf_counter()
    rows, total = READERS[reader](*words)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIB / 1e6
    print(json.dumps({"seconds": seconds, "peak_mb": peak, "rows": rows, "total": total}))


if __name__ == "__main__":
    main()
