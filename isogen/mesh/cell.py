"""Cells: square pieces of the ground plane, each with what stands on it.

A cell is two quadrants each way on the ground plane as the camera sees it, or three
where art pixels of three screen pixels would not fit into two. So cell (0, 0) lies
behind quadrants (0, 0) to (1, 1), or (2, 2). A feature belongs to the cell that its
anchor lies in; its faces may reach one cell beyond it.
"""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from isogen.geo.camera import Camera, Floats
from isogen.geo.grid import QUADRANT_PX, Quadrant
from isogen.mesh.model import Casters, Mesh

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


@dataclass(frozen=True)
class CellFacts:
    """How much of a cell's buildings is told, and how much is inferred."""

    buildings: int = 0
    guessed_heights: int = 0
    """Buildings whose height nothing tells."""

    guessed_types: int = 0
    """Buildings that are only said to be buildings."""


class CellSource(Protocol):
    """Builds any cell alone: what it gives for a cell depends on nothing but the cell."""

    @property
    def extent(self) -> Floats:
        """Outline of what the source covers, plane meters, shape (N, 2)."""
        ...

    def build(self, key: CellKey) -> CellParts:
        """Build one cell; the same key always gives the same parts."""
        ...

    def facts(self, key: CellKey) -> CellFacts:
        """Count what is known about the buildings of one cell."""
        ...


def quadrants_across(pixel_size: int) -> int:
    """Return the quadrants along a side of a cell, so that it holds whole art pixels."""
    return 3 if pixel_size == 3 else 2


def home_of(quadrant: Quadrant, pixel_size: int) -> CellKey:
    """Return the cell behind a quadrant."""
    across = quadrants_across(pixel_size)
    return CellKey(quadrant.x // across, quadrant.y // across)


def cell_side(camera: Camera) -> int:
    """Return the side of a cell in art pixels."""
    return quadrants_across(camera.pixel_size) * QUADRANT_PX // camera.pixel_size


def cell_box(key: CellKey, camera: Camera) -> tuple[int, int, int, int]:
    """Return x0, y0, x1, y1 of a cell in art pixels of the plane; x1 and y1 are outside."""
    side = cell_side(camera)
    return key.i * side, key.j * side, (key.i + 1) * side, (key.j + 1) * side


def cell_of(art: Floats, camera: Camera) -> NDArray[np.int64]:
    """Return the cell columns and rows, shape (..., 2), of art positions on the plane."""
    return np.floor(art / cell_side(camera)).astype(np.int64)
