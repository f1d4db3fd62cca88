"""Pieces of columns to whole ones, without a second copy of the texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa

from factbook.intake.bulk_cells import TEXT, TYPES, Values

RUN = 1 << 16  # rows of a constant column that share one piece of memory
IDS = pd.StringDtype("pyarrow", na_value=np.nan)
WORDS = pd.StringDtype("python", na_value=np.nan)  # the same type to whoever uses it; rows may share an object


def chosen(values: Values, rows: np.ndarray) -> Values:
    """The rows of a column where the mask is true."""
    return values.filter(pa.array(rows)) if isinstance(values, pa.Array) else values[rows]


def joined(columns: dict[str, Values], more: pd.DataFrame) -> dict[str, Values]:
    """Columns of a batch with further rows put in where their numbers belong."""
    rows = np.concatenate([columns["_row"], more["_row"].to_numpy()])
    order = np.argsort(rows, kind="stable")
    return {name: _with(values, more[name], order) for name, values in columns.items()}


def _with(values: Values, more: pd.Series, order: np.ndarray) -> Values:
    if isinstance(values, pa.Array):
        return pa.concat_arrays([values, as_values(more, "id")]).take(pa.array(order))
    return np.concatenate([values, more.to_numpy(dtype=values.dtype)])[order]


def repeated(value: str | None, size: int) -> list[pa.Array]:
    """One text for every row, in the memory of a few."""
    run = pa.array([value] * min(size, RUN), TEXT)
    return [run.slice(0, min(RUN, size - start)) for start in range(0, size, RUN)]


class Growing:
    """A column that grows in place: what is not yet filled takes no memory."""

    def __init__(self, kind: np.dtype, expected: int) -> None:
        self.values, self.size = np.empty(max(expected, 1), kind), 0

    def add(self, more: np.ndarray) -> None:
        """The values of the next rows."""
        end = self.size + len(more)
        if end > len(self.values):
            self.values.resize(max(end, len(self.values) * 3 // 2), refcheck=False)
        self.values[self.size : end] = more
        self.size = end

    def series(self) -> pd.Series:
        """The column."""
        self.values.resize(self.size, refcheck=False)
        return words(self.values) if self.values.dtype == object else pd.Series(self.values, copy=False)


@dataclass
class Texts:
    """A column of texts: its pieces stay where they are."""

    pieces: list[pa.Array] = field(default_factory=list)

    def add(self, more: pa.Array) -> None:
        """The texts of the next rows."""
        self.pieces.append(more)

    def series(self) -> pd.Series:
        """The column."""
        return texts(self.pieces)


def words(values: np.ndarray) -> pd.Series:
    """Objects as a column of text, none copied."""
    return pd.Series(pd.array(values, dtype=WORDS, copy=False), copy=False)


def shared_words(values: pd.Series) -> pd.Series:
    """A column of categories as a column of text whose rows share an object for each word."""
    known = np.array([*values.cat.categories, np.nan], object)
    return words(known[values.cat.codes.to_numpy()])  # the code of a missing word is -1, the last


def texts(pieces: Sequence[pa.Array]) -> pd.Series:
    """Pieces of text as one column, none copied."""
    return pd.Series(pd.array(pa.chunked_array(pieces, TEXT), dtype=IDS), copy=False)


def growing(first: Values, expected: int) -> Growing | Texts:
    """An empty column for values like these."""
    return Texts() if isinstance(first, pa.Array) else Growing(first.dtype, expected)


def constant(first: pd.Series, size: int) -> pd.Series:
    """A column that says the same in every row."""
    value = first.iloc[0]
    if first.dtype == "str" and isinstance(value, str):
        return texts(repeated(value, size))
    return pd.Series([value], dtype=first.dtype).repeat(size).reset_index(drop=True)


def nothing(kind: str, size: int) -> pd.Series:
    """A column that says nothing in any row."""
    return texts(repeated(None, size)) if kind == "str" else pd.Series(np.full(size, np.nan), dtype=kind)


def as_values(column: pd.Series, kind: str) -> Values:
    """A column that was read carefully, as the quick reader has its columns."""
    if kind == "id":
        return pa.array(column, TEXT, from_pandas=True)
    return column.to_numpy(dtype=TYPES.get(kind, "int64"))
