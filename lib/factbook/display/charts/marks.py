"""Words in a picture: beside the axes, near a point, at a pixel; none on top of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.text import Annotation, Text

from factbook.display import style, typeset
from factbook.display.style import Look
from factbook.knowledge.captions import say

LEADING = 1.7  # line heights between neighbouring end labels
NAME_ROOM = 130  # pixels a creator's name may take
DOT = 5  # pixels around a dot that a name should leave free
PLATE: Look = {"facecolor": style.PAPER, "alpha": 0.75, "lw": 0, "pad": 0.6}
SIDES = (("left", 9, 0), ("right", -9, 0), ("center", 0, 14), ("center", 0, -14))


@dataclass(frozen=True)
class Box:
    """A rectangle in the picture's pixels."""

    x0: float
    y0: float
    x1: float
    y1: float

    def meets(self, other: Box) -> bool:
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1

    def inside(self, other: Box) -> bool:
        return other.x0 <= self.x0 and self.x1 <= other.x1 and other.y0 <= self.y0 and self.y1 <= other.y1


@dataclass(frozen=True)
class Spot:
    """A point in data that wants its name beside it."""

    x: float
    y: float
    name: str


def near(
    ax: Axes, spot: tuple[float, float], said: str, shift: tuple[float, float] = (0, 0), **look: Any
) -> Annotation:
    """Text at a point in data (or in `xycoords`), moved by some pixels."""
    plain: Look = {"textcoords": "offset points", "va": "center", "annotation_clip": False}
    return ax.annotate(said, spot, shift, **{**plain, **look})


def beside(ax: Axes, y: float, said: str, shift: float = 8, **look: Any) -> Annotation:
    """Text to the right of the axes, at a height in data."""
    plain: Look = {"xycoords": ("axes fraction", "data"), "size": style.SMALL}
    return near(ax, (1, y), said, (shift, 0), **{**plain, **look})


def pixel(ax: Axes, x: float, y: float, said: str, **look: Any) -> Annotation:
    """Text at a pixel of the canvas; with `row=True` the height is in data."""
    coords = ("figure pixels", "data") if look.pop("row", False) else "figure pixels"
    return ax.annotate(said, (x, y), xycoords=coords, annotation_clip=False, **{"va": "center", **look})


def note(ax: Axes, key: str, language: str, **values: object) -> None:
    """A small heading above the axes, at its left edge: what the scale counts."""
    ax.set_title(say(key, language, **values), loc="left", size=style.SMALL, color=style.SOFT, pad=8)


def ends(ax: Axes, items: Sequence[tuple[float, str, str]], size: float = style.SMALL) -> None:
    """Labels to the right of the axes, each at its height in data, with a square of its colour."""
    pixels = [float(ax.transData.transform((0, y))[1]) for y, _, _ in items]
    frame = ax.get_window_extent()
    room = style.size(style.root(ax))[0] - frame.x1 - 12 - size
    heights = spread(pixels, size * LEADING, frame.y0 + size / 2, frame.y1 - size / 2)
    for height, (_, said, colour) in zip(heights, items, strict=True):
        pixel(ax, frame.x1 + 8, height, "■", color=colour, size=size)
        pixel(ax, frame.x1 + 10 + size, height, typeset.fit(said, room, size), size=size)


def spread(spots: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """The positions nearest to `spots` that keep `gap` between neighbours and stay within the bounds."""
    order = sorted(range(len(spots)), key=lambda n: (spots[n], n))
    placed: dict[int, float] = {}
    floor = low
    for n in order:
        placed[n] = max(spots[n], floor)
        floor = placed[n] + gap
    ceiling = high
    for n in reversed(order):
        placed[n] = min(placed[n], ceiling)
        ceiling = placed[n] - gap
    return [placed[n] for n in range(len(spots))]


def box(text: Text) -> Box:
    """The rectangle a text takes."""
    found = text.get_window_extent(style.renderer(style.root(text)))
    return Box(found.x0, found.y0, found.x1, found.y1)


def place(ax: Axes, spots: Sequence[Spot], taken: Sequence[Box] = (), dots: Sequence[tuple[float, float]] = ()) -> None:
    """Names beside their points: clear of every dot if possible, never on another name.

    A name that fits nowhere is left out (the data hold it).
    """
    frame = ax.get_window_extent()
    inner, held = Box(frame.x0, frame.y0, frame.x1, frame.y1), list(taken)
    pixels = [ax.transData.transform(dot) for dot in dots]
    around = [Box(x - DOT, y - DOT, x + DOT, y + DOT) for x, y in pixels]
    for spot in spots:
        name = typeset.fit(spot.name, NAME_ROOM, style.TINY)
        ways = _ways(ax, spot, typeset.width(name, style.TINY))
        free = [way for way in ways if way[1].inside(inner) and not any(way[1].meets(other) for other in held)]
        clear = [way for way in free if not any(way[1].meets(dot) for dot in around)]
        if free:
            (side, dx, dy), wanted = (clear or free)[0]
            look: Look = {"ha": side, "size": style.TINY, "zorder": 5, "bbox": PLATE}
            near(ax, (spot.x, spot.y), name, (dx, dy), **look)
            held.append(wanted)


def _ways(ax: Axes, spot: Spot, wide: float) -> list[tuple[tuple[str, float, float], Box]]:
    """Each side a name may stand on, and the box it would take there."""
    x, y = ax.transData.transform((spot.x, spot.y))
    return [(way, _name_box(x + way[1], y + way[2], wide, way[0])) for way in SIDES]


def _name_box(x: float, y: float, wide: float, side: str) -> Box:
    left = {"left": x, "right": x - wide, "center": x - wide / 2}[side]
    half = style.TINY * 0.75
    return Box(left, y - half, left + wide, y + half)
