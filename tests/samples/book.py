"""Reads a sample's files by hand, without the library's intake: the tests stand on the files alone."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path

import pandas as pd
from python_calamine import CalamineWorkbook

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
MERCHANTS = ("skincare", "knitwear", "food", "appliances")


@cache
def workbook(path: Path) -> dict[str, pd.DataFrame]:
    """Every sheet of a file as a frame of cells, header row as columns."""
    book = CalamineWorkbook.from_path(str(path))
    rows = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    return {name: pd.DataFrame(cells[1:], columns=cells[0], dtype=object) for name, cells in rows.items()}


def sheets(path: Path, encoding: str = "") -> dict[str, list[list[str]]]:
    """Every sheet of a workbook as rows of cells, or the rows of a CSV in the given encoding."""
    if encoding:
        with path.open(encoding=encoding, newline="") as file:
            return {"": list(csv.reader(file))}
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def files(merchant: str, kind: str) -> list[Path]:
    """Files of a merchant whose name holds `kind`, oldest first."""
    return sorted((SAMPLES / merchant / "exports").glob(f"*{kind}*.xlsx"), key=lambda path: path.stem[-17:])


def trade(merchant: str) -> dict[str, pd.DataFrame]:
    """The period's 成交分析."""
    return workbook(next(path for path in files(merchant, "成交分析") if "人群构成" in workbook(path)))


def sessions(merchant: str) -> pd.DataFrame:
    """The period's 直播明细."""
    return workbook(files(merchant, "直播明细")[-1])["直播间明细"]


def cents(cells: Iterable[str]) -> pd.Series:
    """Yuan as whole cents; exact."""
    return pd.Series([int(Decimal(cell) * 100) for cell in cells], dtype="int64")


def counts(cells: Iterable[str]) -> pd.Series:
    return pd.Series([int(cell) for cell in cells], dtype="int64")


def plain(header: str) -> str:
    """A header without differences of width, space and dash."""
    return unicodedata.normalize("NFKC", header).replace(" ", "").replace("—", "-")
