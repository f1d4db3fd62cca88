"""Where a curve peaks and where it falls: the moments of a session worth looking at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.signal import find_peaks

Array = NDArray[np.float64]
LEAST = 0.15  # of the curve's highest level: a smaller rise or fall is its usual sway


@dataclass(frozen=True, slots=True)
class Turn:
    """One moment: its place in the curve, what it is, and the level there."""

    place: int
    kind: Literal["peak", "drop"]
    level: float


def smooth(values: ArrayLike, width: int) -> Array:
    """Centred moving average over 2 × width + 1 points, narrower at the ends; same length, NaN counts as absent."""
    level = np.asarray(values, float)
    if not len(level):
        return level
    known, inside = np.isfinite(level), slice(width, width + len(level))
    window = np.ones(2 * width + 1)
    sums = np.convolve(np.where(known, level, 0.0), window)[inside]
    counts = np.convolve(known.astype(float), window)[inside]
    return np.where(counts > 0, sums / np.maximum(counts, 1.0), np.nan)


def turns(values: ArrayLike, width: int = 5, most: int = 3) -> tuple[Turn, ...]:
    """The `most` highest peaks and steepest falls of a curve, in order of time.

    A peak stands out by 15 % of the highest level; a fall loses as much from one window to the next. What rises
    with the opening or falls with the close is no turn, so the first and last window are left out.
    """
    level = smooth(values, width)
    if len(level) < 6 * width or not np.isfinite(level).all() or level.max() <= 0:
        return ()
    least, apart = LEAST * float(level.max()), 3 * width
    tops, _ = find_peaks(level, prominence=least, distance=apart)
    falls = np.zeros(len(level))
    falls[width:-width] = level[: -2 * width] - level[2 * width :]
    drops, _ = find_peaks(falls, height=least, distance=apart)
    drops = drops[drops < len(level) - 4 * width]
    chosen = [(*_best(tops, level, most),), (*_best(drops, falls, most),)]
    found = [
        Turn(int(place), kind, float(level[place]))
        for kind, places in zip(_KINDS, chosen, strict=True)
        for place in places
    ]
    return tuple(sorted(found, key=lambda turn: turn.place))


_KINDS: tuple[Literal["peak", "drop"], ...] = ("peak", "drop")


def _best(places: NDArray[np.intp], height: Array, most: int) -> list[int]:
    """The places of greatest height."""
    order = np.argsort(-height[places], kind="stable")[:most]
    return [int(place) for place in places[order]]
