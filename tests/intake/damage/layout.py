"""Damage to the layout of a report: its columns, its headers, the rows that are no data.

Each function damages one sheet and returns whether it found something to damage.
"""

from __future__ import annotations

import random
from typing import Any

from tests.intake.damage.draft import Draft
from tests.intake.damage.words import kind, plain_cells

WIDE = str.maketrans("()-", "（）—")
STRANGE = ("备注说明列", "Unnamed: 9", "=1+1", "🦊", "x" * 200, "自定义字段")


def columns_reordered(one: Draft, sheet: str, rng: random.Random) -> bool:
    """Every column somewhere else."""
    width = max(map(len, one.sheets[sheet]))
    order = rng.sample(range(width), width)
    for row in one.sheets[sheet]:
        row.extend([""] * (width - len(row)))
        row[:] = [row[at] for at in order]
    return True


def _column(one: Draft, sheet: str, rng: random.Random) -> int:
    named = [at for at, header in enumerate(one.head(sheet)) if str(header or "").strip()]
    return rng.choice(named)


def _doubt(one: Draft, header: str, gone: bool = False) -> None:
    # A column that places a row or names it takes its rows with it.
    (one.gone if gone else one.doubtful).add(header)
    one.loose |= kind(header) not in ("money", "count", "ratio", "minutes", "seconds", "number", "money_local")


def _tells_apart(one: Draft, sheet: str, at: int) -> bool:
    """Whether rows without this column could not be told from rows that come twice."""
    rows = [tuple(map(str, row)) for row in one.sheets[sheet]]
    return len({row[:at] + row[at + 1 :] for row in rows}) < len(set(rows))


def column_dropped(one: Draft, sheet: str, rng: random.Random) -> bool:
    """A column is not there."""
    at = _column(one, sheet, rng)
    if _tells_apart(one, sheet, at):
        return False
    _doubt(one, str(one.head(sheet)[at]), gone=True)
    for row in one.sheets[sheet]:
        del row[at : at + 1]
    return True


def column_renamed(one: Draft, sheet: str, rng: random.Random) -> bool:
    """A header that says something else, or nothing, or nearly the same."""
    at = _column(one, sheet, rng)
    if _tells_apart(one, sheet, at):
        return False
    header = str(one.head(sheet)[at])
    _doubt(one, header)
    near = header[:-1] + rng.choice("量数额值")
    one.head(sheet)[at] = rng.choice([*STRANGE, near, f"{header}(旧)", header[::-1]])
    return True


def column_blanked(one: Draft, sheet: str, rng: random.Random) -> bool:
    """A header that was deleted, its cells left."""
    at = _column(one, sheet, rng)
    if _tells_apart(one, sheet, at):
        return False
    _doubt(one, str(one.head(sheet)[at]))
    one.head(sheet)[at] = ""
    return True


def column_doubled(one: Draft, sheet: str, rng: random.Random) -> bool:
    """A column stands there twice."""
    at = _column(one, sheet, rng)
    for row in one.sheets[sheet]:
        row.insert(len(row) if len(row) > at else at, row[at] if at < len(row) else "")
    return True


def column_added(one: Draft, sheet: str, rng: random.Random) -> bool:
    """A column nobody knows."""
    at, top = rng.randrange(len(one.head(sheet)) + 1), one.top.get(sheet, 0)
    for number, row in enumerate(one.sheets[sheet]):
        cell = rng.choice(STRANGE) if number == top else rng.choice(["", "1", "随便", "99999"])
        if len(row) >= at:
            row.insert(at, cell)
    return True


def headers_restyled(one: Draft, sheet: str, rng: random.Random) -> bool:
    """Full-width brackets, other dashes, blanks around."""
    row = one.head(sheet)
    row[:] = [f"{rng.choice(['', ' ', '　'])}{str(header).translate(WIDE)}{rng.choice(['', ' '])}" for header in row]
    return True


def rows_blank(one: Draft, sheet: str, rng: random.Random) -> bool:
    """Empty rows among the others, some of blanks."""
    width = len(one.head(sheet))
    for _ in range(rng.randint(1, 4)):
        blank: list[Any] = [rng.choice(["", "", " "]) for _ in range(width)]
        one.sheets[sheet].insert(
            rng.choice(one.body(sheet)[:1] or [1]) + rng.randrange(len(one.body(sheet)) + 1), blank
        )
    return True


def rows_shuffled(one: Draft, sheet: str, rng: random.Random) -> bool:
    """The rows in another order."""
    rows, start = one.sheets[sheet], one.body(sheet).start
    body = rows[start:]
    rng.shuffle(body)
    rows[start:] = body
    return len(body) > 1


def rows_repeated(one: Draft, sheet: str, rng: random.Random) -> bool:
    """Some rows twice."""
    rows = one.sheets[sheet]
    for at in rng.sample(list(one.body(sheet)), min(3, len(one.body(sheet)))):
        rows.append(list(rows[at]))
    return True


def headers_repeated(one: Draft, sheet: str, rng: random.Random) -> bool:
    """The headers once more, as in files pasted together."""
    at = rng.choice(one.body(sheet)) if len(one.body(sheet)) else 1
    one.sheets[sheet].insert(at + 1, list(one.head(sheet)))
    return True


def pasted_twice(one: Draft, sheet: str, rng: random.Random) -> bool:
    """The whole table once more below itself."""
    rows = one.sheets[sheet]
    rows.extend([list(row) for row in rows[one.top.get(sheet, 0) :]])
    return True


def footed(one: Draft, sheet: str, rng: random.Random) -> bool:
    """A remark below the table."""
    note = rng.choice(
        ["注：数据仅供参考，以结算为准", "数据更新时间：2026-10-31 12:00", "* 人数已去重", "备注：含预售"]
    )
    one.sheets[sheet].append([note, *[""] * (len(one.head(sheet)) - 1)])
    return len(one.head(sheet)) > 2


def totalled(one: Draft, sheet: str, rng: random.Random) -> bool:
    """A line of totals below the table, its word in the first column that is no figure."""
    head = one.head(sheet)
    words = [at for at, header in enumerate(head) if kind(header) in ("text", "date", "datetime")]
    if not words:
        return False
    row: list[Any] = [_total(one, sheet, at) for at in range(len(head))]
    row[words[0]] = rng.choice(["合计", "总计"])
    one.sheets[sheet].append(row)
    return True


def _total(one: Draft, sheet: str, at: int) -> str:
    if kind(one.head(sheet)[at]) not in ("money", "count"):
        return ""
    rows = one.sheets[sheet]
    return f"{sum(float(rows[row][at].replace(',', '')) for row in plain_cells(one, sheet, at)):.2f}"


def titled(one: Draft, sheet: str, rng: random.Random) -> bool:
    """Lines above the headers."""
    lines = rng.sample([["数据导出"], ["店铺：样例店"], ["导出时间：2026-11-01 09:00:00"], [""]], rng.randint(1, 3))
    width = len(one.head(sheet))
    one.sheets[sheet][:0] = [line + [""] * (width - 1) for line in lines]
    one.top[sheet] = one.top.get(sheet, 0) + len(lines)
    return True


ANY = (headers_restyled,)
FREE = (
    column_added, columns_reordered, column_dropped, column_renamed, column_blanked, column_doubled, rows_blank,
    rows_shuffled, rows_repeated, headers_repeated, pasted_twice, footed, totalled, titled,
)  # fmt: skip
