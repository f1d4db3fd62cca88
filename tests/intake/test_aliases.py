"""aliases.toml: what an engagement's own headers mean, checked when it is read and learned without loss."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from factbook.errors import FactbookError
from factbook.intake import aliases, read_case
from factbook.intake.aliases import learn, read_aliases, suggestions
from factbook.records import Case, Problem
from tests.intake.build import SESSION_HEADERS, book, csv_file, merchant, order, session, sessions

HEADERS = [
    {"直播间观看人数": "直播间看播人数", "直播间成交件数": "卖出多少件"}.get(name, name) for name in SESSION_HEADERS
]


def shop(folder: Path, text: str = "", headers: list[str] = HEADERS) -> Path:
    sessions(merchant(folder) / "exports" / "直播明细.xlsx", [session()], headers)
    if text:
        (folder / "aliases.toml").write_text(text, "utf-8")
    return folder


def codes(case: Case) -> set[str]:
    return {problem.code for problem in case.problems}


@pytest.mark.parametrize("target", ["直播间观看人数", "直播间观看人数（UV）", "viewers"])
def test_an_alias_leads_to_a_header_or_to_a_column(tmp_path: Path, target: str) -> None:
    """Any known spelling, or the column's own name; that it was used is noted."""
    text = f'[aliases]\n"直播间看播人数" = "{target}"\n"卖出多少件" = "items"\n'
    case = read_case(shop(tmp_path, text))
    row = case.table("sessions").iloc[0]
    assert (row["viewers"], row["items"]) == (15_093, 1_547)
    assert {problem.column for problem in case.problems if problem.code == "header_alias"} == {
        "直播间看播人数",
        "卖出多少件",
    }
    assert not {"header_unknown", "header_new", "column_missing"} & codes(case)


def test_an_alias_is_compared_as_headers_are(tmp_path: Path) -> None:
    """Width, brackets and blanks of the alias do not matter."""
    case = read_case(
        shop(
            tmp_path,
            '[aliases]\n"直播间（看播）人数" = "viewers"\n',
            ["主播昵称", "直播开始时间", "直播间(看播)人数 ", "直播间成交金额"],
        )
    )
    assert "header_unknown" not in codes(case)


def test_an_alias_may_name_a_header_of_one_sheet_only(tmp_path: Path) -> None:
    """The header 商品卡成交件数 means something only in the list of cards."""
    folder = merchant(tmp_path)
    (folder / "aliases.toml").write_text('[aliases]\n"卡片件数" = "商品卡成交件数"\n', "utf-8")
    head = ["商品标题", "商品ID", "商品卡曝光人数", "商品卡点击人数", "卡片件数"]
    book(folder / "exports" / "x.xlsx", {"s": [head, ["面霜", "3834481579211502112", "9", "5", "4"]]})
    assert read_case(folder).table("product_cards")["items"].tolist() == [4]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[aliases]\n看播 = ", "alias_toml"),
        ('[aliases]\n"看播" = "没有这一列的名字"\n', "alias_target"),
        ('[aliases]\n"看播" = 5\n', "alias_target"),
        ('[aliases]\n"成交金额" = "viewers"\n', "alias_known"),
        ('[aliases]\n"收货地址" = "account"\n', "alias_private"),
        ('aliases = "看播"\n', "alias_table"),
        ('[headers]\n"看播" = "viewers"\n', "alias_table"),
    ],
)
def test_a_wrong_alias_is_a_problem_and_the_others_count(tmp_path: Path, text: str, code: str) -> None:
    """Named with its file and header; nothing else is lost."""
    case = read_case(shop(tmp_path, text))
    found = [problem for problem in case.problems if problem.file == "aliases.toml"]
    assert [problem.code for problem in found] == [code]
    assert case.table("sessions")["views"].tolist() == [21_254]


def test_an_unknown_target_gets_the_nearest_known_name(tmp_path: Path) -> None:
    """A slip of the pen in a header or in a column's name."""
    (tmp_path / "aliases.toml").write_text('[aliases]\na = "viewrs"\nb = "直播间观看人次数"\n', "utf-8")
    known, problems = read_aliases(tmp_path)
    assert known == {}
    assert [problem.values["near"] for problem in problems] == ["viewers", "直播间观看次数"]


def test_learning_writes_suggestions_that_the_next_reading_uses(tmp_path: Path) -> None:
    """What was sure is used, what was not stands there as a remark to be decided."""
    folder = shop(
        tmp_path,
        headers=[{"直播间成交件数": "直播间成交的件数", "新增粉丝数": "直播新增粉"}.get(n, n) for n in SESSION_HEADERS],
    )
    learned = learn(folder, read_case(folder))
    assert {alias.header: (alias.target, alias.sure) for alias in learned}["直播间成交的件数"] == (
        "直播间成交件数",
        True,
    )
    text = (folder / "aliases.toml").read_text("utf-8")
    assert tomllib.loads(text)["aliases"]["直播间成交的件数"] == "直播间成交件数"
    case = read_case(folder)
    assert case.table("sessions")["items"].tolist() == [1_547]
    assert not any(problem.file == "aliases.toml" for problem in case.problems)


def test_learning_again_adds_nothing_and_keeps_every_word(tmp_path: Path) -> None:
    """Remarks, order and decisions of the consultant stay, also a suggestion that was struck out."""
    mine = (
        '# of this shop\n[aliases]\n# "直播间成交的件数" = "直播间成交件数"  # no: these are sets\n"别的" = "viewers"\n'
    )
    folder = shop(tmp_path, mine, [{"直播间成交件数": "直播间成交的件数"}.get(name, name) for name in SESSION_HEADERS])
    assert learn(folder, read_case(folder)) == ()
    assert (folder / "aliases.toml").read_text("utf-8") == mine


def test_learning_adds_below_what_is_there(tmp_path: Path) -> None:
    """Into the table, before another one, and without touching a line."""
    mine = '[aliases]\n"别的" = "viewers"  # mine\n\n[other]\nx = 1\n'
    folder = shop(tmp_path, mine, [{"直播间成交件数": "直播间成交的件数"}.get(name, name) for name in SESSION_HEADERS])
    learn(folder, read_case(folder))
    text = (folder / "aliases.toml").read_text("utf-8")
    assert [line for line in text.splitlines() if line in mine.splitlines()] == mine.splitlines()
    assert set(tomllib.loads(text)["aliases"]) == {"别的", "直播间成交的件数"}


def test_learning_leaves_a_file_it_cannot_read_alone(tmp_path: Path) -> None:
    """A slip in the file: said, and nothing is written."""
    folder = shop(tmp_path, "[aliases]\nx = \n")
    with pytest.raises(FactbookError, match=r"aliases\.toml"):
        learn(folder, read_case(folder))
    assert (folder / "aliases.toml").read_text("utf-8") == "[aliases]\nx = \n"


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The power goes off in between: the old file is there, and nothing beside it."""
    folder = shop(
        tmp_path,
        '[aliases]\n"别的" = "viewers"\n',
        [{"直播间成交件数": "直播间成交的件数"}.get(n, n) for n in SESSION_HEADERS],
    )
    case = read_case(folder)

    def fails(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(aliases.os, "replace", fails)
    with pytest.raises(OSError, match="no space"):
        learn(folder, case)
    assert (folder / "aliases.toml").read_text("utf-8") == '[aliases]\n"别的" = "viewers"\n'
    assert not list(folder.glob(".aliases*"))


def test_hostile_headers_stay_one_line_of_toml(tmp_path: Path) -> None:
    """Quotes, line ends, brackets and a file's name cannot break out of their line."""
    header = '直播间"成交"\n[x]\x7f件 数#'
    problem = Problem("header_unknown", "note", 'a"\n[evil].xlsx', "s", header, 1, {"near": "直播间成交件数"})
    folder = merchant(tmp_path)
    csv_file(folder / "exports" / "o.csv", [["主订单编号", "子订单编号", "订单应付金额", "订单提交时间"], order(1)[:4]])
    case = read_case(folder)
    said = Case(folder, case.merchant, case.period, {}, problems=(problem,))
    learn(folder, said)
    table = tomllib.loads((folder / "aliases.toml").read_text("utf-8"))
    assert set(table) == {"aliases"}
    assert {*table["aliases"]} <= {header}
    assert [alias.header for alias in suggestions(said)] == [header]
    assert learn(folder, said) == ()
