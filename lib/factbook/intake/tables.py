"""Recognised sheets to typed rows: a row is kept with its address, or counted with why it is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

import numpy as np
import pandas as pd

from factbook.intake import clean, duplicates, headers, roles
from factbook.intake.parts import ADDRESS, Counts, Part
from factbook.intake.problems import Place, of_cells
from factbook.intake.read import Cell, Grid
from factbook.intake.recognise import Recognised
from factbook.knowledge.exports import Sheet, exports
from factbook.records import Problem

ORDERED = (("started_at", "ended_at"),)  # the second may not come before the first
DTYPES = {"text": "str", "id": "str", "date": "datetime64[us]", "datetime": "datetime64[us]"}


@dataclass(frozen=True)
class _Body:
    """The rows below the headers: cells and values by column, and which rows count."""

    cells: dict[str, Sequence[Cell]]
    values: dict[str, pd.Series]
    bad: dict[str, dict[int, str]]
    live: np.ndarray  # rows that are neither blank nor totals


@dataclass(frozen=True)
class Rows:
    """The rows of a sheet that are kept, what became of the others, and what was wrong with them."""

    frame: pd.DataFrame
    counts: Counts
    problems: tuple[Problem, ...] = ()


def build(grid: Grid, known: Recognised, file: str) -> Part:
    """The rows of one sheet as its table, with every problem met."""
    notes = notes_on(grid, known, file)
    if not readable(known):
        blank = _blank(grid, known)
        lost = replace(_counts(grid, known, blank), set_aside=int((~blank).sum()))
        return Part(file, known.report, known.sheet, pd.DataFrame(), lost, tuple(notes))
    rows = read_rows(grid, known, file)
    return part(known, file, replace(rows, problems=(*notes, *rows.problems)))


def read_rows(grid: Grid, known: Recognised, file: str) -> Rows:
    """The rows below the headers, each kept, a total, blank or set aside; not yet held against each other."""
    start = known.header_row + 1
    blank = _blank(grid, known)
    cells = {column: grid.cells(position, start) for column, position in known.positions.items()}
    totals = _totals(cells, known.sheet) & ~blank
    body = _clean(cells, known, ~(blank | totals))
    aside, reasons = _set_aside(body, known.sheet)
    kept = body.live & ~aside
    frame = _frame(body, known.sheet, kept)
    frame = frame.assign(_file=file, _sheet=grid.name, _row=np.flatnonzero(kept) + grid.first_row + start)
    counts = replace(_counts(grid, known, blank), totals=int(totals.sum()), set_aside=int(aside.sum()))
    return Rows(frame, counts, tuple(_cell_problems(body, reasons, grid, known, file)))


def part(known: Recognised, file: str, rows: Rows) -> Part:
    """The rows of a sheet once each, with what they stand for."""
    told = _told(rows.frame, known.sheet.table)
    frame, repeated, doubts = duplicates.within(told, known.sheet)
    counts = replace(rows.counts, duplicates=repeated)
    return Part(file, known.report, known.sheet, frame, counts, (*rows.problems, *doubts))


def notes_on(grid: Grid, known: Recognised, file: str) -> list[Problem]:
    """What is wrong with the headers of a sheet."""
    return [*_header_notes(grid, known, file), *_missing_columns(grid, known, file)]


def _told(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    frame = roles.zeros(frame, table)
    return roles.account_roles(frame) if table in roles.LISTS_OF_ACCOUNTS else frame


def fate_of_unread(grid: Grid) -> Counts:
    """A sheet that no report claims: its blank rows, and the others set aside."""
    filled = [
        not all(map(_is_empty, row)) for row in zip(*(grid.cells(j) for j in range(len(grid.columns))), strict=True)
    ]
    before = grid.first_row - 1
    return Counts(rows=grid.height + before, set_aside=sum(filled), blank=len(filled) - sum(filled) + before)


def readable(known: Recognised) -> bool:
    needed = {known.sheet.clock, *known.sheet.required} - {""}
    return not needed & set(known.missing) and needed <= set(known.positions)


def _counts(grid: Grid, known: Recognised, blank: np.ndarray) -> Counts:
    above = [any(not _is_empty(cell) for cell in row) for row in grid.head()[: known.header_row + 1]]
    before = grid.first_row - 1
    empty = int(blank.sum()) + len(above) - sum(above) + before
    return Counts(rows=grid.height + before, header=sum(above), blank=empty)


def _is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _blank(grid: Grid, known: Recognised) -> np.ndarray:
    # Only rows whose first known cell is empty can be blank; they alone are looked at in full.
    start = known.header_row + 1
    probe = grid.cells(min(known.positions.values()), start)
    empty = np.array([_is_empty(cell) for cell in probe], bool)
    if empty.any():
        for column in range(len(grid.columns)):
            cells = grid.cells(column, start)
            filled = [i for i in np.flatnonzero(empty).tolist() if not _is_empty(cells[i])]
            empty[filled] = False
    return empty


def _totals(cells: dict[str, Sequence[Cell]], sheet: Sheet) -> np.ndarray:
    marks = exports().markers
    kinds = {column: exports().columns[column].kind for column in sheet.keys if column in cells}
    size = len(next(iter(cells.values())))
    mask = np.zeros(size, bool)
    for column, kind in kinds.items():
        words = marks.closing if kind == "text" and not sheet.clock else () if kind == "text" else marks.totals
        mask |= _among(cells[column], words)
    clock = cells.get(sheet.clock, ())
    unplaced = np.array([clean.text(cell) is None for cell in clock], bool) if clock else np.zeros(size, bool)
    for column in (column for column, kind in kinds.items() if kind == "text"):
        mask |= unplaced & _among(cells[column], marks.closing)
    return mask


def _among(cells: Sequence[Cell], words: Sequence[str]) -> np.ndarray:
    chosen = frozenset(words)
    return np.array([isinstance(cell, str) and cell.strip() in chosen for cell in cells], bool)


def _clean(cells: dict[str, Sequence[Cell]], known: Recognised, live: np.ndarray) -> _Body:
    specs = exports().columns
    raw = {name: clean.Raw(part, specs[name], headers.unit(known.labels[name])) for name, part in cells.items()}
    done = clean.columns(raw)
    bad = {name: {i: code for i, code in one.bad.items() if live[i]} for name, one in done.items() if one.bad}
    return _Body(cells, {name: one.values for name, one in done.items()}, bad, live)


def _set_aside(body: _Body, sheet: Sheet) -> tuple[np.ndarray, dict[str, dict[int, str]]]:
    """The rows that cannot be placed, and by column the positions with the code of why."""
    aside = np.zeros(len(body.live), bool)
    reasons: dict[str, dict[int, str]] = {}
    for column in filter(None, (sheet.clock, *sheet.required)):
        lost = body.values[column].isna().to_numpy() & body.live
        known = body.bad.get(column, {})
        reasons[column] = {int(i): known.get(int(i), "key_missing") for i in np.flatnonzero(lost)}
        aside |= lost
    for first, second in ORDERED:
        if first in body.values and second in body.values:
            wrong = (body.values[second] < body.values[first]).to_numpy() & body.live
            reasons[second] = {int(i): "ends_before_start" for i in np.flatnonzero(wrong)}
            aside |= wrong
    return aside, reasons


def _frame(body: _Body, sheet: Sheet, kept: np.ndarray) -> pd.DataFrame:
    frame = pd.DataFrame(body.values)[kept].reset_index(drop=True)
    absent = {name: value for name, value in sheet.defaults.items() if name not in frame}
    fixed = {**absent, **sheet.constants}
    return frame.assign(**{name: pd.Series(value, index=frame.index, dtype="str") for name, value in fixed.items()})


def _cell_problems(
    body: _Body, reasons: dict[str, dict[int, str]], grid: Grid, known: Recognised, file: str
) -> list[Problem]:
    found: list[Problem] = []
    first = grid.first_row + known.header_row + 1
    for column in body.cells:
        values = {"kind": exports().columns[column].kind}
        place = Place(file, grid.name, known.labels[column], first, values)
        lost = reasons.get(column, {})
        others = {i: code for i, code in body.bad.get(column, {}).items() if i not in lost}
        found += of_cells(place, lost, body.cells[column], "set_aside")
        found += of_cells(place, others, body.cells[column], "warning")
    return found


def _missing_columns(grid: Grid, known: Recognised, file: str) -> list[Problem]:
    severity: Any = "warning" if readable(known) else "error"
    code = "column_missing" if readable(known) else "column_missing_key"
    return [
        Problem(
            code,
            severity,
            file,
            grid.name,
            headers.spelled(column),
            grid.first_row + known.header_row,
            values,
        )
        for column in known.missing
        for values in [
            {
                "found": _lookalike(column, known.unknown),
                "known": "、".join(exports().columns[column].headers),
            }
        ]
    ]


def _lookalike(column: str, unknown: Sequence[str]) -> str:
    pool = {headers.normal(header): header for header in unknown}
    for header in exports().columns[column].headers:
        for match in get_close_matches(headers.normal(header), pool, n=1, cutoff=0.4):
            return pool[match]
    return next(iter(unknown), "—")


def _header_notes(grid: Grid, known: Recognised, file: str) -> list[Problem]:
    row = grid.first_row + known.header_row
    among = tuple(column for column in exports().columns_of(known.sheet.table) if column not in known.positions)
    notes = []
    for header in known.unknown:
        near = headers.nearest(header, among) or headers.nearest(header)
        code = "header_unknown" if near else "header_new"
        notes.append(Problem(code, "note", file, grid.name, header, row, {"near": near} if near else {}))
    notes += [Problem("header_twice", "note", file, grid.name, header, row) for header in known.twice]
    cut = [header for header in known.labels.values() if headers.is_cut(header)]
    known_as = {header: headers.spelled(headers.canonical(header) or "") for header in cut}
    return notes + [
        Problem("header_cut", "note", file, grid.name, h, row, {"near": near}) for h, near in known_as.items()
    ]


def conform(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """A table with all its columns, each of the type of its kind, the rows' addresses last."""
    columns = exports().columns
    always = exports().columns_of(table)
    extra = [name for name in frame.columns if name not in always and name not in ADDRESS]
    frame = frame.reindex(columns=[*always, *extra, *ADDRESS])
    types = {name: DTYPES.get(columns[name].kind, "float64") for name in (*always, *extra) if name in columns}
    wrong = {name: kind for name, kind in types.items() if str(frame[name].dtype) != kind}
    return frame.astype({**wrong, "_row": "int64"}) if wrong else frame
