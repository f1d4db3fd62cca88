"""A column's raw bytes to typed values, many thousand cells at a time.

What is written plainly is read by kernels; every other cell goes, once for each distinct spelling, through the same
`clean` as a small file's. So the values are the same whichever way a file is read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from factbook.intake import clean, dates
from factbook.knowledge.exports import Column, exports
from factbook.records import Period

# Figures, moments and words are a numpy array, ids an arrow array. Words are few and come often, so that rows share
# one object for each; of ids nearly each is another one.
Values = Any
TEXT = pa.large_string()
TYPES = {"text": "O", "date": "datetime64[us]", "datetime": "datetime64[us]", **dict.fromkeys(clean.FIGURES, "float64")}
KINDS = frozenset({"id", *TYPES})
MANY = 1 / 12  # share of distinct spellings in a batch from which a kernel is quicker than a look at each
LEARNED = 200_000  # spellings of one column remembered from batch to batch
SPACES = " \t\r\n"
ID_WORDS = pa.array(sorted(word for word in clean.MISSING_NUMBER if word.isascii() and word.isalnum()))
AMOUNT = r"^(\d{1,12}|\d{1,3}(,\d{3}){1,3})(\.\d{1,2})?$"
WHOLE = r"^(\d{1,12}|\d{1,3}(,\d{3}){1,3})$"
# Where the digits of `2026/10/29 14:18:18` stand, and the marks between them.
DIGITS = ((0, 1, 2, 3), (5, 6), (8, 9), (11, 12), (14, 15), (17, 18))
MARKS = {10: " ", 13: ":", 16: ":"}
LENGTHS = (19, 16)  # with and without seconds


PLAIN = ("7", "1234")


class Unfit(Exception):
    """The file is not one to be read in pieces; the careful reader takes it whole."""


@dataclass(frozen=True)
class Read:
    """Values of a column, and which cells need a closer look: not understood, or the mark of a total."""

    values: Values
    odd: np.ndarray


@dataclass
class Reader:
    """Reads one column of one file, and remembers the spellings it has met."""

    spec: Column
    unit: str
    encoding: str
    period: Period | None = None  # what the file speaks of: it gives dates their year
    known: dict[bytes, tuple[Any, bool]] = field(default_factory=dict)

    def read(self, cells: pa.BinaryArray) -> Read:
        """The values of a batch of cells; raises UnicodeDecodeError."""
        kind = self.spec.kind
        if kind in DIRECT:
            return self._quickly(cells)
        coded = cells.dictionary_encode()
        many = kind in QUICK and len(coded.dictionary) > MANY * len(cells) and self._as_written
        return _spread(self._quickly(coded.dictionary) if many else self._learned(coded.dictionary), coded.indices)

    @cached_property
    def _as_written(self) -> bool:
        """Whether plain digits in this column mean what they say, in yuan and whole units."""
        done = clean.column(PLAIN, self.spec, self.unit)
        return not done.bad and done.values.tolist() == list(map(float, PLAIN))

    def _quickly(self, cells: pa.BinaryArray) -> Read:
        values, done = QUICK[self.spec.kind](cells)
        odd = np.zeros(len(cells), bool)
        if not done.all():
            coded = cells.filter(pa.array(~done)).dictionary_encode()
            rest = _spread(self._learned(coded.dictionary), coded.indices)
            odd[~done] = rest.odd
            values = _replaced(values, ~done, rest.values)
        return Read(values, odd)

    def _learned(self, distinct: pa.BinaryArray) -> Read:
        words = distinct.to_pylist()
        known = self.known if len(self.known) < LEARNED else {}
        known.update(self._cleaned([word for word in words if word not in known]))
        self.known = known
        found = [known[word] for word in words]
        return Read(self._column([value for value, _ in found]), np.array([odd for _, odd in found], bool))

    def _cleaned(self, words: list[bytes]) -> dict[bytes, tuple[Any, bool]]:
        if not words:
            return {}
        cells = [word.decode(self.encoding) for word in words]
        done = clean.column(cells, self.spec, self.unit, dates.Reading(self.period))
        if "date_order_unknown" in done.bad.values():
            raise Unfit  # only all dates of the file together can tell
        odd = [i in done.bad or cell.strip() in _totals() for i, cell in enumerate(cells)]
        ids = self.spec.kind == "id"
        values = pa.array(done.values, TEXT, from_pandas=True).to_pylist() if ids else done.values.to_numpy()
        return dict(zip(words, zip(values, odd, strict=True), strict=True))

    def _column(self, values: list[Any]) -> Values:
        kind = TYPES.get(self.spec.kind)
        return np.array(values, kind) if kind else pa.array(values, TEXT)


@cache
def _totals() -> frozenset[str]:
    marks = exports().markers
    return frozenset((*marks.totals, *marks.closing))


def _spread(once: Read, codes: pa.Array) -> Read:
    index = codes.to_numpy()
    values = once.values.take(codes) if isinstance(once.values, pa.Array) else once.values[index]
    return Read(values, once.odd[index])


def _replaced(values: Values, where: np.ndarray, by: Values) -> Values:
    if isinstance(values, pa.Array):
        return pc.replace_with_mask(values, pa.array(where), by)
    values[where] = by
    return values


def _as_text(cells: pa.BinaryArray) -> pa.LargeStringArray:
    # Bytes that are no UTF-8 stand in cells the kernels leave alone.
    return pc.cast(cells, options=pc.CastOptions(TEXT, allow_invalid_utf8=True))


def _ids(cells: pa.BinaryArray) -> tuple[Values, np.ndarray]:
    """Ids of Latin letters and digits, blanks around them cut off."""
    text = pc.ascii_trim(_as_text(cells), SPACES)
    plain = pc.and_not(pc.ascii_is_alnum(text), pc.is_in(text, ID_WORDS))
    return text, plain.to_numpy(zero_copy_only=False)


def _figures(cells: pa.BinaryArray, pattern: str) -> tuple[Values, np.ndarray]:
    """Numbers without a sign, with or without commas; NaN elsewhere."""
    text = _as_text(cells)
    plain = pc.match_substring_regex(text, pattern)
    digits = pc.replace_substring(pc.if_else(plain, text, "nan"), ",", "")
    return digits.cast(pa.float64()).to_numpy(zero_copy_only=False).copy(), plain.to_numpy(zero_copy_only=False)


def _counts(cells: pa.BinaryArray) -> tuple[Values, np.ndarray]:
    return _figures(cells, WHOLE)


def _money(cells: pa.BinaryArray) -> tuple[Values, np.ndarray]:
    values, done = _figures(cells, AMOUNT)
    return np.round(values, 2), done


def _moments(cells: pa.BinaryArray) -> tuple[Values, np.ndarray]:
    """Points in time written in full, with one kind of dash or slash; NaT elsewhere."""
    values = np.full(len(cells), np.datetime64("NaT"), "datetime64[us]")
    lengths = pc.binary_length(cells).to_numpy()
    for length in LENGTHS:
        here = np.flatnonzero(lengths == length)
        if len(here):
            values[here] = _written(_table(cells if len(here) == len(cells) else cells.take(pa.array(here)), length))
    return values, ~np.isnat(values)


def _table(cells: pa.BinaryArray, length: int) -> np.ndarray:
    """Cells of one length as rows of bytes."""
    offsets = np.frombuffer(cells.buffers()[1], np.int32)
    start = offsets[cells.offset]
    return np.frombuffer(cells.buffers()[2], np.uint8, len(cells) * length, start).reshape(-1, length)


def _written(rows: np.ndarray) -> np.ndarray:
    width = rows.shape[1]
    parts = [at for at in DIGITS if at[-1] < width]
    right = np.isin(rows[:, 4], (ord("/"), ord("-"))) & (rows[:, 4] == rows[:, 7])
    for at, mark in MARKS.items():
        right &= rows[:, at] == ord(mark) if at < width else True
    figures = []
    for places in parts:
        digits = rows[:, places] - ord("0")  # wraps round below "0", so that one comparison tells digits
        right &= (digits <= 9).all(axis=1)
        figures.append(digits.astype(np.int64) @ (10 ** np.arange(len(places))[::-1]))
    return _moment(np.stack([*figures, *[np.zeros(len(rows), np.int64)] * (6 - len(parts))]), right)


def _moment(figures: np.ndarray, right: np.ndarray) -> np.ndarray:
    year, month, day, hour, minute, second = figures
    right &= (year >= dates.FIRST_YEAR) & (year <= dates.last_year()) & (month >= 1) & (month <= 12) & (day >= 1)
    right &= (hour < 24) & (minute < 60) & (second < 60)
    months = np.where(right, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + np.where(right, day - 1, 0)
    right &= days.astype("datetime64[M]") == months  # 31 April is no day
    seconds = (hour * 3600 + minute * 60 + second).astype("timedelta64[s]")
    moments: np.ndarray = (days + seconds).astype("datetime64[us]")
    moments[~right] = np.datetime64("NaT")
    return moments


def is_blank(cells: pa.BinaryArray) -> np.ndarray:
    """Which cells hold nothing but blanks."""
    lengths = pc.binary_length(pc.ascii_trim(_as_text(cells), SPACES))
    bare: np.ndarray = pc.equal(lengths, 0).to_numpy(zero_copy_only=False)
    return bare


DIRECT = frozenset({"id", "datetime"})  # nearly every cell is another one
QUICK: dict[str, Callable[[pa.BinaryArray], tuple[Values, np.ndarray]]] = {
    "id": _ids,
    "count": _counts,
    "money": _money,
    "datetime": _moments,
}
