"""Commands that begin a project: init."""

from pathlib import Path
from typing import Annotated

import typer

from isogen.cli.session import session_of

AUTO = "auto"


def init(
    context: typer.Context,
    extract: Annotated[
        str | None,
        typer.Argument(
            help="A .osm.pbf or .geojson file, or the name of a bundled extract (helsinki); the "
            "map is projected around its middle.",
            show_default=False,
        ),
    ] = None,
    *,
    azimuth: Annotated[
        str,
        typer.Option(
            help="Compass heading of screen-up in degrees, or auto: the one nearest to north at "
            "which most walls and streets run diagonally.",
            metavar="DEGREES",
        ),
    ] = AUTO,
    generation_config: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help="A generation_config.json of isometric-nyc to take the view and region from.",
            metavar="FILE",
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", "-f", help="Replace the files that are there.")
    ] = False,
) -> None:
    """Start a project here: write params.yaml and dvc.yaml.

    Exit code 3: the extract is broken.

    Example: isogen init berlin.osm.pbf
    """
    from isogen.stages.start import start_project

    session = session_of(context)
    with session.reporter() as reporter:
        for line in start_project(
            session.project.root,
            extract=extract,
            azimuth_deg=_heading_of(azimuth),
            generation_config=generation_config,
            force=force,
        ):
            reporter.note(line)


def _heading_of(text: str) -> float | None:
    from isogen.errors import InputError

    if text == AUTO:
        return None
    try:
        return float(text)
    except ValueError:
        raise InputError(
            f"--azimuth must be a number of degrees or {AUTO}, got {text!r}",
            hint="Write --azimuth=-15 for a heading of 15 degrees west of north.",
        ) from None


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(init)
