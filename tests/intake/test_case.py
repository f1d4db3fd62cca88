"""A folder of good files becomes typed tables, to the exact values, with every row accounted for."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from factbook import form
from factbook.intake import read_case, summary
from factbook.knowledge.exports import exports
from factbook.records import Case, FileRecord, Period
from tests.intake.build import (
    ORDERS,
    book,
    csv_file,
    days,
    merchant,
    order,
    session,
    sessions,
    trade_sheets,
)

DAYS = days(14)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A merchant with one good file of each report."""
    folder = merchant(tmp_path_factory.mktemp("good") / "shop")
    book(folder / "exports" / "抖音电商罗盘-成交分析-20261001-20261014.xlsx", trade_sheets(DAYS))
    guest = session(
        主播昵称="8%",
        主播抖音号="ali88",
        直播开始时间="2026/10/02 19:00:00",
        直播结束时间="2026/10/02 23:00:00",
    )
    sessions(folder / "exports" / "直播明细_全部账号_20260901_20261014.xlsx", [session(), guest])
    partner = order(2, 达人ID="61008568496297547", 达人昵称="阿梨优选")
    csv_file(
        folder / "exports" / "orders.csv",
        [ORDERS, order(1), partner, order(3, 达人ID="-", 达人昵称="样例旗舰店")],
    )
    return read_case(folder)


def accounted(file: FileRecord) -> bool:
    fates = (file.kept, file.set_aside, file.duplicates, file.header, file.totals, file.blank)
    return file.rows == sum(fates) and min(fates) >= 0


def test_the_published_session_is_read_to_its_exact_values(case: Case) -> None:
    """exports.md, section 4: people, times, money, fractions and minutes as printed."""
    row = case.table("sessions").iloc[0]
    expected = {
        "account": "样例旗舰店", "douyin_id": "yangli_shop", "live_minutes": 960, "viewers": 15_093,
        "views": 21_254, "viewers_per_hour_printed": 943.31, "peak_online": 75, "average_online": 24,
        "watch_minutes_per_viewer": 1.07, "product_impression_users": 12_774,
        "product_impressions": 67_458, "product_click_users": 6_390, "product_clicks": 10_306,
        "buyers": 1_513, "orders": 1_536, "items": 1_547, "gmv_cny": 61_045.30, "net_gmv_cny": 50_512.90,
        "refund_1h_cny": 10_532.40, "refund_rate_1h_printed": 0.1725, "ad_cost_bound_cny": 24_052.43,
        "product_ctr_users_printed": 0.5002, "product_ctr_times_printed": 0.1528,
        "click_to_pay_users_printed": 0.2368, "click_to_pay_times_printed": 0.1490,
        "view_to_pay_users_printed": 0.1002, "view_to_pay_times_printed": 0.0723,
        "started_at": pd.Timestamp("2026-09-07 08:55:37"),
        "ended_at": pd.Timestamp("2026-09-08 00:55:37"), "party": "self",
        "_file": "直播明细_全部账号_20260901_20261014.xlsx", "_sheet": "直播间明细", "_row": 2,
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    assert pd.isna(row["room_impression_users"]), "a dash is missing, not 0"


def test_every_row_of_every_file_is_accounted_for(case: Case) -> None:
    """Rows = kept + set aside + duplicates + header + totals + blank."""
    assert case.files
    assert all(map(accounted, case.files))


@pytest.mark.parametrize("name", ["trade_daily", "accounts", "sessions", "orders"])
def test_a_table_has_all_its_columns_each_of_its_kind(case: Case, name: str) -> None:
    """Figures are floats, ids and names text, days dates; a column no file brings is missing, not absent."""
    frame = case.table(name)
    columns = exports().columns
    assert set(exports().columns_of(name)) | {"_file", "_sheet", "_row"} <= set(frame.columns)
    for column in exports().columns_of(name):
        kind = columns[column].kind
        wanted = {"text": "str", "id": "str", "date": "datetime64[us]", "datetime": "datetime64[us]"}.get(
            kind, "float64"
        )
        assert str(frame[column].dtype) == wanted, column


def test_parties_and_carriers_become_codes_and_totals_stay_apart(case: Case) -> None:
    """全部 and 不限 are `all`; details and totals stand side by side, told apart by the columns."""
    daily = case.table("trade_daily")
    assert set(daily["party"]) == {"all", "self", "partner"}
    assert set(daily["carrier"]) == {"all", "live", "video", "product_card", "article", "other"}
    assert set(daily["slot"]) == {"all", "uni", "standard", "none"}
    assert len(daily) == len(DAYS) * 3 * 6 * 4


def test_own_rooms_and_own_orders_are_told_from_partners(case: Case) -> None:
    """By the accounts of merchant.toml; an order without a creator is the shop's own."""
    assert case.table("sessions")["party"].tolist() == ["self", "partner"]
    assert case.table("orders")["party"].tolist() == ["self", "partner", "self"]


def test_buckets_and_accounts_have_their_role(case: Case) -> None:
    """更多账号 is a bucket, never a creator."""
    accounts = case.table("accounts")
    assert set(accounts.loc[accounts["account"] == "更多账号", "account_role"]) == {"bucket"}
    assert set(accounts.loc[accounts["account"] == "阿梨优选", "account_role"]) == {"account"}


def test_personal_data_reach_no_table(case: Case) -> None:
    """Names and addresses of buyers are dropped whatever the file."""
    assert not any("虚构" in str(cell) for frame in case.tables.values() for cell in frame.to_numpy().ravel())


def test_a_creator_called_8_percent_is_a_name(case: Case) -> None:
    """Text stays text."""
    assert case.table("sessions")["account"].tolist()[1] == "8%"


def test_ids_keep_all_their_digits(case: Case) -> None:
    """19 digits, without the tab the platform puts behind them."""
    assert case.table("orders")["order_id"].tolist()[0] == f"69{1:017d}"


LOOSE = ("printed", "orders_within")  # rates are printed rounded, and an order file need not have every order


def test_the_identities_hold_and_are_recorded_with_both_figures(case: Case) -> None:
    """Five identities of 成交分析 and own rooms against own live, each a line with left and right."""
    codes = {check.code for check in case.checks}
    assert codes >= {"carrier_sum", "party_sum", "slot_sum", "account_sum", "amount_parts"}
    exact = [check for check in case.checks if check.code not in LOOSE]
    assert all(check.left == pytest.approx(check.right, abs=0.02) for check in exact)
    assert all(check.holds for check in case.checks)


def test_the_period_is_asked_for_or_the_last_days_of_sales(case: Case) -> None:
    """The caller's period first, then merchant.toml's, then at most 30 days up to the last day of sales."""
    assert case.period == Period.parse("20261001-20261014")
    asked = Period.parse("20261008-20261014")
    assert read_case(case.folder, asked).period == asked


def test_what_was_not_supplied_is_named(case: Case) -> None:
    """The ids of expected reports that have no file, the form last; a third party's lists are not missed."""
    supplied = {"trade_analysis", "live_sessions", "shop_orders"}
    assert set(case.missing) == {id for id, report in exports().reports.items() if report.expected} - supplied
    assert case.missing[-1] == "intake_form"
    assert not {"chanmama_sessions", "tiktok_live", "bills"} & set(case.missing)


def test_the_summary_adds_up_in_yuan_by_party_and_carrier(case: Case) -> None:
    """Totals count nothing twice, and by_party and by_carrier add up to them."""
    trade = summary(case)["tables"]["trade_analysis"]
    total = trade["totals"]["paid_amount_cny"]
    daily = case.table("trade_daily")
    top = daily[(daily["party"] == "all") & (daily["carrier"] == "all") & (daily["slot"] == "all")]
    assert total == pytest.approx(top["paid_amount_cny"].sum(), abs=0.01)
    assert sum(trade["by_party"].values()) == pytest.approx(total, abs=0.01)
    assert sum(trade["by_carrier"].values()) == pytest.approx(total, abs=0.01)
    assert trade["period"] == {"start": "2026-10-01", "end": "2026-10-14"}
    assert trade["rows"] == sum(f.kept for f in case.files if f.report == "trade_analysis")


def test_the_summary_is_plain_json(case: Case) -> None:
    """Missing figures are null, never NaN."""
    assert json.loads(json.dumps(summary(case), allow_nan=False))["merchant"]["name"] == "样例店"


def test_an_older_edition_with_fewer_columns_is_as_good(tmp_path: Path) -> None:
    """51 columns or 61: a column a shop's edition lacks is missing, the rest is read without a word."""
    sheets = trade_sheets(days(3))
    for name in ("成交概览", "自营成交", "合作成交"):
        sheets[name] = [[*row[:4], *row[7:]] for row in sheets[name]]
    book(merchant(tmp_path) / "exports" / "old.xlsx", sheets)
    case = read_case(tmp_path)
    assert case.table("trade_daily")["coupon_cny"].isna().all()
    assert [p for p in case.problems if p.severity != "note"] == []


def test_a_form_joins_the_case(tmp_path: Path) -> None:
    """Its tables, its profile and its own accounts become the case's."""
    own = pd.DataFrame({"account": ["样例旗舰店"], "douyin_id": ["yangli_shop"]})
    form.write(
        tmp_path / "intake.xlsx",
        form.FormData({"name": "采集店", "gross_margin": 0.45}, {"own_accounts": own}),
        "zh",
    )
    sessions(tmp_path / "exports" / "直播明细.xlsx", [session()])
    case = read_case(tmp_path)
    assert case.merchant.name == "采集店"
    assert case.merchant.profile["gross_margin"] == 0.45
    assert set(case.merchant.own_accounts) == {"样例旗舰店", "yangli_shop"}
    assert case.table("sessions")["party"].tolist() == ["self"]
    record = next(file for file in case.files if file.report == "intake_form")
    assert record.read
    assert accounted(record)


def test_files_may_lie_in_the_folder_itself_or_one_level_below(tmp_path: Path) -> None:
    """Without exports/ the folder's own reports are read; ours, hidden and Excel's lock files are not."""
    sessions(tmp_path / "直播明细.xlsx", [session()])
    sessions(tmp_path / "十月" / "直播明细.xlsx", [session(主播抖音号="other")])
    for name in ("truth.json", "~$直播明细.xlsx", ".hidden.xlsx", "notes.md", "overrides.toml"):
        (tmp_path / name).write_text("" if name.endswith(".toml") else "x", "utf-8")
    assert [file.name for file in read_case(tmp_path).files] == ["十月/直播明细.xlsx", "直播明细.xlsx"]


def test_own_accounts_come_from_the_account_sheet_when_nobody_listed_them(tmp_path: Path) -> None:
    """账号构成 says which accounts are 自营: used, and said so."""
    book(tmp_path / "exports" / "成交分析.xlsx", trade_sheets(DAYS))
    sessions(tmp_path / "exports" / "直播明细.xlsx", [session(), session(主播昵称="别人", 主播抖音号="other")])
    case = read_case(tmp_path)
    assert case.table("sessions")["party"].tolist() == ["self", "partner"]
    assert "own_accounts_inferred" in {problem.code for problem in case.problems}


def test_zeros_that_mean_not_available_are_missing(tmp_path: Path) -> None:
    """Refund stages are 0 wherever 投放时段 is not 不限, and repeat rates for 首购."""
    head = ["日期", "载体类型", "投放时段", "用户支付金额", "发货前退款率(支付时间)"]
    rows = [["20261001", "直播", "不限", "10.00", "0"], ["20261001", "直播", "非投放时段", "10.00", "0"]]
    people = [["日期", "人群类型", "载体类型", "用户支付金额", "复购用户复购率"],
              ["20261001", "首购", "全部", "1", "0"], ["20261001", "复购", "全部", "1", "0.2"]]  # fmt: skip
    book(tmp_path / "exports" / "x.xlsx", {"自营成交": [head, *rows], "人群构成": people})
    case = read_case(tmp_path)
    assert case.table("trade_daily")["refund_rate_before_shipping_printed"].isna().tolist() == [False, True]
    assert case.table("audiences")["repeat_rate_printed"].isna().tolist() == [True, False]
