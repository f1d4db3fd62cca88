"""Figures a report prints beside the parts they are made of: a column that was moved or shifted does not fit them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from factbook.intake.problems import spelled
from factbook.knowledge.exports import exports
from factbook.records import Check

ROUNDED = (0.01, 0.001, 0.0001)  # to which a report may have rounded its rates
ENOUGH = 5  # rates by which that is told
CENT, ATOM = 0.01, 1e-6
LOOSE = 0.005  # of the figure: parts of one row may be a few minutes apart


@dataclass(frozen=True)
class Quotient:
    """A printed figure, what it divides, and how many of the latter it stands for."""

    name: str
    top: str
    bottom: str
    per: float = 1.0


MORE = (
    Quotient("paid_per_buyer_printed", "paid_amount_cny", "buyers"),
    Quotient("paid_per_order_printed", "paid_amount_cny", "orders"),
    Quotient("paid_per_item_printed", "paid_amount_cny", "items"),
    Quotient("gpm_product_impressions_printed", "paid_amount_cny", "product_impressions", 1000),
    Quotient("refund_rate_1h_printed", "refund_1h_cny", "gmv_cny"),
    Quotient("roi_overall_printed", "gmv_overall_cny", "ad_cost_cny"),
    Quotient("roi_net_printed", "net_gmv_cny", "ad_cost_cny"),
    Quotient("roi_direct_printed", "gmv_direct_cny", "ad_cost_cny"),
    Quotient("cost_per_click_printed", "ad_cost_cny", "ad_clicks"),
    Quotient("cpm_printed", "ad_cost_cny", "ad_impressions", 1000),
)


@dataclass(frozen=True)
class _Compared:
    """One printed column of one table: what it says of the figure it divides, and the figure, row by row."""

    quotient: Quotient
    rows: pd.DataFrame  # columns said, told, wrong, _row

    @property
    def broken(self) -> int:
        """In how many rows the two part."""
        return int(self.rows["wrong"].sum())


def quotients(columns: Iterable[str]) -> Iterator[Quotient]:
    """The printed figures of a table whose parts it has too."""
    there = set(columns)
    specs = exports().columns
    pairs = ((name, specs[name].parts) for name in there if name in specs)
    told = (Quotient(name, parts[0], parts[1]) for name, parts in pairs if len(parts) == 2)
    return (one for one in (*told, *MORE) if {one.name, one.top, one.bottom} <= there)


def of_file(file: str, tables: Mapping[str, pd.DataFrame]) -> list[Check]:
    """One line for a file: its printed figures against their parts; the worst of them is shown."""
    found = [one for frame in tables.values() for one in _compared(frame)]
    if not found:
        return []
    return [_check(file, max(found, key=lambda one: (one.broken, len(one.rows))))]


def _compared(frame: pd.DataFrame) -> Iterator[_Compared]:
    for one in sorted(quotients(frame.columns), key=lambda one: one.name):
        rows = frame[[one.name, one.top, one.bottom, "_row"]].dropna()
        # 0 may stand for "not available".
        rows = rows[(rows[one.name] != 0) & (rows[one.bottom] > 0)]
        if len(rows):
            yield _Compared(one, _sides(one, rows))


def _sides(one: Quotient, rows: pd.DataFrame) -> pd.DataFrame:
    printed, top = rows[one.name].to_numpy(), rows[one.top].to_numpy()
    times = rows[one.bottom].to_numpy() / one.per
    said = printed * times
    slack = _step(printed, one.name) * times + LOOSE * np.abs(top) + CENT
    wrong = np.abs(said - top) > slack + ATOM
    return pd.DataFrame({"said": said, "told": top, "wrong": wrong, "_row": rows["_row"].to_numpy()})


def _step(printed: np.ndarray, name: str) -> float:
    """The last place a column was rounded to."""
    if exports().columns[name].kind != "ratio":
        return CENT
    if len(printed) < ENOUGH:
        return ROUNDED[0]
    fits = (step for step in ROUNDED if np.allclose(printed / step, np.round(printed / step), atol=1e-6))
    return next(fits, ROUNDED[-1])


def _check(file: str, one: _Compared) -> Check:
    rows, name = one.rows, one.quotient.top
    apart = (rows["said"] - rows["told"]).abs().where(rows["wrong"], 0)
    worst = rows.iloc[int(apart.to_numpy().argmax())]
    values = {
        "metric": name,
        "printed": one.quotient.name,
        "rows": str(one.broken),
        "row": str(int(worst["_row"])),
        "worst_left": spelled(float(worst["said"]), name),
        "worst_right": spelled(float(worst["told"]), name),
    }
    left, right = (round(float(rows[side].sum()), 2) for side in ("said", "told"))
    return Check("printed", file, left, right, not one.broken, values)
