"""Commands about what leaves isogen: export dzi, export site, view."""

import time
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from isogen.cli.session import Jobs, session_of
from isogen.errors import ObjectMissingError

if TYPE_CHECKING:
    from isogen.stages.export import ExportSummary

Out = Annotated[
    Path | None,
    typer.Option("--out", "-o", help="Folder to write instead of data/exports.", metavar="DIR"),
]
Replace = Annotated[
    bool, typer.Option("--force", "-f", help="Replace the folder whatever is in it.")
]

_HIGHEST_PORT = 65535

exports = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Write the map for others: a Deep Zoom picture or a static site.

    Example: isogen export site
    """,
)


@exports.command()
def dzi(
    context: typer.Context,
    layer: Annotated[
        str, typer.Option("--layer", help="Layer to write.", metavar="NAME")
    ] = "generation",
    out: Out = None,
    jobs: Jobs = None,
    *,
    force: Replace = False,
) -> None:
    """Write a layer as a Deep Zoom picture that any viewer opens.

    An earlier export in DIR is replaced; a folder with anything else is left alone.

    Exit code 2: the folder holds other files. Exit code 3: the layer is empty or a
    picture is broken.

    Example: isogen export dzi --layer render
    """
    from isogen.stages.export import export_dzi

    session = session_of(context)
    with session.reporter() as reporter:
        made = export_dzi(
            session.project,
            layer=layer,
            out=out,
            force=force,
            jobs=session.jobs(jobs),
            reporter=reporter,
        )
        reporter.note(f"export dzi: {_told(made)}")


@exports.command()
def site(
    context: typer.Context, out: Out = None, jobs: Jobs = None, *, force: Replace = False
) -> None:
    """Write a static site: the map with its viewer, for any web host.

    An earlier export in DIR is replaced; a folder with anything else is left alone.

    Exit code 2: the folder holds other files. Exit code 3: there is no generation yet.

    Example: isogen export site --out public
    """
    from isogen.stages.export import export_site

    session = session_of(context)
    with session.reporter() as reporter:
        made = export_site(
            session.project, out=out, force=force, jobs=session.jobs(jobs), reporter=reporter
        )
        reporter.note(f"export site: {_told(made)}")


def view(
    context: typer.Context,
    port: Annotated[
        int,
        typer.Option(
            "--port",
            help="Port to listen on; 0 is any free one.",
            metavar="N",
            min=0,
            max=_HIGHEST_PORT,
        ),
    ] = 0,
    *,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")
    ] = True,
) -> None:
    """Serve the site on 127.0.0.1 and open it in the browser; end with Ctrl-C.

    Exit code 3: there is no site yet.

    Example: isogen view --port 8000
    """
    from isogen.export.serve import serve

    session = session_of(context)
    folder = session.project.exports / "site"
    if not (folder / "index.html").is_file():
        raise ObjectMissingError(
            f"there is no site in {folder}",
            hint="Run `dvc repro`, or `isogen export site`, first.",
        )
    server = serve(folder, port)
    with session.reporter() as reporter:
        reporter.note(f"{server.url}  (Ctrl-C ends)")
    try:
        if browser:
            webbrowser.open(server.url)
        while True:
            time.sleep(3600)
    finally:
        server.close()


def _told(made: "ExportSummary") -> str:
    state = "written" if made.changed else "unchanged"
    return f"{made.folder} {state}, {made.quadrants} quadrants, {made.tiles_made} tiles made"


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(exports, name="export")
    app.command()(view)
