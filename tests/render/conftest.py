"""Small notebooks and a small diagnosis, so that rendering is tested without reading a merchant's files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from nbformat import NotebookNode

from factbook.display.shown import Shown
from factbook.records import Diagnosis, FileRecord, Measures, Merchant, Period, Text
from factbook.render import nodes
from factbook.render.chapters import Chapter, Executed
from factbook.render.html import Cover

HOSTILE = "<script>alert('8%')</script> @小鹿🦌 & \"co\" <img src=http://evil.example/x onerror=alert(1)>"
PARAMETERS = 'merchant: str = "x"  # folder\nperiod: str = ""\nlanguage: str = "zh"\ndiagnosis: str = ""'


def cell(id: str, source: str, *tags: str) -> NotebookNode:
    """A code cell that has not run."""
    made = nodes.code(id, [], source)
    made.metadata["tags"] = list(tags)
    return made


def words(id: str, source: str, *tags: str) -> NotebookNode:
    """A Markdown cell."""
    made = nodes.markdown(id, source)
    made.metadata["tags"] = list(tags)
    return made


def shows(id: str, *shown: Shown) -> NotebookNode:
    """A code cell that has run and shows display objects."""
    return nodes.code(id, [nodes.display(item._repr_mimebundle_()) for item in shown], f"charts.{id}(dx)")


def executed(slug: str, *cells: NotebookNode) -> Executed:
    """A chapter as if it had been run."""
    return Executed(Chapter(Path(f"01_{slug}.ipynb")), nodes.notebook(cells), 0.1)


def picture(label: str, alt: str = "two lines, the second above the first") -> Shown:
    """A chart of ours: an SVG with a clip path, as matplotlib writes it."""
    svg = (
        '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "x" "http://www.w3.org/x.dtd">'
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 40" width="90" height="40">'
        '<metadata><a href="http://matplotlib.org/"/></metadata><style type="text/css">*{x: y}</style>'
        '<defs><clipPath id="clip"><rect width="9" height="4"/></clipPath></defs>'
        f'<g id="figure_1" clip-path="url(#clip)"><text x="1" y="9">{label}</text></g></svg>'
    )
    html = f'<figure class="fb fb-chart"><div class="fb-svg" role="img" aria-label="{alt}">{svg}</div></figure>'
    return Shown("chart", html, alt, {"alt": alt}, svg)


def diagnosis(folder: str = "teahouse", read: bool = True) -> Diagnosis:
    """A diagnosis with nothing in it but names."""
    return Diagnosis(
        merchant=Merchant(folder, "茶馆旗舰店", synthetic=True),
        period=Period(date(2026, 10, 1), date(2026, 10, 31)),
        language="zh",
        measures=Measures.empty(),
        verdict=Text("先修服务，再谈扩量。", "Mend service before growing."),
        files=(FileRecord("直播明细.xlsx", "sessions", "0" * 64, 10, read=read),),
    )


@pytest.fixture
def cover() -> Cover:
    """Whose report the tests spell."""
    return Cover("茶馆旗舰店", "2026年10月1日至10月31日", "zh", synthetic=True)


@pytest.fixture
def notebooks(tmp_path: Path) -> Callable[[Sequence[NotebookNode]], Path]:
    """Writes one chapter into a folder of notebooks; returns the folder."""

    def write(cells: Sequence[NotebookNode], name: str = "01_summary") -> Path:
        folder = tmp_path / "notebooks"
        opening = [cell("parameters", PARAMETERS, "parameters")]
        nodes.save(nodes.notebook([*opening, *cells]), folder / f"{name}.ipynb")
        return folder

    return write
