"""The page's font: a subset with only its own characters, embedded, cut once for the same characters."""

from __future__ import annotations

import base64
import hashlib
import io
from importlib.resources import files
from pathlib import Path

import fontTools
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

CACHE = ".fonts"
FAMILY = "Factbook Sans SC"
FACES = {400: "FactbookSansSC-Regular.ttf", 700: "FactbookSansSC-Bold.ttf"}
ALWAYS = "".join(chr(code) for code in range(0x20, 0x7F))


def css(text: str, cache: Path) -> str:
    """`@font-face` rules for the characters of `text`; `cache` is a folder for what was cut before."""
    characters = "".join(sorted({*text, *ALWAYS} - {"\n", "\r", "\t"}))
    return "\n".join(_rule(weight, _woff2(name, characters, cache)) for weight, name in FACES.items())


def _rule(weight: int, font: bytes) -> str:
    data = base64.b64encode(font).decode("ascii")
    source = f"url(data:font/woff2;base64,{data}) format('woff2')"
    return f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};font-style:normal;src:{source}}}"


def _woff2(name: str, characters: str, cache: Path) -> bytes:
    original = files("factbook.display").joinpath("fonts", name).read_bytes()
    key = hashlib.sha256(original + characters.encode() + fontTools.version.encode()).hexdigest()[:32]
    path = cache / f"{key}.woff2"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{id(characters)}.part")
        part.write_bytes(cut(original, characters))
        part.replace(path)
    return path.read_bytes()


def cut(original: bytes, characters: str) -> bytes:
    """A font with only these characters, as WOFF2."""
    options = Options(flavor="woff2", layout_features=["*"], hinting=False, bidi_closure=False)
    font = TTFont(io.BytesIO(original), recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
