"""A failing section costs that section only, and says nothing about its insides to the client."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import papermill
import pytest
from nbformat import NotebookNode

from factbook.render import engine, kernels
from factbook.render.chapters import Run, chapters, execute
from factbook.render.journal import Log

from .conftest import cell, words

pytestmark = pytest.mark.slow
Write = Callable[[Sequence[NotebookNode]], Path]


@pytest.fixture(scope="module", params=["fresh", "forked"])
def server(request: pytest.FixtureRequest) -> Iterator[str]:
    """Both ways a kernel can start; what holds for one holds for the other."""
    if request.param == "fresh":
        yield ""
        return
    with kernels.forkserver() as path:
        if not path:
            pytest.skip("kernels are forked on Linux only")
        yield path


Start = Callable[..., Run]


@pytest.fixture
def run(tmp_path: Path, server: str) -> Start:
    """A run with the four parameters every chapter has."""

    def start(language: str = "zh", **more: str) -> Run:
        given = {"merchant": "m", "period": "", "language": language, "diagnosis": "", **more}
        log = Log(tmp_path / "render.log")
        return Run(given, language, {}, given, tmp_path / "out", log, server)

    return start


def spoken(notebook: NotebookNode) -> str:
    """Everything the outputs say."""
    return " ".join(str(output) for item in notebook.cells for output in item.get("outputs", []))


BROKEN = [
    words("one", "## First"),
    cell("good", "21 * 2"),
    words("two", "## Second"),
    cell("bad", "print('secret stream')\nraise ValueError('secret reason')"),
    cell("worse", "1 / 0"),
    words("three", "## Third"),
    cell("after", "'still here'"),
]


def test_a_failing_cell_leaves_one_box_in_its_section_and_the_rest_stands(
    notebooks: Write, run: Start, tmp_path: Path
) -> None:
    """The cells before and after it are shown, its section holds one neutral box."""
    done = execute(chapters(notebooks(BROKEN))[0], run())
    said = spoken(done.notebook)
    assert "42" in said
    assert "still here" in said
    assert said.count("'state': 'failed'") == 1
    assert engine.APOLOGY.zh in said


def test_no_traceback_and_no_stream_is_left_in_the_saved_notebook(notebooks: Write, run: Start, tmp_path: Path) -> None:
    """They are in the log, for the consultant."""
    done = execute(chapters(notebooks(BROKEN))[0], run())
    saved = (tmp_path / "out" / "01_summary.ipynb").read_text("utf-8")
    outputs = spoken(done.notebook)
    for secret in ("secret stream", "secret reason", "Traceback", "ZeroDivisionError"):
        assert secret not in outputs
    assert '"output_type": "error"' not in saved
    assert '"output_type": "stream"' not in saved
    log = (tmp_path / "render.log").read_text("utf-8")
    assert "secret reason" in log
    assert "ZeroDivisionError" in log
    assert "\x1b[" not in log


def test_every_failure_is_recorded_with_its_chapter_section_and_cell(
    notebooks: Write, run: Start, tmp_path: Path
) -> None:
    """Even those behind an earlier box of the same section."""
    done = execute(chapters(notebooks(BROKEN))[0], run())
    found = [(f.chapter, f.section, f.error) for f in done.failures]
    assert found == [("01_summary", "Second", "ValueError"), ("01_summary", "Second", "ZeroDivisionError")]


def test_the_box_speaks_the_language_of_the_report(notebooks: Write, run: Start, tmp_path: Path) -> None:
    """English report, English box."""
    done = execute(chapters(notebooks(BROKEN))[0], run("en"))
    assert engine.APOLOGY.en in spoken(done.notebook)


def test_a_kernel_that_dies_costs_the_rest_of_the_chapter_but_not_the_run(
    notebooks: Write, run: Start, tmp_path: Path
) -> None:
    """Each section after the death shows its box."""
    cells = [words("a", "## A"), cell("die", "import os; os._exit(1)"), words("b", "## B"), cell("c", "1")]
    done = execute(chapters(notebooks(cells))[0], run())
    assert spoken(done.notebook).count("'state': 'failed'") == 2
    assert done.failures[0].error == "DeadKernelError"


def test_a_cell_that_takes_too_long_is_boxed_and_the_next_one_runs(
    notebooks: Write, run: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The time limit interrupts the cell, not the chapter."""
    monkeypatch.setattr(engine, "CELL_SECONDS", 4)
    cells = [
        words("a", "## A"),
        cell("slow", "import time; time.sleep(60)"),
        words("b", "## B"),
        cell("c", "'next'"),
    ]
    done = execute(chapters(notebooks(cells))[0], run())
    assert [f.error for f in done.failures] == ["CellTimeout"]
    assert "next" in spoken(done.notebook)
    assert capfd.readouterr() == ("", "")


def test_the_kernel_is_the_interpreter_that_is_running(notebooks: Write, run: Start, tmp_path: Path) -> None:
    """Whatever is activated, and whatever other kernels are installed."""
    import sys

    done = execute(chapters(notebooks([cell("who", "import sys; sys.executable")]))[0], run())
    assert sys.executable in spoken(done.notebook)


def test_a_kernel_prints_nothing_at_the_terminal(
    notebooks: Write, run: Start, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """No warning about transport, no progress bar; what a process prints is in the log."""
    cells = [cell("print", "import os; os.write(2, b'from the process')")]
    execute(chapters(notebooks(cells))[0], run())
    assert capfd.readouterr() == ("", "")
    assert "from the process" in (tmp_path / "render.log").read_text("utf-8")


def test_a_wrong_parameter_boxes_the_chapter_and_is_named_in_the_log(
    notebooks: Write, run: Start, tmp_path: Path
) -> None:
    """A notebook that does not know a parameter is not run with it."""
    done = execute(chapters(notebooks([cell("c", "1")]))[0], run(merchnt="x"))
    assert [f.error for f in done.failures] == ["ParameterError"]
    assert 'did you mean "merchant"?' in (tmp_path / "render.log").read_text("utf-8")


def test_papermill_itself_still_runs_the_same_notebook(notebooks: Write, tmp_path: Path) -> None:
    """Our engine stands beside papermill's own, which stops at the first error as it always did."""
    engine.register()
    source = notebooks(BROKEN) / "01_summary.ipynb"
    with pytest.raises(papermill.PapermillExecutionError):
        papermill.execute_notebook(source, tmp_path / "stock.ipynb", progress_bar=False)


def test_a_temporary_folder_with_a_long_path_costs_speed_not_the_report(
    notebooks: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A socket's path holds some hundred bytes; beyond that kernels speak over TCP and start afresh."""
    deep = tmp_path / ("long" * 30)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    given = {"merchant": "m"}
    with kernels.forkserver() as path:
        assert path == ""
        run = Run(given, "zh", {}, given, tmp_path / "out", Log(tmp_path / "render.log"), path)
        assert "42" in spoken(execute(chapters(notebooks([cell("sum", "20 + 22")]))[0], run).notebook)
