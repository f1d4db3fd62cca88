"""What the tests of own live share: one area measured alone, and a sheet made of rows."""

from __future__ import annotations

from typing import Any

import pandas as pd

from factbook.measures import ready
from factbook.records import Case, Measures


def of(area: Any, made: Case) -> Measures:
    return Measures.concat(area.measure(ready(made)))


def table(rows: list[dict[str, Any]], file: str = "x.xlsx", *dates: str) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    frame = frame.assign(**{name: pd.to_datetime(frame[name]) for name in dates})
    return frame.assign(_file=file, _sheet="表", _row=range(2, len(frame) + 2))
