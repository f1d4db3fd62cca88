"""Headers are known by their words, whatever their brackets, dashes, units and ends."""

from __future__ import annotations

import pytest

from factbook.intake import headers
from factbook.intake.recognise import kinds
from factbook.knowledge.exports import exports
from factbook.samples import headers as typed
from tests.intake.build import SESSION_HEADERS

WIDE = str.maketrans("()-", "（）—")
TRADE = [figure.header for figure in typed.TRADE]
OTHERS = (
    typed.OLD_TRADE,
    typed.CARRIER_ACCOUNTS,
    typed.ACCOUNTS,
    typed.ITEMS,
    typed.TERMINALS,
    typed.CATEGORIES,
)
EVERY = sorted({*TRADE, *(figure.header for sheet in OTHERS for figure in sheet), *SESSION_HEADERS[1:]})


@pytest.mark.parametrize("header", EVERY)
def test_every_header_of_the_spec_is_known(header: str) -> None:
    """Typed from the platform's files, found in the reader's table; brackets and dashes do not matter."""
    column = headers.canonical(header)
    assert column is not None
    assert headers.canonical(header.translate(WIDE)) == column
    assert headers.canonical(f" {header} ") == column
    assert headers.canonical(header.replace("-", "→")) == column


def test_the_trade_sheet_has_61_different_columns() -> None:
    """Each of its headers is a column of its own, and together they are the table's."""
    columns = [headers.canonical(header) for header in TRADE]
    assert len(columns) == len(set(columns)) == 61
    assert {*columns, "party"} == set(exports().columns_of("trade_daily"))


def test_the_session_sheet_fills_its_table() -> None:
    """Every header of 直播明细 but the picture is a column of its own."""
    columns = [headers.canonical(header) for header in SESSION_HEADERS[1:]]
    assert set(columns) == set(exports().columns_of("sessions"))
    assert len(columns) == len(set(columns))


def test_no_spelling_belongs_to_two_columns() -> None:
    """After normalisation a header names one column or none."""
    seen: dict[str, str] = {}
    for name, column in exports().columns.items():
        for header in column.headers:
            assert seen.setdefault(headers.normal(header), name) == name, header


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("用户支付金额(元)", "paid_amount_cny"),
        ("用户支付金额（元）", "paid_amount_cny"),
        ("直播时长", "live_minutes"),
        ("商品曝光点击率（次数）", "product_ctr_times_printed"),
        ("电商平台补贴金额", "platform_subsidy_cny"),
        ("售卖类型", "party"),
        ("点击-成交转化率(次数", "click_to_pay_times_printed"),
        ("商品点击-成交转化率(人", "click_to_pay_users_printed"),
        ("用户支付金额(", "paid_amount_cny"),
        ("直播间用户支付金", "paid_amount_cny"),
        ("引流直播间用户支付金额(", "live_paid_cny"),
        ("引流店铺页用户支付金额(元", "shop_page_paid_cny"),
        ("整体未完结预售订单预估金", "presale_estimate_cny"),
        ("整体消耗", "ad_cost_cny"),
        ("消耗(元)", "ad_cost_cny"),
        ("点击率(%)", "ad_ctr_printed"),
        ("【直播间】观看人数", "viewers"),
        ("订单付款时间 ", "paid_at"),
        ("GMV atribuido a LIVE (MX$)", "gmv_local"),
        ("LIVE-attributed GMV (Rp)", "gmv_local"),
        ("Sales (IDR)", "gmv_local"),
        ("Articulos vendidos", "items"),
        ("ATTRIBUTED ORDERS", "orders"),
        ("Avg. viewing duration", "watch_seconds_printed"),
        ("UV价值", "uv_value_printed"),
        ("uv价值", "uv_value_printed"),
        ("动帐流水号", "flow_id"),
        ("5s完播率", "play_5s_rate_printed"),
        ("直播间曝光→观看率(人数)", "entry_rate_users_printed"),
        ("粉丝数(万)", "followers"),
    ],
)
def test_units_other_names_and_lost_ends_lead_to_the_same_column(header: str, column: str) -> None:
    """The forms of exports.md, one by one."""
    assert headers.canonical(header) == column


@pytest.mark.parametrize(
    "header",
    [
        "直播间观看",
        "退款金额(",
        "退款订单数(",
        "商品点击",
        "成交",
        "曝光",
        "直播间观看率",
        "收货地址 ",
        "买家昵称",
        "地址",
        "商品点击率(",
        "商品曝光-点击率(人)",
        "点击-成交转化率(",
    ],
)
def test_an_end_that_fits_two_columns_is_never_guessed(header: str) -> None:
    """人数 or 次数, 支付时间 or 退款时间: unknown rather than confused; personal data are no column."""
    assert headers.canonical(header) is None


PAIRS = (
    ("直播间观看人数", "直播间观看次数"),
    ("用户支付金额", "成交金额"),
    ("退款金额(支付时间)", "退款金额(退款时间)"),
    ("投放消耗(店铺被投)", "投放消耗(店铺绑定)"),
    ("新加直播团人数", "新加购物团人数"),
    ("成交件数", "成交订单数"),
    ("商品曝光-点击率(人数)", "商品曝光-点击率(次数)"),
    ("客单价", "件单价"),
    ("成交笔单价", "客单价"),
    ("千次观看成交金额", "千次曝光用户支付金额"),
    ("千次观看成交金额", "千次观看用户支付金额"),
    ("千次观看成交金额", "千次曝光成交"),
    ("Show GPM", "Watch GPM"),
    ("直接支付ROI", "整体支付ROI"),
    ("整体支付ROI", "综合ROI"),
    ("直接支付ROI", "支付ROI"),
    ("净成交ROI", "退后ROI"),
    ("直接成交金额", "整体成交金额"),
    ("直接成交金额", "间接成交金额"),
    ("整体成交订单数", "直接成交订单数"),
    ("用户支付金额", "用户实际支付金额"),
    ("件单价", "成交笔单价"),
    ("评论次数", "互动人数"),
    ("主播昵称", "主播名称"),
    ("涨粉率", "关注率"),
    ("曝光-观看率", "直播间进入率(人数)"),
    ("自然流量观看人数", "付费流量观看人数"),
    ("新客点击人数", "老客点击人数"),
    ("达人UID", "抖音号"),
    ("发货前退款金额", "发货后退款金额"),
    ("CTOR", "CTOR (SKU order)"),
    ("CTR", "LIVE CTR"),
    ("完播率", "5秒播放率"),
    ("预估佣金支出", "实际佣金支出"),
    ("基础佣金率", "升佣佣金率"),
    ("商品曝光-点击率(人数)", "商品曝光-点击率"),
)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_pairs_that_must_never_be_merged_are_apart(one: str, other: str) -> None:
    """The pairs of exports.md, section 13."""
    assert headers.canonical(one) != headers.canonical(other)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_pair_is_apart_in_every_sheet(one: str, other: str) -> None:
    """Also where a sheet gives its headers a meaning of their own, unless that word alone tells it."""
    for kind in kinds():
        if {one, other} & set(kind.sheet.literal):
            continue
        columns = [kind.column(headers.normal(header)) for header in (one, other)]
        assert columns[0] != columns[1], kind.sheet.table


@pytest.mark.parametrize(
    ("header", "never"),
    [
        ("直播间观看总人数", "次数"), ("商品点击总次数", "人数"), ("退款金额(退款时间)合计", "支付时间"),
        ("投放消耗(店铺被投)额", "绑定"),
        ("直接成交ROl", "整体"), ("成交件单价", "客单价"), ("新客点击的人数", "老客"),
    ],
)  # fmt: skip
def test_a_suggestion_never_crosses_a_pair(header: str, never: str) -> None:
    """The nearest name has the same 人 or 次, the same clock, the same base."""
    assert never not in headers.nearest(header)


def test_known_words_of_one_sheet_are_no_headers_of_another() -> None:
    """商品卡 figures are the card's only in a list of cards; 转化率 has no meaning by itself."""
    assert headers.canonical("商品卡用户支付金额") is None
    assert headers.canonical("转化率") is None
    assert headers.canonical("销量") is None


def test_an_unknown_header_gets_the_nearest_known_name() -> None:
    """A slip of the pen leads back to the column, among the columns of its table."""
    assert headers.nearest("直播间观看人次数") in ("直播间观看人数", "直播间观看次数")
    assert headers.nearest("投放消耗(店铺)", ("ad_cost_bound_cny",)) == "投放消耗(店铺绑定)"
    assert headers.nearest("xyz") == ""
