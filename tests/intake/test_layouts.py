"""Sheets that are no plain table: stacked and nested ones, lists of facts, headers in two rows, remarks around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import xlsxwriter

from factbook.intake import read_case
from factbook.records import Case
from tests.intake.build import book, csv_file, merchant, trade_sheets
from tests.intake.reports import SHEETS, WORKBOOK, split
from tests.intake.test_formats import accounted

NAME = "直播间详情页_整场数据下载_2025-09-09_15-40-44(样例旗舰店_2025-09-08_00-00-46).xlsx"
LIST = next(sheet for sheet in SHEETS if sheet.table == "product_list")
ROW = LIST.rows[0]


def read(folder: Path, sheets: Mapping[str, Sequence[Any]], name: str = "x.xlsx") -> Case:
    book(merchant(folder) / "exports" / name, sheets)
    case = read_case(folder)
    assert all(map(accounted, case.files))
    return case


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The whole-session workbook of exports.md."""
    return read(tmp_path_factory.mktemp("session"), WORKBOOK, NAME)


def test_every_sheet_of_a_session_knows_whose_session_it_is(workbook: Case) -> None:
    """Account, id and both ends of the span from 基本信息 stand in every table."""
    for table in ("session_facts", "session_channels", "session_videos", "session_products", "session_skus"):
        frame = workbook.table(table)
        assert set(frame["account"]) == {"样例旗舰店"}, table
        assert set(frame["started_at"]) == {pd.Timestamp("2025-09-08")}, table
        assert set(frame["ended_at"]) == {pd.Timestamp("2025-09-08 07:00:46")}, table
        assert set(frame["room_id"]) == {"7870674424173610600"}, table
    assert workbook.problems == ()


def test_a_list_of_facts_is_one_row(workbook: Case) -> None:
    """Key and value a line: one row of session_facts, the other lines are its headers."""
    facts = workbook.table("session_facts").set_index("section")
    assert set(facts.index) == {"basics", "funnel", "people", "products"}
    assert facts.loc["basics", "gpm_views_printed"] == 1413.95
    assert facts.loc["basics", "viewers"] == facts.loc["funnel", "viewers"] == 36_870
    assert facts.loc["funnel", "free_viewers"] == 18_435
    assert facts.loc["people", "refund_buyers"] == 106
    assert facts.loc["products", "product_click_users"] == 3480
    assert pd.isna(facts.loc["people", "viewers"])


def test_channels_keep_their_total_apart_by_its_name(workbook: Case) -> None:
    """整体 stands beside the channels, 1.2万 is 12,000, a dash is missing."""
    channels = workbook.table("session_channels").set_index("channel")
    assert list(channels.index) == ["整体", "推荐feed", "千川全域推广"]
    assert channels.loc["整体", "views"] == channels["views"].iloc[1:].sum() == 12_000
    assert channels.loc["整体", "watch_minutes_per_viewer"] == pytest.approx(80 / 60)
    assert pd.isna(channels.loc["推荐feed", "ad_cost_cny"])


def test_nested_skus_hang_from_the_product_above_them(workbook: Case) -> None:
    """Products and their SKUs alternate in one sheet: two tables, each SKU with its product, sums agreeing."""
    products, skus = workbook.table("session_products"), workbook.table("session_skus")
    assert products["product"].tolist() == ["面霜 50g", "洁面乳 120g"]
    assert skus["sku"].tolist() == ["50g 单瓶", "50g 两瓶", "120g 单支"]
    assert (
        skus.groupby("product_id")["gmv_cny"].sum().to_dict() == products.set_index("product_id")["gmv_cny"].to_dict()
    )
    assert skus["gpm_product_printed"].tolist() == [700, 900, 800]
    assert products["_row"].tolist() == [4, 8]
    assert skus["_row"].tolist() == [6, 7, 10]


def test_the_rows_of_stacked_tables_add_up_to_the_sheet(workbook: Case) -> None:
    """Each row of the sheet is one table's row or one of its headers."""
    file = workbook.files[0]
    assert file.rows == sum(map(len, WORKBOOK.values()))
    assert (file.kept, file.header, file.set_aside, file.blank) == (4 + 3 + 1 + 2 + 3, 13, 0, 0)


def test_tables_below_each_other_find_their_product_by_its_number(tmp_path: Path) -> None:
    """Room, products and SKUs with blank rows between: the SKU's own 商品编号 brings the name."""
    goods = WORKBOOK["商品"]
    flat = [
        *goods[:2], [], goods[2], goods[3], goods[7], [],
        ["sku名称", "商品编号", "成交金额", "成交件数"],
        ["单瓶", "3834481579211502112", "15000", "120"], ["单支", "3834481579211502113", "27891.66", "202"],
    ]  # fmt: skip
    case = read(tmp_path, {**WORKBOOK, "商品": flat}, NAME)
    skus = case.table("session_skus")
    assert skus["product"].tolist() == ["面霜 50g", "洁面乳 120g"]
    assert case.files[0].blank == 2


def test_skus_that_could_belong_to_any_product_are_not_given_to_one(tmp_path: Path) -> None:
    """All products, then all SKUs without a number: kept without a product, and said."""
    goods = WORKBOOK["商品"]
    flat = [goods[2], goods[3], goods[7], [], ["sku名称", "成交金额", "成交件数"], ["单瓶", "15000", "120"]]
    case = read(tmp_path, {**WORKBOOK, "商品": flat}, NAME)
    assert case.table("session_skus")["product"].isna().all()
    assert [problem.code for problem in case.problems] == ["parent_unknown"]


def test_the_other_edition_of_the_workbook_is_read_too(tmp_path: Path) -> None:
    """基本信息 lies flat, the funnel stands upright, 整体看板 is new; the span uses one dash."""
    sheets = {
        "基本信息": [
            split("达人昵称 抖音号or火山号 直播时间 直播间用户支付金额 千次观看用户支付金额"),
            ["样例旗舰店", "yangli_shop", "2026/07/28 08:15:49-2026/07/28 15:44:39", "¥236,552", "¥26,439.25"],
        ],
        "整体看板": [
            split("直播间观看人数 平均在线人数 人均观看时长 直播间观看-成交率(人数) 直播间曝光-观看率(人数)"),
            ["6782", "22", "1分5秒", "0.68%", "10.12%"],
        ],
        "流量分析-流量转化": [["直播间曝光人数", "67000"], ["直播间观看人数", "6782"], ["成交人数", "46"]],
        "流量分析-渠道分析": [
            split("渠道名称 观看人数 用户支付金额 成交订单数 千川消耗"),
            ["整体", "6782", "¥236,552", "46", "2,201.51"],
        ],
        "商品分析-商品明细": [
            split("商品ID 商品名称 用户支付金额 成交件数 成交人数 商品曝光人数 商品点击人数"),
            ["3834481579211502112", "相机", "¥236,552", "51", "46", "5000", "900"],
        ],
    }
    case = read(tmp_path, sheets, "直播间详情页_样例旗舰店_2026-07-28_08-15-49_整场数据下载 (1).xlsx")
    facts = case.table("session_facts").set_index("section")
    assert facts.loc["basics", "paid_amount_cny"] == 236_552
    assert facts.loc["basics", "ended_at"] == pd.Timestamp("2026-07-28 15:44:39")
    assert facts.loc["board", "watch_minutes_per_viewer"] == pytest.approx(65 / 60)
    assert facts.loc["funnel", "buyers"] == 46
    assert case.table("session_channels")["paid_amount_cny"].tolist() == [236_552]
    assert case.table("session_products")["items"].tolist() == [51]
    assert case.files[0].report == "session_workbook"


def test_without_its_first_sheet_a_session_is_named_by_its_file(tmp_path: Path) -> None:
    """The account from the file's name; that its start is missing is said."""
    sheets = {name: rows for name, rows in WORKBOOK.items() if name != "基本信息"}
    case = read(tmp_path, sheets, NAME)
    assert set(case.table("session_channels")["account"]) == {"样例旗舰店"}
    assert [problem.code for problem in case.problems] == ["session_unnamed"]


def test_two_sessions_do_not_replace_each_other(tmp_path: Path) -> None:
    """The same workbook twice counts once, another session stands beside it."""
    other = {
        **WORKBOOK,
        "基本信息": [["直播时间", "2025-09-09 00-00-00~2025-09-09 05-00-00"], ["达人昵称", "样例旗舰店"]],
    }
    folder = merchant(tmp_path) / "exports"
    for name, sheets in (("a.xlsx", WORKBOOK), ("b.xlsx", WORKBOOK), ("c.xlsx", other)):
        book(folder / name, sheets)
    case = read_case(tmp_path)
    assert all(map(accounted, case.files))
    assert case.table("session_products").groupby("started_at").size().tolist() == [2, 2]
    assert len(case.table("session_facts")) == 8


def two_rows(path: Path) -> None:
    """商品列表 with merged cells in its first row, as pages export them."""
    with xlsxwriter.Workbook(str(path)) as file:
        sheet = file.add_worksheet("Sheet1")
        for column, name in enumerate(("商品名称", "商品ID")):
            sheet.merge_range(0, column, 1, column, name)
        sheet.merge_range(0, 2, 0, 3, "商品曝光")
        sheet.merge_range(0, 4, 0, 5, "商品点击")
        sheet.write_row(1, 2, ["人数", "次数", "人数", "次数"])
        sheet.merge_range(2, 0, 3, 0, "面霜 50g")
        sheet.write_row(2, 1, ["3834481579211502112", "9000", "15000", "500", "700"])
        sheet.write_row(3, 1, ["3834481579211502113", "10", "20", "3", "4"])


def test_headers_in_two_rows_with_merged_cells_are_joined(tmp_path: Path) -> None:
    """商品曝光 over 人数 and 次数; a product merged over two rows stands in both."""
    (merchant(tmp_path) / "exports").mkdir()
    two_rows(tmp_path / "exports" / "x.xlsx")
    case = read_case(tmp_path)
    frame = case.table("product_list")
    assert accounted(case.files[0])
    assert case.files[0].header == 2
    assert frame["product"].tolist() == ["面霜 50g"] * 2
    assert frame["product_impression_users"].tolist() == [9000, 10]
    assert frame["product_impressions"].tolist() == [15000, 20]
    assert frame["product_click_users"].tolist() == [500, 3]
    assert frame["product_clicks"].tolist() == [700, 4]


def test_headers_in_two_rows_of_a_text_file_leave_gaps(tmp_path: Path) -> None:
    """A text file keeps no merged cells: the gap belongs to the header before it."""
    lines = [["商品名称", "商品ID", "商品曝光", "", "商品点击", ""], ["", "", "人数", "次数", "人数", "次数"]]
    csv_file(merchant(tmp_path) / "exports" / "x.csv", [*lines, ["面霜", "3834481579211502112", "9", "15", "5", "7"]])
    row = read_case(tmp_path).table("product_list").iloc[0]
    assert (row["product_impressions"], row["product_click_users"]) == (15, 5)


def test_lines_above_the_headers_say_whose_and_when(tmp_path: Path) -> None:
    """Titles, the shop, the period and an empty row above; the period is the table's."""
    above = [["商品列表数据"], ["店铺名称：", "样例店"], ["统计周期: 2026-06-01 ~ 2026-06-30"], []]
    case = read(tmp_path, {"Sheet1": [*above, LIST.headers, ROW]})
    row = case.table("product_list").iloc[0]
    assert (row["period_start"], row["period_end"]) == (pd.Timestamp("2026-06-01"), pd.Timestamp("2026-06-30"))
    assert (row["_row"], case.files[0].header, case.files[0].blank) == (6, 4, 1)


def test_a_row_of_definitions_below_the_headers_is_no_data(tmp_path: Path) -> None:
    """Words under every figure; a row with one damaged cell is data."""
    words = ["商品的名称", "商品的唯一编号", *["该指标的统计口径说明"] * (len(LIST.headers) - 2)]
    damaged = [*ROW[:6], "约三百", *ROW[7:]]
    case = read(tmp_path, {"Sheet1": [LIST.headers, words, damaged]})
    assert case.table("product_list")["_row"].tolist() == [3]
    assert case.files[0].header == 2
    assert [problem.code for problem in case.problems if problem.file] == ["cell_not_understood"]


def test_headers_repeated_further_down_are_headers(tmp_path: Path) -> None:
    """Months pasted one below the other in one sheet."""
    sheets = trade_sheets(["20261001", "20261002"])
    body = sheets["自营成交"]
    pasted = [*body[:25], body[0], [], *body[25:], body[0]]
    case = read(tmp_path, {**sheets, "自营成交": pasted})
    assert case.files[0].header == len(sheets) + 2
    assert (case.files[0].blank, case.files[0].set_aside) == (1, 0)
    assert all(check.holds for check in case.checks)


@pytest.mark.parametrize(
    "note", ["注：数据截至2026-10-31", "* 退款会陆续到账", "说明：不含预售", "以上数据仅供内部使用"]
)
def test_remarks_at_the_end_are_no_product(tmp_path: Path, note: str) -> None:
    """One cell below the last row, whatever it begins with; 注 also further up."""
    case = read(tmp_path, {"Sheet1": [LIST.headers, ROW, [], [note]]})
    assert len(case.table("product_list")) == 1
    assert (case.files[0].header, case.files[0].blank) == (2, 1)


def test_a_remark_between_rows_is_told_by_its_beginning(tmp_path: Path) -> None:
    """A product without figures between two others is kept, a remark is not."""
    case = read(tmp_path, {"Sheet1": [LIST.headers, ROW, ["注：下面是新品"], ["新品"], ["乙", *ROW[1:]]]})
    assert case.table("product_list")["product"].tolist() == ["面霜 50g", "新品", "乙"]


def test_comparisons_with_others_are_no_rows(tmp_path: Path) -> None:
    """较上期 and 同行基准 stand where names stand; a creator with an id may be called Total."""
    sheet = next(sheet for sheet in SHEETS if sheet.table == "partner_creators")
    line = ["-"] * (len(sheet.headers) - 1)
    lines = [
        sheet.headers,
        *sheet.rows,
        ["Total", *sheet.rows[0][1:]],
        *([word, *line] for word in ("较上期", "同行基准", "合计")),
    ]
    case = read(tmp_path, {"Sheet1": lines})
    assert case.table("partner_creators")["account"].tolist() == ["8%", "阿梨🍐@家", "Total"]
    assert case.files[0].totals == 3


def test_a_table_nobody_knows_below_a_known_one_is_set_aside(tmp_path: Path) -> None:
    """Its headers are known words that no report puts together: said, and its rows are counted."""
    foreign = [["封面点击率", "税费", "NSR", "标签"], ["1%", "2", "3", "x"]]
    case = read(tmp_path, {"Sheet1": [LIST.headers, ROW, [], *foreign]})
    assert len(case.table("product_list")) == 1
    assert case.files[0].set_aside == 2
    assert any(problem.code in ("sheet_unknown", "sheet_foreign") and problem.row == 4 for problem in case.problems)


def test_a_name_with_its_id_becomes_both(tmp_path: Path) -> None:
    """Product info `name(id)`."""
    rows = [["面霜 50g(3834481579211502112)", *ROW[2:]], ["没有编号", *ROW[2:]]]
    frame = read(tmp_path, {"Sheet1": [["Product info", *LIST.headers[2:]], *rows]}).table("product_list")
    assert frame["product"].tolist() == ["面霜 50g", "没有编号"]
    assert frame["product_id"].isna().tolist() == [False, True]
    assert frame["product_id"][0] == "3834481579211502112"


def test_a_single_day_of_scores_takes_its_day_from_the_file(tmp_path: Path) -> None:
    """Facts one below the other without a date: the day stands in the file's name."""
    facts = [
        ["指标", "数值"],
        ["商家体验分", "68"],
        ["商品体验得分", "74"],
        ["物流体验得分", "78"],
        ["服务体验得分", "57"],
    ]
    case = read(tmp_path, {"Sheet1": facts}, "体验分_20261031.xlsx")
    row = case.table("service_scores_export").iloc[0]
    assert (row["date"], row["service_score"], row["care_score"]) == (pd.Timestamp("2026-10-31"), 68, 57)
