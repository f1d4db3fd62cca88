"""Pictures, called by what they show; each takes a diagnosis and returns one display object."""

from factbook.display.charts.alliance import creator_concentration, creator_quadrant
from factbook.display.charts.campaign import campaign_days
from factbook.display.charts.evidence import coverage
from factbook.display.charts.field import daily_trend, hour_heatmap, service_score, session_league
from factbook.display.charts.growth import field_mix, followers, rhythm, room_funnel, weekly_sales
from factbook.display.charts.organisation import capability_profile
from factbook.display.charts.roadmap import value_effort
from factbook.display.charts.summary import fact_matrix
from factbook.display.charts.top_kol import deal_waterfall, star_dependence

__all__ = [
    "campaign_days",
    "capability_profile",
    "coverage",
    "creator_concentration",
    "creator_quadrant",
    "daily_trend",
    "deal_waterfall",
    "fact_matrix",
    "field_mix",
    "followers",
    "hour_heatmap",
    "rhythm",
    "room_funnel",
    "service_score",
    "session_league",
    "star_dependence",
    "value_effort",
    "weekly_sales",
]
