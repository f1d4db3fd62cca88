"""Tables of the alliance: what each kind of creator brings, and whom to act on."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from factbook import fmt
from factbook.display.shown import FOLD, Shown
from factbook.display.tables.common import Layout, Words, col, lay, remark, sources, wide
from factbook.knowledge.words import label, say
from factbook.records import Diagnosis

LABELS = ("core", "rising", "mismatch", "low", "unknown")
TO_ACT = ("core", "rising", "low", "mismatch")
ADVISED = ("core", "rising", "low", "low_seen", "mismatch")
EVEN = 0.5
NEARLY = 0.02  # a share this near to all of it needs no word
MOST_LISTED = 10  # of each kind; the rest is counted in the note …
IN_SIGHT = 4  # … and of these so many stand open, the others fold away

_BY_LABEL = {
    "creators_by_label": "creators",
    "label_paid_cny": "paid",
    "label_share": "share",
    "creator_refund_rate": "refund_rate",
    "label_contribution_cny": "contribution",
}

CREATOR_LABELS = Layout(
    "creator_labels",
    (
        col("label", "mark:label"),
        col("creators", "count"),
        col("paid", "cny"),
        col("share", "fraction"),
        col("refund_rate", "optional:fraction"),
        col("contribution", "cny"),
    ),
)

_BY_CREATOR = {
    "creator_sessions": "sessions",
    "creator_exposures_per_product": "exposures",
    "creator_paid_cny": "paid",
    "creator_contribution_cny": "contribution",
}

CREATORS_TO_ACT = Layout(
    "creators_to_act",
    (
        col("creator"),
        col("label", "mark:label"),
        col("chance", "fraction"),
        col("conversion", "fraction"),
        col("exposures", "times"),
        col("paid", "cny"),
        col("contribution", "cny"),
        col("sessions", "count"),
        col("sessions_planned", "optional:count"),
        col("advice"),
    ),
)


def creator_labels(dx: Diagnosis) -> Shown:
    """Per kind of creator: how many, what they sold, what came back, what was left."""
    grid = wide(dx, tuple(_BY_LABEL), "label").rename(columns=_BY_LABEL)
    grid = grid.reindex([label for label in LABELS if label in grid.index]).rename_axis("label").reset_index()
    found = dx.measures.select(tuple(_BY_LABEL), "label")["source"]
    words = Words(sources(found, dx.language), joined(caveats(dx)))
    return lay(dx, CREATOR_LABELS, grid.dropna(subset="creators"), words)


def labelled(dx: Diagnosis) -> pd.Series:
    """The label of each creator: the likeliest one, as measures weighed it. Index: creator."""
    return _verdicts(dx)["label"]


def _verdicts(dx: Diagnosis) -> pd.DataFrame:
    """`label` and its `chance` by creator."""
    odds = dx.measures.select("creator_label", ("creator", "label")).dropna(subset="value")
    best = odds.sort_values("value").drop_duplicates("creator", keep="last")
    return best.set_index("creator")[["label", "value"]].rename(columns={"value": "chance"})


def creators_to_act(dx: Diagnosis) -> Shown:
    """Per quadrant the creators that matter most, each with what the method advises for them."""
    everyone = _creators(dx)
    chosen = everyone[everyone["label"].isin(TO_ACT)]
    parts = [_listed(dx, chosen[chosen["label"] == kind], kind) for kind in TO_ACT]
    frame = pd.concat(parts) if len(chosen) else chosen
    note = say("say.listed_of", dx.language, shown=len(frame), total=len(chosen)) if len(frame) < len(chosen) else ""
    found = dx.measures.select("creator_paid_cny", "creator")["source"]
    notes = [note, *caveats(dx)]
    return lay(dx, CREATORS_TO_ACT, frame, Words(sources(found, dx.language), joined(notes)))


def caveats(dx: Diagnosis) -> list[str]:
    """What the figures of creators leave out: whose conversion divides them, samples nobody recorded, the unnamed."""
    line = dx.measures.row("creator_conversion_line")
    money = dx.measures.select("label_contribution_cny", "label")["reason"]
    codes = [line.reason if line else "", *money.head(1)]
    return [*(remark(code, dx.language) for code in codes if code), *unnamed(dx)]


def joined(notes: Iterable[str]) -> str:
    """Notes under a table, in a row."""
    return " · ".join(filter(None, notes))


def unnamed(dx: Diagnosis) -> list[str]:
    """That the lists name only a part: the live report's share of the alliance, and what 更多账号 holds."""
    named, rest = (dx.measures.value(id) for id in ("alliance_named_share", "bucket_share"))
    said = []
    if named is not None and abs(named - 1) > NEARLY:
        said.append(say("say.named_share", dx.language, share=fmt.percent(named, dx.language)))
    if rest:
        said.append(say("say.bucket_share", dx.language, share=fmt.percent(rest, dx.language)))
    return said


def _listed(dx: Diagnosis, rows: pd.DataFrame, kind: str) -> pd.DataFrame:
    order = ("contribution", True) if kind == "mismatch" else ("paid", False)
    first = rows.sort_values(order[0], ascending=order[1], kind="stable").head(MOST_LISTED)
    return folded(first, IN_SIGHT, say("say.fold_kind", dx.language, kind=label("label", kind, dx.language)))


def folded(rows: pd.DataFrame, count: int, heading: str) -> pd.DataFrame:
    """The rows with all but the first `count` folded under a heading."""
    return rows.assign(**{FOLD: [heading if n >= count else "" for n in range(len(rows))]})


def _creators(dx: Diagnosis) -> pd.DataFrame:
    grid = wide(dx, tuple(_BY_CREATOR), "creator").rename(columns=_BY_CREATOR)
    rates = dx.measures.select("creator_conversion", "creator").set_index("creator").reindex(grid.index)
    verdicts = _verdicts(dx).reindex(grid.index)
    planned = dx.measures.select("plan_sessions", ("creator", "step")).drop_duplicates("creator")
    told = grid.assign(
        creator=grid.index,
        label=verdicts["label"],
        chance=verdicts["chance"],
        conversion=rates["value"],
        sessions_planned=planned.set_index("creator")["value"].reindex(grid.index) if len(planned) else None,
    )
    return told.assign(advice=_advice(dx, told))


def _advice(dx: Diagnosis, told: pd.DataFrame) -> list[str]:
    """The method's advice for the quadrant a creator stands in, against the two lines."""
    conversion, exposure = (dx.measures.value(id) for id in ("creator_conversion_line", "creator_exposure_line"))
    values = {"line": fmt.percent(conversion, dx.language), "median": fmt.count(exposure, dx.language)}
    seen = dx.measures.select("creator_exposure_high", "creator").set_index("creator")["value"].reindex(told.index)
    kinds = [f"{k}_seen" if k == "low" and up > EVEN else str(k) for k, up in zip(told["label"], seen, strict=True)]
    return [say(f"advice.{kind}", dx.language, **values) if kind in ADVISED else "" for kind in kinds]


def pairs(rates: pd.DataFrame) -> pd.Series:
    """`low` and `high` of each row as one cell."""
    return pd.Series(list(zip(rates["low"], rates["high"], strict=True)), index=rates.index, dtype=object)
