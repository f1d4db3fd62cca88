"""What every area shares: ratios as rows of a table, their sums over any slicing, and missing ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from factbook.methods.ratios import Moments, linearised
from factbook.records import MEASURE_COLUMNS, NUMBERS

NAN = float("nan")
TEXTS = ("id", "period", "reason", "source")
TUPLES = ("by", "key")
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ratio:
    """A metric as a row: Σ numerator ÷ Σ denominator × scale, or a plain sum where there is no denominator.

    `zero` is the reason given where the denominator adds up to zero.
    """

    id: str
    numerator: str
    denominator: str = ""
    scale: float = 1.0
    zero: str = "denominator_zero"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: its slice, its period, and the file and sheet it was taken from."""

    source: str = ""
    by: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    period: str = "current"


WHOLE = Place()


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the tidy frame that is not a ratio of sums; what is not given does not exist."""

    id: str
    value: float = NAN
    numerator: float = NAN
    denominator: float = NAN
    n: float = NAN
    low: float = NAN
    high: float = NAN
    reason: str = ""
    at: Place = WHOLE


_CELLS = attrgetter(
    "id", "at.period", "at.by", "at.key", "value", "numerator", "denominator", "n", "low", "high", "reason", "at.source"
)  # in the order of MEASURE_COLUMNS


def entries(rows: Iterable[Entry]) -> pd.DataFrame:
    """Rows as a tidy frame; a row without a value and without a reason says `no_values`."""
    found = list(map(_CELLS, rows))
    if not found:
        return pd.DataFrame(columns=list(MEASURE_COLUMNS))
    columns = dict(zip(MEASURE_COLUMNS, zip(*found, strict=True), strict=True))
    numbers: dict[str, Array] = {name: np.array(columns[name], dtype=float) for name in NUMBERS}
    silent = np.isnan(numbers["value"])
    reasons = [said or ("no_values" if none else "") for said, none in zip(columns["reason"], silent, strict=True)]
    return tidy({**columns, **numbers, "reason": reasons})


def tidy(columns: Mapping[str, Any]) -> pd.DataFrame:
    """The tidy frame of all its columns: texts and tuples as sequences, numbers as arrays of floats."""
    # Columns that are one array each spare the guess at a type, which costs more than all else here.
    texts = {name: pd.array(columns[name], dtype="str") for name in TEXTS}
    tuples = {name: objects(columns[name]) for name in TUPLES}
    ready = {**columns, **texts, **tuples}
    return pd.DataFrame({name: ready[name] for name in MEASURE_COLUMNS}, copy=False)


def objects(values: Sequence[object]) -> NDArray[np.object_]:
    """Values of any kind, one a row; numpy alone would make a table of tuples."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def blanks(ids: Iterable[str], reason: str, period: str = "current") -> pd.DataFrame:
    """One row without a value per metric, at the whole period, saying why."""
    return entries(Entry(id, reason=reason, at=Place(period=period)) for id in ids)


def number(cells: Mapping[Any, Any], key: str) -> float:
    """A number out of a row or a profile; NaN when missing or not a number."""
    value: Any = pd.to_numeric(cells.get(key), errors="coerce")  # type: ignore[call-overload]
    return NAN if pd.isna(value) else float(value)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as dictionaries with text keys."""
    names = [str(name) for name in frame]
    return [dict(zip(names, row, strict=True)) for row in zip(*(frame[name].tolist() for name in frame), strict=True)]


def source_of(frame: pd.DataFrame) -> str:
    """Where rows come from: `file › sheet`, or `3 files › sheet` when there are several."""
    if frame.empty or "_file" not in frame:
        return ""
    files = frame["_file"].unique()
    sheets = " + ".join(str(sheet) for sheet in frame["_sheet"].unique() if sheet)
    head = str(files[0]) if len(files) == 1 else f"{len(files)} files"
    return f"{head} › {sheets}" if sheets else head


def column(frame: pd.DataFrame, name: str) -> pd.Series:
    """A column as floats; all missing where the report does not have it."""
    if name not in frame:
        return pd.Series(np.nan, index=frame.index, dtype=float)
    values = frame[name]
    return values if values.dtype == float else values.astype(float)


def pool(frame: pd.DataFrame, by: Sequence[str], columns: Sequence[str]) -> pd.DataFrame:
    """Sum columns into one row per group, so that a row is a cluster; a sum of nothing stays missing."""
    parts = pd.DataFrame({name: column(frame, name) for name in columns})
    keys = [frame[name] for name in by]
    return parts.groupby(keys, sort=True).sum(min_count=1).reset_index()


def tally(
    frame: pd.DataFrame,
    ratios: Sequence[Ratio],
    by: tuple[str, ...] = (),
    period: str = "current",
    source: str | None = None,
) -> pd.DataFrame:
    """Every ratio at every slice: Σ/Σ over rows where both figures exist; a row of `frame` is a cluster.

    `by` names columns that hold the slice values. `n` counts rows used; the 95 % interval is linearised
    over them.
    """
    if frame.empty:
        return entries(())
    codes, keys = _groups(frame, by)
    y, x = (matrix(frame, [getattr(r, side) for r in ratios]) for side in ("numerator", "denominator"))
    moments = _moments(y, x, codes)
    return _tidy(ratios, moments, (by, keys), (period, source_of(frame) if source is None else source))


def _groups(frame: pd.DataFrame, by: tuple[str, ...]) -> tuple[NDArray[np.intp], list[tuple[str, ...]]]:
    """A code per row (−1 where the slice is unknown) and the key of each code, in sorted order."""
    if not by:
        return np.zeros(len(frame), dtype=np.intp), [()]
    parts = [pd.factorize(frame[name], sort=True) for name in by]
    codes = np.zeros(len(frame), dtype=np.intp)
    for part, known in parts:
        codes = np.where((codes < 0) | (part < 0), -1, codes * len(known) + part)
    found = np.unique(codes)
    found = found[found >= 0]
    places = np.unravel_index(found, [len(known) for _, known in parts])
    words = [[str(known[i]) for i in place] for (_, known), place in zip(parts, places, strict=True)]
    return np.where(codes < 0, -1, np.searchsorted(found, codes)), list(zip(*words, strict=True))


def matrix(frame: pd.DataFrame, names: Sequence[str]) -> Array:
    """One column of floats per name; ones where the name is empty (a plain sum)."""
    ready = {name: _floats(frame, name) for name in set(names) if name}
    ready[""] = np.ones(len(frame))
    return np.column_stack([ready[name] for name in names])


def _floats(frame: pd.DataFrame, name: str) -> Array:
    return frame[name].to_numpy(dtype=float) if name in frame else np.full(len(frame), np.nan)


def _moments(y: Array, x: Array, codes: NDArray[np.intp]) -> Moments:
    """Sums by group (rows) and ratio (columns) over complete pairs."""
    order = np.argsort(codes, kind="stable")
    order = order[codes[order] >= 0]
    starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
    known = np.isfinite(y) & np.isfinite(x)
    y, x = np.where(known, y, 0.0)[order], np.where(known, x, 0.0)[order]
    parts = (y, x, y * y, x * y, x * x, known[order].astype(float))
    return Moments(*(np.add.reduceat(part, starts, axis=0) for part in parts))


def _tidy(
    ratios: Sequence[Ratio],
    moments: Moments,
    slices: tuple[tuple[str, ...], list[tuple[str, ...]]],
    origin: tuple[str, str],
) -> pd.DataFrame:
    """Moments as rows, slice by slice."""
    by, keys = slices
    scale = np.array([ratio.scale for ratio in ratios])
    plain = np.array([ratio.denominator == "" for ratio in ratios])
    empty, zero = moments.n == 0, ~plain & (moments.x <= 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(plain, moments.y, moments.y / moments.x * scale)
    value[empty | zero] = np.nan
    low, high = (np.where(plain, np.nan, end * scale) for end in linearised(moments))
    reason = np.where(zero, np.array([ratio.zero for ratio in ratios], dtype=object), "")
    columns: dict[str, Any] = {
        "id": [ratio.id for ratio in ratios] * len(keys),
        "period": [origin[0]] * value.size,
        "by": [by] * value.size,
        "key": [key for key in keys for _ in ratios],
        "value": value,
        "numerator": np.where(empty, np.nan, moments.y),
        "denominator": np.where(empty | plain, np.nan, moments.x),
        "n": moments.n,
        "low": low,
        "high": high,
        "reason": np.where(empty, "no_values", reason),
        "source": [origin[1]] * value.size,
    }
    return tidy({name: part.ravel() if isinstance(part, np.ndarray) else part for name, part in columns.items()})
