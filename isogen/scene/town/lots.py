"""Cars in parking lots and in the paved yards behind houses."""

import numpy as np
import shapely
from shapely import Point, Polygon

from isogen.geo.camera import Floats
from isogen.mesh.vocabulary import Ground
from isogen.scene.osm.features import Feature
from isogen.scene.town.cars import park
from isogen.scene.town.plot import Plot
from isogen.scene.town.scatter import mix_all, shares_of, strew

LOT_PITCH_M = 2.7
LOT_ROW_M = 5.6
LOT_AISLE_M = 6.0
LOT_CHANCE = 0.66
LOT_INSET_M = 2.4

YARD_SPACING_M = 8.0
YARD_CHANCE = 0.13
YARD_REACH_M = 11.0
"""Cars in a yard stand this near to a house, and side by side with it or nose to it."""

_YARDS = 61


def build_lots(plot: Plot) -> None:
    """Build the cars in the lots and yards of a cell."""
    for area in plot.areas():
        if area.tags.get("amenity") == "parking":
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
    _, along = _longest_side(house.geometry)
    return along if bits & 1 else np.array([-along[1], along[0]])


def _fill_lot(plot: Plot, area: Feature[Polygon]) -> None:
    """Park cars in rows along the lot's longest side."""
    inner = area.geometry.buffer(-LOT_INSET_M)
    if inner.is_empty:
        return
    origin, along = _longest_side(area.geometry)
    aside = np.array([-along[1], along[0]])
    spots = _bays(area.geometry, origin, along)
    bits = mix_all(plot.town.settings.seed, area.id, np.arange(len(spots)))
    wanted = LOT_CHANCE * plot.town.settings.traffic
    chosen = shares_of(bits) < wanted
    chosen &= shapely.contains_xy(inner, spots[:, 0], spots[:, 1]) & plot.mine(spots)
    noses = np.tile(aside, (int(chosen.sum()), 1))
    park(plot, spots[chosen], noses, bits[chosen])


def _longest_side(lot: Polygon) -> tuple[Floats, Floats]:
    """Return where the longest side of a lot begins and where it leads."""
    ring = shapely.get_coordinates(lot.exterior)
    sides = np.diff(ring, axis=0)
    lengths = np.sqrt((sides**2).sum(axis=1))
    k = int(lengths.round(3).argmax())
    return ring[k], sides[k] / lengths[k]


def _bays(lot: Polygon, origin: Floats, along: Floats) -> Floats:
    """Return the middles of all bays of a grid over a lot, shape (N, 2)."""
    aside = np.array([-along[1], along[0]])
    ring = shapely.get_coordinates(lot.exterior) - origin
    length, depth = ring @ along, ring @ aside
    columns = np.arange(length.min() + LOT_PITCH_M, length.max(), LOT_PITCH_M)
    pair = 2 * LOT_ROW_M + LOT_AISLE_M
    firsts = np.arange(depth.min() + LOT_ROW_M / 2, depth.max(), pair)
    rows = np.sort(np.concatenate([firsts, firsts + LOT_ROW_M + LOT_AISLE_M]))
    a, b = np.tile(columns, len(rows)), np.repeat(rows, len(columns))
    return origin + a[:, None] * along + b[:, None] * aside
