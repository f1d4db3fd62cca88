"""What a deal leaves, where it breaks even, and what fixed fee the next one can bear.

Plain arithmetic on six figures, so that a notebook and a slider may call the same functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from factbook.errors import Refused

LEAST_DEALS = 3  # deals from which their scatter says something about the next one
LEVEL = 0.80  # of ten deals like these, eight should fall into the range
NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a deal: margin and commission as fractions of sales after refunds, the rest in yuan."""

    margin: float
    commission: float
    fee: float = 0.0
    gifts: float = 0.0
    samples: float = 0.0

    @property
    def kept(self) -> float:
        """What is left of a yuan of sales after refunds, once margin and commission are counted."""
        return self.margin - self.commission

    @property
    def fixed(self) -> float:
        """What is paid whatever is sold, in yuan."""
        return self.fee + self.gifts + self.samples


@dataclass(frozen=True, slots=True)
class Range:
    """A middle with a low and a high end, in one unit."""

    low: float
    middle: float
    high: float


def contribution(net: float, terms: Terms) -> float:
    """Yuan left of `net` sales (after refunds): net × (margin − commission) − fee − gifts − samples."""
    return net * terms.kept - terms.fixed


def break_even(terms: Terms, refund: float) -> float:
    """Sales before refunds at which nothing is left, in yuan; NaN where no amount of sales gets there."""
    bought = 1 - refund
    return terms.fixed / (bought * terms.kept) if bought > 0 and terms.kept > 0 else NAN


def payback(net: float, terms: Terms) -> float:
    """How many times the fixed costs came back: net × (margin − commission) ÷ fixed; NaN without fixed costs."""
    return net * terms.kept / terms.fixed if terms.fixed > 0 else NAN


def fee_worth(net: Range, terms: Terms) -> Range:
    """The fee at which nothing is left, for each end of the expected sales after refunds; never below zero.

    The terms' own fee does not enter: it is what is sought.
    """
    extras = terms.gifts + terms.samples
    low, middle, high = (max(end * terms.kept - extras, 0.0) for end in (net.low, net.middle, net.high))
    return Range(min(low, high), middle, max(low, high))


def next_range(past: Sequence[float], level: float = LEVEL) -> Range:
    """Where the next of several like amounts should fall: a prediction interval of Student's t on logs.

    The middle is the geometric mean. Raises Refused with fewer than three positive amounts.
    """
    amounts = np.asarray([amount for amount in past if np.isfinite(amount) and amount > 0], dtype=float)
    if len(amounts) < LEAST_DEALS:
        raise Refused("too_few")
    logs = np.log(amounts)
    spread = logs.std(ddof=1) * np.sqrt(1 + 1 / len(logs))
    reach = float(stdtrit(len(logs) - 1, (1 + level) / 2)) * spread
    return Range(*(float(np.exp(logs.mean() + shift)) for shift in (-reach, 0.0, reach)))
