"""The command line, ``python -m tiering tier | report | compare | app | read``; here only what starts fast."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from tiering.cli.language import language_of, option_of
from tiering.words.catalogue import Words
from tiering.words.locale import LANGUAGES

PROGRAMS = ("tiering", "customer-tiering")
UNFORESEEN = 1
USAGE_ERROR = 2
INTERRUPTED = 130


class PaperOption(StrEnum):
    """Kinds of paper."""

    XLSX = "xlsx"
    PPTX = "pptx"
    DOCX = "docx"
    HTML = "html"


class EngineOption(StrEnum):
    """Where orders are added up."""

    DUCKDB = "duckdb"
    SPARK = "spark"


class LanOption(StrEnum):
    """What other computers of the local network may see."""

    VOTE = "vote"
    ALL = "all"


LanguageOption = Annotated[str, typer.Option("--lang", metavar="|".join(LANGUAGES))]
AcceptOption = Annotated[bool, typer.Option("--accept")]
FurtherFile = Annotated[Path | None, typer.Option(metavar="FILE")]
commands = typer.Typer(name="tiering", add_completion=False, no_args_is_help=True)


@commands.callback()
def tiering() -> None:
    """Group of the commands; its help text is set in the user's language."""


@commands.command("tier")
def tier(  # noqa: PLR0913, PLR0917 - the parameters of a command are its options
    orders: Annotated[list[str], typer.Argument(metavar="FILE")],
    out: Annotated[Path, typer.Option(metavar="FILE.csv")],
    customers: Annotated[Path | None, typer.Option(metavar="FILE")] = None,
    lines: FurtherFile = None,
    payments: FurtherFile = None,
    contacts: FurtherFile = None,
    outside: FurtherFile = None,
    scenario: Annotated[Path | None, typer.Option(metavar="FILE")] = None,
    as_of: Annotated[str, typer.Option(metavar="YYYY-MM-DD")] = "",
    set_aside: Annotated[Path | None, typer.Option(metavar="FILE.csv")] = None,
    answers: Annotated[str, typer.Option(metavar="JSON")] = "",
    accept: AcceptOption = False,
    engine: Annotated[EngineOption | None, typer.Option(metavar="duckdb|spark")] = None,
    spark: Annotated[str, typer.Option(metavar="sc://HOST:PORT")] = "",
    memory_limit: Annotated[str, typer.Option(metavar="4GB")] = "",
    temp_dir: Annotated[Path | None, typer.Option(metavar="FOLDER")] = None,
    lang: LanguageOption = "",
) -> None:
    """Tier the customers of a file, or of many."""
    from tiering.cli.files import Given, further_files
    from tiering.cli.sources import EngineChoice
    from tiering.cli.tier import TierRun, run_tier

    choice = EngineChoice(engine.value if engine else "", spark, memory_limit, temp_dir)
    further = further_files(lines, payments, contacts, outside)
    given = Given(tuple(map(Path, orders)), customers, scenario, as_of, answers, further, accept)
    run = TierRun(given, out, set_aside, tuple(orders), choice)
    raise typer.Exit(run_tier(run, Words(language_of(lang))))


@commands.command("report")
def report(  # noqa: PLR0913, PLR0917 - the parameters of a command are its options
    orders: Annotated[list[Path], typer.Argument(metavar="FILE")],
    kind: Annotated[PaperOption, typer.Option(metavar="xlsx|pptx|docx|html")],
    out: Annotated[Path, typer.Option(metavar="FILE")],
    customers: Annotated[Path | None, typer.Option(metavar="FILE")] = None,
    lines: FurtherFile = None,
    payments: FurtherFile = None,
    contacts: FurtherFile = None,
    outside: FurtherFile = None,
    scenario: Annotated[Path | None, typer.Option(metavar="FILE")] = None,
    baseline: Annotated[Path | None, typer.Option(metavar="FILE")] = None,
    as_of: Annotated[str, typer.Option(metavar="YYYY-MM-DD")] = "",
    answers: Annotated[str, typer.Option(metavar="JSON")] = "",
    accept: AcceptOption = False,
    lang: LanguageOption = "",
) -> None:
    """Write a paper about the tiers of a file."""
    from tiering.cli.files import Given, further_files
    from tiering.cli.report import ReportRun, run_report

    further = further_files(lines, payments, contacts, outside)
    given = Given(tuple(orders), customers, scenario, as_of, answers, further, accept)
    run = ReportRun(given, kind.value, out, baseline)
    raise typer.Exit(run_report(run, Words(language_of(lang))))


@commands.command("compare")
def compare(  # noqa: PLR0913, PLR0917 - the parameters of a command are its options
    first: Annotated[Path, typer.Argument(metavar="A.json")],
    second: Annotated[Path, typer.Argument(metavar="B.json")],
    orders: Annotated[list[Path], typer.Argument(metavar="FILE")],
    out: Annotated[Path, typer.Option(metavar="FILE.csv")],
    customers: Annotated[Path | None, typer.Option(metavar="FILE")] = None,
    lines: FurtherFile = None,
    payments: FurtherFile = None,
    contacts: FurtherFile = None,
    outside: FurtherFile = None,
    as_of: Annotated[str, typer.Option(metavar="YYYY-MM-DD")] = "",
    answers: Annotated[str, typer.Option(metavar="JSON")] = "",
    accept: AcceptOption = False,
    lang: LanguageOption = "",
) -> None:
    """Compare two scenarios on one file."""
    from tiering.cli.compare import CompareRun, run_compare
    from tiering.cli.files import Given, further_files

    further = further_files(lines, payments, contacts, outside)
    given = Given(tuple(orders), customers, None, as_of, answers, further, accept)
    run = CompareRun(first, second, given, out)
    raise typer.Exit(run_compare(run, Words(language_of(lang))))


@commands.command("read")
def read(
    file: Annotated[list[Path], typer.Argument(metavar="FILE")],
    out: Annotated[Path, typer.Option(metavar="TABLE.csv")],
    report: Annotated[Path, typer.Option(metavar="REPORT.json")],
    answers: Annotated[str, typer.Option(metavar="JSON")] = "{}",
    lang: LanguageOption = "",
) -> None:
    """Read a file and write its table and report."""
    from tiering.cli.read import read_command
    from tiering.cli.request import CannotRun, answers_of, ensure_paths

    words = Words(language_of(lang))
    try:
        ensure_paths(file, [out, report])
        answers_of(answers)
        raise typer.Exit(read_command(file, (out, report), words, answers))
    except CannotRun as reason:
        print(words(reason.key, **reason.facts), file=sys.stderr)
        raise typer.Exit(USAGE_ERROR) from reason


@commands.command("app")
def app(
    lan: Annotated[LanOption | None, typer.Option("--lan", metavar="[=all]")] = None,
    port: Annotated[int | None, typer.Option(metavar="N", min=1, max=65535)] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser")] = False,
    lang: LanguageOption = "",
) -> None:
    """Start the app in the browser."""
    from tiering.cli.app import start_app

    raise typer.Exit(start_app(Words(language_of(lang)), lan=lan or "", port=port, browser=not no_browser))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status.

    0: done; 1: the app cannot start, or a fault of the program; 2: the command is written wrongly, or a path is;
    3: a file leaves a question open; 4: a file or the scenario has a problem; 130: interrupted. A sentence on
    standard error says what to do.
    """
    asked = sys.argv[1:] if arguments is None else arguments
    given = [f"--lan={LanOption.VOTE}" if argument == "--lan" else argument for argument in asked]
    words = Words(language_of(option_of(given, "--lang")))
    sys.exit(status_or_sentence(lambda: _run(given, words), words))


def status_or_sentence(run: Callable[[], int], words: Words) -> int:
    """The last resort: a fault that nobody foresaw is one sentence and status 1.

    It names the kind of fault and its place in the code, never a value of the data.
    """
    try:
        return run()
    except Exception as fault:
        last = traceback.extract_tb(fault.__traceback__)[-1]
        place = f"{type(fault).__name__}, {Path(last.filename).name}:{last.lineno}"
        print(words("cli.unforeseen", place=place), file=sys.stderr)
        return UNFORESEEN


def _run(arguments: list[str], words: Words) -> int:
    command = _in_words(typer.main.get_command(commands), words, "cli")
    try:
        return command(arguments, prog_name=_called(), standalone_mode=False) or 0
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except _usage_error() as error:
        print(words("cli.usage", message=error.format_message()), file=sys.stderr)
        return USAGE_ERROR


def _called() -> str:
    """How the program was started, for its help: as the installed program or as a module."""
    program = Path(sys.argv[0]).stem
    return program if program in PROGRAMS else "python -m tiering"


def _usage_error() -> Any:
    """The class of all "written wrongly" errors, which typer does not export under a name."""
    return typer.BadParameter.__bases__[0]


def _in_words(command: Any, words: Words, key: str) -> Any:
    """The command with its help texts, and those of its options and sub-commands, in one language."""
    command.help = words(f"{key}.help")
    for parameter in command.params:
        if words.has(f"{key}.{parameter.name}"):
            parameter.help = words(f"{key}.{parameter.name}")
    for name, child in getattr(command, "commands", {}).items():
        _in_words(child, words, f"{key}.{name}")
    return command
