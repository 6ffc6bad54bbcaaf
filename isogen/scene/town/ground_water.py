"""Water on the ground map: the sea, its shallows and its foam, lakes and basins."""

from shapely import Polygon

from isogen.mesh.vocabulary import Ground
from isogen.scene.osm.features import Feature
from isogen.scene.town.brush import ANY, LUSH, WET, Brush, over
from isogen.scene.town.context import Town, is_open_water
from isogen.scene.town.waterways import OPEN_FROM_M, is_stream, width_of

SHALLOW_M = 5.0
SHELF_M = 16.0
FOAM_M = 0.9
BANK_M = 0.9
DEEP_M = 0.7
"""A stream is deep farther than this from its banks."""

RIM_M = 0.7
"""Width of the stone rim around a basin."""

BASINS = frozenset({"basin", "pond", "reservoir"})


_LOW = LUSH | over(Ground.YARD, Ground.HEDGE, Ground.FLOWERS, Ground.SAND, Ground.DIRT)


def paint_open(brush: Brush, town: Town) -> None:
    """Paint sea, lakes and rivers with lighter water along their shores."""
    for index in town.water_by_place.within(brush.outline, 0):
        brush.fill(town.water[index], Ground.WATER)
    near = town.shores_by_place.within(brush.outline, SHELF_M)
    shores = [town.rim.shores[i] for i in near]
    for shore in shores:
        brush.fill(shore.buffer(SHELF_M), Ground.SHELF, over(Ground.WATER))
    for shore in shores:
        brush.fill(shore.buffer(SHALLOW_M), Ground.SHALLOW, over(Ground.WATER, Ground.SHELF))
    for shore in shores:
        brush.fill(shore.buffer(FOAM_M), Ground.FOAM, WET)


def paint_streams(brush: Brush, town: Town) -> None:
    """Paint streams between banks of reeds, and ditches, where they run through green."""
    near = [town.features.ways[k] for k in town.ways.within(brush.outline, OPEN_FROM_M)]
    streams = [way for way in near if is_stream(way)]
    for way in streams:
        brush.fill(way.geometry.buffer(width_of(way) / 2 + BANK_M), Ground.MARSH, _LOW)
    for way in streams:
        half = width_of(way) / 2
        brush.fill(way.geometry.buffer(half), Ground.SHALLOW, _LOW)
        brush.fill(way.geometry.buffer(half - DEEP_M), Ground.SHELF, over(Ground.SHALLOW))


def paint_decks(brush: Brush, town: Town) -> None:
    """Paint bridges and piers over the water."""
    for index in town.decks_by_place.within(brush.outline, 0):
        brush.fill(town.decks[index].outline, town.decks[index].ground, ANY)


def paint_basins(brush: Brush, town: Town) -> None:
    """Paint ponds, fountains and pools inside their rims."""
    for area in _areas(brush, town):
        if is_basin(area):
            brush.fill(area.geometry.buffer(RIM_M), Ground.CURB)
            brush.fill(area.geometry, Ground.SHELF)
        elif area.tags.get("leisure") == "swimming_pool":
            brush.fill(area.geometry.buffer(RIM_M), Ground.CURB)
            brush.fill(area.geometry, Ground.POOL)


def is_basin(area: Feature[Polygon]) -> bool:
    """Tell whether an area is water too small for a shore of its own."""
    tags = area.tags
    wet = (
        tags.get("natural") == "water"
        or tags.get("landuse") in BASINS
        or tags.get("amenity") == "fountain"
    )
    return wet and not is_open_water(area)


def _areas(brush: Brush, town: Town) -> list[Feature[Polygon]]:
    return [town.features.areas[i] for i in town.areas.within(brush.outline, RIM_M)]
