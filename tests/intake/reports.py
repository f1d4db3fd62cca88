"""One small file of every report, headers typed from exports.md (never taken from the reader's own table)."""

# ruff: noqa: E501 (a report's headers stand on their lines as the file has them)
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pandas as pd

Row = Sequence[Any]


def at(text: str) -> pd.Timestamp:
    """A moment or a day."""
    return pd.Timestamp(text)


@dataclass(frozen=True)
class Sheet:
    """A plain table as a file has it, the table it becomes, and what its first row says."""

    report: str
    table: str
    headers: Sequence[str]
    rows: Sequence[Row]
    first: Mapping[str, Any]
    name: str = ""  # of the sheet
    file: str = "x"  # a name that says nothing
    totals: int = 0
    also: Mapping[str, Any] = field(default_factory=dict)  # of the last row

    @property
    def lines(self) -> list[Row]:
        """Headers and rows."""
        return [self.headers, *self.rows]


def split(text: str) -> list[str]:
    """Headers as exports.md lists them, apart by blanks."""
    return text.split()


VIDEO = split(
    "视频标题 视频ID 播放链接 发布时间 是否投放 达人昵称 达人抖音号 带货商品ID 视频观看次数 点赞数 评论数 收藏数 转发数 点击关注次数 完播率 "
    "平均观看时长 商品曝光次数 商品点击次数 用户支付金额(元) 退款金额(元) 退款订单数 成交订单数 成交人数 引流直播间用户支付金额( "
    "看后搜用户支付金额(元) 看后搜商品曝光次数 看后搜商品点击次数 看后搜成交订单数 引流店铺页用户支付金额(元) 引流店铺页成交订单数 "
    "引流其他用户支付金额(元) 引流其他成交订单数 直播间入口曝光次数 引流直播间次数 引流直播成交订单数 入口千次曝光用户支付金额(元) "
    "商品曝光点击率（次数） 商品点击成交率（次数） 商品曝光成交率（次数） 商品千次曝光用户支付金额(元) 投放消耗(元) 预估佣金支出(元)"
)
ALLIANCE = split(
    "订单id 商品id 商品名称 作者账号 抖音/火山号 支付金额 佣金率 预估佣金支出 结算金额 实际佣金支出 订单状态 超时未结算原因 付款时间 "
    "收货时间 订单结算时间 商品来源 尾款支付时间 定金金额 店铺id 店铺名称 商品数量 佣金发票 冻结比例 是否阶梯佣金 门槛销量 基础佣金率 "
    "升佣佣金率 预估奖励佣金支出 结算奖励佣金支出 阶梯计划ID 支付补贴 平台补贴 达人补贴 运费 税费 运费补贴 分销来源 营销活动id 推广费率 "
    "推广技术服务费 预估推广费支出 结算推广费支出 计划类型 订单来源 流量细分来源 流量来源 订单类型"
)
UNI = split(
    "整体消耗 整体支付ROI 整体成交金额 整体成交订单数 整体成交订单成本 用户实际支付金额 整体成交智能优惠券金额 净成交金额 净成交ROI "
    "净成交订单数 1小时内退款金额 1小时内退款订单数 1小时内退款率 整体展示次数 整体点击次数 整体点击率 整体转化率 整体千次展现费用 "
    "整体未完结预售订单预估金"
)
UNI_ROW = [
    "1,534.36", "2.41", "3,700.00", "31", "49.50", "3,400.00", "300.00", "3,100.00", "2.02", "26", "600.00", "5",
    "16.22%", "20,000", "1,122", "5.61%", "2.76%", "76.72", "-",
]  # fmt: skip
UNI_VALUES = {
    "ad_cost_cny": 1534.36, "roi_overall_printed": 2.41, "gmv_overall_cny": 3700, "orders_overall": 31,
    "net_gmv_cny": 3100, "refund_1h_cny": 600, "refund_rate_1h_printed": 0.1622, "ad_ctr_printed": 0.0561,
    "presale_estimate_cny": None, "coupon_overall_cny": 300, "paid_amount_actual_cny": 3400,
}  # fmt: skip
STANDARD = split(
    "账户ID 计划ID 计划类型 消耗(元) 展示次数 点击次数 点击率(%) 平均点击单价 千次展示费用(元) 转化数 点击转化率 转化成本 直接成交订单数 "
    "直接成交金额 间接成交金额 直接支付ROI 7日总支付ROI"
)
STANDARD_ROW = [
    "1463753261772395", "1799999999999999", "推直播间", "355.76", "2155", "491", "22.78", "0.72", "165.09", "3", "0.61%",
    "118.59", "3", "711.52", "90.00", "2.00", "2.31",
]  # fmt: skip
STANDARD_VALUES = {
    "ad_account_id": "1463753261772395", "ad_cost_cny": 355.76, "ad_impressions": 2155, "ad_clicks": 491,
    "ad_ctr_printed": 0.2278, "ad_conversion_printed": 0.0061, "gmv_direct_cny": 711.52, "gmv_indirect_cny": 90,
    "roi_direct_printed": 2.0, "roi_pay_7d_printed": 2.31,
}  # fmt: skip
CARDS = split(
    "商品标题 商品ID 商品链接 上架时间 商品卡曝光人数 商品卡曝光次数 商品卡点击人数 商品卡点击次数 商品卡点击率(人数) 商品卡点击率(次数) "
    "商品卡人均点击次数 新客点击人数 老客点击人数 新客点击占比 老客点击占比 商品卡用户支付金额 商品卡成交人数 商品卡成交订单数 "
    "商品卡成交客单价 商品卡点击-成交转化率(人数) 商品卡点击-成交转化率(次数) 商品卡曝光-成交转化率(人数) 商品卡曝光-成交转化率(次数) "
    "商品卡千次曝光用户支付金额 商品卡加购人数 商品卡收藏人数 首购用户数 复购用户数 首购新客占比 复购老客占比 平台扶持曝光次数 销量 销量排名 "
    "商品规格+商品价格"
)
TIKTOK = [
    "Livestream", "Start time", "Duration", "Attributed GMV", "Attributed items sold", "Customers", "AOV",
    "Attributed orders", "Attributed SKU orders", "Views", "LIVE impressions", "Impressions per hour", "GMV Per Hour",
    "Show GPM", "Avg. viewing duration", "Tap-through rate", "CTR", "CTOR", "LIVE CTR", "SKU order rate",
    "Product clicks", "CTOR (SKU order)", "Avg. viewing duration per viewer", "Product impressions", "Watch GPM",
    "New followers", "Follow rate", "Comment rate", "Share rate", "Like rate", "Likes", "Comments", "Shares",
    "Ads ROAS", "Ads Cost", "Ads GMV",
]  # fmt: skip
TIKTOK_ROW = [
    "Night sale", "2026-06-04 19:00:00", "3h53m16s", "$1,234.56", "41", "33", "$37.41", "35", "36", "12,800", "90,000",
    "23,150", "$317.52", "$13.72", "42", "0.1422", "0.051", "0.012", "0.142", "0.003", "3,000", "0.0117", "55", "60,000",
    "$96.45", "88", "0.0069", "0.011", "0.002", "0.21", "2,688", "140", "25", "2.5", "$200.00", "$500.00",
]  # fmt: skip
CREATORS = [
    "Creator name", "Creator-attributed GMV", "Creator LIVE-attributed GMV", "Creator video-attributed GMV",
    "Affiliate product card-attributed GMV", "Refunds", "Attributed orders", "Creator-attributed items sold",
    "Items refunded", "AOV", "CTOR", "CTR", "LIVE streams", "Videos", "Total sample content", "Samples shipped",
    "Products added to showcase", "Product impressions", "Video views", "Customers", "Products sold", "Est. commission",
    "Est. flat fee",
]  # fmt: skip
CREATOR_ROW = [
    "@full.creator", "$1,200.50", "$300.25", "$400.75", "$499.50", "$25.50", "15", "18", "2", "$80.03", "12.5%", "8.5%",
    "3", "4", "5", "6", "7", "1,000", "2,000", "9", "18", "$60.25", "--",
]  # fmt: skip

SHEETS = (
    Sheet(
        "minute_trend", "minutes",
        split("时间 实时在线人数 进入直播间人数 离开直播间人数 商品曝光人数 商品点击人数 评论次数 新增粉丝数 新加直播团人数 成交金额 成交订单数"),
        [
            ["2026/10/01 19:30", "120", "40", "22", "30", "4", "6", "1", "0", "0.00", "0"],
            ["2026/10/01 19:31", "131", "35", "24", "28", "3", "2", "0", "1", "199.90", "1"],
            ["2026/10/01 19:32", "128", "30", "33", "31", "5", "9", "2", "0", "0.00", "0"],
        ],
        {
            "minute": at("2026-10-01 19:30"), "online": 120, "entered": 40, "left": 22, "product_impression_users": 30,
            "product_click_users": 4, "comments": 6, "new_followers": 1, "fan_club_joins": 0, "gmv_cny": 0.0,
        },
        also={"entered": 30, "gmv_cny": 0.0, "orders": 0},
    ),
    Sheet(
        "traffic_trend", "traffic_daily",
        split("日期 达人昵称 抖音号 直播间曝光人数 直播间观看次数 直播间观看人数 自然流量观看人数 付费流量观看人数 成交金额 千川消耗"),
        [["20261001", "样例旗舰店", "yangli_shop", "92071", "22753", "16418", "9209", "7209", "32486.52", "14771.95"]],
        {"date": at("2026-10-01"), "views": 22753, "viewers": 16418, "free_viewers": 9209, "paid_viewers": 7209},
    ),
    Sheet(
        "live_register", "session_register",
        split("统计日期 直播间ID 直播间名称 店铺名称 直播开始时间 直播结束时间 直播时长 达人ID 抖音号 达人昵称 账号类型"),
        [
            [
                "20260723-20260729", "7870674424173610600", "今晚上新", "样例店", "2026/07/23 19:00:00",
                "2026/07/23 23:30:15", "4小时30分15秒", "61008568496297547", "yangli_shop", "样例旗舰店", "官方",
            ]
        ],
        {
            "period_start": at("2026-07-23"), "period_end": at("2026-07-29"), "room_id": "7870674424173610600",
            "creator_id": "61008568496297547", "live_minutes": 270.25, "started_at": at("2026-07-23 19:00:00"),
        },
    ),
    Sheet(
        "videos", "videos", VIDEO,
        [
            [
                "怎么挑才不踩雷", "7274489866433043116", "https://example.invalid/v", "2026/09/16 10:02:07", "是", "样例旗舰店",
                "yangli_shop", "3834481579211502112", "13.3万", "1,024", "33", "56", "7", "9", "12.4%", "9.6", "20000", "900",
                "12,345.60", "1,000.00", "9", "88", "80", "640.20", "120.00", "200", "15", "2", "50.00", "1", "10.00", "1",
                "24,920", "1,083", "10", "25.69", "4.50%", "9.78%", "0.44%", "617.28", "-", "300.00",
            ]
        ],
        {
            "video_id": "7274489866433043116", "product_id": "3834481579211502112", "plays": 133000, "promoted": "yes",
            "completion_rate_printed": 0.124, "watch_seconds_per_play": 9.6, "paid_amount_cny": 12345.6,
            "refund_cny": 1000.0, "live_paid_cny": 640.2, "search_paid_cny": 120.0, "shop_page_paid_cny": 50.0,
            "other_paid_cny": 10.0, "live_entry_impressions": 24920, "live_entries": 1083,
            "product_ctr_times_printed": 0.045, "click_to_pay_times_printed": 0.0978,
            "impression_to_pay_times_printed": 0.0044, "gpm_product_impressions_printed": 617.28, "ad_cost_cny": None,
            "source": "compass", "published_at": at("2026-09-16 10:02:07"),
        },
    ),
    Sheet(
        "videos", "videos",
        split("作品名称 发布时间 体裁 审核状态 播放量 完播率 5s完播率 封面点击率 2s跳出率 平均播放时长 点赞量 分享量 评论量 收藏量 主页访问量 粉丝增量"),
        [["一次讲明白", "2026-09-16 10:02:07", "视频", "通过", "7.5w", "12.40%", "41.00%", "3.10%", "28.00%", "9.6", "1024", "7", "33", "56", "90", "12"]],
        {
            "video_title": "一次讲明白", "plays": 75000, "play_5s_rate_printed": 0.41, "cover_ctr_printed": 0.031,
            "skip_2s_rate_printed": 0.28, "watch_seconds_per_play": 9.6, "shares": 7, "comments": 33,
            "profile_visits": 90, "follower_gain": 12, "source": "creator_centre",
        },
    ),
    Sheet(
        "product_list", "product_list",
        split(
            "商品名称 商品ID 一级类目 二级类目 三级类目 四级类目 用户支付金额 成交订单数 成交件数 成交人数 商品曝光人数 商品曝光次数 商品点击人数 商品点击次数 "
            "商品曝光-点击率(人数) 商品点击-成交转化率(人数) 商品差评率 商品品质退货率 投诉率 商详页跳失率 加购人数 收藏人数"
        ),
        [
            [
                "面霜 50g", "3834481579211502112", "美妆", "护肤", "面霜", "-", "1,741.24", "12", "13", "11", "9000", "15000", "500",
                "700", "5.56%", "2.20%", "0.31%", "0.12%", "0.02%", "44.10%", "80", "25",
            ]
        ],
        {
            "product": "面霜 50g", "product_id": "3834481579211502112", "category_1": "美妆", "category_4": None,
            "paid_amount_cny": 1741.24, "product_ctr_users_printed": 0.0556, "bad_review_rate_printed": 0.0031,
            "quality_return_rate_printed": 0.0012, "bounce_rate_printed": 0.441, "cart_users": 80,
        },
    ),
    Sheet(
        "product_cards", "product_cards", CARDS,
        [
            [
                "面霜 50g", "3834481579211502112", "https://example.invalid/p", "2026/03/01 10:00:00", "9000", "15000", "500",
                "700", "5.56%", "4.67%", "1.40", "400", "100", "80.00%", "20.00%", "1,741.24", "11", "12", "158.29", "2.20%",
                "1.71%", "0.12%", "0.08%", "116.08", "80", "25", "8", "3", "72.73%", "27.27%", "2000", "13", "5", "50g ¥199",
            ]
        ],
        {
            "product_id": "3834481579211502112", "product_impression_users": 9000, "product_impressions": 15000,
            "product_ctr_users_printed": 0.0556, "product_ctr_times_printed": 0.0467, "paid_amount_cny": 1741.24,
            "paid_per_buyer_printed": 158.29, "click_to_pay_users_printed": 0.022, "click_to_pay_times_printed": 0.0171,
            "gpm_product_impressions_printed": 116.08, "cart_users": 80, "first_buyers": 8, "repeat_buyers": 3,
            "new_click_share_printed": 0.8, "items": 13, "sales_rank": 5, "supported_impressions": 2000,
            "listed_at": at("2026-03-01 10:00:00"),
        },
    ),
    Sheet(
        "product_cards", "product_card_channels",
        split("一级渠道 二级渠道 商品曝光人数 商品点击人数 商品曝光次数 商品点击次数 用户支付金额 成交订单数"),
        [["推荐", "猜你喜欢", "100", "9", "150", "11", "20.00", "1"], ["推荐", "-", "40", "2", "60", "2", "0.00", "0"]],
        {"channel_1": "推荐", "channel_2": "猜你喜欢", "product_impressions": 150, "paid_amount_cny": 20.0},
        also={"channel_2": None, "orders": 0},
    ),
    Sheet(
        "live_products", "live_products",
        split(
            "商品名称 商品ID 讲解次数 首次上架时间 直播间价格 用户支付金额 成交件数 预售订单数 千次曝光用户支付金额 发货前退款订单数 发货前退款金额 发货前退款人数 "
            "发货前订单退款率 商品点击-成交转化率（人数） 商品曝光-点击率（人数）"
        ),
        [["面霜 50g", "3834481579211502112", "7", "2026/10/01 19:05:00", "199.00-239.00", "1,741.24", "13", "0", "116.08", "2", "398.00", "2", "16.67%", "2.20%", "5.56%"]],
        {
            "explained_times": 7, "price_cny_low": 199.0, "price_cny_high": 239.0, "paid_amount_cny": 1741.24,
            "refund_before_shipping_cny": 398.0, "refund_before_shipping_rate_printed": 0.1667,
            "click_to_pay_users_printed": 0.022, "listed_at": at("2026-10-01 19:05:00"),
        },
    ),
    Sheet(
        "partner_creators", "partner_creators",
        split("达人昵称 达人UID 抖音号 账号类型 粉丝数 佣金率 带货直播场次 用户支付金额(元) 成交订单数 成交人数 预估佣金支出 推广费"),
        [
            ["8%", "6417965055225374918", "dy66060769", "联盟", "11.3万", "10%~15%", "13", "188,331.59", "1215", "1157", "37,666.32", "-"],
            ["阿梨🍐@家", "6921539859929120887", "ali88", "-", "6.0万", "22.00%", "12", "176,348.64", "1138", "1090", "38,796.70", "12.00"],
        ],
        {
            "account": "8%", "creator_id": "6417965055225374918", "douyin_id": "dy66060769", "followers_low": 113000,
            "followers_high": 113000, "commission_rate_shown_low": 0.10, "commission_rate_shown_high": 0.15,
            "paid_amount_cny": 188331.59, "commission_estimate_cny": 37666.32, "promotion_fee_estimate_cny": None,
        },
        also={"account": "阿梨🍐@家", "account_type": None, "commission_rate_shown_low": 0.22},
    ),
    Sheet(
        "alliance_orders", "alliance_orders", ALLIANCE,
        [
            [
                "6912345678901234567", "3834481579211502112", "面霜 50g", "阿梨优选", "ali88", "199.00", "20.00%", "39.80", "-", "-",
                "已发货", "-", "2026-10-18 20:00:01", "-", "-", "精选联盟", "-", "-", "1234567", "样例店", "1", "-", "0.00%", "否", "-",
                "20.00%", "-", "-", "-", "-", "0.00", "5.00", "2.00", "0.00", "0.00", "0.00", "直播", "-", "2.00%", "1.00", "3.98",
                "-", "普通计划", "直播间", "直播间购物车", "直播", "普通订单",
            ]
        ],
        {
            "order_id": "6912345678901234567", "product_id": "3834481579211502112", "account": "阿梨优选",
            "douyin_id": "ali88", "paid_amount_cny": 199.0, "commission_rate": 0.2, "commission_estimate_cny": 39.8,
            "commission_actual_cny": None, "paid_at": at("2026-10-18 20:00:01"), "tiered": "no",
            "commission_rate_base": 0.2, "platform_subsidy_cny": 5.0, "creator_subsidy_cny": 2.0, "freight_cny": 0.0,
            "promotion_rate": 0.02, "promotion_service_fee_cny": 1.0, "order_type": "普通订单",
        },
    ),
    Sheet(
        "creator_square", "creator_square",
        split(
            "抖音账户 抖音ID 等级LV 粉丝数 主推类目 直播带货销售占比 带货直播场次 带货直播观看人数 场均销售额 直播GPM 视频带货销售额占比 带货视频数量 带货视频播放量 "
            "单视频销售额 视频GPM 带货商品数 合作店铺数 平均件单价 带货评分 合作履约分"
        ),
        [
            [
                "阿梨优选", "ali88", "LV5", "7.5w~10w", "美妆", "80%", "23", "5万-10万", "50万-100万", "500-800", "20%", "12", "10万-50万",
                "1万以下", "100+", "120", "35", "89.90", "4.8", "4.9",
            ]
        ],
        {
            "account": "阿梨优选", "douyin_id": "ali88", "creator_level": "LV5", "followers_low": 75000,
            "followers_high": 100000, "live_viewers_shown_low": 50000, "live_viewers_shown_high": 100000,
            "sales_per_session_shown_low": 500000, "sales_per_session_shown_high": 1000000, "live_gpm_shown_low": 500,
            "live_gpm_shown_high": 800, "sales_per_video_shown_low": None, "sales_per_video_shown_high": 10000,
            "video_gpm_shown_low": 100, "video_gpm_shown_high": None, "live_sales_share_printed_low": 0.8,
            "selling_score": 4.8, "currency": "CNY", "item_price_shown_low": 89.9, "products_shown_low": 120,
        },
    ),
    Sheet(
        "creator_square", "creator_square", split("达人昵称 粉丝数 带货销量 带货销售额 直播GPM 视频GPM"),
        [["linh.store", "470.00万", "1.2万-3万", "81.24万₫-91.02万₫", "99,000₫", "12,000₫"]],
        {
            "account": "linh.store", "followers_low": 4_700_000, "items_shown_low": 12000, "items_shown_high": 30000,
            "sales_shown_low": 812_400, "sales_shown_high": 910_200, "live_gpm_shown_low": 99_000, "currency": "VND",
        },
    ),
    Sheet(
        "qianchuan_uni", "qianchuan_uni", ["日期", "抖音号名称", "抖音号ID", *UNI],
        [["全部", "-", "-", *UNI_ROW], ["2026-10-01", "样例旗舰店", "yangli_shop", *UNI_ROW]],
        {"date": at("2026-10-01"), "grain": "day", "hour": None, "account": "样例旗舰店", **UNI_VALUES}, totals=1,
    ),
    Sheet(
        "qianchuan_uni", "qianchuan_uni", ["时间-小时", "抖音号名称", "抖音号ID", *UNI],
        [["2026-10-01 09:00", "样例旗舰店", "yangli_shop", *UNI_ROW], ["2026-10-01 10:00", "样例旗舰店", "yangli_shop", *UNI_ROW]],
        {"date": at("2026-10-01"), "hour": 9, "grain": "hour", **UNI_VALUES}, also={"hour": 10},
    ),
    Sheet(
        "qianchuan_standard", "qianchuan_standard", ["日期", *STANDARD],
        [["2026-10-01", *STANDARD_ROW], ["2026-10-02", *STANDARD_ROW]],
        {"date": at("2026-10-01"), "grain": "day", **STANDARD_VALUES},
    ),
    Sheet(
        "qianchuan_standard", "qianchuan_standard", ["日期", "小时区间", *STANDARD],
        [["2026-10-01", "13:00-13:59", *STANDARD_ROW], ["2026-10-01", "14:00-14:59", *STANDARD_ROW]],
        {"date": at("2026-10-01"), "hour": 13, "grain": "hour", **STANDARD_VALUES}, also={"hour": 14},
    ),
    Sheet(
        "qianchuan_creatives", "qianchuan_creatives",
        split(
            "素材ID 素材名称 素材类型 素材评估 素材样式 素材来源 素材时长 素材创建时间 标签 关联计划数 整体消耗 整体支付ROI 整体成交金额 3秒播放率 5秒播放率 10秒播放率 "
            "视频完播率 视频播放数 平均观看时长 新增A3 7日新增A3"
        ),
        [
            [
                "7300000000000000123", "口播 03", "视频", "优质", "竖版", "自制", "00:19", "2026-09-01 12:00:00", "新品", "4", "1,534.36", "2.41",
                "3,700.00", "45.10%", "30.20%", "18.00%", "9.00%", "20,000", "6.4", "350", "410",
            ]
        ],
        {
            "creative_id": "7300000000000000123", "creative": "口播 03", "creative_seconds": 19, "ad_cost_cny": 1534.36,
            "roi_overall_printed": 2.41, "play_3s_rate_printed": 0.451, "completion_rate_printed": 0.09, "plays": 20000,
            "watch_seconds_per_play": 6.4, "new_a3": 350, "new_a3_7d": 410, "created_at": at("2026-09-01 12:00:00"),
        },
    ),
    Sheet(
        "after_sales", "after_sales", split("售后单号 订单号 商品单号 售后状态 售后类型 退商品金额（元） 售后申请时间 退款方式"),
        [["145", "6912345678901234567\t", "6912345678901234568\t", "同意退款，退款成功", "退货退款", "1,234.00", "2026/10/02 08:00:00", "原路退回"]],
        {
            "order_id": "6912345678901234567", "suborder_id": "6912345678901234568", "refund_goods_cny": 1234.0,
            "after_sale_status": "同意退款，退款成功", "applied_at": at("2026-10-02 08:00:00"),
        },
    ),
    Sheet(
        "settlements", "settlements", split("结算金额 结算时间 下单时间 子订单号 订单号"),
        [["按实际到账", "结算完成的时间", "买家下单的时间", "商品单编号", "主订单编号说明"], ["190.00", "2026-10-20 02:00:00", "2026-10-02 20:00:00", "'6912345678901234568", "'6912345678901234567"]],
        {"settled_cny": 190.0, "settled_at": at("2026-10-20 02:00:00"), "suborder_id": "6912345678901234568"},
    ),
    Sheet(
        "bills", "bills", split("动帐流水号 动账金额 动账时间 动账方向 备注 运费实付 订单退款"),
        [["'20261020000000000001", "190.00", "2026-10-20 02:00:00", "入账", "订单结算", "0.00", "-"]],
        {"flow_id": "20261020000000000001", "flow_cny": 190.0, "flow_direction": "in", "flow_note": "订单结算"},
    ),
    Sheet(
        "parcels", "parcels", split("运单号 订单编号 揽件时间 发货时间"),
        [["SF1234567890123", "6912345678901234567\t,6912345678901234570\t", "2026-10-03 09:00:00", "2026-10-02 21:00:00"]],
        {"parcel_id": "SF1234567890123", "order_id": "6912345678901234567,6912345678901234570", "shipped_at": at("2026-10-02 21:00:00")},
    ),
    Sheet(
        "service_score_export", "service_scores_export",
        split(
            "日期 商家体验分 商品体验得分 物流体验得分 服务体验得分 差行为扣分 商品综合评分 商品综合评分得分 商品品质退货率 商品品质退货率得分 揽收时效达成率 平均揽收时长 "
            "运单配送时效达成率 发货物流品退率 飞鸽平均响应时长 售后平均审核时长 飞鸽人工会话不满意率 平台求助率"
        ),
        [["20261031", "68", "74", "78", "57", "0", "4.69", "72", "1.22%", "65", "95.61%", "12.5", "92.13%", "0.22%", "152.70", "3小时30分", "16.78%", "0.05%"]],
        {
            "date": at("2026-10-31"), "service_score": 68, "product_score": 74, "logistics_score": 78, "care_score": 57,
            "deduction": 0, "product_rating": 4.69, "quality_return_rate_printed": 0.0122, "quality_return_score": 65,
            "collected_in_time_rate": 0.9561, "collecting_hours": 12.5, "reply_seconds": 152.7, "after_sale_hours": 3.5,
            "chat_unhappy_rate": 0.1678, "help_rate": 0.0005,
        },
    ),
    Sheet(
        "audience_5a", "audience_5a", split("日期 5A总人群资产 A1 A2 A3 A4 A5 5A当日新增 5A当日流失 A3净流入转化率 新增A3 CPA3"),
        [["20261001", "6458285", "4422705", "1498013", "464445", "50454", "22668", "188127", "180000", "0.16%", "13512", "5.89"]],
        {"date": at("2026-10-01"), "assets_5a": 6458285, "a3": 464445, "a3_inflow_rate_printed": 0.0016, "new_a3": 13512, "a3_cost_printed": 5.89},
    ),
    Sheet(
        "audience_5a", "audience_profile", split("八大人群 占比"),
        [["小镇青年", "21.40%"], ["精致妈妈", "18.00%"]],
        {"dimension": "crowd", "segment": "小镇青年", "segment_share_printed": 0.214},
    ),
    Sheet(
        "chanmama_sessions", "chanmama_sessions",
        split("直播场次 开播时间 人气峰值 礼物收入 商品数 销量（件） 销售额 直播时长 观看人次 平均在线人数 点赞数 涨粉数 涨粉率 新增粉丝团人数 客单价 uv价值 转化率 平均停留时长"),
        [["样例旗舰店正在直播", "10-01 08:10", "432", "0", "41", "565", "6.22万", "5小时37分钟", "4.04万", "204", "15.36万", "810", "2.00%", "299", "110.09", "1.54", "1.40%", "1分35秒"]],
        {
            "room_title": "样例旗舰店正在直播", "started_at": at("2026-10-01 08:10"), "peak_online": 432, "items": 565,
            "gmv_cny": 62200.0, "live_minutes": 337, "views": 40400, "follow_rate_views_printed": 0.02,
            "uv_value_printed": 1.54, "items_per_view_printed": 0.014, "watch_minutes_per_viewer": 1 + 35 / 60,
        },
        file="蝉妈妈_20261001_20261031",
    ),
    Sheet(
        "huitun_sessions", "huitun_sessions", split("主播名称 开播时间 直播时长 直播平均在线人数 直播在线人数峰值 观看总人次 直播标题"),
        [["样例旗舰店", "2026-10-01 08:10:00", "13小时46分钟38秒", "204.5", "432", "4.04万", "上新"]],
        {"account": "样例旗舰店", "live_minutes": 826 + 38 / 60, "average_online": 204.5, "peak_online": 432, "views": 40400, "room_title": "上新"},
    ),
    Sheet(
        "tiktok_live", "tiktok_sessions", TIKTOK, [TIKTOK_ROW],
        {
            "room_title": "Night sale", "started_at": at("2026-06-04 19:00:00"), "live_minutes": 233 + 16 / 60,
            "currency": "$", "gmv_local": 1234.56, "items": 41, "buyers": 33, "orders": 35, "sku_orders": 36, "views": 12800,
            "room_impressions": 90000, "show_gpm_local_printed": 13.72, "watch_gpm_local_printed": 96.45,
            "watch_seconds_printed": 42, "ctr_printed": 0.051, "ctor_printed": 0.012, "ctor_sku_printed": 0.0117,
            "new_followers": 88, "ad_cost_local": 200.0, "ad_gmv_local": 500.0, "ad_roas_printed": 2.5,
        },
    ),
    Sheet(
        "tiktok_live", "tiktok_sessions", ["Nickname", "Start time", "Duration", "LIVE-attributed GMV (Rp)", "Views", "Product Clicks", "CTR"],
        [["toko.kita", "2025-01-13 19:32:08(UTC+7)", "2h 30min", "7.264.786", "442", "31", "5.93%"]],
        {"account": "toko.kita", "started_at": at("2025-01-13 19:32:08"), "live_minutes": 150, "gmv_local": 7_264_786, "currency": "IDR"},
    ),
    Sheet(
        "tiktok_live", "tiktok_days",
        ["Fecha", "GMV atribuido a LIVE (MX$)", "Tasa de clics (LIVE)", "CTOR (pedido con SKU) (LIVE)", "Vistas de LIVE", "Duración vista prom. (transmisiones LIVE)"],
        [
            ["Valor total", "3,000.00", "5.10%", "1.20%", "900", "41"], ["Cambio porcentual", "12%", "1%", "2%", "3%", "4%"],
            ["2026-05-07", "1,234.56", "5.00%", "1.10%", "442", "00:00:42"],
        ],
        {"date": at("2026-05-07"), "gmv_local": 1234.56, "currency": "MXN", "live_ctr_printed": 0.05, "views": 442, "watch_seconds_printed": 42},
        totals=2,
    ),
    Sheet(
        "tiktok_live", "tiktok_days", ["Fecha", "GMV (MX$)", "Pedidos", "Clientes", "Artículos vendidos", "Artículos reembolsados", "Pedidos con SKU", "Vistas de página", "Visitantes", "Tasa de conversión"],
        [["31/05/2026", "1,234.56", "35", "33", "41", "2", "36", "900", "442", "3.70%"]],
        {"date": at("2026-05-31"), "orders": 35, "buyers": 33, "items": 41, "items_refunded": 2, "sku_orders": 36, "page_views": 900, "visitors": 442},
    ),
    Sheet(
        "tiktok_creators", "tiktok_creators", CREATORS,
        [["The name of the creator", *["What this column means, in words"] * (len(CREATORS) - 1)], CREATOR_ROW],
        {
            "account": "@full.creator", "currency": "$", "gmv_local": 1200.5, "live_gmv_local": 300.25,
            "video_gmv_local": 400.75, "card_gmv_local": 499.5, "refund_local": 25.5, "orders": 15, "items": 18,
            "ctor_printed": 0.125, "ctr_printed": 0.085, "live_sessions_held": 3, "videos_posted": 4,
            "samples_shipped": 6, "plays": 2000, "commission_estimate_local": 60.25, "flat_fee_local": None,
        },
    ),
    Sheet(
        "buyer_orders", "buyer_orders", split("订单编号 买家ID 付款时间 实付金额 达人昵称"),
        [["5912345678901234567", "B0010000001", "2026-10-02 20:01:00", "193.03", "-"]],
        {"order_id": "5912345678901234567", "buyer_id": "B0010000001", "paid_amount_cny": 193.03, "account": None},
    ),
)  # fmt: skip

WORKBOOK: Mapping[str, Sequence[Row]] = {
    "基本信息": [
        ["达人昵称", "样例旗舰店"], ["抖音号", "yangli_shop"], ["直播间ID", "7870674424173610600"],
        ["直播时间", "2025-09-08 00-00-00~2025-09-08 07-00-46"], ["千次观看成交金额", "1,413.95"], ["直播间观看人数", "36,870"],
    ],
    "流量&转化-转化漏斗": [
        split("自然流量观看人数 付费流量观看人数 平均在线人数 直播间曝光人数 直播间曝光次数 直播间观看人数 商品曝光人数 商品点击人数 成交人数"),
        ["18435", "18435", "192", "212851", "269107", "36870", "32380", "3480", "421"],
    ],
    "流量分析-渠道分析": [
        split("渠道名称 观看次数 观看人数 人均观看时长 成交金额 千川消耗"),
        ["整体", "1.2万", "9304", "1分钟20秒", "67891.66", "27569.30"],
        ["推荐feed", "8041", "6175", "0分钟51秒", "20000.00", "-"],
        ["千川全域推广", "3959", "3129", "2分钟4秒", "47891.66", "27569.30"],
    ],
    "流量&转化-短视频引流": [
        split("短视频名称 投稿时间 短视频直播入口曝光次数 短视频引流直播间次数 短视频直播入口点击率(次数)"),
        ["一次讲明白", "2025/09/07 10:02:07", "24920", "1083", "4.35%"],
    ],
    "互动&人群&售后": [
        split("退款人数 新增粉丝数 评论次数 策略人群TOP3 性别"), ["106", "769", "1758", "小镇青年、精致妈妈", "女 71.4%、男 28.6%"],
    ],
    "商品": [
        split("商品点击人数 直播间商品曝光-点击率(人数) 商品点击-成交转化率(人数) 客单价"),
        ["3480", "10.75%", "12.10%", "161.26"],
        split(
            "商品名称 商品图片 商品编号 成交金额 成交件数 成交人数 成交订单数 预售订单数 预售创建金额 商品曝光人数 商品点击人数 商品曝光-点击率(人数) "
            "商品点击-成交转化率(人数) 退款人数 退款金额 退款订单数"
        ),
        ["面霜 50g", "-", "3834481579211502112", "40000.00", "300", "250", "260", "0", "0.00", "20000", "2000", "10.00%", "12.50%", "60", "9000.00", "62"],
        ["-", "sku名称", "sku图片", *split("成交金额 成交件数 成交人数 成交订单数 预售订单数 预售创建金额 退款人数 退款金额 退款订单数 商品支付GPM")],
        ["-", "50g 单瓶", "-", "15000.00", "120", "110", "112", "0", "0.00", "20", "3000.00", "21", "700.00"],
        ["-", "50g 两瓶", "-", "25000.00", "180", "140", "148", "0", "0.00", "40", "6000.00", "41", "900.00"],
        ["洁面乳 120g", "-", "3834481579211502113", "27891.66", "202", "171", "192", "0", "0.00", "12380", "1480", "11.95%", "11.55%", "46", "7000.00", "44"],
        ["-", "sku名称", "sku图片", *split("成交金额 成交件数 成交人数 成交订单数 预售订单数 预售创建金额 退款人数 退款金额 退款订单数 商品支付GPM")],
        ["-", "120g 单支", "-", "27891.66", "202", "171", "192", "0", "0.00", "46", "7000.00", "44", "800.00"],
    ],
}  # fmt: skip


def typed(moment: str) -> datetime:
    """A moment as a cell of a workbook holds it."""
    return datetime.fromisoformat(moment)
