"""Bridges and ramps as they stand: decks, what runs on them, parapets, supports."""

import itertools

import numpy as np
import shapely

from isogen.mesh.builder import Look
from isogen.mesh.vocabulary import Ground, Kind, Material, WallStyle
from isogen.scene.town.bridge_arches import build_arches
from isogen.scene.town.bridge_groups import LEDGE_M, SIDE_M, Bridge
from isogen.scene.town.bridge_heights import Profile
from isogen.scene.town.bridge_looks import DEPTH_RISES, BridgeLook, look_of
from isogen.scene.town.bridge_piers import build_piers
from isogen.scene.town.bridge_towers import build_superstructure
from isogen.scene.town.carriers import Way, half_m, kind_of
from isogen.scene.town.laid import Course, course_of, fence, laid, lay, part_of, runs_of
from isogen.scene.town.lines import distances_along
from isogen.scene.town.plot import Plot
from isogen.scene.town.ways_laid import lay_way

FAR_M = 20.0
PARAPET_RISES = 1.4
FOOT_RISES = -0.4
"""Walls of ramps reach this far into the ground."""

_RAMP = Look(Material.GRANITE, WallStyle.ASHLAR, seed=3)


def build_bridges(plot: Plot) -> None:
    """Build the pieces of bridges and ramps that lie in a cell."""
    lifts = plot.town.lifts
    for index in lifts.ramps_by_place.within(plot.outline, FAR_M):
        _build_ramp(plot, *lifts.ramps[index])
    for index in lifts.bridges_by_place.within(plot.outline, FAR_M):
        bridge, profile = lifts.bridges[index]
        plot.builder.source = bridge.id
        _build_bridge(plot, bridge, profile)
    plot.builder.source = 0


def _mine(plot: Plot, course: Course) -> list[Course]:
    """Return the stretches of a course whose middles lie in the cell."""
    return [part_of(course, run) for run in runs_of(plot.mine(course.between()))]


def _build_bridge(plot: Plot, bridge: Bridge, profile: Profile) -> None:
    look = look_of(bridge)
    plot.builder.footing = 0.0
    whole = course_of(bridge.axis, profile.at_m, profile.rises)
    obj = plot.builder.new_object()
    for course in _mine(plot, whole):
        _build_deck(plot, bridge, course, look, obj)
    for way in bridge.ways:
        _lay_carried(plot, way, whole, obj)
    if look.is_arched:
        build_arches(plot, bridge, profile, look, obj)
    else:
        build_piers(plot, bridge, profile, look)
    build_superstructure(plot, bridge, profile, look)


def _build_deck(plot: Plot, bridge: Bridge, course: Course, look: BridgeLook, obj: int) -> None:
    right, left = course.edge(-bridge.right_m), course.edge(bridge.left_m)
    lay(plot.builder, right, left, laid(look.deck), obj)
    depth = look.fascia
    fence(plot.builder, right, (-DEPTH_RISES, 0), depth, obj)
    fence(plot.builder, left[::-1], (-DEPTH_RISES, 0), depth, obj)
    for edge in (right, left, right[::-1], left[::-1]):
        fence(plot.builder, edge, (0, PARAPET_RISES), look.parapet, obj)
    for k in range(len(right) - 1):
        ring = [right[k][:2], right[k + 1][:2], left[k + 1][:2], left[k][:2]]
        plot.builder.cast(float(course.rises[k : k + 2].min()), [ring])


def _lay_carried(plot: Plot, way: Way, deck: Course, obj: int) -> None:
    """Lay what runs on a bridge along its own line, bent where the deck bends."""
    line = way.geometry
    bends = distances_along(line, deck.middles)
    corners = distances_along(line, shapely.get_coordinates(line))
    places = np.concatenate([[0.0, line.length], bends, corners])
    at_m = np.unique(np.round(places, 2).clip(0, line.length))
    whole = course_of(way.geometry, at_m, plot.town.lifts.decks(way, at_m))
    for course in _mine(plot, whole):
        lay_way(plot.builder, way, course, obj)


def _build_ramp(plot: Plot, way: Way, profile: Profile) -> None:
    """Build a way that climbs on solid ground, between walls of stone."""
    whole = course_of(way.geometry, profile.at_m, profile.rises)
    raised = (profile.rises[:-1] + profile.rises[1:]) > 0
    mine = plot.mine(whole.between()) & raised
    half = half_m(way) + (SIDE_M * 0.6 if kind_of(way) == "road" else LEDGE_M)
    for run in runs_of(mine):
        course, obj = part_of(whole, run), plot.builder.new_object()
        right, left = course.edge(-half), course.edge(half)
        lay(plot.builder, right, left, laid(_shoulder(way)), obj)
        for edge in (right, left[::-1]):
            _retain(plot, edge, obj)
        lay_way(plot.builder, way, course, obj)


def _shoulder(way: Way) -> Ground:
    return Ground.BALLAST if kind_of(way) == "rail" else Ground.PAVE


def _retain(plot: Plot, edge: list[tuple[float, float, float]], obj: int) -> None:
    """Add the wall under the edge of a ramp, down to the ground, and a low parapet."""
    for (e0, n0, z0), (e1, n1, z1) in itertools.pairwise(edge):
        corners = [(e0, n0, FOOT_RISES), (e1, n1, FOOT_RISES), (e1, n1, z1), (e0, n0, z0)]
        plot.builder.polygon(corners, _RAMP, Kind.WALL, obj)
