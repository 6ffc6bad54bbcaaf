"""Says in words what a run of an infill model would do, and what it came to."""

from collections.abc import Sequence

from isogen.geo.grid import Quadrant
from isogen.stages.estimate import estimate
from isogen.stages.infill import InfillOptions
from isogen.stages.infill_summary import InfillSummary
from isogen.stages.planning import plan_infill
from isogen.stages.project import Project
from isogen.stages.words import counted

_NAMED = 8
"""Quadrants that a message names."""


def told_infill(summary: InfillSummary) -> str:
    """Say in words what a run came to."""
    steps, calls = counted(summary.steps, "step"), counted(summary.calls, "call")
    parts = [f"{summary.made} painted in {steps} ({calls})" if summary.made else "nothing painted"]
    if summary.done:
        hint = "" if summary.made else " (--replace paints them again)"
        parts.append(f"{summary.done} already done{hint}")
    counts = (
        (summary.reused, "found again"),
        (summary.padding, "of them padding"),
        (summary.dropped, "left the map"),
    )
    parts += [f"{count} {what}" for count, what in counts if count]
    if summary.cost_usd:
        parts.append(f"${summary.cost_usd:.2f}")
    if summary.made:
        parts.append(f"{summary.bytes / 1e6:.1f} MB")
    if summary.flagged:
        parts.append(f"{len(summary.flagged)} flagged: {_named(summary.flagged)}")
    if summary.stopped_by:
        parts.append(f"stopped by {summary.stopped_by}: run again to go on")
    return ", ".join(parts)


def told_plan(
    project: Project, model: str, quadrants: Sequence[Quadrant] | None, options: InfillOptions
) -> str:
    """Say in words what a run would ask a model, without asking it.

    Raises:
        ParamsError: There is no model of that name.
        ObjectMissingError: There is no scene yet.
    """
    own = project.params.infill_model(model)
    plan = plan_infill(project, quadrants, replace=options.replace, may_pad=options.may_pad)
    layers = [project.layer("generation"), project.padding.layer("generation")]
    steps = plan.steps if options.limit is None else plan.steps[: options.limit]
    taken = estimate(steps, model, own, layers, at_once=options.jobs)
    wanted, calls = counted(len(plan.wanted), "quadrant"), counted(taken.calls, "call")
    parts = [f"generate: would paint {wanted} by {model} in {calls}"]
    if plan.padding:
        parts.append(f"{len(plan.padding)} more as padding")
    if plan.adopted:
        parts.append(f"{len(plan.adopted)} taken over from the padding")
    if plan.unplanned:
        parts.append(f"{len(plan.unplanned)} cannot be painted: {_named(tuple(plan.unplanned))}")
    if taken.calls:
        cost, seconds = taken.cost_usd, taken.seconds
        known = "free of cost" if not cost else f"about ${cost:.2f}"
        parts.append("at a cost nobody knows" if cost is None else known)
        parts += [] if seconds is None else [f"about {seconds:.0f} s"]
    told = ", ".join(parts)
    return f"{told}\n{plan.notice}" if plan.notice else told


def _named(quadrants: Sequence[Quadrant]) -> str:
    more = " ..." if len(quadrants) > _NAMED else ""
    return " ".join(str(q) for q in quadrants[:_NAMED]) + more
