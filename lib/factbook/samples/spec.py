"""What a sample merchant is: one row with all its planted truths, from which every file follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from factbook.records import Period

OTHER = 0.0005  # of all sales: the carrier 其他, which belongs to no field


@dataclass(frozen=True, slots=True)
class Account:
    """An own account and its share of the shop's own video."""

    name: str
    douyin_id: str
    video_share: float = 1.0


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the live roster: when it starts, how long it runs, what an hour there brings."""

    hour: float
    minutes: int
    views: float  # relative views an hour
    gpm: float  # relative sales a view
    account: int = 0


@dataclass(frozen=True, slots=True)
class Room:
    """The funnel of a room: every figure is a mean, sessions scatter around it."""

    views: float  # a calendar day
    view_pay: float  # orders / views
    order_cny: float
    entry: float  # viewers / people shown the room
    views_per_viewer: float
    shown: float  # people shown a product / viewers
    pay: float  # buyers / people who clicked
    imps_per_user: float  # product impressions / person
    clicks_per_user: float
    products: int
    watch: float  # minutes a viewer
    comment: float  # comments / views
    follow: float  # new followers / viewers
    unfollow: float  # unfollows / new followers
    club: float  # club joins / viewers
    old_fans: float
    refund: float
    roi: float  # paid / ad cost
    items_per_order: float = 1.12
    coupon: float = 0.006  # shares of the paid amount
    platform: float = 0.003
    creator: float = 0.0


@dataclass(frozen=True, slots=True)
class Carrier:
    """Sales outside a live room: what an order is, how impressions become orders.

    `pay` above 1 is no slip: orders of today may follow clicks of earlier days.
    """

    order_cny: float
    click: float  # clicks / impressions
    pay: float  # orders / clicks
    refund: float


@dataclass(frozen=True, slots=True)
class Label:
    """A kind of creator: how many, their share of the alliance, and how they convert and are exposed."""

    code: str  # core | rising | mismatch | low | unknown
    count: int
    share: float
    pay: float  # buyers / people who clicked
    pay_spread: float  # relative spread of `pay` between creators
    exposures: float  # product impressions a product and session
    exposure_spread: float
    sessions: float  # a creator, in the period
    order_cny: float
    refund: float
    commission: float  # of what stays after refunds
    samples_cny: float = 0.0  # all of them together


@dataclass(frozen=True, slots=True)
class Deal:
    """A star's session."""

    name: str
    creator: str
    douyin_id: str
    kind: str  # exclusive | mixed
    day: date
    paid_cny: float
    refund: float
    fee_cny: float
    commission: float
    gift_cny: float
    sample_cny: float
    margin: float
    products: str = ""  # carried in a mixed session, or pushed most in an exclusive one, as the form names them


@dataclass(frozen=True, slots=True)
class Hit:
    """A product stars carried: what its own card sells on ordinary days after the last session, against before."""

    product: str
    change: float  # 0 where it fell back to what it was
    glow: float = 0.0  # more on a session's day and the two after it


@dataclass(frozen=True, slots=True)
class Block:
    """Within these days a component sells this share of its period total."""

    field: str  # F A S V, or "*" for every one not named itself
    start: date
    end: date
    share: float


@dataclass(frozen=True, slots=True)
class Campaign:
    """A festival or themed event; `lift` is what the days of it sell against a normal day (history only).

    `ready`: how far content, product mix, service and ads were when it began, one word each (yes, partly, no).
    """

    name: str
    level: int
    start: date
    end: date
    state: str  # joined | missed | not_eligible | planned
    reason: str = ""
    goal_cny: float | None = None
    lift: float = 1.0
    ready: str = ""


@dataclass(frozen=True, slots=True)
class HourPlan:
    """A campaign day as it was planned: an amount over the hours `first` to `last`, a star's hours on top.

    `noted`: what was done in an hour when the day strayed from its plan.
    """

    campaign: str
    day: date
    first: int
    last: int
    cny: float
    star: tuple[int, int, float] | None = None  # from, to, amount
    noted: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Product:
    """An item of the range and its share of sales."""

    name: str
    price_cny: int
    share: float
    category: tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Peer:
    """What the platform's 同行同层 screen shows for a metric."""

    metric: str
    value: float
    statistic: str = "median"


@dataclass(frozen=True, slots=True)
class Rating:
    """A capability: its true level, what is claimed, and whether the claim is backed by evidence."""

    capability: str
    true: int
    claimed: int
    target: int
    importance: int = 4
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Scores:
    """The service score: parts on the last day, parts a quarter before, and the first day of the last slope."""

    weights: tuple[float, float, float]
    last: tuple[int, int, int]
    before: tuple[int, int, int]
    slope_from: date | None = None


@dataclass(frozen=True)
class Shop:
    """A merchant: numbers of the story table, the ground they stand on, and what its form says."""

    id: str
    name: str
    brand: str
    industry: str
    accounts: tuple[Account, ...]
    period: Period
    weeks: int
    gmv_cny: float
    shares: Mapping[str, float]  # F A T S V (V = own video), together 1
    room: Room
    slots: tuple[Slot, ...]
    live_days: tuple[int, ...]  # days live a week, the last week first; the last entry holds for all before
    partner_room: Room
    labels: tuple[Label, ...]
    carriers: Mapping[str, Carrier]  # video, product_card, other
    products: tuple[Product, ...]
    deals: tuple[Deal, ...]
    blocks: tuple[Block, ...]
    campaigns: tuple[Campaign, ...]
    peers: tuple[Peer, ...]
    profile: Mapping[str, object]
    scores: Scores
    ratings: tuple[Rating, ...]
    truth: Mapping[str, object]
    hits: tuple[Hit, ...] = ()  # listed day by day in 单载体构成, with every other card
    hour_plans: tuple[HourPlan, ...] = ()
    growth: float = 0.0  # a week, of the history leading up to the period
    baseline_day_cny: float | None = None  # median of the 28 days before the period
    partner_video: float = 0.03  # share of the alliance that is video
    creators_first: bool = False  # creators' totals are planted (else the days' totals are)
    creator_history_weeks: int = 0  # weeks of creators' sessions before the period
    action_window: Period | None = None  # when mismatched creators were given other products
    listed_creators: int = 100  # the platform names so many, the rest is one row
    old_edition_until: date | None = None
    order_rows: int = 1500
    order_days: int = 3
    # Natural views a paid view (自然流撬动系数) by week, the last week first; the last entry holds for all before.
    leverage: tuple[float, ...] = (1.0,)
    repeat_buyers: float = 0.2  # share of a day's buyers who bought before
    # Answers to the practices: yes, no, na or blank -> codes; any other is done in part.
    practices: Mapping[str, str] = field(default_factory=dict)
    raters: int = 4  # people who filled in the survey
    split: str = ""  # the capability they see differently, from the bottom of the scale to the top
    state_period: bool = True  # whether merchant.toml names the period
    level: float = 1.0  # of the history against the period; found by `simulate`

    def field_cents(self, field: str) -> float:
        """What a field sells in the period, in cents; F, S and V give a sliver to 其他."""
        total = self.gmv_cny * 100
        if field == "U":
            return total * OTHER
        share = self.shares[field]
        small = sum(self.shares[name] for name in ("F", "S", "V"))
        return total * share * (1 - OTHER / small if field in ("F", "S", "V") else 1)

    def alliance_refund(self) -> float:
        """The refund rate of the alliance as a whole: its labels weighted by what they sell."""
        return sum(label.share * label.refund for label in self.labels)
