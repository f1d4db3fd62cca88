"""What the form says of the team's ways: practices, the products' roles, how far the next campaign is prepared."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd

from factbook.knowledge.practices import practices
from factbook.samples import tables
from factbook.samples.spec import Campaign, Shop
from factbook.samples.world import World

# Which capability stands behind a part of a campaign, who looks after it, and what has to be done.
_PARTS = {
    "content": ("O1", "内容负责人", "预热短视频8条，脚本定稿"),
    "product_mix": ("O2", "商品经理", "货盘和备货数量定稿"),
    "service": ("O5", "客服主管", "客服加班排班，发货承诺改好"),
    "ads": ("O4", "投手", "分小时投放计划和两档预案"),
}
_NEAR = 30  # days; what is further ahead nobody has finished
_ROLES = {"traffic": -0.16, "lead": -0.02, "profit": 0.09, "second": 0.03}  # margin against the shop's


def practice_rows(shop: Shop) -> pd.DataFrame:
    """One row a practice that was answered; `yes` has something to show, capabilities follow their true level."""
    said = {code: state for state, codes in shop.practices.items() for code in codes.split()}
    said |= {rating.capability: _done(rating.true) for rating in shop.ratings}
    backed = {rating.capability: rating.evidence for rating in shop.ratings}
    rows = [
        {"code": code, "state": state, "evidence": _shown(code, state, backed.get(code, "")), "note": None}
        for code in practices()
        if (state := said.get(code, "partly")) != "blank"
    ]
    return pd.DataFrame(rows)


def _shown(code: str, state: str, backed: str) -> str | None:
    asked = practices()[code].evidence.zh.replace("；", "，").split("，")[0]
    return (backed or f"{asked}（模拟）") if state == "yes" else None


def _done(level: int) -> str:
    return "yes" if level >= 4 else "partly" if level == 3 else "no"


def product_roles(world: World) -> pd.DataFrame:
    """The cheapest product draws people, the best seller leads, the dearest earns; margins average to the shop's."""
    goods = world.shop.products
    price, share = (np.asarray([getattr(p, name) for p in goods], dtype=float) for name in ("price_cny", "share"))
    roles = np.full(len(goods), "second", dtype=object)
    roles[price.argmax()], roles[price.argmin()], roles[share.argmax()] = "profit", "traffic", "lead"
    raised = np.asarray([_ROLES[role] for role in roles])
    margin = float(str(world.shop.profile["gross_margin"])) + raised - (raised * share).sum() / share.sum()
    frame = pd.DataFrame({"product": [p.name for p in goods], "product_id": tables.product_ids(world)})
    return frame.assign(role=roles, margin=np.round(margin, 3), scene=None, note=None)


def readiness(shop: Shop) -> pd.DataFrame:
    """The four parts of the campaign ahead (the one shut out, or planned), and of past ones that were written down."""
    ahead = [campaign for campaign in shop.campaigns if campaign.end > shop.period.end and campaign.state != "joined"]
    rows = [_part(shop, campaign, part) for campaign in ahead[:1] for part in _PARTS]
    rows += [row for campaign in shop.campaigns if campaign.ready for row in _past(campaign)]
    return pd.DataFrame(rows, columns=["campaign", "part", "task", "owner", "due", "done", "note"])


def _past(campaign: Campaign) -> list[dict[str, object]]:
    """A past campaign's parts as they stood on its first day."""
    due = pd.Timestamp(campaign.start - timedelta(days=5))
    return [
        {"campaign": campaign.name, "part": part, "task": task, "owner": owner, "due": due, "done": done, "note": None}
        for (part, (_, owner, task)), done in zip(_PARTS.items(), campaign.ready.split(), strict=True)
    ]


def _part(shop: Shop, campaign: Campaign, part: str) -> dict[str, object]:
    capability, owner, task = _PARTS[part]
    level = next(rating.true for rating in shop.ratings if rating.capability == capability)
    due = pd.Timestamp(campaign.start - timedelta(days=5))
    near = (campaign.start - shop.period.end).days <= _NEAR
    said = {"campaign": campaign.name, "part": part, "task": task, "owner": owner, "due": due}
    return said | {"done": _done(level if near else min(level, 3)), "note": None}
