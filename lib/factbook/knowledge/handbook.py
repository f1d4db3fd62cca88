"""The metric handbook: the registry as a page in each language; `python -m factbook.knowledge.handbook docs`."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

from factbook.knowledge.metrics import Metric, metrics
from factbook.knowledge.reasons import report_name
from factbook.knowledge.thumbs import Thumb, thumb_of
from factbook.knowledge.words import label, say
from factbook.records import LANGUAGES

COLUMNS = ("metric", "formula", "unit", "basis", "direction", "codes", "weight", "thumb", "source", "report")
ORDER = ("shop", "G1", "G2", "G3", "F", "A", "C", "T", "S", "O")


def handbook(language: str) -> str:
    """The whole page as Markdown, areas in the order of the method."""
    rows = sorted(metrics().values(), key=lambda metric: ORDER.index(metric.area))
    parts = [_section(area, list(group), language) for area, group in groupby(rows, key=lambda metric: metric.area)]
    head = [f"# {say('handbook.title', language)}", "", say("handbook.lead", language, n=len(rows))]
    return "\n".join([*head, *(line for part in parts for line in part)]) + "\n"


def write(folder: Path) -> list[Path]:
    """Write `metrics.zh.md` and `metrics.en.md` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"metrics.{language}.md" for language in LANGUAGES]
    for path, language in zip(paths, LANGUAGES, strict=True):
        path.write_text(handbook(language), "utf-8", newline="\n")
    return paths


def _section(area: str, rows: list[Metric], language: str) -> list[str]:
    heads = [say(f"handbook.{name}", language) for name in COLUMNS]
    title = label("area", area, language) if area == "shop" else f"{area} · {label('area', area, language)}"
    return ["", f"## {title}", "", _line(heads), _line(["---"] * len(heads)), *(_row(row, language) for row in rows)]


def _row(metric: Metric, language: str) -> str:
    thumb = thumb_of(metric.id)
    return _line(
        [
            f"{metric.name[language]}<br>`{metric.id}`",
            metric.formula[language],
            say(f"unit.{metric.unit}", language),
            metric.basis[language],
            say(f"direction.{metric.direction}", language),
            " ".join(metric.codes),
            f"{metric.weight:g}",
            _thumb(thumb, language) if thumb else "",
            metric.source[language],
            report_name(metric.report)[language],
        ]
    )


def _thumb(thumb: Thumb, language: str) -> str:
    ends = {"good": f"{thumb.good:g}", "poor": f"{thumb.poor:g}", "source": thumb.source[language]}
    return say("handbook.ends", language, **ends)


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
