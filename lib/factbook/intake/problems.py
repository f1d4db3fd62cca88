"""Problems of cells gathered: the same thing is said once, with its count and the first address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from factbook.fmt import MINUS
from factbook.intake.clean import shown
from factbook.intake.grid import Cell
from factbook.knowledge.exports import exports
from factbook.records import Problem, Severity

SEVERITIES = ("error", "set_aside", "warning", "note")
REST = ("…",)  # the key under which further cells are counted together
DISTINCT = 5  # different cells of one column named one by one; the rest are counted together


def spelled(figure: float, metric: str) -> str:
    """A figure as a sentence says it: money with its cents."""
    money = exports().columns[metric].kind.startswith("money")
    said = f"{abs(figure):,.2f}" if money else f"{abs(figure):,.0f}"
    return f"{MINUS}{said}" if figure < 0 and said.strip("0.,") else said


@dataclass
class Place:
    """Where the cells of one column stand."""

    file: str
    sheet: str
    column: str
    rows: Sequence[int]  # the number of each cell's row in the file
    values: Mapping[str, str] = field(default_factory=dict)

    def problem(self, code: str, severity: Severity, position: int, cell: Cell) -> Problem:
        """One bad cell with its address."""
        said = {**self.values, "found": shown(cell)}
        return Problem(code, severity, self.file, self.sheet, self.column, self.rows[position], said)


def of_cells(place: Place, bad: Mapping[int, str], cells: Sequence[Cell], severity: Severity) -> list[Problem]:
    """The bad cells of a column, alike ones together."""
    return gathered(place.problem(bad[position], severity, position, cells[position]) for position in sorted(bad))


def gathered(problems: Iterable[Problem]) -> list[Problem]:
    """Equal problems of a column counted on the first; beyond a few, the rest counted together."""
    first: dict[tuple[str, tuple[str, ...]], Problem] = {}
    for problem in problems:
        key = (problem.code, tuple(problem.values.values()))
        if key not in first and sum(code == problem.code for code, _ in first) >= DISTINCT:
            key = (problem.code, REST)
        seen = first.get(key)
        first[key] = replace(seen, count=seen.count + problem.count) if seen else problem
    return list(first.values())


def merged(parts: Iterable[Sequence[Problem]], columns: Sequence[str]) -> list[Problem]:
    """The problems of a sheet that was read in parts, as if it had been read in one."""
    by_column: dict[tuple[str, str], list[Problem]] = {}
    for problem in (problem for part in parts for problem in part):
        by_column.setdefault((problem.column, problem.severity), []).append(problem)
    order = sorted(by_column, key=lambda place: (columns.index(place[0]), SEVERITIES.index(place[1])))
    return [problem for place in order for problem in gathered(by_column[place])]
