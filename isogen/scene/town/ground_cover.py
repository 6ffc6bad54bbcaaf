"""What covers the ground far from houses where the map says nothing: grass, and stone in town."""

import numpy as np
from numpy.typing import NDArray

from isogen.mesh.boxes import box_shares
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
    shape = (2, height + 2 * ry, width + 2 * rx)
    built, land = (Brush(town.camera, mask, corner) for mask in np.zeros(shape, np.uint8))
    for index in town.land_by_place.within(land.outline, 0):
        land.fill(town.land[index], 1, ANY)
    for index in town.buildings_near(built.outline, 0):
        built.fill(town.features.buildings[index].geometry, 1, ANY)
    least = round((2 * rx + 1) * (2 * ry + 1) * LEAST_LAND)
    return box_shares(built.raster, land.raster, rx, ry, least)
