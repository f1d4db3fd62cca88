"""What each row below the headers is: blank, a total, a remark, the headers again, what they mean, or data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from factbook.intake import clean, headers
from factbook.intake.grid import Cell, Grid, is_empty
from factbook.intake.recognise import Recognised
from factbook.knowledge.exports import Sheet, exports

SAME = 0.6  # share of the headers a row must repeat to be the headers again
SPACED = 6  # characters by which the headers again may be longer or shorter
DEFINED = 2  # rows below the headers that may say what they mean
WIDE = 3  # columns a sheet must have for a line with one cell to be a remark
DATED = ("date", "datetime")
Cells = Mapping[str, Sequence[Cell]]


def blank(grid: Grid, known: Recognised) -> np.ndarray:
    """Rows without a single cell; only those whose first known cell is empty are looked at in full."""
    start = known.header_row + 1
    probe = grid.cells(min(known.positions.values()), start)
    empty = np.array([is_empty(cell) for cell in probe], bool)
    if empty.any():
        for column in range(len(grid.columns)):
            cells = grid.cells(column, start)
            filled = [i for i in np.flatnonzero(empty).tolist() if not is_empty(cells[i])]
            empty[filled] = False
    return empty


def headers_again(cells: Cells, known: Recognised) -> np.ndarray:
    """Rows that repeat the headers, as files pasted together do."""
    probe = known.sheet.clock if known.sheet.clock in cells else next(iter(cells))
    rows = [row for row, cell in enumerate(cells[probe]) if _says(cell, known.labels[probe])]
    there = {name: text for name, text in known.labels.items() if name in cells}
    same = {row: sum(_says(cells[name][row], text) for name, text in there.items()) for row in rows}
    mask = np.zeros(len(cells[probe]), bool)
    mask[[row for row, count in same.items() if count >= max(2, SAME * len(cells))]] = True
    return mask


def _says(cell: Cell, header: str) -> bool:
    # Most cells are none by their first look; blanks around a header and its width do not matter.
    if not isinstance(cell, str) or cell[:1].isdigit() or abs(len(cell) - len(header)) > SPACED:
        return False
    return cell == header or headers.normal(cell) == headers.normal(header)


def torn(grid: Grid, known: Recognised) -> np.ndarray:
    """Rows with a cell beyond the last header, as a comma without quotes makes them, and one the file ends within."""
    start = known.header_row + 1
    mask = np.zeros(grid.height - start, bool)
    mask[[row - start for row in grid.torn]] = True
    if grid.widths:
        most = max(grid.widths[max(0, start - 2) : start], default=0)
        long = (row for row, width in enumerate(grid.widths) if row >= start and width > most)
        mask[[row - start for row in long if not all(map(is_empty, grid.row(row)[most:]))]] = True
        mask[-1:] |= grid.unended and grid.widths[-1] < most
    return mask


def definitions(cells: Cells, known: Recognised, live: np.ndarray) -> np.ndarray:
    """Rows right below the headers that say in words what each of them means."""
    mask = np.zeros(len(live), bool)
    for row in np.flatnonzero(live)[: DEFINED if known.header_row >= 0 else 0].tolist():
        if not _in_words(cells, known, row):
            break
        mask[row] = True
    return mask


def _in_words(cells: Cells, known: Recognised, row: int) -> bool:
    specs = exports().columns
    said = {name: part[row] for name, part in cells.items() if clean.text(part[row]) is not None}
    told = [name for name in said if specs[name].kind not in ("text", "name_id")]
    if len(told) < 2 or not all(isinstance(said[name], str) for name in told):
        return False
    return all(_is_prose(said[name]) for name in told)


def _is_prose(cell: str) -> bool:
    # A definition has words and no figure of its own; a cell that is merely damaged is short or has digits.
    letters = sum(char.isalpha() for char in cell)
    return letters >= 4 and letters > 3 * sum(char.isdigit() for char in cell)


def totals(cells: Cells, sheet: Sheet) -> np.ndarray:
    """Rows that add up or compare others, by the words that mark them in a key."""
    marks = exports().markers
    # The word of a closing line may stand in any column of words, those that only mark parts in the keys alone.
    specs = exports().columns
    kinds = {column: specs[column].kind for column in cells if column in sheet.keys or specs[column].kind == "text"}
    size = len(next(iter(cells.values())))
    mask = np.zeros(size, bool)
    nameless = np.ones(size, bool)
    for column in (column for column, kind in kinds.items() if kind == "id"):
        nameless &= _unsaid(cells[column])
    for column, kind in kinds.items():
        words = marks.closing if kind == "text" and not sheet.clock else () if kind == "text" else marks.totals
        # A creator may be called Total; one with an id is no total.
        mask |= _among(cells[column], words) & (nameless if kind == "text" else np.ones(size, bool))
    for column in (column for column in cells if column not in kinds and specs[column].kind in DATED):
        mask |= nameless & _among(cells[column], marks.closing)  # no day, whatever the column is for
    clock = cells.get(sheet.clock, ())
    unplaced = _unsaid(clock) if clock else np.zeros(size, bool)
    for column in (column for column, kind in kinds.items() if kind == "text"):
        mask |= unplaced & _among(cells[column], marks.closing)
    return mask


def sums(cells: Cells, totals: np.ndarray) -> np.ndarray:
    """Of the rows that are totals those that add up, not those that compare."""
    specs, words = exports().columns, exports().markers.sums
    said = (_among(own, words) for name, own in cells.items() if specs[name].kind in ("text", "id", *DATED))
    return totals & np.logical_or.reduce([np.zeros(len(totals), bool), *said]) if totals.any() else totals


def _unsaid(cells: Sequence[Cell]) -> np.ndarray:
    unsaid = {cell: clean.text(cell) is None for cell in {*cells}}
    return np.fromiter(map(unsaid.__getitem__, cells), bool, len(cells))


def _among(cells: Sequence[Cell], words: Sequence[str]) -> np.ndarray:
    chosen = {cell for cell in {*cells} if isinstance(cell, str) and cell.strip() in words}
    return np.array([cell in chosen for cell in cells], bool) if chosen else np.zeros(len(cells), bool)


def remarks(grid: Grid, known: Recognised, values: clean.Columns, live: np.ndarray) -> np.ndarray:
    """Lines with a single cell that begin like a remark, or that stand below the last row of data."""
    mask = np.zeros(len(live), bool)
    clock = known.sheet.clock
    unplaced = live & values[clock].isna().to_numpy() if clock in values else live
    if not unplaced.any():
        return mask
    bare = unplaced & _without_figures(values, known)
    if len(grid.columns) < WIDE or not bare.any():
        return mask
    # Rows that were taken out of their sheet do not know what stands below them.
    last = max(np.flatnonzero(live & ~bare).tolist(), default=-1) if known.header_row >= 0 else len(live)
    for row in np.flatnonzero(bare).tolist():
        cells = grid.row(known.header_row + 1 + row)
        filled = [cells[place] for place in known.positions.values() if not is_empty(cells[place])]
        mask[row] = len(filled) == 1 and isinstance(filled[0], str) and (row > last or is_remark(filled[0]))
    return mask


def is_remark(cell: str) -> bool:
    """Whether a line begins as remarks do (`注：…`)."""
    return cell.strip().replace("：", ":").startswith(exports().markers.notes)


def _without_figures(values: clean.Columns, known: Recognised) -> np.ndarray:
    # What the file's name says of every row says nothing of this one.
    own = {name: part for name, part in values.others.items() if name in known.positions or name not in known.given}
    dates = [part.isna().to_numpy() for part in own.values() if part.dtype.kind == "M"]
    nothing: np.ndarray = np.logical_and.reduce([np.isnan(values.block).all(axis=0), *dates])
    return nothing
