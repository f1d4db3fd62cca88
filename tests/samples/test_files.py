"""The files are spelled as the platform spells them: names, headers, text cells, quirks, encodings, sizes."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from itertools import pairwise

import pandas as pd
import pytest

from factbook.knowledge.exports import exports
from factbook.samples import SAMPLES as SHOPS
from factbook.samples import headers, write_orders, write_sessions
from tests.samples.book import MERCHANTS, SAMPLES, files, plain, sessions, trade, workbook

WIDTHS = {
    "成交概览": 61, "自营成交": 61, "合作成交": 61, "载体构成": 64, "账号构成": 64, "单载体构成": 64,
    "终端构成": 37, "品类构成": 10, "商品构成": 13, "价格带构成": 5, "人群构成": 8,
}  # fmt: skip
MOMENT = "%Y/%m/%d %H:%M:%S"
WEEKS = {"skincare": 52, "knitwear": 40, "food": 14, "appliances": 60}


def dates(path_stem: str) -> tuple[date, date]:
    first, last = re.findall(r"\d{8}", path_stem)
    return date.fromisoformat(first), date.fromisoformat(last)


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_the_period_has_eleven_sheets_of_the_right_width(merchant: str) -> None:
    """11 sheets of 61, 64, 37, 10, 13, 5 and 8 columns, no header twice."""
    book = trade(merchant)
    assert {name: len(sheet.columns) for name, sheet in book.items()} == WIDTHS
    assert all(not sheet.columns.duplicated().any() for sheet in book.values())


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_history_reaches_back_as_many_weeks_as_stated(merchant: str) -> None:
    """成交分析 files follow each other without a gap or an overlap over 52, 40, 14 and 60 weeks."""
    spans = [dates(path.stem) for path in files(merchant, "成交分析")]
    assert all((later[0] - earlier[1]).days == 1 for earlier, later in pairwise(spans))
    assert (spans[-1][1] - spans[0][0]).days + 1 == WEEKS[merchant] * 7


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_session_files_hold_31_days_at_most(merchant: str) -> None:
    """直播明细 covers the same days, no file longer than the platform allows, every start inside its file."""
    for path in files(merchant, "直播明细"):
        first, last = dates(path.stem)
        starts = pd.to_datetime(workbook(path)["直播间明细"]["直播开始时间"], format=MOMENT)
        assert (last - first).days < 31
        assert starts.dt.date.between(first, last).all()


def test_every_header_is_known_to_the_reader() -> None:
    """Headers typed for the samples and the reader's table, typed apart, agree on every column."""
    known = {plain(header) for column in exports().columns.values() for header in column.headers}
    private = {plain(header) for header in exports().private.headers}
    lists = (
        headers.TRADE, headers.OLD_TRADE, headers.CARRIER_ACCOUNTS, headers.ACCOUNTS, headers.ITEMS,
        headers.TERMINALS, headers.CATEGORIES, headers.PRODUCTS, headers.PRICE_BANDS, headers.AUDIENCES,
        write_sessions.SESSIONS,
    )  # fmt: skip
    typed = {plain(figure.header) for figures in lists for figure in figures}
    typed |= {plain(header) for header in write_orders.HEADERS}
    assert typed - known - private == {"主播头像", "商家编码", "收件人手机号"} - private


def test_the_oldest_skincare_file_is_the_51_column_edition() -> None:
    """Ten columns fewer, full-width brackets."""
    oldest = workbook(files("skincare", "成交分析")[0])["成交概览"]
    assert len(oldest.columns) == 51
    assert "退款率（支付时间）" in oldest.columns


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_all_cells_are_text(merchant: str) -> None:
    """No cell of an export is a number or a date."""
    for path in (*files(merchant, "成交分析"), *files(merchant, "直播明细")):
        for sheet in workbook(path).values():
            assert sheet.map(lambda cell: isinstance(cell, str)).to_numpy().all()


def test_the_traps_of_the_platform_are_there() -> None:
    """Newest day first, 分 for shipped, 0 for refund stages within a slot, rates above 1, channels as accounts."""
    sheet = trade("skincare")["成交概览"]
    assert sheet["日期"].iloc[0] == "20261031"
    assert sheet["日期"].is_monotonic_decreasing
    slot = sheet["投放时段"] != "不限"
    assert (sheet.loc[slot, "已收货退款率(支付时间)"] == "0").all()
    whole = sheet[~slot & (sheet["载体类型"] == "全部")]
    assert (whole["已收货退款率(支付时间)"].astype(float) > 0).all()
    shipped = whole["发货用户支付金额(发货时间)"].astype(float) / whole["用户支付金额"].astype(float)
    assert shipped.between(80, 100).all()
    assert (sheet.loc[sheet["载体类型"] == "图文", "客单价"] == "-").any()
    other = sheet[(sheet["载体类型"] == "其他") & (sheet["商品点击-成交转化率(次数)"] != "-")]
    assert (other["商品点击-成交转化率(次数)"].astype(float) > 1).any()
    names = set(trade("skincare")["载体构成"]["账号/渠道"])
    assert {"购物车", "搜索", "猜你喜欢", "直播间溢出", "短视频溢出", "更多账号", "全域投放时段"} <= names


def test_awkward_creators_are_among_the_names() -> None:
    """ "8%", an emoji, a formula and markup are names; two creators share one."""
    rows = sessions("knitwear")
    names = set(rows["主播昵称"])
    assert {"8%", "=cmd()", "<script>alert(1)</script>", "小鹿🦌好物✨"} <= names
    assert rows.loc[rows["主播昵称"] == "阿梨优选", "主播抖音号"].nunique() == 2
    assert rows["主播抖音号"].str.match(r"0\d+$").any()


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_some_sessions_cross_midnight_and_some_are_tests(merchant: str) -> None:
    """Ends lie after starts; short rooms sell nothing; now and then a cell is `-`."""
    parts = [workbook(path)["直播间明细"] for path in files(merchant, "直播明细")]
    rows = pd.concat(parts, ignore_index=True)
    start, end = (pd.to_datetime(rows[name], format=MOMENT) for name in ("直播开始时间", "直播结束时间"))
    assert (end > start).all()
    assert (end.dt.date > start.dt.date).any() or merchant == "food"
    short = rows[rows["直播时长(分钟)"].astype(int) < 25]
    assert len(short) > 0
    assert (short["直播间用户支付金额"] == "0.00").all()
    assert (rows["观看老粉占比"] == "-").any() or merchant == "food"


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_people_are_never_more_than_the_step_before(merchant: str) -> None:
    """Buyers ≤ clickers ≤ people shown a product ≤ viewers ≤ views in every session."""
    rows = sessions(merchant)
    chain = ("直播间成交人数", "直播间商品点击人数", "直播间商品曝光人数", "直播间观看人数", "直播间观看次数")
    steps = rows[list(chain)].astype(int)
    for fewer, more in pairwise(chain):
        assert (steps[fewer] <= steps[more]).all(), (fewer, more)


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_orders_are_gb18030_with_invented_private_columns(merchant: str) -> None:
    """The order export decodes as GB18030, keeps 19-digit ids, and its addresses are plainly invented."""
    path = next((SAMPLES / merchant / "exports").glob("抖店订单_*.csv"))
    with pytest.raises(UnicodeDecodeError):
        path.read_bytes().decode("utf-8")
    rows = pd.read_csv(path, encoding="gb18030", dtype=str, keep_default_na=False)
    assert tuple(rows.columns) == write_orders.HEADERS
    assert rows["主订单编号"].str.match(r"\d{19}\t?$").all()
    assert rows["主订单编号"].str.endswith("\t").any()
    assert rows["收货地址 "].str.startswith("虚构省").all()
    own = {account.name for shop in SHOPS if shop.id == merchant for account in shop.accounts}
    assert rows.loc[rows["达人昵称"].isin(own), "达人ID"].eq("0").all()


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_committed_samples_stay_small(merchant: str) -> None:
    """At most 5 MB a merchant."""
    assert sum(path.stat().st_size for path in (SAMPLES / merchant).rglob("*") if path.is_file()) < 5_000_000


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_every_sample_says_that_it_is_synthetic(merchant: str) -> None:
    """merchant.toml marks the shop as simulated and names its own accounts."""
    stated = tomllib.loads((SAMPLES / merchant / "merchant.toml").read_text("utf-8"))
    assert stated["synthetic"] is True
    assert stated["own_accounts"]
