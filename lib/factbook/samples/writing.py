"""Writes sample merchants as folders of files; another report is one more row of WRITERS."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from factbook import form
from factbook.errors import ParameterError
from factbook.samples import answers, truth, write_orders, write_sessions, write_trade
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
    """A report of the platform: which, and the function that writes its files into exports/."""

    report: str  # id in knowledge/exports.toml
    write: Callable[[World, Path, Scale], list[Path]]


WRITERS: tuple[Writer, ...] = (
    Writer("trade_analysis", lambda world, folder, _: write_trade.write(world, folder)),
    Writer("live_sessions", lambda world, folder, _: write_sessions.write(world, folder)),
    Writer("shop_orders", lambda world, folder, scale: write_orders.write(world, folder, scale.orders)),
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
    for writer in WRITERS:
        writer.write(world, exports, scale)
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
