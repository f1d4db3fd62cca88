"""Tables that print a whole beside its parts, and the line that closes a sheet: each against the sum of the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from factbook.intake.parts import Part
from factbook.intake.sides import Sides, check, compared, sums
from factbook.knowledge.exports import exports
from factbook.records import Check

METRICS = ("paid_amount_cny", "net_paid_amount_cny", "gmv_cny", "orders")
# What adds up over the rows of a sheet. People do not: they are de-duplicated.
FOOTED = (
    *METRICS, "net_gmv_cny", "items", "order_amount_cny", "refund_cny", "commission_estimate_cny", "ad_cost_cny",
    "gmv_overall_cny", "orders_overall", "gmv_direct_cny", "orders_direct", "ad_impressions", "ad_clicks", "gmv_local",
)  # fmt: skip
# From ten thousand on a figure may stand in 万 with one or two places: half of the last place it shows.
IN_WAN, PLACES = 10_000, ((1_000, 500.0), (100, 50.0))


@dataclass(frozen=True)
class Whole:
    """A table whose column `split` says of each row whether it is the whole or a part of it.

    `levels`: further columns that say so, of which a part has none. `keys`: what a whole has in common with its
    parts; `name`: the column by which a group without a day is named; `rows`: the rows it holds for.
    """

    code: str
    table: str
    split: str
    keys: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    name: str = ""
    rows: tuple[tuple[str, str], ...] = ()


WHOLES = (
    Whole("terminal_sum", "terminals", "terminal", ("date",)),
    Whole("category_sum", "categories", "category_1", levels=("category_2", "category_3", "category_4")),
    Whole("price_sum", "price_bands", "price_band"),
    Whole("product_carriers", "products", "carrier", ("product_id",), name="product"),
    # Not of 首购 and 复购 apart: nowhere is it said that a buyer who is new to one carrier is new to the shop.
    Whole("audience_carriers", "audiences", "carrier", ("date",), rows=(("audience", "all"),)),
    Whole("audience_sum", "audiences", "audience", ("date", "carrier")),
)


def of_file(file: str, tables: Mapping[str, pd.DataFrame], parts: Iterable[Part]) -> list[Check]:
    """Every whole that one file prints, against its parts."""
    sides = [side for one in WHOLES for side in _sides(one, tables.get(one.table, pd.DataFrame()))]
    return [*(check(side, file) for side in sides), *_closing(file, parts)]


def _sides(one: Whole, rows: pd.DataFrame) -> list[Sides]:
    metrics = [metric for metric in METRICS if metric in rows and rows[metric].notna().any()]
    if rows.empty or not metrics or not {one.split, *one.keys, *(column for column, _ in one.rows)} <= set(rows):
        return []
    for column, value in one.rows:
        rows = rows[rows[column] == value]
    levels = [level for level in (one.split, *one.levels) if level in rows]
    whole, part = _is_total(rows[one.split]), ~_any_total(rows, levels)
    sides = compared(one.code, *(sums(rows[chosen], one.keys, metrics) for chosen in (whole, part)))
    return [_named(side, rows, one) for side in sides] if one.name else sides


def _is_total(values: pd.Series) -> pd.Series:
    return values.isin([*exports().markers.totals, "all"])


def _any_total(rows: pd.DataFrame, levels: Sequence[str]) -> pd.Series:
    found: pd.Series = pd.concat([_is_total(rows[level]) for level in levels], axis=1).any(axis=1)
    return found


def _named(sides: Sides, rows: pd.DataFrame, one: Whole) -> Sides:
    """The sides with each group under its name; under its key where it has none."""
    key = one.keys[0]
    known = rows.dropna(subset=[key]).drop_duplicates(key).set_index(key).reindex(columns=[one.name])[one.name]
    names = sides.groups[key].map(known).fillna(sides.groups[key])
    return replace(sides, groups=sides.groups.assign(name=names))


# ------------------------------------------------------------------ the line that closes a sheet
def _closing(file: str, parts: Iterable[Part]) -> Iterator[Check]:
    for part in parts:
        if _has_one_sum(part):
            yield from (check(side, file) for side in _closed(part.closing.iloc[0], part.frame))


def _has_one_sum(part: Part) -> bool:
    """Whether a sheet's closing line is of all its rows, and each of them counts once."""
    # Several lines may each be of some of the rows; a series may be one of running totals.
    if len(part.closing) != 1 or part.frame.empty or part.spec.table in exports().series:
        return False
    keys = [key for key in part.spec.keys if key in part.frame]
    return not keys or not _any_total(part.frame, keys).any()


def _closed(line: pd.Series, rows: pd.DataFrame) -> Iterator[Sides]:
    for metric in (name for name in FOOTED if name in line and name in rows):
        added, said = rows[metric].dropna(), float(line[metric])
        if np.isfinite(said) and len(added):
            slack = float(_rounding(np.append(added.to_numpy(float), said), metric).sum())
            yield Sides("closing_sum", metric, pd.DataFrame({"left": [said], "right": [added.sum()], "slack": slack}))


def _rounding(figures: np.ndarray, metric: str) -> np.ndarray:
    """By how much each figure may be off what it stands for: half a cent, or half of the last place of its 万."""
    least = 0.005 if exports().columns[metric].kind.startswith("money") else 0.0
    large = np.abs(figures) >= IN_WAN
    steps = [large & (np.mod(figures, step) == 0) for step, _ in PLACES]
    return np.select(steps, [half for _, half in PLACES], least) + 1e-6
