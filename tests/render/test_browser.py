"""A real browser opens a report: nothing is fetched, nothing complains, one can find one's way."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from factbook.display.shown import Col, Spec, prose, table
from factbook.records import Text
from factbook.render import html, index
from factbook.render.chapters import Executed
from factbook.render.html import Cover

from .conftest import HOSTILE, executed, picture, shows, words

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed: the report was not opened"),
]
FILLER = "直播间每天的表现稳不稳，看有没有哪一天突然掉下去。" * 12


def wide_table() -> Any:
    """A table wider than a telephone."""
    import pandas as pd

    columns = tuple(Col(f"c{n}", Text(f"指标名称{n}", f"metric {n}")) for n in range(12))
    frame = pd.DataFrame([{column.name: "一二三四五六" for column in columns}] * 3)
    return table(frame, Spec("标题", "说明", "表", "来源.xlsx", "zh", columns))


def chapter(slug: str) -> Executed:
    """Three questions with a picture each, a table, long prose and a hostile name."""
    body = [
        part for n in range(1, 4) for part in (words(f"q{n}", f"## 问题{n}\n\n{FILLER}"), shows(f"p{n}", picture("图")))
    ]
    return executed(slug, words("t", f"# 章节 {slug}"), *body, shows("w", wide_table(), prose("<p>x</p>", "x")))


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of three chapters, whose merchant has a hostile name."""
    folder = tmp_path_factory.mktemp("report")
    path = folder / "report.html"
    cover = Cover(HOSTILE, "2026年10月1日至10月31日", "zh", synthetic=True)
    path.write_text(html.report([chapter(slug) for slug in ("summary", "growth", "field")], cover, folder))
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for the module."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=CHROMIUM)
        yield made
        made.close()


class Visit:
    """A page with everything it asked for and complained about."""

    def __init__(self, browser: Any, path: Path, width: int = 1440, height: int = 900) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page = browser.new_page(viewport={"width": width, "height": height})
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        self.page.goto(path.as_uri())
        self.until("document.documentElement.classList.contains('js')")

    def until(self, condition: str) -> None:
        """Wait for a condition; the page's own policy forbids Playwright's way of waiting."""
        for _ in range(100):
            if self.page.evaluate(condition):
                return
            self.page.wait_for_timeout(30)
        raise AssertionError(f"never came true: {condition}")

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, *_: object) -> None:
        self.page.close()


@pytest.mark.parametrize("width", [1440, 420])
def test_a_report_opens_without_complaint_and_fetches_nothing(browser: Any, report: Path, width: int) -> None:
    """No console message, no error, no dialog, and the file itself is the only request but data it holds."""
    with Visit(browser, report, width) as visit:
        visit.page.mouse.wheel(0, 5000)
        visit.page.wait_for_timeout(200)
        assert visit.complaints == []
        assert [url for url in visit.requests if not url.startswith("data:")] == [report.as_uri()]


@pytest.mark.parametrize("width", [1440, 1100, 900, 420])
def test_nothing_is_wider_than_the_window(browser: Any, report: Path, width: int) -> None:
    """A wide table scrolls inside its own frame."""
    with Visit(browser, report, width) as visit:
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_wide_table_can_be_scrolled_from_the_keyboard(browser: Any, report: Path) -> None:
    """Where it overflows it takes the focus; where it fits it does not."""
    with Visit(browser, report, 420) as visit:
        assert visit.page.locator(".fb-scroll").first.get_attribute("tabindex") == "0"


def test_the_navigation_leads_to_the_question_and_marks_where_one_is(browser: Any, report: Path) -> None:
    """By a click, and by scrolling."""
    with Visit(browser, report) as visit:
        page = visit.page
        page.add_style_tag(content="html{scroll-behavior:auto!important}")
        page.click("#contents a[href='#growth']")
        page.click("#contents a[href='#growth-2']")
        assert 0 <= page.locator("#growth-2").bounding_box()["y"] < 200
        current = "document.querySelector('#contents [aria-current]').getAttribute('href')"
        visit.until(f"{current} === '#growth-2'")
        page.evaluate("document.getElementById('field').scrollIntoView()")
        visit.until(f"{current} === '#field'")


def test_the_navigation_works_from_the_keyboard(browser: Any, report: Path) -> None:
    """The first tab skips to the report, the next ones walk the chapters."""
    with Visit(browser, report) as visit:
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("document.activeElement.className") == "skip"
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("document.activeElement.getAttribute('href')") == "#summary"
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_url("**#summary")
        assert visit.page.evaluate("location.hash") == "#summary"


def test_on_a_narrow_window_the_contents_open_and_close_by_a_button(browser: Any, report: Path) -> None:
    """With the mouse or Escape; a choice closes them."""
    with Visit(browser, report, 420) as visit:
        page, contents = visit.page, visit.page.locator("#contents")
        assert not contents.is_visible()
        page.click(".menu")
        assert contents.is_visible()
        assert page.get_attribute(".menu", "aria-expanded") == "true"
        page.keyboard.press("Escape")
        assert not contents.is_visible()
        page.click(".menu")
        page.click("#contents a[href='#field']")
        assert not contents.is_visible()
        visit.until("document.getElementById('field').getBoundingClientRect().top < 200")


def test_every_figure_has_a_name_for_those_who_do_not_see_it(browser: Any, report: Path) -> None:
    """As the accessibility tree has it."""
    with Visit(browser, report) as visit:
        pictures = visit.page.get_by_role("img")
        assert pictures.count() == 9
        assert all(pictures.nth(n).get_attribute("aria-label") for n in range(pictures.count()))


def test_the_text_is_drawn_in_the_embedded_font(browser: Any, report: Path) -> None:
    """Whatever fonts the client has."""
    with Visit(browser, report) as visit:
        loaded = visit.page.evaluate(
            "document.fonts.ready.then(() => [...document.fonts].map(f => [f.family, f.status]))"
        )
        assert {status for _, status in loaded} == {"loaded"}


def test_in_print_the_navigation_is_gone_and_chapters_begin_on_a_page(browser: Any, report: Path) -> None:
    """Colours stay, pictures are not cut."""
    with Visit(browser, report) as visit:
        page = visit.page
        page.emulate_media(media="print")
        assert not page.locator("#contents").is_visible()
        style = "getComputedStyle(document.querySelector('{}')).{}"
        assert page.evaluate(style.format("#growth", "breakBefore")) == "page"
        assert page.evaluate(style.format(".fb-chart", "breakInside")) == "avoid"
        assert page.evaluate(style.format("body", "printColorAdjust")) == "exact"


def test_the_portfolio_opens_without_complaint(browser: Any, tmp_path: Path) -> None:
    """An index with a merchant that failed."""
    path = index.write(tmp_path, [(HOSTILE, HOSTILE)], "zh")
    page = browser.new_page(viewport={"width": 420, "height": 800})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 420
    assert complaints == []
    page.close()
