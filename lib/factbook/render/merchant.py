"""One merchant's report: the diagnosis once, the chapters side by side, then page and manifest."""

from __future__ import annotations

import os
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from factbook import diagnosis, fmt
from factbook.errors import FactbookError, IntakeError
from factbook.knowledge.problems import say
from factbook.records import Diagnosis, Language, Period, Problem
from factbook.render import fonts, html, manifest
from factbook.render.chapters import Chapter, Executed, Run, execute
from factbook.render.journal import Failure, Log

REPORT = "report.html"
DIAGNOSIS = "diagnosis.json"


@dataclass(frozen=True)
class Job:
    """What it takes to render one merchant; `threads` chapters run at a time."""

    folder: Path
    out: Path
    chapters: tuple[Chapter, ...]
    language: Language | None = None
    period: Period | None = None
    threads: int = 1
    forkserver: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one merchant. `ok` only when everything was read and every section produced."""

    merchant: str
    folder: Path
    name: str = ""
    report: Path | None = None
    reason: str = ""
    seconds: float = 0.0
    failures: tuple[Failure, ...] = ()
    unread: tuple[str, ...] = ()
    verdict: str = ""
    language: Language = "zh"

    @property
    def ok(self) -> bool:
        return self.report is not None and not self.failures and not self.unread

    @property
    def line(self) -> str:
        """A line of progress."""
        mark = "✓" if self.ok else ("!" if self.report else "✗")
        tail = self.verdict if self.ok else self.reason.splitlines()[0]
        return f"{mark} {self.merchant} · {self.seconds:.1f} s · {tail}"


def report(job: Job) -> Outcome:
    """Render one merchant; never raises: what went wrong is in the outcome, a traceback in render.log."""
    started = time.monotonic()
    log = Log(job.out / job.folder.name / "render.log")
    outcome = _attempt(job, log)
    return replace(outcome, seconds=time.monotonic() - started)


def _attempt(job: Job, log: Log) -> Outcome:
    failed = Outcome(job.folder.name, job.folder)
    try:
        return _render(job, log)
    except FactbookError as error:
        return replace(failed, reason=reason(error, job.language or "zh"))
    except Exception as error:  # a defect of ours or a full disk: this merchant is named, the others go on
        log.write(traceback.format_exc())
        return replace(failed, reason=f"unexpected {type(error).__name__}; its traceback is in {log.path}")


def reason(error: FactbookError, language: str) -> str:
    """The error as a person reads it, with all its problems."""
    if not isinstance(error, IntakeError):
        return str(error)
    lines = [say(item, language) if isinstance(item, Problem) else str(item) for item in error.problems]
    return "\n".join([str(error).splitlines()[0], *(f"  {line}" for line in lines)])


def _render(job: Job, log: Log) -> Outcome:
    clock = Clock()
    with clock.time("diagnosis"):
        dx = diagnosis.diagnose(job.folder, job.period, job.language)
        place = job.out / job.folder.name / str(dx.period)
        diagnosis.save(dx, place / DIAGNOSIS)
    with clock.time("chapters"):
        executed = _execute(job, _run(job, dx, place, log))
    with clock.time("page"):
        _write(place / REPORT, html.report(executed, _cover(dx), job.out / fonts.CACHE))
    manifest.save(manifest.build(dx, job.folder, executed, clock.seconds), place)
    return _outcome(job, dx, executed, place / REPORT)


def _execute(job: Job, run: Run) -> list[Executed]:
    with ThreadPoolExecutor(job.threads) as pool:
        return list(pool.map(partial(execute, run=run), job.chapters))


def _run(job: Job, dx: Diagnosis, place: Path, log: Log) -> Run:
    common = {"period": str(dx.period), "language": dx.language}
    given = {"merchant": str(job.folder), **common, "diagnosis": str((place / DIAGNOSIS).resolve())}
    shown = {"merchant": job.folder.name, **common, "diagnosis": f"../{DIAGNOSIS}"}
    unseen = hidden(job.folder, job.out)
    return Run(given, dx.language, unseen, shown, place / "notebooks", log, job.forkserver)


def hidden(folder: Path, out: Path) -> dict[str, str]:
    """Paths of this machine, and what a reader sees instead: names below them, never the way there."""
    library = Path(__file__).parents[3]
    roots = (folder.parent, out.resolve(), Path.cwd(), library, Path(sys.prefix), Path.home())
    ways = [*(str(root) for root in roots if root != root.parent), tempfile.gettempdir()]
    return {str(folder): folder.name, **{f"{way}{os.sep}": "" for way in ways}}


def _cover(dx: Diagnosis) -> html.Cover:
    period = fmt.span(dx.period.start, dx.period.end, dx.language)
    return html.Cover(dx.merchant.name, period, dx.language, dx.merchant.synthetic)


def _write(path: Path, text: str) -> None:
    part = path.with_suffix(".part")
    part.write_text(text, "utf-8")
    part.replace(path)


def _outcome(job: Job, dx: Diagnosis, executed: list[Executed], path: Path) -> Outcome:
    failures = tuple(failure for item in executed for failure in item.failures)
    unread = tuple(manifest.unread(dx))
    said = [say(p, dx.language) for p in dx.problems if p.severity == "error" and p.file in unread]
    lines = [*said, *(str(failure) for failure in failures)]
    head = f"{len(unread)} files not read, {len(failures)} sections not produced"
    return Outcome(
        merchant=job.folder.name,
        folder=job.folder,
        name=dx.merchant.name,
        report=path,
        reason="\n  ".join([head, *lines]) if unread or failures else "",
        failures=failures,
        unread=unread,
        verdict=dx.verdict[dx.language],
        language=dx.language,
    )


class Clock:
    """Seconds spent by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def time(self, step: str) -> Iterator[None]:
        """Measure the block as one step."""
        started = time.monotonic()
        yield
        self.seconds[step] = time.monotonic() - started
