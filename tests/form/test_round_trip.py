"""What is written into the form comes out of it again."""

from __future__ import annotations

import math
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factbook import form
from factbook.form.cells import is_missing
from factbook.form.options import options
from factbook.knowledge.form import FormColumn, FormSheet
from factbook.knowledge.metrics import metrics
from factbook.knowledge.thumbs import thumbs

TABLES = [sheet for sheet in form.layout().sheets if sheet.layout == "table"]

letters = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"))
words = st.text(letters, min_size=1, max_size=24).map(str.strip).filter(
    lambda text: not is_missing(text)
) | st.sampled_from(["=1+1", "@SUM(A1)", "+8613", "-2", "8%", "http://x.example", "<b>&", "12345678901234567890", "😀"])
cents = st.integers(0, 10**11).map(lambda fen: fen / 100)
shares = st.integers(0, 10_000).map(lambda n: n / 10_000)
days = st.dates(form.layout().earliest, form.layout().latest).map(pd.Timestamp)


def figures(column: FormColumn) -> st.SearchStrategy[Any]:
    return st.integers(int(column.min or 0), int(column.max or 100)).map(float)


VALUES: dict[str, Any] = {
    "text": lambda _: words,
    "id": lambda _: words,
    "money": lambda _: cents,
    "fraction": lambda _: shares,
    "value": lambda _: shares,
    "number": figures,
    "level": figures,
    "date": lambda _: days,
}


def values(column: FormColumn) -> st.SearchStrategy[Any]:
    if column.kind in VALUES:
        return VALUES[column.kind](column)
    return st.sampled_from([choice.code for choice in options(column)])


@st.composite
def rows(draw: st.DrawFn, sheet: FormSheet) -> dict[str, Any]:
    """A row in which every key is answered and anything else may be open."""
    row: dict[str, Any] = {}
    for column in sheet.asked:
        needed = column.name in sheet.keys
        row[column.name] = draw(values(column) if needed else st.none() | values(column))
    if sheet.answers and not any(row[name] is not None for name in sheet.answers):
        name = sheet.answers[0]
        row[name] = draw(values(sheet.column(name)))
    if sheet.order:
        first, last = sheet.order
        row[first], row[last] = sorted((row[first], row[last]))
    return _laddered(row, *sheet.ladder) if sheet.ladder else row


def _laddered(row: dict[str, Any], metric: str, good: str, poor: str) -> dict[str, Any]:
    """A metric that can be good or poor, with both values given and the right way round."""
    judged = [id for id in thumbs().metrics if metrics()[id].direction != "none"]
    row[metric] = judged[len(row[metric]) % len(judged)]
    low, high = 0.25, 0.5
    up = metrics()[row[metric]].direction == "up"
    row[good], row[poor] = (high, low) if up else (low, high)
    return row


@st.composite
def filled(draw: st.DrawFn) -> form.FormData:
    """Any set of answers that breaks no rule of the form."""
    tables = {}
    for sheet in TABLES:
        made = draw(st.lists(rows(sheet), max_size=3, unique_by=itemgetter(*sheet.unique) if sheet.unique else None))
        if made:
            tables[sheet.id] = pd.DataFrame(made)
    asked = form.layout().sheet("profile").asked
    profile = {column.name: draw(values(column)) for column in asked if not column.name.startswith("score_weight")}
    return form.FormData(profile, _referring(tables))


def _referring(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Names of another sheet's rows are made names that stand there, and dates within such a row that row's first."""
    for sheet in (sheet for sheet in TABLES if sheet.id in tables):
        for name, to in sheet.refers.items():
            id, _, there = to.partition(".")
            if id in tables:
                tables[sheet.id][name] = tables[id][there].iloc[0]
                for column, (first, _) in sheet.within.items():
                    tables[sheet.id][column] = tables[id][first].iloc[0]
                tables[sheet.id] = tables[sheet.id].drop_duplicates(list(sheet.unique))
    return tables


def same(left: object, right: object) -> bool:
    if left is None or (not isinstance(left, str) and pd.isna(left)):
        return right is None or bool(pd.isna(right))
    if isinstance(left, float):
        return math.isclose(left, float(right), rel_tol=1e-12)  # type: ignore[arg-type]
    return left == right


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(filled(), st.sampled_from(["zh", "en"]))
def test_what_is_written_is_read_again(data: form.FormData, language: Any) -> None:
    """Any sound set of answers survives the form in either language, without a complaint."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "intake.xlsx"
        form.write(path, data, language)
        tables, profile, problems = form.read(path)
    assert problems == []
    assert all(same(value, profile.get(name)) for name, value in data.profile.items())
    assert tables.keys() == data.tables.keys()
    for id, table in data.tables.items():
        for name in table:
            assert all(map(same, table[name], tables[id][name])), (
                id,
                name,
                list(table[name]),
                list(tables[id][name]),
            )


def test_the_same_answers_give_the_same_bytes(tmp_path: Path) -> None:
    """Neither clock nor chance enters the file."""
    data = form.FormData({"name": "店"}, {"own_accounts": pd.DataFrame({"account": ["甲", "乙"]})})
    for name in ("one.xlsx", "two.xlsx"):
        form.write(tmp_path / name, data)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_a_rater_may_call_an_item_not_applicable(tmp_path: Path) -> None:
    """Not applicable is an answer: the row is kept without a level, while untouched rows are not."""
    answer = {"rater": "王敏", "role": "host", "item": "O4.2", "current": math.nan}
    form.write(tmp_path / "f.xlsx", form.FormData(tables={"survey": pd.DataFrame([answer])}))
    tables, _, problems = form.read(tmp_path / "f.xlsx")
    assert problems == []
    assert list(tables["survey"]["item"]) == ["O4.2"]
    assert tables["survey"]["current"].isna().all()
