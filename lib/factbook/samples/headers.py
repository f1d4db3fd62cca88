"""The columns of 成交分析, header by header, typed from the platform's files.

Typed here and not taken from the reader's table, so that the one can be tested against the other.
"""

from __future__ import annotations

from factbook.samples.spelling import Figure as F

DATE = F("日期", "date", "date")
FIGURES = (
    F("用户支付金额", "yuan", "paid"),
    F("退款后用户支付金额(支付时间)", "yuan", "net_paid"),
    F("智能优惠券金额", "yuan", "coupon"),
    F("退款后智能优惠券金额(支付时间)", "yuan", "net_coupon"),
    F("平台补贴金额", "yuan", "platform"),
    F("成交订单数", "count", "orders"),
    F("成交人数", "count", "buyers"),
    F("客单价", "yuan_each", "paid", "buyers"),
    F("成交金额", "yuan", "gmv"),
    F("净成交金额", "yuan", "net_gmv"),
    F("商品曝光人数", "count", "imp_users"),
    F("商品点击人数", "count", "click_users"),
    F("商品曝光-点击转化率(人数)", "ratio", "click_users", "imp_users"),
    F("商品点击-成交转化率(人数)", "ratio", "buyers", "click_users"),
    F("商品曝光-成交转化率(人数)", "ratio", "buyers", "imp_users"),
    F("千次曝光用户支付金额", "yuan_thousand", "paid", "imps"),
    F("商品曝光次数", "count", "imps"),
    F("商品点击次数", "count", "clicks"),
    F("商品曝光-点击转化率(次数)", "ratio", "clicks", "imps"),
    F("商品点击-成交转化率(次数)", "ratio", "orders", "clicks"),
    F("商品曝光-成交转化率(次数)", "ratio", "orders", "imps"),
    F("发货用户支付金额(发货时间)", "count", "shipped"),  # in 分, as the platform leaves it
    F("两日内发货率", "ratio", "shipped_2d_orders", "orders"),
    F("结算金额", "yuan", "settled"),
    F("结算金额(退款时间)", "yuan", "settled_refund_time"),
    F("7日结算金额", "yuan", "settled_7d"),
    F("14日结算金额", "yuan", "settled_14d"),
    F("退款后达人补贴金额(支付时间)", "yuan", "net_creator_subsidy"),
    F("达人补贴金额", "yuan", "creator_subsidy"),
    F("预售定金", "yuan", "deposit"),
    F("成交件数", "count", "items"),
    F("件单价", "yuan_each", "paid", "items"),
    F("净成交订单量", "count", "net_orders"),
    F("成交退款金额(支付时间)", "yuan", "gmv_refund"),
    F("退款金额(支付时间)", "yuan", "refund"),
    F("退款金额(退款时间)", "yuan", "refund_refund_time"),
    F("退款后电商平台补贴金额(支付时间)", "yuan", "net_platform"),
    F("成交退款金额(退款时间)", "yuan", "gmv_refund_refund_time"),
    F("退款率(支付时间)", "ratio", "refund", "paid"),
    F("发货前退款率(支付时间)", "ratio", "refund_before_shipping", "paid"),
    F("未收货退款率(支付时间)", "ratio", "refund_not_received", "paid"),
    F("已收货退款率(支付时间)", "ratio", "refund_received", "paid"),
    F("已收货退货退款率(支付时间)", "ratio", "refund_returned", "paid"),
    F("退款订单数(退款时间)", "count", "refund_orders_refund_time"),
    F("退款订单数(支付时间)", "count", "refund_orders"),
    F("1小时成交退款金额(支付时间)", "yuan", "refund_1h"),
    F("1小时退款订单数(支付时间)", "count", "refund_1h_orders"),
    F("1小时成交退款率(支付时间)", "ratio", "refund_1h", "gmv"),
    F("投放消耗(店铺被投)", "yuan", "ad_promoted"),
    F("投放消耗(店铺绑定)", "yuan", "ad_bound"),
    F("投放贡献成交金额", "yuan", "ad_gmv"),
    F("投放贡献成交占比", "ratio", "ad_gmv", "gmv"),
    F("投放费比(剔除退款、店铺绑定)", "ratio", "ad_bound", "settled"),
    F("综合费比(剔除退款、店铺绑定)", "ratio", "all_cost", "settled"),
    F("投放效率(店铺被投)", "ratio", "ad_gmv", "ad_promoted"),
    F("投放效率(店铺绑定)", "ratio", "ad_gmv", "ad_bound"),
    F("全店效率(店铺被投)", "ratio", "gmv", "ad_promoted"),
    F("全店效率(店铺绑定)", "ratio", "gmv", "ad_bound"),
)
# Stages of a refund are only known without a split by 投放时段; elsewhere the platform writes 0.
STAGES = (
    "发货前退款率(支付时间)", "未收货退款率(支付时间)", "已收货退款率(支付时间)", "已收货退货退款率(支付时间)",
)  # fmt: skip
TRADE = (DATE, F("载体类型", "text", "carrier"), F("投放时段", "text", "slot"), *FIGURES)

# The edition before 2026: ten columns fewer, full-width brackets.
_LATER = (
    "1小时成交退款金额(支付时间)", "1小时退款订单数(支付时间)", "1小时成交退款率(支付时间)", "投放消耗(店铺被投)",
    "投放效率(店铺被投)", "投放效率(店铺绑定)", "全店效率(店铺被投)", "全店效率(店铺绑定)",
    "退款后电商平台补贴金额(支付时间)", "成交退款金额(退款时间)",
)  # fmt: skip
_WIDE = str.maketrans("()", "（）")
OLD_TRADE = tuple(
    F(f.header.translate(_WIDE), f.kind, f.value, f.by) for f in TRADE if f.header not in _LATER
)  # fmt: skip

_NOT_BY_ACCOUNT = (
    "预售定金", "两日内发货率", "7日结算金额", "14日结算金额", "结算金额(退款时间)", "退款订单数(退款时间)",
    "投放效率(店铺被投)", "投放效率(店铺绑定)", "全店效率(店铺被投)", "全店效率(店铺绑定)",
)  # fmt: skip
_OTHER_NAME = {"平台补贴金额": "电商平台补贴金额"}
_BY_ACCOUNT = (
    *(F(_OTHER_NAME.get(f.header, f.header), f.kind, f.value, f.by) for f in FIGURES if f.header not in _NOT_BY_ACCOUNT),
    F("平台佣金(结算口径)", "yuan", "platform_commission"),
    F("达人佣金(结算口径)", "yuan", "commission"),
    F("投放贡献结算金额", "yuan", "ad_settled"),
    F("投放贡献成交退款金额(支付时间)", "yuan", "ad_gmv_refund"),
    F("投放部分退款率(支付时间)", "ratio", "ad_gmv_refund", "ad_gmv"),
    F("投放费比(店铺绑定)", "ratio", "ad_bound", "gmv"),
    F("投放费比(店铺被投)", "ratio", "ad_promoted", "gmv"),
    F("投放费比(剔除退款、店铺被投)", "ratio", "ad_promoted", "settled"),
    F("综合费比(店铺绑定)", "ratio", "all_cost", "gmv"),
    F("综合费比(店铺被投)", "ratio", "all_cost_promoted", "gmv"),
    F("综合费比(剔除退款、店铺被投)", "ratio", "all_cost_promoted", "settled"),
)
CARRIER_ACCOUNTS = (
    DATE, F("自营/合作", "text", "party"), F("载体类型", "text", "carrier"), F("账号/渠道", "text", "account"),
    F("抖音号", "text", "douyin_id"), *_BY_ACCOUNT,
)  # fmt: skip
ACCOUNTS = (
    DATE, F("账号名称", "text", "account"), F("账号类型", "text", "account_type"), F("自营/合作", "text", "party"),
    F("抖音号", "text", "douyin_id"), *_BY_ACCOUNT,
)  # fmt: skip
ITEMS = (
    DATE, F("售卖类型", "text", "party"), F("载体类型", "text", "carrier"), F("ID", "text", "content_id"),
    F("标题/名称", "text", "title"), *_BY_ACCOUNT,
)  # fmt: skip
TERMINALS = (DATE, F("终端类型", "text", "terminal"), *FIGURES[:35])
CATEGORIES = (
    F("一级类目", "text", "category_1"), F("二级类目", "text", "category_2"), F("三级类目", "text", "category_3"),
    F("四级类目", "text", "category_4"), F("用户支付金额", "yuan", "paid"), F("成交订单数", "count", "orders"),
    F("成交笔单价", "yuan_each", "paid", "orders"), F("商品点击-成交转化率(次数)", "ratio", "orders", "clicks"),
    F("退款金额(支付时间)", "yuan", "refund"), F("退款率(支付时间)", "ratio", "refund", "paid"),
)  # fmt: skip
PRODUCTS = (
    F("商品名称", "text", "product"), F("商品编号", "text", "product_id"), F("载体类型", "text", "carrier"),
    F("用户支付金额", "yuan", "paid"), F("成交订单数", "count", "orders"), F("成交件数", "count", "items"),
    F("成交笔单价", "yuan_each", "paid", "orders"), F("商品曝光次数", "count", "imps"), F("商品点击次数", "count", "clicks"),
    F("商品曝光-点击转化率(次数)", "ratio", "clicks", "imps"), F("商品点击-成交转化率(次数)", "ratio", "orders", "clicks"),
    F("退款金额(支付时间)", "yuan", "refund"), F("退款率(支付时间)", "ratio", "refund", "paid"),
)  # fmt: skip
PRICE_BANDS = (
    F("价格带", "text", "price_band"), F("用户支付金额", "yuan", "paid"), F("成交订单数", "count", "orders"),
    F("成交笔单价", "yuan_each", "paid", "orders"), F("商品点击-成交转化率(次数)", "ratio", "orders", "clicks"),
)  # fmt: skip
AUDIENCES = (
    DATE, F("人群类型", "text", "audience"), F("载体类型", "text", "carrier"), F("用户支付金额", "yuan", "paid"),
    F("成交人数", "count", "buyers"), F("客单价", "yuan_each", "paid", "buyers"), F("成交订单数", "count", "orders"),
    F("复购用户复购率", "share", "repeat_rate"),
)  # fmt: skip
