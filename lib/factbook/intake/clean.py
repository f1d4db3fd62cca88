"""Columns of cells to typed values: numbers, rates, lengths, dates, ids and text.

Missing is NaN, never 0. A cell that is not understood is missing too, and its position and reason are kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from factbook.intake import dates, figures, lengths, splits
from factbook.intake.dates import PLAIN as PLAIN_DATES
from factbook.intake.dates import Reading
from factbook.intake.figures import EDGES, number, percent
from factbook.knowledge.exports import Column

__all__ = ["FIGURES", "HEADER_SCALE", "MISSING", "MISSING_NUMBER", "Cleaned", "Raw", "column", "columns", "number"]

MISSING = frozenset({
    "", "-", "--", "—", "——", "–", "―", "N/A", "n/a", "#DIV/0!", "#N/A", "#VALUE!", "#REF!", "#NAME?", "#NUM!",
    "#NULL!", "None",
})  # fmt: skip
# What Excel writes where a figure was lost: it is missing, and that is said.
BROKEN = frozenset({"#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!"})
MISSING_NUMBER = (MISSING - BROKEN) | {"null", "NULL", "nan", "NaN", "NA", "无", "暂无", "暂无数据"}
# How many of a kind's unit are in a minute, and how many minutes in a header's unit.
LENGTHS = {"minutes": 1.0, "seconds": 60.0, "hours": 1 / 60}
_MINUTES = {
    "秒": 1 / 60,
    "s": 1 / 60,
    "sec": 1 / 60,
    "分钟": 1.0,
    "分": 1.0,
    "min": 1.0,
    "mins": 1.0,
    "小时": 60.0,
    "h": 60.0,
}
_LARGE = {"万": 1e4, "w": 1e4, "万元": 1e4, "万人": 1e4, "万次": 1e4, "亿元": 1e8}
# What a unit in the header does to a plain number of that kind.
HEADER_SCALE: dict[tuple[str, str], float] = {
    ("ratio", "%"): 0.01,
    ("money", "分"): 0.01,
    **{(kind, unit): size * each for kind, each in LENGTHS.items() for unit, size in _MINUTES.items()},
    **{(kind, unit): size for kind in ("money", "money_local", "count", "number") for unit, size in _LARGE.items()},
}
NO_UNIT = "?"  # a plain number of such a column cannot be read
PLAIN = {str, float, int}
LONG = 5_000  # rows from which a column is read by itself
EXACT = 2**53  # beyond it a number in a cell has lost its last digits
_ROUNDED_ID = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")
_NOT_NEGATIVE = frozenset({"count", "hour", *LENGTHS})
_MONEY = frozenset({"money", "money_fen", "money_local"})


@dataclass(frozen=True)
class Cleaned:
    """A column's values, and the positions that could not be used with the code of why."""

    values: pd.Series
    bad: dict[int, str]


@dataclass(frozen=True)
class Raw:
    """A column as it was read: its cells, what it holds, and the unit its header carries."""

    cells: Sequence[Any]
    spec: Column
    unit: str = ""


@dataclass(frozen=True)
class Columns:
    """The columns of a sheet: the figures as rows of one block, the others each by itself; `bad` as in `Cleaned`."""

    figures: tuple[str, ...]
    block: np.ndarray
    others: dict[str, pd.Series]
    bad: dict[str, dict[int, str]]

    def __contains__(self, name: str) -> bool:
        return name in self.others or name in self.figures

    def __getitem__(self, name: str) -> pd.Series:
        found = self.others.get(name)
        return pd.Series(self.block[self.figures.index(name)]) if found is None else found

    def frame(self, rows: np.ndarray) -> pd.DataFrame:
        """The rows where the mask is true."""
        whole = bool(rows.all())
        block = self.block if whole else self.block[:, rows]
        others = pd.DataFrame(self.others)
        others = others if whole else others[rows].reset_index(drop=True)
        return pd.concat([pd.DataFrame(block.T, columns=list(self.figures)), others], axis=1)


def columns(raw: Mapping[str, Raw], reading: Reading = PLAIN_DATES) -> Columns:
    """Clean the columns of one sheet, each by its kind; all columns are of one length."""
    sums = {name: one for name, one in raw.items() if one.spec.kind in FIGURES}
    size = len(next(iter(raw.values())).cells) if raw else 0
    block = _quick_numbers([one.cells for one in sums.values()], size)
    bad = {name: _numbers(one, block[row]) for row, (name, one) in enumerate(sums.items())}
    rest = {name: _CLEANERS[one.spec.kind](one, reading) for name, one in raw.items() if name not in sums}
    bad |= {name: one.bad for name, one in rest.items()}
    return Columns(tuple(sums), block, {name: one.values for name, one in rest.items()}, bad)


def column(cells: Sequence[Any], spec: Column, unit: str = "", reading: Reading = PLAIN_DATES) -> Cleaned:
    """Clean the cells of one column."""
    done = columns({"": Raw(cells, spec, unit)}, reading)
    return Cleaned(done[""], done.bad[""])


def _length(cell: Any, kind: str) -> float | None:
    found = lengths.minutes(cell)
    return None if found is None else found * LENGTHS[kind]


# Forms that carry their own unit, whatever the header says.
_OWN_UNIT: dict[str, Callable[[Any, str], float | None]] = {
    "ratio": lambda cell, _: percent(cell),
    "hour": lambda cell, _: splits.hour(cell),
    **dict.fromkeys(LENGTHS, _length),
}


def _parsed(cell: Any, raw: Raw) -> float | str:
    """A cell's figure, or the code of why it has none."""
    kind = raw.spec.kind
    own = _OWN_UNIT[kind](cell, kind) if kind in _OWN_UNIT and not isinstance(cell, bool) else None
    if own is not None or kind == "hour":
        return "cell_not_understood" if own is None else own
    plain = None if isinstance(cell, bool | date) else figures.amount(_in_its_currency(cell, raw))
    if plain is None:
        return "cell_not_understood"
    if raw.unit == NO_UNIT and plain.value:
        return "unit_unknown"
    if kind in ("money", "money_fen") and plain.currency not in ("", figures.YUAN):
        return "currency_foreign"
    return plain.value * HEADER_SCALE.get((kind, raw.unit), 1.0)


def _in_its_currency(cell: Any, raw: Raw) -> Any:
    return f"{raw.unit}{figures.plain(cell)}" if _no_cents(raw) and isinstance(cell, str) else cell


def _no_cents(raw: Raw) -> bool:
    return raw.spec.kind in _MONEY and figures.CURRENCY.get(raw.unit) in figures.NO_CENTS


def _foreign(raw: Raw) -> bool:
    return raw.spec.kind in ("money", "money_fen") and figures.CURRENCY.get(raw.unit, figures.YUAN) != figures.YUAN


def _quick_numbers(columns: Sequence[Sequence[Any]], size: int) -> np.ndarray:
    # Plain digits of a whole sheet are read in one go, a row of the result a column of the sheet.
    if size > LONG:
        return np.array([_of_long(cells) for cells in columns]).reshape(len(columns), size)
    return _digits(list(chain.from_iterable(columns))).reshape(len(columns), size)


def _of_long(cells: Sequence[Any]) -> np.ndarray:
    """The figures of a long column; each distinct text is read once."""
    if {*map(type, cells)} != {str}:
        return _digits(list(cells))
    codes, texts = pd.factorize(np.array(cells, object))
    return _digits(texts.tolist())[codes]


def _digits(cells: list[Any]) -> np.ndarray:
    if not set(map(type, cells)) <= PLAIN:
        cells = [cell if type(cell) in PLAIN else None for cell in cells]
    values = pd.to_numeric(pd.Series(cells, dtype=object), errors="coerce").to_numpy(float, copy=True)
    values[~np.isfinite(values)] = np.nan
    return values


def _numbers(raw: Raw, values: np.ndarray) -> dict[int, str]:
    """Read the cells that are no plain digits into `values`, and say which of all could not be used."""
    # They are few and mostly alike: each distinct text is read once, with care.
    cells, kind = raw.cells, raw.spec.kind
    scale = HEADER_SCALE.get((kind, raw.unit))
    if scale:
        values *= scale
    if raw.unit == NO_UNIT or kind == "hour" or _no_cents(raw) or _foreign(raw):
        values[values != 0] = np.nan  # every cell is looked at
    odd: list[int] = np.flatnonzero(np.isnan(values)).tolist()
    texts = {cells[i] for i in odd}
    parsed = {cell: _parsed(cell, raw) for cell in texts if not _missing(cell, MISSING_NUMBER)}
    if _foreign(raw):
        parsed = dict.fromkeys(parsed, "currency_foreign")
    if not parsed:
        return _within(values, {}, kind)
    known = {cell: found for cell, found in parsed.items() if not isinstance(found, str)}
    values[odd] = [known.get(cells[i], np.nan) for i in odd]
    return _within(values, {i: found for i in odd if isinstance(found := parsed.get(cells[i]), str)}, kind)


def _within(values: np.ndarray, bad: dict[int, str], kind: str) -> dict[int, str]:
    if kind in _NOT_NEGATIVE:
        below = np.flatnonzero(values < 0)
        values[below] = np.nan
        bad |= {int(i): "cell_negative" for i in below}
    if kind == "money_fen":
        values /= 100
    if kind in _MONEY:
        np.round(values, 2, out=values)
    return bad


def currencies(raw: Iterable[Raw]) -> frozenset[str]:
    """The currencies that headers and cells of a sheet's own money name."""
    found: set[str] = set()
    for one in (one for one in raw if one.spec.kind == "money_local"):
        named = figures.CURRENCY.get(one.unit)
        texts = {cell for cell in one.cells if isinstance(cell, str)} if not named else set()
        amounts = filter(None, map(figures.amount, texts))
        found |= {named} if named else {each.currency for each in amounts if each.currency}
    return frozenset(found)


def _missing(cell: Any, words: frozenset[str]) -> bool:
    return cell is None or (isinstance(cell, str) and cell.strip(EDGES) in words)


def _mapped(cells: Sequence[Any], spell: Callable[[Any], str | None]) -> pd.Series:
    spelled = {cell: spell(cell) for cell in set(cells)}
    return pd.Series([spelled[cell] for cell in cells], dtype="str")


def text(cell: Any) -> str | None:
    """Text verbatim, without the blanks around it; None where the cell says nothing."""
    if _missing(cell, MISSING):
        return None
    if isinstance(cell, str):
        return cell.strip(EDGES)
    return f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell)


def identity(cell: Any) -> str | None:
    """An id as text: no tabs, no leading apostrophe, no decimal point; None where its last digits are lost."""
    spelled = None if _is_rounded(cell) else text(cell)
    return spelled.replace("\t", "").lstrip("'").strip(EDGES) or None if spelled is not None else None


def _texts(raw: Raw, _: Reading) -> Cleaned:
    values, spec = _mapped(raw.cells, text), raw.spec
    if not spec.values:
        return Cleaned(values, {})
    known = {unicodedata.normalize("NFKC", word): code for word, code in spec.values.items()}
    codes = {word: known.get(unicodedata.normalize("NFKC", word), word) for word in values.dropna().unique()}
    strange = [word for word, code in codes.items() if word == code and code not in known.values()]
    bad = {int(i): "value_unknown" for i in np.flatnonzero(values.isin(strange))}
    return Cleaned(values.map(codes).astype("str"), bad)


def _ids(raw: Raw, _: Reading) -> Cleaned:
    cells = raw.cells
    lossy = {cell for cell in set(cells) if _is_rounded(cell)}
    bad = {i: "id_rounded" for i, cell in enumerate(cells) if cell in lossy} if lossy else {}
    return Cleaned(_mapped(cells, identity), bad)


def _is_rounded(cell: Any) -> bool:
    if isinstance(cell, str):
        return bool(_ROUNDED_ID.fullmatch(cell.strip(EDGES)))
    return isinstance(cell, float) and abs(cell) >= EXACT


def _days(raw: Raw, reading: Reading) -> Cleaned:
    cells = raw.cells
    # A period where a day belongs says nothing about a day: missing, and no mistake.
    values, bad = dates.moments(cells, MISSING_NUMBER, reading)
    spans = {cell for cell in set(cells) if dates.is_span(cell)}
    if spans:
        values = values.mask(pd.Series([cell in spans for cell in cells]))
    return Cleaned(values.dt.normalize(), bad)


def _moments(raw: Raw, reading: Reading) -> Cleaned:
    return Cleaned(*dates.moments(raw.cells, MISSING_NUMBER, reading))


FIGURES = frozenset({*_MONEY, *LENGTHS, "count", "ratio", "number", "hour"})
_CLEANERS: dict[str, Callable[[Raw, Reading], Cleaned]] = {
    "text": _texts,
    "id": _ids,
    "date": _days,
    "datetime": _moments,
}


def shown(cell: Any) -> str:
    """A cell as a person sees it, short enough for one line."""
    if isinstance(cell, datetime | date):
        return str(cell)
    spelled = f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell)
    spelled = " ".join(spelled.split())
    return spelled if len(spelled) <= 40 else f"{spelled[:39]}…"
