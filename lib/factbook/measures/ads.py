"""What ads cost and what was sold beside them, by kind, plan and hour; from 千川.

全域推广 counts every sale of its hours, free ones included; 标准推广 only what it brought itself: the two are never
added up and never compared.
"""

from __future__ import annotations

import pandas as pd

from factbook.measures.common import Entry, Place, Ratio, blanks, column, entries, pool, source_of, tally
from factbook.measures.days import Window, calendar
from factbook.measures.ground import Ground

KINDS = {  # kind: table, its GMV
    "uni": ("qianchuan_uni", "gmv_overall_cny"),
    "standard": ("qianchuan_standard", "gmv_direct_cny"),
}
COST = Ratio("qc_cost_cny", "ad_cost_cny")
KIND = (
    COST,
    Ratio("qc_gmv_cny", "credited_cny"),
    Ratio("qc_roi", "credited_cny", "ad_cost_cny", zero="no_ads"),
    Ratio("qc_boost_share", "boost_cost_cny", "ad_cost_cny", zero="no_ads"),
)
HOURLY = KIND[:3]
SHARE, WEAK, WEAK_SHARE = "qc_spend_share", "qc_weak_hours_cost_cny", "qc_weak_hours_share"
IDS = (*(ratio.id for ratio in KIND), SHARE)
SUMS = ("ad_cost_cny", "credited_cny", "boost_cost_cny")


def measure(ground: Ground) -> list[pd.DataFrame]:
    """Cost, credited GMV and ROI by kind, by plan and by hour of the day; hours below break-even."""
    rows = ad_rows(ground)
    if rows.empty:
        supplied = any(len(ground.case.table(table)) for table, _ in KINDS.values())
        return [blanks([*IDS, WEAK, WEAK_SHARE], "no_ad_days" if supplied else "no_report:qianchuan_uni")]
    found = [_kinds(rows), *_plans(rows)]
    hours = ad_rows(ground, "hour")
    if hours.empty:
        return [*found, blanks([WEAK, WEAK_SHARE], "no_ad_hours")]
    hourly = tally(pool(hours, ["day", "kind", "hour"], SUMS), HOURLY, ("kind", "hour"), source=source_of(hours))
    return [*found, hourly, _weak(ground, hours, hourly)]


def ad_rows(ground: Ground, grain: str = "day") -> pd.DataFrame:
    """Rows of one grain in the period, both kinds, with `kind`, `day`, `hour` as text and `credited_cny`.

    A kind without rows by day is taken from its hours.
    """
    found = []
    for kind, (name, gmv) in KINDS.items():
        rows = ground.case.table(name)
        if rows.empty:
            continue
        rows = Window("current", ground.case.period).rows(calendar(rows, rows["date"]))
        chosen = rows[rows["grain"] == grain]
        if grain == "day" and chosen.empty:
            chosen = rows[rows["grain"] == "hour"]
        hour = chosen["hour"].map(lambda hour: "" if pd.isna(hour) else str(int(hour)))
        found.append(chosen.assign(kind=kind, hour=hour, credited_cny=column(chosen, gmv)))
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame()


def hour_rows(ground: Ground) -> pd.DataFrame:
    """Rows by hour."""
    return ad_rows(ground, "hour")


def plan_rows(ground: Ground) -> pd.DataFrame:
    """Rows that name a type of plan."""
    rows = ad_rows(ground)
    if rows.empty or "plan_type" not in rows:
        return pd.DataFrame()
    return rows[rows["plan_type"].notna()].assign(plan=lambda kept: kept["plan_type"].astype(str))


def _kinds(rows: pd.DataFrame) -> pd.DataFrame:
    daily, source = pool(rows, ["day", "kind"], SUMS), source_of(rows)
    made = tally(daily, KIND, ("kind",), source=source)
    return pd.concat([made, _share(rows, rows, ("kind",))], ignore_index=True)


def _plans(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """The types of plan that 标准推广 names."""
    if "plan_type" not in rows or rows["plan_type"].isna().all():
        return []
    named = rows[rows["plan_type"].notna()].assign(plan=lambda kept: kept["plan_type"].astype(str))
    daily = pool(named, ["day", "kind", "plan"], SUMS)
    by = ("kind", "plan")
    return [tally(daily, HOURLY, by, source=source_of(named)), _share(named, rows, by)]


def _share(rows: pd.DataFrame, everything: pd.DataFrame, by: tuple[str, ...]) -> pd.DataFrame:
    """Cost of each group ÷ cost of all ads."""
    cost, whole = column(rows, "ad_cost_cny"), float(column(everything, "ad_cost_cny").sum())
    if not whole > 0:
        return blanks([SHARE], "no_ads")
    source, days = source_of(everything), float(everything["day"].nunique())
    return entries(
        Entry(SHARE, part / whole, part, whole, days, at=Place(source, by, key if len(by) > 1 else (str(key[0]),)))
        for key, part in cost.groupby([rows[name] for name in by]).sum().items()
        for key in [key if isinstance(key, tuple) else (key,)]
    )


def _weak(ground: Ground, hours: pd.DataFrame, hourly: pd.DataFrame) -> pd.DataFrame:
    """Spend of 全域 in hours whose ROI is clearly below break-even, free sales counted in its favour."""
    line = ground.profile("gross_margin") * ground.profile("signed_rate")
    if not line > 0:
        return blanks([WEAK, WEAK_SHARE], "no_margin")
    roi = hourly[(hourly["id"] == "qc_roi") & hourly["key"].map(lambda key: key[0] == "uni")]
    if roi["high"].isna().all():
        return blanks([WEAK, WEAK_SHARE], "too_few")
    weak = {key[1] for key, high in zip(roi["key"], roi["high"], strict=True) if high < 1 / line}
    mine = hours[hours["kind"] == "uni"]
    cost = column(mine, "ad_cost_cny")
    part, whole = float(cost[mine["hour"].isin(weak)].sum()), float(cost.sum())
    n, at = float(mine["day"].nunique()), Place(source_of(mine))
    return entries([Entry(WEAK, part, n=n, at=at), Entry(WEAK_SHARE, part / whole, part, whole, n, at=at)])
