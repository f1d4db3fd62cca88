"""One session minute by minute: its curve, what happened at peaks and falls, and how ads move with it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from factbook.errors import Refused
from factbook.measures import realtime
from factbook.measures.common import Entry, Place, Ratio, blanks, column, entries, records, source_of, tally
from factbook.measures.ground import Ground
from factbook.measures.rooms import session_key
from factbook.methods.lags import response
from factbook.methods.turns import Turn, turns

CURVE = (
    Ratio("minute_online", "online_of_minutes", "minutes"),
    Ratio("minute_gmv_cny", "gmv_cny", "minutes"),
    Ratio("minute_ad_cost_cny", "ad_cost_cny", "minutes"),
    Ratio("minute_product_impressions", "product_impression_users", "minutes"),
)
TIMES = {
    "turn_gmv_times": "gmv_cny",
    "turn_ad_times": "ad_cost_cny",
    "turn_exposure_times": "product_impression_users",
}
TURNS = ("turn_online", *TIMES)
PITCHES = "product_pitches"
LAGS = {"ad_online": "online", "ad_gmv": "gmv_cny"}  # what is held against the spend of the same minutes
LAG_IDS = tuple(f"{name}_{part}" for name in LAGS for part in ("lag_minutes", "correlation"))
AROUND = 5  # minutes on either side of a turn
NEAR = pd.Timedelta(minutes=5)  # a series may begin a little before or after its session
BY = ("session", "minute")


@dataclass(frozen=True)
class Series:
    """The minutes of one session, oldest first, with `session`, `minute` as text and the products put on sale."""

    key: str
    rows: pd.DataFrame
    listed: pd.DataFrame

    @property
    def step(self) -> float:
        """Minutes a row stands for."""
        return float(self.rows["minutes"].iloc[0])

    @property
    def source(self) -> str:
        return source_of(self.rows)


def measure(ground: Ground) -> list[pd.DataFrame]:
    """The curve of the session that is documented best, its turns and products; lags over all minute series."""
    series = all_series(ground)
    if not series:
        why = realtime.why_not(ground)
        return [blanks([*(ratio.id for ratio in CURVE), *TURNS, PITCHES, *LAG_IDS], why)]
    best = best_documented(series)
    return [tally(best.rows, CURVE, BY), _turns(best), _pitches(best), _lags(series)]


def all_series(ground: Ground) -> list[Series]:
    """Every minute series of an own session of the period."""
    rows = realtime.minutes(ground)
    if rows.empty:
        return []
    products = ground.case.table("live_products")
    return [_series(ground, part.sort_values("minute"), products) for _, part in rows.groupby(realtime.SERIES)]


def _series(ground: Ground, rows: pd.DataFrame, products: pd.DataFrame) -> Series:
    first, last = rows["minute"].iloc[0], rows["minute"].iloc[-1]
    account = str(rows["account"].iloc[0])
    key = _session(ground, account, first)
    stamp = rows["minute"].dt.strftime("%Y-%m-%dT%H:%M")
    made = rows.assign(session=key, minute=stamp, moment=rows["minute"])
    if products.empty or "listed_at" not in products:
        return Series(key, made, pd.DataFrame())
    inside = products["listed_at"].between(first - NEAR, last) & (products["account"] == account)
    return Series(key, made, products[inside].sort_values("listed_at"))


def _session(ground: Ground, account: str, first: pd.Timestamp) -> str:
    """The key of the session a series belongs to, as the session list spells it; else its own first minute."""
    own = ground.own
    if len(own):
        near = own[(own["account"] == account) & ((own["started_at"] - first).abs() <= NEAR)]
        if len(near):
            return str(session_key(near).iloc[0])
    return f"{account}@{first:%Y-%m-%dT%H:%M}"


def best_documented(series: list[Series]) -> Series:
    """The session whose products' times are known too; among equals the one that sold most."""
    return max(series, key=lambda s: (len(s.listed) > 0, float(column(s.rows, "gmv_cny").sum()), s.key))


def _turns(series: Series) -> pd.DataFrame:
    """Online at each peak and fall, and what the minutes around it sold, spent and showed against the session."""
    rows, width = series.rows, max(1, round(AROUND / series.step))
    online = column(rows, "online")
    found = [_topped(turn, online, width) for turn in turns(online, width)]
    if not found:
        return blanks(TURNS, "no_turns")
    return entries(entry for turn in found for entry in _at(series, turn, width))


def _topped(turn: Turn, online: pd.Series, width: int) -> Turn:
    """A peak of the smoothed curve, moved to the highest minute beside it."""
    if turn.kind != "peak":
        return turn
    first = max(turn.place - width, 0)
    return replace(turn, place=first + int(online.iloc[first : turn.place + width + 1].argmax()))


def _at(series: Series, turn: Turn, width: int) -> list[Entry]:
    rows = series.rows
    around = rows.iloc[max(turn.place - width, 0) : turn.place + width + 1]
    key = (series.key, str(rows["minute"].iloc[turn.place]), turn.kind)
    at, n = Place(series.source, (*BY, "turn"), key), float(len(around))
    online = column(rows, "online")
    level = Entry("turn_online", float(online.iloc[turn.place]), n=n, at=at)
    return [level, *(_times(id, around, rows, (name, at)) for id, name in TIMES.items())]


def _times(id: str, around: pd.DataFrame, rows: pd.DataFrame, place: tuple[str, Place]) -> Entry:
    """A minute around the turn against a minute of the whole session."""
    name, at = place
    top, bottom = column(around, name).mean(), column(rows, name).mean()
    value = top / bottom if bottom > 0 else np.nan
    reason = "" if np.isfinite(value) else ("no_values" if np.isnan(bottom) else "denominator_zero")
    return Entry(id, value, top, bottom, float(len(around)), reason=reason, at=at)


def _pitches(series: Series) -> pd.DataFrame:
    """How often each product was pitched, at the minute it was put on sale."""
    listed = series.listed
    if listed.empty:
        return blanks([PITCHES], "no_report:live_products")
    source, by = source_of(listed), (*BY, "product")
    first = listed.drop_duplicates(["product", "listed_at"])
    return entries(
        Entry(
            PITCHES,
            float(row.get("explained_times", np.nan)),
            n=1,
            at=Place(source, by, (series.key, f"{row['listed_at']:%Y-%m-%dT%H:%M}", str(row["product"]))),
        )
        for row in records(first)
    )


def _lags(series: list[Series]) -> pd.DataFrame:
    """How long after a change of spend online and GMV move, over the series of the finest step."""
    step = min(one.step for one in series)
    finest = [one for one in series if one.step == step]
    at = Place(source_of(pd.concat([one.rows for one in finest])))
    found = []
    for name, other in LAGS.items():
        pairs = [tuple(column(one.rows, part).to_numpy() for part in ("ad_cost_cny", other)) for one in finest]
        found += _lag(name, pairs, step, at)
    return entries(found)


def _lag(name: str, pairs: list[tuple[np.ndarray, ...]], step: float, at: Place) -> list[Entry]:
    ids = f"{name}_lag_minutes", f"{name}_correlation"
    if not any(np.nansum(pair[0]) > 0 for pair in pairs):
        return [Entry(id, reason="no_ads", at=at) for id in ids]
    try:
        lag = response([(pair[0], pair[1]) for pair in pairs])
    except Refused as refusal:
        return [Entry(id, reason=refusal.reason, at=at) for id in ids]
    n = float(lag.n)
    return [
        Entry(ids[0], lag.lag * step, n=n, low=lag.low * step, high=lag.high * step, at=at),
        Entry(ids[1], lag.correlation, n=n, low=lag.weak, high=lag.strong, at=at),
    ]
