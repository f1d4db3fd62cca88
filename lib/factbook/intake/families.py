"""Sheets of one workbook that belong together: whose session it is, and which product a row hangs from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from factbook.intake import headers
from factbook.intake.grid import Cell
from factbook.intake.header_notes import available
from factbook.intake.parts import Part
from factbook.intake.recognise import Recognised, Unmatched
from factbook.knowledge.exports import exports, listed
from factbook.records import Problem

Told = Mapping[str, Cell]


def last_to_tell(known: Recognised | Unmatched) -> int:
    """A rank by which the sheets that say most of whose they are come first."""
    if isinstance(known, Unmatched):
        return 0
    report = exports().reports[known.report]
    tells = known.sheet.table == report.sheets[0].table
    return -len(available(known) & set(report.identity)) if tells else 0


def identity(part: Part) -> dict[str, Cell]:
    """What a sheet of one row says of whose session it is."""
    report = exports().reports[part.report]
    if part.spec.table != report.sheets[0].table or len(part.frame) != 1:
        return {}
    row = part.frame.iloc[0]
    return {column: row[column] for column in report.identity if column in row and pd.notna(row[column])}


def with_identity(known: Recognised, told: Told) -> Recognised:
    """A sheet with what the others said, which comes before what the file's name says."""
    belong = listed(known.sheet.table)
    return replace(known, given={**known.given, **{name: cell for name, cell in told.items() if name in belong}})


def unnamed(parts: Sequence[Part], file: str) -> list[Problem]:
    """A warning where nothing in a file says whose session its rows belong to."""
    for part in (part for part in parts if len(part.frame)):
        column = exports().reports[part.report].named_by
        if column and (column not in part.frame or part.frame[column].isna().all()):
            return [Problem("session_unnamed", "warning", file, column=headers.spelled(column))]
    return []


def related(parts: Sequence[Part]) -> list[Part]:
    """The parts with each row of a nested table told which row of the table above it belongs to."""
    return [_hung(part, parts) if part.spec.parent and len(part.frame) else part for part in parts]


def _hung(part: Part, parts: Sequence[Part]) -> Part:
    above = [one.frame for one in parts if one.spec.table == part.spec.parent and len(one.frame)]
    above = [frame for frame in above if frame["_sheet"].iloc[0] == part.frame["_sheet"].iloc[0]]
    columns = [column for column in part.spec.inherit if above and column in above[0]]
    if not columns:
        return part
    own, parents = part.frame, above[0]
    lacking = [column for column in columns if column not in own or own[column].isna().any()]
    if not lacking:
        return part
    if not _is_nested(own["_row"].to_numpy(), parents["_row"].to_numpy()):
        return _by_key(part, parents, columns)
    place = np.searchsorted(parents["_row"].to_numpy(), own["_row"].to_numpy()) - 1
    filled = {column: _filled(own, column, parents[column].to_numpy()[np.maximum(place, 0)]) for column in lacking}
    return replace(part, frame=own.assign(**filled))


def _is_nested(rows: np.ndarray, parents: np.ndarray) -> bool:
    """Whether rows hang from the row above them: they stand among the parents, or there is only one."""
    first = rows.min()
    return len(parents) == 1 or bool((parents > first).any() or (parents < first).sum() == 1)


def _by_key(part: Part, parents: pd.DataFrame, columns: Sequence[str]) -> Part:
    """Rows of a table of its own find the rest of their parent by the first column they share with it."""
    own = part.frame
    key = next((column for column in columns if column in own and own[column].notna().all()), None)
    if key is None:
        first = own.iloc[0]
        doubt = Problem(
            "parent_unknown", "warning", first["_file"], first["_sheet"], row=int(first["_row"]), count=len(own)
        )
        return replace(part, problems=(*part.problems, doubt))
    known = parents.drop_duplicates(key).set_index(key)
    filled = {
        column: _filled(own, column, own[key].map(known[column]).to_numpy()) for column in columns if column != key
    }
    return replace(part, frame=own.assign(**filled))


def _filled(own: pd.DataFrame, column: str, values: np.ndarray) -> pd.Series:
    told = pd.Series(values, index=own.index, dtype="str")
    return own[column].fillna(told) if column in own else told
