"""The meeting's board: choose merchant and period, read the scorecard, move the funnel."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import ipywidgets as widgets

from factbook import fmt
from factbook.diagnosis import find, load_diagnosis
from factbook.errors import FactbookError
from factbook.intake import is_merchant, read_toml
from factbook.knowledge.words import say
from factbook.live.funnel import RoomFunnel, funnel_data
from factbook.live.scorecard import Scorecard, scorecard_data
from factbook.records import Diagnosis


@lru_cache(maxsize=32)
def _diagnosis(folder: str, period: str, language: str) -> Diagnosis:
    """A diagnosis computed once a meeting; switching back to it is free."""
    return load_diagnosis(folder, period=period, language=language)


class Board:
    """The widgets of one meeting and what happens when a choice changes."""

    def __init__(self, merchant: str, period: str, language: str) -> None:
        folder = find(merchant)
        first = _diagnosis(str(folder), period, language)
        self.language = first.language
        self.merchant = widgets.Dropdown(options=merchants(folder), value=str(folder), description=self.say("merchant"))
        self.period = widgets.Dropdown(options=periods(first, self.language), description=self.say("period"))
        self.status = widgets.HTML()
        self.scorecard = Scorecard(data=scorecard_data(first), selected=foremost(first))
        self.funnel = RoomFunnel(data=funnel_data(first))
        self.merchant.observe(self._other_merchant, names="value")
        self.period.observe(self._other_period, names="value")
        chooser = widgets.HBox([self.merchant, self.period, self.status])
        self.view = widgets.VBox([chooser, self.scorecard, self.funnel])

    def say(self, key: str) -> str:
        return say(f"meeting.{key}", self.language)

    def _other_merchant(self, change: dict[str, str]) -> None:
        with self.period.hold_trait_notifications():
            dx = self._open(change["new"], "")
            if dx:
                self.period.unobserve(self._other_period, names="value")
                self.period.options = periods(dx, self.language)
                self.period.observe(self._other_period, names="value")
                self._show(dx)

    def _other_period(self, change: dict[str, str]) -> None:
        dx = self._open(self.merchant.value, change["new"])
        if dx:
            self._show(dx)

    def _open(self, folder: str, period: str) -> Diagnosis | None:
        """The diagnosis, or None with one plain sentence where the client looks."""
        self.status.value = self.say("working")
        try:
            dx = _diagnosis(folder, period, self.language)
        except FactbookError:
            self.status.value = self.say("cannot")
            return None
        self.status.value = ""
        return dx

    def _show(self, dx: Diagnosis) -> None:
        self.scorecard.selected = foremost(dx)
        self.scorecard.data = scorecard_data(dx)
        self.funnel.rates = {}
        self.funnel.data = funnel_data(dx)


def foremost(dx: Diagnosis) -> str:
    """The area of the most important finding, so that the drill-down opens where it matters."""
    return dx.findings[0].area if dx.findings else ""


def merchants(folder: Path) -> list[tuple[str, str]]:
    """The merchants that lie beside this one, by the name merchant.toml gives them, else their folder's."""
    beside = [path for path in sorted(folder.parent.iterdir()) if path == folder or is_merchant(path)]
    return [(str(read_toml(path)[0].get("name", path.name)), str(path)) for path in beside]


def periods(dx: Diagnosis, language: str) -> list[tuple[str, str]]:
    """This period and the ones of equal length before it, as far as there were sales."""
    weeks = dx.measures.select("paid_amount_cny", "week", "history")
    first = min(weeks["week"], default=dx.period.start.isoformat())
    chosen, spans = dx.period, list[tuple[str, str]]()
    while not spans or (chosen.start.isoformat() >= first and len(spans) < 6):
        spans.append((fmt.span(chosen.start, chosen.end, language), str(chosen)))
        chosen = chosen.preceding()
    return spans


def meeting(merchant: str, period: str = "", language: str = "") -> widgets.VBox:
    """The live board for a merchant's folder; `period` and `language` as in every chapter."""
    return Board(merchant, period, language).view
