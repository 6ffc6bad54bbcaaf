"""The command that puts an engine behind the wire: models serve."""

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from isogen.cli.console import print_line
from isogen.cli.session import Session, session_of
from isogen.errors import InputError

if TYPE_CHECKING:
    from inference.engine import Engine
    from isogen.stages.serving import Brush

_HIGHEST_PORT = 65535
_LOCAL_PORT = 8888


class EngineName(StrEnum):
    """What can be served."""

    PIXELART = "pixelart"
    DIFFUSERS = "diffusers"


def serve(  # noqa: PLR0913  one for each option
    context: typer.Context,
    *,
    engine: Annotated[
        EngineName,
        typer.Option(
            "--engine",
            help="What answers: pixelart (the built-in artist) or diffusers (Qwen-Image-Edit on "
            "your own GPU, as models.diffusers in params.yaml says).",
        ),
    ] = EngineName.PIXELART,
    port: Annotated[
        int,
        typer.Option(
            "--port",
            help="Port to listen on; 0 is any free one.",
            metavar="N",
            min=0,
            max=_HIGHEST_PORT,
        ),
    ] = _LOCAL_PORT,
    host: Annotated[
        str,
        typer.Option("--host", help="Address to listen on; others need --key-env.", metavar="IP"),
    ] = "127.0.0.1",
    key_env: Annotated[
        str | None,
        typer.Option(
            "--key-env",
            help="Environment variable with a key that callers must send.",
            metavar="VARIABLE",
        ),
    ] = None,
    style: Annotated[
        str | None,
        typer.Option("--style", help="Style of pixelart; that of the settings when left out."),
    ] = None,
    palette: Annotated[
        str | None,
        typer.Option("--palette", help="Palette of pixelart; that of the settings when left out."),
    ] = None,
    pixel_size: Annotated[
        int | None,
        typer.Option(
            "--pixel-size",
            help="Screen pixels across an art pixel; that of the settings when left out.",
            metavar="N",
            min=1,
            max=4,
        ),
    ] = None,
    log: Annotated[
        Path | None,
        typer.Option("--log", help="File that gets a line of JSON for each call.", metavar="FILE"),
    ] = None,
) -> None:
    """Serve an infill model on this machine; end with Ctrl-C.

    Prints the address of the endpoint on stdout as soon as it can be called. In a project its
    settings are the defaults; without one those of a new project are.

    Example: isogen models serve --port 8888
    """
    try:
        from isogen.stages.serving import Address, Brush, serve_engine
    except ImportError as error:
        raise _missing(error, "serve") from error

    session = session_of(context)
    made = _engine(session, engine, Brush(style, palette, pixel_size))
    with session.reporter() as reporter:

        def told(url: str) -> None:
            print_line(url)
            sys.stdout.flush()  # a program that started this one waits for the line
            reporter.note(f"{made.name} listens there; end with Ctrl-C.")
            if entry := _entry(url, key_env):
                reporter.note(f"In params.yaml of a map: {entry}")
            reporter.note("To paint with it: isogen generate --model local")

        serve_engine(made, Address(host, port, key_env), os.environ, log=log, on_ready=told)


def _entry(url: str, key_env: str | None) -> str:
    """Return what the settings of a map must say to find the server; empty when nothing."""
    from isogen.params.infill import PRESETS

    parts = [] if url == PRESETS["local"]["url"] else [f"url: {url}"]
    parts += [f"key_env: {key_env}"] if key_env else []
    return f"models: {{local: {{{', '.join(parts)}}}}}" if parts else ""


def _engine(session: Session, name: EngineName, brush: "Brush") -> "Engine":
    if name is EngineName.PIXELART:
        from isogen.stages.serving import pixelart_engine

        return pixelart_engine(session.project, brush)
    from isogen.stages.serving import diffusers_engine

    return diffusers_engine(session.project)


def _missing(error: ImportError, extra: str) -> InputError:
    return InputError(
        f"models serve needs {error.name or 'a library'}, which is not installed",
        hint=f"pip install 'isogen[{extra}]'",
    )
