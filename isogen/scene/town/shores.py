"""Where land ends: at water, or at the edge of the map."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, Polygon

from isogen.geo.camera import Floats

EDGE_M = 0.3
"""What lies this near to the extent's outline is the edge of the map."""

LONGEST_M = 30.0
"""Longer straight shores are cut, so that each piece lies near one cell."""

SHORE_POINTS = 9
"""Most points of one piece."""


@dataclass(frozen=True)
class Rim:
    """The outline of some polygons in short pieces, the polygon to the left of each."""

    shores: tuple[LineString, ...]
    """Pieces inside the extent."""

    edges: tuple[LineString, ...]
    """Pieces along the extent's own outline."""


def rim_of(polygons: Iterable[Polygon], extent: Polygon) -> Rim:
    """Cut the outline of polygons into pieces that do not depend on where one looks."""
    shores: list[LineString] = []
    edges: list[LineString] = []
    for polygon in polygons:
        whole = shapely.geometry.polygon.orient(polygon)
        for ring in (whole.exterior, *whole.interiors):
            points = shapely.get_coordinates(shapely.segmentize(ring, LONGEST_M))
            on_edge = _on_edge(points, extent)
            for start, end in _runs(on_edge):
                pieces = _cut(points[start : end + 1])
                (edges if on_edge[start] else shores).extend(pieces)
    return Rim(tuple(shores), tuple(edges))


def _on_edge(points: Floats, extent: Polygon) -> NDArray[np.bool_]:
    """Tell for each segment of a ring whether it runs along the extent's outline."""
    middles = (points[:-1] + points[1:]) / 2
    near = _are_near(points, extent)
    return near[:-1] & near[1:] & _are_near(middles, extent)


def _are_near(points: Floats, extent: Polygon) -> NDArray[np.bool_]:
    return np.asarray(extent.exterior.distance(shapely.points(points))) < EDGE_M


def _runs(claims: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the first and one past the last position of every run of equal claims."""
    breaks = np.flatnonzero(claims[1:] != claims[:-1]) + 1
    bounds = [0, *breaks.tolist(), len(claims)]
    return list(pairwise(bounds))


def _cut(points: Floats) -> list[LineString]:
    """Cut a line of points into pieces that share their end points."""
    step = SHORE_POINTS - 1
    return [LineString(points[k : k + step + 1]) for k in range(0, len(points) - 1, step)]
