"""The command about what people say of quadrants: mark."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from isogen.cli.console import print_json, print_line
from isogen.cli.session import NEGATIVE_NUMBERS, AsJson, parse_quadrants, session_of
from isogen.errors import InputError

if TYPE_CHECKING:
    from isogen.store.marks import Mark


class Water(StrEnum):
    """What is said about the water of a quadrant."""

    ALL = "all"
    NONE = "none"
    UNKNOWN = "unknown"


_WATER = {Water.ALL: 1, Water.NONE: -1, Water.UNKNOWN: 0}


def mark(  # noqa: PLR0913  one for each option
    context: typer.Context,
    quadrants: Annotated[
        list[str] | None,
        typer.Argument(
            help="Quadrants, X Y [X Y ...] or X,Y [X,Y ...].", metavar="X Y", show_default=False
        ),
    ] = None,
    note: Annotated[
        str | None, typer.Option("--note", help="A note; an empty one takes it away.")
    ] = None,
    water: Annotated[
        Water | None, typer.Option("--water", help="Whether all of it, or none, is water.")
    ] = None,
    *,
    reference: Annotated[
        bool | None,
        typer.Option(
            "--reference/--no-reference",
            help="Show the tile that begins with this top-left quadrant to models.",
            show_default=False,
        ),
    ] = None,
    star: Annotated[
        bool | None, typer.Option("--star/--no-star", help="Remember it.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say something about quadrants; without options, print what was said.

    What is not named stays as it was. Marks lie in data/marks.parquet.

    Example: isogen mark 3,-2 --reference --note "the look to keep"
    """
    from isogen.stages.marking import Saying, mark_quadrants, marks_of

    project = session_of(context).project
    chosen = parse_quadrants(quadrants)
    saying = Saying(star, reference, None if water is None else _WATER[water], note)
    if saying.changes:
        if chosen is None:
            raise InputError("mark takes the quadrants to mark", hint="As in: isogen mark 3,-2")
        mark_quadrants(project, chosen, saying)
    found = marks_of(project, chosen)
    if as_json:
        print_json([mark._asdict() for mark in found])
        return
    for one in found:
        print_line(f"{one.x},{one.y}  {', '.join(_words(one))}")


def _words(mark: "Mark") -> list[str]:
    said = [
        *(["starred"] if mark.starred else []),
        *(["reference"] if mark.reference else []),
        *(["all water"] if mark.water > 0 else ["no water"] if mark.water < 0 else []),
    ]
    return [*said, mark.note] if mark.note else said


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(context_settings=NEGATIVE_NUMBERS)(mark)
