"""What the command line prints: lines, tables and JSON; text from files is never read as markup."""

from __future__ import annotations

import json as spelling
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text as Line

from factbook import fmt
from factbook.errors import IntakeError
from factbook.knowledge.engagement import engagement
from factbook.knowledge.exports import exports
from factbook.knowledge.problems import say
from factbook.records import Case, FileRecord, Problem, Text

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

FATES = ("rows", "kept", "set_aside", "duplicates", "other")

UNLIMITED = 10_000  # columns; a screen on which everything fits

WORDS = {
    "file": Text("文件", "file"),
    "report": Text("报表", "report"),
    "period": Text("期间", "period"),
    "rows": Text("行", "rows"),
    "kept": Text("读入", "read"),
    "set_aside": Text("搁置", "set aside"),
    "duplicates": Text("重复", "duplicates"),
    "other": Text("表头/合计/空行", "header/total/blank"),
    "unknown": Text("未识别", "not recognised"),
    "missing": Text("没有收到：", "Not supplied: "),
    "agree": Text("对账：{holds} 条一致，{breaks} 条不一致", "Reconciliation: {holds} hold, {breaks} do not"),
    "one_file": Text("1 个文件", "1 file"),
    "files": Text("{n} 个文件", "{n} files"),
    "kept_rows": Text("读入 {n} 行", "{n} rows read"),
    "set_aside_rows": Text("搁置 {n} 行", "{n} set aside"),
    "duplicates_rows": Text("重复 {n} 行", "{n} duplicates"),
    "amiss": Text("没有全部用上的文件：", "Files not used in full:"),
    "problems": Text("需要留意：", "Worth a look:"),
    "more": Text("同类", "alike"),
    "paid": Text(
        "{report} 用户支付金额：本期 {current}，全部 {totals}",
        "{report}, paid amount: {current} in the period, {totals} in all",
    ),
    "learned": Text(
        "aliases.toml 里新增了这些列名；带 # 的不够有把握，核对后去掉 # 才生效：",
        "added to aliases.toml; those with # are less than likely: remove the # to use them:",
    ),
    "nothing_learned": Text("没有可以学的列名", "no header to learn"),
}


def line(text: str) -> None:
    """One line on standard output."""
    out.print(Line(text))


def fail(text: str) -> None:
    """The reason, on standard error."""
    err.print(Line(text))


def json(data: Mapping[str, Any]) -> None:
    """One JSON document; missing figures are null."""
    sys.stdout.write(spelling.dumps(data, ensure_ascii=False, indent=2, allow_nan=False, default=str) + "\n")


def intake(error: IntakeError) -> str:
    """Every problem of a folder, each on a line, in both languages' common form."""
    lines = [say(p, "zh") if isinstance(p, Problem) else str(p) for p in error.problems]
    english = [say(p, "en") if isinstance(p, Problem) else str(p) for p in error.problems]
    head = str(error).splitlines()[0]
    return "\n".join([head, *(f"  {a}\n  {b}" for a, b in zip(english, lines, strict=True))])


def check(case: Case, summary: Mapping[str, Any], language: str) -> None:
    """The result of `factbook check` for a person: the reports, what is amiss, sales, agreement, what is missing."""
    line(f"{case.merchant.name} · {fmt.span(case.period.start, case.period.end, language)}")
    reports: dict[str, list[FileRecord]] = {}
    for file in case.files:
        reports.setdefault(file.report or "", []).append(file)
    for id in sorted(reports, key=_place):
        line(_of_report(id, reports[id], language))
    _amiss(case.files, language)
    for id, table in summary["tables"].items():
        if "paid_amount_cny" in table.get("totals", {}):
            line(_paid(id, table, language))
    holds = sum(c.holds for c in case.checks)
    line(WORDS["agree"][language].format(holds=holds, breaks=len(case.checks) - holds))
    if case.missing:
        line(WORDS["missing"][language] + _comma(language).join(_report(id, language) for id in case.missing))
    _problems(case.problems, language)


def _place(id: str) -> int:
    """Where a report stands among the others; files of none come last."""
    return list(exports().reports).index(id) if id else len(exports().reports)


def _comma(language: str) -> str:
    return "、" if language == "zh" else ", "


def _of_report(id: str, files: Sequence[FileRecord], language: str) -> str:
    """A report in a line: its files, the days they cover, and the fate of their rows."""
    known = [file.period for file in files if file.period]
    said = [fmt.span(min(p.start for p in known), max(p.end for p in known), language)] if known else []
    fates = [(word, sum(getattr(file, word) for file in files)) for word in ("kept", "set_aside", "duplicates")]
    said += [WORDS[f"{word}_rows"][language].format(n=f"{n:,}") for word, n in fates if n or word == "kept"]
    count = WORDS["files" if len(files) > 1 else "one_file"][language].format(n=len(files))
    return " · ".join([f"  {_report(id or None, language)}", count, *said])


def _paid(id: str, table: Mapping[str, Any], language: str) -> str:
    figures = {name: fmt.money_exact(table[name]["paid_amount_cny"], language) for name in ("current", "totals")}
    return WORDS["paid"][language].format(report=_report(id, language), **figures)


def _amiss(files: Iterable[FileRecord], language: str) -> None:
    """The files of which something could not be used, each with the fate of its rows."""
    wrong = [file for file in files if not file.read or file.set_aside]
    if wrong:
        line(WORDS["amiss"][language])
        out.print(_files(wrong, language))


def _problems(problems: Iterable[Problem], language: str) -> None:
    chosen = [p for p in problems if p.severity != "note"] or list(problems)
    if chosen:
        line(WORDS["problems"][language])
    for problem in chosen:
        alike = f" (+{problem.count - 1} {WORDS['more'][language]})" if problem.count > 1 else ""
        line(f"  {say(problem, language)}{alike}")


def _report(id: str | None, language: str) -> str:
    report = exports().reports.get(id or "")
    if report is None:
        return id or WORDS["unknown"][language]
    return report.zh if language == "zh" else report.en


def _files(files: Sequence[FileRecord], language: str) -> Table | Group:
    """Every file with the fate of its rows: a table where it fits the screen, else two lines a file."""
    table = _table(files, language)
    needed = out.measure(table, options=out.options.update(width=UNLIMITED)).maximum
    return table if needed <= out.width else Group(*(_lines(file, language) for file in files))


def _table(files: Iterable[FileRecord], language: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for word in ("file", "report", "period"):
        table.add_column(WORDS[word][language])
    for word in FATES:
        table.add_column(WORDS[word][language], justify="right")
    for file in files:
        words = (file.name, _report(file.report, language), str(file.period or "–"))
        table.add_row(*(Line(word) for word in words), *(str(figure) for figure in _fates(file)))
    return table


def _lines(file: FileRecord, language: str) -> Line:
    figures = zip(FATES, _fates(file), strict=True)
    said = [f"{WORDS[word][language]} {figure}" for word, figure in figures if figure or word in ("rows", "kept")]
    facts = " · ".join((_report(file.report, language), str(file.period or "–"), *said))
    return Line(f"{file.name}\n  {facts}")


def _fates(file: FileRecord) -> tuple[int, ...]:
    return (file.rows, file.kept, file.set_aside, file.duplicates, file.header + file.totals + file.blank)


def laid_out(folder: str, files: Iterable[tuple[Path, bool]], language: str) -> None:
    """What `factbook new` wrote, what it left alone, and what comes next."""
    words = engagement().said
    for path, written in files:
        line((words.written if written else words.kept)[language].format(path=path.as_posix()))
    line(words.next[language].format(folder=folder))


def learned(aliases: Sequence[Any], language: str) -> bool:
    """What `check --learn` wrote into aliases.toml (a likely header is used, another only remarked)."""
    fail(WORDS["learned" if aliases else "nothing_learned"][language])
    for alias in aliases:
        fail(f"  {'' if alias.sure else '# '}{alias.header} = {alias.target}  ({alias.place})")
    return bool(aliases)


def outcomes(done: Iterable[Any], folder: Path) -> None:
    """The end of a batch: who failed and why, and where the reports are."""
    done = list(done)
    for outcome in done:
        if not outcome.ok:
            fail(f"✗ {outcome.merchant}: {outcome.reason}")
    line(f"{sum(o.ok for o in done)}/{len(done)} · {folder / 'index.html'}")
