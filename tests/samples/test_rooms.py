"""What is said of one room in several reports agrees: the list of sessions, its workbook, its minutes, its traffic."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from tests.samples.book import (
    MERCHANTS,
    cents,
    counts,
    files,
    found,
    money,
    of_name,
    session,
    sheets,
    table,
    workbook,
)
from tests.samples.test_truth import own_sessions, truth

FUNNEL = {
    "平均在线人数": "平均在线人数", "直播间曝光人数": "直播间曝光人数", "直播间曝光次数": "直播间曝光次数",
    "直播间观看人数": "直播间观看人数", "商品曝光人数": "直播间商品曝光人数", "商品点击人数": "直播间商品点击人数",
    "成交人数": "直播间成交人数",
}  # fmt: skip
MINUTE_SUMS = {
    "商品曝光人数": "直播间商品曝光人数", "商品点击人数": "直播间商品点击人数", "评论次数": "评论次数",
    "新增粉丝数": "新增粉丝数", "新加直播团人数": "新加直播团人数", "成交订单数": "直播间成交订单数",
    "成交件数": "直播间成交件数", "进入直播间人数": "直播间观看次数",
}  # fmt: skip


def workbooks(merchant: str) -> list[Path]:
    return found(merchant, "整场数据下载")


def wan(cell: str) -> float:
    return float(cell.removesuffix("万")) * (10_000 if cell.endswith("万") else 1)


def blocks(rows: list[list[str]]) -> list[pd.DataFrame]:
    """The tables that stand under each other, split at the empty rows."""
    parts: list[list[list[str]]] = [[]]
    for row in rows:
        if any(row):
            parts[-1].append([cell for cell in row if cell])
        else:
            parts.append([])
    return [pd.DataFrame(part[1:], columns=part[0], dtype=object) for part in parts]


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_a_workbook_tells_the_session_of_the_list(merchant: str) -> None:
    """Four sessions a merchant; facts and funnel are the session's row, free and paid viewers are all viewers."""
    assert len(workbooks(merchant)) == 4
    for path in workbooks(merchant):
        row, book = session(merchant, *of_name(path)), sheets(path)
        facts = dict(book["基本信息"])
        assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d-\d\d-\d\d~\d{4}-\d\d-\d\d \d\d-\d\d-\d\d", facts["直播时间"])
        assert facts["抖音号"] == row["主播抖音号"]
        assert facts["成交金额"].replace(",", "") == row["直播间成交金额"]
        funnel = dict(zip(*book["流量&转化-转化漏斗"], strict=True))
        assert {header: funnel[header] for header in FUNNEL} == {header: row[name] for header, name in FUNNEL.items()}
        assert int(funnel["自然流量观看人数"]) + int(funnel["付费流量观看人数"]) == int(row["直播间观看人数"])


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_channels_add_up_to_the_whole_and_to_the_session(merchant: str) -> None:
    """People, sales and ad cost exactly; views as far as 1.2万 can tell."""
    for path in workbooks(merchant):
        row, rows = session(merchant, *of_name(path)), workbook(path)["流量分析-渠道分析"]
        whole, parts = rows.iloc[0], rows.iloc[1:]
        assert whole["渠道名称"] == "整体"
        assert counts(parts["观看人数"]).sum() == int(whole["观看人数"]) == int(row["直播间观看人数"])
        assert money(parts["成交金额"]).sum() == money([whole["成交金额"]])[0] == cents([row["直播间成交金额"]])[0]
        assert money(parts["千川消耗"]).sum() == money([whole["千川消耗"]])[0] == cents([row["投放消耗(店铺绑定)"]])[0]
        assert parts["观看次数"].map(wan).sum() == pytest.approx(int(row["直播间观看次数"]), abs=2_000)
        assert rows["人均观看时长"].str.fullmatch(r"\d+分钟\d+秒").all()


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_the_goods_of_a_workbook_are_three_tables_that_agree(merchant: str) -> None:
    """Room, products, skus stand under each other; each sums to the one above it."""
    for path in workbooks(merchant):
        row, (room, goods, skus) = session(merchant, *of_name(path)), blocks(sheets(path)["商品"])
        assert list(goods.columns[:3]) == ["商品名称", "商品图片", "商品编号"]
        assert (skus.columns[0], skus.columns[-1]) == ("sku名称", "商品支付GPM")
        assert room["成交金额"].squeeze() == row["直播间成交金额"]
        for name in ("成交件数", "成交订单数", "退款订单数"):
            assert counts(goods[name]).sum() == int(room[name].squeeze()), name
        assert cents(goods["成交金额"]).sum() == cents(room["成交金额"])[0]
        assert cents(goods["退款金额"]).sum() == cents(room["退款金额"])[0]
        by_product = cents(skus["成交金额"]).groupby(skus["商品编号"]).sum()
        assert by_product.to_dict() == dict(zip(goods["商品编号"], cents(goods["成交金额"]), strict=True))


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_minutes_add_up_to_the_session(merchant: str) -> None:
    """Sums, peak and average are the session's, and people online follow from those who enter and leave."""
    paths = found(merchant, "分钟趋势")
    assert len(paths) == 2
    for path in paths:
        row, rows = session(merchant, *of_name(path)), table(path)
        assert len(rows) == int(row["直播时长(分钟)"])
        for header, name in MINUTE_SUMS.items():
            assert counts(rows[header]).sum() == int(row[name]), header
        assert cents(rows["成交金额"]).sum() == cents([row["直播间成交金额"]])[0]
        assert cents(rows["千川消耗"]).sum() == cents([row["投放消耗(店铺绑定)"]])[0]
        online = counts(rows["实时在线人数"])
        flow = counts(rows["进入直播间人数"]) - counts(rows["离开直播间人数"])
        assert (flow.cumsum() == online).all()
        assert online.max() == int(row["最高在线人数"])
        assert online.mean() == pytest.approx(int(row["平均在线人数"]), abs=1)


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_the_logger_counts_from_the_start_of_the_session(merchant: str) -> None:
    """Cumulative columns never fall and end at the session's totals; people online rise and fall."""
    (path,) = found(merchant, "实时数据记录")
    rows, row = table(path), session(merchant, *of_name(path))
    assert rows["抓取时间"].iloc[0] == row["直播开始时间"][:16]
    for name in ("进入人数", "商品点击人数", "新增评论数", "成交订单数"):
        assert counts(rows[name]).is_monotonic_increasing, name
    assert not counts(rows["在线人数"]).is_monotonic_increasing
    assert rows["成交金额"].iloc[-1] == row["直播间成交金额"]
    assert rows["成交订单数"].iloc[-1] == row["直播间成交订单数"]
    assert rows["进入人数"].iloc[-1] == row["直播间观看次数"]


def traffic(merchant: str) -> pd.DataFrame:
    (path,) = found(merchant, "流量综合趋势")
    rows = table(path)
    frame = rows[["日期", "达人昵称"]].assign(date=pd.to_datetime(rows["日期"], format="%Y%m%d"))
    for name in ("直播间观看次数", "直播间观看人数", "自然流量观看人数", "付费流量观看人数"):
        frame[name] = counts(rows[name])
    return frame


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_the_traffic_of_every_day_is_that_of_its_sessions(merchant: str) -> None:
    """Free and paid viewers are all viewers; views by day and account are those of 直播明细, history too."""
    rows = traffic(merchant)
    assert (rows["自然流量观看人数"] + rows["付费流量观看人数"] == rows["直播间观看人数"]).all()
    listed = pd.concat([workbook(path)["直播间明细"] for path in files(merchant, "直播明细")], ignore_index=True)
    listed = listed[listed["主播昵称"].isin(rows["达人昵称"])].reset_index(drop=True)
    days = [listed["直播开始时间"].str[:10].str.replace("/", ""), listed["主播昵称"]]
    summed = counts(listed["直播间观看次数"]).groupby(days).sum()
    assert rows.set_index(["日期", "达人昵称"])["直播间观看次数"].sort_index().to_dict() == summed.to_dict()


def test_free_viewers_of_the_food_shop_are_22_percent_and_follow_the_live_days() -> None:
    """撬动 0.28 in the period; 0.41 in weeks of six live days and more, 0.19 in weeks of four and fewer."""
    rows, planted = traffic("food"), truth("food")["planted"]
    first, last = planted["natural_views_share"], own_sessions("food")["直播开始时间"].str[:10].min().replace("/", "")
    period = rows[rows["日期"] >= last]
    free, everyone = period["自然流量观看人数"].sum(), period["直播间观看人数"].sum()
    assert free / everyone == pytest.approx(first, abs=0.005)
    assert free / (everyone - free) == pytest.approx(planted["leverage"], abs=0.01)
    whole = rows[rows["date"].between("2026-07-27", "2026-10-25")]
    week = whole.groupby(whole["date"].dt.to_period("W"))
    free, paid, days = week["自然流量观看人数"].sum(), week["付费流量观看人数"].sum(), week["date"].nunique()
    for weeks, name in ((days >= 6, "leverage_6_days"), (days <= 4, "leverage_4_days")):
        assert weeks.sum() >= 5
        assert free[weeks].sum() / paid[weeks].sum() == pytest.approx(planted[name], abs=0.005)
        assert (free / paid)[weeks].mean() == pytest.approx(planted[name], abs=0.005)


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_free_viewers_are_as_many_as_planted_and_differ_from_day_to_day(merchant: str) -> None:
    """No flat split: every merchant has its own share, and days and (unless planted) weeks lie apart."""
    rows, planted = traffic(merchant), truth(merchant)["planted"]["natural_views_share"]
    last = own_sessions(merchant)["直播开始时间"].str[:10].min().replace("/", "")
    period = rows[rows["日期"] >= last]
    free, everyone = period["自然流量观看人数"], period["直播间观看人数"]
    assert free.sum() / everyone.sum() == pytest.approx(planted, abs=0.005)
    assert (free / everyone)[everyone > 1000].std() > 0.01
    weeks = rows.groupby(rows["date"].dt.to_period("W"))[["自然流量观看人数", "直播间观看人数"]].sum().iloc[1:-1]
    assert (weeks["自然流量观看人数"] / weeks["直播间观看人数"]).std() > 0.05


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_outsiders_are_near_the_truth_but_not_equal(merchant: str) -> None:
    """蝉妈妈 lists every own session that sold; its sales lie within a fifth of Compass, none the same."""
    (path,) = found(merchant, "蝉妈妈")
    rows, own = table(path), own_sessions(merchant)
    sold = own[own["直播间用户支付金额"] != "0.00"]
    assert len(rows) == len(sold)
    assert rows["开播时间"].str.fullmatch(r"\d\d-\d\d \d\d:\d\d").all()
    guessed, real = rows["销售额"].map(wan).sum(), cents(sold["直播间成交金额"]).sum() / 100
    assert guessed == pytest.approx(real, rel=0.1)
    assert guessed != real
    assert rows["平均停留时长"].str.fullmatch(r"\d+分\d+秒").all()
