"""Every figure of a case: one row per metric × period × slice, with numerator, denominator, n and source."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pandas as pd

from factbook.knowledge.metrics import Metric, metrics
from factbook.measures import (
    accumulation,
    ads,
    alike,
    alliance,
    buyers,
    campaign,
    campaign_after,
    campaign_hours,
    campaign_plan,
    campaign_ready,
    channels,
    creatives,
    creator_channels,
    creator_fame,
    creator_loyalty,
    creator_plan,
    creator_story,
    creator_tiers,
    data_levels,
    decomposition,
    dictionary,
    fields,
    formats,
    gaps,
    labels,
    minutes,
    organisation,
    people,
    products,
    realtime,
    refunds,
    rhythm,
    rooms,
    service,
    shop,
    slots,
    star_lift,
    star_next,
    star_products,
    team,
    top_kol,
    traffic,
    videos,
)
from factbook.measures.common import Entry, entries
from factbook.measures.ground import Ground, prepare
from factbook.records import Case, Measures

AREAS: tuple[Callable[[Ground], Iterable[pd.DataFrame]], ...] = (
    shop.measure,
    fields.measure,
    rooms.measure,
    alike.measure,
    gaps.measure,
    formats.measure,
    traffic.measure,
    realtime.measure,
    minutes.measure,
    slots.measure,
    channels.measure,
    ads.measure,
    creatives.measure,
    products.measure,
    refunds.measure,
    rhythm.measure,
    videos.measure,
    people.measure,
    dictionary.measure,
    accumulation.measure,
    alliance.measure,
    labels.measure,
    creator_tiers.measure,
    creator_story.measure,
    creator_channels.measure,
    creator_loyalty.measure,
    creator_fame.measure,
    creator_plan.measure,
    campaign.measure,
    campaign_after.measure,
    campaign_ready.measure,
    campaign_hours.measure,
    campaign_plan.measure,
    top_kol.measure,
    buyers.measure,
    star_products.measure,
    star_lift.measure,
    star_next.measure,
    service.measure,
    organisation.measure,
)


def measure(case: Case) -> Measures:
    """Measure a case; every metric of the registry has a row, with a reason where it has no value."""
    ground = ready(case)
    found = [frame for area in AREAS for frame in area(ground)]
    so_far = Measures.concat(found)
    later = decomposition.measure(so_far, ground)
    later += formats.archetype(so_far, case.table("peers"))
    later += campaign_ready.ahead(ground, so_far)
    later += data_levels.measure(so_far, case.table("peers"))
    later += team.measure(so_far, case.merchant.profile, case.period)
    every = Measures.concat([so_far.frame, *later])
    return Measures.concat([every.frame, _unmeasured(every, case)])


def ready(case: Case) -> Ground:
    """The case with the frames that several areas share."""
    bare = prepare(case)
    return replace(
        bare,
        days=shop.shop_days(bare),
        grid=fields.field_days(bare),
        creators=alliance.creator_sessions(bare),
    )


def _unmeasured(measures: Measures, case: Case) -> pd.DataFrame:
    """A row without a value for every metric that no area spoke of in the current period."""
    rows = measures.frame
    spoken = set(rows["id"][rows["period"] == "current"])
    silent = [metric for id, metric in metrics().items() if id not in spoken]
    return entries(Entry(metric.id, reason=_why(metric, case)) for metric in silent)


def _why(metric: Metric, case: Case) -> str:
    """The report that would bring a metric, where it was not supplied; else that the period has no rows."""
    tables = {"trade_analysis": "trade_daily", "live_sessions": "sessions"}
    table = tables.get(metric.report)
    if table is not None and case.table(table).empty:
        return f"no_report:{metric.report}"
    return "no_rows"
