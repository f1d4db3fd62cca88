"""Writes sample merchants as folders of files; another report is one more row of WRITERS."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from factbook import form
from factbook.errors import ParameterError
from factbook.samples import (
    answers,
    book,
    truth,
    write_after_sales,
    write_alliance,
    write_audience,
    write_creators,
    write_erp,
    write_goods,
    write_minutes,
    write_orders,
    write_qianchuan,
    write_scores,
    write_sessions,
    write_third_party,
    write_trade,
    write_traffic,
    write_videos,
    write_workbooks,
)
from factbook.samples.shops import SAMPLES
from factbook.samples.spec import Shop
from factbook.samples.world import World, simulate

SEED = 20261101


@dataclass(frozen=True, slots=True)
class Scale:
    """How large a sample is made; None keeps what the story says."""

    days: int | None = None
    orders: int | None = None
    creators: int | None = None


@dataclass(frozen=True, slots=True)
class Writer:
    """A report of the platform: which, and the function that makes its files for exports/."""

    report: str  # id in knowledge/exports.toml
    exports: Callable[[World, Scale], Iterable[book.Export]]


WRITERS: tuple[Writer, ...] = (
    Writer("trade_analysis", lambda world, _: write_trade.exports(world)),
    Writer("live_sessions", lambda world, _: write_sessions.exports(world)),
    Writer("shop_orders", lambda world, scale: write_orders.exports(world, scale.orders)),
    Writer("session_workbook", lambda world, _: write_workbooks.exports(world)),
    Writer("minute_trend", lambda world, _: write_minutes.exports(world)),
    Writer("traffic_trend", lambda world, _: write_traffic.exports(world)),
    Writer("videos", lambda world, _: write_videos.exports(world)),
    Writer("product_list", lambda world, _: write_goods.products(world)),
    Writer("product_cards", lambda world, _: write_goods.cards(world)),
    Writer("live_products", lambda world, _: write_goods.room(world)),
    Writer("partner_creators", lambda world, _: write_creators.partner_list(world)),
    Writer("creator_square", lambda world, _: write_creators.square_list(world)),
    Writer("alliance_orders", lambda world, _: write_alliance.exports(world)),
    Writer("qianchuan_uni", lambda world, _: write_qianchuan.uni(world)),
    Writer("qianchuan_standard", lambda world, _: write_qianchuan.standard(world)),
    Writer("qianchuan_creatives", lambda world, _: write_qianchuan.creatives(world)),
    Writer("after_sales", lambda world, scale: write_after_sales.exports(world, scale.orders)),
    Writer("service_score_export", lambda world, _: write_scores.exports(world)),
    Writer("audience_5a", lambda world, _: write_audience.exports(world)),
    Writer("buyer_orders", lambda world, _: write_erp.exports(world)),
    Writer("chanmama_sessions", lambda world, _: write_third_party.chanmama(world)),
    Writer("huitun_sessions", lambda world, _: write_third_party.huitun(world)),
)


def write(
    out: Path,
    merchants: Iterable[str] | None = None,
    days: int | None = None,
    orders: int | None = None,
    creators: int | None = None,
    seed: int = SEED,
) -> list[Path]:
    """Sample merchants as folders under `out`; returns the folders, one a merchant.

    `merchants`: ids of SAMPLES, all by default. `days` in all, `orders` rows of the order export and
    `creators` of the alliance make any size. The same arguments give the same bytes. Raises ParameterError
    for an id or a size that does not exist.
    """
    scale = Scale(days, orders, creators)
    return [_write(shop, out / shop.id, scale, seed) for shop in _chosen(merchants)]


def _chosen(merchants: Iterable[str] | None) -> list[Shop]:
    known = {shop.id: shop for shop in SAMPLES}
    wanted = list(known) if merchants is None else list(merchants)
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise ParameterError(f"no sample merchant {', '.join(unknown)}; known: {', '.join(known)}")
    return [known[name] for name in wanted]


def _write(shop: Shop, folder: Path, scale: Scale, seed: int) -> Path:
    world = simulate(shop, seed, scale.days, scale.creators)
    exports = _emptied(folder)
    for export in chain.from_iterable(writer.exports(world, scale) for writer in WRITERS):
        book.save(exports, export)
    (folder / "merchant.toml").write_text(_merchant(shop), "utf-8")
    form.write(folder / "intake.xlsx", answers.form(world), "zh")
    truth.write(world, folder)
    return folder


def _emptied(folder: Path) -> Path:
    """`exports/` of a sample, without what an earlier run left; raises ParameterError for anything but a sample."""
    exports, stated = folder / "exports", folder / "merchant.toml"
    kept = [path for path in exports.glob("*") if path.is_file()]
    if kept and not (stated.is_file() and "synthetic = true" in stated.read_text("utf-8")):
        raise ParameterError(f"{folder} holds files that are no sample; write the samples into another folder")
    for path in kept:
        path.unlink()
    exports.mkdir(parents=True, exist_ok=True)
    return exports


def _merchant(shop: Shop) -> str:
    accounts = ", ".join(f'"{account.name}"' for account in shop.accounts)
    lines = [
        "# An invented shop: every figure in this folder is simulated.",
        f'name = "{shop.name}"',
        f'brand = "{shop.brand}"',
        f'industry = "{shop.industry}"',
        f"own_accounts = [{accounts}]",
        'language = "zh"',
        "synthetic = true",
    ]
    period = [f'period = "{shop.period}"'] if shop.state_period else []
    return "\n".join([*lines, *period]) + "\n"
