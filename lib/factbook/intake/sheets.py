"""One file's sheets: which are recognised, the rows they bring, and what is wrong with the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from factbook.intake import families, reconcile
from factbook.intake.grid import Grid
from factbook.intake.layouts import LAYOUTS, pieces
from factbook.intake.parts import Counts, Part
from factbook.intake.read import Loaded
from factbook.intake.recognise import Around, Recognised, Unmatched, plain, recognise
from factbook.intake.tables import build, fate_of_unread
from factbook.intake.tops import top
from factbook.knowledge.problems import LISTED
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
        return _most(self.parts)

    @property
    def read(self) -> bool:
        """Whether anything of the file was used."""
        return any(len(part.frame.columns) for part in self.parts)


def _most(parts: Sequence[Part]) -> str | None:
    rows: dict[str, int] = {}
    for part in parts:
        rows[part.report] = rows.get(part.report, 0) + part.counts.rows
    return max(rows, key=lambda report: rows[report]) if rows else None


@dataclass(frozen=True)
class _Table:
    """A table found in a sheet, and what it is."""

    grid: Grid
    known: Recognised | Unmatched


def export(loaded: Loaded, aliases: Mapping[str, str] | None = None) -> Export:
    """Recognise and read every sheet of an opened file; `aliases`: what an engagement's own headers mean."""
    filled = [grid for grid in loaded.grids if grid.height]
    around = Around(loaded.name, frozenset(plain(grid.name) for grid in filled), aliases or {})
    tables = [table for grid in filled for table in _tables(grid, around)]
    if loaded.grids and not any(isinstance(table.known, Recognised) for table in tables):
        return _unknown(loaded, tables)
    tables = list(_at_home(tables, around))
    parts = families.related(_built(tables, loaded.name))
    strange = [(table.grid, table.known) for table in tables if isinstance(table.known, Unmatched)]
    left = sum((fate_of_unread(grid) for grid, _ in strange), Counts())
    problems = [*loaded.problems, *(_strange(loaded.name, grid, one) for grid, one in strange)]
    return of_parts(loaded, parts, left, problems)


def _tables(grid: Grid, around: Around) -> list[_Table]:
    return [_laid_out(piece, around) for piece in pieces(grid, around.aliases)]


def _laid_out(grid: Grid, around: Around) -> _Table:
    """A table as its rows stand, or laid out another way where that makes more of its words."""
    for layout in LAYOUTS:
        for turned in layout.parted(grid, around.aliases):
            if top(turned, around.aliases).known > top(grid, around.aliases).known:
                known = recognise(turned, around)
                if isinstance(known, Recognised) and layout.name in known.sheet.layouts:
                    return _Table(turned, known)
    return _Table(grid, recognise(grid, around))


def _at_home(tables: Sequence[_Table], around: Around) -> Iterator[_Table]:
    """The tables of a workbook once more, those of another report than its first held against that one's sheets."""
    reports = [table.known.report for table in tables if isinstance(table.known, Recognised)]
    first = max(dict.fromkeys(reports), key=reports.count, default="")
    for table in tables:
        if isinstance(table.known, Recognised) and table.known.report == first:
            yield table
        else:
            yield _laid_out(table.grid, replace(around, report=first)) if len(set(reports)) > 1 else table


def _built(tables: Sequence[_Table], file: str) -> list[Part]:
    """The parts of a file, in the order of its sheets; one that says whose session it is tells the others."""
    known = [(place, table) for place, table in enumerate(tables) if isinstance(table.known, Recognised)]
    told: dict[str, families.Told] = {}
    built: dict[int, Part] = {}
    for place, table in sorted(known, key=lambda one: families.last_to_tell(one[1].known)):
        assert isinstance(table.known, Recognised)
        one = families.with_identity(table.known, told.get(table.known.report, {}))
        part = built[place] = build(table.grid, one, file)
        told[part.report] = {**families.identity(part), **told.get(part.report, {})}
    return [built[place] for place, _ in known]


def of_parts(loaded: Loaded, parts: Sequence[Part], left: Counts, problems: Sequence[Problem]) -> Export:
    """A file whose sheets were read: what they brought, what was wrong, and which of its figures agree."""
    said = [*problems, *(problem for part in parts for problem in part.problems)]
    if parts and not any(len(part.frame) for part in parts):
        said.append(Problem("file_no_rows", "warning", loaded.name, values={"report": parts[0].report}))
    said += families.unnamed(parts, loaded.name)
    return Export(loaded, tuple(parts), left, tuple(said), tuple(reconcile.of_file(loaded.name, parts)))


def _unknown(loaded: Loaded, tables: Sequence[_Table]) -> Export:
    lost = [table.known for table in tables if isinstance(table.known, Unmatched)]
    near = min((one for one in lost if one.report), key=lambda one: len(one.missing), default=Unmatched())
    code = "sheet_ambiguous" if near.ambiguous else "file_unknown" if near.report else "file_foreign"
    problem = Problem(code, "error", loaded.name, values=_said(near))
    left = sum((fate_of_unread(table.grid) for table in tables), Counts())
    return Export(loaded, left=left, problems=(*loaded.problems, problem))


def _strange(file: str, grid: Grid, one: Unmatched) -> Problem:
    code = "sheet_ambiguous" if one.ambiguous else "sheet_unknown" if one.report else "sheet_foreign"
    severity: Severity = "set_aside" if one.report else "note"
    return Problem(code, severity, file, grid.name, row=grid.rows_from(0)[0], values=_said(one))


def _said(one: Unmatched) -> dict[str, str]:
    words = {
        "report": one.report,
        "near_sheet": one.sheet,
        "missing": LISTED.join(one.missing or one.ambiguous),
    }
    return {name: word for name, word in words.items() if word}
