"""Which cells a region needs, and what one built cell shows. Pure."""

import math

import numpy as np
import shapely

from isogen.geo.camera import Camera
from isogen.geo.grid import QUADRANT_PX, Quadrant
from isogen.mesh.cell import CellKey, cell_box, cell_side, home_of
from isogen.mesh.model import Mesh
from isogen.mesh.view import ProjectedMesh, project
from isogen.scene.reader import neighborhood


def cells_behind(quadrants: list[Quadrant], camera: Camera) -> set[CellKey]:
    """Return the cells that may be seen in quadrants."""
    homes = {home_of(q, camera.pixel_size) for q in quadrants}
    return {key for home in homes for key in neighborhood(*home)}


def cells_around(keys: set[CellKey]) -> set[CellKey]:
    """Return cells together with all their neighbors, whose shadows may fall on them."""
    return {CellKey(k.i + a, k.j + b) for k in keys for a in (-1, 0, 1) for b in (-1, 0, 1)}


def cells_touching(outline: shapely.Polygon, camera: Camera) -> set[CellKey]:
    """Return the cells of the plane that an outline in art pixels touches."""
    side = cell_side(camera)
    x0, y0, x1, y1 = (math.floor(v / side) for v in outline.bounds)
    keys = [CellKey(i, j) for j in range(y0, y1 + 1) for i in range(x0, x1 + 1)]
    return {k for k in keys if outline.intersects(shapely.box(*cell_box(k, camera)))}


def cells_along(outline: shapely.Polygon, camera: Camera) -> set[CellKey]:
    """Return the cells of the plane through which the outline itself runs."""
    inner = outline.buffer(-1.0)
    keys = cells_touching(outline.buffer(1.0), camera)
    return {k for k in keys if not inner.contains(shapely.box(*cell_box(k, camera)))}


def outline_of(extent: np.ndarray, camera: Camera, margin_m: float = 0.0) -> shapely.Polygon:
    """Return what a source covers, in art pixels of the plane, grown by a margin."""
    polygon = shapely.Polygon(extent).buffer(margin_m, join_style="mitre")
    return shapely.Polygon(camera.to_art(np.asarray(polygon.exterior.coords)[:, :2]))


class Sight:
    """What of a cell can be seen, and where."""

    def __init__(self, mesh: Mesh, camera: Camera) -> None:
        self._pixel_size = camera.pixel_size
        self._mesh: ProjectedMesh = project(mesh, camera)
        heights = [mesh.corners[..., 2].max(initial=0)]
        if len(mesh.balls):
            heights.append((mesh.balls[:, 2] + mesh.balls[:, 4]).max())
        self.top = math.ceil(max(heights) / 1024 / camera.rise_m)

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Art x0, y0, x1, y1 of all faces; zeros when there are none."""
        boxes = self._mesh.boxes
        if not len(boxes):
            return (0, 0, 0, 0)
        low, high = boxes[:, :2].min(0), boxes[:, 2:].max(0)
        return (
            math.floor(low[0]), math.floor(low[1]), math.ceil(high[0]), math.ceil(high[1])
        )  # fmt: skip

    @property
    def quadrants(self) -> tuple[tuple[int, int], ...]:
        """Quadrants in which a face can be seen, by y, then x."""
        boxes = self._mesh.boxes
        if not len(boxes):
            return ()
        cells = np.floor(boxes).astype(np.int64) * self._pixel_size
        cells[:, 2:] += self._pixel_size - 1
        cells //= QUADRANT_PX
        within = (cells[:, :2] == cells[:, 2:]).all(1)
        seen = {(int(x), int(y)) for x, y in np.unique(cells[within, :2], axis=0)}
        shapes = _shapes(self._mesh, np.flatnonzero(~within))
        for box, shape in zip(cells[~within], shapes, strict=True):
            seen |= {q for q in _span(box) if q not in seen and shape.intersects(self._square(q))}
        return tuple(sorted(seen, key=lambda q: (q[1], q[0])))

    def _square(self, quadrant: tuple[int, int]) -> shapely.Polygon:
        return shapely.box(*Quadrant(*quadrant).art_box(self._pixel_size))


def _span(box: np.ndarray) -> list[tuple[int, int]]:
    x0, y0, x1, y1 = (int(v) for v in box)
    return [(x, y) for y in range(y0, y1 + 1) for x in range(x0, x1 + 1)]


def _shapes(mesh: ProjectedMesh, rows: np.ndarray) -> list[shapely.Polygon]:
    """Return triangles as polygons, balls as their boxes."""
    return [
        shapely.box(*mesh.boxes[r])
        if mesh.owners[r] < 0
        else shapely.Polygon(mesh.triangles[r].reshape(3, 2))
        for r in rows
    ]
