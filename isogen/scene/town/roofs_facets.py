"""Roofs made of planes in a box: half-hipped, cross-pitched, sawtooth, hip-and-gable.

Places are meters along and across the box, heights meters above the eaves.
"""

import itertools
from collections.abc import Sequence
from typing import NamedTuple

import shapely
from shapely import Point, Polygon

from isogen.mesh.builder import Point3
from isogen.mesh.solids import Plan, triangulate
from isogen.scene.town.footprint import Box, edges_of, polygons_of, rings_of
from isogen.scene.town.roofs import Roof, RoofFace, Surface, flat_roof, upright_face

_FAR_M = 1e4
_ON_EDGE_M = 1e-4
TOOTH_M = 8.0
"""Usual width of a tooth of a sawtooth roof, and of one house under a row of gables."""


class Slope(NamedTuple):
    """A plane: its height over the middle of the box, and how it rises along and across."""

    height: float
    along: float
    across: float

    def at(self, a: float, b: float) -> float:
        """Return the height over a place of the box."""
        return self.height + self.along * a + self.across * b


class Facet(NamedTuple):
    """A plane and the convex piece of the box that it covers."""

    slope: Slope
    outline: Sequence[Plan]

    light: bool = False
    """Whether what stands upright under its upper edges is glazed."""


def half_hipped(box: Box, height_m: float, share: float = 0.5) -> list[Facet]:
    """Return a gabled roof whose gables are cut by hips from ``share`` of the height up."""
    return lowest(_sides(box, height_m) + _ends(box, height_m, (share, share)))


def side_hipped(box: Box, height_m: float) -> list[Facet]:
    """Return a roof with a hip at one end and a gable at the other."""
    return lowest(_sides(box, height_m) + _ends(box, height_m, (0.0, None)))


def irimoya(box: Box, height_m: float) -> list[Facet]:
    """Return hips all around that carry a gabled roof from half their height up."""
    sides = _sides(box, height_m)
    reach = max(box.half_length - 0.5 * box.half_width, 0.0)
    middle = [Facet(f.slope, _within(f.outline, -reach, reach)) for f in lowest(sides)]
    ends = lowest(sides + _ends(box, height_m, (0.0, 0.0)))
    left = [Facet(f.slope, _within(f.outline, reach, _FAR_M)) for f in ends]
    right = [Facet(f.slope, _within(f.outline, -_FAR_M, -reach)) for f in ends]
    return middle + left + right


def crosspitched(box: Box, height_m: float) -> list[Facet]:
    """Return two gabled roofs that cross, with a gable on every side."""
    length, width = box.half_length, box.half_width
    out: list[Facet] = []
    for a, b in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
        corner = (a * length * 2, b * width * 2)
        over = Slope(height_m, 0.0, -b * height_m / width)
        out.append(Facet(over, [(0.0, 0.0), (a * length * 2, 0.0), corner]))
        over = Slope(height_m, -a * height_m / length, 0.0)
        out.append(Facet(over, [(0.0, 0.0), (0.0, b * width * 2), corner]))
    return out


def sawtooth(box: Box, height_m: float, *, glazed: bool = True) -> list[Facet]:
    """Return teeth across the box that rise along it and fall upright."""
    count = max(round(2 * box.half_length / TOOTH_M), 2)
    step = 2 * box.half_length / count
    slope = height_m / step
    out: list[Facet] = []
    for k in range(count):
        start = -box.half_length + k * step
        out.append(Facet(Slope(-start * slope, slope, 0.0), _strip(start, start + step), glazed))
    return out


def gabled_row(box: Box, height_m: float) -> list[Facet]:
    """Return gabled roofs side by side along the box."""
    count = max(round(2 * box.half_length / TOOTH_M), 2)
    half = box.half_length / count
    slope = height_m / half
    out: list[Facet] = []
    for k in range(count):
        ridge = -box.half_length + (2 * k + 1) * half
        up = Slope(height_m - slope * ridge, slope, 0.0)
        down = Slope(height_m + slope * ridge, -slope, 0.0)
        out += [Facet(up, _strip(ridge - half, ridge)), Facet(down, _strip(ridge, ridge + half))]
    return out


def lowest(facets: Sequence[Facet]) -> list[Facet]:
    """Cut planes against each other, so that the lowest covers each place."""
    out: list[Facet] = []
    for k, one in enumerate(facets):
        outline = list(one.outline)
        for j, other in enumerate(facets):
            if j != k:
                gap = Slope(*(o - s for o, s in zip(other.slope, one.slope, strict=True)))
                outline = _clip(outline, gap)
        if len(outline) > 2:
            out.append(one._replace(outline=outline))
    return out


def faceted_roof(footprint: Polygon, box: Box, facets: Sequence[Facet], height_m: float) -> Roof:
    """Return a roof of planes over a footprint, closed by upright pieces from the eaves up.

    Args:
        footprint: Shell counter-clockwise, holes clockwise.
        box: Where along and across the facets are measured.
        facets: Together they cover the footprint.
        height_m: Height of the highest.
    """
    pieces = [
        (facet, piece)
        for facet in facets
        for piece in polygons_of(footprint.intersection(_placed(box, facet.outline)))
        if piece.area > _ON_EDGE_M
    ]
    faces: list[RoofFace | None] = []
    for facet, piece in pieces:
        faces.append(_lift(box, facet, piece))
        others = [(f, p) for f, p in pieces if p is not piece]
        faces += _uprights(footprint, box, (facet, piece), others)
    kept = tuple(f for f in faces if f)
    return Roof(footprint, kept, height_m / box.half_width) if kept else flat_roof(footprint)


def _sides(box: Box, height_m: float) -> list[Facet]:
    rise = height_m / box.half_width
    return [Facet(Slope(height_m, 0.0, k * rise), _strip(-_FAR_M, _FAR_M)) for k in (-1, 1)]


def _ends(box: Box, height_m: float, shares: tuple[float | None, float | None]) -> list[Facet]:
    rise = height_m / box.half_width
    return [
        Facet(
            Slope(share * height_m + rise * box.half_length, k * rise, 0.0), _strip(-_FAR_M, _FAR_M)
        )
        for k, share in zip((-1, 1), shares, strict=True)
        if share is not None
    ]


def _strip(low: float, high: float) -> list[Plan]:
    return [(low, -_FAR_M), (high, -_FAR_M), (high, _FAR_M), (low, _FAR_M)]


def _within(outline: Sequence[Plan], low: float, high: float) -> list[Plan]:
    return _clip(_clip(list(outline), Slope(-low, 1.0, 0.0)), Slope(high, -1.0, 0.0))


def _clip(outline: list[Plan], kept: Slope) -> list[Plan]:
    """Keep the part of a convex outline over which a plane is not negative."""
    out: list[Plan] = []
    for p, q in itertools.pairwise((*outline, *outline[:1])):
        hp, hq = kept.at(*p), kept.at(*q)
        if hp >= 0:
            out.append(p)
        if (hp > 0 > hq) or (hp < 0 < hq):
            f = hp / (hp - hq)
            out.append((p[0] + (q[0] - p[0]) * f, p[1] + (q[1] - p[1]) * f))
    return out


def _placed(box: Box, outline: Sequence[Plan]) -> Polygon:
    return Polygon([box.frame.at(a, b) for a, b in outline]) if len(outline) > 2 else Polygon()


def _height(box: Box, slope: Slope, place: Plan) -> float:
    (ce, cn), (ae, an), (be, bn) = box.frame.center, box.frame.along, box.frame.across
    e, n = place[0] - ce, place[1] - cn
    return max(slope.at(e * ae + n * an, e * be + n * bn), 0.0)


def _lift(box: Box, facet: Facet, piece: Polygon) -> RoofFace | None:
    rings = rings_of(piece)
    points = [(float(e), float(n)) for ring in rings for e, n in ring]
    lifted = tuple((*p, _height(box, facet.slope, p)) for p in points)
    triangles = tuple(triangulate(rings))
    return RoofFace(lifted, triangles, Surface.SLOPE) if triangles else None


def _uprights(
    footprint: Polygon,
    box: Box,
    own: tuple[Facet, Polygon],
    others: Sequence[tuple[Facet, Polygon]],
) -> list[RoofFace | None]:
    """Close a piece along the footprint's edge, and down to lower pieces beside it."""
    facet, piece = own
    boundary = footprint.boundary
    out: list[RoofFace | None] = []
    for a, b in edges_of(piece):
        high: list[Point3] = [(*p, _height(box, facet.slope, p)) for p in (b, a)]
        middle = Point((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        if boundary.distance(middle) < _ON_EDGE_M:
            out.append(upright_face([(*a, 0.0), (*b, 0.0), *high]))
            continue
        beside = [f for f, p in others if shapely.dwithin(p, middle, _ON_EDGE_M)]
        low: list[Point3] = [
            (*p, min((_height(box, f.slope, p) for f in beside), default=0.0)) for p in (a, b)
        ]
        face = upright_face([*low, *high]) if _drops(low, high) else None
        if face and facet.light:
            face = RoofFace(face.points, face.triangles, Surface.LIGHT)
        out.append(face)
    return out


def _drops(low: Sequence[Point3], high: Sequence[Point3]) -> bool:
    gaps = [h[2] - g[2] for g, h in zip(low, reversed(high), strict=True)]
    return min(gaps) > -_ON_EDGE_M and max(gaps) > _ON_EDGE_M
