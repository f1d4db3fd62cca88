"""Lengths of time, in every way the files write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import time, timedelta
from typing import Any

_LENGTH = re.compile(
    r"(?:(\d+(?:\.\d+)?) ?(?:天|d(?:ays?)?))? ?"
    r"(?:(\d+(?:\.\d+)?) ?(?:个?小时|时|h(?:ours?|rs?)?))? ?"
    r"(?:(\d+(?:\.\d+)?) ?(?:分钟|分|m(?:in(?:ute)?s?(?:\(s\))?)?))? ?"
    r"(?:(\d+(?:\.\d+)?) ?(?:秒钟|秒|s(?:ec(?:ond)?s?)?(?:\(s\))?))?"
)
_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d{1,2}(?:\.\d+)?)")


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
    found = _LENGTH.fullmatch(text.replace(",", "")) if text else None
    if not found or not any(found.groups()):
        return None
    days, hours, mins, seconds = (float(part or 0) for part in found.groups())
    return days * 1440 + hours * 60 + mins + seconds / 60
