"""Exact lines one pixel wide on the art grid.

The ends of a line are rounded down to whole pixels before anything is drawn, so
that what is drawn does not depend on where the raster begins: a raster made in
pieces equals one made at once.
"""

import numpy as np
from numpy.typing import NDArray

from isogen.geo.camera import Floats
from isogen.kernels import kernel, part


def stroke(
    raster: NDArray[np.uint8],
    corner: tuple[int, int],
    line: Floats,
    value: int,
    only: NDArray[np.bool_] | None = None,
) -> None:
    """Set the pixels along a line, in place (Bresenham, diagonal steps allowed).

    Args:
        raster: Ground classes, shape (height, width).
        corner: Art x and y of the raster's first pixel.
        line: Art x and y of its points, shape (N, 2); a single point sets nothing.
        value: Class to write.
        only: Table of 256 claims: write only over classes marked true.
    """
    pixels = np.floor(np.asarray(line, np.float64)[:, :2]).astype(np.int64)
    pixels -= np.array(corner, np.int64)
    allowed = np.ones(256, np.bool_) if only is None else only
    _strokes(raster, pixels[None], np.uint8(value), allowed)


def segments(
    raster: NDArray[np.uint8],
    corner: tuple[int, int],
    lines: Floats,
    value: int,
    only: NDArray[np.bool_] | None = None,
) -> None:
    """Set the pixels along many straight lines, as ``stroke`` sets those of one.

    Args:
        raster: Ground classes, shape (height, width).
        corner: Art x and y of the raster's first pixel.
        lines: Art x and y of their two ends, shape (N, 2, 2).
        value: Class to write.
        only: Table of 256 claims: write only over classes marked true.
    """
    pixels = np.floor(lines).astype(np.int64) - np.array(corner, np.int64)
    allowed = np.ones(256, np.bool_) if only is None else only
    _strokes(raster, pixels, np.uint8(value), allowed)


@kernel
def _strokes(
    raster: NDArray[np.uint8],
    lines: NDArray[np.int64],
    value: np.uint8,
    allowed: NDArray[np.bool_],
) -> None:
    """Draw lines of shape (lines, points, 2), in pixels of the raster."""
    height, width = raster.shape
    for line in range(lines.shape[0]):
        for k in range(lines.shape[1] - 1):
            x0, y0 = lines[line, k, 0], lines[line, k, 1]
            x1, y1 = lines[line, k + 1, 0], lines[line, k + 1, 1]
            if max(x0, x1) < 0 or min(x0, x1) >= width or max(y0, y1) < 0 or min(y0, y1) >= height:
                continue
            _segment(raster, x0, y0, x1, y1, value, allowed)


@part
def _segment(
    raster: NDArray[np.uint8],
    x0: int,
    y0: int,
    x1: int,
    y1: int,
    value: np.uint8,
    allowed: NDArray[np.bool_],
) -> None:
    height, width = raster.shape
    dx, dy = abs(x1 - x0), -abs(y1 - y0)
    step_x = 1 if x0 < x1 else -1
    step_y = 1 if y0 < y1 else -1
    slack = dx + dy
    while True:
        if 0 <= x0 < width and 0 <= y0 < height and allowed[raster[y0, x0]]:
            raster[y0, x0] = value
        if x0 == x1 and y0 == y1:
            return
        twice = 2 * slack
        if twice >= dy:
            slack += dy
            x0 += step_x
        if twice <= dx:
            slack += dx
            y0 += step_y
