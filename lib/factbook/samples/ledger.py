"""The other amounts of a trade row: settlement, shipping, refunds on both clocks, what ads are credited with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from factbook.samples.atoms import KEYS, SHARED
from factbook.samples.draw import noise, stream


@dataclass(frozen=True, slots=True)
class Follows:
    """A figure that is a share of another, with scatter."""

    column: str
    of: str
    share: float
    sigma: float = 0.03


_EARLY = (
    Follows("net_coupon", "coupon", 1.0), Follows("net_platform", "platform", 1.0),
    Follows("net_creator_subsidy", "creator_subsidy", 1.0),
)  # fmt: skip
_LATER = (
    Follows("shipped", "paid", 0.93), Follows("shipped_2d_orders", "orders", 0.955, 0.01),
    Follows("settled", "net_paid", 0.93), Follows("settled_refund_time", "net_paid", 0.91),
    Follows("settled_7d", "net_paid", 0.36), Follows("settled_14d", "net_paid", 0.71),
    Follows("refund_refund_time", "refund", 0.97, 0.08),
    Follows("gmv_refund_refund_time", "gmv_refund", 0.97, 0.08),
    Follows("refund_orders_refund_time", "refund_orders", 0.97, 0.05),
    Follows("refund_before_shipping", "refund", 0.46), Follows("refund_not_received", "refund", 0.22),
    Follows("refund_received", "refund", 0.30), Follows("refund_returned", "refund", 0.26),
    Follows("platform_commission", "net_paid", 0.045), Follows("ad_settled", "ad_gmv", 0.66),
    Follows("ad_gmv_refund", "ad_gmv", 0.24),
)  # fmt: skip
PEOPLE = ("buyers", "imp_users", "click_users")
DERIVED = ("net_paid", "gmv", "gmv_refund", "net_gmv", "net_orders")
ADDITIVE = (
    *(name for name in SHARED if name not in PEOPLE), "net_coupon", "net_platform", "net_creator_subsidy", "deposit",
    "ad_gmv", *(row.column for row in _LATER),
)  # fmt: skip


def complete(atoms: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Atoms with every additive figure; whole cents and counts."""
    rng = stream(seed, "ledger")
    frame = atoms.copy()
    kept = 1 - (frame["refund"] / frame["paid"].clip(lower=1)).clip(upper=1)
    for row in _EARLY:
        frame[row.column] = np.rint(frame[row.of] * kept).astype("int64")
    frame = derive(frame)
    credited = np.where(frame["ad_bound"] > 0, 0.52, 0.0) * noise(rng, 0.06, len(frame))
    frame["ad_gmv"] = np.rint(frame["gmv"] * credited).astype("int64")
    frame["deposit"] = 0
    for row in _LATER:
        scatter = noise(rng, row.sigma, len(frame))
        frame[row.column] = np.minimum(np.rint(frame[row.of] * row.share * scatter), frame[row.of]).astype("int64")
    return frame


def derive(frame: pd.DataFrame) -> pd.DataFrame:
    """The figures that the platform computes from others, so that they hold on every row, total or detail."""
    frame = frame.copy()
    frame["net_paid"] = frame["paid"] - frame["refund"]
    frame["gmv"] = frame["paid"] + frame["coupon"] + frame["platform"] + frame["creator_subsidy"]
    net = frame["net_coupon"] + frame["net_platform"] + frame["net_creator_subsidy"]
    frame["gmv_refund"] = frame["gmv"] - frame["net_paid"] - net
    frame["net_gmv"] = frame["gmv"] - frame["refund_1h"]
    frame["net_orders"] = frame["orders"] - frame["refund_1h_orders"]
    return frame


def total(frame: pd.DataFrame, keys: list[str], overlap: float = 0.985) -> pd.DataFrame:
    """Sums by `keys`; people are fewer than their sum where several rows meet, for one may stand in two."""
    grouped = frame.groupby(keys, as_index=False, sort=True)
    sums = grouped[[*ADDITIVE, *PEOPLE]].sum()
    most = grouped[list(PEOPLE)].max()
    for name in PEOPLE:
        fewer = np.rint(sums[name] * overlap).astype("int64")
        sums[name] = np.where(most[name] == sums[name], sums[name], np.maximum(fewer, most[name]))
    return derive(sums)


def blank(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of zeros for the given keys."""
    zeros = {name: np.zeros(len(rows), dtype="int64") for name in (*ADDITIVE, *PEOPLE)}
    return derive(pd.concat([rows.reset_index(drop=True), pd.DataFrame(zeros)], axis=1))


def slots(frame: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Each row split over the three 投放时段, exactly; ads only run in the first two."""
    rng = stream(seed, "slots")
    count = len(frame)
    promoted = (frame["ad_bound"] > 0).to_numpy()
    first = np.where(promoted, 0.56, 0.18) * noise(rng, 0.08, count)
    second = np.where(promoted, 0.11, 0.04) * noise(rng, 0.15, count)
    columns = [*ADDITIVE, *PEOPLE]
    ads = [name.startswith("ad_") for name in columns]
    values = frame[columns].to_numpy()
    uni = np.floor(values * np.where(ads, 0.86, first[:, None])).astype("int64")
    standard = np.where(ads, values - uni, np.floor(values * second[:, None])).astype("int64")
    parts = {"全域+乘方投放时段": uni, "标准+品牌投放": standard, "非投放时段": values - uni - standard}
    keys = [name for name in frame.columns if name in KEYS]
    tables = [
        pd.concat([frame[keys].assign(slot=slot), pd.DataFrame(part, columns=columns, index=frame.index)], axis=1)
        for slot, part in parts.items()
    ]
    return pd.concat(tables, ignore_index=True)
