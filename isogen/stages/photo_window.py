"""A quadrant's render with what lies around it, cut from the renders of the map."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from isogen.geo.grid import Box, Quadrant, row_major
from isogen.image.stitch import stitch
from isogen.mesh.window import Window
from isogen.pixelart.photo.look import PHOTO_GUARD
from isogen.render.materials import COLORS, NOTHING_INDEX

Places = NDArray[np.int64]


def photo_window_of(quadrant: Quadrant, pixel_size: int) -> Window:
    """Return the window of a quadrant: every art pixel that it touches, and the guard."""
    x0, y0, x1, y1 = quadrant.art_box(pixel_size)
    width, height = x1 - x0 + 2 * PHOTO_GUARD, y1 - y0 + 2 * PHOTO_GUARD
    return Window(x0 - PHOTO_GUARD, y0 - PHOTO_GUARD, width, height)


def stitched(
    quadrant: Quadrant, renders: Mapping[Quadrant, NDArray[np.uint8]], pixel_size: int
) -> NDArray[np.uint8]:
    """Return the screen pixels of a quadrant's window.

    Where a neighbor is missing the nearest pixel that is there is repeated, so that all
    quadrants see the same around them; what shows nothing is not opaque.

    Args:
        quadrant: Which.
        renders: RGBA of it and of its neighbors, each of shape (512, 512, 4).
        pixel_size: Screen pixels across an art pixel.

    Returns:
        RGBA of the window, ``pixel_size`` times as many pixels each way.
    """
    window = photo_window_of(quadrant, pixel_size)
    x0, y0 = window.x0 * pixel_size, window.y0 * pixel_size
    x1, y1 = x0 + window.width * pixel_size, y0 + window.height * pixel_size
    out = np.empty((y1 - y0, x1 - x0, 4), np.uint8)
    for place in quadrant.neighbors:
        if place not in renders:
            left, top, right, bottom = place.box
            xs = np.arange(max(left, x0), min(right, x1))
            ys = np.arange(max(top, y0), min(bottom, y1))
            rows = slice(ys[0] - y0, ys[-1] + 1 - y0)
            out[rows, xs[0] - x0 : xs[-1] + 1 - x0] = _continued(renders, xs, ys)
    stitch(renders, Box(x0, y0, x1, y1), out)
    out[(out[..., :3] == COLORS[NOTHING_INDEX]).all(axis=2), 3] = 0
    return out


def _continued(
    renders: Mapping[Quadrant, NDArray[np.uint8]], xs: Places, ys: Places
) -> NDArray[np.uint8]:
    """Return the nearest pixels of any render to columns and rows of the screen.

    Of those as near the first by row and column is taken.
    """
    out = np.empty((len(ys), len(xs), 4), np.uint8)
    nearest = np.full(out.shape[:2], np.iinfo(np.int64).max)
    for place in sorted(renders, key=row_major):
        left, top, right, bottom = place.box
        columns, rows = np.clip(xs, left, right - 1), np.clip(ys, top, bottom - 1)
        off = np.abs(rows - ys)[:, None] + np.abs(columns - xs)
        closer = off < nearest
        out[closer] = renders[place][(rows - top)[:, None], columns - left][closer]
        nearest = np.minimum(nearest, off)
    return out
