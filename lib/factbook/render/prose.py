"""Markdown of a chapter as HTML: raw markup is shown as text, no address is loaded or linked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import mistune

MARK = ' data-section=""'
_SECTION = re.compile(r'(?=<h[12] data-section="")')
_TITLE = re.compile(r'<h([12]) data-section="">(.*?)</h\1>\s*', re.DOTALL)


class _Renderer(mistune.HTMLRenderer):
    """mistune's, escaping raw HTML; headings 1 and 2 are marked, links and pictures become words."""

    def __init__(self) -> None:
        super().__init__(escape=True)

    def heading(self, text: str, level: int, **_: Any) -> str:
        mark = MARK if level <= 2 else ""
        return f"<h{level}{mark}>{text}</h{level}>\n"

    def link(self, text: str, url: str, title: str | None = None) -> str:
        address = mistune.escape(url)
        return text if address in text else f"{text} ({address})"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return f"<em>{text}</em>"


@cache
def _markdown() -> mistune.Markdown:
    return mistune.Markdown(renderer=_Renderer(), plugins=[_plugin("table"), _plugin("strikethrough")])


def _plugin(name: str) -> Any:
    return mistune.plugins.import_plugin(name)


def render(source: str) -> str:
    """Markdown as HTML that is safe inside the page."""
    return str(_markdown()(source)).strip()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of HTML; `level` 1 or 2 where it opens with a heading, whose inner HTML is `title`."""

    html: str
    level: int = 0
    title: str = ""


def pieces(source: str) -> tuple[Piece, ...]:
    """Markdown split where an H1 or H2 begins; the heading itself is taken out of the HTML."""
    return tuple(_piece(part) for part in _SECTION.split(render(source)) if part.strip())


def _piece(html: str) -> Piece:
    found = _TITLE.match(html)
    if not found:
        return Piece(html.strip())
    return Piece(html[found.end() :].strip(), int(found[1]), found[2].strip())
