"""One cell of a table: its raw value for exporters, its words for readers, its mark-up for the page."""

from __future__ import annotations

import html as markup
import math
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pandas as pd

from factbook import fmt
from factbook.knowledge.words import label

DASH = "–"


def escape(text: object) -> str:
    """Text from a file, safe inside HTML."""
    return markup.escape(str(text), quote=True)


def raw(value: Any) -> Any:
    """The value as JSON can hold it: null for what is missing or not finite, ISO days, lists for pairs."""
    if isinstance(value, (list, tuple)):
        return [raw(part) for part in value]
    if isinstance(value, dict):
        return {str(key): raw(part) for key, part in value.items()}
    if value is None or pd.isna(value):
        return None
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    value = value.item() if hasattr(value, "item") else value
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _text(value: Any, _: str, language: str) -> str:
    return "" if value is None else str(value)


def _word(value: Any, table: str, language: str) -> str:
    return "" if value in (None, "") else label(table, value, language)


def _exact(value: Any, _: str, language: str) -> str:
    return fmt.money_exact(value, language)


def _optional(value: Any, unit: str, language: str) -> str:
    """A figure that need not exist (a goal nobody set): a dash, not "not measured"."""
    return DASH if value is None else fmt.figure(value, unit, language)


def _number(value: Any, _: str, language: str) -> str:
    """A count that is not rounded (rows of a file); empty where there is none."""
    return "" if value is None else fmt.in_full(value)


def _day(value: Any, _: str, language: str) -> str:
    return "" if value is None else fmt.day(date.fromisoformat(str(value)[:10]), language)


def interval(ends: Any, unit: str, language: str) -> str:
    """Two ends spelled as a range; a dash where there is none, one figure where both read the same."""
    known = [end for end in (ends or ()) if end is not None]
    said = list(dict.fromkeys(fmt.figure(end, unit, language) for end in known))
    joint = "至" if language == "zh" else " to "
    return joint.join(said) if said else DASH


SPELLINGS: dict[str, Callable[[Any, str, str], str]] = {
    "text": _text,
    "short": _text,  # words that stay on one line
    "aside": _text,  # words in a column of figures: they line up with the figures
    "word": _word,
    "mark": _word,
    "exact": _exact,
    "number": _number,
    "optional": _optional,
    "day": _day,
    "interval": interval,
}


def spell(value: Any, unit: str, language: str) -> str:
    """One cell as text; missing text is empty, a missing figure says that it is not measured.

    `unit` is a key of fmt.UNITS, or `text`, `exact` (money to the cent), `number` (a count, not rounded),
    `optional:UNIT` (a dash where there is none), `interval:UNIT`, `day`, `word:TABLE`, `mark:TABLE` (a word
    of words.toml, the latter as a coloured mark).
    """
    kind, _, inner = unit.partition(":")
    value = raw(value)
    if kind in SPELLINGS:
        return SPELLINGS[kind](value, inner, language)
    return fmt.figure(value, unit, language)


def is_text(unit: str) -> bool:
    """Whether the column reads from the left (words) or lines up on the right (figures)."""
    return unit.partition(":")[0] in ("text", "short", "word", "mark", "day")


def cell(value: Any, unit: str, language: str) -> str:
    """One `<td>`, escaped; a mark carries its word and, as a class, its code."""
    value = raw(value)
    said = escape(spell(value, unit, language))
    if unit.startswith("mark:") and said:
        said = f'<span class="fb-mark fb-{escape(value)}">{said}</span>'
    missing = " fb-short" if unit == "short" else " fb-missing" if value is None and not is_text(unit) else ""
    return f"<td{aligned(unit, missing)}>{said}</td>"


def aligned(unit: str, more: str = "") -> str:
    """The class of a cell; words also carry their side, because JupyterLab sets every cell of a table to the right."""
    return f' class="fb-text{more}" style="text-align:left"' if is_text(unit) else f' class="fb-number{more}"'
