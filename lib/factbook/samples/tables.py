"""The tables of 成交分析 as frames, each a sum or a split of the same atoms."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from factbook.samples import ledger, names
from factbook.samples.atoms import BUCKET
from factbook.samples.draw import noise, split, stream
from factbook.samples.world import World

CARRIERS = ("live", "video", "product_card", "article", "other")
HISTORY_CARRIERS = ("live", "video", "product_card")
HISTORY_FOLD = {"article": "video", "other": "product_card"}  # the small carriers are not kept apart in history
SLOTS = ("不限", "全域+乘方投放时段", "标准+品牌投放", "非投放时段")
ZH = {
    "all": "全部", "live": "直播", "video": "短视频", "product_card": "商品卡", "article": "图文", "other": "其他",
    "self": "自营", "partner": "合作",
}  # fmt: skip
_CARRIER_ORDER = {name: number for number, name in enumerate(("all", *CARRIERS))}


def _costs(frame: pd.DataFrame) -> pd.DataFrame:
    commissions = frame["platform_commission"] + frame["commission"]
    return frame.assign(all_cost=frame["ad_bound"] + commissions, all_cost_promoted=frame["ad_promoted"] + commissions)


def spoken(frame: pd.DataFrame) -> pd.DataFrame:
    """With the platform's words for party and carrier, newest day first, totals before details."""
    keys = [name for name in ("carrier", "slot") if name in frame]
    order = {"carrier": _CARRIER_ORDER, "slot": {name: n for n, name in enumerate(SLOTS)}}
    ranks = pd.DataFrame({name: frame[name].map(order[name]) for name in keys}, index=frame.index)
    ranks["day"] = -frame["date"].astype("int64")
    frame = frame.loc[ranks.sort_values(["day", *keys], kind="stable").index]
    words = {name: frame[name].replace(ZH) for name in ("carrier", "party") if name in frame}
    return _costs(frame.assign(**words)).reset_index(drop=True)


def detail(atoms: pd.DataFrame, carriers: tuple[str, ...], days: pd.DatetimeIndex) -> pd.DataFrame:
    """date × party × carrier with nothing missing: a carrier without a sale is a row of zeros."""
    found = ledger.total(atoms, ["date", "party", "carrier"])
    grid = pd.MultiIndex.from_product([days, ["self", "partner"], list(carriers)], names=["date", "party", "carrier"])
    gap = grid.difference(pd.MultiIndex.from_frame(found[["date", "party", "carrier"]]))
    return pd.concat([found, ledger.blank(gap.to_frame(index=False))], ignore_index=True)


@lru_cache(maxsize=1)
def period_rows(world: World) -> pd.DataFrame:
    """date × party × carrier of the period, as 成交分析 has them."""
    span = world.shop.period
    atoms = ledger.complete(world.atoms, world.seed)
    atoms = atoms[span.contains(atoms["date"])].reset_index(drop=True)
    return detail(atoms, CARRIERS, pd.date_range(span.start, span.end))


def by_slot(rows: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Details over the three 投放时段, with 不限 beside them."""
    parts = ledger.derive(ledger.slots(rows, seed))
    return pd.concat([rows.assign(slot=SLOTS[0]), parts], ignore_index=True)


def overview(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """成交概览, 自营成交, 合作成交: carriers and their total, from details with a slot."""
    both = ledger.total(rows, ["date", "carrier", "slot"])
    parties = {"成交概览": both} | {
        name: rows[rows["party"] == party].drop(columns="party")
        for name, party in (("自营成交", "self"), ("合作成交", "partner"))
    }
    return {name: spoken(_with_total(frame)) for name, frame in parties.items()}


def _with_total(frame: pd.DataFrame) -> pd.DataFrame:
    total = ledger.total(frame, ["date", "slot"]).assign(carrier="all")
    return pd.concat([total, frame], ignore_index=True)


def bucketed(world: World, atoms: pd.DataFrame) -> pd.DataFrame:
    """Creators beyond the platform's list melt into one row a day, 更多账号."""
    partner = atoms[atoms["party"] == "partner"]
    size = partner.groupby("douyin_id")["paid"].sum().drop("-", errors="ignore")
    listed = set(size.nlargest(world.shop.listed_creators).index)
    melts = (atoms["party"] == "partner") & ~atoms["douyin_id"].isin(listed)
    named = atoms.copy()
    named.loc[melts, ["account", "douyin_id"]] = [BUCKET, "-"]
    return named


def carrier_accounts(world: World, atoms: pd.DataFrame) -> pd.DataFrame:
    """载体构成: accounts and channels within party and carrier, totals and overlapping ad rows among them."""
    named = bucketed(world, atoms)
    rows = ledger.total(named, ["date", "party", "carrier", "account", "douyin_id"])
    whole = ledger.total(named, ["date"]).assign(party="all", carrier="all", account="全部", douyin_id="-")
    live = ledger.total(named[(named["party"] == "self") & (named["carrier"] == "live")], ["date", "party", "carrier"])
    overlap = ledger.derive(ledger.slots(live, world.seed)).rename(columns={"slot": "account"})
    overlap = overlap[overlap["account"].isin(["全域+乘方投放时段", "标准+品牌投放"])]
    overlap["account"] = overlap["account"].replace("全域+乘方投放时段", "全域投放时段")
    return spoken(pd.concat([whole, rows, overlap.assign(douyin_id="-")], ignore_index=True))


def accounts(world: World, atoms: pd.DataFrame) -> pd.DataFrame:
    """账号构成: one row an account and day over all carriers; the day's total where both parties are in."""
    named = bucketed(world, atoms)
    frame = ledger.total(named, ["date", "party", "account", "douyin_id"])
    if named["party"].nunique() > 1:
        whole = ledger.total(named, ["date"]).assign(party="all", account="全部", douyin_id="-")
        frame = pd.concat([whole, frame], ignore_index=True)
    real = (frame["douyin_id"] != "-").to_numpy()
    frame["account_type"] = np.where(real, np.where(frame["party"] == "self", "官方", "联盟"), "-")
    return spoken(frame)


def items(world: World, sessions: pd.DataFrame, atoms: pd.DataFrame) -> pd.DataFrame:
    """单载体构成: the day's three largest rooms, an amount split from each account's day."""
    live = sessions[sessions["paid"] > 0].copy()
    live["content_id"] = names.long_ids(len(live), stream(world.seed, world.shop.id, "rooms"))
    chosen = live.sort_values("paid", ascending=False).groupby("date").head(3)
    keys = ["date", "party", "account", "douyin_id"]
    once = chosen[~chosen.duplicated(keys)]
    day = atoms[atoms["carrier"] == "live"]
    rows = once[[*keys, "content_id"]].merge(day, on=keys, how="inner")
    return spoken(ledger.derive(rows.assign(title=rows["account"] + "的直播间")))


def terminals(world: World, rows: pd.DataFrame) -> pd.DataFrame:
    """终端构成: 整体 and its parts."""
    whole = ledger.total(rows, ["date"])
    columns = [*ledger.ADDITIVE, *ledger.PEOPLE]
    parts, left = [whole.assign(terminal="整体")], whole[columns].to_numpy()
    for name, share in (("抖音极速版", 0.17), ("其他", 0.02)):
        some = np.floor(whole[columns].to_numpy() * share).astype("int64")
        left = left - some
        parts.append(whole[["date"]].join(pd.DataFrame(some, columns=columns)).assign(terminal=name))
    parts.insert(1, whole[["date"]].join(pd.DataFrame(left, columns=columns)).assign(terminal="抖音"))
    frame = ledger.derive(pd.concat(parts, ignore_index=True))
    return spoken(frame.sort_values("date", ascending=False, kind="stable"))


def audiences(world: World, rows: pd.DataFrame) -> pd.DataFrame:
    """人群构成: 首购 and 复购 buyers by carrier; they add up to 全部."""
    base = ledger.total(rows, ["date", "carrier"])
    base = pd.concat([ledger.total(rows, ["date"]).assign(carrier="all"), base], ignore_index=True)
    base = base[base["paid"] > 0].reset_index(drop=True)
    rng = stream(world.seed, world.shop.id, "audiences")
    share = np.clip(world.shop.repeat_buyers * noise(rng, 0.05, len(base)), 0, 0.9)
    parts = [base.assign(audience="全部"), base.assign(audience="首购"), base.assign(audience="复购")]
    for column in ("paid", "buyers", "orders"):
        again = np.rint(base[column] * share).astype("int64")
        parts[1][column], parts[2][column] = base[column] - again, again
    rate = np.round(world.shop.repeat_buyers * 0.6 * noise(rng, 0.04, len(base)), 4)
    parts[0]["repeat_rate"], parts[1]["repeat_rate"], parts[2]["repeat_rate"] = 0.0, 0.0, rate
    frame = pd.concat(parts, ignore_index=True).sort_values("audience", kind="stable", key=_audience_rank)
    return spoken(frame)


def _audience_rank(names_: pd.Series) -> pd.Series:
    return names_.map({"全部": 0, "首购": 1, "复购": 2})


def products(world: World, rows: pd.DataFrame) -> pd.DataFrame:
    """商品构成: the period's products by carrier; details add up to each carrier's total."""
    shop, columns = world.shop, ["paid", "orders", "items", "imps", "clicks", "refund"]
    rng = stream(world.seed, shop.id, "products")
    carriers = rows.groupby("carrier", as_index=False)[columns].sum()
    share = np.asarray([product.share for product in shop.products])
    ids = product_ids(world)
    parts = []
    for number in range(len(carriers)):
        weights = share * noise(rng, 0.08, len(share))
        price = np.asarray([float(product.price_cny) for product in shop.products])
        figures = {
            column: split([carriers[column].iloc[number]], _weight(column, weights, price), np.zeros(len(share)))
            for column in columns
        }
        part = pd.DataFrame(figures).assign(carrier=carriers["carrier"].iloc[number], product_id=ids)
        parts.append(part.assign(product=[p.name for p in shop.products], number=range(len(share))))
    return pd.concat(parts, ignore_index=True)


def _weight(column: str, weights: np.ndarray, price: np.ndarray) -> np.ndarray:
    return weights if column in ("paid", "refund") else weights / price


def product_ids(world: World) -> list[str]:
    """19-digit numbers of the shop's products."""
    return names.long_ids(len(world.shop.products), stream(world.seed, world.shop.id, "product ids"), "3")
