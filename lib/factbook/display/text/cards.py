"""Findings as cards: what, why, the figures it rests on, what it is worth, and the next step."""

from __future__ import annotations

from datetime import date
from typing import Any

from factbook import fmt
from factbook.display import cells
from factbook.display.places import place
from factbook.display.shown import Shown, escape, prose
from factbook.knowledge.metrics import metrics
from factbook.knowledge.words import label, say
from factbook.records import Diagnosis, Evidence, Finding, Language

TOP = 3
SLICE_WORDS = {"capability": "area", "source": "buyer_source"}  # slices whose words stand in a table of another name
DAYS = frozenset({"date", "week"})


def top_findings(dx: Diagnosis) -> Shown:
    """The three findings that matter most as cards; strengths only where there is nothing to mend."""
    ranked = sorted(dx.findings, key=lambda finding: finding.severity == "strength")
    if not ranked:
        return _said(say("card.none_at_all", dx.language))
    rest = len(ranked) - TOP
    return _cards(dx, ranked[:TOP], say("card.more", dx.language, n=rest) if rest > 0 else "")


def findings(dx: Diagnosis, *areas: str) -> Shown:
    """Every finding of some areas as cards; a sentence where there is none or nothing was measured."""
    found = dx.findings_in(*areas)
    if found:
        return _cards(dx, found)
    measured = any(dx.score(area).state != "not_measured" for area in areas)
    return _said(say("card.none" if measured else "card.unmeasured", dx.language))


def _said(sentence: str) -> Shown:
    return prose(f"<p>{escape(sentence)}</p>", sentence)


def _cards(dx: Diagnosis, chosen: tuple[Finding, ...] | list[Finding], after: str = "") -> Shown:
    tail = f'<p class="fb-more">{escape(after)}</p>' if after else ""
    html = f'<div class="fb-cards">{"".join(_card(dx, finding) for finding in chosen)}</div>{tail}'
    plain = "\n\n".join("\n".join(_lines(dx, finding)) for finding in chosen)
    return prose(html, f"{plain}\n{after}".rstrip(), {"cards": [_raw(dx, finding) for finding in chosen]})


def _card(dx: Diagnosis, finding: Finding) -> str:
    language = dx.language
    evidence = "".join(f"<li>{_figure(item, language)}</li>" for item in finding.evidence)
    parts = [
        f'<p class="fb-kicker"><span class="fb-mark fb-{finding.severity}">'
        f"{escape(label('severity', finding.severity, language))}</span> "
        f'<span class="fb-area">{escape(label("area", finding.area, language))}</span></p>',
        f"<h4>{escape(finding.title[language])}</h4>",
        f"<p>{escape(finding.text[language])}</p>",
        f'<ul class="fb-evidence">{evidence}</ul>' if evidence else "",
        *(f'<p class="fb-{kind}">{escape(text)}</p>' for kind, text in _tail(dx, finding)),
    ]
    code = escape(finding.code)
    return f'<article class="fb-card fb-{finding.severity}" data-code="{code}">{"".join(parts)}</article>'


def _figure(item: Evidence, language: Language) -> str:
    name, value, against, small = _words(item, language)
    compared = f' <span class="fb-against">{escape(against)}</span>' if against else ""
    foot = f' <span class="fb-small">{escape(small)}</span>' if small else ""
    return f'<span class="fb-name">{escape(name)}</span> <strong>{escape(value)}</strong>{compared}{foot}'


def _words(item: Evidence, language: Language) -> tuple[str, str, str, str]:
    """Name, figure, comparison, and sample with source, of one piece of evidence."""
    metric = metrics().get(item.metric)
    unit = metric.unit if metric else "ratio"
    name = metric.name[language] if metric else item.metric
    cut = slice_words(item, language)
    against = ""
    if item.compared_with is not None:
        value = fmt.figure(item.compared_with, unit, language)
        against = say("card.against", language, whose=label("basis", item.basis or "none", language), value=value)
    sample = say("card.sample", language, n=fmt.count(item.n, language)) if item.n is not None else ""
    source = say("card.from", language, source=place(item.source, language)) if item.source else ""
    small = " · ".join(part for part in (sample, source) if part)
    return f"{name}{cut}", fmt.figure(item.value, unit, language), against, small


def slice_words(item: Evidence, language: Language) -> str:
    """Which slice a figure is of, after its name; nothing for the whole period."""
    return "".join(f" · {_slice_word(name, value, language)}" for name, value in item.slice.items())


def _slice_word(name: str, value: str, language: Language) -> str:
    if name in DAYS:
        return fmt.day(date.fromisoformat(value), language)
    return label(SLICE_WORDS.get(name, name), value, language)


def _tail(dx: Diagnosis, finding: Finding) -> list[tuple[str, str]]:
    """Worth and next step of a card, where there are any."""
    return [(kind, text) for kind, text in (("worth", _worth(dx, finding)), ("next", _next(dx, finding))) if text]


def _worth(dx: Diagnosis, finding: Finding) -> str:
    ends = (finding.worth_low_cny, finding.worth_high_cny)
    if not finding.worth_basis or all(end is None for end in ends):
        return ""
    basis = label("worth", finding.worth_basis, dx.language)
    return say("card.worth", dx.language, range=cells.spell(ends, "interval:cny_said", dx.language), basis=basis)


def _next(dx: Diagnosis, finding: Finding) -> str:
    """The first planned action of a finding."""
    planned = sorted((a for a in dx.actions if a.id in finding.actions), key=lambda action: action.order)
    if not planned:
        return ""
    first, language = planned[0], dx.language
    return say("card.next", language, action=first.title[language], owner=first.owner[language], n=first.horizon)


def _lines(dx: Diagnosis, finding: Finding) -> list[str]:
    """The card in plain words."""
    language = dx.language
    head = f"{label('severity', finding.severity, language)} · {finding.title[language]}"
    figures = [" ".join(part for part in _words(item, language) if part) for item in finding.evidence]
    return [head, finding.text[language], *figures, *(text for _, text in _tail(dx, finding))]


def _raw(dx: Diagnosis, finding: Finding) -> dict[str, Any]:
    """The card's values as exporters read them."""
    return {
        "code": finding.code,
        "area": finding.area,
        "severity": finding.severity,
        "title": finding.title[dx.language],
        "text": finding.text[dx.language],
        "worth_cny": cells.raw((finding.worth_low_cny, finding.worth_high_cny)),
        "worth_basis": finding.worth_basis,
        "evidence": [
            {
                "metric": item.metric,
                "value": cells.raw(item.value),
                "n": cells.raw(item.n),
                "source": item.source,
            }
            for item in finding.evidence
        ],
    }
