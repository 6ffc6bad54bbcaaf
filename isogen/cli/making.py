"""Commands that make what is painted: source, scene, render."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from isogen.cli.session import (
    NEGATIVE_NUMBERS,
    DryRun,
    Force,
    Jobs,
    parse_quadrants,
    session_of,
)

if TYPE_CHECKING:
    from isogen.stages.quadrants import Summary

Quadrants = Annotated[
    list[str] | None,
    typer.Argument(
        help="Single quadrants, X Y [X Y ...] or X,Y [X,Y ...]; without any the whole map.",
        metavar="X Y",
        show_default=False,
    ),
]


def source(
    context: typer.Context,
    extract: Annotated[
        str | None,
        typer.Argument(
            help="A .osm.pbf or .geojson file, or the name of a bundled extract (helsinki); "
            "without it what scene.extract names.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Bring an extract of OpenStreetMap, or a GeoJSON file, into the project.

    It is copied to data/sources with its digest, extent and attribution.

    Exit code 3: the file is broken or not an extract.

    Example: isogen source berlin.osm.pbf
    """
    from isogen.stages.source import import_source

    session = session_of(context)
    named = session.project.params.scene.extract
    if extract and Path(extract).suffix:
        extract = Path(extract).resolve().as_posix()
        if Path(session.project.root / named).resolve() == Path(extract):
            named = extract
    found = import_source(session.project, extract)
    with session.reporter() as reporter:
        reporter.note(f"source {found.name}: {found.attribution}, {found.licence}")
        if extract and extract != named:
            reporter.note(
                f"params.yaml still names {named}: set scene.extract to {extract} "
                "so that `dvc repro` uses it too"
            )


def scene(context: typer.Context, quadrants: Quadrants = None, jobs: Jobs = None) -> None:
    """Build the scene: what stands in each cell of the map, and its shadows.

    Exit code 3: the source is broken.

    Example: isogen scene
    """
    from isogen.stages.scene import build_scene

    session = session_of(context)
    with session.reporter() as reporter:
        made = build_scene(
            session.project,
            quadrants=parse_quadrants(quadrants),
            jobs=session.jobs(jobs),
            reporter=reporter,
        )
        reporter.note(
            f"scene: {made.cells} cells ({made.built} built), {made.faces} faces, "
            f"seen in {made.quadrants} quadrants"
        )


def render(
    context: typer.Context,
    quadrants: Quadrants = None,
    *,
    jobs: Jobs = None,
    force: Force = False,
    dry_run: DryRun = False,
) -> None:
    """Draw the scene: a faces picture and a render for each quadrant.

    Exit code 3: the scene is missing or broken.

    Example: isogen render 0 0 1 0
    """
    from isogen.stages.render import render_map
    from isogen.stages.status import told_to_do

    session = session_of(context)
    chosen = parse_quadrants(quadrants)
    with session.reporter() as reporter:
        if dry_run:
            reporter.note(told_to_do(session.project, "render", chosen, force=force))
            return
        made = render_map(
            session.project,
            quadrants=chosen,
            jobs=session.jobs(jobs),
            force=force,
            reporter=reporter,
        )
        reporter.note(f"render: {told(made)}")


def told(summary: "Summary") -> str:
    """Say in words what a run over quadrants came to."""
    done = summary.total - summary.made - summary.reused
    parts = [f"{summary.made} made", f"{done} already done"]
    if summary.reused:
        parts.append(f"{summary.reused} found again")
    if summary.dropped:
        parts.append(f"{summary.dropped} left the map")
    if summary.made:
        parts.append(f"{summary.bytes / 1e6:.1f} MB")
    return ", ".join(parts)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(source)
    for command in (scene, render):
        app.command(context_settings=NEGATIVE_NUMBERS)(command)
