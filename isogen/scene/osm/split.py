"""Splits an extent by lines that extracts have cut off at its edge.

Positions are plane meters on a grid of 1/1024 m, so that every machine finds the
same crossings.
"""

# pyright: reportUnknownMemberType=false
# shapely's stubs leave the types of **kwargs open.

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, MultiPolygon, Point, Polygon, STRtree
from shapely.ops import polygonize

GRID_M = 1 / 1024
"""What positions are rounded to: exact in binary, finer than any survey."""

Lines = Sequence[LineString]

REACH_M = 300.0
"""How far a cut line may be prolonged straight on, before the nearest edge is better."""

_OVERRUN_M = 0.01
_PROBE_M = 0.05
"""How far beside a line the ground is asked which side it is on."""


def split_extent(
    lines: Lines, extent: Polygon, reach_m: float = REACH_M
) -> tuple[MultiPolygon, MultiPolygon]:
    """Split an extent into what lies left of directed lines and what lies right.

    Lines may leave the extent, be closed, or end inside. Ends inside are prolonged to
    the edge: straight on where that meets it within ``reach_m``, else to its nearest
    place. Where lines disagree, the longer one decides. Ground that no line borders goes
    by the nearest line; without lines, all is left.
    """
    if not lines:
        return as_multipolygon(extent), MultiPolygon()
    cuts = [prolong(line, extent, reach_m) for line in lines]
    network = shapely.union_all([extent.boundary, *cuts], grid_size=GRID_M)
    faces = [f for f in polygonize(network) if extent.contains(f.representative_point())]
    segments = _segments(cuts)
    votes = _votes(faces, segments)
    undecided = np.flatnonzero(votes == 0)
    for i in undecided:
        votes[i] = _side(faces[i].representative_point(), segments)
    left = [f for f, vote in zip(faces, votes, strict=True) if vote >= 0]
    right = [f for f, vote in zip(faces, votes, strict=True) if vote < 0]
    return union(left), union(right)


def prolong(line: LineString, extent: Polygon, reach_m: float = REACH_M) -> LineString:
    """Lengthen an open line whose ends lie inside the extent until they meet its edge."""
    if line.is_closed:
        return line
    coords = shapely.get_coordinates(line)
    head = _way_out(coords[0], coords[1], extent, reach_m)
    tail = _way_out(coords[-1], coords[-2], extent, reach_m)
    return LineString(np.concatenate([*head, coords, *tail]))


def union(polygons: Sequence[Polygon | MultiPolygon]) -> MultiPolygon:
    """Join polygons into one multipolygon on the grid."""
    return as_multipolygon(shapely.union_all(list(polygons), grid_size=GRID_M))


def as_multipolygon(shape: shapely.Geometry) -> MultiPolygon:
    """Return the polygons of any shape, counter-clockwise, as one multipolygon."""
    return MultiPolygon(list(polygons_of(shape)))


def polygons_of(shape: shapely.Geometry) -> list[Polygon]:
    """Return the polygons of any shape, counter-clockwise, holes the other way around."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    kept = [p for p in parts if isinstance(p, Polygon) and not p.is_empty]
    return [shapely.geometry.polygon.orient(p) for p in kept]


def _way_out(
    end: NDArray[np.float64], before: NDArray[np.float64], extent: Polygon, reach_m: float
) -> list[NDArray[np.float64]]:
    """Return the point, in an array of shape (1, 2), that takes a line's end over the edge."""
    if not extent.contains(Point(end)):
        return []
    ahead = (end - before) / np.hypot(*(end - before))
    hit = shapely.intersection(LineString([end, end + ahead * reach_m]), extent.boundary)
    edge = extent.boundary if hit.is_empty else hit
    # A line runs from the end to the nearest place of the edge, or of what lies ahead.
    out = shapely.get_coordinates(shapely.shortest_line(Point(end), edge))[-1]
    length = float(np.hypot(*(out - end)))
    if length == 0:
        return []
    over = out + (out - end) / length * _OVERRUN_M
    return [np.round(over[None] / GRID_M) * GRID_M]


def _segments(lines: Lines) -> NDArray[np.float64]:
    """Return the segments of lines, shape (n, 2, 2): ends, (e, n)."""
    ends = [shapely.get_coordinates(line) for line in lines]
    pairs = np.concatenate([np.stack([c[:-1], c[1:]], axis=1) for c in ends])
    return pairs[(pairs[:, 0] != pairs[:, 1]).any(axis=1)]


def _votes(faces: Sequence[Polygon], segments: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return, for each face, the meters of line that it lies left of, less those right of."""
    along = segments[:, 1] - segments[:, 0]
    length = np.hypot(along[:, 0], along[:, 1])
    middle = segments.mean(axis=1)
    leftward = np.stack([-along[:, 1], along[:, 0]], axis=1) / length[:, None] * _PROBE_M
    probes = shapely.points(np.concatenate([middle + leftward, middle - leftward]))
    weights = np.concatenate([length, -length])
    votes = np.zeros(len(faces))
    which, face = STRtree(faces).query(probes, predicate="within")
    order = np.lexsort((which, face))
    np.add.at(votes, face[order], weights[which[order]])
    return votes


def _side(point: Point, segments: NDArray[np.float64]) -> int:
    """Return 1 if a point lies left of the segment nearest to it, else -1."""
    p = np.array([point.x, point.y])
    start, along = segments[:, 0], segments[:, 1] - segments[:, 0]
    length = np.hypot(along[:, 0], along[:, 1])
    share = np.clip(((p - start) * along).sum(axis=1) / length**2, 0, 1)
    away = p - (start + along * share[:, None])
    distance = np.hypot(away[:, 0], away[:, 1])
    offset = (along[:, 0] * (p - start)[:, 1] - along[:, 1] * (p - start)[:, 0]) / length
    # Two segments that meet at the nearest point are equally near: the one seen more
    # squarely tells the side.
    near = np.flatnonzero(distance <= distance.min() + GRID_M)
    return 1 if offset[near[np.argmax(np.abs(offset[near]))]] >= 0 else -1
