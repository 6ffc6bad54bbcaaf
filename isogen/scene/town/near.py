"""Finds what lies near a place."""

import math
from collections.abc import Sequence
from typing import TypeAlias, cast

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, STRtree
from shapely.geometry.base import BaseGeometry

from isogen.geo.camera import Floats
from isogen.mesh.builder import to_grains
from isogen.mesh.model import GRAINS_PER_M
from isogen.mesh.solids import Plan

Positions = NDArray[np.int64]

Places: TypeAlias = NDArray[np.object_]
"""Points as Shapely knows them, shape (N,)."""


def places_of(points: Floats | Places) -> Places:
    """Return points of shape (N, 2) as Shapely knows them."""
    if points.dtype == object:
        return cast("Places", points)
    return np.asarray(shapely.points(points), object)


class Near:
    """Finds the members of a list that lie near a place."""

    def __init__(self, geometries: Sequence[BaseGeometry]) -> None:
        self._tree = STRtree(geometries)

    def within(self, geometry: BaseGeometry, distance_m: float) -> list[int]:
        """Return the positions of what lies within a distance of ``geometry``, ascending."""
        found = self._tree.query(geometry, "dwithin", distance_m)
        return np.sort(found).tolist()

    def holders(self, points: Floats) -> NDArray[np.int64]:
        """Return for every point of shape (N, 2) the first member it lies in, or -1."""
        out = np.full(len(points), -1, np.int64)
        if len(points):
            who, what = self._tree.query(shapely.points(points), "intersects")
            order = np.argsort(-what, kind="stable")
            out[who[order]] = what[order]
        return out

    def pairs(self, points: Floats, distance_m: float) -> tuple[Positions, Positions]:
        """Return the positions of points of shape (N, 2) with those of members that are near."""
        found = self._tree.query(shapely.points(points), "dwithin", distance_m)
        return found[0], found[1]

    def touched(self, points: Floats | Places, distance_m: float | Floats) -> NDArray[np.bool_]:
        """Tell for every point whether anything lies within a distance of it.

        Args:
            points: Of shape (N, 2), or Shapely's of shape (N,) where more is asked of them.
            distance_m: One distance, or one for each point.
        """
        out = np.zeros(len(points), np.bool_)
        if len(points) and len(self._tree):
            out[self._tree.query(places_of(points), "dwithin", distance_m)[0]] = True
        return out


def pairs_within(points: Floats, distance_m: float) -> tuple[Positions, Positions]:
    """Return the positions of all pairs of points, shape (N, 2), within a distance.

    Each pair is there both ways, and each point is paired with itself.
    """
    places = places_of(points)
    found = STRtree(places).query(places, "dwithin", distance_m)
    return found[0], found[1]


def distances(geometry: BaseGeometry, points: Floats) -> Floats:
    """Return how far points of shape (N, 2) lie from a geometry, in meters."""
    return np.asarray(geometry.distance(shapely.points(points)))


def anchor_of(geometry: BaseGeometry) -> Plan:
    """Return the place that decides which cell a geometry belongs to.

    It lies in a polygon, halfway along a line or at a point, and is a whole number
    of grains.
    """
    if isinstance(geometry, LineString):
        place = geometry.interpolate(0.5, normalized=True)
    else:
        place = geometry.representative_point()
    e, n = to_grains(np.array([place.x, place.y])).tolist()
    return e / GRAINS_PER_M, n / GRAINS_PER_M


def unit(vector: Plan) -> Plan:
    """Return a vector's direction; east for a vector without length."""
    length = math.hypot(*vector)
    return (vector[0] / length, vector[1] / length) if length else (1.0, 0.0)
