"""One sheet of the form to its answers: a table with headings, or the profile's list of entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from factbook import fmt
from factbook.form.cells import Bad, as_text, is_blank, is_missing, parse, spell
from factbook.form.data import RowCount
from factbook.form.options import plain
from factbook.form.rows import Line, Tab, out_of_order, parse_line, repeats, wrong_way
from factbook.knowledge.form import FormColumn, FormSheet, form
from factbook.records import Problem

Grid = Sequence[Sequence[object]]
HEADING_WITHIN = 10
ENTRY, ANSWER = 0, 1  # columns of the profile sheet
WEIGHTS = ("score_weight_product", "score_weight_logistics", "score_weight_service")
DTYPES = {
    "money": "float64",
    "fraction": "float64",
    "number": "float64",
    "value": "float64",
    "level": "float64",
    "date": "datetime64[ns]",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet after reading."""

    table: pd.DataFrame = field(default_factory=pd.DataFrame)
    profile: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    count: RowCount = field(default_factory=RowCount)
    tab: Tab | None = None


def headings(columns: Sequence[FormColumn]) -> dict[str, str]:
    """Every spelling of a heading that is understood, to the column's name."""
    return {plain(word): c.name for c in columns for word in (c.heading, c.name, c.zh, c.en)}


def meant(cell: object, known: Mapping[str, str]) -> str | None:
    """The column a heading means: the whole of it, or one of its lines where the other was reworded."""
    text = as_text(cell)
    spellings = (text, *text.splitlines())
    return next((known[word] for word in map(plain, spellings) if word in known), None)


# ------------------------------------------------------------------ a table


def read_table(file: str, name: str, sheet: FormSheet, grid: Grid) -> Part:
    """The rows of a table sheet, with what is wrong and what became of each row."""
    head = _heading_row(sheet, grid)
    if head is None:
        said = () if _empty(grid) else (Problem("form_heading_missing", "warning", file, name),)
        return Part(problems=said, count=RowCount(header=len(grid)))
    positions, problems = _columns(file, name, sheet, grid[head])
    first = head + 1 + _is_hint(grid, head + 1)
    if set(sheet.keys) - positions.keys():
        count = RowCount(header=first, set_aside=len(grid) - first)
        return Part(problems=tuple(problems), count=count)
    tab = Tab(file, name, sheet, positions)
    part = _read_lines(tab, grid, first)
    return Part(part.table, problems=(*problems, *part.problems), count=part.count, tab=tab)


def _empty(grid: Grid) -> bool:
    return all(is_missing(cell) for row in grid for cell in row)


def _heading_row(sheet: FormSheet, grid: Grid) -> int | None:
    known = headings(sheet.columns)
    for number, row in enumerate(grid[:HEADING_WITHIN]):
        hits = {name for cell in row if isinstance(cell, str) and (name := meant(cell, known))}
        if len(hits) >= min(2, len(sheet.asked)):
            return number
    return None


def _is_hint(grid: Grid, number: int) -> bool:
    """Whether this row is the form's own explanation row: every cell of it carries the mark."""
    mark = form().hint_mark.strip()
    cells = [cell for cell in grid[number] if not is_missing(cell)] if number < len(grid) else []
    return bool(cells) and all(isinstance(cell, str) and cell.startswith(mark) for cell in cells)


def _columns(file: str, name: str, sheet: FormSheet, row: Sequence[object]) -> tuple[dict[str, int], list[Problem]]:
    known, positions, problems = headings(sheet.columns), dict[str, int](), list[Problem]()
    for position, cell in enumerate(row):
        column = meant(cell, known)
        if column is None or column in positions:
            if not is_missing(cell):
                problems.append(Problem("form_column_unknown", "note", file, name, values={"name": spell(cell)}))
        else:
            positions[column] = position
    for column_of in sheet.asked:
        if column_of.name not in positions:
            named = {"name": f"{column_of.zh} {column_of.en}"}
            problems.append(Problem("form_column_missing", "warning", file, name, values=named))
    return positions, problems


def _read_lines(tab: Tab, grid: Grid, first: int) -> Part:
    rows = [(number, row) for number, row in enumerate(grid[first:], first + 1) if not _unanswered(tab, row)]
    lines = [parse_line(tab, number, row) for number, row in rows]
    problems = [problem for line in lines for problem in line.problems]
    sound = []
    for line in (line for line in lines if line.usable):
        wrong = [*out_of_order(tab, line), *wrong_way(tab, line)]
        problems.extend(wrong)
        sound.extend([] if wrong else [line])
    twice = list(repeats(tab, sound))
    problems.extend(problem for _, problem in twice)
    again = {line.number for line, _ in twice}
    kept = [line for line in sound if line.number not in again]
    blank = len(grid) - first - len(rows)
    count = RowCount(first, len(kept), len(lines) - len(sound), len(twice), blank)
    return Part(_frame(tab, kept), problems=tuple(problems), count=count)


def _unanswered(tab: Tab, row: Sequence[object]) -> bool:
    """A row nobody filled in: its answers are empty (pre-printed cells do not count)."""
    asked = [c for c in tab.sheet.asked if not tab.sheet.answers or c.name in tab.sheet.answers]
    cells = [(c, row[tab.positions[c.name]]) for c in asked if c.name in tab.positions]
    return all(is_blank(cell, column) for column, cell in cells)


def _frame(tab: Tab, lines: Sequence[Line]) -> pd.DataFrame:
    data: dict[str, Any] = {
        c.name: pd.Series([line.values[c.name] for line in lines], dtype=DTYPES.get(c.kind, "str"))
        for c in tab.sheet.asked
    }
    count = len(lines)
    data["_file"] = pd.Series([tab.file] * count, dtype="str")
    data["_sheet"] = pd.Series([tab.name] * count, dtype="str")
    data["_row"] = pd.Series([line.number for line in lines], dtype="int64")
    return pd.DataFrame(data)


# ------------------------------------------------------------------ the profile


def read_profile(file: str, name: str, sheet: FormSheet, grid: Grid) -> Part:
    """The entries of the profile that were answered."""
    known = headings(sheet.asked)
    tab = Tab(file, name, sheet, dict.fromkeys((c.name for c in sheet.asked), ANSWER))
    profile: dict[str, Any] = {}
    problems: list[Problem] = []
    said: dict[str, int] = {}
    rest = [(number, [*row, "", ""]) for number, row in enumerate(grid[1:], 2)]
    answered = [(number, row) for number, row in rest if not is_missing(row[ANSWER])]
    for number, row in answered:
        column = meant(row[ENTRY], known)
        value = _entry(tab, column, row, said.setdefault(column or "", number), number)
        if isinstance(value, Problem):
            problems.append(value)
        elif column:
            profile[column] = value
    problems.extend(_weights(tab, profile, said))
    count = RowCount(min(1, len(grid)), len(profile), len(answered) - len(profile), 0, len(rest) - len(answered))
    return Part(profile=profile, problems=tuple(problems), count=count)


def _entry(tab: Tab, name: str | None, row: Sequence[object], first: int, number: int) -> Any:
    if name is None:
        values = {"cell": spell(row[ENTRY])}
        return Problem("form_field_unknown", "note", tab.file, tab.name, row=number, values=values)
    column = tab.sheet.column(name)
    if first != number:
        again = Bad("form_duplicate", {"first_row": str(first), "what": column.zh})
        return tab.problem(again, "set_aside", column, number)
    value = parse(row[ANSWER], column, {})
    return tab.problem(value, "warning", column, number) if isinstance(value, Bad) else value


def _weights(tab: Tab, profile: dict[str, Any], rows: Mapping[str, int]) -> tuple[Problem, ...]:
    """Three weights that do not add up to 1 are withdrawn: a distance worked out from them would be wrong."""
    given = [profile[name] for name in WEIGHTS if name in profile]
    if len(given) < len(WEIGHTS) or abs(sum(given) - 1) < 0.005:
        return ()
    for name in WEIGHTS:
        del profile[name]
    bad = Bad("form_weights", {"sum": fmt.percent(sum(given))})
    return (tab.problem(bad, "warning", tab.sheet.column(WEIGHTS[0]), rows[WEIGHTS[0]]),)
