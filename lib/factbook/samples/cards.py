"""单载体构成 of the product cards: what each card sold each day, with the planted after-effect of stars."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd

from factbook.samples import ledger, tables
from factbook.samples.draw import Floats, Ints, noise, split, stream
from factbook.samples.spec import Hit
from factbook.samples.world import World

PRODUCT_SUMS = ("paid", "orders", "items", "imps", "clicks", "refund")  # what 商品构成 tells product by product
_GLOW = 2  # days after a star's day on which the card still sells more
_ROUNDS = 60


def period_cards(world: World, rows: pd.DataFrame) -> pd.DataFrame:
    """The period's own cards by day: they add up to 自营 商品卡 every day, and to 商品构成 less the partners' part."""
    days = _own(rows)
    money, goods = _period_money(world, rows), _margins(world, rows)
    parts = {name: _whole(_weights(world, name, money), days[name], goods[name]) for name in PRODUCT_SUMS}
    return _spelled(world, days, money, parts)


def history_cards(world: World, rows: pd.DataFrame, period: pd.DataFrame) -> pd.DataFrame:
    """The same before the period, in the proportions that the period's cards start from; `period` is its detail."""
    days = _own(rows)
    money = _filled(world, _plain(world, days), _factor(world, period))
    parts = {name: _by_day(days[name], _weights(world, name, money)) for name in PRODUCT_SUMS}
    return _spelled(world, days, money, parts)


def _own(rows: pd.DataFrame) -> pd.DataFrame:
    """自营 商品卡, one row a day, oldest first."""
    mine = rows[(rows["party"] == "self") & (rows["carrier"] == "product_card")]
    return mine.sort_values("date", ignore_index=True)


def _period_money(world: World, rows: pd.DataFrame) -> Floats:
    """Sales of each day (row) and product (column): the planted pattern, fitted to both kinds of totals."""
    days = _own(rows)
    paid = days["paid"].to_numpy(float)
    pattern = _filled(world, _plain(world, days), _factor(world, rows))
    return _fitted(pattern * paid[:, None], paid, _margins(world, rows)["paid"])


def _factor(world: World, rows: pd.DataFrame) -> Floats:
    """What takes each product's plain shares to its total of the period."""
    days = _own(rows)
    plain = (_plain(world, days) * days["paid"].to_numpy(float)[:, None]).sum(axis=0)
    return np.asarray(_margins(world, rows)["paid"] / plain)


def _margins(world: World, rows: pd.DataFrame) -> dict[str, Ints]:
    """商品构成's card figures by product without the partners' part, which is split in the same proportions."""
    goods = tables.products(world, rows)
    cards = goods[goods["carrier"] == "product_card"].sort_values("number")
    partner = rows[(rows["party"] == "partner") & (rows["carrier"] == "product_card")]
    whole = {name: cards[name].to_numpy(np.int64) for name in PRODUCT_SUMS}
    return {name: n - split([partner[name].sum()], n, np.zeros(len(n))) for name, n in whole.items()}


def _plain(world: World, days: pd.DataFrame) -> Floats:
    """Share of every product on every day before anything is fitted: its usual one, moved by the stars."""
    goods = world.shop.products
    rng = stream(world.seed, world.shop.id, "cards", f"{days['date'].iloc[0]:%Y%m%d}")
    usual = np.asarray([product.share for product in goods])
    scatter = noise(rng, 0.05, len(days) * len(goods)).reshape(len(days), len(goods))
    return np.asarray(usual * scatter * np.column_stack([_level(world, p.name, days["date"]) for p in goods]))


def _level(world: World, product: str, dates: pd.Series) -> Floats:
    """1 before the first star session with the product, 1 + change after the last, and a glow around each."""
    hit = next((hit for hit in world.shop.hits if hit.product == product), Hit(product, 0.0))
    shown = [pd.Timestamp(deal.day) for deal in world.shop.deals if product in deal.products]
    if not shown:
        return np.ones(len(dates))
    passed = sum(((dates > day).to_numpy(float) for day in shown), np.zeros(len(dates))) / len(shown)
    near = sum((dates.between(day, day + timedelta(days=_GLOW)) for day in shown), pd.Series(False, index=dates.index))
    return np.asarray((1 + hit.change * passed) * np.where(near, 1 + hit.glow, 1.0))


def _filled(world: World, plain: Floats, factor: Floats) -> Floats:
    """Shares that add up to 1 on every day: stars' products as planted, the others take what is left."""
    planted = np.asarray([any(hit.product == p.name for hit in world.shop.hits) for p in world.shop.products])
    shares = plain * factor
    rest = shares[:, ~planted]
    left = 1 - shares[:, planted].sum(axis=1, keepdims=True)
    shares[:, ~planted] = rest / rest.sum(axis=1, keepdims=True) * left
    return shares


def _fitted(start: Floats, rows: Floats, columns: Ints) -> Floats:
    """Iterative proportional fitting (Deming & Stephan 1940): both margins, the pattern kept."""
    table = start.copy()
    for _ in range(_ROUNDS):
        table *= (columns / table.sum(axis=0))[None, :]
        table *= (rows / table.sum(axis=1))[:, None]
    return table


def _weights(world: World, name: str, money: Floats) -> Floats:
    price = np.asarray([float(product.price_cny) for product in world.shop.products])
    return money if name in ("paid", "refund") else money / price


def _whole(weights: Floats, rows: pd.Series, columns: Ints) -> Ints:
    """Whole numbers with exactly these sums by day and by product."""
    table = np.floor(_fitted(weights, rows.to_numpy(float), columns)).astype(np.int64)
    short = [np.repeat(np.arange(len(lack)), lack.clip(min=0)) for lack in _lacking(table, rows.to_numpy(), columns)]
    np.add.at(table, (short[0], short[1]), 1)
    return table


def _lacking(table: Ints, rows: Ints, columns: Ints) -> tuple[Ints, Ints]:
    return rows - table.sum(axis=1), columns - table.sum(axis=0)


def _by_day(total: pd.Series, weights: Floats) -> Ints:
    """Each day's figure over its products."""
    count, size = weights.shape
    return split(total.to_numpy(), weights.ravel(), np.repeat(np.arange(count), size)).reshape(count, size)


def _spelled(world: World, days: pd.DataFrame, money: Floats, parts: dict[str, Ints]) -> pd.DataFrame:
    """One row a day and card with every figure of the sheet; people no more than their orders and clicks."""
    goods, keys = world.shop.products, ["date", "party", "carrier"]
    frame = days.loc[days.index.repeat(len(goods)), keys].reset_index(drop=True)
    frame["content_id"] = np.tile(tables.product_ids(world), len(days))
    frame["title"] = np.tile([product.name for product in goods], len(days))
    for name in (*ledger.ADDITIVE, *ledger.PEOPLE):
        frame[name] = parts[name].ravel() if name in parts else _by_day(days[name], money).ravel()
    for people, most in (("buyers", "orders"), ("click_users", "clicks"), ("imp_users", "imps")):
        frame[people] = frame[[people, most]].min(axis=1)
    return tables.spoken(ledger.derive(frame))
