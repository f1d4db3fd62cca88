"""How fast big exports are read, and in how much memory, beside pandas reading the same files with the same cleaning.

Every reading runs in a process of its own, so that its peak memory is its own, with all that it imports; each line
gives the medians of some runs: seconds, the processors' seconds, peak memory, then how many times faster, what part of
the memory, and what part of the time a second reading takes. A workbook is held against both engines pandas can use.
`--rows` and `--minutes` scale the files, which are simulated into a temporary folder.

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
from importlib.util import find_spec
from pathlib import Path

MODULES = {"stock": "benchmarks.intake_stock", "ours": "benchmarks.intake_readers"}
ENGINES = {"openpyxl": "openpyxl", "calamine": "python_calamine"}  # pandas's own choice, and the faster one


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

    @property
    def ways(self) -> tuple[str, ...]:
        """How pandas is told to read it: the encoding of a text, the engines for a workbook."""
        return (
            (self.encoding,)
            if self.suffix == ".csv"
            else tuple(name for name, module in ENGINES.items() if find_spec(module))
        )


@dataclass(frozen=True)
class Run:
    """One reading."""

    seconds: float
    cpu: float
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
    print(f"{'seconds, of processors, peak':38}{'pandas':>26}{'ours':>26}{'ratio':>16}{'again':>8}")
    for case in cases:
        if asked.only in case.label:
            if case.suffix != ".csv" and len(case.ways) < len(ENGINES):
                print("not every engine of pandas is installed: pip install openpyxl python-calamine")
            with tempfile.TemporaryDirectory() as folder:
                print("\n".join(_lines(case, Path(folder), asked.repeat)), flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=5_000_000, help="order rows")
    parser.add_argument("--minutes", type=int, default=1_000_000, help="minute rows in the text file")
    parser.add_argument("--sheet-rows", type=int, default=100_000, help="minute rows in the workbook")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each reading")
    parser.add_argument("--only", default="", help="only lines that hold this word")
    return parser.parse_args()


def _lines(case: Case, folder: Path, repeat: int) -> list[str]:
    path = folder / "merchant" / "exports" / f"{case.name}{case.suffix}"
    path.parent.mkdir(parents=True)
    _child("ours", case.name, str(path), str(case.rows), case.encoding)
    runs: dict[str, list[Run]] = {name: [] for name in (*case.ways, "ours", "again")}
    for turn in range(repeat):
        for way in case.ways:
            runs[way].append(_read("stock", case.name, str(path), way))
        for name in ("ours", "again"):
            runs[name].append(_read("ours", case.name, str(path), cache=str(folder / f"cache{turn}")))
    assert len({(run.rows, round(run.total, 2)) for some in runs.values() for run in some}) == 1, runs
    medians = {name: _median(some) for name, some in runs.items()}
    return [_spelled(case, way, medians) for way in case.ways]


def _median(runs: list[Run]) -> Run:
    middle = [statistics.median(getattr(run, name) for run in runs) for name in ("seconds", "cpu", "peak_mb")]
    return Run(*middle, runs[0].rows, runs[0].total)


def _spelled(case: Case, way: str, runs: dict[str, Run]) -> str:
    stock, ours, again = (runs[name] for name in (way, "ours", "again"))
    figures = [f"{run.seconds:7.1f} s {run.cpu:5.1f} s {run.peak_mb:5,.0f} MB" for run in (stock, ours)]
    ratio = f"{stock.seconds / ours.seconds:5.1f} × {ours.peak_mb / stock.peak_mb:6.0%}"
    label = case.label if way == case.encoding else f"{case.label}, {way}"
    return f"{label:38}{figures[0]:>26}{figures[1]:>26}{ratio:>16}{again.seconds / ours.seconds:>8.0%}"


def _read(reader: str, *words: str, cache: str = "off") -> Run:
    return Run(**json.loads(_child(reader, *words, cache=cache)))


def _child(reader: str, *words: str, cache: str = "off") -> str:
    # A process of its own: nothing of it is left when the next one is measured.
    command = [sys.executable, "-m", MODULES[reader], *words]
    environment = {**os.environ, "FACTBOOK_CACHE": cache}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


if __name__ == "__main__":
    main()
