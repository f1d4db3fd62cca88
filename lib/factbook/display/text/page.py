"""The verdict on top of the report, the gates, and the consultant's own words."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt

from factbook import fmt
from factbook.display.shown import SYNTHETIC, Shown, escape, folded, prose
from factbook.display.text.facts import sliced
from factbook.knowledge.gates import gates as gate_rows
from factbook.knowledge.words import label, say
from factbook.records import Diagnosis, Gate

GATE_ORDER = ("shut", "not_measured", "open")

# Raw HTML is shown as text, and pictures from elsewhere are not fetched: a report needs no other address.
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def verdict(dx: Diagnosis) -> Shown:
    """The diagnosis in one sentence, with merchant, period and whether the data are invented."""
    sentence = dx.verdict[dx.language]
    facts = [dx.merchant.name, dx.merchant.industry, fmt.span(dx.period.start, dx.period.end, dx.language)]
    facts += [SYNTHETIC[dx.language]] if dx.merchant.synthetic else []
    meta = " · ".join(fact for fact in facts if fact)
    lead = f'<p class="fb-verdict-sentence"><strong>{escape(sentence)}</strong></p>' if sentence else ""
    html = f'<div class="fb-verdict">{lead}<p class="fb-meta">{escape(meta)}</p></div>'
    return prose(html, f"{sentence}\n{meta}".lstrip(), {"verdict": sentence, "synthetic": dx.merchant.synthetic})


def gates(dx: Diagnosis) -> Shown:
    """Every gate of the platform: shut ones first, how far from the line, since when, and what it closes."""
    if not dx.gates:
        sentence = say("gate_line.none", dx.language)
        return prose(f"<p>{escape(sentence)}</p>", sentence)
    ranked = sorted(dx.gates, key=lambda gate: (GATE_ORDER.index(gate.state), not gate.closes))
    tally = _tally(dx)
    html = f"<p>{escape(tally)}</p>{_list([gate for gate in ranked if gate.state != 'open'], dx)}"
    passed = [gate for gate in ranked if gate.state == "open"]
    if passed:
        html += folded(say("say.fold_open", dx.language), len(passed), _list(passed, dx), dx.language)
    plain = [_spoken(gate, dx) for gate in ranked]
    return prose(html, "\n".join([tally, *plain]), {"gates": [_raw(gate) for gate in ranked]})


def _list(chosen: Sequence[Gate], dx: Diagnosis) -> str:
    items = "".join(f'<li class="fb-gate fb-{gate.state}">{_gate(gate, dx)}</li>' for gate in chosen)
    return f'<ul class="fb-gates">{items}</ul>' if items else ""


def _tally(dx: Diagnosis) -> str:
    counts = {state: sum(gate.state == state for gate in dx.gates) for state in ("shut", "open", "not_measured")}
    parts = [say(f"gate_line.tally_{state}", dx.language, n=n) for state, n in counts.items() if n]
    return "，".join(parts) + "。" if dx.language == "zh" else ", ".join(parts) + "."


def _spoken(gate: Gate, dx: Diagnosis) -> str:
    language, colon = dx.language, "：" if dx.language == "zh" else ": "
    return f"{label('gate', gate.state, language)} · {gate.name[language]}{colon}{_line(gate, dx)}"


def _gate(gate: Gate, dx: Diagnosis) -> str:
    language = dx.language
    mark = f'<span class="fb-mark fb-{gate.state}">{escape(label("gate", gate.state, language))}</span>'
    row = gate_rows().get(gate.id)
    effect = f' <span class="fb-small">{escape(row.effect[language])}</span>' if row else ""
    return f"{mark} <strong>{escape(gate.name[language])}</strong> {escape(_line(gate, dx))}{effect}"


def _line(gate: Gate, dx: Diagnosis) -> str:
    """Score, line, distance, since when and what is closed, in one sentence."""
    language = dx.language
    line, joint = fmt.decimal(gate.line, language, 1), "，" if language == "zh" else "; "
    if gate.value is None:
        return say("gate_line.not_measured", language, line=line)
    distance = abs(gate.value - gate.line)
    key = gate.state if round(distance, 1) else "on_line"
    value = fmt.decimal(gate.value, language, 1)
    parts = [say(f"gate_line.{key}", language, value=value, line=line, distance=fmt.decimal(distance, language, 1))]
    if gate.state == "shut":
        parts += [_since(gate, dx)] if gate.since else []
        fields = ("、" if language == "zh" else ", ").join(label("field", code, language) for code in gate.closes)
        parts += [say("gate_line.closes", language, fields=fields)] if fields else []
    return joint.join(parts)


def _since(gate: Gate, dx: Diagnosis) -> str:
    """The first day below the line; where that is the first day there is, nobody knows when it began."""
    days = [*sliced(dx, "service_score", "date", "history"), *sliced(dx, "service_score", "date")]
    if gate.since is None or (days and gate.since.isoformat() <= min(days)):
        return say("gate_line.always", dx.language)
    return say("gate_line.since", dx.language, day=fmt.day(gate.since, dx.language))


def _raw(gate: Gate) -> dict[str, object]:
    since = gate.since.isoformat() if gate.since else None
    return {"id": gate.id, "state": gate.state, "value": gate.value, "line": gate.line, "since": since}


def notes(dx: Diagnosis, chapter: str) -> Shown:
    """The consultant's own Markdown for a chapter; nothing to see where there is none."""
    written = dx.notes.get(chapter, "").strip()
    if not written:
        return Shown("text", "", "", {"plain": ""})
    return prose(f'<div class="fb-notes">{MARKDOWN.render(written)}</div>', written, {"markdown": written})
