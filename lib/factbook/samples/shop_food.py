"""(c) 麦岭小灶食品店: still in cold start, live four days a week, ads below break-even."""

from __future__ import annotations

from datetime import date

from factbook.records import Period
from factbook.samples.spec import (
    Account,
    Campaign,
    Carrier,
    Label,
    Peer,
    Product,
    Rating,
    Room,
    Scores,
    Shop,
    Slot,
)

_FOOD = ("食品饮料", "方便速食")
_PRODUCTS = (
    Product("麦岭小灶手工挂面 5袋", 29, 0.27, (*_FOOD, "面条/挂面", "挂面")),
    Product("麦岭小灶番茄牛腩拌面 6盒", 49, 0.23, (*_FOOD, "方便面", "拌面")),
    Product("麦岭小灶杂粮馒头 20个", 35, 0.17, (*_FOOD, "速冻面点", "馒头")),
    Product("麦岭小灶油泼辣子 2瓶", 32, 0.14, ("食品饮料", "调味品", "酱料", "辣椒酱")),
    Product("麦岭小灶全麦饼 12张", 39, 0.12, (*_FOOD, "速冻面点", "手抓饼")),
    Product("麦岭小灶尝鲜礼包", 19, 0.07, (*_FOOD, "组合装", "尝鲜装")),
)
_ROOM = Room(
    views=24_100, view_pay=0.01, order_cny=40, entry=0.145, views_per_viewer=1.25, shown=0.80, pay=0.118,
    imps_per_user=4.2, clicks_per_user=1.4, products=18, watch=0.85, comment=0.030, follow=0.022,
    unfollow=0.22, club=0.007, old_fans=0.12, refund=0.07, roi=288_000 / 152_000, items_per_order=1.25,
)
_PARTNER = Room(
    views=0, view_pay=0.01, order_cny=41, entry=0.14, views_per_viewer=1.25, shown=0.78, pay=0.11,
    imps_per_user=4.5, clicks_per_user=1.3, products=3, watch=0.9, comment=0.02, follow=0.010,
    unfollow=0.2, club=0.003, old_fans=0.40, refund=0.07, roi=0, coupon=0.010, platform=0.005, creator=0.004,
    items_per_order=1.25,
)
_CAMPAIGNS = (
    Campaign("抖音商城818好物节", 1, date(2026, 8, 8), date(2026, 8, 18), "missed", "刚开店，没来得及报名"),
    Campaign("抖音商城双11好物节", 1, date(2026, 11, 6), date(2026, 11, 11), "planned", "", 120_000),
)
_PEERS = (
    Peer("entry_rate", 0.150), Peer("view_to_product_impression", 0.79), Peer("product_ctr_users", 0.128),
    Peer("click_to_pay_users", 0.116), Peer("click_to_pay_times", 0.085), Peer("view_to_pay_times", 0.0098),
    Peer("view_to_pay_users", 0.0119), Peer("gpm_views", 395, "mean"), Peer("watch_minutes_per_viewer", 0.84),
    Peer("comment_rate", 0.029), Peer("follow_rate", 0.0215), Peer("fan_club_rate", 0.0068),
    Peer("refund_rate", 0.075), Peer("room_refund_rate", 0.075), Peer("room_ad_roi", 2.6, "mean"),
    Peer("live_days_per_week", 6), Peer("live_hours_per_week", 34), Peer("repeat_buyer_share", 0.18),
    Peer("shelf_click_to_pay_times", 0.088), Peer("service_score", 79, "mean"),
)
_RATINGS = (
    Rating("O1", 2, 2, 3, 5, "10月拍摄计划表"),
    Rating("O2", 3, 3, 4, 4, "选品表与试吃记录"),
    Rating("O3", 1, 1, 2, 2, ""),
    Rating("O4", 3, 3, 4, 4, "千川日报，9月起每天一张"),
    Rating("O5", 4, 4, 4, 4, "客服话术手册与响应时长周报"),
)

SHOP = Shop(
    id="food", name="麦岭小灶食品店", brand="麦岭小灶", industry="食品饮料",
    accounts=(Account("麦岭小灶", "mailingxz", 1.0),),
    period=Period(date(2026, 10, 2), date(2026, 10, 31)), weeks=14, gmv_cny=400_000,
    shares={"F": 0.72, "A": 0.09, "T": 0.0, "S": 0.12, "V": 0.07},
    room=_ROOM, slots=(Slot(10.0, 180, 0.85, 0.95), Slot(19.0, 240, 1.2, 1.05)),
    live_days=(4, 4, 4, 4, 4, 4, 5, 6, 6, 7, 6, 6, 4, 3, 1),
    partner_room=_PARTNER,
    labels=(Label("unknown", 9, 1.0, 0.110, 0.03, 3_200, 0.1, 2, 41, 0.07, 0.15),),
    carriers={
        "video": Carrier(38, 0.045, 0.08, 0.07), "product_card": Carrier(37, 0.06, 0.092, 0.07),
        "other": Carrier(38, 0.05, 0.08, 0.07),
    },
    products=_PRODUCTS, deals=(), blocks=(), campaigns=_CAMPAIGNS, peers=_PEERS,
    profile={
        "kind": "newcomer", "stage": "cold_start", "team_seat": "integrated", "gross_margin": 0.45,
        "signed_rate": 0.93, "score_weight_product": 0.5, "score_weight_logistics": 0.2,
        "score_weight_service": 0.3, "positioning": "北方家常面食，老板娘在灶台边做边讲", "capacity_days_per_month": 25,
    },
    scores=Scores((0.5, 0.2, 0.3), (80, 78, 78), (77, 76, 77)),
    ratings=_RATINGS, growth=0.03, partner_video=0.12, order_rows=2500, order_days=7, state_period=False,
    repeat_buyers=0.185,
    truth={
        "live_days_per_week": 4, "natural_views_share": 0.22, "leverage": 0.28, "ad_cost_cny": 152_000,
        "room_ad_roi": 1.9, "break_even_roi": 2.39, "leverage_needed": 0.62, "leverage_6_days": 0.41,
        "leverage_4_days": 0.19,
        "verdict": {
            "zh": "仍在冷启动：每周只播4天，ROI 1.9低于保本2.39；先播满6天，再加预算。",
            "en": "Still in cold start: live four days a week, ROI 1.9 under a break-even of 2.39; fill six days "
            "before adding budget.",
        },
    },
)
