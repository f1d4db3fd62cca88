"""What the merchant's form says: profile, peers, service scores, survey, campaigns, star deals, creator actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd

from factbook.form import FormData
from factbook.knowledge.survey import survey
from factbook.samples import answers_creators, answers_hours, answers_team
from factbook.samples.draw import spread, stream
from factbook.samples.spec import Rating, Shop
from factbook.samples.world import World

_SOURCE = "电商罗盘 同行同层（模拟）"
_RATERS = (
    ("负责人", "owner"),
    ("直播运营", "operations"),
    ("商品经理", "product"),
    ("客服主管", "support"),
    ("主播", "host"),
    ("投手", "ads"),
)
_DRAWN = _RATERS[:4]  # whose views are drawn together; later raters see every item as planted
_APART = (0, 0, -1, 1, -2, 2)  # steps off, by rater, on a capability they see differently: the median stays


def form(world: World) -> FormData:
    """The filled form of a sample."""
    shop = world.shop
    profile = {"name": shop.name, "industry": shop.industry, "brand": shop.brand, **shop.profile}
    return FormData(profile=profile, tables=_tables(world))


def _tables(world: World) -> Mapping[str, pd.DataFrame]:
    shop = world.shop
    return {
        "own_accounts": pd.DataFrame([{"account": a.name, "douyin_id": a.douyin_id} for a in shop.accounts]),
        "peers": _peers(shop),
        "service_scores": service_scores(shop),
        "survey": _survey(world),
        "campaigns": _campaigns(shop),
        "star_deals": _deals(world),
        "creator_actions": actions(world),
        "practices": answers_team.practice_rows(shop),
        "product_roles": answers_team.product_roles(world),
        "readiness": answers_team.readiness(shop),
        "campaign_hours": answers_hours.plan(world),
    }


def _peers(shop: Shop) -> pd.DataFrame:
    rows = pd.DataFrame([{"metric": p.metric, "value": p.value, "statistic": p.statistic} for p in shop.peers])
    scope = f"{shop.industry} 同行同层 近30天"
    return rows.assign(scope=scope, source=_SOURCE, date=pd.Timestamp(shop.period.end))


def _campaigns(shop: Shop) -> pd.DataFrame:
    rows = [
        {
            "campaign": c.name, "level": c.level, "start": pd.Timestamp(c.start), "end": pd.Timestamp(c.end),
            "state": c.state, "reason": c.reason or None, "goal_cny": np.nan if c.goal_cny is None else c.goal_cny,
        }
        for c in shop.campaigns
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _deals(world: World) -> pd.DataFrame:
    first = world.whole.start
    rows = [
        {
            "deal": d.name, "creator": d.creator, "creator_id": d.douyin_id, "kind": d.kind,
            "start": pd.Timestamp(d.day), "end": pd.Timestamp(d.day), "fee_cny": d.fee_cny,
            "commission_rate": d.commission, "gift_cost_cny": d.gift_cny, "sample_cost_cny": d.sample_cny,
            "margin": d.margin, "products": d.products or None,
        }
        for d in world.shop.deals
        if d.day >= first
    ]  # fmt: skip
    return pd.DataFrame(rows)


def service_scores(shop: Shop) -> pd.DataFrame:
    """Ninety days of scores: flat, then a straight way down (or up) to the parts of the last day."""
    days = pd.date_range(shop.period.end - timedelta(days=89), shop.period.end)
    scores = shop.scores
    start = scores.slope_from or shop.period.end - timedelta(days=89)
    way = np.clip((days - pd.Timestamp(start)).days / max((shop.period.end - start).days, 1), 0, 1).to_numpy()
    frame = pd.DataFrame({"date": days})
    parts = ("product", "logistics", "service")
    for name, before, last in zip(parts, scores.before, scores.last, strict=True):
        frame[name] = np.rint(before + (last - before) * way)
    exact = frame[list(parts)].to_numpy() @ np.asarray(scores.weights)
    frame.insert(1, "total", np.floor(exact + 0.5 + 1e-9))
    return frame


@dataclass(frozen=True, slots=True)
class _Answer:
    """One item as a team answers it: the level and its offset, before a rater's own view."""

    rating: Rating
    code: str
    shift: int


def _survey(world: World) -> pd.DataFrame:
    rng = stream(world.seed, world.shop.id, "survey")
    items = survey().items
    answers = [
        _Answer(rating, item.code, shift)
        for rating in world.shop.ratings
        for item, shift in zip([i for i in items if i.capability == rating.capability], _shifts(rating), strict=False)
    ]
    views = _views(answers, rng)
    shop = world.shop
    rows = [
        _row(name, role, answer, _APART[n] if answer.rating.capability == shop.split else view.get(name, 0))
        for n, (name, role) in enumerate(_RATERS[: shop.raters])
        for answer, view in zip(answers, views, strict=True)
    ]
    return pd.DataFrame(rows)


def _shifts(rating: Rating) -> tuple[int, ...]:
    """Items lie around the level: one above, one below, where the scale leaves room."""
    return (0, 1, 0, 0, -1, 0) if 1 < rating.claimed < 5 else (0,) * 6


def _views(answers: list[_Answer], rng: np.random.Generator) -> list[dict[str, int]]:
    """Per item, who sees it one step off: at most one rater, so that the median is what was planted."""
    who = [rater for rater, _ in _DRAWN]
    steps = zip(rng.choice(who, len(answers)), rng.choice([-1, 0, 1], len(answers)), strict=True)
    return [{str(rater): int(step)} for rater, step in steps]


def _row(rater: str, role: str, answer: _Answer, off: int) -> dict[str, object]:
    rating = answer.rating
    level = int(np.clip(rating.claimed + answer.shift + off, 1, 5))
    backed = rating.evidence if level >= 3 else ""
    return {
        "rater": rater, "role": role, "item": answer.code, "current": level, "target": max(rating.target, level),
        "importance": rating.importance, "evidence": backed or None,
    }  # fmt: skip


def actions(world: World) -> pd.DataFrame:
    """Approaches by channel, products changed for the mismatched, samples that add up to each label's sum."""
    columns = ["creator", "creator_id", "date", "action", "cost_cny"]
    window = world.shop.action_window
    if window is None:
        return pd.DataFrame(columns=[*columns, "channel"])
    rng = stream(world.seed, world.shop.id, "actions")
    rows = [row for label in world.shop.labels for row in _label_actions(world, label.code, label.samples_cny, rng)]
    frame = pd.concat([pd.DataFrame(rows, columns=columns), answers_creators.approaches(world)])
    return frame.sort_values(["date", "creator_id", "action"], ignore_index=True)


def _label_actions(
    world: World, label: str, samples_cny: float, rng: np.random.Generator
) -> list[tuple[str, str, pd.Timestamp, str, float]]:
    window = world.shop.action_window
    group = world.creators[world.creators["label"] == label]
    if window is None or group.empty:
        return []
    cost = spread(samples_cny * 100, rng.uniform(0.6, 1.4, len(group))) / 100
    changed = pd.Timestamp(window.start) + pd.to_timedelta(rng.integers(0, window.days, len(group)), unit="D")
    sent = pd.Timestamp(world.shop.period.start) + pd.to_timedelta(rng.integers(0, 6, len(group)), unit="D")
    who = list(zip(group["account"], group["douyin_id"], strict=True))
    rows = [(n, i, day, "samples_sent", float(c)) for (n, i), day, c in zip(who, sent, cost, strict=True) if c > 0]
    if label == "mismatch":
        rows += [(n, i, day, "product_changed", 0.0) for (n, i), day in zip(who, changed, strict=True)]
    return rows
