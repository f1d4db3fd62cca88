"""Every rule, written out; codes are never reused."""

from factbook.judgement.rules import alliance, campaign, field, growth, organisation, service, shelf, top_kol

RULES = (
    *service.RULES,
    *growth.RULES,
    *field.RULES,
    *alliance.RULES,
    *campaign.RULES,
    *top_kol.RULES,
    *shelf.RULES,
    *organisation.RULES,
)
