"""Markdown of a chapter as HTML: raw markup is shown as text, no address is loaded or linked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

SPLIT = ("h1", "h2")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of HTML; `level` 1 or 2 where it stands under such a heading, whose inner HTML is `title`."""

    html: str
    level: int = 0
    title: str = ""


def render(source: str) -> str:
    """Markdown as HTML that is safe inside the page."""
    return str(_markdown().render(source)).strip()


def pieces(source: str) -> tuple[Piece, ...]:
    """Markdown split where an H1 or H2 begins; the heading itself is taken out of the HTML."""
    tokens = _markdown().parse(source)
    starts = [n for n, token in enumerate(tokens) if _splits(token)]
    edges = [*([0] if not starts or starts[0] else []), *starts, len(tokens)]
    made = (_piece(tokens[start:end]) for start, end in pairwise(edges))
    return tuple(piece for piece in made if piece.html or piece.level)


def _splits(token: Token) -> bool:
    return token.type == "heading_open" and token.tag in SPLIT and token.level == 0


def _piece(tokens: Sequence[Token]) -> Piece:
    if not tokens or not _splits(tokens[0]):
        return Piece(_spell(tokens))
    return Piece(_spell(tokens[3:]), int(tokens[0].tag[1]), _spell(tokens[1:2]))


def _spell(tokens: Sequence[Token]) -> str:
    reader = _markdown()
    return str(reader.renderer.render(tokens, reader.options, {})).strip()


@cache
def _markdown() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    for rule, spell in {"link_open": _nothing, "link_close": _address, "image": _named}.items():
        reader.add_render_rule(rule, spell)
    return reader


def _nothing(self: RendererHTML, tokens: Sequence[Token], index: int, *_: Any) -> str:
    return ""


def _address(self: RendererHTML, tokens: Sequence[Token], index: int, *_: Any) -> str:
    """A link's address in words, unless the words are the address."""
    start = max(n for n in range(index) if tokens[n].type == "link_open")
    address = str(tokens[start].attrs["href"])
    said = "".join(token.content for token in tokens[start:index])
    return "" if said == address else f" ({escape(address)})"


def _named(self: RendererHTML, tokens: Sequence[Token], index: int, *_: Any) -> str:
    """A picture from elsewhere is not fetched; its description stays."""
    return f"<em>{escape(tokens[index].content)}</em>"
