"""Random draws that can be repeated, and splits that lose no cent."""

from __future__ import annotations

from zlib import crc32

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def stream(seed: int, *purpose: str) -> np.random.Generator:
    """A generator of its own for each purpose, so that adding one never moves the others."""
    return np.random.default_rng([seed, *(crc32(name.encode()) for name in purpose)])


def noise(rng: np.random.Generator, sigma: float, size: int) -> Floats:
    """Multiplicative noise with mean 1: log-normal with the given spread."""
    return np.asarray(np.exp(rng.normal(-sigma * sigma / 2, sigma, size)), dtype=float)


def split(total: ArrayLike, weights: ArrayLike, groups: ArrayLike) -> Ints:
    """Whole numbers in proportion to `weights` that add up to `total[g]` exactly within every group.

    `total` holds one whole number per group code 0..n-1; `groups` the code of each row. Rounding the running
    sum instead of each part is what keeps the sum exact.
    """
    codes, parts = np.asarray(groups, dtype=np.int64), np.asarray(weights, dtype=float)
    sums = np.asarray(total, dtype=np.int64)
    order = np.argsort(codes, kind="stable")
    code, part = codes[order], parts[order]
    size = np.bincount(code, weights=part, minlength=len(sums))
    base = np.concatenate([[0.0], np.cumsum(part)])
    first = np.searchsorted(code, np.arange(len(sums)))
    share = np.divide(sums, size, out=np.zeros(len(sums)), where=size > 0)
    upto = np.rint((base[1:] - base[first][code]) * share[code]).astype(np.int64)
    last = np.searchsorted(code, np.arange(len(sums)), side="right") - 1
    present = last >= first
    upto[last[present]] = np.where(size[present] > 0, sums[present], 0)
    before = np.concatenate([[0], upto[:-1]])
    before[first[present]] = 0
    out = np.empty(len(codes), dtype=np.int64)
    out[order] = upto - before
    return out


def spread(total: float, weights: ArrayLike) -> Ints:
    """As `split` for a single group."""
    parts = np.asarray(weights, dtype=float)
    return split([round(total)], parts, np.zeros(len(parts), dtype=np.int64))


def mirrored(rng: np.random.Generator, sigma: float, size: int) -> Floats:
    """Noise whose mean and median are both exactly 1: every draw above has its twin below."""
    half = np.clip(rng.normal(0, sigma, size // 2), -0.8, 0.8)
    middle = [0.0] if size % 2 else []
    return np.asarray(1 + rng.permutation(np.concatenate([half, -half, middle])), dtype=float)
