"""The chapters keep the notebook rules of the house."""

from __future__ import annotations

import ast
import re
import statistics
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.environment import ROOT

NOTEBOOKS = ROOT / "notebooks"
CHAPTERS = sorted(NOTEBOOKS.glob("0[1-9]_*.ipynb"))
ALL = sorted(NOTEBOOKS.glob("*.ipynb"))
PARAMETERS = ["merchant", "period", "language", "diagnosis"]


def cells(path: Path) -> list[Any]:
    return list(nbformat.read(path, as_version=4).cells)


def code(path: Path) -> list[Any]:
    return [cell for cell in cells(path) if cell.cell_type == "code"]


def tags(cell: Any) -> list[str]:
    return list(cell.metadata.get("tags", []))


def spoken(path: Path, language: str) -> list[Any]:
    """The cells a reader of one language meets."""
    other = "en" if language == "zh" else "zh"
    return [cell for cell in cells(path) if other not in tags(cell)]


def test_the_nine_chapters_stand_in_their_order() -> None:
    """Summary first, evidence last."""
    names = "summary growth field alliance campaign top_kol organisation roadmap evidence".split()
    assert [path.stem for path in CHAPTERS] == [f"{n:02d}_{name}" for n, name in enumerate(names, 1)]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_a_notebook_is_committed_as_source(path: Path) -> None:
    """No outputs, no counts, kernelspec python3, valid, and cell ids that stay."""
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"
    assert all(not cell.outputs and cell.execution_count is None for cell in code(path))
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_chapter_has_one_title_and_asks_client_questions(path: Path, language: str) -> None:
    """12 to 40 cells, one H1, and every H2 is a question, in either language."""
    chosen = spoken(path, language)
    assert 12 <= len(chosen) <= 40
    prose = "\n".join(cell.source for cell in chosen if cell.cell_type == "markdown")
    assert len(re.findall(r"^# ", prose, re.MULTILINE)) == 1
    headings = re.findall(r"^## (.+)$", prose, re.MULTILINE)
    assert headings
    assert all(heading.endswith("？" if language == "zh" else "?") for heading in headings)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_prose_comes_in_neighbouring_pairs(path: Path) -> None:
    """A Markdown cell in Chinese is followed at once by its English twin with the same headings."""
    prose = [(n, cell) for n, cell in enumerate(cells(path)) if cell.cell_type == "markdown"]
    chinese = [(n, cell) for n, cell in prose if "zh" in tags(cell)]
    english = {n: cell for n, cell in prose if "en" in tags(cell)}
    assert len(chinese) == len(english) == len(prose) / 2
    for n, cell in chinese:
        twin = english[n + 1]
        levels = [re.findall(r"^#+", text, re.MULTILINE) for text in (cell.source, twin.source)]
        assert levels[0] == levels[1]


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_code_cells_are_a_line_long(path: Path) -> None:
    """Median one line, nine in ten at most five, no function, no class, at most one visible output."""
    lengths = sorted(len(cell.source.splitlines()) for cell in code(path))
    assert statistics.median(lengths) == 1
    assert lengths[int(0.9 * (len(lengths) - 1))] <= 5
    for cell in code(path):
        tree = ast.parse(cell.source)
        assert not [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
        assert sum(isinstance(node, ast.Expr) for node in tree.body) <= 1


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_every_figure_has_prose_on_both_sides(path: Path) -> None:
    """A chart follows words and is followed by its generated reading."""
    order = cells(path)
    for n, cell in enumerate(order):
        if cell.cell_type == "code" and cell.source.startswith("charts."):
            assert order[n - 1].cell_type == "markdown"
            assert order[n + 1].source.startswith("text.reading(dx,")


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_parameters_stand_in_one_tagged_cell_a_line_each(path: Path) -> None:
    """`name: type = literal  # help`, one `=` a line, the same four in every chapter."""
    tagged = [cell for cell in code(path) if "parameters" in tags(cell)]
    assert len(tagged) == 1
    lines = tagged[0].source.splitlines()
    assert all(re.fullmatch(r"\w+: \w+ = [^=#]+  # .+", line) for line in lines)
    assert [line.split(":")[0] for line in lines] == PARAMETERS
