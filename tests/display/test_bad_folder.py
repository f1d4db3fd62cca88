"""Creators, campaigns and stars as clients hand them over: awkward files in a folder, a state and a sentence out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from factbook import form
from factbook.diagnosis import diagnose
from factbook.display import charts, tables, text
from factbook.knowledge.reasons import sentence
from factbook.records import Diagnosis
from tests.display.test_tables import column
from tests.intake.build import book, days, merchant, session, sessions, trade_sheets

LISTED = [("达人昵称", "达人UID", "抖音号", "粉丝数"), ("旧名字", "6900000000000000001", "old_no", "1.2万")]
LISTED += [("新名字", "6900000000000000001", "new_no", "1.2万")]


def live(account: str, id: str, day: int, pay: float, **cells: str) -> list[str]:
    """A creator's evening: 400 people click, a share of them pays ¥100 each; a fifth comes back."""
    buyers = round(400 * pay)
    row = {
        "主播昵称": account,
        "主播抖音号": id,
        "直播开始时间": f"2026/10/{day:02d} 20:00:00",
        "直播结束时间": f"2026/10/{day:02d} 22:00:00",
        "直播时长(分钟)": "120",
        "带货商品数": "4",
        "直播间商品点击人数": "400",
        "直播间商品点击次数": "500",
        "直播间成交人数": str(buyers),
        "直播间成交订单数": str(buyers),
        "直播间用户支付金额": f"{buyers * 100}.00",
        "直播间退款金额": f"{buyers * 20}.00",
        "预估佣金支出": f"{buyers * 16}.00",
    }
    return session(**{**row, **cells})


def creators() -> list[list[str]]:
    """Twelve plain ones, one who changed name and 抖音号, two of one name, sales without clicks, no commission."""
    rows = [
        live(f"达人{n}", f"plain_{n}", day, 0.06 + 0.08 * (n % 2), 直播间商品曝光次数=str(8_000 + 4_000 * n))
        for n in range(12)
        for day in (3, 9, 15, 21, 27)
    ]
    rows += [live("旧名字", "old_no", day, 0.14) for day in (4, 10)]
    rows += [live("新名字", "new_no", day, 0.14) for day in (16, 22, 28)]
    rows += [live("同名", id, day, 0.10) for id in ("twin_a", "twin_b") for day in (5, 11)]
    none = {"直播间商品点击人数": "0", "直播间商品点击次数": "0", "直播间用户支付金额": "4000.00"}
    rows += [live("无点击", "no_clicks", day, 0.1, **none) for day in (6, 12)]
    rows += [live("无佣金", "no_fee", day, 0.1, 预估佣金支出="-") for day in (7, 13)]
    return rows


def stars() -> list[list[str]]:
    """One whose buyers sent 70 % back, one whose fee nobody wrote down."""
    sold = {"直播间成交人数": "3000", "直播间成交订单数": "3000", "直播间用户支付金额": "300000.00"}
    back = live("退货大V", "star_back", 20, 0, **sold, 直播间退款金额="210000.00")
    return [back, live("没写费用", "star_fee", 24, 0, **sold, 直播间退款金额="60000.00")]


def answers() -> form.FormData:
    """The form: deals, one without its fee; campaigns, two that share days, one without a window before."""
    deal = {"kind": "exclusive", "commission_rate": 0.2, "gift_cost_cny": 0.0, "sample_cost_cny": 0.0, "margin": 0.4}
    deals = pd.DataFrame(
        [
            {**deal, "deal": "退货场", "creator": "退货大V", "creator_id": "star_back", "day": 20, "fee_cny": 20_000.0},
            {**deal, "deal": "没费用场", "creator": "没写费用", "creator_id": "star_fee", "day": 24, "fee_cny": np.nan},
        ]
    )
    deals["start"] = deals["end"] = [pd.Timestamp(2026, 10, day) for day in deals.pop("day")]
    spans = {"开门红": ("2026-09-03", "2026-09-06"), "秋上新": ("2026-10-15", "2026-10-20")}
    spans["好物节"] = ("2026-10-18", "2026-10-22")
    fairs = pd.DataFrame([{"campaign": n, "start": a, "end": b} for n, (a, b) in spans.items()])
    fairs[["start", "end"]] = fairs[["start", "end"]].apply(pd.to_datetime)
    profile = {"name": "样例店", "gross_margin": 0.4, "signed_rate": 0.8}
    return form.FormData(profile, {"star_deals": deals, "campaigns": fairs.assign(level=1, state="joined")})


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Diagnosis:
    """The folder diagnosed from its files."""
    folder = merchant(tmp_path_factory.mktemp("bad") / "shop")
    exports = folder / "exports"
    own = [
        session(直播开始时间=f"2026/10/{n:02d} 08:00:00", 直播结束时间=f"2026/10/{n:02d} 12:00:00")
        for n in range(1, 32)
    ]
    sessions(exports / "直播明细_全部账号_20261001_20261031.xlsx", [*own, *creators(), *stars()])
    trade = trade_sheets(days(60, pd.Timestamp(2026, 9, 2).date()))
    del trade["账号构成"]  # the builder's accounts know no star
    book(exports / "抖音电商罗盘-成交分析-20260902-20261031.xlsx", trade)
    book(exports / "达人列表.xlsx", {"合作达人": LISTED})
    form.write(folder / "intake.xlsx", answers(), "zh")
    return diagnose(folder)


def doubts(dx: Diagnosis) -> dict[str, tuple[float, str]]:
    """How many creators each doubt touches, and what is said to have been done."""
    table = tables.creator_doubts(dx)
    rows = zip(column(table, "doubt"), column(table, "creators"), column(table, "handled"), strict=True)
    return {str(kind): (float(str(n)), str(said)) for kind, n, said in rows}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_doubt_about_creators_is_counted_and_says_what_was_done(bad: Diagnosis, language: Any) -> None:
    """One renamed, two namesakes, one without clicks, one without commission; nobody is dropped."""
    found = doubts(bad.speak(language))
    assert {kind: n for kind, (n, _) in found.items()} == {
        "renamed": 1,
        "namesake": 2,
        "no_clicks": 1,
        "no_commission": 1,
    }
    assert all(said for _, said in found.values())


def test_a_creator_whose_number_changed_is_one_under_the_latest_name(bad: Diagnosis) -> None:
    """Five sessions under two 抖音号 and one UID are one creator's five."""
    assert bad.measures.value("creator_sessions", creator="新名字") == 5
    assert bad.measures.value("creator_sessions", creator="旧名字") is None


def test_two_creators_of_one_name_stay_two(bad: Diagnosis) -> None:
    """Each is shown with its 抖音号, and each has two sessions."""
    for id in ("twin_a", "twin_b"):
        assert bad.measures.value("creator_sessions", creator=f"同名 ({id})") == 2


def test_sales_without_a_click_count_and_get_no_verdict(bad: Diagnosis) -> None:
    """¥8,000 stay in the sum; the creator is not yet known, and the reason is that there are no clicks."""
    row = bad.measures.row("creator_label", creator="无点击", label="unknown")
    assert row is not None
    assert row.reason == "no_clicks"
    assert bad.measures.value("creator_paid_cny", creator="无点击") == 8_000
    assert "无点击" not in str(column(tables.creators_to_act(bad), "creator"))


def test_a_star_whose_buyers_send_most_back_shows_its_loss_and_no_praise(bad: Diagnosis) -> None:
    """70 % back: 90 k net × 40 % − 18 k − 20 k = −2 k; the finding is a loss, never a strength."""
    assert bad.measures.value("deal_refund_rate", deal="退货场") == pytest.approx(0.7)
    assert bad.measures.value("deal_contribution_cny", deal="退货场") == pytest.approx(-2_000)
    codes = {found.code for found in bad.findings}
    assert "T02" in codes
    assert "T04" not in codes
    assert "70%" in tables.deal_ledger(bad).html


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_fee_nobody_wrote_down_leaves_the_contribution_open_and_says_so(bad: Diagnosis, language: Any) -> None:
    """Not zero: the contribution is not measured, and a finding asks for the fee."""
    row = bad.measures.row("deal_contribution_cny", deal="没费用场")
    assert row is not None
    assert (row.value, row.reason) == (None, "no_deal_costs")
    assert next(found for found in bad.findings if found.code == "T12").text[language]
    assert tables.deal_ledger(bad.speak(language)).kind == "table"
    assert text.reading(bad.speak(language), "deal_waterfall").plain


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_campaign_without_a_window_before_gets_no_verdict_but_a_sentence(bad: Diagnosis, language: Any) -> None:
    """One day of history before it says nothing of what it would have sold."""
    row = bad.measures.row("campaign_baseline_cny", "history", campaign="开门红")
    assert row is not None
    assert (row.value, row.reason) == (None, "history_short")
    table = tables.campaign_calendar(bad.speak(language))
    why = dict(zip(column(table, "campaign"), column(table, "why_not"), strict=True))
    assert why["开门红"] == sentence(row.reason)[language]


def test_campaigns_that_share_days_are_added_up_once(bad: Diagnosis) -> None:
    """15 to 20 and 18 to 22 October: together eight days of ¥81,000, not eleven; each has its own row."""
    single = [bad.measures.value("campaign_actual_cny", campaign=name) for name in ("秋上新", "好物节")]
    assert single == [6 * 81_000, 5 * 81_000]
    assert bad.measures.value("campaign_actual_cny") == 8 * 81_000
    assert charts.campaign_days(bad).kind == "chart"
