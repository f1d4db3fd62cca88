"""(b) 纱桥里针织工厂店: not too few creators but the wrong ones."""

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

_KNIT = ("服饰内衣", "女装")
_PRODUCTS = (
    Product("纱桥里美利奴羊毛圆领针织衫", 129, 0.22, (*_KNIT, "针织衫/毛衣", "针织衫")),
    Product("纱桥里螺纹打底衫两件装", 79, 0.19, (*_KNIT, "T恤", "打底衫")),
    Product("纱桥里慵懒风针织开衫", 149, 0.16, (*_KNIT, "针织衫/毛衣", "开衫")),
    Product("纱桥里半高领修身毛衣", 99, 0.14, (*_KNIT, "针织衫/毛衣", "毛衣")),
    Product("纱桥里针织阔腿裤", 109, 0.12, (*_KNIT, "裤装", "休闲裤")),
    Product("纱桥里针织连衣裙", 169, 0.09, (*_KNIT, "裙装", "连衣裙")),
    Product("纱桥里亲子款毛衣", 89, 0.05, ("母婴", "童装", "上装", "毛衣")),
    Product("纱桥里羊毛围巾", 49, 0.03, ("服饰配件", "围巾", "围巾", "羊毛围巾")),
)
_ROOM = Room(
    views=40_150,
    view_pay=0.006,
    order_cny=100,
    entry=0.155,
    views_per_viewer=1.30,
    shown=0.80,
    pay=0.087,
    imps_per_user=5.2,
    clicks_per_user=1.45,
    products=36,
    watch=0.92,
    comment=0.026,
    follow=0.017,
    unfollow=0.30,
    club=0.006,
    old_fans=0.24,
    refund=0.48,
    roi=5.6,
    items_per_order=1.2,
)
_PARTNER = Room(
    views=0,
    view_pay=0.01,
    order_cny=100,
    entry=0.15,
    views_per_viewer=1.28,
    shown=0.78,
    pay=0.09,
    imps_per_user=5.5,
    clicks_per_user=1.35,
    products=4,
    watch=1.0,
    comment=0.022,
    follow=0.010,
    unfollow=0.2,
    club=0.003,
    old_fans=0.45,
    refund=0.52,
    roi=0,
    coupon=0.012,
    platform=0.006,
    creator=0.010,
    items_per_order=1.2,
)
_LABELS = (
    Label("core", 14, 0.58, 0.135, 0.05, 9_200, 0.12, 12, 100, 0.5174, 0.20, 9_800),
    Label("rising", 22, 0.08, 0.130, 0.05, 1_900, 0.08, 3.5, 100, 0.46, 0.20, 6_600),
    Label("mismatch", 61, 0.13, 0.045, 0.08, 7_200, 0.08, 3.2, 96, 0.63, 0.20, 36_600),
    Label("low", 18, 0.05, 0.046, 0.08, 2_300, 0.10, 3.2, 98, 0.55, 0.20, 4_500),
    Label("unknown", 71, 0.16, 0.0905, 0.015, 5_180, 0.03, 1.6, 150, 0.52, 0.20, 9_000),
)
# What the days of past campaigns sold above normal follows how ready they were: 0.6 × readiness − 0.05.
_CAMPAIGNS = (
    Campaign("抖音商城双11好物节", 1, date(2026, 10, 9), date(2026, 11, 11), "planned", "", 9_000_000),
    Campaign(
        "抖音商城818好物节",
        1,
        date(2026, 8, 8),
        date(2026, 8, 18),
        "joined",
        "",
        2_400_000,
        1.10,
        "partly partly no no",
    ),
    Campaign("抖音开新日", 2, date(2026, 7, 3), date(2026, 7, 5), "joined", "", 750_000, 1.325, "yes yes partly no"),
    Campaign(
        "抖音商城618好物节",
        1,
        date(2026, 6, 1),
        date(2026, 6, 20),
        "joined",
        "",
        4_200_000,
        1.10,
        "partly no partly no",
    ),
    Campaign("产业带好货节", 3, date(2026, 5, 15), date(2026, 5, 19), "joined", "", 1_400_000, 1.55, "yes yes yes yes"),
    Campaign(
        "精选联盟带货王", 3, date(2026, 4, 24), date(2026, 4, 27), "joined", "", 1_000_000, 1.475, "yes yes yes partly"
    ),
    Campaign(
        "服饰春上新", 3, date(2026, 4, 3), date(2026, 4, 6), "joined", "", 1_000_000, 1.40, "yes yes partly partly"
    ),
    Campaign("服饰DOU创设计师", 3, date(2026, 3, 20), date(2026, 3, 29), "missed", "没有自有设计师款"),
    Campaign(
        "抖音商城38好物节", 1, date(2026, 3, 1), date(2026, 3, 8), "joined", "", 2_000_000, 1.25, "yes partly no partly"
    ),
    Campaign("抖音商城年货节", 1, date(2026, 1, 20), date(2026, 2, 8), "joined", "", 3_600_000, 1.08),
)
_PEERS = (
    Peer("entry_rate", 0.152),
    Peer("view_to_product_impression", 0.79),
    Peer("product_ctr_users", 0.108),
    Peer("click_to_pay_users", 0.085),
    Peer("click_to_pay_times", 0.060),
    Peer("view_to_pay_times", 0.0059),
    Peer("view_to_pay_users", 0.0075),
    Peer("gpm_views", 590, "mean"),
    Peer("watch_minutes_per_viewer", 0.90),
    Peer("comment_rate", 0.025),
    Peer("follow_rate", 0.0165),
    Peer("fan_club_rate", 0.0058),
    Peer("refund_rate", 0.50),
    Peer("room_refund_rate", 0.49),
    Peer("room_ad_roi", 5.4, "mean"),
    Peer("live_days_per_week", 6),
    Peer("repeat_buyer_share", 0.16),
    Peer("creator_click_to_pay_users", 0.090, "mean"),
    Peer("shelf_click_to_pay_times", 0.061),
    Peer("service_score", 74, "mean"),
)
_RATINGS = (
    Rating("O1", 2, 2, 3, 3, "9月拍摄清单"),
    Rating("O2", 4, 4, 4, 5, "打样到上架周期表，质检记录"),
    Rating("O3", 2, 3, 4, 5, ""),
    Rating("O4", 2, 2, 3, 3, "投放日报截图，9月"),
    Rating("O5", 3, 3, 4, 4, "客服排班表与售后日报"),
)

SHOP = Shop(
    id="knitwear",
    name="纱桥里针织工厂店",
    brand="纱桥里",
    industry="服饰女装",
    accounts=(Account("纱桥里针织工厂店", "shaqiaoli88", 1.0),),
    period=Period(date(2026, 9, 1), date(2026, 9, 30)),
    weeks=40,
    gmv_cny=6_000_000,
    shares={"F": 0.12, "A": 0.76, "T": 0.0, "S": 0.10, "V": 0.02},
    room=_ROOM,
    slots=(Slot(9.0, 240, 0.8, 0.92), Slot(19.5, 285, 1.3, 1.1)),
    live_days=(6,),
    partner_room=_PARTNER,
    labels=_LABELS,
    carriers={
        "video": Carrier(95, 0.05, 0.055, 0.50),
        "product_card": Carrier(92, 0.058, 0.064, 0.50),
        "other": Carrier(95, 0.05, 1.3, 0.50),
    },
    products=_PRODUCTS,
    deals=(),
    blocks=(),
    campaigns=_CAMPAIGNS,
    peers=_PEERS,
    profile={
        "kind": "factory",
        "stage": "growth",
        "team_seat": "ecommerce",
        "gross_margin": 0.35,
        "signed_rate": 0.60,
        "score_weight_product": 0.4,
        "score_weight_logistics": 0.2,
        "score_weight_service": 0.4,
        "positioning": "源头针织工厂，讲纱线和版型，工厂主理人出镜",
        "capacity_days_per_month": 40,
    },
    scores=Scores((0.4, 0.2, 0.4), (71, 81, 71), (72, 80, 72)),
    ratings=_RATINGS,
    raters=6,
    split="O3",
    growth=0.002,
    partner_video=0.004,
    creators_first=True,
    creator_history_weeks=8,
    action_window=Period(date(2026, 8, 3), date(2026, 8, 28)),
    repeat_buyers=0.165,
    practices={"yes": "G2.2 F2 A1", "no": "A2 A3 C4", "na": "T1 T2 T3 T4", "blank": "G1.5 G3.2 G3.3"},
    leverage=(0.64 / 0.36,),
    truth={
        "natural_views_share": 0.64,
        "rising_exposures": 1_900,
        "median_exposures": 5_200,
        "mismatch_contribution_cny": -4_000,
        "mismatch_samples_cny": 36_600,
        # Buyers with 60 days of follow-up who order again, by the kind of creator they first bought from.
        "repeat_60d_creators": {"core": 0.074, "rising": 0.071, "mismatch": 0.012, "low": 0.02, "unknown": 0.045},
        "repeat_60d_own": 0.082,
        "readiness_slope": 0.06,  # uplift by tenth of readiness
        "verdict": {
            "zh": "达人不是少了，是错配了：停掉61位，把场次给22位潜力新星。",
            "en": "Not too few creators but the wrong ones: let 61 go and give their sessions to 22 rising ones.",
        },
    },
)
