"""Where trees stand: where they are mapped, around and in parks, in yards, in woods."""

from collections.abc import Mapping

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Point, Polygon

from isogen.geo.camera import Floats
from isogen.mesh.vocabulary import Ground
from isogen.scene.osm.features import Feature
from isogen.scene.town.brush import polygons_of
from isogen.scene.town.lines import places_along
from isogen.scene.town.near import Near
from isogen.scene.town.plot import LAWN, Plot
from isogen.scene.town.props import as_plan
from isogen.scene.town.scatter import Strewn, strew
from isogen.scene.town.trees import Shape, plant

SPACING_M = 7.6
CROWN_M = 3.5
"""Trees that nobody mapped keep this far from houses."""

APART_M = 4.6
"""Trees that nobody mapped keep this far from those that somebody did."""

PARK_FROM_M2 = 900.0
LARGE_PARK_M2 = 30000.0
AVENUES_M = (4.5, 12.0)
"""Trees line a park this far inside its edge; in a large one only the first time."""

YARD_INSET_M = 4.0
YARD_FROM_M2 = 60.0
YARD_SPACING_M = 10.0
SOIL_M = 2.0
"""Lawn that a tree needs on every side."""

_SCATTER = 11
_YARDS = 12
_SOIL = (Ground.GRASS, Ground.SCRUB)
_AROUND = np.array([(SOIL_M, 0), (-SOIL_M, 0), (0, SOIL_M), (0, -SOIL_M)])


def build_green(plot: Plot) -> None:
    """Plant the trees of a cell."""
    _plant_mapped(plot)
    lined = _plant_avenues(plot)
    _plant_groves(plot, lined)
    _plant_yards(plot)


def _plant_mapped(plot: Plot) -> None:
    town = plot.town
    near = [town.mapped_trees[i] for i in town.trees_by_place.within(plot.outline, 1.0)]
    places = np.array([tree.place for tree in near]).reshape(-1, 2)
    free = plot.mine(places) & town.are_clear(places, 0.3)
    free &= ~plot.lies_on(places, (Ground.ROAD, Ground.TRAM_RAIL, Ground.RAIL))
    on_lawn = plot.lies_on(places, (*_SOIL, Ground.GRAVEL_PATH))
    for tree, is_free, is_lawn in zip(near, free, on_lawn, strict=True):
        if is_free:
            shape = Shape.CONIFER if tree.is_conifer else Shape.WILD if is_lawn else Shape.SMALL
            plant(plot.builder, tree.place, shape, plot.chance(tree.id, tree.number))


def _plant_avenues(plot: Plot) -> Near:
    """Line the parks with trees; returns them with those just outside the cell."""
    places = [np.zeros((0, 2))]
    for area in plot.areas(APART_M):
        if is_park(area.tags) and area.geometry.area > PARK_FROM_M2:
            for number, ring in enumerate(_avenues(area)):
                spots = places_along(ring, np.arange(0, ring.length, SPACING_M))
                spots = spots[_grows(plot, spots) & plot.lies_on(spots, (Ground.GRASS,))]
                places.append(spots)
                mine = plot.mine(spots)
                for k in np.flatnonzero(mine):
                    chance = plot.chance(area.id, number, int(k))
                    plant(plot.builder, as_plan(spots[k]), Shape.ROUND, chance)
    return Near([Point(e, n) for e, n in np.concatenate(places).tolist()])


def _avenues(area: Feature[Polygon]) -> list[shapely.LinearRing]:
    insets = AVENUES_M if area.geometry.area < LARGE_PARK_M2 else AVENUES_M[:1]
    inner = [polygon for m in insets for polygon in polygons_of(area.geometry.buffer(-m))]
    return [polygon.exterior for polygon in inner]


def is_park(tags: Mapping[str, str]) -> bool:
    """Tell whether an area is laid out to be walked in."""
    return tags.get("leisure") in {"park", "garden"}


def _grows(plot: Plot, places: Floats) -> NDArray[np.bool_]:
    """Tell where a tree may stand that nobody mapped."""
    town = plot.town
    crowded = town.trees_by_place.touched(places, APART_M)
    return town.are_clear(places, CROWN_M) & ~crowded


def _plant_groves(plot: Plot, lined: Near) -> None:
    """Plant woods, scrub, groves and glades on one grid, so that no two trees collide."""
    strewn = strew(plot.outline, SPACING_M, (plot.town.settings.seed, _SCATTER))
    strewn = strewn.only(plot.mine(strewn.places))
    strewn = strewn.only(plot.lies_on(strewn.places, _SOIL))
    for step in _AROUND:
        strewn = strewn.only(plot.lies_on(strewn.places + step, (*LAWN, Ground.GRAVEL_PATH)))
    wanted = _wanted(plot, strewn)
    grown = strewn.shares() < wanted.share * plot.town.settings.trees
    low = wanted.low[grown]
    strewn = strewn.only(grown)
    free = _grows(plot, strewn.places) & ~lined.touched(strewn.places, APART_M)
    for place, bits, is_low in zip(strewn.places[free], strewn.bits[free], low[free], strict=True):
        shape = Shape.SMALL if is_low and int(bits) % 5 < 3 else Shape.WILD
        plant(plot.builder, as_plan(place), shape, plot.chance(int(bits)))


class _Wanted:
    """How likely a tree is at each place, and where trees stay low."""

    def __init__(self, count: int) -> None:
        self.share = np.zeros(count)
        self.low = np.zeros(count, np.bool_)


def _wanted(plot: Plot, strewn: Strewn) -> _Wanted:
    """Tell how likely a tree is at each place, from what is mapped there."""
    out = _Wanted(len(strewn.places))
    places = shapely.points(strewn.places)
    # Groves and glades: a slow wave over the plane, rounded so that no libm decides.
    e, n = strewn.places[:, 0], strewn.places[:, 1]
    grove = np.round(np.sin(e / 37) + np.sin(n / 29 + e / 61), 9) > 0.35
    out.share[:] = np.where(grove, 0.42, 0.12)
    for area in sorted(plot.areas(), key=lambda a: (-a.geometry.area, a.id)):
        rule = _share_of(area.tags)
        if rule is None:
            continue
        inside = shapely.contains(_prepared(area.geometry), places)
        out.share[inside] = np.where(grove[inside], rule[0], rule[1])
        out.low[inside] = area.tags.get("natural") == "scrub"
    return out


def _prepared(polygon: Polygon) -> Polygon:
    shapely.prepare(polygon)
    return polygon


_SHARES = {
    ("leisure", "park"): (0.92, 0.07),
    ("leisure", "garden"): (0.6, 0.1),
    ("leisure", "pitch"): (0.0, 0.0),
    ("leisure", "playground"): (0.1, 0.1),
    ("leisure", "golf_course"): (0.5, 0.0),
    ("landuse", "grass"): (0.3, 0.05),
    ("landuse", "meadow"): (0.1, 0.0),
    ("landuse", "farmland"): (0.0, 0.0),
    ("landuse", "allotments"): (0.3, 0.2),
    ("landuse", "cemetery"): (0.6, 0.4),
    ("landuse", "forest"): (0.97, 0.9),
    ("landuse", "railway"): (0.0, 0.0),
    ("natural", "wood"): (0.97, 0.9),
    ("natural", "scrub"): (0.9, 0.75),
    ("natural", "heath"): (0.2, 0.05),
    ("natural", "wetland"): (0.1, 0.0),
    ("natural", "grassland"): (0.05, 0.0),
}
"""Share of the grid that bears a tree in groves and in glades, by tag."""


def _share_of(tags: Mapping[str, str]) -> tuple[float, float] | None:
    return next((s for (key, value), s in _SHARES.items() if tags.get(key) == value), None)


def _plant_yards(plot: Plot) -> None:
    """Plant a few small trees in courtyards."""
    town = plot.town
    for index in town.buildings_near(plot.outline, 0):
        house = town.features.buildings[index]
        for hole in house.geometry.interiors:
            yard = Polygon(hole).buffer(-YARD_INSET_M)
            if yard.area < YARD_FROM_M2:
                continue
            strewn = strew(yard, YARD_SPACING_M, (town.settings.seed, _YARDS))
            inside = shapely.contains_xy(yard, strewn.places[:, 0], strewn.places[:, 1])
            strewn = strewn.only(inside & plot.mine(strewn.places))
            strewn = strewn.only(strewn.shares() < 0.8 * town.settings.trees)
            for place, bits in zip(strewn.places, strewn.bits, strict=True):
                plant(plot.builder, as_plan(place), Shape.SMALL, plot.chance(int(bits)))
