"""What all commands share: the project, and how to talk."""

from pathlib import Path
from typing import Annotated

import typer

from isogen.cli.console import ConsoleReporter
from isogen.errors import InputError
from isogen.geo.grid import Quadrant
from isogen.stages.project import Project

NEGATIVE_NUMBERS = {"ignore_unknown_options": True}
"""Context settings of commands whose arguments may be negative numbers."""

Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", min=0, help="Most processes at once; 0 means one per core.", metavar="N"
    ),
]
Force = Annotated[bool, typer.Option("--force", "-f", help="Make also what is done.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", "-n", help="Say what would be done; change nothing.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")]


class Session:
    """One run of the command line."""

    def __init__(self, folder: Path, *, quiet: bool) -> None:
        self.project = Project(folder)
        self.quiet = quiet

    def reporter(self) -> ConsoleReporter:
        """Return a new reporter; use it as a context."""
        return ConsoleReporter(quiet=self.quiet)

    def jobs(self, wanted: int | None) -> int:
        """Return the number of processes: asked for, else of the settings."""
        return self.project.params.run.jobs if wanted is None else wanted


def session_of(context: typer.Context) -> Session:
    """Return what ``prepare`` remembered."""
    session = context.obj
    assert isinstance(session, Session)  # noqa: S101  the callback always makes one
    return session


def parse_quadrants(words: list[str] | None) -> list[Quadrant] | None:
    """Read quadrants written as ``X Y [X Y ...]`` or ``X,Y [X,Y ...]``.

    Returns:
        None without any words.

    Raises:
        InputError: A word is no number, or a number has no partner.
    """
    if not words:
        return None
    if any("," in word for word in words):
        return [Quadrant.parse(word) for word in words]
    if len(words) % 2:
        raise InputError(
            f"quadrants are pairs of numbers, got {len(words)}: {' '.join(words)}",
            hint="Write them as X Y [X Y ...] or X,Y [X,Y ...].",
        )
    return [Quadrant.parse(f"{x},{y}") for x, y in zip(words[::2], words[1::2], strict=True)]
