"""How fast big exports are read, and in how much memory, beside pandas reading the same files with the same cleaning.

Every reading runs in a process of its own, so that its peak memory is its own; each line gives the median of some runs
and how many times faster, and what part of the memory. `--rows` and `--minutes` scale the files, which are simulated
into a temporary folder.

    python benchmarks/intake.py --rows 5000000 --minutes 1000000 --sheet-rows 100000
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.intake_files import MINUTES, ORDERS

PARTS = {"orders": ORDERS, "minutes": MINUTES}


@dataclass(frozen=True)
class Case:
    """A file to read: what it holds, and how it is written."""

    name: str
    rows: int
    suffix: str = ".csv"
    encoding: str = "utf-8"

    @property
    def label(self) -> str:
        """As a line of the table calls it."""
        return f"{self.rows:>9,} {self.name}, {self.encoding if self.suffix == '.csv' else 'xlsx'}"


@dataclass(frozen=True)
class Run:
    """One reading."""

    seconds: float
    peak_mb: float
    rows: int
    total: float


def main() -> None:
    """Simulate, read, print."""
    asked = _arguments()
    cases = [
        Case("orders", asked.rows),
        Case("orders", asked.rows, encoding="gb18030"),
        Case("minutes", asked.minutes),
        Case("minutes", asked.sheet_rows, ".xlsx"),
    ]
    print(f"{'':34}{'pandas':>18}{'ours':>18}{'ratio':>16}{'again':>9}")
    for case in cases:
        if asked.only in case.label:
            with tempfile.TemporaryDirectory() as folder:
                print(_line(case, Path(folder), asked.repeat), flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=5_000_000, help="order rows")
    parser.add_argument("--minutes", type=int, default=1_000_000, help="minute rows in the text file")
    parser.add_argument("--sheet-rows", type=int, default=100_000, help="minute rows in the workbook")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each reading")
    parser.add_argument("--only", default="", help="only lines that hold this word")
    return parser.parse_args()


def _line(case: Case, folder: Path, repeat: int) -> str:
    path = folder / "merchant" / "exports" / f"{case.name}{case.suffix}"
    path.parent.mkdir(parents=True)
    _child("simulate", case.name, str(case.rows), case.encoding, str(path))
    runs: dict[str, list[Run]] = {"pandas": [], "ours": [], "again": []}
    for turn in range(repeat):
        cache = folder / f"cache{turn}"
        runs["pandas"].append(_read("pandas", case, path, "off"))
        runs["ours"].append(_read("ours", case, path, str(cache)))
        runs["again"].append(_read("ours", case, path, str(cache)))
    assert len({(run.rows, round(run.total, 2)) for some in runs.values() for run in some}) == 1, runs
    return _spelled(case, {name: _median(some) for name, some in runs.items()})


def _median(runs: list[Run]) -> Run:
    middle = [statistics.median(getattr(run, name) for run in runs) for name in ("seconds", "peak_mb")]
    return Run(*middle, runs[0].rows, runs[0].total)


def _spelled(case: Case, runs: dict[str, Run]) -> str:
    pandas, ours, again = (runs[name] for name in ("pandas", "ours", "again"))
    figures = [f"{run.seconds:8.1f} s {run.peak_mb:5,.0f} MB" for run in (pandas, ours)]
    ratio = f"{pandas.seconds / ours.seconds:5.1f} × {ours.peak_mb / pandas.peak_mb:6.0%}"
    return f"{case.label:34}{figures[0]:>18}{figures[1]:>18}{ratio:>16}{again.seconds / ours.seconds:>9.0%}"


def _read(reader: str, case: Case, path: Path, cache: str) -> Run:
    return Run(**json.loads(_child(reader, case.name, case.encoding, str(path), cache=cache)))


def _child(*words: str, cache: str = "off") -> str:
    # A process of its own: nothing of it is left when the next one is measured.
    command = [sys.executable, "-m", "benchmarks.intake_readers", *words]
    environment = {**os.environ, "FACTBOOK_CACHE": cache}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


if __name__ == "__main__":
    main()
