"""Every way the files write a day, a moment or a length of time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
import pandas as pd

Moment = datetime | None
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel counts days from here
SERIALS = (20_000, 80_000)  # 1954 to 2119: an Excel serial number, nothing else a cell would hold
BEIJING = timedelta(hours=8)
FORMATS = ("%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M")
FIRST_YEAR = 2016

_SPELLED = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[ T]+(\d{1,2})[-:时_](\d{1,2})(?:[-:分_](\d{1,2})(?:\.\d+)?秒?)?)?"
    r"(?: ?(Z|\(?UTC[^)]*\)?|[+-]\d\d:?\d\d))?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?()(?:\.0)?")
_SPAN = re.compile(r"(.+?)(?: *[~至] *| - |(?<=\d{8})-(?=\d{8}))(.+)")
_LENGTH = re.compile(
    r"(?:(\d+(?:\.\d+)?) ?(?:天|d(?:ays?)?))? ?"
    r"(?:(\d+(?:\.\d+)?) ?(?:小时|时|h(?:ours?|rs?)?))? ?"
    r"(?:(\d+(?:\.\d+)?) ?(?:分钟|分|m(?:in(?:ute)?(?:\(?s\)?)?)?))? ?"
    r"(?:(\d+(?:\.\d+)?) ?(?:秒钟|秒|s(?:ec(?:onds?)?)?))?"
)
_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d{1,2})(?:\.\d+)?")


def moment(cell: Any) -> Moment:
    """A cell as a point in time (Beijing); the start where it holds a span; None when it is no date."""
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None)
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _serial(float(cell)) or _written(f"{cell:.0f}")
    text = unicodedata.normalize("NFKC", str(cell)).strip(" \t\r\n'")
    number = re.fullmatch(r"\d{5}(\.\d+)?", text)
    return _serial(float(text)) if number else (_written(text) or _span_start(text))


def is_span(cell: Any) -> bool:
    """Whether a cell holds two different days (`20260723-20260729`), which is a period and not a day."""
    found = _SPAN.fullmatch(str(cell).strip()) if isinstance(cell, str) else None
    ends = [_written(part.strip()) for part in found.groups()] if found else []
    return len(ends) == 2 and all(ends) and ends[0].date() != ends[1].date()  # type: ignore[union-attr]


def _span_start(text: str) -> Moment:
    found = _SPAN.fullmatch(text)
    return _written(found[1].strip()) if found and _written(found[2].strip()) else None


def _serial(number: float) -> Moment:
    if not SERIALS[0] <= number < SERIALS[1]:
        return None
    return EPOCH + timedelta(seconds=round(number * 86_400))


def _written(text: str) -> Moment:
    found = _SPELLED.fullmatch(text) or _COMPACT.fullmatch(text)
    if not found:
        return None
    try:
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
        when = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001
    except ValueError:
        return None
    # Z means UTC; a named zone such as (UTC+7) is the shop's own wall clock and stays as printed.
    return when + BEIJING if found[7] == "Z" else when


def minutes(cell: Any) -> float | None:
    """A length of time in minutes; None when it is none. A plain number is not decided here."""
    if isinstance(cell, timedelta):
        return cell.total_seconds() / 60
    if isinstance(cell, time):
        return cell.hour * 60 + cell.minute + cell.second / 60
    text = unicodedata.normalize("NFKC", str(cell)).strip().casefold()
    if clock := _CLOCK.fullmatch(text):
        hours, mins, seconds = (float(part or 0) for part in clock.groups())
        return hours * 60 + mins + seconds / 60
    found = _LENGTH.fullmatch(text) if text else None
    if not found or not any(found.groups()):
        return None
    days, hours, mins, seconds = (float(part or 0) for part in found.groups())
    return days * 1440 + hours * 60 + mins + seconds / 60


def moments(cells: Sequence[Any], missing: frozenset[str]) -> tuple[pd.Series, dict[int, str]]:
    """A column as datetime64, and the positions not understood or out of range with the code of why."""
    quick = _quick(cells)
    odd: list[int] = np.flatnonzero(quick.isna().to_numpy()).tolist()
    slow = {cell: moment(cell) for cell in {cells[i] for i in odd}}
    values = quick.to_numpy(copy=True)
    values[odd] = [np.datetime64(slow[cells[i]] or "NaT", "us") for i in odd]
    lost = [i for i in odd if slow[cells[i]] is None and not _is_blank(cells[i], missing)]
    series = pd.Series(values)
    far = series.dt.year.lt(FIRST_YEAR) | series.dt.year.gt(last_year())
    bad = dict.fromkeys(lost, "date_not_understood")
    return series.mask(far), bad | dict.fromkeys(np.flatnonzero(far).tolist(), "date_out_of_range")


def last_year() -> int:
    """The last year a date may lie in."""
    return date.today().year + 1  # noqa: DTZ011 - the desk's own calendar


def _quick(cells: Sequence[Any]) -> pd.Series:
    # Most columns are written in one way throughout; pandas reads those in one go.
    texts = pd.Series([cell if isinstance(cell, str) else None for cell in cells], dtype=object)
    sample = next((cell for cell in texts if cell and cell[:1].isdigit()), "")
    for form in FORMATS:
        if pd.notna(pd.to_datetime(sample, format=form, errors="coerce")):
            return pd.to_datetime(texts, format=form, errors="coerce").astype("datetime64[us]")
    return pd.Series(np.full(len(cells), np.datetime64("NaT"), dtype="datetime64[us]"))


def _is_blank(cell: Any, missing: frozenset[str]) -> bool:
    return cell is None or (isinstance(cell, str) and cell.strip() in missing)
