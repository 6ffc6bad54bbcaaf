"""Which cells a scene needs, what decides each, and which of them are not built."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from isogen.digest import Digest, canonical_json
from isogen.errors import DataError
from isogen.geo.grid import Quadrant
from isogen.mesh.cell import CellKey
from isogen.recipe import Recipe, Setting
from isogen.scene.files import CellRecord, cell_path, index_path, read_index
from isogen.scene.flavors import flavor_of
from isogen.scene.overrides import overrides_of
from isogen.scene.reader import neighborhood, view_of
from isogen.scene.sources import BLOCK, MAKERS
from isogen.stages.cells import (
    cells_along,
    cells_around,
    cells_behind,
    cells_touching,
    outline_of,
)
from isogen.stages.project import Project
from isogen.stages.region import requested_region, source_outline
from isogen.stages.source import extent_of, read_source
from isogen.stages.terrain import terrain_digest

_NOT_SHARED = {"extract", "flavor", "overrides", "terrain", "terrain_scale"}
"""Settings that name files: what these say decides, not their names; and one that means
nothing without its file."""

_AT_RIM = {"edge"}
"""Settings that decide only cells in which the source ends."""


@dataclass(frozen=True)
class ScenePlan:
    """The cells of a scene."""

    wanted: frozenset[CellKey]
    """Cells to draw."""

    border: frozenset[CellKey]
    """The same together with their neighbors, which throw shadows on them."""

    covered: frozenset[CellKey] | None
    """All cells that the source covers; None when it has no end."""


def plan_cells(project: Project, quadrants: Iterable[Quadrant] | None = None) -> ScenePlan:
    """Return the cells that the map's region, or some quadrants, need.

    Raises:
        BoundsError: The region lies outside what the source covers.
    """
    outline = source_outline(project)
    covered = cells_touching(outline, project.params.camera) if outline else None
    region = quadrants or requested_region(project)
    if region is None:
        every = frozenset(covered or ())
        return ScenePlan(every, every, every)
    wanted = cells_behind(list(region), project.params.camera)
    border = cells_around(wanted)
    if covered is None:
        return ScenePlan(frozenset(wanted), frozenset(border), None)
    return ScenePlan(frozenset(wanted & covered), frozenset(border & covered), frozenset(covered))


def homes_of(lit: Iterable[CellKey], covered: frozenset[CellKey] | None) -> tuple[CellKey, ...]:
    """Return the cells before which all that can be seen is lit, by row, then column."""
    known = set(lit)
    homes = {CellKey(k.i - a, k.j - b) for k in known for a in (-1, 0, 1) for b in (-1, 0, 1, 2)}
    complete = [
        home
        for home in homes
        if all(
            k in known or (covered is not None and k not in covered) for k in neighborhood(*home)
        )
    ]
    return tuple(sorted(complete, key=lambda k: (k.j, k.i)))


def cell_recipes(project: Project, keys: Iterable[CellKey]) -> dict[CellKey, Digest]:
    """Return what decides each cell: source, settings of the scene, camera, place and key."""
    params, origin = project.params, project.params.map.origin
    source = read_source(project).sha256
    rim = _cells_on_rim(project) if params.scene.edge == BLOCK else frozenset[CellKey]()
    common: dict[str, Setting] = {
        "lat": origin.lat,
        "lng": origin.lng,
        "height_m": origin.height_m,
        "scene": canonical_json(params.scene.model_dump(exclude=_NOT_SHARED | _AT_RIM)).decode(),
        "flavor": _flavor_digest(project),
        "overrides": overrides_of(params, project.root).digest,
        **view_of(params.camera),
        **_terrain_settings(project),
    }
    maker = MAKERS[params.scene.source]
    recipes: dict[CellKey, Digest] = {}
    for key in keys:
        own: dict[str, Setting] = {"i": key.i, "j": key.j}
        if key in rim:
            own["edge"] = BLOCK
        recipes[key] = Recipe(maker, (source,), tuple({**common, **own}.items())).digest
    return recipes


def _cells_on_rim(project: Project) -> frozenset[CellKey]:
    """Return the cells in which the source ends."""
    extent = extent_of(project)
    if extent is None:
        return frozenset()
    outline = outline_of(np.asarray(extent), project.params.camera)
    return frozenset(cells_along(outline, project.params.camera))


def _flavor_digest(project: Project) -> str:
    """Return the digest of what the flavor says: its name decides nothing."""
    if project.params.scene.source == "procedural":
        return ""
    return flavor_of(project.params, project.root).digest


def _terrain_settings(project: Project) -> dict[str, Setting]:
    """Return what of the terrain decides cells; nothing where it is flat."""
    scene = project.params.scene
    if scene.terrain is None:
        return {}
    return {"terrain": terrain_digest(project), "terrain_scale": scene.terrain_scale}


def known_cells(project: Project) -> dict[CellKey, CellRecord]:
    """Return the cells of the last index whose files are there; none without a readable one."""
    if not index_path(project.scene).is_file():
        return {}
    try:
        cells = read_index(project.scene).cells
    except DataError:
        return {}
    return {k: c for k, c in cells.items() if cell_path(project.scene, k).is_file()}


def is_stale(record: CellRecord | None, recipe: Digest, *, lit: bool) -> bool:
    """Tell whether a cell must be built, or its shadows cast, according to the index."""
    return record is None or record.recipe != recipe or (lit and not record.is_lit)


def stale_cells(
    project: Project, known: Mapping[CellKey, CellRecord] | None = None
) -> tuple[int, int]:
    """Return how many cells the scene should have, and how many of them must be built or lit.

    Args:
        project: The project.
        known: What ``known_cells`` returns, if it was asked already.

    Raises:
        DataError: There is no source that can be read.
    """
    plan = plan_cells(project)
    known = known_cells(project) if known is None else known
    recipes = cell_recipes(project, plan.border)
    stale = sum(is_stale(known.get(k), r, lit=k in plan.wanted) for k, r in recipes.items())
    return len(recipes), stale


def told_stale(project: Project) -> str:
    """Say that the scene is not what the settings ask for; empty when it is, or has no source."""
    try:
        total, stale = stale_cells(project)
    except DataError:
        return ""
    if not stale:
        return ""
    return f"{stale} of {total} cells of the scene are not up to date: run `isogen scene` first"
