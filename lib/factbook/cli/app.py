"""The verbs. A heavy room is imported by the verb that needs it, so that `factbook check` starts in a second."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from factbook.cli import speak
from factbook.errors import FactbookError, IntakeError, ParameterError
from factbook.records import Period

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The FACT workbook: a Douyin merchant's exports become a diagnosis, a client report and a live meeting.",
)


class Tongue(StrEnum):
    """Languages a report can speak."""

    zh = "zh"
    en = "en"


Folder = Annotated[Path, typer.Argument(help="A merchant's folder: exports/, intake.xlsx, merchant.toml.")]
Folders = Annotated[list[Path], typer.Argument(help="Merchants' folders, or a folder of merchants.")]
In = Annotated[Tongue | None, typer.Option("--language", help="zh or en; default: the merchant's own.")]
When = Annotated[str, typer.Option("--period", help="START-END such as 20261001-20261031.")]


@app.command()
def samples(
    out: Annotated[Path, typer.Option("--out", help="Folder to write into.")] = Path("data/samples"),
    merchant: Annotated[list[str] | None, typer.Option(help="Only this sample; may be repeated.")] = None,
    days: Annotated[int | None, typer.Option(help="Days of history.", min=1)] = None,
    orders: Annotated[int | None, typer.Option(help="Order rows.", min=0)] = None,
    creators: Annotated[int | None, typer.Option(help="Creators.", min=0)] = None,
    seed: Annotated[int, typer.Option(help="Same seed, same bytes.")] = 20261101,
) -> None:
    """Simulate the sample merchants from a known truth and write the platform's own files."""
    from factbook import samples as room

    for folder in room.write(out, merchant, days=days, orders=orders, creators=creators, seed=seed):
        speak.line(f"{folder}")


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="Name of the engagement: a folder of that name is laid out.")],
    out: Annotated[Path, typer.Option("--out", help="Where the folder goes.")] = Path(),
    language: Annotated[Tongue, typer.Option("--language", help="zh or en.")] = Tongue.zh,
) -> None:
    """Lay out an engagement's folder: exports/, merchant.toml, an empty form, notes; nothing is overwritten."""
    from factbook.cli.engagement import lay_out, spelled

    folder, files = lay_out(name, out, language.value)
    speak.laid_out(spelled(folder), files, language.value)


@app.command()
def check(
    folder: Folder,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
    learn: Annotated[bool, typer.Option("--learn", help="Write likely headers into aliases.toml.")] = False,
    every: Annotated[bool, typer.Option("--all", help="List every problem and note.")] = False,
    language: In = None,
    period: When = "",
) -> None:
    """Say what was recognised, how many rows were read or set aside, what to mend and what is missing."""
    from factbook.cli import checked
    from factbook.intake import aliases, read_case, summary

    case = read_case(existing(folder), when(period))
    spoken = language.value if language else case.merchant.language
    if learn and speak.learned(aliases.learn(case.folder, case), spoken):
        case = read_case(existing(folder), when(period))
    if json:
        speak.json(summary(case))
    else:
        checked.tell(case, summary(case), spoken, every)
    raise typer.Exit(0 if all(file.read for file in case.files) else 1)


@app.command()
def explain(
    folder: Folder,
    metric: Annotated[str, typer.Argument(help="A metric's id or name, such as refund_rate.")],
    slices: Annotated[list[str] | None, typer.Option("--slice", help="name=value such as week=2026-10-05.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON, with every row.")] = False,
    every: Annotated[bool, typer.Option("--all", help="List every row.")] = False,
    before: Annotated[bool, typer.Option("--before", help="The span of equal length before the period.")] = False,
    language: In = None,
    period: When = "",
) -> None:
    """Trace one figure back to the rows it was added up from: file, sheet, row and contribution."""
    from factbook.cli import trace
    from factbook.intake import read_case
    from factbook.measures.lineage import Tracer, known

    id, cut = known(metric), sliced(slices or [])
    case = read_case(existing(folder), when(period))
    said = Tracer(case).explain(id, cut, "previous" if before else "")
    spoken = language.value if language else case.merchant.language
    if json:
        speak.json(trace.document(case, said, spoken))
    else:
        trace.tell(case, said, spoken, every)


@app.command()
def diagnose(
    folder: Folder,
    json: Annotated[Path, typer.Option("--json", help="Where diagnosis.json goes.")],
    language: In = None,
    period: When = "",
) -> None:
    """Diagnose one merchant and save diagnosis.json."""
    from factbook import diagnosis

    dx = diagnosis.diagnose(existing(folder), when(period), language.value if language else None)
    speak.line(f"{diagnosis.save(dx, json)}: {dx.verdict[dx.language]}")
    raise typer.Exit(0 if all(file.read for file in dx.files) else 1)


@app.command()
def keep(folder: Folder, period: When = "") -> None:
    """Keep a period's diagnosis in the folder's history/, so that the next one says what moved."""
    from factbook.diagnosis import diagnose as run
    from factbook.diagnosis import memory

    found = existing(folder)
    typer.echo(memory.keep(run(found, when(period)), found))


@app.command()
def render(
    folders: Folders,
    out: Annotated[Path, typer.Option("--out", help="Folder of the reports.")] = Path("reports"),
    language: In = None,
    period: When = "",
    workers: Annotated[int, typer.Option(help="Merchants at a time; 0: one a core.", min=0)] = 0,
) -> None:
    """Render the client reports of one merchant or many; a broken one never stops the others."""
    from factbook.render import render as run

    when(period)
    spoken = language.value if language else ""
    outcomes = run(folders, out, spoken, period, workers, progress=speak.line)
    speak.outcomes(outcomes, out)
    raise typer.Exit(0 if outcomes and all(outcome.ok for outcome in outcomes) else 1)


@app.command()
def meet(
    folder: Folder,
    language: In = None,
    period: When = "",
    port: Annotated[int, typer.Option(help="Port on this machine; 0: any free one.", min=0)] = 0,
    browser: Annotated[bool, typer.Option(help="Open the browser.")] = True,
) -> None:
    """Open the live notebook beside the client: this machine only, with a token."""
    from factbook.live import Server
    from factbook.live import meet as run

    when(period)
    spoken = language.value if language else own_language(existing(folder))
    raise typer.Exit(run(existing(folder), spoken, period, Server(port, browser), speak.line))


def existing(folder: Path) -> Path:
    """The folder, or a ParameterError that says where it was looked for."""
    from factbook.diagnosis.desk import find

    return find(str(folder))


def sliced(words: list[str]) -> dict[str, str]:
    """`name=value` words as a slice; raises ParameterError for one that is not."""
    pairs = [word.partition("=") for word in words]
    wrong = [word for word, (name, mark, value) in zip(words, pairs, strict=True) if not (name and mark and value)]
    if wrong:
        raise ParameterError(f'--slice "{wrong[0]}" is not understood; write name=value such as week=2026-10-05')
    return {name.strip(): value.strip() for name, _, value in pairs}


def own_language(folder: Path) -> str:
    """The language merchant.toml asks for; Chinese where it asks for none."""
    from factbook.intake import read_toml

    return str(read_toml(folder)[0].get("language", "zh"))


def when(period: str) -> Period | None:
    """A period typed by the user; raises ParameterError."""
    return Period.parse(period) if period else None


def main() -> None:
    """Run the command line; every error of ours is a message, never a traceback."""
    try:
        app()
    except ParameterError as error:
        speak.fail(str(error))
        sys.exit(2)
    except IntakeError as error:
        speak.fail(speak.intake(error))
        sys.exit(1)
    except FactbookError as error:
        speak.fail(str(error))
        sys.exit(1)
