"""The chapters of the report: which notebooks they are, and running one of them for one merchant."""

from __future__ import annotations

import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import papermill
from nbformat import NotebookNode

from factbook.diagnosis import find
from factbook.errors import RenderError
from factbook.render import engine, nodes, parameters, scrub
from factbook.render.journal import Failure, Journal, Log

PATTERN = "0[1-9]_*.ipynb"


@dataclass(frozen=True, slots=True)
class Chapter:
    """One notebook of the report: its name is `01_summary`, its slug `summary`."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def slug(self) -> str:
        return self.name.split("_", 1)[1]


@dataclass(frozen=True)
class Executed:
    """A chapter after its run, free of paths of this machine, and what it took."""

    chapter: Chapter
    notebook: NotebookNode
    seconds: float
    failures: tuple[Failure, ...] = ()
    streams: int = 0


@dataclass(frozen=True)
class Run:
    """One merchant's run through the chapters: what is injected, what must not be seen, where things go."""

    parameters: Mapping[str, Any]
    language: str
    hidden: Mapping[str, str]  # text of this machine -> what is written in its place
    shown: Mapping[str, str]  # parameters as the saved notebook states them
    folder: Path
    log: Log
    forkserver: str = ""


def chapters(folder: Path | None = None) -> tuple[Chapter, ...]:
    """The numbered notebooks 01–09 in order; raises RenderError when there are none."""
    folder = folder or find("notebooks")
    found = tuple(Chapter(path) for path in sorted(folder.glob(PATTERN)))
    if not found:
        raise RenderError(f"no chapter ({PATTERN}) in {folder}; run from the workbook's folder")
    return found


def execute(chapter: Chapter, run: Run) -> Executed:
    """Run one chapter and save it under its own name; what fails is boxed, never raised."""
    started = time.monotonic()
    journal = Journal(chapter.name, run.log)
    try:
        notebook = _papermill(chapter, run, journal)
    except Exception as error:  # no kernel, or a broken notebook: costs one chapter, not the report
        journal.fail(0, "", type(error).__name__, traceback.format_exc())
        notebook = _boxed(chapter, run.language)
    notebook = scrub.notebook(notebook, run.hidden, run.shown)
    nodes.save(notebook, run.folder / chapter.path.name)
    return Executed(chapter, notebook, time.monotonic() - started, tuple(journal.failures), journal.streams)


def _papermill(chapter: Chapter, run: Run, journal: Journal) -> NotebookNode:
    notebook: NotebookNode = papermill.execute_notebook(
        chapter.path,
        None,
        parameters.check(chapter.path, run.parameters),
        engine_name=engine.register(),
        request_save_on_cell_execute=False,
        progress_bar=False,
        kernel_name="python3",
        surroundings=engine.Surroundings(journal, run.language, run.forkserver),
    )
    return notebook


def _boxed(chapter: Chapter, language: str) -> NotebookNode:
    """The chapter's headings with one box, where not even a kernel could be had."""
    box = nodes.code("box", [engine.box_output(language)])
    return nodes.notebook([nodes.markdown("title", f"# {chapter.slug}"), box])
