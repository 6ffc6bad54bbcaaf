"""The stadium: a ring of stands around a ball field, with floodlights."""

import math

import numpy as np

from isogen.mesh.builder import Look
from isogen.mesh.vocabulary import Ground, Kind, Material, SlopeStyle, WallStyle
from isogen.scene.procedural.lattice import Rect, around
from isogen.scene.procedural.plot import Plot
from isogen.scene.procedural.solids import PLAIN, BlockBuilder, Point
from isogen.scene.procedural.street_things import person
from isogen.seeds import Stream

_SIDES, _LIGHT_EVERY = 28, 7
_RIM = 26
_FIELD_SHARE, _WARNING_TRACK, _LAWN = 0.62, 1.1, 0.92

_STANDS = (
    (0.9, 0.78, 24, 14, Material.RED),
    (0.78, 0.66, 12, 3, Material.GLASS),
)
"""Outer and inner share of the radius, heights there, color of the seats."""

_WALLS_INSIDE = ((0.66, 0, 3), (0.78, 12, 14), (0.9, 24, _RIM))
"""Share of the radius, foot and top of the walls that look inward."""

_WHITE = PLAIN[Material.WHITE]
_ARCADE = Look(Material.CREAM, WallStyle.COLONNADE, 3)


class _Bowl:
    """The ellipse of the stands."""

    def __init__(self, lot: Rect) -> None:
        self.center = lot.center
        self.radii = lot.width / 2 - 1, lot.depth / 2 - 8

    def at(self, side: int, share: float, z: float) -> Point:
        """Return the place at the start of a side, at a share of the radius."""
        turn = math.tau * side / _SIDES
        (x, y), (rx, ry) = self.center, self.radii
        return x + rx * share * math.cos(turn), y + ry * share * math.sin(turn), z


def stadium(plot: Plot, lot: Rect) -> None:
    """Lay out the square, the field and the stands."""
    plot.fill(lot, Ground.PLAZA)
    bowl = _Bowl(lot)
    (cx, cy), (rx, ry) = bowl.center, bowl.radii
    x, y = plot.centers(lot)
    view = plot.view(lot)
    dx, dy = (x - cx) / (rx * _FIELD_SHARE), (y - cy) / (ry * _FIELD_SHARE)
    away = np.sqrt(dx**2 + dy**2)
    view[away < _WARNING_TRACK] = Ground.DIRT
    view[away < _LAWN] = Ground.MOWN
    diamond = np.abs(np.abs(x - cx) + np.abs(y - cy + 12) - 12)
    view[diamond < 2.4] = Ground.DIRT
    plot.put(_stands, lot)
    for _ in range(16):
        corner = plot.stream.pick(lot.corners)
        dx, dy = plot.stream.uniform(2, 18), plot.stream.uniform(2, 12)
        px = corner[0] + (dx if corner[0] < cx else -dx)
        plot.put(person, px, corner[1] + (dy if corner[1] < cy else -dy))


def _stands(builder: BlockBuilder, _: Stream, lot: Rect) -> None:
    bowl, obj = _Bowl(lot), builder.new_object()
    for side in range(_SIDES):
        _segment(builder, bowl, side, obj)
        if side % _LIGHT_EVERY == 3:
            _floodlight(builder, bowl.at(side, 0.97, _RIM), obj)
        if side % 2 == 0:
            x, y, z = bowl.at(side, 0.95, _RIM)
            builder.cast(around(x, y, 8, 8).corners, z)


def _segment(builder: BlockBuilder, bowl: _Bowl, side: int, obj: int) -> None:
    a, b = side, side + 1

    def strip(outer: tuple[float, float], inner: tuple[float, float]) -> list[Point]:
        return [bowl.at(a, *outer), bowl.at(b, *outer), bowl.at(b, *inner), bowl.at(a, *inner)]

    builder.face(strip((1, 0), (1, _RIM)), _ARCADE, Kind.WALL, obj)
    builder.face(strip((1, _RIM), (0.9, _RIM)), _WHITE, Kind.FLAT, obj)
    for outer, inner, high, low, color in _STANDS:
        seats = Look(color, SlopeStyle.HATCHED)
        builder.face(strip((outer, high), (inner, low)), seats, Kind.SLOPE, obj)
    for share, z0, z1 in _WALLS_INSIDE:
        builder.face(strip((share, z1), (share, z0)), _WHITE, Kind.WALL, obj)


def _floodlight(builder: BlockBuilder, foot: Point, obj: int) -> None:
    x, y, z = foot
    mast, lamps = Rect(x, y, x + 1, y + 1), Rect(x - 3, y, x + 4, y + 1)
    builder.prop(mast, (z, z + 18), PLAIN[Material.DARK], obj=obj)
    light = PLAIN[Material.YELLOW]
    builder.prop(lamps, (z + 18, z + 23), light, _WHITE, obj)
