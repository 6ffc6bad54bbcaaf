"""Pictures to art: the generation of each quadrant by a direct model."""

from collections.abc import Sequence

from isogen.digest import canonical_json
from isogen.geo.grid import Quadrant
from isogen.image.png import ENCODER
from isogen.recipe import Recipe, Setting
from isogen.scene.reader import SceneReader
from isogen.stages.photo import around, photo_steps
from isogen.stages.project import Project, Reporter, Silent
from isogen.stages.quadrant_work import (
    QuadrantJob,
    mist_of,
    paint_photo_quadrant,
    paint_quadrant,
    window_of,
)
from isogen.stages.quadrants import Output, Request, Step, Summary, drawn_row, run_steps
from isogen.stages.render import map_quadrants, render_map, render_steps
from isogen.stages.source import extent_of
from isogen.store.layer import LayerStore

PIXELART_MAKER = "pixelart/3"
"""Bumped when the bytes of a generation change."""


def generate_steps(project: Project, faces: LayerStore, drawn: Sequence[Step]) -> list[Step]:
    """Return one step for each quadrant whose faces are up to date.

    Args:
        project: The project.
        faces: The layer of faces.
        drawn: What drawing each quadrant takes now.

    Raises:
        ObjectMissingError: A quadrant is not rendered yet.
        DataError: A quadrant was rendered from an earlier scene.
    """
    style = project.style()
    palette = style.palette(project.params.generate.palette)
    model = project.params.generate.model
    common: dict[str, Setting] = {
        "style": style.digest,
        "palette": palette.digest,
        "encoder": ENCODER,
        "pixel_size": project.params.map.pixel_size,
    }
    mist = mist_of(project.params, extent_of(project))
    steps: list[Step] = []
    for step in drawn:
        quadrant = step.job.quadrant
        row = drawn_row(faces, step)
        parents = (row.sha256, *row.parents)
        own: dict[str, Setting] = {"x": quadrant.x, "y": quadrant.y}
        if mist and mist.reaches(window_of(quadrant, project.params.camera)):
            own["mist"] = canonical_json(mist.sides.tolist()).decode()
        settings = tuple({**common, **own}.items())
        recipe = Recipe(PIXELART_MAKER, parents, settings).digest
        output = Output("generation", PIXELART_MAKER, recipe, parents, model)
        steps.append(Step(QuadrantJob(quadrant, (), row.sha256), (output,)))
    return steps


def paint_steps(project: Project, chosen: Sequence[Quadrant], drawn: Sequence[Step]) -> list[Step]:
    """Return one step for each chosen quadrant, from what ``generate.source`` names.

    Args:
        project: The project.
        chosen: What to paint.
        drawn: What drawing these, and their neighbors in the map, takes now.

    Raises:
        ObjectMissingError: One of these is not rendered yet.
        DataError: One was rendered from an earlier scene.
    """
    if project.params.generate.source == "render":
        return photo_steps(project, project.layer("render"), chosen, drawn)
    only = set(chosen)
    own = [step for step in drawn if step.job.quadrant in only]
    return generate_steps(project, project.layer("faces"), own)


def generate_map(
    project: Project,
    *,
    quadrants: Sequence[Quadrant] | None = None,
    jobs: int = 0,
    force: bool = False,
    limit: int | None = None,
    reporter: Reporter | None = None,
) -> Summary:
    """Paint the map's quadrants, or only some; what is done is not done again.

    Single quadrants are rendered first, and their scene is built, when they are not.

    Raises:
        ObjectMissingError: There is no scene yet, or the map is not rendered yet.
        BoundsError: The quadrants show nothing of the scene.
    """
    reads_render = project.params.generate.source == "render"
    if quadrants is not None:
        render_map(project, quadrants=quadrants, jobs=jobs, reporter=reporter)
    reader = SceneReader(project.scene, project.params.camera)
    known = map_quadrants(project, reader)
    chosen = known if quadrants is None else quadrants
    needed = around(chosen, {*known, *chosen}) if reads_render else chosen
    if quadrants is not None and reads_render:
        render_map(project, quadrants=needed, jobs=jobs, reporter=reporter)
        reader = SceneReader(project.scene, project.params.camera)
    request = Request(
        steps=paint_steps(project, chosen, render_steps(reader, needed)),
        function=paint_photo_quadrant if reads_render else paint_quadrant,
        what="generate",
        keep_others=quadrants is not None,
        jobs=jobs,
        force=force,
        limit=limit,
    )
    return run_steps(project, request, reporter or Silent())
