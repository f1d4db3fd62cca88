"""The reading under a picture: what this merchant's figures say, in whole sentences."""

from __future__ import annotations

from collections.abc import Callable

from factbook.display.shown import Shown, escape, prose
from factbook.display.text import (
    facts_alliance,
    facts_campaign,
    facts_causes,
    facts_field,
    facts_growth,
    facts_rooms,
    facts_stars,
    facts_team,
)
from factbook.display.text.facts import Found
from factbook.knowledge.readings import readings, tell
from factbook.records import Diagnosis

FACTS: dict[str, Callable[[Diagnosis], Found]] = {
    "fact_matrix": facts_team.fact_matrix,
    "room_funnel": facts_growth.room_funnel,
    "weekly_sales": facts_growth.weekly_sales,
    "change_by_field": facts_causes.change_by_field,
    "change_by_step": facts_causes.change_by_step,
    "traffic_mix": facts_causes.traffic_mix,
    "archetype": facts_causes.archetype,
    "worth_waterfall": facts_causes.worth_waterfall,
    "field_mix": facts_growth.field_mix,
    "rhythm": facts_growth.rhythm,
    "followers": facts_growth.followers,
    "daily_trend": facts_rooms.daily_trend,
    "hour_heatmap": facts_rooms.hour_heatmap,
    "session_league": facts_rooms.session_league,
    "f5_metrics": facts_rooms.f5_metrics,
    "service_score": facts_rooms.service_score,
    "minute_curve": facts_field.minute_curve,
    "ad_hours": facts_field.ad_hours,
    "product_roles": facts_field.product_roles,
    "refund_stages": facts_field.refund_stages,
    "creator_quadrant": facts_alliance.creator_quadrant,
    "creator_concentration": facts_alliance.creator_concentration,
    "creator_channels": facts_alliance.creator_channels,
    "creator_story": facts_alliance.creator_story,
    "creator_retention": facts_alliance.creator_retention,
    "creator_buyers": facts_alliance.creator_buyers,
    "session_plan": facts_alliance.session_plan,
    "campaign_days": facts_campaign.campaign_days,
    "campaign_calendar": facts_campaign.campaign_calendar,
    "campaign_year": facts_campaign.campaign_year,
    "campaign_hours": facts_campaign.campaign_hours,
    "campaign_plan": facts_campaign.campaign_plan,
    "campaign_preparation": facts_campaign.campaign_preparation,
    "campaign_readiness": facts_campaign.campaign_readiness,
    "deal_waterfall": facts_stars.deal_waterfall,
    "star_dependence": facts_stars.star_dependence,
    "star_baseline": facts_stars.star_baseline,
    "star_lift": facts_stars.star_lift,
    "star_buyers": facts_stars.star_buyers,
    "next_fee": facts_stars.next_fee,
    "capability_profile": facts_team.capability_profile,
    "say_do": facts_team.say_do,
    "fit_heatmap": facts_team.fit_heatmap,
    "team_form": facts_team.team_form,
    "value_effort": facts_team.value_effort,
    "roadmap_lanes": facts_team.roadmap,
    "capacity_load": facts_team.roadmap,
    "memory": facts_team.memory,
    "roadmap": facts_team.roadmap,
    "coverage": facts_team.coverage,
}


def reading(dx: Diagnosis, key: str) -> Shown:
    """Two or three sentences about this merchant under the picture `key`; KeyError for an unknown picture."""
    sentences = tell(readings()[key], FACTS[key](dx), dx.language)
    joint = "" if dx.language == "zh" else " "
    said = joint.join(sentences)
    return prose(f'<p class="fb-reading">{escape(said)}</p>', said, {"reading": key, "sentences": list(sentences)})
