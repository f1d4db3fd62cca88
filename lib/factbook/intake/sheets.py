"""One file's sheets: which are recognised, the rows they bring, and what is wrong with the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from factbook.intake import reconcile
from factbook.intake.parts import Counts, Part
from factbook.intake.read import Grid, Loaded
from factbook.intake.recognise import Recognised, Unmatched, recognise
from factbook.intake.tables import build, fate_of_unread
from factbook.records import Check, Problem, Severity


@dataclass(frozen=True)
class Export:
    """A file that was opened: its parts, and the fate of the rows that reached no table."""

    loaded: Loaded
    parts: tuple[Part, ...] = ()
    left: Counts = field(default_factory=Counts)
    problems: tuple[Problem, ...] = ()
    checks: tuple[Check, ...] = ()

    @property
    def name(self) -> str:
        """What the file is called."""
        return self.loaded.name

    @property
    def report(self) -> str | None:
        """The report most of the file's rows belong to; None when no sheet was recognised."""
        rows: dict[str, int] = {}
        for part in self.parts:
            rows[part.report] = rows.get(part.report, 0) + part.counts.rows
        return max(rows, key=lambda report: rows[report]) if rows else None

    @property
    def read(self) -> bool:
        """Whether anything of the file was used."""
        return any(len(part.frame.columns) for part in self.parts)


def export(loaded: Loaded) -> Export:
    """Recognise and read every sheet of an opened file."""
    filled = [grid for grid in loaded.grids if grid.height]
    known = {grid.name: recognise(grid) for grid in filled}
    if loaded.grids and not any(isinstance(one, Recognised) for one in known.values()):
        return _unknown(loaded, filled, list(known.values()))
    parts = [build(grid, one, loaded.name) for grid in filled if isinstance(one := known[grid.name], Recognised)]
    strange = [(grid, one) for grid in filled if isinstance(one := known[grid.name], Unmatched)]
    left = sum((fate_of_unread(grid) for grid, _ in strange), Counts())
    problems = [*loaded.problems, *(_strange(loaded.name, grid, one) for grid, one in strange)]
    return of_parts(loaded, parts, left, problems)


def of_parts(loaded: Loaded, parts: Sequence[Part], left: Counts, problems: Sequence[Problem]) -> Export:
    """A file whose sheets were read: what they brought, what was wrong, and which of its figures agree."""
    said = [*problems, *(problem for part in parts for problem in part.problems)]
    if parts and not any(len(part.frame) for part in parts):
        said.append(Problem("file_no_rows", "warning", loaded.name, values={"report": parts[0].report}))
    return Export(loaded, tuple(parts), left, tuple(said), tuple(reconcile.of_file(loaded.name, parts)))


def _unknown(loaded: Loaded, grids: Sequence[Grid], strange: Sequence[Recognised | Unmatched]) -> Export:
    lost = [one for one in strange if isinstance(one, Unmatched)]
    near = min((one for one in lost if one.report), key=lambda one: len(one.missing), default=Unmatched())
    code = "sheet_ambiguous" if near.ambiguous else "file_unknown" if near.report else "file_foreign"
    problem = Problem(code, "error", loaded.name, values=_said(near))
    left = sum((fate_of_unread(grid) for grid in grids), Counts())
    return Export(loaded, left=left, problems=(*loaded.problems, problem))


def _strange(file: str, grid: Grid, one: Unmatched) -> Problem:
    code = "sheet_ambiguous" if one.ambiguous else "sheet_unknown" if one.report else "sheet_foreign"
    severity: Severity = "set_aside" if one.report else "note"
    return Problem(code, severity, file, grid.name, row=grid.first_row, values=_said(one))


def _said(one: Unmatched) -> dict[str, str]:
    words = {
        "report": one.report,
        "near_sheet": one.sheet,
        "missing": "、".join(one.missing or one.ambiguous),
    }
    return {name: word for name, word in words.items() if word}
