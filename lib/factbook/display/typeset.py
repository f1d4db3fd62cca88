"""Text as it will stand in a picture: which signs the font holds, how wide a line is, where it breaks."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from matplotlib.font_manager import fontManager
from matplotlib.ft2font import FT2Font, LoadFlags

FAMILY = "Factbook Sans SC"
FONTS = Path(__file__).parent / "fonts"
FACES = {False: FONTS / "FactbookSansSC-Regular.ttf", True: FONTS / "FactbookSansSC-Bold.ttf"}
NO_GLYPH = "□"
ELLIPSIS = "…"
_EM = 1000
_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Me", "Mn", "Sk", "So"}  # controls, joiners, emoji
_PIECES = re.compile(r"[A-Za-z0-9¥€%.,'’\-+−/@_]+|\s+|.")
_NEVER_FIRST = set("，。、；：！？）】》」』”’%％,.;:!?)]}…·")


def register() -> None:
    """Make the two faces known to matplotlib, from their files; safe to call again."""
    known = {entry.fname for entry in fontManager.ttflist}
    for path in FACES.values():
        if str(path) not in known:
            fontManager.addfont(str(path))


@cache
def _face(bold: bool) -> FT2Font:
    face = FT2Font(str(FACES[bold]))
    face.set_size(_EM, 72)
    return face


@cache
def signs() -> frozenset[str]:
    """Every character the font holds."""
    return frozenset(map(chr, _face(False).get_charmap()))


def readable(text: object) -> str:
    """One line the font can draw: emoji and controls go, a character it lacks becomes □."""
    drawn = "".join(_sign(char) for char in " ".join(str(text).split()))
    return " ".join(drawn.split()) or NO_GLYPH


def _sign(char: str) -> str:
    if char in signs():
        return char
    return "" if unicodedata.category(char) in _UNSEEN else NO_GLYPH


@cache
def _advance(char: str, bold: bool) -> float:
    glyph = _face(bold).load_char(ord(char), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / 65536 / _EM


def width(text: str, size: float, bold: bool = False) -> float:
    """How wide a line is, in the picture's pixels."""
    return size * sum(_advance(char, bold) for char in text)


def fit(text: object, room: float, size: float, bold: bool = False) -> str:
    """The line, cut with … where it is wider than `room` pixels."""
    line = readable(text)
    if width(line, size, bold) <= room:
        return line
    while line and width(line + ELLIPSIS, size, bold) > room:
        line = line[:-1]
    return line.rstrip() + ELLIPSIS


def wrap(text: object, room: float, size: float, lines: int = 2) -> list[str]:
    """The text on at most `lines` lines of `room` pixels; what does not fit is cut with …."""
    made = [""]
    for piece in _pieces(readable(text)):
        if made[-1] and width(made[-1] + piece.rstrip(), size) > room:
            made.append("")
        made[-1] = (made[-1] + piece).lstrip()
    kept, rest = made[: lines - 1], "".join(made[lines - 1 :])
    return [line.rstrip() for line in kept] + ([fit(rest, room, size)] if rest else [])


def _pieces(line: str) -> list[str]:
    pieces: list[str] = []
    for piece in _PIECES.findall(line):
        if pieces and (piece[0] in _NEVER_FIRST or piece.isspace()):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces
