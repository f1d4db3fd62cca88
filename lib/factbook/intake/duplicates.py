"""Rows that come twice: inside a sheet, and where exports overlap. The newest file wins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from factbook.intake.hashes import doubtful
from factbook.intake.parts import ADDRESS, CLOCKS, Part
from factbook.knowledge.exports import Sheet
from factbook.records import Problem


def _keys(frame: pd.DataFrame, spec: Sheet) -> list[str]:
    dated = ["date"] if "date" in frame and "date" not in spec.keys else []
    return [*dated, *(key for key in spec.keys if key in frame)]


def _figures(frame: pd.DataFrame) -> list[str]:
    return [column for column in frame.columns if column not in ADDRESS]


def within(frame: pd.DataFrame, spec: Sheet) -> tuple[pd.DataFrame, int, list[Problem]]:
    """The rows of one sheet once each, how many were repeated, and the rows that contradict each other.

    Of two rows with the same keys and other figures the later one is kept. Keys with a gap do not tell rows
    apart, so of those only wholly equal ones are merged.
    """
    keys = _keys(frame, spec)
    maybe = frame[doubtful(frame, keys)] if keys else frame[:0]
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


def settle(parts: Sequence[Part], ranks: Mapping[str, int]) -> tuple[pd.DataFrame, list[Problem]]:
    """One table from its parts; where files overlap, the file with the higher rank wins."""
    filled = [part for part in parts if len(part.frame)]
    if not filled:
        return pd.DataFrame(), []
    filled.sort(key=lambda part: ranks[part.file])
    rows = pd.concat([part.frame.assign(_rank=ranks[part.file]) for part in filled], ignore_index=True)
    lost = _superseded(rows, filled[0].spec)
    problems = _differing(rows, lost) if lost.any() else []
    return rows[~lost].drop(columns="_rank").reset_index(drop=True), problems


def _superseded(rows: pd.DataFrame, spec: Sheet) -> np.ndarray:
    if rows["_rank"].nunique() < 2:
        return np.zeros(len(rows), bool)
    if spec.newest == "row":
        return rows.duplicated(_keys(rows, spec), keep="last").to_numpy()
    block = [column for column in (spec.block or ("date", *spec.constants)) if column in rows]
    newest = rows.groupby(block, dropna=False)["_rank"].transform("max") if block else rows["_rank"].max()
    return rows["_rank"].ne(newest).to_numpy()


def _differing(rows: pd.DataFrame, lost: np.ndarray) -> list[Problem]:
    """A note for each older file whose rows say something else than the newer file's."""
    figures = [column for column in _figures(rows) if column != "_rank"]
    older = rows[lost]
    kept = pd.util.hash_pandas_object(rows.loc[~lost, figures], index=False)
    same = pd.util.hash_pandas_object(older[figures], index=False).isin(kept)
    code = "rows_newer" if {*CLOCKS, "period_start"} & set(rows) else "snapshot_older"
    return [_note(code, group) for _, group in older[~same.to_numpy()].groupby("_file", sort=True)]


def _note(code: str, rows: pd.DataFrame) -> Problem:
    first = rows.iloc[0]
    return Problem(code, "note", first["_file"], first["_sheet"], "", int(first["_row"]), count=len(rows))
