"""Where the time of a diagnosis goes, warm and without drawing: `python -m benchmarks.diagnose [FOLDER] [--runs N]`.

Every stage is timed in the same run, so that the shares hold on any machine; seconds are CPU time of this process,
the best of some runs. The last lines set the areas of the measures side by side.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from factbook import diagnosis
from factbook.diagnosis.spine import assemble
from factbook.diagnosis.store import document
from factbook.intake import read_case
from factbook.judgement import judge, plan
from factbook.measures import AREAS, measure, ready

ROOT = Path(__file__).resolve().parents[1]
LARGEST = ROOT / "data" / "samples" / "appliances"
MOST_AREAS = 12
T = TypeVar("T")


class Clock:
    """CPU seconds by stage, the best of all runs."""

    def __init__(self) -> None:
        self.best: dict[str, float] = {}

    def time(self, name: str, work: Callable[[], T]) -> T:
        """Do the work and keep its time where it is the shortest so far."""
        started = time.process_time()
        done = work()
        self.best[name] = min(self.best.get(name, float("inf")), time.process_time() - started)
        return done

    def told(self, most: int | None = None) -> list[str]:
        """A line a stage, longest first, with its share of all."""
        total = sum(self.best.values())
        ordered = sorted(self.best.items(), key=lambda item: -item[1])[:most]
        return [f"  {name:<24} {seconds:7.3f} s {seconds / total:6.1%}" for name, seconds in ordered]


def stages(folder: Path, clock: Clock) -> None:
    """The five statements of the spine, one by one."""
    case = clock.time("read (cached)", lambda: read_case(folder))
    measures = clock.time("measure", lambda: measure(case))
    judgement = clock.time("judge", lambda: judge(measures, case))
    actions = clock.time("plan", lambda: plan(judgement, case))
    clock.time("assemble", lambda: assemble(case, measures, judgement, actions, case.merchant.language))


def areas(folder: Path, clock: Clock) -> None:
    """Each area of the measures on one prepared case."""
    case = read_case(folder)
    ground = clock.time("ready", lambda: ready(case))
    for area in AREAS:
        clock.time(area.__module__.rpartition(".")[2], lambda area=area: list(area(ground)))  # type: ignore[misc]


def main() -> None:
    """Print the split."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", nargs="?", type=Path, default=LARGEST)
    options.add_argument("--runs", type=int, default=5)
    asked = options.parse_args()
    split, parts = Clock(), Clock()
    for _ in range(asked.runs):
        stages(asked.folder, split)
        areas(asked.folder, parts)
    dx = diagnosis.diagnose(asked.folder)
    size = len(json.dumps(document(dx), ensure_ascii=False, default=str, separators=(",", ":")).encode())
    seconds, rows = sum(split.best.values()), len(dx.measures.frame)
    print(f"{asked.folder.name}: {seconds:.2f} s, best of {asked.runs}; {rows:,} measures")
    print("\n".join(split.told()))
    print(f"the measures by area, the {MOST_AREAS} longest:")
    print("\n".join(parts.told(MOST_AREAS)))
    print(f"diagnosis.json: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
