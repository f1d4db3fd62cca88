"""The page: self-contained, safe, in one language, with nothing of the house in it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from factbook.display.shown import escape, not_measured, prose
from factbook.render import engine, html, nodes
from factbook.render.chapters import Executed
from factbook.render.html import Cover

from .conftest import HOSTILE, cell, executed, picture, shows, words


def chapter() -> Executed:
    """A chapter with prose in two languages, two pictures alike and a text with a hostile name."""
    hostile = escape(HOSTILE)
    return executed(
        "summary",
        words("t-zh", "# 总览", "zh"),
        words("t-en", "# Summary", "en"),
        shows("verdict", prose(f"<p>{hostile}</p>", HOSTILE)),
        words("q-zh", "## 谁在卖？\n\n先看*直播*。", "zh"),
        words("q-en", "## Who sells?\n\nLook at **live** first.", "en"),
        shows("a", picture("一")),
        shows("b", picture("二")),
        words("both", f"谁都能看到 {HOSTILE}"),
    )


def spell(cover: Cover, tmp_path: Path, *items: Executed) -> str:
    return html.report(items or [chapter()], cover, tmp_path)


class Elements(HTMLParser):
    """Every opening tag with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))


def test_the_page_names_no_outside_address(cover: Cover, tmp_path: Path) -> None:
    """Nothing is loaded, nothing is linked: no address in any attribute but the namespaces of SVG."""
    for tag, attributes in Elements(spell(cover, tmp_path)).found:
        for name, value in attributes.items():
            if not name.startswith("xmlns"):
                assert "//" not in (value or "") or (value or "").startswith("data:"), (tag, name, value)


def test_the_page_has_one_script_of_its_own_and_the_policy_allows_no_other(cover: Cover, tmp_path: Path) -> None:
    """A script smuggled in by a name would not run, even if it were ever written out."""
    page = spell(cover, tmp_path)
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL)
    assert len(scripts) == 1
    assert f"script-src 'sha256-{html._digest(scripts[0])}'" in page
    assert "default-src 'none'" in page


def test_a_hostile_name_is_words_wherever_it_stands(tmp_path: Path) -> None:
    """In the title, in prose, in a text of ours and in Markdown."""
    page = spell(Cover(HOSTILE, "10月", "zh"), tmp_path)
    assert "<script>alert" not in page
    assert "evil.example/x onerror=alert(1)&gt;" in page
    tags = Elements(page).found
    assert [tag for tag, _ in tags].count("script") == 1
    assert not [a for _, attributes in tags for a in attributes if a.startswith("on")]
    assert not [tag for tag, _ in tags if tag == "img"]


def test_a_link_or_picture_in_markdown_becomes_words(cover: Cover, tmp_path: Path) -> None:
    """The address can be read but not followed."""
    source = "[报价](https://a.example/b) ![图](https://a.example/c.png) [x](javascript:alert(1))"
    page = spell(cover, tmp_path, executed("x", words("m", source)))
    assert "报价 (https://a.example/b)" in page
    assert "c.png" not in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize(("language", "there", "gone"), [("zh", "谁在卖", "Who sells"), ("en", "Who sells", "谁在卖")])
def test_only_the_chosen_language_is_shown_and_untagged_words_always_are(
    tmp_path: Path, language: str, there: str, gone: str
) -> None:
    """Prose is two neighbouring cells; the report keeps one."""
    page = spell(Cover("M", "p", language), tmp_path)
    assert there in page
    assert gone not in page
    assert "谁都能看到" in page


def test_the_page_says_its_language_and_title(tmp_path: Path) -> None:
    """For screen readers, hyphenation and the browser's tab."""
    page = spell(Cover("茶馆", "10月", "zh"), tmp_path)
    assert '<html lang="zh-CN">' in page
    assert "<title>茶馆 · FACT 经营诊断 · 10月</title>" in page
    assert '<html lang="en">' in spell(Cover("Tea", "Oct", "en"), tmp_path)


def test_ids_are_unique_and_every_reference_finds_its_id(cover: Cover, tmp_path: Path) -> None:
    """Two pictures with the same clip path keep one each."""
    page = spell(cover, tmp_path)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    pointed = re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"|aria-\w+="([\w-]+-title|contents)"', page)
    wanted = {name for group in pointed for name in group if name}
    assert wanted <= set(ids)
    assert len([name for name in ids if name.endswith("clip")]) == 2


def test_every_picture_has_words_for_those_who_do_not_see_it(cover: Cover, tmp_path: Path) -> None:
    """Charts of ours, and a picture from a consultant's own cell."""
    own = nodes.code("own", [nodes.display({"image/png": "aGk=", "text/plain": "<Figure size 640x480>"})])
    page = spell(cover, tmp_path, executed("x", words("q", "## 我加的图"), own, shows("a", picture("一"))))
    assert re.findall(r'<img [^>]*alt="([^"]+)"', page) == ["我加的图"]
    assert re.findall(r'role="img" aria-label="([^"]+)"', page) == ["two lines, the second above the first"]


def test_the_navigation_lists_the_chapters_and_their_questions(cover: Cover, tmp_path: Path) -> None:
    """In the order of the report, each leading to where it stands."""
    page = spell(cover, tmp_path)
    nav = page[page.index("<nav") : page.index("</nav>")]
    assert re.findall(r'href="#([^"]+)"', nav) == ["summary", "summary-1"]
    assert "总览" in nav
    assert "谁在卖？" in nav


def test_code_streams_and_errors_are_not_shown(cover: Cover, tmp_path: Path) -> None:
    """Not even where a notebook holds them."""
    noisy = nodes.code(
        "noisy",
        [
            nodes.node({"output_type": "stream", "name": "stderr", "text": "a stream"}),
            nodes.node({"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["Traceback (most"]}),
        ],
        "secret_code()",
    )
    page = spell(cover, tmp_path, executed("x", noisy, cell("c", "more_code()")))
    for hidden in ("a stream", "Traceback", "secret_code", "more_code"):
        assert hidden not in page


def test_a_question_that_was_not_measured_is_one_line_with_its_reason_and_unfolds(cover: Cover, tmp_path: Path) -> None:
    """Its box and how to read a picture that is not there are folded; a question with any picture stays open."""
    box = not_measured("头部合作的账", "头部大V表没有填 <b>。", "zh")
    items = [
        executed("summary", words("s", "# 总览"), words("q", "## 先看什么？"), shows("a", box)),
        executed("top_kol", words("t", "# 头部"), words("q1", "## 赚了吗？\n\n从左往右看。"), shows("b", box)),
        executed("field", words("f", "# 自播"), words("q2", "## 谁在卖？"), shows("c", box), shows("d", picture("一"))),
    ]
    page = spell(cover, tmp_path, *items)
    folds = re.findall(r'<details class="fb-fold silent">(.*?)</details>', page, re.DOTALL)
    assert len(folds) == 1
    line, _, rest = folds[0].partition("</summary>")
    assert line == "<summary><strong>未测</strong> 头部大V表没有填 &lt;b&gt;。"
    assert "从左往右看" in rest
    assert "头部合作的账" in rest


def test_a_box_stands_where_a_section_failed(cover: Cover, tmp_path: Path) -> None:
    """In the client's words."""
    page = spell(cover, tmp_path, executed("x", shows("c", engine.failed_box("zh"))))
    assert engine.APOLOGY.zh in page


def test_a_consultants_table_keeps_its_structure_and_loses_everything_else(cover: Cover, tmp_path: Path) -> None:
    """A DataFrame lands as a table; styles, scripts, classes and handlers do not."""
    foreign = (
        "<style>td{color:red}</style><table class='dataframe' onclick='x()'><tr><td colspan='2'>8%</td></tr>"
        "</table><script>alert(1)</script><iframe src='http://evil.example'></iframe>"
    )
    own = nodes.code("own", [nodes.display({"text/html": foreign, "text/plain": "8%"})])
    page = spell(cover, tmp_path, executed("x", own))
    assert '<div class="fb-scroll"><table><tr><td colspan="2">8%</td></tr></table></div>' in page
    for hidden in ("dataframe", "color:red", "alert(1)", "evil.example", "onclick"):
        assert hidden not in page


def test_the_synthetic_mark_is_there_exactly_when_the_merchant_is_synthetic(tmp_path: Path) -> None:
    """A real shop's report never carries it."""
    assert '<p class="ribbon">模拟数据</p>' in spell(Cover("M", "p", "zh", synthetic=True), tmp_path)
    assert "模拟数据" not in spell(Cover("M", "p", "zh", synthetic=False), tmp_path)


def test_the_same_chapters_give_the_same_bytes(cover: Cover, tmp_path: Path) -> None:
    """Nothing in the page depends on the moment it was made."""
    assert spell(cover, tmp_path / "a") == spell(cover, tmp_path / "b")
