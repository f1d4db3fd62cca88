"""truth.json: what was planted, for the tests; the diagnosis never reads it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd

from factbook.samples.world import World


def write(world: World, folder: Path) -> Path:
    """The numbers of the story table, each creator's label, and what later reports must agree with."""
    path = folder / "truth.json"
    path.write_text(json.dumps(_truth(world), ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    return path


def _truth(world: World) -> dict[str, object]:
    shop = world.shop
    return {
        "id": shop.id,
        "name": shop.name,
        "period": str(shop.period),
        "weeks": shop.weeks,
        "seed": world.seed,
        "gmv_cny": shop.gmv_cny,
        "shares": dict(shop.shares),
        "room": {"views_a_day": shop.room.views, "view_pay": shop.room.view_pay, "order_cny": shop.room.order_cny},
        "refund_rate": _refund(world),
        "service_score": dict(zip(("product", "logistics", "service"), shop.scores.last, strict=True)),
        "capabilities": {rating.capability: rating.true for rating in shop.ratings},
        "claimed": {rating.capability: rating.claimed for rating in shop.ratings},
        "labels": _labels(world),
        "creators": _creators(world),
        "planted": dict(shop.truth),
    }


def _refund(world: World) -> float:
    current = world.current
    return round(float(current["refund"].sum() / current["paid"].sum()), 4)


def _labels(world: World) -> dict[str, dict[str, float]]:
    names = ("count", "share", "pay", "exposures", "refund", "commission", "samples_cny")
    return {label.code: {name: getattr(label, name) for name in names} for label in world.shop.labels}


def _creators(world: World) -> list[dict[str, object]]:
    sessions = world.sessions[world.shop.period.contains(world.sessions["date"])]
    paid = sessions.groupby("douyin_id")["paid"].sum() / 100
    frame: pd.DataFrame = world.creators[["account", "douyin_id", "label", "pay", "exposures"]].copy()
    frame["paid_cny"] = frame["douyin_id"].map(paid).fillna(0.0)
    frame[["pay", "exposures"]] = frame[["pay", "exposures"]].round(5)
    frame["paid_cny"] = np.round(frame["paid_cny"], 2)
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]
