"""成交分析: eleven sheets for the period, three full sheets a file for the time before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pandas as pd

from factbook.records import Period
from factbook.samples import book, cards, headers, ledger, tables
from factbook.samples.spelling import Figure, spell
from factbook.samples.world import World

OVERVIEWS = ("成交概览", "自营成交", "合作成交")
_ODD_DAYS = 8
_BANDS = (50, 100, 150, 200, 300, 500)


def file_name(span: Period) -> str:
    """As Compass names the download."""
    return f"抖音电商罗盘-成交分析-{span}.xlsx"


def exports(world: World) -> Iterator[book.Export]:
    """The period's file and one a quarter before it."""
    atoms = ledger.complete(world.atoms, world.seed)
    period = world.shop.period
    yield book.Export(file_name(period), _current(world, _within(atoms, period)))
    for span in quarters(world):
        yield book.Export(file_name(span), _earlier(world, _within(atoms, span), span))


def _within(frame: pd.DataFrame, span: Period) -> pd.DataFrame:
    return frame[span.contains(frame["date"])].reset_index(drop=True)


def quarters(world: World) -> list[Period]:
    """Calendar quarters before the period; a few odd days join a neighbour."""
    spans, start, last = [], world.whole.start, world.shop.period.start - timedelta(days=1)
    while start <= last:
        month = (start.month - 1) // 3 * 3 + 4
        end = date(start.year + month // 13, (month - 1) % 12 + 1, 1) - timedelta(days=1)
        end = last if (last - end).days < _ODD_DAYS else end
        spans.append(Period(start, end))
        start = end + timedelta(days=1)
    return spans


def _current(world: World, atoms: pd.DataFrame) -> dict[str, book.Columns]:
    days = pd.date_range(world.shop.period.start, world.shop.period.end)
    rows = tables.detail(atoms, tables.CARRIERS, days)
    goods = tables.products(world, rows)
    sessions = world.sessions[world.shop.period.contains(world.sessions["date"])]
    frames: dict[str, tuple[pd.DataFrame, tuple[Figure, ...]]] = {
        "载体构成": (tables.carrier_accounts(world, atoms), headers.CARRIER_ACCOUNTS),
        "账号构成": (tables.accounts(world, atoms), headers.ACCOUNTS),
        "单载体构成": (_items(world, sessions, atoms, rows), headers.ITEMS),
        "终端构成": (tables.terminals(world, rows), headers.TERMINALS),
        "品类构成": (categories(world, goods), headers.CATEGORIES),
        "商品构成": (goods_by_carrier(goods), headers.PRODUCTS),
        "价格带构成": (price_bands(world, goods), headers.PRICE_BANDS),
        "人群构成": (tables.audiences(world, rows), headers.AUDIENCES),
    }
    daily = tables.overview(tables.by_slot(rows, world.seed))
    sheets = {name: _trade(frame, headers.TRADE) for name, frame in daily.items()}
    return sheets | {name: spell(frame, figures) for name, (frame, figures) in frames.items()}


def _items(world: World, sessions: pd.DataFrame, atoms: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """单载体构成: the largest rooms, and every product card where a product is followed day by day."""
    rooms = tables.items(world, sessions, atoms)
    if not world.shop.hits:
        return rooms
    both = pd.concat([rooms, cards.period_cards(world, rows)], ignore_index=True)
    return both.sort_values("date", ascending=False, kind="stable", ignore_index=True)


def _trade(frame: pd.DataFrame, figures: tuple[Figure, ...]) -> book.Columns:
    """A trade sheet; refund stages are 0 wherever the slot is not 不限."""
    cells = spell(frame, figures)
    split = (frame["slot"] != tables.SLOTS[0]).tolist()
    plain = {header.replace("（", "(").replace("）", ")"): header for header in cells}
    for header in (plain[stage] for stage in headers.STAGES):
        cells[header] = ["0" if s else cell for s, cell in zip(split, cells[header], strict=True)]
    return cells


def _earlier(world: World, atoms: pd.DataFrame, span: Period) -> dict[str, book.Columns]:
    """History: the three daily sheets without 投放时段, and partners' accounts where there are stars."""
    shop = world.shop
    old = shop.old_edition_until is not None and span.end <= shop.old_edition_until
    figures = headers.OLD_TRADE if old else headers.TRADE
    small = atoms.assign(carrier=atoms["carrier"].replace(tables.HISTORY_FOLD))
    rows = tables.detail(small, tables.HISTORY_CARRIERS, pd.date_range(span.start, span.end))
    daily = tables.overview(rows.assign(slot=tables.SLOTS[0]))
    sheets = {name: _trade(frame, figures) for name, frame in daily.items()}
    if shop.deals:
        partner = small[small["party"] == "partner"]
        sheets["账号构成"] = spell(tables.accounts(world, partner), headers.ACCOUNTS)
    if shop.hits and span.end == shop.period.start - timedelta(days=1):
        before = cards.history_cards(world, rows, tables.period_rows(world))
        sheets["单载体构成"] = spell(before, headers.ITEMS)
    return sheets


_SUMS = ["paid", "orders", "items", "imps", "clicks", "refund"]


def goods_by_carrier(goods: pd.DataFrame) -> pd.DataFrame:
    """商品构成 with each product's total, 全部, before its carriers."""
    keys = ["number", "product", "product_id"]
    total = goods.groupby(keys, as_index=False)[_SUMS].sum().assign(carrier="all")
    frame = pd.concat([total, goods[goods["paid"] > 0]], ignore_index=True)
    frame["rank"] = frame["carrier"].map({name: n for n, name in enumerate(("all", *tables.CARRIERS))})
    frame = frame.sort_values(["number", "rank"], kind="stable", ignore_index=True)
    return frame.assign(carrier=frame["carrier"].replace(tables.ZH))


def categories(world: World, goods: pd.DataFrame) -> pd.DataFrame:
    """品类构成, largest first, 全部 on top."""
    names = [f"category_{level}" for level in (1, 2, 3, 4)]
    kinds = pd.DataFrame([product.category for product in world.shop.products], columns=names)
    rows = goods.join(kinds, on="number").groupby(names, as_index=False)[_SUMS].sum()
    total = rows[_SUMS].sum().to_frame().T.assign(**dict.fromkeys(names, "全部"))
    return pd.concat([total, rows.sort_values("paid", ascending=False)], ignore_index=True)


def price_bands(world: World, goods: pd.DataFrame) -> pd.DataFrame:
    """价格带构成 by the list price."""
    price = np.asarray([product.price_cny for product in world.shop.products])[goods["number"]]
    spans = zip((0, *_BANDS), _BANDS, strict=False)
    labels = [*(f"{low}-{high}" for low, high in spans), f"{_BANDS[-1]}以上"]
    band = np.searchsorted(_BANDS, price, side="right")
    rows = goods.assign(band=band).groupby("band", as_index=False)[_SUMS].sum()
    rows["price_band"] = [labels[int(number)] for number in rows["band"]]
    total = rows[_SUMS].sum().to_frame().T.assign(price_band="全部")
    return pd.concat([total, rows], ignore_index=True)
