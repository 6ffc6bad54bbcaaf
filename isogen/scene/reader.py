"""Reads the cells that a window shows, each once."""

from collections import OrderedDict
from pathlib import Path

from isogen.digest import Digest
from isogen.errors import DataError
from isogen.geo.camera import Camera
from isogen.mesh.assemble import LoadedCell
from isogen.mesh.cell import CellKey, cell_box, cell_side
from isogen.mesh.view import project
from isogen.mesh.window import Window
from isogen.scene.files import (
    CellRecord,
    SceneIndex,
    cell_path,
    read_checked,
    read_index,
    shadow_path,
    unpack_parts,
    unpack_shadow,
)

CELLS_KEPT = 24
"""Loaded cells kept in memory: two rows of neighbors; about 3 MB each."""

_SLACK = 8
"""Art pixels by which a point of the plane may lie off the pixel that shows it: water level."""


def neighborhood(i: int, j: int) -> list[CellKey]:
    """Return the cells whose faces may be seen before cell (i, j), by row, then column.

    Faces reach at most one cell aside; what stands below may rise over two.
    """
    return [CellKey(a, b) for b in range(j - 1, j + 3) for a in range(i - 1, i + 2)]


class SceneReader:
    """Opens the cells of a scene and keeps the last ones used."""

    def __init__(self, folder: Path, camera: Camera) -> None:
        """Open a scene.

        Raises:
            ObjectMissingError: There is none.
            DataError: It was made for another camera.
        """
        self.folder = folder
        self.camera = camera
        self.index: SceneIndex = read_index(folder)
        self._kept: OrderedDict[CellKey, LoadedCell] = OrderedDict()
        self._nearby: dict[tuple[int, int], list[CellKey]] = {}
        if dict(self.index.view) != view_of(camera):
            raise DataError(
                f"the scene in {folder} was made for another camera: {dict(self.index.view)}",
                hint="Run `isogen scene` again.",
            )

    def keys_for(self, window: Window) -> tuple[CellKey, ...]:
        """Return the cells that decide what a window shows, by row, then column."""
        side = cell_side(self.camera)
        middle = (window.x0 + window.width // 2) // side, (window.y0 + window.height // 2) // side
        near = self._near(*middle)
        seen = {k for k in near if _meets(self.index.cells[k].box, window)}
        reach = max((self.index.cells[k].top for k in seen), default=0)
        below = Window(
            window.x0 - _SLACK,
            window.y0 - _SLACK,
            window.width + 2 * _SLACK,
            window.height + 2 * _SLACK + reach,
        )
        return tuple(k for k in near if k in seen or _meets(cell_box(k, self.camera), below))

    def digests(self, keys: tuple[CellKey, ...]) -> tuple[Digest, ...]:
        """Return the digests of the files that ``load`` reads for some cells, in their order."""
        return tuple(d for k in keys for d in _digests(self.index.cells[k]))

    def load(self, key: CellKey) -> LoadedCell:
        """Return a cell, from memory when it was used lately.

        Raises:
            ObjectMissingError: A file is gone.
            DigestMismatchError: A file is not what the index says.
        """
        cell = self._kept.pop(key, None) or self._read(key)
        self._kept[key] = cell
        while len(self._kept) > CELLS_KEPT:
            self._kept.popitem(last=False)
        return cell

    def _near(self, i: int, j: int) -> list[CellKey]:
        """Return the cells before which a quadrant of cell (i, j) may be drawn, if lit."""
        near = self._nearby.get((i, j))
        if near is None:
            cells = self.index.cells
            near = [k for k in neighborhood(i, j) if k in cells and cells[k].is_lit]
            self._nearby[i, j] = near
        return near

    def _read(self, key: CellKey) -> LoadedCell:
        digest, shadow_digest = _digests(self.index.cells[key])
        path, shadow = cell_path(self.folder, key), shadow_path(self.folder, key)
        parts = unpack_parts(read_checked(path, digest), path)
        return LoadedCell(
            key=key,
            mesh=project(parts.mesh, self.camera),
            ground=parts.ground,
            shadow=unpack_shadow(read_checked(shadow, shadow_digest), shadow),
        )


def view_of(camera: Camera) -> dict[str, float]:
    """Return the numbers of a camera as a scene's index records them."""
    return {
        "azimuth_deg": camera.azimuth_deg,
        "elevation_deg": camera.elevation_deg,
        "m_per_px": camera.m_per_px,
        "pixel_size": camera.pixel_size,
    }


def _digests(record: CellRecord) -> tuple[Digest, Digest]:
    if record.shadow_sha256 is None:
        raise DataError(
            f"cell {record.key.i},{record.key.j} has no shadows yet",
            hint="Run `isogen scene` for the region that you want to draw.",
        )
    return record.sha256, record.shadow_sha256


def _meets(box: tuple[int, int, int, int], window: Window) -> bool:
    x0, y0, x1, y1 = box
    return (
        x0 < window.x0 + window.width
        and x1 > window.x0
        and y0 < window.y0 + window.height
        and y1 > window.y0
    )
