"""One cell to one value, or to what is wrong with it: a parser for each kind of column."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

import pandas as pd

from factbook import fmt
from factbook.form.options import code_of, options, plain
from factbook.knowledge.form import FormColumn, form
from factbook.knowledge.metrics import metrics

NUMBER = re.compile(r"([+-]?\d+(?:\.\d+)?)(%|万|亿|w)?")
DATE = re.compile(
    r"(?P<y>\d{4})(?:(?P<m>\d\d)(?P<d>\d\d)|\s*[-/.年]\s*(?P<mm>\d\d?)\s*[-/.月]\s*(?P<dd>\d\d?)\s*日?)"
    r"(?:[ T]\d\d?:\d\d(?::\d\d)?)?"
)
GROUPING = str.maketrans("−", "-", ", ¥元_\u00a0")
SCALE = {"": 1.0, "万": 1e4, "w": 1e4, "亿": 1e8}
ID_DIGITS = 15  # Excel keeps no more digits of a number than these


@dataclass(frozen=True, slots=True)
class Bad:
    """A cell that cannot be used: the problem's code, and the figures its sentence names."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)


Value = str | float | pd.Timestamp | None
Row = Mapping[str, Any]


@cache
def _missing() -> frozenset[str]:
    return frozenset(plain(word) for word in form().missing)


def is_missing(cell: object) -> bool:
    """Whether a cell says nothing: empty, blanks, or a word for "we have none"."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return True
    return isinstance(cell, str) and (not cell.strip() or plain(cell) in _missing())


def is_blank(cell: object, column: FormColumn) -> bool:
    """Whether a cell was left unanswered; "not applicable" is an answer where the column asks for it."""
    return _silent(cell, column) and not (column.not_applicable and isinstance(cell, str) and cell.strip())


def _silent(cell: object, column: FormColumn) -> bool:
    """Whether a cell says nothing in this column: "N/A" does not where it is one of the choices."""
    chosen = column.kind == "choice" and isinstance(cell, str) and code_of(cell, column) is not None
    return is_missing(cell) and not chosen


def as_text(cell: object) -> str:
    """A cell as its reader sees it, whole."""
    if isinstance(cell, float) and cell.is_integer():
        return f"{int(cell)}"
    return f"{cell:%Y-%m-%d}" if isinstance(cell, date) else str(cell).strip()


def spell(cell: object) -> str:
    """A cell for a sentence: long text is cut."""
    text = as_text(cell)
    return text if len(text) <= 40 else f"{text[:39]}…"


def _text(cell: object, column: FormColumn, row: Row) -> Value | Bad:
    return as_text(cell)


def _id(cell: object, column: FormColumn, row: Row) -> Value | Bad:
    if isinstance(cell, float) and abs(cell) >= 10**ID_DIGITS:
        return Bad("form_id_rounded", {"cell": spell(cell)})
    return _text(cell, column, row)


def _amount(cell: object) -> tuple[float, bool] | None:
    """A cell's number and whether it carried a percent sign; None when it is no number."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return None
    if not isinstance(cell, str):
        return (float(cell), False) if math.isfinite(cell) else None
    found = NUMBER.fullmatch(unicodedata.normalize("NFKC", cell).casefold().translate(GROUPING))
    if not found:
        return None
    figure, suffix = float(found[1]), found[2] or ""
    return (figure / 100, True) if suffix == "%" else (figure * SCALE[suffix], False)


def _within(value: float, cell: object, column: FormColumn) -> Value | Bad:
    low = -math.inf if column.min is None else column.min
    high = math.inf if column.max is None else column.max
    if low <= value <= high:
        return value
    return Bad("form_range", {"cell": spell(cell), "low": f"{low:g}", "high": f"{high:g}"})


def _number(cell: object, column: FormColumn, row: Row) -> Value | Bad:
    amount = _amount(cell)
    if amount is None or amount[1]:
        return Bad("form_number", {"cell": spell(cell)})
    return _within(amount[0], cell, column)


def _money(cell: object, column: FormColumn, row: Row) -> Value | Bad:
    value = _number(cell, column, row)
    negative = isinstance(value, float) and value < 0
    return Bad("form_negative", {"cell": spell(cell)}) if negative else value


def _fraction(cell: object, column: FormColumn, row: Row) -> Value | Bad:
    amount = _amount(cell)
    if amount is None:
        return Bad("form_number", {"cell": spell(cell)})
    value, signed = amount
    if not signed and 1 < value <= 100:
        # 45 may mean 45 % or a slip; dividing silently would be a guess.
        return Bad("form_percent", {"cell": spell(cell), "percent": fmt.percent(value / 100, digits=2)})
    low, high = (0.0 if column.min is None else column.min), (1.0 if column.max is None else column.max)
    if not low <= value <= high:
        ends = {"low": fmt.percent(low), "high": fmt.percent(high)}
        return Bad("form_fraction_range", {"cell": spell(cell), **ends})
    return value


def _level(cell: object, column: FormColumn, row: Row) -> Value | Bad:
    code = code_of(cell, column) if isinstance(cell, str) else None
    amount = _amount(code if code is not None else cell)
    low, high = (1.0 if column.min is None else column.min), (5.0 if column.max is None else column.max)
    if amount and not amount[1] and amount[0].is_integer() and low <= amount[0] <= high:
        return amount[0]
    return Bad("form_level", {"cell": spell(cell), "low": f"{low:g}", "high": f"{high:g}"})


def _choice(cell: object, column: FormColumn, row: Row) -> Value | Bad:
    code = code_of(as_text(cell), column)
    if code is not None:
        return code
    zh, en = ("、".join(c.zh for c in options(column)), ", ".join(c.en for c in options(column)))
    return Bad("form_choice", {"cell": spell(cell), "allowed_zh": zh, "allowed_en": en})


def _item(cell: object, column: FormColumn, row: Row) -> Value | Bad:
    codes = [choice.code for choice in options(column)]
    found = code_of(as_text(cell), column)
    return found or Bad("form_item", {"cell": spell(cell), "first": codes[0], "last": codes[-1]})


def _metric(cell: object, column: FormColumn, row: Row) -> Value | Bad:
    # An edited label still names its metric by the id behind the bar.
    text = as_text(cell)
    found = code_of(text, column) or code_of(text.rpartition("|")[2], column)
    return found or Bad("form_metric", {"cell": spell(cell)})


def _value(cell: object, column: FormColumn, row: Row) -> Value | Bad:
    metric = metrics().get(str(row.get("metric")))
    return (_fraction if metric and metric.unit == "fraction" else _number)(cell, column, row)


def _day(cell: object) -> date | None:
    if isinstance(cell, date):
        return date(cell.year, cell.month, cell.day)
    found = DATE.fullmatch(unicodedata.normalize("NFKC", spell(cell)))
    if not found:
        return None
    year, month, day = (found["y"], found["m"] or found["mm"], found["d"] or found["dd"])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:  # 31 June: the caller names it as no date
        return None


def _date(cell: object, column: FormColumn, row: Row) -> Value | Bad:
    day = _day(cell)
    if day is None:
        return Bad("form_date", {"cell": spell(cell)})
    if not form().earliest <= day <= form().latest:
        first, last = str(form().earliest), str(form().latest)
        return Bad("form_date_range", {"cell": spell(cell), "first": first, "last": last})
    return pd.Timestamp(day)


PARSERS: dict[str, Callable[[object, FormColumn, Row], Value | Bad]] = {
    "text": _text,
    "id": _id,
    "choice": _choice,
    "role": _choice,
    "level": _level,
    "item": _item,
    "practice": _item,
    "metric": _metric,
    "value": _value,
    "money": _money,
    "fraction": _fraction,
    "number": _number,
    "date": _date,
}


def parse(cell: object, column: FormColumn, row: Row) -> Value | Bad:
    """A cell as its column's kind: its value, None where it says nothing, or what is wrong with it.

    `row` holds the values already read to its left (a peer value takes the unit of its metric).
    """
    return None if _silent(cell, column) else PARSERS[column.kind](cell, column, row)
