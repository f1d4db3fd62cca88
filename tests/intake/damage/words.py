"""Which cells are figures, days, ids or names; told by their headers and by how they are written."""

from __future__ import annotations

import re
from decimal import Decimal

from factbook.intake import headers
from factbook.knowledge.exports import exports
from tests.intake.damage.draft import Draft

PLAIN = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?|\d+(\.\d+)?")
PERCENT = re.compile(r"\d+(\.\d+)?%")
HOSTILE = (
    "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "@SUM(1)", "+1", "8%", "阿梨🍐@家", 'say "hi"', "a'b\\c",
    "两行\n的名字", "\u202e颠倒", "x" * 300, "{0} {found} %s", "&amp;&lt;", "12月1日", "NULL", "01-02",
    "1e5", "🦊" * 20, "a|b;c,d\te",
)  # fmt: skip


def kind(header: object) -> str:
    """What a column holds, by the reader's own table; empty where the header is not known."""
    column = headers.canonical(str(header))
    return exports().columns[column].kind if column else ""


def places(one: Draft, sheet: str, *kinds: str) -> list[int]:
    """The columns of a sheet that hold one of some kinds."""
    return [at for at, header in enumerate(one.head(sheet)) if kind(header) in kinds]


def is_plain(cell: object) -> bool:
    """Whether a cell is a plain number as text."""
    return isinstance(cell, str) and bool(PLAIN.fullmatch(cell))


def shifted(cell: str, places_: int) -> str:
    """A plain number times a power of ten, without rounding."""
    value = Decimal(cell.replace(",", "")).scaleb(places_)
    spelled = f"{value:f}"
    return spelled.rstrip("0").rstrip(".") if "." in spelled else spelled


def plain_cells(one: Draft, sheet: str, at: int) -> list[int]:
    """The rows in which a column holds a plain number."""
    rows = one.sheets[sheet]
    return [row for row in one.body(sheet) if at < len(rows[row]) and is_plain(rows[row][at])]
