"""What is to say about a sheet's headers: missing ones, unknown ones, those known by an alias or without their end."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from factbook.intake import headers
from factbook.intake.grid import Grid, is_empty
from factbook.intake.limits import NAMED_HEADERS
from factbook.intake.recognise import Recognised
from factbook.knowledge.exports import exports
from factbook.knowledge.problems import LISTED
from factbook.records import Problem


def available(known: Recognised) -> set[str]:
    """The columns a sheet brings: its own, those their cells fill, and those given beside it."""
    specs = exports().columns
    return {*known.positions, *known.given, *(piece for name in known.positions for piece in specs[name].into)}


def readable(known: Recognised) -> bool:
    """Whether its rows can be placed."""
    needed = {known.sheet.clock, *known.sheet.required} - {""}
    return needed <= available(known)


def notes_on(grid: Grid, known: Recognised, file: str) -> list[Problem]:
    """What is wrong with the headers of a sheet."""
    row = grid.rows_from(known.header_row)[0]
    said = [*_unknown(known), *_others(known), *_nameless(grid, known), *_missing(known)]
    return [
        Problem(code, severity, file, grid.name, column, row, values, count)
        for code, severity, column, values, count in said
    ]


Said = tuple[str, Any, str, dict[str, str], int]  # code, severity, column, values, count


def _unknown(known: Recognised) -> list[Said]:
    among = tuple(column for column in exports().columns_of(known.sheet.table) if column not in known.positions)
    found: list[Said] = []
    for header in known.unknown[:NAMED_HEADERS]:
        near = headers.nearest(header, among) or headers.nearest(header)
        found.append(("header_unknown" if near else "header_new", "note", header, {"near": near} if near else {}, 1))
    rest = known.unknown[NAMED_HEADERS:]
    return [*found, *([("header_new", "note", rest[0], {}, len(rest))] if rest else [])]


def _others(known: Recognised) -> list[Said]:
    restored = [("header_cut", column) for column in known.cut]
    restored += [("header_alias", column) for column, label in known.labels.items() if label in known.aliased]
    return [
        *(("header_twice", "note", header, {}, 1) for header in known.twice),
        *((code, "note", known.labels[column], {"near": headers.spelled(column)}, 1) for code, column in restored),
    ]


def _nameless(grid: Grid, known: Recognised) -> list[Said]:
    """Columns with cells and no header; a header may stand in either of two rows."""
    rows = grid.head()
    tops, body = rows[max(0, known.header_row - 1) : known.header_row + 1], rows[known.header_row + 1 :]
    width = len(grid.columns)
    last = min(grid.widths[known.header_row], width) if grid.widths else width  # beyond it stand torn rows
    places = (place for place in range(last) if all(is_empty(row[place]) for row in tops))
    filled = [place for place in places if not all(is_empty(row[place]) for row in body)]
    return [("header_blank", "note", _letters(place), {}, 1) for place in filled[:NAMED_HEADERS]]


def _letters(place: int) -> str:
    """A column as Excel calls it."""
    above, last = divmod(place, 26)
    return (_letters(above - 1) if above else "") + chr(ord("A") + last)


def _missing(known: Recognised) -> list[Said]:
    code, severity = ("column_missing", "warning") if readable(known) else ("column_missing_key", "error")
    needed = [column for column in (known.sheet.clock, *known.sheet.required) if column]
    lacking = dict.fromkeys([*known.missing, *(column for column in needed if column not in available(known))])
    return [(code, severity, headers.spelled(column), _nearest(column, known.unknown), 1) for column in lacking]


def _nearest(column: str, unknown: Sequence[str]) -> dict[str, str]:
    names = exports().columns[column].headers
    return {"found": _lookalike(names, unknown[:NAMED_HEADERS]), "known": LISTED.join(names)}


def _lookalike(names: Sequence[str], unknown: Sequence[str]) -> str:
    pool = {headers.normal(header): header for header in unknown}
    for header in names:
        for match in get_close_matches(headers.normal(header), pool, n=1, cutoff=0.4):
            return pool[match]
    return next(iter(unknown), "—")
