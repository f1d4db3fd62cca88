"""A figure now and before, like held against like: sessions of one kind, the same season, whole weeks, equal spans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from factbook.judgement.facts import Facts
from factbook.knowledge.areas import areas
from factbook.knowledge.holidays import season, week_a_year_ago
from factbook.records import Measure, Period

SUNDAY = timedelta(days=6)
NOW, THEN = "now", "then"


@dataclass(frozen=True, slots=True)
class History:
    """A figure, what it is held against in its own past, and how that was made like it."""

    now: float
    then: float
    kind: str  # "alike" | "year_ago" | "weeks" | "previous": headings.toml names them

    @property
    def change(self) -> float:
        """The relative change."""
        return self.now / self.then - 1


def history(facts: Facts, spec: str) -> History | None:
    """The first comparison with its own past that the data allow; None without one above zero."""
    found = (look(facts, spec) for look in _WAYS)
    return next((pair for pair in found if pair is not None and pair.then > 0), None)


def _alike(facts: Facts, spec: str) -> History | None:
    """Sessions against earlier ones of the same start band, length and part of the week."""
    rows = {row.slice["like"]: row.value for row in facts.rows(spec, "like", period="history")}
    now, then = rows.get(NOW), rows.get(THEN)
    return History(now, then, "alike") if now is not None and then is not None else None


def _year_ago(facts: Facts, spec: str) -> History | None:
    """In a season: the period's whole weeks against the like weeks a year ago, holidays on the same footing."""
    if season(facts.case.period) is None:
        return None
    weeks = _weekly(facts, spec)
    now = [week for week in weeks if _inside(week, facts.case.period) and _ripe_week(facts, spec, week)]
    then = [week_a_year_ago(date.fromisoformat(week)).isoformat() for week in now]
    if not now or not set(then) <= set(weeks):
        return None
    return History(_pooled([weeks[week] for week in now]), _pooled([weeks[week] for week in then]), "year_ago")


def _weeks(facts: Facts, spec: str) -> History | None:
    """The median of the period's weeks against that of the weeks before."""
    rules, weeks = areas().comparison, facts.weeks(spec)
    now = [value for week, value in weeks.items() if _inside(week, facts.case.period) and _ripe_week(facts, spec, week)]
    start = facts.case.period.start.isoformat()
    then = [value for week, value in weeks.items() if week < start and _ripe_week(facts, spec, week)][
        -rules.history_weeks :
    ]
    enough = now and len(then) >= rules.history_weeks_min
    return History(median(now), median(then), "weeks") if enough else None


def _previous(facts: Facts, spec: str) -> History | None:
    """The span of equal length before; not for refunds, which are still arriving for this one."""
    now, then = facts.value(spec), facts.value(spec, "previous")
    if now is None or then is None or not _ripe(facts, spec, facts.case.period.end):
        return None
    return History(now, then, "previous")


_WAYS: tuple[Callable[[Facts, str], History | None], ...] = (_alike, _year_ago, _weeks, _previous)


def _weekly(facts: Facts, spec: str) -> dict[str, Measure]:
    id, _, key = spec.partition(":")
    by = ("week", "field") if key else ("week",)
    rows = facts.rows(id, *by, period="history")
    return {row.slice["week"]: row for row in rows if not key or row.slice["field"] == key}


def _pooled(rows: list[Measure]) -> float:
    """Σ numerator ÷ Σ denominator of weeks in the metric's own scale; a sum of amounts, a median of peaks."""
    values, weights = [row.value or 0.0 for row in rows], [row.denominator for row in rows]
    if all(weights):
        return sum(v * (w or 0.0) for v, w in zip(values, weights, strict=True)) / sum(w or 0.0 for w in weights)
    return median(values) if rows[0].id in areas().comparison.peaks else sum(values)


def _inside(week: str, period: Period) -> bool:
    return period.start.isoformat() <= week <= period.end.isoformat()


def _ripe(facts: Facts, spec: str, last: date) -> bool:
    """Whether refunds up to a day have had the time that most of them take; other figures are ripe at once."""
    rules = areas().comparison
    if spec.partition(":")[0] not in rules.maturing:
        return True
    return last + timedelta(days=rules.mature_days) <= facts.known_until


def _ripe_week(facts: Facts, spec: str, week: str) -> bool:
    return _ripe(facts, spec, date.fromisoformat(week) + SUNDAY)
