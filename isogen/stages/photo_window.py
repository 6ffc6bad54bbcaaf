"""A quadrant's render with what lies around it, cut from the renders of the map."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from isogen.geo.grid import QUADRANT_PX, Quadrant
from isogen.pixelart.photo.look import PHOTO_GUARD
from isogen.render.materials import COLORS, NOTHING_INDEX


class PhotoWindow(NamedTuple):
    """The art pixels that painting a quadrant from renders looks at."""

    x0: int
    """Global art x of the first column."""

    y0: int
    x1: int
    """Global art x after the last column."""

    y1: int

    @property
    def core(self) -> tuple[int, int]:
        """Global art x and y of the first pixel that is painted."""
        return self.x0 + PHOTO_GUARD, self.y0 + PHOTO_GUARD


def photo_window_of(quadrant: Quadrant, pixel_size: int) -> PhotoWindow:
    """Return the window of a quadrant: every art pixel that it touches, and the guard."""
    first = [QUADRANT_PX * v // pixel_size - PHOTO_GUARD for v in quadrant]
    end = [-(-QUADRANT_PX * (v + 1) // pixel_size) + PHOTO_GUARD for v in quadrant]
    return PhotoWindow(first[0], first[1], end[0], end[1])


def stitched(
    quadrant: Quadrant, renders: Mapping[Quadrant, NDArray[np.uint8]], pixel_size: int
) -> NDArray[np.uint8]:
    """Return the screen pixels of a quadrant's window.

    Where a neighbor is missing the quadrant's own edge is repeated; what shows nothing is
    not opaque.

    Args:
        quadrant: Which.
        renders: RGBA of it and of its neighbors, each of shape (512, 512, 4).
        pixel_size: Screen pixels across an art pixel.

    Returns:
        RGBA of the window, ``pixel_size`` times as many pixels each way.
    """
    window = photo_window_of(quadrant, pixel_size)
    x0, y0, x1, y1 = (v * pixel_size for v in window)
    own_x, own_y = (QUADRANT_PX * v for v in quadrant)
    out = np.pad(
        renders[quadrant],
        (
            (own_y - y0, y1 - own_y - QUADRANT_PX),
            (own_x - x0, x1 - own_x - QUADRANT_PX),
            (0, 0),
        ),
        mode="edge",
    )
    for neighbor, pixels in renders.items():
        left, top = QUADRANT_PX * neighbor.x, QUADRANT_PX * neighbor.y
        xs = slice(max(left, x0), min(left + QUADRANT_PX, x1))
        ys = slice(max(top, y0), min(top + QUADRANT_PX, y1))
        out[ys.start - y0 : ys.stop - y0, xs.start - x0 : xs.stop - x0] = pixels[
            ys.start - top : ys.stop - top, xs.start - left : xs.stop - left
        ]
    out[(out[..., :3] == COLORS[NOTHING_INDEX]).all(axis=2), 3] = 0
    return out


def cut_to_quadrant(
    indices: NDArray[np.uint8], quadrant: Quadrant, pixel_size: int
) -> NDArray[np.uint8]:
    """Return the 512 x 512 screen pixels of a quadrant from its painted art pixels."""
    core = photo_window_of(quadrant, pixel_size).core
    left, top = (QUADRANT_PX * v - c * pixel_size for v, c in zip(quadrant, core, strict=True))
    screen = indices.repeat(pixel_size, axis=0).repeat(pixel_size, axis=1)
    return np.ascontiguousarray(screen[top : top + QUADRANT_PX, left : left + QUADRANT_PX])
