"""A score from 0 to 100 on a log-normal curve through two control points: median → 50, top decile → 90."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from factbook.errors import Refused

Z90 = 1.2815515655446004  # the standard normal's 90th percentile
Direction = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Curve:
    """The curve of one metric; `sigma` is the spread of ln(value), negative where smaller is better."""

    median: float
    sigma: float
    approximate: bool = False

    def score(self, value: float) -> float:
        """0–100; a value of zero or below takes the worse or the better end. Raises Refused on NaN."""
        if math.isnan(value):
            raise Refused("a missing value has no score")
        if value <= 0:
            return 0.0 if self.sigma > 0 else 100.0
        # a difference of logarithms: the quotient of a tiny value would be zero
        z = (math.log(value) - math.log(self.median)) / self.sigma
        return 50.0 * (1.0 + math.erf(z / math.sqrt(2)))

    def interval(self, low: float, high: float) -> tuple[float, float]:
        """The interval of the metric pushed through the curve, low end first."""
        first, second = sorted((self.score(low), self.score(high)))
        return first, second


def curve(median: float, top: float | None, direction: Direction, spread: float) -> Curve:
    """The curve through a peer median and a top decile, both in the metric's own unit.

    Without `top` the default `spread` (standard deviation of ln value) is taken: the curve is approximate.
    Raises Refused when the median is not positive, or the top is not on the better side of it.
    """
    if not (math.isfinite(median) and median > 0):
        raise Refused("the 50-point must be above zero")
    sign = 1.0 if direction == "up" else -1.0
    if top is None:
        return Curve(median, sign * spread, approximate=True)
    if not (math.isfinite(top) and top > 0 and sign * (top - median) > 0):
        raise Refused("the top decile must be better than the median")
    return Curve(median, math.log(top / median) / Z90)
