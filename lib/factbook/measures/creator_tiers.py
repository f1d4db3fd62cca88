"""Head, middle and tail: creators by platform level and by size, what each costs, and what the lists leave out."""

from __future__ import annotations

import numpy as np
import pandas as pd

from factbook.knowledge.exports import exports
from factbook.knowledge.thumbs import line
from factbook.measures.alliance import contribution_rows, samples_sent
from factbook.measures.common import Entry, Place, Ratio, blanks, column, entries, source_of, tally
from factbook.measures.creator_keys import namesakes, renamed
from factbook.measures.days import current
from factbook.measures.ground import Ground

UNLISTED = "unlisted"  # no report prints a level
TIERS = ("head", "middle", "tail", UNLISTED)
LEVELS = ("creator_square", "partner_creators")  # reports that print 达人等级
TIER_RATES = (
    Ratio("tier_refund_rate", "refund_session_cny", "paid_amount_cny"),
    Ratio("tier_commission_rate", "commission_estimate_cny", "net_paid_amount_cny"),
)
TIER = ("creators_by_tier", "tier_paid_cny", "tier_share", "tier_contribution_cny", *(r.id for r in TIER_RATES))
TAIL = ("creator_tail_share", "creator_tail_contribution_cny")
COSTS = ("alliance_commission_cny", "alliance_sample_cny", "cost_per_active_creator_cny")
LOSSES = ("creators_unprofitable", "unprofitable_loss_cny")
DOUBTS = ("renamed", "namesake", "no_clicks", "exceeds_trials", "orders_exceed_clicks", "no_commission", "no_id")


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Tiers, the smaller half, costs and losses of the period, what the lists leave out, and what is doubtful."""
    rows = current(ground.case, ground.creators)
    outside = _outside(ground, rows)
    if rows.empty:
        reason = ground.no_sessions(ground.own, "no_partner_sessions")
        return [outside, blanks((*TIER, *TAIL, *COSTS, *LOSSES, "creator_doubts"), reason)]
    tiered = with_tier(ground, rows)
    source = source_of(rows)
    slices = [made for name in ("tier", "level") for made in _tiers(ground, tiered, name, source)]
    return [outside, *slices, _money(ground, rows, source), _doubts(rows, source)]


def with_tier(ground: Ground, rows: pd.DataFrame) -> pd.DataFrame:
    """Sessions with their creator's `tier`, from the newest platform level that is printed for the 抖音号."""
    level = rows["creator_key"].map(levels(ground))
    cuts = [level >= line("head_level"), level >= line("middle_level"), level.notna()]
    named = [f"LV{value:.0f}" if value == value else UNLISTED for value in level]
    return rows.assign(level=named, tier=np.select(cuts, TIERS[:3], UNLISTED))


def levels(ground: Ground) -> pd.Series:
    """Platform level (0–7) by 抖音号; `LV3` and `3` are the same."""
    tables = [ground.case.table(name) for name in LEVELS]
    listed = [t[["douyin_id", "creator_level"]] for t in tables if {"douyin_id", "creator_level"} <= set(t)]
    if not listed:
        return pd.Series(dtype=float)
    rows = pd.concat(listed).dropna()
    number = rows["creator_level"].astype(str).str.extract(r"(\d+)", expand=False).astype(float)
    return number.groupby(rows["douyin_id"].astype(str)).first()


def _tiers(ground: Ground, rows: pd.DataFrame, name: str, source: str) -> list[pd.DataFrame]:
    """Creators, sales, share, contribution and rates by tier or level; without any level nothing is said."""
    if (rows["level"] == UNLISTED).all():
        return [blanks(TIER, "no_creator_levels")] if name == "tier" else []
    kinds = TIERS if name == "tier" else sorted(rows[name].unique())
    paid = rows.groupby(name)["paid_amount_cny"].sum().reindex(kinds, fill_value=0.0)
    count = rows.groupby(name)["creator"].nunique().reindex(kinds, fill_value=0).astype(float)
    earned, reason = _by(ground, rows, name)
    total, found = float(paid.sum()), []
    for kind in kinds:
        at, n, sold = Place(source, (name,), (str(kind),)), float(count[kind]), float(paid[kind])
        share, why = (sold / total, "") if total > 0 else (np.nan, "denominator_zero")
        left = float(earned.get(kind, 0.0)) if n and not earned.empty else 0.0
        found += [
            Entry("creators_by_tier", n, n=n, at=at),
            Entry("tier_paid_cny", sold, n=n, at=at),
            Entry("tier_share", share, sold, total, n, reason=why, at=at),
            Entry("tier_contribution_cny", left, n=n, reason=reason, at=at),
        ]
    return [entries(found), tally(rows, TIER_RATES, (name,), source=source)]


def _by(ground: Ground, rows: pd.DataFrame, name: str) -> tuple[pd.Series, str]:
    """Contribution by a column of the sessions that is one per creator, and what it lacks."""
    if np.isnan(ground.profile("gross_margin")):
        return pd.Series(np.nan, index=rows[name].unique()), "no_margin"
    money = contribution_rows(ground, rows)
    kind = money["creator"].map(rows.drop_duplicates("creator").set_index("creator")[name])
    return money.groupby(kind)["contribution"].sum(), "samples_unknown" if money["samples"].isna().all() else ""


def _money(ground: Ground, rows: pd.DataFrame, source: str) -> pd.DataFrame:
    """The smaller half of creators by sales, what creators cost together, and who costs more than the margin."""
    paid = rows.groupby("creator")["paid_amount_cny"].sum().sort_values()
    small = paid.index[: len(paid) // 2]
    half = pd.Series(np.where(rows["creator"].isin(small), "tail", "rest"), index=rows.index)
    earned, reason = _by(ground, rows.assign(half=half), "half")
    n, total, at = float(len(small)), float(paid.sum()), Place(source)
    sold = float(paid.loc[small].sum())
    few = "" if len(small) else "too_few"
    share = sold / total if total > 0 and len(small) else np.nan
    left = float(earned.get("tail", np.nan))
    tail = [
        Entry("creator_tail_share", share, sold, total, n, reason=few, at=at),
        Entry("creator_tail_contribution_cny", left, n=n, reason=few or reason, at=at),
    ]
    return entries([*tail, *_costs(ground, rows, at), *_losses(ground, rows, at)])


def _costs(ground: Ground, rows: pd.DataFrame, at: Place) -> list[Entry]:
    """Commission and samples of the period, and both per active creator; samples unknown are said, not free."""
    active, taken = float(rows["creator"].nunique()), column(rows, "commission_estimate_cny").sum(min_count=1)
    sent = samples_sent(ground)
    samples = float(column(sent, "cost_cny").sum()) if len(ground.case.table("creator_actions")) else np.nan
    unknown = "samples_unknown" if np.isnan(samples) else ""
    cost = float(taken) + (0.0 if unknown else samples)
    lost = "no_values" if np.isnan(float(taken)) else unknown
    return [
        Entry("alliance_commission_cny", float(taken), n=active, at=at),
        Entry("alliance_sample_cny", samples, n=float(len(sent)), reason="no_samples" if unknown else "", at=at),
        Entry("cost_per_active_creator_cny", cost / active, cost, active, active, reason=lost, at=at),
    ]


def _losses(ground: Ground, rows: pd.DataFrame, at: Place) -> list[Entry]:
    """Creators whose commission alone takes more than the margin on what they sold after refunds."""
    margin = ground.profile("gross_margin")
    if np.isnan(margin):
        return [Entry(id, reason="no_margin", at=at) for id in LOSSES]
    money = pd.DataFrame({name: column(rows, name) for name in ("net_paid_amount_cny", "commission_estimate_cny")})
    sums = money.groupby(rows["creator"]).sum(min_count=1).dropna()
    left = sums["net_paid_amount_cny"] * margin - sums["commission_estimate_cny"]
    losing, n = left[left < 0], float(len(left))
    return [
        Entry("creators_unprofitable", float(len(losing)), n=n, at=at),
        Entry("unprofitable_loss_cny", float(-losing.sum()) if len(losing) else 0.0, n=n, at=at),
    ]


def _outside(ground: Ground, rows: pd.DataFrame) -> pd.DataFrame:
    """What the named creators' sessions hold of the alliance's sales, and what 更多账号 holds of the accounts'."""
    grid, ids = ground.grid, ("alliance_named_share", "bucket_share")
    if grid.empty:
        return blanks(ids, "no_report:trade_analysis")
    daily = current(ground.case, grid[(grid["field"] == "A") & (grid["carrier"] == "live")])
    sold, named = float(daily["paid_amount_cny"].sum()), float(column(rows, "paid_amount_cny").sum())
    why = "denominator_zero" if not sold > 0 else ""
    at = Place(source_of(ground.trade))
    first = Entry(ids[0], named / sold if sold > 0 else np.nan, named, sold, n=float(len(rows)), reason=why, at=at)
    return entries([first, _bucket_share(ground)])


def _bucket_share(ground: Ground) -> Entry:
    """Sales in 更多账号 ÷ sales of all partner accounts, named or not, of the accounts' report."""
    table = ground.case.table("accounts")
    if table.empty or "party" not in table:
        return Entry("bucket_share", reason="no_report:trade_analysis")
    table = table[ground.case.period.contains(table["date"]) & (table["party"] == "partner")]
    table = table[table["account_role"].isin(("account", "bucket"))] if "account_role" in table else table
    paid = column(table, "paid_amount_cny")
    rest = float(paid[table["account"] == exports().markers.bucket_account].sum())
    total, at = float(paid.sum()), Place(source_of(table))
    if not total > 0:
        return Entry("bucket_share", reason="no_rows", at=at)
    return Entry("bucket_share", rest / total, rest, total, float(table["account"].nunique()), at=at)


def _doubts(rows: pd.DataFrame, source: str) -> pd.DataFrame:
    """How many creators each doubt touches; none is a true zero."""
    found = doubtful(rows)
    n = float(rows["creator"].nunique())
    return entries(
        Entry("creator_doubts", float(len(found[kind])), n=n, at=Place(source, ("doubt",), (kind,))) for kind in DOUBTS
    )


def doubtful(rows: pd.DataFrame) -> dict[str, set[str]]:
    """Creators by what is doubtful about their figures."""
    names = ("paid_amount_cny", "product_click_users", "buyers", "orders", "product_clicks", "commission_estimate_cny")
    sums = pd.DataFrame({name: column(rows, name) for name in names}).groupby(rows["creator"]).sum(min_count=1)
    paid, clicks = sums["paid_amount_cny"] > 0, sums["product_click_users"].fillna(0.0)
    ids = rows["douyin_id"].notna() if "douyin_id" in rows else pd.Series(False, index=rows.index)
    masks = {
        "no_clicks": paid & (clicks == 0),
        "exceeds_trials": (clicks > 0) & (sums["buyers"] > clicks),
        "orders_exceed_clicks": (sums["product_clicks"] > 0) & (sums["orders"] > sums["product_clicks"]),
        "no_commission": paid & sums["commission_estimate_cny"].isna(),
        "no_id": ~ids.groupby(rows["creator"]).any().reindex(sums.index),
    }
    found = {kind: set(sums.index[mask.fillna(False).astype(bool)]) for kind, mask in masks.items()}
    return {**found, "renamed": renamed(rows), "namesake": namesakes(rows)}
