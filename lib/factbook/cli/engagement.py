"""A new engagement's folder: where the reports go, who the shop is, the empty form, and room for notes."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from factbook import form
from factbook.errors import ParameterError
from factbook.intake.files import EXPORTS, FORM, MERCHANT, NOTES
from factbook.intake.merchant import KEYS
from factbook.knowledge.engagement import engagement
from factbook.knowledge.exports import Report, exports
from factbook.records import Language

README = "README.md"
FORBIDDEN = '<>:"/\\|?*'  # what no system lets a folder's name hold
NOT_FIRST = "._~-"  # a folder that begins so is taken for none of ours, or for an option

Writer = Callable[[Path, str, Language], None]


def lay_out(name: str, out: Path, language: Language) -> tuple[Path, list[tuple[Path, bool]]]:
    """Lays out a folder; what is there already stays as it is.

    Returns the folder, and each file with whether it was written now. Raises ParameterError for a name that
    no folder can have, or where a file stands in the way.
    """
    folder = out / _named(name)
    try:
        (folder / EXPORTS).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ParameterError(f"{folder} cannot be made ({error.strerror}); choose another name or --out") from error
    return folder, [(path, _write(path, write, name, language)) for path, write in _files(folder)]


def spelled(path: Path) -> str:
    """A path as a command line takes it."""
    text = path.as_posix()
    return f'"{text}"' if any(char.isspace() or char in "&'();" for char in text) else text


def _named(name: str) -> str:
    odd = [char for char in name if char in FORBIDDEN or unicodedata.category(char) in ("Cc", "Cf")]
    if odd or not name.strip() or name[0] in NOT_FIRST or name != name.strip(" ."):
        reason = f"it holds {odd[0]!r}" if odd else "it is empty, or begins or ends with a mark or a blank"
        raise ParameterError(f'"{name}" cannot be a folder\'s name: {reason}; write a plain name')
    return name


def _files(folder: Path) -> Iterator[tuple[Path, Writer]]:
    yield folder / EXPORTS / README, _readme
    yield folder / MERCHANT, _merchant
    yield folder / FORM, _form
    yield folder / NOTES, _notes


def _write(path: Path, write: Writer, name: str, language: Language) -> bool:
    """Writes a file that is not there yet."""
    if path.exists() or path.is_symlink():
        return False
    write(path, name, language)
    return True


def _save(path: Path, lines: Iterable[str]) -> None:
    path.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")


def _form(path: Path, name: str, language: Language) -> None:
    form.write(path, None, language)


def _merchant(path: Path, name: str, language: Language) -> None:
    words = engagement().merchant
    given = {"name": name, "language": language}
    lines = [f"# {words['head'][language]}", ""]
    for key in KEYS:
        lines.append(f"# {words[key.name][language]}")
        lines.append(f"{key.name} = {_quoted(given[key.name])}" if key.name in given else f"# {key.example}")
    _save(path, lines)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _notes(path: Path, name: str, language: Language) -> None:
    _save(path, [f"## {heading[language]}\n" for heading in engagement().notes.values()])


def _readme(path: Path, name: str, language: Language) -> None:
    words, known = engagement().readme, exports().reports
    first = [known[id] for id in engagement().first]
    rest = [report for id, report in known.items() if report not in first and report.sheets]
    groups = (
        (words.first, first),
        (words.more, [report for report in rest if report.expected]),
        (words.rare, [report for report in rest if not report.expected]),
    )
    command = f"    factbook check {spelled(Path(name))}"
    lines = [f"# {words.title[language]}", "", words.lead[language], "", command, ""]
    lines += [f"- {rule[language]}" for rule in words.rules]
    for title, reports in groups:
        lines += ["", f"## {title[language]}", "", *_table(reports, language)]
    _save(path, [*lines, "", words.note[language]])


def _table(reports: Iterable[Report], language: Language) -> Iterator[str]:
    words = engagement().readme
    yield f"| {words.report[language]} | {words.where[language]} | {words.allows[language]} |"
    yield "|---|---|---|"
    for report in reports:
        name = report.zh if language == "zh" else f"{report.en} ({report.zh})"
        yield f"| {name} | {report.path_zh} | {report.allows_zh if language == 'zh' else report.allows_en} |"
