"""Rows as they stand in the files, by name: what figures are added up from, each with `_file`, `_sheet`, `_row`."""

from __future__ import annotations

import pandas as pd

from factbook.measures import addressed_campaign as campaign_rows
from factbook.measures import addressed_creators as creator_rows
from factbook.measures import addressed_dictionary as dictionary_rows
from factbook.measures import addressed_events as events
from factbook.measures import addressed_field as field_rows
from factbook.measures import addressed_growth as growth_rows
from factbook.measures import addressed_sales as sales
from factbook.measures import addressed_stars as star_rows
from factbook.measures import alliance, labels, realtime, shop
from factbook.measures.addressed_frame import Frame
from factbook.measures.days import Window
from factbook.measures.ground import Ground
from factbook.records import Case

FRAMES: tuple[Frame, ...] = (
    Frame("trade", lambda ground: ground.trade),
    Frame("shop", sales.whole_shop),
    Frame("shelf", lambda ground: ground.trade, (("carrier", "product_card"),)),
    Frame("totals", sales.totals),
    Frame("commission", sales.commission),
    Frame("fields", sales.field_rows),
    Frame("stars", sales.field_rows, (("field", "T"),)),
    Frame("alliance", sales.field_rows, (("field", "A"),)),
    Frame("top_star", events.top_star),
    Frame("products", lambda ground: shop.part_rows(ground, "products", "product"), dated=False),
    Frame("price_bands", lambda ground: shop.part_rows(ground, "price_bands", "price_band"), dated=False),
    Frame("own", sales.own),
    Frame("trend", sales.own, (("short", False),)),
    Frame("on_air", sales.on_air),
    Frame("calendar", sales.covered_days),
    Frame("audience", sales.audience),
    Frame("creators", lambda ground: ground.creators),
    Frame("labelled", sales.labelled),
    Frame("everyone", lambda ground: sales.labelled(ground).drop(columns="label", errors="ignore")),
    Frame("judged", sales.judged),
    Frame("head", sales.largest_creators(alliance.head_size)),
    Frame("first", sales.largest_creators(lambda _: 1)),
    Frame("samples", sales.samples, dated=False),
    Frame("bucket", alliance.bucket_rows, dated=False),
    Frame("deals", events.deals(now=False), dated=False),
    Frame("deals_now", events.deals(now=True), dated=False),
    Frame("ledger", events.ledger(now=False), dated=False),
    Frame("ledger_now", events.ledger(now=True), dated=False),
    *star_rows.FRAMES,
    *campaign_rows.FRAMES,
    *growth_rows.FRAMES,
    *field_rows.FRAMES,
    *creator_rows.FRAMES,
    *dictionary_rows.FRAMES,
    Frame("minutes", realtime.minutes, dated=False),
    Frame("campaigns", events.campaigns, dated=False),
    Frame("campaign_sheet", events.campaign_sheet, dated=False),
    Frame("campaign_days", events.campaign_days(before=False), dated=False),
    Frame("before_campaign", events.campaign_days(before=True), dated=False),
    Frame("joint_days", events.joint_days(before=False), dated=False),
    Frame("before_joint", events.joint_days(before=True), dated=False),
    Frame("service", events.score_days),
    Frame("service_parts", events.service_parts, dated=False),
    Frame("survey", events.survey, dated=False),
    Frame("margins", events.margins, dated=False),
    Frame("peers", lambda ground: ground.case.table("peers"), (("metric", labels.CONVERSION),), dated=False),
)


class Rows:
    """The rows of one case by name, each kind made ready once, when it is first asked for."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._kinds = {frame.name: frame for frame in FRAMES}
        self._ready: dict[str, pd.DataFrame] = {}
        self._cuts: dict[tuple[object, ...], pd.DataFrame] = {}

    @property
    def case(self) -> Case:
        return self.ground.case

    def of(self, name: str, cut: dict[str, str], period: str) -> pd.DataFrame:
        """The rows of one kind in a slice and a period; a slice the rows do not know leaves them whole."""
        place = (name, period, *cut.items())
        if place not in self._cuts:
            self._cuts[place] = self._cut(name, cut, period)
        return self._cuts[place]

    def _cut(self, name: str, cut: dict[str, str], period: str) -> pd.DataFrame:
        if name not in self._ready:
            self._ready[name] = self._kinds[name].rows(self.ground).copy()
        rows = self._ready[name]
        for key, value in cut.items():
            rows = rows[rows[key].astype(str) == value] if key in rows else rows
        spans = {"current": self.case.period, "previous": self.case.period.preceding()}
        if len(rows) and self._kinds[name].dated and period in spans:
            rows = Window(period, spans[period]).rows(rows)
        return rows
