"""Commands that look and change nothing, and those that mend: status, show, verify, report."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from isogen.cli.console import print_json, print_line
from isogen.cli.session import NEGATIVE_NUMBERS, AsJson, parse_quadrants, session_of
from isogen.errors import DataError, InputError

if TYPE_CHECKING:
    from isogen.stages.lineage import Node
    from isogen.stages.status import Status


def status(context: typer.Context, *, as_json: AsJson = False) -> None:
    """Say what is there, what is missing and why.

    Example: isogen status
    """
    from isogen.stages.status import status_of

    found = status_of(session_of(context).project)
    if as_json:
        print_json({**asdict(found), "is_complete": found.is_complete})
        return
    for line in _status_lines(found):
        print_line(line)


def show(
    context: typer.Context,
    quadrant: Annotated[list[str], typer.Argument(help="One quadrant, X Y or X,Y.", metavar="X Y")],
    *,
    as_json: AsJson = False,
) -> None:
    """Show how a quadrant came to be, from its picture down to the source.

    Example: isogen show 3 -2
    """
    from isogen.stages.lineage import lineage_of

    chosen = parse_quadrants(quadrant)
    if chosen is None or len(chosen) != 1:
        raise InputError(f"show takes one quadrant, got {' '.join(quadrant)!r}")
    nodes = lineage_of(session_of(context).project, chosen[0])
    if as_json:
        print_json([node.to_json() for node in nodes])
        return
    for node in nodes:
        for line in _tree_lines(node, 0, set()):
            print_line(line)


def verify(context: typer.Context, *, as_json: AsJson = False) -> None:
    """Re-hash everything and name every fault.

    Exit code 3: there is a fault.

    Example: isogen verify
    """
    from isogen.stages.verify import verify_project

    session = session_of(context)
    with session.reporter() as reporter:
        problems = list(verify_project(session.project, reporter))
    if as_json:
        print_json([asdict(problem) for problem in problems])
    else:
        for problem in problems:
            print_line(f"{problem.where}: {problem.what}")
    if problems:
        raise DataError(
            f"{len(problems)} faults found",
            hint="`isogen repair` takes bad pictures out; the next run makes them again.",
        )


def repair(context: typer.Context) -> None:
    """Take broken pictures out, so that the next run makes them again.

    Exit code 3: a fault could not be mended.

    Example: isogen repair && dvc repro
    """
    from isogen.stages.verify import repair_project

    session = session_of(context)
    with session.reporter() as reporter:
        mended, left = repair_project(session.project, reporter)
        reporter.note(f"repair: {mended} mended in all")
    if left:
        raise DataError(f"{left} faults could not be mended", hint="See above what to do.")


def report(context: typer.Context, *, as_json: AsJson = False) -> None:
    """Measure the map: metrics, colors, a contact sheet and a map of seams in data/reports.

    Exit code 3: there is no generation yet.

    Example: isogen report
    """
    from isogen.stages.report import write_report

    session = session_of(context)
    with session.reporter() as reporter:
        metrics = write_report(session.project, reporter)
        if not as_json:
            reporter.note("report: contact.png, seams.png and the measures are in data/reports")
            for name, value in metrics.items():
                reporter.note(f"  {name.replace('_', ' '):<24} {_told_measure(value)}")
    if as_json:
        print_json(metrics)


def _told_measure(value: float | None) -> str:
    if value is None:
        return "unknown"
    return ("no", "yes")[value] if isinstance(value, bool) else f"{value:,}"


def _status_lines(found: "Status") -> list[str]:
    if found.source is None:
        return ["source      none that the settings name: run `isogen source`"]
    lines = [f"source      {found.source} ({found.attribution})"]
    cells = f"{found.cells - found.cells_to_do} of {found.cells} cells up to date"
    if found.cells_to_do:
        cells += ": run `isogen scene`"
        cells += "; what follows is of the scene as it was" if found.layers else ""
    lines.append(f"scene       {cells}")
    if found.flavor:
        lines.append(f"flavor      {found.flavor}")
    for layer in found.layers:
        text = f"{layer.layer:<11} {layer.done} of {layer.total} quadrants"
        if layer.flagged:
            text += f", {layer.flagged} flagged"
        if layer.otherwise:
            text += f", {layer.otherwise} made with other settings (kept)"
        if layer.padding:
            text += f", {layer.padding} beyond the map as padding"
        lines.append(text)
        lines += [f"            {count} {reason}" for reason, count in layer.reasons]
    return lines


def _tree_lines(node: "Node", depth: int, told: set[str]) -> list[str]:
    """Return a node and what it was made from, each thing in full only once."""
    indent = "  " * depth
    lines = [f"{indent}{node.what}  {(node.digest or '')[:12]}  {node.path}".rstrip()]
    key = f"{node.what} {node.digest}"
    if key in told:
        return lines
    told.add(key)
    lines += [f"{indent}    {name}: {value}" for name, value in node.details]
    for parent in node.made_from:
        lines += _tree_lines(parent, depth + 1, told)
    return lines


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(status)
    app.command(context_settings=NEGATIVE_NUMBERS)(show)
    for command in (verify, repair, report):
        app.command()(command)
