"""Numbers, money, shares and dates as a reader sees them; the only place that writes a percent sign."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date

NOT_MEASURED = {"zh": "未测", "en": "not measured"}
MINUS = "−"


def _missing(value: float | None) -> bool:
    return value is None or not math.isfinite(value)


def _trim(value: float, digits: int) -> str:
    text = f"{abs(value):,.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{MINUS}{text}" if value < 0 and text.strip("0.,") else text


def _yuan(value: float, tenths_below: float) -> str:
    """Chinese yuan: 万 and 亿 do the grouping, so no comma ever; tenths of 万 only below the given size."""
    size = abs(value)
    if size >= 99_995_000:
        text = f"{_trim(value / 1e8, 2)}亿元"
    elif size >= 9_999.5:
        text = f"{_trim(value / 1e4, 1 if size < tenths_below else 0)}万元"
    else:
        text = f"{_trim(value, 0 if size >= 100 else 2)}元"
    return text.replace(",", "")


def money(value: float | None, language: str = "zh") -> str:
    """Yuan in a table or a picture, scaled for reading: `41.7万元`, `3000万元`; `¥417.0 k`, `¥30.00 M`."""
    if _missing(value):
        return NOT_MEASURED[language]
    assert value is not None
    if language == "zh":
        return _yuan(value, math.inf)
    sign, size = (MINUS if value < 0 else ""), abs(value)
    if size >= 999_500:
        return f"{sign}¥{size / 1e6:.2f} M"
    return f"{sign}¥{size / 1e3:,.1f} k" if size >= 10_000 else f"{sign}¥{_trim(size, 0 if size >= 100 else 2)}"


def money_said(value: float | None, language: str = "zh") -> str:
    """Yuan inside a sentence, as people say it: `42万元`, `3.6万元`, `8097元`; in English as in a table."""
    if _missing(value) or language != "zh":
        return money(value, language)
    assert value is not None
    return _yuan(value, 99_500)


def money_exact(value: float | None, language: str = "zh") -> str:
    """Yuan to the cent: `¥61,045.30`."""
    if _missing(value):
        return NOT_MEASURED[language]
    assert value is not None
    return f"{MINUS if round(value, 2) < 0 else ''}¥{abs(value):,.2f}"


def in_full(value: float) -> str:
    """A number that is not rounded, such as the rows of a file: `12,345`, `−336`."""
    return f"{MINUS if value < 0 else ''}{abs(value):,.12g}"


def percent(value: float | None, language: str = "zh", digits: int = 1) -> str:
    """A fraction as percent: 0.2368 -> `23.7%`; two figures where it is small."""
    if _missing(value):
        return NOT_MEASURED[language]
    assert value is not None
    digits = 2 if 0 < abs(value) < 0.0995 and digits == 1 else digits
    return f"{_trim(value * 100, digits)}%"


def points(value: float | None, language: str = "zh") -> str:
    """A difference of two fractions, in percentage points."""
    if _missing(value):
        return NOT_MEASURED[language]
    assert value is not None
    return f"{_trim(value * 100, 1)}{'个百分点' if language == 'zh' else ' pts'}"


def _wan(value: float, size: float) -> str:
    if size >= 99_995_000:
        return f"{_trim(value / 1e8, 2)}亿"
    return f"{_trim(value / 1e4, 1)}万" if size >= 10_000 else _trim(value, 0)


def count(value: float | None, language: str = "zh") -> str:
    """A count: `9926` / `9,926`, from 10,000 on `1.5万` / `15.1 k`."""
    if _missing(value):
        return NOT_MEASURED[language]
    assert value is not None
    size = abs(value)
    if language == "zh":
        return _wan(value, size).replace(",", "")
    if size < 10_000:
        return _trim(value, 0)
    return f"{_trim(value / 1e6, 2)} M" if size >= 999_500 else f"{_trim(value / 1e3, 1)} k"


def decimal(value: float | None, language: str = "zh", digits: int = 2) -> str:
    """A plain number such as a ratio of money to money or a score."""
    if _missing(value):
        return NOT_MEASURED[language]
    assert value is not None
    return _trim(value, digits)


def minutes(value: float | None, language: str = "zh") -> str:
    """Minutes under an hour as they are, hours above."""
    if _missing(value):
        return NOT_MEASURED[language]
    assert value is not None
    if abs(value) >= 60:
        return f"{_trim(value / 60, 1)}{'小时' if language == 'zh' else ' h'}"
    return f"{_trim(value, 2)}{'分钟' if language == 'zh' else ' min'}"


def _counted(value: float | None, language: str, zh: str, en: str) -> str:
    if _missing(value):
        return NOT_MEASURED[language]
    assert value is not None
    return f"{_trim(value, 1)}{zh}" if language == "zh" else f"{_trim(value, 1)} {en}"


def day(value: date, language: str = "zh") -> str:
    """`10月25日` / `25 Oct`."""
    if language == "zh":
        return f"{value.month}月{value.day}日"
    return f"{value.day} {value:%b}"


def span(start: date, end: date, language: str = "zh") -> str:
    """A period in words: `2026年10月1日至10月31日` / `1 Oct – 31 Oct 2026`; a single day once."""
    if start == end:
        return f"{start.year}年{day(start)}" if language == "zh" else f"{day(start, 'en')} {start.year}"
    if language == "zh":
        tail = day(end) if start.year == end.year else f"{end.year}年{day(end)}"
        return f"{start.year}年{day(start)}至{tail}"
    head = day(start, "en") if start.year == end.year else f"{day(start, 'en')} {start.year}"
    return f"{head} – {day(end, 'en')} {end.year}"


UNITS: dict[str, Callable[[float | None, str], str]] = {
    "cny": money,
    "cny_said": money_said,
    "fraction": percent,
    "points": points,
    "count": count,
    "people": count,
    "times": count,
    "minutes": minutes,
    "seconds": lambda value, language: _counted(value, language, "秒", "s"),
    "ratio": decimal,
    "score": lambda value, language: decimal(value, language, 0),
    "level": lambda value, language: decimal(value, language, 1),
    "days": lambda value, language: decimal(value, language, 1),
    "hours": lambda value, language: decimal(value, language, 1),
    "per_week": lambda value, language: decimal(value, language, 1),
}


def figure(value: float | None, unit: str, language: str = "zh") -> str:
    """A value spelled by its unit (a key of UNITS, as in knowledge/metrics/)."""
    return UNITS[unit](value, language)


def said(value: float | None, unit: str, language: str = "zh") -> str:
    """A value inside a sentence: as figure, but money as people say it."""
    return figure(value, "cny_said" if unit == "cny" else unit, language)
