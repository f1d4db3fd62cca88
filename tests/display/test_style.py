"""The look: fonts that hold every sign, colours that stay apart, SVG that is safe, stable and alone in its names."""

from __future__ import annotations

import itertools
import re
from importlib import reload
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from factbook.display import style, typeset

KNOWLEDGE = Path(typeset.__file__).parents[1] / "knowledge"
LEVEL_1 = [bytes([row, cell]) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)]
SIGNS = "¥−×±≥≤·→›–—…‰☐✓●▲▼■□○%／（）：；，。、“”"


def level_1() -> set[str]:
    """The 3,755 commonest characters of GB2312."""
    return {code.decode("gb2312") for code in LEVEL_1 if code < b"\xd7\xfa"}


def drawing(name: str = "店") -> Figure:
    """A small picture with everything ids are made for: clipping, markers, hatching, text."""
    with style.theme():
        fig = style.figure(300, 200)
        ax = style.axes(fig, 40, 10, 10, 30)
        ax.bar([1, 2], [3, 4], hatch=style.HATCH)
        ax.plot([1, 2], [3, 4], marker="o")
        ax.text(1, 2, name)
    return fig


# ------------------------------------------------------------------ fonts


@pytest.mark.parametrize("bold", [False, True])
def test_the_font_holds_every_common_chinese_character(bold: bool) -> None:
    """GB2312 level 1 and the report's signs are in both faces."""
    held = set(map(chr, TTFont(typeset.FACES[bold]).getBestCmap()))
    assert len(level_1()) == 3755
    assert (level_1() | set(SIGNS)) - held == set()


def test_the_font_holds_every_text_of_the_knowledge_files() -> None:
    """Whatever a consultant's file says can be drawn."""
    said = {char for path in KNOWLEDGE.glob("*.toml") for char in path.read_text("utf-8") if char > " "}
    assert said - typeset.signs() == set()


def test_the_two_faces_hold_the_same_characters() -> None:
    """A word does not lose a sign by being bold."""
    regular, bold = (TTFont(path).getBestCmap().keys() for path in typeset.FACES.values())
    assert regular == bold


def test_the_font_is_renamed_and_carries_its_licence() -> None:
    """The OFL asks for another name than the reserved one, and for its text beside the font."""
    names = {str(record) for record in TTFont(typeset.FACES[False])["name"].names if record.nameID in (1, 4, 6)}
    assert names
    assert not any("Noto" in name or "Source" in name for name in names)
    assert "SIL OPEN FONT LICENSE" in (typeset.FONTS / "OFL.txt").read_text("utf-8")


def test_widths_are_those_matplotlib_measures() -> None:
    """Layout may trust the font's own advances."""
    with style.theme():
        fig = style.figure(600, 100)
        text = fig.text(0, 0, "进房率 12.5% Entry", size=20)
        measured = text.get_window_extent(style.renderer(fig)).width
    assert typeset.width("进房率 12.5% Entry", 20) == pytest.approx(measured, rel=0.02)


@given(st.text(max_size=60))
def test_any_name_becomes_one_line_of_known_signs(name: str) -> None:
    """Emoji, controls and unknown scripts never reach the drawing."""
    line = typeset.readable(name)
    assert line
    assert set(line) <= typeset.signs()
    assert "\n" not in line


@given(st.text(st.characters(codec="gb2312"), max_size=80), st.integers(30, 400))
def test_a_fitted_line_is_never_wider_than_its_room(name: str, room: int) -> None:
    """Cutting ends with … and keeps within the pixels given."""
    assert typeset.width(typeset.fit(name, room, 12), 12) <= room


@given(st.text(st.characters(codec="gb2312"), max_size=120), st.integers(1, 4))
@settings(max_examples=50)
def test_wrapped_lines_fit_and_are_no_more_than_asked(name: str, lines: int) -> None:
    """Only the width of one unbreakable piece may exceed the room of a line before the last."""
    made = typeset.wrap(name, 200, 12, lines)
    assert 1 <= len(made) <= lines
    assert typeset.width(made[-1], 12) <= 200


# ------------------------------------------------------------------ colours


def lab(colour: str, simulated: np.ndarray | None = None) -> np.ndarray:
    """CIELAB of a hex colour, as seen through a simulated deficiency."""
    channels = np.array([int(colour[n : n + 2], 16) for n in (1, 3, 5)]) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    linear = linear if simulated is None else np.clip(simulated @ linear, 0, 1)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ linear / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


# Machado, Oliveira and Fernandes 2009, severity 1.0
SIGHT = {
    "normal": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("palette", ["FIELD", "LABEL"])
def test_colours_stay_apart_for_every_kind_of_sight(palette: str, sight: str) -> None:
    """No two fields, and no two kinds of creator, look alike to the colour-blind."""
    seen = [lab(colour, SIGHT[sight]) for colour in getattr(style, palette).values()]
    nearest = min(float(np.linalg.norm(one - other)) for one, other in itertools.combinations(seen, 2))
    assert nearest > 15


def test_fields_stay_apart_in_a_grey_print() -> None:
    """Each field has a lightness of its own."""
    lightness = sorted(lab(colour)[0] for colour in style.FIELD.values())
    assert min(np.diff(lightness)) > 7


# ------------------------------------------------------------------ the theme


def test_importing_the_look_changes_nothing_else() -> None:
    """A consultant's own figures keep their own settings."""
    before = dict(mpl.rcParams)
    reload(style)
    assert dict(mpl.rcParams) == before


def test_what_a_notebook_has_set_does_not_leak_into_a_picture() -> None:
    """The same figure comes out whatever was set before, and the setting survives."""
    plain = style.finish(drawing())
    with mpl.rc_context({"font.size": 40, "axes.grid": False, "svg.fonttype": "path", "text.parse_math": True}):
        assert style.finish(drawing()) == plain
        assert mpl.rcParams["font.size"] == 40


# ------------------------------------------------------------------ the SVG


def test_a_finished_picture_is_one_svg_element_without_outside_addresses() -> None:
    """No prolog, no style of its own that would touch the page, nothing to fetch."""
    svg = style.finish(drawing())
    assert svg.startswith("<svg ")
    assert svg.endswith("</svg>")
    assert "<style" not in svg
    assert "<metadata" not in svg
    assert "<?xml" not in svg
    assert set(re.findall(r'https?://[^"\s]+', svg)) <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    root = ElementTree.fromstring(svg)
    assert root.get("viewBox") == "0 0 300 200"
    assert "max-width:100%" in root.get("style", "")


def test_a_picture_is_the_same_bytes_every_time() -> None:
    """Two runs can be compared as text."""
    assert style.finish(drawing()) == style.finish(drawing())


def test_many_pictures_share_a_page_without_sharing_an_id() -> None:
    """Ids are each picture's own, and every reference finds its target."""
    ids = []
    for name in ("甲", "乙"):
        svg = style.finish(drawing(name))
        own = set(re.findall(r'\bid="([^"]+)"', svg))
        assert own
        assert set(re.findall(r'(?:url\(#|href="#)([^")]+)', svg)) == own
        ids.append(own)
    assert ids[0].isdisjoint(ids[1])


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "$x_1$ & \"co\" 'ltd'", "a--b]]>"])
def test_names_from_files_are_text_and_nothing_else(name: str) -> None:
    """Mark-up is escaped and a dollar sign starts no formula."""
    root = ElementTree.fromstring(style.finish(drawing(name)))
    assert name in {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}


def test_figures_in_text_keep_all_their_digits() -> None:
    """Coordinates are shortened, words are not."""
    assert "3.14159265" in style.finish(drawing("3.14159265"))


def test_a_finished_pyplot_figure_is_closed() -> None:
    """Nothing stays open in a kernel that draws a hundred pictures."""
    fig = plt.figure()
    style.finish(fig)
    assert not plt.fignum_exists(fig.number)
