"""Puts things on ground that has a relief: each is lifted by what its footing says."""

import math
from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from isogen.geo.camera import Floats

Footing = float
"""Rises that heights count from, or one of the following."""

STANDING: Footing = math.nan
"""The ground under the middle of each object, in whole rises; outlines of shadows likewise."""

DRAPED: Footing = math.inf
"""The ground under each corner: fences, and whatever follows the slope."""


class GroundHeights(Protocol):
    """The ground of a place, in rises, at plane points of shape (N, 2)."""

    def at(self, points: Floats) -> Floats:
        """Return the height of the ground's surface."""
        ...

    def under(self, points: Floats) -> Floats:
        """Return what things stand on: water is level, whatever its shores do."""
        ...


class Things(NamedTuple):
    """The shapes of some faces: meters, and rises of height."""

    corners: Floats
    """Triangles, shape (T, 3, 3); lifted in place."""

    owners: NDArray[np.int32]
    """Face of each triangle."""

    balls: Floats
    """Ellipsoids, shape (B, 5); lifted in place."""

    ball_owners: NDArray[np.int32]


def lift_things(
    things: Things, objects: NDArray[np.uint32], footings: Sequence[Footing], ground: GroundHeights
) -> None:
    """Lift faces, in place.

    Args:
        things: Their shapes.
        objects: Object of each face; a face of object 0 stands alone.
        footings: Footing of each face.
        ground: What they stand on.
    """
    bases = np.array(footings, np.float64)
    alone = np.arange(len(objects)) + int(objects.max(initial=0)) + 1
    groups = np.where(objects > 0, objects, alone).astype(np.int64)
    standing = np.isnan(bases)
    bases[standing] = _lifts(things, groups, ground)[groups[standing]]
    draped = np.isinf(bases)
    bases[draped] = 0.0
    things.corners[..., 2] += bases[things.owners][:, None]
    things.balls[:, 2] += bases[things.ball_owners]
    follows = draped[things.owners]
    hung = things.corners[follows]
    hung[..., 2] += ground.at(hung[..., :2].reshape(-1, 2)).reshape(-1, 3)
    things.corners[follows] = hung
    things.balls[draped[things.ball_owners], 2] += ground.at(
        things.balls[draped[things.ball_owners], :2]
    )


def _lifts(things: Things, groups: NDArray[np.int64], ground: GroundHeights) -> Floats:
    """Return the lift of every group, by its number."""
    count = int(groups.max()) + 1
    of_corners, of_balls = groups[things.owners], groups[things.ball_owners]
    held = np.bincount(of_corners, minlength=count) + np.bincount(of_balls, minlength=count)
    middles = np.zeros((count, 2))
    for axis in (0, 1):
        sums = np.bincount(of_corners, things.corners[..., axis].mean(axis=1), count)
        sums = sums + np.bincount(of_balls, things.balls[:, axis], count)
        middles[:, axis] = sums / np.maximum(held, 1)
    out = np.zeros(count)
    out[held > 0] = np.rint(ground.under(middles[held > 0]))
    return out


def caster_lifts(
    shells: Sequence[Floats], footings: Sequence[Footing], ground: GroundHeights
) -> Floats:
    """Return the lift of each caster of shadows, in rises; one that is draped stands too."""
    bases = np.array(footings, np.float64)
    unknown = ~np.isfinite(bases)
    middles = np.array([shell.mean(axis=0) for shell in shells]).reshape(-1, 2)
    bases[unknown] = np.rint(ground.under(middles[unknown]))
    return bases
