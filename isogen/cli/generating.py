"""The command that paints: generate."""

from typing import Annotated, Literal

import typer

from isogen.cli.making import Quadrants, told
from isogen.cli.session import NEGATIVE_NUMBERS, DryRun, Force, parse_quadrants, session_of
from isogen.errors import InputError
from isogen.geo.grid import Quadrant
from isogen.params.painting import PIXELART

_CORNERS = {"tl": (0, 0), "tr": (1, 0), "bl": (0, 1), "br": (1, 1)}
"""Where a quadrant lies in the tile that its top-left quadrant names."""

Corner = Literal["tl", "tr", "bl", "br"]


def generate(  # noqa: PLR0913  one argument for each option
    context: typer.Context,
    quadrants: Quadrants = None,
    *,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            "-j",
            min=0,
            help="Most processes, or calls of a model, at once; 0 means one per core, or what "
            "the settings of the model say.",
            metavar="N",
        ),
    ] = None,
    force: Force = False,
    dry_run: DryRun = False,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", min=1, help="Make at most this many quadrants, or steps.", metavar="N"
        ),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option("--model", "-m", help="What paints, instead of generate.model.", metavar="M"),
    ] = None,
    prompt: Annotated[
        str | None,
        typer.Option("--prompt", help="What a model is told, instead of its setting.", metavar="P"),
    ] = None,
    negative: Annotated[
        str | None,
        typer.Option("--negative", help="What the picture should not show.", metavar="N"),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option("--seed", min=0, max=(1 << 31) - 1, help="Seed of first tries.", metavar="S"),
    ] = None,
    reference: Annotated[
        list[str] | None,
        typer.Option(
            "--reference",
            help="Top-left quadrant of a tile to show as an example; may be repeated.",
            metavar="X,Y",
        ),
    ] = None,
    target: Annotated[
        Corner | None,
        typer.Option(
            "--target", help="Paint this quadrant of the tile that X Y names: tl, tr, bl or br."
        ),
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Paint also what is painted.")] = False,
    no_padding: Annotated[
        bool, typer.Option("--no-padding", help="Paint nothing beyond what is asked for.")
    ] = False,
    max_cost: Annotated[
        float | None,
        typer.Option(
            "--max-cost", min=0, help="Start no step that could cost more, in all.", metavar="USD"
        ),
    ] = None,
) -> None:
    """Paint the map, or some quadrants: by the built-in artist, or by an infill model.

    What an infill model has painted stays until its render changes or --replace is given;
    answers are kept, so that nothing is paid for twice. Run it again after a failure.

    Exit code 3: the map is not rendered yet, or a picture is broken. Exit code 4: a model did
    not answer.

    Example: isogen generate 3,-2 --model gemini --replace --seed 7
    """
    from isogen.stages.generate import draw_map, paint_by_model
    from isogen.stages.infill import InfillOptions
    from isogen.stages.infill_brief import Said
    from isogen.stages.infill_told import told_infill, told_plan
    from isogen.stages.status import told_to_do

    session = session_of(context)
    chosen = _targets(parse_quadrants(quadrants), target)
    name = model or session.project.params.generate.model
    options = InfillOptions(
        said=Said(prompt, negative, seed),
        references=tuple(Quadrant.parse(word) for word in reference or ()),
        replace=replace or force,
        may_pad=not no_padding,
        jobs=(session.jobs(jobs) if name == PIXELART else jobs) or 0,
        limit=limit,
        max_cost_usd=max_cost,
    )
    with session.reporter() as reporter:
        if name == PIXELART:
            if dry_run:
                reporter.note(
                    told_to_do(session.project, "generation", chosen, force=options.replace)
                )
                return
            reporter.note(f"generate: {told(draw_map(session.project, chosen, options, reporter))}")
            return
        if dry_run:
            reporter.note(told_plan(session.project, name, chosen, options))
            return
        made = paint_by_model(session.project, name, chosen, options, reporter)
        reporter.note(f"generate: {told_infill(made)}")
    if made.failure is not None:
        raise made.failure


def _targets(quadrants: list[Quadrant] | None, target: Corner | None) -> list[Quadrant] | None:
    """Return the quadrants that are meant by tiles, or the quadrants themselves.

    Raises:
        InputError: A corner is named, but no tile.
    """
    if target is None:
        return quadrants
    if not quadrants:
        raise InputError(
            f"--target {target} needs the tile's top-left quadrant",
            hint=f"Write it as in: isogen generate 3,-2 --target {target}",
        )
    dx, dy = _CORNERS[target]
    return [Quadrant(q.x + dx, q.y + dy) for q in quadrants]


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(context_settings=NEGATIVE_NUMBERS)(generate)
