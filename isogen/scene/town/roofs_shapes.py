"""Roofs with one shape along a whole footprint: gabled, barrel, shed, pyramid."""

import itertools
import math
from collections.abc import Sequence

from shapely import Point, Polygon

from isogen.mesh.solids import Plan, triangulate
from isogen.scene.town.footprint import Box, edges_of, polygons_of, rings_of
from isogen.scene.town.roofs import (
    Roof,
    RoofFace,
    Surface,
    flat_roof,
    pitched_to,
    sloping_face,
    upright_face,
)

Profile = Sequence[tuple[float, float]]
"""Heights in meters over the place across the box, from -1 (right) to 1 (left), ascending."""

_BARREL_FACETS = 8
_STEEPEST = 4.0
_ON_CUT_M = 1e-5

GABLED: Profile = ((-1.0, 0.0), (0.0, 1.0), (1.0, 0.0))
GAMBREL: Profile = ((-1.0, 0.0), (-0.62, 0.62), (0.0, 1.0), (0.62, 0.62), (1.0, 0.0))
SKILLION: Profile = ((-1.0, 0.0), (1.0, 1.0))
SALTBOX: Profile = ((-1.0, 0.0), (0.35, 1.0), (1.0, 0.35))
BUTTERFLY: Profile = ((-1.0, 1.0), (0.0, 0.0), (1.0, 1.0))
BARREL: Profile = tuple(
    (
        round(-math.cos(math.pi * k / _BARREL_FACETS), 6),
        round(math.sin(math.pi * k / _BARREL_FACETS), 6),
    )
    for k in range(_BARREL_FACETS + 1)
)


def profiled_roof(footprint: Polygon, box: Box, profile: Profile, height_m: float) -> Roof:
    """Return a roof that has the same profile everywhere along a box.

    Args:
        footprint: Shell counter-clockwise, holes clockwise.
        box: A rectangle around it; the profile runs across the rectangle's frame.
        profile: Heights, as shares of ``height_m``.
        height_m: Height of the profile where it is 1.
    """
    across = [(b * box.half_width, h * height_m) for b, h in profile]
    faces: list[RoofFace | None] = []
    for k, ((b0, h0), (b1, h1)) in enumerate(itertools.pairwise(across)):
        low = b0 - box.half_width if k == 0 else b0
        high = b1 + box.half_width if k == len(across) - 2 else b1
        slope = (h1 - h0) / (b1 - b0)
        for piece in polygons_of(footprint.intersection(_strip(box, low, high))):
            faces.append(_lift(piece, box, (b0, h0), slope))
            faces += _sides(footprint, piece, box, ((b0, h0), slope, (low, high)))
    (b0, h0), (b1, h1) = across[:2]
    kept = tuple(f for f in faces if f)
    return Roof(footprint, kept, abs(h1 - h0) / (b1 - b0)) if kept else flat_roof(footprint)


def pyramid(footprint: Polygon, height_m: float) -> Roof:
    """Return slopes from all edges to one point; hips where that point cannot be seen by all."""
    center = footprint.centroid
    apex = (center.x, center.y, height_m)
    edges = edges_of(footprint)
    if footprint.interiors or any(_left_of(a, b, (center.x, center.y)) <= 0 for a, b in edges):
        return pitched_to(footprint, height_m, _STEEPEST)
    faces = [sloping_face([(*a, 0.0), (*b, 0.0), apex]) for a, b in edges]
    reach = math.sqrt(footprint.area) / 2
    return Roof(footprint, tuple(f for f in faces if f), height_m / reach)


def _left_of(a: Plan, b: Plan, p: Plan) -> float:
    return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])


def _strip(box: Box, low: float, high: float) -> Polygon:
    far = box.half_length * 2
    corners = ((-far, low), (far, low), (far, high), (-far, high))
    return Polygon([box.frame.at(a, b) for a, b in corners])


def _across(box: Box, place: Plan) -> float:
    (ce, cn), (ue, un) = box.frame.center, box.frame.across
    return (place[0] - ce) * ue + (place[1] - cn) * un


def _height(box: Box, start: Plan, slope: float, place: Plan) -> float:
    return max(start[1] + (_across(box, place) - start[0]) * slope, 0.0)


def _lift(piece: Polygon, box: Box, start: Plan, slope: float) -> RoofFace | None:
    rings = rings_of(piece)
    points = [(float(e), float(n)) for r in rings for e, n in r]
    lifted = tuple((*p, _height(box, start, slope, p)) for p in points)
    triangles = tuple(triangulate(rings))
    return RoofFace(lifted, triangles, Surface.SLOPE) if triangles else None


def _sides(
    footprint: Polygon, piece: Polygon, box: Box, strip: tuple[Plan, float, Plan]
) -> list[RoofFace | None]:
    """Close a piece from the eaves up, except where it was cut from the next one."""
    start, slope, cuts = strip
    out: list[RoofFace | None] = []
    for a, b in edges_of(piece):
        places = _across(box, a), _across(box, b)
        on_cut = any(max(abs(p - cut) for p in places) < _ON_CUT_M for cut in cuts)
        middle = Point((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        # A wall of the footprint may run along a cut.
        if on_cut and footprint.boundary.distance(middle) > _ON_CUT_M:
            continue
        ha, hb = _height(box, start, slope, a), _height(box, start, slope, b)
        out.append(upright_face([(*a, 0.0), (*b, 0.0), (*b, hb), (*a, ha)]))
    return out
