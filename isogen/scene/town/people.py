"""People on squares, in pedestrian streets, on park paths and sidewalks."""

import numpy as np
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from isogen.geo.camera import Floats
from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.solids import Plan
from isogen.mesh.vocabulary import Ground, Material
from isogen.scene.town.plot import Plot
from isogen.scene.town.props import as_plan, upright
from isogen.scene.town.scatter import strew
from isogen.seeds import Stream

SPACING_M = 5.2
CLEAR_M = 0.6
WIDTH_M = 0.85
GROUP_M = 1.15
"""Distance of people who stand together."""

LARGEST = 4
ON_SQUARES = 0.3
ON_PATHS = 0.04
ON_SIDEWALKS = 0.045
AT_PLAY = 0.2
IN_PARKS = 0.012

CROWD_M = 31.0
"""Length of the waves in which squares are full and empty."""

CLOTHES = (
    Material.RED,
    Material.GLASS,
    Material.WHITE,
    Material.DARK,
    Material.YELLOW,
    Material.TEAL,
    Material.BROWN,
)
_HEAD = Look(Material.SAND)
_PEOPLE = 21
_STONE = (Ground.SETT, Ground.GRANITE, Ground.PAVE, Ground.FANS, Ground.PLAZA, Ground.BRICK)
_PATHS = (Ground.GRAVEL_PATH, Ground.PATH)
_PLAY = (Ground.RUBBER, Ground.COURT)
_LAWNS = (Ground.GRASS, Ground.MOWN)


def build_people(plot: Plot) -> None:
    """Build the people of a cell: alone, in pairs, in groups; squares are full in places."""
    town = plot.town
    strewn = strew(plot.outline, SPACING_M, (town.settings.seed, _PEOPLE))
    strewn = strewn.only(plot.mine(strewn.places))
    strewn = strewn.only(plot.lies_on(strewn.places, (*_STONE, *_PATHS, *_PLAY, *_LAWNS)))
    strewn = strewn.only(strewn.shares() < _share(plot, strewn.places) * town.settings.people)
    strewn = strewn.only(plot.are_open(strewn.places, CLEAR_M))
    for place, bits in zip(strewn.places, strewn.bits.tolist(), strict=True):
        _build_group(plot, as_plan(place), plot.chance(bits))


def _share(plot: Plot, places: Floats) -> Floats:
    """Return how likely somebody is at each place."""
    share = np.where(plot.lies_on(places, _PATHS), ON_PATHS, 0.0)
    share[plot.lies_on(places, (Ground.PAVE,))] = ON_SIDEWALKS
    share[plot.lies_on(places, _PLAY)] = AT_PLAY
    stone = plot.lies_on(places, _STONE)
    points = shapely.points(places)
    e, n = places[:, 0] / CROWD_M, places[:, 1] / CROWD_M
    # Rounded, so that no libm decides.
    crowd = np.round(np.sin(e * 6 + 1) + np.sin(n * 7 + e * 3), 9)
    full = np.where(crowd > 0.2, 1.0, 0.25) * ON_SQUARES
    for square in _squares(plot):
        shapely.prepare(square)
        here = shapely.contains(square, points) & stone
        share[here] = full[here]
    for park in _parks(plot):
        shapely.prepare(park)
        share[shapely.contains(park, points) & plot.lies_on(places, _LAWNS)] = IN_PARKS
    return share


def _parks(plot: Plot) -> list[Polygon]:
    return [a.geometry for a in plot.areas() if a.tags.get("leisure") in {"park", "pitch"}]


def _build_group(plot: Plot, place: Plan, chance: Stream) -> None:
    """Add somebody, sometimes with others around."""
    count = min(1 + chance.below(LARGEST) * chance.below(2), LARGEST)
    for k in range(count):
        at = place if k == 0 else (
            place[0] + chance.uniform(-GROUP_M, GROUP_M),
            place[1] + GROUP_M * (k - 1.5),
        )  # fmt: skip
        if k == 0 or plot.town.is_clear(at, CLEAR_M):
            build_person(plot.builder, at, chance)


def _squares(plot: Plot) -> list[BaseGeometry]:
    """Return squares and pedestrian streets near the cell."""
    squares: list[BaseGeometry] = [
        area.geometry
        for area in plot.areas()
        if area.tags.get("place") == "square"
        or area.tags.get("highway") == "pedestrian"
        or area.tags.get("amenity") == "marketplace"
    ]
    roads = plot.town.roads_near(plot.outline, 0)
    return squares + [road.surface() for road in roads if road.kind == "pedestrian"]


def build_person(builder: MeshBuilder, place: Plan, chance: Stream) -> None:
    """Add somebody who stands at a place."""
    obj = builder.new_object()
    upright(builder, place, WIDTH_M, (0, 2), Look(chance.pick(CLOTHES)), obj)
    upright(builder, place, WIDTH_M, (2, 3), _HEAD, obj)
