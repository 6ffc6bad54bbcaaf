"""Pictures to art: the generation of each quadrant by a direct model."""

from collections.abc import Sequence

from isogen.errors import ObjectMissingError
from isogen.geo.grid import Quadrant
from isogen.image.png import ENCODER
from isogen.pixelart.palette import load_palette
from isogen.recipe import Recipe, Setting
from isogen.scene.reader import SceneReader
from isogen.stages.project import Project, Reporter, Silent
from isogen.stages.quadrant_work import QuadrantJob, paint_quadrant
from isogen.stages.quadrants import Output, Request, Step, Summary, run_steps
from isogen.stages.render import map_quadrants, render_map
from isogen.store.layer import LayerStore

PIXELART_MAKER = "pixelart/1"
"""Bumped when the bytes of a generation change."""


def generate_steps(
    project: Project, faces: LayerStore, quadrants: Sequence[Quadrant]
) -> list[Step]:
    """Return one step for each quadrant whose faces are drawn.

    Raises:
        ObjectMissingError: A quadrant is not rendered yet.
    """
    palette = load_palette(project.params.generate.palette)
    model = project.params.generate.model
    steps: list[Step] = []
    for quadrant in quadrants:
        row = faces.row(quadrant.x, quadrant.y)
        if row is None:
            raise ObjectMissingError(
                f"quadrant {quadrant} is not rendered yet", hint="Run `isogen render` first."
            )
        parents = (row.sha256, *row.parents)
        settings: dict[str, Setting] = {
            "x": quadrant.x, "y": quadrant.y, "palette": palette.digest, "encoder": ENCODER,
            "pixel_size": project.params.map.pixel_size,
        }  # fmt: skip
        recipe = Recipe(PIXELART_MAKER, parents, tuple(settings.items())).digest
        output = Output("generation", PIXELART_MAKER, recipe, parents, model)
        steps.append(Step(QuadrantJob(quadrant, (), row.sha256), (output,)))
    return steps


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

    Single quadrants are rendered first when they are not.

    Raises:
        ObjectMissingError: There is no scene yet, or the map is not rendered yet.
        BoundsError: The quadrants show nothing of the scene.
    """
    if quadrants is None:
        chosen = map_quadrants(project, SceneReader(project.scene, project.params.camera))
    else:
        render_map(project, quadrants=quadrants, jobs=jobs, reporter=reporter)
        chosen = list(quadrants)
    request = Request(
        steps=generate_steps(project, project.layer("faces"), chosen),
        function=paint_quadrant,
        what="generate",
        keep_others=quadrants is not None,
        jobs=jobs,
        force=force,
        limit=limit,
    )
    return run_steps(project, request, reporter or Silent())
