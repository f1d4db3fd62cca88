"""Two figures held against each other, group by group: how far rounding may part them, and the line that says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from factbook.intake.problems import spelled
from factbook.knowledge.exports import exports
from factbook.records import Check

CUTS = ("party", "carrier", "slot")  # columns in which a table has its totals beside the parts they are made of
HALF_CENT = 0.005
ATOM = 1e-6  # what binary fractions add to a sum of cents


@dataclass(frozen=True)
class Sides:
    """One identity for one metric: both figures by group, and how much rounding may part them."""

    code: str
    metric: str
    groups: pd.DataFrame  # columns left, right, slack; date, or name where nothing is dated; and those of CUTS

    @property
    def wrong(self) -> pd.Series:
        """Which groups part by more than rounding."""
        return (self.groups["left"] - self.groups["right"]).abs() > self.groups["slack"]

    @property
    def worst(self) -> int:
        """The group that parts most; the first of those that part alike, whatever the last bits of a sum say."""
        apart = (self.groups["left"] - self.groups["right"]).abs().round(4)
        return int(apart.to_numpy().argmax())

    @property
    def shown(self) -> pd.DataFrame:
        """The groups whose sums are said: of one cut, since the others are in it; that of the worst where any part."""
        cuts = [cut for cut in CUTS if cut in self.groups]
        of = self.groups.iloc[self.worst] if self.wrong.any() else dict.fromkeys(cuts, "all")
        chosen = np.ones(len(self.groups), bool)
        for cut in cuts:
            chosen &= (self.groups[cut] == of[cut]).to_numpy()
        return self.groups[chosen] if chosen.any() else self.groups


def sums(rows: pd.DataFrame, keys: Sequence[str], metrics: Sequence[str]) -> pd.DataFrame:
    """Totals of the metrics by group (one group where there are no keys), and `rows`, how many went into each."""
    grouped = rows.groupby(list(keys) or np.zeros(len(rows)), observed=True)
    return grouped[list(metrics)].sum(min_count=1).assign(rows=grouped.size())


def compared(code: str, whole: pd.DataFrame, parts: pd.DataFrame) -> list[Sides]:
    """Wholes against the sums of their parts, metric by metric; a group that either side lacks is left out."""
    both = whole.add_suffix("|left").join(parts.add_suffix("|right"), how="inner").reset_index()
    metrics = [column for column in whole.columns if column != "rows"]
    sides = (Sides(code, metric, _groups(both, metric)) for metric in metrics)
    return [side for side in sides if len(side.groups)]


def _groups(both: pd.DataFrame, metric: str) -> pd.DataFrame:
    rounding = HALF_CENT if exports().columns[metric].kind.startswith("money") else 0.0
    keys = {name: both[name] for name in map(str, both) if "|" not in name}
    figures = {**keys, "left": both[f"{metric}|left"], "right": both[f"{metric}|right"]}
    return pd.DataFrame({**figures, "slack": (both["rows|right"] + 1) * rounding + ATOM}).dropna(
        subset=["left", "right"]
    )


def check(sides: Sides, file: str, holds: bool | None = None) -> Check:
    """One line: both sums, in how many groups the sides part, and where most."""
    groups, wrong = sides.groups, sides.wrong
    worst = groups.iloc[sides.worst]
    shown = sides.shown
    values = {
        "metric": sides.metric,
        **_place(groups, wrong, worst),
        "worst_left": spelled(worst["left"], sides.metric),
        "worst_right": spelled(worst["right"], sides.metric),
    }
    left, right = (round(float(shown[side].sum()), 2) for side in ("left", "right"))
    return Check(sides.code, file, left, right, not wrong.any() if holds is None else holds, values)


def _place(groups: pd.DataFrame, wrong: pd.Series, worst: pd.Series) -> dict[str, str]:
    """Where the sides part most: a day and how many days part, or a name; nothing where there is one group only."""
    of = {cut: str(worst[cut]) for cut in CUTS if cut in groups and wrong.any()}
    if "date" in groups:
        return of | {"days": str(groups.loc[wrong, "date"].nunique()), "worst_day": f"{worst['date']:%Y-%m-%d}"}
    return of | ({"worst_name": str(worst["name"])} if "name" in groups else {})
