"""What a process does for the scene stage: builds cells and casts their shadows."""

from dataclasses import dataclass, replace
from pathlib import Path

from isogen.digest import Digest, digest_of
from isogen.errors import DataError
from isogen.mesh.cell import CellKey, CellSource, cell_box
from isogen.mesh.model import CELL_FACES
from isogen.mesh.shadow import shadow_of
from isogen.params import Params
from isogen.scene.files import (
    CellRecord,
    cell_path,
    pack_parts,
    pack_shadow,
    packed_recipe,
    read_checked,
    shadow_path,
    unpack_parts,
    write_file,
)
from isogen.scene.sources import open_source
from isogen.stages.cells import Sight


@dataclass(frozen=True)
class CellJob:
    """A cell to build."""

    key: CellKey
    recipe: Digest


@dataclass(frozen=True)
class BuiltCell:
    """A cell that is on disk now."""

    record: CellRecord
    is_new: bool
    """False when an interrupted run had built it."""


@dataclass(frozen=True)
class ShadowJob:
    """A cell to cast shadows on, and the files whose casters may reach it."""

    record: CellRecord
    recipe: Digest
    around: tuple[CellRecord, ...]


class _Worker:
    """What one process keeps between jobs."""

    params: Params
    folder: Path
    source: CellSource


def start_worker(params: Params, sources: Path, folder: Path, root: Path) -> None:
    """Prepare a process: read the source once."""
    _Worker.params, _Worker.folder = params, folder
    _Worker.source = open_source(params, sources, root)


def build_cell(job: CellJob) -> BuiltCell:
    """Build one cell and write it, unless its file is what would be written.

    Its shadows come later.

    Raises:
        DataError: It has more faces than a cell may hold.
    """
    path = cell_path(_Worker.folder, job.key)
    data = _found(path, job.recipe)
    if data is None:
        parts = _Worker.source.build(job.key)
        if len(parts.mesh.faces) > CELL_FACES:
            raise DataError(
                f"cell {job.key.i},{job.key.j} has {len(parts.mesh.faces)} faces, "
                f"more than the {CELL_FACES} that a cell may hold",
                hint="Lower scene.tree_density, or raise map.view_height_m.",
            )
        write_file(path, pack_parts(parts, job.recipe))
    else:
        parts = unpack_parts(data, path)
    sight = Sight(parts.mesh, _Worker.params.camera)
    record = CellRecord(
        key=job.key,
        recipe=job.recipe,
        sha256=digest_of(path.read_bytes()),
        shadow_recipe=None,
        shadow_sha256=None,
        box=sight.box,
        top=sight.top,
        faces=len(parts.mesh.faces),
        quadrants=sight.quadrants,
        facts=_Worker.source.facts(job.key),
    )
    return BuiltCell(record, is_new=data is None)


def _found(path: Path, recipe: Digest) -> bytes | None:
    """Return the bytes of a cell that an earlier run wrote by the same recipe."""
    try:
        data = path.read_bytes()
        if packed_recipe(data, path) != recipe:
            return None
        unpack_parts(data, path)
    except (FileNotFoundError, DataError):
        return None
    return data


def start_shadows(params: Params, folder: Path) -> None:
    """Prepare a process for shadows."""
    _Worker.params, _Worker.folder = params, folder


def cast_shadows(job: ShadowJob) -> CellRecord:
    """Compute and write the shadows on one cell."""
    folder = _Worker.folder
    casters = [
        unpack_parts(read_checked(cell_path(folder, c.key), c.sha256), cell_path(folder, c.key))
        for c in job.around
    ]
    camera = _Worker.params.camera
    raster = shadow_of(
        [c.casters for c in casters],
        cell_box(job.record.key, camera),
        camera,
        hilly=_Worker.params.scene.terrain is not None,
    )
    path = shadow_path(folder, job.record.key)
    return replace(
        job.record,
        shadow_recipe=job.recipe,
        shadow_sha256=write_file(path, pack_shadow(raster)),
    )
