"""Commands about how maps are painted: style list, style show, style new."""

from pathlib import Path
from typing import Annotated

import typer

from isogen.cli.console import print_json, print_line
from isogen.cli.session import AsJson, session_of

styles = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""List, draw and begin styles: how a map is painted, and in which colors.

    Example: isogen style list
    """,
)


@styles.command(name="list")
def list_(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List the styles that the map can be painted in, with their palettes.

    Exit code 2: a file of a style says what is not allowed.

    Example: isogen style list
    """
    from isogen.stages.styles import list_styles

    found = list_styles(session_of(context).project)
    if as_json:
        print_json(
            [
                {
                    "name": style.name,
                    "title": style.file.title,
                    "description": style.file.description,
                    "palettes": list(style.palettes),
                }
                for style in found
            ]
        )
        return
    for style in found:
        print_line(f"{style.name:<16} {style.file.description}")
        print_line(f"{'':<16} palettes: {', '.join(style.palettes)}")


@styles.command()
def show(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(help="A style; that of the settings when left out.", show_default=False),
    ] = None,
    palette: Annotated[
        str | None,
        typer.Option("--palette", help="A palette of the style.", metavar="NAME"),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="PNG to write instead of STYLE-PALETTE.png."),
    ] = None,
) -> None:
    """Draw a style: the ramps of a palette, and a specimen of everything.

    Exit code 2: there is no such style or palette, or a file says what is not allowed.

    Example: isogen style show winter-comic --palette night -o night.png
    """
    from isogen.stages.styles import show_style

    print_line(str(show_style(session_of(context).project, name, palette, out)))


@styles.command()
def new(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Name of the new style, as in winter-comic.")],
    origin: Annotated[
        str, typer.Option("--from", help="The style to copy.", metavar="STYLE")
    ] = "classic",
    *,
    force: Annotated[
        bool, typer.Option("--force", "-f", help="Replace the files that are there.")
    ] = False,
) -> None:
    """Copy a style into the folder styles, to edit it there.

    Example: isogen style new my-town --from winter-comic
    """
    from isogen.stages.styles import new_style

    session = session_of(context)
    with session.reporter() as reporter:
        for line in new_style(session.project, name, origin, force=force):
            reporter.note(line)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(styles, name="style")
