"""The embedded font: only the page's characters, and all of them."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

from fontTools.ttLib import TTFont

from factbook.display import typeset
from factbook.render import fonts

TEXT = "自播扛得住日销，但体验分68关上了联盟和双11；¥2.70 M − 24 % · “Double 11” ≥ 70"


def faces(css: str) -> list[TTFont]:
    data = re.findall(r"url\(data:font/woff2;base64,([^)]+)\)", css)
    return [TTFont(io.BytesIO(base64.b64decode(text))) for text in data]


def test_no_glyph_of_a_page_is_missing_and_none_is_carried_in_vain(tmp_path: Path) -> None:
    """Both weights hold the text's characters and basic Latin, and little else."""
    for face in faces(fonts.css(TEXT, "zh", tmp_path)):
        held = {chr(code) for code in face.getBestCmap()}
        assert set(TEXT) <= held
        assert held <= set(TEXT) | set(fonts.ALWAYS)


def test_the_two_weights_of_the_family_of_the_pictures_are_embedded(tmp_path: Path) -> None:
    """Text inside a chart is drawn in the page's font."""
    css = fonts.css(TEXT, "zh", tmp_path)
    assert fonts.FAMILY == typeset.FAMILY
    assert re.findall(r"font-family:'([^']+)';font-weight:(\d+)", css) == [
        (fonts.FAMILY, "400"),
        (fonts.FAMILY, "700"),
    ]


def test_a_font_is_cut_once_for_the_same_characters(tmp_path: Path) -> None:
    """The second page with the same characters takes it from the cache; other characters do not."""
    first = fonts.css("甲乙", "zh", tmp_path)
    kept = {path.name for path in tmp_path.iterdir()}
    assert fonts.css("乙甲甲", "zh", tmp_path) == first
    assert {path.name for path in tmp_path.iterdir()} == kept
    fonts.css("丙", "zh", tmp_path)
    assert len(list(tmp_path.iterdir())) == len(kept) * 2


def test_quotes_are_narrow_between_latin_letters_and_square_between_chinese(tmp_path: Path) -> None:
    """A Chinese font draws “ ” as wide as a character, which tears an English line apart."""
    for face in faces(fonts.css(TEXT, "en", tmp_path)):
        name = face.getBestCmap()[ord("“")]
        assert face["hmtx"][name][0] == fonts.LATIN["“"]
        glyph = face["glyf"][name]
        assert 0 <= glyph.xMin < glyph.xMax <= fonts.LATIN["“"]
    for face in faces(fonts.css(TEXT, "zh", tmp_path)):
        assert face["hmtx"][face.getBestCmap()[ord("“")]][0] == 1000
