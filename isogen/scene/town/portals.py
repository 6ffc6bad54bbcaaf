"""Where streets and tracks go underground: a dark mouth in a wall, earth heaped behind it."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import Point, Polygon

from isogen.mesh.builder import Look
from isogen.mesh.solids import Frame, Plan, Span
from isogen.mesh.vocabulary import FlatStyle, Ground, Kind, Material, WallStyle
from isogen.scene.town.carriers import Way, half_m, kind_of
from isogen.scene.town.laid import laid
from isogen.scene.town.lines import directions_at
from isogen.scene.town.near import Near
from isogen.scene.town.plot import Plot
from isogen.scene.town.props import as_plan, block

JOINT_M = 0.05
BESIDE_M = 1.0
"""The wall reaches this far beyond the way on both sides."""

HIGH = {"rail": 7.0, "road": 6.0, "fast": 7.0}
"""Rises of the wall; the mouth is one and a half lower."""

DEEP_M = 1.6
MOUND_M = 11.0
WING_M = 9.0
"""Length of the low walls beside the way before the mouth."""

WING_RISES = 2.0
ARCH = ((1.0, 0.0), (1.0, 0.62), (0.72, 0.9), (0.3, 1.0))
"""Right half of a mouth: shares of its half width and of its height."""

_STONE = Look(Material.GRANITE, WallStyle.ASHLAR, seed=3)
_TOP = Look(Material.GREY, FlatStyle.BRIGHT)
_DARK = Look(Material.DARK, WallStyle.PILES)
_EARTH = laid(Ground.GRASS)


def build_portals(plot: Plot) -> None:
    """Build the mouths of the tunnels in a cell."""
    town = plot.town
    by_place = Near([way.geometry for way in town.features.tunnels])
    tunnels = [town.features.tunnels[k] for k in by_place.within(plot.outline, 1.0)]
    for tunnel in tunnels:
        for end, at_m in ((0, 0.0), (-1, tunnel.geometry.length)):
            place = as_plan(np.array(tunnel.geometry.coords[end][:2]))
            if not town.in_cell(place, plot.key) or not town.is_clear(place, 0.0):
                continue
            inward = directions_at(tunnel.geometry, np.array([at_m]))[0] * (1 if end == 0 else -1)
            below = by_place.within(Point(place), JOINT_M)
            if len(below) == 1 and _is_open(plot, tunnel, place):
                plot.builder.source = tunnel.id
                _build(plot, tunnel, Frame(place, as_plan(inward)))
    plot.builder.source = 0


def _is_open(plot: Plot, tunnel: Way, place: Plan) -> bool:
    """Tell whether an open way goes on where a tunnel ends."""
    town = plot.town
    open_ways = [town.features.ways[k] for k in town.ways.within(Point(place), JOINT_M)]
    return any(kind_of(way) == kind_of(tunnel) for way in open_ways)


def _build(plot: Plot, tunnel: Way, frame: Frame) -> None:
    """Build one mouth; the frame runs into the tunnel."""
    builder, obj = plot.builder, plot.builder.new_object()
    half = half_m(tunnel) + BESIDE_M
    high = HIGH[kind_of(tunnel) or "road"]
    block(builder, frame, Span(0, DEEP_M, -half, half, 0, high), _STONE, _TOP, obj)
    _build_mouth(plot, frame, half - BESIDE_M * 0.6, high - 1.5, obj)
    for b in (-half, half - 0.6):
        wing = Span(-WING_M, 0, b, b + 0.6, 0, WING_RISES)
        block(builder, frame, wing, _STONE, _TOP, obj)
    back = Polygon([frame.at(a, b) for a, b in _corners(DEEP_M + MOUND_M, half)])
    if _is_free(plot, back):
        _build_mound(plot, frame, half, high, obj)
    builder.cast(high, [[frame.at(a, b) for a, b in _corners(DEEP_M, half)]])


def _corners(deep: float, half: float) -> Sequence[Plan]:
    return (0.0, -half), (deep, -half), (deep, half), (0.0, half)


def _is_free(plot: Plot, outline: Polygon) -> bool:
    """Tell whether nothing stands or runs where earth would be heaped."""
    town = plot.town
    crossing = [way for k in town.ways.within(outline, 2.0) if kind_of(way := town.features.ways[k])
                and not way.geometry.disjoint(outline.buffer(-0.5))]  # fmt: skip
    corners = shapely.get_coordinates(outline)
    return not crossing and bool(town.are_clear(corners, 1.0).all())


def _build_mouth(plot: Plot, frame: Frame, half: float, high: float, obj: int) -> None:
    """Add the dark mouth just before the wall."""
    ahead = -0.05
    right = [(-half * b, high * z) for b, z in ARCH]
    left = [(-b, z) for b, z in reversed(right)]
    corners = [(*frame.at(ahead, b), z) for b, z in (*right, *left)]
    plot.builder.polygon(corners, _DARK, Kind.WALL, obj)


def _build_mound(plot: Plot, frame: Frame, half: float, high: float, obj: int) -> None:
    """Heap earth behind a wall: it falls backward and to both sides."""
    wide, near, far = half + high * 0.9, DEEP_M * 0.9, DEEP_M + MOUND_M
    top = [frame.lift(near, -half, high), frame.lift(near, half, high)]
    ridge = [frame.lift(near + 3.5, half, high), frame.lift(near + 3.5, -half, high)]
    foot = [frame.lift(near, -wide, 0), frame.lift(near, wide, 0)]
    back = [frame.lift(far, half, 0), frame.lift(far, -half, 0)]
    faces = (
        (top[0], ridge[1], ridge[0], top[1]),
        (ridge[1], back[1], back[0], ridge[0]),
        (foot[0], back[1], ridge[1]),
        (foot[0], ridge[1], top[0]),
        (top[1], ridge[0], foot[1]),
        (ridge[0], back[0], foot[1]),
    )
    for corners in faces:
        plot.builder.polygon(list(corners), _EARTH, Kind.FLAT, obj)
