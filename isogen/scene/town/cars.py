"""Cars, vans, trucks and buses in streets: parked along them, driving on wider ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from isogen.geo.camera import Floats
from isogen.mesh.builder import MeshBuilder
from isogen.mesh.solids import Frame
from isogen.mesh.vocabulary import Ground
from isogen.scene.flavors.schema import Habits, pick
from isogen.scene.town.lanes import Lane, lanes_of
from isogen.scene.town.lines import beside, directions_at, distances_along, places_along
from isogen.scene.town.near import Near, pairs_within
from isogen.scene.town.plot import Plot
from isogen.scene.town.props import as_plan
from isogen.scene.town.roads import WIDTH_M, Road
from isogen.scene.town.scatter import mix_all, shares_of
from isogen.scene.town.vehicles import (
    HALF_CAR_M,
    build_bus,
    build_car,
    build_taxi,
    build_truck,
    build_van,
)
from isogen.seeds import Stream

KEPT_FREE_M = 9.0
"""No car stands this near to the ends of a street."""

APART_M = 4.9
"""Of two cars whose middles are nearer than this, one is left out."""

CLEAR_M = 1.4
VAN_CHANCE = 0.09
TAXI_CHANCE = 0.05
BUS_CHANCE = 0.14
BUS_STOP_REACH_M = 14.0
TRUCK_CHANCE = 0.4
LONG_M = 6.5
"""What a bus or a truck needs before and behind its middle."""

LONG_APART_M = 9.0

QUIET_SHARE, BUSY_SHARE = 0.1, 0.3
"""Where houses cover less of the land than the first, streets are quiet; more than the second,
cars are parked wherever they may."""

LEAST_PARKED = 0.15
"""Share of the usual parked cars in a quiet street."""

CARRIAGEWAY = (Ground.ROAD, Ground.SETT)

_Build = Callable[[MeshBuilder, Frame, Stream], None]


@dataclass(frozen=True)
class _Spots:
    """Places where cars want to be."""

    middles: Floats
    along: Floats
    bits: NDArray[np.uint64]
    rises: Floats
    is_carried: NDArray[np.bool_]
    """Whether a place lies on a bridge, not on the ground."""

    drives: NDArray[np.bool_]
    has_buses: NDArray[np.bool_]

    def only(self, claims: NDArray[np.bool_]) -> "_Spots":
        """Return those for which the claim is true."""
        return _Spots(
            self.middles[claims], self.along[claims], self.bits[claims], self.rises[claims],
            self.is_carried[claims], self.drives[claims], self.has_buses[claims],
        )  # fmt: skip


def build_cars(plot: Plot) -> None:
    """Build the cars in the streets of a cell; those of higher rank keep others off."""
    stops = _bus_stops(plot)
    reach = max(WIDTH_M.values()) + LONG_APART_M
    on_left = plot.town.settings.flavor.habits.driving_side == "left"
    found = [
        _wanted(plot, road, number, lane, has_buses=bool(stops.within(road.line, BUS_STOP_REACH_M)))
        for road in plot.town.roads_near(plot.outline, reach)
        for number, lane in enumerate(lanes_of(road, on_left=on_left))
    ]
    spots = _joined([some for some in found if some is not None])
    if spots is None:
        return
    chosen = plot.mine(spots.middles) & _first(spots)
    spots = spots.only(chosen)
    long = [_long_builder(plot, spots, k) for k in range(len(spots.bits))]
    _park(plot, spots, long)


def _bus_stops(plot: Plot) -> Near:
    near = plot.town.nodes.within(plot.outline, 300.0)
    nodes = [plot.town.features.nodes[k] for k in near]
    return Near([n.geometry for n in nodes if n.tags.get("highway") == "bus_stop"])


def _wanted(plot: Plot, road: Road, number: int, lane: Lane, *, has_buses: bool) -> _Spots | None:
    """Return where cars want to be in one lane, in and around the cell."""
    out: list[_Spots] = []
    for part, line in enumerate(beside(road.line, lane.offset_m)):
        starts = np.arange(KEPT_FREE_M, line.length - KEPT_FREE_M, lane.step_m)
        if not len(starts):
            continue
        bits = mix_all(plot.town.settings.seed, road.id, number, part, np.arange(len(starts)))
        chosen = shares_of(bits) < lane.chance * plot.town.settings.traffic
        if not lane.drives and chosen.any():
            chosen[chosen] = _is_wanted(plot, places_along(line, starts[chosen]), bits[chosen])
        starts, bits = starts[chosen], bits[chosen]
        if not len(starts):
            continue
        along = directions_at(line, starts) * (-1 if lane.is_backwards else 1)
        middles = places_along(line, starts)
        rises = plot.town.lifts.rises(road.feature, distances_along(road.line, middles))
        claims = np.ones(len(starts), np.bool_)
        out.append(
            _Spots(
                middles, along, bits, rises, claims & road.is_bridge, claims & lane.drives,
                claims & has_buses,
            )
        )  # fmt: skip
    return _joined(out)


def _is_wanted(plot: Plot, places: Floats, bits: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Tell which places hold a parked car: most in a dense town, few among gardens."""
    built = plot.town.parcels.built_shares(places)
    share = np.clip((built - QUIET_SHARE) / (BUSY_SHARE - QUIET_SHARE), LEAST_PARKED, 1.0)
    return shares_of(mix_all(bits, 5)) < share


def _joined(parts: Sequence[_Spots]) -> _Spots | None:
    if not parts:
        return None
    fields = ("middles", "along", "bits", "rises", "is_carried", "drives", "has_buses")
    return _Spots(*(np.concatenate([getattr(some, field) for some in parts]) for field in fields))


def _first(spots: _Spots) -> NDArray[np.bool_]:
    """Tell which cars stay: those that no car of higher rank is too close to."""
    a, b = pairs_within(spots.middles, APART_M)
    level = np.abs(spots.rises[a] - spots.rises[b]) < 3
    beaten = (
        (a != b)
        & level
        & ((spots.bits[a] < spots.bits[b]) | ((spots.bits[a] == spots.bits[b]) & (a > b)))
    )
    stays = np.ones(len(spots.bits), np.bool_)
    stays[a[beaten & _overlap(spots, a, b)]] = False
    return stays


def _overlap(spots: _Spots, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell of pairs of cars whether they are not just side by side in two lanes."""
    away = spots.middles[b] - spots.middles[a]
    ahead = np.abs((away * spots.along[a]).sum(axis=1))
    beside_m = np.sqrt(np.maximum((away**2).sum(axis=1) - ahead**2, 0))
    aligned = np.abs((spots.along[a] * spots.along[b]).sum(axis=1)) > 0.95
    return ~aligned | (beside_m < 2.0)


def _long_builder(plot: Plot, spots: _Spots, k: int) -> _Build | None:
    """Return what is built instead of a car where something long drives."""
    chance = plot.chance(int(spots.bits[k]), 7)
    others = np.sqrt(((spots.middles - spots.middles[k]) ** 2).sum(axis=1)) < LONG_APART_M
    if not spots.drives[k] or others.sum() > 1:
        return None
    if spots.has_buses[k] and chance.chance(BUS_CHANCE):
        return _bus(plot.town.settings.flavor.habits)
    works = chance.chance(TRUCK_CHANCE) and _in_works(plot, shapely.Point(spots.middles[k]))
    return build_truck if works else None


def _in_works(plot: Plot, place: shapely.Point) -> bool:
    near = plot.town.areas.within(place, 40.0)
    uses = {plot.town.features.areas[k].tags.get("landuse") for k in near}
    return bool(uses & {"industrial", "port", "quarry", "construction"})


def _park(plot: Plot, spots: _Spots, long: Sequence[_Build | None]) -> None:
    fits = spots.is_carried | plot.town.are_clear(spots.middles, CLEAR_M)
    for end in (-HALF_CAR_M, 0.0, HALF_CAR_M):
        fits &= spots.is_carried | plot.lies_on(spots.middles + spots.along * end, CARRIAGEWAY)
    habits = plot.town.settings.flavor.habits
    for k in np.flatnonzero(fits).tolist():
        frame = Frame(as_plan(spots.middles[k]), as_plan(spots.along[k]))
        chance = plot.chance(int(spots.bits[k]))
        plot.builder.floor = float(spots.rises[k])
        build = long[k] if long[k] and _has_room(plot, spots, k) else _pick(chance, habits)
        (build or build_car)(plot.builder, frame, chance)
    plot.builder.floor = 0.0


def _pick(chance: Stream, habits: Habits) -> _Build:
    share = chance.random()
    if share < VAN_CHANCE:
        return build_van
    return _taxi(habits) if share < VAN_CHANCE + TAXI_CHANCE else build_car


def _taxi(habits: Habits) -> _Build:
    return lambda builder, frame, chance: build_taxi(builder, frame, pick(habits.taxis, chance))


def _bus(habits: Habits) -> _Build:
    return lambda builder, frame, chance: build_bus(builder, frame, pick(habits.buses, chance))


def _has_room(plot: Plot, spots: _Spots, k: int) -> bool:
    middle, along = spots.middles[k], spots.along[k] * LONG_M
    ends = np.stack([middle - along, middle + along])
    return bool(spots.is_carried[k] or plot.lies_on(ends, CARRIAGEWAY).all())


def park(
    plot: Plot,
    middles: Floats,
    along: Floats,
    bits: NDArray[np.uint64],
    *,
    grounds: tuple[Ground, ...],
) -> None:
    """Build the cars whose whole length stands on one of the grounds.

    Args:
        plot: Where they are built.
        middles: Plane points, shape (N, 2).
        along: Unit vectors toward their noses, shape (N, 2).
        bits: What decides about each, shape (N,).
        grounds: Ground classes that bear a car.
    """
    fits = plot.town.are_clear(middles, CLEAR_M)
    for end in (-HALF_CAR_M, 0.0, HALF_CAR_M):
        fits &= plot.lies_on(middles + along * end, grounds)
    for k in np.flatnonzero(fits).tolist():
        chance = plot.chance(int(bits[k]))
        frame = Frame(as_plan(middles[k]), as_plan(along[k]))
        _pick(chance, plot.town.settings.flavor.habits)(plot.builder, frame, chance)
