"""Tables: one function a table, each from a diagnosis to what a chapter shows."""

from factbook.display.tables.campaign import campaign_calendar, campaign_readiness
from factbook.display.tables.campaign_plan import campaign_plan_days
from factbook.display.tables.creator_stock import (
    creator_costs,
    creator_doubts,
    creator_moves,
    creator_plan,
    creator_tiers,
)
from factbook.display.tables.creators import creator_labels, creators_to_act
from factbook.display.tables.deals import deal_ledger, without_star
from factbook.display.tables.evidence import (
    files,
    metric_definitions,
    missing_reports,
    reconciliation,
    set_aside,
)
from factbook.display.tables.field import (
    accounts_compared,
    ad_structure,
    gate_lines,
    minute_turns,
    product_mix,
    service_items,
)
from factbook.display.tables.judging import overrides, rules_judged
from factbook.display.tables.organisation import capability_items, say_do, say_do_figures, to_discuss
from factbook.display.tables.provenance import provenance
from factbook.display.tables.roadmap import memory, not_now
from factbook.display.tables.rooms import basics, f5_metrics, sessions_top
from factbook.display.tables.stars import star_fit, star_products
from factbook.display.tables.summary import first_actions, roadmap

__all__ = [
    "accounts_compared",
    "ad_structure",
    "basics",
    "campaign_calendar",
    "campaign_plan_days",
    "campaign_readiness",
    "capability_items",
    "creator_costs",
    "creator_doubts",
    "creator_labels",
    "creator_moves",
    "creator_plan",
    "creator_tiers",
    "creators_to_act",
    "deal_ledger",
    "f5_metrics",
    "files",
    "first_actions",
    "gate_lines",
    "memory",
    "metric_definitions",
    "minute_turns",
    "missing_reports",
    "not_now",
    "overrides",
    "product_mix",
    "provenance",
    "reconciliation",
    "roadmap",
    "rules_judged",
    "say_do",
    "say_do_figures",
    "service_items",
    "sessions_top",
    "set_aside",
    "star_fit",
    "star_products",
    "to_discuss",
    "without_star",
]
