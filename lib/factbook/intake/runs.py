"""Series of moments: running totals told from what happened in each moment, and brought back to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from factbook.intake import headers
from factbook.intake.recognise import Recognised
from factbook.knowledge.exports import Series, exports
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


def resolve(frame: pd.DataFrame, known: Recognised) -> tuple[pd.DataFrame, list[Problem]]:
    """The frame with running totals brought back to each moment; a column that cannot be told is missing and named."""
    rule = exports().series.get(known.sheet.table)
    if rule is None or len(frame) < 2:
        return frame, []
    by = [column for column in rule.by if column in frame]
    ordered = frame.sort_values([*by, rule.clock], kind="stable")
    runs = _runs(ordered, by, rule)
    natures = _natures(ordered, runs, known, rule)
    totals = [column for column, nature in natures.items() if nature == "total"]
    unclear = [column for column, nature in natures.items() if nature == "mixed"]
    changed = {column: _each(ordered[column], runs) for column in totals}
    changed |= {column: pd.Series(np.nan, index=ordered.index) for column in unclear}
    if totals:
        changed["cumulative"] = pd.Series(",".join(totals), index=ordered.index, dtype="str")
    problems = [*_said("cumulative_resolved", "note", totals, frame, known)]
    problems += [*_said("cumulative_unclear", "warning", unclear, frame, known), *_step(ordered, runs, known, rule)]
    return frame.assign(**changed), problems


def _runs(ordered: pd.DataFrame, by: list[str], rule: Series) -> pd.Series:
    """The number of the run each row belongs to: one room, without a long pause."""
    pause = ordered[rule.clock].diff() > pd.Timedelta(minutes=rule.pause_minutes)
    other = pd.Series(False, index=ordered.index)
    for column in by:
        before = ordered[column].shift()
        other |= ordered[column].ne(before) & ~(ordered[column].isna() & before.isna())
    return (pause | other).cumsum()


def _natures(ordered: pd.DataFrame, runs: pd.Series, known: Recognised, rule: Series) -> dict[str, str]:
    flows = {name: _flow(ordered[name], runs) for name in rule.flows if name in ordered and ordered[name].notna().any()}
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


def _flow(values: pd.Series, runs: pd.Series) -> _Flow:
    told = values.dropna()
    changes = told.groupby(runs[told.index]).diff()
    return _Flow(int((changes > 0).sum()), int((changes < 0).sum()), not told.any())


def _each(values: pd.Series, runs: pd.Series) -> pd.Series:
    # Across a gap the rise belongs to the first moment after it; the first moment has all that came before.
    told = values.dropna()
    rise = told.groupby(runs[told.index]).diff().fillna(told)
    return rise.reindex(values.index).round(2)


def _said(code: str, severity: Severity, columns: list[str], frame: pd.DataFrame, known: Recognised) -> list[Problem]:
    if not columns:
        return []
    first = frame.iloc[0]
    named = "、".join(known.labels.get(name, headers.spelled(name)) for name in columns)
    values = {"found": named}
    return [Problem(code, severity, str(first["_file"]), str(first["_sheet"]), values=values, count=len(columns))]


def _step(ordered: pd.DataFrame, runs: pd.Series, known: Recognised, rule: Series) -> list[Problem]:
    steps = ordered.groupby(runs)[rule.clock].diff().dropna().dt.total_seconds() / 60
    step = float(steps[steps > 0].median())
    if not step > A_MINUTE:
        return []
    first = ordered.iloc[0]
    values = {"found": f"{step:g}"}
    return [Problem("minutes_coarse", "note", first["_file"], first["_sheet"], known.labels[rule.clock], values=values)]
