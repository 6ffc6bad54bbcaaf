"""Commands about infill models: models serve."""

import typer

from isogen.cli.serving import serve

models = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Infill models: serve one on this machine.

    Example: isogen models serve
    """,
)
models.command()(serve)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(models, name="models")
