"""Parts of the day, and rates pooled over them: Σ numerator ÷ Σ denominator, never a mean of rates."""

from __future__ import annotations

import pandas as pd

from factbook import fmt
from factbook.knowledge.captions import say

BANDS = (("night", 0, 6), ("morning", 6, 12), ("afternoon", 12, 18), ("evening", 18, 24))
LEAST = 3  # sessions a band needs to be compared
EVEN = 1.1  # below this ratio the parts of the day are called alike


def band(hour: int) -> str:
    """The part of the day an hour (0-23) falls into."""
    return next(name for name, start, end in BANDS if start <= hour < end)


def pooled(frame: pd.DataFrame) -> pd.DataFrame:
    """One row a band present, in the day's order: `band`, `value` (Σ/Σ), `n`."""
    rows = frame.assign(weighted=frame["value"] * frame["denominator"])
    sums = rows.groupby("band")[["weighted", "denominator", "n"]].sum().reset_index()
    sums = sums[sums["denominator"] > 0]
    order = [name for name, _, _ in BANDS]
    sums = sums.sort_values("band", key=lambda names: names.map(order.index)).reset_index(drop=True)
    return sums.assign(value=sums["weighted"] / sums["denominator"])[["band", "value", "n"]]


def message(parts: pd.DataFrame, language: str) -> tuple[str, dict[str, object]] | None:
    """What the bands say: the best against the weakest, or that they are alike; None with fewer than two.

    A band of one or two sessions says nothing and is left out.
    """
    ranked = parts[parts["n"] >= LEAST].sort_values("value", kind="stable")
    if len(ranked) < 2:
        return None
    best, weak = ranked.iloc[-1], ranked.iloc[0]
    times = best["value"] / weak["value"] if weak["value"] > 0 else float("inf")
    values: dict[str, object] = {
        "best": say(f"bands.{best['band']}", language),
        "weak": say(f"bands.{weak['band']}", language),
        "value": fmt.money_said(float(best["value"]), language),
        "weak_value": fmt.money_said(float(weak["value"]), language),
        "times": fmt.decimal(times, language, 1),
    }
    keys = (("title_even", times < EVEN), ("title_none_sold", times == float("inf")), ("title", True))
    return next(key for key, holds in keys if holds), values
