"""Scene to pictures: the faces and the render of each quadrant."""

from collections.abc import Sequence

from isogen.errors import BoundsError
from isogen.geo.grid import Quadrant
from isogen.image.png import ENCODER
from isogen.mesh.cell import home_of
from isogen.pixelart.paint import GUARD
from isogen.recipe import Recipe, Setting
from isogen.scene.files import index_path, read_index
from isogen.scene.reader import SceneReader, view_of
from isogen.stages.project import Project, Reporter, Silent
from isogen.stages.quadrant_work import QuadrantJob, render_quadrant, window_of
from isogen.stages.quadrants import Output, Request, Step, Summary, run_steps
from isogen.stages.region import requested_region
from isogen.stages.scene import build_scene

FACES_MAKER = "raster-faces/2"
RENDER_MAKER = "raster-rgb/2"
"""Bumped when the bytes of what they make change."""


def map_quadrants(project: Project, reader: SceneReader) -> list[Quadrant]:
    """Return the quadrants of the map, by row, then column: asked for and not empty.

    Raises:
        BoundsError: Nothing of the scene can be seen in what is asked for.
    """
    region = requested_region(project)
    seen = [Quadrant(x, y) for x, y in reader.index.quadrants]
    chosen = seen if region is None else [q for q in seen if q in region]
    if not chosen:
        raise BoundsError(
            "nothing of the scene can be seen in map.region",
            hint="Run `isogen scene` after changing the region.",
        )
    return chosen


def render_steps(reader: SceneReader, quadrants: Sequence[Quadrant]) -> list[Step]:
    """Return one step for each quadrant, in order of the cells that they show."""
    steps: list[Step] = []
    common: dict[str, Setting] = {
        "guard": GUARD,
        "encoder": ENCODER,
        **view_of(reader.camera),
    }
    for quadrant in quadrants:
        cells = reader.keys_for(window_of(quadrant, reader.camera))
        settings = tuple({**common, "x": quadrant.x, "y": quadrant.y}.items())
        parents = reader.digests(cells)
        outputs = tuple(
            Output(layer, maker, Recipe(maker, parents, settings).digest, parents)
            for layer, maker in (("faces", FACES_MAKER), ("render", RENDER_MAKER))
        )
        steps.append(Step(QuadrantJob(quadrant, cells), outputs))
    return steps


def render_map(
    project: Project,
    *,
    quadrants: Sequence[Quadrant] | None = None,
    jobs: int = 0,
    force: bool = False,
    reporter: Reporter | None = None,
) -> Summary:
    """Draw the map's quadrants, or only some; what is done is not done again.

    Raises:
        ObjectMissingError: There is no scene yet.
        BoundsError: The quadrants show nothing of the scene.
    """
    if quadrants is not None:
        _build_missing(project, quadrants, jobs, reporter)
    reader = SceneReader(project.scene, project.params.camera)
    chosen = map_quadrants(project, reader) if quadrants is None else quadrants
    if quadrants is not None:
        require_seen(reader, quadrants)
    request = Request(
        steps=render_steps(reader, chosen),
        function=render_quadrant,
        what="render",
        keep_others=quadrants is not None,
        jobs=jobs,
        force=force,
    )
    return run_steps(project, request, reporter or Silent())


def _build_missing(
    project: Project, quadrants: Sequence[Quadrant], jobs: int, reporter: Reporter | None
) -> None:
    """Build the cells of quadrants that cannot be drawn completely yet."""
    is_begun = index_path(project.scene).is_file()
    homes = set(read_index(project.scene).homes if is_begun else ())
    pixel_size = project.params.map.pixel_size
    missing = [q for q in quadrants if home_of(q, pixel_size) not in homes]
    if missing:
        build_scene(project, quadrants=missing, jobs=jobs, reporter=reporter)


def require_seen(reader: SceneReader, quadrants: Sequence[Quadrant]) -> None:
    """Check that the scene shows something in each of the quadrants.

    Raises:
        BoundsError: It shows nothing in one of them; names it.
    """
    seen = set(reader.index.quadrants)
    for quadrant in quadrants:
        if tuple(quadrant) not in seen:
            raise BoundsError(
                f"nothing of the scene can be seen in quadrant {quadrant}",
                hint="Choose one that the source covers.",
            )
