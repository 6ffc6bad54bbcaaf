"""Outlines of buildings: cleaned, measured, and compared with their neighbors."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from isogen.geo.camera import Floats
from isogen.mesh.solids import Frame, Plan

if TYPE_CHECKING:
    from isogen.scene.town.context import Town

TOLERANCE_M = 0.35
"""Corners that stand out by less than this are not drawn."""

SMALLEST_M2 = 4.0
"""Outlines of less area are not drawn."""

_SMALLEST_YARD_M2 = 9.0
_PROBE_M = 0.6
_SHORTEST_PARTY_WALL_M = 2.5
_SQUARE = 1.02


@dataclass(frozen=True)
class Box:
    """The smallest rectangle around an outline; its frame lies along the longer side."""

    frame: Frame
    half_length: float
    half_width: float

    @property
    def aspect(self) -> float:
        """Length over width; at least 1."""
        return self.half_length / max(self.half_width, 1e-9)

    @property
    def area(self) -> float:
        """Square meters."""
        return 4 * self.half_length * self.half_width

    def turned(self) -> "Box":
        """Return the same rectangle, its frame turned by a quarter."""
        frame = Frame(self.frame.center, self.frame.across)
        return Box(frame, self.half_width, self.half_length)


def clean(polygon: Polygon, tolerance_m: float = TOLERANCE_M) -> Polygon | None:
    """Simplify an outline; shell counter-clockwise, holes clockwise.

    Returns:
        A valid polygon without needles and light wells; None when nothing is left that
        could be drawn.
    """
    simple = polygon.simplify(tolerance_m)
    if not isinstance(simple, Polygon) or not simple.is_valid or simple.area < SMALLEST_M2:
        simple = largest(polygon.buffer(0).simplify(tolerance_m))
    if simple is None:
        return None
    yards = [h for h in simple.interiors if Polygon(h).area > _SMALLEST_YARD_M2]
    out = Polygon(simple.exterior, yards)
    usable = out.is_valid and out.area >= SMALLEST_M2
    return orient(out) if usable else None


def polygons_of(geometry: BaseGeometry) -> list[Polygon]:
    """Return the polygons of any geometry, in its order."""
    if isinstance(geometry, Polygon):
        return [] if geometry.is_empty else [orient(geometry)]
    if isinstance(geometry, MultiPolygon) or geometry.geom_type == "GeometryCollection":
        return [p for g in shapely.get_parts(geometry) for p in polygons_of(g)]
    return []


def largest(geometry: BaseGeometry) -> Polygon | None:
    """Return the largest polygon of any geometry, the first of equals; None without one."""
    return max(polygons_of(geometry), key=lambda p: p.area, default=None)


def inset(polygon: Polygon, distance_m: float) -> list[Polygon]:
    """Move all edges inward; a polygon may fall apart or vanish."""
    return polygons_of(polygon.buffer(-distance_m, join_style="mitre"))


def rings_of(polygon: Polygon) -> list[Floats]:
    """Return shell and holes, shape (N, 2) each, without repeating the first point."""
    return [
        np.asarray(r.coords, np.float64)[:-1, :2] for r in (polygon.exterior, *polygon.interiors)
    ]


def edges_of(polygon: Polygon) -> list[tuple[Plan, Plan]]:
    """Return the edges of all rings in order; the inside lies to the left."""
    out: list[tuple[Plan, Plan]] = []
    for ring in rings_of(polygon):
        points: list[Plan] = [(float(e), float(n)) for e, n in ring]
        out += zip(points, points[1:] + points[:1], strict=True)
    return out


def direction(a: Plan, b: Plan) -> Plan:
    """Return the unit vector from ``a`` to ``b``; east when they are one place."""
    length = distance(a, b)
    return ((b[0] - a[0]) / length, (b[1] - a[1]) / length) if length else (1.0, 0.0)


def distance(a: Plan, b: Plan) -> float:
    """Return the distance of two places in meters."""
    return math.sqrt((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2)


def box_around(polygon: Polygon) -> Box:
    """Return the smallest rectangle around an outline."""
    around = shapely.minimum_rotated_rectangle(polygon)
    p: list[Plan] = [(float(e), float(n)) for e, n in shapely.get_coordinates(around)[:4]]
    first, second = distance(p[0], p[1]), distance(p[1], p[2])
    swap = second > first * _SQUARE
    along = direction(p[1], p[2]) if swap else direction(p[0], p[1])
    # One of the two opposite directions, whatever corner the rectangle begins with.
    if along[0] < -1e-9 or (abs(along[0]) <= 1e-9 and along[1] < 0):
        along = -along[0], -along[1]
    center = (p[0][0] + p[2][0]) / 2, (p[0][1] + p[2][1]) / 2
    sides = (second, first) if swap else (first, second)
    return Box(Frame(center, along), sides[0] / 2, sides[1] / 2)


def box_along(polygon: Polygon, along: Plan) -> Box:
    """Return the rectangle around an outline whose frame has the direction ``along``."""
    center = polygon.centroid
    frame = Frame((center.x, center.y), along)
    (ae, an), (be, bn) = frame.along, frame.across
    ring = rings_of(polygon)[0] - (center.x, center.y)
    a, b = ring @ np.array((ae, an)), ring @ np.array((be, bn))
    a0, a1, b0, b1 = float(a.min()), float(a.max()), float(b.min()), float(b.max())
    middle = frame.at((a0 + a1) / 2, (b0 + b1) / 2)
    return Box(Frame(middle, along), (a1 - a0) / 2, (b1 - b0) / 2)


def rectangle(frame: Frame, half_length: float, half_width: float) -> Polygon:
    """Return the rectangle around the frame's center, counter-clockwise."""
    signs = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    return Polygon([frame.at(half_length * a, half_width * b) for a, b in signs])


def quarters(frame: Frame) -> list[Plan]:
    """Return the four directions of a frame: along, across, and back."""
    (ae, an), (be, bn) = frame.along, frame.across
    return [(ae, an), (be, bn), (-ae, -an), (-be, -bn)]


def party_walls(town: "Town", index: int, polygon: Polygon) -> frozenset[int]:
    """Return the edges that lean on a neighbor about as high or higher: no eave is there.

    Args:
        town: Where the building stands.
        index: The building.
        polygon: Its outline as it is drawn; edges are numbered as ``edges_of`` has them.
    """
    near = [i for i in town.buildings_near(polygon, _PROBE_M + 0.1) if _leans(town, index, i)]
    if not near:
        return frozenset()
    edges = [
        (k, a, b)
        for k, (a, b) in enumerate(edges_of(polygon))
        if distance(a, b) >= _SHORTEST_PARTY_WALL_M
    ]
    probes = np.array([p for _, a, b in edges for p in _probes(a, b)]).reshape(-1, 2)
    held = np.zeros(len(probes), np.bool_)
    for i in near:
        neighbor = town.features.buildings[i].geometry
        held |= shapely.contains_xy(neighbor, probes[:, 0], probes[:, 1])
    numbers = np.array([k for k, _, _ in edges], np.int64)
    leaning: list[int] = numbers[np.all(held.reshape(-1, 3), axis=1)].tolist()
    return frozenset(leaning)


def _leans(town: "Town", index: int, other: int) -> bool:
    tags = town.features.buildings[other].tags
    high = town.storeys[other] >= town.storeys[index] - 1
    return other != index and high and tags.get("building") != "roof"


def _probes(a: Plan, b: Plan) -> Sequence[Plan]:
    """Return three places just outside an edge."""
    de, dn = direction(a, b)
    return [
        (a[0] + (b[0] - a[0]) * f + dn * _PROBE_M, a[1] + (b[1] - a[1]) * f - de * _PROBE_M)
        for f in (0.25, 0.5, 0.75)
    ]
