"""Gathers what one window shows from the cells around it.

The cells are always taken in the same order, so a window shows what the same
window of a larger one does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from isogen.geo.camera import Camera, Floats
from isogen.kernels import kernel
from isogen.mesh.cell import VOID, CellKey, PlaneRaster, cell_box, cell_side
from isogen.mesh.shadow import NO_SHADOW
from isogen.mesh.view import BALL_RZ, BALL_Z, KIND, OBJECT, Z0, Z1, ProjectedFaces, ProjectedMesh
from isogen.mesh.vocabulary import Kind
from isogen.mesh.window import VOID_FACE, SceneWindow, Window

NAME_BITS = 16
"""Bits of a face's number within its cell in a face's name."""

_OBJECT_BITS = 20
"""Bits of an object's number within its cell."""

_MARGIN = 3
"""Art pixels around what is seen: shadows are read a little in front of a wall."""


@dataclass(frozen=True)
class LoadedCell:
    """A cell, ready to be drawn."""

    key: CellKey
    mesh: ProjectedMesh

    ground: NDArray[np.uint8]
    """Ground classes of the cell's plane, shape (side, side)."""

    shadow: NDArray[np.float32]
    """Shadow heights of the cell's plane in rises, shape (side, side)."""

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """Art x0, y0, x1, y1 of all that the mesh draws."""
        boxes = self.mesh.boxes
        if not len(boxes):
            return 0.0, 0.0, 0.0, 0.0
        low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def cells_near(window: Window, camera: Camera) -> list[CellKey]:
    """Return the keys of all cells that a window may show, in row order.

    What stands in a cell is drawn at most one cell aside of it and two above it.
    """
    side = cell_side(camera)
    columns = range(window.x0 // side - 1, (window.x0 + window.width - 1) // side + 2)
    rows = range(window.y0 // side - 1, (window.y0 + window.height - 1) // side + 3)
    return [CellKey(i, j) for j in rows for i in columns]


def assemble(window: Window, cells: Sequence[LoadedCell], camera: Camera) -> SceneWindow:
    """Gather the triangles, faces and rasters that a window shows.

    Args:
        window: The art pixels to draw.
        cells: The cells near it (``cells_near``), in any order; those that are
            missing are drawn as void.
        camera: The view that the cells were projected with.
    """
    ordered = sorted(cells, key=lambda cell: (cell.key.j, cell.key.i))
    parts = [_seen(cell, window) for cell in ordered]
    faces, names = _faces_table(ordered, [chosen for _, chosen, _ in parts])
    starts = np.cumsum([0] + [len(chosen) for _, chosen, _ in parts])
    owners = [_moved(p[2], start) for p, start in zip(parts, starts.tolist(), strict=False)]
    mesh = ProjectedMesh(
        faces,
        _joined([c.mesh.triangles[p[0]] for c, p in zip(ordered, parts, strict=True)], 6),
        np.concatenate([np.zeros(0, np.int32), *owners]),
        _joined([c.mesh.boxes[p[0]] for c, p in zip(ordered, parts, strict=True)], 4),
    )
    return _with_planes(window, mesh, names, ordered, camera)


def faces_of(
    window: Window, names: NDArray[np.int32], cells: Sequence[LoadedCell], camera: Camera
) -> tuple[SceneWindow, NDArray[np.int32]]:
    """Turn a stored picture of faces into what the artist reads.

    Args:
        window: The art pixels of the picture.
        names: Position of the cell in ``cells`` times 65,536 plus the face's number
            in it, shape (height, width); ``VOID_FACE`` where nothing is drawn.
        cells: The cells that the names count.
        camera: The view that the cells were projected with.

    Returns:
        The scene, without triangles, and its face number for each pixel.
    """
    starts = np.arange(len(cells) + 1) << NAME_BITS
    seen = np.zeros(starts[-1] + 1, np.bool_)
    seen[names] = True  # VOID_FACE is the last one
    named = np.flatnonzero(seen[:-1])
    number = np.empty(len(seen), np.int32)
    number[named] = np.arange(len(named))
    number[VOID_FACE] = VOID_FACE
    ends = np.searchsorted(named, starts)
    chosen = [named[a:b] - start for a, b, start in zip(ends, ends[1:], starts, strict=False)]
    faces, ordered = _faces_table(cells, chosen)
    none = np.zeros((0, 6))
    mesh = ProjectedMesh(faces, none, np.zeros(0, np.int32), none[:, :4])
    return _with_planes(window, mesh, ordered, cells, camera), number[names]


def _seen(
    cell: LoadedCell, window: Window
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]:
    """Return the triangles of a cell that meet a window, their faces, and their owners.

    Owners count the returned faces; that of a ball is ``-face - 1``.
    """
    x0, y0 = window.x0, window.y0
    x1, y1 = x0 + window.width, y0 + window.height
    low_x, low_y, high_x, high_y = cell.bounds
    none = np.zeros(0, np.int64)
    if high_x <= x0 or low_x >= x1 or high_y <= y0 or low_y >= y1:
        return none, none, none.astype(np.int32)
    mesh = cell.mesh
    return _select(mesh.boxes, mesh.owners, len(mesh.faces.whole), x0, y0, x1, y1)


@kernel
def _select(
    boxes: Floats, owners: NDArray[np.int32], faces: int, x0: int, y0: int, x1: int, y1: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]:
    picked = np.empty(len(boxes), np.int64)
    number = np.full(faces, -1, np.int32)
    count = 0
    for t in range(len(boxes)):
        if boxes[t, 2] > x0 and boxes[t, 0] < x1 and boxes[t, 3] > y0 and boxes[t, 1] < y1:
            picked[count] = t
            count += 1
            owner = owners[t]
            number[owner if owner >= 0 else -owner - 1] = 0
    chosen = np.flatnonzero(number == 0)
    for k in range(len(chosen)):
        number[chosen[k]] = k
    compact = np.empty(count, np.int32)
    for k in range(count):
        owner = owners[picked[k]]
        compact[k] = number[owner] if owner >= 0 else -number[-owner - 1] - 1
    return picked[:count], chosen, compact


def _moved(owners: NDArray[np.int32], start: int) -> NDArray[np.int32]:
    """Count owners from ``start``; those of balls count down."""
    return np.where(owners < 0, owners - start, owners + start).astype(np.int32)


def _faces_table(
    cells: Sequence[LoadedCell], chosen: Sequence[NDArray[np.int64]]
) -> tuple[ProjectedFaces, NDArray[np.int32]]:
    """Join the chosen faces of cells, with objects told apart; also return their names."""
    whole: list[NDArray[np.int32]] = []
    names: list[NDArray[np.int32]] = []
    for position, (cell, rows) in enumerate(zip(cells, chosen, strict=True)):
        table = cell.mesh.faces.whole[rows]
        own = table[:, OBJECT] > 0
        table[own, OBJECT] += position << _OBJECT_BITS
        whole.append(table)
        names.append((rows + (position << NAME_BITS)).astype(np.int32))
    real = [c.mesh.faces.real[rows] for c, rows in zip(cells, chosen, strict=True)]
    faces = ProjectedFaces(np.concatenate([np.zeros((0, 8), np.int32), *whole]), _joined(real, 16))
    return faces, np.concatenate([np.zeros(0, np.int32), *names])


def _joined(parts: Sequence[Floats], columns: int) -> Floats:
    return np.concatenate([np.zeros((0, columns)), *parts])


def _with_planes(
    window: Window,
    mesh: ProjectedMesh,
    names: NDArray[np.int32],
    cells: Sequence[LoadedCell],
    camera: Camera,
) -> SceneWindow:
    box = _plane_box(window, mesh.faces, cells, camera)
    return SceneWindow(
        window,
        mesh,
        names,
        tuple(cell.key for cell in cells),
        _gather(box, [(c.key, c.ground) for c in cells], np.uint8(VOID), camera),
        _gather(box, [(c.key, c.shadow) for c in cells], np.float32(NO_SHADOW), camera),
    )


def _plane_box(
    window: Window, faces: ProjectedFaces, cells: Sequence[LoadedCell], camera: Camera
) -> tuple[int, int, int, int]:
    """Return the box of the plane under and in front of all points of the faces.

    A point of height Z that is seen in row y stands on row y + Z of the plane.
    """
    whole, real = faces.whole, faces.real
    ball = whole[:, KIND] == Kind.BALL
    low = np.where(ball, real[:, BALL_Z] - real[:, BALL_RZ], real[:, Z0])
    high = np.where(ball, real[:, BALL_Z] + real[:, BALL_RZ], real[:, Z1])
    below, above = min(low.min(initial=0.0), 0.0), max(high.max(initial=0.0), 0.0)
    last = max((cell_box(c.key, camera)[3] for c in cells), default=window.y0)
    y0 = window.y0 + int(np.floor(below)) - _MARGIN
    y1 = window.y0 + window.height + int(np.ceil(above)) + _MARGIN
    return window.x0 - _MARGIN, y0, window.x0 + window.width + _MARGIN, max(min(y1, last), y0 + 1)


def _gather(
    box: tuple[int, int, int, int],
    pieces: Sequence[tuple[CellKey, NDArray[np.generic]]],
    missing: np.generic,
    camera: Camera,
) -> PlaneRaster:
    """Copy a box of the plane out of the cells' rasters."""
    x0, y0, x1, y1 = box
    values = np.full((y1 - y0, x1 - x0), missing)
    for key, piece in pieces:
        px0, py0, px1, py1 = cell_box(key, camera)
        a, b, c, d = max(x0, px0), max(y0, py0), min(x1, px1), min(y1, py1)
        if a < c and b < d:
            values[b - y0 : d - y0, a - x0 : c - x0] = piece[b - py0 : d - py0, a - px0 : c - px0]
    return PlaneRaster(values, x0, y0)
