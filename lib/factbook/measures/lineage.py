"""Any figure back to the rows it was added up from: file › sheet › row, and what each row contributes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from itertools import chain

import numpy as np
import pandas as pd

from factbook.errors import ParameterError
from factbook.knowledge.lineage import lineage
from factbook.knowledge.metrics import metrics
from factbook.measures import measure, ready
from factbook.measures.addressed import Rows
from factbook.measures.common import column
from factbook.measures.trails import Piece, Trail, made_of, trail_of
from factbook.records import Case, Measure, Measures

PERIODS = ("current", "previous", "history")
COLUMNS = ("file", "sheet", "row", "what", "column", "contribution", "note")


@dataclass(frozen=True)
class Side:
    """A numerator or denominator: its figure, and the rows behind it.

    `rows` has the columns COLUMNS: `what` tells a row from the others (column -> text), contributions are in the
    unit of the column they come from. Where `how` is `sum` they add up to `figure`; elsewhere they are what was
    looked at.
    """

    figure: float | None
    how: str
    pieces: tuple[Piece, ...]
    frames: tuple[pd.DataFrame, ...]  # the rows of each piece, with their `figure`

    @cached_property
    def rows(self) -> pd.DataFrame:
        """Every row that counts, in the order of files and rows."""
        return _listed(self.pieces, self.frames)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of rows, as in knowledge/lineage.toml."""
        return tuple(dict.fromkeys(piece.rows for piece in self.pieces))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are added up."""
        return tuple(dict.fromkeys(piece.column for piece in self.pieces))

    @property
    def total(self) -> float:
        """The contributions added up, small ones first."""
        parts = [frame["figure"].dropna().to_numpy(float) for frame in self.frames]
        figures = np.concatenate(parts) if parts else np.array([])
        return float(figures[np.argsort(np.abs(figures))].sum())


@dataclass(frozen=True)
class Explanation:
    """One figure with its measure, its two sides, and the metrics it was computed from."""

    measure: Measure
    top: Side | None = None
    bottom: Side | None = None
    parts: tuple[Measure, ...] = ()


class Tracer:
    """Explains the figures of one case; rows are made ready once."""

    def __init__(self, case: Case, measures: Measures | None = None) -> None:
        self.frame = (measures or measure(case)).frame
        self.rows = Rows(ready(case))
        names = (self.frame[name] for name in ("id", "period", "by", "key"))
        self._places = {place: number for number, place in enumerate(zip(*names, strict=True))}

    def explain(self, id: str, cut: dict[str, str] | None = None, period: str = "") -> Explanation:
        """One figure; without a period the current one, else the history.

        Raises ParameterError for an unknown metric or slice, with the nearest one.
        """
        row = self._measure(known(id), dict(cut or {}), period)
        trail = trail_of(row.id, tuple(row.slice))
        parts = made_of(row.id, tuple(row.slice.values()))
        found = tuple(part for id in parts if (part := self._part(id, row)))
        if trail is None:
            return Explanation(row, parts=found)
        top, bottom = self._sides(trail, row)
        return Explanation(row, top, bottom, found)

    def _measure(self, id: str, cut: dict[str, str], period: str) -> Measure:
        for name in (period,) if period else PERIODS:
            row = self._row(id, name, cut)
            if row is not None:
                return row
        raise ParameterError(self._no_slice(id, cut))

    def _row(self, id: str, period: str, cut: Mapping[str, str]) -> Measure | None:
        place = self._places.get((id, period, tuple(cut), tuple(cut.values())))
        return None if place is None else Measure.of(self.frame.iloc[place])

    def _no_slice(self, id: str, cut: dict[str, str]) -> str:
        rows = self.frame[self.frame["id"] == id]
        asked, there = tuple(cut), sorted({tuple(by) for by in rows["by"]})
        if asked not in there:
            ways = "; ".join(" and ".join(by) or "the whole period" for by in there)
            return f"{id} is not measured by {' and '.join(asked) or 'the whole period'}; it is measured by: {ways}"
        keys = [" ".join(key) for key in rows.loc[rows["by"] == asked, "key"]]
        near = get_close_matches(" ".join(cut.values()), keys, n=3, cutoff=0)
        return f"{id} has no value at {_spelled(cut)}; the nearest: {', '.join(dict.fromkeys(near))}"

    def _part(self, id: str, row: Measure) -> Measure | None:
        """A metric that another is computed from: at the same slice, or for the whole."""
        return self._row(id, row.period, row.slice) or self._row(id, row.period, {})

    def _sides(self, trail: Trail, row: Measure) -> tuple[Side, Side | None]:
        sides = [[self._piece(piece, row) for piece in pieces] for pieces in (trail.top, trail.bottom) if pieces]
        if trail.cluster:
            sides = _paired(sides, trail)
        figures = (row.value if row.numerator is None else row.numerator, row.denominator)
        hows = (trail.how, "sum")
        made = [
            Side(figure, how, pieces, tuple(rows))
            for figure, how, pieces, rows in zip(figures, hows, (trail.top, trail.bottom), sides, strict=False)
        ]
        return made[0], (made[1] if len(made) > 1 else None)

    def _piece(self, piece: Piece, row: Measure) -> pd.DataFrame:
        """The rows of a piece with their `figure`, in the slice and period of a measure."""
        rows = self.rows.of(piece.rows, dict(row.slice), row.period)
        if rows.empty:
            return pd.DataFrame({"figure": []})
        numeric = piece.column not in rows or pd.api.types.is_numeric_dtype(rows[piece.column])
        told = ["_file", "_sheet", "_row", "day", "remainder", *lineage().rows[piece.rows].what]
        slim = rows[[name for name in dict.fromkeys(told) if name in rows]]
        return slim.assign(figure=column(rows, piece.column) if numeric else rows[piece.column])


def known(id: str) -> str:
    """A metric by its id or its name; raises ParameterError that names the nearest."""
    names = {spelling: m.id for m in metrics().values() for spelling in (m.name.en, m.name.zh, m.id)}
    if id in names:
        return names[id]
    near = get_close_matches(id, names, n=1, cutoff=0.5) or get_close_matches(id, metrics(), n=1, cutoff=0)
    raise ParameterError(f'no metric is called "{id}"; the nearest is {names[near[0]]}')


def _spelled(cut: dict[str, str]) -> str:
    return ", ".join(f"{name}={value}" for name, value in cut.items())


def _paired(sides: list[list[pd.DataFrame]], trail: Trail) -> list[list[pd.DataFrame]]:
    """Only the clusters of which both sides are known, as the measures count them."""
    keys = [[_cluster(rows, trail.cluster) for rows in pieces] for pieces in sides]
    clusters = pd.Index([]).union(pd.Index(list(dict.fromkeys(chain(*(k for ks in keys for k in ks))))))
    known = pd.Series(True, index=clusters)
    for pieces, side, some in zip(sides, (trail.top, trail.bottom), keys, strict=False):
        for rows, piece, key in zip(pieces, side, some, strict=True):
            known &= _sums(rows, key, piece.zero, clusters).notna()
    used = known.index[known]
    return [[rows[key.isin(used)] for rows, key in zip(p, k, strict=True)] for p, k in zip(sides, keys, strict=True)]


def _cluster(rows: pd.DataFrame, cluster: str) -> pd.Series:
    return rows["day"] if cluster == "day" and "day" in rows else pd.Series(rows.index, index=rows.index)


def _sums(rows: pd.DataFrame, key: pd.Series, zero: bool, clusters: pd.Index) -> pd.Series:
    """A piece by cluster; a cluster without rows is missing, or zero where the piece says so."""
    sums = rows["figure"].groupby(key).sum(min_count=1)
    absent = clusters.difference(sums.index)
    return sums.reindex(clusters).where(~clusters.isin(absent), 0.0 if zero else np.nan)


def _listed(pieces: Sequence[Piece], frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    parts = [_addresses(piece, rows) for piece, rows in zip(pieces, frames, strict=True)]
    listed = pd.concat([part for part in parts if len(part)] or [pd.DataFrame(columns=list(COLUMNS))])
    return listed.sort_values(["file", "sheet", "row"], kind="stable", ignore_index=True)


def _addresses(piece: Piece, rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows[rows["figure"].notna()]
    if rows.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    what = {name: _words(rows[name]) for name in lineage().rows[piece.rows].what if name in rows}
    told = [{n: word for n, word in zip(what, row, strict=True) if word} for row in zip(*what.values(), strict=True)]
    address = {"file": rows["_file"], "sheet": rows["_sheet"].fillna(""), "row": rows["_row"].astype(float)}
    note = np.where(rows["remainder"].eq(True), "remainder", "") if "remainder" in rows else ""
    return pd.DataFrame(
        {
            **address,
            "what": told,
            "column": piece.column,
            "contribution": rows["figure"],
            "note": note,
        }
    )


def _words(values: pd.Series) -> list[str]:
    if pd.api.types.is_datetime64_any_dtype(values):
        midnight = (values.dropna().dt.normalize() == values.dropna()).all()
        return list(values.dt.strftime("%Y-%m-%d" if midnight else "%Y-%m-%d %H:%M").fillna(""))
    return ["" if pd.isna(value) else str(value) for value in values]
