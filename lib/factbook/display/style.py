"""How pictures look: type, colours, canvas, and the SVG they become."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

import matplotlib.pyplot as plt
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.style import context

from factbook.display import typeset

P = ParamSpec("P")
R = TypeVar("R")
Look = dict[str, Any]  # keyword arguments of matplotlib

INK, SOFT, FAINT, RULE, PAPER = "#1F2933", "#52606D", "#8593A3", "#D5DBE1", "#FFFFFF"
BASE, SMALL, TINY = 13.0, 11.5, 10.5

# One colour a field, everywhere. In the order F T A C S U they grow lighter: grey prints tell them apart.
FIELD = {"F": "#1B3A6B", "A": "#13898C", "C": "#A594D9", "T": "#A93444", "S": "#F0B945", "U": "#D3D7DD"}
LABEL = {
    "core": "#1D5FA8",
    "rising": "#2AA198",
    "mismatch": "#C4501B",
    "low": "#E6A33E",
    "unknown": "#C5CAD1",
}
LABEL_MARK = {"core": "o", "rising": "^", "mismatch": "X", "low": "v", "unknown": "o"}
LABEL_SIGN = {"core": "●", "rising": "▲", "mismatch": "×", "low": "▼", "unknown": "○"}
# Blue to orange: red and green look alike to one man in twelve; the mark says the same without colour.
VERDICT = {"good": "#2166AC", "normal": "#6B7785", "poor": "#C4501B", "": "#6B7785"}
TINT = {"good": "#C3DCF1", "normal": "#E9EDF1", "poor": "#FAD5B0", "": "#F3F5F7"}
MARK = {"good": "▲", "normal": "●", "poor": "▼", "": ""}
HATCH = "////"  # not measured
GATED = "#CBD2D9"  # shut by a gate

THEME: dict[str, Any] = {
    "font.family": [typeset.FAMILY],
    "font.size": BASE,
    "text.color": INK,
    "text.parse_math": False,  # a shop's name may hold $
    "text.hinting": "no_hinting",
    "axes.edgecolor": RULE,
    "axes.labelcolor": SOFT,
    "axes.labelsize": SMALL,
    "axes.linewidth": 1.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "axes.formatter.useoffset": False,
    "axes.titley": 1.0,  # fixed: finding the place anew costs a layout of every axes
    "grid.color": "#E6EAEE",
    "grid.linewidth": 1.0,
    "xtick.color": RULE,
    "ytick.color": RULE,
    "xtick.labelcolor": SOFT,
    "ytick.labelcolor": SOFT,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "xtick.major.size": 0.0,
    "ytick.major.size": 0.0,
    "xtick.major.pad": 8.0,
    "ytick.major.pad": 6.0,
    "hatch.linewidth": 0.8,
    "figure.dpi": 72.0,  # one pixel is one point, so sizes here are the page's pixels
    "savefig.dpi": 72.0,
    "svg.fonttype": "none",
    "svg.hashsalt": "factbook",
}
STACK = f"'{typeset.FAMILY}','Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif"
_NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))

typeset.register()


@contextmanager
def theme() -> Iterator[None]:
    """The look, for the length of a `with`; what a notebook has set neither leaks in nor is lost."""
    with context(["default", THEME]):
        yield


def themed(draw: Callable[P, R]) -> Callable[P, R]:
    """A drawing function that always works under the theme."""

    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> R:
        with theme():
            return draw(*args, **kwargs)

    return drawn


def figure(width: float = 900, height: float = 420) -> Figure:
    """An empty canvas, in the page's pixels; unknown to pyplot, so there is nothing to leave open."""
    fig = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor=PAPER)
    FigureCanvasAgg(fig)  # measures text; never painted
    return fig


def root(artist: Artist) -> Figure:
    """The figure an artist is drawn on."""
    found = artist.get_figure(root=True)
    assert isinstance(found, Figure)  # only figures of `figure` are drawn here
    return found


def renderer(fig: Figure) -> RendererAgg:
    """What measures text on a canvas of `figure`."""
    assert isinstance(fig.canvas, FigureCanvasAgg)
    return cast("RendererAgg", fig.canvas.get_renderer())  # type: ignore[no-untyped-call]


def size(fig: Figure) -> tuple[float, float]:
    """Width and height in pixels."""
    width, height = fig.get_size_inches() * 72
    return float(width), float(height)


def axes(fig: Figure, left: float, top: float, right: float, bottom: float) -> Axes:
    """Axes with their margins in pixels from the four edges of the canvas."""
    width, height = size(fig)
    box = (left / width, bottom / height, (width - left - right) / width, (height - top - bottom) / height)
    return fig.add_axes(box)


def finish(fig: Figure) -> str:
    """The picture as SVG text to stand inside a page; the figure is closed.

    Byte-stable; text is escaped; ids carry the picture's own digest, so that many pictures share one page.
    """
    out = io.StringIO()
    with theme():
        fig.savefig(out, format="svg", metadata=_NO_METADATA)
    plt.close(fig)  # for a figure that pyplot made; those of `figure` are simply let go
    return inline(out.getvalue(), *size(fig))


_TAG = re.compile(r"<[^>]+>")
_LONG = re.compile(r"(\d+\.\d\d)\d+")
_ID = re.compile(r'\bid="([^"]+)"')
_USE = re.compile(r'(url\(#|xlink:href="#)([^")]+)')
_FAMILY = re.compile(r"font-family: [^;\"]+(; )?")
_CHANGES = (  # inside a tag only, never in the text between tags
    (re.compile(r' transform="rotate\(-0 [^"]*\)"'), ""),
    (_FAMILY, ""),
    (_LONG, r"\1"),
    (re.compile(r"\s*\n\s*"), " "),
)


def inline(svg: str, width: float, height: float) -> str:
    """What matplotlib wrote, without its prolog and global style, its ids made unique."""
    body = svg[svg.index("</defs>") + len("</defs>") : svg.rindex("</svg>")]
    body = _TAG.sub(lambda tag: _slim(tag.group()), body)
    used = {name for _, name in _USE.findall(body)}
    body = _ID.sub(lambda found: found.group() if found.group(1) in used else "", body)
    body = re.sub(r"\n\s*", "\n", body).replace("<g >", "<g>")
    mark = f"fb{hashlib.sha256(body.encode()).hexdigest()[:8]}-"
    body = _USE.sub(rf"\1{mark}\2", _ID.sub(rf'id="{mark}\1"', body))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" '
        f'style="max-width:100%;height:auto;font-family:{STACK};stroke-linejoin:round;stroke-linecap:butt">'
    )
    return f"{head}{body}</svg>"


def _slim(tag: str) -> str:
    for pattern, by in _CHANGES:
        tag = pattern.sub(by, tag)
    return tag
