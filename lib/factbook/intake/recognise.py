"""Which report a sheet is, told by its headers; its name decides between sheets with equal headers."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from factbook.intake import headers
from factbook.intake.read import Cell, Grid
from factbook.knowledge.exports import Sheet, exports

ENOUGH = 0.8  # share of a sheet's headers that must be known when one it needs is missing


@dataclass(frozen=True)
class Kind:
    """A sheet of a report, with its signature as canonical columns."""

    report: str
    sheet: Sheet
    signature: frozenset[str]

    @property
    def name(self) -> str:
        """The sheet's name as names are compared; empty where the report has none."""
        return _plain(self.sheet.name)


@dataclass(frozen=True)
class Recognised:
    """A sheet whose report is known: where its headers stand and which column each one is."""

    report: str
    sheet: Sheet
    header_row: int  # position in the grid
    positions: Mapping[str, int]  # canonical column -> position
    labels: Mapping[str, str]  # canonical column -> header as the file spells it
    missing: tuple[str, ...] = ()  # canonical columns of the signature that are not there
    unknown: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unmatched:
    """A sheet no report claims: the nearest one and the headers that are missing, if any resembles it."""

    report: str = ""
    sheet: str = ""
    missing: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()  # names of sheets with the same headers


@dataclass(frozen=True)
class _Top:
    """The header row of a grid: every non-empty header, known or not."""

    row: int
    positions: Mapping[str, int]
    labels: Mapping[str, str]
    unknown: tuple[str, ...]
    twice: tuple[str, ...]
    known_share: float


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


@cache
def kinds() -> tuple[Kind, ...]:
    """Every sheet of every report."""
    return tuple(
        Kind(id, sheet, frozenset(filter(None, map(headers.canonical, sheet.signature))))
        for id, report in exports().reports.items()
        for sheet in report.sheets
    )


def recognise(grid: Grid) -> Recognised | Unmatched:
    """The report and sheet a grid is, or the nearest one with what it lacks."""
    top = _top(grid)
    found = frozenset(top.positions)
    chosen = _by_name(top, found, grid.name) or _by_headers(top, found, grid.name) or _nearest(found)
    if isinstance(chosen, Unmatched):
        return chosen
    missing = tuple(sorted(chosen.signature - found))
    return Recognised(chosen.report, chosen.sheet, top.row, top.positions, top.labels, missing, top.unknown, top.twice)


def _by_name(top: _Top, found: frozenset[str], name: str) -> Kind | None:
    # The sheet has the name of a report's sheet and its headers; one of them may have been renamed.
    named = (kind for kind in kinds() if kind.sheet.name and kind.name == _plain(name))
    fits = (kind for kind in named if len(kind.signature - found) <= (top.known_share >= ENOUGH))
    return next(fits, None)


def _by_headers(top: _Top, found: frozenset[str], name: str) -> Kind | Unmatched | None:
    full = [kind for kind in kinds() if kind.signature <= found]
    if full:
        return _closest(full, name)
    near = [kind for kind in kinds() if len(kind.signature - found) == 1 and len(kind.signature) >= 3]
    sure = _closest(near, name) if near and top.known_share >= ENOUGH else None
    return sure if isinstance(sure, Kind) else None


def _closest(fits: Sequence[Kind], name: str) -> Kind | Unmatched:
    longest = max(len(kind.signature) for kind in fits)
    best = [kind for kind in fits if len(kind.signature) == longest]
    if len(best) > 1:
        # Three sheets of 成交分析 have the same headers: part of the name is enough to tell them apart.
        best = [kind for kind in best if kind.name and kind.name in _plain(name)] or best
    if len(best) > 1:
        return Unmatched(best[0].report, best[0].sheet.name, ambiguous=tuple(kind.sheet.name for kind in best))
    return best[0]


def _nearest(found: frozenset[str]) -> Unmatched:
    if not found:
        return Unmatched()
    best = max(kinds(), key=lambda kind: (len(kind.signature & found) / len(kind.signature), len(kind.signature)))
    if not best.signature & found:
        return Unmatched()
    lacking = [header for header in best.sheet.signature if headers.canonical(header) not in found]
    return Unmatched(best.report, best.sheet.name, tuple(lacking))


def _top(grid: Grid) -> _Top:
    # The headers are the first row that is made of them; below a title, but above thousands of cells.
    best = _Top(0, {}, {}, (), (), 0.0)
    for number, row in enumerate(grid.head()):
        top = _read(number, row)
        best = max(best, top, key=lambda top: len(top.positions))
        if len(top.positions) > 1 and top.known_share >= 0.5:
            break
    return best


def _read(number: int, row: Sequence[Cell]) -> _Top:
    positions: dict[str, int] = {}
    labels: dict[str, str] = {}
    unknown: list[str] = []
    twice: list[str] = []
    spelled = [(position, cell.strip()) for position, cell in enumerate(row) if isinstance(cell, str) and cell.strip()]
    for position, header in spelled:
        column = headers.canonical(header)
        if column is None:
            unknown.append(header)
        elif column in positions:
            twice.append(header)
        else:
            positions[column], labels[column] = position, header
    strange = tuple(header for header in unknown if not headers.is_silent(header))
    share = 1 - len(strange) / len(spelled) if spelled else 0.0
    return _Top(number, positions, labels, strange, tuple(twice), share)
