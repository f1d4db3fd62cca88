"""One value into one cell: numbers as numbers, dates as dates, and every text as text, never as a formula."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from factbook.errors import ParameterError
from factbook.form.checks import Lists
from factbook.form.options import label_of, options
from factbook.form.style import Styles
from factbook.knowledge.form import FormColumn
from factbook.knowledge.metrics import metrics
from factbook.records import Language

CELL_LIMIT = 32_767  # letters Excel keeps in a cell


@dataclass(frozen=True)
class Desk:
    """What every sheet needs while the workbook is being written."""

    book: Any
    styles: Styles
    lists: Lists
    language: Language


def _day(value: Any, column: FormColumn, language: Language) -> Any:
    return pd.Timestamp(value).to_pydatetime()


def _label(value: Any, column: FormColumn, language: Language) -> Any:
    return label_of(str(value), column, language)


def _level(value: Any, column: FormColumn, language: Language) -> Any:
    if isinstance(value, str):  # "not applicable"
        return value
    return label_of(f"{value:g}", column, language) if options(column) else float(value)


def _figure(value: Any, column: FormColumn, language: Language) -> Any:
    return float(value)


# How a value of the tables is spelled in its cell; what is not named here is written as text.
SPELLERS: dict[str, Callable[[Any, FormColumn, Language], Any]] = {
    "choice": _label,
    "role": _label,
    "metric": _label,
    "level": _level,
    "money": _figure,
    "fraction": _figure,
    "number": _figure,
    "value": _figure,
    "date": _day,
}


def put(desk: Desk, page: Any, at: tuple[int, int], value: Any, column: FormColumn) -> None:
    """Writes a value at (row, column), both from 0; raises ParameterError where a text is too long."""
    look = desk.styles.of_kind(column.kind)
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        page.write_blank(*at, None, look)
        return
    said = SPELLERS[column.kind](value, column, desk.language) if column.kind in SPELLERS else str(value)
    if isinstance(said, str):
        _fits(said, column)
        page.write_string(*at, said, look)
    elif isinstance(said, datetime):
        page.write_datetime(*at, said, look)
    else:
        page.write_number(*at, said, look)


def _fits(text: str, column: FormColumn) -> None:
    if len(text) > CELL_LIMIT:
        place = f"{column.zh} {column.en}"
        raise ParameterError(f"{place}: a cell holds {CELL_LIMIT:,} letters, this text has {len(text):,}; shorten it")


def in_unit(row: dict[str, Any], column: FormColumn) -> FormColumn:
    """The column in the unit of the row's metric, so that a peer's rate is typed as a percentage."""
    metric = metrics().get(str(row.get("metric"))) if column.kind == "value" else None
    return column.model_copy(update={"kind": "fraction"}) if metric and metric.unit == "fraction" else column
