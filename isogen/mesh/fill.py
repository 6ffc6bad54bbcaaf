"""Exact polygon fill on the art grid: a pixel is inside when its center is.

Even-odd rule, so holes need no orientation. What is filled does not depend on
where the raster begins, so a raster made in pieces equals one made at once.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from isogen.geo.camera import Floats
from isogen.kernels import kernel, part


def fill(
    raster: NDArray[np.uint8],
    corner: tuple[int, int],
    rings: Sequence[Floats],
    value: int,
    only: NDArray[np.bool_] | None = None,
) -> None:
    """Set the pixels inside a polygon, in place.

    Args:
        raster: Ground classes, shape (height, width).
        corner: Art x and y of the raster's first pixel.
        rings: Shell and holes, art x and y of shape (N, 2), any orientation.
        value: Class to write.
        only: Table of 256 claims: write only over classes marked true.
    """
    points, ends = _pack(rings)
    allowed = np.ones(256, np.bool_) if only is None else only
    if len(points):
        _fill(raster, corner[0], corner[1], points, ends, np.uint8(value), allowed)


def fill_max(
    heights: Floats, corner: tuple[int, int], rings: Sequence[Floats], value: float
) -> None:
    """Raise the pixels inside a polygon to at least ``value``, in place."""
    points, ends = _pack(rings)
    if len(points):
        only = np.array([len(ends)], np.int64)
        fill_max_all(heights, *corner, points, ends, only, np.array([value], np.float64))


def _pack(rings: Sequence[Floats]) -> tuple[Floats, NDArray[np.int64]]:
    full = [np.asarray(r, np.float64)[:, :2] for r in rings if len(r) > 2]
    if not full:
        return np.zeros((0, 2)), np.zeros(0, np.int64)
    return np.concatenate(full), np.cumsum([len(r) for r in full])


@part
def _edges(points: Floats, ends: NDArray[np.int64], low: int, high: int) -> Floats:
    """Return the edges of rings that reach between two art y: x and y of foot and head.

    Every edge is followed upward, whichever way its ring runs, so that two polygons
    agree to the last bit about the edge that they share.
    """
    out = np.empty((len(points), 4), np.float64)
    count, start = 0, 0
    for end in ends:
        for k in range(start, end):
            i, j = k, k + 1 if k + 1 < end else start
            if points[j, 1] < points[i, 1]:
                i, j = j, i
            if points[j, 1] > low and points[i, 1] < high:
                out[count, 0], out[count, 1] = points[i, 0], points[i, 1]
                out[count, 2], out[count, 3] = points[j, 0], points[j, 1]
                count += 1
        start = end
    return out[:count]


@part
def _crossings(y: float, edges: Floats, out: Floats) -> int:
    """Write the sorted x at which edges cross the row ``y``; return how many.

    Few are ever crossed, so they are sorted as they come.
    """
    count = 0
    for k in range(len(edges)):
        y0, y1 = edges[k, 1], edges[k, 3]
        if y0 <= y < y1:
            x0, x1 = edges[k, 0], edges[k, 2]
            x = x0 + (y - y0) / (y1 - y0) * (x1 - x0)
            at = count
            while at > 0 and out[at - 1] > x:
                out[at] = out[at - 1]
                at -= 1
            out[at] = x
            count += 1
    return count


@part
def _row_range(points: Floats, y0: int, height: int) -> tuple[int, int]:
    low = high = points[0, 1]
    for k in range(1, len(points)):
        low, high = min(low, points[k, 1]), max(high, points[k, 1])
    return max(math.floor(low) - y0, 0), min(math.ceil(high) - y0 + 1, height)


@kernel
def _fill(
    raster: NDArray[np.uint8],
    x0: int,
    y0: int,
    points: Floats,
    ends: NDArray[np.int64],
    value: np.uint8,
    allowed: NDArray[np.bool_],
) -> None:
    height, width = raster.shape
    low, high = _row_range(points, y0, height)
    edges = _edges(points, ends, y0 + low, y0 + high)
    cuts = np.empty(len(edges), np.float64)
    for row in range(low, high):
        count = _crossings(y0 + row + 0.5, edges, cuts)
        for k in range(0, count - 1, 2):
            a = max(math.ceil(cuts[k] - 0.5) - x0, 0)
            b = min(math.ceil(cuts[k + 1] - 0.5) - x0, width)
            for column in range(a, b):
                if allowed[raster[row, column]]:
                    raster[row, column] = value


@part
def _fill_max(
    heights: Floats, x0: int, y0: int, points: Floats, ends: NDArray[np.int64], value: float
) -> None:
    height, width = heights.shape
    low, high = _row_range(points, y0, height)
    edges = _edges(points, ends, y0 + low, y0 + high)
    cuts = np.empty(len(edges), np.float64)
    for row in range(low, high):
        count = _crossings(y0 + row + 0.5, edges, cuts)
        for k in range(0, count - 1, 2):
            a = max(math.ceil(cuts[k] - 0.5) - x0, 0)
            b = min(math.ceil(cuts[k + 1] - 0.5) - x0, width)
            for column in range(a, b):
                heights[row, column] = max(heights[row, column], value)


@kernel
def fill_max_all(
    heights: Floats,
    x0: int,
    y0: int,
    points: Floats,
    ring_ends: NDArray[np.int64],
    group_ends: NDArray[np.int64],
    values: Floats,
) -> None:
    """Raise the pixels inside many polygons to at least their values, in place.

    Args:
        heights: Raster whose first pixel is (``x0``, ``y0``).
        x0: Art x of the raster's first column.
        y0: Art y of the raster's first row.
        points: All ring points in a row, art x and y, shape (P, 2).
        ring_ends: Index one past the last point of each ring.
        group_ends: Index one past the last ring of each polygon.
        values: One value per polygon.
    """
    ring, start = 0, 0
    for k in range(len(group_ends)):
        ends = ring_ends[ring : group_ends[k]] - start
        stop = start + ends[-1]
        if stop - start > 2:
            _fill_max(heights, x0, y0, points[start:stop], ends, values[k])
        ring, start = group_ends[k], stop
