"""The recipe for an export format in CONTRIBUTING.md, followed to the letter in a copy of the library."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.environment import ROOT
from tests.intake.build import csv_file

READ = """
import json, sys
from pathlib import Path
from factbook.intake import read_case, summary
case = read_case(Path(sys.argv[1]))
print(json.dumps([case.table("members")["member_paid_cny"].sum(), summary(case)["files"][0]], default=str))
"""
HEADS = {"under [columns]": "[columns]\n", "under [tables]": "[tables]\n"}


def recipe() -> dict[str, str]:
    """The rows to add, by where they go."""
    section = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("## An export format")[1]
    block = re.search(r"```toml\n(.*?)```", section, re.DOTALL)
    assert block
    pieces = re.split(r"^\s*# (.+)\n", block[1], flags=re.MULTILINE)[1:]
    return {
        place: "\n".join(map(str.strip, text.splitlines()))
        for place, text in zip(pieces[::2], pieces[1::2], strict=True)
    }


def with_recipe(text: str) -> str:
    """exports.toml with the rows of the recipe in their places."""
    rows = recipe()
    for place, head in HEADS.items():
        assert text.count(f"\n{head}") == 1
        text = text.replace(f"\n{head}", f"\n{head}{rows[place]}\n")
    return f"{text}\n{rows['at the end']}\n"


def test_a_new_format_is_a_few_rows(tmp_path: Path) -> None:
    """The file is recognised, its total is right to the cent, and every row is accounted for."""
    library = tmp_path / "lib"
    shutil.copytree(
        ROOT / "lib" / "factbook", library / "factbook", ignore=shutil.ignore_patterns("__pycache__", "*.ttf")
    )
    known = library / "factbook" / "knowledge" / "exports.toml"
    known.write_text(with_recipe(known.read_text("utf-8")), "utf-8")
    rows = [
        ["日期", "新增会员数", "会员成交金额"],
        ["20261001", "12", "1,234.50"],
        ["20261002", "8", "0.50"],
        ["合计", "20", "1,235.00"],
    ]
    csv_file(tmp_path / "shop" / "exports" / "会员.csv", rows)
    done = subprocess.run(
        [sys.executable, "-c", READ, str(tmp_path / "shop")],
        env={**os.environ, "PYTHONPATH": str(library), "FACTBOOK_CACHE": "off"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    total, file = json.loads(done.stdout)
    assert total == 1_235.0
    assert (file["report"], file["rows"], file["kept"], file["header"], file["totals"]) == ("members", 4, 2, 1, 1)
