"""Every rule, written out; codes are never reused."""

from factbook.judgement.rules import (
    alliance,
    campaign,
    campaign_hours,
    creators,
    field,
    goods,
    growth,
    organisation,
    rooms,
    score,
    service,
    shelf,
    top_kol,
)

RULES = (
    *service.RULES,
    *score.RULES,
    *growth.RULES,
    *field.RULES,
    *rooms.RULES,
    *goods.RULES,
    *alliance.RULES,
    *creators.RULES,
    *campaign.RULES,
    *campaign_hours.RULES,
    *top_kol.RULES,
    *shelf.RULES,
    *organisation.RULES,
)
