"""Damage to the cells of a report: units, dates, names, figures written in other ways or not at all."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Any

from tests.intake.damage.draft import Draft, Formula
from tests.intake.damage.words import HOSTILE, PERCENT, is_plain, kind, places, plain_cells, shifted

CENTS = 100.0  # a smaller figure in ten thousands is less than a cent
SUMS = ("money", "count", "money_local")
DAY_FORMS = ("%Y%m%d", "%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y.%m.%d", "%Y-%m-%d 00:00:00")
MOMENT_FORMS = ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y年%m月%d日 %H:%M:%S", "%Y-%m-%dT%H:%M:%S")
BROKEN_DAYS = ("2026/13/02", "2999-01-01", "昨天", "2026-02-30", "1970-01-01", "20261301", "2026年", "??")
REPEATED = frozenset({"rows_repeated", "pasted_twice"})
GARBLED = ("约6万", "1.2.3", "12,34", "6O0", "1 234,5", "十二", "#REF!", "1e", "12元3角", "--5", "0x1F")


def _figures(one: Draft, sheet: str, rng: random.Random, *kinds: str) -> tuple[int, list[int]]:
    """A column of figures with the rows in which it has one; an empty list where there is none."""
    columns = [(at, rows) for at in places(one, sheet, *kinds) if (rows := plain_cells(one, sheet, at))]
    return rng.choice(columns) if columns else (0, [])


def _some(rows: list[int], rng: random.Random, most: int = 3) -> list[int]:
    return rng.sample(rows, min(len(rows), rng.randint(1, most)))


def spaced(one: Draft, sheet: str, rng: random.Random) -> bool:
    """Blanks, tabs and apostrophes around cells."""
    rows = one.sheets[sheet]
    for row in one.body(sheet):
        ids = {*places(one, sheet, "id")}
        rows[row][:] = [_padded(cell, at in ids, rng) for at, cell in enumerate(rows[row])]
    return True


def _padded(cell: Any, id: bool, rng: random.Random) -> Any:
    if not isinstance(cell, str) or not cell or rng.random() < 0.7:
        return cell
    return rng.choice([f" {cell}", f"{cell} ", f"{cell}\t", f"\u3000{cell}", *([f"'{cell}"] if id else [])])


def in_wan(one: Draft, sheet: str, rng: random.Random) -> bool:
    """Figures written with 万."""
    at, rows = _figures(one, sheet, rng, *SUMS)
    for row in _some(rows, rng) if rows else []:
        one.sheets[sheet][row][at] = shifted(one.sheets[sheet][row][at], -4) + rng.choice(["万", "w"])
    return bool(rows)


def unit_in_header(one: Draft, sheet: str, rng: random.Random) -> bool:
    """A column in ten thousands, which its header says."""
    at, rows = _figures(one, sheet, rng, "money")
    header = str(one.head(sheet)[at]).removesuffix("(元)")
    if not rows or header.rstrip(" 　").endswith(("(", ")", "）", "（")) or not _all_plain(one, sheet, at, rows):
        return False
    one.head(sheet)[at] = f"{header}{rng.choice(['(万元)', '（万元）'])}"
    for row in rows:
        one.sheets[sheet][row][at] = shifted(one.sheets[sheet][row][at], -4)
    return True


def _all_plain(one: Draft, sheet: str, at: int, rows: list[int]) -> bool:
    others = [one.sheets[sheet][row] for row in one.body(sheet) if row not in rows]
    return all(at >= len(row) or row[at] in ("", "-", None) for row in others)


def unit_shifted(one: Draft, sheet: str, rng: random.Random) -> bool:
    """A column in 分 or in 万, which nothing says; only where figures beside it can tell."""
    at, rows = _figures(one, sheet, rng, *SUMS)
    header = str(one.head(sheet)[at])
    if len(rows) < 1 or header not in one.touched.get(sheet, ()):
        return False
    least = min(float(one.sheets[sheet][row][at].replace(",", "")) for row in rows)
    power = rng.choice([2, -4]) if least >= CENTS else 2
    for row in rows:
        one.sheets[sheet][row][at] = shifted(one.sheets[sheet][row][at], power)
    one.doubtful.add(header)
    return True


def garbled(one: Draft, sheet: str, rng: random.Random) -> bool:
    """A figure that is none."""
    at, rows = _figures(one, sheet, rng, *SUMS, "ratio", "minutes", "seconds", "number")
    for row in _some(rows, rng) if rows else []:
        one.sheets[sheet][row][at] = rng.choice(GARBLED)
    one.doubtful.add(str(one.head(sheet)[at]))
    return bool(rows)


def negative(one: Draft, sheet: str, rng: random.Random) -> bool:
    """A count below zero."""
    at, rows = _figures(one, sheet, rng, "count")
    for row in _some(rows, rng) if rows else []:
        one.sheets[sheet][row][at] = "-7"
    one.doubtful.add(str(one.head(sheet)[at]))
    return bool(rows)


def _moment(cell: Any) -> datetime | None:
    for form in (*DAY_FORMS[:3], *MOMENT_FORMS[:2], "%Y/%m/%d %H:%M"):
        try:
            return datetime.strptime(str(cell).strip(), form)  # noqa: DTZ007 - as in the file
        except ValueError:
            continue
    return None


def dates_mixed(one: Draft, sheet: str, rng: random.Random) -> bool:
    """Days and moments written in many ways, in a workbook also as what they are."""
    rows, done = one.sheets[sheet], False
    for at in places(one, sheet, "date", "datetime"):
        for row in one.body(sheet):
            when = _moment(rows[row][at]) if at < len(rows[row]) else None
            if when and rng.random() < 0.5:
                rows[row][at], done = _respelled(when, kind(one.head(sheet)[at]), one.form, rng), True
    return done


def _respelled(when: datetime, kind_: str, form: str, rng: random.Random) -> Any:
    forms = DAY_FORMS if kind_ == "date" else MOMENT_FORMS
    if form == "xlsx" and rng.random() < 0.3:
        return when
    return when.strftime(rng.choice(forms))


def dates_broken(one: Draft, sheet: str, rng: random.Random) -> bool:
    """Days that do not exist."""
    columns = places(one, sheet, "date", "datetime")
    if not columns or one.lost or REPEATED & {*one.harms}:
        return False
    at = rng.choice(columns)
    own = [row for row in one.body(sheet) if id(one.sheets[sheet][row]) in one.origin]
    for row in _some(own, rng, 2):
        one.lose(sheet, row)
        one.sheets[sheet][row][at] = rng.choice(BROKEN_DAYS)
    one.doubtful.add(str(one.head(sheet)[at]))
    return True


def hostile(one: Draft, sheet: str, rng: random.Random) -> bool:
    """Names that are formulas, markup, percentages, lines."""
    named = [at for at, header in enumerate(one.head(sheet)) if str(header).strip() in NAMES]
    if REPEATED & {*one.harms} or not named or not len(one.body(sheet)):
        return False
    at, row, name = rng.choice(named), rng.choice(one.body(sheet)), rng.choice(HOSTILE)
    if (
        id(one.sheets[sheet][row]) not in one.origin
        or at >= len(one.sheets[sheet][row])
        or one.sheets[sheet][row][at] in BUCKETS
    ):
        return False
    one.sheets[sheet][row][at] = name
    one.names.append(name)
    return True


def percents_unsigned(one: Draft, sheet: str, rng: random.Random) -> bool:
    """Rates as percents without their sign; only where figures beside them can tell."""
    rows = one.sheets[sheet]
    signed = [at for at in places(one, sheet, "ratio") if str(one.head(sheet)[at]) in one.touched.get(sheet, ())]
    if not signed:
        return False
    at = rng.choice(signed)
    for row in one.body(sheet):
        cell = rows[row][at] if at < len(rows[row]) else ""
        if isinstance(cell, str) and PERCENT.fullmatch(cell):
            rows[row][at] = cell.rstrip("%")
        elif is_plain(cell):
            rows[row][at] = shifted(cell, 2)
    one.doubtful.add(str(one.head(sheet)[at]))
    return True


def percents_signed(one: Draft, sheet: str, rng: random.Random) -> bool:
    """Fractions as percents with their sign, and the other way round."""
    at, rows = _figures(one, sheet, rng, "ratio")
    if str(one.head(sheet)[at]).rstrip(" 　").endswith(("%)", "%）")):
        return False
    for row in rows:
        one.sheets[sheet][row][at] = shifted(one.sheets[sheet][row][at], 2) + "%"
    return bool(rows)


def typed(one: Draft, sheet: str, rng: random.Random) -> bool:
    """Figures as true numbers, as a file has them that Excel saved again."""
    if one.form != "xlsx":
        return False
    rows = one.sheets[sheet]
    for at in places(one, sheet, *SUMS, "ratio", "minutes"):
        for row in plain_cells(one, sheet, at):
            if rng.random() < 0.8:
                rows[row][at] = float(rows[row][at].replace(",", ""))
    return True


def reckoned(one: Draft, sheet: str, rng: random.Random) -> bool:
    """Figures that are formulas, with their value."""
    at, rows = _figures(one, sheet, rng, *SUMS)
    if one.form != "xlsx" or not rows:
        return False
    for row in rows:
        value = float(one.sheets[sheet][row][at].replace(",", ""))
        one.sheets[sheet][row][at] = Formula(f"=SUM({value},0)", value)
    return True


def unreckoned(one: Draft, sheet: str, rng: random.Random) -> bool:
    """A formula that was never reckoned: the file holds no value for it."""
    at, rows = _figures(one, sheet, rng, *SUMS)
    if one.form != "xlsx" or not rows:
        return False
    one.sheets[sheet][rng.choice(rows)][at] = Formula("=HYPERLINK(A1)", "")
    one.doubtful.add(str(one.head(sheet)[at]))
    return True


NAMES = (
    "商品名称",
    "选购商品",
    "视频标题",
    "作品名称",
    "达人昵称",
    "主播昵称",
    "账号名称",
    "商品标题",
    "素材名称",
    "直播标题",
)
BUCKETS = ("更多账号", "-", "", "全部", "整体", "购物车", "搜索", "猜你喜欢", "直播间溢出", "短视频溢出")
ANY = (spaced,)
FREE = (
    in_wan, unit_in_header, unit_shifted, garbled, negative, dates_mixed, dates_broken, hostile, percents_unsigned,
    percents_signed, typed, reckoned, unreckoned,
)  # fmt: skip
