"""The report: executed chapters become one self-contained page."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup
from nbformat import NotebookNode

from factbook import fmt
from factbook.records import LANGUAGES, Text
from factbook.render import fonts, outputs, prose
from factbook.render.chapters import Executed

TAGS = {"zh": "zh-CN", "en": "en"}
WORDS = {
    "report": Text("FACT 经营诊断", "FACT diagnosis"),
    "contents": Text("目录", "Contents"),
    "digest": Text("要点", "In short"),
    "skip": Text("跳到正文", "Skip to the report"),
    "synthetic": Text("模拟数据", "Synthetic data"),
    "made": Text("FACT 工作簿", "FACT workbook"),
    "basis": Text(
        "GMV 指用户支付金额，旁边总列出退款后金额；没给数据的项目不计分。",
        "GMV is what users paid; sales after refunds stand beside it. What was not supplied is not scored.",
    ),
}
_KIND = re.compile(r'class="fb fb-([a-z]+)')

INTERNAL = "internal"  # cells of this tag stay in the executed notebook and out of the client's page


@dataclass(frozen=True, slots=True)
class Cover:
    """Whose report it is."""

    merchant: str
    period: str
    language: str
    synthetic: bool = False
    industry: str = ""


NO_TITLE = Markup("")
QUIET = frozenset({"has-box", "has-text"})


@dataclass
class Section:
    """A client's question and what answers it; `kinds` are the display objects inside."""

    id: str
    title: Markup = NO_TITLE
    blocks: list[Markup] = field(default_factory=list)
    headlines: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)  # of what was not measured

    @property
    def silent(self) -> bool:
        """Nothing but what was not measured, and words about it: one line with the reason says it."""
        return bool(self.reasons) and set(self.kinds.split()) <= QUIET

    @property
    def kinds(self) -> str:
        """Class names such as `has-chart has-kpis`, for the page's layout."""
        found = dict.fromkeys(kind for block in self.blocks for kind in _KIND.findall(block))
        return " ".join(f"has-{kind}" for kind in found)


@dataclass
class Page:
    """A chapter as the template sees it; its first section is what stands before the first question."""

    id: str
    number: str
    title: Markup
    sections: list[Section]

    @property
    def opening(self) -> Section:
        return self.sections[0]

    @property
    def questions(self) -> list[Section]:
        return self.sections[1:]

    @property
    def digest(self) -> list[Section]:
        """The questions whose answers are findings or actions: their headlines stand on the first screen."""
        return [section for section in self.questions if section.headlines]


def report(executed: Sequence[Executed], cover: Cover, font_cache: Path) -> str:
    """The page of one merchant, in one language, from its executed chapters only."""
    numbered = enumerate(executed, 1)
    pages = [page(item.notebook, item.chapter.slug, number, cover.language) for number, item in numbered]
    return _spell("report.html.j2", cover.language, font_cache, script=True, cover=cover, pages=pages)


def page(notebook: NotebookNode, slug: str, number: int, language: str) -> Page:
    """One chapter: Markdown of the chosen language, outputs, no code."""
    made = Page(slug, f"{number:02d}", Markup(slug), [Section(f"{slug}-0")])
    for index, cell in enumerate(notebook.cells):
        if INTERNAL in cell.metadata.get("tags", []):
            continue
        if cell.cell_type == "markdown" and _speaks(cell, language):
            _read(made, cell.source)
        elif cell.cell_type == "code":
            _show(made, cell, index)
    return made


def _speaks(cell: NotebookNode, language: str) -> bool:
    tongues = set(cell.metadata.get("tags", [])) & set(LANGUAGES)
    return not tongues or language in tongues


def _read(made: Page, source: str) -> None:
    for piece in prose.pieces(source):
        if piece.level == 1 and made.title == made.id:
            made.title = Markup(piece.title)
        elif piece.level:
            made.sections.append(Section(f"{made.id}-{len(made.sections)}", Markup(piece.title)))
        if piece.html:
            made.sections[-1].blocks.append(Markup(f'<div class="prose">{piece.html}</div>'))


def _show(made: Page, cell: NotebookNode, index: int) -> None:
    section = made.sections[-1]
    for number, output in enumerate(cell.outputs):
        place = outputs.Place(f"{made.id}-{index}-{number}-", (section.title or made.title).striptags())
        section.headlines += outputs.headlines(output)
        section.reasons += filter(None, [outputs.unmeasured(output)])
        html = outputs.spell(output, place)
        if html:
            section.blocks.append(Markup(html))


def index(values: Mapping[str, Any], language: str, font_cache: Path) -> str:
    """The portfolio's page; render.index says what `values` hold."""
    return _spell("index.html.j2", language, font_cache, **values)


def _spell(template: str, language: str, font_cache: Path, script: bool = False, **values: Any) -> str:
    """A template with the page's style, script and, last, the font cut for what it came to say."""
    code = _asset("report.js") if script else ""
    common = {
        "lang": TAGS[language],
        "words": {name: text[language] for name, text in WORDS.items()},
        "style": Markup(_asset("page.css")),
        "script": Markup(code),
        "allowed": Markup(f"'sha256-{_digest(code)}'" if script else "'none'"),
        "version": version("factbook"),
        "unmeasured": fmt.NOT_MEASURED[language],
    }
    html = _templates().get_template(template).render(**common, **values, fonts="@@fonts@@")
    return html.replace("@@fonts@@", fonts.css(_seen(html), language, font_cache), 1)


def _seen(html: str) -> str:
    """The characters a reader may see: everything but embedded data."""
    return re.sub(r"data:(?:image|font)/[^\"')]+", "", html)


def _digest(code: str) -> str:
    return base64.b64encode(hashlib.sha256(code.encode()).digest()).decode("ascii")


def _asset(name: str) -> str:
    return files("factbook.render").joinpath("templates", name).read_text("utf-8")


@cache
def _templates() -> jinja2.Environment:
    loader = jinja2.PackageLoader("factbook.render")
    return jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
