"""Cast shadows on the plane, as the height below which a point lies in shadow.

The sun stands still and its direction is made for the grid: a shadow moves a whole
number of columns to the right for each row up, and falls by a whole number of
64ths of a rise per column. So the sweep interpolates nothing, and since the row
steps happen at columns that are multiples of that number everywhere on the map, a
raster made in pieces equals one made at once.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isogen.geo.camera import Camera, Floats
from isogen.kernels import kernel
from isogen.mesh.fill import fill_max_all
from isogen.mesh.model import GRAINS_PER_M, Casters

REACH = 192
"""Columns that a shadow reaches; what would throw a longer one is cut."""

NO_SHADOW = -1024.0
"""Height in rises where no shadow falls."""

_LOWEST = -8.0
"""Rises: no surface lies lower, so a shadow that has sunk to it has ended."""

_SUN_SLOPE = 1.441
"""Tangent of the sun's height above the horizon: 55 degrees."""

_STEPS = 64
"""Parts of a rise that heights are rounded to, so that float32 sums are exact."""


@dataclass(frozen=True)
class Sun:
    """The sun's light, fitted to the art grid of a camera."""

    columns: int
    """Columns to the right for each row up."""

    drop: float
    """Rises that a shadow's edge falls per column."""

    toward: tuple[float, float]
    """Unit vector of the light's way over the ground, in the diagonal axes X and Y."""


def sun_of(camera: Camera) -> Sun:
    """Return the sun of a camera."""
    columns = max(round(3 / camera.sin_elevation), 1)
    near = -1 / camera.sin_elevation
    x, y = (columns + near) / 2, (columns - near) / 2
    length = math.sqrt(x * x + y * y)
    ground = math.sqrt(2.0) * length / columns
    drop = round(_SUN_SLOPE * ground * camera.cos_elevation * _STEPS) / _STEPS
    return Sun(columns, drop, (x / length, y / length))


def shadow_of(
    casters: Sequence[Casters],
    box: tuple[int, int, int, int],
    camera: Camera,
    *,
    hilly: bool = False,
) -> NDArray[np.float32]:
    """Return the shadow heights of a box of the plane.

    Args:
        casters: Casters of every cell that touches the box or lies within ``REACH``
            columns to its left and below; more change nothing.
        box: Art x0, y0, x1, y1 on the plane; x1 and y1 are outside.
        camera: The view.
        hilly: Whether the ground has a relief: heights then have no limits, and each
            shadow ends after ``REACH`` columns.

    Returns:
        Rises, shape (y1 - y0, x1 - x0): points lower than this lie in shadow;
        ``NO_SHADOW`` where none does.
    """
    x0, y0, x1, y1 = box
    sun = sun_of(camera)
    reach_rows = REACH // sun.columns + 2
    heights = np.full((y1 - y0 + reach_rows, x1 - x0 + REACH + 1), NO_SHADOW)
    corner = (x0 - REACH - 1, y0)
    highest = np.inf if hilly else REACH * sun.drop + _LOWEST
    for some in casters:
        _raise(heights, corner, some, camera, highest)
    swept = np.full(heights.shape, NO_SHADOW, np.float32)
    if hilly:
        _sweep_hills(heights, corner[0], sun.columns, sun.drop, swept)
    else:
        _sweep(heights, corner[0], sun.columns, sun.drop, swept)
    return np.ascontiguousarray(swept[: y1 - y0, REACH + 1 :])


def _raise(
    heights: Floats, corner: tuple[int, int], casters: Casters, camera: Camera, highest: float
) -> None:
    """Draw the casters that meet a raster of heights into it."""
    if not len(casters.heights):
        return
    points = camera.to_art(casters.points / GRAINS_PER_M)
    low, high = points.min(axis=0), points.max(axis=0)
    rows, columns = heights.shape
    outside = high < corner, low > (corner[0] + columns, corner[1] + rows)
    if np.any(outside):
        return
    rises = np.rint(casters.heights / GRAINS_PER_M / camera.rise_m * _STEPS) / _STEPS
    fill_max_all(
        heights,
        *corner,
        points,
        casters.ring_ends.astype(np.int64),
        casters.caster_ends.astype(np.int64),
        np.minimum(rises, highest),
    )


@kernel
def _sweep(heights: Floats, x0: int, columns: int, drop: float, out: NDArray[np.float32]) -> None:
    """Move heights along the light, column by column; the rows below must come first."""
    rows, width = heights.shape
    for row in range(rows - 2, -1, -1):
        for x in range(1, width):
            before = row + 1 if (x0 + x) % columns == 0 else row
            top = max(heights[before, x - 1], np.float64(out[before, x - 1])) - drop
            if top > _LOWEST:
                out[row, x] = top


@kernel
def _sweep_hills(  # noqa: C901  a queue per line, without a call per pixel
    heights: Floats, x0: int, columns: int, drop: float, out: NDArray[np.float32]
) -> None:
    """Move heights along the light, each for ``REACH`` columns.

    The pixels along the light form lines; on each the highest of the last ``REACH``
    casters is kept in a queue whose heights fall, so what a pixel gets depends on
    nothing farther away.
    """
    rows, width = heights.shape
    places, tops = np.empty(width, np.int64), np.empty(width)
    first = x0 // columns
    for line in range(first, rows + (x0 + width - 1) // columns):
        head, tail = 0, 0
        for x in range(width):
            row = line - (x0 + x) // columns
            if row < 0:
                break
            if row >= rows:
                continue
            while head < tail and places[head] < x - REACH:
                head += 1
            if head < tail:
                out[row, x] = tops[head] - x * drop
            if heights[row, x] > NO_SHADOW:
                top = heights[row, x] + x * drop
                while tail > head and tops[tail - 1] <= top:
                    tail -= 1
                places[tail], tops[tail] = x, top
                tail += 1
