"""One notebook output as HTML: ours as it is, pictures with their words, the rest as plain tables or text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from factbook.display.shown import escape
from factbook.render import foreign, prose, svg

OURS = "application/vnd.factbook."
SHOWING = ("display_data", "execute_result")
_LINK = re.compile(r'<a\b[^>]*\bhref="(\w+:[^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_UNTOLD = ("<Figure size", "<matplotlib", "<IPython", "<Axes")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an output stands: the prefix of its ids, and the words to use for a picture that has none."""

    prefix: str
    section: str


Bundle = Mapping[str, Any]


def spell(output: NotebookNode, place: Place) -> str:
    """HTML of one output; streams and errors are not shown, an output of no known kind is left out."""
    if output.output_type not in SHOWING:
        return ""
    data = {mime: "".join(text) if isinstance(text, list) else text for mime, text in output.data.items()}
    if any(mime.startswith(OURS) for mime in data) and "text/html" in data:
        return svg.pictures(_LINK.sub(_words, data["text/html"]), place.prefix)
    mime = next((mime for mime in SPELLERS if mime in data), "")
    return SPELLERS[mime](data, place) if mime else ""


def headlines(output: NotebookNode) -> list[str]:
    """What an output says in a line each: the titles of its findings, or the actions of its table."""
    for mime, payload in output.get("data", {}).items():
        if mime.startswith(OURS):
            return [*_card_titles(payload), *_actions(payload)]
    return []


def unmeasured(output: NotebookNode) -> str:
    """Why an output of ours shows nothing, where it stands for what was not measured; else nothing."""
    ours = [data for mime, data in output.get("data", {}).items() if mime.startswith(OURS)]
    return next((str(data["reason"]) for data in ours if data.get("state") == "not_measured"), "")


def _card_titles(payload: Bundle) -> list[str]:
    return [str(card["title"]) for card in payload.get("cards", [])]


def _actions(payload: Bundle) -> list[str]:
    names = [column["name"] for column in payload.get("columns", [])]
    at = names.index("action") if "action" in names else None
    return [] if at is None else [str(row[at]) for row in payload["rows"]]


def _words(link: re.Match[str]) -> str:
    """A link to elsewhere as words: it can be read, not followed."""
    return link[2] if link[1] == link[2] else f"{link[2]} ({link[1]})"


def _alt(data: Bundle, place: Place) -> str:
    said = data.get("text/plain", "").strip()
    return escape(place.section if not said or said.startswith(_UNTOLD) else said)


def _drawing(data: Bundle, place: Place) -> str:
    body = svg.picture(data["image/svg+xml"], f"{place.prefix}0-")
    picture = f'<div class="fb-svg" role="img" aria-label="{_alt(data, place)}">{body}</div>'
    return f'<figure class="fb fb-chart">{picture}</figure>'


def _raster(mime: str) -> Callable[[Bundle, Place], str]:
    def spelled(data: Bundle, place: Place) -> str:
        source = f"data:{mime};base64,{''.join(data[mime].split())}"
        return f'<figure class="fb fb-chart"><img src="{source}" alt="{_alt(data, place)}"></figure>'

    return spelled


def _table(data: Bundle, place: Place) -> str:
    grid = foreign.plain(data["text/html"])
    return f'<div class="fb fb-table"><div class="fb-scroll">{grid}</div></div>'


def _markdown(data: Bundle, place: Place) -> str:
    return f'<div class="fb fb-text">{prose.render(data["text/markdown"])}</div>'


def _text(data: Bundle, place: Place) -> str:
    return f'<pre class="fb fb-plain">{escape(data["text/plain"])}</pre>'


SPELLERS: dict[str, Callable[[Bundle, Place], str]] = {
    "image/svg+xml": _drawing,
    "image/png": _raster("image/png"),
    "image/jpeg": _raster("image/jpeg"),
    "text/html": _table,
    "text/markdown": _markdown,
    "text/plain": _text,
}
