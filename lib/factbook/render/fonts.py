"""The page's font: a subset with only its own characters, embedded, cut once for the same characters."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import fontTools
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

CACHE = ".fonts"
FAMILY = "Factbook Sans SC"
FACES = {400: "FactbookSansSC-Regular.ttf", 700: "FactbookSansSC-Bold.ttf"}
# Signs a Chinese font draws a full square wide; between Latin letters they would tear the line apart.
LATIN = {"·": 300, "‘": 250, "’": 250, "“": 450, "”": 450}
ALWAYS = "".join(chr(code) for code in range(0x20, 0x7F))


def css(text: str, language: str, cache: Path) -> str:
    """`@font-face` rules for the characters of `text`; `cache` is a folder for what was cut before."""
    characters = "".join(sorted({*text, *ALWAYS} - {"\n", "\r", "\t"}))
    narrow = {} if language == "zh" else LATIN
    return "\n".join(_rule(weight, _woff2(name, characters, narrow, cache)) for weight, name in FACES.items())


def _rule(weight: int, font: bytes) -> str:
    data = base64.b64encode(font).decode("ascii")
    source = f"url(data:font/woff2;base64,{data}) format('woff2')"
    return f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};font-style:normal;src:{source}}}"


def _woff2(name: str, characters: str, narrow: Mapping[str, int], cache: Path) -> bytes:
    original = files("factbook.display").joinpath("fonts", name).read_bytes()
    key = hashlib.sha256(original + repr((characters, narrow, fontTools.version)).encode()).hexdigest()[:32]
    path = cache / f"{key}.woff2"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{id(characters)}.part")
        part.write_bytes(cut(original, characters, narrow))
        part.replace(path)
    return path.read_bytes()


def cut(original: bytes, characters: str, narrow: Mapping[str, int]) -> bytes:
    """A font with only these characters, as WOFF2; `narrow` ones get the width given, in font units."""
    options = Options(flavor="woff2", layout_features=["*"], hinting=False, bidi_closure=False)
    font = TTFont(io.BytesIO(original), recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(font)
    for character, width in narrow.items():
        _centre(font, character, width)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _centre(font: TTFont, character: str, width: int) -> None:
    name = font.getBestCmap().get(ord(character))
    if name is None:
        return
    glyph = font["glyf"][name]
    shift = (width - (glyph.xMax - glyph.xMin)) // 2 - glyph.xMin
    glyph.coordinates.translate((shift, 0))
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (width, glyph.xMin)
