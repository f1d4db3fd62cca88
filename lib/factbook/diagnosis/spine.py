"""The one road, on half a screen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from factbook.diagnosis.memory import recall
from factbook.intake import read_case, summary
from factbook.judgement import Judgement, by_hand, judge, plan, roadmap
from factbook.measures import measure
from factbook.records import Action, Case, Diagnosis, Language, Measures, Period


def diagnose(folder: Path, period: Period | None = None, language: Language | None = None) -> Diagnosis:
    """Diagnose one merchant's folder; raises IntakeError when nothing in it can be read."""
    case = read_case(folder, period)
    measures = measure(case)
    judgement = judge(measures, case)
    actions = plan(judgement, case)
    return recall(assemble(case, measures, judgement, actions, language), folder, case.statuses)


def assemble(
    case: Case, measures: Measures, judgement: Judgement, actions: tuple[Action, ...], language: Language | None = None
) -> Diagnosis:
    """Everything a chapter may say, in one frozen value; exports stay behind, their figures come along."""
    return Diagnosis(
        merchant=case.merchant,
        period=case.period,
        language=language or case.merchant.language,
        measures=measures,
        scores=judgement.scores,
        gates=judgement.gates,
        findings=judgement.findings,
        actions=actions,
        verdict=judgement.verdict,
        files=case.files,
        problems=case.problems,
        checks=case.checks,
        missing=case.missing,
        tables={**summary(case)["tables"], **typed_in(case)},
        notes=case.notes,
        outcomes=judgement.rules,
        totals=judgement.totals,
        overrides=by_hand(judgement, actions, case),
        roadmap=roadmap(judgement, case),
    )


TYPED_IN = ("peers", "thumbs", "campaigns", "star_deals", "readiness", "campaign_hours")


def typed_in(case: Case) -> dict[str, dict[str, Any]]:
    """Rows of the form that a chapter shows again (peers, thumbs, calendar, deals): `{table: {"records": [...]}}`."""
    frames = {name: case.table(name) for name in TYPED_IN if len(case.table(name))}
    return {
        name: {"records": json.loads(frame.to_json(orient="records", date_format="iso"))}
        for name, frame in frames.items()
    }
