"""One reading in this process, measured: what every reader of the benchmark prints."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable

KIB = 1 if sys.platform == "darwin" else 1024  # what ru_maxrss counts in


def measured(read: Callable[[], tuple[int, float]]) -> None:
    """Print seconds, the processors' seconds, the peak memory of the whole process, and what was read, as JSON."""
    began, before = time.perf_counter(), time.process_time()
    rows, total = read()
    seconds, cpu = time.perf_counter() - began, time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIB / 1e6
    print(json.dumps({"seconds": seconds, "cpu": cpu, "peak_mb": peak, "rows": rows, "total": total}))
