"""Who is who among creators: one UID under several 抖音号 is one creator, one name under two ids is two."""

from __future__ import annotations

import numpy as np
import pandas as pd

from factbook.measures.ground import Ground

LISTS = ("partner_creators", "session_register")  # reports that print the 达人UID beside the 抖音号


def uids(ground: Ground) -> dict[str, str]:
    """抖音号 → 达人UID; a 抖音号 that stands under two UIDs tells nothing and is left out."""
    tables = [ground.case.table(name) for name in LISTS]
    pairs = [t[["douyin_id", "creator_id"]].dropna() for t in tables if {"douyin_id", "creator_id"} <= set(t)]
    if not pairs:
        return {}
    known = pd.concat(pairs).astype(str).drop_duplicates()
    clear = known[~known["douyin_id"].duplicated(keep=False)]
    return dict(zip(clear["douyin_id"], clear["creator_id"], strict=True))


def keyed(ground: Ground, rows: pd.DataFrame) -> pd.DataFrame:
    """Sessions with `creator_uid`, `creator_key` (the creator's latest 抖音号, else the name) and `creator`.

    A session without a 抖音号 belongs to the one creator of that name; where two share it, to the name alone.
    """
    names = rows["account"].astype(object)
    ids = rows["douyin_id"].astype(object) if "douyin_id" in rows else pd.Series(None, index=rows.index, dtype=object)
    rows = rows.assign(creator_uid=ids.map(uids(ground)).astype(object))
    rows["creator_key"] = _latest_id(rows.assign(douyin_id=ids)).fillna(_only_one(names, ids)).fillna(names)
    rows = rows[rows["creator_key"].notna()]
    return rows.assign(creator=rows["creator_key"].map(_display_names(rows)))


def _latest_id(rows: pd.DataFrame) -> pd.Series:
    """The 抖音号 a creator's UID used last; where no UID is known the 抖音号 of the row."""
    moved = rows[rows["creator_uid"].notna()].sort_values("day", kind="stable")
    last = moved.groupby("creator_uid")["douyin_id"].last()
    return rows["creator_uid"].map(last).astype(object).fillna(rows["douyin_id"])


def _only_one(names: pd.Series, ids: pd.Series) -> pd.Series:
    """The 抖音号 that goes with a name, where there is just one."""
    pairs = pd.DataFrame({"name": names, "id": ids}).dropna().drop_duplicates()
    single = pairs[~pairs["name"].duplicated(keep=False)].set_index("name")["id"]
    return names.map(single).astype(object)


def _display_names(rows: pd.DataFrame) -> dict[str, str]:
    """The latest name of each creator; two creators of one name are told apart by their id."""
    latest = rows.sort_values("day", kind="stable").groupby("creator_key")["account"].last().fillna("")
    name = latest.where(latest != "", latest.index.to_series())
    shared = name.duplicated(keep=False)
    both = zip(name.index, name, shared, strict=True)
    return {str(key): f"{text} ({key})" if double else str(text) for key, text, double in both}


def match_creators(actions: pd.DataFrame, keys: pd.DataFrame) -> pd.Series:
    """The display name of each action's creator: by UID or 抖音号 where it occurs, else by a name only one bears."""
    ids = actions["creator_id"] if "creator_id" in actions else pd.Series(None, index=actions.index, dtype=object)
    by_name = keys[["account", "creator"]].dropna().drop_duplicates()
    only = by_name[~by_name["account"].duplicated(keep=False)].set_index("account")["creator"]
    return ids.astype(object).map(_by_id(keys)).fillna(actions["creator"].astype(object).map(only))


def _by_id(keys: pd.DataFrame) -> pd.Series:
    """Display name by every id a creator goes by."""
    columns = [name for name in ("creator_key", "douyin_id", "creator_uid") if name in keys]
    found = [keys[[name, "creator"]].dropna().set_axis(["id", "creator"], axis=1) for name in columns]
    return pd.concat(found).drop_duplicates("id").set_index("id")["creator"]


def renamed(rows: pd.DataFrame) -> set[str]:
    """Creators whose sessions run under more than one 抖音号 or more than one name."""
    faces = pd.DataFrame({name: rows[name] for name in ("douyin_id", "account") if name in rows})
    counts = faces.groupby(rows["creator"]).nunique()
    return set(counts.index[(counts > 1).any(axis=1)])


def namesakes(rows: pd.DataFrame) -> set[str]:
    """Creators who share their name with another one of the list."""
    names = rows.groupby("creator")["account"].last()
    return set(names.index[np.asarray(names.duplicated(keep=False), bool)])
