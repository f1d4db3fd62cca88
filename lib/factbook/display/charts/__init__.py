"""Pictures, called by what they show; each takes a diagnosis and returns one display object."""

from factbook.display.charts.ads import ad_hours
from factbook.display.charts.alliance import creator_concentration, creator_quadrant
from factbook.display.charts.campaign import campaign_days
from factbook.display.charts.campaign_hours import campaign_hours
from factbook.display.charts.campaign_plan import campaign_plan
from factbook.display.charts.campaign_ready import campaign_preparation
from factbook.display.charts.campaign_year import campaign_year
from factbook.display.charts.causes import change_by_field, change_by_step, traffic_mix
from factbook.display.charts.creator_buyers import creator_buyers
from factbook.display.charts.creator_story import creator_story, session_plan
from factbook.display.charts.creators import creator_channels, creator_retention
from factbook.display.charts.evidence import coverage
from factbook.display.charts.field import daily_trend, hour_heatmap, service_score, session_league
from factbook.display.charts.fit import fit_heatmap, team_form
from factbook.display.charts.goods import product_roles, refund_stages
from factbook.display.charts.growth import field_mix, followers, rhythm, room_funnel, weekly_sales
from factbook.display.charts.lanes import capacity_load, roadmap_lanes
from factbook.display.charts.minutes import minute_curve
from factbook.display.charts.organisation import capability_profile
from factbook.display.charts.roadmap import value_effort
from factbook.display.charts.star_baseline import star_baseline
from factbook.display.charts.star_lift import star_lift
from factbook.display.charts.star_next import next_fee, star_buyers
from factbook.display.charts.summary import fact_matrix, worth_waterfall
from factbook.display.charts.top_kol import deal_waterfall, star_dependence

__all__ = [
    "ad_hours",
    "campaign_days",
    "campaign_hours",
    "campaign_plan",
    "campaign_preparation",
    "campaign_year",
    "capability_profile",
    "capacity_load",
    "change_by_field",
    "change_by_step",
    "coverage",
    "creator_buyers",
    "creator_channels",
    "creator_concentration",
    "creator_quadrant",
    "creator_retention",
    "creator_story",
    "daily_trend",
    "deal_waterfall",
    "fact_matrix",
    "field_mix",
    "fit_heatmap",
    "followers",
    "hour_heatmap",
    "minute_curve",
    "next_fee",
    "product_roles",
    "refund_stages",
    "rhythm",
    "roadmap_lanes",
    "room_funnel",
    "service_score",
    "session_league",
    "session_plan",
    "star_baseline",
    "star_buyers",
    "star_dependence",
    "star_lift",
    "team_form",
    "traffic_mix",
    "value_effort",
    "weekly_sales",
    "worth_waterfall",
]
