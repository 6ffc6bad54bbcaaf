"""Pictures to art: the generation of each quadrant by a direct model."""

from collections.abc import Sequence

from isogen.errors import DataError, ObjectMissingError
from isogen.geo.grid import Quadrant
from isogen.image.png import ENCODER
from isogen.recipe import Recipe, Setting
from isogen.scene.reader import SceneReader
from isogen.stages.project import Project, Reporter, Silent
from isogen.stages.quadrant_work import QuadrantJob, paint_quadrant
from isogen.stages.quadrants import Output, Request, Step, Summary, run_steps
from isogen.stages.render import map_quadrants, render_map, render_steps
from isogen.store.layer import LayerStore
from isogen.store.row import Row

PIXELART_MAKER = "pixelart/2"
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
    steps: list[Step] = []
    for step in drawn:
        quadrant = step.job.quadrant
        row = _drawn_row(faces, step)
        parents = (row.sha256, *row.parents)
        settings = tuple({**common, "x": quadrant.x, "y": quadrant.y}.items())
        recipe = Recipe(PIXELART_MAKER, parents, settings).digest
        output = Output("generation", PIXELART_MAKER, recipe, parents, model)
        steps.append(Step(QuadrantJob(quadrant, (), row.sha256), (output,)))
    return steps


def _drawn_row(faces: LayerStore, step: Step) -> Row:
    """Return the row of a quadrant's faces, if they are those of the scene as it is."""
    quadrant = step.job.quadrant
    row = faces.row(quadrant.x, quadrant.y)
    if row is None:
        raise ObjectMissingError(
            f"quadrant {quadrant} is not rendered yet", hint="Run `isogen render` first."
        )
    if all(row.recipe != output.recipe for output in step.outputs):
        raise DataError(
            f"the render of quadrant {quadrant} is not of the scene as it is now",
            hint="Run `isogen render` again.",
        )
    return row


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
    if quadrants is not None:
        render_map(project, quadrants=quadrants, jobs=jobs, reporter=reporter)
    reader = SceneReader(project.scene, project.params.camera)
    chosen = map_quadrants(project, reader) if quadrants is None else quadrants
    drawn = render_steps(reader, chosen)
    request = Request(
        steps=generate_steps(project, project.layer("faces"), drawn),
        function=paint_quadrant,
        what="generate",
        keep_others=quadrants is not None,
        jobs=jobs,
        force=force,
        limit=limit,
    )
    return run_steps(project, request, reporter or Silent())
