"""Rates written as percents without a sign: told by the whole column, never by one cell."""

from __future__ import annotations

import numpy as np
import pandas as pd

from factbook.intake import headers
from factbook.intake.recognise import Recognised
from factbook.knowledge.exports import Column, exports
from factbook.records import Problem, Severity

HUNDRED = (90.0, 110.0)  # printed rate over its own numerator and denominator, where it is a percent
ONE = (0.9, 1.1)  # the same where it is a fraction
MAJORITY = 0.5
LOOK = 99  # rows that are enough to tell
ATOM = 1e-9
NAMED = 5  # impossible rates of a column named one by one


def settle(
    frame: pd.DataFrame, known: Recognised, signed: frozenset[str] = frozenset()
) -> tuple[pd.DataFrame, list[Problem]]:
    """The frame with every rate as a fraction, and what was found; an impossible rate is missing.

    `signed`: rates that carry their percent sign, in their cells.
    """
    specs = exports().columns
    problems: list[Problem] = []
    signless = _signless(frame, known) - signed
    for name in (name for name in known.positions if name in frame and specs[name].kind == "ratio"):
        spec = specs[name]
        if not (spec.most or spec.parts) or frame.empty:
            continue
        if name in signless or (name not in signed and _too_large(frame, name, spec)):
            frame = frame.assign(**{name: frame[name] / 100})
            problems.append(_problem("percent_unsigned", "note", frame, known, name))
        if spec.most and (frame[name] > spec.most + ATOM).any():
            frame, said = _without_impossible(frame, known, name, spec.most)
            problems += said
    return frame, problems


def _too_large(frame: pd.DataFrame, name: str, spec: Column) -> bool:
    """Whether most of a rate is more than it can be, and none of it more than its percents can be."""
    values = frame[name].to_numpy(float)
    told = values[np.isfinite(values) & (values != 0)]
    if spec.most is None or not len(told) or (told > spec.most + ATOM).mean() <= MAJORITY:
        return False
    return bool(told.max() <= spec.most * 100)


def _signless(frame: pd.DataFrame, known: Recognised) -> set[str]:
    """The rates that are percents by their own parts, where the others that can be told are so too.

    A report writes its rates in one way: where one differs, one of its parts is a hundred times too large or small.
    """
    unsaid = [name for name, label in known.labels.items() if name in frame and headers.unit(label) != "%"]
    times = {name: _times(frame, name) for name in unsaid}
    told = {name: HUNDRED[0] <= found <= HUNDRED[1] for name, found in times.items() if found is not None}
    fractions = any(ONE[0] <= found <= ONE[1] for found in times.values() if found is not None)
    return set() if fractions else {name for name, percent in told.items() if percent}


def _times(frame: pd.DataFrame, name: str) -> float | None:
    """How many times its numerator over its denominator a printed rate is; None where that cannot be told."""
    parts = exports().columns[name].parts
    if len(parts) != 2 or not {*parts} <= set(frame):
        return None
    values, top, bottom = (frame[column].to_numpy(float) for column in (name, *parts))
    rows = np.flatnonzero((values > 0) & (top > 0) & (bottom > 0))[:LOOK]
    times = np.sort(values[rows] * bottom[rows] / top[rows])
    return float(times[len(times) // 2]) if len(times) else None


def _without_impossible(
    frame: pd.DataFrame, known: Recognised, name: str, most: float
) -> tuple[pd.DataFrame, list[Problem]]:
    wrong = frame[name] > most + ATOM
    rows = frame[wrong]
    said = [_problem("rate_too_large", "warning", rows[i : i + 1], known, name) for i in range(min(len(rows), NAMED))]
    if len(rows) > NAMED:
        said.append(_problem("rate_too_large", "warning", rows[NAMED:], known, name, len(rows) - NAMED))
    return frame.assign(**{name: frame[name].mask(wrong)}), said


def _problem(
    code: str, severity: Severity, rows: pd.DataFrame, known: Recognised, name: str, count: int = 1
) -> Problem:
    first = rows.iloc[0]
    values = {"found": f"{first[name]:g}", "kind": "ratio"}
    return Problem(
        code, severity, first["_file"], first["_sheet"], known.labels[name], int(first["_row"]), values, count
    )
