"""For every rule a merchant in whom it fires, and the change that silences it."""

from __future__ import annotations

from tests.judgement.situations import (
    alliance,
    campaign,
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
from tests.judgement.situations.common import Situation

__all__ = ["SITUATIONS", "Situation"]

SITUATIONS: dict[str, Situation] = {
    **service.SITUATIONS,
    **growth.SITUATIONS,
    **field.SITUATIONS,
    **rooms.SITUATIONS,
    **goods.SITUATIONS,
    **score.SITUATIONS,
    **alliance.SITUATIONS,
    **campaign.SITUATIONS,
    **top_kol.SITUATIONS,
    **shelf.SITUATIONS,
    **organisation.SITUATIONS,
}
