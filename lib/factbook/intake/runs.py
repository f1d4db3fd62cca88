"""Series of moments: running totals told from what happened in each moment, and brought back to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from factbook.intake import headers
from factbook.intake.hashes import PIECE
from factbook.intake.recognise import Recognised
from factbook.knowledge.exports import Series, exports
from factbook.knowledge.problems import LISTED
from factbook.records import Problem, Severity

RISES = 5  # as many figures in a row rise by chance once in seven hundred times
MOSTLY = 0.05  # share of falls up to which a column is neither a running total nor anything else
ENOUGH = 20  # changes from which that share says something
TOTAL_WORDS = ("累计", "总计")
A_MINUTE = 1.5  # minutes up to which rows are a minute apart


@dataclass(frozen=True)
class _Flow:
    """One column in the order of time: its changes within a run."""

    rises: int
    falls: int
    still: bool  # it only ever says 0, or nothing

    @property
    def nature(self) -> str:
        """`total`, `each`, `mixed` (it cannot be either) or `open` (its own figures do not tell)."""
        if self.still:
            return "each"
        if not self.falls:
            return "total" if self.rises >= RISES else "open"
        changes = self.rises + self.falls
        return "mixed" if changes >= ENOUGH and self.falls < MOSTLY * changes else "each"


@dataclass(frozen=True)
class _Ordered:
    """The rows of a series in the order of time, room by room, without a second copy of their figures."""

    frame: pd.DataFrame
    order: np.ndarray | None  # None where they already stand so
    runs: np.ndarray  # the number of the run each row belongs to, in that order

    def values(self, column: str) -> np.ndarray:
        """A column in the order of time."""
        values: np.ndarray = self.frame[column].to_numpy()
        return values if self.order is None else values[self.order]

    def placed(self, values: np.ndarray) -> np.ndarray:
        """Values in the order of time, put back where the frame has them."""
        if self.order is None:
            return values
        back = np.empty_like(values)
        back[self.order] = values
        return back


def resolve(frame: pd.DataFrame, known: Recognised) -> tuple[pd.DataFrame, list[Problem]]:
    """The frame with running totals brought back to each moment; a column that cannot be told is missing and named."""
    rule = exports().series.get(known.sheet.table)
    if rule is None or len(frame) < 2:
        return frame, []
    ordered = _ordered(frame, [column for column in rule.by if column in frame], rule)
    natures = _natures(ordered, known, rule)
    totals = [column for column, nature in natures.items() if nature == "total"]
    unclear = [column for column, nature in natures.items() if nature == "mixed"]
    changed: dict[str, pd.Series | float] = {
        column: pd.Series(ordered.placed(_each(ordered, column)), index=frame.index) for column in totals
    }
    changed |= dict.fromkeys(unclear, np.nan)
    if totals:
        changed["cumulative"] = pd.Series(",".join(totals), index=frame.index, dtype="str")
    problems = [*_said("cumulative_resolved", "note", totals, frame, known)]
    problems += [*_said("cumulative_unclear", "warning", unclear, frame, known), *_step(ordered, known, rule)]
    return frame.assign(**changed), problems


def _ordered(frame: pd.DataFrame, by: list[str], rule: Series) -> _Ordered:
    """The rows in order, and their runs: one room, without a long pause."""
    names, clock = [_codes(frame[column]) for column in by], frame[rule.clock].to_numpy()
    order = _order([*names, clock])
    if order is not None:
        names, clock = [codes[order] for codes in names], clock[order]
    pauses = np.append(False, np.diff(clock) > np.timedelta64(rule.pause_minutes, "m"))
    starts = np.logical_or.reduce([pauses, *map(_differ, names)])
    return _Ordered(frame, order, np.cumsum(starts, dtype=np.int32))


def _order(columns: list[np.ndarray]) -> np.ndarray | None:
    """The rows by these columns, those with equal ones as they stand; None where all stand so already."""
    wrong = np.zeros(len(columns[0]) - 1, bool)
    for column in reversed(columns):
        wrong = (column[1:] < column[:-1]) | (wrong & (column[1:] == column[:-1]))
    return np.lexsort(columns[::-1]) if wrong.any() else None


def _codes(values: pd.Series) -> np.ndarray:
    """A number for each distinct value, in the order in which they come; what is missing is one of them."""
    known: dict[Any, int] = {}
    codes = np.empty(len(values), np.int32)
    for start in range(0, len(values), PIECE):  # what a piece needs besides stays small
        own, words = pd.factorize(values.iloc[start : start + PIECE])
        places = [known.setdefault(word, len(known)) for word in words]
        codes[start : start + PIECE] = np.array([*places, -1], np.int32)[own]
    return codes


def _differ(values: np.ndarray) -> np.ndarray:
    """Where a value is another one than that before it."""
    return np.append(False, values[1:] != values[:-1])


def _natures(ordered: _Ordered, known: Recognised, rule: Series) -> dict[str, str]:
    there = (name for name in rule.flows if name in ordered.frame and ordered.frame[name].notna().any())
    flows = {name: _flow(ordered, name) for name in there}
    natures = {name: flow.nature for name, flow in flows.items()}
    for name in (name for name in natures if known.labels.get(name, "").startswith(TOTAL_WORDS)):
        natures[name] = "mixed" if flows[name].falls else "total"
    # What its own figures leave open, the others of the file decide where they agree: one logger writes one way.
    others = {nature for nature in natures.values() if nature in ("total", "each")} - _idle(flows, natures)
    decided = others.pop() if len(others) == 1 else "mixed"
    return {name: decided if nature == "open" else nature for name, nature in natures.items()}


def _idle(flows: dict[str, _Flow], natures: dict[str, str]) -> set[str]:
    # A column of zeros fits either way and has no say.
    moving = {nature for name, nature in natures.items() if not flows[name].still}
    return {"each"} - moving


def _flow(ordered: _Ordered, column: str) -> _Flow:
    told, changes = _changes(ordered, column)
    return _Flow(int((changes > 0).sum()), int((changes < 0).sum()), not told.any())


def _changes(ordered: _Ordered, column: str) -> tuple[np.ndarray, np.ndarray]:
    """The figures that are there, and by how much each is more than the one before it in its run; NaN for the first."""
    values = ordered.values(column)
    there = ~np.isnan(values)
    told, runs = (values, ordered.runs) if there.all() else (values[there], ordered.runs[there])
    changes = np.full(len(told), np.nan)
    np.subtract(told[1:], told[:-1], out=changes[1:])
    changes[_differ(runs)] = np.nan
    return told, changes


def _each(ordered: _Ordered, column: str) -> np.ndarray:
    # Across a gap the rise belongs to the first moment after it; the first moment has all that came before.
    told, changes = _changes(ordered, column)
    each = ordered.values(column).copy()
    each[~np.isnan(each)] = np.where(np.isnan(changes), told, changes)
    return np.round(each, 2)


def _said(code: str, severity: Severity, columns: list[str], frame: pd.DataFrame, known: Recognised) -> list[Problem]:
    if not columns:
        return []
    first = frame.iloc[0]
    names = LISTED.join(known.labels.get(name, headers.spelled(name)) for name in columns)
    return [Problem(code, severity, str(first["_file"]), str(first["_sheet"]), values={"names": names})]


def _step(ordered: _Ordered, known: Recognised, rule: Series) -> list[Problem]:
    steps, none = np.diff(ordered.values(rule.clock)), np.timedelta64(0)
    steps[_differ(ordered.runs)[1:]] = none
    steps.sort()
    steps = steps[np.searchsorted(steps, none, "right") :]
    step = float(np.median(steps, overwrite_input=True) / np.timedelta64(1, "m")) if len(steps) else np.nan
    if not step > A_MINUTE:
        return []
    first = ordered.frame.iloc[0 if ordered.order is None else ordered.order[0]]
    values = {"found": f"{step:g}"}
    return [Problem("minutes_coarse", "note", first["_file"], first["_sheet"], known.labels[rule.clock], values=values)]
