"""index.html: the portfolio, one line a report, from the manifests beside the reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from factbook import fmt
from factbook.knowledge.words import say
from factbook.records import FIELDS, Period, Text
from factbook.render import fonts, html, manifest

WORDS = {
    "title": Text("诊断报告一览", "Diagnosis reports"),
    "merchant": Text("商家", "Merchant"),
    "verdict": Text("一句话结论", "Verdict"),
    "paid": Text("GMV（用户支付金额）", "GMV (paid amount)"),
    "net": Text("退款后", "After refunds"),
    "service": Text("商家体验分", "Service score"),
    "scores": Text("各经营场得分", "Field scores"),
    "open": Text("打开报告", "Open report"),
    "synthetic": Text("模拟数据", "Synthetic data"),
    "boxed": Text("有 {n} 节没能生成", "{n} sections not produced"),
    "unread": Text("有 {n} 个文件没读成", "{n} files not read"),
    "failed": Text("这次没能生成的商家", "Merchants not rendered this time"),
    "reason": Text("原因", "Reason"),
    "none": Text("还没有报告。", "No reports yet."),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A field as the portfolio shows it: its score, else its verdict or state; `css` is the class."""

    field: str
    shown: str
    css: str


@dataclass(frozen=True, slots=True)
class Row:
    """One report."""

    link: str
    merchant: str
    period: str
    synthetic: bool
    verdict: str
    paid: str
    net: str
    service: str
    cells: tuple[Cell, ...]
    remarks: tuple[str, ...]


def write(out: Path, failed: Iterable[tuple[str, str]], language: str) -> Path:
    """Write the portfolio's page; `failed` are merchants of this run with their reasons."""
    rows = [row(folder, record, out, language) for folder, record in manifest.saved(out)]
    words = {name: text[language] for name, text in WORDS.items()}
    values = {"rows": rows, "failed": list(failed), "text": words}
    page = html.index(values, language, out / fonts.CACHE)
    path = out / "index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, "utf-8")
    return path


def row(folder: Path, record: Mapping[str, Any], out: Path, language: str) -> Row:
    """A manifest as a line of the portfolio."""
    figures = record["figures"]
    period = Period.parse(record["period"])
    return Row(
        link=quote((folder.relative_to(out) / "report.html").as_posix()),
        merchant=record["merchant"]["name"],
        period=fmt.span(period.start, period.end, language),
        synthetic=record["merchant"]["synthetic"],
        verdict=record["verdict"][language],
        paid=fmt.money(figures["paid_amount_cny"], language),
        net=fmt.money(figures["net_paid_amount_cny"], language),
        service=fmt.figure(figures["service_score"], "score", language),
        cells=tuple(_cell(field, record["scores"][field], language) for field in FIELDS),
        remarks=tuple(_remarks(record, language)),
    )


def _cell(field: str, score: Mapping[str, Any], language: str) -> Cell:
    state, verdict, value = score["state"], score["verdict"], score["value"]
    judged = state in ("scored", "verdict") and verdict
    word = say(f"verdict.{verdict}" if judged else f"state.{state}", language)
    shown = fmt.figure(value, "score", language) if state == "scored" and value is not None else word
    return Cell(say(f"field.{field}", language), shown, f"is-{verdict if judged else state}")


def _remarks(record: Mapping[str, Any], language: str) -> Iterable[str]:
    counts = {"boxed": len(record["failures"]), "unread": len(record["unread"])}
    return (WORDS[name][language].format(n=n) for name, n in counts.items() if n)
