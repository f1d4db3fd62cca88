"""The columns of 成交分析, header by header, typed from the platform's files.

Typed here and not taken from the reader's table, so that the one can be tested against the other.
"""

from __future__ import annotations

from factbook.samples.spelling import Figure

DATE = Figure("日期", "date", "date")
FIGURES = (
    Figure("用户支付金额", "yuan", "paid"),
    Figure("退款后用户支付金额(支付时间)", "yuan", "net_paid"),
    Figure("智能优惠券金额", "yuan", "coupon"),
    Figure("退款后智能优惠券金额(支付时间)", "yuan", "net_coupon"),
    Figure("平台补贴金额", "yuan", "platform"),
    Figure("成交订单数", "count", "orders"),
    Figure("成交人数", "count", "buyers"),
    Figure("客单价", "yuan_each", "paid", "buyers"),
    Figure("成交金额", "yuan", "gmv"),
    Figure("净成交金额", "yuan", "net_gmv"),
    Figure("商品曝光人数", "count", "imp_users"),
    Figure("商品点击人数", "count", "click_users"),
    Figure("商品曝光-点击转化率(人数)", "ratio", "click_users", "imp_users"),
    Figure("商品点击-成交转化率(人数)", "ratio", "buyers", "click_users"),
    Figure("商品曝光-成交转化率(人数)", "ratio", "buyers", "imp_users"),
    Figure("千次曝光用户支付金额", "yuan_thousand", "paid", "imps"),
    Figure("商品曝光次数", "count", "imps"),
    Figure("商品点击次数", "count", "clicks"),
    Figure("商品曝光-点击转化率(次数)", "ratio", "clicks", "imps"),
    Figure("商品点击-成交转化率(次数)", "ratio", "orders", "clicks"),
    Figure("商品曝光-成交转化率(次数)", "ratio", "orders", "imps"),
    Figure("发货用户支付金额(发货时间)", "count", "shipped"),  # in 分, as the platform leaves it
    Figure("两日内发货率", "ratio", "shipped_2d_orders", "orders"),
    Figure("结算金额", "yuan", "settled"),
    Figure("结算金额(退款时间)", "yuan", "settled_refund_time"),
    Figure("7日结算金额", "yuan", "settled_7d"),
    Figure("14日结算金额", "yuan", "settled_14d"),
    Figure("退款后达人补贴金额(支付时间)", "yuan", "net_creator_subsidy"),
    Figure("达人补贴金额", "yuan", "creator_subsidy"),
    Figure("预售定金", "yuan", "deposit"),
    Figure("成交件数", "count", "items"),
    Figure("件单价", "yuan_each", "paid", "items"),
    Figure("净成交订单量", "count", "net_orders"),
    Figure("成交退款金额(支付时间)", "yuan", "gmv_refund"),
    Figure("退款金额(支付时间)", "yuan", "refund"),
    Figure("退款金额(退款时间)", "yuan", "refund_refund_time"),
    Figure("退款后电商平台补贴金额(支付时间)", "yuan", "net_platform"),
    Figure("成交退款金额(退款时间)", "yuan", "gmv_refund_refund_time"),
    Figure("退款率(支付时间)", "ratio", "refund", "paid"),
    Figure("发货前退款率(支付时间)", "ratio", "refund_before_shipping", "paid"),
    Figure("未收货退款率(支付时间)", "ratio", "refund_not_received", "paid"),
    Figure("已收货退款率(支付时间)", "ratio", "refund_received", "paid"),
    Figure("已收货退货退款率(支付时间)", "ratio", "refund_returned", "paid"),
    Figure("退款订单数(退款时间)", "count", "refund_orders_refund_time"),
    Figure("退款订单数(支付时间)", "count", "refund_orders"),
    Figure("1小时成交退款金额(支付时间)", "yuan", "refund_1h"),
    Figure("1小时退款订单数(支付时间)", "count", "refund_1h_orders"),
    Figure("1小时成交退款率(支付时间)", "ratio", "refund_1h", "gmv"),
    Figure("投放消耗(店铺被投)", "yuan", "ad_promoted"),
    Figure("投放消耗(店铺绑定)", "yuan", "ad_bound"),
    Figure("投放贡献成交金额", "yuan", "ad_gmv"),
    Figure("投放贡献成交占比", "ratio", "ad_gmv", "gmv"),
    Figure("投放费比(剔除退款、店铺绑定)", "ratio", "ad_bound", "settled"),
    Figure("综合费比(剔除退款、店铺绑定)", "ratio", "all_cost", "settled"),
    Figure("投放效率(店铺被投)", "ratio", "ad_gmv", "ad_promoted"),
    Figure("投放效率(店铺绑定)", "ratio", "ad_gmv", "ad_bound"),
    Figure("全店效率(店铺被投)", "ratio", "gmv", "ad_promoted"),
    Figure("全店效率(店铺绑定)", "ratio", "gmv", "ad_bound"),
)
# Stages of a refund are only known without a split by 投放时段; elsewhere the platform writes 0.
STAGES = (
    "发货前退款率(支付时间)", "未收货退款率(支付时间)", "已收货退款率(支付时间)", "已收货退货退款率(支付时间)",
)  # fmt: skip
TRADE = (DATE, Figure("载体类型", "text", "carrier"), Figure("投放时段", "text", "slot"), *FIGURES)

# The edition before 2026: ten columns fewer, full-width brackets.
_LATER = (
    "1小时成交退款金额(支付时间)", "1小时退款订单数(支付时间)", "1小时成交退款率(支付时间)", "投放消耗(店铺被投)",
    "投放效率(店铺被投)", "投放效率(店铺绑定)", "全店效率(店铺被投)", "全店效率(店铺绑定)",
    "退款后电商平台补贴金额(支付时间)", "成交退款金额(退款时间)",
)  # fmt: skip
_WIDE = str.maketrans("()", "（）")
OLD_TRADE = tuple(
    Figure(f.header.translate(_WIDE), f.kind, f.value, f.by) for f in TRADE if f.header not in _LATER
)  # fmt: skip

_NOT_BY_ACCOUNT = (
    "预售定金", "两日内发货率", "7日结算金额", "14日结算金额", "结算金额(退款时间)", "退款订单数(退款时间)",
    "投放效率(店铺被投)", "投放效率(店铺绑定)", "全店效率(店铺被投)", "全店效率(店铺绑定)",
)  # fmt: skip
_OTHER_NAME = {"平台补贴金额": "电商平台补贴金额"}
_BY_ACCOUNT = (
    *(
        Figure(_OTHER_NAME.get(f.header, f.header), f.kind, f.value, f.by)
        for f in FIGURES
        if f.header not in _NOT_BY_ACCOUNT
    ),
    Figure("平台佣金(结算口径)", "yuan", "platform_commission"),
    Figure("达人佣金(结算口径)", "yuan", "commission"),
    Figure("投放贡献结算金额", "yuan", "ad_settled"),
    Figure("投放贡献成交退款金额(支付时间)", "yuan", "ad_gmv_refund"),
    Figure("投放部分退款率(支付时间)", "ratio", "ad_gmv_refund", "ad_gmv"),
    Figure("投放费比(店铺绑定)", "ratio", "ad_bound", "gmv"),
    Figure("投放费比(店铺被投)", "ratio", "ad_promoted", "gmv"),
    Figure("投放费比(剔除退款、店铺被投)", "ratio", "ad_promoted", "settled"),
    Figure("综合费比(店铺绑定)", "ratio", "all_cost", "gmv"),
    Figure("综合费比(店铺被投)", "ratio", "all_cost_promoted", "gmv"),
    Figure("综合费比(剔除退款、店铺被投)", "ratio", "all_cost_promoted", "settled"),
)
CARRIER_ACCOUNTS = (
    DATE,
    Figure("自营/合作", "text", "party"),
    Figure("载体类型", "text", "carrier"),
    Figure("账号/渠道", "text", "account"),
    Figure("抖音号", "text", "douyin_id"),
    *_BY_ACCOUNT,
)
ACCOUNTS = (
    DATE,
    Figure("账号名称", "text", "account"),
    Figure("账号类型", "text", "account_type"),
    Figure("自营/合作", "text", "party"),
    Figure("抖音号", "text", "douyin_id"),
    *_BY_ACCOUNT,
)
ITEMS = (
    DATE,
    Figure("售卖类型", "text", "party"),
    Figure("载体类型", "text", "carrier"),
    Figure("ID", "text", "content_id"),
    Figure("标题/名称", "text", "title"),
    *_BY_ACCOUNT,
)
TERMINALS = (DATE, Figure("终端类型", "text", "terminal"), *FIGURES[:35])
CATEGORIES = (
    Figure("一级类目", "text", "category_1"),
    Figure("二级类目", "text", "category_2"),
    Figure("三级类目", "text", "category_3"),
    Figure("四级类目", "text", "category_4"),
    Figure("用户支付金额", "yuan", "paid"),
    Figure("成交订单数", "count", "orders"),
    Figure("成交笔单价", "yuan_each", "paid", "orders"),
    Figure("商品点击-成交转化率(次数)", "ratio", "orders", "clicks"),
    Figure("退款金额(支付时间)", "yuan", "refund"),
    Figure("退款率(支付时间)", "ratio", "refund", "paid"),
)
PRODUCTS = (
    Figure("商品名称", "text", "product"),
    Figure("商品编号", "text", "product_id"),
    Figure("载体类型", "text", "carrier"),
    Figure("用户支付金额", "yuan", "paid"),
    Figure("成交订单数", "count", "orders"),
    Figure("成交件数", "count", "items"),
    Figure("成交笔单价", "yuan_each", "paid", "orders"),
    Figure("商品曝光次数", "count", "imps"),
    Figure("商品点击次数", "count", "clicks"),
    Figure("商品曝光-点击转化率(次数)", "ratio", "clicks", "imps"),
    Figure("商品点击-成交转化率(次数)", "ratio", "orders", "clicks"),
    Figure("退款金额(支付时间)", "yuan", "refund"),
    Figure("退款率(支付时间)", "ratio", "refund", "paid"),
)
PRICE_BANDS = (
    Figure("价格带", "text", "price_band"),
    Figure("用户支付金额", "yuan", "paid"),
    Figure("成交订单数", "count", "orders"),
    Figure("成交笔单价", "yuan_each", "paid", "orders"),
    Figure("商品点击-成交转化率(次数)", "ratio", "orders", "clicks"),
)
AUDIENCES = (
    DATE,
    Figure("人群类型", "text", "audience"),
    Figure("载体类型", "text", "carrier"),
    Figure("用户支付金额", "yuan", "paid"),
    Figure("成交人数", "count", "buyers"),
    Figure("客单价", "yuan_each", "paid", "buyers"),
    Figure("成交订单数", "count", "orders"),
    Figure("复购用户复购率", "share", "repeat_rate"),
)
