"""Puts the command groups together and turns errors into exit codes."""

import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from isogen.cli import (
    exporting,
    generating,
    inspecting,
    making,
    marking,
    modeling,
    planning,
    starting,
    styling,
)
from isogen.cli.session import Session
from isogen.errors import IsogenError

app = typer.Typer(
    name="isogen",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="""Turn any place into a seamless isometric pixel-art map.

    Exit codes: 0 done, 1 failed, 2 wrong request, 3 wrong data, 4 a service failed and
    trying again is safe, 130 interrupted.

    Example: isogen init berlin.osm.pbf && dvc repro && isogen view
    """,
)
for group in (
    starting,
    making,
    planning,
    generating,
    exporting,
    inspecting,
    styling,
    marking,
    modeling,
):
    group.register(app)


def _print_version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(f"isogen {version('isogen')}")
        raise typer.Exit


@app.callback()
def prepare(
    context: typer.Context,
    project: Annotated[
        Path, typer.Option("--project", "-C", help="Folder of the project.", metavar="DIR")
    ] = Path(),
    *,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Say nothing but errors and data.")
    ] = False,
    version: Annotated[  # noqa: ARG001  its callback acts
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Remember what all commands share."""
    context.obj = Session(project, quiet=quiet)


def run(arguments: Sequence[str]) -> int:
    """Run the command line.

    Returns:
        The exit code. An error that isogen knows becomes one line and a hint on stderr;
        any other is a bug and keeps its traceback.
    """
    try:
        app(list(arguments), prog_name="isogen")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except IsogenError as error:
        sys.stderr.write(f"isogen: error: {error}\n")
        if error.hint:
            sys.stderr.write(f"hint: {error.hint}\n")
        return error.exit_code
    return 0
