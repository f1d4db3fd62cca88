"""How long a report takes: stock papermill and nbconvert against `factbook render`, side by side in one run.

    python benchmarks/report.py [MERCHANT FOLDER …]

Both do the same work: the diagnosis once a merchant, the nine chapters executed, HTML written. The stock way runs one
chapter after another, each on a fresh kernel, and writes nine pages a merchant; ours writes one. The ratio is only
recorded, not judged: it depends on cores and disk.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import papermill
from nbconvert import HTMLExporter

from factbook import diagnosis
from factbook.render import render
from factbook.render.chapters import chapters

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "samples"


def stock(folders: Sequence[Path], out: Path) -> None:
    """The nine chapters of each merchant by papermill's own engine, each turned into a page by nbconvert."""
    exporter = HTMLExporter(exclude_input=True)
    for folder in folders:
        place = out / folder.name
        file = diagnosis.save(diagnosis.diagnose(folder), place / "diagnosis.json")
        given = {"merchant": str(folder), "diagnosis": str(file)}
        for chapter in chapters():
            executed = place / chapter.path.name
            papermill.execute_notebook(chapter.path, executed, given, progress_bar=False)
            page, _ = exporter.from_filename(str(executed))
            executed.with_suffix(".html").write_text(page, "utf-8")


def ours(folders: Sequence[Path], out: Path) -> None:
    """The same by `factbook render`; fails when a section could not be produced."""
    outcomes = render(folders, out, "")
    assert all(outcome.ok for outcome in outcomes), [outcome.reason for outcome in outcomes]


def measure(way: Callable[[Sequence[Path], Path], None], folders: Sequence[Path]) -> tuple[float, float]:
    """Seconds taken, and megabytes of HTML written."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        started = time.perf_counter()
        way(folders, out)
        seconds = time.perf_counter() - started
        return seconds, sum(page.stat().st_size for page in out.rglob("*.html")) / 1e6


def main(arguments: Sequence[str]) -> None:
    """Print both ways and their ratio."""
    folders = [Path(argument) for argument in arguments] or sorted(p for p in SAMPLES.iterdir() if p.is_dir())
    print(f"{len(folders)} merchants, {len(chapters())} chapters each")
    stock_seconds, stock_size = measure(stock, folders)
    our_seconds, our_size = measure(ours, folders)
    print(f"papermill + nbconvert  {stock_seconds:6.1f} s  {stock_size:5.1f} MB")
    print(f"factbook render        {our_seconds:6.1f} s  {our_size:5.1f} MB")
    print(f"ratio                  {stock_seconds / our_seconds:6.1f} ×  {stock_size / our_size:5.1f} ×")


if __name__ == "__main__":
    main(sys.argv[1:])
