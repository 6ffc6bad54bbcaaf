"""A window of the art grid, with all that can be seen in it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isogen.mesh.cell import CellKey, PlaneRaster
from isogen.mesh.view import ProjectedMesh

VOID_FACE = -1
"""Face number where nothing is drawn."""


@dataclass(frozen=True)
class Window:
    """A rectangle of the art grid. ``x0``, ``y0`` is its first pixel."""

    x0: int
    y0: int
    width: int
    height: int


@dataclass(frozen=True)
class SceneWindow:
    """What the rasterizer and the artist read to draw one window."""

    window: Window

    mesh: ProjectedMesh
    """Faces that may be seen, from all cells; OBJECT tells cells apart."""

    names: NDArray[np.int32]
    """Name of each face of ``mesh``, shape (F,): position of its cell in ``cells``,
    times 65,536, plus the face's number in its cell."""

    cells: tuple[CellKey, ...]

    ground: PlaneRaster
    """Ground classes (uint8) of all plane points that the window can show."""

    shadow: PlaneRaster
    """Height in rises (float32) below which a point of the plane lies in shadow."""
