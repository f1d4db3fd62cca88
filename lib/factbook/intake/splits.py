"""Cells that say several things at once: a range, a span of time, a name with an id, a day with an hour."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from factbook.intake import dates, figures

Pair = tuple[Any, Any]
_NAMED = re.compile(r"(.*?)[ \t]*[(（【\[](?:id[:：]? *)?(\d{6,})[)）】\]]\s*", re.IGNORECASE | re.DOTALL)
_DAY = re.compile(r"(\d{4}[-/.年]?\d{1,2}[-/.月]?\d{1,2}日?)[ T]*(.*)")
_HOUR = re.compile(r"(\d{1,2})(?:[:：时点h].*|\s*[-~].*)?")


def _span(cell: Any) -> Pair:
    return dates.ends_of(cell) or (cell, None)


def _days(cell: Any) -> Pair:
    return dates.ends_of(cell) or (cell, cell)  # one day is a period too


def _name_id(cell: Any) -> Pair:
    found = _NAMED.fullmatch(cell) if isinstance(cell, str) else None
    return (found[1] or None, found[2]) if found else (cell, None)


def _hour_slot(cell: Any) -> Pair:
    if isinstance(cell, datetime):
        return cell.date(), float(cell.hour)
    if isinstance(cell, date | time) or not isinstance(cell, str):
        return (cell, None) if isinstance(cell, date) else (None, cell)
    found = _DAY.fullmatch(cell.strip())
    return (found[1], found[2] or None) if found else (None, cell)


def hour(cell: Any) -> float | None:
    """The hour a slot of the day begins with (`09:00-10:00`, `9时`, 9); None when it is none."""
    if isinstance(cell, datetime | time):
        return float(cell.hour)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        value = float(cell)
        return value if value.is_integer() and 0 <= value < 24 else None
    found = _HOUR.fullmatch(figures.plain(cell))
    return float(found[1]) if found and int(found[1]) < 24 else None


SPLIT: Mapping[str, Callable[[Any], Pair]] = {
    "span": _span,
    "days": _days,
    "name_id": _name_id,
    "hour_slot": _hour_slot,
}


def split(cells: Sequence[Any], kind: str) -> tuple[list[Any], list[Any]]:
    """The two columns a column of such cells is (a range, unless `kind` says otherwise); each distinct cell once."""
    part = SPLIT.get(kind, figures.ends)
    pairs = {cell: part(cell) for cell in set(cells)}
    both = [pairs[cell] for cell in cells]
    return [first for first, _ in both], [second for _, second in both]
