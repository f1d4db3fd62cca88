"""The consultant's hand: findings and actions muted, reworded or put in another place, both versions kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from factbook.judgement.rule import Outcome
from factbook.judgement.say import join
from factbook.records import UNSAID, Action, Finding, Overridden, Override, Text, Version

T = TypeVar("T", Finding, Action)
Key = tuple[str, str]  # kind and code
VERDICT: Key = ("verdict", "verdict")


def unmuted(outcomes: Sequence[Outcome], wishes: Sequence[Override]) -> tuple[Outcome, ...]:
    """What may be spoken of: neither list, plan nor verdict rests on a muted finding."""
    muted = {wish.code for wish in wishes if wish.kind == "finding" and wish.mute}
    return tuple(outcome for outcome in outcomes if outcome.code not in muted)


def own_findings(found: Sequence[Finding], wishes: Sequence[Override]) -> tuple[Finding, ...]:
    """Findings as the consultant wants them, ranked anew."""
    placed = _in_hand(found, _of("finding", wishes), lambda finding: finding.code)
    return tuple(replace(finding, rank=float(place)) for place, finding in enumerate(placed, 1))


def own_actions(planned: Sequence[Action], wishes: Sequence[Override]) -> tuple[Action, ...]:
    """Actions as the consultant wants them, numbered anew."""
    placed = _in_hand(planned, _of("action", wishes), lambda action: action.id)
    return tuple(replace(action, order=place) for place, action in enumerate(placed, 1))


def own_verdict(said: Text, wishes: Sequence[Override]) -> Text:
    """The first page's sentence, in the consultant's words where there are any."""
    wish = _of("verdict", wishes).get("verdict")
    return _worded(said, wish.words.get("text", {})) if wish else said


def versions(found: Sequence[Finding], planned: Sequence[Action], verdict: Text) -> dict[Key, Version]:
    """Place and words of everything that can be changed, by kind and code."""
    said = {("finding", f.code): Version(int(f.rank), f.title, f.text) for f in found}
    said |= {("action", a.id): Version(a.order, a.title, join((a.why, a.target))) for a in planned}
    return {**said, VERDICT: Version(0, verdict, UNSAID)}


def overridden(
    wishes: Sequence[Override], before: Mapping[Key, Version], after: Mapping[Key, Version]
) -> tuple[Overridden, ...]:
    """Each wish with the version before and after; one that met nothing keeps no versions."""
    return tuple(_entry(wish, before.get((wish.kind, wish.code)), after) for wish in wishes)


def _entry(wish: Override, before: Version | None, after: Mapping[Key, Version]) -> Overridden:
    now = after.get((wish.kind, wish.code)) if before else None
    return Overridden(wish.kind, wish.code, wish.reason, changes(wish) if before else (), before, now)


def changes(wish: Override) -> tuple[str, ...]:
    """What a wish asks for."""
    asked = {"muted": wish.mute, "reworded": bool(wish.words), "ranked": wish.rank is not None}
    return tuple(name for name, wanted in asked.items() if wanted)


def _of(kind: str, wishes: Sequence[Override]) -> dict[str, Override]:
    return {wish.code: wish for wish in wishes if wish.kind == kind}


def _in_hand(items: Sequence[T], wishes: Mapping[str, Override], code: Callable[[T], str]) -> list[T]:
    """Muted ones gone, the others in their own words, those with a place of their own in it."""
    kept = [_changed(item, wishes.get(code(item))) for item in items if not _muted(wishes.get(code(item)))]
    asked = {code(item): wish.rank for item in kept if (wish := wishes.get(code(item))) and wish.rank}
    ordered = [item for item in kept if code(item) not in asked]
    for item in sorted((item for item in kept if code(item) in asked), key=lambda item: asked[code(item)]):
        ordered.insert(asked[code(item)] - 1, item)
    return ordered


def _muted(wish: Override | None) -> bool:
    return wish is not None and wish.mute


def _changed(item: T, wish: Override | None) -> T:
    if wish is None:
        return item
    words: dict[str, Any] = {part: _worded(getattr(item, part), said) for part, said in wish.words.items()}
    return replace(item, overridden=changes(wish), **words)


def _worded(text: Text, said: Mapping[str, str]) -> Text:
    return Text(said.get("zh", text.zh), said.get("en", text.en))
