"""The ground of a cell: one class per art pixel of the plane, painted layer by layer."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isogen.geo.camera import Camera, Floats
from isogen.mesh.cell import VOID, CellKey, cell_box
from isogen.mesh.vocabulary import Ground
from isogen.scene.town import (
    ground_areas,
    ground_cover,
    ground_rails,
    ground_streets,
    ground_water,
    ground_yards,
)
from isogen.scene.town.brush import Brush
from isogen.scene.town.context import Town

MARGIN_PX = 40
"""Art pixels painted around a cell, so that what stands at its edge knows its surroundings."""


@dataclass(frozen=True)
class GroundPatch:
    """Ground classes of a cell and of a margin around it."""

    camera: Camera
    classes: NDArray[np.uint8]
    corner: tuple[int, int]
    """Art x and y of the first pixel."""

    def at(self, points: Floats) -> NDArray[np.uint8]:
        """Return the class at plane points of shape (N, 2); VOID outside the patch."""
        pixels = np.floor(self.camera.to_art(points)).astype(np.int64) - np.array(self.corner)
        height, width = self.classes.shape
        x, y = pixels[:, 0], pixels[:, 1]
        inside = (x >= 0) & (y >= 0) & (x < width) & (y < height)
        out = np.full(len(points), VOID, np.uint8)
        out[inside] = self.classes[y[inside], x[inside]]
        return out

    def core(self) -> NDArray[np.uint8]:
        """Return the classes of the cell alone, a view."""
        return self.classes[MARGIN_PX:-MARGIN_PX, MARGIN_PX:-MARGIN_PX]


def paint_ground(town: Town, key: CellKey) -> GroundPatch:
    """Paint a cell's ground with its margin; every pixel depends on its surroundings alone."""
    x0, y0, x1, y1 = cell_box(key, town.camera)
    corner = (x0 - MARGIN_PX, y0 - MARGIN_PX)
    shape = (y1 - y0 + 2 * MARGIN_PX, x1 - x0 + 2 * MARGIN_PX)
    classes = np.full(shape, Ground.MEADOW, np.uint8)
    brush = Brush(town.camera, classes, corner)
    ground_cover.paint(brush, town)
    ground_water.paint_open(brush, town)
    ground_water.paint_decks(brush, town)
    ground_areas.paint_country(brush, town)
    ground_yards.paint(brush, town)
    ground_areas.paint_land_use(brush, town)
    ground_streets.paint_under_bridges(brush, town)
    ground_streets.paint_sidewalks(brush, town)
    ground_areas.paint_places(brush, town)
    ground_streets.paint_paths(brush, town)
    ground_streets.paint_roads(brush, town)
    ground_areas.paint_parking(brush, town)
    ground_streets.paint_marks(brush, town)
    ground_rails.paint(brush, town)
    ground_water.paint_streams(brush, town)
    ground_water.paint_basins(brush, town)
    ground_yards.paint_inner(brush, town)
    brush.void_outside(town.extent)
    return GroundPatch(town.camera, classes, corner)
