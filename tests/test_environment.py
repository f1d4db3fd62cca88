"""environment.yml, pyproject.toml and requirements.lock say the same."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from tests.environment import ROOT, canonical, declared, direct, lock_text, locked


def test_every_run_time_dependency_stands_in_environment_yml_word_for_word() -> None:
    """pyproject's dependencies are lines of environment.yml, bounds included."""
    assert set(declared()) <= set(direct())


def imported(path: Path) -> set[str]:
    """The top-level modules a file imports, its own package and the standard library left out."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    return {name.split(".")[0] for name in names} - {*sys.stdlib_module_names, "factbook", "tests", "benchmarks"}


def test_every_package_that_the_library_imports_is_declared() -> None:
    """None is there only because another one happens to need it."""
    packages = metadata.packages_distributions()
    modules = {module for path in (ROOT / "lib").rglob("*.py") for module in imported(path)}
    names = {module: {canonical(name) for name in packages[module]} for module in modules}
    known = {canonical(line) for line in declared()}
    assert {module for module, some in names.items() if not some & known} == set()


def test_every_package_that_the_tests_import_is_in_the_environment() -> None:
    """The desk's tools stand in environment.yml alone."""
    packages = metadata.packages_distributions()
    files = [path for room in ("tests", "benchmarks") for path in (ROOT / room).rglob("*.py")]
    modules = {module for path in files for module in imported(path)}
    known = {canonical(line) for line in direct()}
    assert {m for m in modules if not {canonical(name) for name in packages[m]} & known} == set()


def test_no_package_is_declared_that_nothing_uses() -> None:
    """Imported by the library, or started by it as a program or a notebook's tool."""
    packages = metadata.packages_distributions()
    used = {canonical(name) for path in (ROOT / "lib").rglob("*.py") for m in imported(path) for name in packages[m]}
    started = {"jupyterlab", "voila", "nbconvert"}
    assert {canonical(line) for line in declared()} <= used | started


def test_the_lock_pins_every_direct_dependency_within_its_bounds() -> None:
    """Each line of environment.yml is met by every version the lock pins."""
    pins = locked()
    for line in direct():
        wanted = Requirement(line)
        versions = pins.get(canonical(wanted.name))
        assert versions, f"{wanted.name} is not in requirements.lock; run `make lock`"
        assert all(wanted.specifier.contains(version) for version in versions), (line, versions)


def test_the_lock_has_hashes_and_no_address() -> None:
    """Every pin carries a hash, and no line names where a package is served from."""
    text = lock_text()
    assert text.count("==") <= text.count("--hash=sha256:")
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links", text)


def test_what_the_client_fixed_is_a_direct_dependency() -> None:
    """jupyterlab, pandas, seaborn, ipywidgets, papermill and nbval are named outright."""
    fixed = {"jupyterlab", "pandas", "seaborn", "ipywidgets", "papermill", "nbval"}
    assert fixed <= {canonical(line) for line in direct()}


def test_environment_yml_leaves_all_but_the_interpreter_to_pip() -> None:
    """conda supplies python and pip; everything else comes from the one list."""
    head = (ROOT / "environment.yml").read_text("utf-8").split("- pip:")[0]
    assert re.findall(r"^  - (\S+)", head.split("dependencies:")[1], re.MULTILINE) == ["python=3.11", "pip"]


def test_the_library_and_the_samples_are_tracked() -> None:
    """.gitignore hides neither lib/ nor data/samples/, and does hide what is rendered."""
    paths = ["lib/factbook/fmt.py", "data/samples/skincare/intake.xlsx", "reports/sample/report.html"]
    ignored = subprocess.run(["git", "check-ignore", "--no-index", *paths], cwd=ROOT, capture_output=True, text=True)
    assert ignored.stdout == ""
    tracked = subprocess.run(["git", "ls-files", "lib", "data/samples"], cwd=ROOT, capture_output=True, text=True)
    assert "lib/factbook/records/__init__.py" in tracked.stdout
    assert "data/samples/skincare/merchant.toml" in tracked.stdout
    hidden = subprocess.run(
        ["git", "check-ignore", "reports/skincare/x.html", "data/real/a.xlsx"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert len(hidden.stdout.splitlines()) == 2
