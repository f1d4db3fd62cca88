"""商家体验分: ninety days of scores as the shop exports them; the same that stand in the form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd

from factbook.samples import answers, book
from factbook.samples.draw import noise, stream
from factbook.samples.spelling import DASH, Figure, spell
from factbook.samples.world import World

SCORES = (
    Figure("日期", "date", "date"),
    Figure("商家体验分", "count", "total"),
    Figure("商品体验得分", "count", "product"),
    Figure("物流体验得分", "count", "logistics"),
    Figure("服务体验得分", "count", "service"),
    Figure("差行为扣分", "none", "total"),
    Figure("商品综合评分", "number", "rating"),
    Figure("商品品质退货率", "percent_of_one", "quality_returns"),
    Figure("揽收时效达成率", "percent_of_one", "collected"),
    Figure("运单配送时效达成率", "percent_of_one", "delivered"),
    Figure("发货物流品退率", "percent_of_one", "logistics_returns"),
    Figure("飞鸽平均响应时长", "number", "reply"),
    Figure("售后处理时长达成率", "percent_of_one", "handled"),
    Figure("飞鸽人工会话不满意率", "percent_of_one", "unhappy"),
    Figure("平台求助率", "percent_of_one", "helped"),
)
_TWINS = {"商品综合评分": "product", "运单配送时效达成率": "logistics", "飞鸽平均响应时长": "service"}
# Sub-metric, the part it follows, and its value where the part is worst.
_FALL = (
    ("quality_returns", "product", 0.02), ("logistics_returns", "logistics", 0.004), ("unhappy", "service", 0.16),
    ("helped", "service", 0.006),
)  # fmt: skip
_RISE = (("collected", "logistics", 0.90), ("delivered", "logistics", 0.82), ("handled", "service", 0.60))
# From this day on the platform no longer publishes the score of a single metric.
_NO_TWINS = date(2026, 9, 8)


def exports(world: World) -> Iterator[book.Export]:
    """One row a day, newest first."""
    rows = _told(world, answers.service_scores(world.shop).sort_values("date", ascending=False, ignore_index=True))
    cells = spell(rows, SCORES)
    for header, part in _TWINS.items():
        scored = zip(rows[part], rows["date"].dt.date < _NO_TWINS, strict=True)
        cells[f"{header}得分"] = [str(score) if early else DASH for score, early in scored]
    first, last = rows["date"].min(), rows["date"].max()
    yield book.Export(f"商家体验分_{first:%Y%m%d}_{last:%Y%m%d}.xlsx", {"商家体验分": cells})


def _told(world: World, rows: pd.DataFrame) -> pd.DataFrame:
    """Sub-metrics that rise and fall with the score of their part."""
    rng = stream(world.seed, world.shop.id, "scores")
    parts = ["total", "product", "logistics", "service"]
    rows[parts] = rows[parts].astype("int64")
    good = {part: (rows[part] - 50).clip(lower=1) / 50 for part in parts}
    count = len(rows)
    rows["rating"] = np.round(4.55 + 0.3 * good["product"], 2)
    rows["reply"] = np.round((190 - 175 * good["service"]) * noise(rng, 0.05, count), 1)
    for name, part, most in _FALL:
        rows[name] = most * (1.1 - good[part]) * noise(rng, 0.05, count)
    for name, part, least in _RISE:
        rows[name] = np.minimum(least + (1 - least) * good[part] * noise(rng, 0.02, count), 1)
    return rows
