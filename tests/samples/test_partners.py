"""Creators in three lists: 达人列表 sums their sessions, 达人广场 gives ranges and levels, 精选联盟 single orders."""

from __future__ import annotations

import pandas as pd
import pytest

from factbook.samples import SAMPLES as SHOPS
from tests.samples.book import MERCHANTS, cents, counts, found, money, sessions, table, trade
from tests.samples.test_goods import whole
from tests.samples.test_rooms import wan
from tests.samples.test_truth import stars, truth


def partners(merchant: str) -> pd.DataFrame:
    return table(found(merchant, "达人列表")[0])


def square(merchant: str) -> pd.DataFrame:
    return table(found(merchant, "达人广场")[0])


def bounds(cell: str) -> tuple[float, float]:
    """Both ends of `50万-100万`; open above for `500万以上`."""
    ends = [wan(end) for end in cell.removesuffix("以上").split("-")]
    return ends[0], ends[1] if len(ends) == 2 else float("inf")


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_the_creators_of_the_list_sold_what_partners_sold_live(merchant: str) -> None:
    """All of them, those of 更多账号 too: together 合作 直播, one by one their sessions."""
    rows = partners(merchant)
    assert money(rows["用户支付金额(元)"]).sum() == whole(merchant, "合作成交", "直播", "用户支付金额")
    listed = sessions(merchant)
    paid = cents(listed["直播间用户支付金额"]).groupby(listed["主播抖音号"]).sum()
    assert money(rows["用户支付金额(元)"]).to_list() == [paid[douyin_id] for douyin_id in rows["抖音号"]]
    planted = {creator["douyin_id"] for creator in truth(merchant)["creators"]}
    assert planted <= set(rows["抖音号"])
    assert rows["佣金率"].str.fullmatch(r"\d+\.\d\d%").all()


def test_the_list_names_creators_whom_the_trade_analysis_hides() -> None:
    """186 creators of the knitwear shop, where 成交分析 names a hundred."""
    named = set(trade("knitwear")["载体构成"]["抖音号"])
    rows = partners("knitwear")
    assert len(rows) == 186
    assert (~rows["抖音号"].isin(named)).sum() == 86
    assert {"8%", "=cmd()", "<script>alert(1)</script>"} <= set(rows["达人昵称"])


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_only_stars_stand_at_level_six_and_above(merchant: str) -> None:
    """The levels of 达人广场 agree with the star sheet: LV6 and LV7 are the stars, nobody else."""
    rows = square(merchant)
    level = rows["等级LV"].str.removeprefix("LV").astype(int)
    assert set(rows.loc[level >= 6, "抖音账户"]) == stars(merchant)
    deals = {deal.douyin_id for shop in SHOPS if shop.id == merchant for deal in shop.deals}
    assert set(rows.loc[level >= 6, "抖音ID"]) <= deals
    assert level.between(1, 7).all()


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_the_ranges_hold_what_the_creators_sold(merchant: str) -> None:
    """场均销售额 is the step in which the creator's mean session with the shop lies."""
    rows = square(merchant).merge(partners(merchant), left_on="抖音ID", right_on="抖音号", suffixes=("", "_exact"))
    assert len(rows) == len(partners(merchant))
    mean = money(rows["用户支付金额(元)"]) / counts(rows["带货直播场次_exact"]) / 100
    for cell, value in zip(rows["场均销售额"], mean, strict=True):
        low, high = bounds(cell)
        assert low <= value < high, cell
    assert rows["带货评分"].astype(float).between(0, 5).all()


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_alliance_orders_carry_the_creators_commission(merchant: str) -> None:
    """47 columns; what is due is paid amount × rate, nothing on a refund; authors are creators of the shop."""
    rows = table(found(merchant, "精选联盟订单")[0])
    assert len(rows.columns) == 47
    assert rows["订单id"].str.fullmatch(r"\d{19}\t").all()
    assert rows["订单id"].is_unique
    rate = rows["佣金率"].str.removesuffix("%").astype(float) / 100
    kept = rows["订单状态"] != "订单退货退款"
    due = money(rows["支付金额"]) * rate
    assert (money(rows["预估佣金支出"]) - due.where(kept, 0)).abs().max() <= 1
    assert set(rows["抖音/火山号"]) <= set(partners(merchant)["抖音号"])
    assert (~kept).mean() == pytest.approx(truth(merchant)["refund_rate"], abs=0.15)
