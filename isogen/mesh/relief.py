"""The relief of the ground: a lattice of heights over the plane, in triangles.

Vertices stand every ``STEP`` art pixels of the plane, also on the borders of cells,
and have heights in whole 64ths of a rise. Between them the ground is made of flat
triangles, so what stands on it and what is drawn of it agree everywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from isogen.geo.camera import Camera, Floats
from isogen.mesh.cell import CellKey, cell_side
from isogen.mesh.shadow import sun_of
from isogen.mesh.vocabulary import SHADE_SHIFT

STEP = 16
"""Art pixels of the plane between two vertices, each way."""

PARTS = 64
"""Parts of a rise that heights are rounded to."""

_DITHER = (np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]]) + 0.5) / 16
_SOFT = 0.11
"""Width of the slopes over which one shade turns into the next."""

_SHADES = ((-0.1, 1), (-0.3, 2), (0.12, 3))
"""Slopes along the light from which the ground has a shade: darker, dark, lighter."""

_BARE_FROM = 0.75
_BARE_SOFT = 0.35
"""Slope from which the ground is bare rock, and how widely its square is dithered."""

Vertices = Callable[[CellKey], NDArray[np.int32]]
"""Gives the heights of a cell's vertices in 64ths of a rise, shape (n, n), n = side / STEP."""


@dataclass(frozen=True, eq=False)
class Relief:
    """The ground's height at any place."""

    camera: Camera

    vertices: Vertices
    """What a cell's own vertices are; those on its far borders belong to its neighbors."""

    _known: dict[CellKey, NDArray[np.int32]] = field(
        default_factory=dict[CellKey, NDArray[np.int32]]
    )

    @property
    def per_cell(self) -> int:
        """Steps of the lattice along a cell's side."""
        return cell_side(self.camera) // STEP

    def lattice(self, u0: int, v0: int, u1: int, v1: int) -> Floats:
        """Return the heights of vertices in rises, shape (v1 - v0 + 1, u1 - u0 + 1).

        Columns ``u`` and rows ``v`` count steps from art x and y 0; the last are included.
        """
        n = self.per_cell
        i0, j0, i1, j1 = u0 // n, v0 // n, u1 // n, v1 // n
        rows = [
            np.concatenate([self.cell(CellKey(i, j)) for i in range(i0, i1 + 1)], axis=1)
            for j in range(j0, j1 + 1)
        ]
        whole = np.concatenate(rows)
        part = whole[v0 - j0 * n : v1 - j0 * n + 1, u0 - i0 * n : u1 - i0 * n + 1]
        return part / PARTS

    def cell(self, key: CellKey) -> NDArray[np.int32]:
        """Return the heights of a cell's own vertices (see ``Vertices``)."""
        if key not in self._known:
            self._known[key] = self.vertices(key)
        return self._known[key]

    def at(self, points: Floats) -> Floats:
        """Return the ground's height in rises at plane points of shape (N, 2)."""
        if not len(points):
            return np.zeros(0)
        art = self.camera.to_art(points) / STEP
        u, v = art[:, 0], art[:, 1]
        low_u, low_v = np.floor(u).astype(np.int64), np.floor(v).astype(np.int64)
        u0, v0 = int(low_u.min()), int(low_v.min())
        grid = self.lattice(u0, v0, int(low_u.max()) + 1, int(low_v.max()) + 1)
        row, column = low_v - v0, low_u - u0
        here, right = grid[row, column], grid[row, column + 1]
        below, across = grid[row + 1, column], grid[row + 1, column + 1]
        a, b = u - low_u, v - low_v
        upper = here + a * (right - here) + b * (below - here)
        lower = across + (1 - a) * (below - across) + (1 - b) * (right - across)
        return np.rint(np.where(a + b <= 1, upper, lower) * PARTS) / PARTS

    def shade(self, key: CellKey) -> NDArray[np.uint8]:
        """Return how the slopes of a cell lie in the light, shape (side, side).

        Values are shades in the high bits of a ground class (see ``vocabulary``); where one
        shade turns into the next they are dithered.
        """
        along, near = self._slopes(key)
        near = near * self.camera.sin_elevation
        x, y = sun_of(self.camera).toward
        fine = _dithered((along * (x + y) + near * (x - y)) / np.sqrt(2.0), _SOFT)
        out = np.zeros(fine.shape, np.uint8)
        for limit, shade in _SHADES:
            out[fine < limit if limit < 0 else fine > limit] = shade
        return out << np.uint8(SHADE_SHIFT)

    def is_steep(self, key: CellKey) -> NDArray[np.bool_]:
        """Tell where in a cell nothing grows for steepness, shape (side, side)."""
        along, near = self._slopes(key)
        near = near * self.camera.sin_elevation
        return _dithered(along * along + near * near, _BARE_SOFT) > _BARE_FROM * _BARE_FROM

    def _slopes(self, key: CellKey) -> tuple[Floats, Floats]:
        """Return how steeply a cell's vertices rise to the right and toward the viewer.

        Each has shape (n + 1, n + 1); the second is as if rows were as far apart as columns.
        """
        n, step = self.per_cell, 2 * STEP * self.camera.cos_elevation
        grid = self.lattice(key.i * n - 1, key.j * n - 1, (key.i + 1) * n + 1, (key.j + 1) * n + 1)
        along = (grid[1:-1, 2:] - grid[1:-1, :-2]) / step
        return along, (grid[2:, 1:-1] - grid[:-2, 1:-1]) / step


def _dithered(grid: Floats, soft: float) -> Floats:
    """Return a lattice's values at the pixels of its cell, dithered by half of ``soft``."""
    side = (len(grid) - 1) * STEP
    tiles = side // len(_DITHER)
    return _upsampled(grid, side) + (np.tile(_DITHER, (tiles, tiles)) - 0.5) * soft


def _upsampled(grid: Floats, side: int) -> Floats:
    """Return a lattice of (n + 1, n + 1) vertices at the centers of side x side pixels."""
    at = (np.arange(side) + 0.5) / STEP
    low = np.floor(at).astype(np.int64)
    part = at - low
    rows = grid[low] * (1 - part)[:, None] + grid[low + 1] * part[:, None]
    return rows[:, low] * (1 - part) + rows[:, low + 1] * part
