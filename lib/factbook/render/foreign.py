"""HTML that is not ours (a consultant's DataFrame, a library's table): only plain structure passes."""

from __future__ import annotations

import html
from html.parser import HTMLParser

TABLE = ("table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption")
TEXT = ("p", "pre", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "h3", "h4", "h5")
WORDS = ("strong", "em", "b", "i", "sub", "sup", "code", "br", "hr")
PLAIN = frozenset((*TABLE, *TEXT, *WORDS))
UNSEEN = frozenset({"style", "script", "title", "template", "noscript", "iframe", "object", "svg", "math"})
SPANS = ("colspan", "rowspan")
SINGLE = frozenset({"br", "hr"})


class _Sieve(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen = 0
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self.unseen += 1
        elif tag in PLAIN and not self.unseen:
            self.parts.append(f"<{tag}{_spans(attributes)}>")
            self.open += [] if tag in SINGLE else [tag]

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in self.open and not self.unseen:
            while (last := self.open.pop()) != tag:
                self.parts.append(f"</{last}>")
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(html.escape(data, quote=False))


def _spans(attributes: list[tuple[str, str | None]]) -> str:
    kept = ((name, value) for name, value in attributes if name in SPANS and (value or "").isdigit())
    return "".join(f' {name}="{value}"' for name, value in kept)


def plain(text: str) -> str:
    """The structure and words of some HTML; every attribute, script, style and address is left out."""
    sieve = _Sieve()
    sieve.feed(text)
    sieve.close()
    closing = [f"</{tag}>" for tag in reversed(sieve.open)]
    return "".join([*sieve.parts, *closing]).strip()
