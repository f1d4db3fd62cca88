"""What `factbook check` says to a person: what arrived, its sales, what agrees, what to mend, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rich.cells import cell_len

from factbook import fmt
from factbook.cli import speak
from factbook.cli.speak import line
from factbook.knowledge.exports import exports
from factbook.knowledge.form import form
from factbook.knowledge.problems import named, place, problems, sentence
from factbook.records import Case, FileRecord, Language, Problem, Text

FATES = ("kept", "set_aside", "duplicates")
MOST = 20  # things to mend that are listed; --all lists every one
FORM_REPORT = "intake_form"
GAP = "  "

WORDS = {
    "report": Text("报表", "report"),
    "files": Text("文件", "files"),
    "period": Text("期间", "period"),
    "rows": Text("行数", "rows"),
    "kept": Text("读入", "read"),
    "set_aside": Text("搁置", "set aside"),
    "duplicates": Text("重复", "duplicates"),
    "other": Text("表头/合计/空行", "header/total/blank"),
    "file": Text("文件", "file"),
    "unknown": Text("未识别", "not recognised"),
    "paid": Text("用户支付金额", "amount paid"),
    "current": Text("本期", "this period"),
    "totals": Text("全部日期", "all days"),
    "agree": Text("对账：{holds} 条一致，{breaks} 条对不上", "Reconciliation: {holds} agree, {breaks} do not"),
    "missing": Text("没有收到：", "Not supplied: "),
    "amiss": Text("没有全部用上的文件：", "Files not used in full:"),
    "mend": Text("需要处理（{n} 条）：", "To mend ({n}):"),
    "unread": Text("没有读入的列名，像是已知的：{names}", "Headers not read that look like known ones: {names}"),
    "learn": Text(
        "  如果就是这些列，运行 factbook check --learn，以后都认得",
        "  if they are, run factbook check --learn, and they are known from then on",
    ),
    "form": Text("采集表里还没填：", "Not yet filled in the form: "),
    "notes": Text("提示，不影响使用（{n} 条）：", "Notes, nothing to mend ({n}):"),
    "more": Text("另有 {n} 条，加 --all 全部列出", "{n} more; --all lists them"),
    "more_notes": Text("另有 {n} 条提示，不影响使用；加 --all 列出", "Notes, nothing to mend: {n}; --all lists them"),
    "places": Text("{n} 处", "{n} places"),
    "alike": Text("（共 {n} 处）", " ({n} times)"),
}


def tell(case: Case, summary: Mapping[str, Any], language: Language, every: bool = False) -> None:
    """Prints the result; `every`: all that is to mend and all notes, however many."""
    line(f"{case.merchant.name} · {fmt.span(case.period.start, case.period.end, language)}")
    _print(_reports(case.files, language))
    line("")
    _print(_sales(summary, language))
    checks = set(problems().checks)
    apart = [problem for problem in case.problems if problem.code in checks]
    words = {"holds": sum(check.holds for check in case.checks), "breaks": len(apart)}
    line(WORDS["agree"][language].format(**words))
    _listed(apart, language, every)
    _missing(case, language)
    _amiss(case.files, language)
    mend = [problem for problem in case.problems if problem.severity != "note" and problem.code not in checks]
    if mend:
        line(WORDS["mend"][language].format(n=len(_alike(mend, language))))
        _listed(mend, language, every)
    _headers(case.problems, language)
    _notes([problem for problem in case.problems if problem.severity == "note"], language, every)


# ------------------------------------------------------------------ tables
def _print(table: Sequence[Sequence[str]]) -> None:
    """Rows with their columns under each other where the screen is wide enough, else apart by dots."""
    widths = [max(map(cell_len, column)) for column in zip(*table, strict=True)] if table else []
    aligned = sum(widths) + len(GAP) * len(widths) <= speak.width()
    figures = [any(map(_is_figure, column)) for column in zip(*table, strict=True)]
    for row in table if aligned else table[1:]:
        line(_aligned(row, widths, figures) if aligned else f"{GAP}{' · '.join(filter(None, row))}")


def _aligned(row: Sequence[str], widths: Sequence[int], figures: Sequence[bool]) -> str:
    gaps = (" " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
    cells = (f"{gap}{cell}" if right else f"{cell}{gap}" for cell, gap, right in zip(row, gaps, figures, strict=True))
    return f"{GAP}{GAP.join(cells)}".rstrip()


def _is_figure(cell: str) -> bool:
    return bool(cell) and not set(cell) - set("0123456789,.¥−")


def _reports(files: Iterable[FileRecord], language: str) -> list[list[str]]:
    """A report a row: its files, the days they cover, and the fate of their rows; a fate nobody met has no column."""
    brought: dict[str, list[FileRecord]] = {}
    for file in files:
        brought.setdefault(file.report or "", []).append(file)
    fates = [fate for fate in FATES if fate == "kept" or any(getattr(file, fate) for file in files)]
    head = [WORDS[word][language] for word in ("report", "files", "period", *fates)]
    return [head, *(_report_row(id, brought[id], fates, language) for id in sorted(brought, key=_rank))]


def _rank(id: str) -> int:
    """Where a report stands among the others; files of none come last."""
    return list(exports().reports).index(id) if id else len(exports().reports)


def _report_row(id: str, files: Sequence[FileRecord], fates: Sequence[str], language: str) -> list[str]:
    known = [file.period for file in files if file.period]
    span = fmt.span(min(p.start for p in known), max(p.end for p in known), language) if known else ""
    counts = [(fate, sum(getattr(file, fate) for file in files)) for fate in fates]
    rows = [f"{n:,}" if n or fate == "kept" else "" for fate, n in counts]
    return [_name(id, language), str(len(files)), span, *rows]


def _name(id: str | None, language: str) -> str:
    report = exports().reports.get(id or "")
    return (report.zh if language == "zh" else report.en) if report else id or WORDS["unknown"][language]


def _sales(summary: Mapping[str, Any], language: str) -> list[list[str]]:
    tables = {id: table for id, table in summary["tables"].items() if "paid_amount_cny" in table.get("totals", {})}
    if not tables:
        return []
    spans = ("current", "totals")
    rows = [
        [_name(id, language), *(fmt.money_exact(tables[id][span]["paid_amount_cny"], language) for span in spans)]
        for id in sorted(tables, key=_rank)
    ]
    return [[WORDS[word][language] for word in ("paid", *spans)], *rows]


def _amiss(files: Iterable[FileRecord], language: str) -> None:
    """The files of which something could not be used: each by its whole name, with the fate of its rows below."""
    wrong = [file for file in files if not file.read or file.set_aside]
    if wrong:
        line(WORDS["amiss"][language])
    for file in wrong:
        line(f"{GAP}{file.name}")
        line(f"{GAP * 2}{' · '.join(_fate(file, language))}")


def _fate(file: FileRecord, language: str) -> Iterator[str]:
    yield _name(file.report, language)
    if file.period:
        yield fmt.span(file.period.start, file.period.end, language)
    other = file.header + file.totals + file.blank
    figures = [("rows", file.rows), *((fate, getattr(file, fate)) for fate in FATES), ("other", other)]
    yield from (f"{WORDS[word][language]} {n:,}" for word, n in figures if n or word in ("rows", "kept"))


# ------------------------------------------------------------------ what is to mend
def _alike(some: Iterable[Problem], language: str) -> dict[str, list[Problem]]:
    """Problems of which the same is said, wherever they are."""
    groups: dict[str, list[Problem]] = {}
    for problem in some:
        groups.setdefault(sentence(problem, language), []).append(problem)
    return groups


def _listed(some: Iterable[Problem], language: str, every: bool) -> None:
    """Each thing once: where it is, and below it what is wrong and what to do."""
    groups = list(_alike(some, language).items())
    for said, group in groups if every else groups[:MOST]:
        places = list(dict.fromkeys(place(problem, language) for problem in group))
        for where in filter(None, places[:MOST]):
            line(f"{GAP}{where}")
        count = sum(problem.count for problem in group)
        line(f"{GAP * 2}{said}{WORDS['alike'][language].format(n=count) if count > len(places) else ''}")
    if len(groups) > MOST and not every:
        line(f"{GAP}{WORDS['more'][language].format(n=len(groups) - MOST)}")


def _headers(some: Iterable[Problem], language: str) -> None:
    """Headers that were not read although one that is known looks much like them, and how to have them read."""
    unread = {p.column: p.values["near"] for p in some if p.code == "header_unknown"}
    if unread:
        names = named((f"{header} → {near}" for header, near in unread.items()), language)
        line(WORDS["unread"][language].format(names=names))
        line(WORDS["learn"][language])


def _missing(case: Case, language: Language) -> None:
    if case.missing:
        line(WORDS["missing"][language] + named((_name(id, language) for id in case.missing), language))
    empty = [sheet for sheet in form().sheets if not _filled(case, sheet.id)]
    if empty and any(file.report == FORM_REPORT and file.read for file in case.files):
        words = (sheet.zh if language == "zh" else sheet.en for sheet in empty)
        line(WORDS["form"][language] + named(words, language))


def _filled(case: Case, sheet: str) -> bool:
    return bool(case.merchant.profile) if sheet == "profile" else len(case.table(sheet)) > 0


def _notes(notes: Sequence[Problem], language: str, every: bool) -> None:
    if notes and every:
        line(WORDS["notes"][language].format(n=len(_alike(notes, language))))
        _listed(notes, language, every)
    elif notes:
        line(WORDS["more_notes"][language].format(n=len(_alike(notes, language))))
