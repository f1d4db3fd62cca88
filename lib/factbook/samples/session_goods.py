"""What a session sold, product by product and sku by sku."""

from __future__ import annotations

import numpy as np
import pandas as pd

from factbook.samples import tables
from factbook.samples.draw import noise, split, stream
from factbook.samples.world import World

MONEY = ("gmv", "paid", "refund")
COUNTS = ("orders", "items", "refund_orders")
_SKUS = ("单件装", "两件装", "家庭装")
_OVERLAP = 1.12  # one buyer may take two products, one viewer looks at several


def products(world: World, session: pd.Series) -> pd.DataFrame:
    """One row a product; money, orders and items add up to the session's, people overlap."""
    shop = world.shop
    rng = stream(world.seed, shop.id, "session goods", str(session["room_id"]))
    price = np.asarray([float(product.price_cny) for product in shop.products])
    share = np.asarray([product.share for product in shop.products]) * noise(rng, 0.15, len(price))
    one = np.zeros(len(price))
    figures = {name: split([session[name]], share, one) for name in MONEY}
    figures |= {name: split([session[name]], share / price, one) for name in COUNTS}
    figures |= {name: split([session[name]], share / price, one) for name in ("imps", "clicks")}
    frame = pd.DataFrame(figures)
    frame["product"], frame["product_id"] = [p.name for p in shop.products], tables.product_ids(world)
    frame["price"] = np.asarray([p.price_cny * 100 for p in shop.products], dtype="int64")
    frame["talks"] = rng.integers(1, 9, len(frame))
    return people(frame, session)


def people(frame: pd.DataFrame, whole: pd.Series) -> pd.DataFrame:
    """Buyers, clickers and people shown a product, row by row; never more than orders, clicks and the whole."""
    frame["orders"] = frame[["orders", "items"]].min(axis=1)
    for name, of in (("buyers", "orders"), ("click_users", "clicks"), ("imp_users", "imps")):
        rate = min(1.0, whole[name] * _OVERLAP / max(whole[of], 1))
        frame[name] = np.minimum(np.rint(frame[of] * rate).astype("int64"), int(whole[name]))
    frame["click_users"] = frame[["click_users", "imp_users"]].min(axis=1)
    frame["refund_buyers"] = frame[["refund_orders", "buyers"]].min(axis=1)
    return frame


def skus(world: World, goods: pd.DataFrame) -> pd.DataFrame:
    """Two or three skus a product, adding up to it."""
    rng = stream(world.seed, world.shop.id, "skus", str(int(goods["gmv"].sum())))
    count = np.where(np.arange(len(goods)) % 3 == 0, 3, 2)
    group = np.repeat(np.arange(len(goods)), count)
    weight = rng.uniform(0.5, 1.5, len(group))
    columns = ("gmv", "items", "orders")
    frame = pd.DataFrame({name: split(goods[name], weight, group) for name in columns})
    frame["imps"] = split(goods["imps"], weight * noise(rng, 0.2, len(group)), group)
    frame["product_id"] = goods["product_id"].to_numpy()[group]
    frame["sku"] = [_SKUS[n] for many in count for n in range(many)]
    frame["buyers"] = np.minimum(frame["orders"], np.rint(frame["orders"] * 0.98).astype("int64"))
    return frame
