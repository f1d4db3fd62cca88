"""Rows that come twice inside one sheet."""

from __future__ import annotations

import numpy as np
import pandas as pd

from factbook.intake.hashes import doubtful
from factbook.intake.parts import ADDRESS
from factbook.knowledge.exports import Sheet
from factbook.records import Problem


def keys_of(frame: pd.DataFrame, spec: Sheet) -> list[str]:
    """The columns that together name a row, of those a table has."""
    dated = ["date"] if "date" in frame and "date" not in spec.keys else []
    return [*dated, *(key for key in spec.keys if key in frame)]


def _figures(frame: pd.DataFrame) -> list[str]:
    return [column for column in frame.columns if column not in ADDRESS]


def within(frame: pd.DataFrame, spec: Sheet) -> tuple[pd.DataFrame, int, list[Problem]]:
    """The rows of one sheet once each, how many were repeated, and the rows that contradict each other.

    Of two rows with the same keys and other figures the later one is kept. Keys with a gap do not tell rows
    apart, so of those only wholly equal ones are merged; so it is where a sheet has no keys.
    """
    keys = keys_of(frame, spec) or _figures(frame)
    rows = np.flatnonzero(doubtful(frame, keys))
    maybe = frame.take(rows) if len(rows) else frame[:0]
    doubled = maybe[maybe.duplicated(keys, keep=False)] if len(maybe) else maybe
    if doubled.empty:
        return frame, 0, []
    equal = doubled.duplicated(_figures(frame))
    rest = doubled[~equal & doubled[keys].notna().all(axis=1)]
    older = rest.duplicated(keys, keep="last")
    lost = [*doubled.index[equal], *rest.index[older]]
    doubts = [_conflict(rest[older], rest)] if older.any() else []
    return frame.drop(index=lost).reset_index(drop=True), len(lost), doubts


def _conflict(lost: pd.DataFrame, rows: pd.DataFrame) -> Problem:
    first = lost.iloc[0]
    return Problem("rows_conflict", "warning", first["_file"], first["_sheet"], "", int(first["_row"]), count=len(lost))
