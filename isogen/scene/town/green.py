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
from isogen.scene.town.growth import Growth
from isogen.scene.town.lines import places_along
from isogen.scene.town.near import Near
from isogen.scene.town.plot import LAWN, Plot
from isogen.scene.town.props import as_plan
from isogen.scene.town.scatter import Strewn, strew
from isogen.scene.town.trees import Shape, plant

SPACING_M = 6.4
"""Side of the squares of which each may bear a tree of a wood or grove."""

AVENUE_M = 7.6
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

BUSH_M = 3.9
BUSH_CLEAR_M = 1.6
THINNED = 0.3
HIDDEN_M = (3.5, 6.5, 9.0)
"""A crown hides what lies this far behind it."""

_WAYS = (
    Ground.GRAVEL_PATH,
    Ground.PATH,
    Ground.RAIL,
    Ground.SLEEPER,
    Ground.TRAM_RAIL,
    Ground.BALLAST,
)
_SCATTER = 11
_BUSHES = 13
_YARDS = 12
_SOIL = (Ground.GRASS, Ground.SCRUB, Ground.MEADOW, Ground.FOREST, Ground.HEATH, Ground.MARSH)
_AROUND = np.array([(SOIL_M, 0), (-SOIL_M, 0), (0, SOIL_M), (0, -SOIL_M)])


def build_green(plot: Plot) -> None:
    """Plant the trees of a cell."""
    _plant_mapped(plot)
    lined = _plant_avenues(plot)
    _plant_groves(plot, lined)
    _plant_bushes(plot)
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
            shape = tree.shape or (Shape.WILD if is_lawn else Shape.SMALL)
            chance = plot.chance(tree.id, tree.number)
            plant(plot.builder, tree.place, shape, chance, town.growth)


def _plant_avenues(plot: Plot) -> Near:
    """Line the parks with trees; returns them with those just outside the cell."""
    places, growth = [np.zeros((0, 2))], plot.town.growth
    for area in plot.areas(APART_M):
        if is_park(area.tags) and area.geometry.area > PARK_FROM_M2:
            for number, ring in enumerate(_avenues(area)):
                spots = places_along(ring, np.arange(0, ring.length, AVENUE_M))
                spots = spots[_grows(plot, spots) & plot.lies_on(spots, (Ground.GRASS,))]
                places.append(spots)
                mine = plot.mine(spots)
                for k in np.flatnonzero(mine):
                    chance = plot.chance(area.id, number, int(k))
                    plant(plot.builder, as_plan(spots[k]), Shape.ROUND, chance, growth)
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
    return plot.are_open(places, CROWN_M) & ~crowded


def _plant_groves(plot: Plot, lined: Near) -> None:
    """Plant woods, scrub, groves and glades on one grid, so that no two trees collide."""
    town = plot.town
    strewn = strew(plot.outline, SPACING_M, (town.settings.seed, _SCATTER))
    strewn = strewn.only(plot.mine(strewn.places))
    strewn = strewn.only(plot.lies_on(strewn.places, _SOIL))
    for step in _AROUND:
        strewn = strewn.only(plot.lies_on(strewn.places + step, (*LAWN, Ground.GRAVEL_PATH)))
    wanted = _wanted(plot, strewn)
    share = wanted.share * np.where(_hides_way(plot, strewn.places), THINNED, 1.0)
    grown = strewn.shares() < share * town.settings.trees
    shapes = wanted.shape[grown]
    strewn = strewn.only(grown)
    free = _grows(plot, strewn.places) & ~lined.touched(strewn.places, APART_M)
    for place, bits, shape in zip(
        strewn.places[free], strewn.bits[free].tolist(), shapes[free].tolist(), strict=True
    ):
        kind = Shape(shape)
        if kind is Shape.SMALL and bits % 5 > 2:
            kind = Shape.WILD
        growth = wanted.growth if kind is Shape.WILD else town.growth
        plant(plot.builder, as_plan(place), kind, plot.chance(bits), growth)


def _hides_way(plot: Plot, places: Floats) -> NDArray[np.bool_]:
    """Tell where a crown would stand before a path or a track, as the camera sees it."""
    forward = np.array(plot.builder.camera.forward)
    hides = np.zeros(len(places), np.bool_)
    for reach in HIDDEN_M:
        hides |= plot.lies_on(places + forward * reach, _WAYS)
    return hides


def _plant_bushes(plot: Plot) -> None:
    """Plant bushes under and beside the trees of woods and parks, and here and there."""
    town = plot.town
    strewn = strew(plot.outline, BUSH_M, (town.settings.seed, _BUSHES))
    strewn = strewn.only(plot.mine(strewn.places))
    strewn = strewn.only(plot.lies_on(strewn.places, _SOIL))
    ground = plot.ground.at(strewn.places)
    e, n = strewn.places[:, 0], strewn.places[:, 1]
    drift = np.round(np.sin(e / 11 + 2) + np.sin(n / 9 + e / 17), 9) > 0.9
    share = np.where(drift, 0.16, 0.02)
    share[ground == Ground.FOREST] = 0.3
    share[ground == Ground.SCRUB] = 0.6
    share[ground == Ground.HEATH] = 0.12
    share[plot.lies_on(strewn.places, (Ground.MARSH,))] = 0.05
    strewn = strewn.only(strewn.shares() < share * town.settings.trees)
    for step in _AROUND * 0.6:
        strewn = strewn.only(plot.lies_on(strewn.places + step, LAWN))
    strewn = strewn.only(plot.are_open(strewn.places, BUSH_CLEAR_M))
    for place, bits in zip(strewn.places, strewn.bits.tolist(), strict=True):
        plant(plot.builder, as_plan(place), Shape.BUSH, plot.chance(bits), town.growth)


class _Wanted:
    """How likely a tree is at each place, and of which shape."""

    def __init__(self, count: int, growth: Growth) -> None:
        self.share = np.zeros(count)
        self.shape = np.full(count, Shape.WILD.value, np.int64)
        self.growth = growth


def _wanted(plot: Plot, strewn: Strewn) -> _Wanted:
    """Tell how likely a tree is at each place, from what is mapped there."""
    out = _Wanted(len(strewn.places), plot.town.growth)
    places = shapely.points(strewn.places)
    # Groves and glades: a slow wave over the plane, rounded so that no libm decides.
    e, n = strewn.places[:, 0], strewn.places[:, 1]
    grove = np.round(np.sin(e / 23) + np.sin(n / 19 + e / 41), 9) > 0.45
    out.share[:] = np.where(grove, 0.5, 0.05)
    for area in sorted(plot.areas(), key=lambda a: (-a.geometry.area, a.id)):
        rule = _share_of(area.tags)
        if rule is None:
            continue
        inside = shapely.contains(_prepared(area.geometry), places)
        out.share[inside] = np.where(grove[inside], rule[0], rule[1])
        shape = _shape_in(area.tags)
        out.shape[inside] = shape.value
        if shape is Shape.CONIFER and area.tags.get("leaf_type") == "mixed":
            mixed = inside & (strewn.bits % np.uint64(2) == 0)
            out.shape[mixed] = Shape.WILD.value
    return out


def _shape_in(tags: Mapping[str, str]) -> Shape:
    """Return how the trees of an area grow."""
    if tags.get("natural") == "scrub":
        return Shape.SMALL
    if tags.get("leaf_type") in {"needleleaved", "mixed"} or tags.get("wood") == "coniferous":
        return Shape.CONIFER
    return Shape.WILD


def _prepared(polygon: Polygon) -> Polygon:
    shapely.prepare(polygon)
    return polygon


_SHARES = {
    ("leisure", "park"): (0.92, 0.07),
    ("leisure", "garden"): (0.6, 0.1),
    ("leisure", "pitch"): (0.0, 0.0),
    ("leisure", "playground"): (0.05, 0.05),
    ("leisure", "track"): (0.0, 0.0),
    ("golf", "fairway"): (0.0, 0.0),
    ("golf", "green"): (0.0, 0.0),
    ("golf", "bunker"): (0.0, 0.0),
    ("landuse", "orchard"): (0.0, 0.0),
    ("landuse", "vineyard"): (0.0, 0.0),
    ("natural", "beach"): (0.0, 0.0),
    ("tourism", "camp_site"): (0.5, 0.1),
    ("tourism", "zoo"): (0.7, 0.2),
    ("leisure", "golf_course"): (0.5, 0.0),
    ("landuse", "grass"): (0.3, 0.05),
    ("landuse", "meadow"): (0.1, 0.0),
    ("landuse", "farmland"): (0.0, 0.0),
    ("landuse", "allotments"): (0.1, 0.05),
    ("landuse", "cemetery"): (0.4, 0.12),
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
                plant(
                    plot.builder,
                    as_plan(place),
                    Shape.SMALL,
                    plot.chance(int(bits)),
                    town.growth,
                )
