"""What each field asks of the team, what it lacks, and how many people such a team usually has (行业经验值)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import pandas as pd

from factbook.knowledge.fit import FitFile, Part, TeamRole, fit
from factbook.measures.common import Entry, Place, entries
from factbook.records import CAPABILITIES, FIELDS, Measures, Period

SOURCE = "knowledge/fit.toml"
DAYS = 30
PER_WEEK = ("live_hours_per_week",)  # drivers that are rates already


def measure(measures: Measures, profile: Mapping[str, object], period: Period) -> list[pd.DataFrame]:
    """Level asked for and shortfall by field and capability, the part each field plays, and people by role."""
    table, stage = fit(), profile.get("stage")
    found: list[Entry] = []
    for field in FIELDS:
        share = measures.value("field_share", field=field)
        part = table.part(share, planned(profile, field))
        if not _counts(field, share, profile):
            found.append(Entry("field_part", reason="no_rows", at=Place(SOURCE, ("field",), (field,))))
            continue
        place = float(table.parts.index(part) + 1)
        found.append(Entry("field_part", place, n=share or math.nan, at=Place(SOURCE, ("field",), (field,))))
        found += _asked(table, field, part, (stage, measures))
    found += [_people(role, table.stage(stage), measures, period) for role in table.team]
    return [entries(found)]


def planned(profile: Mapping[str, object], field: str) -> object:
    """The part the form plans for a field; None where it names none."""
    return profile.get(f"part_{field}") or None


def _counts(field: str, share: float | None, profile: Mapping[str, object]) -> bool:
    """Whether a field is one of the merchant's: it sells, it is planned, or it is the calendar."""
    return field == "C" or bool(share and share > 0) or planned(profile, field) is not None


def _asked(table: FitFile, field: str, part: Part, of: tuple[object, Measures]) -> Iterable[Entry]:
    stage, measures = of
    for capability in CAPABILITIES:
        at = Place(SOURCE, ("field", "capability"), (field, capability))
        need, level = (
            table.need(field, stage, part)[capability],
            measures.value("capability_level", capability=capability),
        )
        yield Entry("capability_required", need, at=at)
        if level is None:
            yield Entry("capability_shortfall", reason="no_survey", at=at)
        else:
            yield Entry("capability_shortfall", max(0.0, need - level), need, level, at=at)


def _people(role: TeamRole, stage: str, measures: Measures, period: Period) -> Entry:
    """Few to many people: what the volume takes, never below what the stage takes."""
    few, many = role.least[stage]  # type: ignore[index]
    volume = measures.value(role.driver) if role.driver else None
    if volume is not None and role.carries:
        scale = 1.0 if role.driver in PER_WEEK or role.driver == "active_creators" else DAYS / period.days
        few = max(few, math.ceil(volume * scale / role.carries[1]))
        many = max(many, math.ceil(volume * scale / role.carries[0]))
    at = Place(SOURCE, ("role",), (role.code,))
    volume = math.nan if volume is None else volume
    return Entry("team_headcount", (few + many) / 2, volume, low=float(few), high=float(many), at=at)
