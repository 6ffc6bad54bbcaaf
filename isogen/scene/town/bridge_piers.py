"""Columns and walls that carry a deck, where nothing passes below."""

import numpy as np
from shapely import LineString

from isogen.mesh.solids import Frame, Plan, Span, box
from isogen.scene.town.bridge_groups import Bridge
from isogen.scene.town.bridge_heights import Profile
from isogen.scene.town.bridge_looks import DEPTH_RISES, BridgeLook
from isogen.scene.town.carriers import half_m, is_bridge, kind_of
from isogen.scene.town.context import WATER_RISES, Town
from isogen.scene.town.lines import directions_at, places_along
from isogen.scene.town.plot import Plot
from isogen.scene.town.props import as_plan

SPACING_M = 22.0
LEAST_RISES = 2.5
"""Lower decks need no piers."""

HALF_M = 0.7
WALL_UNTIL_M = 7.0
"""Wider decks stand on two columns, or on a wall in water."""

SHIFTS_M = (0.0, 3.5, -3.5, 7.0, -7.0)
"""Where else a pier may stand when something is in its way."""

CLEAR_M = 1.2


def foot_of(town: Town, place: Plan) -> float:
    """Return the height, in rises, of the ground or water at a place."""
    ground = float(town.hills.under(np.array([place]))[0]) if town.hills else 0.0
    return ground + (WATER_RISES if stands_in_water(town, place) else 0)


def stands_in_water(town: Town, place: Plan) -> bool:
    """Tell whether what stands at a place has its foot in water."""
    return bool(town.water_by_place.touched(np.array([place]), 0)[0])


def build_piers(plot: Plot, bridge: Bridge, profile: Profile, look: BridgeLook) -> None:
    """Build the piers of a bridge that stand in the cell."""
    length = bridge.axis.length
    count = max(round(length / SPACING_M), 1)
    for k in range(1, count):
        at_m = _free(plot, bridge, length * k / count)
        if at_m is None:
            continue
        place = as_plan(places_along(bridge.axis, np.array([at_m]))[0])
        top = float(profile.at(np.array([at_m]))[0]) - DEPTH_RISES
        foot = foot_of(plot.town, place)
        if top - foot >= LEAST_RISES - DEPTH_RISES and plot.town.in_cell(place, plot.key):
            along = as_plan(directions_at(bridge.axis, np.array([at_m]))[0])
            _build_pier(plot, bridge, Frame(place, along), (foot, top), look)


def _build_pier(
    plot: Plot, bridge: Bridge, frame: Frame, heights: tuple[float, float], look: BridgeLook
) -> None:
    inset = 0.8
    low, high = -bridge.right_m + inset, bridge.left_m - inset
    obj = plot.builder.new_object()
    if stands_in_water(plot.town, frame.at(0, 0)) or high - low < WALL_UNTIL_M:
        box(
            plot.builder,
            frame,
            Span(-HALF_M, HALF_M, low, high, *heights),
            look.pier,
            None,
            obj=obj,
        )
        return
    for b in (low, high - 2 * HALF_M):
        column = Span(-HALF_M, HALF_M, b, b + 2 * HALF_M, *heights)
        box(plot.builder, frame, column, look.pier, None, obj=obj)


def _free(plot: Plot, bridge: Bridge, at_m: float) -> float | None:
    """Return the nearest place along a bridge where a pier stands in nobody's way."""
    for shift in SHIFTS_M:
        ends = [
            bridge.across(np.array([at_m + shift]), b)[0] for b in (-bridge.right_m, bridge.left_m)
        ]
        pier = LineString(ends)
        near = [plot.town.features.ways[k] for k in plot.town.ways.within(pier, 12.0)]
        below = [way for way in near if kind_of(way) and not is_bridge(way)]
        if all(pier.distance(w.geometry) > half_m(w) + CLEAR_M for w in below):
            return at_m + shift
    return None
