"""Many merchants in one run: a process each, as many at a time as there are cores; none stops the others."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from queue import Queue

from factbook.errors import ParameterError
from factbook.records import LANGUAGES, Language, Period
from factbook.render import index, kernels
from factbook.render.chapters import chapters
from factbook.render.merchant import Job, Outcome, report
from factbook.render.merchants import Candidate, candidates
from factbook.render.worker import Worker

Progress = Callable[[str], object]


def render(
    folders: Sequence[Path],
    out: Path,
    language: str = "zh",
    period: str = "",
    workers: int = 0,
    progress: Progress | None = None,
) -> tuple[Outcome, ...]:
    """Render the reports of merchants' folders (or their parents) into `out`, with index.html.

    Empty `language` or `period`: each merchant's own. `workers`: merchants at a time, 0 one a core.
    `progress` is called with one line a merchant. Raises ParameterError for a wrong language or period only;
    whatever befalls a merchant is in its Outcome.
    """
    when = Period.parse(period) if period else None
    plan = Job(Path(), Path(out).resolve(), chapters(), _language(language), when)
    found = candidates([Path(folder) for folder in folders])
    with kernels.forkserver() as server:
        plan = replace(plan, forkserver=server)
        outcomes = _run(found, plan, workers or _cores(), progress or (lambda line: None))
    failed = [(outcome.merchant, outcome.reason) for outcome in outcomes if outcome.report is None]
    index.write(plan.out, failed, plan.language or next((o.language for o in outcomes if o.report), "zh"))
    return tuple(outcomes)


def _language(text: str) -> Language | None:
    if text and text not in LANGUAGES:
        raise ParameterError(f'language "{text}" is not known; write zh or en')
    return text or None


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _run(found: Sequence[Candidate], plan: Job, workers: int, progress: Progress) -> list[Outcome]:
    """Every candidate's outcome, in their order; a line of progress as each one ends."""
    done: dict[Path, Outcome] = {}
    for number, outcome in enumerate(_outcomes(found, plan, workers), 1):
        done[outcome.folder] = outcome
        progress(f"[{number}/{len(found)}] {outcome.line}")
    return [done[candidate.folder] for candidate in found]


def _outcomes(found: Sequence[Candidate], plan: Job, workers: int) -> Iterator[Outcome]:
    ready = [candidate.folder for candidate in found if not candidate.reason]
    yield from (Outcome(c.folder.name, c.folder, reason=c.reason) for c in found if c.reason)
    side_by_side = max(1, min(workers, len(ready)))
    jobs = [replace(plan, folder=folder, threads=max(1, _cores() // side_by_side)) for folder in ready]
    if len(jobs) == 1:
        yield report(jobs[0])
        return
    with closing_all(side_by_side) as idle, ThreadPoolExecutor(side_by_side) as pool:
        futures = [pool.submit(_by_the_next, idle, job) for job in jobs]
        try:
            yield from (future.result() for future in as_completed(futures))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)  # stopped at the terminal: begin no other merchant


@contextmanager
def closing_all(count: int) -> Iterator[Queue[Worker]]:
    """A queue of idle workers, ended with the block."""
    workers = [Worker() for _ in range(count)]
    idle: Queue[Worker] = Queue()
    for worker in workers:
        idle.put(worker)
    try:
        yield idle
    finally:
        for worker in workers:
            worker.close()


def _by_the_next(idle: Queue[Worker], job: Job) -> Outcome:
    """One merchant in a process of its own: even a crash of the interpreter costs only that merchant."""
    worker = idle.get()
    try:
        return worker.render(job)
    finally:
        idle.put(worker)
