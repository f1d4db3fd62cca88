"""Creators as a stock: how they are won, channel by channel, and how many are still on air months later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle

from factbook import fmt
from factbook.display import style, typeset
from factbook.display.charts import canvas, marks
from factbook.display.charts.canvas import Drawn, head
from factbook.display.shown import Shown
from factbook.display.style import Look
from factbook.knowledge.captions import say
from factbook.knowledge.words import label
from factbook.records import Diagnosis

STEPS = ("approached", "sampled", "live", "again")
EVERYONE = "everyone"
MOST_CHANNELS = 7
MOST_COHORTS = 12
ROW, BAR = 46, 0.56
SHADES = LinearSegmentedColormap.from_list("retention", ["#F4F8F8", style.FIELD["A"]])
CHANNELS = (
    head("channel", "word:channel"),
    *(head(f"step_{step}", "count") for step in STEPS),
    head("live_rate", "fraction"),
)
COHORTS = (head("cohort"), head("month"), *canvas.figures("creator_retention"), head("n", "count"))


@style.themed
def creator_channels(dx: Diagnosis) -> Shown:
    """Creators at each step, all together and by the channel they came through."""
    frame = _channels(dx)
    if not len(frame):
        return canvas.absent(dx, "creator_channels", ("channel_creators",), "no_report:live_sessions")
    height = 58 + ROW * len(frame) + canvas.FOOT + 8
    fig = style.figure(900, height)
    left = 16 + max(typeset.width(_name(code, dx.language), style.BASE) for code in frame["channel"])
    ax = style.axes(fig, left + 14, 58, 24, canvas.FOOT + 8)
    ax.set(xlim=(0, len(STEPS)), ylim=(len(frame) - 0.5, -0.5), xticks=[], yticks=[])
    ax.grid(visible=False)
    ax.spines["bottom"].set_visible(False)
    for place, step in enumerate(STEPS):
        marks.near(
            ax,
            (place, 1),
            label("channel_step", step, dx.language),
            (2, 14),
            xycoords=("data", "axes fraction"),
            weight="bold",
        )
    most = max(float(frame[f"step_{step}"].max()) for step in STEPS if frame[f"step_{step}"].notna().any())
    for row, cells in enumerate(frame.to_dict("records")):
        marks.pixel(
            ax, 12, row, _name(cells["channel"], dx.language), row=True, weight="bold" if row == 0 else "normal"
        )
        _steps(ax, row, cells, (most, dx.language))
    key, values = _channel_title(dx, frame)
    return canvas.show(
        dx, Drawn("creator_channels", fig, frame, CHANNELS, key, values, canvas.row_sources(dx, "channel_creators"))
    )


def _name(code: str, language: str) -> str:
    return say("creator_channels.everyone", language) if code == EVERYONE else label("channel", code, language)


def _channels(dx: Diagnosis) -> pd.DataFrame:
    """One row for everyone and one a channel, largest first; a step nobody recorded stays missing."""
    whole = dx.measures.select("channel_creators", "step").assign(channel=EVERYONE)
    each = dx.measures.select("channel_creators", ("channel", "step"))
    rows = pd.concat([part for part in (whole, each) if len(part)] or [whole])
    if not len(rows) or rows["value"].isna().all():
        return pd.DataFrame(columns=["channel"])
    grid = rows.pivot_table("value", "channel", "step", aggfunc="first", dropna=False, sort=False)
    grid = grid.reindex(columns=list(STEPS)).astype(float)
    order = sorted(grid.index, key=lambda code: (code != EVERYONE, code == "unlisted", -grid.loc[code].max()))
    rates = canvas.by_slice(dx, "channel_live_rate", "channel")
    overall = dx.measures.value("channel_live_rate")
    frame = grid.loc[order[: MOST_CHANNELS + 1]].add_prefix("step_").reset_index()
    return frame.assign(live_rate=frame["channel"].map({**rates, EVERYONE: overall}))


def _steps(ax: Axes, row: int, cells: Mapping[Any, Any], scale: tuple[float, str]) -> None:
    """One bar a step, its count beside it, and from the second on the part of the step before that is known."""
    most, language = scale
    before: float | None = None
    for place, step in enumerate(STEPS):
        value = cells[f"step_{step}"]
        if not isinstance(value, float) or value != value:
            marks.near(
                ax, (place, row), say("creator_channels.unknown", language), (2, 0), size=style.SMALL, color=style.FAINT
            )
            continue
        ax.barh(row, value / most * BAR, height=0.5, left=place + 0.01, color=style.FIELD["A"], alpha=1 - 0.18 * place)
        said = fmt.count(value, language)
        part = f" · {fmt.percent(value / before, language, 0)}" if before and value <= before else ""
        marks.near(ax, (place + 0.01 + value / most * BAR, row), said + part, (5, 0), size=style.SMALL)
        before = value


def _channel_title(dx: Diagnosis, frame: pd.DataFrame) -> tuple[str, dict[str, object]]:
    """The best channel against the worst where they are apart beyond chance, else the steps of everyone."""
    rows = canvas.known(dx.measures.select("channel_live_rate", "channel"))
    rows = rows[rows["channel"] != "unlisted"].sort_values("value", kind="stable") if len(rows) else rows
    language = dx.language
    if len(rows) > 1 and rows["high"].iloc[0] < rows["low"].iloc[-1]:
        ends = (("best", rows.iloc[-1]), ("worst", rows.iloc[0]))
        names = {name: label("channel", row["channel"], language) for name, row in ends}
        rates = {f"{name}_rate": fmt.percent(float(row["value"]), language, 0) for name, row in ends}
        return "title", {**names, **rates}
    first = frame.iloc[0]
    counts = {step: fmt.count(float(first[f"step_{step}"]), language) for step in STEPS}
    known = "title_all" if first["step_approached"] == first["step_approached"] else "title_live"
    return known, {**counts}


# ------------------------------------------------------------------ retention


@style.themed
def creator_retention(dx: Diagnosis) -> Shown:
    """Creators by the month of their first session, and the share still on air in each month after."""
    rows = canvas.known(dx.measures.select("creator_retention", ("cohort", "month"), "history"))
    if not len(rows):
        return canvas.absent(dx, "creator_retention", ("creator_retention",), "no_report:live_sessions")
    cohorts = sorted(rows["cohort"].unique())[-MOST_COHORTS:]
    months = sorted(set(rows["month"]) & {m for m in rows["month"] if m >= cohorts[0]})
    frame = rows[rows["cohort"].isin(cohorts)].rename(columns={"value": "creator_retention"})
    fig = style.figure(900, 66 + 40 * len(cohorts) + canvas.FOOT + 10)
    ax = style.axes(fig, 150, 50, 24, canvas.FOOT + 10)
    ax.set(xlim=(0, max(len(months), 4)), ylim=(len(cohorts), 0), xticks=[], yticks=[])
    ax.grid(visible=False)
    ax.spines["bottom"].set_visible(False)
    for place, month in enumerate(months):
        marks.near(
            ax,
            (place + 0.5, 1),
            _month(month, dx.language),
            (0, 10),
            xycoords=("data", "axes fraction"),
            ha="center",
            size=style.SMALL,
        )
    for cell in frame.to_dict("records"):
        _cell(ax, (months.index(cell["month"]), cohorts.index(cell["cohort"])), cell, dx.language)
    sizes = frame.drop_duplicates("cohort").set_index("cohort")["denominator"]
    for row, cohort in enumerate(cohorts):
        said = say(
            "creator_retention.cohort",
            dx.language,
            month=_month(cohort, dx.language),
            count=fmt.count(float(sizes[cohort]), dx.language),
        )
        marks.pixel(ax, 12, row + 0.5, said, row=True, size=style.SMALL)
    key, values = _retention_title(dx)
    return canvas.show(dx, Drawn("creator_retention", fig, frame, COHORTS, key, values, frame["source"]))


def _month(iso: str, language: str) -> str:
    """`2026-09` as a reader writes it."""
    year, month = str(iso).split("-")[:2]
    return f"{year}年{int(month)}月" if language == "zh" else f"{pd.Timestamp(f'{year}-{month}-01'):%b %Y}"


def _cell(ax: Axes, spot: tuple[int, int], cell: Mapping[Any, Any], language: str) -> None:
    share = float(cell["creator_retention"])
    ax.add_patch(Rectangle((spot[0] + 0.02, spot[1] + 0.06), 0.96, 0.88, color=SHADES(0.1 + 0.9 * share), lw=0))
    look: Look = {"ha": "center", "size": style.SMALL, "color": style.PAPER if share > 0.6 else style.INK}
    marks.near(ax, (spot[0] + 0.5, spot[1] + 0.5), fmt.percent(share, language, 0), **look)


def _retention_title(dx: Diagnosis) -> tuple[str, dict[str, object]]:
    row = canvas.measured(dx, "creator_retention_next")
    if row is None or row.value is None or not row.denominator:
        return "title_plain", {}
    values = {"before": fmt.count(row.denominator, dx.language), "stayed": fmt.percent(row.value, dx.language, 0)}
    return "title", {**values}
