"""Cars, vans and buses: parked along streets and in lots, driving on wider roads."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from isogen.geo.camera import Floats
from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.solids import Frame, Span
from isogen.mesh.vocabulary import Ground, Material, WallStyle
from isogen.scene.osm.features import Feature
from isogen.scene.town.lines import beside, directions_at, places_along
from isogen.scene.town.plot import Plot
from isogen.scene.town.props import as_plan, block
from isogen.scene.town.roads import ARTERIES, STREETS, WIDTH_M, Road
from isogen.scene.town.scatter import mix_all
from isogen.seeds import Stream

PARKED_STEP_M = 5.8
PARKED_CHANCE = 0.5
PARKED_INSET_M = 1.2
DRIVING_STEP_M = 16.0
DRIVING_CHANCE = 0.22
KEPT_FREE_M = 9.0
"""No car stands this near to the ends of a street."""

HALF_CAR_M = 2.15
HALF_WIDTH_M = 0.95
CLEAR_M = 2.0
VAN_CHANCE = 0.08
BUS_CHANCE = 0.05
BUS_SPACE_M = 6.5

LOT_PITCH_M = 2.7
LOT_ROW_M = 5.6
LOT_AISLE_M = 6.0
LOT_CHANCE = 0.66
LOT_INSET_M = 2.4

COLORS = (
    Material.WHITE,
    Material.DARK,
    Material.GREY,
    Material.TIN,
    Material.RED,
    Material.SLATE,
    Material.DARK,
    Material.GLASS,
    Material.SAND,
    Material.WHITE,
)
BUS_COLORS = (Material.GLASS, Material.RED, Material.WHITE, Material.TEAL)
_CARRIAGEWAY = (Ground.ROAD, Ground.SETT, Ground.PARKING)
_WINDOWS = Look(Material.DARK, WallStyle.CAR_CABIN)


@dataclass(frozen=True)
class _Lane:
    """Where along a road cars may be."""

    offset_m: float
    step_m: float
    chance: float
    drives: bool


def build_cars(plot: Plot) -> None:
    """Build the cars of a cell."""
    for road in plot.town.roads_near(plot.outline, max(WIDTH_M.values())):
        for number, lane in enumerate(_lanes(road)):
            _fill_lane(plot, road, number, lane)
    for area in plot.areas():
        if area.tags.get("amenity") == "parking":
            _fill_lot(plot, area)


def _lanes(road: Road) -> list[_Lane]:
    if road.kind in STREETS:
        offset = road.width_m / 2 - PARKED_INSET_M
        parked = (PARKED_STEP_M, PARKED_CHANCE, False)
        return [_Lane(offset, *parked), _Lane(-offset, *parked)]
    if road.kind in ARTERIES or road.kind == "tertiary":
        offset = road.width_m / 4
        driving = (DRIVING_STEP_M, DRIVING_CHANCE, True)
        return [_Lane(offset, *driving), _Lane(-offset, *driving)]
    return []


def _fill_lane(plot: Plot, road: Road, number: int, lane: _Lane) -> None:
    for part, line in enumerate(beside(road.line, lane.offset_m)):
        starts = np.arange(KEPT_FREE_M, line.length - KEPT_FREE_M, lane.step_m)
        if not len(starts):
            continue
        bits = mix_all(plot.town.settings.seed, road.id, number, part, np.arange(len(starts)))
        wanted = lane.chance * plot.town.settings.traffic
        chosen = (bits >> np.uint64(11)).astype(np.float64) * 2.0**-53 < wanted
        middles = places_along(line, starts)
        chosen &= plot.mine(middles)
        along = directions_at(line, starts)
        backwards = lane.offset_m > 0 and not road.is_one_way
        along = -along if backwards else along
        _park(plot, middles[chosen], along[chosen], bits[chosen], drives=lane.drives)


def _park(
    plot: Plot, middles: Floats, along: Floats, bits: NDArray[np.uint64], *, drives: bool
) -> None:
    """Build the cars that stand on a carriageway from end to end."""
    fits = plot.town.are_clear(middles, CLEAR_M)
    for end in (-HALF_CAR_M, 0.0, HALF_CAR_M):
        fits &= plot.lies_on(middles + along * end, _CARRIAGEWAY)
    for k in np.flatnonzero(fits):
        frame = Frame(as_plan(middles[k]), as_plan(along[k]))
        chance = plot.chance(int(bits[k]))
        if drives and chance.chance(BUS_CHANCE) and _has_room(plot, middles[k], along[k]):
            build_bus(plot.builder, frame, chance)
        elif chance.chance(VAN_CHANCE):
            build_van(plot.builder, frame, chance)
        else:
            build_car(plot.builder, frame, chance)


def _has_room(plot: Plot, middle: Floats, along: Floats) -> bool:
    ends = np.stack([middle - along * BUS_SPACE_M, middle + along * BUS_SPACE_M])
    return bool(plot.lies_on(ends, _CARRIAGEWAY).all())


def build_car(builder: MeshBuilder, frame: Frame, chance: Stream) -> None:
    """Add a car whose middle is the frame's."""
    paint = chance.pick(COLORS)
    obj = builder.new_object()
    body = Look(paint, WallStyle.CAR_BODY)
    roof = Look(paint)
    hull = Span(-HALF_CAR_M, HALF_CAR_M, -HALF_WIDTH_M, HALF_WIDTH_M, 0, 1.6)
    block(builder, frame, hull, body, roof, obj)
    block(builder, frame, Span(-1.3, 1.1, -0.85, 0.85, 1.6, 2.8), _WINDOWS, roof, obj)


def build_van(builder: MeshBuilder, frame: Frame, chance: Stream) -> None:
    """Add a delivery van whose middle is the frame's."""
    paint = chance.pick((Material.WHITE, Material.WHITE, Material.TAN, Material.YELLOW))
    obj = builder.new_object()
    body = Look(paint, WallStyle.CAR_BODY)
    roof = Look(paint)
    block(builder, frame, Span(-2.6, 1.6, -1.0, 1.0, 0, 3.4), body, roof, obj)
    block(builder, frame, Span(1.6, 2.5, -1.0, 1.0, 0, 1.6), body, roof, obj)
    block(builder, frame, Span(1.6, 2.2, -0.9, 0.9, 1.6, 3.0), _WINDOWS, roof, obj)


def build_bus(builder: MeshBuilder, frame: Frame, chance: Stream) -> None:
    """Add a city bus whose middle is the frame's."""
    paint = chance.pick(BUS_COLORS)
    obj = builder.new_object()
    sides = Look(paint, WallStyle.VEHICLE)
    block(builder, frame, Span(-6.0, 6.0, -1.3, 1.3, 0, 4), sides, Look(Material.WHITE), obj)
    builder.cast(4, [[frame.at(a, b) for a, b in ((-6, -1.3), (6, -1.3), (6, 1.3), (-6, 1.3))]])


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
    chosen = (bits >> np.uint64(11)).astype(np.float64) * 2.0**-53 < wanted
    chosen &= shapely.contains_xy(inner, spots[:, 0], spots[:, 1]) & plot.mine(spots)
    noses = np.tile(aside, (int(chosen.sum()), 1))
    _park(plot, spots[chosen], noses, bits[chosen], drives=False)


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
