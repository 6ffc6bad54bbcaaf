"""Ground with a relief: surfaces cut along its lattice, walls that follow it, footings."""

import math
from functools import lru_cache
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from isogen.geo.camera import Camera, Floats
from isogen.mesh.builder import Look, MeshBuilder
from isogen.mesh.cell import CellKey
from isogen.mesh.relief import STEP, Relief
from isogen.mesh.solids import triangulate
from isogen.mesh.vocabulary import Kind
from isogen.scene.town.brush import polygons_of, rings_of
from isogen.scene.town.hills import Hills
from isogen.scene.town.plot import Plot

OVERLAP_M = 0.1
"""Pieces of triangles reach this far beyond them, and land under streets, so that no crack
shows."""

LEAST_M2 = 0.02


def drape(plot: Plot, hills: Hills, shape: BaseGeometry, above: float, look: Look) -> None:
    """Add a surface some rises above the ground, within the plot's cell.

    Where streets are cut into the land, each lies on its own height.
    """
    triangles, land = _lattice(plot.town.camera, hills.relief, plot.key)
    _, streets = _lattice(plot.town.camera, hills.streets, plot.key)
    is_cut = (land != streets).any(axis=(1, 2))
    _cover(plot.builder, shape, triangles[~is_cut], land[~is_cut] + (0, 0, above), look)
    if is_cut.any():
        land, streets = land[is_cut] + (0, 0, above), streets[is_cut] + (0, 0, above)
        beds = hills.grades.beds_near(plot.outline)
        aside = shapely.difference(shape, shapely.buffer(beds, -OVERLAP_M, quad_segs=1))
        _cover(plot.builder, aside, triangles[is_cut], land, look)
        _cover(plot.builder, shapely.intersection(shape, beds), triangles[is_cut], streets, look)


def _cover(
    builder: MeshBuilder,
    shape: BaseGeometry,
    triangles: NDArray[np.object_],
    corners: Floats,
    look: Look,
) -> None:
    """Add the parts of a shape that lie on triangles, as high as these are."""
    shapely.prepare(shape)
    touched = np.flatnonzero(shapely.intersects(shape, triangles))
    whole = shapely.covers(shape, triangles[touched])
    for points in corners[touched[whole]]:
        builder.polygon([tuple(p) for p in points.tolist()], look, Kind.GROUND, 0)
    cut = touched[~whole]
    grown = shapely.buffer(triangles[cut], OVERLAP_M, join_style="mitre")
    for k, pieces in zip(cut.tolist(), shapely.intersection(shape, grown), strict=True):
        for piece in polygons_of(pieces):
            if piece.area >= LEAST_M2:
                _add_piece(builder, piece, corners[k], look)


def _add_piece(builder: MeshBuilder, piece: Polygon, corners: Floats, look: Look) -> None:
    """Add a polygon in the plane of a triangle."""
    rings = rings_of(shapely.geometry.polygon.orient(piece))
    triangles = triangulate(rings)
    if not triangles:
        return
    flat = np.concatenate(rings)
    rises = _on_plane(corners, flat)
    points = [(e, n, z) for (e, n), z in zip(flat.tolist(), rises.tolist(), strict=True)]
    builder.polygon(points, look, Kind.GROUND, 0, triangles)


def _on_plane(corners: Floats, points: Floats) -> Floats:
    """Return the heights of the plane through three corners at points."""
    (ax, ay), (bx, by) = corners[1, :2] - corners[0, :2], corners[2, :2] - corners[0, :2]
    az, bz = corners[1:, 2] - corners[0, 2]
    x, y = (points - corners[0, :2]).T
    area = ax * by - ay * bx
    s, t = (x * by - y * bx) / area, (ax * y - ay * x) / area
    return corners[0, 2] + s * az + t * bz


@lru_cache(maxsize=4)
def _lattice(camera: Camera, relief: Relief, key: CellKey) -> tuple[NDArray[np.object_], Floats]:
    """Return the triangles of a cell: polygons, and corners of shape (T, 3, 3) in m and rises."""
    n = relief.per_cell
    u0, v0 = key.i * n, key.j * n
    rises = relief.lattice(u0, v0, u0 + n, v0 + n)
    u, v = np.meshgrid(np.arange(u0, u0 + n + 1), np.arange(v0, v0 + n + 1))
    plane = camera.from_art(np.stack([u, v], axis=-1).astype(np.float64) * STEP)
    all_ = np.concatenate([plane, rises[..., None]], axis=-1)
    here, right, below, across = all_[:-1, :-1], all_[:-1, 1:], all_[1:, :-1], all_[1:, 1:]
    upper = np.stack([below, right, here], axis=2)
    lower = np.stack([below, across, right], axis=2)
    corners = np.concatenate([upper.reshape(-1, 3, 3), lower.reshape(-1, 3, 3)])
    ring = np.concatenate([corners, corners[:, :1]], axis=1)[..., :2]
    return np.asarray(shapely.polygons(ring)), corners


def along_ground(hills: Hills, line: LineString) -> Floats:
    """Return a line with a point wherever the ground bends under it, shape (N, 2)."""
    points = shapely.get_coordinates(line)
    out: list[Floats] = []
    for a, b in pairwise(points):
        (u0, v0), (u1, v1) = hills.camera.to_art(np.stack([a, b])) / STEP
        cuts = [_crossings(p, q) for p, q in ((u0, u1), (v0, v1), (u0 + v0, u1 + v1))]
        shares = np.unique(np.concatenate([[0.0], *cuts]))
        out.append(a + shares[:, None] * (b - a))
    return np.concatenate([*out, points[-1:]])


def _crossings(a: float, b: float) -> Floats:
    """Return at which shares of the way from a to b there is a whole number."""
    if a == b:
        return np.zeros(0)
    low, high = min(a, b), max(a, b)
    whole = np.arange(math.ceil(low), math.floor(high) + 1, dtype=np.float64)
    return (whole - a) / (b - a)
