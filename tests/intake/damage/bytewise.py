"""Damage to a file's text and bytes, and files that are no report at all."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable

from tests.intake.build import book
from tests.intake.damage.cells import REPEATED
from tests.intake.damage.draft import Draft, text, written
from tests.intake.damage.words import HOSTILE, plain_cells

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _lines(one: Draft) -> list[str]:
    return text(one).split("\r\n")[:-1]


def _said(one: Draft, lines: list[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode(one.form)


def _a_line(one: Draft, rng: random.Random) -> int | None:
    """A row of data that takes one line of the text and that nothing was done to."""
    (sheet,) = one.sheets
    rows = one.sheets[sheet]
    free = [at for at in one.body(sheet) if id(rows[at]) in one.origin]
    if REPEATED & {*one.harms} or one.lost or any("\n" in str(cell) for row in rows for cell in row) or not free:
        return None
    return rng.choice(free)


def comma_unquoted(one: Draft, rng: random.Random) -> bytes | None:
    """A name with a comma that nobody quoted: every cell behind it stands one column further."""
    (sheet,) = one.sheets
    at = _a_line(one, rng)
    if at is None or not _dense(one, sheet, at):
        return None
    lines = _lines(one)
    if lines[at].startswith('"'):
        return None  # what is put into quotes stays in its cell
    first, mark, rest = lines[at].partition(one.separator)
    lines[at] = f"{first}{mark}甲{one.separator}{rest}"
    one.lose(sheet, at)
    return _said(one, lines)


def _dense(one: Draft, sheet: str, at: int) -> bool:
    # Only where the last cell says something is there anything beyond the last column.
    row = one.sheets[sheet][at]
    return len(row) == len(one.head(sheet)) and bool(str(row[-1]).strip()) and bool(str(one.head(sheet)[-1]).strip())


def quote_open(one: Draft, rng: random.Random) -> bytes | None:
    """A name that begins with a quote which is never closed (`"大号"面霜`, `"5寸屏`)."""
    (sheet,) = one.sheets
    at = _a_line(one, rng)
    if at is None:
        return None
    lines = _lines(one)
    lines[at] = f'"{lines[at]}'
    one.lose(sheet, at)
    return _said(one, lines)


def cut(one: Draft, rng: random.Random) -> bytes | None:
    """The file ends in the middle of a row, before its last cells."""
    (sheet,) = one.sheets
    at = _a_line(one, rng)
    if at is None:
        return None
    lines = _lines(one)
    ends = [place for place, char in enumerate(lines[at]) if char == one.separator]
    if '"' in lines[at] or len(ends) < 2:
        return None
    kept = "".join(f"{line}\r\n" for line in lines[:at]) + lines[at][: rng.choice(ends[:-1]) + rng.randint(0, 1)]
    for row in one.body(sheet):
        if row >= at and id(one.sheets[sheet][row]) in one.origin:
            one.lose(sheet, row)
    one.cut_at = at + 1
    return kept.encode(one.form)


def torn_bytes(one: Draft, rng: random.Random) -> bytes | None:
    """The first part of the bytes, or some bytes changed: beyond any reader, but no reason to crash."""
    data = bytearray(written(one))
    one.survive = True
    if rng.random() < 0.5:
        return bytes(data[: rng.randrange(len(data))])
    for _ in range(rng.randint(1, 20)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


def nul_bytes(one: Draft, rng: random.Random) -> bytes | None:
    """Bytes no text has."""
    if one.form == "xlsx":
        return None
    data = written(one)
    at = rng.randrange(len(data))
    one.survive = True
    return data[:at] + bytes(rng.choice([1, 2, 40])) + data[at:]


def _nothing(one: Draft, rng: random.Random) -> bytes:
    return rng.choice(
        [b"", b"   \r\n \r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\n" * 500, b"PK\x03\x04", b"PK\x05\x06" + bytes(18)]
    )


def _locked(one: Draft, rng: random.Random) -> bytes:
    return OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(rng.randrange(900))


def _foreign(one: Draft, rng: random.Random) -> bytes:
    picture, page = b"\x89PNG\r\n\x1a\n" + rng.randbytes(900), b"<html><table><tr><td>1</td></tr></table></html>"
    return rng.choice([picture, b"%PDF-1.7\n" + rng.randbytes(300), page, b'{"rows": [1, 2]}', rng.randbytes(2_000)])


def _wide(one: Draft, rng: random.Random) -> bytes:
    head = one.separator.join(map(str, next(iter(one.sheets.values()))[0]))
    cells = f"9{one.separator}" * 1_000_000
    return rng.choice([f"{head}{cells}\r\n{cells}\r\n", f"{head}\r\n{cells}\r\n", f"{head}\r\n1\r\n{cells}"]).encode()


def _far_corner(one: Draft, rng: random.Random) -> bytes:
    """A sheet with one stray cell in the last column of the last row, as Excel numbers them."""
    one.form, out, mark = "xlsx", io.BytesIO(), b"</sheetData>"
    stray = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    with zipfile.ZipFile(io.BytesIO(written(one))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            data = old.read(member)
            new.writestr(
                member.filename, data.replace(mark, stray + mark) if "worksheets/" in member.filename else data
            )
    return out.getvalue()


def _bomb(one: Draft, rng: random.Random) -> bytes:
    """An archive that says it unfolds to more than the limit, or does so without saying it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name in rng.choice([("xl/workbook.xml", "xl/worksheets/sheet1.xml"), ("订单1.csv", "订单2.csv")]):
            file.writestr(name, bytes(1 << 16))
    data = bytearray(out.getvalue())
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", (1 << 32) - 2)
    return bytes(data)


def _nested(one: Draft, rng: random.Random) -> bytes:
    inner = written(one)
    for depth in range(rng.randint(2, 5)):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr(f"{depth}.zip", inner)
        inner = out.getvalue()
    return inner


NO_REPORTS: tuple[Callable[[Draft, random.Random], bytes], ...] = (
    _nothing, _locked, _foreign, _wide, _far_corner, _bomb, _nested,
)  # fmt: skip
TEXTS = (comma_unquoted, quote_open, cut)
BYTES = (torn_bytes, nul_bytes)
__all__ = ["BYTES", "HOSTILE", "NO_REPORTS", "TEXTS", "book", "plain_cells"]
