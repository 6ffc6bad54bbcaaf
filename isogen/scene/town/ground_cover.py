"""What covers the ground far from houses where the map says nothing: grass, and stone in town."""

import numpy as np
from numpy.typing import NDArray

from isogen.mesh.vocabulary import Ground
from isogen.scene.town.brush import ANY, Brush, over
from isogen.scene.town.context import Town

REACH_M = 50.0
"""Half the side of the square in which houses are counted."""

LAWN_SHARE = 0.08
"""Where houses cover more of the land than this, open ground is mown."""

PAVED_SHARE = 0.33
"""Where they cover more than this, it is paved."""

GREEN_SHARE = 0.5
"""Unless this share of the courts of a dense town is green."""

LEAST_LAND = 0.08
"""Share of the square that counts as land at least: keeps islets from turning to stone."""

TRAM_REACH_M = 22.0
"""A tram line means town: open ground beside it is stone."""


def paint(brush: Brush, town: Town) -> None:
    """Paint lawns and paving where the town is dense, over a raster of meadow."""
    share = built_share(brush, town)
    brush.raster[share >= LAWN_SHARE] = Ground.GRASS
    if town.settings.flavor.habits.green_courts < GREEN_SHARE:
        brush.raster[share >= PAVED_SHARE] = Ground.YARD
    for index in town.ways.within(brush.outline, TRAM_REACH_M):
        way = town.features.ways[index]
        if way.tags.get("railway") == "tram":
            beside = way.geometry.buffer(TRAM_REACH_M)
            brush.fill(beside, Ground.SETT, over(Ground.GRASS, Ground.MEADOW))


def built_share(brush: Brush, town: Town) -> NDArray[np.float64]:
    """Return the share of the land around every pixel that houses cover.

    Only land inside the extent counts, so that the edge of a map is no less town.
    """
    rx = round(REACH_M / town.camera.art_m)
    ry = round(REACH_M / town.camera.art_m * town.camera.sin_elevation)
    height, width = brush.raster.shape
    corner = (brush.corner[0] - rx, brush.corner[1] - ry)
    wide = Brush(town.camera, np.zeros((height + 2 * ry, width + 2 * rx), np.uint8), corner)
    for index in town.land_by_place.within(wide.outline, 0):
        wide.fill(town.land[index], 1, ANY)
    land = _box_sums(wide.raster, rx, ry)
    wide.raster[:] = 0
    for index in town.buildings_near(wide.outline, 0):
        wide.fill(town.features.buildings[index].geometry, 1, ANY)
    built = _box_sums(wide.raster, rx, ry)
    least = round((2 * rx + 1) * (2 * ry + 1) * LEAST_LAND)
    return built / np.maximum(land, least)


def _box_sums(mask: NDArray[np.uint8], rx: int, ry: int) -> NDArray[np.int64]:
    """Sum a mask over boxes of (2 ry + 1) x (2 rx + 1); the result is smaller by the reach."""
    sums = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1), np.int64)
    np.cumsum(np.cumsum(mask, axis=0, dtype=np.int64), axis=1, out=sums[1:, 1:])
    high, wide = 2 * ry + 1, 2 * rx + 1
    return sums[high:, wide:] - sums[:-high, wide:] - sums[high:, :-wide] + sums[:-high, :-wide]
