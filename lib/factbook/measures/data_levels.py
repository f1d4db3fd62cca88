"""The level of a capability that the merchant's own figures support, by editable lines (行业经验值)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
import pandas as pd

from factbook.knowledge.data_levels import DataLevel, data_levels
from factbook.measures.common import Entry, Place, entries
from factbook.records import CAPABILITIES, Measures

ID = "capability_data_level"
SOURCE = "knowledge/data_levels.toml"


def measure(measures: Measures, peers: pd.DataFrame) -> list[pd.DataFrame]:
    """One row per capability: the mean level its figures support, `n` of them, or why there is none."""
    found = []
    for code in CAPABILITIES:
        rules = [rule for rule in data_levels() if rule.capability == code]
        levels = [_level(rule, figure) for rule in rules if (figure := _figure(rule, measures, peers)) is not None]
        at, n = Place(SOURCE, ("capability",), (code,)), float(len(levels))
        if len(levels) < len(rules) / 2 or not levels:
            found.append(Entry(ID, n=n, reason="no_data_level", at=at))
            continue
        found.append(Entry(ID, float(np.mean(levels)), float(sum(levels)), n, n, at=at))
    return [entries(found)]


def _figure(rule: DataLevel, measures: Measures, peers: pd.DataFrame) -> float | None:
    """What is held against the lines: the figure, or the figure divided by what it is compared with."""
    value = measures.value(rule.metric, **rule.slice)
    if value is None or not rule.against:
        return value
    other = _peer(rule.metric, peers) if rule.against == "peer" else measures.value(rule.against)
    return value / other if other else None


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
