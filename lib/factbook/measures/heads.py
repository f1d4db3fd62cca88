"""Who is a star: the creators of the star sheet, and those the platform puts at level 6 or above."""

from __future__ import annotations

import pandas as pd

from factbook.measures.ground import Ground
from factbook.records import Case

HEAD_LEVEL = 6  # from this level on the platform itself speaks of the head
LISTS = ("partner_creators", "creator_square")


def stars(ground: Ground) -> pd.DataFrame:
    """One row a star: `creator` (the name in the reports) and `creator_id` (UID or 抖音号, missing where unknown)."""
    return ground.once("stars", lambda: _stars(ground.case))


def _stars(case: Case) -> pd.DataFrame:
    rows = [case.table("star_deals"), *(_heads(levels(case.table(name))) for name in LISTS)]
    known = [frame.reindex(columns=["creator", "creator_id"]).astype(object) for frame in rows if len(frame)]
    if not known:
        return pd.DataFrame({"creator": [], "creator_id": []}, dtype=object)
    return pd.concat(known, ignore_index=True).drop_duplicates(ignore_index=True)


def levels(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of a list of creators that print a level, with the number in it as `level`: LV7, L6, 6级."""
    if table.empty or not {"creator_level", "account"} <= set(table):
        return pd.DataFrame()
    said = table["creator_level"].astype("string").str.extract(r"(\d+)", expand=False)
    return table.assign(level=pd.to_numeric(said, errors="coerce")).dropna(subset=["level"])


def _heads(rows: pd.DataFrame) -> pd.DataFrame:
    if rows.empty:
        return rows
    head = rows[rows["level"] >= HEAD_LEVEL]
    ids = head["douyin_id"] if "douyin_id" in head else pd.Series(None, index=head.index, dtype=object)
    return pd.DataFrame({"creator": head["account"], "creator_id": ids})


def levels_told(case: Case) -> bool:
    """Whether any list of creators says who stands at which level."""
    return any(len(levels(case.table(name))) for name in LISTS)
