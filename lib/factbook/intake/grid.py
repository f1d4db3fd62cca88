"""A sheet as it stands: cells by column, and which row of the file each one is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa

from factbook.intake.limits import HEAD_ROWS

Cell = Any  # str | float | int | bool | datetime | date | time | timedelta
Area = tuple[tuple[int, int], tuple[int, int]]  # first and last (row, column) of merged cells, in the grid


@dataclass(frozen=True)
class Grid:
    """A sheet, or a table cut out of one.

    `numbers`: the file's row of each row, where they do not simply follow on `first_row`. A list of facts has two rows
    here; `folded`: how many more it has in the file, each with its own header; `gaps`: its blank rows.
    Of text files with rows of unequal length, `widths`: how many cells each row has; `unended`: whether the last one
    has no line end. `torn`: rows known to have another length than their headers.
    """

    name: str
    columns: tuple[Any, ...]  # of Sequence[Cell] or, for text files, of arrow arrays
    height: int
    first_row: int = 1
    merged: tuple[Area, ...] = ()
    numbers: Sequence[int] | None = None
    folded: int = 0
    gaps: int = 0
    widths: Sequence[int] = ()
    unended: bool = False
    torn: frozenset[int] = frozenset()

    def cells(self, column: int, start: int = 0) -> Sequence[Cell]:
        """The cells of a column from the grid's row `start` on."""
        cells = self.columns[column]
        part = cells[start:] if start else cells
        return part.to_pylist() if isinstance(part, pa.ChunkedArray) else part  # type: ignore[no-any-return]

    def head(self, rows: int = HEAD_ROWS) -> list[list[Cell]]:
        """The first rows, in which the headers are looked for."""
        parts = [column[:rows] for column in self.columns]
        lists = [part.to_pylist() if isinstance(part, pa.ChunkedArray) else list(part) for part in parts]
        return [list(row) for row in zip(*lists, strict=True)]

    def row(self, position: int) -> list[Cell]:
        """One row across all columns."""
        return [
            column[position].as_py() if isinstance(column, pa.ChunkedArray) else column[position]
            for column in self.columns
        ]

    def rows_from(self, start: int) -> Sequence[int]:
        """The file's number of each row from `start` on."""
        if self.numbers is not None:
            return self.numbers[start:]
        return range(self.first_row + start, self.first_row + self.height)

    def numbered(self, start: int, positions: np.ndarray) -> np.ndarray:
        """The file's numbers of some rows, counted from `start`."""
        if self.numbers is None:
            return positions + self.first_row + start
        found: np.ndarray = np.asarray(self.numbers, "int64")[positions + start]
        return found

    @property
    def before(self) -> int:
        """Empty rows above the grid that no reader hands over."""
        return self.first_row - 1 if self.numbers is None else self.gaps

    def take(self, rows: Sequence[int]) -> Grid:
        """Some rows as a grid of their own, which knows where they stood."""
        lists = [self.cells(column) for column in range(len(self.columns))]
        numbers = self.rows_from(0)
        columns = tuple(tuple(cells[i] for i in rows) for cells in lists)
        # The empty rows above the sheet belong to the table that its first row belongs to.
        gaps = self.before if rows and rows[0] == 0 else 0
        widths = [self.widths[i] for i in rows] if self.widths else ()
        unended = self.unended and self.height - 1 in rows
        part = replace(self, columns=columns, height=len(rows), merged=(), widths=widths, unended=unended)
        return replace(part, numbers=[numbers[i] for i in rows], gaps=gaps)


def is_empty(cell: Cell) -> bool:
    """Whether a cell holds nothing at all; a dash holds something."""
    return cell is None or (isinstance(cell, str) and not cell.strip())
