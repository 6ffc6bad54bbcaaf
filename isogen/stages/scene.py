"""Source to scene: build the cells that a region needs, then their shadows."""

from collections.abc import Iterable
from dataclasses import dataclass

from isogen.digest import Digest, canonical_json
from isogen.geo.grid import Quadrant
from isogen.mesh.cell import CellKey
from isogen.recipe import Recipe, Setting
from isogen.run.local import run_each, worker_count
from isogen.scene.files import (
    CellRecord,
    SceneIndex,
    cell_path,
    index_path,
    read_index,
    remove_stale,
    shadow_path,
    write_file,
)
from isogen.scene.reader import view_of
from isogen.scene.sources import MAKERS
from isogen.stages.cells import cells_around, cells_behind, cells_touching
from isogen.stages.project import Project, Reporter, Silent
from isogen.stages.region import requested_region, source_outline
from isogen.stages.scene_work import (
    CellJob,
    ShadowJob,
    build_cell,
    cast_shadows,
    start_shadows,
    start_worker,
)
from isogen.stages.source import extent_of, read_source

SHADOW_MAKER = "shadow/1"

_CELLS_PER_WORKER = 4
_SHADOWS_PER_WORKER = 40


@dataclass(frozen=True)
class SceneSummary:
    """What building a scene came to."""

    cells: int
    built: int
    faces: int
    quadrants: int


def build_scene(
    project: Project,
    *,
    quadrants: list[Quadrant] | None = None,
    jobs: int = 0,
    reporter: Reporter | None = None,
) -> SceneSummary:
    """Build the cells that the region (or some quadrants) needs and are not built yet.

    Cells are written as they are made, so that an interrupted run keeps them; the
    index is written last.

    Raises:
        BoundsError: The region lies outside what the source covers.
        SourceError: The source is broken.
    """
    reporter = reporter or Silent()
    wanted, border = plan_cells(project, quadrants)
    known = _known_cells(project)
    recipes = {key: cell_recipe(project, key) for key in border}
    todo = [CellJob(k, recipes[k]) for k in sorted(border) if _is_stale(known.get(k), recipes[k])]
    start_args = (project.params, project.sources, project.scene)
    reporter.begin("scene cells", len(todo))
    for done in run_each(
        build_cell,
        todo,
        workers=worker_count(jobs, len(todo), _CELLS_PER_WORKER),
        start=start_worker,
        start_args=start_args,
    ):
        known[done.result.key] = done.result
        reporter.advance()
    reporter.end()
    records = _with_shadows(project, {k: known[k] for k in border}, wanted, jobs)
    index = SceneIndex(
        maker=MAKERS[project.params.scene.source],
        view=view_of(project.params.camera),
        attribution=(read_source(project).attribution,),
        extent=extent_of(project) or (),
        cells=records,
    )
    write_file(index_path(project.scene), index.to_json())
    remove_stale(project.scene, records)
    return SceneSummary(
        cells=len(wanted),
        built=len(todo),
        faces=sum(records[k].faces for k in wanted),
        quadrants=len(index.quadrants),
    )


def plan_cells(
    project: Project, quadrants: Iterable[Quadrant] | None = None
) -> tuple[set[CellKey], set[CellKey]]:
    """Return the cells to draw, and those together with their neighbors."""
    outline = source_outline(project)
    region = quadrants or requested_region(project)
    covered = cells_touching(outline, project.params.camera) if outline else None
    if region is None:
        return (covered or set()), (covered or set())
    wanted = cells_behind(list(region))
    border = cells_around(wanted)
    return (wanted & covered, border & covered) if covered is not None else (wanted, border)


def cell_recipe(project: Project, key: CellKey) -> Digest:
    """Return what decides a cell: the source, the scene's settings, the camera and the key."""
    params = project.params
    settings: dict[str, Setting] = {"i": key.i, "j": key.j, **view_of(params.camera)}
    origin = params.map.origin
    settings |= {"lat": origin.lat, "lng": origin.lng, "height_m": origin.height_m}
    scene = params.scene.model_dump(exclude={"extract"})
    settings["scene"] = canonical_json(scene).decode()
    return Recipe(
        MAKERS[params.scene.source], (read_source(project).sha256,), tuple(settings.items())
    ).digest


def _with_shadows(
    project: Project, records: dict[CellKey, CellRecord], wanted: set[CellKey], jobs: int
) -> dict[CellKey, CellRecord]:
    """Add shadows to the wanted cells whose casters changed."""
    todo: list[ShadowJob] = []
    for key in sorted(wanted):
        around = tuple(records[k] for k in sorted(cells_around({key})) if k in records)
        recipe = Recipe(SHADOW_MAKER, tuple(c.sha256 for c in around)).digest
        if records[key].shadow_recipe != recipe or not shadow_path(project.scene, key).is_file():
            todo.append(ShadowJob(records[key], recipe, around))
    for done in run_each(
        cast_shadows,
        todo,
        workers=worker_count(jobs, len(todo), _SHADOWS_PER_WORKER),
        start=start_shadows,
        start_args=(project.params, project.scene),
    ):
        records[done.result.key] = done.result
    return records


def _known_cells(project: Project) -> dict[CellKey, CellRecord]:
    """Return the cells of the last index whose file is still there."""
    if not index_path(project.scene).is_file():
        return {}
    cells = read_index(project.scene).cells
    return {k: c for k, c in cells.items() if cell_path(project.scene, k).is_file()}


def _is_stale(record: CellRecord | None, recipe: Digest) -> bool:
    return record is None or record.recipe != recipe
