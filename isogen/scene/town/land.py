"""Land, water and what lies between them: quays, bridge piers, the cut edge of the map."""

import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from isogen.mesh.builder import Look
from isogen.mesh.solids import triangulate, wall
from isogen.mesh.vocabulary import GroundStyle, Kind, Material, WallStyle
from isogen.scene.town.brush import polygons_of, rings_of
from isogen.scene.town.context import WATER_RISES
from isogen.scene.town.decks import Deck
from isogen.scene.town.hills import Hills
from isogen.scene.town.near import Near, anchor_of
from isogen.scene.town.plot import Plot
from isogen.scene.town.shores import LONGEST_M
from isogen.scene.town.slopes import along_ground, drape

BESIDE_M = 0.4
"""What lies before a wall on a slope is looked for this far from it."""

OVERLAP_M = 0.25
"""Pieces of neighboring cells overlap this much, so that no crack shows between them."""

SECTION_RISES = -26
"""Foot of the earth that shows along the edge of the map."""

PARAPET_RISES = 1.5
PARAPET_FROM_LAND_M = 1.5
LEAST_M2 = 0.05
GROUND = 0
"""The object of everything that is ground."""

_EARTH = Look(Material.GRANITE, WallStyle.SECTION, seed=3)
_QUAY = Look(Material.GRANITE, WallStyle.QUAY, seed=3)
_DEPTH = Look(Material.WATER, WallStyle.SECTION, seed=3)
_PARAPET = Look(Material.GRANITE, WallStyle.PLAIN)


def build_land(plot: Plot) -> None:
    """Build the ground of a cell, its shores and its decks."""
    town, cell = plot.town, plot.town.cell_outline(plot.key, OVERLAP_M)
    for index in town.land_by_place.within(cell, 0):
        _surface(plot, town.land[index].intersection(cell), 0)
    for index in town.water_by_place.within(cell, 0):
        level = town.hills.level_of(index) if town.hills else None
        _surface(plot, town.water[index].intersection(cell), WATER_RISES, level)
    for line in _held(plot, town.rim.shores, town.shores_by_place):
        _walls(plot, line, (WATER_RISES, 0), _QUAY)
    if town.settings.block:
        _build_section(plot)
    _build_decks(plot, cell)


def _build_section(plot: Plot) -> None:
    """Build the cut through land and water along the edge of the map."""
    for line in _held(plot, plot.town.rim.edges):
        _walls(plot, line, (SECTION_RISES, 0), _EARTH)
    for line in _held(plot, plot.town.water_rim.edges):
        _walls(plot, line, (SECTION_RISES, WATER_RISES), _DEPTH)


def _surface(plot: Plot, shape: BaseGeometry, z: int, level: float | None = None) -> None:
    """Add ground; its classes come from the ground map.

    It lies ``z`` rises above ``level``, or above the ground where there is a relief.
    """
    look = Look(Material.WALK if z == 0 else Material.WATER, GroundStyle.MAP)
    if plot.town.hills and level is None:
        drape(plot, plot.town.hills, shape, z, look)
        return
    for polygon in polygons_of(shape):
        if polygon.area < LEAST_M2:
            continue
        rings = rings_of(shapely.geometry.polygon.orient(polygon))
        points = [(e, n, z + (level or 0.0)) for ring in rings for e, n in ring.tolist()]
        triangles = triangulate(rings)
        if triangles:
            plot.builder.polygon(points, look, Kind.GROUND, GROUND, triangles)


def _held(
    plot: Plot, lines: tuple[LineString, ...], by_place: Near | None = None
) -> list[LineString]:
    """Return the lines whose middle lies in the cell."""
    near = by_place.within(plot.outline, 1.0) if by_place else range(len(lines))
    held = [lines[i] for i in near]
    middles = np.array([anchor_of(line) for line in held]).reshape(-1, 2)
    return [line for line, mine in zip(held, plot.mine(middles), strict=True) if mine]


def _walls(plot: Plot, line: LineString, heights: tuple[float, float], look: Look) -> None:
    """Add walls that are seen from the right of a line, where the camera sees them."""
    if plot.town.hills:
        _walls_on_hills(plot, plot.town.hills, line, heights, look)
        return
    points = shapely.get_coordinates(line)
    right = np.array(plot.builder.camera.right)
    for a, b in zip(points[:-1].tolist(), points[1:].tolist(), strict=True):
        if np.dot(np.subtract(b, a), right) > 0:
            wall(plot.builder, (a[0], a[1]), (b[0], b[1]), heights, look, GROUND)


def _walls_on_hills(
    plot: Plot, hills: Hills, line: LineString, heights: tuple[float, float], look: Look
) -> None:
    """Add walls whose tops follow the ground and whose feet reach what lies before them."""
    points = along_ground(hills, line)
    ways = np.diff(points, axis=0)
    aside = np.stack([ways[:, 1], -ways[:, 0]], axis=1)
    aside *= BESIDE_M / np.maximum(np.hypot(ways[:, 0], ways[:, 1]), BESIDE_M)[:, None]
    middles = (points[:-1] + points[1:]) / 2
    tops, before = hills.at(points), hills.under(middles + aside)
    if look is _DEPTH:
        tops[:-1] = hills.under(middles - aside)
        tops[-1] = tops[-2]
    if heights[0] == SECTION_RISES:
        before[:] = np.floor(tops.min())
    low, high = heights
    for k in np.flatnonzero(ways @ np.array(plot.builder.camera.right) > 0).tolist():
        (ae, an), (be, bn) = points[k : k + 2].tolist()
        foot = low + float(min(before[k], tops[k], tops[k + 1]))
        corners = [(ae, an, foot), (be, bn, foot)]
        corners += [(be, bn, high + float(tops[k + 1])), (ae, an, high + float(tops[k]))]
        plot.builder.polygon(corners, look, Kind.WALL, GROUND)


def _build_decks(plot: Plot, cell: Polygon) -> None:
    for index in plot.town.decks_by_place.within(cell, 0):
        deck = plot.town.decks[index]
        _surface(plot, deck.outline.intersection(cell), deck.top)
        ring = shapely.get_coordinates(shapely.segmentize(deck.outline.exterior, LONGEST_M))
        mine = plot.mine((ring[:-1] + ring[1:]) / 2)
        for a, b in zip(ring[:-1][mine], ring[1:][mine], strict=True):
            _build_side(plot, index, deck, LineString([a, b]))


def _build_side(plot: Plot, index: int, deck: Deck, side: LineString) -> None:
    """Add what carries a deck and, where a bridge ends over water, a parapet."""
    _walls(plot, side, (WATER_RISES, deck.top), Look(deck.material, deck.style, seed=3))
    middle = side.interpolate(0.5, normalized=True)
    beside = [i for i in plot.town.decks_by_place.within(middle, 0) if i != index]
    ashore = plot.town.land_by_place.within(side, PARAPET_FROM_LAND_M)
    if deck.top == 0 and not beside and not ashore:
        _walls(plot, side, (0, PARAPET_RISES), _PARAPET)
        _walls(plot, side.reverse(), (0, PARAPET_RISES), _PARAPET)
