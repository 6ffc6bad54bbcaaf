"""The command that says what an infill model would do: plan."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from isogen.cli.console import print_json, print_line
from isogen.cli.session import NEGATIVE_NUMBERS, AsJson, parse_quadrants, session_of
from isogen.errors import InputError
from isogen.stages.words import counted

if TYPE_CHECKING:
    from isogen.stages.estimate import Estimate, Figure
    from isogen.stages.planning import MapPlan

_NAMED = 5
"""Quadrants that are named where many are meant."""

_SIZES = ((2, 2), (1, 2), (2, 1), (1, 1))


def plan(  # noqa: PLR0913  each is an option
    context: typer.Context,
    quadrants: Annotated[
        list[str] | None,
        typer.Argument(
            help="Single quadrants, X Y [X Y ...] or X,Y [X,Y ...]; without any the whole map.",
            metavar="X Y",
            show_default=False,
        ),
    ] = None,
    *,
    model: Annotated[
        str | None,
        typer.Option("--model", help="Infill model, instead of generate.model.", metavar="NAME"),
    ] = None,
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs", "-j", min=0, help="Calls at once; 0 means the model's own.", metavar="N"
        ),
    ] = 0,
    replace: Annotated[
        bool, typer.Option("--replace", help="Plan also what is painted already.")
    ] = False,
    no_padding: Annotated[
        bool, typer.Option("--no-padding", help="Paint nothing beyond what is asked for.")
    ] = False,
    png: Annotated[
        Path | None,
        typer.Option("--png", help="Draw the plan as a picture.", metavar="FILE"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say which calls an infill model would get, in which order, and what they would take.

    Nothing is called, rendered or changed.

    Exit code 3: there is no scene yet.

    Example: isogen plan --model modal --png plan.png
    """
    from isogen.stages.estimate import estimate
    from isogen.stages.plan_picture import write_picture
    from isogen.stages.planning import plan_infill, told_mending

    session = session_of(context)
    project = session.project
    name = _infill_name(model or project.params.generate.model)
    params = project.params.infill_model(name)
    chosen = parse_quadrants(quadrants)
    found = plan_infill(project, chosen, replace=replace, may_pad=not no_padding)
    layers = (project.layer("generation"), project.padding.layer("generation"))
    taken = estimate(found.steps, name, params, layers, at_once=jobs)
    with session.reporter() as reporter:
        if found.notice:
            reporter.note(found.notice)
        if png:
            write_picture(png, found, project.params.title)
            reporter.note(f"plan: drawn in {png}")
    if as_json:
        print_json(_document(name, found, taken))
        return
    for line in _lines(name, found, taken):
        print_line(line)
    advice = told_mending(project, found)
    if advice:
        print_line(f"to reach   {advice}")


def _infill_name(name: str) -> str:
    from isogen.params.painting import PIXELART

    if name == PIXELART:
        raise InputError(
            "the built-in artist paints every quadrant by itself and needs no plan",
            hint="Name an infill model: isogen plan --model modal (see `isogen models list`).",
        )
    return name


def _lines(name: str, found: "MapPlan", taken: "Estimate") -> list[str]:
    named = " ".join(f"{w}x{h}".rjust(5) for w, h in _SIZES)
    lines = [f"wave  calls {named}  quadrants"]
    for wave in range(max((s.wave + 1 for s in found.steps), default=0)):
        steps = [s for s in found.steps if s.wave == wave]
        sizes = Counter((s.rectangle.width, s.rectangle.height) for s in steps)
        counts = " ".join(f"{sizes[size]:5}" for size in _SIZES)
        painted = sum(len(s.quadrants) for s in steps)
        lines.append(f"{wave + 1:4} {len(steps):6} {counts} {painted:10}")
    if not found.steps:
        lines = ["nothing is left to be painted"]
    lines.append("")
    lines.append(f"model      {name}, {counted(taken.at_once, 'call')} at once")
    again = ", going on with the plan of an earlier run" if found.is_continued else ""
    lines.append(f"to paint   {counted(len(found.wanted), 'quadrant')}{again}")
    if found.adopted:
        lines.append(f"taken over {counted(len(found.adopted), 'quadrant')} of earlier padding")
    if found.painted:
        lines.append(f"painted    {counted(len(found.painted), 'quadrant')} that steps may see")
    lines.append(f"padding    {_some(found.padding)}")
    lines += _unplanned_lines(found)
    lines.append(f"calls      {taken.calls}, {taken.turns} one after the other")
    lines.append(f"time       {_told_time(taken)}")
    lines.append(f"cost       {_told_cost(taken)}")
    return lines


def _some(quadrants: "frozenset[Any]") -> str:
    """Say how many quadrants there are, and name the first of them."""
    from isogen.geo.grid import row_major

    if not quadrants:
        return "none"
    first = sorted(quadrants, key=row_major)[:_NAMED]
    more = " ..." if len(quadrants) > _NAMED else ""
    named = " ".join(map(str, first))
    return f"{counted(len(quadrants), 'quadrant')} beyond what is asked for: {named}{more}"


def _unplanned_lines(found: "MapPlan") -> list[str]:
    if not found.unplanned:
        return []
    lines = [f"unplanned  {counted(len(found.unplanned), 'quadrant')} that no legal step reaches"]
    for quadrant, refusal in list(found.unplanned.items())[:_NAMED]:
        lines.append(f"           {quadrant}: {refusal}")
    return lines


def _told_time(taken: "Estimate") -> str:
    if taken.seconds is None or taken.step_s.value is None:
        return "unknown: set call_s of the model in params.yaml for an estimate"
    return (
        f"{told_duration(taken.seconds)} ({taken.step_s.value:.3g} s a call, {_of(taken.step_s)})"
    )


def _told_cost(taken: "Estimate") -> str:
    if taken.cost_usd is None or taken.step_usd.value is None:
        return "unknown: set cost_usd of the model in params.yaml for an estimate"
    if not taken.cost_usd:
        return f"none ({_of(taken.step_usd)})"
    each = f"{taken.step_usd.value:.4g} a call, {_of(taken.step_usd)}"
    return f"{taken.cost_usd:.2f} US dollars ({each})"


def _of(figure: "Figure") -> str:
    return f"from {figure.source}"


def told_duration(seconds: float) -> str:
    """Say how long something takes, in the two largest units."""
    whole = round(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    if hours:
        return f"{hours} h {minutes:02} min"
    return f"{minutes} min {whole % 60:02} s" if minutes else f"{whole} s"


def _document(name: str, found: "MapPlan", taken: "Estimate") -> dict[str, Any]:
    """Return everything as one JSON document."""
    return {
        "model": name,
        "wanted": sorted(found.wanted),
        "painted": len(found.painted),
        "adopted": sorted(found.adopted),
        "padding": sorted(found.padding),
        "unplanned": [
            {"quadrant": q, "reason": r.reason.value, "because_of": r.because_of}
            for q, r in found.unplanned.items()
        ],
        "is_continued": found.is_continued,
        "calls": taken.calls,
        "waves": len({s.wave for s in found.steps}),
        "at_once": taken.at_once,
        "turns": taken.turns,
        "seconds": taken.seconds,
        "cost_usd": taken.cost_usd,
        "call_s": {"value": taken.step_s.value, "source": taken.step_s.source},
        "call_usd": {"value": taken.step_usd.value, "source": taken.step_usd.source},
        "steps": [
            {
                "wave": s.wave,
                "rectangle": s.rectangle,
                "window": s.window,
                "context": s.placement.context,
                "after": s.after,
            }
            for s in found.steps
        ],
    }


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(context_settings=NEGATIVE_NUMBERS)(plan)
