"""Tables: one function a table, each from a diagnosis to what a chapter shows."""

from factbook.display.tables.creators import creator_labels, creators_to_act
from factbook.display.tables.deals import campaign_calendar, deal_ledger
from factbook.display.tables.evidence import (
    files,
    metric_definitions,
    missing_reports,
    reconciliation,
    set_aside,
)
from factbook.display.tables.organisation import capability_items, say_do
from factbook.display.tables.provenance import provenance
from factbook.display.tables.rooms import basics, f5_metrics, sessions_top
from factbook.display.tables.summary import first_actions, roadmap

__all__ = [
    "basics",
    "campaign_calendar",
    "capability_items",
    "creator_labels",
    "creators_to_act",
    "deal_ledger",
    "f5_metrics",
    "files",
    "first_actions",
    "metric_definitions",
    "missing_reports",
    "provenance",
    "reconciliation",
    "roadmap",
    "say_do",
    "sessions_top",
    "set_aside",
]
