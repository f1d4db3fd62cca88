"""What `factbook explain` says: one figure, its formula, and the rows behind its numerator and denominator."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pandas as pd

from factbook import fmt
from factbook.cli.speak import line
from factbook.knowledge.exports import exports
from factbook.knowledge.form import form
from factbook.knowledge.lineage import lineage
from factbook.knowledge.metrics import metric
from factbook.knowledge.problems import named
from factbook.knowledge.reasons import sentence
from factbook.measures.lineage import Explanation, Side
from factbook.records import Case, Measure, Text

FIRST, LAST = 5, 3  # rows shown of each side; --all shows every one

WORDS = {
    "whole": Text("全期", "whole period"),
    "before": Text("上一个同样长的时期", "the period of equal length before"),
    "history": Text("历史", "history"),
    "value": Text("数值", "value"),
    "formula": Text("公式", "formula"),
    "basis": Text("口径", "basis"),
    "source": Text("来源", "source"),
    "interval": Text("95% 区间 {low} 到 {high}", "95 % interval {low} to {high}"),
    "numerator": Text("分子", "numerator"),
    "denominator": Text("分母", "denominator"),
    "rows": Text("来自", "rows"),
    "column": Text("列", "column"),
    "row": Text("第{row}行", "row {row}"),
    "made_of": Text("由这些指标算出，可以逐个追查", "computed from these metrics; explain them one by one"),
    "more": Text("    … 中间还有 {n} 行，加 --all 全部列出", "    … {n} more rows; --all lists them"),
    "count": Text("共 {n} 行，{how}：{sum}", "rows: {n}; {how}: {sum}"),
    "counted": Text("共 {n} 行，{how}", "rows: {n}; {how}"),
    "no_rows": Text("没有对应的行", "no rows"),
}
SPANS = {"previous": "before", "history": "history"}


def document(case: Case, said: Explanation, language: str) -> dict[str, Any]:
    """An explanation as plain JSON values, every row in it; null for what is not measured."""
    row, spec = said.measure, metric(said.measure.id)
    sides = {"numerator": (spec.numerator, said.top), "denominator": (spec.denominator, said.bottom)}
    return {
        "merchant": case.merchant.name,
        "metric": {
            "id": spec.id,
            "unit": spec.unit,
            **{name: getattr(spec, name)[language] for name in ("name", "formula", "basis", "source")},
        },
        "period": {"name": row.period, "start": str(case.period.start), "end": str(case.period.end)},
        "slice": dict(row.slice),
        **{name: getattr(row, name) for name in ("value", "low", "high", "n", "reason")},
        **{name: _side(words, side, language) if side else None for name, (words, side) in sides.items()},
        "made_of": [_part(part, language) for part in said.parts],
    }


def _side(words: Text | None, side: Side, language: str) -> dict[str, Any]:
    kinds = [lineage().rows[kind] for kind in side.kinds]
    return {
        "words": words[language] if words else "",
        "value": side.figure,
        "how": side.how,
        "tables": list(dict.fromkeys(table for kind in kinds for table in kind.tables)),
        "which": [kind.which[language] for kind in kinds],
        "columns": {name: column_words(name)[language] for name in side.columns},
        "count": len(side.rows),
        "sum": side.total if side.how == "sum" else None,
        "rows": [_row(row) for row in side.rows.to_dict("records")],
    }


def _row(row: dict[Any, Any]) -> dict[str, Any]:
    number, sheet, file = row["row"], row["sheet"], row["file"]
    plain = {"file": None if pd.isna(file) else file, "sheet": sheet, "row": None if pd.isna(number) else int(number)}
    return {str(name): value for name, value in row.items()} | plain


def _part(part: Measure, language: str) -> dict[str, Any]:
    return {"id": part.id, "name": metric(part.id).name[language], "slice": dict(part.slice), "value": part.value}


def table_words(name: str) -> Text:
    """A table as a reader knows it: the report or the form's sheet it comes from, with the name it has here."""
    sheets = ((report, sheet) for report in exports().reports.values() for sheet in report.sheets)
    known = next((Text(report.zh, report.en) for report, sheet in sheets if sheet.table == name), None)
    known = known or next((Text(sheet.zh, sheet.en) for sheet in form().sheets if sheet.id == name), None)
    return Text(f"{known.zh}（{name}）", f"{known.en} ({name})") if known else Text(name, name)


def column_words(name: str) -> Text:
    """A column as a reader knows it: a header of the exports, an entry of the form, or words of lineage.toml."""
    made = lineage().columns.get(name)
    if made is not None:
        return made
    printed = exports().columns.get(name)
    if printed is not None:
        return Text(printed.headers[0], printed.en or printed.headers[0])
    return next((Text(c.zh, c.en) for sheet in form().sheets for c in sheet.asked if c.name == name), Text(name, name))


# ------------------------------------------------------------------ for a person


def tell(case: Case, said: Explanation, language: str, every: bool = False) -> None:
    """Prints an explanation: the first and last rows of each side, or every one."""
    doc = document(case, said, language)
    for text in _lines(case, said, doc, language):
        line(text)
    for name in ("numerator", "denominator"):
        for text in _side_lines(WORDS[name][language], doc[name], language, every) if doc[name] else ():
            line(text)
    if doc["made_of"]:
        line(f"\n{WORDS['made_of'][language]}")
    for part in said.parts:
        where = f" · {_cut(part.slice)}" if part.slice else ""
        line(f"  {part.id} · {metric(part.id).name[language]}{where} = {_value(part, language)}")


def _lines(case: Case, said: Explanation, doc: dict[str, Any], language: str) -> Iterator[str]:
    row, words = said.measure, doc["metric"]
    span = fmt.span(case.period.start, case.period.end, language)
    period = f"{span} · {WORDS[SPANS[row.period]][language]}" if row.period in SPANS else span
    yield f"{words['name']} · {row.id}"
    yield f"{doc['merchant']} · {period} · {_cut(row.slice) or WORDS['whole'][language]}"
    yield _entry("value", f"{_value(row, language)}{_interval(row, language)}", language)
    for name in ("formula", "basis", "source"):
        yield _entry(name, words[name], language)


def _entry(name: str, said: str, language: str) -> str:
    return f"{WORDS[name][language]}{'：' if language == 'zh' else ': '}{said}"


def _cut(cut: Any) -> str:
    return ", ".join(f"{name}={value}" for name, value in cut.items())


def _value(row: Measure, language: str) -> str:
    unit = metric(row.id).unit
    said = fmt.money_exact(row.value, language) if unit == "cny" else fmt.figure(row.value, unit, language)
    why = f" ({sentence(row.reason)[language]})" if row.reason else ""
    exact = "" if row.value is None or unit == "cny" else f" ({row.value:.6g})"
    return f"{said}{exact}{why}"


def _interval(row: Measure, language: str) -> str:
    if row.low is None or row.high is None:
        return ""
    low, high = (fmt.figure(end, metric(row.id).unit, language) for end in (row.low, row.high))
    return f" · {WORDS['interval'][language].format(low=low, high=high)}"


def _side_lines(name: str, side: dict[str, Any], language: str, every: bool) -> Iterator[str]:
    rows, columns = side["rows"], list(side["columns"])
    value = side["value"] if side["value"] is not None else side["sum"]
    yield f"\n{name} {side['words']} = {_figure(value, columns[0], language)}"
    tables = named((table_words(table)[language] for table in side["tables"]), language)
    headers = (f"{word}（{n}）" if language == "zh" else f"{word} ({n})" for n, word in side["columns"].items())
    which = " + ".join(side["which"])
    yield f"  {_entry('rows', f'{tables} · {which}', language)}"
    yield f"  {_entry('column', named(headers, language), language)}"
    if not rows:
        yield f"  {WORDS['no_rows'][language]}"
        return
    cut = every or len(rows) <= FIRST + LAST + 1
    yield from _addressed(rows if cut else rows[:FIRST], language)
    if not cut:
        yield WORDS["more"][language].format(n=len(rows) - FIRST - LAST)
        yield from _addressed(rows[-LAST:], language)
    how, total = lineage().how[side["how"]][language], side["sum"]
    words = {"n": len(rows), "how": how, "sum": _figure(total, columns[0], language)}
    yield f"  {WORDS['counted' if total is None else 'count'][language].format(**words)}"


def _addressed(rows: list[dict[str, Any]], language: str) -> Iterator[str]:
    """Rows under the file and sheet they stand in."""
    for (file, sheet), group in groupby(rows, key=lambda row: (row["file"], row["sheet"])):
        yield f"  {' › '.join(filter(None, (file, sheet)))}"
        for row in group:
            at = f"{WORDS['row'][language].format(row=row['row'])}  " if row["row"] is not None else ""
            what = " · ".join(_word(name, text, language) for name, text in row["what"].items())
            note = f"  ({lineage().notes[row['note']][language]})" if row["note"] else ""
            yield f"    {at}{what}: {_figure(row['contribution'], row['column'], language)}{note}"


def _word(name: str, text: str, language: str) -> str:
    """A value as the platform writes it, where the reader reads Chinese."""
    column = exports().columns.get(name)
    codes = {code: word for word, code in column.values.items()} if column and language == "zh" else {}
    return codes.get(text, text)


def _figure(value: Any, column: str, language: str) -> str:
    if isinstance(value, str):
        return value
    return fmt.money_exact(value, language) if column.endswith("_cny") else fmt.decimal(value, language, 4)
