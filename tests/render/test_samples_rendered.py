"""The four sample merchants, rendered in both languages as a client would get them."""

from __future__ import annotations

import io
import re
import unicodedata
from base64 import b64decode
from collections.abc import Callable, Iterator
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from factbook.render import Outcome, html, render
from tests.conftest import SAMPLES, sample

from .test_browser import CHROMIUM, Visit

pytestmark = pytest.mark.slow
MEGABYTE = 1 << 20
NO_BROWSER = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed: reports were not opened")


READ = {"zh": SAMPLES, "en": ("appliances",)}  # the English of all four is read by the tests of display


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict[str, Outcome]]:
    """Samples in one batch, one batch a language."""

    @cache
    def batch(language: str) -> dict[str, Outcome]:
        out, folders = tmp_path_factory.mktemp(language), [sample(name) for name in READ[language]]
        return {done.merchant: done for done in render(folders, out, language)}

    return batch


@pytest.fixture(params=READ)
def outcomes(request: pytest.FixtureRequest, rendered: Callable[[str], dict[str, Outcome]]) -> dict[str, Outcome]:
    """What became of the samples in each language."""
    return rendered(request.param)


@cache
def text(path: Path) -> str:
    return path.read_text("utf-8")


@pytest.fixture(params=[(language, name) for language, names in READ.items() for name in names], ids="-".join)
def page(request: pytest.FixtureRequest, rendered: Callable[[str], dict[str, Outcome]]) -> str:
    """The report of each sample in turn."""
    language, name = request.param
    outcome = rendered(language)[name]
    assert outcome.report is not None, outcome.reason
    return text(outcome.report)


def test_no_sample_renders_a_box(outcomes: dict[str, Outcome]) -> None:
    """Every section of every chapter is produced, every file read."""
    assert {name: outcome.reason for name, outcome in outcomes.items() if not outcome.ok} == {}


def test_a_report_is_one_file_of_at_most_two_megabytes(page: str) -> None:
    """With its fonts and pictures."""
    assert len(page.encode()) <= 2 * MEGABYTE


def test_a_report_loads_and_links_nothing_from_outside(page: str) -> None:
    """No address in any attribute but the namespaces of SVG, none in the style."""
    attributes = re.findall(r'\s(?!xmlns)([\w:-]+)="([^"]*//[^"]*)"', page)
    assert [pair for pair in attributes if not pair[1].startswith("data:")] == []
    assert re.findall(r"@import|url\((?!#|data:)", page) == []


def test_a_report_holds_no_path_of_this_machine(page: str) -> None:
    """Neither the merchant's folder nor the interpreter's."""
    for secret in (str(sample("food").parent), str(Path.home()) + "/", str(Path(pytest.__file__).parents[4])):
        assert secret not in page


def test_ids_are_unique_over_all_pictures(page: str) -> None:
    """Some twenty pictures share one page."""
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    pointed = set(re.findall(r'(?:url\(|href=")#([^)"]+)', page))
    assert pointed <= set(ids)


class Nesting(HTMLParser):
    """Complains where tags do not close in the order they were opened."""

    VOID = frozenset({"meta", "img", "br", "hr", "link", "input", "col"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if "p" in self.open and tag in ("p", "div", "ul", "ol", "table", "figure", "section"):
            self.wrong.append(f"{tag} inside p, line {self.getpos()[0]}")
        self.open += [] if tag in self.VOID else [tag]

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        return

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"/{tag}, line {self.getpos()[0]}")


def test_the_markup_is_well_nested(page: str) -> None:
    """Every element closes where it should, and no block stands inside a paragraph."""
    parser = Nesting()
    parser.feed(page)
    assert parser.wrong == []
    assert parser.open == []


def _drawn_elsewhere(sign: str) -> bool:
    """Blanks, and the emoji of a creator's name, which every reader's own system draws."""
    return sign.isspace() or unicodedata.category(sign) == "So"


def test_no_glyph_of_a_report_is_missing(page: str) -> None:
    """Every character a reader sees is in the embedded font, but for signs no text font draws."""
    font = re.search(r"url\(data:font/woff2;base64,([^)]+)\)", page)
    assert font is not None
    held = set(TTFont(io.BytesIO(b64decode(font[1]))).getBestCmap())
    body = re.sub(r"<(style|script)\b.*?</\1>|<[^>]+>", "", page[page.index("<body") :], flags=re.DOTALL)
    missing = {sign for sign in unescape(body) if ord(sign) not in held and not _drawn_elsewhere(sign)}
    assert missing == set()


def test_a_report_speaks_one_language(page: str) -> None:
    """The words of the other language's frame are not in it."""
    language = "en" if '<html lang="en">' in page else "zh"
    other = "zh" if language == "en" else "en"
    assert html.WORDS["basis"][language] in page
    assert html.WORDS["basis"][other] not in page


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for the module."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=CHROMIUM)
        yield made
        made.close()


OVERLAPS = """[...document.querySelectorAll('main .fb, main .prose, main h2, main h3')]
  .filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline').length"""
LAST_STEP = ".digest > div:last-child li:last-child"
FIRST_SCREEN = f"""['.fb-verdict', '.first .fb-svg', '.first .fb-kpis', '.digest li', '{LAST_STEP}']
  .map(s => document.querySelector(s).getBoundingClientRect()).map(r => r.bottom <= innerHeight)"""


@NO_BROWSER
@pytest.mark.browser
def test_the_first_screen_answers(browser: Any, outcomes: dict[str, Outcome]) -> None:
    """At 1440 × 900: verdict, matrix, headline figures, the findings and the three next steps."""
    for outcome in outcomes.values():
        with Visit(browser, outcome.report) as visit:
            assert visit.page.evaluate(FIRST_SCREEN) == [True] * 5, outcome.merchant
            assert visit.complaints == []


@NO_BROWSER
@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 420])
def test_nothing_sticks_out(browser: Any, outcomes: dict[str, Outcome], width: int) -> None:
    """Neither out of the window nor out of its own box; wide tables scroll inside."""
    for outcome in outcomes.values():
        with Visit(browser, outcome.report, width) as visit:
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= width, outcome.merchant
            assert visit.page.evaluate(OVERLAPS) == 0, outcome.merchant


@NO_BROWSER
@pytest.mark.browser
def test_every_picture_of_a_sample_has_a_name(browser: Any, outcomes: dict[str, Outcome]) -> None:
    """Long enough to stand for the picture."""
    for outcome in outcomes.values():
        with Visit(browser, outcome.report) as visit:
            names = visit.page.evaluate(
                "[...document.querySelectorAll('[role=img]')].map(e => e.getAttribute('aria-label') || '')"
            )
            assert len(names) >= 10
            assert min(map(len, names)) >= 10, outcome.merchant
