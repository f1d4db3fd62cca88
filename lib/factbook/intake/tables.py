"""Recognised sheets to typed rows: a row is kept with its address, or counted with why it is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from factbook.intake import bulk_frame, clean, dates, duplicates, headers, roles, rows, runs, scales, splits
from factbook.intake.grid import Cell, Grid, is_empty
from factbook.intake.header_notes import notes_on, readable
from factbook.intake.parts import ADDRESS, Counts, Part
from factbook.intake.problems import Place, gathered, of_cells
from factbook.intake.recognise import Recognised
from factbook.knowledge.exports import Sheet, exports
from factbook.knowledge.problems import LISTED
from factbook.records import Problem

__all__ = ["ORDERED", "Rows", "build", "conform", "fate_of_unread", "notes_on", "part", "read_rows", "readable"]

ORDERED = (("started_at", "ended_at"),)  # the second may not come before the first
SIGNS = frozenset("%％‰")
DTYPES = {"text": "str", "id": "str", "date": "datetime64[us]", "datetime": "datetime64[us]"}
LONG = 100_000  # rows from which columns without a figure are worth their memory
IDENTITIES = frozenset({"text", "id", "date", "datetime"})  # kinds whose merged cells stand for every row they span


@dataclass(frozen=True)
class _Body:
    """The rows below the headers: values by column, which of them could not be used, and which rows count.

    `shown`: by column the cells as a person sees them and the header above them.
    """

    values: clean.Columns
    bad: dict[str, dict[int, str]]
    shown: dict[str, tuple[Sequence[Cell], str]]
    live: np.ndarray  # rows that are neither blank nor totals, remarks or headers
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Rows:
    """The rows of a sheet that are kept, what became of the others, and what was wrong with them.

    `signed`: the rates that are written with their percent sign. `closing`: the lines that add the rows up.
    """

    frame: pd.DataFrame
    counts: Counts
    problems: tuple[Problem, ...] = field(default=())
    signed: frozenset[str] = frozenset()
    closing: pd.DataFrame = field(default_factory=pd.DataFrame)


def build(grid: Grid, known: Recognised, file: str) -> Part:
    """The rows of one sheet as its table, with every problem met."""
    notes = notes_on(grid, known, file)
    if not readable(known):
        blank = rows.blank(grid, known)
        lost = replace(_counts(grid, known, blank), set_aside=int((~blank).sum()))
        return Part(file, known.report, known.sheet, pd.DataFrame(), lost, tuple(notes))
    read = read_rows(grid, known, file)
    return part(known, file, replace(read, problems=(*notes, *read.problems)))


def read_rows(grid: Grid, known: Recognised, file: str) -> Rows:
    """The rows below the headers, each kept, a total, blank or set aside; not yet held against each other."""
    start = known.header_row + 1
    blank = rows.blank(grid, known)
    cells = {name: _unmerged(grid, place, start, name) for name, place in known.positions.items()}
    again = rows.headers_again(cells, known) & ~blank
    again |= rows.definitions(cells, known, ~(blank | again))
    totals = rows.totals(cells, known.sheet) & ~blank & ~again
    torn = rows.torn(grid, known) & ~(blank | again | totals)
    body = _clean(cells, known, ~(blank | again | totals | torn))
    remarks = rows.remarks(grid, known, body.values, body.live)
    body = _without(body, remarks)
    aside, reasons = _set_aside(body, known.sheet)
    kept = body.live & ~aside
    frame = _frame(body, known.sheet, kept, {"_file": file, "_sheet": grid.name})
    frame["_row"] = grid.numbered(start, np.flatnonzero(kept))
    counts = replace(_counts(grid, known, blank), totals=int(totals.sum()), set_aside=int((aside | torn).sum()))
    counts += Counts(header=int(again.sum() + remarks.sum()))
    problems = [*gathered(_torn_problems(torn, grid, known, file)), *_cell_problems(body, reasons, grid, known, file)]
    problems += _currency_problems(body, grid, file)
    return Rows(frame, counts, tuple(problems), _signed(cells), body.values.frame(rows.sums(cells, totals)))


def _signed(cells: Mapping[str, Sequence[Cell]]) -> frozenset[str]:
    rates = {name: own for name, own in cells.items() if exports().columns[name].kind == "ratio"}
    return frozenset(name for name, own in rates.items() if any(isinstance(c, str) and SIGNS & {*c} for c in own))


def part(known: Recognised, file: str, read: Rows) -> Part:
    """The rows of a sheet once each, with what they stand for."""
    frame, scaled = scales.settle(read.frame, known, read.signed)
    frame, repeated, doubts = duplicates.within(_told(frame, known.sheet.table), known.sheet)
    frame, resolved = runs.resolve(frame, known)
    counts = replace(read.counts, duplicates=repeated)
    problems = (*read.problems, *scaled, *doubts, *resolved)
    return Part(file, known.report, known.sheet, frame, counts, problems, read.closing)


def _told(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    frame = roles.zeros(frame, table)
    return roles.account_roles(frame) if table in roles.LISTS_OF_ACCOUNTS else frame


def fate_of_unread(grid: Grid) -> Counts:
    """A sheet that no report claims: its blank rows, and the others set aside."""
    lists = [grid.cells(column) for column in range(len(grid.columns))]
    filled = sum(not all(map(is_empty, row)) for row in zip(*lists, strict=True))
    return Counts(rows=grid.height + grid.before, set_aside=filled, blank=grid.height - filled + grid.before)


def _counts(grid: Grid, known: Recognised, blank: np.ndarray) -> Counts:
    above = [any(not is_empty(cell) for cell in row) for row in grid.head(known.header_row + 1)]
    empty = int(blank.sum()) + len(above) - sum(above) + grid.before
    size = grid.height + grid.before + grid.folded
    return Counts(rows=size, header=sum(above) + grid.folded, blank=empty)


def _unmerged(grid: Grid, place: int, start: int, name: str) -> Sequence[Cell]:
    """The cells of a column; a name merged over several rows stands in each, a figure only in the first."""
    cells = grid.cells(place, start)
    tall = [area for area in grid.merged if area[0][1] <= place <= area[1][1] and area[0][0] < area[1][0] >= start]
    if not tall or exports().columns[name].kind not in IDENTITIES:
        return cells
    filled = list(cells)
    for (first, column), (last, _) in tall:
        value = grid.cells(column)[first]
        for row in range(max(first, start), min(last, grid.height - 1) + 1):
            filled[row - start] = value if is_empty(filled[row - start]) else filled[row - start]
    return filled


def _clean(cells: Mapping[str, Sequence[Cell]], known: Recognised, live: np.ndarray) -> _Body:
    raw, shown = _raw(cells, known)
    days = [one.cells for one in raw.values() if one.spec.kind in ("date", "datetime")]
    reading = dates.Reading(known.period, dates.order_in(days))
    done = clean.columns(raw, reading)
    bad = {name: {i: code for i, code in some.items() if live[i]} for name, some in done.bad.items() if some}
    done.others.update(_given(known, done, reading, len(live)))
    money = clean.currencies(raw.values())
    if len(money) == 1 and "currency" not in done:
        done.others["currency"] = pd.Series([*money] * len(live), dtype="str")
    mixed = Problem("currency_mixed", "warning", values={"names": LISTED.join(sorted(money))})
    return _Body(done, bad, shown, live, (mixed,) if len(money) > 1 else ())


def _raw(
    cells: Mapping[str, Sequence[Cell]], known: Recognised
) -> tuple[dict[str, clean.Raw], dict[str, tuple[Sequence[Cell], str]]]:
    """The columns as they are to be cleaned: a cell that says several things stands in several of them."""
    specs = exports().columns
    raw: dict[str, clean.Raw] = {}
    shown: dict[str, tuple[Sequence[Cell], str]] = {}
    for name, own in cells.items():
        spec, label = specs[name], known.labels[name]
        unit = headers.unit(label) or known.sheet.units.get(name, "")
        kind = "days" if spec.kind == "span" and specs[spec.into[0]].kind == "date" else spec.kind
        halves = splits.split(own, kind) if spec.into else (own,)
        for piece, part in zip(spec.into or (name,), halves, strict=True):
            if piece == name or piece not in cells:
                raw[piece], shown[piece] = clean.Raw(part, specs[piece], unit), (own, label)
    return raw, shown


def _given(known: Recognised, values: clean.Columns, reading: dates.Reading, size: int) -> dict[str, pd.Series]:
    """The columns that stand beside the table (names, ids, dates), the same in every row; its own come first."""
    specs = exports().columns
    wanted = {name: cell for name, cell in known.given.items() if name not in values or values[name].isna().all()}
    ones = {name: clean.column([cell], specs[name], reading=reading).values for name, cell in wanted.items()}
    return {name: pd.Series([one[0]] * size, dtype=one.dtype) for name, one in ones.items()}


def _without(body: _Body, remarks: np.ndarray) -> _Body:
    if not remarks.any():
        return body
    bad = {name: {i: code for i, code in some.items() if not remarks[i]} for name, some in body.bad.items()}
    return replace(body, bad=bad, live=body.live & ~remarks)


def _set_aside(body: _Body, sheet: Sheet) -> tuple[np.ndarray, dict[str, dict[int, str]]]:
    """The rows that cannot be placed, and by column the positions with the code of why."""
    aside = np.zeros(len(body.live), bool)
    reasons: dict[str, dict[int, str]] = {}
    for column in filter(None, (sheet.clock, *sheet.required)):
        lost = body.values[column].isna().to_numpy() & body.live
        known = body.bad.get(column, {})
        reasons[column] = {int(i): known.get(int(i), "key_missing") for i in np.flatnonzero(lost)}
        aside |= lost
    if not reasons:
        # Nothing places these rows; one that says nothing in any column is none.
        column = next(iter(body.shown))
        lost = body.live & np.logical_and.reduce([body.values[name].isna().to_numpy() for name in body.shown])
        reasons[column] = {int(i): "key_missing" for i in np.flatnonzero(lost)}
        aside |= lost
    for first, second in ORDERED:
        if first in body.values and second in body.values:
            wrong = (body.values[second] < body.values[first]).to_numpy() & body.live
            reasons[second] = {int(i): "ends_before_start" for i in np.flatnonzero(wrong)}
            aside |= wrong
    return aside, reasons


def _frame(body: _Body, sheet: Sheet, kept: np.ndarray, address: Mapping[str, str]) -> pd.DataFrame:
    frame = body.values.frame(kept)
    absent = {name: value for name, value in sheet.defaults.items() if name not in frame}
    fixed = {**absent, **sheet.constants, **address}
    texts = {name: pd.Series(value, index=frame.index, dtype="str") for name, value in fixed.items()}
    return frame.assign(**texts)


def _torn_problems(torn: np.ndarray, grid: Grid, known: Recognised, file: str) -> list[Problem]:
    numbers = grid.numbered(known.header_row + 1, np.flatnonzero(torn)).tolist()
    if not numbers:
        return []
    ends = grid.unended and bool(torn[-1])
    cut = [Problem("row_cut", "set_aside", file, grid.name, row=numbers.pop())] if ends else []
    return [*(Problem("row_torn", "set_aside", file, grid.name, row=row) for row in numbers), *cut]


def _cell_problems(
    body: _Body, reasons: dict[str, dict[int, str]], grid: Grid, known: Recognised, file: str
) -> list[Problem]:
    found: list[Problem] = []
    numbers = grid.rows_from(known.header_row + 1)
    said: set[tuple[str, int]] = set()  # the halves of one cell are one problem
    beside = {
        column: ([None] * len(body.live), headers.spelled(column)) for column in reasons if column not in body.shown
    }
    for column, (cells, label) in (body.shown | beside).items():
        place = Place(file, grid.name, label, numbers, {"kind": exports().columns[column].kind})
        lost = reasons.get(column, {})
        others = {i: code for i, code in body.bad.get(column, {}).items() if i not in lost and (label, i) not in said}
        said |= {(label, i) for i in (*lost, *others)}
        found += of_cells(place, lost, cells, "set_aside")
        found += of_cells(place, others, cells, "warning")
    return found


def _currency_problems(body: _Body, grid: Grid, file: str) -> list[Problem]:
    return [replace(problem, file=file, sheet=grid.name) for problem in body.problems]


def conform(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """A table with all its columns, each of the type of its kind, the rows' addresses last."""
    columns = exports().columns
    always = exports().columns_of(table)
    extra = [name for name in frame.columns if name not in always and name not in ADDRESS]
    types: dict[str, Any] = {n: DTYPES.get(columns[n].kind, "float64") for n in (*always, *extra) if n in columns}
    absent = {name: kind for name, kind in types.items() if name not in frame}
    if len(frame) <= LONG:  # figures come by reindexing, all at once
        absent = {name: kind for name, kind in absent.items() if kind != "float64"}
    frame = frame.assign(**_absent(absent, len(frame))).reindex(columns=[*always, *extra, *ADDRESS])
    types["_row"] = "int64"
    found = frame.dtypes
    return frame.assign(**{n: frame[n].astype(kind) for n, kind in types.items() if str(found[n]) != kind})


def _absent(types: Mapping[str, str], size: int) -> dict[str, pd.Series]:
    """Columns that no file says; those of a kind share the memory of one."""
    nothing = {kind: bulk_frame.nothing(kind, size) for kind in {*types.values()}}
    return {name: nothing[kind] for name, kind in types.items()}
