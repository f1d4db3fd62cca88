"""Videos, products, cards and buyers: each list is a split of sales that another report has in one figure."""

from __future__ import annotations

import pandas as pd
import pytest

from factbook.samples import SAMPLES as SHOPS
from tests.samples.book import (
    MERCHANTS,
    cents,
    counts,
    files,
    found,
    money,
    of_name,
    session,
    table,
    trade,
    workbook,
)  # fmt: skip
from tests.samples.test_truth import truth


def whole(merchant: str, sheet: str, carrier: str, figure: str) -> int:
    """A figure of a sheet of 成交分析 over the period, all slots; cents or counts."""
    rows = trade(merchant)[sheet]
    rows = rows[(rows["载体类型"] == carrier) & (rows["投放时段"] == "不限")]
    return int((counts if figure.endswith("数") else cents)(rows[figure]).sum())


def videos(merchant: str) -> pd.DataFrame:
    (path,) = found(merchant, "视频详情数据")
    return table(path)


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_own_videos_are_the_video_rows_of_the_trade_analysis(merchant: str) -> None:
    """Paid amount and ad cost of the videos are 自营 短视频; the file's name alone says which days."""
    rows = videos(merchant)
    assert len(rows.columns) == 41
    assert cents(rows["用户支付金额(元)"]).sum() == whole(merchant, "自营成交", "短视频", "用户支付金额")
    assert cents(rows["投放消耗(元)"]).sum() == whole(merchant, "自营成交", "短视频", "投放消耗(店铺绑定)")
    assert (counts(rows["商品点击次数"]) <= counts(rows["商品曝光次数"])).all()
    assert rows["视频ID"].str.fullmatch(r"\d{19}").all()
    assert {"商品曝光点击率（次数）", "用户支付金额(元)"} <= set(rows.columns)


def test_one_merchant_has_a_header_that_was_cut_off() -> None:
    """引流直播间用户支付金额( without its end, in one file of four."""
    cut = [merchant for merchant in MERCHANTS if "引流直播间用户支付金额(" in videos(merchant)]
    assert cut == ["knitwear"]


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_the_creator_centre_lists_the_same_videos(merchant: str) -> None:
    """Titles, times and plays agree with the list of Compass."""
    works = table(found(merchant, "创作者中心")[0])
    kept = videos(merchant)[["视频标题", "发布时间", "视频观看次数"]]
    assert works[["作品名称", "发布时间", "播放量"]].to_numpy().tolist() == kept.to_numpy().tolist()
    assert works["2s跳出率"].str.endswith("%").all()


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_the_product_list_is_the_products_of_the_trade_analysis(merchant: str) -> None:
    """Product by product the same paid amount as 商品构成; together the shop."""
    rows = table(found(merchant, "商品列表.xlsx")[0])
    sheet = trade(merchant)["商品构成"]
    sheet = sheet[sheet["载体类型"] == "全部"]
    listed = dict(zip(rows["商品ID"], cents(rows["用户支付金额"]), strict=True))
    assert listed == dict(zip(sheet["商品编号"], cents(sheet["用户支付金额"]), strict=True))
    assert sum(listed.values()) == whole(merchant, "成交概览", "全部", "用户支付金额")
    assert (counts(rows["首购用户数"]) + counts(rows["复购用户数"]) == counts(rows["成交人数"])).all()


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_the_cards_are_the_card_rows_of_the_trade_analysis(merchant: str) -> None:
    """商品卡列表 adds up to 载体类型=商品卡, best seller first."""
    (path,) = found(merchant, "商品卡列表数据")
    rows = table(path)
    assert cents(rows["用户支付金额(元)"]).sum() == whole(merchant, "成交概览", "商品卡", "用户支付金额")
    assert counts(rows["商品卡点击次数"]).sum() == whole(merchant, "成交概览", "商品卡", "商品点击次数")
    assert rows["销量排名"].tolist() == [str(place) for place in range(1, len(rows) + 1)]


def test_the_cards_of_every_day_add_up_to_the_own_card_sales_of_the_day() -> None:
    """单载体构成 of (d), the period and the quarter before it: to the cent and the order; ids are the products'."""
    for book in (workbook(path) for path in files("appliances", "成交分析")[-2:]):
        cards, own = book["单载体构成"], book["自营成交"]
        cards = cards[cards["载体类型"] == "商品卡"]
        own = own[(own["载体类型"] == "商品卡") & (own["投放时段"] == "不限")].set_index("日期")
        for name, whole_numbers in (("用户支付金额", cents), ("成交订单数", counts), ("退款金额(支付时间)", cents)):
            summed = whole_numbers(cards[name]).groupby(cards["日期"].to_numpy()).sum()
            expected = pd.Series(whole_numbers(own[name]).to_numpy(), index=own.index).sort_index()
            assert summed.tolist() == expected.tolist(), name
        assert not cards.duplicated(["日期", "ID"]).any()


def test_the_cards_of_the_period_leave_the_partners_their_part_of_every_product() -> None:
    """商品构成 holds both parties: own cards sell less of each product, together by what partners' cards sold."""
    book = trade("appliances")
    cards, goods = book["单载体构成"], book["商品构成"]
    cards, goods = (sheet[sheet["载体类型"] == "商品卡"] for sheet in (cards, goods))
    own = pd.Series(cents(cards["用户支付金额"]).to_numpy()).groupby(cards["ID"].to_numpy()).sum()
    both = pd.Series(cents(goods["用户支付金额"]).to_numpy(), index=goods["商品编号"]).reindex(own.index)
    assert (own < both).all()
    assert (both - own).sum() == whole("appliances", "合作成交", "商品卡", "用户支付金额")


def test_the_hit_and_the_product_that_fell_back_stand_in_the_cards() -> None:
    """Read by hand: cards of 21 to 30 June, after 618 and the last star, against those of May."""
    parts = [workbook(path)["单载体构成"] for path in files("appliances", "成交分析")[-2:]]
    cards = pd.concat(parts, ignore_index=True)
    cards = cards[cards["载体类型"] == "商品卡"].reset_index(drop=True)
    daily = cards.assign(paid=cents(cards["用户支付金额"]) / 100)
    for product, change in truth("appliances")["planted"]["star_products"].items():
        mine = daily[daily["标题/名称"] == product].set_index("日期")["paid"]
        level = mine["20260630":"20260621"].mean() / mine[(mine.index > "20260505") & (mine.index < "20260601")].mean()
        assert level - 1 == pytest.approx(change, abs=0.1), product


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_the_list_of_a_room_is_its_session(merchant: str) -> None:
    """Paid amount, orders and refunds before and after shipping add up to the session; brackets are full-width."""
    (path,) = found(merchant, "直播商品列表")
    rows, row = table(path), session(merchant, *of_name(path))
    assert money(rows["用户支付金额（元）"]).sum() == cents([row["直播间用户支付金额"]])[0]
    assert counts(rows["成交订单数"]).sum() == int(row["直播间成交订单数"])
    refunds = money(rows["发货前退款金额（元）"]) + money(rows["发货后退款金额（元）"])
    assert refunds.sum() == cents([row["直播间退款金额"]])[0]
    assert "商品点击-成交转化率（人数）" in rows


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_after_sales_belong_to_orders(merchant: str) -> None:
    """Every order with a 售后状态 has its row, the amount is the order's, and a closed request returned nothing."""
    rows = table(found(merchant, "售后单")[0])
    orders = table(found(merchant, "抖店订单")[0], "gb18030")
    owed = dict(zip(orders["子订单编号"], orders["订单应付金额"], strict=True))
    ids = rows["商品单号"].str.rstrip("\t")
    assert set(orders.loc[orders["售后状态"] != "-", "子订单编号"]) <= set(ids) <= set(owed)
    assert ids.is_unique
    closed = rows["售后状态"] == "售后关闭"
    assert (rows.loc[closed, "退款方式"] == "无需退款").all()
    assert (money(rows.loc[closed, "退商品金额（元）"]) == 0).all()
    assert (rows.loc[~closed, "退商品金额（元）"] == ids[~closed].map(owed)).all()


def followed(merchant: str, end: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """First orders that could be followed for 60 days, and the later ones of the same buyers in that time."""
    rows, days = table(found(merchant, "ERP订单")[0]), pd.Timedelta(days=60)
    rows["at"] = pd.to_datetime(rows["付款时间"])
    rows = rows.sort_values("at")
    first = rows.drop_duplicates("买家ID")
    first = first[first["at"] < pd.Timestamp(end) - days]
    later = rows[rows.duplicated("买家ID")].merge(first, on="买家ID", suffixes=("", "_first"))
    return first, later[later["at"] - later["at_first"] <= days]


def test_buyers_of_the_star_do_not_come_back() -> None:
    """60 days after a first order: 2.1 % of the star's earlier buyers bought again, 5.8 % of the own room's."""
    first, soon = followed("appliances", "2026-07-01")
    back = soon.groupby("达人昵称_first")["买家ID"].nunique() / first.groupby("达人昵称")["买家ID"].nunique()
    planted, own = truth("appliances")["planted"], first["达人昵称"] != "辛禾严选"
    assert back["辛禾严选"] == pytest.approx(planted["repeat_60d_star"], abs=0.0005)
    returned = soon[soon["达人昵称_first"] != "辛禾严选"]["买家ID"].nunique() / own.sum()
    assert returned == pytest.approx(planted["repeat_60d_own"], abs=0.0005)
    assert len(first) >= 4_000
    assert first["at"].dt.to_period("M").nunique() >= 10


def test_a_few_of_the_stars_buyers_had_bought_before() -> None:
    """Of those who bought from the star in June the planted share has an earlier order, months ago."""
    rows = table(found("appliances", "ERP订单")[0]).sort_values("付款时间")
    rows["earlier"] = rows.duplicated("买家ID")
    mine = rows[(rows["付款时间"] >= "2026-06-01") & rows["达人昵称"].isin({"辛禾严选", "南乔家居说"})]
    planted = truth("appliances")["planted"]["star_known_buyers"]
    assert mine["earlier"].mean() == pytest.approx(planted, abs=0.005)


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_only_shops_whose_story_is_about_buyers_have_an_erp(merchant: str) -> None:
    """The buyer's number comes with (b) and (d) alone: elsewhere repeat stays with 人群构成."""
    assert bool(found(merchant, "ERP")) == (merchant in ("knitwear", "appliances"))


def test_buyers_of_mismatched_creators_do_not_come_back() -> None:
    """60 days after a first order, by the kind of creator it came through: the planted shares, to half a buyer."""
    first, soon = followed("knitwear", "2026-10-01")
    back = set(soon["买家ID"])
    names = pd.Series([one["account"] for one in truth("knitwear")["creators"]])
    kinds = {one["account"]: one["label"] for one in truth("knitwear")["creators"]}
    kinds = {name: kind for name, kind in kinds.items() if (names == name).sum() == 1}
    planted = truth("knitwear")["planted"]
    shares = first["买家ID"].isin(back).groupby(first["达人昵称"].map(kinds).fillna("own")).agg(["mean", "size"])
    for kind, rate in (planted["repeat_60d_creators"] | {"own": planted["repeat_60d_own"]}).items():
        assert shares.loc[kind, "mean"] == pytest.approx(rate, abs=max(0.004, 2 / shares.loc[kind, "size"])), kind


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_the_exported_scores_end_where_the_story_ends(merchant: str) -> None:
    """Ninety days, newest first; the last day's parts are planted, and parts by weight give the total."""
    rows = table(found(merchant, "商家体验分")[0])
    shop = next(shop for shop in SHOPS if shop.id == merchant)
    assert len(rows) == 90
    assert rows["日期"].is_monotonic_decreasing
    names = {"product": "商品体验得分", "logistics": "物流体验得分", "service": "服务体验得分"}
    assert {part: int(rows[name].iloc[0]) for part, name in names.items()} == truth(merchant)["service_score"]
    exact = sum(counts(rows[name]) * weight for name, weight in zip(names.values(), shop.scores.weights, strict=True))
    assert (exact - counts(rows["商家体验分"])).abs().max() <= 0.5 + 1e-9
    late = rows["日期"] >= "20260908"
    assert (rows.loc[late, "商品综合评分得分"] == "-").all()
    assert (rows.loc[~late, "商品综合评分得分"] != "-").all()


@pytest.mark.parametrize("merchant", MERCHANTS)
def test_5a_people_are_a_stock_with_a_flow(merchant: str) -> None:
    """A1…A5 are all people; each day's total is the day before's, plus who came, less who left."""
    rows = table(found(merchant, "5A人群资产")[0])
    total = counts(rows["5A总人群资产"])
    assert (sum(counts(rows[f"A{n}"]) for n in range(1, 6)) == total).all()
    change = counts(rows["5A当日新增"]) - counts(rows["5A当日流失"])
    assert (total.diff().iloc[1:] == change.iloc[1:]).all()
    assert counts(rows["5A当日流失"]).ge(0).all()
