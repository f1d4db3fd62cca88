"""What a row stands for: an account, a bucket, a channel or a total; the shop's own rooms or a partner's."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from factbook.intake.bulk_frame import words
from factbook.knowledge.exports import exports

NO_CREATOR = ("", "0")
LISTS_OF_ACCOUNTS = ("accounts", "carrier_accounts")


def zeros(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """The frame with the zeros that mean "not available" made missing."""
    for rule in exports().zero_is_missing:
        if rule.table != table or rule.where not in frame:
            continue
        elsewhere = ~frame[rule.where].isin(rule.excepted)
        for column in (column for column in rule.columns if column in frame):
            frame[column] = frame[column].mask(elsewhere & (frame[column] == 0))
    return frame


def account_roles(frame: pd.DataFrame) -> pd.DataFrame:
    """Add `account_role`: account, bucket (更多账号), channel (购物车 …), overlap (投放时段 slices) or total.

    A name alone is enough only where no id stands beside it: a creator may call himself 购物车.
    """
    marks = exports().markers
    columns = frame.reindex(columns=["douyin_id", "account", "party"])  # a damaged file may lack any of them
    nameless, account = columns["douyin_id"].isna(), columns["account"]
    rules = {
        "total": (nameless & account.isin(marks.totals)) | columns["party"].eq("all").fillna(False),
        "bucket": nameless & account.eq(marks.bucket_account),
        "channel": nameless & account.isin(marks.channel_accounts),
        "overlap": nameless & account.isin(marks.overlap_accounts),
    }
    role = np.select([rule.to_numpy(bool) for rule in rules.values()], list(rules), "account")
    return frame.assign(account_role=pd.Series(role, index=frame.index, dtype="str"))


def session_party(sessions: pd.DataFrame, own: Iterable[str]) -> pd.DataFrame:
    """Add `party`: self where account or id is one of the shop's own, missing where none are known."""
    names = frozenset(own)
    mine = sessions["account"].isin(names) | sessions["douyin_id"].isin(names)
    return sessions.assign(party=_party(mine, known=bool(names)))


def order_party(orders: pd.DataFrame, own: Iterable[str]) -> pd.DataFrame:
    """Add `party`: self where no creator is named, or the creator is one of the shop's own accounts."""
    names = frozenset(own)
    creator, account = orders["creator_id"], orders["account"]
    nobody = creator.isna() & account.isna()
    mine = nobody | creator.isin({*NO_CREATOR, *names}) | account.isin(names)
    return orders.assign(party=_party(mine, known=True))


def _party(mine: pd.Series, known: bool) -> pd.Series:
    spelled = np.array(["partner", "self"] if known else [np.nan, np.nan], object)
    return words(spelled[mine.to_numpy(int)]).set_axis(mine.index)


def detail_rows(daily: pd.DataFrame) -> pd.DataFrame:
    """The rows of trade_daily that add up to the shop without counting anything twice.

    自营 and 合作 by carrier where both sheets were supplied, else 全部 by carrier, else totals alone.
    """
    every_slot = daily["slot"] == "all"
    carrier, shop = daily["carrier"] != "all", daily["party"] == "all"
    choices = (
        (every_slot & carrier & ~shop, 2),
        (every_slot & carrier & shop, 1),
        (every_slot & ~carrier & ~shop, 2),
        (every_slot & ~carrier & shop, 1),
    )
    full = (mask for mask, parties in choices if daily.loc[mask, "party"].nunique() == parties)
    return daily[next(full, every_slot & carrier & ~shop)]
