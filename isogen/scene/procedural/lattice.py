"""The lattice of blocks: where the streets of the city run.

Lengths are lattice units (u): one unit is one art pixel of screen x along either
street axis. +X runs to the lower right of the screen, +Y to the upper right, so that
streets are diagonals whatever the camera: the diagonal frame of ``mesh/view.py``.
"""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from isogen.geo.camera import Camera
from isogen.mesh.cell import CellKey, cell_box, cell_side
from isogen.mesh.solids import Plan

PITCH_X, PITCH_Y = 112, 140
"""From one block to the next along X and along Y; each holds a block and its two roads."""

AVENUE, STREET, SIDEWALK = 26, 20, 4
"""Avenues run along Y at the low-X side of a block, streets along X at its low-Y side."""


class BlockKey(NamedTuple):
    """Column and row of a block: X from ``i * PITCH_X``, Y from ``j * PITCH_Y``."""

    i: int
    j: int


class Rect(NamedTuple):
    """A rectangle along the street axes."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Size along X."""
        return self.x1 - self.x0

    @property
    def depth(self) -> float:
        """Size along Y."""
        return self.y1 - self.y0

    @property
    def center(self) -> tuple[float, float]:
        """The place in the middle."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    @property
    def corners(self) -> list[tuple[float, float]]:
        """The four corners, counter-clockwise."""
        return [(self.x0, self.y0), (self.x1, self.y0), (self.x1, self.y1), (self.x0, self.y1)]

    def inset(self, by: float) -> "Rect":
        """Return the rectangle with every side moved inward."""
        return Rect(self.x0 + by, self.y0 + by, self.x1 - by, self.y1 - by)


def around(x: float, y: float, half_x: float, half_y: float) -> Rect:
    """Return the rectangle around a place."""
    return Rect(x - half_x, y - half_y, x + half_x, y + half_y)


@dataclass(frozen=True)
class Lattice:
    """The lattice as one camera sees it."""

    camera: Camera

    @cached_property
    def unit_m(self) -> float:
        """Ground meters in one unit."""
        return self.camera.art_m * math.sqrt(2.0)

    @cached_property
    def affine(self) -> tuple[float, float, float, float, float, float]:
        """``e0, ex, ey, n0, nx, ny`` with ``e = e0 + X ex + Y ey`` and the same for ``n``."""
        camera = self.camera
        (re, rn), (fe, fn) = camera.right, camera.forward
        right = -camera.origin_art * camera.art_m
        forward = camera.origin_art * camera.art_m / camera.sin_elevation
        return (
            right * re + forward * fe,
            camera.art_m * (re - fe),
            camera.art_m * (re + fe),
            right * rn + forward * fn,
            camera.art_m * (rn - fn),
            camera.art_m * (rn + fn),
        )

    def to_plane(self, x: float, y: float) -> Plan:
        """Return the plane meters of a lattice position."""
        e0, ex, ey, n0, nx, ny = self.affine
        return e0 + x * ex + y * ey, n0 + x * nx + y * ny

    def to_art(self, x: float, y: float) -> tuple[float, float]:
        """Return the art position on the plane z = 0 that shows a lattice position."""
        return x + y, (x - y) * self.camera.sin_elevation

    def from_art(self, ax: float, ay: float) -> tuple[float, float]:
        """Return the lattice position that an art position on the plane z = 0 shows."""
        near = ay / self.camera.sin_elevation
        return (ax + near) / 2, (ax - near) / 2

    def anchored(self, key: CellKey) -> list[BlockKey]:
        """List the blocks whose centers lie in a cell, sorted; every block is in one cell."""
        side = cell_side(self.camera)
        found: list[BlockKey] = []
        for block in self._near(key):
            ax, ay = self.to_art((block.i + 0.5) * PITCH_X, (block.j + 0.5) * PITCH_Y)
            if (math.floor(ax / side), math.floor(ay / side)) == key:
                found.append(block)
        return found

    def _near(self, key: CellKey) -> list[BlockKey]:
        x0, y0, x1, y1 = cell_box(key, self.camera)
        spots = [self.from_art(x, y) for x in (x0, x1) for y in (y0, y1)]
        columns = [math.floor(x / PITCH_X) for x, _ in spots]
        rows = [math.floor(y / PITCH_Y) for _, y in spots]
        return [
            BlockKey(i, j)
            for i in range(min(columns), max(columns) + 1)
            for j in range(min(rows), max(rows) + 1)
        ]

    def under_pixels(
        self, box: tuple[int, int, int, int]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the whole X and Y of the unit squares under the art pixels of a box.

        Args:
            box: x0, y0, x1, y1 in art pixels of the plane; x1 and y1 are outside.

        Returns:
            Two arrays of shape (y1 - y0, x1 - x0); what they hold for a pixel does not
            depend on the box.
        """
        x0, y0, x1, y1 = box
        ax = np.arange(x0, x1) + 0.5
        near = ((np.arange(y0, y1) + 0.5) / self.camera.sin_elevation)[:, None]
        x = np.floor((ax + near) / 2).astype(np.int64)
        y = np.floor((ax - near) / 2).astype(np.int64)
        return x, y
