"""Solids made of faces: prisms, boxes, cylinders, cones, domes, gables.

Plan positions are plane meters (e, n), heights are rises (``mesh.builder``).
Walls that face away from the camera are left out by the projection, not here.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import mapbox_earcut
import numpy as np

from isogen.mesh.builder import Look, MeshBuilder, Point3, Ring, Triangle
from isogen.mesh.vocabulary import BallStyle, Kind

Plan = tuple[float, float]
"""East and north in meters."""


@dataclass(frozen=True)
class Frame:
    """A place with a direction: ``along`` is a unit vector, ``across`` is left of it."""

    center: Plan
    along: Plan

    @property
    def across(self) -> Plan:
        """Unit vector to the left of ``along``."""
        return -self.along[1], self.along[0]

    def at(self, a: float, b: float) -> Plan:
        """Return the place ``a`` meters along and ``b`` meters across."""
        (ce, cn), (ae, an) = self.center, self.along
        return ce + ae * a - an * b, cn + an * a + ae * b

    def lift(self, a: float, b: float, z: float) -> Point3:
        """Return the point above ``at(a, b)`` at height ``z`` rises."""
        return (*self.at(a, b), z)


@dataclass(frozen=True)
class Span:
    """An upright box in a frame: meters along and across, rises of height."""

    a0: float
    a1: float
    b0: float
    b1: float
    z0: float
    z1: float


def triangulate(rings: Sequence[Ring]) -> list[Triangle]:
    """Triangulate a polygon: shell counter-clockwise, holes clockwise.

    Returns:
        Corner numbers into the concatenated rings, each triangle counter-clockwise.
    """
    points = np.concatenate([np.asarray(r, np.float64)[:, :2] for r in rings])
    ends = np.cumsum([len(r) for r in rings]).astype(np.uint32)
    flat = mapbox_earcut.triangulate_float64(np.ascontiguousarray(points), ends)
    out: list[Triangle] = []
    corners = points.tolist()  # plain numbers: one by one they are faster than NumPy's
    for i, j, k in flat.reshape(-1, 3).tolist():
        (ax, ay), (bx, by), (cx, cy) = corners[i], corners[j], corners[k]
        turn = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
        if turn:
            out.append((i, j, k) if turn > 0 else (i, k, j))
    return out


def corners_of(ring: Ring) -> list[Plan]:
    """Return a ring's corners as plain numbers."""
    return [(e, n) for e, n in np.asarray(ring, np.float64)[:, :2].tolist()]


def flat(builder: MeshBuilder, rings: Sequence[Ring], z: float, look: Look, obj: int) -> int:
    """Add a horizontal polygon with holes, seen from above. Returns the face's number."""
    points = [(e, n, z) for r in rings for e, n in corners_of(r)]
    return builder.polygon(points, look, Kind.FLAT, obj, triangulate(rings))


def walls(
    builder: MeshBuilder, rings: Sequence[Ring], z0: float, z1: float, look: Look, obj: int
) -> None:
    """Add an upright wall over every edge of rings whose inside lies to the left."""
    for ring in rings:
        points = corners_of(ring)
        for a, b in zip(points, points[1:] + points[:1], strict=True):
            wall(builder, a, b, (z0, z1), look, obj)


def wall(
    builder: MeshBuilder, a: Plan, b: Plan, heights: tuple[float, float], look: Look, obj: int
) -> int:
    """Add one upright rectangle, seen from the right of the way from ``a`` to ``b``."""
    z0, z1 = heights
    return builder.polygon([(*a, z0), (*b, z0), (*b, z1), (*a, z1)], look, Kind.WALL, obj)


def prism(
    builder: MeshBuilder,
    rings: Sequence[Ring],
    z0: float,
    z1: float,
    wall_look: Look,
    top: Look | None,
    *,
    obj: int | None = None,
    casts: bool = True,
) -> int:
    """Add upright walls over rings (shell, then holes) and, with ``top``, a flat roof.

    Args:
        builder: Where the faces go.
        rings: Shell counter-clockwise, holes clockwise, in meters.
        z0: Foot, in rises.
        z1: Top, in rises.
        wall_look: How the walls are drawn.
        top: How the roof is drawn; without it there is none.
        obj: Object to belong to; a new one when absent.
        casts: Whether it throws a shadow.

    Returns:
        The object.
    """
    obj = builder.new_object() if obj is None else obj
    walls(builder, rings, z0, z1, wall_look, obj)
    if top:
        flat(builder, rings, z1, top, obj)
    if casts:
        builder.cast(z1, rings)
    return obj


def box(
    builder: MeshBuilder,
    frame: Frame,
    span: Span,
    wall_look: Look,
    top: Look | None,
    *,
    obj: int | None = None,
    casts: bool = False,
) -> int:
    """Add an upright box in a frame. Returns the object."""
    ring = [
        frame.at(span.a0, span.b0),
        frame.at(span.a1, span.b0),
        frame.at(span.a1, span.b1),
        frame.at(span.a0, span.b1),
    ]
    return prism(builder, [ring], span.z0, span.z1, wall_look, top, obj=obj, casts=casts)


def circle(center: Plan, radius_m: float, sides: int) -> list[Plan]:
    """Return a regular polygon around ``center``, counter-clockwise."""
    step = 2 * math.pi / sides
    return [
        (
            center[0] + radius_m * math.cos(step * (k + 0.5)),
            center[1] + radius_m * math.sin(step * (k + 0.5)),
        )
        for k in range(sides)
    ]


def cone(builder: MeshBuilder, ring: Ring, apex: Point3, z0: float, look: Look, obj: int) -> None:
    """Add slopes from every edge of a ring at ``z0`` to a point: a spire, a tent, a pyramid."""
    points = [(e, n, z0) for e, n in corners_of(ring)]
    for a, b in zip(points, points[1:] + points[:1], strict=True):
        builder.polygon([a, b, apex], look, Kind.SLOPE, obj)


def dome(
    builder: MeshBuilder,
    center: Plan,
    z0: float,
    radius_m: float,
    height: float,
    look: Look,
    obj: int,
) -> None:
    """Add the upper half of an ellipsoid (the lower half hides in what carries it)."""
    smooth = Look(look.material, BallStyle.DOME, look.seed)
    builder.ball((*center, z0), radius_m, height, smooth, obj)
    builder.cast(z0 + height * 0.6, [circle(center, radius_m * 0.8, 12)])


def gable(
    builder: MeshBuilder,
    frame: Frame,
    span: Span,
    roof: Look,
    ends: Look | None,
    obj: int,
    *,
    overhang_m: float = 0.0,
) -> None:
    """Add a ridge roof over a span: eaves at ``z0``, ridge along the frame at ``z1``.

    ``ends`` closes the two triangles; without it they stay open.
    """
    mid = (span.b0 + span.b1) / 2
    low, high = span.b0 - overhang_m, span.b1 + overhang_m
    ridge0, ridge1 = frame.lift(span.a0, mid, span.z1), frame.lift(span.a1, mid, span.z1)
    right0, right1 = frame.lift(span.a0, low, span.z0), frame.lift(span.a1, low, span.z0)
    left0, left1 = frame.lift(span.a0, high, span.z0), frame.lift(span.a1, high, span.z0)
    builder.polygon([right0, right1, ridge1, ridge0], roof, Kind.SLOPE, obj)
    builder.polygon([left1, left0, ridge0, ridge1], roof, Kind.SLOPE, obj)
    if ends:
        builder.polygon([right1, left1, ridge1], ends, Kind.WALL, obj)
        builder.polygon([left0, right0, ridge0], ends, Kind.WALL, obj)


def ribbon(builder: MeshBuilder, a: Point3, b: Point3, width: float, look: Look, obj: int) -> None:
    """Add a thin upright strip from ``a`` to ``b``, seen from both sides: cables, booms, flags."""
    up_a, up_b = (a[0], a[1], a[2] + width), (b[0], b[1], b[2] + width)
    builder.polygon([a, b, up_b, up_a], look, Kind.SLOPE, obj)
    builder.polygon([b, a, up_a, up_b], look, Kind.SLOPE, obj)
