"""Source to scene: build the cells that a region needs, then their shadows."""

from collections.abc import Sequence
from dataclasses import dataclass

from isogen.errors import DataError
from isogen.geo.grid import Quadrant
from isogen.mesh.cell import CellKey
from isogen.recipe import Recipe
from isogen.run.local import run_each, worker_count
from isogen.scene.files import (
    CellRecord,
    SceneIndex,
    cell_path,
    index_path,
    read_checked,
    remove_stale,
    shadow_path,
    write_file,
)
from isogen.scene.reader import view_of
from isogen.scene.sources import MAKERS, unmet_overrides
from isogen.stages.cells import cells_around
from isogen.stages.project import Project, Reporter, Silent
from isogen.stages.region import require_covered
from isogen.stages.scene_plan import (
    ScenePlan,
    cell_recipes,
    homes_of,
    known_cells,
    plan_cells,
)
from isogen.stages.scene_work import (
    CellJob,
    ShadowJob,
    build_cell,
    cast_shadows,
    start_shadows,
    start_worker,
)
from isogen.stages.source import check_extract, extent_of, read_source
from isogen.stages.terrain import terrain_note
from isogen.store.lock import writer_lock

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
    quadrants: Sequence[Quadrant] | None = None,
    jobs: int = 0,
    reporter: Reporter | None = None,
) -> SceneSummary:
    """Build the cells that the region (or some quadrants) needs and are not built yet.

    Cells are written as they are made with what decided them, so that an interrupted
    run keeps them; the index is written last. Cells built for other quadrants stay when
    quadrants are named, and go when they are not.

    Raises:
        BoundsError: The region, or a quadrant, lies outside what the source covers.
        DigestMismatchError: The extract is not the one that was brought in.
        LockedError: Another process is building the scene.
        SourceError: The source is broken.
    """
    reporter = reporter or Silent()
    for quadrant in quadrants or ():
        require_covered(project, [quadrant])
    check_extract(project)
    note = terrain_note(project, extent_of(project) or ())
    if note:
        reporter.note(note)
    lock = project.root / "data" / "journal" / "scene.lock"
    with writer_lock(lock, "the scene"):
        return _build(project, quadrants, jobs, reporter)


def _build(
    project: Project, quadrants: Sequence[Quadrant] | None, jobs: int, reporter: Reporter
) -> SceneSummary:
    plan = plan_cells(project, quadrants)
    known = known_cells(project)
    recipes = cell_recipes(project, plan.border | known.keys())
    sound = {k: c for k, c in known.items() if c.recipe == recipes[k] and _is_intact(project, c)}
    todo = [CellJob(key, recipes[key]) for key in sorted(plan.border) if key not in sound]
    if todo:
        for name in unmet_overrides(project.params, project.sources, project.root):
            reporter.note(f"{name} meets nothing of the map")
    built = 0
    reporter.begin("scene cells", len(todo))
    for done in run_each(
        build_cell,
        todo,
        workers=worker_count(jobs, len(todo), _CELLS_PER_WORKER),
        start=start_worker,
        start_args=(project.params, project.sources, project.scene, project.root),
    ):
        sound[done.job.key] = done.result.record
        built += done.result.is_new
        reporter.advance()
    reporter.end()
    kept = sound.keys() if quadrants else plan.border
    records = _with_shadows(project, {k: sound[k] for k in kept}, plan.wanted, jobs)
    index = _write_index(project, plan, records)
    if not quadrants:
        remove_stale(project.scene, records)
    faces = sum(records[k].faces for k in plan.wanted)
    return SceneSummary(len(plan.wanted), built, faces, len(index.quadrants))


def _write_index(
    project: Project, plan: ScenePlan, records: dict[CellKey, CellRecord]
) -> SceneIndex:
    index = SceneIndex(
        maker=MAKERS[project.params.scene.source],
        view=view_of(project.params.camera),
        attribution=(read_source(project).attribution,),
        extent=extent_of(project) or (),
        homes=homes_of((k for k, c in records.items() if c.is_lit), plan.covered),
        cells=records,
    )
    write_file(index_path(project.scene), index.to_json())
    return index


def _is_intact(project: Project, record: CellRecord) -> bool:
    """Tell whether a cell's file is what the index says, and not of an interrupted run."""
    try:
        read_checked(cell_path(project.scene, record.key), record.sha256)
    except DataError:
        return False
    return True


def _with_shadows(
    project: Project, records: dict[CellKey, CellRecord], wanted: frozenset[CellKey], jobs: int
) -> dict[CellKey, CellRecord]:
    """Add shadows to the wanted cells whose casters changed."""
    todo: list[ShadowJob] = []
    for key in sorted(wanted):
        around = tuple(records[k] for k in sorted(cells_around({key})) if k in records)
        recipe = Recipe(SHADOW_MAKER, tuple(c.sha256 for c in around)).digest
        if records[key].shadow_recipe != recipe or not _has_shadows(project, records[key]):
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


def _has_shadows(project: Project, record: CellRecord) -> bool:
    if record.shadow_sha256 is None:
        return False
    try:
        read_checked(shadow_path(project.scene, record.key), record.shadow_sha256)
    except DataError:
        return False
    return True
