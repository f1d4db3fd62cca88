"""Any figure leads back to the rows of the files, and what the rows contribute adds up to it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from factbook.cli.trace import column_words
from factbook.errors import ParameterError
from factbook.knowledge.lineage import lineage
from factbook.knowledge.metrics import metrics
from factbook.measures import measure
from factbook.measures.addressed import FRAMES
from factbook.measures.lineage import Explanation, Side, Tracer
from factbook.measures.trails import MADE_OF, TRAILS, made_of, trail_of
from factbook.records import Case, Measure
from tests.conftest import SAMPLES, case_of, sample

REALTIME = {"realtime_gpm_product", "product_stock_outs", "host_paid_per_hour_cny"}  # no export holds them


@cache
def tracer_of(name: str) -> Tracer:
    """A sample's figures, ready to be traced."""
    return Tracer(case_of(name))


def figures(tracer: Tracer, seed: int) -> Iterator[Measure]:
    """Every traced metric for the whole period, and at one slice of each slicing, drawn anew for each sample."""
    for (id, by, period), rows in tracer.frame.groupby(["id", "by", "period"], sort=True):
        if trail_of(id, by) and (not by or period != "previous"):
            drawn = random.Random(f"{seed} {by} {period} {len(id) % 2}").random()
            yield Measure.of(rows.iloc[int(drawn * len(rows))])


def sides(said: Explanation) -> list[Side]:
    return [side for side in (said.top, said.bottom) if side and side.how == "sum" and side.figure is not None]


def gaps(tracer: Tracer, chosen: Iterator[Measure]) -> list[tuple[str, object, float | None, float]]:
    """Sides whose rows do not add up to them, beyond the last binary digits of a sum."""
    found = []
    for row in chosen:
        for side in sides(tracer.explain(row.id, dict(row.slice), row.period)):
            if not abs(side.total - side.figure) <= 1e-9 * max(1.0, abs(side.figure)):
                found.append((row.id, row.slice, side.figure, side.total))
    return found


@pytest.mark.parametrize("number", [1, 3], ids=(SAMPLES[1], SAMPLES[3]))
def test_the_rows_add_up_to_every_numerator_and_denominator(number: int) -> None:
    """All metrics that are sums, at every slicing, on the sample with most creators and the one with most deals."""
    tracer = tracer_of(SAMPLES[number])
    chosen = list(figures(tracer, number))
    assert len({row.id for row in chosen}) > 110
    assert gaps(tracer, iter(chosen)) == []


def damaged(case: Case, seed: int) -> Case:
    """The case with cells missing, rows lost, and whole columns gone."""
    chance = np.random.default_rng(seed)
    tables = dict(case.tables)
    for name in ("trade_daily", "sessions", "carrier_accounts", "audiences"):
        table = tables[name][chance.random(len(tables[name])) > 0.05].copy()
        for column in table.select_dtypes("number").columns.drop("_row"):
            table.loc[chance.random(len(table)) < 0.03, column] = np.nan
        lost = chance.choice(["refund_paid_time_cny", "orders", "buyers", "viewers"])
        tables[name] = table.drop(columns=[lost], errors="ignore")
    return replace(case, tables=tables)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_rows_add_up_where_cells_rows_and_columns_are_missing(seed: int) -> None:
    """A day or session that lacks one side counts on neither, in the figure as in its rows."""
    tracer = Tracer(damaged(case_of("food"), seed))
    chosen = list(figures(tracer, seed))
    assert any(row.value is None for row in chosen)
    assert gaps(tracer, iter(chosen)) == []


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize(
    ("id", "cut", "header"),
    [
        ("paid_amount_cny", {}, "用户支付金额"),
        ("orders", {}, "成交订单数"),
        ("viewers", {}, "直播间观看人数"),
        ("room_orders", {}, "直播间成交订单数"),
        ("buyer_days", {}, "成交人数"),
    ],
)
def test_a_contribution_is_the_cell_that_stands_at_its_address(
    name: str, id: str, cut: dict[str, str], header: str
) -> None:
    """File, sheet and row lead to the very cell: opened without our reader, it holds the contribution."""
    side = tracer_of(name).explain(id, cut).top
    assert side is not None
    for (file, sheet), rows in side.rows.groupby(["file", "sheet"]):
        book = CalamineWorkbook.from_path(sample(name) / "exports" / file)
        grid = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        column = grid[0].index(header)
        for number, contribution in zip(rows["row"], rows["contribution"], strict=True):
            cell = str(grid[int(number) - 1][column]).replace(",", "").lstrip("¥")
            assert float(cell) == pytest.approx(contribution, abs=0.005), (file, sheet, number)


def test_every_metric_leads_to_rows_or_to_other_metrics() -> None:
    """No figure of the registry ends nowhere, but for those that wait for a minute series."""
    traced = {trail.id for trail in TRAILS} | {id.partition(":")[0] for id in MADE_OF}
    assert set(metrics()) - traced == REALTIME
    assert traced <= set(metrics())
    assert {part for parts in MADE_OF.values() for part in parts} <= set(metrics())


@pytest.mark.parametrize("name", SAMPLES)
def test_no_measured_figure_of_a_sample_is_without_an_origin(name: str) -> None:
    """Whatever has a value has a trail at its slicing, or is made of metrics."""
    frame = tracer_of(name).frame
    measured = frame[frame["value"].notna()]
    lost = {
        (id, by)
        for id, by, key in zip(measured["id"], measured["by"], measured["key"], strict=True)
        if trail_of(id, by) is None and not made_of(id, key)
    }
    assert lost == set()


def test_kinds_of_rows_and_columns_have_words() -> None:
    """The table of trails, the frames and the knowledge file speak of the same things."""
    assert {frame.name for frame in FRAMES} == set(lineage().rows)
    pieces = [piece for trail in TRAILS for piece in (*trail.top, *trail.bottom)]
    assert {piece.rows for piece in pieces} == set(lineage().rows)
    assert {trail.how for trail in TRAILS} == set(lineage().how)
    for piece in pieces:
        words = column_words(piece.column)
        assert words.zh != piece.column, piece
        assert words.en, piece


def test_a_star_stands_in_top_kol_and_out_of_the_alliance() -> None:
    """The star's rows carry both signs, so that a yuan is in one field only."""
    tracer = tracer_of("skincare")
    stars = tracer.explain("field_paid_cny", {"field": "T"}).top
    alliance = tracer.explain("field_paid_cny", {"field": "A"}).top
    assert stars is not None
    assert alliance is not None
    taken = alliance.rows[alliance.rows["contribution"] < 0]
    assert list(taken["row"]) == list(stars.rows["row"])
    assert taken["contribution"].sum() == pytest.approx(-stars.total)


def test_what_a_total_holds_beyond_its_details_says_so() -> None:
    """A remainder is worked out, not printed: its row is the total's, with a note."""
    case = case_of("food")
    daily = case.tables["trade_daily"]
    lost = daily.index[(daily["party"] == "self") & (daily["carrier"] == "live") & (daily["slot"] == "all")][-3:]
    tracer = Tracer(replace(case, tables={**case.tables, "trade_daily": daily.drop(index=lost)}))
    side = tracer.explain("paid_amount_cny").top
    assert side is not None
    rest = side.rows[side.rows["note"] == "remainder"]
    assert len(rest) > 0
    assert rest["row"].notna().all()
    assert side.total == pytest.approx(side.figure, rel=1e-12)


def test_a_made_up_metric_names_the_nearest() -> None:
    """A slip of the keyboard costs one look; a metric may also be called by its name."""
    tracer = tracer_of("food")
    with pytest.raises(ParameterError, match="nearest is refund_rate"):
        tracer.explain("refnd_rate")
    assert tracer.explain("退款率（支付时间）").measure.id == "refund_rate"


def test_a_slice_that_is_not_there_names_those_that_are() -> None:
    """Neither a wrong way of slicing nor a wrong value ends in an empty answer."""
    tracer = tracer_of("food")
    with pytest.raises(ParameterError, match="measured by: the whole period; date"):
        tracer.explain("refund_rate", {"account": "x"})
    with pytest.raises(ParameterError, match="the nearest: 2026-10-3"):
        tracer.explain("refund_rate", {"date": "2026-10-32"})


def test_tracing_measures_as_the_report_does() -> None:
    """The figure explained is the figure of the report, for either period and any history week."""
    case = case_of("food")
    tracer, measures = tracer_of("food"), measure(case)
    for period in ("current", "previous"):
        row = measures.row("refund_rate", period)
        assert row is not None
        assert tracer.explain("refund_rate", period=period).measure.value == pytest.approx(row.value)
    week = measures.select("refund_rate", ("week",), "history").iloc[0]
    assert tracer.explain("refund_rate", {"week": week["week"]}).measure.value == pytest.approx(week["value"])
    assert isinstance(tracer.frame, pd.DataFrame)
