"""Exports that overlap: of two files that speak of one thing the newest is used, and where they part is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from factbook.intake.duplicates import keys_of, repeated, within
from factbook.intake.hashes import doubtful
from factbook.intake.parts import ADDRESS, CLOCKS, Part
from factbook.intake.problems import spelled
from factbook.knowledge.exports import Series, Sheet, exports
from factbook.records import Problem

RANK = "_rank"
DATED = frozenset({*CLOCKS, "period_start"})


def settle(parts: Sequence[Part], ranks: Mapping[str, int]) -> tuple[pd.DataFrame, list[Problem]]:
    """One table from its parts; where files overlap, the file with the higher rank wins."""
    filled = sorted((part for part in parts if len(part.frame)), key=lambda part: ranks[part.file])
    if len(filled) < 2:
        return (filled[0].frame if filled else pd.DataFrame()), []
    spec = filled[0].spec
    frames, doubts = _once_a_file(filled, spec)
    rows = pd.concat([frame.assign(**{RANK: ranks[file]}) for file, frame in frames.items()], ignore_index=True)
    lost = _superseded(rows, spec)
    if not lost.any():
        return rows.drop(columns=RANK), doubts
    kept = rows[~lost].drop(columns=RANK).reset_index(drop=True)
    return kept, [*doubts, *_differing(rows[lost].drop(columns=RANK), kept, keys_of(rows, spec))]


def _once_a_file(parts: Sequence[Part], spec: Sheet) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """The rows of each file; where several of its sheets are one table, rows that they share once."""
    frames: dict[str, list[pd.DataFrame]] = {}
    for part in parts:
        frames.setdefault(part.file, []).append(part.frame)
    told = {file: _joined(some, spec) if len(some) > 1 else (some[0], []) for file, some in frames.items()}
    return {file: frame for file, (frame, _) in told.items()}, [one for _, said in told.values() for one in said]


def _joined(frames: Sequence[pd.DataFrame], spec: Sheet) -> tuple[pd.DataFrame, list[Problem]]:
    whole = pd.concat(frames, ignore_index=True)
    if not keys_of(whole, spec):
        # Nothing names a row: one that says the same in all that both sheets have is the same.
        both = [column for column in frames[0] if column not in ADDRESS and all(column in frame for frame in frames)]
        whole = whole[~repeated(whole[both], np.arange(len(whole)) >= len(frames[0]))].reset_index(drop=True)
    frame, _, doubts = within(whole, spec)
    return frame, doubts


def _superseded(rows: pd.DataFrame, spec: Sheet) -> np.ndarray:
    if rows[RANK].nunique() < 2:
        return np.zeros(len(rows), bool)
    if spec.table in exports().series:
        return _by_run(rows, exports().series[spec.table])
    if spec.newest == "row":
        return _by_row(rows, keys_of(rows, spec))
    block = [column for column in (spec.block or ("date", *spec.constants)) if column in rows]
    newest = rows.groupby(block, dropna=False)[RANK].transform("max") if block else rows[RANK].max()
    return rows[RANK].lt(newest).to_numpy()


def _by_row(rows: pd.DataFrame, keys: list[str]) -> np.ndarray:
    """Rows of which a newer file has the same; rows of one file were held against each other before."""
    lost = np.zeros(len(rows), bool)
    if not keys:
        return lost
    known = _completed(rows[[*keys, RANK]], keys)
    maybe = np.flatnonzero(doubtful(known, keys))
    some = known.iloc[maybe]
    lost[maybe] = some[RANK].lt(some.groupby(keys, dropna=False)[RANK].transform("max")).to_numpy()
    return lost


def _completed(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The keys with their gaps filled where the other keys leave no doubt: one file names the id, another does not."""
    for key in keys:
        gaps = rows[key].isna()
        others = [other for other in keys if other != key]
        if others and gaps.any() and not gaps.all():
            known = rows.loc[~gaps, [*others, key]].drop_duplicates()
            known = known[~known.duplicated(others, keep=False)]
            found = rows.loc[gaps, others].merge(known, on=others, how="left")[key]
            rows = rows.assign(**{key: rows[key].where(~gaps, pd.Series(found.to_numpy(), index=rows.index[gaps]))})
    return rows


def _by_run(rows: pd.DataFrame, rule: Series) -> np.ndarray:
    """Moments that lie within what a newer file has of the same room: series of two files are never mixed.

    One of them may count by the minute and the other by two, so that a mixture would count twice.
    """
    by = next((column for column in rule.by if column in rows and rows[column].notna().all()), "")
    names = rows[by] if by else pd.Series("", index=rows.index)
    known = pd.DataFrame({"by": names, "at": rows[rule.clock], RANK: rows[RANK]})
    lost = np.zeros(len(rows), bool)
    for rank in sorted(known[RANK].unique())[:-1]:
        older, newer = known[known[RANK] == rank], known[known[RANK] > rank]
        lost[older.index] = _within(older, _runs(newer, rule.pause_minutes))
    return lost


def _runs(known: pd.DataFrame, pause: int) -> pd.DataFrame:
    """From when to when each file has each room, without a long pause."""
    ordered = known.sort_values([RANK, "by", "at"])
    first = ordered["by"].ne(ordered["by"].shift()) | ordered[RANK].ne(ordered[RANK].shift())
    number = (first | (ordered["at"].diff() > pd.Timedelta(minutes=pause))).cumsum()
    return ordered.groupby(number).agg(by=("by", "first"), first=("at", "min"), last=("at", "max"))


def _within(older: pd.DataFrame, runs: pd.DataFrame) -> np.ndarray:
    inside = np.zeros(len(older), bool)
    for name, first, last in zip(runs["by"], runs["first"], runs["last"], strict=True):
        inside |= (older["by"].eq(name) & older["at"].between(first, last)).to_numpy()
    return inside


def _differing(older: pd.DataFrame, kept: pd.DataFrame, keys: list[str]) -> list[Problem]:
    """For each older file a note on its rows that the newer one has with other figures, or does not have."""
    figures = [column for column in older.columns if column not in ADDRESS]
    told = pd.util.hash_pandas_object(kept[figures], index=False)
    apart = older[~pd.util.hash_pandas_object(older[figures], index=False).isin(told).to_numpy()]
    if not set(older) & DATED:
        return [_note("snapshot_older", rows) for _, rows in apart.groupby("_file", sort=True)]
    return [note for _, rows in apart.groupby("_file", sort=True) for note in _notes(rows, kept, keys)]


def _notes(rows: pd.DataFrame, kept: pd.DataFrame, keys: list[str]) -> list[Problem]:
    if not keys:
        return [_note("rows_newer", rows)]
    pairs = rows.reset_index().merge(kept.drop_duplicates(keys), on=keys, suffixes=("", "|new"))
    there = rows.index.isin(pairs["index"])
    notes = [_note("rows_newer", rows[there], _difference(pairs, keys))] if there.any() else []
    return notes + ([_note("rows_absent", rows[~there])] if not there.all() else [])


def _difference(pairs: pd.DataFrame, keys: Sequence[str]) -> dict[str, str]:
    """The first figure (or word) in which the files differ, with what each says of it."""
    specs = exports().columns
    columns = [name for name in pairs if name in specs and name not in keys and f"{name}|new" in pairs]
    columns.sort(key=lambda name: (not specs[name].kind.startswith("money"), specs[name].kind in ("text", "id")))
    for name in columns:
        old, new = pairs[name], pairs[f"{name}|new"]
        differs = old.ne(new) & ~(old.isna() & new.isna())
        if differs.any():
            sides = ("left", old), ("right", new)
            return {"metric": name, **{side: _said(values[differs], name) for side, values in sides}}
    return {}


def _said(values: pd.Series, name: str) -> str:
    figure = values.sum() if pd.api.types.is_float_dtype(values) else values.iloc[0]
    return spelled(figure, name) if isinstance(figure, float) else str(figure)


def _note(code: str, rows: pd.DataFrame, values: dict[str, str] | None = None) -> Problem:
    first = rows.iloc[0]
    row = int(first["_row"])
    return Problem(code, "note", first["_file"], first["_sheet"], "", row, values or {}, count=len(rows))
