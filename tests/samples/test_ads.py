"""千川 agrees with the sessions and with 成交分析: the same spend, and sales of the same hours."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest

from tests.samples.book import MERCHANTS, cents, counts, found, money, table, trade
from tests.samples.test_truth import own_sessions, truth


def uni(merchant: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """全域 by day (with its total row) and by hour."""
    tables = [table(path) for path in found(merchant, "全域数据_直播分析")]
    return next(t for t in tables if "日期" in t), next(t for t in tables if "时间-小时" in t)


def standard(merchant: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """标准 by day (with its closing row) and by hour."""
    (days,), (hours,) = (found(merchant, f"千川标准推广_{kind}") for kind in ("分日", "分时"))
    return table(days), table(hours, "gb18030")


def by_day(rows: pd.DataFrame, day: str, amount: str) -> dict[str, int]:
    days = rows[day].str[:10].str.replace("/", "-")
    return {str(key): int(value) for key, value in money(rows[amount]).groupby(days.to_numpy()).sum().items()}


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_qianchuan_spent_what_the_sessions_cost(merchant: str) -> None:
    """全域 + 标准 is 投放消耗 of the own sessions, on every day, to the cent."""
    days, plain = uni(merchant)[0], standard(merchant)[0]
    parts = by_day(days[days["日期"] != "全部"], "日期", "整体消耗")
    others = by_day(plain[plain["日期"] != "合计"], "日期", "消耗(元)")
    spent = by_day(own_sessions(merchant), "直播开始时间", "投放消耗(店铺绑定)")
    assert {day: parts[day] + others[day] for day in parts} == spent


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_accounts_spent_what_their_sessions_cost(merchant: str) -> None:
    """Account by account too, to the cent: none is charged for another's room."""
    days, plain, rows = uni(merchant)[0], standard(merchant)[0], own_sessions(merchant)
    spent = cents(rows["投放消耗(店铺绑定)"]).groupby(rows["主播昵称"]).sum()
    charged = money(days["整体消耗"]).groupby(days["抖音号名称"]).sum()
    charged += money(plain["消耗(元)"]).groupby(plain["抖音号名称"]).sum()
    assert {account: charged[account] for account in spent.index} == spent.to_dict()


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_totals_hours_and_creatives_are_the_same_spend(merchant: str) -> None:
    """The row 全部, the days, the hours of their days and the creatives add up; 合计 closes 标准."""
    days, hours = uni(merchant)
    whole, parts = days[days["日期"] == "全部"], days[days["日期"] != "全部"]
    creatives = table(found(merchant, "素材分析")[0])
    for name in ("整体消耗", "整体成交金额"):
        assert money(whole[name])[0] == money(parts[name]).sum() == money(creatives[name]).sum()
        hourly, daily = by_day(hours, "时间-小时", name), by_day(parts, "日期", name)
        assert hourly == {day: daily[day] for day in hourly}
    plain, clock = standard(merchant)
    assert money(plain["消耗(元)"].iloc[-1:])[0] == money(plain["消耗(元)"].iloc[:-1]).sum()
    daily = by_day(plain, "日期", "消耗(元)")
    assert by_day(clock, "日期", "消耗(元)") == {day: daily[day] for day in clock["日期"].unique()}


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_uni_counts_free_sales_and_standard_only_its_own(merchant: str) -> None:
    """全域 shows all sales of its 投放时段, more than ads brought; 标准 shows what it brought itself."""
    sheet = trade(merchant)["自营成交"]
    live = sheet[(sheet["载体类型"] == "直播") & (sheet["投放消耗(店铺绑定)"] != "0.00")]
    slot = live[live["投放时段"] == "全域+乘方投放时段"]
    shown = money(uni(merchant)[0].iloc[:1]["整体成交金额"])[0]
    assert shown == cents(slot["成交金额"]).sum()
    assert shown > cents(slot["投放贡献成交金额"]).sum() * 1.1
    plain = live[live["投放时段"] == "标准+品牌投放"]
    assert money(standard(merchant)[0].iloc[-1:]["直接支付成交金额(元)"])[0] == cents(plain["投放贡献成交金额"]).sum()


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_clicks_of_ads_are_the_paid_views(merchant: str) -> None:
    """Views that no ad brought are views less the clicks of both kinds: the other way to the natural share."""
    days, plain = uni(merchant)[0], standard(merchant)[0]
    clicks = int(days["整体点击次数"].iloc[0]) + int(plain["点击次数"].iloc[-1])
    views = counts(own_sessions(merchant)["直播间观看次数"]).sum()
    assert 1 - clicks / views == pytest.approx(truth(merchant)["planted"]["natural_views_share"], abs=0.005)


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_steps_of_ads_only_shrink(merchant: str) -> None:
    """Impressions ≥ clicks ≥ orders, and `--` is nothing in 标准, a bare number its click rate."""
    days, plain = uni(merchant)[0], standard(merchant)[0]
    for more, fewer in pairwise(("整体展示次数", "整体点击次数", "整体成交订单数")):
        assert (counts(days[more]) >= counts(days[fewer])).all()
    assert plain["账户ID"].iloc[-1] == "--"
    assert plain["点击率(%)"].str.fullmatch(r"\d+\.\d\d").all()
    assert days["整体点击率"].str.endswith("%").all()
