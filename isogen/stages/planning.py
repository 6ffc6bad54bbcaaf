"""Which calls an infill model would get: what is painted, what is wanted, in which steps."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from isogen.geo.grid import Quadrant, row_major
from isogen.mesh.cell import home_of
from isogen.params.painting import PIXELART
from isogen.plan.mending import mending
from isogen.plan.planner import make_plan, refusals
from isogen.plan.rules import Rectangle, Refusal
from isogen.plan.steps import PlannedStep, planned_steps
from isogen.scene.files import index_path
from isogen.scene.reader import SceneReader
from isogen.stages.infill_brief import INFILL_MAKER
from isogen.stages.kept_plan import KeptPlan, plan_of, plan_path, read_plan, write_plan
from isogen.stages.project import Project
from isogen.stages.region import require_covered
from isogen.stages.render import map_quadrants, render_steps, require_seen
from isogen.stages.scene_plan import told_stale
from isogen.store.layer import LayerStore
from isogen.store.row import Row

_BUILT_IN = PIXELART
"""How the makers of the built-in artist begin: what it painted, an infill model paints again."""


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
) -> MapPlan:
    """Plan what an infill model has to paint; nothing is written.

    Args:
        project: The project; what is not rendered yet is planned too.
        chosen: Single quadrants, or None for the whole map.
        replace: Whether what is painted is painted again.
        may_pad: Whether quadrants beyond the asked ones may be painted where no legal step
            reaches one otherwise.

    Raises:
        ObjectMissingError: There is no scene yet, and the whole map is asked for.
        BoundsError: A quadrant lies outside what the scene shows.
    """
    asked = _asked(project, chosen)
    # In a map of the artist's, a model paints single quadrants between what the artist made.
    with_art = chosen is not None and project.params.generate.model == PIXELART
    painted = painted_quadrants(project, asked if chosen is None else None, with_art=with_art)
    spare = padding_quadrants(project)
    if chosen is None:
        spare |= _leaving(project, asked)
    adopted = frozenset[Quadrant]() if replace else (asked - painted) & spare
    wanted = asked if replace else asked - painted - spare
    context = (painted | spare) - wanted
    kept, passed = (None, "") if replace else _kept(plan_path(project, is_whole=chosen is None))
    notice = "\n".join(filter(None, (passed, "" if chosen else told_stale(project))))
    rest = kept.rest(wanted, context, partial(_is_part, project)) if kept else None
    if kept and rest and (may_pad or not kept.padding):
        again = {q for step in rest for q in step.quadrants}
        plan = plan_of(rest, kept, context)
        unplanned = refusals(kept.unplanned, context | again)
        wanted, context = wanted | (again - plan.padding), context - again
        steps = planned_steps(plan, context)
        adopted -= again
        return MapPlan(
            steps, plan.padding, unplanned, wanted, context, adopted,
            is_continued=True, notice=notice,
        )  # fmt: skip
    plan = make_plan(wanted, context, may_pad=may_pad)
    steps = planned_steps(plan, context)
    return MapPlan(steps, plan.padding, plan.unplanned, wanted, context, adopted, notice=notice)


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


def is_painted(row: Row, render: Row | None, generations: LayerStore) -> bool:
    """Tell whether a quadrant needs no call of a model.

    Args:
        row: Its row in the layer of generations.
        render: Its row in the layer of renders; absent while it is not rendered.
        generations: The layer that the row is of.

    Returns:
        True when an infill model, or a person, made it from the render that is there, and
        its object is there; settings of the model do not matter.
    """
    if row.maker.startswith(_BUILT_IN) or not generations.objects.has(row.sha256):
        return False
    return render is None or not row.parents or render.sha256 in row.parents


def painted_quadrants(
    project: Project, within: Collection[Quadrant] | None = None, *, with_art: bool = False
) -> frozenset[Quadrant]:
    """Return the quadrants of the map that are painted; of all, or within some.

    Args:
        project: The project.
        within: Quadrants to look at; None looks at all.
        with_art: Whether what the built-in artist painted counts.
    """
    layer, renders = project.layer("generation"), project.layer("render")
    return frozenset(
        row.quadrant
        for row in layer.rows()
        if (within is None or row.quadrant in within)
        and (
            is_painted(row, renders.row(row.x, row.y), layer)
            or (with_art and row.maker.startswith(_BUILT_IN) and layer.objects.has(row.sha256))
        )
    )


def padding_quadrants(project: Project) -> frozenset[Quadrant]:
    """Return the quadrants that earlier runs painted beyond what was asked for.

    Those do not count whose render is not of the scene as it is now: nobody renders them
    again unless they are painted again.
    """
    layer = project.padding.layer("generation")
    if not len(layer) or not index_path(project.scene).is_file():
        return frozenset()
    reader = SceneReader(project.scene, project.params.camera)
    rows, renders = layer.rows(), _Renders(project)
    drawn = render_steps(reader, [row.quadrant for row in rows])
    present = [
        (row, step, renders.row(row.quadrant)) for row, step in zip(rows, drawn, strict=True)
    ]
    return frozenset(
        row.quadrant
        for row, step, render in present
        if render is not None
        and any(render.recipe == output.recipe for output in step.outputs)
        and is_painted(row, render, layer)
    )


def _leaving(project: Project, asked: Collection[Quadrant]) -> frozenset[Quadrant]:
    """Return what the map holds beyond its region: a run puts it aside as padding first."""
    layer = project.layer("generation")
    beyond = {row.quadrant for row in layer.rows() if row.maker == INFILL_MAKER} - set(asked)
    return painted_quadrants(project, beyond)


class _Renders:
    """The renders of the map and, where it has none, of its padding."""

    def __init__(self, project: Project) -> None:
        self._layers = project.layer("render"), project.padding.layer("render")

    def row(self, quadrant: Quadrant) -> Row | None:
        own, beyond = self._layers
        return own.row(*quadrant) or beyond.row(*quadrant)


def _is_part(project: Project, rectangle: Rectangle) -> bool:
    """Tell whether what is painted of a rectangle was painted as a part of it.

    Parents begin with the renders of all that is painted together.
    """
    renders = [_Renders(project).row(q) for q in rectangle.quadrants]
    together = tuple(row.sha256 for row in renders if row is not None)
    layers = [owner.layer("generation") for owner in (project, project.padding)]
    rows = [layer.row(*q) for q in rectangle.quadrants for layer in layers]
    return all(row.parents[: len(rectangle.quadrants)] == together for row in rows if row)


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
