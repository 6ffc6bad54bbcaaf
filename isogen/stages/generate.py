"""Pictures to art: the generation of each quadrant, by the built-in artist or by a model."""

import os
from collections.abc import Mapping, Sequence

from isogen.digest import canonical_json
from isogen.errors import InputError
from isogen.geo.grid import Quadrant
from isogen.image.png import ENCODER
from isogen.models.registry import open_model
from isogen.params.painting import PIXELART
from isogen.recipe import Recipe, Setting
from isogen.scene.reader import SceneReader
from isogen.stages.infill import InfillOptions, infill_map
from isogen.stages.infill_summary import InfillSummary
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
        output = Output("generation", PIXELART_MAKER, recipe, parents, PIXELART)
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
) -> Summary | InfillSummary:
    """Paint the map's quadrants, or only some, by what the settings name as the model.

    Raises:
        IsogenError: As draw_map and paint_by_model say.
    """
    model = project.params.generate.model
    options = InfillOptions(replace=force, jobs=jobs, limit=limit)
    if model != PIXELART:
        return paint_by_model(project, model, quadrants, options, reporter)
    return draw_map(project, quadrants, options, reporter)


def draw_map(
    project: Project,
    quadrants: Sequence[Quadrant] | None = None,
    options: InfillOptions | None = None,
    reporter: Reporter | None = None,
) -> Summary:
    """Paint quadrants by the built-in artist; what is done is not done again.

    Single quadrants are rendered first, and their scene is built, when they are not.

    Raises:
        ObjectMissingError: There is no scene yet, or the map is not rendered yet.
        BoundsError: The quadrants show nothing of the scene.
        InputError: The artist takes no such options.
    """
    options = options or InfillOptions()
    _require_plain(options)
    reads_render, jobs = project.params.generate.source == "render", options.jobs
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
        force=options.replace,
        limit=options.limit,
    )
    return run_steps(project, request, reporter or Silent())


def paint_by_model(
    project: Project,
    model: str,
    quadrants: Sequence[Quadrant] | None = None,
    options: InfillOptions | None = None,
    reporter: Reporter | None = None,
    environ: Mapping[str, str] = os.environ,
) -> InfillSummary:
    """Paint quadrants by the infill model of a name; as infill_map.

    Raises:
        ParamsError: There is no model of that name.
        MissingKeyError: Its key or its address is not in the environment.
    """
    opened = open_model(model, project.params, environ)
    try:
        return infill_map(project, opened, quadrants, options, reporter)
    finally:
        opened.close()


def _require_plain(options: InfillOptions) -> None:
    """Refuse what only infill models can be told."""
    said = options.said
    told = {
        "--prompt": said.prompt,
        "--negative": said.negative_prompt,
        "--seed": said.seed,
        "--reference": options.references or None,
        "--max-cost": options.max_cost_usd,
    }
    given = [name for name, value in told.items() if value is not None]
    if given:
        raise InputError(
            f"the built-in artist cannot be told {' or '.join(given)}",
            hint="Name an infill model with --model, or as generate.model in params.yaml; "
            "see `isogen models list`.",
        )
