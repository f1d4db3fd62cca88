"""Rows that come twice inside one sheet."""

from __future__ import annotations

import numpy as np
import pandas as pd

from factbook.intake.hashes import doubtful
from factbook.intake.parts import ADDRESS
from factbook.knowledge.exports import Sheet
from factbook.records import Problem

FEW = 20_000  # rows up to which those with gaps are looked at


def keys_of(frame: pd.DataFrame, spec: Sheet) -> list[str]:
    """The columns that together name a row, of those a table has."""
    dated = ["date"] if "date" in frame and "date" not in spec.keys else []
    return [*dated, *(key for key in spec.keys if key in frame)]


def _figures(frame: pd.DataFrame) -> list[str]:
    return [column for column in frame.columns if column not in ADDRESS]


def within(frame: pd.DataFrame, spec: Sheet) -> tuple[pd.DataFrame, int, list[Problem]]:
    """The rows of one sheet once each, how many were repeated, and the rows that contradict each other.

    Of two rows with the same keys and other figures the later one is kept. Keys with a gap do not tell rows
    apart, so of those only ones that are equal in all they say are merged; so it is where a sheet has no keys.
    """
    keys = keys_of(frame, spec)
    again = _keyless(frame, keys) if keys else repeated(frame[_figures(frame)])
    rows = frame[~again].reset_index(drop=True) if again.any() else frame
    kept, lost, doubts = _by_keys(rows, keys) if keys else (rows, 0, [])
    return kept, lost + int(again.sum()), doubts


def _by_keys(frame: pd.DataFrame, keys: list[str]) -> tuple[pd.DataFrame, int, list[Problem]]:
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


def _keyless(frame: pd.DataFrame, keys: list[str]) -> np.ndarray:
    """Rows that lack a key which another row has that says all else the same: they were pasted in without it."""
    lost: np.ndarray = np.zeros(len(frame), bool)
    gaps = frame[keys].isna() if len(frame) <= FEW else pd.DataFrame()
    some = [key for key in gaps if gaps[key].any() and not gaps[key].all()]
    for _, same in gaps[gaps[some].any(axis=1)].groupby(some) if some else ():
        missing = [key for key in some if same[key].iloc[0]]
        others, rows = frame[~gaps[missing].any(axis=1)], frame.loc[same.index, _figures(frame)].drop(columns=missing)
        figures = [str(column) for column in rows if rows[column].dtype.kind == "f"]
        lost[same.index] = _told_by(others, rows, figures)
    return lost


def repeated(rows: pd.DataFrame, later: np.ndarray | None = None) -> np.ndarray:
    """Rows without keys that come again, and of two that are one but for lost figures the one that lost them.

    `later`: the rows of further sheets; a row is then only held against those of the other side.
    """
    lost: np.ndarray = np.zeros(len(rows), bool)
    some = doubtful(rows, list(map(str, rows))) if len(rows) > FEW else np.ones(len(rows), bool)
    lost[some] = rows[some].duplicated().to_numpy()
    lost &= True if later is None else later
    figures = [str(column) for column in rows if rows[column].dtype.kind == "f" and rows[column].notna().any()]
    gaps = rows[figures].isna().assign(_first=False if later is None else ~later)
    gapped = gaps[~lost & gaps[figures].any(axis=1).to_numpy() & _alike(rows)] if len(rows) <= FEW else gaps[:0]
    for _, same in gapped.groupby(["_first", *figures]):
        other = ~rows.index.isin(same.index) if later is None else later == same["_first"].iloc[0]
        lost[same.index] |= _told_by(rows[other & ~lost], rows.loc[same.index], figures)
    return lost


def _alike(rows: pd.DataFrame) -> np.ndarray:
    """Rows that another row equals in all but figures: no others need be held against each other."""
    words = [column for column in rows if rows[column].dtype.kind != "f"]
    return rows.duplicated(words, keep=False).to_numpy() if words else np.ones(len(rows), bool)


def _told_by(others: pd.DataFrame, rows: pd.DataFrame, figures: list[str]) -> np.ndarray:
    """Which rows, all with the same gaps, say nothing that another row does not say too."""
    figures = [column for column in figures if rows[column].notna().any()]
    told = [column for column in rows if column in figures or rows[column].dtype.kind != "f"]
    pairs = rows[told].merge(others[told].drop_duplicates(), how="left", indicator=True)
    found: np.ndarray = ((pairs["_merge"] == "both") & pairs[figures].ne(0).any(axis=1)).to_numpy(bool)
    return found


def _conflict(lost: pd.DataFrame, rows: pd.DataFrame) -> Problem:
    first = lost.iloc[0]
    return Problem("rows_conflict", "warning", first["_file"], first["_sheet"], "", int(first["_row"]), count=len(lost))
