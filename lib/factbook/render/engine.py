"""A papermill engine in which a failing section leaves a neutral box and the rest of the chapter stands."""

from __future__ import annotations

import re
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines

from factbook.display.shown import Shown, escape
from factbook.records import Text
from factbook.render import kernels
from factbook.render.journal import Journal
from factbook.render.nodes import display

NAME = "factbook"
CELL_SECONDS = 300  # for a cell that hangs; a crowded machine must not lose one that is merely slow
START_SECONDS = 180
APOLOGY = Text(
    "这一节这次没能生成，其余部分不受影响。",
    "This section could not be produced this time; the rest stands.",
)
_HEADING = re.compile(r"^#{1,2} +(.+)$", re.MULTILINE)


def register() -> str:
    """Make the engine known to papermill (its own engines stay as they are); returns its name."""
    papermill_engines.register(NAME, SectionEngine)
    return NAME


def failed_box(language: str) -> Shown:
    """What stands where a section could not be produced."""
    words = APOLOGY[language]
    html = f'<div class="fb fb-box fb-failed"><p>{escape(words)}</p></div>'
    return Shown("box", html, words, {"title": "", "reason": words, "state": "failed"})


def box_output(language: str) -> NotebookNode:
    """The box as a notebook output."""
    return display(failed_box(language)._repr_mimebundle_())


def heading(source: str) -> str:
    """The last H1 or H2 of a Markdown cell, or an empty string."""
    found = _HEADING.findall(source)
    return found[-1].strip() if found else ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a chapter's run needs besides the notebook: where failures are noted, the language of the boxes,
    and the socket of the fork server (empty: a fresh kernel)."""

    journal: Journal
    language: str
    forkserver: str = ""


class SectionClient(PapermillNotebookClient):  # type: ignore[misc]
    """Runs every cell; what fails is boxed once a section, logged, and left behind."""

    def __init__(self, nb_man: NotebookExecutionManager, surroundings: Surroundings, **options: Any) -> None:
        super().__init__(nb_man, log=surroundings.journal.log.logger(), **options)
        self.journal = surroundings.journal
        self.language = surroundings.language
        self.section = ""
        self.boxed = False  # whether this section already shows its box
        self.lost = False  # whether the kernel is gone

    def execute(self, **launch: Any) -> None:
        """Start the kernel, run the cells, stop the kernel; the notebook is changed in place."""
        self.reset_execution_trackers()
        with self.setup_kernel(cleanup_kc=True, **launch):
            self.papermill_execute_cells()
            self.set_widgets_metadata()

    def papermill_execute_cells(self) -> None:
        """As papermill does, except that it goes on after an error."""
        for index, cell in enumerate(self.nb.cells):
            self.nb_man.cell_start(cell, index)
            if cell.cell_type == "markdown":
                self._enter(heading(cell.source))
            elif cell.cell_type == "code":
                self._attempt(cell, index)
            self.nb_man.cell_complete(cell, cell_index=index)

    def _enter(self, title: str) -> None:
        if title:
            self.section, self.boxed = title, False

    def _attempt(self, cell: NotebookNode, index: int) -> None:
        if self.lost:
            self._box(cell)
            return
        try:
            self.execute_cell(cell, index)
        except CellExecutionError as error:
            self.journal.fail(index, self.section, error.ename, str(error))
            self._box(cell)
        except (CellTimeoutError, DeadKernelError) as error:
            self.lost = True
            self.journal.fail(index, self.section, type(error).__name__, traceback.format_exc())
            self._box(cell)
        self._set_streams_aside(cell, index)

    def _box(self, cell: NotebookNode) -> None:
        cell.outputs = [] if self.boxed or not cell.source.strip() else [box_output(self.language)]
        self.boxed = self.boxed or bool(cell.outputs)

    def _set_streams_aside(self, cell: NotebookNode, index: int) -> None:
        for output in cell.outputs:
            if output.output_type == "stream":
                self.journal.stream(index, output.text)
        cell.outputs = [output for output in cell.outputs if output.output_type not in ("stream", "error")]


class SectionEngine(Engine):  # type: ignore[misc]
    """For `papermill.execute_notebook(…, engine_name=register(), surroundings=…)`."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, surroundings: Surroundings, **_: Any
    ) -> None:
        """Run one notebook on a kernel of its own; raises only when no kernel can be had."""
        log = surroundings.journal.log
        with kernels.manager(surroundings.forkserver) as km, log.sink(_beside(km)) as printed:
            client = SectionClient(nb_man, surroundings, km=km, **_options())
            client.execute(env=kernels.environment(), stdout=printed, stderr=printed)


def _beside(km: AsyncKernelManager) -> Path:
    return Path(km.connection_file).with_suffix(".txt")


def _options() -> dict[str, Any]:
    return {
        "kernel_name": "python3",
        "timeout": CELL_SECONDS,
        "startup_timeout": START_SECONDS,
        "interrupt_on_timeout": True,
        "error_on_timeout": {"ename": "CellTimeout", "evalue": f"over {CELL_SECONDS} s", "traceback": []},
        "shutdown_kernel": "immediate",
        "extra_arguments": list(kernels.ARGUMENTS),
        "record_timing": False,
    }
