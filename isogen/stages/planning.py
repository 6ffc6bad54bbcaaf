"""Which calls an infill model would get: what is painted, what is wanted, in which steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from isogen.geo.grid import Quadrant, row_major
from isogen.mesh.cell import home_of
from isogen.params.painting import PIXELART
from isogen.plan.mending import mending
from isogen.plan.planner import make_plan, refusals
from isogen.plan.rules import Refusal
from isogen.plan.steps import PlannedStep, planned_steps
from isogen.scene.files import index_path
from isogen.scene.reader import SceneReader
from isogen.stages.infill_brief import INFILL_MAKER
from isogen.stages.kept_plan import KeptPlan, plan_of, plan_path, read_plan, write_plan
from isogen.stages.painted import MapLayers, is_part, padding_quadrants, painted_in_map
from isogen.stages.project import Project
from isogen.stages.region import require_covered
from isogen.stages.render import map_quadrants, require_seen
from isogen.stages.scene_plan import told_stale


@dataclass(frozen=True)
class MapPlan:
    """What an infill model has to do for a map, or for some quadrants of it."""

    steps: tuple[PlannedStep, ...]

    padding: frozenset[Quadrant]
    """What the steps paint beyond what is wanted; kept out of the layers of the map."""

    unplanned: Mapping[Quadrant, Refusal]
    """What no legal step reaches, and why; by row, then column."""

    wanted: frozenset[Quadrant]
    """What is to be painted: asked for and not painted, or to be replaced."""

    painted: frozenset[Quadrant]
    """What the steps may see from the beginning; padding of earlier runs is among it."""

    adopted: frozenset[Quadrant] = frozenset()
    """Asked for and painted as padding by an earlier run: to be taken over without a call.
    Part of ``painted``, not of ``wanted``."""

    beside: frozenset[Quadrant] = frozenset()
    """Of ``painted``, what lies in the padding and stays there."""

    is_continued: bool = False
    """Whether these are the steps that an earlier run did not finish."""

    notice: str = ""
    """What a person should know: a kept plan that cannot be read, a scene that lacks cells."""


def plan_infill(
    project: Project,
    chosen: Sequence[Quadrant] | None = None,
    *,
    replace: bool = False,
    may_pad: bool = True,
    layers: MapLayers | None = None,
) -> MapPlan:
    """Plan what an infill model has to paint; nothing is written.

    Args:
        project: The project; what is not rendered yet is planned too.
        chosen: Single quadrants, or None for the whole map.
        replace: Whether what is painted is painted again.
        may_pad: Whether quadrants beyond the asked ones may be painted where no legal step
            reaches one otherwise.
        layers: Those of the project, if they are open already.

    Raises:
        ObjectMissingError: There is no scene yet, and the whole map is asked for.
        BoundsError: A quadrant lies outside what the scene shows.
    """
    asked, layers = _asked(project, chosen), layers or MapLayers.of(project)
    # In a map of the artist's, a model paints single quadrants between what the artist made.
    with_art = chosen is not None and project.params.generate.model == PIXELART
    found, spare = painted_in_map(layers, with_art=with_art), padding_quadrants(project, layers)
    own = frozenset(found.paid)
    if chosen is None:
        # What a model painted beyond the region, a run puts aside as padding first.
        spare |= {q for q in own - asked if found.paid[q].maker == INFILL_MAKER}
        own &= asked
    painted = own | found.art
    adopted = frozenset[Quadrant]() if replace else (asked - painted) & spare
    wanted = asked if replace else asked - painted - spare
    context = (painted | spare) - wanted
    beside = (spare - own - adopted) & context
    kept, passed = (None, "") if replace else _kept(plan_path(project, is_whole=chosen is None))
    notice = "\n".join(filter(None, (passed, "" if chosen else told_stale(project))))
    rest = kept.rest(wanted, context, lambda r: is_part(layers, r.quadrants)) if kept else None
    if kept and rest and (may_pad or not kept.padding):
        again = {q for step in rest for q in step.quadrants}
        plan = plan_of(rest, kept, context)
        unplanned = refusals(kept.unplanned, context | again)
        wanted, context = wanted | (again - plan.padding), context - again
        steps = planned_steps(plan, context)
        adopted -= again
        return MapPlan(
            steps, plan.padding, unplanned, wanted, context, adopted, beside - again,
            is_continued=True, notice=notice,
        )  # fmt: skip
    plan = make_plan(wanted, context, may_pad=may_pad)
    steps = planned_steps(plan, context)
    return MapPlan(
        steps, plan.padding, plan.unplanned, wanted, context, adopted, beside, notice=notice
    )


def told_mending(project: Project, plan: MapPlan) -> str:
    """Return the command that reaches an unplanned quadrant; empty when none does.

    It paints some quadrants again that the plan takes for painted, or paints itself.
    """
    if not plan.unplanned:
        return ""
    after = plan.painted | {q for step in plan.steps for q in step.quadrants}
    chosen = mending(plan.unplanned, after, _asked(project, None))
    return f"isogen generate {' '.join(map(str, chosen))} --replace" if chosen else ""


def keep_plan(project: Project, plan: MapPlan, *, is_whole: bool) -> None:
    """Write down what a run is going to do, for the run that goes on with it.

    Raises:
        StorageError: The disk refused.
    """
    if plan.steps and not plan.is_continued:
        path = plan_path(project, is_whole=is_whole)
        write_plan(path, plan.steps, plan.padding, plan.unplanned)


def _kept(path: Path) -> tuple[KeptPlan | None, str]:
    try:
        return read_plan(path), ""
    except ValueError as error:
        return None, f"{path} is passed over, and a new plan is made: {error}"


def _asked(project: Project, chosen: Sequence[Quadrant] | None) -> frozenset[Quadrant]:
    """Return what is asked for, once it is clear that the scene shows it."""
    is_begun = index_path(project.scene).is_file()
    if chosen is None:
        return frozenset(map_quadrants(project, SceneReader(project.scene, project.params.camera)))
    unbuilt = sorted(set(chosen), key=row_major)
    if is_begun:
        reader = SceneReader(project.scene, project.params.camera)
        homes, scale = set(reader.index.homes), project.params.map.pixel_size
        require_seen(reader, [q for q in unbuilt if home_of(q, scale) in homes])
        unbuilt = [q for q in unbuilt if home_of(q, scale) not in homes]
    for quadrant in unbuilt:
        require_covered(project, [quadrant])
    return frozenset(chosen)
