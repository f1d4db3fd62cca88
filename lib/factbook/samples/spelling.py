"""How the platform writes a figure: text cells, yuan with two places, fractions, `-` where there is nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from factbook.samples.draw import Floats, Ints

DASH = "-"


@dataclass(frozen=True, slots=True)
class Figure:
    """A column of a report: its header, how it is written, and from what."""

    header: str
    kind: str  # a key of SPELL
    value: str  # column of the frame
    by: str = ""  # denominator


def yuan(cents: pd.Series) -> list[str]:
    """Whole cents as yuan: 6104530 -> 61045.30."""
    return [f"{'-' if v < 0 else ''}{abs(v) // 100}.{abs(v) % 100:02d}" for v in cents.tolist()]


def whole(values: pd.Series) -> list[str]:
    """Counts, and amounts that the platform leaves in 分."""
    return [str(v) for v in values.tolist()]


def text(values: pd.Series) -> list[str]:
    return [DASH if v is None or v != v else str(v) for v in values.tolist()]


def _divide(top: pd.Series, bottom: pd.Series) -> Floats:
    upper, lower = np.asarray(top, dtype=float), np.asarray(bottom, dtype=float)
    return np.asarray(np.divide(upper, lower, out=np.full(len(upper), np.nan), where=lower != 0))


def _decimal(values: Floats, places: int) -> list[str]:
    return [DASH if v != v else f"{v:.{places}f}" for v in values.tolist()]


def grouped(cents: pd.Series | Ints) -> list[str]:
    """Whole cents as yuan with thousands apart: 153436 -> 1,534.36."""
    return [f"{v / 100:,.2f}" for v in cents.tolist()]


def wan(count: int, places: int = 1, unit: str = "万") -> str:
    """A count as the page shows it: from ten thousand on in 万, rounded."""
    return f"{count / 10_000:.{places}f}{unit}" if count >= 10_000 else str(count)


def minutes_seconds(seconds: float) -> str:
    """How long somebody stayed: 0分钟51秒."""
    return f"{round(seconds) // 60}分钟{round(seconds) % 60}秒"


def _percent(values: Floats, sign: str = "%") -> list[str]:
    return [DASH if v != v else f"{v * 100:.2f}{sign}" for v in values.tolist()]


def dashed(cells: Mapping[str, list[str]], dash: str) -> dict[str, list[str]]:
    """The same cells with another sign for nothing."""
    return {header: [dash if cell == DASH else cell for cell in column] for header, column in cells.items()}


SPELL: dict[str, Callable[[pd.Series, pd.Series], list[str]]] = {
    "text": lambda top, _: text(top),
    "date": lambda top, _: [f"{day:%Y%m%d}" for day in top],
    "time": lambda top, _: [f"{moment:%Y/%m/%d %H:%M:%S}" for moment in top],
    "yuan": lambda top, _: yuan(top),
    "count": lambda top, _: whole(top),
    "number": lambda top, _: _decimal(np.asarray(top, dtype=float), 2),
    # Shares of people come with the tail of a 32-bit number, as the platform writes them.
    "share": lambda top, _: [str(float(v)) for v in np.asarray(top, dtype=np.float32)],
    "ratio": lambda top, bottom: _decimal(_divide(top, bottom), 4),
    "yuan_each": lambda top, bottom: _decimal(_divide(top / 100, bottom), 2),
    "yuan_thousand": lambda top, bottom: _decimal(_divide(top * 10, bottom), 2),
    "hourly": lambda top, bottom: _decimal(_divide(top * 60, bottom), 2),
    "hourly_yuan": lambda top, bottom: _decimal(_divide(top * 0.6, bottom), 2),
    "minute": lambda top, _: [f"{moment:%Y/%m/%d %H:%M}" for moment in top],
    "grouped": lambda top, _: grouped(top),
    "grouped_each": lambda top, bottom: [DASH if v != v else f"{v:,.2f}" for v in _divide(top, bottom * 100).tolist()],
    "times": lambda top, bottom: _decimal(_divide(top, bottom), 2),
    "percent": lambda top, bottom: _percent(_divide(top, bottom)),
    "percent_bare": lambda top, bottom: _percent(_divide(top, bottom), ""),
    "percent_of_one": lambda top, _: _percent(np.asarray(top, dtype=float)),
    "wan": lambda top, _: [wan(int(v)) for v in top],
    "stay": lambda top, _: [minutes_seconds(float(v) * 60) for v in top],
    "clock": lambda top, _: [f"{int(v) // 60:02d}:{int(v) % 60:02d}" for v in top],
    "time_dashed": lambda top, _: [f"{moment:%Y-%m-%d %H:%M:%S}" for moment in top],
    "month_day": lambda top, _: [f"{moment:%m-%d %H:%M}" for moment in top],
    "wan2": lambda top, _: [wan(int(v), 2) for v in top],
    "wan_w": lambda top, _: [wan(int(v), 1, "w") for v in top],
    "hours": lambda top, _: [f"{int(v) // 60}小时{int(v) % 60}分钟" for v in top],
    "hms": lambda top, _: [f"{int(v) // 60}h{int(v) % 60}m17s" for v in top],
    "stay_short": lambda top, _: [minutes_seconds(float(v) * 60).replace("分钟", "分") for v in top],
    "none": lambda top, _: ["0"] * len(top),
}


def spell(frame: pd.DataFrame, figures: tuple[Figure, ...]) -> dict[str, list[str]]:
    """Each header with its cells as text, in order."""
    return {f.header: SPELL[f.kind](frame[f.value], frame[f.by] if f.by else frame[f.value]) for f in figures}
