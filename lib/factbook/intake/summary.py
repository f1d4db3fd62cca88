"""What `factbook check --json` prints: per report its rows, period, days with data, totals and problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

import pandas as pd

from factbook.intake.covered import covered_days
from factbook.intake.parts import CLOCKS, hull
from factbook.intake.roles import detail_rows
from factbook.knowledge.exports import exports
from factbook.knowledge.problems import say
from factbook.records import Case, FileRecord, Language, Period, Problem

Figures = dict[str, Any]
# The columns whose sum is a total of a report, by the table they stand in.
TOTALS: dict[str, tuple[str, tuple[str, ...]]] = {
    "trade_analysis": (
        "trade_daily",
        ("paid_amount_cny", "net_paid_amount_cny", "gmv_cny", "net_gmv_cny", "orders", "items"),
    ),
    "live_sessions": ("sessions", ("paid_amount_cny", "gmv_cny", "orders", "items", "live_minutes")),
    "shop_orders": ("orders", ("order_amount_cny", "quantity")),
}
CARRIERS = ("live", "video", "product_card", "article", "other")


def summary(case: Case) -> dict[str, Any]:
    """A case in plain JSON values: money in yuan to the cent, `null` for missing.

    `totals` run over everything that was read, `current` over the diagnosed period.
    """
    reports = dict.fromkeys(file.report for file in case.files if file.report)
    return {
        "merchant": asdict(case.merchant),
        "period": _span(case.period),
        "tables": {id: _report(case, id) for id in reports},
        "files": [_file(file) for file in case.files],
        "missing": list(case.missing),
        "problems": [_problem(problem, case.merchant.language) for problem in case.problems],
        "checks": [
            asdict(check) | {"left": _number(check.left), "right": _number(check.right)} for check in case.checks
        ],
    }


def _report(case: Case, id: str) -> Figures:
    files = [file for file in case.files if file.report == id]
    names = {file.name for file in files}
    period = hull(file.period for file in files)
    return {
        "rows": sum(file.kept for file in files),
        "set_aside": sum(file.set_aside for file in files),
        "period": _span(period) if period else None,
        "days": [_span(run) for run in covered_days(case, files)],
        "problems": [_problem(p, case.merchant.language) for p in case.problems if p.file in names],
        **_sums(case, id),
    }


def _problem(problem: Problem, language: Language) -> Figures:
    return asdict(problem) | {"place": problem.place, "text": say(problem, language)}


def _sums(case: Case, id: str) -> Figures:
    table, columns = TOTALS.get(id, ("", ()))
    frame = case.table(table) if table else pd.DataFrame()
    if frame.empty:
        return {"totals": {}}
    rows = detail_rows(frame) if table == "trade_daily" else frame
    now = rows[case.period.contains(rows[_clock(rows)])]
    return {"totals": _total(rows, columns), "current": _total(now, columns), **_CUTS.get(id, _nothing)(rows)}


def _clock(rows: pd.DataFrame) -> str:
    return next(column for column in CLOCKS if column in rows)


def _total(rows: pd.DataFrame, columns: Iterable[str]) -> Figures:
    return {column: _sum(rows[column]) for column in columns if column in rows}


def _sum(values: pd.Series) -> float | None:
    return _number(values.sum(min_count=1))


def _number(value: float) -> float | None:
    return None if pd.isna(value) else round(float(value), 2)


def _nothing(rows: pd.DataFrame) -> Figures:
    return {}


def _shares(rows: pd.DataFrame) -> Figures:
    paid = rows["paid_amount_cny"]
    parties = ("self", "partner")
    return {
        "by_party": {party: _sum(paid[rows["party"] == party]) for party in parties},
        "by_carrier": {carrier: _sum(paid[rows["carrier"] == carrier]) for carrier in CARRIERS},
    }


_CUTS: Mapping[str, Callable[[pd.DataFrame], Figures]] = {"trade_analysis": _shares}


def _file(file: FileRecord) -> Figures:
    report = exports().reports.get(file.report or "")
    names = {"report_zh": report.zh, "report_en": report.en} if report else {}
    return asdict(file) | {"period": _span(file.period) if file.period else None, "tables": list(file.tables)} | names


def _span(period: Period) -> dict[str, str]:
    return {"start": period.start.isoformat(), "end": period.end.isoformat()}
