"""(a) 屿栀蔓护肤旗舰店: own live carries the days, a service score of 68 has shut the alliance and Double 11."""

from __future__ import annotations

from datetime import date

from factbook.records import Period
from factbook.samples.spec import (
    Account,
    Block,
    Campaign,
    Carrier,
    Deal,
    Label,
    Peer,
    Product,
    Rating,
    Room,
    Scores,
    Shop,
    Slot,
)

_FACE = ("美妆", "面部护肤")
_PRODUCTS = (
    Product("屿栀蔓积雪草修护精华水 200ml", 168, 0.24, (*_FACE, "爽肤水", "化妆水")),
    Product("屿栀蔓神经酰胺屏障面霜 50g", 198, 0.20, (*_FACE, "乳液/面霜", "面霜")),
    Product("屿栀蔓氨基酸洁面乳 120g", 79, 0.12, (*_FACE, "洁面", "洁面乳")),
    Product("屿栀蔓烟酰胺焕亮精华 30ml", 229, 0.15, (*_FACE, "面部精华", "精华液")),
    Product("屿栀蔓舒缓修护面膜 10片", 99, 0.11, (*_FACE, "面膜", "贴片面膜")),
    Product("屿栀蔓轻透防晒乳 SPF50 50g", 109, 0.08, ("美妆", "防晒", "面部防晒", "防晒乳")),
    Product("屿栀蔓早C晚A套组", 369, 0.07, (*_FACE, "护肤套装", "面部套装")),
    Product("屿栀蔓旅行体验四件套", 59, 0.03, (*_FACE, "护肤套装", "体验装")),
)
_ROOM = Room(
    views=150_800,
    view_pay=0.01,
    order_cny=160,
    entry=0.19,
    views_per_viewer=1.35,
    shown=0.83,
    pay=0.128,
    imps_per_user=4.6,
    clicks_per_user=1.5,
    products=42,
    watch=1.32,
    comment=0.034,
    follow=0.026,
    unfollow=0.24,
    club=0.011,
    old_fans=0.31,
    refund=0.24,
    roi=3.4,
)
_PARTNER = Room(
    views=0,
    view_pay=0.012,
    order_cny=155,
    entry=0.16,
    views_per_viewer=1.28,
    shown=0.80,
    pay=0.115,
    imps_per_user=5.0,
    clicks_per_user=1.35,
    products=4,
    watch=1.1,
    comment=0.028,
    follow=0.012,
    unfollow=0.2,
    club=0.004,
    old_fans=0.42,
    refund=0.24,
    roi=0,
    coupon=0.010,
    platform=0.006,
    creator=0.008,
)


def _label(code: str, count: int, share: float, pay: float, exposures: float, sessions: float) -> Label:
    return Label(code, count, share, pay, 0.04, exposures, 0.15, sessions, 155, 0.24, 0.22)


_STAR = ("黎棠", "litang_beauty")
_SAME = "屿栀蔓积雪草修护精华水 200ml"  # the same product in every slot
_DEALS = (
    Deal("2026-10 混场", *_STAR, "mixed", date(2026, 10, 15), 600_000, 0.24, 60_000, 0.20, 12_000, 3_000, 0.62, _SAME),
    Deal("2026-06 混场", *_STAR, "mixed", date(2026, 6, 12), 540_000, 0.25, 60_000, 0.20, 10_000, 3_000, 0.62, _SAME),
    Deal("2026-03 混场", *_STAR, "mixed", date(2026, 3, 6), 480_000, 0.24, 50_000, 0.20, 10_000, 3_000, 0.62, _SAME),
)
_SHUT = "体验分连续7天低于70，10月31日被清退"
_CAMPAIGNS = (
    Campaign("抖音商城双11好物节", 1, date(2026, 10, 31), date(2026, 11, 11), "not_eligible", _SHUT, 2_700_000),
    Campaign("抖音商城818好物节", 1, date(2026, 8, 8), date(2026, 8, 18), "joined", "", 4_200_000, 1.22),
    Campaign("抖音商城618好物节", 1, date(2026, 6, 1), date(2026, 6, 20), "joined", "", 8_500_000, 1.28),
    Campaign("美妆春夏焕颜季", 3, date(2026, 4, 10), date(2026, 4, 16), "joined", "", 2_600_000, 1.12),
    Campaign("抖音商城38好物节", 1, date(2026, 3, 1), date(2026, 3, 8), "joined", "", 3_200_000, 1.20),
    Campaign("抖音商城年货节", 1, date(2026, 1, 20), date(2026, 2, 8), "missed", "备货不足，没有报名"),
    Campaign("抖音商城双12好物节", 1, date(2026, 12, 5), date(2026, 12, 12), "planned", "", 3_000_000),
)
_PEERS = (
    Peer("entry_rate", 0.182),
    Peer("view_to_product_impression", 0.80),
    Peer("product_ctr_users", 0.118),
    Peer("click_to_pay_users", 0.121),
    Peer("click_to_pay_times", 0.082),
    Peer("view_to_pay_times", 0.0094),
    Peer("view_to_pay_users", 0.0122),
    Peer("gpm_views", 1480, "mean"),
    Peer("watch_minutes_per_viewer", 1.25),
    Peer("comment_rate", 0.032),
    Peer("follow_rate", 0.024),
    Peer("fan_club_rate", 0.010),
    Peer("refund_rate", 0.25),
    Peer("room_refund_rate", 0.25),
    Peer("room_ad_roi", 3.1, "mean"),
    Peer("live_days_per_week", 6.5),
    Peer("repeat_buyer_share", 0.29),
    Peer("creator_click_to_pay_users", 0.108, "mean"),
    Peer("shelf_click_to_pay_times", 0.075),
    Peer("uv_value_cny", 2.0, "mean"),
    Peer("service_score", 81, "mean"),
)
_RATINGS = (
    Rating("O1", 4, 4, 4, 5, "10月短视频排期表与复盘，共26条"),
    Rating("O2", 3, 3, 4, 4, "选品会纪要，9月、10月各一次"),
    Rating("O3", 3, 3, 4, 4, "达人建联表，10月更新"),
    Rating("O4", 4, 4, 4, 4, "千川分时消耗表，每日复盘"),
    Rating("O5", 2, 4, 4, 5, ""),
)

SHOP = Shop(
    id="skincare",
    name="屿栀蔓护肤旗舰店",
    brand="屿栀蔓",
    industry="美妆护肤",
    accounts=(Account("屿栀蔓护肤旗舰店", "yuzhiman01", 0.7), Account("屿栀蔓实验室", "yuzhimanlab", 0.3)),
    period=Period(date(2026, 10, 1), date(2026, 10, 31)),
    weeks=52,
    gmv_cny=12_000_000,
    shares={"F": 0.62, "A": 0.18, "T": 0.05, "S": 0.13, "V": 0.02},
    room=_ROOM,
    slots=(Slot(8.0, 330, 0.7, 0.9), Slot(18.9, 335, 1.5, 1.12), Slot(13.5, 210, 0.75, 0.92, 1)),
    live_days=(7,),
    partner_room=_PARTNER,
    labels=(_label("core", 12, 0.55, 0.135, 9_000, 9), _label("unknown", 56, 0.45, 0.109, 4_800, 2.5)),
    carriers={
        "video": Carrier(150, 0.055, 0.072, 0.24),
        "product_card": Carrier(140, 0.062, 0.081, 0.24),
        "other": Carrier(150, 0.05, 1.3, 0.24),
    },
    products=_PRODUCTS,
    deals=_DEALS,
    blocks=(
        Block("A", date(2026, 10, 1), date(2026, 10, 24), 1.0),
        Block("A", date(2026, 10, 25), date(2026, 10, 31), 0.0),
    ),
    campaigns=_CAMPAIGNS,
    peers=_PEERS,
    profile={
        "kind": "brand",
        "stage": "mature",
        "team_seat": "ecommerce",
        "gross_margin": 0.62,
        "signed_rate": 0.76,
        "score_weight_product": 0.4,
        "score_weight_logistics": 0.2,
        "score_weight_service": 0.4,
        "positioning": "给敏感肌通勤女生讲成分，由研发工程师出镜",
        "capacity_days_per_month": 60,
    },
    scores=Scores((0.4, 0.2, 0.4), (74, 78, 57), (77, 80, 76), date(2026, 9, 20)),
    ratings=_RATINGS,
    growth=0.001,
    old_edition_until=date(2025, 12, 31),
    repeat_buyers=0.31,
    practices={"yes": "G1.1 G1.2 G1.3 G3.2 F1 F4 C2 T2", "no": "F3 A3 C4", "blank": "G1.5 G3.3"},
    leverage=(0.58 / 0.42,),
    truth={
        "natural_views_share": 0.58,
        "alliance_day_cny": 90_000,
        "alliance_days": 24,
        "alliance_30d_cny": 2_700_000,
        "alliance_30d_net_cny": 2_050_000,
        "score_below_70_since": "2026-10-25",
        "service_needed_for_72": 67,
        "verdict": {
            "zh": "自播扛得住日销，但体验分68关上了联盟和双11；先把服务项从57提到67，总分回到72。",
            "en": "Own live carries daily sales, but a score of 68 has shut the alliance and Double 11; lift service "
            "from 57 to 67 first, and the total is back at 72.",
        },
    },
)
