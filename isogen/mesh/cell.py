"""Cells: square pieces of the ground plane, each with what stands on it.

A cell is 1024 screen pixels square on the ground plane as the camera sees it:
two quadrants each way. Cell (i, j) lies behind quadrants (2i, 2j) to
(2i + 1, 2j + 1). A feature belongs to the cell that its anchor lies in; its faces
may reach one cell beyond it.
"""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from isogen.geo.camera import Camera, Floats
from isogen.mesh.model import Casters, Mesh

CELL_PX = 1024
"""Side of a cell in screen pixels."""

VOID = 255
"""Ground class outside the source's extent: nothing is there."""


class CellKey(NamedTuple):
    """Column and row of a cell; rows grow down the screen. May be negative."""

    i: int
    j: int


@dataclass(frozen=True)
class PlaneRaster:
    """Values on the ground plane, one per art pixel of the plane z = 0."""

    values: NDArray[np.generic]
    """Shape (height, width)."""

    x0: int
    """Art x of the first column."""

    y0: int
    """Art y of the first row, on the plane z = 0."""


@dataclass(frozen=True)
class CellParts:
    """What a source builds for one cell."""

    mesh: Mesh
    casters: Casters
    ground: NDArray[np.uint8]
    """Ground classes of the cell's plane, shape (side, side); VOID outside the extent."""


class CellSource(Protocol):
    """Builds any cell alone: what it gives for a cell depends on nothing but the cell."""

    @property
    def extent(self) -> Floats:
        """Outline of what the source covers, plane meters, shape (N, 2)."""
        ...

    def build(self, key: CellKey) -> CellParts:
        """Build one cell; the same key always gives the same parts."""
        ...


def cell_side(camera: Camera) -> int:
    """Return the side of a cell in art pixels."""
    return CELL_PX // camera.pixel_size


def cell_box(key: CellKey, camera: Camera) -> tuple[int, int, int, int]:
    """Return x0, y0, x1, y1 of a cell in art pixels of the plane; x1 and y1 are outside."""
    side = cell_side(camera)
    return key.i * side, key.j * side, (key.i + 1) * side, (key.j + 1) * side


def cell_of(art: Floats, camera: Camera) -> NDArray[np.int64]:
    """Return the cell columns and rows, shape (..., 2), of art positions on the plane."""
    return np.floor(art / cell_side(camera)).astype(np.int64)
