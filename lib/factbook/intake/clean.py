"""Columns of cells to typed values: numbers, rates, lengths, dates, ids and text.

Missing is NaN, never 0. A cell that is not understood is missing too, and its position and reason are kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from factbook.intake import dates
from factbook.knowledge.exports import Column

MISSING = frozenset({"", "-", "--", "—", "——", "–", "―", "N/A", "n/a", "#DIV/0!", "#N/A", "#VALUE!", "#REF!", "None"})
MISSING_NUMBER = MISSING | {"null", "NULL", "nan", "NaN", "NA", "无", "暂无", "暂无数据"}
EDGES = " \t\r\n\u3000\xa0"
POWER = {"": 0, "千": 3, "k": 3, "万": 4, "w": 4, "百万": 6, "亿": 8, "%": -2, "‰": -3}
# What a unit in the header does to a plain number of that kind.
HEADER_SCALE = {
    ("ratio", "%"): 0.01,
    ("minutes", "秒"): 1 / 60,
    ("minutes", "小时"): 60.0,
    ("money", "万元"): 1e4,
    ("money", "分"): 0.01,
}
PLAIN = {str, float, int}
EXACT = 2**53  # beyond it a number in a cell has lost its last digits

_NUMBER = re.compile(
    r"(\()?([+-]?)(?:¥|\$|rmb|cny)?([+-]?)(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?(万|w|亿|k|千|百万)?(?:元|₫|次|人|件|单|个)?(\))?"
)
_PERCENT = re.compile(r"([+-]?(?:\d[\d,]*(?:\.\d+)?|\.\d+))([%‰])")
_ROUNDED_ID = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")


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


def columns(raw: Mapping[str, Raw]) -> dict[str, Cleaned]:
    """Clean the columns of one sheet, each by its kind; all columns are of one length."""
    figures = {name: one for name, one in raw.items() if one.spec.kind in FIGURES}
    quick = _quick_numbers([one.cells for one in figures.values()])
    numbers = {name: _numbers(one, quick[row]) for row, (name, one) in enumerate(figures.items())}
    return {name: numbers[name] if name in numbers else _CLEANERS[one.spec.kind](one) for name, one in raw.items()}


def column(cells: Sequence[Any], spec: Column, unit: str = "") -> Cleaned:
    """Clean the cells of one column."""
    return columns({"": Raw(cells, spec, unit)})[""]


def _plain(cell: Any) -> str:
    return unicodedata.normalize("NFKC", str(cell)).casefold().replace(" ", "").strip(EDGES)


def number(cell: Any) -> float | None:
    """A number as people write it (`1,234.56`, `¥1,741.24`, `1.16万`, `(12)`); None when it is none."""
    found = _NUMBER.fullmatch(_plain(cell))
    if not found or not (found[4] or found[5]) or bool(found[1]) != bool(found[7]):
        return None
    # The exponent is read with the digits, so that 1.16万 is the same float as 11600.
    size = float(f"{(found[4] or '0').replace(',', '')}{found[5] or ''}e{POWER[found[6] or '']}")
    return -size if "-" in (found[2] + found[3]) or found[1] else size


def percent(cell: Any) -> float | None:
    """A percent as a fraction: `5.95%` is 0.0595; None without the sign."""
    found = _PERCENT.fullmatch(_plain(cell))
    return float(f"{found[1].replace(',', '')}e{POWER[found[2]]}") if found else None


# Forms that carry their own unit, whatever the header says.
_OWN_UNIT: dict[str, Callable[[Any], float | None]] = {"ratio": percent, "minutes": dates.minutes}


def _parsed(cell: Any, kind: str, scale: float) -> float | None:
    if isinstance(cell, bool | date):
        return None
    own = _OWN_UNIT[kind](cell) if kind in _OWN_UNIT else None
    plain = number(cell) if own is None else None
    return own if plain is None else plain * scale


def _quick_numbers(columns: Sequence[Sequence[Any]]) -> np.ndarray:
    # Plain digits of a whole sheet are read in one go, a row of the result a column of the sheet.
    flat = list(chain.from_iterable(columns))
    if not set(map(type, flat)) <= PLAIN:
        flat = [cell if type(cell) in PLAIN else None for cell in flat]
    values = pd.to_numeric(pd.Series(flat, dtype=object), errors="coerce").to_numpy(float, copy=True)
    values[~np.isfinite(values)] = np.nan
    return values.reshape(len(columns), len(columns[0]) if columns else 0)


def _numbers(raw: Raw, values: np.ndarray) -> Cleaned:
    # The cells that are no plain digits are few and mostly alike: each distinct text is read once, with care.
    cells, kind = raw.cells, raw.spec.kind
    scale = HEADER_SCALE.get((kind, raw.unit), 1.0)
    values = values * scale
    odd: list[int] = np.flatnonzero(np.isnan(values)).tolist()
    texts = {cells[i] for i in odd}
    parsed = {cell: _parsed(cell, kind, scale) for cell in texts if not _missing(cell, MISSING_NUMBER)}
    if not parsed:
        return _within(values, {}, kind)
    values[odd] = [parsed.get(cells[i], np.nan) for i in odd]  # None becomes NaN
    return _within(values, {i: "cell_not_understood" for i in odd if parsed.get(cells[i], 0.0) is None}, kind)


def _within(values: np.ndarray, bad: dict[int, str], kind: str) -> Cleaned:
    if kind in ("count", "minutes"):
        below = np.flatnonzero(values < 0)
        values[below] = np.nan
        bad |= {int(i): "cell_negative" for i in below}
    if kind == "money_fen":
        values /= 100
    if kind in ("money", "money_fen"):
        values = np.round(values, 2)
    return Cleaned(pd.Series(values), bad)


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
    """An id as text: no trailing tab, no leading apostrophe, no decimal point."""
    spelled = text(cell)
    return spelled.lstrip("'").strip(EDGES) or None if spelled is not None else None


def _texts(raw: Raw) -> Cleaned:
    values, spec = _mapped(raw.cells, text), raw.spec
    if not spec.values:
        return Cleaned(values, {})
    known = {unicodedata.normalize("NFKC", word): code for word, code in spec.values.items()}
    codes = {word: known.get(unicodedata.normalize("NFKC", word), word) for word in values.dropna().unique()}
    strange = [word for word, code in codes.items() if word == code and code not in known.values()]
    bad = {int(i): "value_unknown" for i in np.flatnonzero(values.isin(strange))}
    return Cleaned(values.map(codes).astype("str"), bad)


def _ids(raw: Raw) -> Cleaned:
    cells = raw.cells
    lossy = {cell for cell in set(cells) if _is_rounded(cell)}
    bad = {i: "id_rounded" for i, cell in enumerate(cells) if cell in lossy} if lossy else {}
    return Cleaned(_mapped(cells, identity), bad)


def _is_rounded(cell: Any) -> bool:
    if isinstance(cell, str):
        return bool(_ROUNDED_ID.fullmatch(cell.strip(EDGES)))
    return isinstance(cell, float) and abs(cell) >= EXACT


def _days(raw: Raw) -> Cleaned:
    cells = raw.cells
    # A period where a day belongs says nothing about a day: missing, and no mistake.
    values, bad = dates.moments(cells, MISSING_NUMBER)
    spans = {cell for cell in set(cells) if dates.is_span(cell)}
    if spans:
        values = values.mask(pd.Series([cell in spans for cell in cells]))
    return Cleaned(values.dt.normalize(), bad)


def _moments(raw: Raw) -> Cleaned:
    return Cleaned(*dates.moments(raw.cells, MISSING_NUMBER))


FIGURES = frozenset({"money", "money_fen", "count", "ratio", "minutes", "number"})
_CLEANERS: dict[str, Callable[[Raw], Cleaned]] = {
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
