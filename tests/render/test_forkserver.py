"""A forked kernel shows what a fresh one shows, in the richest chapters and in a consultant's own cells."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from nbformat import NotebookNode

from factbook.diagnosis import save
from factbook.render import kernels
from factbook.render.chapters import Run, chapters, execute
from factbook.render.journal import Log
from tests.conftest import diagnosis_of, sample

from .conftest import cell

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only"),
]
Write = Callable[[Sequence[NotebookNode]], Path]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """One fork server for the module."""
    with kernels.forkserver() as path:
        yield path


def run(tmp_path: Path, server: str, merchant: str = "m", diagnosis: str = "") -> Run:
    given = {"merchant": merchant, "period": "", "language": "zh", "diagnosis": diagnosis}
    where = tmp_path / ("forked" if server else "fresh")
    return Run(given, "zh", {}, given, where, Log(tmp_path / "render.log"), server)


def outputs(notebook: NotebookNode) -> list[str]:
    """What each code cell shows, as text that can be compared."""
    return [json.dumps(item.outputs, sort_keys=True) for item in notebook.cells if item.cell_type == "code"]


RICHEST = ("02_growth", "06_top_kol", "09_evidence")  # charts of every kind, a ledger, the longest tables


@pytest.mark.parametrize("chapter", [c for c in chapters() if c.name in RICHEST], ids=lambda chapter: chapter.name)
def test_a_forked_kernel_shows_what_a_fresh_one_shows(chapter, server: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Cell by cell, byte by byte, for a sample merchant."""
    file = save(diagnosis_of("food"), tmp_path / "diagnosis.json")
    both = [execute(chapter, run(tmp_path, way, str(sample("food")), str(file))) for way in (server, "")]
    forked, fresh = (outputs(done.notebook) for done in both)
    assert forked == fresh


OWN_CELLS = [
    cell("wide", "import pandas as pd; pd.DataFrame({f'c{n}': [n] for n in range(30)})"),
    cell("figure", "import matplotlib.pyplot as plt; _ = plt.plot([1, 3, 2])"),
    cell("names", "import sys, os; sorted(dir()), sys.argv[0].rpartition('/')[2], sys.path[0], os.getcwd()"),
    cell("main", "__name__, sys.modules['__main__'].__name__"),
    cell("backend", "import matplotlib; matplotlib.get_backend(), plt.isinteractive()"),
    cell("options", "pd.get_option('display.max_columns'), pd.get_option('display.width')"),
    cell("threads", "os.environ['OMP_NUM_THREADS'], sorted(k for k in os.environ if k.startswith('MPL'))"),
    cell("child", "import subprocess; subprocess.run(['true']).returncode"),
]


def test_a_consultants_own_cells_show_the_same(server: str, notebooks: Write, tmp_path: Path) -> None:
    """A wide table, a figure, names, backend, options, a child process."""
    chapter = chapters(notebooks(OWN_CELLS))[0]
    forked, fresh = (outputs(execute(chapter, run(tmp_path, way)).notebook) for way in (server, ""))
    assert [pair for pair in zip(forked, fresh, strict=True) if pair[0] != pair[1]] == []
    assert "image/png" in forked[3]


def test_two_forked_kernels_share_neither_names_nor_luck(server: str, notebooks: Write, tmp_path: Path) -> None:
    """A name set in one does not exist in the next, and random numbers differ."""
    cells = [
        cell("luck", "import random, numpy; (random.random(), numpy.random.rand())"),
        cell("leak", "'leaked' in globals() or 'leaked' in dir(numpy)"),
        cell("set", "leaked = numpy.leaked = 1"),
    ]
    chapter = chapters(notebooks(cells))[0]
    first, second = (outputs(execute(chapter, run(tmp_path, server)).notebook) for _ in range(2))
    assert first[2] != second[2]
    assert first[3] == second[3]
    assert "False" in second[3]


def gone(process: int) -> bool:
    """Whether a process has ended, within a time that suits a crowded machine."""
    for _ in range(600):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_no_process_is_left_behind(notebooks: Write, tmp_path: Path) -> None:
    """Neither the kernel after its chapter nor the server after its block."""
    chapter = chapters(notebooks([cell("who", "import os; print(os.getpid(), os.getppid())")]))[0]
    with kernels.forkserver() as path:
        execute(chapter, run(tmp_path, path))
        said = (tmp_path / "render.log").read_text("utf-8").split("printed:\n")[1]
        kernel, server = map(int, said.split()[:2])
        assert gone(kernel)
        os.kill(server, 0)
    assert gone(server)


def test_without_a_server_to_reach_a_kernel_starts_afresh(notebooks: Write, tmp_path: Path) -> None:
    """A fork server that has died costs time, not the report."""
    chapter = chapters(notebooks([cell("sum", "20 + 22")]))[0]
    done = execute(chapter, run(tmp_path, str(tmp_path / "nobody")))
    assert "42" in outputs(done.notebook)[2]
    assert not done.failures
