"""One display object: a MIME bundle that carries the picture, the data and the words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from factbook import fmt
from factbook.display import cells
from factbook.display.cells import escape, spell
from factbook.knowledge.words import say
from factbook.records import Text

__all__ = [
    "FOLD",
    "Col",
    "Shown",
    "Spec",
    "chart",
    "escape",
    "folded",
    "not_measured",
    "prose",
    "spell",
    "table",
]

Kind = Literal["chart", "table", "text", "kpi", "box"]

FOLD = "fold"  # a frame's optional column: the heading under which a row is folded away, "" for a row in sight


@dataclass(frozen=True)
class Shown:
    """What a notebook cell shows; exporters read the payload, people see the HTML or the SVG.

    `plain` is the alt text. `html` is complete and escaped. `payload` is JSON-able and holds raw values.
    """

    kind: Kind
    html: str
    plain: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    svg: str = ""

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        bundle: dict[str, Any] = {
            "text/html": self.html,
            "text/plain": self.plain,
            f"application/vnd.factbook.{self.kind}+json": dict(self.payload),
        }
        if self.svg:
            bundle["image/svg+xml"] = self.svg
        return bundle


@dataclass(frozen=True)
class Col:
    """A column as readers see it: name in the frame, headings, unit (see cells.spell).

    Units `figure` and `interval` take the unit of each row from the frame's column `unit`, `figure:NAME` from
    the column NAME.
    """

    name: str
    title: Text
    unit: str = "text"


@dataclass(frozen=True)
class Spec:
    """The words around a chart or a table."""

    title: str  # the message
    subtitle: str  # the neutral description
    alt: str
    source: str
    language: str
    columns: tuple[Col, ...] = ()
    synthetic: bool = False
    note: str = ""


def rows(frame: pd.DataFrame, columns: Sequence[Col]) -> list[list[Any]]:
    """The data behind a picture, raw: fractions, yuan, ISO dates, null for missing."""
    chosen = frame[[column.name for column in columns]]
    return [[cells.raw(value) for value in row] for row in chosen.itertuples(index=False)]


def payload(spec: Spec, frame: pd.DataFrame) -> dict[str, Any]:
    """The JSON that exporters spell: words, columns in both languages, raw rows, source."""
    heads = [{"name": c.name, "zh": c.title.zh, "en": c.title.en, "unit": c.unit} for c in spec.columns]
    return {
        "row_units": {c.name: _units(frame, c) for c in spec.columns if _by_row(c)},
        "title": spec.title,
        "subtitle": spec.subtitle,
        "alt": spec.alt,
        "source": spec.source,
        "note": spec.note,
        "language": spec.language,
        "synthetic": spec.synthetic,
        "columns": heads,
        "rows": rows(frame, spec.columns),
        **({"folds": list(frame[FOLD])} if FOLD in frame else {}),
    }


SYNTHETIC = Text("模拟数据", "synthetic data")
SOURCE = Text("来源", "Source")


def caption(spec: Spec) -> str:
    """Source, note and the synthetic mark, under a picture or table."""
    colon = "：" if spec.language == "zh" else ": "
    parts = [f"{SOURCE[spec.language]}{colon}{spec.source}" if spec.source else "", spec.note]
    parts.append(SYNTHETIC[spec.language] if spec.synthetic else "")
    return escape(" · ".join(part for part in parts if part))


def _figure(kind: str, spec: Spec, body: str) -> str:
    head = f'<p class="fb-title">{escape(spec.title)}</p><p class="fb-subtitle">{escape(spec.subtitle)}</p>'
    return f'<figure class="fb fb-{kind}">{head}{body}<figcaption>{caption(spec)}</figcaption></figure>'


def chart(svg: str, frame: pd.DataFrame, spec: Spec) -> Shown:
    """A picture (finished SVG text) with the frame it was drawn from."""
    body = f'<div class="fb-svg" role="img" aria-label="{escape(spec.alt)}">{svg}</div>'
    return Shown("chart", _figure("chart", spec, body), spec.alt, payload(spec, frame), svg)


def table(frame: pd.DataFrame, spec: Spec) -> Shown:
    """A table; figures are spelled by unit, text is escaped, rows with a heading in FOLD are folded under it."""
    head = "".join(f"<th{cells.aligned(c.unit)}>{escape(c.title[spec.language])}</th>" for c in spec.columns)
    units = zip(*(_units(frame, column) for column in spec.columns), strict=True)
    grid = zip(rows(frame, spec.columns), units, strict=True)
    lines = [f"<tr>{_cells(row, row_units, spec.language)}</tr>" for row, row_units in grid]
    folds = list(frame[FOLD]) if FOLD in frame else [""] * len(lines)
    parts = {fold: [line for line, of in zip(lines, folds, strict=True) if of == fold] for fold in dict.fromkeys(folds)}
    inner = _grid(head, parts.pop("", []))
    inner += "".join(folded(fold, len(part), _grid(head, part), spec.language) for fold, part in parts.items())
    return Shown("table", _figure("table", spec, inner), spec.alt, payload(spec, frame))


def _grid(head: str, lines: Sequence[str]) -> str:
    """The mark-up of some rows under the table's head; nothing for no rows."""
    body = f"<thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody>"
    return f'<div class="fb-scroll"><table>{body}</table></div>' if lines else ""


def folded(title: str, n: int, html: str, language: str) -> str:
    """What most readers skip, behind a line that says what it is and how much; print opens it (page.css).

    `html` is already escaped, `title` is not.
    """
    summary = escape(say("say.fold", language, title=title, n=n))
    return f'<details class="fb-fold"><summary>{summary}</summary>{html}</details>'


def _by_row(column: Col) -> bool:
    return column.unit == "interval" or column.unit.partition(":")[0] == "figure"


def _units(frame: pd.DataFrame, column: Col) -> list[str]:
    """The unit of each cell of a column."""
    if not _by_row(column):
        return [column.unit] * len(frame)
    kind, _, name = column.unit.partition(":")
    own = list(frame[name or "unit"])
    return own if kind == "figure" else [f"interval:{unit}" for unit in own]


def _cells(row: Sequence[Any], units: Sequence[str], language: str) -> str:
    return "".join(cells.cell(value, unit, language) for value, unit in zip(row, units, strict=True))


def prose(html: str, plain: str, data: Mapping[str, Any] | None = None) -> Shown:
    """Written text; `html` is already escaped, `plain` is the same words."""
    return Shown("text", f'<div class="fb fb-text">{html}</div>', plain, {"plain": plain, **(data or {})})


def not_measured(title: str, reason: str, language: str) -> Shown:
    """A quiet box where a picture would stand: what is missing, why, and what would bring it."""
    word = fmt.NOT_MEASURED[language]
    html = (
        f'<div class="fb fb-box"><p class="fb-title">{escape(title)}</p>'
        f"<p><strong>{escape(word)}</strong> {escape(reason)}</p></div>"
    )
    data = {"title": title, "reason": reason, "state": "not_measured"}
    return Shown("box", html, f"{title}: {word}. {reason}", data)


Builder = Callable[..., Shown]
