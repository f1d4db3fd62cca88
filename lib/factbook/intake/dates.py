"""Every way the files write a day or a moment."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from factbook.records import Period

Moment = datetime | None
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel counts days from here
SERIALS = (20_000, 80_000)  # 1954 to 2119: an Excel serial number, nothing else a cell would hold
BEIJING = timedelta(hours=8)
FORMATS = ("%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M")
FIRST_YEAR = 2016
FIRST = 9  # cells of a column by which it is told how its dates are written; some may be no dates
LOOK_BACK = 180  # days before the day in a file's name in which its dates without a year may lie

_TIME = r"(?:[ T_]+(\d{1,2})[-:时点_](\d{1,2})(?:[-:分_](\d{1,2})(?:\.\d+)?秒?)?分?)?"
_SPELLED = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?" + _TIME + r"(?: ?(Z|\(?UTC[^)]*\)?|[+-]\d\d:?\d\d))?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?()(?:\.0)?")
_TURNED = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})" + _TIME)  # day or month first, the year last
_YEARLESS = re.compile(r"(\d{1,2})[-/月](\d{1,2})日?" + _TIME)
_SPAN = re.compile(
    r"(.+?)(?: *[~至] *| - | to |(?<=\d{8})-(?=\d{8})|(?<=:\d\d)-(?=\d{4})|(?<=\d\d-\d\d)-(?=\d{4}-\d)"
    r"|(?<=/\d\d)-(?=\d{4}/)|(?<=/\d{4})-(?=\d{1,2}/))(.+)"
)


@dataclass(frozen=True)
class Reading:
    """What a file tells of its dates: the period it speaks of, and whether days come before months (None: unknown)."""

    period: Period | None = None
    day_first: bool | None = None


PLAIN = Reading()


def moment(cell: Any, reading: Reading = PLAIN) -> Moment:
    """A cell as a point in time (Beijing); the start where it holds a span; None when it is no date."""
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None)
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _serial(float(cell)) or _written(f"{cell:.0f}", reading)
    text = _plain(cell)
    number = re.fullmatch(r"\d{5}(\.\d+)?", text)
    return _serial(float(text)) if number else (_written(text, reading) or _span_start(text, reading))


def _plain(cell: Any) -> str:
    return unicodedata.normalize("NFKC", str(cell)).strip(" \t\r\n'")


def span(cell: Any, reading: Reading = PLAIN) -> tuple[datetime, datetime] | None:
    """The two ends of a cell that holds a span (`20260723-20260729`); None when it holds none."""
    ends = ends_of(cell)
    if ends is None:
        return None
    known = reading if reading.day_first is not None else Reading(reading.period, day_first([cell]))
    start, end = (_written(part, known) for part in ends)
    return (start, end) if start and end and start <= end else None


def ends_of(cell: Any) -> tuple[str, str] | None:
    """The two texts of a cell written as a span; None when it is not."""
    found = _SPAN.fullmatch(_plain(cell)) if isinstance(cell, str) else None
    return (found[1].strip(), found[2].strip()) if found else None


def is_span(cell: Any) -> bool:
    """Whether a cell holds two different days, which is a period and not a day."""
    found = span(cell) if isinstance(cell, str) else None
    return bool(found and found[0].date() != found[1].date())


def _span_start(text: str, reading: Reading) -> Moment:
    ends = ends_of(text)
    return _written(ends[0], reading) if ends and _written(ends[1], reading) else None


def _serial(number: float) -> Moment:
    if not SERIALS[0] <= number < SERIALS[1]:
        return None
    return EPOCH + timedelta(seconds=round(number * 86_400))


def _written(text: str, reading: Reading) -> Moment:
    found = _SPELLED.fullmatch(text) or _COMPACT.fullmatch(text)
    if found:
        when = _made(found.groups()[:6])
        # Z means UTC; a named zone such as (UTC+7) is the shop's own wall clock and stays as printed.
        return when + BEIJING if when and found[7] == "Z" else when
    if (turned := _TURNED.fullmatch(text)) and reading.day_first is not None:
        first, second, year, *rest = turned.groups()
        day, month = (first, second) if reading.day_first else (second, first)
        return _made((year, month, day, *rest))
    yearless = _YEARLESS.fullmatch(text)
    return _in_year(yearless.groups(), reading.period) if yearless and reading.period else None


def _made(parts: Iterable[str | None]) -> Moment:
    try:
        year, month, day, hour, minute, second = (int(part or 0) for part in parts)
        return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001
    except ValueError:
        return None


def _in_year(parts: tuple[str | None, ...], period: Period) -> Moment:
    """A date without its year: the one that lies in the period, or shortly before the day a file was made."""
    back = LOOK_BACK if period.days == 1 else 0
    first, last = period.start - timedelta(days=back), period.end + timedelta(days=1)
    years = range(last.year, first.year - 1, -1)
    found = (when for year in years if (when := _made((str(year), *parts))))
    # A session that began on the period's last evening may end on the next day.
    return next((when for when in found if first <= when.date() <= last), None)


def day_first(cells: Iterable[Any]) -> bool | None:
    """Whether `01/05/2026` is a day in May: told by a cell that can only be read one way; None without one."""
    firsts: set[int] = set()
    seconds: set[int] = set()
    for text in {_plain(cell) for cell in cells if isinstance(cell, str)}:
        for part in ends_of(text) or (text,):
            if turned := _TURNED.fullmatch(part):
                firsts.add(int(turned[1]))
                seconds.add(int(turned[2]))
    day, month = max(firsts, default=0) > 12, max(seconds, default=0) > 12
    return day if day != month else None


def order_in(columns: Iterable[Sequence[Any]]) -> bool | None:
    """As `day_first`, of all columns of a sheet that hold dates; only those written this way are looked at."""
    turned = (cells for cells in columns if any(map(_is_turned, _first_texts(cells))))
    return day_first(cell for cells in turned for cell in set(cells))


def _first_texts(cells: Sequence[Any]) -> list[str]:
    texts = (cell for cell in cells if isinstance(cell, str) and cell.strip())
    return list(islice(texts, FIRST))


def _is_turned(cell: str) -> bool:
    text = _plain(cell)
    return any(map(_TURNED.fullmatch, ends_of(text) or (text,)))


def code_of(cell: Any) -> str:
    """Why a cell that is no date is none: its year or its order is not known, or it is no date at all."""
    text = _plain(cell)
    part = (ends_of(text) or (text,))[0]
    if _TURNED.fullmatch(part):
        return "date_order_unknown"
    return "date_without_year" if _possible(part) else "date_not_understood"


def _possible(text: str) -> bool:
    found = _YEARLESS.fullmatch(text)
    return bool(found and _made(("2024", *found.groups())))  # a leap year: any day that exists


def moments(
    cells: Sequence[Any], missing: frozenset[str], reading: Reading = PLAIN
) -> tuple[pd.Series, dict[int, str]]:
    """A column as datetime64, and the positions not understood or out of range with the code of why."""
    quick = _quick(cells)
    odd: list[int] = np.flatnonzero(quick.isna().to_numpy()).tolist()
    slow = {cell: moment(cell, reading) for cell in {cells[i] for i in odd}}
    values = quick.to_numpy(copy=True)
    values[odd] = [np.datetime64(slow[cells[i]] or "NaT", "us") for i in odd]
    lost = [i for i in odd if slow[cells[i]] is None and not _is_blank(cells[i], missing)]
    series = pd.Series(values)
    far = series.dt.year.lt(FIRST_YEAR) | series.dt.year.gt(last_year())
    bad = {i: code_of(cells[i]) for i in lost}
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
