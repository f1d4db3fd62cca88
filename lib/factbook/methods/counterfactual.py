"""What a stretch of days would have sold without the event that fell on it, from the days before alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

from factbook.errors import Refused
from factbook.methods.local_level import Filtered, Outlook, filtered

Array = NDArray[np.float64]
LEAST_DAYS = 28  # of history
LEAST_TIMES = 3  # the event's length
DIP_DAYS, HANGOVER_DAYS = 7, 14
LEAST_TRAINED = LEAST_DAYS - DIP_DAYS  # days that a placebo's forecast learns from
COMPARABLE = 0.5  # of the days that the event's own forecast learns from
LEAST_PLACEBOS = 19  # fewer could not give a p of 5 %
MOST_ORIGINS = 60  # placebo forecasts for the bands: more of them would only overlap
MOST_CLOSED = 0.5  # share of days without sales beyond which there is no usual day
DRAWS = 2000
# The model is believed (80 % of windows within its own 80 %) as if 8 windows had shown it, until windows speak. Daily
# sales stray with fat tails beside: Student's t with 6 degrees, scaled so that its 80 % are those of the windows.
INSIDE, PRIOR_WINDOWS, TAILS = 0.8, 8.0, 6.0
BELIEVED = float(ndtri((1 + INSIDE) / 2))
HARDLY = 1e-12  # probability beyond which a window's place is not told apart
NEAR, OUTLIER = 15, 5.0  # days around a day, and robust standard deviations from them
# Precision of the priors in units of a day's noise: weekdays and what is known beside are almost free, drift is not.
HOLD_WEEKDAY, HOLD_DRIFT, HOLD_EXOG = 0.05, 2.0, 0.05
DRIFT_DAYS = 100.0


@dataclass(frozen=True, slots=True)
class Uplift:
    """An event against its counterfactual. Totals in the unit of the series, arrays by day of the event.

    `effect` = actual − expected. `before_dip` and `hangover` are the same differences in the week before and the
    fortnight after (None where those days are not known), `net` all of them together. `placebo_p`: the share of windows
    without an event that strayed as far, None below 19 windows that do not overlap. `factor`: the bands' width in the
    model's own. `history`: known days before the event; `left_out`: those of them that were no ordinary days.
    """

    actual: float
    expected: float
    effect: float
    low95: float
    high95: float
    low80: float
    high80: float
    before_dip: float | None
    hangover: float | None
    net: float
    net_low95: float
    net_high95: float
    placebo_p: float | None
    placebos: int
    factor: float
    history: int
    left_out: int
    dates: pd.DatetimeIndex
    actual_daily: Array
    expected_daily: Array
    daily_low95: Array
    daily_high95: Array


@dataclass(frozen=True, slots=True)
class _Days:
    """A series day by day: its history as the model sees it, and the effects of all days to the last one asked for."""

    amounts: Array  # all days; NaN where not known
    ordinary: Array  # the same without the days of the history that were no ordinary ones
    history: int  # days before the event
    effects: Array  # all days × effects
    open: Array  # of all days, the share of such weekdays with sales
    left_out: int
    states: Filtered

    def look(self, day: int, gap: int, length: int) -> Outlook:
        """From the first `day` days: the logs of `length` days that begin `gap` days later."""
        return self.states.at(day, self.effects[day + gap : day + gap + length], gap)

    def strays(self, day: int, gap: int, length: int) -> float:
        """How far a window lies from its forecast: the normal score of its total's place in the forecast's law.

        Days that were no ordinary ones are left out: a window without an event has no event nobody told of either.
        """
        place = slice(day + gap, day + gap + length)
        known = np.isfinite(self.ordinary[place])
        sold = float(self.ordinary[place][known].sum())
        if known.sum() < max(length / 2, 1) or sold <= 0:
            return np.nan
        chance = self.look(day, gap, length).below(sold, self.open[place] * known)
        return float(ndtri(np.clip(chance, HARDLY, 1 - HARDLY)))


def uplift(daily: pd.Series, start: date, end: date, exog: pd.DataFrame | None = None, seed: int = 0) -> Uplift:
    """Compare an event (`start` to `end`, inclusive) with what the days before it lead one to expect.

    `daily`: amounts by date; NaN is a day not to learn from (unknown, or another event), 0 a day without sales.
    `exog`: columns by date over all those days, used as they are (an index of peers: in logs). Logs follow a local
    level with weekdays and a drift held near zero. The forecast starts before the week in which buyers may have waited,
    where 28 days lie before that week. Its bands are those of all candidate models, each as likely as its history makes
    it, stretched by how far the same forecast strayed on windows of the history without an event. They hold what they
    promise where a stretch nobody told of is as likely within the event as before it, and are wide where it is not. A
    weekday on which the shop was sometimes closed is expected to be closed as often.
    Raises Refused: `history_short` (below 28 known days), `event_long` (history below three times the event),
    `mostly_closed`, `negative_amounts`, `event_days_missing`, `exog_missing`.
    Source: Harvey 1989 (model), Brodersen et al. 2015 (use), Abadie, Diamond & Hainmueller 2010 (placebo windows).
    """
    first, last = pd.Timestamp(start), pd.Timestamp(end)
    amounts = _regular(daily, first, last)
    length = int((last - first).days) + 1
    days = _days(amounts, int((first - amounts.index[0]).days), length, exog)
    before = days.amounts[: days.history - DIP_DAYS]
    gap = DIP_DAYS if np.isfinite(before).sum() >= LEAST_DAYS else 0
    factor = _factor(days, gap, length)
    p, placebos = _placebo_p(days, gap, length)
    begin = days.history - gap
    outlook, open_ = days.look(begin, 0, len(amounts) - begin), days.open[begin:]
    paths = _paths(outlook, factor, open_, np.random.default_rng(seed))
    expected = np.exp(outlook.mean + outlook.noise / 2) * open_
    return Uplift(
        **_totals(days, expected, paths, (gap, length)),
        placebo_p=p,
        placebos=placebos,
        factor=factor,
        history=int(np.isfinite(days.amounts[: days.history]).sum()),
        left_out=days.left_out,
        dates=pd.DatetimeIndex(amounts.index[days.history : days.history + length]),
    )


def _regular(daily: pd.Series, first: pd.Timestamp, last: pd.Timestamp) -> pd.Series:
    """Every day from the first known one to the hangover's end (as far as days are there), in order."""
    known = daily.dropna().sort_index().astype(float)
    if known.empty or known.index[0] >= first:
        raise Refused("history_short")
    if last > known.index[-1] or first > last:
        raise Refused("event_days_missing")
    reach = min(known.index[-1], last + pd.Timedelta(days=HANGOVER_DAYS))
    amounts = known.reindex(pd.date_range(known.index[0], reach))
    if amounts[first:last].isna().any():
        raise Refused("event_days_missing")
    return amounts


def _days(amounts: pd.Series, history: int, length: int, exog: pd.DataFrame | None) -> _Days:
    """The series with its effects and its filtered history, or a refusal."""
    values = amounts.to_numpy(float)
    past = values[:history]
    known = int(np.isfinite(past).sum())
    refusals = {
        "negative_amounts": bool((values < 0).any()),
        "history_short": known < LEAST_DAYS,
        "event_long": known < LEAST_TIMES * length,
        "mostly_closed": bool((past == 0).sum() > MOST_CLOSED * known),
    }
    for reason, holds in refusals.items():
        if holds:
            raise Refused(reason)
    weekday = pd.DatetimeIndex(amounts.index).day_of_week.to_numpy()
    beside = _beside(amounts, exog)
    told = (beside != np.median(beside, axis=0)).any(axis=1) if beside.shape[1] else np.zeros(len(values), dtype=bool)
    every = np.log(np.where(past > 0, past, np.nan))
    logs = np.where(told[:history], every, _ordinary(every, weekday[:history]))
    effects, hold = _effects(weekday, history, beside)
    odd = np.append((past > 0) & np.isnan(logs), np.zeros(len(values) - history, dtype=bool))
    states = filtered(logs, effects[:history], hold)
    ordinary = np.where(odd, np.nan, values)
    return _Days(values, ordinary, history, effects, _open(past, weekday), int(odd.sum()), states)


def _effects(weekday: NDArray[np.intp], history: int, beside: Array) -> tuple[Array, Array]:
    """Weekdays, a drift that is zero at the event, and what is known beside; with the precision of their priors."""
    drift = (np.arange(len(weekday)) - history) / DRIFT_DAYS
    hold = [HOLD_WEEKDAY] * 7 + [HOLD_DRIFT] + [HOLD_EXOG] * beside.shape[1]
    return np.column_stack([np.eye(7)[weekday], drift, beside]), np.asarray(hold)


def _beside(amounts: pd.Series, exog: pd.DataFrame | None) -> Array:
    if exog is None:
        return np.empty((len(amounts), 0))
    rows = exog.reindex(amounts.index)
    if rows.isna().to_numpy().any():
        raise Refused("exog_missing")
    figures = rows.to_numpy(float)
    return np.asarray(figures - figures.mean(axis=0), dtype=float)


def _open(past: Array, weekday: NDArray[np.intp]) -> Array:
    """For every day, how often such a weekday of the history had sales."""
    known = np.isfinite(past)
    days, sold = (np.bincount(weekday[: len(past)][mask], minlength=7) for mask in (known, known & (past > 0)))
    share = np.divide(sold, days, out=np.ones(7), where=days > 0)
    return np.asarray(share[weekday], dtype=float)


def _ordinary(logs: Array, weekday: NDArray[np.intp]) -> Array:
    """Without the days that stand far off their fortnight (a holiday, an untold sale); a shift of level stays."""
    series = pd.Series(logs)
    off = series - series.rolling(NEAR, center=True, min_periods=5).median()
    off -= off.groupby(weekday).transform("median")
    spread = 1.4826 * float(off.abs().median())
    return np.asarray(series.mask(off.abs() > OUTLIER * spread) if spread > 0 else series, dtype=float)


def _origins(days: _Days, gap: int, length: int, step: int) -> list[int]:
    """Days from which a placebo window of the event's length can be forecast, the last one first.

    Such a forecast must have learnt from half as many days as the event's own: one that learnt from fewer is unsure
    of more, strays less in its own measure, and would make the event look odd.
    """
    known = np.cumsum(np.isfinite(days.amounts[: days.history]))
    least = max(LEAST_TRAINED, known[days.history - gap - 1] * COMPARABLE)
    return [day for day in range(days.history - gap - length, 0, -step) if known[day - 1] >= least]


def _factor(days: _Days, gap: int, length: int) -> float:
    """By how much the forecast's law is stretched, from windows without an event and the belief in the model."""
    step = max(1, length // 4, days.history // MOST_ORIGINS)
    strayed = np.array([days.strays(day, gap, length) for day in _origins(days, gap, length, step)])
    strayed = np.abs(strayed[np.isfinite(strayed)])
    windows = len(strayed) * step / length  # that do not overlap
    seen = float(np.quantile(strayed, INSIDE)) * windows if len(strayed) else 0.0
    return (PRIOR_WINDOWS + seen / BELIEVED) / (PRIOR_WINDOWS + windows)


def _placebo_p(days: _Days, gap: int, length: int) -> tuple[float | None, int]:
    """Where the event stands among windows without one, and how many of those there were."""
    strayed = np.array([days.strays(day, gap, length) for day in _origins(days, gap, length, length)])
    strayed = np.abs(strayed[np.isfinite(strayed)])
    if len(strayed) < LEAST_PLACEBOS:
        return None, len(strayed)
    event = abs(days.strays(days.history - gap, gap, length))
    return float((1 + (strayed >= event).sum()) / (1 + len(strayed))), len(strayed)


def _paths(outlook: Outlook, factor: float, open_: Array, rng: np.random.Generator) -> Array:
    """Simulated days without the event, draws × days: the forecast's law, stretched around its mean."""
    scale = factor * BELIEVED / float(stdtrit(TAILS, (1 + INSIDE) / 2))
    tails = scale * np.sqrt(TAILS / rng.chisquare(TAILS, DRAWS))
    logs = outlook.mean + (outlook.draws(DRAWS, rng) - outlook.mean) * tails[:, None]
    paths: Array = np.exp(logs) * (rng.random(logs.shape) < open_)
    return paths


def _totals(days: _Days, expected: Array, paths: Array, spans: tuple[int, int]) -> dict[str, Any]:
    """Every difference of actual and expected, with bands; `expected` begins with the days of the dip."""
    gap, length = spans
    sold = days.amounts[days.history - gap :]
    event = slice(gap, gap + length)
    known = np.isfinite(sold)
    above = np.where(known, sold - expected, 0.0)
    simulated = np.where(known, sold, 0.0).sum() - paths[:, known].sum(axis=1)
    effects = sold[event].sum() - paths[:, event].sum(axis=1)
    low95, low80, high80, high95 = (float(end) for end in np.quantile(effects, (0.025, 0.1, 0.9, 0.975)))
    net_low, net_high = (float(end) for end in np.quantile(simulated, (0.025, 0.975)))
    daily_low, daily_high = np.quantile(paths[:, event], (0.025, 0.975), axis=0)
    actual, without = float(sold[event].sum()), float(expected[event].sum())
    return {
        "actual": actual,
        "expected": without,
        "effect": actual - without,
        "low95": low95,
        "high95": high95,
        "low80": low80,
        "high80": high80,
        "before_dip": float(above[:gap].sum()) if known[:gap].any() else None,
        "hangover": float(above[gap + length :].sum()) if known[gap + length :].any() else None,
        "net": float(above.sum()),
        "net_low95": net_low,
        "net_high95": net_high,
        "actual_daily": sold[event],
        "expected_daily": expected[event],
        "daily_low95": daily_low,
        "daily_high95": daily_high,
    }
