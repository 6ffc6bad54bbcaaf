"""Cars, vans and buses in streets: parked along them, driving on wider ones."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isogen.geo.camera import Floats
from isogen.mesh.solids import Frame
from isogen.mesh.vocabulary import Ground
from isogen.scene.town.lines import beside, directions_at, places_along
from isogen.scene.town.plot import Plot
from isogen.scene.town.props import as_plan
from isogen.scene.town.roads import ARTERIES, STREETS, WIDTH_M, Road
from isogen.scene.town.scatter import mix_all, shares_of
from isogen.scene.town.vehicles import HALF_CAR_M, build_bus, build_car, build_van

PARKED_STEP_M = 5.8
PARKED_CHANCE = 0.5
PARKED_INSET_M = 1.2
DRIVING_STEP_M = 16.0
DRIVING_CHANCE = 0.22
KEPT_FREE_M = 9.0
"""No car stands this near to the ends of a street."""

CLEAR_M = 2.0
VAN_CHANCE = 0.08
BUS_CHANCE = 0.05
BUS_SPACE_M = 6.5

CARRIAGEWAY = (Ground.ROAD, Ground.SETT, Ground.PARKING)


@dataclass(frozen=True)
class _Lane:
    """Where along a road cars may be."""

    offset_m: float
    step_m: float
    chance: float
    drives: bool


def build_cars(plot: Plot) -> None:
    """Build the cars in the streets of a cell."""
    for road in plot.town.roads_near(plot.outline, max(WIDTH_M.values())):
        for number, lane in enumerate(_lanes(road)):
            _fill_lane(plot, road, number, lane)


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
        chosen = shares_of(bits) < wanted
        middles = places_along(line, starts)
        chosen &= plot.mine(middles)
        along = directions_at(line, starts)
        backwards = lane.offset_m > 0 and not road.is_one_way
        along = -along if backwards else along
        park(plot, middles[chosen], along[chosen], bits[chosen], drives=lane.drives)


def park(
    plot: Plot,
    middles: Floats,
    along: Floats,
    bits: NDArray[np.uint64],
    *,
    grounds: tuple[Ground, ...] = CARRIAGEWAY,
    drives: bool = False,
) -> None:
    """Build the cars whose whole length stands on one of the grounds.

    Args:
        plot: Where they are built.
        middles: Plane points, shape (N, 2).
        along: Unit vectors toward their noses, shape (N, 2).
        bits: What decides about each, shape (N,).
        grounds: Ground classes that bear a car.
        drives: Whether there may be buses among them.
    """
    fits = plot.town.are_clear(middles, CLEAR_M)
    for end in (-HALF_CAR_M, 0.0, HALF_CAR_M):
        fits &= plot.lies_on(middles + along * end, grounds)
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
    return bool(plot.lies_on(ends, CARRIAGEWAY).all())
