"""Cars in parking lots and in the paved yards behind houses."""

import numpy as np
from shapely import Point, Polygon

from isogen.geo.camera import Floats
from isogen.mesh.vocabulary import Ground
from isogen.scene.osm.features import Feature
from isogen.scene.town.bays import is_lot
from isogen.scene.town.cars import park
from isogen.scene.town.frames import longest_side
from isogen.scene.town.plot import Plot
from isogen.scene.town.scatter import mix_all, shares_of, strew

LOT_CHANCE = 0.6

YARD_SPACING_M = 11.0
"""Cars in yards stand no nearer than half of this, so that none touch."""

YARD_CHANCE = 0.2
YARD_REACH_M = 11.0
"""Cars in a yard stand this near to a house, and side by side with it or nose to it."""

_YARDS = 61


def build_lots(plot: Plot) -> None:
    """Build the cars in the lots and yards of a cell."""
    for area in plot.areas():
        if is_lot(area.tags):
            _fill_lot(plot, area)
    _fill_yards(plot)


def _fill_yards(plot: Plot) -> None:
    strewn = strew(plot.outline, YARD_SPACING_M, (plot.town.settings.seed, _YARDS))
    strewn = strewn.only(strewn.shares() < YARD_CHANCE * plot.town.settings.traffic)
    strewn = strewn.only(plot.mine(strewn.places))
    strewn = strewn.only(plot.lies_on(strewn.places, (Ground.YARD,)))
    strewn = strewn.only(plot.town.are_clear(strewn.places, 0))
    noses = [
        _nose(plot, Point(e, n), int(b))
        for (e, n), b in zip(strewn.places.tolist(), strewn.bits.tolist(), strict=True)
    ]
    found = np.array([nose is not None for nose in noses], np.bool_)
    strewn = strewn.only(found)
    along = np.array([nose for nose in noses if nose is not None]).reshape(-1, 2)
    park(plot, strewn.places, along, strewn.bits, grounds=(Ground.YARD,))


def _nose(plot: Plot, place: Point, bits: int) -> Floats | None:
    """Return the direction of a car that lines up with the nearest house."""
    houses = [
        plot.town.features.buildings[i] for i in plot.town.buildings_near(place, YARD_REACH_M)
    ]
    if not houses:
        return None
    house = min(houses, key=lambda h: (round(h.geometry.distance(place), 3), h.id))
    along = np.array(longest_side(house.geometry).along)
    return along if bits & 1 else np.array([-along[1], along[0]])


def _fill_lot(plot: Plot, area: Feature[Polygon]) -> None:
    """Park cars in the bays of a lot."""
    bays = plot.town.lots.of(area)
    spots = bays.middles
    bits = mix_all(plot.town.settings.seed, area.id, np.arange(len(spots)))
    chosen = shares_of(bits) < LOT_CHANCE * plot.town.settings.traffic
    chosen &= plot.mine(spots)
    noses = np.tile(bays.nose, (int(chosen.sum()), 1))
    park(plot, spots[chosen], noses, bits[chosen], grounds=(Ground.PARKING,))
