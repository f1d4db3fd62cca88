"""What an earlier diagnosis promised, what moved since, and what did not.

A merchant's folder may hold `history/*.json`: diagnoses of earlier periods, whole (diagnosis.json as it was rendered)
or cut down by `keep`. The latest that ends before this period's end and begins before it is held against this one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from factbook.diagnosis.store import SCHEMA_VERSION, document, write
from factbook.judgement.facts import number
from factbook.judgement.findings import middle
from factbook.knowledge.load import revive
from factbook.knowledge.metrics import metrics
from factbook.knowledge.thumbs import line
from factbook.records import (
    Action,
    Diagnosis,
    Earlier,
    Finding,
    Movement,
    Period,
    Problem,
    Promise,
    Score,
    Status,
    Text,
)

HISTORY = "history"
VERSION = "schema_version"
Cut = Mapping[str, str]


class OtherVersionError(ValueError):
    """A diagnosis whose parts are laid out as another version of the workbook lays them out."""

    def __init__(self, found: object) -> None:
        self.words = {"version": str(found), "own": str(SCHEMA_VERSION)}
        super().__init__(f"schema version {found}, this workbook reads {SCHEMA_VERSION}")


@dataclass(frozen=True, slots=True)
class Kept:
    """What is read of an earlier diagnosis."""

    period: Period
    findings: tuple[Finding, ...]
    actions: tuple[Action, ...]
    scores: tuple[Score, ...]
    measures: tuple[Mapping[str, Any], ...]

    def value(self, metric: str, cut: Cut) -> float | None:
        """A figure of that period."""
        rows = (m for m in self.measures if m["id"] == metric and m["slice"] == dict(cut) and m["period"] == "current")
        return next((number(row["value"]) for row in rows), None)


def recall(dx: Diagnosis, folder: Path, statuses: Mapping[str, Status]) -> Diagnosis:
    """The diagnosis with what became of the latest earlier one; a file that cannot be read is a problem, not an end."""
    found, problems = _before(folder, dx.period)
    dx = replace(dx, problems=(*dx.problems, *problems))
    if not found:
        return dx
    path, kept = found
    return replace(dx, earlier=compare(kept, dx, statuses, f"{HISTORY}/{path.name}"))


def keep(dx: Diagnosis, folder: Path) -> Path:
    """Write what the next diagnosis will want to know of this one: `history/START-END.json` of the folder."""
    whole = document(dx)
    watched = [(action.metric, slice_of(action, dx.findings)) for action in dx.actions]
    rows = [m for m in whole["measures"] if m["period"] == "current" and (m["id"], m["slice"]) in watched]
    parts = {name: whole[name] for name in (VERSION, "period", "findings", "actions")}
    scores = [
        score for score in whole["scores"] if score["value"] is not None and not score["id"].startswith("metric:")
    ]
    path = folder / HISTORY / f"{dx.period}.json"
    return write({**parts, "scores": scores, "measures": [_slim(row) for row in rows]}, path)


def _slim(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("id", "period", "slice", "value", "n")}


def _before(folder: Path, period: Period) -> tuple[tuple[Path, Kept] | None, list[Problem]]:
    found: list[tuple[Path, Kept]] = []
    problems = []
    for path in sorted((folder / HISTORY).glob("*.json")):
        try:
            found.append((path, read(path)))
        except OtherVersionError as other:
            problems.append(Problem("history_version", "warning", f"{HISTORY}/{path.name}", values=other.words))
        except (OSError, ValueError, KeyError, TypeError) as error:
            said = str(error).splitlines()[0]
            problems.append(Problem("history_unreadable", "warning", f"{HISTORY}/{path.name}", values={"found": said}))
    earlier = [
        (path, kept) for path, kept in found if kept.period.start < period.start and kept.period.end < period.end
    ]
    return max(earlier, key=lambda pair: pair[1].period.end, default=None), problems


def read(path: Path) -> Kept:
    """An earlier diagnosis, whole or cut down.

    Raises OtherVersionError when another version of the workbook wrote it, ValueError, KeyError or TypeError when it is
    no diagnosis.
    """
    data = json.loads(path.read_text("utf-8"))
    if data[VERSION] != SCHEMA_VERSION:
        raise OtherVersionError(data[VERSION])
    return Kept(
        period=revive(Period, data["period"]),
        findings=revive(tuple[Finding, ...], data["findings"]),
        actions=revive(tuple[Action, ...], data["actions"]),
        scores=revive(tuple[Score, ...], data["scores"]),
        measures=tuple(data["measures"]),
    )


def compare(kept: Kept, dx: Diagnosis, statuses: Mapping[str, Status], file: str) -> Earlier:
    """An earlier diagnosis held against this one."""
    silent = {outcome.code for outcome in dx.outcomes if outcome.state == "silent"}
    then, now = ({f.code: f for f in found if f.severity != "strength"} for found in (kept.findings, dx.findings))
    return Earlier(
        period=kept.period,
        file=file,
        promises=tuple(_promise(action, kept, dx, statuses.get(action.id)) for action in kept.actions),
        gone=_titles(then, [code for code in then if code in silent]),
        stayed=_titles(now, [code for code in then if code in now]),
        new=_titles(now, [code for code in now if code not in then and now[code].severity != "low"]),
        scores={score.id: score.value for score in kept.scores if score.value is not None},
    )


def _titles(findings: Mapping[str, Finding], codes: list[str]) -> tuple[Text, ...]:
    return tuple(findings[code].title for code in codes)


def _promise(action: Action, kept: Kept, dx: Diagnosis, status: Status | None) -> Promise:
    cut = slice_of(action, kept.findings)
    then, now = kept.value(action.metric, cut), dx.measures.value(action.metric, **cut)
    status = status or Status("planned")
    closed = _closed(action, kept, dx)
    worth = closed is not None and status.state == "done"
    return Promise(
        action=action.id,
        title=action.title,
        owner=action.owner,
        metric=action.metric,
        target=action.target,
        status=status.state,
        moved=movement(action.metric, then, now),
        then=then,
        now=now,
        note=status.note,
        worth_low_cny=action.worth_low_cny,
        worth_high_cny=action.worth_high_cny,
        closed_cny=closed,
        kept=(closed or 0.0) >= (action.worth_low_cny or 0.0) if worth else None,
    )


def slice_of(action: Action, findings: tuple[Finding, ...]) -> dict[str, str]:
    """Which slice of its metric an action watches: that of the finding's evidence, else its field or capability."""
    called = [finding for finding in findings if finding.code in action.findings]
    cuts = [dict(item.slice) for finding in called for item in finding.evidence if item.metric == action.metric]
    if cuts:
        return cuts[0]
    if action.metric.startswith("capability_"):
        return {"capability": action.capability}
    return {"field": action.field} if action.metric.startswith("field_") and action.field else {}


def movement(metric: str, then: float | None, now: float | None) -> Movement:
    """Whether a figure moved the way it should, by more than the line; association only, nothing says why."""
    row = metrics().get(metric)
    if then is None or now is None or row is None or row.direction == "none":
        return "unknown"
    gain = (now - then) * (1 if row.direction == "up" else -1)
    if abs(gain) < line("moved") * abs(then):
        return "same"
    return "better" if gain > 0 else "worse" if gain < 0 else "same"


def _closed(action: Action, kept: Kept, dx: Diagnosis) -> float | None:
    """By how much the finding an action answers has shrunk, in yuan per 30 days; None where it cannot be priced now."""
    own = [f for f in kept.findings if f.actions and f.actions[0] == action.id and f.worth_high_cny]
    if not own or action.worth_high_cny is None:
        return None
    before = max(own, key=middle)
    outcome = next((o for o in dx.outcomes if o.code == before.code), None)
    after = dx.finding(before.code)
    if outcome is None or outcome.state == "not_measured" or (after and after.worth_basis != before.worth_basis):
        return None
    return middle(before) - (middle(after) if after else 0.0)
