"""Yards on the ground map: gardens, lawns, courts, works, by what the house is."""

from collections.abc import Callable, Mapping

import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from isogen.mesh.vocabulary import Ground
from isogen.scene.town.brush import CROPS, GREEN, Brush, over
from isogen.scene.town.context import Town
from isogen.scene.town.ground_gardens import paint_garden
from isogen.scene.town.parcels import Parcel
from isogen.scene.town.yards import Yard
from isogen.seeds import Stream

UNTOLD = over(
    Ground.GRASS, Ground.MEADOW, Ground.FOREST, Ground.HEATH, Ground.YARD, Ground.LOT, *CROPS
)
"""What a yard takes the place of: nothing that is mapped around the house alone."""

FOOT_M = 1.7
"""Paved strip around a block of flats."""

COURT_M = 3.6
"""Stone between a house and the planted middle of its court."""

COURT_FROM_M2 = 45.0
FARM_M = 9.0

_COURTS = (
    Ground.GRASS,
    Ground.GRASS,
    Ground.GRASS,
    Ground.MOWN,
    Ground.YARD,
    Ground.YARD,
    Ground.BRICK,
    Ground.SAND,
)
_STONES = (Ground.PAVE, Ground.YARD, Ground.YARD, Ground.SETT, Ground.FANS)

_LAWN = over(*GREEN)
_YARDS = 1
_HOLES = 2


def paint(brush: Brush, town: Town) -> None:
    """Paint the land around the houses where nothing else is mapped."""
    for _, parcel in town.parcels.near(brush.outline):
        _PAINTERS[parcel.yard](brush, parcel, yard_chance(town.settings.seed, parcel))


def yard_chance(seed: int, parcel: Parcel) -> Stream:
    """Return the stream that lays out a yard, at its beginning."""
    return Stream(seed, parcel.house.id, _YARDS)


def paint_inner(brush: Brush, town: Town) -> None:
    """Paint the courtyards that houses enclose, whatever was mapped in them."""
    for index in town.buildings_near(brush.outline, 0):
        house = town.features.buildings[index]
        chance = Stream(town.settings.seed, house.id, _HOLES)
        for hole in house.geometry.interiors:
            _court(brush, Polygon(hole), Polygon(hole).buffer(-COURT_M), chance)


def _lawn(brush: Brush, parcel: Parcel, chance: Stream) -> None:
    brush.fill(parcel.outline, chance.pick((Ground.GRASS, Ground.GRASS, Ground.MOWN)), UNTOLD)
    brush.fill(parcel.house.geometry.buffer(FOOT_M, join_style="mitre"), Ground.PAVE, _LAWN)


def _paved(brush: Brush, parcel: Parcel, chance: Stream) -> None:
    brush.fill(parcel.outline, chance.pick(_STONES), UNTOLD)


def _shared(brush: Brush, parcel: Parcel, chance: Stream) -> None:
    free: BaseGeometry = parcel.outline.buffer(-0.8)
    around = parcel.house.geometry.buffer(COURT_M)
    ends = [[edge.start, edge.end] for edge in parcel.edges if edge.neighbor < 0]
    near = shapely.MultiLineString(ends).buffer(COURT_M * 2)
    _court(brush, parcel.outline, free.difference(around).difference(near), chance)


def _court(brush: Brush, whole: Polygon, middle: BaseGeometry, chance: Stream) -> None:
    brush.fill(whole, Ground.YARD, UNTOLD)
    ground = chance.pick(_COURTS)
    if middle.area > COURT_FROM_M2:
        brush.fill(middle, ground, over(Ground.YARD))


def _works(brush: Brush, parcel: Parcel, chance: Stream) -> None:
    del chance
    brush.fill(parcel.outline, Ground.LOT, UNTOLD)


def _farm(brush: Brush, parcel: Parcel, chance: Stream) -> None:
    del chance
    around = parcel.house.geometry.buffer(FARM_M).intersection(parcel.outline)
    brush.fill(around, Ground.DIRT, UNTOLD)


def _garden(brush: Brush, parcel: Parcel, chance: Stream) -> None:
    paint_garden(brush, parcel, UNTOLD, chance)


_PAINTERS: Mapping[Yard, Callable[[Brush, Parcel, Stream], None]] = {
    Yard.GARDEN: _garden,
    Yard.LAWN: _lawn,
    Yard.PAVED: _paved,
    Yard.COURT: _shared,
    Yard.WORKS: _works,
    Yard.FARM: _farm,
}
