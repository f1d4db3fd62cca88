"""One big file read as stock pandas reads it, then cleaned; nothing of ours is in the process."""

from __future__ import annotations

import sys
from typing import Any

import pandas as pd

from benchmarks.intake_files import KINDS, Big
from benchmarks.intake_run import measured

MISSING = ["", "-", "--", "—", "N/A", "null", "None"]


def by_pandas(name: str, path: str, how: str) -> tuple[int, float]:
    """Every column as text, then the cleaning that our tables get too; `how`: a text's encoding, a sheet's engine."""
    kind = KINDS[name]
    frame = pd.read_csv(path, dtype=str, encoding=how) if path.endswith(".csv") else _sheet(path, how)
    frame = cleaned(frame.drop(columns=list(kind.unused)), kind)
    return len(frame), float(frame[kind.total].sum())


def _sheet(path: str, engine: Any) -> pd.DataFrame:
    return pd.read_excel(path, dtype=str, engine=engine)


def cleaned(frame: pd.DataFrame, kind: Big) -> pd.DataFrame:
    """Blanks off, words for nothing out, figures and moments typed, rows without a key out, each key once."""
    for column in frame:
        cells: pd.Series = frame[column].str.strip(" \t\r\n'")
        cells = cells.mask(cells.isin(MISSING))
        if column in kind.figures:
            cells = pd.to_numeric(cells.str.replace(",", ""), errors="coerce")
        elif column in kind.moments:
            cells = pd.to_datetime(cells, format="%Y/%m/%d %H:%M:%S", errors="coerce")
        frame[column] = cells
    placed = frame[[*kind.keys, kind.moments[0]]].notna().all(axis=1)
    return frame[placed].drop_duplicates(list(kind.keys))


if __name__ == "__main__":
    measured(lambda: by_pandas(*sys.argv[1:]))
