"""The level of a capability that the merchant's own figures support, by editable lines (行业经验值)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
import pandas as pd

from factbook.knowledge.data_levels import DataLevel, data_levels
from factbook.measures.common import NAN, Entry, Place, entries
from factbook.records import CAPABILITIES, Measures

ID, FIGURE = "capability_data_level", "capability_figure_level"
SOURCE = "knowledge/data_levels.toml"


def measure(measures: Measures, peers: pd.DataFrame) -> list[pd.DataFrame]:
    """Each capability: the mean level its figures support, `n` of them, or why there is none; and every figure."""
    read = [(rule, _read(rule, measures, peers)) for rule in data_levels()]
    found = [_figure(rule, *figures) for rule, figures in read]
    for code in CAPABILITIES:
        mine = [figures for rule, figures in read if rule.capability == code]
        levels = [entry.value for entry in found if entry.at.key[0] == code and np.isfinite(entry.value)]
        at, n = Place(SOURCE, ("capability",), (code,)), float(len(levels))
        if len(levels) < len(mine) / 2 or not levels:
            found.append(Entry(ID, n=n, reason="no_data_level", at=at))
            continue
        found.append(Entry(ID, float(np.mean(levels)), float(sum(levels)), n, n, at=at))
    return [entries(found)]


def _figure(rule: DataLevel, value: float | None, other: float | None) -> Entry:
    """The level one figure supports; the figure stands above, what it is held against below."""
    at = Place(SOURCE, ("capability", "figure"), (rule.capability, rule.key))
    top, bottom = (NAN if part is None else part for part in (value, other))
    if value is None or (rule.against and not other):
        return Entry(FIGURE, numerator=top, reason="no_figure" if value is None else "no_peers", at=at)
    held = value / other if rule.against and other else value
    return Entry(FIGURE, float(_level(rule, held)), top, bottom, 1.0, at=at)


def _read(rule: DataLevel, measures: Measures, peers: pd.DataFrame) -> tuple[float | None, float | None]:
    """The figure, and what it is divided by before it is held against the lines."""
    value = measures.value(rule.metric, **rule.slice)
    if not rule.against:
        return value, None
    return value, _peer(rule.metric, peers) if rule.against == "peer" else measures.value(rule.against)


def _peer(metric: str, peers: pd.DataFrame) -> float | None:
    """The peers' usual value of a metric, None when nobody typed one in."""
    if peers.empty:
        return None
    usual = peers[(peers["metric"] == metric) & (peers["statistic"] != "top")]["value"].dropna()
    return float(usual.iloc[-1]) if len(usual) else None


def _level(rule: DataLevel, figure: float) -> int:
    """1 below the first line, 5 from the last one on; falling lines where less is better."""
    sign = 1 if rule.lines[0] < rule.lines[-1] else -1
    lines: Sequence[float] = [sign * line for line in rule.lines]
    return 1 + bisect_right(lines, sign * figure)
