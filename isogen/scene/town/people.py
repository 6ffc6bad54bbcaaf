"""People on squares, in pedestrian streets, on park paths and sidewalks."""

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.solids import Plan
from isogen.mesh.vocabulary import Ground, Material
from isogen.scene.town.plot import Plot
from isogen.scene.town.props import as_plan, upright
from isogen.scene.town.scatter import strew
from isogen.seeds import Stream

SPACING_M = 6.5
CLEAR_M = 0.6
WIDTH_M = 0.85
ON_SQUARES = 0.42
ON_PATHS = 0.05
ON_SIDEWALKS = 0.05

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
_STONE = (Ground.SETT, Ground.GRANITE, Ground.PAVE)
_PATHS = (Ground.GRAVEL_PATH, Ground.PATH)


def build_people(plot: Plot) -> None:
    """Build the people of a cell."""
    town = plot.town
    strewn = strew(plot.outline, SPACING_M, (town.settings.seed, _PEOPLE))
    strewn = strewn.only(plot.mine(strewn.places))
    strewn = strewn.only(plot.lies_on(strewn.places, (*_STONE, *_PATHS)))
    share = np.where(plot.lies_on(strewn.places, _PATHS), ON_PATHS, 0.0)
    share[plot.lies_on(strewn.places, (Ground.PAVE,))] = ON_SIDEWALKS
    stone = plot.lies_on(strewn.places, _STONE)
    places = shapely.points(strewn.places)
    for square in _squares(plot):
        shapely.prepare(square)
        share[shapely.contains(square, places) & stone] = ON_SQUARES
    strewn = strewn.only(strewn.shares() < share * town.settings.people)
    strewn = strewn.only(town.are_clear(strewn.places, CLEAR_M))
    for place, bits in zip(strewn.places, strewn.bits, strict=True):
        build_person(plot.builder, as_plan(place), plot.chance(int(bits)))


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
