"""A batch of records to rows: plain ones as they stand, every other one through the careful reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa

from factbook.intake import bulk_text, headers, tables
from factbook.intake.bulk_cells import KINDS, Read, Reader, Unfit, Values, is_blank
from factbook.intake.bulk_frame import as_values, chosen, joined
from factbook.intake.bulk_text import Batch, Source
from factbook.intake.grid import Grid
from factbook.intake.parts import Counts
from factbook.intake.recognise import Recognised
from factbook.intake.tables import Rows
from factbook.knowledge.exports import exports
from factbook.records import Problem

Line = tuple[int, list[str]]  # a row and its cells: those of the wanted columns, and one for the rest
FILLED = "…"  # stands for whatever a column that is not read holds


@dataclass(frozen=True)
class Piece:
    """Some rows of a table: the columns that differ from row to row, and what became of the rows not kept."""

    columns: dict[str, Values]
    counts: Counts
    problems: tuple[Problem, ...] = ()
    closing: tuple[pd.DataFrame, ...] = ()  # the lines that add the rows up


def piece_of(rows: Rows, known: Recognised) -> Piece:
    """Rows that were read carefully, as a piece."""
    specs, frame = exports().columns, rows.frame
    columns = {name: as_values(frame[name], specs[name].kind) for name in known.positions}
    return Piece(columns | {"_row": frame["_row"].to_numpy("int64")}, rows.counts, rows.problems, (rows.closing,))


def check(known: Recognised) -> None:
    """Raise `Unfit` for a sheet whose rows do not each stand for themselves."""
    specs = exports().columns
    placed = {known.sheet.clock, *known.sheet.required}
    if not placed <= set(known.positions) or set(known.given) & set(known.positions):
        raise Unfit
    if any(specs[column].into or specs[column].kind not in KINDS for column in known.positions):
        raise Unfit


class RowReader:
    """Reads the batches of one file, and remembers what its columns taught so far."""

    def __init__(self, found: Source, known: Recognised, name: str) -> None:
        self.found, self.known, self.name = found, known, name
        self.width = found.widths[known.header_row]
        self.placed = (known.sheet.clock, *known.sheet.required)
        self.readers = [self._reader(column) for column in known.positions]
        # An odd row stands in a sheet of its own, with only the wanted columns and one for whatever else it holds.
        self.apart = replace(known, header_row=-1, positions={name: at for at, name in enumerate(known.positions)})
        self.labels = [*known.labels.values(), ""]

    def _reader(self, column: str) -> Reader:
        label = self.known.labels[column]
        unit = headers.unit(label) or self.known.sheet.units.get(column, "")
        return Reader(exports().columns[column], unit, self.found.encoding, self.known.period)

    def read(self, batch: Batch, last: bool) -> Piece:
        """The rows of a batch; `last`: nothing stands below it. Raises `Unfit` or UnicodeDecodeError."""
        read = [reader.read(cells) for reader, cells in zip(self.readers, batch.cells, strict=True)]
        values = {name: one.values for name, one in zip(self.known.positions, read, strict=True)}
        values["_row"] = batch.rows
        odd = self._odd(read, values)
        if not odd.any() and not batch.torn:
            return Piece(values, Counts(rows=len(odd)))
        counts, problems = Counts(rows=int((~odd).sum())), list[Problem]()
        values = {name: chosen(column, ~odd) for name, column in values.items()}
        careful = self._carefully(batch, odd, last)
        for rows in careful:
            values, counts = joined(values, rows.frame), counts + rows.counts
            problems += rows.problems
        return Piece(values, counts, tuple(problems), tuple(rows.closing for rows in careful))

    def _odd(self, read: Sequence[Read], values: dict[str, Values]) -> np.ndarray:
        lost = [_absent(values[column]) for column in self.placed]
        turned = [values[end] < values[start] for start, end in tables.ORDERED if {start, end} <= set(values)]
        odd: np.ndarray = np.logical_or.reduce([*(one.odd for one in read), *lost, *turned])
        return odd

    def _carefully(self, batch: Batch, odd: np.ndarray, last: bool) -> list[Rows]:
        lines = self._lines(batch, odd)
        torn = self._no_rows(batch, last)
        plain = np.flatnonzero(~odd)
        below = int(batch.rows[plain[-1]]) if last and len(plain) else None
        foot = [line for line in lines if below is not None and line[0] > below]
        rest = lines[: len(lines) - len(foot)]
        grid = _grid(rest, torn)
        read = [tables.read_rows(grid, self.apart, self.name)] if rest else []
        return [*read, *([self._foot(self._taken(batch, plain[-1:]), foot, torn)] if foot else [])]

    def _no_rows(self, batch: Batch, last: bool) -> dict[int, bool]:
        """The numbers of the rows with more cells than headers, and of one that the file ends within, which is true."""
        long = {number: False for number, cells in batch.torn if any(cell.strip() for cell in cells[self.width :])}
        number, cells = batch.torn[-1] if batch.torn else (0, ())
        ends = last and self.found.unended and number > batch.rows.max(initial=0) and len(cells) < self.width
        return long | ({number: True} if ends else {})

    def _lines(self, batch: Batch, odd: np.ndarray) -> list[Line]:
        torn = [(number, self._torn(cells)) for number, cells in batch.torn]
        lines = sorted([*self._taken(batch, np.flatnonzero(odd)), *torn])
        for number, cells in lines:
            if not any(cell.strip() for cell in cells):
                cells[-1] = "" if number in self._hollow else FILLED
        return lines

    def _taken(self, batch: Batch, places: np.ndarray) -> list[Line]:
        at, encoding = pa.array(places), self.found.encoding
        columns = [[cell.decode(encoding) for cell in column.take(at).to_pylist()] for column in batch.cells]
        cells = ([*row, ""] for row in zip(*columns, strict=True))
        return list(zip(batch.rows[places].tolist(), cells, strict=True))

    def _torn(self, cells: Sequence[str]) -> list[str]:
        wanted = list(self.known.positions.values())
        rest = "".join(cell for place, cell in enumerate(cells) if place not in wanted)
        return [*(cells[place] if place < len(cells) else "" for place in wanted), rest]

    def _foot(self, above: list[Line], lines: list[Line], torn: Mapping[int, bool]) -> Rows:
        # Whether a line is a remark below the table depends on where it stands, so that a row is put above it.
        grid = _grid([(self.known.header_row + 1, self.labels), *above, *lines], torn)
        rows = tables.read_rows(grid, replace(self.apart, header_row=0), self.name)
        frame = rows.frame[rows.frame["_row"] != above[0][0]]
        return replace(rows, frame=frame, counts=rows.counts + Counts(rows=-2, header=-1))

    @cached_property
    def _hollow(self) -> frozenset[int]:
        """The rows that hold nothing in the columns that are not read; the file is searched once."""
        others = [place for place in range(self.width) if place not in self.known.positions.values()]
        empty: list[int] = []
        for batch in bulk_text.batches(self.found, self.width, others):
            bare = np.logical_and.reduce([np.ones(len(batch.rows), bool), *map(is_blank, batch.cells)])
            empty += batch.rows[bare].tolist()
        return frozenset(empty)


def _grid(lines: Sequence[Line], torn: Mapping[int, bool]) -> Grid:
    columns = tuple(zip(*(cells for _, cells in lines), strict=True))
    numbers = [number for number, _ in lines]
    places = frozenset(place for place, number in enumerate(numbers) if number in torn)
    unended = any(torn.get(number, False) for number in numbers)
    return Grid("", columns, len(lines), numbers=numbers, torn=places, unended=unended)


def _absent(values: Values) -> np.ndarray:
    ids = isinstance(values, pa.Array)
    absent: np.ndarray = values.is_null().to_numpy(zero_copy_only=False) if ids else np.asarray(pd.isna(values))
    return absent
