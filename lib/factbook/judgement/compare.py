"""Clearly below or above: a figure against its peers, with the interval on the same side."""

from __future__ import annotations

from dataclasses import dataclass

from factbook.judgement.facts import Facts, number
from factbook.knowledge.thumbs import line


@dataclass(frozen=True, slots=True)
class Against:
    """A figure and the peers' value it stands against."""

    value: float
    peer: float


def below_peers(facts: Facts, id: str) -> Against | None:
    """The pair when the figure is short by the line and its interval does not reach the peers; else None."""
    pair, high = _pair(facts, id), _end(facts, id, "high")
    if pair is None or pair.value > pair.peer * (1 - line("step_shortfall")):
        return None
    return pair if high is None or high < pair.peer else None


def above_peers(facts: Facts, id: str) -> Against | None:
    """The pair when the figure is ahead by the line and its interval does not reach the peers; else None."""
    pair, low = _pair(facts, id), _end(facts, id, "low")
    if pair is None or pair.value < pair.peer * (1 + line("strength_margin")):
        return None
    return pair if low is None or low > pair.peer else None


def _pair(facts: Facts, id: str) -> Against | None:
    value, peer = facts.value(id), facts.peer(id)
    return Against(value, peer.middle) if value is not None and peer is not None and peer.middle > 0 else None


def _end(facts: Facts, id: str, name: str) -> float | None:
    row = facts.find(id)
    return number(getattr(row, name)) if row else None
