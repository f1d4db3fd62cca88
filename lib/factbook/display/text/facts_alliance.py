"""What may be said about creators: quadrants, concentration, channels, story, retention and next month."""

from __future__ import annotations

import pandas as pd

from factbook import fmt
from factbook.display.tables.creators import LABELS, labelled
from factbook.display.text.facts import Found, count, figure, figures, listed, named, ratio, sliced
from factbook.knowledge.readings import Fact
from factbook.knowledge.thumbs import line
from factbook.records import Diagnosis, Text

STEPS = ("more", "new_product", "explore", "keep", "fewer", "rest")


def creator_quadrant(dx: Diagnosis) -> Found:
    """How many creators stand in each quadrant, what each kind sells, and what mismatched ones leave."""
    numbers = sliced(dx, "creators_by_label", "label")
    total, unknown = sum(numbers.values()), numbers.get("unknown")
    left = sliced(dx, "label_contribution_cny", "label").get("mismatch")
    line_row = dx.measures.row("creator_conversion_line")
    return {
        "total": count(total or None),
        **{f"n_{kind}": count(numbers.get(kind)) for kind in LABELS},
        "kinds": Fact(_kinds(numbers, sliced(dx, "label_share", "label"))),
        "exposure_rising": Fact(_exposure(dx, "rising"), "times"),
        "exposure_line": figure(dx, "creator_exposure_line"),
        "mismatch_left": Fact(left, "cny"),
        "mismatch_lost": Fact(-left if left is not None and left < 0 else None, "cny"),
        "unknown_part": ratio(unknown, total),
        "n_few": count(_why(dx, "too_few")),
        "n_unsure": count(_why(dx, "label_unsure")),
        "n_odd": count(_why(dx, "exceeds_trials", "no_clicks")),
        "unknown_line": Fact(line("unknown_creators"), "fraction"),
        "conversion_basis": Fact(line_row.reason if line_row else None),
    }


def _kinds(numbers: dict[str, float], shares: dict[str, float]) -> Text | None:
    """`核心达人14位占58%、…` of every kind but the unknown that has anyone."""
    said = []
    for kind in LABELS[:-1]:
        if numbers.get(kind) and kind in shares:
            name, n, share = named("label", kind), numbers[kind], shares[kind]
            zh = f"{name.zh}{fmt.count(n, 'zh')}位占{fmt.percent(share, 'zh')}"
            said.append(Text(zh, f"{name.en} {fmt.count(n, 'en')} ({fmt.percent(share, 'en')})"))
    return listed(said)


def _exposure(dx: Diagnosis, kind: str) -> float | None:
    """Exposures per product and session of a kind: as measured, else the median of its creators."""
    measured = sliced(dx, "creator_exposures_per_product", "label").get(kind)
    if measured is not None:
        return measured
    each = pd.Series(sliced(dx, "creator_exposures_per_product", "creator"), dtype=float)
    kinds = labelled(dx)
    chosen = each.reindex(kinds[kinds == kind].index).dropna()
    return float(chosen.median()) if len(chosen) else None


def creator_concentration(dx: Diagnosis) -> Found:
    """How much rests on the first tenth and on the first creator, and how many were active."""
    ids = ("creator_head_share", "creator_top1_share", "active_creators", "bucket_paid_cny")
    return {
        **figures(dx, *ids),
        "active_before": figure(dx, "active_creators", "previous"),
        "top1_line": Fact(line("top1_dependence"), "fraction"),
        "head_line": Fact(line("head_share"), "fraction"),
    }


def _why(dx: Diagnosis, *codes: str) -> float | None:
    """Creators without a verdict for one of these reasons; unknown where no label was tried."""
    found = sliced(dx, "creators_unknown", "why")
    return sum(found.get(code, 0.0) for code in codes) if found else None


def creator_channels(dx: Diagnosis) -> Found:
    """How many reach each step, and the channels that get through best and worst, where they surely differ."""
    steps = sliced(dx, "channel_creators", "step")
    return {
        **{step: count(steps.get(step)) for step in ("approached", "sampled", "live", "again")},
        "live_part": ratio(steps.get("live"), steps.get("approached")),
        "again_part": ratio(steps.get("again"), steps.get("live")),
        **_channel_ends(dx),
        "idle": count(dx.measures.value("samples_idle")),
        "idle_cost": figure(dx, "samples_idle_cny"),
        "again_rate": figure(dx, "channel_again_rate"),
    }


def _channel_ends(dx: Diagnosis) -> Found:
    rows = dx.measures.select("channel_live_rate", "channel").dropna(subset="value")
    rows = rows[rows["channel"] != "unlisted"].sort_values("value", kind="stable") if len(rows) else rows
    worst, best = (rows.iloc[0], rows.iloc[-1]) if len(rows) > 1 else (None, None)
    apart = worst is not None and best is not None and worst["high"] < best["low"]
    told = {"best": best, "worst": worst}
    found: Found = {"listed_channels": count(float(len(rows)))}
    for name, row in told.items():
        known = apart and row is not None
        found[name] = Fact(named("channel", str(row["channel"])) if known and row is not None else None)
        found[f"{name}_rate"] = Fact(float(row["value"]) if known and row is not None else None, "fraction")
    return found


def creator_retention(dx: Diagnosis) -> Found:
    """Who of the previous period is still there, and the newest group that has a month behind it."""
    row = dx.measures.row("creator_retention_next")
    return {
        "stayed": figure(dx, "creator_retention_next"),
        "before": count(row.denominator if row else None),
        "gone": count(row.denominator - (row.numerator or 0.0) if row and row.denominator else None),
        "limit": Fact(line("creator_retention"), "fraction"),
        **_newest_group(dx),
    }


def _newest_group(dx: Diagnosis) -> Found:
    """The last month's group that was seen in the month after, without the one the records begin with."""
    rows = dx.measures.select("creator_retention", ("cohort", "month"), "history").dropna(subset="value")
    rows = rows[(rows["reason"] == "") & (rows["month"] > rows["cohort"])] if len(rows) else rows
    if not len(rows):
        return {name: Fact(None) for name in ("group", "group_size", "group_stayed")}
    last = rows.sort_values(["cohort", "month"], kind="stable").drop_duplicates("cohort").iloc[-1]
    year, month = str(last["cohort"]).split("-")
    name = Text(f"{int(month)}月", f"{pd.Timestamp(f'{year}-{month}-01'):%B}")
    size = count(float(last["denominator"]))
    return {"group": Fact(name), "group_size": size, "group_stayed": Fact(float(last["value"]), "fraction")}


def creator_story(dx: Diagnosis) -> Found:
    """How many are known by now, what became of those who were given a change, and the moves of the period."""
    standing = sliced(dx, "creators_by_state", "state")
    row = dx.measures.row("creator_recovery_rate")
    moves = dx.measures.select("story_moves", ("from", "to")).dropna(subset="value")
    fallen = float(moves.loc[moves["to"] == "mismatch", "value"].sum()) if len(moves) else None
    risen = float(moves.loc[moves["to"].isin(("core", "rising", "recovered")), "value"].sum()) if len(moves) else None
    changed = row.denominator if row else None
    won = row.numerator if row else None
    return {
        "total": count(sum(standing.values()) or None),
        **{f"n_{state}": count(standing.get(state)) for state in ("new", "trial", "low")},
        "changed": count(changed),
        "won": count(won),
        "lost": count(changed - won if changed is not None and won is not None else None),
        "fallen": count(fallen),
        "risen": count(risen),
    }


def session_plan(dx: Diagnosis) -> Found:
    """What next month's sessions are, who gets them, and what the change is expected to leave."""
    people, sessions = sliced(dx, "plan_creators", "step"), sliced(dx, "plan_step_sessions", "step")
    value, now = (dx.measures.value(id) for id in ("plan_value_cny", "plan_value_now_cny"))
    row = dx.measures.row("plan_value_cny")
    return {
        **{f"n_{step}": count(people.get(step)) for step in STEPS},
        "moves": Fact(_moves(people)),
        "more_sessions": count(sessions.get("more")),
        "budget": figure(dx, "plan_budget_sessions"),
        "gain": Fact(value - now if value is not None and now is not None else None, "cny"),
        "learning": count(dx.measures.value("plan_learning_sessions")),
        "margin": Fact("unknown" if row and row.reason == "no_margin" else "known"),
        "gate": Fact("shut" if any(g.state == "shut" and "A" in g.closes for g in dx.gates) else "open"),
    }


def _moves(people: dict[str, float]) -> Text | None:
    """`36位加场、18位换品再试、…` of the steps that anyone takes, those who stay as they are left out."""
    taken = {step: people[step] for step in STEPS if people.get(step) and step != "keep"}
    words = {step: named("plan_step", step) for step in taken}
    said = [Text(f"{n:.0f}位{words[step].zh}", f"{words[step].en} for {n:.0f}") for step, n in taken.items()]
    return listed(said)


def creator_buyers(dx: Diagnosis) -> Found:
    """Who of the buyers creators brought came back, and the kind whose buyers surely return less than own rooms'."""
    theirs, own = (dx.measures.row("repeat_rate_60d", source=source) for source in ("creator", "own"))
    new = dx.measures.row("creator_new_buyers")
    rows = dx.measures.select("repeat_rate_60d", "label").dropna(subset="value")
    rows = rows[(rows["high"] < (own.low if own and own.low else 0.0)) & (rows["label"] != "unknown")]
    worst = rows.sort_values("value").iloc[0] if len(rows) else None
    return {
        "theirs": Fact(theirs.value if theirs else None, "fraction"),
        "own": Fact(own.value if own else None, "fraction"),
        "weak": Fact(named("label", str(worst["label"])) if worst is not None else None),
        "weak_rate": Fact(float(worst["value"]) if worst is not None else None, "fraction"),
        "new": count(new.value if new else None),
        "new_share": figure(dx, "creator_new_buyer_share"),
        "counted": Fact(new.reason if new else None),
    }
