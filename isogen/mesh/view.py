"""A mesh as the camera sees it: the numbers that the rasterizer and the artist read.

Lengths are art pixels. Beside art x and y (``sx``, ``sy``) a point has a
*nearness* ``M`` (art pixels toward the viewer along the ground) and a height ``Z``
in rises: ``sy = M * sin(elevation) - Z``. Facade and paving patterns use the
diagonal ground axes ``X = (sx + M) / 2`` and ``Y = (sx - M) / 2``.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isogen.geo.camera import Camera, Floats
from isogen.mesh.model import GRAINS_PER_M, Mesh
from isogen.mesh.vocabulary import Kind

# Columns of ProjectedFaces.whole
KIND, MATERIAL, STYLE, OBJECT, SEED, FLOORS, TRIM, FLAGS = range(8)

# Columns of ProjectedFaces.real. The plane of a face is M = M0 + MX * sx + MY * sy.
M0, MX, MY, SX0, SX1, Z0, Z1, NX, NY, NZ, X0, X1, Y0, Y1, WAY_X, STEEP = range(16)
# Of a flat face, WAY_X and STEEP are the way of its longest side along X and Y, a unit vector.
# A ball has other columns: its center and its radii.
BALL_X, BALL_Y, BALL_Z, BALL_R, BALL_RZ = range(5)

_EDGE_ON = 1e-6
"""Faces whose normal leans away from the viewer by more than this are not drawn."""


_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64).view(
    np.int64
)
"""Odd numbers that make one of several; sums wrap around."""


@dataclass(frozen=True)
class ProjectedFaces:
    """One row per face of a mesh, in the mesh's order."""

    whole: NDArray[np.int32]
    """KIND ... FLAGS, shape (F, 8)."""

    real: Floats
    """M0 ... STEEP, shape (F, 16); BALL_X ... BALL_RZ for ellipsoids."""


@dataclass(frozen=True)
class ProjectedMesh:
    """Faces and the triangles of those that face the viewer."""

    faces: ProjectedFaces

    triangles: Floats
    """Art x, y of three corners, shape (T, 6); for a ball its box: x0, y0, x1, y1, 0, 0."""

    owners: NDArray[np.int32]
    """Face number of each triangle; ``-face - 1`` for a ball."""

    boxes: Floats
    """x0, y0, x1, y1 of each triangle in art pixels, shape (T, 4)."""


def project(mesh: Mesh, camera: Camera) -> ProjectedMesh:
    """Project a mesh; triangles that face away are left out, faces keep their numbers."""
    count = len(mesh.faces)
    whole = np.stack(
        [
            mesh.faces[c]
            for c in ("kind", "material", "style", "object", "seed", "floors", "trim", "flags")
        ],
        axis=1,
    ).astype(np.int32)
    real = np.zeros((count, 16))
    seen = np.zeros(count, bool)
    art = _to_diagonal(mesh.corners / GRAINS_PER_M, camera)
    if len(art):
        _fill_planes(real, seen, art, mesh.owners, camera)
        _fill_ways(real, mesh, art)
    triangles, owners = _triangles(art, mesh.owners, seen, camera)
    if len(mesh.balls):
        boxes, ball_owners = _balls(real, mesh, camera)
        triangles = np.concatenate([triangles, boxes])
        owners = np.concatenate([owners, ball_owners])
        order = np.argsort(np.where(owners < 0, -owners - 1, owners), kind="stable")
        triangles, owners = triangles[order], owners[order]
    return ProjectedMesh(
        ProjectedFaces(whole, real), triangles, owners.astype(np.int32), _boxes(triangles, owners)
    )


def _to_diagonal(points: Floats, camera: Camera) -> Floats:
    """Turn plane meters (..., 3) into X, Y, Z of the diagonal frame."""
    origin = camera.origin_art
    e, n = points[..., 0], points[..., 1]
    sx = (e * camera.right[0] + n * camera.right[1]) / camera.art_m + origin
    m = (
        origin / camera.sin_elevation
        - (e * camera.forward[0] + n * camera.forward[1]) / camera.art_m
    )
    return np.stack([(sx + m) / 2, (sx - m) / 2, points[..., 2] / camera.rise_m], axis=-1)


def _fill_planes(
    real: Floats, seen: NDArray[np.bool_], art: Floats, owners: NDArray[np.int32], camera: Camera
) -> None:
    """Write plane, extent and normal of every face that has triangles."""
    normal = np.cross(art[:, 1] - art[:, 0], art[:, 2] - art[:, 0])
    size = np.linalg.norm(normal, axis=1)
    largest = np.lexsort((-size, owners))
    faces, first = np.unique(owners[largest], return_index=True)
    pick = largest[first]
    n = normal[pick] / np.maximum(size[pick], 1e-12)[:, None]
    lean = n[:, 0] / 2 - n[:, 1] / 2 + n[:, 2] * camera.sin_elevation
    seen[faces] = lean > _EDGE_ON
    lean = np.where(seen[faces], lean, 1.0)
    # Step by step: einsum fuses products and sums on some machines, and C libraries differ
    # about hypot.
    products = n * art[pick, 0]
    offset = products[:, 0] + products[:, 1] + products[:, 2]
    real[faces, M0] = offset / lean
    real[faces, MX] = -(n[:, 0] + n[:, 1]) / 2 / lean
    real[faces, MY] = n[:, 2] / lean
    # A diagonal unit is sqrt(2) art pixels of ground; a rise is 1 / cos(elevation) of them.
    metric = n / np.array([np.sqrt(2.0), np.sqrt(2.0), 1 / camera.cos_elevation])
    metric /= np.maximum(np.linalg.norm(metric, axis=1), 1e-12)[:, None]
    real[faces, NX : NZ + 1] = metric
    _fill_extents(real, art, owners)


def _fill_ways(real: Floats, mesh: Mesh, art: Floats) -> None:
    """Write the way of the longest outer side of every flat face."""
    flat = mesh.faces["kind"][mesh.owners] == Kind.FLAT
    if not flat.any():
        return
    grains = mesh.corners[flat].astype(np.int64)
    points = grains[..., 0] * _MIX[0] + grains[..., 1] * _MIX[1]
    owners = np.repeat(mesh.owners[flat], 3)
    # Sides that two triangles of a face share lie inside it.
    sides = (points + np.roll(points, -1, axis=1)).ravel() + owners * _MIX[2]
    _, first, count = np.unique(sides, return_inverse=True, return_counts=True)
    corners = art[flat][..., :2]
    ways = (np.roll(corners, -1, axis=1) - corners).reshape(-1, 2)
    size = np.where(count[first] == 1, (ways * ways).sum(axis=1), 0.0)
    longest = np.lexsort((-size, owners))
    faces, start = np.unique(owners[longest], return_index=True)
    way = ways[longest[start]] / np.maximum(np.sqrt(size[longest[start]]), 1e-12)[:, None]
    way[way[:, 0] < 0] *= -1
    real[faces, WAY_X], real[faces, STEEP] = way[:, 0], way[:, 1]


def _fill_extents(real: Floats, art: Floats, owners: NDArray[np.int32]) -> None:
    """Write the extents of every face along sx, Z, X and Y, and how steeply it is seen."""
    starts = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]])
    faces = owners[starts]
    sx = art[..., 0] + art[..., 1]
    for column, values in ((SX0, sx), (Z0, art[..., 2]), (X0, art[..., 0]), (Y0, art[..., 1])):
        real[faces, column] = np.minimum.reduceat(values.min(1), starts)
        real[faces, column + 1] = np.maximum.reduceat(values.max(1), starts)
    wide, deep = real[faces, X1] - real[faces, X0], real[faces, Y1] - real[faces, Y0]
    length = np.sqrt(wide * wide + deep * deep) * np.sqrt(2.0)
    real[faces, STEEP] = length / np.maximum(real[faces, SX1] - real[faces, SX0], 0.01)


def _triangles(
    art: Floats, owners: NDArray[np.int32], seen: NDArray[np.bool_], camera: Camera
) -> tuple[Floats, NDArray[np.int32]]:
    keep = seen[owners] if len(owners) else np.zeros(0, bool)
    art, owners = art[keep], owners[keep]
    sx = art[..., 0] + art[..., 1]
    sy = (art[..., 0] - art[..., 1]) * camera.sin_elevation - art[..., 2]
    return np.stack([sx, sy], axis=-1).reshape(-1, 6), owners


def _balls(real: Floats, mesh: Mesh, camera: Camera) -> tuple[Floats, NDArray[np.int32]]:
    """Write the rows of ellipsoids; return their boxes and owners."""
    balls = mesh.balls / GRAINS_PER_M
    center = _to_diagonal(balls[:, :3], camera)
    radius = balls[:, 3] / (camera.art_m * np.sqrt(2.0))
    height = balls[:, 4] / camera.rise_m
    rows = mesh.ball_owners
    real[rows] = 0
    real[rows, BALL_X : BALL_Z + 1] = center
    real[rows, BALL_R], real[rows, BALL_RZ] = radius, height
    sx = center[:, 0] + center[:, 1]
    sy = (center[:, 0] - center[:, 1]) * camera.sin_elevation - center[:, 2]
    wide = radius * np.sqrt(2.0)
    tilted = radius * camera.sin_elevation * np.sqrt(2.0)
    tall = np.sqrt(tilted * tilted + height * height)
    zero = np.zeros_like(sx)
    box = np.stack([sx - wide, sy - tall, sx + wide, sy + tall, zero, zero], axis=1)
    return box, -rows - 1


def _boxes(triangles: Floats, owners: NDArray[np.int32]) -> Floats:
    x, y = triangles[:, 0::2], triangles[:, 1::2]
    box = np.stack([x.min(1), y.min(1), x.max(1), y.max(1)], axis=1)
    ball = owners < 0
    box[ball] = triangles[ball, :4]
    return box
