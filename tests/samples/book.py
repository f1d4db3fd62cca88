"""Reads a sample's files by hand, without the library's intake: the tests stand on the files alone."""

from __future__ import annotations

import csv
import re
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


def found(merchant: str, kind: str) -> list[Path]:
    """Exports of a merchant whose name holds `kind`, in order of their names."""
    return sorted(path for path in (SAMPLES / merchant / "exports").iterdir() if kind in path.name)


def table(path: Path, encoding: str = "utf-8-sig") -> pd.DataFrame:
    """The one table of a workbook or a CSV, headers as columns."""
    (rows,) = sheets(path, encoding if path.suffix == ".csv" else "").values()
    return pd.DataFrame(rows[1:], columns=rows[0], dtype=object)


def money(cells: Iterable[str]) -> pd.Series:
    """Yuan with thousands apart as whole cents; `-` is nothing."""
    return cents("0" if cell in ("-", "--") else cell.replace(",", "").lstrip("¥") for cell in cells)


def session(merchant: str, account: str, start: str) -> pd.Series:
    """The row of 直播明细 of a session; `start` like 2026/10/03 10:13:00."""
    rows = sessions(merchant)
    return rows[(rows["主播昵称"] == account) & (rows["直播开始时间"] == start)].squeeze()


def of_name(path: Path) -> tuple[str, str]:
    """Account and start of a session from the name of its download."""
    account, day, clock = re.search(r"\((.+)_(\d{4}-\d\d-\d\d)_(\d\d-\d\d-\d\d)\)", path.name).groups()  # type: ignore[union-attr]
    return account, f"{day.replace('-', '/')} {clock.replace('-', ':')}"
