"""Faces and triangles as arrays.

Positions are whole *grains* of 1/1024 m in the plane frame (``geo.camera``), so
that a scene has the same bytes on every machine.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

GRAINS_PER_M = 1024

FACE_DTYPE = np.dtype(
    [
        ("kind", "u1"),  # vocabulary.Kind
        ("material", "u1"),  # vocabulary.Material
        ("style", "u1"),  # WallStyle, FlatStyle, SlopeStyle, BallStyle or GroundStyle
        ("floors", "u1"),  # storeys of a wall that shows them, else 0
        ("trim", "u1"),  # Material of its ornaments
        ("flags", "<u2"),  # vocabulary.Facade
        ("seed", "<u2"),  # decides what is decided by chance
        ("object", "<u4"),  # faces of one object have no outline between them
        ("source", "<i8"),  # id of the feature in the source, 0 without one
    ]
)

Faces = NDArray[np.void]
"""A structured array of FACE_DTYPE."""

CELL_FACES = 1 << 16
"""Most faces that a cell may hold: a face's number in its cell has 16 bits."""


@dataclass(frozen=True)
class Mesh:
    """A set of faces; each is made of triangles or is one upright ellipsoid."""

    faces: Faces
    """The face table, shape (F,)."""

    corners: NDArray[np.int32]
    """Triangles of shape (T, 3, 3) in grains, counter-clockwise from outside."""

    owners: NDArray[np.int32]
    """Index of the face of each triangle, shape (T,), ascending."""

    balls: NDArray[np.int32]
    """Ellipsoids of shape (B, 5) in grains: e, n, z, horizontal and vertical radius."""

    ball_owners: NDArray[np.int32]
    """Index of the face of each ellipsoid, shape (B,), ascending."""


@dataclass(frozen=True)
class Casters:
    """Horizontal outlines that throw shadows."""

    points: NDArray[np.int32]
    """All ring points in a row, shape (P, 2), in grains."""

    ring_ends: NDArray[np.int32]
    """Index one past the last point of each ring, shape (R,)."""

    caster_ends: NDArray[np.int32]
    """Index one past the last ring of each caster, shape (C,); the first ring is the shell."""

    heights: NDArray[np.int32]
    """Height of each caster in grains, shape (C,)."""
