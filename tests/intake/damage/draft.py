"""A report on its way to be damaged, and the bytes of the file it becomes."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter

from tests.intake.damage.good import Good, Rows

SEPARATORS = (",", ";", "\t")
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le")
TOPS = 20  # rows in which the headers must stand


@dataclass
class Draft:
    """A report's rows, and what a reader may make of them: everything not listed here must come out as it was.

    `gone`: headers whose figures may be missing without a word; `doubtful`: headers whose figures may be missing or
    differ where the reader says so; `loose`: so may all others, where the reader says so.
    """

    good: Good
    sheets: dict[str, Rows]
    form: str  # xlsx, or the encoding of a text file
    separator: str = ","
    top: dict[str, int] = field(default_factory=dict)  # the row of the headers, where lines were put above them
    harms: list[str] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)
    loose: bool = False
    readable: bool = True
    survive: bool = False  # figures may have changed beyond anything a reader can tell
    counted: bool = True  # the rows of the file are known
    names: list[str] = field(default_factory=list)  # words that must stand in the tables as they are
    bytewise: list[Callable[[bytes, random.Random], bytes]] = field(default_factory=list)
    lost: set[tuple[str, int]] = field(default_factory=set)  # rows (as the good report has them) that may be set aside
    cut_at: int = 0  # how many rows there are left, where the file was cut
    suffix: str = ""
    packed: bool = False  # in a zipped folder
    twice: bool = False  # beside a copy of itself
    touched: dict[str, frozenset[str]] = field(default_factory=dict)  # by sheet the headers other figures can tell
    origin: dict[int, tuple[str, int]] = field(default_factory=dict)  # where a row stands in the good report

    def __post_init__(self) -> None:
        self.origin = {id(row): (name, at) for name, rows in self.sheets.items() for at, row in enumerate(rows)}

    def lose(self, sheet: str, row: int) -> None:
        """A row that may be set aside."""
        self.lost.add(self.origin[id(self.sheets[sheet][row])])

    @property
    def rows(self) -> int:
        """Rows of the file down to the last that holds anything."""
        return sum(len(_filled(rows)) if self.form == "xlsx" else len(rows) for rows in self.sheets.values())

    def head(self, sheet: str) -> list[Any]:
        """The headers of a sheet."""
        return self.sheets[sheet][self.top.get(sheet, 0)]

    def body(self, sheet: str) -> range:
        """The places of the rows below the headers."""
        return range(self.top.get(sheet, 0) + 1, len(self.sheets[sheet]))

    @property
    def file(self) -> str:
        """What the file is called."""
        return f"{self.good.file}{self.suffix or ('.xlsx' if self.form == 'xlsx' else '.csv')}"


def draft(good: Good, rng: random.Random, form: str = "") -> Draft:
    """A report to be damaged; one of a single sheet may become a text file."""
    forms = ("xlsx", *ENCODINGS) if len(good.sheets) == 1 else ("xlsx",)
    sheets = {name: [list(row) for row in rows] for name, rows in good.sheets.items()}
    chosen = form or rng.choice(forms)
    return Draft(good, sheets, chosen, rng.choice(SEPARATORS) if chosen != "xlsx" else ",")


def _filled(rows: Rows) -> Rows:
    last = max((at for at, row in enumerate(rows) if any(cell not in (None, "") for cell in row)), default=-1)
    return rows[: last + 1]


def written(one: Draft) -> bytes:
    """The bytes of the file, before anything happens to them."""
    return book(one.sheets) if one.form == "xlsx" else text(one).encode(one.form)


def text(one: Draft) -> str:
    """The report as text."""
    (rows,) = one.sheets.values()
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=one.separator, lineterminator="\r\n").writerows(
        ["" if cell is None else cell for cell in row] for row in rows
    )
    return out.getvalue()


def book(sheets: dict[str, Rows]) -> bytes:
    """The report as a workbook; numbers, dates and formulas are written as what they are."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd hh:mm:ss"}) as file:
        for name, rows in sheets.items():
            sheet = file.add_worksheet(name[:31])
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    _write(sheet, number, column, cell)
    return out.getvalue()


@dataclass(frozen=True)
class Formula:
    """A cell that is reckoned, with the value it had when it was saved."""

    said: str
    value: str | float


def _write(sheet: Any, row: int, column: int, cell: Any) -> None:
    if isinstance(cell, Formula):
        sheet.write_formula(row, column, cell.said, None, cell.value)
    elif isinstance(cell, str) and cell:
        sheet.write_string(row, column, cell)
    elif cell not in (None, ""):
        sheet.write(row, column, cell)
