"""Why a product of factors changed: the additive log-mean Divisia index (LMDI-I), without a residual."""

from __future__ import annotations

import math
from collections.abc import Mapping

from factbook.errors import ParameterError, Refused

NEAR = 1e-3  # below this log ratio of the totals, the log mean is taken from a series that cancels nothing


def decompose(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    """Contribution of each factor to the change of a product, in the product's unit, in the order of `before`.

    Both mappings hold factor → value, and their product is the total. The contribution of factor k is
    L(V₁, V₀) · ln(x₁ₖ ÷ x₀ₖ) with the log mean L(a, b) = (a − b) ÷ (ln a − ln b), L(a, a) = a; since the
    logarithms of the ratios add up to ln(V₁ ÷ V₀), the contributions add up to V₁ − V₀. Worked by hand:
    (2, 3) → (4, 3) gives V 6 → 12, L = 6 ÷ ln 2, so the first factor takes 6 ÷ ln 2 · ln 2 = 6, the second 0.
    Where a total is zero, the first zero along the chain takes the whole change.

    Raises ParameterError where the two name different factors or none, Refused("negative_factor") where
    one is below zero and Refused("not_finite") where one is missing or too large.
    Source: B. W. Ang, The LMDI approach to decomposition analysis: a practical guide, Energy Policy 33 (2005).
    """
    _check(before, after)
    start, end = math.prod(before.values()), math.prod(after[name] for name in before)
    if not (math.isfinite(start) and math.isfinite(end)):
        raise Refused("not_finite")
    if start == 0 or end == 0:
        return _first_zero(before, after, end - start)
    logs = {name: math.log(after[name]) - math.log(before[name]) for name in before}
    weight = log_mean(start, end, math.fsum(logs.values()))
    return _settled({name: weight * part for name, part in logs.items()}, end - start)


def _check(before: Mapping[str, float], after: Mapping[str, float]) -> None:
    if set(before) != set(after) or not before:
        odd = ", ".join(sorted(set(before) ^ set(after))) or "none given"
        raise ParameterError(f"both sides must name the same factors, at least one ({odd})")
    values = [*before.values(), *after.values()]
    if not all(math.isfinite(value) for value in values):
        raise Refused("not_finite")
    if min(values) < 0:
        raise Refused("negative_factor")


def _first_zero(before: Mapping[str, float], after: Mapping[str, float], change: float) -> dict[str, float]:
    """The whole change to the first factor that is zero on either side (an ε would split it arbitrarily)."""
    zeros = [name for name in before if before[name] == 0 or after[name] == 0]
    taker = zeros[0] if zeros else min(before, key=lambda name: min(before[name], after[name]))
    return {name: change if name == taker else 0.0 for name in before}


def log_mean(start: float, end: float, ratio: float) -> float:
    """L(end, start) for positive totals, `ratio` being ln(end ÷ start); near equality by its series."""
    if abs(ratio) < NEAR:
        return math.sqrt(start) * math.sqrt(end) * (1 + ratio * ratio / 24)
    return (end - start) / ratio


def _settled(parts: dict[str, float], change: float) -> dict[str, float]:
    """The parts with what rounding left over put on the largest, so that their sum is the change."""
    largest = max(parts, key=lambda name: abs(parts[name]))
    rest = math.fsum([change, *(-part for part in parts.values())])
    return {**parts, largest: parts[largest] + rest} if parts[largest] else parts
