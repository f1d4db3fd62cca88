"""Sessions held against their like: the same part of the day and the same length, short ones left out."""

from __future__ import annotations

import numpy as np
import pandas as pd

from factbook.measures.common import Entry, Place, Ratio, blanks, column, entries, source_of, tally
from factbook.measures.ground import Ground
from factbook.measures.rooms import session_key

HOURS_A_BAND = 6
BANDS = ("night", "morning", "afternoon", "evening")  # by the hour a session starts
LENGTHS = (("short", 0.0), ("medium", 120.0), ("long", 240.0))  # from so many minutes on
SLOT = ("start", "length")
SLOTS = (
    Ratio("paid_per_hour_cny", "paid_amount_cny", "live_hours"),
    Ratio("viewers_per_hour", "viewers", "live_hours"),
    Ratio("gpm_views", "gmv_cny", "views", 1000),
)
LIKE = Ratio("like_for_like", "paid_amount_cny", "expected_paid_cny", zero="too_few")
OTHERS = Ratio("account_like_for_like", "paid_amount_cny", "others_paid_cny", zero="no_shared_slot")
CUT_SHORT = Ratio("short_session_share", "short", "one")
SPREAD = "like_for_like_spread"
HOST = "host_paid_per_hour_cny"
LEAST = 4  # sessions a slot needs before one of them may be held against it
QUARTERS = 12  # sessions from which a best and a worst quarter are formed


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Slots, each session and account against its slots, the spread within them, sessions cut short."""
    rows, host = slot_rows(ground), blanks([HOST], "no_host_roster")
    if rows.empty:
        reason = ground.no_sessions(ground.partner, "no_own_sessions") if ground.own.empty else "no_rows"
        return [host, blanks([LIKE.id, OTHERS.id, SPREAD, CUT_SHORT.id], reason)]
    return [
        host,
        tally(rows, SLOTS, SLOT),
        tally(rows, (LIKE,), ("session",)),
        _accounts(rows),
        _spread(rows),
        *_cut_short(ground),
    ]


def slot_rows(ground: Ground) -> pd.DataFrame:
    """Own sessions of the period with their slot, and what an hour of the slot sells times their length."""
    own = ground.own
    if own.empty:
        return own
    rows = own[~own["short"] & ground.case.period.contains(own["day"])]
    if rows.empty:
        return rows
    start = (rows["hour"].astype(int) // HOURS_A_BAND).map(dict(enumerate(BANDS)))
    lowest = [least for _, least in LENGTHS]
    place = np.searchsorted(lowest, column(rows, "live_minutes"), side="right") - 1
    length = [LENGTHS[n][0] for n in place]
    return _expected(rows.assign(start=start, length=length, session=session_key(rows)))


def _expected(rows: pd.DataFrame) -> pd.DataFrame:
    """Σ paid ÷ Σ hours of the slot × the session's hours, and the same of other accounts; missing where too few."""
    paid, hours = column(rows, "paid_amount_cny"), column(rows, "live_hours")
    paid = paid.where(hours > 0)
    sums = pd.DataFrame({"paid": paid, "hours": hours.where(paid.notna()), "n": paid.notna() * 1.0})
    slot = sums.groupby([rows[name] for name in SLOT]).transform("sum")
    mine = sums.groupby([rows[name] for name in (*SLOT, "account")]).transform("sum")
    others = slot - mine
    rates = [(part["paid"] / part["hours"]).where(part["n"] >= LEAST) for part in (slot, others)]
    return rows.assign(expected_paid_cny=rates[0] * hours, others_paid_cny=rates[1] * hours)


def _accounts(rows: pd.DataFrame) -> pd.DataFrame:
    """Each account against the other accounts' sessions of the same slots."""
    if rows["account"].nunique() < 2:
        return blanks([OTHERS.id], "one_account")
    if rows["others_paid_cny"].isna().all():
        return blanks([OTHERS.id], "no_shared_slot")
    return tally(rows, (OTHERS,), ("account",))


def _spread(rows: pd.DataFrame) -> pd.DataFrame:
    """The best quarter of sessions against the worst, each Σ paid ÷ Σ expected of its slots."""
    paid, expected = column(rows, "paid_amount_cny"), column(rows, "expected_paid_cny")
    known = paid.notna() & (expected > 0)
    ordered = (paid[known] / expected[known]).sort_values().index
    n, at = len(ordered), Place(source_of(rows))
    if n < QUARTERS:
        return entries([Entry(SPREAD, n=float(n), reason="too_few", at=at)])
    low, high = (paid[part].sum() / expected[part].sum() for part in (ordered[: n // 4], ordered[-(n // 4) :]))
    value = high / low if low > 0 else np.nan
    return entries([Entry(SPREAD, value, high, low, float(n), reason="" if low > 0 else "denominator_zero", at=at)])


def _cut_short(ground: Ground) -> list[pd.DataFrame]:
    own = ground.own.assign(one=1.0)
    return [tally(w.rows(own), (CUT_SHORT,), (), w.name) for w in ground.live_windows() if len(w.rows(own))]
