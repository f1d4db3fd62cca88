"""Whether raters agree."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def rwg(ratings: ArrayLike, points: int) -> NDArray[np.float64]:
    """r*wg of each item: 1 − s² ÷ the largest variance a scale of `points` allows ((points − 1)² ÷ 4).

    `ratings`: raters × items with NaN for no answer; s² is the sample variance. 1 is full
    agreement; two raters at opposite ends give −1. NaN for an item with fewer than two raters.
    """
    table = np.asarray(ratings, float)
    known = np.isfinite(table)
    n = known.sum(axis=0).astype(float)
    n[n < 2] = np.nan
    mean = np.where(known, table, 0).sum(axis=0) / n
    variance = np.where(known, (table - mean) ** 2, 0).sum(axis=0) / (n - 1)
    return np.asarray(1 - variance / ((points - 1) ** 2 / 4))
