"""Creators: pooled, shrunk, labelled only where the data suffice, and told apart when they share a name."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from factbook.measures import measure
from factbook.records import Case, Measures
from tests.measures.build import case, form, sessions

PEERS = form([{"metric": "creator_click_to_pay_users", "value": 0.1, "statistic": "mean"}])


def creator(name: str, rate: float, exposure: float, clicks: float = 2000.0, rooms: int = 4) -> list[dict[str, Any]]:
    """Sessions of one creator with this conversion and these impressions per product."""
    return [
        {
            "party": "partner",
            "account": name,
            "douyin_id": f"id {name}",
            "started_at": f"2026-09-{3 + 5 * n:02d} 20:00",
            "product_click_users": clicks,
            "buyers": round(clicks * rate * (1 + 0.02 * (-1) ** n)),
            "products_listed": 4.0,
            "product_impressions": 4 * exposure * (1 + 0.05 * (-1) ** n),
            "paid_amount_cny": 10_000.0,
            "refund_session_cny": 5_000.0,
            "commission_estimate_cny": 1_000.0,
        }
        for n in range(rooms)
    ]


MATRIX = [
    *creator("核心", 0.14, 9000),
    *creator("新星", 0.14, 2000),
    *creator("低", 0.05, 2000),
    *creator("错配", 0.05, 9000),
    *creator("平", 0.1, 5000),
    *creator("生", 0.2, 9000, clicks=8.0, rooms=1),
]
ACTIONS = form(
    [
        {"creator": "错配", "creator_id": None, "date": "2026-09-02", "action": "product_changed", "cost_cny": 0.0},
        {"creator": "错配", "creator_id": None, "date": "2026-09-02", "action": "samples_sent", "cost_cny": 600.0},
        {"creator": "低", "creator_id": None, "date": "2026-09-29", "action": "script_changed", "cost_cny": 0.0},
        {"creator": "核心", "creator_id": None, "date": "2026-09-02", "action": "offer_added", "cost_cny": 0.0},
    ],
    "date",
)


def matrix(*rows: dict[str, Any], **tables: pd.DataFrame) -> Case:
    return case({"gross_margin": 0.35}, sessions=sessions(*(rows or MATRIX)), **tables)


def labels(found: Measures) -> dict[str, str]:
    rows = found.select("creator_label", ("creator", "label"))
    return dict(zip(rows["creator"], rows["label"], strict=True))


def test_each_creator_lands_in_its_quadrant() -> None:
    """High or low on both axes; low after a change is a mismatch, low before it is still in trial."""
    found = labels(measure(matrix(peers=PEERS, creator_actions=ACTIONS)))
    assert found == {
        "核心": "core",
        "新星": "rising",
        "低": "low",
        "错配": "mismatch",
        "平": "unknown",
        "生": "unknown",
    }


def test_a_creator_with_few_clicks_is_not_yet_known() -> None:
    """Eight clicks say nothing, however many of them bought."""
    row = measure(matrix(peers=PEERS)).row("creator_label", creator="生", label="unknown")
    assert row is not None
    assert row.reason == "too_few"


def test_without_peers_the_matrix_median_is_the_line_and_says_so() -> None:
    """The probability names that it compares with the shop's own median creator."""
    found = measure(matrix())
    row = found.row("creator_conversion_high", creator="核心")
    line = found.row("creator_conversion_line")
    assert row is not None
    assert line is not None
    assert row.reason == line.reason == "matrix_median"
    assert measure(matrix(peers=PEERS)).value("creator_conversion_line") == 0.1


def test_labels_hold_every_creator_and_every_yuan_once() -> None:
    """Creators, sales and shares by label add up to the matrix; a label nobody has is a zero."""
    found = measure(matrix(peers=PEERS, creator_actions=ACTIONS))
    assert found.select("creators_by_label", "label")["value"].sum() == 6
    assert found.select("label_paid_cny", "label")["value"].sum() == pytest.approx(210_000.0)
    assert found.select("label_share", "label")["value"].sum() == pytest.approx(1.0)
    assert found.value("creators_judged") == 4


def test_contribution_is_margin_less_commission_and_samples() -> None:
    """Net 20,000 at 35 % less 4,000 commission and 600 of samples leaves 2,400."""
    found = measure(matrix(peers=PEERS, creator_actions=ACTIONS))
    assert found.value("creator_contribution_cny", creator="错配") == pytest.approx(2_400.0)
    assert found.value("label_contribution_cny", label="mismatch") == pytest.approx(2_400.0)
    assert found.value("creator_commission_rate", creator="错配") == pytest.approx(0.2)


def test_samples_nobody_recorded_are_missing_and_not_free() -> None:
    """Without a record of samples their cost is unknown, and the contribution says that it lacks them."""
    found = measure(matrix(peers=PEERS))
    samples, left = (
        found.row("creator_sample_cost_cny", creator="错配"),
        found.row("creator_contribution_cny", creator="错配"),
    )
    assert samples is not None
    assert left is not None
    assert (samples.value, samples.reason) == (None, "no_samples")
    assert (left.value, left.reason) == (pytest.approx(3_000.0), "samples_unknown")


def test_more_buyers_than_clickers_is_set_aside_and_said() -> None:
    """A creator whose buyers outnumber clickers gets no inferred conversion; the others keep theirs."""
    odd = creator("跨天", 1.5, 5000)
    found = measure(matrix(*MATRIX, *odd, peers=PEERS))
    row = found.row("creator_conversion", creator="跨天")
    assert row is not None
    assert (row.value, row.reason) == (None, "exceeds_trials")
    assert found.value("creator_click_to_pay_users", creator="跨天") == pytest.approx(1.5)
    assert labels(found)["核心"] == "core"


def test_two_creators_of_one_name_stay_two() -> None:
    """The same nickname under two ids is two creators, told apart by the id."""
    twin = [{**row, "douyin_id": "id twin"} for row in creator("核心", 0.05, 2000)]
    found = measure(matrix(*MATRIX, *twin, peers=PEERS))
    assert {"核心 (id 核心)", "核心 (id twin)"} <= set(labels(found))
    assert found.value("active_creators") == 7


def test_a_creator_who_changed_the_name_stays_one() -> None:
    """One id under two names is one creator, shown by the latest."""
    renamed = [{**row, "account": "新名字"} if n > 1 else row for n, row in enumerate(creator("旧名字", 0.1, 5000))]
    found = measure(matrix(*MATRIX, *renamed, peers=PEERS))
    assert found.value("creator_sessions", creator="新名字") == 4


def test_unsteady_sessions_widen_the_interval() -> None:
    """The same totals from sessions that swing give a wider interval than from steady ones."""

    def width(swing: float) -> float:
        rows = [
            {**row, "buyers": row["product_click_users"] * 0.1 * (1 + swing * (-1) ** n)}
            for name in "甲乙丙丁"
            for n, row in enumerate(creator(name, 0.1, 5000))
        ]
        row = measure(matrix(*rows, *creator("戊", 0.15, 5000))).row("creator_conversion", creator="甲")
        assert row is not None
        assert row.low is not None
        assert row.high is not None
        return row.high - row.low

    assert width(0.5) > 2 * width(0.01)


def test_stars_are_not_in_the_matrix() -> None:
    """A creator of the star sheet has a chapter of its own and does not dominate the others' shares."""
    deals = form(
        [{"deal": "专场", "creator": "核心", "creator_id": None, "start": "2026-09-03", "end": "2026-09-03"}],
        "start",
        "end",
    )
    found = measure(matrix(peers=PEERS, star_deals=deals))
    assert "核心" not in labels(found)
    assert found.value("active_creators") == 5


def test_structure_is_by_sales() -> None:
    """The largest of eleven creators and the top tenth (two) by what they sold."""
    rows = [{**creator(str(n), 0.1, 5000, rooms=1)[0], "paid_amount_cny": 100.0 * (n + 1)} for n in range(11)]
    found = measure(matrix(*rows))
    assert found.value("creator_top1_share") == pytest.approx(1100 / 6600)
    assert found.value("creator_head_share") == pytest.approx(2100 / 6600)


def test_too_few_creators_determine_no_prior() -> None:
    """Two creators give no common distribution; their raw rates stay."""
    found = measure(matrix(*creator("甲", 0.1, 5000), *creator("乙", 0.2, 5000)))
    row = found.row("creator_conversion")
    assert row is not None
    assert (row.value, row.reason) == (None, "too_few")
    assert np.isclose(found.value("creator_click_to_pay_users", creator="甲") or 0, 0.1, rtol=0.03)
