"""Days of the year that move sales: holidays of the lunar calendar and seasons of fixed days."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from pydantic import Field, model_validator

from factbook.knowledge.load import Row, read
from factbook.records import Period, Text

YEAR = timedelta(days=364)  # 52 weeks: the same weekdays


class Moving(Row):
    """A holiday of the lunar calendar: its day in each year, and the days around it that belong to it."""

    name: Text
    before: int = Field(ge=0)
    after: int = Field(ge=0)
    days: tuple[date, ...]

    @model_validator(mode="after")
    def _one_a_year(self) -> Moving:
        if [day.year for day in self.days] != list(range(self.days[0].year, self.days[-1].year + 1)):
            raise ValueError("give one day for every year, in order")
        return self

    def spans(self) -> tuple[Period, ...]:
        """The days around the holiday, a span for each year."""
        lead, tail = timedelta(days=self.before), timedelta(days=self.after)
        return tuple(Period(day - lead, day + tail) for day in self.days)

    def year_before(self, day: date) -> date | None:
        """The day as far from last year's holiday as `day` is from this year's; None away from it."""
        places = (n for n, span in enumerate(self.spans()) if n and span.start <= day <= span.end)
        place = next(places, None)
        return None if place is None else day - (self.days[place] - self.days[place - 1])


class Fixed(Row):
    """A season with the same days every year."""

    name: Text
    start: tuple[int, int]
    end: tuple[int, int]

    def within(self, year: int) -> Period:
        """Its days in one year."""
        return Period(date(year, *self.start), date(year, *self.end))


class Holidays(Row):
    """The whole file."""

    moving: dict[str, Moving]
    fixed: dict[str, Fixed]


@cache
def holidays() -> Holidays:
    """The calendar of knowledge/holidays.toml."""
    return read("holidays.toml", Holidays)


def season(period: Period) -> Text | None:
    """The first season or holiday whose days a period meets; None in ordinary weeks."""
    years = range(period.start.year, period.end.year + 1)
    spans = [(row.name, row.within(year)) for row in holidays().fixed.values() for year in years]
    spans += [(row.name, span) for row in holidays().moving.values() for span in row.spans()]
    return next((name for name, span in spans if span.start <= period.end and span.end >= period.start), None)


def week_a_year_ago(monday: date) -> date:
    """The Monday of the like week a year ago: 52 weeks back, or as near to the moving holiday as this week is.

    A season of fixed days outweighs a holiday that wanders through it, as 端午 does through 618.
    """
    middle = monday + timedelta(days=3)
    moved = () if _fixed(middle) else (row.year_before(middle) for row in holidays().moving.values())
    then = next((day for day in moved if day), middle - YEAR)
    return then - timedelta(days=then.weekday())


def _fixed(day: date) -> bool:
    return any(span.start <= day <= span.end for span in (row.within(day.year) for row in holidays().fixed.values()))
