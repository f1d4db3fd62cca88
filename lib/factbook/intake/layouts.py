"""How a sheet is laid out, beyond one table with its headers on top. A new layout is a function and a row in LAYOUTS.

Each function takes a grid and returns the grids it is made of: plain tables, none of whose rows is lost. An empty list
means that the sheet is not laid out this way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from factbook.intake import headers
from factbook.intake.grid import Cell, Grid, is_empty
from factbook.intake.limits import FACT_COLUMNS, FACT_ROWS, STACKED_ROWS
from factbook.intake.tops import FEW, LIKELY, Top, is_known, of_row

Aliases = Mapping[str, str]
SHORT = 1_000  # rows of a sheet whose cells are worth a closer look
PROBED = 4  # columns in which a header row further down is looked for
NOTHING = frozenset({"", "-", "--", "—", "–"})
KEYS_KNOWN = 0.5  # share of the cells of a column of keys that are known headers
_PAIR = re.compile(r"^([^:：]{1,20})[:：]\s*(.+)$")


@dataclass(frozen=True)
class Layout:
    """A way to lay out a sheet, by the name that sheets give it in knowledge/exports.toml."""

    name: str
    parted: Callable[[Grid, Aliases], list[Grid]]


def stacked(grid: Grid, aliases: Aliases) -> list[Grid]:
    """Tables one below the other, or one nested in the other: each with its own headers and its own rows."""
    tops = _tops(grid, aliases)
    if len({_words(top) for top in tops}) < 2:
        return []
    owners = _owners(grid, tops)
    pieces: dict[tuple[str, ...], list[int]] = {}
    for row, owner in enumerate(owners):
        pieces.setdefault(_words(tops[owner]), []).append(row)
    return [grid.take(rows) for rows in pieces.values()]


def header_rows(grid: Grid, aliases: Aliases) -> list[Top]:
    """The rows that are made of known headers, wherever they stand."""
    rows = (of_row(number, grid.row(number), aliases) for number in _candidates(grid))
    return [top for top in rows if top.known >= FEW and top.share >= LIKELY]


def _tops(grid: Grid, aliases: Aliases) -> list[Top]:
    # Two such rows in direct succession are one header with merged cells.
    tops: list[Top] = []
    for top in header_rows(grid, aliases) if grid.height <= STACKED_ROWS else []:
        if not tops or top.row > tops[-1].row + 1:
            tops.append(top)
    return tops


def _candidates(grid: Grid) -> list[int]:
    # A header row has a header among its first cells; in a long sheet only one that is spelled as usual is looked for.
    if grid.height <= SHORT:
        texts = ((row, cell) for column in grid.columns[:PROBED] for row, cell in enumerate(_cells(column)))
        return sorted({row for row, cell in texts if isinstance(cell, str) and is_known(headers.normal(cell))})
    found: set[int] = set()
    known = headers.spellings()
    for column in grid.columns[:PROBED]:
        if isinstance(column, pa.ChunkedArray):
            among = pc.is_in(column, value_set=pa.array(sorted(known), pa.string()))
            found.update(np.flatnonzero(among.to_numpy(zero_copy_only=False)).tolist())
        else:
            found.update(row for row, cell in enumerate(column) if type(cell) is str and cell in known)
    return sorted(found)


def _cells(column: Any) -> Sequence[Cell]:
    return column.to_pylist() if isinstance(column, pa.ChunkedArray) else column  # type: ignore[no-any-return]


def _words(top: Top) -> tuple[str, ...]:
    return tuple(header.key for header in top.headers)


def _owners(grid: Grid, tops: Sequence[Top]) -> list[int]:
    """For each row, the header it stands under: the last one, or an earlier one that begins in the same column."""
    lists = [grid.cells(column) for column in range(len(grid.columns))]
    starts = [top.headers[0].position for top in tops]
    owners: list[int] = []
    current, ahead = 0, 0
    for row in range(grid.height):
        if ahead < len(tops) and tops[ahead].row == row:
            current, ahead = ahead, ahead + 1
        elif starts[current] != (indent := _indent(lists, row)) and indent is not None:
            same = [number for number in range(ahead) if starts[number] == indent]
            current = same[-1] if same else current
        owners.append(current)
    return owners


def _indent(lists: Sequence[Sequence[Cell]], row: int) -> int | None:
    return next((column for column, cells in enumerate(lists) if not _says_nothing(cells[row])), None)


def _says_nothing(cell: Cell) -> bool:
    return is_empty(cell) or (isinstance(cell, str) and cell.strip() in NOTHING)


def key_value(grid: Grid, aliases: Aliases) -> list[Grid]:
    """A list of facts (`直播时间 | 2025-09-08 …`), one or more pairs a row: a table of one row."""
    if grid.height > FACT_ROWS or len(grid.columns) > FACT_COLUMNS:
        return []
    lists = [grid.cells(column) for column in range(len(grid.columns))]
    facts = [fact for column in range(len(lists)) for fact in _facts(lists, column, aliases)]
    filled = [row for row in range(grid.height) if any(not is_empty(cells[row]) for cells in lists)]
    if not facts:
        return []
    numbers = grid.rows_from(0)
    first = min(row for row, _, _ in facts)
    columns = tuple((key, value) for _, key, value in facts)
    blank = grid.height - len(filled) + grid.before
    laid = replace(grid, columns=columns, height=2, merged=(), widths=(), numbers=[numbers[first]] * 2)
    return [replace(laid, folded=len(filled) - 2, gaps=blank)]


def _facts(lists: Sequence[Sequence[Cell]], column: int, aliases: Aliases) -> list[tuple[int, Cell, Cell]]:
    values = lists[column + 1] if column + 1 < len(lists) else [None] * len(lists[column])
    rows = [(row, *_pair(key, value)) for row, (key, value) in enumerate(zip(lists[column], values, strict=True))]
    named = [(row, key, value) for row, key, value in rows if isinstance(key, str) and not _says_nothing(key)]
    known = [row for row in named if is_known(aliases.get(headers.normal(row[1]), headers.normal(row[1])))]
    return named if known and len(known) >= KEYS_KNOWN * len(named) else []


def _pair(key: Cell, value: Cell) -> tuple[Cell, Cell]:
    found = _PAIR.match(key.strip()) if isinstance(key, str) and is_empty(value) else None
    return (found[1], found[2]) if found else (key, value)


def pieces(grid: Grid, aliases: Aliases) -> list[Grid]:
    """The tables a sheet holds, one below the other; the sheet itself where it is one table."""
    return stacked(grid, aliases) or [grid]


# Other ways to lay out one table; tried where they make more of a sheet's words than a row of headers does.
LAYOUTS = (Layout("key_value", key_value),)
