"""Buyers of the ERP by their first order, drawn from the sessions that sold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from factbook.samples.draw import spread


@dataclass(frozen=True, slots=True)
class Cohort:
    """Buyers by their first order: when, from whom, and how many of them come back within 60 days."""

    first: pd.DataFrame  # moment, account
    again: float
    same_room: float = 0.0  # of those, who come back through the account they first bought from


def first_orders(sessions: pd.DataFrame, count: int, rng: np.random.Generator) -> pd.DataFrame:
    bought = sessions.loc[sessions.index.repeat(spread(count, sessions["orders"])), ["start", "minutes", "account"]]
    seconds = np.floor(rng.random(len(bought)) * bought["minutes"] * 60)
    return pd.DataFrame({"moment": bought["start"] + pd.to_timedelta(seconds, unit="s"), "account": bought["account"]})
