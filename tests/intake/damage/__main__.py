"""Damage good reports and print what became of them.

python -m tests.intake.damage --cases 3000 --seed 1
"""

from __future__ import annotations

import argparse
import collections
import os
import sys
import time
from collections.abc import Iterator, Sequence

from tests.intake.damage.trial import Outcome, trial


def main(words: Sequence[str] | None = None) -> int:
    """Try the cases; 1 where anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--cases", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="one case, by the name it was printed with")
    asked = parser.parse_args(words)
    os.environ["FACTBOOK_CACHE"] = "off"
    began = time.perf_counter()
    seeds = [asked.only] if asked.only else [f"{asked.seed}/{number}" for number in range(asked.cases)]
    return _told(list(_tried(seeds)), time.perf_counter() - began)


def _tried(seeds: Sequence[str]) -> Iterator[Outcome]:
    for outcome in map(trial, seeds):
        if not outcome.fine:
            print(outcome, flush=True)
        yield outcome


def _told(done: Sequence[Outcome], seconds: float) -> int:
    harms = collections.Counter(harm for outcome in done for harm in outcome.harms if harm)
    print(" · ".join(f"{harm} {count}" for harm, count in harms.most_common()))
    kinds = len({outcome.kind.rpartition(" ")[0] for outcome in done})
    counts = {name: sum(bool(getattr(one, name)) for one in done) for name in ("wrong", "unaccounted", "crashes")}
    print(f"cases tried {len(done):,} of {kinds} good reports in {seconds:.0f} s")
    print(f"wrong totals {counts['wrong']} · unaccounted rows {counts['unaccounted']} · tracebacks {counts['crashes']}")
    return int(any(counts.values()))


if __name__ == "__main__":
    sys.exit(main())
