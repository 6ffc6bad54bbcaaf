"""Surfaces laid along a line above the ground, drawn as the ground would be."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shapely import LineString

from isogen.geo.camera import Floats
from isogen.mesh.builder import Look, MeshBuilder, Point3
from isogen.mesh.vocabulary import FlatStyle, Ground, Kind, Material
from isogen.scene.town.lines import directions_at, places_along


@dataclass(frozen=True)
class Course:
    """Stations along a line with their heights."""

    middles: Floats
    """Plane points, shape (N, 2)."""

    lefts: Floats
    """Unit vectors to the left, shape (N, 2)."""

    rises: Floats
    """Heights, shape (N,)."""

    at_m: Floats
    """Distances from the line's beginning, shape (N,)."""

    def edge(self, offset_m: float, above: float = 0.0) -> list[Point3]:
        """Return the points at an offset to the left, ``above`` rises over the stations."""
        places = self.middles + self.lefts * offset_m
        return [
            (float(e), float(n), float(z) + above)
            for (e, n), z in zip(places, self.rises, strict=True)
        ]

    def between(self) -> Floats:
        """Return the points halfway from each station to the next, shape (N - 1, 2)."""
        return (self.middles[:-1] + self.middles[1:]) / 2


def course_of(line: LineString, at_m: Floats, rises: Floats) -> Course:
    """Return the stations at ascending distances along a line."""
    along = directions_at(line, at_m)
    lefts = np.stack([-along[:, 1], along[:, 0]], axis=1)
    return Course(places_along(line, at_m), lefts, rises, at_m)


def laid(ground: Ground) -> Look:
    """Return the look of a surface drawn as a ground class."""
    return Look(Material.WALK, FlatStyle.LAID, seed=int(ground))


def lay(
    builder: MeshBuilder, right: Sequence[Point3], left: Sequence[Point3], look: Look, obj: int
) -> None:
    """Add the surface between two edges that run the same way."""
    for k in range(len(right) - 1):
        corners = [right[k], right[k + 1], left[k + 1], left[k]]
        builder.polygon(corners, look, Kind.FLAT, obj)


def fence(
    builder: MeshBuilder, edge: Sequence[Point3], heights: tuple[float, float], look: Look, obj: int
) -> None:
    """Add an upright band along an edge, from and to rises over it, seen from its right."""
    low, high = heights
    for (e0, n0, z0), (e1, n1, z1) in itertools.pairwise(edge):
        corners = [(e0, n0, z0 + low), (e1, n1, z1 + low), (e1, n1, z1 + high), (e0, n0, z0 + high)]
        builder.polygon(corners, look, Kind.WALL, obj)


def runs_of(mine: NDArray[np.bool_]) -> list[slice]:
    """Return the stations of every unbroken run of stretches that are ours.

    ``mine`` tells for each stretch between two stations whether it is.
    """
    padded = np.concatenate([[False], mine, [False]]).astype(np.int8)
    starts, ends = np.flatnonzero(np.diff(padded) > 0), np.flatnonzero(np.diff(padded) < 0)
    return [slice(a, b + 1) for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]


def part_of(course: Course, run: slice) -> Course:
    """Return some of the stations of a course."""
    return Course(course.middles[run], course.lefts[run], course.rises[run], course.at_m[run])
