"""Streets and tracks on slopes: level across, and as even along as they can be.

Where the ground beside them is much higher or lower, it is cut off or filled up: there
the ground has two heights, that of the bed and that of the land beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from isogen.geo.camera import Floats
from isogen.mesh.relief import Relief
from isogen.scene.osm.features import Features
from isogen.scene.town.carriers import Way, half_m, is_bridge, kind_of
from isogen.scene.town.lines import distances_along, places_along
from isogen.scene.town.near import Near, distances

SIDE_M = 3.6
"""A bed reaches so far beyond a carriageway or a track."""

UNCUT = frozenset({"service", "construction"})
"""Roads that lie on the ground as it is."""

STEP_M = 5.0
SMOOTH_STEPS = {"road": 3, "fast": 6, "rail": 10}
"""Heights along a bed are means over so many steps to both sides, by what runs on it."""

SOLID_M = 17.0
"""The ground this near to a bed is as high as it: more than a step of the lattice."""

FADE_M = 32.0
"""Beds shape no ground that lies farther from them than this."""

GENTLE_RISES = 1.8
"""Land that lies no more than this above or below a bed a step away is made level with it."""

STEEP_RISES = 3.2
"""Land that lies more than this above or below a bed a step away stays where it is."""

BED_MARGIN_M = 40.0


@dataclass(frozen=True)
class Bed:
    """What is level across."""

    line: LineString
    half_m: float
    smooth: int
    """Steps to both sides over which its heights are means."""

    @cached_property
    def outline(self) -> Polygon:
        """What it covers."""
        return self.line.buffer(self.half_m, quad_segs=2)


def read_beds(features: Features) -> tuple[Bed, ...]:
    """Return the beds of the streets and tracks that lie on the ground."""
    return tuple(
        Bed(way.geometry, half_m(way) + SIDE_M, SMOOTH_STEPS[kind])
        for way in features.ways
        if (kind := kind_of(way)) in SMOOTH_STEPS and _is_cut(way)
    )


def _is_cut(way: Way) -> bool:
    is_square = way.geometry.is_closed and way.tags.get("area") == "yes"
    return not is_bridge(way) and not is_square and way.tags.get("highway") not in UNCUT


@dataclass(frozen=True, eq=False)
class Grades:
    """The heights of beds, and of the ground around them."""

    natural: Relief
    """The ground before anybody built on it."""

    beds: Sequence[Bed]

    _along: dict[int, tuple[Floats, Floats]] = field(
        default_factory=dict[int, tuple[Floats, Floats]]
    )

    @cached_property
    def _by_place(self) -> Near:
        return Near([bed.outline for bed in self.beds])

    def on_bed(self, points: Floats) -> NDArray[np.bool_]:
        """Tell for every plane point of shape (N, 2) whether it lies on a bed."""
        return self._by_place.touched(points, 0)

    def beds_near(self, outline: Polygon) -> BaseGeometry:
        """Return what beds cover in and around a part of the plane."""
        near = self._by_place.within(outline, BED_MARGIN_M)
        return unary_union([self.beds[k].outline for k in near])

    def level(self, points: Floats, heights: Floats) -> Floats:
        """Return how high beds are, or would be, at plane points.

        Args:
            points: Shape (N, 2).
            heights: The natural ground there in rises, shape (N,).

        Returns:
            Rises, shape (N,): as high as the beds near by, or else as the ground.
        """
        (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
        box = Polygon([(west, south), (east, south), (east, north), (west, north)])
        total, weights, shares = (np.zeros(len(points)) for _ in range(3))
        for index in self._by_place.within(box, FADE_M):
            bed = self.beds[index]
            beyond = distances(bed.line, points) - bed.half_m
            near = np.flatnonzero(beyond < FADE_M)
            closeness = 1 - np.maximum(beyond[near] + bed.half_m, 0) / (bed.half_m + FADE_M)
            weight = (closeness * closeness) * (closeness * closeness) + 1e-9
            at_m, rises = self._heights(index)
            height = np.interp(distances_along(bed.line, points[near]), at_m, rises)
            total[near] += weight * height
            weights[near] += weight
            share = np.clip((FADE_M - beyond[near]) / (FADE_M - SOLID_M), 0, 1)
            shares[near] = np.maximum(shares[near], share)
        levels = np.where(weights > 0, total / np.maximum(weights, 1e-12), heights)
        return heights + (levels - heights) * shares

    def _heights(self, index: int) -> tuple[Floats, Floats]:
        """Return distances along a bed and its heights there, in rises."""
        if index not in self._along:
            bed = self.beds[index]
            count = max(int(np.ceil(bed.line.length / STEP_M)), 1) + 1
            at_m = np.linspace(0, bed.line.length, count)
            rises = self.natural.at(places_along(bed.line, at_m))
            self._along[index] = at_m, evened(rises, bed.smooth)
        return self._along[index]


def evened(heights: Floats, reach: int) -> Floats:
    """Return means over ``reach`` heights to both sides; the first and the last stay.

    What lies beyond an end is the heights before it, turned around the end: so a slope
    stays a slope.
    """
    reach = min(reach, len(heights) - 1)
    before = 2 * heights[0] - heights[reach:0:-1]
    after = 2 * heights[-1] - heights[-2 : -2 - reach : -1]
    padded = np.concatenate([before, heights, after])
    out = np.zeros(len(heights))
    for k in range(2 * reach + 1):
        out += padded[k : k + len(heights)]
    return out / (2 * reach + 1)


def banked(land: Floats, bed: Floats) -> Floats:
    """Return the land's heights beside beds: level with them where slopes are gentle.

    Args:
        land: Rises of vertices of the lattice, shape (n + 2, n + 2).
        bed: Those of beds there, of the same shape.

    Returns:
        Rises of the inner vertices, shape (n, n).
    """
    apart = np.abs(land - bed)
    rows = np.maximum(np.maximum(apart[:-2], apart[1:-1]), apart[2:])
    most = np.maximum(np.maximum(rows[:, :-2], rows[:, 1:-1]), rows[:, 2:])
    share = np.clip((most - GENTLE_RISES) / (STEEP_RISES - GENTLE_RISES), 0, 1)
    inner = bed[1:-1, 1:-1]
    return inner + (land[1:-1, 1:-1] - inner) * share
