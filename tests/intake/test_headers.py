"""Headers are known by their words, whatever their brackets, dashes, units and ends."""

from __future__ import annotations

import pytest

from factbook.intake import headers
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
)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_pairs_that_must_never_be_merged_are_apart(one: str, other: str) -> None:
    """The pairs of exports.md, section 13."""
    assert headers.canonical(one) != headers.canonical(other)


def test_an_unknown_header_gets_the_nearest_known_name() -> None:
    """A slip of the pen leads back to the column, among the columns of its table."""
    assert headers.nearest("直播间观看人次数") in ("直播间观看人数", "直播间观看次数")
    assert headers.nearest("投放消耗(店铺)", ("ad_cost_bound_cny",)) == "投放消耗(店铺绑定)"
    assert headers.nearest("xyz") == ""
