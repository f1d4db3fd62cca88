"""Rows of stars, campaigns and the form as they stand in the files."""

from __future__ import annotations

import numpy as np
import pandas as pd

from factbook.knowledge.form import form
from factbook.measures import campaign, organisation, service
from factbook.measures.addressed_sales import Build, stacked, whole_shop
from factbook.measures.common import records
from factbook.measures.days import Window
from factbook.measures.deals import bundled, deal_rows
from factbook.measures.ground import Ground
from factbook.measures.top_kol import largest_star

# ------------------------------------------------------------------ stars and campaigns


def top_star(ground: Ground) -> pd.DataFrame:
    """Rows of the star that sold most, for each period."""
    return stacked([largest_star(ground, window) for window in ground.trade_windows()])


def deals(now: bool) -> Build:
    """What the star sold on the days of each deal; `now`: of those that touch the period.

    Deals that share days are one entry without a deal's name: each row counts once.
    """

    def build(ground: Ground) -> pd.DataFrame:
        deals = ledger(now)(ground)
        if deals.empty:
            return deals
        found = []
        for _, bundle in bundled(deals).groupby("bundle", sort=False):
            deal = {**records(bundle)[0], "start": bundle["start"].min(), "end": bundle["end"].max()}
            rows = deal_rows(ground, deal)
            name = str(deal["deal"]) if len(bundle) == 1 else ""
            found += [rows.assign(deal=name, star=str(deal["creator"]))] if len(rows) else []
        return stacked(found)

    return build


def ledger(now: bool) -> Build:
    """Rows of the star sheet; `now`: those that touch the period."""

    def build(ground: Ground) -> pd.DataFrame:
        deals = ground.case.table("star_deals")
        if deals.empty:
            return deals
        deals = campaign.overlapping(ground, deals) if now else deals
        return deals.assign(star=deals["creator"].astype(str))

    return build


def campaigns(ground: Ground) -> pd.DataFrame:
    """Rows of the campaign sheet that touch the period, told apart by state."""
    rows = ground.case.table("campaigns")
    if rows.empty:
        return rows
    missed = rows["state"].isin(campaign.COUNTS["campaigns_missed"])
    return campaign.overlapping(ground, rows.assign(joined=(rows["state"] == "joined") * 1.0, missed=missed * 1.0))


def campaign_sheet(ground: Ground) -> pd.DataFrame:
    """Every row of the campaign sheet, whenever it was."""
    rows = ground.case.table("campaigns")
    return rows.assign(planned=campaign.planned(ground, rows) * 1.0) if len(rows) else rows


def campaign_days(before: bool) -> Build:
    """The shop's rows on the days of each joined campaign, or on the ordinary days before it."""

    def build(ground: Ground) -> pd.DataFrame:
        sheet, now = ground.case.table("campaigns"), campaigns(ground)
        if sheet.empty or ground.days.empty:
            return pd.DataFrame()
        the_shop = campaign.the_shop(ground)
        joined = pd.concat([now[now["state"] == "joined"], campaign.earlier(ground, the_shop, sheet)])
        found = []
        for row in records(joined):
            days = the_shop.daily[row["start"] : row["end"]]
            wanted = the_shop.ordinary(days.index[0]) if before and len(days) else days
            found.append(shop_on(ground, wanted.index).assign(campaign=str(row["campaign"])))
        return stacked(found)

    return build


def joint_days(before: bool) -> Build:
    """The same for all campaigns together, each day once."""

    def build(ground: Ground) -> pd.DataFrame:
        if ground.days.empty:
            return pd.DataFrame()
        the_shop = campaign.the_shop(ground)
        days = the_shop.daily.index[the_shop.daily.index.isin(the_shop.joined)]
        days = days[ground.case.period.contains(pd.Series(days, index=days))]
        wanted = the_shop.ordinary(days[0]).index if before and len(days) else days
        return shop_on(ground, wanted)

    return build


def shop_on(ground: Ground, days: pd.Index) -> pd.DataFrame:
    """The shop's detail rows on some days."""
    rows = whole_shop(ground)
    return rows[rows["day"].isin(days)]


# ------------------------------------------------------------------ the form


def score_days(ground: Ground) -> pd.DataFrame:
    """The service score by day."""
    rows = service.score_rows(ground)
    return rows.assign(below=rows["below_70"]) if len(rows) else rows


def service_parts(ground: Ground) -> pd.DataFrame:
    """The period's last day, once for each part of the score."""
    rows = score_days(ground)
    rows = Window("current", ground.case.period).rows(rows).tail(1)
    return stacked([rows.assign(part=part, points=rows[part]) for part in service.PARTS if part in rows])


def survey(ground: Ground) -> pd.DataFrame:
    """Answers of the capability survey that carry a level."""
    table = ground.case.table("survey")
    if table.empty:
        return table
    rows = organisation.survey_rows(table)
    return rows[rows["claimed"].notna()]


def profile(ground: Ground) -> pd.DataFrame:
    """The entries of the profile that are numbers; the form prints each once, so its name is its address."""
    sheet = form().sheet("profile")
    said = [(entry, ground.profile(entry.name)) for entry in sheet.asked]
    rows = [{"entry": entry.name, "answer": value, "_sheet": sheet.tab} for entry, value in said if value == value]
    return pd.DataFrame(rows).assign(_file="intake.xlsx", _row=np.nan) if rows else pd.DataFrame()


def margins(ground: Ground) -> pd.DataFrame:
    """The two entries of the profile that the break-even line needs."""
    rows = profile(ground)
    return rows[rows["entry"].isin(["gross_margin", "signed_rate"])] if len(rows) else rows
