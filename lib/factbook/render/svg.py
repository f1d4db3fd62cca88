"""Pictures inside one page: ids that cannot clash, nothing that is not drawn."""

from __future__ import annotations

import re

_PROLOGUE = re.compile(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<metadata>.*?</metadata>|<!--.*?-->", re.DOTALL)
_GLOBAL_STYLE = re.compile(r"<style[^>]*>\s*\*\s*\{[^}]*\}\s*</style>")  # matplotlib's; page.css says it
_ID = re.compile(r'\sid="([^"]*)"')
_REFERENCE = re.compile(r'url\(#([^)]+)\)|(?:xlink:)?href="#([^"]+)"|aria-(?:labelledby|describedby)="([^"]+)"')
_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_OPENING = re.compile(r"<svg\b[^>]*>")
_SIZE = re.compile(r'\s(width|height)="[^"]*"')


def picture(text: str, prefix: str) -> str:
    """One SVG for the page: no prologue, no metadata, only ids in use, each under `prefix`."""
    body = _GLOBAL_STYLE.sub("", _PROLOGUE.sub("", text)).replace("<defs>\n  </defs>", "").strip()
    body = _OPENING.sub(_fluid, body, count=1)
    used = {name for groups in _REFERENCE.findall(body) for part in groups for name in part.split()}
    body = _ID.sub(lambda m: f' id="{prefix}{m[1]}"' if m[1] in used else "", body)
    return _REFERENCE.sub(lambda m: _renamed(m, prefix), body)


def pictures(html: str, prefix: str) -> str:
    """Every SVG inside a piece of HTML, each under a prefix of its own."""
    count = iter(range(html.count("<svg") + 1))
    return _SVG.sub(lambda m: picture(m[0], f"{prefix}{next(count)}-"), _PROLOGUE.sub("", html))


def _fluid(opening: re.Match[str]) -> str:
    """The picture takes the width of its column and keeps its proportions; its frame speaks for it."""
    tag = _SIZE.sub("", opening[0]) if "viewBox" in opening[0] else opening[0]
    return tag if "aria-hidden" in tag else f'{tag[:-1]} aria-hidden="true">'


def _renamed(found: re.Match[str], prefix: str) -> str:
    text = found[0]
    for name in {part for group in found.groups() if group for part in group.split()}:
        text = re.sub(rf'(?<=[#" ]){re.escape(name)}(?=[)" ])', f"{prefix}{name}", text)
    return text
