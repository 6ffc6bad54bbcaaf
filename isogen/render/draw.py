"""Draws windows from cells: the whole way from parts of a scene to pixels."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from isogen.geo.camera import Camera
from isogen.mesh.assemble import LoadedCell, assemble, cells_near
from isogen.mesh.cell import CellKey, CellParts, cell_box
from isogen.mesh.shadow import shadow_of
from isogen.mesh.view import project
from isogen.mesh.window import Window
from isogen.pixelart.paint import GUARD, paint
from isogen.pixelart.style import Style
from isogen.render.raster import rasterize


def load_cell(
    key: CellKey,
    parts: CellParts,
    around: Sequence[CellParts],
    camera: Camera,
    *,
    hilly: bool = False,
) -> LoadedCell:
    """Project a cell and cast the shadows of it and of the cells around it."""
    casters = [parts.casters, *(p.casters for p in around)]
    return LoadedCell(
        key,
        project(parts.mesh, camera),
        parts.ground,
        shadow_of(casters, cell_box(key, camera), camera, hilly=hilly),
    )


def load_cells(
    parts: Mapping[CellKey, CellParts], camera: Camera, *, hilly: bool = False
) -> dict[CellKey, LoadedCell]:
    """Load all cells of a small scene; hilly says whether its ground has a relief."""
    loaded: dict[CellKey, LoadedCell] = {}
    for key, own in parts.items():
        keys = [CellKey(key.i + di, key.j + dj) for dj in (-1, 0, 1) for di in (-1, 0, 1)]
        around = [parts[k] for k in keys if k in parts and k != key]
        loaded[key] = load_cell(key, own, around, camera, hilly=hilly)
    return loaded


def draw(
    window: Window,
    cells: Mapping[CellKey, LoadedCell],
    camera: Camera,
    style: Style | None = None,
) -> NDArray[np.uint8]:
    """Draw a window as pixel art.

    Args:
        window: The art pixels to draw.
        cells: Loaded cells; those near the window that are missing are void.
        camera: The view that the cells were projected with.
        style: How to paint; absent for the classic style.

    Returns:
        Palette indices of shape (height, width).
    """
    wider = Window(
        window.x0 - GUARD, window.y0 - GUARD, window.width + 2 * GUARD, window.height + 2 * GUARD
    )
    near = [cells[key] for key in cells_near(wider, camera) if key in cells]
    scene = assemble(wider, near, camera)
    return paint(scene, rasterize(scene, camera), camera, style=style)
