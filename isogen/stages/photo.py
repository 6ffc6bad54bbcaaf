"""Renders to art: what painting a quadrant from pictures alone takes."""

from collections.abc import Collection, Iterable, Sequence

from isogen.geo.grid import Quadrant, row_major
from isogen.image.png import ENCODER
from isogen.params.painting import PIXELART
from isogen.recipe import Recipe, Setting
from isogen.stages.project import Project
from isogen.stages.quadrant_work import QuadrantJob
from isogen.stages.quadrants import Output, Step, drawn_row
from isogen.store.layer import LayerStore

PHOTO_MAKER = "pixelart-photo/2"
"""Bumped when the bytes of a generation change."""


def photo_steps(
    project: Project, render: LayerStore, chosen: Sequence[Quadrant], drawn: Sequence[Step]
) -> list[Step]:
    """Return one step for each chosen quadrant.

    The artist looks a little beyond a quadrant, so its neighbors are parents too. Where the
    map ends, the picture is continued: a map that grows repaints its border.

    Args:
        project: The project.
        render: The layer of renders.
        chosen: What to paint.
        drawn: What drawing these and their neighbors in the map takes now.

    Raises:
        ObjectMissingError: One of these is not rendered yet.
        DataError: One was rendered from an earlier scene.
    """
    palette = project.style().palette(project.params.generate.palette)
    photo = project.params.generate.photo
    common: dict[str, Setting] = {
        "palette": palette.digest,
        "encoder": ENCODER,
        "pixel_size": project.params.map.pixel_size,
        **photo.model_dump(),
    }
    rows = {step.job.quadrant: drawn_row(render, step) for step in drawn}
    steps: list[Step] = []
    for quadrant in chosen:
        seen = [q for q in (quadrant, *quadrant.neighbors) if q in rows]
        parents = tuple(rows[q].sha256 for q in seen)
        places = " ".join(f"{q.x - quadrant.x},{q.y - quadrant.y}" for q in seen)
        settings = {**common, "x": quadrant.x, "y": quadrant.y, "around": places}
        recipe = Recipe(PHOTO_MAKER, parents, tuple(settings.items())).digest
        output = Output("generation", PHOTO_MAKER, recipe, parents, PIXELART)
        pictures = tuple(zip(seen, parents, strict=True))
        steps.append(Step(QuadrantJob(quadrant, (), pictures=pictures), (output,)))
    return steps


def around(quadrants: Iterable[Quadrant], within: Collection[Quadrant]) -> list[Quadrant]:
    """Return quadrants and those of their neighbors that lie within some, by row and column."""
    near = {n for q in quadrants for n in (q, *q.neighbors) if n in within}
    return sorted(near, key=row_major)
