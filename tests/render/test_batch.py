"""Many merchants in one run: each has its outcome, none stops the others."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from nbformat import NotebookNode

from factbook.errors import IntakeError, ParameterError
from factbook.records import Diagnosis, Problem
from factbook.render import batch, engine, merchant, render, worker
from factbook.render.chapters import chapters
from factbook.render.merchant import Job, Outcome
from tests.conftest import sample

from .conftest import cell, diagnosis, words

Write = Callable[[Sequence[NotebookNode]], Path]
GOOD = [
    words("t", "# 总览"),
    words("q", "## 谁在卖？"),
    cell("c", "from IPython.display import HTML; HTML('<p>x</p>')"),
]
BAD = [*GOOD, words("p", "## 为什么？"), cell("d", "open('/nowhere/secret')")]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A merchant's folder with one file in it."""
    folder = tmp_path / "data" / "teahouse"
    folder.mkdir(parents=True)
    (folder / "直播明细.xlsx").write_text("x")
    return folder


def fake(monkeypatch: pytest.MonkeyPatch, give: Callable[[], Diagnosis]) -> None:
    """Let the diagnosis be whatever `give` gives or raises."""
    monkeypatch.setattr(merchant.diagnosis, "diagnose", lambda *_: give())


def one(shop: Path, notebooks: Path, tmp_path: Path) -> Outcome:
    return merchant.report(Job(shop, tmp_path / "reports", chapters(notebooks)))


@pytest.mark.slow
def test_a_report_is_page_notebooks_diagnosis_and_manifest(
    shop: Path, notebooks: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under merchant and period, with nothing of this machine in any of them."""
    fake(monkeypatch, diagnosis)
    outcome = one(shop, notebooks(GOOD), tmp_path)
    place = tmp_path / "reports" / "teahouse" / "20261001-20261031"
    assert outcome.ok
    assert outcome.report == place / "report.html"
    written = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}
    assert written == {"report.html", "manifest.json", "diagnosis.json", "notebooks/01_summary.ipynb"}
    for path in place.rglob("*.*"):
        if path.is_file():
            assert str(tmp_path) not in path.read_text("utf-8"), path.name
    assert not (place.parent / "render.log").exists()


@pytest.mark.slow
def test_a_boxed_section_makes_the_outcome_not_ok_and_is_named(
    shop: Path, notebooks: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The report is there all the same; its traceback is in the log and nowhere else."""
    fake(monkeypatch, diagnosis)
    outcome = one(shop, notebooks(BAD), tmp_path)
    assert outcome.report is not None
    assert not outcome.ok
    assert "01_summary › 为什么？" in outcome.reason
    page = outcome.report.read_text("utf-8")
    assert engine.APOLOGY.zh in page
    place = outcome.report.parent
    for path in (outcome.report, place / "manifest.json", place / "notebooks" / "01_summary.ipynb"):
        assert "Traceback" not in path.read_text("utf-8")
    assert "FileNotFoundError" in (place.parent / "render.log").read_text("utf-8")


@pytest.mark.slow
def test_a_file_that_was_not_read_makes_the_outcome_not_ok(
    shop: Path, notebooks: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And is named; the rest is rendered."""
    fake(monkeypatch, lambda: diagnosis(read=False))
    outcome = one(shop, notebooks(GOOD), tmp_path)
    assert outcome.report is not None
    assert not outcome.ok
    assert outcome.unread == ("直播明细.xlsx",)


def failing(error: Exception) -> Callable[[], Diagnosis]:
    def give() -> Diagnosis:
        raise error

    return give


def test_a_folder_that_cannot_be_read_is_an_outcome_with_every_problem(
    shop: Path, notebooks: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not an exception; nothing is written for it."""
    problems = [Problem("truncated", "error", file="a.xlsx"), Problem("truncated", "error", file="b.xlsx")]
    fake(monkeypatch, failing(IntakeError("teahouse", problems)))
    outcome = one(shop, notebooks(GOOD), tmp_path)
    assert outcome.report is None
    assert "2 problems in teahouse" in outcome.reason
    assert "a.xlsx" in outcome.reason
    assert "b.xlsx" in outcome.reason
    assert not (tmp_path / "reports").exists()


def test_an_unexpected_error_is_an_outcome_and_its_traceback_is_in_the_log_only(
    shop: Path, notebooks: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason says where to look."""
    fake(monkeypatch, failing(ZeroDivisionError("our own defect")))
    outcome = one(shop, notebooks(GOOD), tmp_path)
    log = tmp_path / "reports" / "teahouse" / "render.log"
    assert outcome.reason == f"unexpected ZeroDivisionError; its traceback is in {log}"
    assert "our own defect" in log.read_text("utf-8")


def test_a_process_that_crashes_costs_its_merchant_only(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next job gets a new process."""
    monkeypatch.setattr(worker, "COMMAND", (sys.executable, "-c", "import os; os._exit(3)"))
    made = worker.Worker()
    job = Job(shop, shop.parent, ())
    assert made.render(job).reason == worker.DIED
    answer = "import pickle, sys; pickle.load(sys.stdin.buffer); sys.stdout.buffer.write(pickle.dumps('done'))"
    monkeypatch.setattr(worker, "COMMAND", (sys.executable, "-c", answer))
    assert made.render(job) == "done"
    made.close()


@pytest.mark.parametrize(
    ("language", "period", "said"),
    [("fr", "", 'language "fr" is not known'), ("zh", "yesterday", 'period "yesterday" is not understood')],
)
def test_a_wrong_language_or_period_is_refused_before_anything_is_done(
    tmp_path: Path, language: str, period: str, said: str
) -> None:
    """As an error of use, not as a failed merchant."""
    with pytest.raises(ParameterError, match=said):
        render([tmp_path], tmp_path / "out", language, period)
    assert not (tmp_path / "out").exists()


def test_what_is_not_a_merchant_is_an_outcome_a_line_and_an_entry_of_the_index(tmp_path: Path) -> None:
    """Even where nothing at all can be rendered, the index says why."""
    lines: list[str] = []
    outcomes = batch.render([tmp_path / "nowhere"], tmp_path / "out", progress=lines.append)
    assert [outcome.ok for outcome in outcomes] == [False]
    assert lines == ['[1/1] ✗ nowhere · 0.0 s · folder "nowhere" does not exist']
    assert "does not exist" in (tmp_path / "out" / "index.html").read_text("utf-8")


@pytest.mark.slow
def test_a_broken_merchant_is_named_while_the_other_is_rendered(
    notebooks: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two folders in one command, in two processes; a line each, an index of both."""
    short = chapters(notebooks(GOOD))
    monkeypatch.setattr(batch, "chapters", lambda: short)
    shutil.copytree(sample("food"), tmp_path / "port" / "food")
    (tmp_path / "port" / "broken" / "exports").mkdir(parents=True)
    (tmp_path / "port" / "broken" / "exports" / "直播明细.xlsx").write_bytes(b"PK\x03\x04 cut short")
    lines: list[str] = []
    broken, food = render([tmp_path / "port"], tmp_path / "out", "", workers=2, progress=lines.append)
    assert broken.merchant == "broken"
    assert broken.report is None
    assert "直播明细.xlsx" in broken.reason
    assert food.ok, food.reason
    assert len(lines) == 2
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert "麦岭小灶食品店" in page
    assert "broken" in page
    record = json.loads((food.report.parent / "manifest.json").read_text("utf-8"))
    copied = {p.relative_to(sample("food")).as_posix() for p in sample("food").rglob("*") if p.is_file()}
    assert {item["file"] for item in record["inputs"]} == copied


def test_an_outcome_is_ok_only_when_nothing_is_missing(shop: Path) -> None:
    """Rendered, everything read, every section there."""
    whole = Outcome("m", shop, report=shop)
    assert whole.ok
    assert not replace(whole, report=None).ok
    assert not replace(whole, unread=("a",)).ok
