"""What the platform's figures must add up to, read from the files and checked to the cent."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.samples.book import MERCHANTS, cents, counts, files, plain, sessions, trade, workbook

OVERVIEWS = ("成交概览", "自营成交", "合作成交")
KEYS = ("日期", "载体类型", "投放时段", "自营/合作", "账号/渠道")
ADDED = (
    "用户支付金额", "成交金额", "成交订单数", "退款金额(支付时间)", "结算金额", "投放消耗(店铺绑定)", "商品曝光次数",
)  # fmt: skip
PARTS = ("用户支付金额", "智能优惠券金额", "平台补贴金额", "达人补贴金额")


def figures(sheet: pd.DataFrame) -> pd.DataFrame:
    """Keys as they are, the added figures as whole numbers (cents or counts)."""
    sheet = sheet.rename(columns=plain)
    out = sheet[[name for name in KEYS if name in sheet]].copy()
    for name in dict.fromkeys((*ADDED, *PARTS)):
        if name in sheet:
            out[name] = (counts if name.endswith("数") else cents)(sheet[name]).to_numpy()
    return out


def total(sheet: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    return sheet.groupby(by)[[name for name in ADDED if name in sheet]].sum()


def all_trade(merchant: str) -> list[dict[str, pd.DataFrame]]:
    return [workbook(path) for path in files(merchant, "成交分析")]


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_carriers_add_up_to_all_carriers(merchant: str) -> None:
    """载体类型=全部 is the sum of the carriers, on every day, slot and sheet, in the history too."""
    for book in all_trade(merchant):
        for name in OVERVIEWS:
            sheet = figures(book[name])
            whole = sheet["载体类型"] == "全部"
            pd.testing.assert_frame_equal(
                total(sheet[whole], ["日期", "投放时段"]), total(sheet[~whole], ["日期", "投放时段"])
            )


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_own_and_partners_add_up_to_the_shop(merchant: str) -> None:
    """自营 + 合作 = 全部, row by row."""
    keys = ["日期", "载体类型", "投放时段"]
    for book in all_trade(merchant):
        shop, own, partners = (total(figures(book[name]), keys) for name in OVERVIEWS)
        pd.testing.assert_frame_equal(shop, own + partners)


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_slots_add_up_to_no_limit(merchant: str) -> None:
    """不限 is the sum of the three 投放时段."""
    for name in OVERVIEWS:
        sheet = figures(trade(merchant)[name])
        whole = sheet["投放时段"] == "不限"
        pd.testing.assert_frame_equal(
            total(sheet[whole], ["日期", "载体类型"]), total(sheet[~whole], ["日期", "载体类型"])
        )


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_gmv_is_paid_plus_coupons_and_subsidies(merchant: str) -> None:
    """成交金额 = 用户支付金额 + 智能优惠券金额 + 平台补贴金额 + 达人补贴金额, on totals and details alike."""
    for book in all_trade(merchant):
        for name in OVERVIEWS:
            sheet = figures(book[name])
            assert (sheet["成交金额"] == sum(sheet[part] for part in PARTS)).all()


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_partner_accounts_with_the_bucket_add_up_to_partners(merchant: str) -> None:
    """Σ 合作 accounts, 更多账号 included, is 合作成交 of the day."""
    book = trade(merchant)
    accounts = figures(book["载体构成"])
    accounts = accounts[accounts["自营/合作"] == "合作"]
    sheet = figures(book["合作成交"])
    whole = sheet[(sheet["载体类型"] == "全部") & (sheet["投放时段"] == "不限")]
    assert "更多账号" in set(accounts["账号/渠道"])
    pd.testing.assert_frame_equal(
        total(accounts, ["日期"]), total(whole, ["日期"])[list(total(accounts, ["日期"]))], check_names=False
    )


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_sessions_add_up_to_the_live_rows_by_start_day(merchant: str) -> None:
    """Own and partner sessions of a day are the 直播 rows of the two parties, to the cent."""
    rows, book = sessions(merchant), trade(merchant)
    own = set(book["账号构成"].loc[book["账号构成"]["自营/合作"] == "自营", "账号名称"])
    frame = pd.DataFrame(
        {
            "日期": [cell[:10].replace("/", "") for cell in rows["直播开始时间"]],
            "own": [name in own for name in rows["主播昵称"]],
            "用户支付金额": cents(rows["直播间用户支付金额"]),
            "成交订单数": counts(rows["直播间成交订单数"]),
        }
    )
    for name, mine in (("自营成交", True), ("合作成交", False)):
        sheet = figures(book[name])
        live = sheet[(sheet["载体类型"] == "直播") & (sheet["投放时段"] == "不限")].set_index("日期")
        summed = frame[frame["own"] == mine].groupby("日期")[["用户支付金额", "成交订单数"]].sum()
        summed = summed.reindex(live.index, fill_value=0)
        pd.testing.assert_frame_equal(summed, live[["用户支付金额", "成交订单数"]], check_names=False)


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_products_and_audiences_add_up_to_the_shop(merchant: str) -> None:
    """商品构成, 人群构成 and 终端构成 are splits of the same sales."""
    book = trade(merchant)
    shop = figures(book["成交概览"])
    paid = shop[(shop["载体类型"] == "全部") & (shop["投放时段"] == "不限")]["用户支付金额"].sum()
    product, people, terminal = book["商品构成"], book["人群构成"], book["终端构成"]
    goods = product[product["载体类型"] != "全部"]
    buyers = people[(people["人群类型"] != "全部") & (people["载体类型"] == "全部")]
    machines = terminal[terminal["终端类型"] != "整体"]
    for part in (goods, buyers, machines):
        assert cents(part["用户支付金额"]).sum() == paid
