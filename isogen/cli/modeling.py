"""Commands about infill models: models list, models check, models serve."""

import os
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from isogen.cli.console import print_columns, print_json, print_line
from isogen.cli.serving import serve
from isogen.cli.session import AsJson, session_of
from isogen.errors import InputError, ModelUnavailableError

if TYPE_CHECKING:
    from isogen.stages.modeling import ModelLine

_HEAD = (" ", "model", "kind", "where", "at once", "a call", "keys")

models = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Infill models: what is set up, whether it answers, and one on this machine.

    Example: isogen models list
    """,
)


@models.command(name="list")
def list_(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List the infill models, where their calls go, and which keys are missing.

    A star marks the one that paints this map; without one, the built-in artist does. Keys
    themselves are never shown.

    Example: isogen models list
    """
    from isogen.stages.modeling import list_models

    found = list_models(session_of(context).project, os.environ)
    if as_json:
        print_json([asdict(line) for line in found])
        return
    print_columns([_HEAD, *(_cells(line) for line in found)])


@models.command()
def check(
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help="Models; left out: those of the settings, and those whose keys are there.",
            metavar="NAME",
            show_default=False,
        ),
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Ask models whether they could be called, without calling them.

    A server that sleeps wakes up, which its host may charge for. Exit code 2: a key, an
    address or a library is missing or wrong. Exit code 4: a service is not ready.

    Example: isogen models check local
    """
    from isogen.stages.modeling import check_models

    lines = list(check_models(session_of(context).project, names or [], os.environ))
    if as_json:
        print_json([{"name": x.name, **asdict(x.check)} for x in lines])
    else:
        for line in lines:
            state = "ready" if line.check.is_ready else "not ready"
            print_line(f"{line.name:<12} {state:<10} {line.check.told}")
    failed = [line for line in lines if not line.check.is_ready]
    if not failed:
        return
    first = next((line for line in failed if not line.check.is_set_up), failed[0])
    kind = ModelUnavailableError if first.check.is_set_up else InputError
    named = ", ".join(line.name for line in failed)
    many = "model" if len(failed) == 1 else "models"
    raise kind(f"{many} {named} cannot be called", hint=first.check.hint)


def _price(cost_usd: float | None) -> str:
    if cost_usd is None:
        return "?"
    return f"${cost_usd:g}" if cost_usd else "free"


def _cells(line: "ModelLine") -> tuple[str, ...]:
    missing = [v.name for v in line.variables if v.is_needed and not v.is_set]
    found = [v.name for v in line.variables if v.is_set]
    optional = [v.name for v in line.variables if not (v.is_needed or v.is_set)]
    told = (("missing", missing), ("found", found), ("without", optional))
    return (
        "*" if line.is_chosen else "",
        line.name,
        line.kind,
        line.where,
        str(line.concurrency),
        _price(line.cost_usd),
        "; ".join(f"{what} {', '.join(names)}" for what, names in told if names) or "none needed",
    )


models.command()(serve)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(models, name="models")
