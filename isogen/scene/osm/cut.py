"""Areas of which the extract holds only a piece: closed along the edge of the extent."""

# pyright: reportUnknownMemberType=false
# shapely's stubs leave the types of **kwargs open.

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon

from isogen.scene.osm.split import GRID_M, REACH_M, as_multipolygon, split_extent, union

Lines = Sequence[LineString]

_GOOD_LIKENESS = 0.5
"""From this on, no other way to close a ring is looked for."""

_MIN_LIKENESS = 0.02
"""Below this, an area has nothing to do with what is known of its ring."""

_MIN_CHORD_M2 = 1.0
"""Below this, what is left of a ring does not tell its inside from its outside."""


def chord_polygon(runs: Lines) -> MultiPolygon:
    """Return what the runs of a ring enclose when straight lines replace what is missing."""
    coords = np.concatenate([shapely.get_coordinates(run) for run in runs])
    if len(np.unique(coords, axis=0)) < 3:
        return MultiPolygon()
    return as_multipolygon(shapely.make_valid(Polygon(coords)))


def close_ring(runs: Lines, extent: Polygon) -> MultiPolygon:
    """Close a ring, of which some runs are known, along the edge of the extent.

    Args:
        runs: In the order of the ring.
        extent: What the known runs are clipped to.

    Returns:
        What the ring covers of the extent; empty if the runs tell too little.
    """
    chord = chord_polygon(runs)
    if chord.area < _MIN_CHORD_M2:
        return MultiPolygon()
    best, shape = 0.0, MultiPolygon()
    for reach_m in (REACH_M, 0.0):
        for candidate in _alternatives(runs, extent, reach_m):
            likeness = _likeness(candidate, chord)
            if likeness > best:
                best, shape = likeness, candidate
        if best >= _GOOD_LIKENESS:
            break
    return shape if best >= _MIN_LIKENESS else MultiPolygon()


def close_outline(lines: Lines, extent: Polygon, dry: Sequence[Point]) -> MultiPolygon:
    """Close an outline, of which some lines are known, along the edge of the extent.

    Of the two areas that the lines bound, the one with fewer ``dry`` points is taken,
    then the smaller one.

    Args:
        lines: Rings and pieces of rings, in any order and direction.
        extent: What the area is clipped to.
        dry: Points at which the area is not likely to be.
    """
    shapes = _alternatives(lines, extent)
    points = np.array(dry, dtype=object)
    shapely.prepare(shapes[0])
    within = int(np.count_nonzero(shapely.contains(shapes[0], points))) if len(points) else 0
    wet = (within, len(points) - within)
    return min(zip(wet, (s.area for s in shapes), (0, 1), shapes, strict=True))[-1]


def _alternatives(
    lines: Lines, extent: Polygon, reach_m: float = REACH_M
) -> tuple[MultiPolygon, MultiPolygon]:
    """Return the two areas of the extent that lines bound: one crosses them from any to other."""
    odd: MultiPolygon = MultiPolygon()
    for line in lines:
        if not line.is_closed and not extent.intersects(line):
            continue
        left, _ = split_extent([line], extent, reach_m)
        odd = as_multipolygon(shapely.symmetric_difference(odd, left, grid_size=GRID_M))
    rest = shapely.difference(union([extent]), odd, grid_size=GRID_M)
    return odd, as_multipolygon(rest)


def _likeness(one: MultiPolygon, other: MultiPolygon) -> float:
    """Return how much of what two areas cover together both cover, from 0 to 1."""
    common = float(shapely.intersection(one, other).area)
    return common / (float(one.area) + float(other.area) - common)
