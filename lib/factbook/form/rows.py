"""What must hold across the cells of a row and between rows: keys, order of dates, no row twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from factbook import fmt
from factbook.form.cells import Bad, as_text, is_missing, parse
from factbook.knowledge.form import FormColumn, FormSheet
from factbook.knowledge.metrics import Metric, metrics
from factbook.knowledge.thumbs import thumbs
from factbook.records import Problem, Severity


@dataclass(frozen=True, slots=True)
class Tab:
    """A sheet as it stands in the file: which column of it holds which of ours."""

    file: str
    name: str
    sheet: FormSheet
    positions: dict[str, int]

    def problem(self, bad: Bad, severity: Severity, column: FormColumn, row: int) -> Problem:
        """What is wrong with one cell; `row` as Excel numbers rows."""
        position = self.positions.get(column.name)
        at = xl_rowcol_to_cell(row - 1, position) if position is not None else str(row)
        heading = f"{column.zh} {column.en}"
        return Problem(bad.code, severity, self.file, self.name, heading, row, {"at": at, **bad.values})


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a tab after its cells were read."""

    number: int  # as Excel numbers rows
    values: dict[str, Any]
    problems: tuple[Problem, ...]
    usable: bool


def parse_line(tab: Tab, number: int, cells: Sequence[object]) -> Line:
    """Every cell as its kind: a bad optional cell is dropped, a bad or empty key sets the row aside."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for column in tab.sheet.asked:
        position = tab.positions.get(column.name)
        cell = cells[position] if position is not None and position < len(cells) else None
        value = parse(cell, column, values)
        key = column.name in tab.sheet.keys
        if key and value is None:
            value = Bad("form_key_missing")
        if isinstance(value, Bad):
            problems.append(tab.problem(value, "set_aside" if key else "warning", column, number))
        values[column.name] = None if isinstance(value, Bad) else value
    usable = all(values[key] is not None for key in tab.sheet.keys)
    return Line(number, values, tuple(problems), usable)


def out_of_order(tab: Tab, line: Line) -> Iterator[Problem]:
    """The problem of a row that ends before it starts."""
    if not tab.sheet.order:
        return
    first, last = tab.sheet.order
    start, end = line.values[first], line.values[last]
    if start is not None and end is not None and end < start:
        bad = Bad("form_end_before_start", {"start": f"{start:%Y-%m-%d}", "end": f"{end:%Y-%m-%d}"})
        yield tab.problem(bad, "set_aside", tab.sheet.column(last), line.number)


def wrong_way(tab: Tab, line: Line) -> Iterator[Problem]:
    """The problem of a rule of thumb whose good value lies on the poor side, or whose metric has no sides."""
    if not tab.sheet.ladder:
        return
    name, *ends = tab.sheet.ladder
    metric = metrics()[line.values[name]]
    house = thumbs().metrics.get(metric.id)
    good, poor = (getattr(house, end, None) if line.values[end] is None else line.values[end] for end in ends)
    if metric.direction == "none":
        bad = Bad("form_undirected", {"cell": metric.id})
        yield tab.problem(bad, "set_aside", tab.sheet.column(name), line.number)
    elif good is not None and poor is not None and (good <= poor if metric.direction == "up" else good >= poor):
        bad = Bad("form_ladder", _rungs(metric, good, poor))
        yield tab.problem(bad, "set_aside", tab.sheet.column(ends[0]), line.number)


def _rungs(metric: Metric, good: float, poor: float) -> dict[str, str]:
    """Both values as a sentence shows them, and which way round they belong."""
    up = metric.direction == "up"
    return {
        "good": fmt.figure(good, metric.unit, "en"),
        "poor": fmt.figure(poor, metric.unit, "en"),
        "expected_zh": f"“算好”的值{'大于' if up else '小于'}“算差”的值",
        "expected_en": f"the good value {'above' if up else 'below'} the poor one",
    }


def repeats(tab: Tab, lines: Sequence[Line]) -> Iterator[tuple[Line, Problem]]:
    """Rows that say again what an earlier row said, with their problem."""
    seen: dict[tuple[object, ...], int] = {}
    for line in lines:
        same = tuple(line.values[name] for name in tab.sheet.unique)
        first = seen.setdefault(same, line.number)
        if tab.sheet.unique and first != line.number:
            said = ", ".join(as_text(value) for value in same if not is_missing(value))
            bad = Bad("form_duplicate", {"first_row": str(first), "what": said})
            yield line, tab.problem(bad, "set_aside", tab.sheet.column(tab.sheet.unique[0]), line.number)
